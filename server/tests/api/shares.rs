//! Share links: who has one reads one report, and nothing else.

use chrono::Duration;
use entity::{ShareLinkId, SlaReportId, share_link, share_use};
use reqwest::StatusCode;
use server::{domain::shares, web::area::Area};

use crate::{
    helpers::{Browser, NORTH, SOUTH, TestApp, assert_redirect, spawn_app},
    network::Seen,
    reports::report_of,
};

const PASSWORD: &str = "a word for the auditor";

/// A report of Acme's, at its address in the portal.
async fn reported(app: &TestApp) -> String {
    let router = app.add_router(app.north).await;
    let link = app.add_link(app.north, app.acme, router, "Depot").await;
    format!("/portal/reports/{}", report_of(app, link).await)
}

/// Shares the report, and gives the path of the link.
async fn share(browser: &Browser, report: &str, made_for: &str, password: &str) -> String {
    let form = [("made_for", made_for), ("days", "7"), ("share_password", password)];
    assert_redirect(&browser.post(&format!("{report}/shares"), &form).await, report);
    let page = Seen::of(browser.get(report).await).await;
    let url = page.value_of("#share-0");
    let (_, path) = url.split_once("/share/").unwrap();
    format!("/share/{path}")
}

impl Seen {
    fn value_of(&self, css: &str) -> String {
        self.attributes(css, "value").concat()
    }
}

#[tokio::test]
async fn whoever_has_the_link_reads_the_report_and_nothing_else() {
    let app = spawn_app().await;
    let report = reported(&app).await;
    let dana = app.dana().await;
    let path = share(&dana, &report, "Auditor", "").await;
    let nobody = app.browser(NORTH);
    let answer = nobody.get(&path).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["x-robots-tag"], "noindex, nofollow");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let page = Seen::of(answer).await;
    assert!(page.text().contains("Depot") && page.text().contains("Acme"));
    let links = page.attributes("main a", "href");
    assert_eq!(links, [format!("{path}.pdf")], "no way to anything else");
    assert_eq!(
        page.count(".columns > :only-child"),
        0,
        "no empty place beside anything"
    );
    let pdf = nobody.get(&format!("{path}.pdf")).await;
    assert_eq!(
        (pdf.status(), pdf.headers()["content-type"].to_str().unwrap()),
        (StatusCode::OK, "application/pdf")
    );
    assert_eq!(pdf.headers()["x-robots-tag"], "noindex, nofollow");
    // Each use is noted.
    let uses = app
        .site
        .db
        .tenant(app.north)
        .find::<share_use::Entity>()
        .count()
        .await
        .unwrap();
    assert_eq!(uses, 2);
    let page = Seen::of(dana.get(&report).await).await;
    assert!(page.text().contains("Used 2 times") && page.text().contains("127.0.0.1"));
    // Not on another tenant's host, not with another end, and not as another link's.
    // In the middle: the last character of a token has bits that say nothing.
    let middle = path.len() - 12;
    let other = if path.as_bytes()[middle] == b'x' { "y" } else { "x" };
    let mut forged = path.clone();
    forged.replace_range(middle..=middle, other);
    for (host, path) in [(SOUTH, &path), (NORTH, &forged), (NORTH, &"/share/x".to_owned())] {
        assert_eq!(
            app.browser(host).get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_link_that_has_ended_says_so_and_nothing_of_its_report() {
    let app = spawn_app().await;
    let report = reported(&app).await;
    let dana = app.dana().await;
    let gone = async |path: &str| {
        for path in [path.to_owned(), format!("{path}.pdf")] {
            let answer = app.browser(NORTH).get(&path).await;
            assert_eq!(answer.status(), StatusCode::GONE);
            let text = answer.text().await.unwrap();
            assert!(text.contains("This link has ended") && !text.contains("Depot") && !text.contains("Acme"));
        }
    };
    let path = share(&dana, &report, "Auditor", "").await;
    let rows = app.site.db.tenant(app.north);
    let link = rows.find::<share_link::Entity>().one().await.unwrap().unwrap();
    let revoke = format!("{report}/shares/{}/revoke", link.id);
    // Another client's user finds neither.
    assert_eq!(app.eve().await.post(&revoke, &[]).await.status(), StatusCode::NOT_FOUND);
    assert_redirect(&dana.post(&revoke, &[]).await, &report);
    assert_eq!(dana.post(&revoke, &[]).await.status(), StatusCode::CONFLICT);
    gone(&path).await;
    assert!(Seen::of(dana.get(&report).await).await.text().contains("Taken back"));
    let other = share(&dana, &report, "Bank", "").await;
    app.site.clock.advance(Duration::days(7));
    gone(&other).await;
    let log = app
        .alice()
        .await
        .get("/admin/audit?kind=report")
        .await
        .text()
        .await
        .unwrap();
    assert!(log.contains("share taken back") && log.contains("Auditor"));
}

#[tokio::test]
async fn a_password_is_asked_for_and_not_guessed_at_for_long() {
    let app = spawn_app().await;
    let report = reported(&app).await;
    let path = share(&app.dana().await, &report, "Auditor", PASSWORD).await;
    let browser = app.browser(NORTH);
    let question = browser.get(&path).await.text().await.unwrap();
    assert!(question.contains("A shared report") && !question.contains("Depot"));
    assert_redirect(&browser.get(&format!("{path}.pdf")).await, &path);
    let guess = async |password: &str| browser.post(&path, &[("password", password)]).await;
    assert_eq!(guess("not it").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_redirect(&guess(PASSWORD).await, &path);
    assert!(browser.get(&path).await.text().await.unwrap().contains("Depot"));
    assert_eq!(browser.get(&format!("{path}.pdf")).await.status(), StatusCode::OK);
    // The sign is of this link and of an hour.
    app.site.clock.advance(Duration::hours(1));
    assert!(!browser.get(&path).await.text().await.unwrap().contains("Depot"));
    for _ in 0..5 {
        assert_eq!(guess("not it").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(guess(PASSWORD).await.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn operators_and_owners_share_and_viewers_do_not() {
    let app = spawn_app().await;
    let report = reported(&app).await;
    let dora = app.signed_in(NORTH, Area::Portal, "dora@acme.test").await;
    let form = [("made_for", "Auditor"), ("days", "7")];
    let answer = dora.post(&format!("{report}/shares"), &form).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert_eq!(Seen::of(dora.get(&report).await).await.count("#made_for"), 0);
    let eve = app.eve().await.post(&format!("{report}/shares"), &form).await;
    assert_eq!(eve.status(), StatusCode::NOT_FOUND);
    let admin = report.replace("/portal", "/admin");
    let bob = app.bob().await.post(&format!("{admin}/shares"), &form).await;
    assert_eq!(bob.status(), StatusCode::FORBIDDEN);
    let path = share(&app.alice().await, &admin, "Auditor", "").await;
    assert_eq!(app.browser(NORTH).get(&path).await.status(), StatusCode::OK);
    let alice = app.alice().await;
    let wrong = [("made_for", ""), ("days", "91"), ("share_password", "short")];
    let answer = alice.post(&format!("{admin}/shares"), &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = Seen::of(answer).await;
    for field in ["made_for", "days", "share_password"] {
        assert_eq!(page.count(&format!("#{field}-error")), 1, "{field}");
    }
    assert_eq!(page.value("share_password").as_deref(), Some(""));
}

#[tokio::test]
async fn links_of_mails_are_counted_and_taken_back_together() {
    let app = spawn_app().await;
    let report = reported(&app).await;
    let id: SlaReportId = report.rsplit('/').next().unwrap().parse().unwrap();
    let (now, rows) = (app.site.clock.now(), app.site.db.begin(app.north).await.unwrap());
    for mail in ["dana@acme.test", "dora@acme.test"] {
        let until = now + Duration::days(30);
        shares::create_for_mail(&rows, id, mail, now, until).await.unwrap();
    }
    rows.commit().await.unwrap();
    let (alice, dana) = (app.alice().await, app.dana().await);
    let admin = report.replace("/portal", "/admin");
    let of_staff = share(&alice, &admin, "Auditor of the staff", "").await;
    let page = Seen::of(dana.get(&report).await).await;
    assert!(page.text().contains("2 links went out with mails"), "{}", page.text());
    assert_eq!(
        page.count("#share-0"),
        0,
        "neither colleagues' links nor those of staff"
    );
    assert!(!page.text().contains("Auditor of the staff") && !page.text().contains("dora@acme.test"));
    let rows = app.site.db.tenant(app.north);
    for link in shares::list(&rows, id).await.unwrap() {
        let answer = dana.post(&format!("{report}/shares/{}/revoke", link.id), &[]).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
    let mailed = format!("{report}/shares/mailed/revoke");
    assert_eq!(app.eve().await.post(&mailed, &[]).await.status(), StatusCode::NOT_FOUND);
    assert_redirect(&dana.post(&mailed, &[]).await, &report);
    assert_eq!(dana.post(&mailed, &[]).await.status(), StatusCode::CONFLICT);
    for link in shares::list(&rows, id).await.unwrap() {
        assert_eq!(link.revoked_at.is_some(), link.created_by.is_none());
    }
    assert_eq!(app.browser(NORTH).get(&of_staff).await.status(), StatusCode::OK);
    let log = alice.get("/admin/audit?kind=report").await.text().await.unwrap();
    assert!(log.contains("shares of mails taken back"));
}

#[tokio::test]
async fn a_link_to_a_revision_that_was_replaced_says_so() {
    let app = spawn_app().await;
    let report = reported(&app).await;
    let path = share(&app.dana().await, &report, "Auditor", "").await;
    let nobody = app.browser(NORTH);
    assert!(
        !nobody
            .get(&path)
            .await
            .text()
            .await
            .unwrap()
            .contains("Another revision counts")
    );
    let admin = report.replace("/portal", "/admin");
    let again = format!("{admin}/again");
    let made = app
        .alice()
        .await
        .post(&again, &[("reason", "Samples were lost.")])
        .await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    let page = Seen::of(nobody.get(&path).await).await;
    assert!(page.text().contains("Another revision counts"), "{}", page.text());
    assert_eq!(page.attributes("main a", "href"), [format!("{path}.pdf")]);
}

/// An open share link of some report of the north, for the walk.
pub(crate) async fn some_link(app: &TestApp, report: entity::SlaReportId) -> ShareLinkId {
    let (actor, account) = (
        server::domain::audit::Actor::system("tests"),
        app.account("dana@acme.test").await,
    );
    let draft = shares::Draft {
        made_for: "Auditor".to_owned(),
        days: "90".to_owned(),
        password: String::new(),
    };
    let (wanted, now) = (draft.check().unwrap(), app.site.clock.now());
    let rows = app.site.db.tenant(app.north);
    for link in shares::list(&rows, report).await.unwrap() {
        if shares::is_open(&link, now) {
            return link.id;
        }
    }
    shares::create(&app.site.db, app.north, (&actor, account), now, report, (wanted, None))
        .await
        .unwrap()
}
