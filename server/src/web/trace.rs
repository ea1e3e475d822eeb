//! What the log has of each request: the span around all that it says meanwhile, and at `debug` a line at its end.
//!
//! Our own, since the usual one believes forwarded headers from anybody and has the query, in which people type names.

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    web::Data,
};
use ipnet::IpNet;
use tracing::{Span, field::Empty};
use tracing_actix_web::{RequestId, RootSpanBuilder};

use super::context;
use crate::site::Site;

/// Makes the span of a request.
pub(super) struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let site = request.app_data::<Data<Site>>();
        let proxies = site.map_or(&[][..], |site| &site.settings.trusted_proxies);
        span(request, proxies)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", status.as_u16());
        tracing::debug!(parent: &span, "answered");
    }
}

fn span(request: &ServiceRequest, proxies: &[IpNet]) -> Span {
    let number = request.extensions().get::<RequestId>().map(ToString::to_string);
    tracing::info_span!(
        "request",
        method = %request.method(),
        route = request.match_pattern(),
        path = path(request.match_pattern().as_deref(), request.path()),
        address = context::address(request, proxies),
        request_id = number,
        status = Empty,
    )
}

/// Parameters of paths that open what they name to whoever has them.
const SECRETS: [&str; 2] = ["{share}", "{token}"];

/// The path as it may be read in a log: without what would open something.
fn path<'a>(pattern: Option<&'a str>, path: &'a str) -> &'a str {
    match pattern {
        Some(pattern) if SECRETS.iter().any(|secret| pattern.contains(secret)) => pattern,
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    use actix_web::{
        App, HttpResponse, Resource,
        test::{TestRequest, call_service, init_service},
    };
    use tracing_actix_web::TracingLogger;

    use super::*;
    use crate::web::route::{self, Route};

    /// Where the log of a test goes.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(request: TestRequest, proxies: &[IpNet]) -> String {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            let request = request.peer_addr("10.0.0.1:80".parse().unwrap()).to_srv_request();
            let span = span(&request, proxies);
            RequestSpan::on_request_end(span, &Ok(request.into_response(HttpResponse::Conflict())));
        });
        let written = log.0.lock().unwrap().clone();
        String::from_utf8(written).unwrap()
    }

    #[test]
    fn the_log_has_the_real_address_and_never_the_query() {
        let request = || {
            TestRequest::with_uri("/portal/links?q=Acme&token=secret")
                .insert_header(("x-forwarded-for", "198.51.100.7"))
                .insert_header(("forwarded", "for=203.0.113.9;host=evil.example"))
                .insert_header(("x-forwarded-host", "evil.example"))
        };
        let line = logged(request(), &[]);
        for part in [
            "method=GET",
            "path=\"/portal/links\"",
            "address=\"10.0.0.1\"",
            "status=409",
        ] {
            assert!(line.contains(part), "{part} is not in {line}");
        }
        for part in ["secret", "Acme", "198.51", "203.0", "evil"] {
            assert!(!line.contains(part), "{part} is in {line}");
        }
        let line = logged(request(), &["10.0.0.0/8".parse().unwrap()]);
        assert!(line.contains("address=\"198.51.100.7\""), "{line}");
    }

    #[tokio::test]
    async fn the_log_has_no_word_that_opens_anything() {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let told = tracing::subscriber::set_default(subscriber);
        let app = App::new().wrap(TracingLogger::<RequestSpan>::new());
        let app = [route::SharePdf::PATH, route::Share::PATH, route::Unsubscribe::PATH]
            .into_iter()
            .fold(app, |app, path| app.service(Resource::new(path).to(HttpResponse::Ok)));
        let app = init_service(app).await;
        for path in ["/share/opensesame", "/share/opensesame.pdf", "/unsubscribe/opensesame"] {
            let request = TestRequest::with_uri(path).peer_addr("10.0.0.1:80".parse().unwrap());
            assert!(call_service(&app, request.to_request()).await.status().is_success());
        }
        drop(told);
        let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(written.contains("path=\"/share/{share}\""), "{written}");
        assert!(
            written.contains("path=\"/unsubscribe/{token}\"") && !written.contains("opensesame"),
            "{written}"
        );
    }
}
