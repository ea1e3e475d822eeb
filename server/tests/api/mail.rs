//! Mail: how it is sent, what was sent, who wants it, and that it can be refused without signing in.

use chrono::Duration;
use entity::{
    MailId, audit_entry,
    mail::{self, MailKind, MailState},
    mail_settings,
};
use fakes::smtp::{MailServer, MailServerSpec};
use reqwest::{Method, StatusCode};
use sea_orm::sea_query::Expr;
use server::{
    config::{Smtp, SmtpSecurity},
    domain::{
        mail::{
            Addressee, Letterhead, outbox,
            preferences::{recipients, unsubscribe_token},
            test_letter,
        },
        signing::Signer,
    },
    work::{
        mail::{Delivery, SendMail},
        queue::Queue,
        reports,
        runner::Nudge,
    },
};

use crate::helpers::{Browser, NORTH, SOUTH, TestApp, assert_redirect, location, spawn_app, spawn_app_with};

const SETTINGS: &str = "/admin/settings/mail";

/// The program with a mail server for the whole installation.
async fn with_server() -> (TestApp, MailServer) {
    let server = MailServer::start(MailServerSpec::default()).await.unwrap();
    let port = server.address().port();
    let app = spawn_app_with(move |settings| {
        settings.allow_loopback = true;
        settings.smtp = Smtp {
            host: Some("127.0.0.1".to_owned()),
            port: Some(port),
            security: SmtpSecurity::None,
            from: Some("portal@mainstay.test".to_owned()),
            ..Smtp::default()
        };
    })
    .await;
    (app, server)
}

/// A mail of the north to Dana, not sent yet.
pub(crate) async fn queued(app: &TestApp, kind: MailKind, subject: &str) -> MailId {
    let (site, now) = (&app.site, app.site.clock.now());
    let head = Letterhead::of(site, app.north).await.unwrap();
    let mut letter = test_letter(&head);
    (letter.kind, letter.subject) = (kind, subject.to_owned());
    let to = Addressee {
        account: app.account("dana@acme.test").await,
        client: Some(app.acme),
        name: "Dana".to_owned(),
        address: "dana@acme.test".to_owned(),
    };
    let rows = site.db.begin(app.north).await.unwrap();
    let id = outbox::queue(&rows, &head.write(&letter, &to), now, None)
        .await
        .unwrap();
    rows.commit().await.unwrap();
    id.unwrap()
}

/// One that was sent.
pub(crate) async fn sent(app: &TestApp) -> MailId {
    let id = queued(app, MailKind::Report, "Service report").await;
    let sent = [(mail::Column::State, Expr::value(MailState::Sent))];
    let rows = app.site.db.tenant(app.north);
    let this = sea_orm::ColumnTrait::eq(&mail::Column::Id, id);
    rows.update_where::<mail::Entity>(this, sent).await.unwrap();
    id
}

/// What refuses the reports of somebody in the north.
pub(crate) async fn token(app: &TestApp, address: &str) -> String {
    let (site, account) = (&app.site, app.account(address).await);
    let signer = Signer::of(&site.db, &site.keyring, app.north, site.clock.now())
        .await
        .unwrap();
    unsubscribe_token(&signer, account, MailKind::Report).unwrap()
}

/// Does the work that is due.
async fn work(app: &TestApp) {
    let delivery = Delivery::new(app.site.clone(), reports::files());
    let queue = Queue::new(app.site.db.clone(), app.site.clock.clone(), Nudge::default());
    queue.with::<SendMail>(delivery).step().await.unwrap();
}

async fn text(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.text().await.unwrap()
}

async fn who_wants(app: &TestApp, kind: MailKind) -> Vec<(String, bool)> {
    let rows = app.site.db.tenant(app.north);
    let all = recipients(&rows, app.acme, kind).await.unwrap();
    all.into_iter().map(|one| (one.to.name, one.attach_pdf)).collect()
}

async fn actions(app: &TestApp) -> Vec<String> {
    let rows = app.site.db.tenant(app.north);
    let entries = rows.find::<audit_entry::Entity>().all().await.unwrap();
    entries.into_iter().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn staff_send_themselves_a_test_and_see_what_becomes_of_it() {
    let (app, server) = with_server().await;
    let alice = app.alice().await;
    let page = text(&alice, SETTINGS).await;
    assert!(
        page.contains("Send a test to alice@north.test") && page.contains("area-admin"),
        "{page}"
    );
    let answer = alice.post("/admin/settings/mail/test", &[]).await;
    let page = location(&answer).to_owned();
    assert!(page.starts_with("/admin/mail/"), "{page}");
    assert!(text(&alice, &page).await.contains("Waiting"));
    work(&app).await;
    let shown = text(&alice, &page).await;
    assert!(shown.contains("badge-up") && shown.contains("Mail works"), "{shown}");
    let mail = server.mails().remove(0);
    assert_eq!(mail.to, ["alice@north.test"]);
    assert_eq!(mail.header("From").unwrap(), "north <portal@mainstay.test>");
    assert_eq!(
        mail.header("List-Unsubscribe"),
        None,
        "what one asks for needs no refusing"
    );
    assert!(mail.text("text/plain").unwrap().contains("http://north.test:"));
    assert!(actions(&app).await.contains(&"mail.test".to_owned()));
}

#[tokio::test]
async fn a_tenants_own_server_wins_and_its_password_stays_where_it_was_typed_for() {
    let (app, installation) = with_server().await;
    let account = Some(("north".to_owned(), "s3cret-of-north".to_owned()));
    let own = MailServer::start(MailServerSpec {
        account,
        ..MailServerSpec::default()
    });
    let own = own.await.unwrap();
    let alice = app.alice().await;
    let port = own.address().port().to_string();
    let form = |password: &'static str, host: &'static str| {
        [
            ("server", "own"),
            ("host", host),
            ("port", port.as_str()),
            ("security", "none"),
            ("username", "north"),
            ("password", password),
            ("from_address", "noc@north.test"),
            ("from_name", "Northern NOC"),
            ("reply_to", ""),
        ]
    };
    assert_redirect(
        &alice.post(SETTINGS, &form("s3cret-of-north", "127.0.0.1")).await,
        SETTINGS,
    );
    assert_redirect(&alice.post(SETTINGS, &form("", "127.0.0.1")).await, SETTINGS);
    alice.post("/admin/settings/mail/test", &[]).await;
    work(&app).await;
    assert_eq!((own.mails().len(), installation.mails().len()), (1, 0));
    assert_eq!(
        own.mails()[0].header("From").unwrap(),
        "\"Northern NOC\" <noc@north.test>"
    );
    let elsewhere = alice.post(SETTINGS, &form("", "192.0.2.7")).await;
    assert_eq!(elsewhere.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(elsewhere.text().await.unwrap().contains("Type the password again"));
    let page = text(&alice, SETTINGS).await;
    assert!(
        page.contains("value=\"127.0.0.1\"") && !page.contains("s3cret"),
        "{page}"
    );
    let rows = app.site.db.tenant(app.north);
    let entries = rows.find::<audit_entry::Entity>().all().await.unwrap();
    let kept = rows.find::<mail_settings::Entity>().one().await.unwrap();
    assert!(!format!("{entries:?}{kept:?}").contains("s3cret"));
    let done = entries.iter().filter(|entry| entry.action == "mail_settings.change");
    assert_eq!(done.count(), 1, "what is the same is no change");
    let back = [
        ("server", "installation"),
        ("from_name", ""),
        ("reply_to", "help@north.test"),
    ];
    assert_redirect(&alice.post(SETTINGS, &back).await, SETTINGS);
    alice.post("/admin/settings/mail/test", &[]).await;
    work(&app).await;
    assert_eq!(installation.mails().len(), 1);
    assert_eq!(installation.mails()[0].header("Reply-To").unwrap(), "help@north.test");
    let row = rows.find::<mail_settings::Entity>().one().await.unwrap().unwrap();
    assert_eq!(row.password_sealed, None, "what is not used is not kept");
}

#[tokio::test]
async fn mail_settings_that_cannot_be_are_refused_by_field() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let form = [
        ("server", "own"),
        ("host", "smtp://mail.north.test"),
        ("port", "99999"),
        ("security", "rot13"),
        ("username", "north"),
        ("password", "s3cret"),
        ("from_address", "Müller <noc@north.test>"),
        ("reply_to", "nobody"),
    ];
    let answer = alice.post(SETTINGS, &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text().await.unwrap();
    for field in ["host", "port", "security", "from_address", "reply_to"] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    assert!(!page.contains("s3cret"));
    assert!(page.contains("smtp://mail.north.test"), "what was typed is kept");
    assert_eq!(
        alice.post(SETTINGS, &[("server", "x")]).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert!(text(&alice, SETTINGS).await.contains("No mail server"));
}

#[tokio::test]
async fn what_was_sent_is_found_by_kind_state_and_text_and_sent_again() {
    let (app, server) = with_server().await;
    server.refuse("dana@acme.test");
    let report = queued(&app, MailKind::Report, "Report <b>April</b>").await;
    work(&app).await;
    server.clear();
    queued(&app, MailKind::Breach, "Breach of Berlin").await;
    let alice = app.alice().await;
    for (query, reports, breaches) in [
        ("", true, true),
        ("?kind=report", true, false),
        ("?state=failed", true, false),
        ("?state=queued", false, true),
        ("?q=berlin", false, true),
        ("?q=DANA%40", true, true),
        ("?q=%25nothing", false, false),
    ] {
        let page = text(&alice, &format!("/admin/mail{query}")).await;
        assert_eq!(
            page.contains("Report &lt;b>April") || page.contains("Report &lt;b&gt;April"),
            reports,
            "{query}"
        );
        assert_eq!(page.contains("Breach of Berlin"), breaches, "{query}");
    }
    let page = format!("/admin/mail/{report}");
    let shown = text(&alice, &page).await;
    assert!(
        shown.contains("no such mailbox") && shown.contains("Send again"),
        "{shown}"
    );
    assert_redirect(&alice.post(&format!("{page}/again"), &[]).await, &page);
    assert_eq!(
        alice.post(&format!("{page}/again"), &[]).await.status(),
        StatusCode::CONFLICT
    );
    work(&app).await;
    assert_eq!(server.mails().len(), 2);
    assert!(text(&alice, &page).await.contains("badge-up"));
    let again = alice.post(&format!("{page}/again"), &[]).await;
    assert_ne!(location(&again), page, "a mail that was sent is sent as another");
    let charlie = app.charlie().await;
    assert_eq!(charlie.get(&page).await.status(), StatusCode::NOT_FOUND);
    assert!(!text(&charlie, "/admin/mail").await.contains("Breach of Berlin"));
}

#[tokio::test]
async fn a_client_user_chooses_which_mails_they_get() {
    let app = spawn_app().await;
    let dora = app
        .signed_in(NORTH, server::web::area::Area::Portal, "dora@acme.test")
        .await;
    assert_eq!(who_wants(&app, MailKind::Report).await, [("Dana".to_owned(), true)]);
    assert!(text(&dora, "/portal/profile").await.contains("/portal/notifications"));
    let page = text(&dora, "/portal/notifications").await;
    assert!(page.contains("dora@acme.test"));
    let form = [("report", "yes"), ("maintenance", "yes"), ("maintenance_pdf", "yes")];
    assert_redirect(
        &dora.post("/portal/notifications", &form).await,
        "/portal/notifications",
    );
    let both = [("Dana".to_owned(), true), ("Dora".to_owned(), false)];
    assert_eq!(who_wants(&app, MailKind::Report).await, both);
    let page = text(&dora, "/portal/notifications").await;
    let page = scraper::Html::parse_document(&page);
    let ticked = scraper::Selector::parse("input[type=checkbox][checked]").unwrap();
    let ticked: Vec<_> = page.select(&ticked).filter_map(|input| input.attr("name")).collect();
    assert_eq!(ticked, ["report", "maintenance"]);
    let rows = app.site.db.tenant(app.north);
    let entries = rows.find::<audit_entry::Entity>().all().await.unwrap();
    let entry = entries.iter().find(|entry| entry.action == "client_user.mail").unwrap();
    assert_eq!(entry.actor_name, "Dora");
    assert_eq!(entry.after.as_ref().unwrap()["report_mail"], true);
}

#[tokio::test]
async fn a_mail_is_refused_by_one_request_without_signing_in() {
    let (app, server) = with_server().await;
    queued(&app, MailKind::Report, "Service report").await;
    work(&app).await;
    let link = server.mails()[0].header("List-Unsubscribe").unwrap();
    let path = link.trim_matches(['<', '>']).split_once("/unsubscribe/").unwrap().1;
    let path = format!("/unsubscribe/{path}");
    let nobody = app.browser(NORTH);
    let looked = nobody.get(&path).await;
    assert_eq!(looked.headers()["x-robots-tag"], "noindex");
    assert_eq!(looked.headers()["cache-control"], "no-store");
    assert!(
        looked
            .text()
            .await
            .unwrap()
            .contains("These mails are sent to dana@acme.test.")
    );
    assert_eq!(
        who_wants(&app, MailKind::Report).await.len(),
        1,
        "looking refuses nothing"
    );
    // As a mail program asks, from its own site.
    let program = |body: &'static str, kind: &'static str| {
        let request = nobody.request(Method::POST, &path).header("content-type", kind);
        request
            .header("origin", "https://mail.example")
            .header("sec-fetch-site", "cross-site")
            .body(body)
    };
    let answer = program("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded");
    let answer = answer.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "and no redirect");
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("no longer sent to dana@acme.test.")
    );
    assert_eq!(who_wants(&app, MailKind::Report).await, []);
    assert_eq!(
        who_wants(&app, MailKind::Breach).await.len(),
        1,
        "of other kinds there are some"
    );
    assert!(actions(&app).await.contains(&"client_user.mail".to_owned()));
    let resumed = nobody.post(&path, &[("action", "resume")]).await;
    assert_eq!(resumed.status(), StatusCode::OK);
    assert_eq!(who_wants(&app, MailKind::Report).await, [("Dana".to_owned(), true)]);
    let parts = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let answer = program(parts, "multipart/form-data; boundary=x").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(who_wants(&app, MailKind::Report).await, []);
}

#[tokio::test]
async fn a_link_to_refuse_mails_is_worth_nothing_changed_or_elsewhere() {
    let app = spawn_app().await;
    let token = token(&app, "dana@acme.test").await;
    let path = format!("/unsubscribe/{token}");
    assert_eq!(app.browser(SOUTH).get(&path).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        app.browser(SOUTH).post(&path, &[]).await.status(),
        StatusCode::NOT_FOUND
    );
    let changed = path.replace(&token[40..44], "AAAA");
    for wrong in [changed.as_str(), "/unsubscribe/x", &path[..path.len() - 4]] {
        assert_eq!(
            app.browser(NORTH).post(wrong, &[]).await.status(),
            StatusCode::NOT_FOUND,
            "{wrong}"
        );
    }
    assert_eq!(who_wants(&app, MailKind::Report).await.len(), 1);
}

#[tokio::test]
async fn a_mail_that_greylisting_delays_says_so_and_arrives() {
    let (app, server) = with_server().await;
    server.greylist(true);
    let id = queued(&app, MailKind::Report, "Service report").await;
    work(&app).await;
    let alice = app.alice().await;
    let page = text(&alice, &format!("/admin/mail/{id}")).await;
    assert!(page.contains("Tried, waiting") && page.contains("greylisted"), "{page}");
    app.site.clock.advance(Duration::seconds(5));
    work(&app).await;
    assert_eq!(server.mails().len(), 1);
}
