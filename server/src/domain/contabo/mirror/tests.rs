//! What is kept of readings.
