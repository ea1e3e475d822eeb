//! What can be chosen when something is asked: images and keys, as far as they are mirrored and theirs to choose.

use entity::{ClientId, ContaboAccountId, Tenant, contabo_resource, contabo_resource::Column};
use sea_orm::{ColumnTrait, DbErr, Order};

/// Under which images and keys are mirrored.
const IMAGE: &str = "image";
const SECRET: &str = "secret";

/// Ids at Contabo and names.
pub(super) type Choices = Vec<(String, String)>;

/// What can be installed. A client has Contabo's own images and those that are its own; staff have all of the account.
pub(super) async fn images(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    client: Option<ClientId>,
) -> Result<Choices, DbErr> {
    let found = mirrored(rows, account, IMAGE).await?.into_iter().filter(|row| {
        let standard = row.details.get("standard_image").and_then(serde_json::Value::as_bool);
        client.is_none() || standard == Some(true) || row.client_id == client
    });
    Ok(found.map(|row| (row.contabo_id, row.name)).collect())
}

/// Keys that can be put in. A client has its own; staff have all of the account.
pub(super) async fn keys(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    client: Option<ClientId>,
) -> Result<Choices, DbErr> {
    let found = mirrored(rows, account, SECRET).await?.into_iter().filter(|row| {
        let is_key = row.details.get("type").and_then(serde_json::Value::as_str) == Some("ssh");
        is_key && (client.is_none() || row.client_id == client)
    });
    Ok(found.map(|row| (row.contabo_id, row.name)).collect())
}

/// The name of an image, whoever may choose it.
pub(super) async fn image_name(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    image: &str,
) -> Result<Option<String>, DbErr> {
    let one = rows
        .find::<contabo_resource::Entity>()
        .filter(Column::ContaboAccountId.eq(account))
        .filter(Column::Kind.eq(IMAGE))
        .filter(Column::ContaboId.eq(image))
        .one();
    Ok(one.await?.map(|row| row.name))
}

async fn mirrored(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    kind: &str,
) -> Result<Vec<contabo_resource::Model>, DbErr> {
    rows.find::<contabo_resource::Entity>()
        .filter(Column::ContaboAccountId.eq(account))
        .filter(Column::Kind.eq(kind))
        .filter(Column::GoneAt.is_null())
        .order_by(Column::Name, Order::Asc)
        .order_by(Column::ContaboId, Order::Asc)
        .all()
        .await
}
