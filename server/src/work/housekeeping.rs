//! What is thrown away when its time has come: ended sessions, forgotten watches, finished jobs, passwords that nobody
//! had shown, orders that nobody confirmed, old mails, old actions and changes at Contabo, old share links and who used
//! them, old sign-in limits.
//! Samples are not: that is `retention`.

use chrono::Duration;
use entity::{
    action, action::ActionState, contabo_change, contabo_order, contabo_order::OrderState, job, job::JobState, mail,
    mail::MailState, schedule_run, share_link, share_use, watch,
};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr};

use crate::{
    domain::contabo::actions::{Kind, PASSWORD_KEPT},
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

/// How long what was asked of Contabo, and what changed there, can be looked at; what was bought, for good. The audit log
/// says who asked for longer.
const KEEP_ACTIONS: Duration = Duration::days(400);

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
    let connection = site.db.write_across_tenants();
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
    // Runs of schedules point at actions, which end no earlier than that.
    schedule_run::Entity::delete_many()
        .filter(schedule_run::Column::RanAt.lte(now - KEEP_ACTIONS))
        .exec(connection)
        .await?;
    // What was bought once is not to be bought again, however long ago that was.
    let passing = (action::Column::Kind.ne(Kind::BuyAddOn.name())).or(action::Column::State.ne(ActionState::Done));
    action::Entity::delete_many()
        .filter(action::Column::EndedAt.lte(now - KEEP_ACTIONS).and(passing))
        .exec(connection)
        .await?;
    contabo_change::Entity::delete_many()
        .filter(contabo_change::Column::FoundAt.lte(now - KEEP_ACTIONS))
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::{
        ActionId, ContaboAccountId, ContaboChangeId, InstanceId, contabo_account, contabo_change::ChangeOf, instance,
    };
    use sea_orm::ActiveValue::Set;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::{
        clock::Clock,
        testing::{open_site, scratch_tenant, scratch_url},
    };

    #[tokio::test]
    async fn what_was_asked_of_contabo_is_kept_for_a_year_and_a_month() {
        let (url, _scratch) = scratch_url().await;
        let folder = tempfile::tempdir().unwrap();
        let now = DateTime::from_timestamp(1_778_839_200, 0).unwrap();
        let site = open_site(&url, folder.path(), Clock::fixed(now)).await;
        let tenant = scratch_tenant(&site.db, "north").await;
        let (account, server) = (ContaboAccountId::new(), InstanceId::new());
        let rows = site.db.begin(tenant).await.unwrap();
        rows.insert(contabo_account::ActiveModel {
            id: Set(account),
            name: Set("Main".to_owned()),
            api_client_id: Set("INT-1".to_owned()),
            api_client_secret_sealed: Set(Vec::new()),
            username: Set("api@example.net".to_owned()),
            password_sealed: Set(Vec::new()),
            enabled: Set(true),
            created_at: Set(now),
            changed_at: Set(now),
            archived_at: Set(None),
            ..Default::default()
        })
        .await
        .unwrap();
        rows.insert(instance::ActiveModel {
            id: Set(server),
            contabo_account_id: Set(account),
            contabo_id: Set(201),
            name: Set("vmi201".to_owned()),
            display_name: Set("web".to_owned()),
            status: Set("running".to_owned()),
            error_message: Set(None),
            details: Set(json!({})),
            client_id: Set(None),
            assigned_at: Set(None),
            locked_because: Set(None),
            cancels_on: Set(None),
            status_since: Set(None),
            first_seen_at: Set(now),
            gone_at: Set(None),
            snapshots_read_at: Set(None),
            seq: Set(0),
            ..Default::default()
        })
        .await
        .unwrap();
        let asked = |kind: &str, days_ago, has_ended: bool| action::ActiveModel {
            id: Set(ActionId::new()),
            contabo_account_id: Set(account),
            instance_id: Set(Some(server)),
            thing_kind: Set(None),
            thing_id: Set(None),
            client_id: Set(None),
            kind: Set(kind.to_owned()),
            arguments: Set(json!({ "kind": kind })),
            secret_sealed: Set(None),
            state: Set(if has_ended {
                ActionState::Done
            } else {
                ActionState::Queued
            }),
            stage: Set("ended".to_owned()),
            request_id: Set(Uuid::new_v4()),
            attempts: Set(0),
            deadline_at: Set(now),
            asked_by: Set(None),
            asked_by_name: Set("test".to_owned()),
            asked_at: Set(now - Duration::days(days_ago)),
            sent_at: Set(None),
            accepted_at: Set(None),
            ended_at: Set(has_ended.then(|| now - Duration::days(days_ago))),
            error: Set(None),
            ..Default::default()
        };
        let actions = [
            asked("start", 401, true),
            asked("start", 399, true),
            asked("start", 500, false),
            asked("buy_add_on", 600, true),
            action::ActiveModel {
                state: Set(ActionState::Failed),
                ..asked("buy_add_on", 601, true)
            },
        ];
        rows.insert_all::<action::Entity, _>(actions).await.unwrap();
        let changed = |days_ago| contabo_change::ActiveModel {
            id: Set(ContaboChangeId::new()),
            contabo_account_id: Set(account),
            instance_id: Set(Some(server)),
            kind: Set("instance".to_owned()),
            contabo_id: Set("201".to_owned()),
            name: Set("web".to_owned()),
            what: Set(ChangeOf::Changed),
            before: Set(None),
            after: Set(None),
            done_by: Set(None),
            found_at: Set(now - Duration::days(days_ago)),
            ..Default::default()
        };
        let changes = [changed(401), changed(399)];
        rows.insert_all::<contabo_change::Entity, _>(changes).await.unwrap();
        rows.commit().await.unwrap();

        step(&site).await.unwrap();

        let rows = site.db.tenant(tenant);
        let mut left: Vec<i64> = (rows.find::<action::Entity>().all().await.unwrap().iter())
            .map(|row| (now - row.asked_at).num_days())
            .collect();
        left.sort_unstable();
        assert_eq!(left, [399, 500, 600], "what has not ended stays, and what was bought");
        let left = rows.find::<contabo_change::Entity>().all().await.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!((now - left[0].found_at).num_days(), 399);
    }
}
