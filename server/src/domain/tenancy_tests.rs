//! The walls between tenants, tried from inside: with the ids of another tenant's rows in hand.

use chrono::DateTime;
use entity::{ClientId, ClientMemberId, client, client_member};
use sea_orm::{ActiveValue::Set, DbErr};

use crate::testing::{scratch_db, scratch_tenant};

fn named(name: &str) -> client::ActiveModel {
    client::ActiveModel {
        id: Set(ClientId::new()),
        name: Set(name.to_owned()),
        reference: Set(None),
        notes: Set(String::new()),
        created_at: Set(DateTime::UNIX_EPOCH),
        archived_at: Set(None),
        ..Default::default()
    }
}

#[tokio::test]
async fn one_tenant_can_neither_see_nor_change_anothers_rows() {
    let (db, _keep) = scratch_db().await;
    let (ours, theirs) = (scratch_tenant(&db, "ours").await, scratch_tenant(&db, "theirs").await);
    let (ours, theirs) = (db.tenant(ours), db.tenant(theirs));
    let row = theirs.insert::<client::Entity, _>(named("Theirs")).await.unwrap();

    assert!(ours.get::<client::Entity>(row.id).await.unwrap().is_none());
    assert_eq!(ours.find::<client::Entity>().count().await.unwrap(), 0);
    let stolen = client::ActiveModel {
        tenant_id: Set(theirs.id()),
        id: Set(row.id),
        name: Set("Stolen".to_owned()),
        ..Default::default()
    };
    assert!(matches!(
        ours.update::<client::Entity, _>(stolen).await,
        Err(DbErr::RecordNotUpdated)
    ));
    assert!(!ours.delete::<client::Entity>(row.id).await.unwrap());
    assert_eq!(theirs.get::<client::Entity>(row.id).await.unwrap(), Some(row));
}

#[tokio::test]
async fn an_inserted_row_is_its_tenants_whatever_it_said_before() {
    let (db, _keep) = scratch_db().await;
    let (ours, theirs) = (scratch_tenant(&db, "ours").await, scratch_tenant(&db, "theirs").await);
    let forged = client::ActiveModel {
        tenant_id: Set(theirs),
        ..named("Forged")
    };
    let row = db.tenant(ours).insert::<client::Entity, _>(forged).await.unwrap();
    assert_eq!(row.tenant_id, ours);
    let forged = client::ActiveModel {
        tenant_id: Set(theirs),
        ..named("Forged too")
    };
    db.tenant(ours).insert_all([forged]).await.unwrap();
    assert_eq!(db.tenant(theirs).find::<client::Entity>().count().await.unwrap(), 0);
}

#[tokio::test]
async fn the_database_refuses_a_row_that_points_into_another_tenant() {
    let (db, _keep) = scratch_db().await;
    let (ours, theirs) = (scratch_tenant(&db, "ours").await, scratch_tenant(&db, "theirs").await);
    let their_client = db
        .tenant(theirs)
        .insert::<client::Entity, _>(named("Theirs"))
        .await
        .unwrap();
    let account = entity::AccountId::new();
    let row = entity::account::ActiveModel {
        id: Set(account),
        mail: Set("eve@ours.example".to_owned()),
        name: Set("Eve".to_owned()),
        password_hash: Set(String::new()),
        must_change_password: Set(false),
        zone: Set(None),
        created_at: Set(DateTime::UNIX_EPOCH),
        last_sign_in_at: Set(None),
        disabled_at: Set(None),
        ..Default::default()
    };
    db.tenant(ours).insert::<entity::account::Entity, _>(row).await.unwrap();
    let across = client_member::ActiveModel {
        id: Set(ClientMemberId::new()),
        client_id: Set(their_client.id),
        account_id: Set(account),
        role: Set("owner".to_owned()),
        created_at: Set(DateTime::UNIX_EPOCH),
        ..Default::default()
    };
    let refused = db
        .tenant(ours)
        .insert::<client_member::Entity, _>(across)
        .await
        .unwrap_err();
    assert!(
        matches!(
            refused.sql_err(),
            Some(sea_orm::SqlErr::ForeignKeyConstraintViolation(_))
        ),
        "{refused}"
    );
}

#[tokio::test]
async fn the_change_sequence_counts_what_was_committed() {
    let (db, _keep) = scratch_db().await;
    let ours = scratch_tenant(&db, "ours").await;
    let begun = db.begin(ours).await.unwrap();
    assert_eq!(begun.next_seq().await.unwrap(), 1);
    drop(begun);
    let begun = db.begin(ours).await.unwrap();
    assert_eq!(begun.config_changed().await.unwrap(), 1, "what was lost does not count");
    begun.commit().await.unwrap();
    assert_eq!(db.tenant(ours).next_seq().await.unwrap(), 2);
}
