//! Event streams: what was stored reaches the pages that show it, and no others.

use std::time::Duration;

use chrono::TimeDelta;
use entity::{LinkId, sample::LinkCondition, watch};
use reqwest::{Method, Response, StatusCode};

use crate::{
    helpers::{Browser, TestApp, at_start, spawn_app},
    servers::server,
};

/// Longer than any of these events takes: a test that waits in vain fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream.
struct Events {
    answer: Response,
    read: String,
}

impl Events {
    async fn open(browser: &Browser, path: &str) -> Self {
        let answer = browser.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        let mut events = Self {
            answer,
            read: String::new(),
        };
        assert_eq!(events.next().await.as_deref(), Some(": open"));
        events
    }

    /// The next event or comment; `None` at the end.
    async fn next(&mut self) -> Option<String> {
        let next = async {
            loop {
                if let Some((event, rest)) = self.read.split_once("\n\n") {
                    let event = event.to_owned();
                    self.read = rest.to_owned();
                    return Some(event);
                }
                let chunk = self.answer.chunk().await.ok().flatten()?;
                self.read.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        };
        tokio::time::timeout(PATIENCE, next).await.unwrap()
    }

    /// The ids of the parts that the next event asks to fetch.
    async fn refresh(&mut self) -> Vec<String> {
        let event = self.next().await.unwrap();
        let list = event.strip_prefix("event: refresh\ndata: ").unwrap();
        serde_json::from_str(list).unwrap()
    }
}

async fn with_link() -> (TestApp, LinkId) {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let link = app.add_link(app.north, app.acme, router, "Berlin").await;
    app.set_state(app.north, link, LinkCondition::Up, at_start()).await;
    (app, link)
}

/// The address of the stream that a page names.
async fn stream_of(browser: &Browser, path: &str) -> String {
    let page = browser.get(path).await.text().await.unwrap();
    let page = scraper::Html::parse_document(&page);
    let body = scraper::Selector::parse("body").unwrap();
    page.select(&body)
        .next()
        .unwrap()
        .attr("data-live-url")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_stored_change_reaches_the_open_pages_that_show_it() {
    let (app, link) = with_link().await;
    let (dana, eve, alice) = (app.dana().await, app.eve().await, app.alice().await);
    let address = stream_of(&dana, &format!("/portal/links/{link}")).await;
    let mut of_link = Events::open(&dana, &address).await;
    let mut of_dashboard = Events::open(&dana, &stream_of(&dana, "/portal").await).await;
    let mut of_staff = Events::open(&alice, "/admin/live?now=state").await;
    let mut of_another = Events::open(&eve, "/portal/live?now=links").await;
    app.site.clock.advance(TimeDelta::seconds(60));
    let now = app.site.clock.now();
    app.set_state(app.north, link, LinkCondition::Down, now).await;
    let parts = of_link.refresh().await;
    assert!(
        parts.contains(&"link-badge".to_owned()) && parts.contains(&"link-graphs".to_owned()),
        "{parts:?}"
    );
    assert_eq!(of_dashboard.refresh().await, ["links"]);
    assert_eq!(of_staff.refresh().await, ["state"]);
    let page = dana.get(&format!("/portal/links/{link}")).await.text().await.unwrap();
    assert!(page.contains("The link is down."));
    // The other client's page hears of the stop and of nothing before it.
    app.site.stop.stop();
    assert_eq!(of_another.next().await, None);
}

#[tokio::test]
async fn current_rates_leave_the_graphs_alone() {
    let (app, link) = with_link().await;
    let dana = app.dana().await;
    let path = format!("/portal/live?now=link-now&sampled=link-graphs&link={link}");
    let mut events = Events::open(&dana, &path).await;
    // The clock stands: this is no newer sample.
    app.set_state(app.north, link, LinkCondition::Up, at_start()).await;
    assert_eq!(events.refresh().await, ["link-now"]);
    app.site.clock.advance(TimeDelta::seconds(300));
    app.set_state(app.north, link, LinkCondition::Up, at_start()).await;
    assert_eq!(events.refresh().await, ["link-now", "link-graphs"]);
}

#[tokio::test]
async fn what_happened_between_page_and_stream_is_told_at_once() {
    let (app, link) = with_link().await;
    let dana = app.dana().await;
    let address = stream_of(&dana, "/portal").await;
    app.set_state(app.north, link, LinkCondition::Down, at_start()).await;
    assert_eq!(Events::open(&dana, &address).await.refresh().await, ["links"]);
}

#[tokio::test]
async fn an_open_page_asks_for_current_rates() {
    let (app, link) = with_link().await;
    let _events = Events::open(&app.dana().await, &format!("/portal/live?link={link}")).await;
    let rows = app.site.db.tenant(app.north);
    let watches = rows.find::<watch::Entity>().all().await.unwrap();
    assert_eq!(watches.len(), 1);
    assert_eq!((watches[0].subject_id, watches[0].kind), (link.0, watch::Watched::Link));
    assert_eq!(watches[0].expires_at, app.site.clock.now() + TimeDelta::seconds(30));
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let (app, link) = with_link().await;
    let dana = app.dana().await;
    let mut events = Events::open(&dana, &format!("/portal/live?link={link}")).await;
    dana.post("/portal/sign-out", &[]).await;
    assert_eq!(events.next().await, None);
}

#[tokio::test]
async fn the_oldest_of_too_many_streams_ends_and_nobody_elses() {
    let (app, _) = with_link().await;
    let (alice, bob) = (app.alice().await, app.bob().await);
    let _of_bob = Events::open(&bob, "/admin/live?now=state").await;
    let mut of_alice = Vec::new();
    for _ in 0..21 {
        of_alice.push(Events::open(&alice, "/admin/live?now=state").await);
    }
    assert_eq!(of_alice[0].next().await, None);
    assert!(app.site.metrics.to_text().contains("mainstay_http_event_streams 21"));
}

#[tokio::test]
async fn routers_are_for_staff_and_a_head_gets_no_stream() {
    let (app, _) = with_link().await;
    let router = app.add_router_named("second").await;
    let path = format!("/portal/live?router={router}");
    assert_eq!(app.dana().await.get(&path).await.status(), StatusCode::NOT_FOUND);
    let charlie = app.charlie().await;
    let path = format!("/admin/live?router={router}");
    assert_eq!(charlie.get(&path).await.status(), StatusCode::NOT_FOUND);
    let alice = app.alice().await;
    Events::open(&alice, &path).await;
    let head = alice.request(Method::HEAD, &path).send().await.unwrap();
    assert_eq!(head.status(), StatusCode::OK);
    assert_eq!(head.text().await.unwrap(), "");
}

#[tokio::test]
async fn what_is_asked_of_a_server_reaches_the_pages_that_show_it() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let (theirs, ours) = (format!("/portal/servers/{own}"), format!("/admin/servers/{own}"));
    let mut list = Events::open(&dana, &stream_of(&dana, "/portal/servers").await).await;
    let mut page = Events::open(&dana, &stream_of(&dana, &theirs).await).await;
    let mut staff = Events::open(&alice, &stream_of(&alice, &ours).await).await;
    dana.post(&format!("{theirs}/act/restart"), &[]).await;
    assert_eq!(list.refresh().await, ["server-rows"]);
    for events in [&mut page, &mut staff] {
        let parts = events.refresh().await;
        assert!(parts.contains(&"server-now".to_owned()), "{parts:?}");
        assert!(parts.contains(&"server-history".to_owned()), "{parts:?}");
    }
}
