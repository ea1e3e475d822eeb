//! What the binary answers over HTTP: routes, guards, forms, pages.
//!
//! Handlers take their needs as extractors, call one domain function and answer a page or a redirect. The rules are in
//! `domain`, the markup is in the `app` crate, the socket is opened in `startup`.

pub mod area;
mod asked;
mod context;
pub mod error;
mod figures;
pub mod flash;
pub mod form;
pub mod guard;
mod headers;
pub mod live;
pub mod page;
pub mod route;
pub mod routes;
mod same_origin;
pub mod session;
mod streams;
pub mod tenant;
mod tenant_metrics;
mod trace;
mod upload;

mod account;
mod admin;
mod assets;
mod at_contabo;
mod home;
mod machines;
mod measured;
mod operator;
mod portal;
mod reports;
mod servers;
mod shares;
mod storages;
mod sure;
mod unsubscribe;

use actix_web::{
    middleware::{Compress, from_fn},
    web::{self, ServiceConfig},
};
use tracing_actix_web::TracingLogger;

use crate::startup::Parts;

pub(crate) use context::origin;
pub use error::Error;
pub use figures::Requests;
pub use flash::see_other_telling;
pub use page::{Page, see_other};
pub use streams::Streams;

/// Adds all routes with all that stands before them; with the workers alone, those for machines.
pub fn configure(config: &mut ServiceConfig, parts: Parts) {
    // The last `wrap` is the outermost.
    let site = web::scope("")
        .wrap(from_fn(flash::keep))
        .wrap(from_fn(session::keep))
        .wrap(from_fn(same_origin::check))
        .wrap(from_fn(error::show))
        // Outside of what puts a page in an answer's place, which would keep saying how the other was compressed.
        .wrap(Compress::default())
        .wrap(from_fn(context::provide))
        .wrap(from_fn(headers::add))
        .wrap(from_fn(figures::count))
        .wrap(TracingLogger::<trace::RequestSpan>::new())
        .configure(|config| routes::register(config, parts))
        .default_service(web::to(home::not_found));
    config.service(site);
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }

    /// Outside of a page that is being rendered, the catalogue's short functions know no language but English. Reports
    /// on paper and letters are composed in theirs.
    #[test]
    fn no_handler_asks_the_catalogue_without_a_language() {
        let mut found = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        let in_their_language = |path: &str| path.contains("/src/print/") || path.ends_with("/letters.rs");
        found.retain(|(path, _)| !in_their_language(path));
        for (path, source) in found {
            for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
                for call in ["t(", "t_count(", "t_with("] {
                    for (at, _) in line.match_indices(call) {
                        let before = line[..at].chars().next_back().unwrap_or(' ');
                        let is_another = before.is_alphanumeric() || ['_', '.', '"'].contains(&before);
                        assert!(is_another, "{path}: {line}");
                    }
                }
            }
        }
    }
}
