//! Months that end, with several processes looking.

use std::path::Path;

use entity::{Tenant, report_run, report_trouble, sample_block, sla_report};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::*;
use crate::{
    clock::Clock,
    domain::links::{
        block::Day,
        days,
        slot::{Sample, SampleState, Slot},
    },
    testing::{Scratch, open_site, scratch_link, scratch_tenant, scratch_url},
    work::queue::Queue,
};

/// Several processes on one database, with a tenant in Berlin.
struct Processes {
    sites: Vec<Site>,
    clock: Clock,
    tenant: TenantId,
    links: Vec<entity::LinkId>,
    _scratch: (Scratch, tempfile::TempDir),
}

impl Processes {
    async fn begin(now: &str, processes: usize, links: usize) -> Self {
        let (url, scratch) = scratch_url().await;
        let data = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(now.parse().unwrap());
        let mut sites = Vec::new();
        for _ in 0..processes {
            sites.push(open_site(&url, Path::new(data.path()), clock.clone()).await);
        }
        let tenant = scratch_tenant(&sites[0].db, "north").await;
        let mut made = Vec::new();
        for _ in 0..links {
            made.push(scratch_link(&sites[0].db, tenant).await);
        }
        Self {
            sites,
            clock,
            tenant,
            links: made,
            _scratch: (scratch, data),
        }
    }

    fn rows(&self) -> Tenant<'_> {
        self.sites[0].db.tenant(self.tenant)
    }

    /// A day on which the link was up, sealed.
    async fn seal_day(&self, link: entity::LinkId, day: &str) {
        let first = Slot::from_instant(format!("{day}T00:00:00Z").parse().unwrap());
        let samples: Vec<_> = (0..288)
            .map(|slot| Sample::new(first.plus(slot), SampleState::Up))
            .collect();
        let rows = self.sites[0].db.begin(self.tenant).await.unwrap();
        let now = self.clock.now();
        days::seal_with(&rows, link, Day::of(first), &samples, now)
            .await
            .unwrap();
        rows.commit().await.unwrap();
    }

    /// All processes look and work at once, until nothing is left to do.
    async fn work(&self) {
        let each = self.sites.iter().map(|site| async move {
            let queue = Queue::new(site.db.clone(), site.clock.clone(), site.jobs.clone());
            let queue = queue.with::<MakeReports>(site.clone());
            step(site).await.unwrap();
            while queue.step().await.unwrap() == Worked::More {}
        });
        futures_util::future::join_all(each).await;
    }

    async fn reports(&self) -> Vec<(String, i32)> {
        let rows = self.rows().find::<sla_report::Entity>().all().await.unwrap();
        let mut reports: Vec<_> = rows.into_iter().map(|row| (row.month, row.revision)).collect();
        reports.sort_unstable();
        reports
    }
}

#[tokio::test]
async fn a_month_is_reported_once_however_many_processes_look_and_not_before_half_past_midnight() {
    // Berlin's October ends at 23:00 UTC.
    let all = Processes::begin("2026-10-31T23:29:00Z", 3, 5).await;
    all.work().await;
    let september = vec![("2026-09".to_owned(), 1); 5];
    assert_eq!(
        all.reports().await,
        september,
        "the last month that was over half an hour ago"
    );
    all.clock.advance(Duration::minutes(2));
    all.work().await;
    all.clock.advance(Duration::minutes(2));
    all.work().await;
    let both = [september, vec![("2026-10".to_owned(), 1); 5]].concat();
    assert_eq!(all.reports().await, both);
    let runs = all.rows().find::<report_run::Entity>().all().await.unwrap();
    assert!(
        runs.iter()
            .all(|run| run.finished_at.is_some() && (run.links, run.made) == (5, 5))
    );
}

#[tokio::test]
async fn a_link_whose_samples_cannot_be_read_holds_up_no_other_and_is_told_of() {
    let all = Processes::begin("2026-11-02T12:00:00Z", 1, 2).await;
    all.seal_day(all.links[0], "2026-10-14").await;
    let broken = sample_block::Column::LinkId.eq(all.links[0]);
    let bytes = sea_orm::sea_query::Expr::value(vec![1_u8, 2, 3]);
    let rows = all.rows();
    rows.update_where::<sample_block::Entity>(broken, [(sample_block::Column::Bytes, bytes)])
        .await
        .unwrap();
    all.work().await;
    assert_eq!(all.reports().await, [("2026-10".to_owned(), 1)]);
    let troubles = rows.find::<report_trouble::Entity>().all().await.unwrap();
    assert_eq!((troubles.len(), troubles[0].link_id), (1, all.links[0]));
    assert!(
        troubles[0]
            .reason
            .contains("its samples can't be read: the block of link"),
        "{}",
        troubles[0].reason
    );
    // Once it can be read, the report is made, and the trouble is over.
    all.seal_again(all.links[0], "2026-10-14").await;
    assert_eq!(all.reports().await.len(), 2);
    assert_eq!(rows.find::<report_trouble::Entity>().count().await.unwrap(), 0);
}

impl Processes {
    async fn seal_again(&self, link: entity::LinkId, day: &str) {
        let first = Slot::from_instant(format!("{day}T00:00:00Z").parse().unwrap());
        let this = sample_block::Column::Day.eq(Day::of(first).number());
        self.rows().delete_where::<sample_block::Entity>(this).await.unwrap();
        self.seal_day(link, day).await;
        let site = &self.sites[0];
        let board = site.board.snapshot(self.tenant, self.clock.now()).await.unwrap();
        let month = "2026-10".parse().unwrap();
        let actor = crate::domain::audit::Actor::system("test");
        let made = crate::domain::reports::make(&site.db, &board, link, month, &actor, self.clock.now(), None);
        made.await.unwrap();
    }
}

#[tokio::test]
async fn another_revision_leaves_the_first_as_it_was() {
    use crate::domain::{
        audit::Actor,
        reports::{self, Again, Made, MakeError, Samples, Which},
    };
    let all = Processes::begin("2026-11-02T12:00:00Z", 1, 1).await;
    all.seal_day(all.links[0], "2026-10-14").await;
    all.work().await;
    let (site, link) = (&all.sites[0], all.links[0]);
    let first = reports::current(&all.rows(), link, "2026-10").await.unwrap().unwrap();
    let board = site.board.snapshot(all.tenant, all.clock.now()).await.unwrap();
    let samples = async || {
        let (rows, now) = (all.rows(), all.clock.now());
        reports::samples(&rows, &board, link, &first.document, now)
            .await
            .unwrap()
    };
    assert_eq!(samples().await, Samples::Unchanged);
    all.seal_day(link, "2026-10-15").await;
    assert_eq!(samples().await, Samples::Changed);
    let (month, actor) = ("2026-10".parse().unwrap(), Actor::system("test"));
    let make = |reason: Option<&str>| {
        let again = reason.map(|reason| Again {
            reason: reason.to_owned(),
            agreement: Which::Then,
        });
        reports::make(&site.db, &board, link, month, &actor, all.clock.now(), again)
    };
    assert_eq!(make(None).await.unwrap(), Made::There(first.head.id));
    let Made::New(second) = make(Some("late samples")).await.unwrap() else {
        panic!("a reason makes another revision");
    };
    let kept = reports::find(&all.rows(), first.head.id).await.unwrap().unwrap();
    assert_eq!(kept.document, first.document);
    assert_eq!(kept.head.digest, first.head.digest);
    assert!(kept.head.superseded_at.is_some());
    let second = reports::find(&all.rows(), second).await.unwrap().unwrap();
    assert_eq!((second.head.revision, second.document.revision), (2, 2));
    assert_eq!(second.document.reason.as_deref(), Some("late samples"));
    assert!(second.head.up_seconds > first.head.up_seconds);
    let running = reports::make(
        &site.db,
        &board,
        link,
        "2026-11".parse().unwrap(),
        &actor,
        all.clock.now(),
        None,
    );
    assert!(matches!(running.await, Err(MakeError::NotOver(_))));
}

#[tokio::test]
async fn a_month_is_judged_by_the_wording_that_was_in_force_when_it_ended() {
    use crate::domain::{audit::Actor, reports, sla_profiles};
    let all = Processes::begin("2026-09-01T12:00:00Z", 1, 1).await;
    let (site, link, actor) = (&all.sites[0], all.links[0], Actor::system("test"));
    let draft = |uptime: &str| sla_profiles::Draft {
        name: "Gold".to_owned(),
        uptime: uptime.to_owned(),
        hours: "always".to_owned(),
        unreachable: "unknown".to_owned(),
        disabled: "excluded".to_owned(),
        measured: "slots".to_owned(),
        percentile: "greater".to_owned(),
        ..sla_profiles::Draft::default()
    };
    let wanted = draft("99.9").check().unwrap();
    let profile = sla_profiles::create(&site.db, all.tenant, &actor, all.clock.now(), wanted)
        .await
        .unwrap();
    let row = entity::link::ActiveModel {
        id: Set(link),
        sla_profile_id: Set(Some(profile)),
        ..Default::default()
    };
    all.rows().update::<entity::link::Entity, _>(row).await.unwrap();
    all.clock.advance(Duration::days(62));
    let stricter = draft("99.99").check().unwrap();
    let changed = sla_profiles::change(&site.db, all.tenant, &actor, all.clock.now(), profile, 1, stricter);
    changed.await.unwrap();
    all.work().await;
    let report = reports::current(&all.rows(), link, "2026-10").await.unwrap().unwrap();
    let promised = report.document.promised.unwrap();
    assert_eq!(
        (
            promised.version,
            promised.thresholds.uptime.unwrap().to_string().as_str()
        ),
        (1, "99.9")
    );
}
