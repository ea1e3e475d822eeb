//! A tenant's figures for its own Prometheus: who may read them, and what they say.

use std::collections::{BTreeMap, HashSet};

use chrono::Duration;
use entity::{
    LinkId, RouterId, link, router_state,
    router_state::{Listening, Reach},
    sample::LinkCondition,
};
use reqwest::{Method, Response, StatusCode};
use sea_orm::ActiveValue::Set;
use server::domain::{
    audit::Actor,
    tenant_metrics::{gauges, tokens},
};

use crate::{
    helpers::{NORTH, SOUTH, TestApp, assert_redirect, spawn_app},
    network::Seen,
};

const PATH: &str = "/metrics/tenant";
const TOKENS: &str = "/admin/settings/metrics-tokens";

async fn ask(app: &TestApp, host: &'static str, token: &str) -> Response {
    let request = app.browser(host).request(Method::GET, PATH);
    request.bearer_auth(token).send().await.unwrap()
}

async fn make_token(app: &TestApp, name: &str) -> String {
    let (actor, now) = (Actor::system("tests"), app.site.clock.now());
    tokens::create(&app.site.db, app.north, &actor, now, name)
        .await
        .unwrap()
}

/// The lines of each gauge: labels and value.
type Figures = BTreeMap<String, Vec<(BTreeMap<String, String>, f64)>>;

/// What the figures say. Whatever OpenMetrics does not allow fails.
fn parse(text: &str) -> Figures {
    let mut found = Figures::new();
    let (mut current, mut seen) = (String::new(), HashSet::new());
    let body = text.strip_suffix("# EOF\n").unwrap();
    for line in body.lines() {
        if let Some(words) = line.strip_prefix("# ") {
            let mut words = words.splitn(3, ' ');
            let (what, name, rest) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
            match what {
                "TYPE" => {
                    assert_eq!(rest, "gauge");
                    assert!(
                        found.insert(name.to_owned(), Vec::new()).is_none(),
                        "{name} comes twice"
                    );
                    current = name.to_owned();
                }
                "UNIT" => assert!(name.ends_with(&format!("_{rest}")), "{line}"),
                "HELP" => assert!(!rest.is_empty()),
                _ => panic!("{line}"),
            }
            assert_eq!(name, current);
            continue;
        }
        let rest = line
            .strip_prefix(&current)
            .and_then(|rest| rest.strip_prefix('{'))
            .unwrap();
        let (labels, value) = read_labels(rest);
        assert!(seen.insert((current.clone(), labels.clone())), "{line} comes twice");
        let value: f64 = value.strip_prefix(' ').unwrap().parse().unwrap();
        assert!(value.is_finite());
        found.get_mut(&current).unwrap().push((labels, value));
    }
    found
}

/// The labels up to their closing brace, and what follows it.
fn read_labels(mut rest: &str) -> (BTreeMap<String, String>, &str) {
    let mut labels = BTreeMap::new();
    loop {
        let (name, after) = rest.split_once("=\"").unwrap();
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
        let (mut value, mut signs) = (String::new(), after.char_indices());
        let end = loop {
            match signs.next().unwrap() {
                (at, '"') => break at,
                (_, '\\') => value.push(match signs.next().unwrap().1 {
                    'n' => '\n',
                    sign @ ('\\' | '"') => sign,
                    other => panic!("\\{other} is no escape"),
                }),
                (_, sign) => value.push(sign),
            }
        };
        assert!(labels.insert(name.to_owned(), value).is_none());
        rest = &after[end + 1..];
        match rest.strip_prefix(',') {
            Some(next) => rest = next,
            None => return (labels, rest.strip_prefix('}').unwrap()),
        }
    }
}

/// The figures of the north now.
async fn figures(app: &TestApp, token: &str) -> Figures {
    let answer = ask(app, NORTH, token).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let kind = &answer.headers()["content-type"];
    assert_eq!(kind, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    parse(&answer.text().await.unwrap())
}

/// The one value of a gauge, if it has one.
fn only(figures: &Figures, name: &str) -> Option<f64> {
    let lines = &figures[name];
    assert!(lines.len() <= 1, "{lines:?}");
    lines.first().map(|(_, value)| *value)
}

async fn set_router_state(app: &TestApp, router: RouterId) {
    let now = app.site.clock.now();
    let rows = app.site.db.begin(app.north).await.unwrap();
    let row = router_state::ActiveModel {
        tenant_id: Set(app.north),
        router_id: Set(router),
        reach: Set(Reach::Reachable),
        reason_code: Set(None),
        reason: Set(None),
        since: Set(now),
        identity: Set(None),
        version: Set(None),
        board: Set(None),
        architecture: Set(None),
        uptime_seconds: Set(Some(86_400)),
        cpu_percent: Set(Some(7)),
        memory_free: Set(Some(1_000)),
        memory_total: Set(Some(4_000)),
        clock_skew_ms: Set(None),
        certificate_sha256: Set(None),
        certificate_text: Set(None),
        last_poll_at: Set(Some(now)),
        last_success_at: Set(Some(now)),
        poll_ms: Set(Some(250)),
        polls: Set(1),
        failures: Set(0),
        failures_in_a_row: Set(0),
        silent_since: Set(None),
        overruns: Set(0),
        listening: Set(Listening::Off),
        seq: Set(rows.next_seq().await.unwrap()),
    };
    rows.upsert_all::<router_state::Entity, _>([row], &[router_state::Column::RouterId])
        .await
        .unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
}

async fn archive(app: &TestApp, id: LinkId) {
    let rows = app.site.db.begin(app.north).await.unwrap();
    let row = link::ActiveModel {
        id: Set(id),
        archived_at: Set(Some(app.site.clock.now())),
        ..Default::default()
    };
    rows.update::<link::Entity, _>(row).await.unwrap();
    rows.config_changed().await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
}

#[tokio::test]
async fn staff_make_a_token_that_is_shown_once_opens_their_own_figures_and_can_be_revoked() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let made = alice.post(TOKENS, &[("name", "Grafana")]).await;
    assert_eq!(made.status(), StatusCode::OK);
    assert_eq!(made.headers()["cache-control"], "no-store");
    let token = Seen::of(made).await.attributes("#metrics-token", "value").remove(0);
    let page = alice.get(TOKENS).await.text().await.unwrap();
    assert!(page.contains("Grafana") && page.contains(&token[..8]) && page.contains("never"));
    assert!(!page.contains(&token));
    assert_eq!(ask(&app, NORTH, &token).await.status(), StatusCode::OK);
    assert!(!alice.get(TOKENS).await.text().await.unwrap().contains("never"));
    let revoke = Seen::of(alice.get(TOKENS).await)
        .await
        .attributes("td a.button", "href")
        .remove(0);
    assert!(alice.get(&revoke).await.text().await.unwrap().contains("Grafana"));
    assert_redirect(&alice.post(&revoke, &[]).await, TOKENS);
    assert_eq!(ask(&app, NORTH, &token).await.status(), StatusCode::UNAUTHORIZED);
    let log = alice.get("/admin/audit?q=grafana").await.text().await.unwrap();
    assert!(log.contains("metrics token") && log.contains("revoked") && !log.contains(&token));
}

#[tokio::test]
async fn a_sixth_token_is_refused() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    for name in ["a", "b", "c", "d", "e"] {
        make_token(&app, name).await;
    }
    let seen = Seen::of(alice.get(TOKENS).await).await;
    assert_eq!(seen.count("#name"), 0);
    let answer = alice.post(TOKENS, &[("name", "f")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn without_a_token_of_the_tenant_there_are_no_figures_and_guessing_ends() {
    let app = spawn_app().await;
    let token = make_token(&app, "Grafana").await;
    let nobody = app.browser(NORTH);
    for answer in [
        nobody.get(PATH).await,
        app.alice().await.get(PATH).await,
        ask(&app, SOUTH, &token).await,
        ask(&app, NORTH, &token[1..]).await,
    ] {
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(answer.headers()["www-authenticate"], "Bearer realm=\"metrics\"");
    }
    // Two wrong ones are counted; no token is no guess.
    for _ in 2..30 {
        assert_eq!(ask(&app, NORTH, "wrong").await.status(), StatusCode::UNAUTHORIZED);
    }
    let blocked = ask(&app, NORTH, &token).await;
    assert_eq!(blocked.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(blocked.headers()["retry-after"], "60");
    assert_eq!(Seen::of(blocked).await.all("h1"), ["Too many requests"]);
    // Nobody is kept from the pages by it.
    app.bob().await;
    app.site.clock.advance(Duration::seconds(61));
    assert_eq!(ask(&app, NORTH, &token).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn figures_are_what_pages_show_and_what_is_too_old_is_left_out() {
    let app = spawn_app().await;
    let token = make_token(&app, "Grafana").await;
    let router = app.add_router_named("edge \"1\"").await;
    let name = "Back\\slash \"quoted\"\nin two lines";
    let link = app.add_link(app.north, app.acme, router, name).await;
    let now = app.site.clock.now();
    app.set_state(app.north, link, LinkCondition::Up, now).await;
    set_router_state(&app, router).await;
    let seen = figures(&app, &token).await;
    for (gauge, value) in [
        ("mainstay_link_up", 1.0),
        ("mainstay_link_state", 1.0),
        ("mainstay_link_rx_bits_per_second", 1e6),
        ("mainstay_link_tx_bits_per_second", 64e6),
        ("mainstay_link_committed_rx_bits_per_second", 40e6),
        ("mainstay_link_committed_tx_bits_per_second", 100e6),
        ("mainstay_link_latency_seconds", 0.00427),
        ("mainstay_link_loss_ratio", 0.0),
        ("mainstay_link_last_sample_timestamp_seconds", now.timestamp() as f64),
        ("mainstay_router_up", 1.0),
        ("mainstay_router_cpu_ratio", 0.07),
        ("mainstay_router_memory_used_bytes", 3_000.0),
        ("mainstay_router_memory_total_bytes", 4_000.0),
        ("mainstay_router_uptime_seconds", 86_400.0),
        ("mainstay_router_last_poll_timestamp_seconds", now.timestamp() as f64),
        ("mainstay_router_poll_seconds", 0.25),
    ] {
        assert_eq!(only(&seen, gauge), Some(value), "{gauge}");
    }
    assert!(seen.keys().map(String::as_str).eq({
        let mut names: Vec<_> = gauges::names().collect();
        names.sort_unstable();
        names
    }));
    let labels = &seen["mainstay_link_state"][0].0;
    for (label, value) in [
        ("link", name),
        ("client", "Acme"),
        ("router", "edge \"1\""),
        ("kind", "ILL"),
        ("reference", "NB-1"),
        ("id", &link.to_string()),
        ("state", "up"),
    ] {
        assert_eq!(labels[label], value);
    }
    app.site.clock.advance(Duration::seconds(661));
    let seen = figures(&app, &token).await;
    for (gauge, lines) in &seen {
        let stays = gauge.contains("committed") || gauge.contains("timestamp") || gauge == "mainstay_link_state";
        assert_eq!(lines.len(), usize::from(stays), "{gauge}");
    }
    assert_eq!(seen["mainstay_link_state"][0].0["state"], "unknown");
}

#[tokio::test]
async fn nothing_archived_and_nothing_of_another_tenant_is_among_the_figures() {
    let app = spawn_app().await;
    let token = make_token(&app, "Grafana").await;
    let router = app.add_router(app.north).await;
    let kept = app.add_link(app.north, app.acme, router, "kept").await;
    let gone = app.add_link(app.north, app.acme, router, "gone").await;
    let theirs = app.add_router(app.south).await;
    let initech = entity::ClientId::new();
    let rows = app.site.db.tenant(app.south);
    let client = entity::client::ActiveModel {
        id: Set(initech),
        name: Set("Theirs".to_owned()),
        reference: Set(None),
        notes: Set(String::new()),
        created_at: Set(app.site.clock.now()),
        archived_at: Set(None),
        ..Default::default()
    };
    rows.insert::<entity::client::Entity, _>(client).await.unwrap();
    app.add_link(app.south, initech, theirs, "theirs").await;
    archive(&app, gone).await;
    let text = ask(&app, NORTH, &token).await.text().await.unwrap();
    assert!(text.contains(&kept.to_string()));
    assert!(!text.contains("gone") && !text.contains(&gone.to_string()));
    assert!(!text.to_lowercase().contains("theirs") && !text.contains(&theirs.to_string()));
}

#[test]
fn every_figure_of_the_dashboard_is_there() {
    let dashboard = include_str!("../../../docs/grafana/mainstay.json");
    serde_json::from_str::<serde_json::Value>(dashboard).unwrap();
    let is_name = |sign: char| sign.is_ascii_lowercase() || sign == '_';
    let words = dashboard.split(|sign| !is_name(sign));
    let named: HashSet<_> = words.filter(|word| word.starts_with("mainstay_")).collect();
    let known: HashSet<_> = gauges::names().collect();
    assert!(named.len() > 6);
    assert_eq!(named.difference(&known).collect::<Vec<_>>(), [&""; 0]);
}
