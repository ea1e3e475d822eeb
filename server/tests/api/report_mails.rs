//! What clients are written of a month: a missed target, the reports, and where to read them without signing in.

use entity::{mail, mail::MailKind};
use fakes::smtp::{MailServer, MailServerSpec};
use reqwest::StatusCode;
use sea_orm::Order;
use server::{
    config::{Settings, Smtp, SmtpSecurity},
    work::{
        mail::{Delivery, SendMail},
        queue::Queue,
        reports::{TellClient, files},
        runner::Nudge,
    },
};

use crate::{
    helpers::{NORTH, SOUTH, TestApp, spawn_app_with},
    reports::breached,
};

async fn with_server() -> (TestApp, MailServer) {
    let server = MailServer::start(MailServerSpec::default()).await.unwrap();
    let port = server.address().port();
    let app = spawn_app_with(move |settings: &mut Settings| {
        settings.allow_loopback = true;
        settings.public_url = Some(format!("http://{NORTH}"));
        settings.smtp = Smtp {
            host: Some("127.0.0.1".to_owned()),
            port: Some(port),
            security: SmtpSecurity::None,
            from: Some("portal@isp.test".to_owned()),
            ..Smtp::default()
        };
    });
    (app.await, server)
}

/// Tells Acme of April, as the month's run does.
async fn tell(app: &TestApp) {
    let tell = TellClient {
        month: "2026-04".to_owned(),
        client: app.acme,
        late: None,
    };
    let rows = app.site.db.tenant(app.north);
    tell.enqueue(&rows, app.site.clock.now()).await.unwrap();
    let queue = |nudge: Nudge| Queue::new(app.site.db.clone(), app.site.clock.clone(), nudge);
    let jobs = queue(Nudge::default()).with::<TellClient>(app.site.clone());
    jobs.step().await.unwrap();
    let delivery = Delivery::new(app.site.clone(), files());
    queue(Nudge::default()).with::<SendMail>(delivery).step().await.unwrap();
}

#[tokio::test]
async fn a_missed_target_and_the_reports_are_told_once_with_links_of_the_readers_own() {
    let (app, server) = with_server().await;
    breached(&app, "Depot <South>").await;
    tell(&app).await;
    tell(&app).await;
    let rows = app.site.db.tenant(app.north);
    let sent = rows.find::<mail::Entity>().order_by(mail::Column::Kind, Order::Asc);
    let sent = sent.all().await.unwrap();
    let kinds: Vec<_> = sent.iter().map(|mail| (mail.kind, mail.subject.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (MailKind::Breach, "One link missed a target in April 2026"),
            (MailKind::Report, "SLA reports April 2026: one link missed a target"),
        ],
        "Dana owns Acme; whoever else is there has not asked for mails, and nobody is told twice"
    );
    let mails = server.mails();
    assert_eq!(mails.len(), 2);
    let of_kind = |subject: &str| {
        let found = mails
            .iter()
            .find(|mail| mail.header("Subject").unwrap().contains(subject));
        found.unwrap()
    };
    let breach = of_kind("missed a target in April 2026").text("text/plain").unwrap();
    for words in [
        "Depot <South>",
        "99.768\u{a0}% (at least 99.9\u{a0}%)",
        "1\u{a0}h 40\u{a0}min",
        "proposed",
    ] {
        assert!(breach.contains(words), "{words:?} is not in\n{breach}");
    }
    let html = of_kind("missed a target in April 2026").text("text/html").unwrap();
    assert!(
        html.contains("Depot &lt;South&gt;") && !html.contains("Depot <South>"),
        "{html}"
    );
    let report = of_kind("SLA reports April 2026");
    let pdf = report
        .parts()
        .into_iter()
        .find(|part| part.content_type == "application/pdf")
        .unwrap();
    assert!(pdf.body.starts_with(b"%PDF-1.7") && pdf.file.unwrap().starts_with("sla-report-depot-south-2026-04"));
    for header in ["List-Unsubscribe", "List-Unsubscribe-Post"] {
        assert!(report.header(header).is_some(), "{header}");
    }

    // Whoever has the link reads the report, and nothing of money, without signing in.
    let text = report.text("text/plain").unwrap();
    let links: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once("/share/").map(|(_, token)| token))
        .collect();
    assert_eq!(links.len(), 1);
    let anyone = app.browser(NORTH);
    let page = anyone.get(&format!("/share/{}", links[0])).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(page.headers()["x-robots-tag"], "noindex, nofollow");
    let page = page.text().await.unwrap();
    assert!(page.contains("99.768") && !page.contains("EUR"), "{page}");
    let pdf = anyone.get(&format!("/share/{}.pdf", links[0])).await;
    assert_eq!(pdf.status(), StatusCode::OK);
    let elsewhere = app.browser(SOUTH).get(&format!("/share/{}", links[0])).await;
    assert_eq!(elsewhere.status(), StatusCode::NOT_FOUND);
    let breach_link = breach.lines().find_map(|line| line.split_once("/share/")).unwrap().1;
    assert_ne!(breach_link, links[0], "each mail has its own");
}
