//! `kill -9` in the middle of a month's run: started again, every report exists once and every mail was sent; if one came
//! twice, it has the same Message-ID. Real processes and a real mail server, on a clock that stands still.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    AccountId, TenantId, client, link, mail,
    mail::{MailKind, MailState},
    mail_preference, report_run, sla_report,
};
use fakes::smtp::{MailServer, MailServerSpec};
use sea_orm::{ActiveValue::Set, ColumnTrait, sea_query::Expr};
use server::{
    clock::Clock,
    config::{Settings, Smtp, SmtpSecurity},
    domain::{
        audit::Actor,
        identity::{Appointer, ClientRole, Cost, NewPerson, StaffRole},
    },
    site::Site,
    work::{
        mail::{Delivery, SendMail},
        queue::Queue,
        reports::{self, MakeReports, TellClient, TellClients},
        runner::Worked,
    },
};

use super::{DATABASE, FOLDER, NOW, own_database, set_up, settings};

/// Tells the child where the mail server is.
const MAIL_PORT: &str = "KILL_TEST_MAIL_PORT";

/// People who want each month's mail.
const PEOPLE: usize = 12;

/// Months, each killed once in its middle.
const MONTHS: u32 = 12;

fn mailing(folder: &Path, url: Option<String>, mail_port: u16) -> Settings {
    Settings {
        password_cost: Cost {
            memory: 64,
            passes: 1,
            lanes: 1,
        },
        smtp: Smtp {
            host: Some("127.0.0.1".to_owned()),
            port: Some(mail_port),
            security: SmtpSecurity::None,
            from: Some("portal@killed.test".to_owned()),
            ..Smtp::default()
        },
        ..settings(folder, url)
    }
}

/// Does nothing by itself: the other test runs this one in processes of their own, to kill them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_is_killed_while_it_reports() {
    let (Ok(folder), Ok(now), Ok(port)) = (env::var(FOLDER), env::var(NOW), env::var(MAIL_PORT)) else {
        return;
    };
    let settings = mailing(Path::new(&folder), env::var(DATABASE).ok(), port.parse().unwrap());
    let site = Site::open(settings, Clock::fixed(now.parse().unwrap()), false)
        .await
        .unwrap();
    let jobs = Queue::new(site.db.clone(), site.clock.clone(), site.jobs.clone())
        .with::<MakeReports>(site.clone())
        .with::<TellClients>(site.clone())
        .with::<TellClient>(site.clone());
    let mails = Queue::new(site.db.clone(), site.clock.clone(), site.mails.clone());
    let mails = mails.with::<SendMail>(Delivery::new(site.clone(), reports::files()));
    println!("\nworking");
    reports::step(&site).await.unwrap();
    while let (Worked::More, _) | (_, Worked::More) = tokio::try_join!(jobs.step(), mails.step()).unwrap() {}
    println!("\ndone");
}

struct Working {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Working {
    fn start(folder: &Path, url: Option<&str>, now: DateTime<Utc>, mail_port: u16) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args([
                "--exact",
                "reports::the_process_that_is_killed_while_it_reports",
                "--nocapture",
            ])
            .env(FOLDER, folder)
            .env(NOW, now.to_rfc3339())
            .env(MAIL_PORT, mail_port.to_string())
            .stdout(Stdio::piped());
        if let Some(url) = url {
            command.env(DATABASE, url);
        }
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn until(&mut self, said: &str) {
        assert!(
            self.lines.any(|line| line.unwrap() == said),
            "it ended without a word of {said}"
        );
    }

    /// SIGKILL: no handler runs.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// People at the one client, each of whom wants the mail of each month, without the PDF.
async fn people(site: &Site, tenant: TenantId) {
    let rows = site.db.tenant(tenant);
    let client = rows.find::<client::Entity>().one().await.unwrap().unwrap().id;
    let by = Appointer {
        actor: Actor::system("test"),
        role: StaffRole::Owner,
    };
    for number in 0..PEOPLE {
        let person = NewPerson {
            mail: format!("person-{number}@client.test"),
            name: format!("Person {number}"),
            password: "correct horse battery".to_owned(),
            zone: None,
        };
        let of = [client];
        let made = site
            .identity
            .create_client_user(tenant, &by, &of, person, ClientRole::Owner);
        without_pdf(site, tenant, made.await.unwrap().account).await;
    }
}

async fn without_pdf(site: &Site, tenant: TenantId, account: AccountId) {
    let row = mail_preference::ActiveModel {
        tenant_id: Set(tenant),
        account_id: Set(account),
        kind: Set(MailKind::Report),
        wanted: Set(true),
        attach_pdf: Set(false),
        changed_at: Set(DateTime::UNIX_EPOCH),
    };
    let rows = site.db.tenant(tenant);
    rows.insert_all::<mail_preference::Entity, _>([row]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_killed_in_a_months_run_leaves_each_report_once_and_each_mail_sent() {
    let folder = tempfile::tempdir().unwrap();
    let url = match env::var("TEST_DATABASE_URL") {
        Ok(server) => Some(own_database(&server, "reports").await),
        Err(_) => None,
    };
    let server = MailServer::start(MailServerSpec::default()).await.unwrap();
    let port = server.address().port();
    let begin: DateTime<Utc> = "2025-02-01T12:00:00Z".parse().unwrap();
    let settings = mailing(folder.path(), url.clone(), port);
    let site = Site::open(settings, Clock::fixed(begin), true).await.unwrap();
    let address = ([127, 0, 0, 1], 1).into();
    let (tenant, links) = set_up(&site, &[address; 6]).await;
    people(&site, tenant).await;
    let rows = site.db.tenant(tenant);
    let long_ago = [(link::Column::ActivatedAt, Expr::value(begin - TimeDelta::days(400)))];
    rows.update_where::<link::Entity>(link::Column::Id.is_not_null(), long_ago)
        .await
        .unwrap();

    let mut longest = Duration::from_millis(400);
    let (mut halves, mut known) = (0, BTreeSet::new());
    for round in 0..MONTHS {
        let now = begin + TimeDelta::days(31 * i64::from(round));
        let month = (now.date_naive() - TimeDelta::days(20)).format("%Y-%m").to_string();
        let mut first = Working::start(folder.path(), url.as_deref(), now, port);
        first.until("working");
        // Nothing tells of the steps: the moments are spread over all of them.
        std::thread::sleep(longest * (round * 37 % 101 + 5) / 100);
        first.kill();
        let all = rows.find::<mail::Entity>().all().await.unwrap();
        let waiting = all.iter().filter(|mail| mail.state == MailState::Queued).count();
        let reports = rows
            .find::<sla_report::Entity>()
            .filter(sla_report::Column::Month.eq(month.as_str()));
        let made = reports.count().await.unwrap();
        let is_over = made == links.len() as u64 && waiting == 0 && all.len() > known.len();
        halves += usize::from(made > 0 && !is_over);
        longest = if is_over { longest / 2 } else { longest * 5 / 4 };

        // When the leases of whoever was killed have ended.
        let mut second = Working::start(folder.path(), url.as_deref(), now + TimeDelta::hours(1), port);
        second.until("done");
        second.child.wait().unwrap();
        let reports = rows
            .find::<sla_report::Entity>()
            .filter(sla_report::Column::Month.eq(month.as_str()));
        let reports = reports.all().await.unwrap();
        let of_links: BTreeSet<_> = reports.iter().map(|report| report.link_id).collect();
        assert_eq!((reports.len(), of_links.len()), (links.len(), links.len()), "{month}");
        let run = rows.get::<report_run::Entity>(month.clone()).await.unwrap().unwrap();
        assert!(run.finished_at.is_some());

        let mut received: BTreeMap<String, usize> = BTreeMap::new();
        for mail in server.mails() {
            *received.entry(mail.header("Message-ID").unwrap()).or_default() += 1;
        }
        let sent = rows.find::<mail::Entity>().all().await.unwrap();
        let new: Vec<_> = sent.iter().filter(|mail| !known.contains(&mail.id)).collect();
        assert_eq!(new.len(), PEOPLE, "{month}: each is written to once");
        let mut twice = 0;
        for mail in &new {
            assert_eq!(mail.state, MailState::Sent, "{:?}", mail.last_error);
            let times = received.remove(&mail.message_id).unwrap_or(0);
            assert!(
                (1..=2).contains(&times),
                "{month}: {} came {times} times",
                mail.message_id
            );
            twice += times - 1;
        }
        assert!(twice <= 1, "{month}: {twice} mails came twice");
        known = sent.iter().map(|mail| mail.id).collect();
    }
    assert!(halves >= 2, "only {halves} of the months were killed in the middle");
}
