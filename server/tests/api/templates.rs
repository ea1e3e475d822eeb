//! Templates for cloud-init: kept version by version, tried out, and told new systems.

use entity::{TemplateId, TenantId};
use reqwest::StatusCode;
use server::{
    domain::{
        audit::Actor,
        contabo::actions::{self, Asked},
        templates::{self, Draft, variables},
    },
    web::area::Area,
};
use uuid::Uuid;

use crate::{
    helpers::{NORTH, PASSWORD, TestApp, assert_redirect, at_start, location, spawn_app},
    network::Seen,
    servers::{actions_of, image, server},
};

/// A template with a host name and a password.
pub(crate) async fn template(app: &TestApp, tenant: TenantId) -> TemplateId {
    let (site, actor) = (&app.site, Actor::system("tests"));
    let details = draft().check().unwrap();
    templates::create(&site.db, tenant, &actor, at_start(), details, None)
        .await
        .unwrap()
}

fn draft() -> Draft {
    let variable = |name: &str, kind: &str, required| variables::Draft {
        name: name.to_owned(),
        label: format!("The {name}"),
        kind: kind.to_owned(),
        required,
        ..variables::Draft::default()
    };
    Draft {
        name: Uuid::now_v7().to_string(),
        description: "A panel".to_owned(),
        text: "#cloud-config\nhostname: {{host}}\nchpasswd:\n  list: |\n    panel:{{secret}}\n".to_owned(),
        variables: vec![
            variable("host", "host_name", true),
            variable("secret", "password", false),
        ],
        ..Draft::default()
    }
}

async fn offer_to_clients(app: &TestApp, id: TemplateId) {
    let (site, actor) = (&app.site, Actor::system("tests"));
    let row = templates::one(&site.db.tenant(app.north), id)
        .await
        .unwrap()
        .unwrap()
        .row;
    let draft = Draft {
        name: row.name,
        clients_may_use: true,
        ..draft()
    };
    let details = draft.check().unwrap();
    let seen = row.current_version;
    templates::change(&site.db, app.north, &actor, at_start(), id, seen, details)
        .await
        .unwrap();
}

#[tokio::test]
async fn one_is_copied_changed_compared_and_archived() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let list = Seen::of(alice.get("/admin/templates").await).await;
    assert!(list.text().contains("No templates yet") && list.text().contains("Hardened Ubuntu"));
    let new = "/admin/templates/new";
    let seen = Seen::of(alice.get(&format!("{new}?from=hardened-ubuntu")).await).await;
    assert_eq!(seen.value("from").as_deref(), Some("hardened-ubuntu"));
    assert_eq!(seen.value("name-1").as_deref(), Some("host_name"));
    let text = "#cloud-config\r\nhostname: {{host}}\r\npackages: nginx\r\n";
    let form = |text: &'static str| {
        [
            ("name", "Web"),
            ("description", "nginx"),
            ("text", text),
            ("name-1", "host"),
            ("label-1", "Host"),
            ("kind-1", "host_name"),
            ("default-1", "web-1"),
            ("required-1", "yes"),
        ]
    };
    let refused = alice.post(new, &form(text)).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = Seen::of(refused).await;
    assert!(
        seen.text().contains("Line 3: packages must be a list."),
        "{}",
        seen.text()
    );
    assert_eq!(seen.value("name-1").as_deref(), Some("host"));
    let made = alice
        .post(new, &form("#cloud-config\nhostname: {{host}}\npackage: [nginx]\n"))
        .await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    let page = location(&made).to_owned();
    let taken = alice.post(new, &form("#cloud-config\nhostname: {{host}}\n")).await;
    assert_eq!(taken.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let edit = format!("{page}/edit");
    let change = async |version: &str, text: &'static str| {
        let mut fields = form(text).to_vec();
        fields.push(("version", version));
        alice.post(&edit, &fields).await
    };
    assert_redirect(&change("1", "#cloud-config\nfqdn: {{host}}\n").await, &page);
    assert_eq!(
        change("1", "#cloud-config\nhostname: {{host}}\n").await.status(),
        StatusCode::CONFLICT
    );
    let seen = Seen::of(alice.get(&page).await).await;
    assert!(seen.all(".line-new").concat().contains("fqdn: {{host}}"));
    assert!(seen.all(".line-gone").concat().contains("package: [nginx]"));
    let first = Seen::of(alice.get(&format!("{page}?version=1")).await).await;
    assert!(first.text().contains("package: [nginx]") && first.count(".line-new") == 0);
    assert_eq!(
        alice.get(&format!("{page}?version=3")).await.status(),
        StatusCode::NOT_FOUND
    );
    let archive = format!("{page}/archive");
    assert!(
        Seen::of(alice.get(&archive).await)
            .await
            .text()
            .contains("Archive Web?")
    );
    assert_redirect(&alice.post(&archive, &[]).await, &page);
    assert_eq!(alice.post(&archive, &[]).await.status(), StatusCode::CONFLICT);
    let list = Seen::of(alice.get("/admin/templates?state=archived").await).await;
    assert_eq!(list.attributes("tbody th a", "href"), [page]);
}

#[tokio::test]
async fn a_preview_shows_what_comes_out_and_no_password() {
    let app = spawn_app().await;
    let bob = app.bob().await;
    let path = format!("/admin/templates/{}/preview", template(&app, app.north).await);
    assert_eq!(Seen::of(bob.get(&path).await).await.count("#value-1"), 1);
    let refused = bob
        .post(&path, &[("value-1", "web 1; reboot"), ("value-2", "short")])
        .await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let seen = Seen::of(refused).await;
    assert!(seen.text().contains("The host: Use letters"), "{}", seen.text());
    let shown = bob
        .post(&path, &[("value-1", "web-1"), ("value-2", "hunter2 hunter2")])
        .await;
    assert_eq!(shown.headers()["cache-control"], "no-store");
    let seen = Seen::of(shown).await;
    let lines = seen.all(".text-lines li");
    assert_eq!(lines[1], "hostname: \"web-1\"");
    assert_eq!(lines[4], "panel:********");
    assert!(!seen.text().contains("hunter2"));
}

#[tokio::test]
async fn a_new_system_is_told_what_a_template_makes_of_values() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    image(&app, "debian", "Debian 13", true, None).await;
    let id = template(&app, app.north).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let of_client = format!("/portal/servers/{own}/act/reinstall?template={id}");
    assert_eq!(
        dana.get(&of_client).await.status(),
        StatusCode::NOT_FOUND,
        "it is not for clients"
    );
    let of_staff = format!("/admin/servers/{own}/act/reinstall?template={id}");
    let seen = Seen::of(alice.get(&of_staff).await).await;
    assert_eq!((seen.count("#value-1"), seen.count("#user_data")), (1, 0));
    offer_to_clients(&app, id).await;
    assert_eq!(Seen::of(dana.get(&of_client).await).await.count("#value-1"), 1);
    let (path, page) = (
        format!("/portal/servers/{own}/act/reinstall"),
        format!("/portal/servers/{own}"),
    );
    let title = Seen::of(dana.get(&page).await).await.all("h1").concat();
    let template = id.to_string();
    let install = async |template: &str, version: &str, host: &str| {
        let form = [
            ("image", "debian"),
            ("default_user", "root"),
            ("template", template),
            ("template_version", version),
            ("value-1", host),
            ("user_data", "#cloud-config\nhostname: not-this"),
            ("confirm", title.as_str()),
            ("password", PASSWORD),
        ];
        dana.post(&path, &form).await
    };
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    assert_eq!(install(&template, "7", "web-1").await.status(), wrong);
    assert_eq!(install(&template, "1", "web_1").await.status(), wrong);
    let forged = TemplateId::new().to_string();
    assert_eq!(install(&forged, "1", "web-1").await.status(), StatusCode::NOT_FOUND);
    let south = self::template(&app, app.south).await.to_string();
    assert_eq!(install(&south, "1", "web-1").await.status(), StatusCode::NOT_FOUND);
    assert_redirect(&install(&template, "1", "web-1").await, &page);
    assert_eq!(install(&template, "1", "web-2").await.status(), StatusCode::CONFLICT);
    let row = actions_of(&app, own).await.remove(0);
    assert!(!row.arguments.to_string().contains("web-1"), "it is sealed");
    let sent = actions::opened(&app.site.keyring, &row, Asked::of(&row).unwrap()).unwrap();
    let Asked::Reinstall {
        user_data,
        template: Some(from),
        ..
    } = sent
    else {
        panic!()
    };
    assert!(
        user_data.starts_with("#cloud-config\nhostname: \"web-1\"\nchpasswd:\n"),
        "{user_data}"
    );
    assert_eq!((from.id, from.version), (id, 1));
    let seen = Seen::of(dana.get(&page).await).await;
    assert!(
        seen.text()
            .contains(&format!("Debian 13 with {}, version 1", from.name)),
        "{}",
        seen.text()
    );
    // The password that was made up is shown with that of the system, to whoever asked, once.
    crate::servers::becomes(&app, row.id, entity::action::ActionState::Done).await;
    let shown = dana.post(&format!("{page}/actions/{}/password", row.id), &[]).await;
    let seen = Seen::of(shown).await;
    let made = seen.attributes("#made-1", "value").concat();
    assert!(made.len() >= 12 && user_data.contains(&made), "{user_data}");
    let again = dana.post(&format!("{page}/actions/{}/password", row.id), &[]).await;
    assert_eq!(Seen::of(again).await.count("#made-1"), 0);
}

#[tokio::test]
async fn who_may_only_look_changes_nothing() {
    let app = spawn_app().await;
    let id = template(&app, app.north).await;
    let otto = app.signed_in(NORTH, Area::Admin, "otto@north.test").await;
    let page = format!("/admin/templates/{id}");
    let seen = Seen::of(otto.get(&page).await).await;
    let buttons = seen.attributes("main a.button", "href");
    assert_eq!(buttons, [format!("{page}/preview")]);
    for path in [
        format!("{page}/edit"),
        format!("{page}/archive"),
        "/admin/templates/new".to_owned(),
    ] {
        assert_eq!(otto.post(&path, &[]).await.status(), StatusCode::FORBIDDEN);
    }
}
