//! The staff's dashboard and pages about links.

use entity::{LinkId, audit_entry, link, link_state, sample::LinkCondition};
use reqwest::StatusCode;
use scraper::{Html, Selector};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use server::domain::links::slot::SampleState;

use crate::{
    helpers::{Browser, TestApp, assert_redirect, at_start, location, spawn_app},
    network::{Seen, link, router},
};

async fn row(app: &TestApp, id: LinkId) -> link::Model {
    let rows = app.site.db.tenant(app.north);
    rows.get::<link::Entity>(id).await.unwrap().unwrap()
}

/// As the collector stores it.
async fn set_state(app: &TestApp, id: LinkId, state: LinkCondition, bps: i64) {
    let rows = app.site.db.begin(app.north).await.unwrap();
    let seq = rows.next_seq().await.unwrap();
    let state = link_state::ActiveModel {
        tenant_id: Set(app.north),
        link_id: Set(id),
        state: Set(state),
        since: Set(at_start()),
        known: Set(None),
        edge_at: Set(None),
        problem: Set(None),
        slot: Set(None),
        sampled_at: Set(Some(at_start())),
        rx_bps: Set(Some(bps / 10)),
        tx_bps: Set(Some(bps)),
        rates_at: Set(Some(at_start())),
        latency_us: Set(Some(4_200)),
        sent: Set(Some(5)),
        received: Set(Some(5)),
        reading: Set(None),
        seq: Set(seq),
    };
    rows.insert_all::<link_state::Entity, _>([state]).await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
}

#[tokio::test]
async fn a_link_is_added_changed_and_archived() {
    let app = spawn_app().await;
    let (alice, router) = (app.alice().await, router(&app).await.to_string());
    let acme = app.acme.to_string();
    let mut form = vec![
        ("client", acme.as_str()),
        ("router", &router),
        ("interface", "sfp-sfpplus1"),
        ("name", "Acme Berlin"),
        ("kind", "Dark fibre"),
        ("faces", "network"),
        ("down", "2.5 Gbit/s"),
        ("up", "100"),
        ("ping", "192.0.2.9"),
        ("activated_at", "2026-05-04T10:30"),
    ];
    let answer = alice.post("/admin/links/new", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let page = location(&answer).to_owned();
    let id: LinkId = page.rsplit('/').next().unwrap().parse().unwrap();
    let kept = row(&app, id).await;
    assert_eq!(
        (kept.committed_down_bps, kept.committed_up_bps),
        (2_500_000_000, 100_000_000)
    );
    // 10:30 in Berlin in summer.
    assert_eq!(kept.activated_at.unwrap().to_rfc3339(), "2026-05-04T08:30:00+00:00");
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.text().contains("Link added.") && seen.text().contains("2.50\u{a0}Gbit/s"));

    form[3].1 = "Acme Potsdam";
    form[6].1 = "soon";
    let edit = format!("{page}/edit");
    let answer = alice.post(&edit, &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = Seen::of(answer).await;
    assert_eq!(seen.value("down").as_deref(), Some("soon"));
    assert_eq!(seen.value("name").as_deref(), Some("Acme Potsdam"));
    form[6].1 = "1G";
    assert_redirect(&alice.post(&edit, &form).await, &page);
    let rows = app.site.db.tenant(app.north);
    let entries = rows
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::Action.eq("link.update"));
    let entry = entries.one().await.unwrap().unwrap();
    assert_eq!(entry.before.unwrap()["committed_down"], "2500 Mbit/s");
    assert_eq!(entry.after.unwrap()["name"], "Acme Potsdam");

    // What was measured for Acme is nobody else's.
    let mut others = form.clone();
    let globex = app.client("Globex").await.to_string();
    others[0].1 = &globex;
    let answer = alice.post(&edit, &others).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(Seen::of(answer).await.text().contains("belongs to the client"));
    assert_eq!(row(&app, id).await.client_id, app.acme);

    let answer = alice.post(&format!("{page}/archive"), &[]).await;
    assert_redirect(&answer, "/admin/links");
    let kept = row(&app, id).await;
    assert_eq!(kept.archived_at, kept.deactivated_at);
    let seen = Seen::of(alice.get("/admin/links").await).await;
    assert!(seen.text().contains("No links yet"));
}

#[tokio::test]
async fn one_interface_is_one_link() {
    let app = spawn_app().await;
    let (alice, first) = (app.alice().await, link(&app).await);
    let router = row(&app, first).await.router_id.to_string();
    let acme = app.acme.to_string();
    let form = [
        ("client", acme.as_str()),
        ("router", &router),
        ("interface", "ether1"),
        ("name", "Another"),
        ("kind", "ILL"),
        ("faces", "customer"),
        ("down", "1"),
        ("up", "1"),
    ];
    let answer = alice.post("/admin/links/new", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        Seen::of(answer)
            .await
            .text()
            .contains("Another link is this interface already")
    );
}

#[tokio::test]
async fn another_tenants_clients_and_routers_are_no_choice() {
    let app = spawn_app().await;
    let (charlie, router) = (app.charlie().await, router(&app).await.to_string());
    let acme = app.acme.to_string();
    let form = [
        ("client", acme.as_str()),
        ("router", &router),
        ("interface", "ether1"),
        ("name", "Stolen"),
        ("kind", "ILL"),
        ("faces", "customer"),
        ("down", "1"),
        ("up", "1"),
    ];
    let answer = charlie.post("/admin/links/new", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_link_counts_from_then_to_then_on_the_tenants_clock() {
    let app = spawn_app().await;
    let (alice, id) = (app.alice().await, link(&app).await);
    let page = format!("/admin/links/{id}");
    let (activate, deactivate) = (format!("{page}/activate"), format!("{page}/deactivate"));
    assert_redirect(&alice.post(&activate, &[("at", "2026-05-01T00:00")]).await, &page);
    let answer = alice.post(&deactivate, &[("at", "2026-04-30T23:00")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = Seen::of(answer).await;
    assert_eq!(seen.value("at").as_deref(), Some("2026-04-30T23:00"));
    let answer = alice.post(&deactivate, &[("at", "yesterday")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_redirect(&alice.post(&deactivate, &[("at", "2026-05-03T12:00")]).await, &page);
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.all(".page-title .badge")[0].contains("Inactive"));
    let seen = Seen::of(alice.get(&activate).await).await;
    assert!(seen.text().contains("The deactivation is taken back"));
    assert_redirect(&alice.post(&activate, &[("at", "2026-05-01T00:00")]).await, &page);
    assert_eq!(row(&app, id).await.deactivated_at, None);
}

#[tokio::test]
async fn the_list_searches_filters_and_sorts_with_what_is_wrong_first() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let mut ids = Vec::new();
    for (state, bps) in [
        (LinkCondition::Up, 80_000_000),
        (LinkCondition::Down, 0),
        (LinkCondition::Up, 20_000_000),
    ] {
        let id = link(&app).await;
        set_state(&app, id, state, bps).await;
        ids.push(id.to_string());
    }
    let shown = async |query: &str| {
        let seen = Seen::of(alice.get(&format!("/admin/links{query}")).await).await;
        seen.all("#links tbody th")
    };
    let all = shown("").await;
    assert_eq!((all.len(), &all[0]), (3, &ids[1]), "down comes first");
    assert_eq!(shown("?state=down").await, [ids[1].clone()]);
    assert_eq!(shown(&format!("?q={}", ids[2])).await, [ids[2].clone()]);
    let fastest = shown("?sort=-down&state=up").await;
    assert_eq!(fastest, [ids[0].clone(), ids[2].clone()]);
    let router = row(&app, ids[0].parse().unwrap()).await.router_id;
    assert_eq!(shown(&format!("?router={router}")).await, [ids[0].clone()]);
    assert_eq!(shown("?kind=MPLS").await, Vec::<String>::new());
    assert_eq!(shown("?router=x&sort=color&page=99&state=purple").await.len(), 3);
    let charlie = app.charlie().await;
    let seen = Seen::of(charlie.get("/admin/links").await).await;
    assert!(seen.text().contains("No links yet"));
}

#[tokio::test]
async fn the_dashboard_leads_through_the_first_steps_and_then_shows_what_is_wrong() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let seen = Seen::of(alice.get("/admin").await).await;
    assert_eq!(seen.count(".step"), 3);
    assert_eq!(seen.count(".step-done"), 1, "there are clients");
    let id = link(&app).await;
    set_state(&app, id, LinkCondition::Down, 0).await;
    let seen = Seen::of(alice.get("/admin").await).await;
    assert_eq!(seen.count(".step"), 0);
    assert_eq!(seen.all("#dashboard-now tbody th"), [id.to_string()]);
}

#[tokio::test]
async fn viewers_see_links_but_no_buttons() {
    let app = spawn_app().await;
    let (bob, id) = (app.bob().await, link(&app).await);
    let page = format!("/admin/links/{id}");
    let seen = Seen::of(bob.get(&page).await).await;
    assert_eq!(seen.count("main form[method=post]"), 0);
    for action in ["edit", "activate", "deactivate", "archive"] {
        let answer = bob.get(&format!("{page}/{action}")).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{action}");
    }
    assert_eq!(bob.get("/admin/links/x").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_is_added_from_its_clients_page_and_found_from_its_profiles() {
    let app = spawn_app().await;
    let (alice, router) = (app.alice().await, router(&app).await.to_string());
    let profile = [
        ("name", "Gold"),
        ("uptime", "99.9"),
        ("hours", "always"),
        ("unreachable", "unknown"),
        ("disabled", "down"),
        ("measured", "edges"),
        ("percentile", "sum"),
        ("below-1", "99.5"),
        ("credit-1", "10"),
    ];
    let profile = location(&alice.post("/admin/sla-profiles/new", &profile).await).to_owned();
    let client = Seen::of(alice.get(&format!("/admin/clients/{}", app.acme)).await).await;
    let add = client.attributes("a[href^='/admin/links/new']", "href").concat();
    let chosen = Seen::of(alice.get(&add).await).await;
    let chosen = chosen.attributes("#client option[selected]", "value").concat();
    assert_eq!(chosen, app.acme.to_string());
    for (name, interface, profile) in [
        ("Golden", "ether7", profile.rsplit('/').next().unwrap()),
        ("Plain", "ether8", ""),
    ] {
        let form = [
            ("client", chosen.as_str()),
            ("router", &router),
            ("interface", interface),
            ("name", name),
            ("kind", "ILL"),
            ("faces", "network"),
            ("down", "100"),
            ("up", "100"),
            ("profile", profile),
        ];
        assert_eq!(
            alice.post("/admin/links/new", &form).await.status(),
            StatusCode::SEE_OTHER
        );
    }
    let links = Seen::of(alice.get(&profile).await).await;
    let links = links.attributes("main a[href^='/admin/links']", "href").concat();
    let listed = Seen::of(alice.get(&links).await).await;
    assert_eq!(listed.all("tbody th a"), ["Golden"]);
}

#[tokio::test]
async fn staff_see_what_was_measured_of_a_link_as_its_customer_does() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let berlin = app.add_link(app.north, app.acme, router, "Berlin").await;
    let state = |back| match back {
        12 | 13 => Some(SampleState::Down),
        _ => Some(SampleState::Up),
    };
    app.add_samples(app.north, berlin, 300, state).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let parts = async |browser: &Browser, page: String| {
        let answer = browser.get(&page).await;
        assert_eq!(answer.status(), StatusCode::OK, "{page}");
        let page = Html::parse_document(&answer.text().await.unwrap());
        ["#link-graphs", "#link-outages"].map(|part| {
            let found = page.select(&Selector::parse(part).unwrap()).next().unwrap();
            let text: Vec<_> = found.text().flat_map(str::split_whitespace).collect();
            text.join(" ")
        })
    };
    for query in ["", "?range=7d", "?from=2026-05-04&to=2026-05-04&compare=before"] {
        let theirs = parts(&dana, format!("/portal/links/{berlin}{query}")).await;
        assert!(theirs[1].contains("10 min"), "{}", theirs[1]);
        assert_eq!(parts(&alice, format!("/admin/links/{berlin}{query}")).await, theirs);
    }
    for part in ["table", "samples.csv"] {
        let of = async |browser: &Browser, area: &str| {
            let answer = browser.get(&format!("/{area}/links/{berlin}/{part}?range=30d")).await;
            assert_eq!(answer.status(), StatusCode::OK);
            let text = answer.text().await.unwrap();
            // What stands above the numbers is each area's own.
            let begin = text.find("<tbody").unwrap_or(0);
            text[begin..].split("</tbody>").next().unwrap().to_owned()
        };
        assert_eq!(of(&alice, "admin").await, of(&dana, "portal").await);
    }
    let wrong = alice
        .get(&format!("/admin/links/{berlin}?from=never&to=2026-05-04"))
        .await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = alice
        .get(&format!("/admin/links/{berlin}/samples.csv?from=never&to=now"))
        .await;
    assert_redirect(&wrong, &format!("/admin/links/{berlin}?from=never&to=now"));
}
