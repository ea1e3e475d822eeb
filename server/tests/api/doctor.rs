//! `mainstay doctor`, the real binary: it finds each thing that can be wrong with what is kept, and nothing else.

use std::process::Command;

use entity::{day_summary, router, sample, sample_block};
use sea_orm::{ColumnTrait, Condition, Order, sea_query::Expr};
use serde_json::Value;
use server::domain::links::{
    block::{self, Course, Day, Part},
    days, store,
};

use crate::{
    helpers::at_start,
    samples::{Carrying, DAY, noisy},
};

impl Carrying {
    fn doctor(&self, format: &str) -> (Option<i32>, String, String) {
        self.doctor_with(&["--format", format])
    }

    fn doctor_with(&self, more: &[&str]) -> (Option<i32>, String, String) {
        let settings = &self.app.site.settings;
        let output = Command::new(env!("CARGO_BIN_EXE_mainstay"))
            .args(["doctor", "--data"])
            .arg(&settings.data)
            .args(more)
            .args(["--database-url", &settings.database_url])
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    /// Seals these many days of samples.
    async fn sealed(days: i32) -> Self {
        let carrying = Self::start().await;
        let rows = carrying.app.site.db.begin(carrying.app.north).await.unwrap();
        let samples = noisy(days);
        for day in (DAY..DAY + days).map(Day::from_number) {
            let of_day: Vec<_> = samples
                .iter()
                .filter(|sample| Day::of(sample.slot) == day)
                .copied()
                .collect();
            days::seal_with(&rows, carrying.link, day, &of_day, at_start())
                .await
                .unwrap();
        }
        rows.commit().await.unwrap();
        carrying
    }

    async fn change_block(&self, day: i32, column: sample_block::Column, value: impl Into<Expr>) {
        let rows = self.app.site.db.tenant(self.app.north);
        rows.update_where::<sample_block::Entity>(sample_block::Column::Day.eq(day), [(column, value.into())])
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_takes_no_mail_is_found() {
    use fakes::smtp::{MailServer, MailServerSpec};
    let carrying = Carrying::sealed(1).await;
    let server = MailServer::start(MailServerSpec::default()).await.unwrap();
    let port = server.address().port().to_string();
    let from = [
        "--smtp-host",
        "127.0.0.1",
        "--smtp-port",
        &port,
        "--smtp-from",
        "portal@north.test",
    ];
    // It runs beside the server that it asks.
    let ask = |security: &'static str| {
        let carrying = &carrying;
        tokio::task::block_in_place(move || carrying.doctor_with(&[&from[..], &["--smtp-security", security]].concat()))
    };
    let (code, said, errors) = ask("none");
    assert_eq!(code, Some(0), "{said}{errors}");
    assert!(said.contains("1 mail servers were tried."), "{said}");
    assert!(server.mails().is_empty());
    let (code, said, _) = ask("starttls");
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("mail server 127.0.0.1") && said.contains("STARTTLS") && said.contains("--smtp"),
        "{said}"
    );
}

#[tokio::test]
async fn a_doctor_finds_nothing_where_nothing_is_wrong() {
    let carrying = Carrying::sealed(2).await;
    let (code, said, errors) = carrying.doctor("text");
    assert_eq!(code, Some(0), "{said}{errors}");
    let samples = noisy(2).len();
    let (space, read) = said.rsplit_once("free for the database.\n").unwrap_or(("", &said));
    assert_eq!(
        read,
        format!("{samples} samples in 2 blocks of 1 links and 1 secrets were read; 0 findings.\n")
    );
    let sqlite = carrying.app.site.settings.database_url.starts_with("sqlite:");
    assert_eq!(
        (space.contains(" GiB of space are "), space.lines().count()),
        (sqlite, sqlite.into())
    );
}

#[tokio::test]
async fn a_doctor_finds_each_thing_that_is_wrong() {
    let carrying = Carrying::sealed(10).await;
    let rows = carrying.app.site.db.tenant(carrying.app.north);
    let of_day = |day: i32| day_summary::Column::Day.eq(DAY + day);

    // A block of other samples, packed as it should be: its checksum can't tell, its digest does.
    let samples = noisy(1);
    let mut forged = samples.clone();
    forged[1].probes_received = 5;
    carrying
        .change_block(DAY, sample_block::Column::Bytes, Expr::value(block::write(&forged)))
        .await;
    let broken = Expr::value(vec![1_u8, 2, 3]);
    carrying
        .change_block(DAY + 1, sample_block::Column::Bytes, broken)
        .await;
    carrying
        .change_block(DAY + 2, sample_block::Column::Samples, Expr::value(7))
        .await;
    rows.delete_where::<day_summary::Entity>(of_day(3)).await.unwrap();
    let other = [(day_summary::Column::UpSlots, Expr::value(1_000_i64))];
    rows.update_where::<day_summary::Entity>(of_day(4), other)
        .await
        .unwrap();
    let other = [(day_summary::Column::Hours, Expr::value(vec![0_u8]))];
    rows.update_where::<day_summary::Entity>(of_day(5), other)
        .await
        .unwrap();
    rows.delete_where::<sample_block::Entity>(sample_block::Column::Day.eq(DAY + 6))
        .await
        .unwrap();
    let transaction = carrying.app.site.db.begin(carrying.app.north).await.unwrap();
    days::open(&transaction, carrying.link, Day::from_number(DAY + 7))
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    let kept = rows
        .find::<sample_block::Entity>()
        .filter(sample_block::Column::Day.eq(DAY + 8));
    let kept = kept.one().await.unwrap().unwrap();
    let open = block::read(&kept.bytes, Day::from_number(DAY + 8), Part::Whole).unwrap();
    let open = open
        .iter()
        .map(|sample| store::to_row(carrying.app.north, carrying.link, sample));
    rows.insert_all::<sample::Entity, _>(open.collect::<Vec<_>>())
        .await
        .unwrap();
    rows.delete_where::<sample_block::Entity>(sample_block::Column::Day.eq(DAY + 8))
        .await
        .unwrap();
    rows.delete_where::<day_summary::Entity>(of_day(8)).await.unwrap();
    let other = block::write_course(&Course::default(), Day::from_number(DAY + 9));
    let other = [(day_summary::Column::Course, Expr::value(other))];
    rows.update_where::<day_summary::Entity>(of_day(9), other)
        .await
        .unwrap();
    let sealed = [(router::Column::PasswordSealed, Expr::value(vec![9_u8; 40]))];
    rows.update_where::<router::Entity>(Condition::all(), sealed)
        .await
        .unwrap();

    let (code, said, errors) = carrying.doctor("json");
    assert_eq!(code, Some(1), "{errors}");
    let report: Value = serde_json::from_str(&said).unwrap();
    let found: Vec<_> = report["findings"].as_array().unwrap().iter().collect();
    assert!(
        found[0]["wrong"]
            .as_str()
            .unwrap()
            .starts_with("the router's password can't be opened")
    );
    let days: Vec<_> = found[1..]
        .iter()
        .map(|finding| (finding["day"].as_str().unwrap(), finding["wrong"].as_str().unwrap()))
        .collect();
    let wrong = [
        (
            "2025-01-01",
            "its samples are not those that were sealed: the digest is another",
        ),
        ("2025-01-02", "its block can't be read: it "),
        ("2025-01-03", "its block holds 281 samples and should hold 7"),
        ("2025-01-04", "there is no summary beside its block"),
        ("2025-01-05", "its summary does not say what its samples come to"),
        (
            "2025-01-06",
            "the hours of its summary do not say what its samples come to",
        ),
        ("2025-01-07", "there is a summary without a block"),
        (
            "2025-01-08",
            "it was opened for samples that came late and is not sealed again",
        ),
        ("2025-01-09", "it has been over for hours and is not sealed"),
        (
            "2025-01-10",
            "the course of its summary does not say how its samples went",
        ),
    ];
    assert_eq!(days.len(), wrong.len(), "{days:?}");
    for (found, wrong) in days.iter().zip(wrong) {
        assert!(
            found.0 == wrong.0 && found.1.starts_with(wrong.1),
            "{found:?} is not {wrong:?}"
        );
    }

    let (code, said, _) = carrying.doctor("text");
    assert_eq!(code, Some(1));
    let line = "north, Berlin, 2025-01-01: its samples are not those that were sealed: the digest is another; restore";
    assert!(said.contains(line), "{said}");
}

#[tokio::test]
async fn a_doctor_makes_no_master_key_and_no_database() {
    let carrying = Carrying::start().await;
    let key = &carrying.app.site.settings.master_key_file;
    std::fs::remove_file(key).unwrap();
    let (code, said, errors) = carrying.doctor("text");
    assert_eq!((code, said.as_str()), (Some(1), ""));
    assert!(errors.contains("there is no master key in "), "{errors}");
    assert!(!key.exists());
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("master.key"), "0".repeat(64)).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mainstay"))
        .args(["doctor", "--data"])
        .arg(elsewhere.path())
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("the database can't be opened")
    );
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_doctor_makes_summaries_anew_and_leaves_blocks_and_what_has_none_alone() {
    let carrying = Carrying::sealed(5).await;
    let rows = carrying.app.site.db.tenant(carrying.app.north);
    let of_day = |day: i32| day_summary::Column::Day.eq(DAY + day);
    let summaries = async || {
        let all = rows.find::<day_summary::Entity>();
        all.order_by(day_summary::Column::Day, Order::Asc).all().await.unwrap()
    };
    let (summaries_before, blocks_before) = (summaries().await, carrying.blocks().await);
    rows.delete_where::<day_summary::Entity>(of_day(0)).await.unwrap();
    let wrong = [(day_summary::Column::UpSlots, Expr::value(1_000_i64))];
    rows.update_where::<day_summary::Entity>(of_day(1), wrong)
        .await
        .unwrap();
    let wrong = [(day_summary::Column::Hours, Expr::value(vec![0_u8]))];
    rows.update_where::<day_summary::Entity>(of_day(2), wrong)
        .await
        .unwrap();
    let wrong = [(day_summary::Column::Course, Expr::value(vec![0_u8]))];
    rows.update_where::<day_summary::Entity>(of_day(4), wrong)
        .await
        .unwrap();
    assert_eq!(carrying.doctor("text").0, Some(1));

    let (code, said, errors) = carrying.doctor_with(&["--repair-summaries"]);
    assert_eq!(code, Some(0), "{said}{errors}");
    let line = "north, Berlin, 2025-01-01: there is no summary beside its block; it was made anew from the block.\n";
    assert!(said.contains(line), "{said}");
    assert_eq!(said.matches("it was made anew").count(), 4, "{said}");
    assert_eq!(summaries().await, summaries_before);
    assert_eq!(carrying.blocks().await, blocks_before);
    assert_eq!(carrying.doctor("text").0, Some(0));

    // A summary whose block can't be believed stays as it is.
    carrying
        .change_block(DAY + 3, sample_block::Column::Samples, Expr::value(7))
        .await;
    let wrong = [(day_summary::Column::UpSlots, Expr::value(1_000_i64))];
    rows.update_where::<day_summary::Entity>(of_day(3), wrong)
        .await
        .unwrap();
    let before = summaries().await;
    assert_eq!(carrying.doctor_with(&["--repair-summaries"]).0, Some(1));
    assert_eq!(summaries().await, before);
}
