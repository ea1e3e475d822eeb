//! What the demo's staff have said already: of two outages, and of work that comes again. Said once, by the same ways as
//! theirs.

use chrono::TimeDelta;
use entity::{TenantId, maintenance_series, outage_note};

use crate::{
    domain::{
        audit::Actor,
        board::Snapshot,
        calendar::{day_at, local},
        maintenance::series,
        outages::{self, ExclusionDraft, NoteDraft, Outage},
        sla::intervals::Interval,
    },
    site::Site,
};

/// The link of which an outage has a cause, and the one of which an outage does not count.
const EXPLAINED: &str = "Harbour Hotels · Hamburg";
const EXCLUDED: &str = "Kestrel headquarters";

/// How far back is looked, as far as history is written.
const BACK: TimeDelta = TimeDelta::days(60);

/// Says it, unless a start before this one did.
pub(super) async fn by_staff(site: &Site, tenant: TenantId) -> anyhow::Result<()> {
    let rows = site.db.tenant(tenant);
    site.board.refresh(tenant).await?;
    let (now, actor) = (site.clock.now(), Actor::system("demo"));
    let board = site.board.snapshot(tenant, now).await?;
    if rows.find::<outage_note::Entity>().count().await? == 0 {
        if let Some(outage) = longest(site, &board, EXPLAINED).await? {
            let said = NoteDraft {
                cause: "A digger cut the fibre at the container terminal".to_owned(),
                comment: "Spliced by our carrier. The second path that you ordered would have kept you online."
                    .to_owned(),
                internal_note: "Carrier ticket 20417-3".to_owned(),
            };
            if let Ok(said) = said.check() {
                outages::change_note(&site.db, &board, &actor, now, &outage, said).await?;
            }
        }
        if let Some(outage) = longest(site, &board, EXCLUDED).await? {
            let draft = ExclusionDraft {
                kind: "client".to_owned(),
                reason: "The power of your rack was off for an inspection that you announced to us.".to_owned(),
            };
            if let Ok(excluding) = draft.check() {
                outages::exclude(&site.db, &board, &actor, now, &outage, excluding).await?;
            }
        }
    }
    if rows.find::<maintenance_series::Entity>().count().await? == 0 {
        let tomorrow = day_at(now + TimeDelta::days(1), board.zone);
        let starts = tomorrow.and_hms_opt(2, 0, 0).unwrap_or_default().and_utc();
        let draft = series::Draft {
            title: "Software updates of access switches".to_owned(),
            starts: local::typed(starts, chrono_tz::Tz::UTC),
            minutes: "60".to_owned(),
            repeats: "rule".to_owned(),
            rule: "FREQ=MONTHLY;BYDAY=1SU".to_owned(),
            covers: "all".to_owned(),
            approves: true,
            ..series::Draft::default()
        };
        if let Ok(plan) = draft.check(&board, now) {
            series::create(&site.db, tenant, board.zone, &actor, now, plan).await?;
        }
    }
    site.board.refresh(tenant).await?;
    Ok(())
}

/// The longest outage of the link of this name, if it has one that is over.
async fn longest(site: &Site, board: &Snapshot, name: &str) -> anyhow::Result<Option<Outage>> {
    let Some(link) = board.links.values().find(|now_of| now_of.link.name == name) else {
        return Ok(None);
    };
    let now = site.clock.now();
    let range = Interval::between(now - BACK, now);
    let rows = site.db.tenant(board.tenant.id);
    let found = outages::of_link(&rows, board, &link.link, range, now).await?;
    let over = found.into_iter().filter(|outage| outage.is_over);
    Ok(over.max_by_key(|outage| outage.counted_seconds))
}
