//! What is thrown away when its time has come: ended sessions, forgotten watches, finished jobs, passwords that nobody
//! had shown, orders that nobody confirmed, old mails, old share links and who used them, old sign-in limits.
//! Samples are not: that is `retention`.

use chrono::Duration;
use entity::{
    action, contabo_order, contabo_order::OrderState, job, job::JobState, mail, mail::MailState, share_link, share_use,
    watch,
};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr};

use crate::{
    domain::contabo::actions::PASSWORD_KEPT,
    site::Site,
    work::{lease, runner::Worked},
};

/// How often it is done.
const EVERY: Duration = Duration::minutes(10);

/// How long finished jobs, done or given up, can be looked at.
const KEEP_JOBS: Duration = Duration::days(7);

/// How long orders that nobody confirms can be.
const KEEP_DRAFTS: Duration = Duration::days(7);

/// How long mails can be looked at. A year and a month, so that each report's is there until the same month's comes.
const KEEP_MAILS: Duration = Duration::days(400);

/// How long it can be seen who used a share link, and the link after it has ended.
const KEEP_USES: Duration = Duration::days(180);

/// Does it, if it is this process's turn.
///
/// # Errors
/// When the database does not answer.
pub async fn step(site: &Site) -> anyhow::Result<Worked> {
    let now = site.clock.now();
    if !lease::try_turn(site, "housekeeping", EVERY).await? {
        return Ok(Worked::Idle);
    }
    site.identity.delete_expired_sessions().await?;
    site.identity.delete_old_limits().await?;
    #[expect(clippy::disallowed_methods, reason = "what has ended goes, whose ever it was")]
    let connection = site.db.across_tenants();
    watch::Entity::delete_many()
        .filter(watch::Column::ExpiresAt.lte(now))
        .exec(connection)
        .await?;
    job::Entity::delete_many()
        .filter(job::Column::State.is_in([JobState::Done, JobState::Dead]))
        .filter(job::Column::FinishedAt.lte(now - KEEP_JOBS))
        .exec(connection)
        .await?;
    mail::Entity::delete_many()
        .filter(mail::Column::State.is_in([MailState::Sent, MailState::Failed]))
        .filter(mail::Column::CreatedAt.lte(now - KEEP_MAILS))
        .exec(connection)
        .await?;
    let shown_no_more = action::Column::SecretSealed
        .is_not_null()
        .and(action::Column::EndedAt.lte(now - PASSWORD_KEPT));
    action::Entity::update_many()
        .col_expr(action::Column::SecretSealed, Expr::value(None::<Vec<u8>>))
        .filter(shown_no_more)
        .exec(connection)
        .await?;
    let shown_no_more = contabo_order::Column::SecretSealed
        .is_not_null()
        .and(contabo_order::Column::EndedAt.lte(now - PASSWORD_KEPT));
    contabo_order::Entity::update_many()
        .col_expr(contabo_order::Column::SecretSealed, Expr::value(None::<Vec<u8>>))
        .filter(shown_no_more)
        .exec(connection)
        .await?;
    contabo_order::Entity::delete_many()
        .filter(contabo_order::Column::State.eq(OrderState::Draft))
        .filter(contabo_order::Column::OrderedAt.lte(now - KEEP_DRAFTS))
        .exec(connection)
        .await?;
    let of_ended = share_link::Entity::find()
        .select_only()
        .columns([share_link::Column::TenantId, share_link::Column::Id])
        .filter(share_link::Column::ExpiresAt.lte(now - KEEP_USES));
    let of_ended = Expr::tuple([
        Expr::col(share_use::Column::TenantId),
        Expr::col(share_use::Column::ShareLinkId),
    ])
    .in_subquery(of_ended.into_query());
    share_use::Entity::delete_many()
        .filter(share_use::Column::At.lte(now - KEEP_USES).or(of_ended))
        .exec(connection)
        .await?;
    share_link::Entity::delete_many()
        .filter(share_link::Column::ExpiresAt.lte(now - KEEP_USES))
        .exec(connection)
        .await?;
    Ok(Worked::Idle)
}
