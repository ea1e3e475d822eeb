//! Object storages for their clients' users and for staff: whose they are, and who may have the keys.

use contabo::{NewObjectStorage, Region, RequestId};
use entity::{ClientId, ContaboAccountId, ContaboResourceId, TenantId, audit_entry, contabo_resource};
use fakes::contabo::FakeContabo;
use reqwest::StatusCode;
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use serde_json::json;
use server::{
    domain::{
        audit::Actor,
        contabo::{
            actions::{self, Growth, ThingAsked},
            catalogue,
            quotas::{self, Quota},
            resources::Thing,
            storages,
        },
        identity::ClientRole,
        money::Currency,
        typed::Typed,
    },
    web::area::Area,
};
use uuid::Uuid;

use crate::{
    contabo::{account, beside, credentials, read_again},
    helpers::{NORTH, PASSWORD, SOUTH, TestApp, assert_redirect, at_start, person, spawn_app, system},
    network::Seen,
    servers::contabo_account,
};

/// A storage of the tenant, given to `client`, in an account that nobody asks.
pub(crate) async fn storage(app: &TestApp, tenant: TenantId, client: Option<ClientId>) -> ContaboResourceId {
    let account = contabo_account(app, tenant).await;
    let (id, contabo_id) = (ContaboResourceId::new(), Uuid::now_v7().to_string());
    let row = contabo_resource::ActiveModel {
        id: Set(id),
        contabo_account_id: Set(account),
        kind: Set("object_storage".to_owned()),
        contabo_id: Set(contabo_id.clone()),
        name: Set(format!("backups-{contabo_id}")),
        details: Set(json!({
            "id": contabo_id, "name": format!("backups-{contabo_id}"), "status": "READY", "size_tb": 0.5, "used_tb": 0.1,
            "objects": 1234, "s3_url": "https://eu2.contabostorage.com", "region": "European Union",
        })),
        client_id: Set(client),
        assigned_at: Set(client.map(|_| at_start())),
        first_seen_at: Set(at_start()),
        gone_at: Set(None),
        ..Default::default()
    };
    let rows = app.site.db.tenant(tenant);
    rows.insert_all::<contabo_resource::Entity, _>([row]).await.unwrap();
    id
}

/// The program beside a fake Contabo with storages of these names, read once.
async fn with_storages(names: &[&str]) -> (TestApp, FakeContabo, ContaboAccountId) {
    let (app, fake) = beside(&[]).await;
    for name in names {
        order(&app, name).await;
    }
    let id = account(&app, app.north).await;
    read_again(&app, id).await;
    (app, fake, id)
}

async fn order(app: &TestApp, name: &str) {
    let new = NewObjectStorage {
        region: Region::from("EU"),
        total_purchased_space_tb: 0.25,
        display_name: Some(name.to_owned()),
        auto_scaling: None,
    };
    let client = app.site.contabo.with(&credentials()).unwrap();
    client
        .object_storages()
        .create(&new, RequestId::random())
        .await
        .unwrap();
}

async fn named(app: &TestApp, name: &str) -> ContaboResourceId {
    let all = storages::list(&app.site.db.tenant(app.north)).await.unwrap();
    all.iter().find(|one| one.storage.name == name).unwrap().id
}

async fn give(app: &TestApp, id: ContaboResourceId, client: ClientId) {
    let (site, actor) = (&app.site, Actor::system("tests"));
    storages::assign(&site.db, app.north, &actor, at_start(), id, Some(client))
        .await
        .unwrap();
}

async fn audited(app: &TestApp, action: &str) -> usize {
    let rows = app.site.db.tenant(app.north);
    let found = rows
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::Action.eq(action));
    found
        .order_by(audit_entry::Column::Id, Order::Asc)
        .all()
        .await
        .unwrap()
        .len()
}

#[tokio::test]
async fn each_sees_only_their_own() {
    let app = spawn_app().await;
    let globex = app.client("Globex").await;
    let own = storage(&app, app.north, Some(app.acme)).await;
    let others = storage(&app, app.north, Some(globex)).await;
    let nobodys = storage(&app, app.north, None).await;
    let south = storage(&app, app.south, None).await;
    let (dana, alice) = (app.dana().await, app.alice().await);
    let carol = app.signed_in(SOUTH, Area::Portal, "carol@initech.test").await;
    let listed = |seen: &Seen| seen.attributes("tbody th a", "href");
    let list = Seen::of(dana.get("/portal/storages").await).await;
    assert_eq!(listed(&list), [format!("/portal/storages/{own}")]);
    assert!(
        list.text().contains("0.10\u{a0}TB of 0.50\u{a0}TB") && list.text().contains("1,234"),
        "{}",
        list.text()
    );
    assert_eq!(listed(&Seen::of(carol.get("/portal/storages").await).await), [""; 0]);
    assert_eq!(listed(&Seen::of(alice.get("/admin/storages").await).await).len(), 3);
    let nobody = Seen::of(alice.get("/admin/storages?of=nobody").await).await;
    assert_eq!(listed(&nobody), [format!("/admin/storages/{nobodys}")]);
    for id in [others, nobodys, south, ContaboResourceId::new()] {
        let page = format!("/portal/storages/{id}");
        assert_eq!(dana.get(&page).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(dana.get(&format!("{page}/renew")).await.status(), StatusCode::NOT_FOUND);
        for what in ["keys", "renew"] {
            assert_eq!(
                dana.post(&format!("{page}/{what}"), &[]).await.status(),
                StatusCode::NOT_FOUND
            );
        }
    }
    assert_eq!(
        alice.get(&format!("/admin/storages/{south}")).await.status(),
        StatusCode::NOT_FOUND
    );
    let seen = Seen::of(dana.get(&format!("/portal/storages/{own}")).await).await;
    assert_eq!(
        seen.attributes("#storage-endpoint", "value"),
        ["https://eu2.contabostorage.com"]
    );
    assert!(seen.text().contains("endpoint_url=\"https://eu2.contabostorage.com\""));
    assert_eq!(seen.count("form[action$='/keys']"), 0, "the provider has not said so");
}

#[tokio::test]
async fn keys_are_shown_to_those_who_may_have_them_and_open_nothing_of_others() {
    let (app, fake, account) = with_storages(&["first", "second"]).await;
    let (first, second) = (named(&app, "first").await, named(&app, "second").await);
    let globex = app.client("Globex").await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    give(&app, first, app.acme).await;
    let (page, of_staff) = (format!("/portal/storages/{first}"), format!("/admin/storages/{first}"));
    let shown = alice.post(&format!("{of_staff}/keys"), &[]).await;
    assert_eq!(shown.headers()["cache-control"], "no-store");
    let seen = Seen::of(shown).await;
    let secret = seen.attributes("#secret-key", "value").concat();
    assert!(secret.len() >= 16);
    // Not allowed for clients; then allowed, but the account has a storage that is nobody's; then another's.
    let refused = async || {
        let answer = dana.post(&format!("{page}/keys"), &[]).await;
        assert_eq!(answer.status(), StatusCode::CONFLICT);
        let seen = Seen::of(answer).await;
        assert_eq!(seen.count("#secret-key"), 0);
        assert!(seen.text().contains("not for clients"), "{}", seen.text());
        assert_eq!(
            dana.post(&format!("{page}/renew"), &[]).await.status(),
            StatusCode::CONFLICT
        );
    };
    refused().await;
    give(&app, second, globex).await;
    assert_redirect(
        &alice.post(&format!("{of_staff}/allow"), &[("allowed", "yes")]).await,
        &of_staff,
    );
    refused().await;
    // What is another's can't be given to the one who may have had the keys, nor the other way round.
    let third = alice.post(&format!("{of_staff}/give"), &[("client", "")]).await;
    assert_redirect(&third, &of_staff);
    let back = alice
        .post(&format!("{of_staff}/give"), &[("client", &app.acme.to_string())])
        .await;
    assert_eq!(back.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let other = format!("/admin/storages/{second}/give");
    assert_redirect(
        &alice.post(&other, &[("client", &app.acme.to_string())]).await,
        &format!("/admin/storages/{second}"),
    );
    refused_as_nobodys(&app, second).await;
    assert_redirect(
        &alice
            .post(&format!("{of_staff}/give"), &[("client", &app.acme.to_string())])
            .await,
        &of_staff,
    );
    let seen = Seen::of(dana.post(&format!("{page}/keys"), &[]).await).await;
    assert_eq!(seen.attributes("#secret-key", "value"), [secret.as_str()]);
    assert_eq!(audited(&app, "storage.show_access").await, 2);
    // One that came since and was not read yet opens with the same keys.
    order(&app, "third").await;
    let answer = dana.post(&format!("{page}/keys"), &[]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert!(Seen::of(answer).await.text().contains("has not been read yet"));
    drop((fake, account));
}

/// Its client's owner may have the keys only when nothing else is in the account.
async fn refused_as_nobodys(app: &TestApp, id: ContaboResourceId) {
    let dana = app.dana().await;
    let answer = dana.post(&format!("/portal/storages/{id}/keys"), &[]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn keys_are_renewed_after_asking_and_by_no_weaker_role() {
    let (app, fake, _) = with_storages(&["only"]).await;
    let id = named(&app, "only").await;
    give(&app, id, app.acme).await;
    let role = ClientRole::Operator;
    let derek = person("derek@acme.test");
    app.identity()
        .create_client_user(app.north, &system(), &[app.acme], derek, role)
        .await
        .unwrap();
    let (alice, dana) = (app.alice().await, app.dana().await);
    let dora = app.signed_in(NORTH, Area::Portal, "dora@acme.test").await;
    let otto = app.signed_in(NORTH, Area::Admin, "otto@north.test").await;
    let (page, of_staff) = (format!("/portal/storages/{id}"), format!("/admin/storages/{id}"));
    alice.post(&format!("{of_staff}/allow"), &[("allowed", "yes")]).await;
    for what in ["keys", "renew"] {
        assert_eq!(
            dora.post(&format!("{page}/{what}"), &[]).await.status(),
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            otto.post(&format!("{of_staff}/{what}"), &[]).await.status(),
            StatusCode::FORBIDDEN
        );
    }
    let seen = Seen::of(dora.get(&page).await).await;
    assert!(
        seen.count("main form") == 0 && seen.text().contains("Owners of your account"),
        "{}",
        seen.text()
    );
    let secret = async || {
        let seen = Seen::of(dana.post(&format!("{page}/keys"), &[]).await).await;
        seen.attributes("#secret-key", "value").concat()
    };
    let before = secret().await;
    let question = Seen::of(dana.get(&format!("{page}/renew")).await).await;
    assert!(question.text().contains("stops working at once"));
    assert_redirect(&dana.post(&format!("{page}/renew"), &[]).await, &page);
    let after = secret().await;
    assert!(!after.is_empty() && after != before);
    assert_eq!(audited(&app, "storage.renew_access").await, 1);
    fake.set_reachable(false).await;
    let answer = dana.post(&format!("{page}/keys"), &[]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert!(Seen::of(answer).await.text().contains("did not give the keys"));
}

/// What was asked of storages, the newest first.
async fn asked(app: &TestApp) -> Vec<ThingAsked> {
    let rows = app.site.db.tenant(app.north);
    let found = actions::of_thing(&rows, Thing::Storage, None, 100).await.unwrap();
    found.iter().map(|row| ThingAsked::of(row).unwrap()).collect()
}

#[tokio::test]
async fn more_room_is_asked_for_only_when_what_it_costs_was_confirmed() {
    let app = spawn_app().await;
    let id = storage(&app, app.north, Some(app.acme)).await;
    let alice = app.alice().await;
    let (page, size) = (format!("/admin/storages/{id}"), format!("/admin/storages/{id}/size"));
    for (wrong, why) in [
        ("0.25", "never gets smaller"),
        ("0.5", "already"),
        ("0.6", "in steps of 0.25"),
    ] {
        let answer = alice.post(&size, &[("size", wrong)]).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(Seen::of(answer).await.text().contains(why), "{wrong}");
    }
    // The list knows no price, which is said; nothing is asked for yet.
    let fields = [("size", "1"), ("grows", "yes"), ("grows_to", "2")];
    let shown = Seen::of(alice.post(&size, &fields).await).await;
    let text = shown.text();
    assert!(
        text.contains("not in the price list") && text.contains("obligation to pay"),
        "{text}"
    );
    assert!(asked(&app).await.is_empty());
    // With a price it is another question, whatever was confirmed before.
    let before = shown.attributes("input[name='confirmed']", "value").concat();
    storage_price(&app, 250).await;
    let late = [fields[0], fields[1], fields[2], ("confirmed", before.as_str())];
    let answer = alice.post(&size, &late).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let shown = Seen::of(answer).await;
    let text = shown.text();
    assert!(
        text.contains("EUR\u{a0}5.00") && text.contains("EUR\u{a0}10.00"),
        "{text}"
    );
    let key = shown.attributes("input[name='confirmed']", "value").concat();
    let sure = [fields[0], fields[1], fields[2], ("confirmed", key.as_str())];
    assert_redirect(&alice.post(&size, &sure).await, &page);
    let twice = alice.post(&size, &sure).await;
    assert_eq!(twice.status(), StatusCode::CONFLICT);
    let all = asked(&app).await;
    let [ThingAsked::ResizeStorage { steps, growth, .. }] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!((*steps, *growth), (Some(4), Some(Growth { is_on: true, up_to: 8 })));
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(
        seen.text().contains("Waits for what was asked before it"),
        "{}",
        seen.text()
    );
}

/// What 250 GB cost each month, in cents.
async fn storage_price(app: &TestApp, cents: i64) {
    let (site, actor) = (&app.site, Actor::system("tests"));
    let known = catalogue::add_known(&site.db, app.north, &actor, at_start())
        .await
        .unwrap();
    assert!(known > 0);
    let rows = site.db.tenant(app.north);
    let all = catalogue::Catalogue::load(&rows).await.unwrap();
    let product = all.product(catalogue::STORAGE).unwrap().id;
    let fields = [
        ("valid_from", "2020-01-01".to_owned()),
        ("months", "0".to_owned()),
        ("cost_currency", "EUR".to_owned()),
        ("cost_month", format!("{}.{:02}", cents / 100, cents % 100)),
    ];
    let typed = Typed::new(fields.map(|(field, value)| (field.to_owned(), value)));
    let price = catalogue::price(&typed, Currency::default()).unwrap();
    catalogue::add_price(&site.db, app.north, &actor, at_start(), product, price)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_ceiling_counts_in_the_quota_and_what_waits_for_it_too() {
    let app = spawn_app().await;
    let id = storage(&app, app.north, Some(app.acme)).await;
    let (site, actor) = (&app.site, Actor::system("tests"));
    let quota = Quota {
        storage_steps: Some(6),
        ..Quota::default()
    };
    quotas::set(&site.db, app.north, &actor, at_start(), Some(app.acme), quota)
        .await
        .unwrap();
    let alice = app.alice().await;
    let size = format!("/admin/storages/{id}/size");
    let grow = async |to: &str| {
        let fields = [("size", "0.5"), ("grows", "yes"), ("grows_to", to)];
        let shown = Seen::of(alice.post(&size, &fields).await).await;
        let key = shown.attributes("input[name='confirmed']", "value").concat();
        alice
            .post(&size, &[fields[0], fields[1], fields[2], ("confirmed", &key)])
            .await
    };
    let answer = grow("1.75").await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert!(Seen::of(answer).await.text().contains("The quota is 1.5 TB"));
    assert_redirect(&grow("1.5").await, &format!("/admin/storages/{id}"));
    let rows = site.db.tenant(app.north);
    assert_eq!(quotas::used(&rows, Some(app.acme)).await.unwrap().storage_steps, 6);
}

#[tokio::test]
async fn a_storage_is_cancelled_by_its_name_and_ones_password_and_by_no_weaker_role() {
    let app = spawn_app().await;
    let id = storage(&app, app.north, None).await;
    let (alice, otto) = (
        app.alice().await,
        app.signed_in(NORTH, Area::Admin, "otto@north.test").await,
    );
    let (page, cancel) = (format!("/admin/storages/{id}"), format!("/admin/storages/{id}/cancel"));
    for path in ["name", "size", "cancel"] {
        let answer = otto.post(&format!("{page}/{path}"), &[]).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
    let seen = Seen::of(otto.get(&page).await).await;
    assert_eq!(seen.count("a[href$='/cancel']"), 0);
    let seen = Seen::of(alice.get(&cancel).await).await;
    assert!(seen.text().contains("can't be taken back"), "{}", seen.text());
    let name = storages::list(&app.site.db.tenant(app.north))
        .await
        .unwrap()
        .remove(0)
        .storage
        .name;
    for wrong in [
        [("confirm", "other"), ("password", PASSWORD)],
        [("confirm", name.as_str()), ("password", "wrong")],
    ] {
        let answer = alice.post(&cancel, &wrong).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    let right = [("confirm", name.as_str()), ("password", PASSWORD)];
    assert_redirect(&alice.post(&cancel, &right).await, &page);
    assert!(matches!(
        asked(&app).await.as_slice(),
        [ThingAsked::CancelStorage { .. }]
    ));
    let renamed = [("name", "archive")];
    assert_redirect(&alice.post(&format!("{page}/name"), &renamed).await, &page);
}
