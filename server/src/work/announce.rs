//! The worker that tells clients of planned work. Who is to be told of what is said in `domain/maintenance/announce.rs`;
//! what was told is kept in the transaction that stores the mails, so that nobody is told twice and nobody is forgotten.

use chrono::Duration;
use entity::{ClientId, TenantId, tenant};
use sea_orm::EntityTrait;

use crate::{
    domain::{
        board::Snapshot,
        mail::{Letterhead, outbox, preferences::recipients},
        maintenance::{
            announce::{self, Announcement, News},
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
    let windows = announce::candidates(&outside, now).await?;
    if windows.is_empty() {
        return Ok(());
    }
    let board = site.board.snapshot(tenant, now).await?;
    let letterhead = Letterhead::of(site, tenant).await?;
    for window in windows {
        // Most times there is nothing to tell, and nothing to lock.
        if !announce::is_due(&outside, &board, window, now).await? {
            continue;
        }
        let rows = site.db.begin(tenant).await?;
        let Some(announced) = announce::take(&rows, &board, window, now).await? else {
            continue;
        };
        for (client, news) in &announced.news {
            let letter = letter(&letterhead, &board, &announced, *client, *news);
            for recipient in recipients(&rows, *client, letter.kind).await? {
                let message = letterhead.write(&letter, &recipient.to);
                outbox::queue(&rows, &message, now, None).await?;
            }
        }
        rows.commit().await?;
        site.mails.nudge();
    }
    Ok(())
}

fn letter(
    letterhead: &Letterhead,
    board: &Snapshot,
    announced: &Announcement,
    client: ClientId,
    news: News,
) -> crate::domain::mail::letter::Letter {
    let mut links: Vec<String> = board
        .links
        .values()
        .map(|now| &now.link)
        .filter(|link| link.client_id == client && link.archived_at.is_none())
        .filter(|link| announced.covers.is_of(link))
        .map(|link| link.name.clone())
        .collect();
    links.sort_by_cached_key(|name| name.to_lowercase());
    links.truncate(MOST_LINKS);
    letters::letter(letterhead, announced, news, &links, board.zone)
}
