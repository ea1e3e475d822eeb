//! What is known of a request before anybody looks at who asks: its number, where it comes from, whose site it is for.

use std::{
    future::{Ready, ready},
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use actix_web::{
    Error as ActixError, FromRequest, HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::header::{HOST, USER_AGENT},
    middleware::Next,
    web,
};
use entity::tenant;
use ipnet::IpNet;
use tracing_actix_web::RequestId;
use uuid::Uuid;

use super::{Error, area::Area};
use crate::{
    domain::identity::{Scope, sessions::Browser},
    site::Site,
};

/// The circumstances of a request, in its extensions.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) site: web::Data<Site>,
    /// The number under which the logs have it.
    pub(super) request_id: String,
    /// The address of the visitor, forwarded by a trusted proxy or the other end of the connection.
    pub(super) address: String,
    /// Which browser the visitor says it is.
    pub(super) agent: String,
    /// Host and port as they were asked for.
    authority: String,
    /// In lower case, without the port.
    pub(super) host: String,
    /// None when the host is nobody's.
    pub(super) tenant: Option<Arc<tenant::Model>>,
    /// None for what is in no area.
    pub(super) area: Option<Area>,
}

impl Context {
    /// What a session of the area is good for, where there is an area, and a tenant if it needs one.
    pub(super) fn scope(&self) -> Option<Scope> {
        self.area?.scope(self.tenant.as_ref().map(|tenant| tenant.id))
    }

    /// Scheme, host and port under which visitors find the tenant's site.
    pub(super) fn origin(&self) -> String {
        let own_host = self.tenant.as_ref().and_then(|tenant| tenant.host.as_deref());
        origin(self.site.settings.public_url.as_deref(), own_host, &self.authority)
    }

    pub(super) fn browser(&self) -> Browser {
        Browser {
            address: self.address.clone(),
            agent: self.agent.clone(),
        }
    }
}

/// A request whose visitor may be nobody. An extractor.
#[derive(Clone, Debug)]
pub(super) struct Visit(pub(super) Arc<Context>);

impl Visit {
    /// The area, and what a session of it is good for.
    pub(super) fn area(&self) -> Result<(Area, Scope), Error> {
        self.0.area.zip(self.0.scope()).ok_or(Error::NotFound)
    }
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let context = request.extensions().get::<Arc<Context>>().cloned();
        ready(context.map(Self).ok_or(Error::NotFound))
    }
}

/// Puts the [`Context`] into the request.
pub(super) async fn provide(
    site: web::Data<Site>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let authority = authority(&request).to_owned();
    let host = without_port(&authority).to_lowercase();
    let tenant = match site.tenants.find(&host).await {
        Ok(tenant) => tenant,
        Err(error) => return Ok(request.error_response(Error::from(error))),
    };
    let number = request.extensions().get::<RequestId>().map(ToString::to_string);
    let context = Context {
        request_id: number.unwrap_or_else(|| Uuid::now_v7().to_string()),
        address: address(&request, &site.settings.trusted_proxies),
        agent: header(&request, USER_AGENT.as_str()).to_owned(),
        authority,
        host,
        tenant,
        area: Area::of(request.path()),
        site,
    };
    request.extensions_mut().insert(Arc::new(context));
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn header<'r>(request: &'r ServiceRequest, name: &str) -> &'r str {
    let value = request.headers().get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}

/// The host that was asked for. Forwarded hosts are not believed: a proxy passes `Host` on.
fn authority(request: &ServiceRequest) -> &str {
    let authority = request.uri().authority().map(|authority| authority.as_str());
    authority.unwrap_or_else(|| header(request, HOST.as_str()))
}

/// The public URL, but with the tenant's own host where it has one; without a public URL, whatever was asked for.
pub(crate) fn origin(public_url: Option<&str>, own_host: Option<&str>, asked_for: &str) -> String {
    match (public_url.and_then(|url| url.split_once("://")), own_host) {
        (Some((scheme, authority)), Some(host)) => {
            let port = authority.strip_prefix(without_port(authority)).unwrap_or_default();
            [scheme, "://", host, port].concat()
        }
        (Some((scheme, authority)), None) => [scheme, "://", authority].concat(),
        (None, _) => ["http://", asked_for].concat(),
    }
}

/// The host of an authority.
pub(super) fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// Who is at the other end: the connection's own address, or, if that is a trusted proxy, the last address in
/// `X-Forwarded-For` that is none. Addresses further left were written by whoever sent the request.
pub(super) fn address(request: &ServiceRequest, proxies: &[IpNet]) -> String {
    let Some(peer) = request.peer_addr() else {
        return String::new();
    };
    let forwarded = request.headers().get_all("x-forwarded-for");
    // What is no text is not left out, or the entry before it would pass for the proxy's.
    let forwarded: Vec<_> = forwarded
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .collect();
    let hops = forwarded.iter().flat_map(|value| value.split(','));
    visitor(peer.ip(), hops, proxies).to_string()
}

fn visitor<'h>(peer: IpAddr, forwarded: impl Iterator<Item = &'h str>, proxies: &[IpNet]) -> IpAddr {
    let is_proxy = |address: &IpAddr| proxies.iter().any(|net| net.contains(address));
    let mut nearest = peer.to_canonical();
    let hops: Vec<&str> = forwarded.collect();
    for hop in hops.into_iter().rev() {
        if !is_proxy(&nearest) {
            break;
        }
        let Some(address) = hop_address(hop.trim()) else {
            break;
        };
        nearest = address.to_canonical();
    }
    nearest
}

/// The address of an entry of `X-Forwarded-For`. Some proxies add the port, and brackets with or without one.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok();
    (hop.parse::<IpAddr>().ok())
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
        .or_else(|| bracketed().map(IpAddr::V6))
}

#[cfg(test)]
mod tests {
    use actix_web::{http::header::HeaderValue, test::TestRequest};

    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        visitor(peer.parse().unwrap(), forwarded.iter().copied(), &proxies).to_string()
    }

    #[test]
    fn only_trusted_proxies_say_where_a_request_comes_from() {
        assert_eq!(seen("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(
            seen("::ffff:10.0.0.1", &["203.0.113.9", " 198.51.100.7 ", "10.0.0.2"]),
            "198.51.100.7"
        );
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_forwarded_address_may_have_a_port_and_brackets_and_anything_else_is_not_believed() {
        for (entry, address) in [
            ("198.51.100.7", "198.51.100.7"),
            ("198.51.100.7:5678", "198.51.100.7"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:5678", "2001:db8::7"),
            ("[::ffff:198.51.100.7]:5678", "198.51.100.7"),
            ("unknown", "10.0.0.1"),
            ("_hidden", "10.0.0.1"),
            ("", "10.0.0.1"),
            ("198.51.100.7:", "10.0.0.1"),
            ("198.51.100.7:99999", "10.0.0.1"),
            ("198.51.100", "10.0.0.1"),
            ("[198.51.100.7]", "10.0.0.1"),
            ("[2001:db8::7", "10.0.0.1"),
            ("portal.example:443", "10.0.0.1"),
        ] {
            assert_eq!(seen("10.0.0.1", &[entry]), address, "{entry:?}");
            assert_eq!(seen("10.0.0.1", &["203.0.113.9", entry]), address, "{entry:?}");
        }
        assert_eq!(seen("10.0.0.1", &["198.51.100.7:1", "10.0.0.2:2"]), "198.51.100.7");
        assert_eq!(seen("10.0.0.1", &["198.51.100.7", "unknown", "10.0.0.2"]), "10.0.0.2");
    }

    #[test]
    fn a_forwarded_header_that_is_no_text_hides_no_entry() {
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        let request = |values: &[&[u8]]| {
            let mut request = TestRequest::default().peer_addr("10.0.0.1:80".parse().unwrap());
            for value in values {
                request = request.append_header(("x-forwarded-for", HeaderValue::from_bytes(value).unwrap()));
            }
            address(&request.to_srv_request(), &proxies)
        };
        assert_eq!(request(&[b"203.0.113.9", b"\xff, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(request(&[b"203.0.113.9", b"\xff"]), "10.0.0.1");
    }

    #[test]
    fn a_site_is_found_where_the_settings_say_under_its_own_host() {
        let asked_for = "evil.example:8080";
        assert_eq!(
            origin(None, Some("north.example"), asked_for),
            "http://evil.example:8080"
        );
        let url = Some("https://portal.example");
        assert_eq!(origin(url, None, asked_for), "https://portal.example");
        assert_eq!(origin(url, Some("north.example"), asked_for), "https://north.example");
        let url = Some("https://[::1]:8443");
        assert_eq!(origin(url, None, asked_for), "https://[::1]:8443");
        assert_eq!(
            origin(url, Some("north.example"), asked_for),
            "https://north.example:8443"
        );
    }

    #[test]
    fn the_port_is_no_part_of_the_host() {
        assert_eq!(without_port("portal.example:8080"), "portal.example");
        assert_eq!(without_port("[::1]:8080"), "[::1]");
        assert_eq!(without_port("portal.example"), "portal.example");
    }
}
