//! The worker that tells clients of planned work. Who is to be told of what is said in `domain/maintenance/announce.rs`;
//! what was told is kept in the transaction that stores the mails, so that nobody is told twice and nobody is forgotten.

use std::collections::BTreeSet;

use chrono::Duration;
use entity::{ClientId, TenantId, maintenance_series, tenant};
use sea_orm::EntityTrait;

use crate::{
    domain::{
        board::Snapshot,
        mail::{Letterhead, letter::Letter, outbox, preferences::recipients},
        maintenance::{
            announce::{self, Announcement, Candidate},
            letters,
        },
    },
    site::Site,
    work::{lease, runner::Worked},
};

/// How often it is looked whether somebody is to be told something.
const EVERY: Duration = Duration::seconds(20);

/// Links that a mail names.
const MOST_LINKS: usize = 50;

/// Tells them, if it is this process's turn.
///
/// # Errors
/// When the database does not answer; the rest is told the next time.
pub async fn step(site: &Site) -> anyhow::Result<Worked> {
    if !lease::try_turn(site, "announce", EVERY).await? {
        return Ok(Worked::Idle);
    }
    #[expect(clippy::disallowed_methods, reason = "every tenant's clients are told")]
    let connection = site.db.across_tenants();
    for tenant in tenant::Entity::find().all(connection).await? {
        // What is wrong with one tenant keeps nothing from the others' clients.
        if let Err(error) = tell(site, tenant.id).await {
            tracing::error!(tenant = %tenant.slug, error = ?error, "clients can't be told of planned work");
        }
    }
    Ok(Worked::Idle)
}

async fn tell(site: &Site, tenant: TenantId) -> anyhow::Result<()> {
    let now = site.clock.now();
    let outside = site.db.tenant(tenant);
    let candidates = announce::candidates(&outside, now).await?;
    if candidates.is_empty() {
        return Ok(());
    }
    let board = site.board.snapshot(tenant, now).await?;
    let mut due = Vec::new();
    for candidate in candidates {
        // Most times there is nothing to tell, and nothing to lock.
        if announce::is_due(&outside, &board, candidate.id, now).await? {
            due.push(candidate);
        }
    }
    if due.is_empty() {
        return Ok(());
    }
    // Windows of one series are told of together.
    due.sort_by_key(|candidate| candidate.series_id);
    let together = |one: &Candidate, other: &Candidate| one.series_id.is_some() && one.series_id == other.series_id;
    let letterhead = Letterhead::of(site, tenant).await?;
    for windows in due.chunk_by(together) {
        let rows = site.db.begin(tenant).await?;
        // Whoever changes all of a series locks it first, too: nobody waits for one window with another in hand.
        if let Some(series) = windows.first().and_then(|window| window.series_id) {
            rows.lock::<maintenance_series::Entity>(series).await?;
        }
        let mut announced = Vec::new();
        for window in windows {
            announced.extend(announce::take(&rows, &board, window.id, now).await?);
        }
        let clients: BTreeSet<ClientId> = announced.iter().flat_map(Announcement::clients).collect();
        for client in clients {
            let letter = letter(&letterhead, &board, &announced, client);
            for recipient in recipients(&rows, client, letter.kind).await? {
                let message = letterhead.write(&letter, &recipient.to);
                outbox::queue(&rows, &message, now, None).await?;
            }
        }
        rows.commit().await?;
        site.mails.nudge();
    }
    Ok(())
}

fn letter(letterhead: &Letterhead, board: &Snapshot, announced: &[Announcement], client: ClientId) -> Letter {
    let told: Vec<_> = announced
        .iter()
        .filter_map(|one| Some((one, one.of(client)?)))
        .collect();
    let mut links: Vec<String> = board
        .links
        .values()
        .map(|now| &now.link)
        .filter(|link| link.client_id == client && link.archived_at.is_none())
        .filter(|link| told.iter().any(|(one, _)| one.covers.is_of(link)))
        .map(|link| link.name.clone())
        .collect();
    links.sort_by_cached_key(|name| name.to_lowercase());
    links.truncate(MOST_LINKS);
    letters::letter(letterhead, &told, &links, board.zone)
}
