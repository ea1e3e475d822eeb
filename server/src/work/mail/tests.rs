//! Sending, against a real mail server that misbehaves on purpose.

use std::sync::Arc;

use chrono::{DateTime, Duration};
use entity::{AccountId, TenantId, account, audit_entry, job, job::JobState, mail::MailKind};
use fakes::smtp::{MailServer, MailServerSpec, Privacy};
use sea_orm::ActiveValue::Set;
use secrecy::SecretString;

use super::*;
use crate::{
    clock::Clock,
    config::{Settings, Smtp, SmtpSecurity},
    domain::{
        audit::Actor,
        mail::{Addressee, Letterhead, letter::Letter, outbox, settings, test_letter},
        typed::Typed,
    },
    testing::{Scratch, open_site_with, scratch_tenant, scratch_url},
    work::{queue::Queue, runner::Nudge},
};

struct Ground {
    site: Site,
    tenant: TenantId,
    server: MailServer,
    account: AccountId,
    files: Files,
    _folder: tempfile::TempDir,
    _scratch: Scratch,
}

impl Ground {
    async fn with(spec: MailServerSpec, change: impl FnOnce(&mut Settings, &MailServer)) -> Self {
        let server = MailServer::start(spec).await.unwrap();
        let (url, scratch) = scratch_url().await;
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(DateTime::UNIX_EPOCH);
        let site = open_site_with(&url, folder.path(), clock, |settings| {
            settings.smtp = Smtp {
                host: Some("127.0.0.1".to_owned()),
                port: Some(server.address().port()),
                security: SmtpSecurity::None,
                from: Some("portal@north.test".to_owned()),
                ..Smtp::default()
            };
            change(settings, &server);
        })
        .await;
        let tenant = scratch_tenant(&site.db, "north").await;
        let account = account::ActiveModel {
            id: Set(AccountId::new()),
            mail: Set("dana@acme.test".to_owned()),
            name: Set("Dana".to_owned()),
            password_hash: Set(String::new()),
            must_change_password: Set(false),
            zone: Set(None),
            created_at: Set(DateTime::UNIX_EPOCH),
            last_sign_in_at: Set(None),
            disabled_at: Set(None),
            ..Default::default()
        };
        let account = site
            .db
            .tenant(tenant)
            .insert::<account::Entity, _>(account)
            .await
            .unwrap();
        Self {
            site,
            tenant,
            server,
            account: account.id,
            files: nothing(),
            _folder: folder,
            _scratch: scratch,
        }
    }

    async fn new() -> Self {
        Self::with(MailServerSpec::default(), |_, _| {}).await
    }

    async fn queue_to(&self, name: &str, address: &str, change: impl FnOnce(&mut Letter)) -> MailId {
        let head = Letterhead::of(&self.site, self.tenant).await.unwrap();
        let mut letter = test_letter(&head);
        change(&mut letter);
        let to = Addressee {
            account: self.account,
            client: None,
            name: name.to_owned(),
            address: address.to_owned(),
        };
        let rows = self.site.db.begin(self.tenant).await.unwrap();
        let message = head.write(&letter, &to);
        let id = outbox::queue(&rows, &message, self.site.clock.now(), None)
            .await
            .unwrap();
        rows.commit().await.unwrap();
        id.unwrap()
    }

    async fn queue(&self) -> MailId {
        self.queue_to("Dana", "dana@acme.test", |_| {}).await
    }

    /// Does what is due.
    async fn work(&self) {
        let delivery = Delivery::new(self.site.clone(), self.files.clone());
        let queue = Queue::new(self.site.db.clone(), self.site.clock.clone(), Nudge::default());
        queue.with::<SendMail>(delivery).step().await.unwrap();
    }

    async fn row(&self, id: MailId) -> mail::Model {
        let rows = self.site.db.tenant(self.tenant);
        rows.get::<mail::Entity>(id).await.unwrap().unwrap()
    }

    async fn change_settings(&self, pairs: &[(&str, &str)]) {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let (site, actor) = (&self.site, Actor::system("test"));
        let typed = Typed::new(pairs);
        settings::change(&site.db, &site.keyring, self.tenant, &actor, site.clock.now(), &typed)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_mail_arrives_with_both_texts_and_the_headers_that_it_needs() {
    let ground = Ground::new().await;
    let id = ground
        .queue_to("Jürgen Müller 東京", "dana@acme.test", |letter| {
            letter.kind = MailKind::Report;
            letter.subject = "Bericht für März: Köln–Zürich".to_owned();
        })
        .await;
    ground.work().await;
    let row = ground.row(id).await;
    assert_eq!((row.state, row.attempts, row.last_error), (MailState::Sent, 1, None));
    let mail = ground.server.mails().remove(0);
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        ("portal@north.test", &["dana@acme.test".to_owned()][..])
    );
    let header = |name| mail.header(name).unwrap_or_default();
    assert_eq!(header("From"), "north <portal@north.test>");
    assert_eq!(header("To"), "Jürgen Müller 東京 <dana@acme.test>");
    assert_eq!(header("Subject"), "Bericht für März: Köln–Zürich");
    assert_eq!(header("Message-ID"), format!("<{id}@north.test>"));
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert_eq!(header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let url = row.unsubscribe_url.unwrap();
    assert_eq!(header("List-Unsubscribe"), format!("<{url}>"));
    assert_eq!(mail.text("text/plain").unwrap(), row.text_body);
    assert_eq!(mail.text("text/html").unwrap(), row.html_body);
    assert!(mail.raw.is_ascii(), "every server takes it");
}

#[tokio::test]
async fn what_is_greylisted_is_tried_again_as_the_same_mail() {
    let ground = Ground::new().await;
    ground.server.greylist(true);
    let id = ground.queue().await;
    ground.work().await;
    let row = ground.row(id).await;
    assert_eq!((row.state, row.attempts), (MailState::Queued, 1));
    assert!(row.last_error.unwrap().contains("greylisted"));
    ground.work().await;
    assert_eq!(ground.row(id).await.attempts, 1, "not at once");
    ground.site.clock.advance(Duration::seconds(3));
    ground.work().await;
    let row = ground.row(id).await;
    assert_eq!((row.state, row.attempts, row.last_error), (MailState::Sent, 2, None));
    assert_eq!(ground.server.mails().len(), 1);
}

#[tokio::test]
async fn what_is_refused_fails_and_can_be_sent_again() {
    let ground = Ground::new().await;
    ground.server.refuse("dana@acme.test");
    let id = ground.queue().await;
    ground.work().await;
    let row = ground.row(id).await;
    assert_eq!((row.state, row.attempts), (MailState::Failed, 1));
    assert!(row.last_error.unwrap().contains("no such mailbox"));
    ground.server.clear();
    let (site, actor) = (&ground.site, Actor::system("test"));
    let again = async |id| outbox::again(&site.db, ground.tenant, &actor, site.clock.now(), id).await;
    assert_eq!(again(id).await.unwrap(), id);
    assert!(matches!(again(id).await, Err(outbox::Error::Conflict)));
    ground.work().await;
    assert_eq!(ground.row(id).await.state, MailState::Sent);
    let copy = again(id).await.unwrap();
    assert_ne!(copy, id, "what was sent is sent as another mail");
    ground.work().await;
    let mails = ground.server.mails();
    assert_eq!(mails.len(), 2);
    assert_ne!(mails[0].header("Message-ID"), mails[1].header("Message-ID"));
    assert_eq!(mails[0].text("text/plain"), mails[1].text("text/plain"));
    let rows = site.db.tenant(ground.tenant);
    let entries = rows.find::<audit_entry::Entity>();
    assert_eq!(entries.count().await.unwrap(), 2);
}

#[tokio::test]
async fn an_answer_that_is_lost_brings_a_mail_twice_with_one_id() {
    let ground = Ground::new().await;
    ground.server.drop_after_data(1);
    let id = ground.queue().await;
    ground.work().await;
    assert_eq!(ground.row(id).await.state, MailState::Queued);
    ground.site.clock.advance(Duration::seconds(3));
    ground.work().await;
    ground.work().await;
    assert_eq!(ground.row(id).await.state, MailState::Sent);
    let mails = ground.server.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].raw, mails[1].raw);
}

#[tokio::test]
async fn a_job_that_runs_again_after_its_mail_was_sent_sends_nothing() {
    let ground = Ground::new().await;
    let id = ground.queue().await;
    let delivery = Delivery::new(ground.site.clone(), ground.files.clone());
    for _ in 0..2 {
        SendMail { mail: id }.run(&delivery, ground.tenant).await.unwrap();
    }
    // And so does the job that was queued.
    ground.work().await;
    assert_eq!((ground.server.mails().len(), ground.row(id).await.attempts), (1, 1));
}

#[tokio::test]
async fn mails_share_a_connection() {
    let ground = Ground::new().await;
    ground.queue().await;
    ground.work().await;
    ground.queue().await;
    ground.work().await;
    assert_eq!((ground.server.mails().len(), ground.server.connections()), (2, 1));
}

#[tokio::test]
async fn a_server_that_is_silent_is_left_alone_until_its_settings_change() {
    let ground = Ground::new().await;
    ground.server.close_at_once(true);
    let first = ground.queue().await;
    ground.work().await;
    let second = ground.queue().await;
    ground.work().await;
    assert_eq!(ground.server.connections(), 1, "nobody asked again");
    for id in [first, second] {
        let row = ground.row(id).await;
        assert!(row.state == MailState::Queued && row.last_error.is_some());
    }
    ground.server.clear();
    let port = ground.server.address().port().to_string();
    ground
        .change_settings(&[
            ("server", "own"),
            ("host", "127.0.0.1"),
            ("port", &port),
            ("security", "none"),
            ("from_address", "noc@own.test"),
            ("from_name", "Northern NOC"),
            ("reply_to", "help@own.test"),
        ])
        .await;
    ground.site.clock.advance(Duration::seconds(3));
    ground.work().await;
    let mails = ground.server.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].header("From").unwrap(), "\"Northern NOC\" <noc@own.test>");
    assert_eq!(mails[0].header("Reply-To").unwrap(), "help@own.test");
}

#[tokio::test]
async fn names_make_no_headers() {
    let ground = Ground::new().await;
    let name = "Dana\r\nBcc: eve@evil.test\r\n\r\nHello";
    ground
        .queue_to(name, "dana@acme.test", |letter| letter.subject = name.to_owned())
        .await;
    ground.work().await;
    let mail = ground.server.mails().remove(0);
    assert_eq!((mail.to.len(), mail.count("Bcc")), (1, 0));
    assert_eq!(mail.header("Subject").unwrap(), "Dana Bcc: eve@evil.test Hello");
}

#[tokio::test]
async fn files_are_made_when_the_mail_is_sent() {
    let mut ground = Ground::new().await;
    ground.files = Arc::new(|_, _, attachment| {
        Box::pin(async move {
            Ok(File {
                name: "Bericht März.pdf".to_owned(),
                content_type: "application/pdf",
                bytes: format!("%PDF {attachment:?}").into_bytes(),
            })
        })
    });
    let report = Attachment::Report(uuid::Uuid::nil());
    ground
        .queue_to("Dana", "dana@acme.test", |letter| {
            letter.attachments = vec![report.clone()]
        })
        .await;
    ground.work().await;
    let parts = ground.server.mails().remove(0).parts();
    let kinds: Vec<_> = parts.iter().map(|part| part.content_type.as_str()).collect();
    assert_eq!(kinds, ["text/plain", "text/html", "application/pdf"]);
    assert_eq!(parts[2].body, format!("%PDF {report:?}").into_bytes());
    ground.files = nothing();
    let id = ground
        .queue_to("Dana", "dana@acme.test", |letter| letter.attachments = vec![report])
        .await;
    ground.work().await;
    assert_eq!(ground.row(id).await.state, MailState::Failed, "never without its file");
}

#[tokio::test]
async fn passwords_are_said_over_tls_alone_and_a_wrong_one_loses_no_mail() {
    for (privacy, security) in [
        (Privacy::Starttls, SmtpSecurity::Starttls),
        (Privacy::Tls, SmtpSecurity::Tls),
    ] {
        let spec = || MailServerSpec {
            privacy,
            account: Some(("north".to_owned(), "s3cret".to_owned())),
            ..MailServerSpec::default()
        };
        let set_up = |password: &'static str, believe: bool| {
            move |settings: &mut Settings, server: &MailServer| {
                settings.smtp.security = security;
                settings.smtp.username = Some("north".to_owned());
                settings.smtp.password = Some(SecretString::from(password));
                settings.smtp.ca_pem = believe.then(|| server.certificate_pem().to_owned());
            }
        };
        let right = Ground::with(spec(), set_up("s3cret", true)).await;
        let id = right.queue().await;
        right.work().await;
        let row = right.row(id).await;
        assert_eq!(row.state, MailState::Sent, "{:?}", row.last_error);
        for (password, believe, why) in [
            ("wrong", true, "wrong user or password"),
            ("s3cret", false, "ertificate"),
        ] {
            let wrong = Ground::with(spec(), set_up(password, believe)).await;
            let id = wrong.queue().await;
            wrong.work().await;
            let row = wrong.row(id).await;
            assert_eq!(row.state, MailState::Queued);
            assert!(row.last_error.as_ref().unwrap().contains(why), "{:?}", row.last_error);
        }
    }
    let open = Ground::with(MailServerSpec::default(), |settings, _| {
        settings.smtp.security = SmtpSecurity::Starttls;
    })
    .await;
    let id = open.queue().await;
    open.work().await;
    assert!(open.row(id).await.last_error.unwrap().contains("STARTTLS"));
    assert!(open.server.mails().is_empty());
}

#[tokio::test]
async fn a_tenants_own_server_lies_where_it_may() {
    let ground = Ground::with(MailServerSpec::default(), |settings, _| settings.allow_loopback = false).await;
    let port = ground.server.address().port().to_string();
    let own = [
        ("server", "own"),
        ("host", "localhost"),
        ("port", port.as_str()),
        ("security", "none"),
        ("from_address", "noc@own.test"),
    ];
    ground.change_settings(&own).await;
    let id = ground.queue().await;
    ground.work().await;
    let row = ground.row(id).await;
    assert!(row.last_error.unwrap().contains("this machine itself"));
    assert_eq!(ground.server.connections(), 0);
}

#[tokio::test]
async fn without_a_mail_server_a_mail_fails_and_waits_for_somebody() {
    let ground = Ground::with(MailServerSpec::default(), |settings, _| settings.smtp = Smtp::default()).await;
    let id = ground.queue().await;
    ground.work().await;
    let row = ground.row(id).await;
    assert_eq!(row.state, MailState::Failed);
    assert_eq!(row.last_error.as_deref(), Some("no mail server is set up"));
}

#[tokio::test]
async fn a_mail_is_given_up_after_about_a_day() {
    let ground = Ground::new().await;
    ground.server.close_at_once(true);
    let id = ground.queue().await;
    let begun = ground.site.clock.now();
    while ground.row(id).await.state == MailState::Queued {
        ground.site.clock.advance(Duration::minutes(10));
        ground.work().await;
    }
    assert_eq!(ground.row(id).await.attempts, SendMail::ATTEMPTS);
    assert!(ground.site.clock.now() - begun > Duration::hours(20));
}

#[tokio::test]
async fn a_mail_whose_tries_never_came_to_an_end_fails_too_and_can_be_sent_again() {
    let ground = Ground::new().await;
    let id = ground.queue().await;
    let rows = ground.site.db.tenant(ground.tenant);
    // Each process that tried it was killed while it did.
    let running = [
        (job::Column::State, Expr::value(JobState::Running)),
        (job::Column::Attempts, Expr::value(SendMail::ATTEMPTS)),
        (job::Column::LeaseUntil, Expr::value(ground.site.clock.now())),
    ];
    rows.update_where::<job::Entity>(job::Column::Kind.eq(SendMail::KIND), running)
        .await
        .unwrap();
    ground.work().await;
    assert_eq!(ground.server.connections(), 0);
    let row = ground.row(id).await;
    assert_eq!(row.state, MailState::Failed);
    assert_eq!(
        row.last_error.as_deref(),
        Some("given up after 180 attempts that did not end")
    );
    let (site, actor) = (&ground.site, Actor::system("test"));
    outbox::again(&site.db, ground.tenant, &actor, site.clock.now(), id)
        .await
        .unwrap();
    assert_eq!(ground.row(id).await.state, MailState::Queued);
    ground.work().await;
    assert_eq!(ground.row(id).await.state, MailState::Sent);
}

#[tokio::test]
async fn the_same_key_queues_one_mail() {
    let ground = Ground::new().await;
    let head = Letterhead::of(&ground.site, ground.tenant).await.unwrap();
    let to = Addressee {
        account: ground.account,
        client: None,
        name: "Dana".to_owned(),
        address: "dana@acme.test".to_owned(),
    };
    let message = head.write(&test_letter(&head), &to);
    let queue = async || {
        let rows = ground.site.db.begin(ground.tenant).await.unwrap();
        let key = Some("report/2026-04/acme".to_owned());
        let id = outbox::queue(&rows, &message, ground.site.clock.now(), key)
            .await
            .unwrap();
        rows.commit().await.unwrap();
        id
    };
    assert!(queue().await.is_some());
    assert!(queue().await.is_none());
    ground.work().await;
    assert!(queue().await.is_none(), "nor once it was sent");
    assert_eq!(ground.server.mails().len(), 1);
}

#[test]
fn what_is_missing_of_a_mail_server_is_said() {
    let smtp = |change: fn(&mut Smtp)| {
        let mut smtp = Smtp {
            host: Some("mail.test".to_owned()),
            from: Some("portal@north.test".to_owned()),
            ..Smtp::default()
        };
        change(&mut smtp);
        route::installation(&smtp).map(|route| route.map(|(server, _)| server.port))
    };
    assert_eq!(smtp(|_| {}).unwrap(), Some(587));
    assert_eq!(smtp(|smtp| smtp.security = SmtpSecurity::Tls).unwrap(), Some(465));
    assert_eq!(smtp(|smtp| *smtp = Smtp::default()).unwrap(), None);
    for (change, said) in [
        ((|smtp| smtp.from = None) as fn(&mut Smtp), "--smtp-from"),
        (|smtp| smtp.from = Some("north".to_owned()), "--smtp-from"),
        (|smtp| smtp.username = Some("north".to_owned()), "--smtp-password-file"),
        (|smtp| smtp.ca_pem = Some("north".to_owned()), "--smtp-ca-file"),
        (|smtp| smtp.host = None, "--smtp-host"),
    ] {
        let error = smtp(change).unwrap_err();
        assert!(format!("{error:#}").contains(said), "{error:#}");
    }
}

/// Where nothing can be attached.
fn nothing() -> Files {
    Arc::new(|_, _, attachment| {
        let error = anyhow::anyhow!("there is nothing that makes {attachment:?}");
        Box::pin(async move { Err(JobError::fail(error)) })
    })
}
