//! Own images, keys and passwords, tags, users and roles at Contabo: their pages, and what is asked for them.

use entity::{ContaboResourceId, action, contabo_account, instance};
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, sea_query::Expr};
use server::{
    domain::contabo::{
        actions::{self, ThingAsked},
        resources::{Image, Rights, Role, Secret, Tag, Tagged, Thing, User},
    },
    web::area::Area,
};

use crate::{
    contabo::{account, beside, read_again},
    helpers::{NORTH, PASSWORD, TestApp, assert_redirect, spawn_app},
    nets::kept,
    network::Seen,
    servers::{contabo_account, server},
};

/// A public key whose private half nobody has.
const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f alice@north.test";

/// Contabo's id of [`image`].
const IMAGE: &str = "0ffee000-c8b5-4570-9135-4bbaa7615b81";

pub(crate) async fn image(app: &TestApp) -> ContaboResourceId {
    let image = Image {
        id: IMAGE.to_owned(),
        name: "router-image".to_owned(),
        os_type: "Linux".to_owned(),
        version: "13".to_owned(),
        status: "downloading".to_owned(),
        arrived: Some(800),
        size: Some(2_252),
        ..Image::default()
    };
    kept(app, Thing::Image, image).await
}

pub(crate) async fn secret(app: &TestApp) -> ContaboResourceId {
    let secret = Secret {
        id: 4_001,
        name: "deploy".to_owned(),
        kind: "ssh".to_owned(),
        fingerprint: Some("SHA256:kwD0nJ2CKvrSGzkIb7Ca5i6y7oxDMwpa0IW6rCNjJvs".to_owned()),
        ..Secret::default()
    };
    kept(app, Thing::Secret, secret).await
}

async fn tag_on(app: &TestApp, on: Vec<Tagged>) -> ContaboResourceId {
    let tag = Tag {
        id: 5_001,
        name: "production".to_owned(),
        color: "#0A78C3".to_owned(),
        description: String::new(),
        on,
    };
    kept(app, Thing::Tag, tag).await
}

pub(crate) async fn tag(app: &TestApp) -> ContaboResourceId {
    tag_on(app, Vec::new()).await
}

fn somebody(email: &str) -> User {
    User {
        id: format!("id of {email}"),
        email: email.to_owned(),
        first_name: "Bob".to_owned(),
        last_name: "Builder".to_owned(),
        locale: "en".to_owned(),
        is_enabled: true,
        roles: vec![(7_001, "Backups".to_owned())],
        ..User::default()
    }
}

pub(crate) async fn user(app: &TestApp) -> ContaboResourceId {
    kept(app, Thing::User, somebody("bob@north.test")).await
}

pub(crate) async fn role(app: &TestApp) -> ContaboResourceId {
    let role = Role {
        id: 7_001,
        name: "Backups".to_owned(),
        kind: "custom".to_owned(),
        rights: Rights {
            is_admin: true,
            ..Rights::default()
        },
    };
    kept(app, Thing::Role, role).await
}

async fn asked(app: &TestApp, thing: Thing) -> Vec<(action::Model, ThingAsked)> {
    let rows = app.site.db.tenant(app.north);
    let found = actions::of_thing(&rows, thing, None, 100).await.unwrap();
    found
        .into_iter()
        .map(|row| {
            let asked = ThingAsked::of(&row).unwrap();
            (row, asked)
        })
        .collect()
}

#[tokio::test]
async fn an_image_is_fetched_from_an_address_named_anew_and_deleted_with_a_word_on_what_uses_it() {
    let app = spawn_app().await;
    let id = server(&app, app.north, Some(app.acme)).await;
    let account = contabo_account(&app, app.north).await.to_string();
    let adam = app.signed_in(NORTH, Area::Admin, "adam@north.test").await;
    let wrong = [
        ("account", account.as_str()),
        ("url", "https://example.net/router.img"),
        ("name", "router"),
        ("os_type", "Linux"),
        ("version", "13"),
    ];
    let answer = adam.post("/admin/images/new", &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = Seen::of(answer).await;
    assert!(seen.text().contains("has to end in .iso or .qcow2"), "{}", seen.text());
    let mut right = wrong;
    right[1] = ("url", "https://example.net/router.qcow2");
    assert_redirect(&adam.post("/admin/images/new", &right).await, "/admin/images");

    let image = image(&app).await;
    let page = format!("/admin/images/{image}");
    let list = Seen::of(adam.get("/admin/images").await).await;
    let text = list.text();
    assert!(
        text.contains("Being downloaded") && text.contains("800\u{a0}MB of 2.2\u{a0}GB"),
        "{text}"
    );
    let renamed = [("name", "router-2"), ("description", "With BGP")];
    assert_redirect(&adam.post(&format!("{page}/edit"), &renamed).await, &page);

    // A server that was installed from it is named before it is deleted.
    let rows = app.site.db.tenant(app.north);
    let row = rows.get::<instance::Entity>(id).await.unwrap().unwrap();
    let (name, mut details) = (row.display_name.clone(), row.details.clone());
    details["image_id"] = IMAGE.into();
    let same = instance::Column::Id.eq(id);
    let rows = app.site.db.begin(app.north).await.unwrap();
    let changed = [
        (instance::Column::Details, Expr::value(details)),
        (
            instance::Column::Seq,
            Expr::value(rows.servers_changed().await.unwrap()),
        ),
    ];
    rows.update_where::<instance::Entity>(same, changed).await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    let question = Seen::of(adam.get(&format!("{page}/delete")).await).await;
    assert!(question.text().contains(&name), "{}", question.text());
    assert_redirect(&adam.post(&format!("{page}/delete"), &[]).await, "/admin/images");
    assert_eq!(asked(&app, Thing::Image).await.len(), 3);
}

#[tokio::test]
async fn a_key_is_checked_and_a_password_is_seen_by_nobody_again() {
    let app = spawn_app().await;
    server(&app, app.north, None).await;
    let account = contabo_account(&app, app.north).await.to_string();
    let adam = app.signed_in(NORTH, Area::Admin, "adam@north.test").await;
    let key = |key: &str| {
        let fields = [("of", "ssh"), ("account", &account), ("name", "alice"), ("key", key)];
        fields.map(|(field, value)| (field, value.to_owned()))
    };
    let post = async |path: &str, fields: &[(&'static str, String)]| {
        let fields: Vec<_> = fields.iter().map(|(field, value)| (*field, value.as_str())).collect();
        adam.post(path, &fields).await
    };
    let private = "-----BEGIN OPENSSH PRIVATE KEY-----\nSECRETSECRET\n-----END OPENSSH PRIVATE KEY-----";
    let answer = post("/admin/secrets/new", &key(private)).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = answer.text().await.unwrap();
    assert!(seen.contains("private key") && !seen.contains("SECRETSECRET"), "{seen}");
    let answer = post("/admin/secrets/new", &key("ssh-rsa nonsense")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_redirect(&post("/admin/secrets/new", &key(KEY)).await, "/admin/secrets");

    let weak = [
        ("of", "password"),
        ("account", account.as_str()),
        ("name", "root"),
        ("secret", "hunter2hunter2"),
    ];
    let answer = adam.post("/admin/secrets/new", &weak).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.text().await.unwrap().contains("hunter2"));
    let mut strong = weak;
    strong[3] = ("secret", "Hunter2!?hunter2");
    assert_redirect(&adam.post("/admin/secrets/new", &strong).await, "/admin/secrets");
    let rows = asked(&app, Thing::Secret).await;
    assert!(rows.iter().all(|(row, _)| row.secret_sealed.is_some()));
    assert!(!format!("{rows:?}").contains("Hunter2"));

    let secret = secret(&app).await;
    let list = Seen::of(adam.get("/admin/secrets").await).await;
    assert!(
        list.text()
            .contains("SHA256:kwD0nJ2CKvrSGzkIb7Ca5i6y7oxDMwpa0IW6rCNjJvs"),
        "{}",
        list.text()
    );
    let page = format!("/admin/secrets/{secret}");
    assert_redirect(
        &adam.post(&format!("{page}/edit"), &[("name", "deploy-2")]).await,
        "/admin/secrets",
    );
    let own = adam.post(&format!("{page}/edit"), &[("name", "mainstay-mine")]).await;
    assert_eq!(own.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_redirect(
        &adam.post(&format!("{page}/replace"), &[("key", KEY)]).await,
        "/admin/secrets",
    );
    assert_redirect(&adam.post(&format!("{page}/delete"), &[]).await, "/admin/secrets");
    assert_eq!(asked(&app, Thing::Secret).await.len(), 5);
}

#[tokio::test]
async fn a_tag_is_put_on_what_its_account_has_and_shows_on_the_server() {
    let app = spawn_app().await;
    let id = server(&app, app.north, None).await;
    let rows = app.site.db.tenant(app.north);
    let contabo_id = rows.get::<instance::Entity>(id).await.unwrap().unwrap().contabo_id;
    let tag = tag(&app).await;
    let page = format!("/admin/tags/{tag}");
    let olga = app.signed_in(NORTH, Area::Admin, "otto@north.test").await;
    let answer = olga.post(&format!("{page}/put"), &[("what", "instance:1")]).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN, "roles at Contabo hang on tags");
    let alice = app.alice().await;
    let what = format!("instance:{contabo_id}");
    let answer = alice.post(&format!("{page}/put"), &[("what", "instance:1")]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert_redirect(&alice.post(&format!("{page}/put"), &[("what", &what)]).await, &page);
    let changed = [("name", "prod"), ("color", "#abc"), ("description", "")];
    assert_redirect(&alice.post(&format!("{page}/edit"), &changed).await, &page);
    let wrong = [("name", "prod"), ("color", "blue")];
    let answer = alice.post(&format!("{page}/edit"), &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let all = asked(&app, Thing::Tag).await;
    let put = ThingAsked::PutTag {
        tag: 5_001,
        name: "production".to_owned(),
        on: "instance".to_owned(),
        id: contabo_id.to_string(),
    };
    assert!(all.iter().any(|(_, asked)| *asked == put), "{all:?}");

    let on = Tagged {
        kind: "instance".to_owned(),
        id: contabo_id.to_string(),
        name: "vmi1".to_owned(),
    };
    tag_on(&app, vec![on]).await;
    let seen = Seen::of(alice.get(&format!("/admin/servers/{id}")).await).await;
    assert_eq!(seen.attributes(&format!("a[href='{page}']"), "href"), [page.as_str()]);
    assert_redirect(&alice.post(&format!("{page}/take"), &[("what", &what)]).await, &page);
    let gone = alice.post(&format!("{page}/take"), &[("what", "image:1")]).await;
    assert_eq!(gone.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn people_at_contabo_are_for_those_who_manage_the_account_and_mainstays_own_keeps_its_access() {
    let app = spawn_app().await;
    server(&app, app.north, None).await;
    let account = contabo_account(&app, app.north).await;
    let rows = app.site.db.tenant(app.north);
    let own = rows
        .get::<contabo_account::Entity>(account)
        .await
        .unwrap()
        .unwrap()
        .username;
    let (user, role) = (kept(&app, Thing::User, somebody(&own)).await, role(&app).await);
    let people = format!("/admin/contabo/{account}/people");
    let otto = app.signed_in(NORTH, Area::Admin, "otto@north.test").await;
    assert_eq!(otto.get(&people).await.status(), StatusCode::FORBIDDEN);
    let alice = app.alice().await;
    let seen = Seen::of(alice.get(&people).await).await;
    assert!(seen.text().contains("Mainstay signs in as this one"), "{}", seen.text());
    let page = format!("/admin/contabo-users/{user}");
    let seen = Seen::of(alice.get(&page).await).await;
    assert_eq!(seen.count("input[name='roles']") + seen.count("a[href$='/delete']"), 0);
    assert_eq!(
        alice.post(&format!("{page}/delete"), &[]).await.status(),
        StatusCode::CONFLICT
    );
    let roles = format!("/admin/contabo-roles/{role}/delete");
    assert_eq!(alice.post(&roles, &[]).await.status(), StatusCode::CONFLICT);
    assert!(asked(&app, Thing::User).await.is_empty() && asked(&app, Thing::Role).await.is_empty());

    let wrong = [
        ("email", "carol"),
        ("first_name", "Carol"),
        ("last_name", ""),
        ("locale", "en"),
    ];
    let answer = alice.post(&format!("{people}/new"), &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let right = [
        ("email", "carol@north.test"),
        ("first_name", "Carol"),
        ("last_name", "C"),
        ("locale", "en"),
        ("roles", "7001"),
        ("roles", "1"),
        ("enabled", "yes"),
    ];
    assert_redirect(&alice.post(&format!("{people}/new"), &right).await, &people);
    let all = asked(&app, Thing::User).await;
    let ThingAsked::CreateUser { access, .. } = &all[0].1 else {
        panic!("{all:?}")
    };
    assert_eq!(access.roles, [7_001], "a role that is not there is left out");
    let empty = [("name", "Nothing")];
    let answer = alice.post(&format!("{people}/roles/new"), &empty).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let all_of_it = [("name", "Everything"), ("admin", "yes")];
    assert_redirect(&alice.post(&format!("{people}/roles/new"), &all_of_it).await, &people);
}

#[tokio::test]
async fn an_add_on_is_bought_by_name_and_password_and_once() {
    let app = spawn_app().await;
    let id = server(&app, app.north, Some(app.acme)).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let page = format!("/admin/servers/{id}");
    let buy = format!("{page}/act/buy_add_on");
    let theirs = format!("/portal/servers/{id}/act/buy_add_on");
    assert_eq!(dana.get(&theirs).await.status(), StatusCode::FORBIDDEN);
    let seen = Seen::of(alice.get(&buy).await).await;
    assert!(
        seen.text().contains("price not in the list") && seen.text().contains("obligation to pay"),
        "{}",
        seen.text()
    );
    let rows = app.site.db.tenant(app.north);
    let name = rows.get::<instance::Entity>(id).await.unwrap().unwrap().display_name;
    let form = |confirm: &'static str| [("thing", "backup"), ("confirm", confirm), ("password", PASSWORD)];
    let answer = alice.post(&buy, &form("another")).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("thing", "backup"), ("confirm", name.as_str()), ("password", PASSWORD)];
    assert_redirect(&alice.post(&buy, &right).await, &page);
    let twice = alice.post(&buy, &right).await;
    assert_eq!(
        twice.status(),
        StatusCode::UNPROCESSABLE_ENTITY,
        "it is no choice any more"
    );
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.text().contains("Backup"), "{}", seen.text());
}

#[tokio::test]
async fn offers_are_read_when_somebody_asks() {
    let (app, fake) = beside(&["web"]).await;
    let account = account(&app, app.north).await;
    read_again(&app, account).await;
    let rows = app.site.db.tenant(app.north);
    let id = rows.find::<instance::Entity>().one().await.unwrap().unwrap().id;
    let page = format!("/admin/servers/{id}/offers");
    let otto = app.signed_in(NORTH, Area::Admin, "otto@north.test").await;
    assert_eq!(otto.get(&page).await.status(), StatusCode::FORBIDDEN);
    let alice = app.alice().await;
    let seen = Seen::of(alice.get(&page).await).await;
    let text = seen.text();
    assert!(
        text.contains("Cloud VPS 6") && text.contains("Moves with its data"),
        "{text}"
    );
    assert!(text.contains("can't be ordered over Contabo's API"), "{text}");
    fake.set_reachable(false).await;
    let answer = alice.get(&page).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(Seen::of(answer).await.text().contains("The offers can't be read"));
}
