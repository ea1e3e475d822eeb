//! Pages for developers; the demo alone serves them.

pub mod components;
