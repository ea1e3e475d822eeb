//! Readings and actions against the fake Contabo.
