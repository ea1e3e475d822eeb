//! What things at Contabo cost, bring and leave; what there is and how full it is; what could be done about it.

use chrono::{Duration, NaiveDate};
use entity::{
    ActionId, ContaboAccountId, InstanceId,
    action::{self, ActionState},
    contabo_resource, instance,
};
use reqwest::StatusCode;
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::Expr};
use serde_json::json;
use server::domain::{
    audit::Actor,
    contabo::catalogue::{self, NewPrice, add_on},
    money::Currency,
};
use uuid::Uuid;

use crate::{
    helpers::{TestApp, at_start, spawn_app},
    network::Seen,
    orders::{of, product},
    servers::server,
    storages::storage,
};

/// What Cloud VPS 4 costs from a day on.
async fn priced(app: &TestApp, cost: i64, from: &str) {
    product(app).await;
    price_of(app, "V153", cost, from).await;
}

async fn price_of(app: &TestApp, product: &str, cost: i64, from: &str) {
    let id = of(app, product).await.id;
    let price = NewPrice {
        region: String::new(),
        months: 0,
        cost_currency: Currency::default(),
        cost_month: Some(cost),
        cost_setup: Some(99_900),
        sales_month: Some(cost * 2),
        sales_setup: None,
        valid_from: from.parse::<NaiveDate>().unwrap(),
    };
    let (site, actor) = (&app.site, Actor::system("tests"));
    catalogue::add_price(&site.db, app.north, &actor, at_start(), id, price)
        .await
        .unwrap();
}

/// Says more of a server than it was made with.
async fn becomes(app: &TestApp, id: InstanceId, change: impl FnOnce(&mut instance::Model)) {
    let rows = app.site.db.begin(app.north).await.unwrap();
    let mut row = rows.get::<instance::Entity>(id).await.unwrap().unwrap();
    change(&mut row);
    let seq = rows.servers_changed().await.unwrap();
    let changes = [
        (instance::Column::Details, Expr::value(row.details)),
        (instance::Column::DisplayName, Expr::value(row.display_name)),
        (instance::Column::Status, Expr::value(row.status)),
        (instance::Column::StatusSince, Expr::value(row.status_since)),
        (instance::Column::CancelsOn, Expr::value(row.cancels_on)),
        (instance::Column::AssignedAt, Expr::value(row.assigned_at)),
        (instance::Column::FirstSeenAt, Expr::value(row.first_seen_at)),
        (instance::Column::Seq, Expr::value(seq)),
    ];
    let this = instance::Column::Id.eq(id);
    rows.update_where::<instance::Entity>(this, changes).await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
}

fn is_vps_4(row: &mut instance::Model) {
    row.details["product_id"] = json!("V153");
    row.details["product_name"] = json!("Cloud VPS 4");
}

#[tokio::test]
async fn each_clients_share_is_calculated_and_what_lacks_a_price_is_named() {
    let app = spawn_app().await;
    let globex = app.client("Globex").await;
    priced(&app, 700, "2026-01-01").await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let nobodys = server(&app, app.north, None).await;
    for id in [own, nobodys] {
        becomes(&app, id, is_vps_4).await;
    }
    server(&app, app.north, Some(globex)).await;
    storage(&app, app.north, Some(globex)).await;
    // Another tenant's is no part of it.
    server(&app, app.south, None).await;
    let alice = app.alice().await;
    let seen = Seen::of(alice.get("/admin/costs").await).await;
    let table: Vec<String> = seen.all("tbody tr");
    let row = |name: &str| table.iter().find(|row| row.contains(name)).cloned().unwrap_or_default();
    let acme = row("Acme");
    assert!(
        acme.contains("EUR\u{a0}7.00") && acme.contains("EUR\u{a0}14.00") && !acme.contains("999"),
        "{acme}"
    );
    assert!(row("nobody's").contains("EUR\u{a0}−7.00"), "{table:?}");
    let other = row("Globex");
    assert!(
        other.contains("2 things without a price") && other.contains("not known"),
        "{other}"
    );
    let text = seen.text();
    assert!(text.contains("EUR\u{a0}14.00"), "what all cost: {text}");
    assert!(
        text.contains("Cloud VPS 6") && text.contains("Products without a price"),
        "{text}"
    );

    let file = alice.get("/admin/costs/items.csv").await;
    assert_eq!(file.status(), StatusCode::OK);
    let file = file.text().await.unwrap();
    assert_eq!(file.lines().count(), 5, "{file}");
    assert!(file.contains("2026-05,Acme,server,"), "{file}");
    let nobody = file.lines().find(|line| line.starts_with("2026-05,,server")).unwrap();
    assert!(nobody.ends_with(",EUR,7.00,,"), "{nobody}");
    let dana = app.dana().await;
    assert_ne!(dana.get("/admin/costs").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_month_has_what_was_there_at_the_prices_of_its_end() {
    let app = spawn_app().await;
    priced(&app, 700, "2026-01-01").await;
    priced(&app, 800, "2026-05-01").await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let march = at_start() - Duration::days(50);
    becomes(&app, own, |row| {
        is_vps_4(row);
        row.display_name = "=SUM(A1)".to_owned();
        row.first_seen_at = march;
    })
    .await;
    let alice = app.alice().await;
    let of = async |month: &str| {
        let path = format!("/admin/costs/items.csv?month={month}");
        alice.get(&path).await.text().await.unwrap()
    };
    let may = of("2026-05").await;
    assert!(
        may.contains("Acme") && may.contains("8.00") && may.contains("'=SUM(A1)"),
        "{may}"
    );
    // The client has got it since then.
    let april = of("2026-04").await;
    assert!(april.contains("2026-04,,server") && april.contains("7.00"), "{april}");
    assert!(of("2026-03").await.contains("7.00"));
    // A month of which nothing is known is this one.
    assert_eq!(of("2025-03").await, may);
    let seen = Seen::of(alice.get("/admin/costs?month=2026-04").await).await;
    assert_eq!(
        seen.attributes("select[name=month] option[selected]", "value"),
        ["2026-04"]
    );
    assert_eq!(seen.count("select[name=month] option"), 3);
}

#[tokio::test]
async fn what_was_bought_later_and_a_storage_count_from_their_months_on() {
    let app = spawn_app().await;
    priced(&app, 700, "2026-01-01").await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let march = at_start() - Duration::days(50);
    becomes(&app, own, |row| {
        is_vps_4(row);
        row.first_seen_at = march;
        row.assigned_at = Some(march);
    })
    .await;
    let room = storage(&app, app.north, Some(app.acme)).await;
    let rows = app.site.db.tenant(app.north);
    let account = rows
        .get::<instance::Entity>(own)
        .await
        .unwrap()
        .unwrap()
        .contabo_account_id;
    let earlier = [(contabo_resource::Column::FirstSeenAt, Expr::value(march))];
    let this = contabo_resource::Column::Id.eq(room);
    rows.update_where::<contabo_resource::Entity>(this, earlier)
        .await
        .unwrap();
    rows.insert::<action::Entity, _>(purchase(account, own)).await.unwrap();

    let alice = app.alice().await;
    let unpriced = Seen::of(alice.get("/admin/costs").await).await.text();
    assert!(
        unpriced.contains("Automatic backup") && !unpriced.contains("Cloud VPS 4"),
        "{unpriced}"
    );
    price_of(&app, add_on::BACKUP, 300, "2026-01-01").await;
    let items = async |month: &str| {
        let path = format!("/admin/costs/items.csv?month={month}");
        let file = alice.get(&path).await.text().await.unwrap();
        file.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let line = |lines: &[String], kind: &str| lines.iter().find(|line| line.contains(kind)).cloned().unwrap();
    let (may, april) = (items("2026-05").await, items("2026-04").await);
    assert!(line(&may, ",server,").ends_with(",EUR,10.00,EUR,20.00"), "{may:?}");
    assert!(line(&april, ",server,").ends_with(",EUR,7.00,EUR,14.00"), "{april:?}");
    assert!(line(&may, ",object storage,").starts_with("2026-05,Acme,"), "{may:?}");
    assert!(line(&april, ",object storage,").starts_with("2026-04,,"), "{april:?}");

    let seen = Seen::of(alice.get(&format!("/admin/servers/{own}")).await).await;
    assert!(
        seen.text().contains("EUR\u{a0}20.00"),
        "its page says the same: {}",
        seen.text()
    );
}

#[tokio::test]
async fn add_ons_that_a_server_came_with_cost_what_the_list_says_and_what_is_no_product_is_named() {
    let app = spawn_app().await;
    priced(&app, 700, "2026-01-01").await;
    price_of(&app, add_on::PRIVATE_NETWORKING, 100, "2026-01-01").await;
    let own = server(&app, app.north, Some(app.acme)).await;
    becomes(&app, own, |row| {
        is_vps_4(row);
        row.details["add_ons"] = json!([[1477, 1], [1501, 2]]);
    })
    .await;
    let alice = app.alice().await;
    let seen = Seen::of(alice.get("/admin/costs").await).await.text();
    assert!(
        seen.contains("Products without a price") && seen.contains("add-on 1501"),
        "{seen}"
    );
    assert!(!seen.contains("Private networking") && !seen.contains("1477"), "{seen}");

    // Staff say what it is, by Contabo's number of it.
    let form = |number: &'static str| {
        [
            ("kind", "add_on"),
            ("contabo_number", number),
            ("name", "Snapshot room"),
        ]
    };
    let wrong = Seen::of(alice.post("/admin/products/new", &form("many")).await).await;
    assert_eq!(wrong.count("#contabo_number-error"), 1);
    assert_eq!(
        wrong.attributes("select[name=kind] option[selected]", "value"),
        ["add_on"]
    );
    let taken = alice.post("/admin/products/new", &form("1477")).await;
    assert_eq!(taken.status(), StatusCode::UNPROCESSABLE_ENTITY, "another has it");
    let made = alice.post("/admin/products/new", &form("1501")).await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    let id = of(&app, "1501").await.id;
    price_of(&app, "1501", 50, "2026-01-01").await;
    let file = alice.get("/admin/costs/items.csv").await.text().await.unwrap();
    assert!(file.contains(",EUR,9.00,EUR,18.00"), "7 + 1 + 2 × 0.50: {file}");
    let page = format!("/admin/products/{id}");
    let shown = Seen::of(alice.get(&page).await).await;
    assert!(shown.text().contains("1501") && shown.count("form[action$='/orderable']") == 0);
    // What requests can't name is never ordered.
    let forced = alice.post(&format!("{page}/orderable"), &[("orderable", "yes")]).await;
    assert_eq!(forced.status(), StatusCode::CONFLICT);
    let prices = alice.get("/admin/products/prices.csv").await.text().await.unwrap();
    assert!(prices.contains("\n1501,1501,Snapshot room,"), "{prices}");

    // Its number is another one, after all: then 1501 is nobody's again.
    let form = [("contabo_number", "1502"), ("name", "Snapshot room")];
    let changed = alice.post(&format!("{page}/edit"), &form).await;
    assert_eq!(changed.status(), StatusCode::SEE_OTHER);
    let seen = Seen::of(alice.get("/admin/costs").await).await.text();
    assert!(seen.contains("add-on 1501"), "{seen}");
}

/// An automatic backup, bought this month.
fn purchase(account: ContaboAccountId, server: InstanceId) -> action::ActiveModel {
    action::ActiveModel {
        id: Set(ActionId::new()),
        contabo_account_id: Set(account),
        instance_id: Set(Some(server)),
        kind: Set("buy_add_on".to_owned()),
        arguments: Set(json!({ "kind": "buy_add_on", "add_on": add_on::BACKUP, "had": [] })),
        state: Set(ActionState::Done),
        stage: Set("ended".to_owned()),
        request_id: Set(Uuid::new_v4()),
        attempts: Set(0),
        deadline_at: Set(at_start()),
        asked_by_name: Set("Alice".to_owned()),
        asked_at: Set(at_start()),
        ended_at: Set(Some(at_start())),
        ..Default::default()
    }
}

#[tokio::test]
async fn what_there_is_is_counted_and_advice_says_why_and_where() {
    let app = spawn_app().await;
    product(&app).await;
    let (own, off, fresh) = (
        server(&app, app.north, Some(app.acme)).await,
        server(&app, app.north, Some(app.acme)).await,
        server(&app, app.north, None).await,
    );
    let long_ago = at_start() - Duration::days(40);
    becomes(&app, own, |row| {
        is_vps_4(row);
        row.cancels_on = Some((at_start() + Duration::days(10)).date_naive());
    })
    .await;
    becomes(&app, off, |row| {
        row.status = "stopped".to_owned();
        row.status_since = Some(long_ago);
    })
    .await;
    let full = storage(&app, app.north, Some(app.acme)).await;
    let rows = app.site.db.tenant(app.north);
    let details = json!({ "id": "s", "name": "backups", "size_tb": 1.0, "used_tb": 0.9, "region": "European Union" });
    let this = contabo_resource::Column::Id.eq(full);
    let change = [(contabo_resource::Column::Details, Expr::value(details))];
    rows.update_where::<contabo_resource::Entity>(this, change)
        .await
        .unwrap();
    let alice = app.alice().await;
    let seen = Seen::of(alice.get("/admin/usage").await).await;
    let text = seen.text();
    assert!(text.contains("0.9\u{a0}TB of 1\u{a0}TB"), "{text}");
    assert!(
        text.contains("0 of 1"),
        "snapshots of the one whose product says how many: {text}"
    );
    assert!(
        seen.attributes("tbody a", "href")
            .contains(&"/admin/servers?state=stopped".to_owned())
    );
    let file = alice.get("/admin/usage/items.csv").await.text().await.unwrap();
    assert_eq!(file.lines().count(), 5, "{file}");

    let seen = Seen::of(alice.get("/admin/usage/advice").await).await;
    let hrefs = seen.attributes("tbody th a", "href");
    let expected = [
        format!("/admin/storages/{full}"),
        format!("/admin/servers/{own}"),
        format!("/admin/servers/{off}"),
    ];
    assert_eq!(hrefs, expected, "what is new and nobody's is not advised on");
    let text = seen.text();
    assert!(text.contains("90.0") && text.contains("Switched off"), "{text}");
    becomes(&app, fresh, |row| row.first_seen_at = long_ago).await;
    let seen = Seen::of(alice.get("/admin/usage/advice?reason=nobodys").await).await;
    assert_eq!(
        seen.attributes("tbody th a", "href"),
        [format!("/admin/servers/{fresh}")]
    );
    let file = alice.get("/admin/usage/advice.csv").await.text().await.unwrap();
    assert_eq!(file.lines().count(), 5, "{file}");
    assert!(file.contains(",full,0.900"), "{file}");
}
