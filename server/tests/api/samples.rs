//! `mainstay samples`, the real binary: what it says, and that samples carried elsewhere are the same to the byte.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use entity::{
    LinkId, day_summary, link, link_edge,
    link_edge::EdgeSource,
    sample::{self, LinkCondition},
    sample_block,
};
use reqwest::StatusCode;
use sea_orm::{ActiveValue::Set, ColumnTrait, Order, sea_query::Expr};
use server::domain::links::{
    block::{Day, SLOTS},
    days,
    slot::{Counters, Jitter, Latency, Sample, SampleState, Slot},
    store,
};
use server::work::retention;

use crate::{
    helpers::{TestApp, assert_redirect, at_start, spawn_app},
    network::{self, Seen},
};

/// 1 January 2025.
pub(crate) const DAY: i32 = 20_089;

const HEADER: &str = "link,slot,state,latency_min_ms,latency_avg_ms,latency_max_ms,jitter_ms,sent,received,\
    rx_octets,tx_octets,rx_packets,tx_packets,errors,drops,flaps,down_seconds";

/// A program with one link, and files to carry in and out.
pub(crate) struct Carrying {
    pub(crate) app: TestApp,
    pub(crate) link: LinkId,
    files: tempfile::TempDir,
}

impl Carrying {
    pub(crate) async fn start() -> Self {
        let app = spawn_app().await;
        let link = network::link(&app).await;
        let name = [(link::Column::Name, Expr::value("Berlin"))];
        let rows = app.site.db.tenant(app.north);
        rows.update_where::<link::Entity>(link::Column::Id.eq(link), name)
            .await
            .unwrap();
        let files = tempfile::tempdir().unwrap();
        Self { app, link, files }
    }

    fn file(&self, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.files.path().join("samples.csv");
        std::fs::write(&path, content).unwrap();
        path
    }

    fn samples(&self, what: &str, more: &[&Path]) -> Output {
        let settings = &self.app.site.settings;
        Command::new(env!("CARGO_BIN_EXE_mainstay"))
            .args(["samples", what, "--tenant", "north", "--data"])
            .arg(&settings.data)
            .args(["--database-url", &settings.database_url])
            .args(more)
            .output()
            .unwrap()
    }

    /// What is said, and on which of the two.
    fn import(&self, content: impl AsRef<[u8]>, skip_bad: bool) -> (bool, String, String) {
        let file = self.file(content);
        let output = match skip_bad {
            true => self.samples("import", &[Path::new("--skip-bad"), &file]),
            false => self.samples("import", &[&file]),
        };
        let said = (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        );
        (output.status.success(), said.0, said.1)
    }

    async fn stored(&self) -> Vec<Sample> {
        let rows = self.app.site.db.tenant(self.app.north);
        let (first, last) = (Slot::from_number(0), Slot::from_instant(at_start()));
        store::samples(&rows, self.link, first, last).await.unwrap()
    }

    pub(crate) async fn blocks(&self) -> Vec<(i32, i32, Vec<u8>, Vec<u8>)> {
        let rows = self.app.site.db.tenant(self.app.north);
        let blocks = rows
            .find::<sample_block::Entity>()
            .order_by(sample_block::Column::Day, Order::Asc);
        let blocks = blocks.all().await.unwrap().into_iter();
        blocks
            .map(|block| (block.day, block.samples, block.digest, block.bytes))
            .collect()
    }
}

/// Samples with everything in them that a sample can have, and gaps.
pub(crate) fn noisy(days: i32) -> Vec<Sample> {
    let slots = (0..days * SLOTS).filter(|slot| slot % 41 != 7);
    slots
        .map(|slot| {
            let noise = u64::from(slot.unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
            let small = (noise % 1_000) as u32;
            let number = Slot::from_number(DAY * SLOTS + slot);
            if slot % 29 == 0 {
                return Sample {
                    flaps: Some(small % 3),
                    down_seconds: Some(small % 300),
                    ..Sample::new(number, SampleState::Down)
                };
            }
            let state = [SampleState::Up, SampleState::Disabled, SampleState::Unknown][(small % 97 / 95) as usize];
            Sample {
                counters: Counters {
                    rx_octets: Some(noise * 31),
                    tx_octets: (slot % 17 != 0).then_some(noise),
                    rx_packets: Some(noise / 700),
                    tx_packets: Some(0),
                    rx_errors: Some(noise % 2),
                    rx_drops: None,
                    ..Counters::default()
                },
                rate_seconds: (slot % 13 != 0).then_some(299),
                latency: (slot % 19 != 0).then_some(Latency {
                    min_us: 900 + small,
                    avg_us: 1_000 + small,
                    max_us: 1_001 + 3 * small,
                }),
                jitter: Some(Jitter {
                    mean_us: small,
                    differences: 3,
                }),
                probes_sent: 5,
                probes_received: 4,
                ..Sample::new(number, state)
            }
        })
        .collect()
}

#[tokio::test]
async fn samples_carried_to_another_installation_are_the_same_blocks() {
    let (here, there) = (Carrying::start().await, Carrying::start().await);
    let rows = here.app.site.db.begin(here.app.north).await.unwrap();
    let samples = noisy(3);
    for day in samples.chunks(100) {
        let new = day
            .iter()
            .map(|sample| store::to_row(here.app.north, here.link, sample));
        rows.insert_all::<sample::Entity, _>(new.collect::<Vec<_>>())
            .await
            .unwrap();
    }
    // The last stays open: rows and blocks are carried alike.
    for day in [DAY, DAY + 1] {
        days::seal(&rows, here.link, Day::from_number(day), at_start())
            .await
            .unwrap();
    }
    rows.commit().await.unwrap();

    let file = here.files.path().join("out.csv");
    let output = here.samples("export", &[Path::new("--output"), &file]);
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, format!("{} samples of 1 links written.\n", samples.len()));

    let carried = std::fs::read(&file).unwrap();
    let (done, said, errors) = there.import(&carried, false);
    assert!(done, "{errors}");
    let summary = format!(
        "{} samples imported, 0 were there already, 0 bad lines left out.\n",
        samples.len()
    );
    assert_eq!((said, errors), (summary, String::new()));
    assert_eq!(there.stored().await, samples);
    let (sent, arrived) = (here.blocks().await, there.blocks().await);
    assert_eq!((sent.len(), arrived.len()), (2, 3));
    assert_eq!(sent, arrived[..2]);

    let (done, said, _) = there.import(&carried, false);
    assert!(done);
    let summary = format!(
        "0 samples imported, {} were there already, 0 bad lines left out.\n",
        samples.len()
    );
    assert_eq!(said, summary);
    assert_eq!(there.blocks().await, arrived, "nothing was opened");
}

#[tokio::test]
async fn of_a_file_with_bad_lines_each_is_named_and_nothing_is_imported_unless_they_are_left_out() {
    let carrying = Carrying::start().await;
    let (done, _, errors) = carrying.import(
        format!("{HEADER}\nBerlin,2025-01-01T00:00:00Z,up{}\n", ",".repeat(14)),
        false,
    );
    assert!(done, "{errors}");
    let before = carrying.stored().await;

    let rest = ",".repeat(14);
    let mut file = format!("{HEADER}\n").into_bytes();
    for line in [
        format!("Berlin,2025-01-01T00:00:00Z,up{rest}"),
        format!("Berlin,2025-01-01T00:00:00Z,up{rest}"),
        format!("Berlin,2025-01-01T00:05:00Z,up{rest}"),
        format!("Paris,2025-01-01T00:10:00Z,up{rest}"),
        String::new(),
        format!("Berlin,2025-01-01T00:11:00Z,up{rest}"),
        "Berlin,2025-01-01T00:15:00Z,up".to_owned(),
        format!("\"Berlin,2025-01-01T00:20:00Z,up{rest}"),
        format!("Berlin,2025-01-01T00:25:00Z,sideways{rest}"),
        format!("Berlin,2099-01-01T00:00:00Z,up{rest}"),
        format!("Berlin,2025-01-02T00:00:00Z,down{rest}"),
    ] {
        file.extend(line.bytes());
        file.push(b'\n');
    }
    file.extend(b"Berlin\xff,2025-01-01T00:35:00Z,up,,,,,,,,,,,,,,\n");
    let wrong = "line 3: this slot of the link was in a line before
line 5: there is no link `Paris`
line 7: slot is `2025-01-01T00:11:00Z`: it must be the beginning of a slot of five minutes since 1970, as \
        2026-11-21T10:05:00Z or in Unix seconds
line 8: 3 values where the first line names 17
line 9: 1 values where the first line names 17
line 10: state is `sideways`: it must be up, down, disabled or unknown
line 11: this slot is not over yet
line 13: it is not UTF-8
";
    let refusal =
        "mainstay: 8 of 11 lines are bad: nothing was imported. Correct them, or leave them out with --skip-bad\n";
    let (done, said, errors) = carrying.import(&file, false);
    assert_eq!((done, said.as_str()), (false, ""));
    assert_eq!(errors, format!("{wrong}{refusal}"));
    assert_eq!(carrying.stored().await, before);

    let (done, said, errors) = carrying.import(&file, true);
    assert!(done, "{errors}");
    assert_eq!(errors, wrong);
    assert_eq!(
        said,
        "2 samples imported, 1 were there already, 8 bad lines left out.\n"
    );
    let slots: Vec<_> = carrying.stored().await.iter().map(|sample| sample.slot).collect();
    let first = Day::from_number(DAY).first_slot();
    assert_eq!(slots, [first, first.plus(1), first.plus(SLOTS)]);
}

#[tokio::test]
async fn a_slot_that_has_another_sample_keeps_it() {
    let carrying = Carrying::start().await;
    let file = |state: &str| format!("{HEADER}\nBerlin,2025-01-01T00:00:00Z,{state}{}\n", ",".repeat(14));
    assert!(carrying.import(file("up"), false).0);
    let blocks = carrying.blocks().await;
    let (done, _, errors) = carrying.import(file("down"), true);
    assert!(done);
    assert_eq!(
        errors,
        "line 2: this slot has another sample already: what was measured is never overwritten\n"
    );
    assert_eq!(carrying.blocks().await, blocks);
}

#[tokio::test]
async fn windows_line_ends_and_a_byte_order_mark_are_understood_and_an_empty_file_is_not() {
    let carrying = Carrying::start().await;
    let rest = ",".repeat(14);
    let file = format!("\u{feff}{HEADER}\r\nBerlin,2025-01-01T00:00:00Z,up{rest}\r\n\r\nBerlin,1,up{rest}\r\n");
    let (_, said, errors) = carrying.import(&file, true);
    assert!(errors.starts_with("line 4: slot is `1`: "), "{errors}");
    assert_eq!(
        said,
        "1 samples imported, 0 were there already, 1 bad lines left out.\n"
    );

    let (done, _, errors) = carrying.import("", false);
    assert!(!done);
    assert!(
        errors.ends_with("samples.csv is empty: its first line must name the columns\n"),
        "{errors}"
    );
    let (done, _, errors) = carrying.import("link,slot\n", false);
    assert!(!done);
    assert!(
        errors.starts_with("mainstay: line 1: the first line must name the columns; state, "),
        "{errors}"
    );
}

#[tokio::test]
async fn thousands_of_lines_are_sealed_as_they_come() {
    const LINES: i32 = 20_000;
    let carrying = Carrying::start().await;
    let mut file = format!("{HEADER}\n");
    for number in 0..LINES {
        let slot = Slot::from_number(DAY * SLOTS + number).start().timestamp();
        let octets = number * 977 % 4_099;
        writeln!(file, "Berlin,{slot},up,1.5,2.25,9,0.4,5,5,{octets},77,1,1,0,0,0,0").unwrap();
    }
    let (done, said, errors) = carrying.import(&file, false);
    assert!(done, "{errors}");
    assert_eq!(
        said,
        "20000 samples imported, 0 were there already, 0 bad lines left out.\n"
    );
    let blocks = carrying.blocks().await;
    assert_eq!(blocks.iter().map(|block| block.1).sum::<i32>(), LINES);
}

#[tokio::test]
async fn days_older_than_their_tenant_keeps_them_go_and_no_others() {
    let carrying = Carrying::start().await;
    let app = &carrying.app;
    // 31 March 2025 in UTC, on which April begins in Berlin: 13 months before the clock's May 2026.
    let kept = DAY + 89;
    let rows = app.site.db.begin(app.north).await.unwrap();
    for day in kept - 70..kept + 3 {
        let day = Day::from_number(day);
        let sample = Sample::new(day.first_slot(), SampleState::Up);
        days::seal_with(&rows, carrying.link, day, &[sample], at_start())
            .await
            .unwrap();
    }
    let edges = [-90, -70, -1, 0, 2].map(|day| link_edge::ActiveModel {
        tenant_id: Set(app.north),
        link_id: Set(carrying.link),
        at: Set(Day::from_number(kept + day).first_slot().start()),
        became: Set(LinkCondition::Down),
        source: Set(EdgeSource::Poll),
    });
    rows.insert_all::<link_edge::Entity, _>(edges).await.unwrap();
    rows.commit().await.unwrap();
    let settings = |months: &'static str| {
        [
            ("name", "Northbridge"),
            ("zone", "Europe/Berlin"),
            ("poll_seconds", "300"),
            ("currency", "EUR"),
            ("sample_months", months),
        ]
    };
    let alice = app.alice().await;
    let refused = alice.post("/admin/settings", &settings("12")).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("from 13 to 120"));
    let changed = alice.post("/admin/settings", &settings("13")).await;
    assert_redirect(&changed, "/admin/settings");

    retention::step(&app.site).await.unwrap();
    let blocks: Vec<_> = carrying.blocks().await.iter().map(|block| block.0).collect();
    assert_eq!(blocks, [kept, kept + 1, kept + 2]);
    let rows = app.site.db.tenant(app.north);
    assert_eq!(rows.find::<day_summary::Entity>().count().await.unwrap(), 3);
    assert_eq!(rows.find::<link_edge::Entity>().count().await.unwrap(), 2);
    let log = Seen::of(alice.get("/admin/audit?kind=settings").await).await;
    let changes = log.all(".log-changes");
    assert_eq!(changes.len(), 1);
    assert!(
        changes[0].contains("months that samples are kept36 → 13"),
        "{changes:?}"
    );
}
