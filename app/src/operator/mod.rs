//! Pages of whoever runs the installation.

pub mod tenants;
