//! Tokens for programs that read a tenant's figures. The token itself is shown once; here is its SHA-256.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use entity::{Db, MetricsTokenId, Tenant, TenantId, metrics_token};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, DbErr, Order, sea_query::Expr};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::domain::{
    audit::{self, Actor, Subject},
    typed::{BadText, ChangeError, Rejected, line},
};

/// Why there is no new token.
pub type Error = ChangeError<Reason>;

/// How many a tenant may have: enough to replace one without a gap.
pub const MOST: usize = 5;

/// What a token begins with, so that people and scanners know one that was published by mistake.
const SIGN: &str = "mst_";

/// How many characters are kept to know it again by: the sign, and 24 of the 256 bits.
const SHOWN: usize = SIGN.len() + 4;

/// How stale the time of last use may be: one write in that time, however often figures are read.
const TOUCH_EVERY: Duration = Duration::minutes(1);

/// What may be wrong with a new token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its name.
    Text(BadText),
    /// Another token has this name.
    NameTaken,
    /// There are [`MOST`].
    TooMany,
}

/// Makes a token called `name`, and gives it to be shown.
///
/// # Errors
/// [`Error::Rejected`] when the name can't be taken or there are enough.
pub async fn create(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>, name: &str) -> Result<String, Error> {
    let name = line(name, 80).map_err(|bad| Rejected::one("name", Reason::Text(bad)))?;
    let token = random().map_err(|error| DbErr::Custom(format!("the system gives no randomness: {error}")))?;
    let rows = db.begin(tenant).await?;
    // It locks the sequence until the commit, so that two who add the last one at once don't both.
    rows.next_seq().await?;
    if list(&rows).await?.len() >= MOST {
        return Err(Rejected::one("name", Reason::TooMany).into());
    }
    let row = metrics_token::ActiveModel {
        id: Set(MetricsTokenId::new()),
        name: Set(name),
        hash: Set(hash(&token)),
        begins: Set(token[..SHOWN].to_owned()),
        created_at: Set(now),
        last_used_at: Set(None),
        ..Default::default()
    };
    let row = rows
        .insert::<metrics_token::Entity, _>(row)
        .await
        .map_err(|error| Error::or_taken(error, "name", Reason::NameTaken))?;
    let new = Some(fields(&row));
    audit::record(&rows, actor, now, "metrics_token.create", subject(&row), None, new).await?;
    rows.commit().await?;
    Ok(token)
}

/// All tokens, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(rows: &Tenant<'_>) -> Result<Vec<metrics_token::Model>, DbErr> {
    rows.find::<metrics_token::Entity>()
        .order_by(metrics_token::Column::CreatedAt, Order::Asc)
        .order_by(metrics_token::Column::Id, Order::Asc)
        .all()
        .await
}

/// Deletes a token: the next request with it is refused.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn revoke(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MetricsTokenId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let row = rows.lock::<metrics_token::Entity>(id).await?.ok_or(Error::NotFound)?;
    rows.delete::<metrics_token::Entity>(id).await?;
    let old = Some(fields(&row));
    audit::record(&rows, actor, now, "metrics_token.revoke", subject(&row), old, None).await?;
    rows.commit().await?;
    Ok(())
}

/// Whether `token` is one of the tenant's, and notes that it was used.
///
/// It is found by its hash, so how long that takes says nothing about the token.
///
/// # Errors
/// When the database does not answer.
pub async fn admits(rows: &Tenant<'_>, token: &str, now: DateTime<Utc>) -> Result<bool, DbErr> {
    use metrics_token::{Column, Entity};
    let found = rows.find::<Entity>().filter(Column::Hash.eq(hash(token))).one().await?;
    let Some(row) = found else { return Ok(false) };
    let stale = now - TOUCH_EVERY;
    if row.last_used_at.is_none_or(|at| at <= stale) {
        let this = Condition::all().add(Column::Id.eq(row.id)).add(
            Condition::any()
                .add(Column::LastUsedAt.is_null())
                .add(Column::LastUsedAt.lte(stale)),
        );
        rows.update_where::<Entity>(this, [(Column::LastUsedAt, Expr::value(now))])
            .await?;
    }
    Ok(true)
}

fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{SIGN}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

fn subject(row: &metrics_token::Model) -> Subject<'_> {
    Subject {
        kind: "metrics token",
        id: Some(row.id.0),
        name: &row.name,
    }
}

fn fields(row: &metrics_token::Model) -> Value {
    json!({ "name": row.name, "begins": row.begins })
}

#[cfg(test)]
mod tests {
    use entity::audit_entry;

    use super::*;
    use crate::testing::{scratch_db, scratch_tenant};

    #[tokio::test]
    async fn a_token_opens_its_own_tenant_until_it_is_revoked_and_is_in_no_row() {
        let (db, _scratch) = scratch_db().await;
        let (north, south) = (scratch_tenant(&db, "north").await, scratch_tenant(&db, "south").await);
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let token = create(&db, north, &actor, now, " Grafana ").await.unwrap();
        assert!(admits(&db.tenant(north), &token, now).await.unwrap());
        assert!(!admits(&db.tenant(south), &token, now).await.unwrap());
        assert!(!admits(&db.tenant(north), &token[..40], now).await.unwrap());
        assert!(!admits(&db.tenant(north), "", now).await.unwrap());
        let row = list(&db.tenant(north)).await.unwrap().remove(0);
        assert_eq!((row.name.as_str(), row.begins.as_str()), ("Grafana", &token[..8]));
        assert!(matches!(
            revoke(&db, south, &actor, now, row.id).await,
            Err(Error::NotFound)
        ));
        revoke(&db, north, &actor, now, row.id).await.unwrap();
        assert!(!admits(&db.tenant(north), &token, now).await.unwrap());
        let entries = db.tenant(north).find::<audit_entry::Entity>().all().await.unwrap();
        assert_eq!(entries.len(), 2);
        assert!(!format!("{row:?}{entries:?}").contains(&token[8..]));
    }

    #[tokio::test]
    async fn the_last_use_is_written_once_a_minute() {
        let (db, _scratch) = scratch_db().await;
        let north = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let token = create(&db, north, &actor, now, "Grafana").await.unwrap();
        let rows = db.tenant(north);
        for (seconds, noted) in [(0, 0), (15, 0), (59, 0), (60, 60), (61, 60)] {
            assert!(admits(&rows, &token, now + Duration::seconds(seconds)).await.unwrap());
            let row = list(&rows).await.unwrap().remove(0);
            assert_eq!(row.last_used_at, Some(now + Duration::seconds(noted)), "{seconds}");
        }
    }

    #[tokio::test]
    async fn there_are_five_with_a_name_each() {
        let (db, _scratch) = scratch_db().await;
        let north = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let why = async |name: &str| match create(&db, north, &actor, now, name).await {
            Err(Error::Rejected(rejected)) => Some(rejected.0[0]),
            other => other.map(|_| None).unwrap(),
        };
        assert_eq!(why("a").await, None);
        assert_eq!(why("a").await, Some(("name", Reason::NameTaken)));
        assert_eq!(why(" ").await, Some(("name", Reason::Text(BadText::Missing))));
        for name in ["b", "c", "d", "e"] {
            assert_eq!(why(name).await, None);
        }
        assert_eq!(why("f").await, Some(("name", Reason::TooMany)));
    }
}
