//! What is answered over HTTP.

use actix_web::web::ServiceConfig;

use crate::{site::Site, startup::Parts};

/// Adds all routes.
pub fn configure(_config: &mut ServiceConfig, _site: &Site, _parts: Parts) {}
