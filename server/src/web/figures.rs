//! What `/metrics` says of requests: how many by area and kind of answer, and how long they took.

use std::time::Instant;

use actix_web::{
    Error as ActixError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, histogram::Histogram},
};

use super::area::Area;
use crate::{metrics::Metrics, site::Site};

/// The figures of one process. Clones share them.
#[derive(Clone, Debug)]
pub struct Requests {
    answered: Family<Kind, Counter>,
    seconds: Histogram,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    area: &'static str,
    /// `2xx` and so on: paths and tenants would make too many series.
    status: &'static str,
}

impl Requests {
    pub(crate) fn register(metrics: &Metrics) -> Self {
        let seconds = Histogram::new([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0]);
        let figures = Self {
            answered: Family::default(),
            seconds,
        };
        let all = figures.clone();
        metrics.register(|registry| {
            let registry = registry.sub_registry_with_prefix("http");
            registry.register(
                "requests",
                "Requests answered, by area and kind of answer",
                all.answered,
            );
            registry.register(
                "request_seconds",
                "How long answers took until their first byte",
                all.seconds,
            );
        });
        figures
    }
}

/// Counts every request.
pub(super) async fn count(
    site: Data<Site>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let begun = Instant::now();
    let area = match Area::of(request.path()) {
        Some(Area::Portal) => "portal",
        Some(Area::Admin) => "admin",
        Some(Area::Operator) => "operator",
        None => "none",
    };
    let response = next.call(request).await?.map_into_boxed_body();
    let status = match response.status().as_u16() {
        ..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    };
    site.requests.answered.get_or_create(&Kind { area, status }).inc();
    site.requests.seconds.observe(begun.elapsed().as_secs_f64());
    Ok(response)
}
