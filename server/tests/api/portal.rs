//! The client user's pages: what they show, to whom, and what they never show.

use chrono::{DateTime, Duration, Utc};
use entity::{
    LinkId,
    link_edge::{self, EdgeSource},
    sample::LinkCondition,
};
use reqwest::StatusCode;
use scraper::{Html, Selector};
use sea_orm::ActiveValue::Set;
use server::domain::links::slot::SampleState;

use crate::{
    helpers::{Browser, NORTH, SOUTH, TestApp, at_start, create_client, spawn_app},
    measured::ROUTER,
};
use server::web::area::Area;

/// Acme's link "Berlin", up, with a day of samples of which two, an hour ago, were down.
async fn with_berlin() -> (TestApp, LinkId) {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let berlin = app.add_link(app.north, app.acme, router, "Berlin").await;
    let state = |back| match back {
        12 | 13 => Some(SampleState::Down),
        _ => Some(SampleState::Up),
    };
    app.add_samples(app.north, berlin, 300, state).await;
    let since = at_start() - Duration::minutes(60);
    app.set_state(app.north, berlin, LinkCondition::Up, since).await;
    (app, berlin)
}

async fn page(browser: &Browser, path: &str) -> Html {
    let answer = browser.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    Html::parse_document(&answer.text().await.unwrap())
}

/// The texts of what the selector finds, with white space as one reads it.
fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let text = |element: scraper::ElementRef| {
        let text: Vec<_> = element.text().flat_map(str::split_whitespace).collect();
        text.join(" ")
    };
    page.select(&selector).map(text).collect()
}

#[tokio::test]
async fn the_dashboard_shows_the_links_with_what_is_wrong_first() {
    let (app, _) = with_berlin().await;
    let router = app.add_router_named("second").await;
    let ulm = app.add_link(app.north, app.acme, router, "Ulm").await;
    let since = at_start() - Duration::minutes(29);
    app.set_state(app.north, ulm, LinkCondition::Down, since).await;
    let dashboard = page(&app.dana().await, "/portal").await;
    assert_eq!(texts(&dashboard, ".summary-sentence"), ["1 of 2 links is down"]);
    assert_eq!(texts(&dashboard, ".link-card h2"), ["Ulm", "Berlin"]);
    assert_eq!(texts(&dashboard, ".link-card .badge"), ["Down", "Up"]);
    let berlin = &texts(&dashboard, ".link-card")[1];
    // What the router sends to the customer is their download.
    assert!(berlin.contains("Download 64.0 Mbit/s Upload 1.00 Mbit/s"), "{berlin}");
    assert!(berlin.contains("agreed 99.9 %"), "{berlin}");
}

#[tokio::test]
async fn a_client_without_links_is_told_what_will_happen() {
    let app = spawn_app().await;
    let dashboard = page(&app.dana().await, "/portal").await;
    assert_eq!(texts(&dashboard, ".empty-title"), ["No links yet"]);
}

#[tokio::test]
async fn the_list_is_searched_filtered_and_sorted_on_the_server() {
    let (app, _) = with_berlin().await;
    let router = app.add_router_named("second").await;
    for name in ["Aachen", "Celle"] {
        app.add_link(app.north, app.acme, router, name).await;
    }
    let dana = app.dana().await;
    let names = async |query: &str| texts(&page(&dana, &format!("/portal/links{query}")).await, "tbody th a");
    assert_eq!(names("").await, ["Aachen", "Celle", "Berlin"]);
    assert_eq!(names("?sort=-name").await, ["Celle", "Berlin", "Aachen"]);
    assert_eq!(names("?q=nb-1+ber").await, ["Berlin"]);
    assert_eq!(names("?state=up").await, ["Berlin"]);
    assert_eq!(names("?kind=ILL&page=900").await.len(), 3);
    assert!(names("?q=nowhere").await.is_empty());
    assert_eq!(names("?sort=;drop&page=-1&state=").await.len(), 3);
}

#[tokio::test]
async fn clients_are_in_the_order_of_their_names_whatever_their_case() {
    let (app, _) = with_berlin().await;
    let abacus = create_client(&app.site.db, app.north, "abacus").await;
    let router = app.add_router_named("second").await;
    app.add_link(app.north, abacus, router, "Aachen").await;
    let dora = app.account("dora@acme.test").await;
    let place = [
        ("client", abacus.to_string()),
        ("role", "viewer".to_owned()),
        ("do", "add".to_owned()),
    ];
    let place = place.each_ref().map(|(field, value)| (*field, value.as_str()));
    let answer = app
        .alice()
        .await
        .post(&format!("/admin/client-users/{dora}/memberships"), &place)
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let dora = app.signed_in(NORTH, Area::Portal, "dora@acme.test").await;
    let links = page(&dora, "/portal/links?sort=client").await;
    assert_eq!(texts(&links, "tbody th a"), ["Aachen", "Berlin"]);
}

#[tokio::test]
async fn a_link_shows_now_the_month_and_its_outages() {
    let (app, berlin) = with_berlin().await;
    let (from, to) = (at_start() - Duration::minutes(66), at_start() - Duration::minutes(58));
    app.add_maintenance(app.north, "New line card", from, to).await;
    let link = page(&app.dana().await, &format!("/portal/links/{berlin}")).await;
    assert_eq!(texts(&link, "h1"), ["Berlin"]);
    let now = &texts(&link, "#link-now")[0];
    assert!(now.contains("64.0 Mbit/s of 100 Mbit/s"), "{now}");
    assert!(
        now.contains("Latency 4.27 ms") && now.contains("0 of 5 test packets"),
        "{now}"
    );
    let month = &texts(&link, "#link-month")[0];
    // Of ten minutes down, six were planned work.
    assert!(
        month.contains("Downtime 4 min") && month.contains("Outages 1"),
        "{month}"
    );
    let promised = [
        "at least 99.9 % uptime a month",
        "at most 20.0 ms latency",
        "at most 3.00 ms jitter",
        "at most 0.5 % packet loss",
    ];
    assert_eq!(texts(&link, "main .key-values li"), promised);
    let outages = &texts(&link, "#link-outages tbody tr")[0];
    assert!(
        outages.contains("10 min 4 min") && outages.contains("New line card"),
        "{outages}"
    );
    assert_eq!(texts(&link, "#link-graphs h3"), ["Traffic", "Latency", "Packet loss"]);
    assert!(!texts(&link, ".band-outage").is_empty());
    assert!(!texts(&link, ".band-maintenance").is_empty());
}

#[tokio::test]
async fn every_range_has_its_graphs_and_the_same_numbers_as_a_table() {
    let (app, berlin) = with_berlin().await;
    let dana = app.dana().await;
    for (range, rows) in [("24h", 288), ("7d", 336), ("30d", 360), ("1y", 365)] {
        let link = page(&dana, &format!("/portal/links/{berlin}?range={range}")).await;
        assert_eq!(texts(&link, "#link-graphs figure").len(), 3, "{range}");
        let table = page(&dana, &format!("/portal/links/{berlin}/table?range={range}")).await;
        assert_eq!(texts(&table, "tbody tr").len(), rows, "{range}");
    }
    let table = page(&dana, &format!("/portal/links/{berlin}/table")).await;
    let rows = texts(&table, "tbody tr");
    assert!(rows[0].contains("10.0 Mbit/s 1.00 Mbit/s 4.00 ms 0.0 %"), "{}", rows[0]);
    assert_eq!(rows.iter().filter(|row| row.ends_with("Outage")).count(), 2);
}

fn edge(link: LinkId, at: DateTime<Utc>, became: LinkCondition) -> link_edge::ActiveModel {
    link_edge::ActiveModel {
        link_id: Set(link),
        at: Set(at),
        became: Set(became),
        source: Set(EdgeSource::Listen),
        ..Default::default()
    }
}

#[tokio::test]
async fn an_outage_is_dated_to_the_second_where_the_interface_told_of_it() {
    let (app, berlin) = with_berlin().await;
    let edge = |ago: i64, became| edge(berlin, at_start() - Duration::seconds(ago), became);
    let edges = [
        // The outage was from 70 to 60 minutes ago.
        edge(14 * 300 - 41, LinkCondition::Down),
        edge(12 * 300 + 7, LinkCondition::Up),
        edge(1_820, LinkCondition::Down),
        edge(1_800, LinkCondition::Up),
    ];
    app.site.db.tenant(app.north).insert_all(edges).await.unwrap();
    let dana = app.dana().await;
    let rows = texts(
        &page(&dana, &format!("/portal/links/{berlin}")).await,
        "#link-outages tbody tr",
    );
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(
        rows[0].contains("20 s") && rows[0].contains("does not count"),
        "{rows:?}"
    );
    assert!(rows[1].contains("9 min 12 s 10 min"), "{rows:?}");
}

#[tokio::test]
async fn a_drop_that_still_lasts_is_listed_before_any_measurement_saw_it() {
    let (app, berlin) = with_berlin().await;
    let dana = app.dana().await;
    // In the slot that runs, of which nothing is measured yet.
    let dropped = at_start() + Duration::seconds(61);
    let told = [edge(berlin, dropped, LinkCondition::Down)];
    app.site.db.tenant(app.north).insert_all(told).await.unwrap();
    app.site.clock.advance(Duration::seconds(81));
    app.set_state(app.north, berlin, LinkCondition::Down, dropped).await;
    let listed = async |query: &str| {
        let shown = page(&dana, &format!("/portal/links/{berlin}{query}")).await;
        texts(&shown, "#link-outages tbody tr")
    };
    for range in ["", "?range=30d", "?from=2026-05-04T09:00&to=2026-05-04"] {
        let rows = listed(range).await;
        assert_eq!(rows.len(), 2, "{range}: {rows:?}");
        assert!(
            rows[0].contains("11:01:01 CEST Ongoing 20 s 0 s –"),
            "{range}: {rows:?}"
        );
        assert!(!rows[0].contains("does not count"), "it may yet: {rows:?}");
    }
    assert_eq!(listed("?from=2026-05-04T09:00&to=2026-05-04T11:00").await.len(), 1);
    // Nobody can say whether it goes on.
    app.set_state(app.north, berlin, LinkCondition::Unknown, app.site.clock.now())
        .await;
    assert_eq!(listed("").await.len(), 1);
}

#[tokio::test]
async fn any_range_can_be_chosen_and_what_is_none_is_told_by_its_field() {
    let (app, berlin) = with_berlin().await;
    let dana = app.dana().await;
    let at = |part: &str, query: &str| format!("/portal/links/{berlin}{part}?{query}");
    let day = page(&dana, &at("", "from=2026-05-03T10:00&to=2026-05-04T11:00")).await;
    let outages = &texts(&day, "#link-outages tbody tr")[0];
    assert!(outages.contains("10 min"), "{outages}");
    let figures = &texts(&day, "#link-graphs .legend tbody tr")[0];
    assert!(
        figures.contains("10.0 Mbit/s 10.0 Mbit/s 10.0 Mbit/s 10.0 Mbit/s"),
        "{figures}"
    );
    let table = page(&dana, &at("/table", "from=2026-05-04T09:00&to=2026-05-04T11:00")).await;
    // The hours before 11:00 in Berlin; the slot that runs is shown too.
    assert_eq!(texts(&table, "tbody tr").len(), 24);
    assert_eq!(
        texts(&table, "[href$='from=2026-05-04T07:00Z&to=2026-05-04T09:00Z']"),
        ["Berlin", "CSV", "Nothing"]
    );
    let long = dana.get(&at("/samples.csv", "from=2026-03-01&to=2026-05-04")).await;
    let long = long.text().await.unwrap();
    assert!(
        long.starts_with("bucket_start_utc,bucket_start_local,zone,bucket_seconds,"),
        "{long}"
    );
    assert!(
        long.contains("2026-05-04T06:00:00Z,2026-05-04T08:00:00+02:00,Europe/Berlin,11100,Berlin,"),
        "{long}"
    );
    for part in ["", "/table"] {
        let answer = dana.get(&at(part, "from=2026-05-03&to=2026-05-05")).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let shown = scraper::Html::parse_document(&answer.text().await.unwrap());
        assert_eq!(texts(&shown, "#to-error"), ["This is in the future."]);
        // A day, which the field can't hold, as the moments that it stands for.
        for value in ["2026-05-03T00:00", "2026-05-06T00:00"] {
            let field = scraper::Selector::parse(&format!("input[value='{value}']")).unwrap();
            assert_eq!(shown.select(&field).count(), 1, "{value}");
        }
    }
    let sent_back = dana.get(&at("/samples.csv", "from=x&to=y")).await;
    assert_eq!(sent_back.status(), StatusCode::SEE_OTHER);
    assert_eq!(sent_back.headers()["location"], at("", "from=x&to=y").as_str());
}

/// A link since `activated`, with two days of samples, of which the first twelve hours of the second last day were down.
async fn with_two_days(app: &TestApp, name: &str, activated: Duration) -> LinkId {
    let router = app.add_router_named(name).await;
    let link = app.add_link_with(app.north, app.acme, router, name, |row| {
        row.activated_at = Set(Some(at_start() - activated));
    });
    let link = link.await;
    let state = |back| match back {
        432..576 => Some(SampleState::Down),
        _ => Some(SampleState::Up),
    };
    app.add_samples(app.north, link, 576, state).await;
    app.set_state(app.north, link, LinkCondition::Up, at_start()).await;
    link
}

#[tokio::test]
async fn a_range_is_compared_with_an_earlier_one_in_graphs_figures_and_the_table() {
    let app = spawn_app().await;
    let berlin = with_two_days(&app, "Berlin", Duration::days(60)).await;
    let dana = app.dana().await;
    let path = format!("/portal/links/{berlin}");
    let compared = page(&dana, &format!("{path}?compare=before")).await;
    assert_eq!(
        texts(&compared, ".compared-with"),
        ["Compared with the range before, 2 May 2026, 11:00 CEST – 3 May 2026, 11:00 CEST."]
    );
    assert_eq!(
        texts(&compared, ".range-compare [aria-current]"),
        ["The range before"],
        "what is compared"
    );
    let legends = texts(&compared, "#link-graphs .legend tbody tr");
    let begins = |row: usize, text: &str| assert!(legends[row].starts_with(text), "{legends:?}");
    begins(0, "Download 10.0 Mbit/s 10.0 Mbit/s ±0 % 10.0 Mbit/s 10.0 Mbit/s ±0 %");
    begins(1, "Download before 10.0 Mbit/s 10.0 Mbit/s 10.0 Mbit/s 10.0 Mbit/s –");
    begins(4, "Latency 3.00 ms 4.00 ms ±0 ms 5.00 ms");
    begins(6, "Packet loss 0.0 % 0.0 % −50.0 points 0.0 %");
    begins(7, "Packet loss before 0.0 % 50.0 % 100.0 %");
    let element = |page: &Html, css: &str| page.select(&Selector::parse(css).unwrap()).count();
    assert_eq!(element(&compared, ".curve-earlier"), 4);
    assert_eq!(element(&compared, "[data-earlier='Upload before']"), 1);
    // Other ranges, the form and the table keep the comparison; a file has none.
    for (css, count) in [
        ("[aria-label=Range] a[href$='&compare=before']", 4),
        ("form input[name=compare][value=before]", 1),
        ("figure a[href$='/table?range=24h&compare=before']", 3),
        (".range-compare a[href$='?range=24h']", 1),
        ("a[download][href$='samples.csv?range=24h']", 1),
    ] {
        assert_eq!(element(&compared, css), count, "{css}");
    }
    let table = page(&dana, &format!("{path}/table?compare=before")).await;
    let heads = texts(&table, "thead th");
    assert_eq!(heads[1..3], ["Download", "Download before"]);
    assert_eq!(heads.len(), 10);
    let rows = texts(&table, "tbody tr");
    assert!(
        rows[287].contains("10.0 Mbit/s – 1.00 Mbit/s – 4.00 ms – 0.0 % 100.0 %"),
        "{}",
        rows[287]
    );
    assert!(
        texts(&table, "main p")
            .iter()
            .any(|line| line.starts_with("95th percentile then:"))
    );
}

#[tokio::test]
async fn what_was_not_measured_or_in_service_is_not_compared() {
    let app = spawn_app().await;
    let berlin = with_two_days(&app, "Berlin", Duration::hours(30)).await;
    let dana = app.dana().await;
    let shown = async |query: &str| page(&dana, &format!("/portal/links/{berlin}?{query}")).await;
    let year = shown("compare=year").await;
    assert_eq!(
        texts(&year, ".compared-with"),
        [
            "Compared with 52 weeks earlier, so that weekdays match: 4 May 2025, 11:00 CEST – 5 May 2025, 11:00 CEST. Nothing was measured then."
        ]
    );
    assert!(texts(&year, ".curve-earlier").is_empty());
    assert!(texts(&year, "[aria-label=Range] a").len() == 4 && texts(&year, ".legend tbody tr").len() == 4);
    let in_part = shown("compare=before").await;
    let said = &texts(&in_part, ".compared-with")[0];
    assert!(said.ends_with("so their figures are not compared."), "{said}");
    // Of the day before, the link was in service for six hours, and up.
    assert!(texts(&in_part, ".legend tbody tr")[7].starts_with("Packet loss before 0.0 % 0.0 % 0.0 %"));
    assert!(texts(&in_part, ".legend-change").is_empty());
    for forged in ["compare=", "compare=Year", "compare=;drop", "compare=before%20"] {
        let plain = shown(forged).await;
        assert!(texts(&plain, ".compared-with").is_empty(), "{forged}");
        assert_eq!(texts(&plain, ".range-compare [aria-current]"), ["Nothing"], "{forged}");
    }
}

#[tokio::test]
async fn the_csv_has_each_sample_once_and_names_the_zone() {
    let (app, berlin) = with_berlin().await;
    let answer = app
        .dana()
        .await
        .get(&format!("/portal/links/{berlin}/samples.csv"))
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(
        answer.headers()["content-disposition"],
        "attachment; filename=\"berlin-24h-2026-05-04.csv\""
    );
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let text = answer.text().await.unwrap();
    let lines: Vec<_> = text.lines().collect();
    // The slot that runs has no sample yet.
    assert_eq!(lines.len(), 1 + 287);
    assert!(lines[0].starts_with("slot_start_utc,slot_start_local,zone,link,state,"));
    let last = lines.last().unwrap();
    assert!(
        last.starts_with("2026-05-04T08:55:00Z,2026-05-04T10:55:00+02:00,Europe/Berlin,Berlin,up,10000000,1000000,375000000,37500000,300,"),
        "{last}"
    );
    assert_eq!(lines.iter().filter(|line| line.contains(",down,")).count(), 2);
}

#[tokio::test]
async fn links_without_state_target_promise_or_activation_say_so() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let bare = |row: &mut entity::link::ActiveModel| {
        row.ping_target = Set(None);
        row.sla_profile_id = Set(None);
    };
    let new = app.add_link_with(app.north, app.acme, router, "New", bare).await;
    let planned = app
        .add_link_with(app.north, app.acme, router, "Planned", |row| {
            row.activated_at = Set(None)
        })
        .await;
    let ended = app
        .add_link_with(app.north, app.acme, router, "Ended", |row| {
            row.deactivated_at = Set(Some(at_start() - Duration::days(3)));
        })
        .await;
    let dana = app.dana().await;
    let text = async |link: LinkId| texts(&page(&dana, &format!("/portal/links/{link}")).await, "main").concat();
    let new_page = text(new).await;
    assert!(new_page.contains("Nothing measured yet"), "{new_page}");
    assert!(
        new_page.contains("Latency and packet loss are not measured on this link."),
        "{new_page}"
    );
    assert!(new_page.contains("No uptime is agreed for this link."), "{new_page}");
    let planned_page = text(planned).await;
    assert!(planned_page.contains("This link is not active yet."), "{planned_page}");
    let ended_page = text(ended).await;
    assert!(ended_page.contains("This link is no longer active."), "{ended_page}");
    let alice = app.alice().await;
    for (link, said) in [
        (planned, "Measuring begins when the link is activated."),
        (ended, "Nothing was measured in this time."),
    ] {
        for (browser, area) in [(&dana, "portal"), (&alice, "admin")] {
            for part in ["", "/table"] {
                let path = format!("/{area}/links/{link}{part}");
                assert_eq!(
                    texts(&page(browser, &path).await, ".empty > p:not(.empty-title)"),
                    [said],
                    "{path}"
                );
            }
        }
    }
    let dashboard = page(&dana, "/portal").await;
    assert_eq!(
        texts(&dashboard, ".link-card .badge"),
        ["Unknown", "Ended", "Not active yet"]
    );
}

#[tokio::test]
async fn what_is_the_providers_alone_is_on_no_page() {
    let (app, berlin) = with_berlin().await;
    app.add_maintenance(app.north, "New line card", at_start(), at_start() + Duration::hours(1))
        .await;
    let dana = app.dana().await;
    for path in [
        "/portal".to_owned(),
        "/portal/links".to_owned(),
        format!("/portal/links/{berlin}"),
        format!("/portal/links/{berlin}/table"),
        format!("/portal/links/{berlin}/samples.csv"),
    ] {
        let text = dana.get(&path).await.text().await.unwrap();
        for secret in [
            ROUTER,
            "192.0.2.1",
            "198.51.100.77",
            "ether7-secret",
            "Notes that no customer",
        ] {
            assert!(!text.contains(secret), "{secret} is on {path}");
        }
    }
}

#[tokio::test]
async fn a_link_of_somebody_else_is_not_found() {
    let (app, berlin) = with_berlin().await;
    let others = [
        app.eve().await,
        app.signed_in(SOUTH, Area::Portal, "carol@initech.test").await,
    ];
    for browser in others {
        for path in ["", "/table", "/samples.csv"] {
            let answer = browser.get(&format!("/portal/links/{berlin}{path}")).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        }
        let answer = browser.get(&format!("/portal/live?link={berlin}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        assert!(texts(&page(&browser, "/portal").await, ".link-card").is_empty());
    }
    let dora = app.signed_in(NORTH, Area::Portal, "dora@acme.test").await;
    assert_eq!(texts(&page(&dora, "/portal").await, ".link-card h2"), ["Berlin"]);
    for path in [
        "/portal/links/7",
        "/portal/links/7/table",
        "/portal/links/7/samples.csv",
    ] {
        assert_eq!(dora.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_customer_sees_nothing_of_before_the_activation_or_after_the_deactivation() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let hours = |hours| Some(at_start() - Duration::hours(hours));
    let mut links = Vec::new();
    for (name, from, to) in [
        ("Ended", hours(4), hours(2)),
        ("Planned", hours(-1), None),
        ("Unplanned", None, None),
    ] {
        let link = app.add_link_with(app.north, app.acme, router, name, |row| {
            row.activated_at = Set(from);
            row.deactivated_at = Set(to);
        });
        let link = link.await;
        // Down before, up in service but for ten minutes at its end, down ever since.
        let state = |back| match back {
            26..48 => Some(SampleState::Up),
            _ => Some(SampleState::Down),
        };
        app.add_samples(app.north, link, 300, state).await;
        app.set_state(app.north, link, LinkCondition::Up, at_start()).await;
        links.push(link);
    }
    for (title, from, to) in [("Early works", 10, 9), ("Own works", 4, 3)] {
        let at = |hours| at_start() - Duration::hours(hours);
        app.add_maintenance(app.north, title, at(from), at(to)).await;
    }
    let dana = app.dana().await;
    for link in &links {
        let was_active = *link == links[0];
        let of = |slots: usize| if was_active { slots } else { 0 };
        let path = format!("/portal/links/{link}");
        let shown = page(&dana, &path).await;
        let now = texts(&shown, "#link-now").concat();
        assert!(!now.contains("64.0 Mbit/s") && !now.contains("4.27 ms"), "{now}");
        assert_eq!(texts(&shown, "#link-outages tbody tr").len(), of(1));
        assert_eq!(texts(&shown, ".band-outage").is_empty(), !was_active);
        let text = texts(&shown, "main").concat();
        assert!(!text.contains("Early works"), "{text}");
        assert_eq!(text.contains("Own works"), was_active);
        let month = texts(&shown, "#link-month").concat();
        assert_eq!(month.contains("Outages 1"), was_active, "{month}");
        let table = texts(&page(&dana, &format!("{path}/table")).await, "tbody tr");
        assert_eq!(table.iter().filter(|row| row.ends_with("Outage")).count(), of(2));
        assert_eq!(table.iter().filter(|row| row.contains("10.0 Mbit/s")).count(), of(22));
        let csv = dana.get(&format!("{path}/samples.csv")).await.text().await.unwrap();
        assert_eq!(csv.lines().count(), 1 + of(24));
    }
    let dashboard = texts(&page(&dana, "/portal").await, ".link-card").concat();
    assert!(!dashboard.contains("64.0 Mbit/s"), "{dashboard}");
}

#[tokio::test]
async fn a_link_is_up_since_its_activation_at_the_earliest() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let fresh = app.add_link_with(app.north, app.acme, router, "Fresh", |row| {
        row.activated_at = Set(Some(at_start() - Duration::minutes(20)));
    });
    let fresh = fresh.await;
    let since = at_start() - Duration::hours(3);
    app.set_state(app.north, fresh, LinkCondition::Up, since).await;
    let shown = page(&app.dana().await, &format!("/portal/links/{fresh}")).await;
    assert!(texts(&shown, "time[datetime^='2026-05-04T06:00']").is_empty());
    assert!(!texts(&shown, "time[datetime^='2026-05-04T08:40']").is_empty());
}

#[tokio::test]
async fn an_outage_that_is_over_does_not_go_on_during_planned_work() {
    let app = spawn_app().await;
    let router = app.add_router(app.north).await;
    let link = app.add_link(app.north, app.acme, router, "Berlin").await;
    let state = |back| match back {
        0 | 1 | 12 | 13 => Some(SampleState::Down),
        _ => Some(SampleState::Up),
    };
    app.add_samples(app.north, link, 300, state).await;
    let minutes = |minutes| at_start() + Duration::minutes(minutes);
    app.set_state(app.north, link, LinkCondition::Down, minutes(-9)).await;
    let dana = app.dana().await;
    let outages = async || {
        let shown = page(&dana, &format!("/portal/links/{link}")).await;
        let rows = texts(&shown, "#link-outages tbody tr");
        rows.iter().map(|row| row.contains("Ongoing")).collect::<Vec<_>>()
    };
    assert_eq!(outages().await, [true, false]);
    app.add_maintenance(app.north, "New line card", minutes(-10), minutes(30))
        .await;
    assert_eq!(outages().await, [false]);
}
