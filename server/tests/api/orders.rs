//! Products with their prices, and orders: the pages of staff, what a client reads of a price, and `mainstay contabo order`.

use std::process::Command;

use entity::{
    ContaboOrderId, ContaboProductId, contabo_order,
    contabo_order::OrderState,
    contabo_price, contabo_product, hosting_settings,
    job::{self},
};
use reqwest::{Response, StatusCode};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, sea_query::Expr};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use server::domain::{
    audit::Actor,
    contabo::{
        catalogue,
        orders::{self, NewOrder, Storage, Wanted},
        resources::{self, Image, Secret},
    },
};
use uuid::Uuid;

use crate::{
    helpers::{Browser, NORTH, TestApp, assert_redirect, at_start, create_client, location, spawn_app},
    network::Seen,
    servers::{contabo_account, server},
    templates::template,
};
use server::web::area::Area;

/// The known products, and one of them.
pub(crate) async fn product(app: &TestApp) -> ContaboProductId {
    let (site, actor) = (&app.site, Actor::system("tests"));
    catalogue::add_known(&site.db, app.north, &actor, at_start())
        .await
        .unwrap();
    of(app, "V153").await.id
}

/// An order that nobody has confirmed.
pub(crate) async fn order(app: &TestApp) -> ContaboOrderId {
    let account = contabo_account(app, app.north).await;
    product(app).await;
    let (site, actor) = (&app.site, Actor::system("tests"));
    let order = NewOrder {
        id: ContaboOrderId::new(),
        account,
        client: Some(app.acme),
        display_name: Uuid::now_v7().to_string(),
        wanted: Wanted::Storage(Storage {
            region: "EU".to_owned(),
            steps: 1,
            grows_to: None,
        }),
        user_data: None,
        made_up: Vec::new(),
    };
    let made = orders::draft(&site.db, &site.keyring, app.north, &actor, at_start(), order);
    let id = made.await.unwrap();
    // The walk asks without an account that could be called.
    site.board.refresh(app.north).await.unwrap();
    id
}

pub(crate) async fn of(app: &TestApp, contabo_id: &str) -> contabo_product::Model {
    let rows = app.site.db.tenant(app.north);
    let found = rows.find::<contabo_product::Entity>();
    let found = found.filter(contabo_product::Column::ContaboId.eq(contabo_id));
    found.one().await.unwrap().unwrap()
}

async fn prices(app: &TestApp) -> Vec<contabo_price::Model> {
    app.site
        .db
        .tenant(app.north)
        .find::<contabo_price::Entity>()
        .all()
        .await
        .unwrap()
}

async fn row(app: &TestApp, id: ContaboOrderId) -> contabo_order::Model {
    let rows = app.site.db.tenant(app.north);
    rows.get::<contabo_order::Entity>(id).await.unwrap().unwrap()
}

const PRICE: [(&str, &str); 6] = [
    ("valid_from", "2026-01-01"),
    ("region", ""),
    ("months", "0"),
    ("cost_currency", "EUR"),
    ("cost_month", "4.50"),
    ("sales_month", "9"),
];

/// `form` with other values for some fields.
fn with<'a>(form: &[(&'a str, &'a str)], other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form
        .iter()
        .filter(|(field, _)| !other.iter().any(|(name, _)| name == field));
    kept.chain(other).copied().collect()
}

async fn priced(app: &TestApp, browser: &Browser, contabo_id: &str) {
    product(app).await;
    let path = format!("/admin/products/{}/price", of(app, contabo_id).await.id);
    let answer = browser.post(&path, &PRICE).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_catalogue_begins_with_what_is_known_and_is_kept_by_staff() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let seen = Seen::of(alice.get("/admin/products").await).await;
    assert!(seen.text().contains("No products yet"));
    assert_redirect(&alice.post("/admin/products/known", &[]).await, "/admin/products");
    let all = async || {
        app.site
            .db
            .tenant(app.north)
            .find::<contabo_product::Entity>()
            .count()
            .await
            .unwrap()
    };
    let count = all().await;
    assert!(count > 20);
    alice.post("/admin/products/known", &[]).await;
    assert_eq!(all().await, count, "each is there once");
    assert_eq!(prices(&app).await, [], "what things cost is nobody's to know");

    let form = [
        ("contabo_id", "V200"),
        ("name", "Cloud VPS 99"),
        ("family", "Cloud VPS"),
        ("ram", "4"),
        ("disk", "50"),
    ];
    let answer = alice.post("/admin/products/new", &form).await;
    let page = format!("/admin/products/{}", of(&app, "V200").await.id);
    assert_redirect(&answer, &page);
    let answer = alice.post("/admin/products/new", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "the number is taken");
    let answer = alice
        .post("/admin/products/new", &with(&form, &[("ram", "x"), ("name", "")]))
        .await;
    let html = answer.text().await.unwrap();
    assert!(
        html.contains("id=\"ram-error\"") && html.contains("id=\"name-error\""),
        "{html}"
    );
    let answer = alice
        .post(&format!("{page}/edit"), &[("name", "Cloud VPS 100"), ("ram", "8")])
        .await;
    assert_redirect(&answer, &page);
    let changed = of(&app, "V200").await;
    assert_eq!(
        (changed.name.as_str(), changed.ram_mb, changed.disk_mb),
        ("Cloud VPS 100", Some(8_192), None)
    );
    alice.post(&format!("{page}/orderable"), &[("orderable", "no")]).await;
    assert!(!of(&app, "V200").await.orderable);
    let names = async |query: &str| {
        let seen = Seen::of(alice.get(&format!("/admin/products{query}")).await).await;
        seen.all("tbody th a")
    };
    assert!(!names("").await.contains(&"Cloud VPS 100".to_owned()));
    assert!(names("?state=off").await.contains(&"Cloud VPS 100".to_owned()));
    assert_eq!(names("?state=all&q=v200").await, ["Cloud VPS 100"]);
    assert_eq!(names("?family=VDS").await.len(), 5);
    let seen = Seen::of(alice.get("/admin/audit").await).await;
    assert!(seen.text().contains("Cloud VPS 100"));
}

#[tokio::test]
async fn a_price_holds_from_its_day_and_no_price_is_ever_changed() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    priced(&app, &alice, "V153").await;
    let page = format!("/admin/products/{}", of(&app, "V153").await.id);
    let coming = with(
        &PRICE,
        &[
            ("valid_from", "2090-01-01"),
            ("cost_month", "6"),
            ("region", "JPN"),
            ("months", "12"),
        ],
    );
    assert_redirect(&alice.post(&format!("{page}/price"), &coming).await, &page);
    let seen = Seen::of(alice.get(&page).await).await;
    let rows = seen.all("tbody tr");
    assert_eq!(rows.len(), 2);
    assert!(
        rows[0].contains("to come") && rows[0].contains("Japan") && rows[0].contains("12 months"),
        "{rows:?}"
    );
    assert!(
        rows[1].contains("holds today") && rows[1].contains("EUR\u{a0}4.50"),
        "{rows:?}"
    );
    let html = alice.get("/admin/products").await.text().await.unwrap();
    assert!(html.contains("EUR\u{a0}4.50") && html.contains("EUR\u{a0}9.00"));
    for (field, value) in [
        ("valid_from", "soon"),
        ("cost_month", "4.505"),
        ("months", "7"),
        ("cost_currency", "XXX"),
    ] {
        let answer = alice
            .post(&format!("{page}/price"), &with(&PRICE, &[(field, value)]))
            .await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let html = answer.text().await.unwrap();
        assert!(html.contains(&format!("id=\"{field}-error\"")), "{field}: {html}");
    }
    assert_eq!(prices(&app).await.len(), 2);
    // The form begins with the newest price.
    let html = alice.get(&format!("{page}/price")).await.text().await.unwrap();
    assert!(html.contains("value=\"6.00\""), "{html}");

    let csv = alice.get("/admin/products/prices.csv").await;
    assert!(
        csv.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .contains("prices-")
    );
    let text = csv.text().await.unwrap();
    assert!(text.starts_with("product,contabo_number,name,family"), "{text}");
    assert!(
        text.contains("V153,,Cloud VPS 4,Cloud VPS,yes,JPN,12,2090-01-01,EUR,6.00,,EUR,9.00"),
        "{text}"
    );
}

#[tokio::test]
async fn clients_read_a_price_only_where_one_is_known_and_shown() {
    let app = spawn_app().await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let id = server(&app, app.north, Some(app.acme)).await;
    let page = format!("/portal/servers/{id}");
    let html = async |browser: &Browser, path: &str| browser.get(path).await.text().await.unwrap();
    // The product of a server that tests make has no number, so a plan without one stands for it.
    let rows = app.site.db.tenant(app.north);
    let mut of_server: entity::instance::ActiveModel =
        rows.get::<entity::instance::Entity>(id).await.unwrap().unwrap().into();
    let mut details = of_server.details.clone().unwrap();
    details["product_id"] = "V153".into();
    of_server.details = sea_orm::ActiveValue::Set(details);
    let seq = rows.servers_changed().await.unwrap();
    of_server.seq = sea_orm::ActiveValue::Set(seq);
    rows.update::<entity::instance::Entity, _>(of_server).await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();

    priced(&app, &alice, "V153").await;
    assert!(!html(&dana, &page).await.contains("9.00"), "it is off by default");
    alice.post("/admin/products/show-prices", &[("show", "yes")]).await;
    let shown = html(&dana, &page).await;
    assert!(
        shown.contains("EUR\u{a0}9.00") && !shown.contains("4.50"),
        "never what it costs"
    );
    let of_staff = html(&alice, &format!("/admin/servers/{id}")).await;
    assert_eq!(
        of_staff.matches("EUR\u{a0}4.50").count(),
        2,
        "what it costs, and what is left"
    );
    alice.post("/admin/products/show-prices", &[("show", "no")]).await;
    assert!(!html(&dana, &page).await.contains("9.00"));
    let rows = app.site.db.tenant(app.north);
    assert_eq!(rows.find::<hosting_settings::Entity>().count().await.unwrap(), 1);
}

/// A form for a server in the account, which has one image and one key.
async fn form(app: &TestApp) -> Vec<(&'static str, String)> {
    let account = contabo_account(app, app.north).await;
    let rows = app.site.db.begin(app.north).await.unwrap();
    let image = Image {
        id: "afecbb85-e2fc-46f0-9684-b46b1faf00bb".to_owned(),
        name: "ubuntu-22.04".to_owned(),
        is_standard: true,
        ..Image::default()
    };
    let key = Secret {
        id: 7,
        name: "Alice's laptop".to_owned(),
        kind: "ssh".to_owned(),
        ..Secret::default()
    };
    resources::keep(&rows, account, &[image], at_start()).await.unwrap();
    resources::keep(&rows, account, &[key], at_start()).await.unwrap();
    rows.commit().await.unwrap();
    let pairs = [
        ("order", Uuid::now_v7().to_string()),
        ("account", account.to_string()),
        ("what", "instance".to_owned()),
        ("product", "V153".to_owned()),
        ("region", "EU".to_owned()),
        ("months", "1".to_owned()),
        ("image", "afecbb85-e2fc-46f0-9684-b46b1faf00bb".to_owned()),
        ("default_user", "root".to_owned()),
        ("display_name", "shop-1".to_owned()),
        ("client", app.acme.to_string()),
        ("user_data", "#cloud-config\npassword: hunter2".to_owned()),
    ];
    pairs.into()
}

async fn post(browser: &Browser, form: &[(&'static str, String)], other: &[(&str, &str)]) -> Response {
    let own: Vec<(&str, &str)> = form.iter().map(|(field, value)| (*field, value.as_str())).collect();
    browser.post("/admin/orders/new", &with(&own, other)).await
}

/// Presses the button of the order's page, as it is shown now.
async fn confirmed(browser: &Browser, page: &str) -> Response {
    let seen = Seen::of(browser.get(page).await).await;
    let price = seen.value("price").unwrap_or_default();
    browser.post(&format!("{page}/confirm"), &[("price", &price)]).await
}

#[tokio::test]
async fn a_price_that_was_not_shown_is_not_ordered_at() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    product(&app).await;
    let form = form(&app).await;
    let page = location(&post(&alice, &form, &[("ssh_keys", "7")]).await).to_owned();
    let id: ContaboOrderId = form[0].1.parse().unwrap();
    let old = Seen::of(alice.get(&page).await).await.value("price").unwrap();
    priced(&app, &alice, "V153").await;
    // To somebody else the new price is shown, and kept with that.
    assert_eq!(confirmed(&alice, &page).await.status(), StatusCode::CONFLICT);
    let answer = alice.post(&format!("{page}/confirm"), &[("price", &old)]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert_eq!(row(&app, id).await.state, OrderState::Draft);
    // The same form, gone back to and changed, is not taken for what was there.
    let changed = post(&alice, &form, &[("ssh_keys", "7"), ("display_name", "other")]).await;
    assert_eq!(changed.status(), StatusCode::CONFLICT);
    assert_redirect(&confirmed(&alice, &page).await, &page);
}

#[tokio::test]
async fn a_server_is_ordered_from_a_template_and_what_it_is_told_is_sealed() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    product(&app).await;
    let form = form(&app).await;
    let (account, id) = (form[1].1.clone(), template(&app, app.north).await);
    let new = format!("/admin/orders/new?what=instance&account={account}&product=V153&template={id}");
    let seen = Seen::of(alice.get(&new).await).await;
    assert_eq!((seen.count("#value-1"), seen.count("#user_data")), (1, 0));
    let south = template(&app, app.south).await;
    let forged = alice.get(&new.replace(&id.to_string(), &south.to_string())).await;
    assert_eq!(forged.status(), StatusCode::NOT_FOUND);

    let id = id.to_string();
    let told = [
        ("template", id.as_str()),
        ("template_version", "1"),
        ("value-1", "shop-1"),
    ];
    let send = async |other: &[(&str, &str)]| post(&alice, &form, &[&told, other].concat()).await;
    let shown = send(&[("preview", "yes")]).await;
    assert_eq!(shown.headers()["cache-control"], "no-store");
    let lines = Seen::of(shown).await.all(".text-lines li");
    assert_eq!(
        (lines[1].as_str(), lines[4].as_str()),
        ("hostname: \"shop-1\"", "panel:********")
    );
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let bad = [
        ("template", id.as_str()),
        ("template_version", "2"),
        ("value-1", "shop-1"),
    ];
    assert_eq!(
        post(&alice, &form, &bad).await.status(),
        wrong,
        "it was changed meanwhile"
    );
    let bad = [
        ("template", id.as_str()),
        ("template_version", "1"),
        ("value-1", "shop_1"),
    ];
    assert_eq!(post(&alice, &form, &bad).await.status(), wrong);

    let page = location(&send(&[("ssh_keys", "7")]).await).to_owned();
    assert_redirect(&send(&[("ssh_keys", "7")]).await, &page);
    let other = [
        ("template", id.as_str()),
        ("template_version", "1"),
        ("value-1", "shop-2"),
        ("ssh_keys", "7"),
    ];
    let changed = post(&alice, &form, &other).await;
    assert_eq!(changed.status(), StatusCode::CONFLICT, "another value is another order");
    let order: ContaboOrderId = form[0].1.parse().unwrap();
    let kept = row(&app, order).await;
    assert!(!kept.wanted.to_string().contains("shop-1"), "values are sealed");
    let text = orders::user_data(&app.site.keyring, &kept).unwrap().unwrap();
    let text = text.expose_secret();
    assert!(
        text.contains("hostname: \"shop-1\"") && !text.contains("hunter2"),
        "{text}"
    );
    let made = orders::passwords(&app.site.keyring, &kept).unwrap().others;
    assert!(made.len() == 1 && text.contains(made[0].1.expose_secret()));
    let log = Seen::of(alice.get(&page).await).await;
    assert!(log.text().contains(", version 1") && !log.text().contains(made[0].1.expose_secret()));
    assert_redirect(&confirmed(&alice, &page).await, &page);
    let confirmed = row(&app, order).await;
    let kept = orders::passwords(&app.site.keyring, &confirmed).unwrap();
    assert!(kept.of_system.is_none(), "a key was put in");
    assert_eq!(kept.others[0].1.expose_secret(), made[0].1.expose_secret());

    // What does not open is found before it is needed.
    let doctor = || {
        let settings = &app.site.settings;
        let mut command = Command::new(env!("CARGO_BIN_EXE_mainstay"));
        command
            .args(["doctor", "--format", "json", "--data"])
            .arg(&settings.data);
        let output = command
            .arg("--database-url")
            .arg(&settings.database_url)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!doctor().contains("the text for its system"));
    let broken = [(contabo_order::Column::UserDataSealed, Expr::value(vec![1_u8, 2, 3]))];
    let this = contabo_order::Column::Id.eq(order);
    let rows = app.site.db.tenant(app.north);
    rows.update_where::<contabo_order::Entity>(this, broken).await.unwrap();
    assert!(doctor().contains("the text for its system can't be opened"));
}

#[tokio::test]
async fn nothing_is_ordered_before_its_sum_was_confirmed_and_twice_is_once() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    priced(&app, &alice, "V153").await;
    let form = form(&app).await;
    let answer = post(&alice, &form, &[]).await;
    let page = location(&answer).to_owned();
    assert_eq!(page, format!("/admin/orders/{}", form[0].1));
    assert_eq!(
        location(&post(&alice, &form, &[]).await),
        page,
        "the same form is the same order"
    );
    let rows = app.site.db.tenant(app.north);
    assert_eq!(rows.find::<contabo_order::Entity>().count().await.unwrap(), 1);
    let id: ContaboOrderId = form[0].1.parse().unwrap();
    let kept = row(&app, id).await;
    assert_eq!((kept.state, kept.client_id), (OrderState::Draft, Some(app.acme)));
    assert!(kept.user_data_sealed.is_some() && !kept.wanted.to_string().contains("hunter2"));

    let seen = Seen::of(alice.get(&page).await).await;
    for part in [
        "Nothing is ordered yet",
        "EUR\u{a0}4.50 in the first month",
        "Cloud VPS 4",
        "shop-1",
        "ubuntu-22.04",
    ] {
        assert!(seen.text().contains(part), "{part}: {}", seen.text());
    }
    let waiting = async || {
        let jobs = rows.find::<job::Entity>().filter(job::Column::Kind.eq("contabo.order"));
        jobs.count().await.unwrap()
    };
    assert_eq!(waiting().await, 0);
    assert_redirect(&confirmed(&alice, &page).await, &page);
    assert_redirect(&confirmed(&alice, &page).await, &page);
    assert_eq!(waiting().await, 1);
    let kept = row(&app, id).await;
    assert!(kept.confirmed_at.is_some() && kept.secret_sealed.is_some());
    // The name is taken now, also of a draft that was there before.
    let other = Uuid::now_v7().to_string();
    let answer = post(&alice, &form, &[("order", &other)]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = answer.text().await.unwrap();
    assert!(html.contains("id=\"display_name-error\""), "{html}");
    assert!(html.contains("hunter2"), "what was typed is kept");

    let seen = Seen::of(alice.get("/admin/orders?state=open").await).await;
    assert_eq!(seen.all("tbody th a"), ["shop-1"]);
    let seen = Seen::of(alice.get("/admin/orders?state=draft").await).await;
    assert_eq!(seen.all("tbody th a").len(), 0);
    for path in [page.as_str(), "/admin/audit", "/admin/orders"] {
        let html = alice.get(path).await.text().await.unwrap();
        assert!(!html.contains("hunter2"), "{path} shows what is to be run");
    }
    assert_redirect(&alice.post(&format!("{page}/withdraw"), &[]).await, &page);
    assert_eq!(row(&app, id).await.state, OrderState::Withdrawn);
    assert_eq!(confirmed(&alice, &page).await.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_has_no_price_says_so_and_a_new_price_is_shown_first() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    product(&app).await;
    let form = form(&app).await;
    let page = location(&post(&alice, &form, &[("ssh_keys", "7")]).await).to_owned();
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(
        seen.text().contains("No price is known for: Cloud VPS 4"),
        "{}",
        seen.text()
    );
    assert!(seen.text().contains("Alice's laptop"));
    priced(&app, &alice, "V153").await;
    let answer = confirmed(&alice, &page).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let seen = Seen::of(answer).await;
    assert!(
        seen.text().contains("price list has changed") && seen.text().contains("EUR\u{a0}4.50"),
        "{}",
        seen.text()
    );
    assert_redirect(&confirmed(&alice, &page).await, &page);
    let id: ContaboOrderId = form[0].1.parse().unwrap();
    assert!(
        row(&app, id).await.secret_sealed.is_none(),
        "with a key no password is made"
    );

    alice
        .post(
            &format!("/admin/products/{}/orderable", of(&app, "V153").await.id),
            &[("orderable", "no")],
        )
        .await;
    let other = Uuid::now_v7().to_string();
    let answer = post(&alice, &form, &[("order", &other), ("display_name", "shop-2")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_form_says_by_field_what_is_wrong_and_what_is_lacking() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let seen = Seen::of(alice.get("/admin/orders/new?what=instance").await).await;
    assert!(seen.text().contains("No Contabo account"));
    let form = form(&app).await;
    let seen = Seen::of(alice.get("/admin/orders/new?what=storage").await).await;
    assert!(seen.text().contains("No product can be ordered"));
    product(&app).await;
    let html = alice.get("/admin/orders/new?what=instance").await.text().await.unwrap();
    assert!(html.contains("Cloud VPS 4 · 4 vCPU · 8 GB · 100 GB SSD"), "{html}");
    assert!(!html.contains("Cloud VPS 10 SSD"), "old plans are not on offer");
    for (field, value) in [
        ("product", "V1"),
        ("region", ""),
        ("image", "x"),
        ("display_name", ""),
        ("client", "x"),
    ] {
        let answer = post(&alice, &form, &[(field, value)]).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let html = answer.text().await.unwrap();
        assert!(html.contains(&format!("id=\"{field}-error\"")), "{field}: {html}");
    }
    let stranger = create_client(&app.site.db, app.south, "Umbrella").await.to_string();
    let answer = post(&alice, &form, &[("client", &stranger)]).await;
    assert_eq!(
        answer.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "another tenant's client is no choice"
    );
    let storage = [("what", "storage"), ("size", "0.3")];
    assert_eq!(
        post(&alice, &form, &storage).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let answer = post(&alice, &form, &[("what", "storage"), ("size", "0.75")]).await;
    let seen = Seen::of(alice.get(location(&answer)).await).await;
    assert!(seen.text().contains("Object storage, 250 GB"), "{}", seen.text());
}

#[tokio::test]
async fn viewers_and_operators_look_and_another_tenant_finds_nothing() {
    let app = spawn_app().await;
    let (bob, charlie) = (app.bob().await, app.charlie().await);
    let otto = app.signed_in(NORTH, Area::Admin, "otto@north.test").await;
    let (id, product) = (order(&app).await, product(&app).await);
    let page = format!("/admin/orders/{id}");
    for browser in [&bob, &otto] {
        for path in [
            "/admin/products",
            "/admin/orders",
            &page,
            &format!("/admin/products/{product}"),
        ] {
            let seen = Seen::of(browser.get(path).await).await;
            assert_eq!(seen.count("main form[method=post]"), 0, "{path}");
        }
        for path in ["confirm", "withdraw", "password"] {
            let answer = browser.post(&format!("{page}/{path}"), &[]).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(
            browser.post("/admin/products/known", &[]).await.status(),
            StatusCode::FORBIDDEN
        );
        assert_eq!(browser.get("/admin/orders/new").await.status(), StatusCode::FORBIDDEN);
    }
    assert_eq!(charlie.get(&page).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        charlie.post(&format!("{page}/confirm"), &[]).await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(row(&app, id).await.state, OrderState::Draft);
    let html = charlie.get("/admin/orders").await.text().await.unwrap();
    assert!(!html.contains(&row(&app, id).await.display_name));
    // The account of another tenant is no account to order in.
    let form = form(&app).await;
    let answer = post(&charlie, &form, &[]).await;
    assert_eq!(answer.status(), StatusCode::OK, "the page that says that there is none");
    let rows = app.site.db.tenant(app.south);
    assert_eq!(rows.find::<contabo_order::Entity>().count().await.unwrap(), 0);
}

#[tokio::test]
async fn the_command_line_lists_and_shows_orders() {
    let app = spawn_app().await;
    let id = order(&app).await;
    let name = row(&app, id).await.display_name;
    let run = |arguments: &[&str]| {
        let settings = &app.site.settings;
        Command::new(env!("CARGO_BIN_EXE_mainstay"))
            .args(["contabo", "order"])
            .args(arguments)
            .args(["--tenant", "north"])
            .arg("--data")
            .arg(&settings.data)
            .arg("--database-url")
            .arg(&settings.database_url)
            .output()
            .unwrap()
    };
    let listed = run(&["list", "--format", "json"]);
    assert!(listed.status.success(), "{listed:?}");
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(
        (listed[0]["name"].as_str(), listed[0]["state"].as_str()),
        (Some(name.as_str()), Some("draft"))
    );
    let shown = run(&["show", &name]);
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(
        (shown["client"].as_str(), shown["wanted"]["steps"].as_i64()),
        (Some("Acme"), Some(1))
    );
    assert!(!run(&["show", "nothing"]).status.success());
    assert!(
        String::from_utf8_lossy(&run(&["list", "--open"]).stdout)
            .lines()
            .count()
            == 1
    );
}

#[tokio::test]
async fn a_full_quota_refuses_what_is_ordered_given_and_taken() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    product(&app).await;
    let id = server(&app, app.north, None).await;
    let quota = format!("/admin/quotas/{}", app.acme);
    let set = async |path: &str, servers: &str, snapshots: &str| {
        let form = [("instances", servers), ("storage", "1"), ("snapshots", snapshots)];
        assert_redirect(&alice.post(path, &form).await, "/admin/quotas");
    };
    let answer = alice.post(&quota, &[("instances", "many")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);

    set(&quota, "0", "").await;
    let give = format!("/admin/servers/{id}/give");
    let acme = app.acme.to_string();
    let answer = alice.post(&give, &[("client", &acme)]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().await.unwrap().contains("This client may have 0 servers."));
    let bulk = [("do", "assign"), ("server", &id.to_string()), ("client", &acme)];
    let seen = Seen::of(alice.post("/admin/servers/bulk", &bulk).await).await;
    assert!(seen.text().contains("quota of servers is full"), "{}", seen.text());
    let form = form(&app).await;
    let answer = post(&alice, &form, &[]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert!(answer.text().await.unwrap().contains("The quota is 0 servers."));
    let storage = [("what", "storage"), ("size", "1.25")];
    let answer = post(&alice, &form, &storage).await;
    assert!(answer.text().await.unwrap().contains("The quota is 1 TB"));

    // One more fits; what is being ordered counts.
    set(&quota, "1", "").await;
    let page = location(&post(&alice, &form, &[]).await).to_owned();
    assert_redirect(&confirmed(&alice, &page).await, &page);
    assert_eq!(
        alice.post(&give, &[("client", &acme)]).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let seen = Seen::of(alice.get("/admin/quotas").await).await;
    assert!(
        seen.all("tbody tr")
            .iter()
            .any(|row| row.contains("Acme") && row.contains("1 of 1")),
        "{}",
        seen.text()
    );

    // Over all: one server is there and one is ordered.
    set("/admin/quotas/own", "2", "0").await;
    let other = Uuid::now_v7().to_string();
    let nobodys = [("order", other.as_str()), ("client", ""), ("display_name", "shop-2")];
    assert_eq!(post(&alice, &form, &nobodys).await.status(), StatusCode::CONFLICT);
    let answer = alice
        .post(&format!("/admin/servers/{id}/act/take_snapshot"), &[("name", "one")])
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().await.unwrap().contains("There may be 0 snapshots"));
    // Prices are not forgotten with it.
    alice.post("/admin/products/show-prices", &[("show", "yes")]).await;
    let html = alice.get("/admin/quotas/own").await.text().await.unwrap();
    assert!(html.contains("value=\"2\""), "{html}");
}

#[tokio::test]
async fn orders_are_listed_by_pages_and_found_by_name_plan_region_and_client() {
    let app = spawn_app().await;
    let first = order(&app).await;
    let rows = app.site.db.tenant(app.north);
    let first = rows.get::<contabo_order::Entity>(first).await.unwrap().unwrap();
    let copy = |at: usize| {
        let mut row: contabo_order::ActiveModel = first.clone().into();
        row.id = Set(ContaboOrderId::new());
        row.request_id = Set(Uuid::new_v4());
        row.display_name = Set(format!("copy-{at:03}"));
        row.client_id = Set(None);
        if at == 7 {
            row.state = Set(OrderState::Failed);
            row.wanted = Set(json!({
                "kind": "instance", "product_id": "V153", "product_name": "Cloud VPS 4", "region": "JPN", "months": 1,
                "image_id": "", "image_name": "", "default_user": "root",
            }));
        }
        row.reset_all()
    };
    rows.insert_all::<contabo_order::Entity, _>((0..104).map(copy))
        .await
        .unwrap();
    let alice = app.alice().await;
    let seen = async |query: &str| {
        let seen = Seen::of(alice.get(&format!("/admin/orders{query}")).await).await;
        seen.all("tbody th a")
    };
    let (one, two) = (seen("").await, seen("?page=2").await);
    assert_eq!((one.len(), two.len()), (100, 5));
    assert!(one.iter().all(|name| !two.contains(name)));
    assert_eq!(seen("?page=9").await, two, "after the last is the last");
    assert_eq!(seen("?q=COPY-00").await.len(), 10);
    for query in ["?q=vps+4", "?q=jpn", "?state=failed", "?q=copy&state=failed"] {
        assert_eq!(seen(query).await, ["copy-007"], "{query}");
    }
    assert_eq!(seen("?q=acme").await, std::slice::from_ref(&first.display_name));
    assert!(seen("?q=100%25").await.is_empty() && seen("?q=product_name").await.is_empty());
    let none = Seen::of(alice.get("/admin/orders?state=done").await).await.text();
    assert!(none.contains("Nothing matches"), "{none}");
}
