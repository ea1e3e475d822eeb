//! What can be chosen when something is asked: images and keys, as far as they are mirrored and theirs to choose.

use entity::{ClientId, ContaboAccountId, Tenant};
use sea_orm::DbErr;

use crate::domain::contabo::resources::{self, Image, Secret};

/// Ids at Contabo and names.
pub(in crate::web) type Choices = Vec<(String, String)>;

/// What can be installed. A client has Contabo's own images and those that are its own; staff have all of the account.
pub(in crate::web) async fn images(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    client: Option<ClientId>,
) -> Result<Choices, DbErr> {
    let all = resources::list::<Image>(rows, account).await?.into_iter();
    let theirs = all.filter(|one| client.is_none() || one.thing.is_standard || one.client == client);
    Ok(theirs.map(|one| (one.thing.id, one.thing.name)).collect())
}

/// Keys that can be put in. A client has its own; staff have all of the account.
pub(in crate::web) async fn keys(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    client: Option<ClientId>,
) -> Result<Choices, DbErr> {
    let all = resources::list::<Secret>(rows, account).await?.into_iter();
    let theirs = all.filter(|one| one.thing.kind == "ssh" && (client.is_none() || one.client == client));
    Ok(theirs.map(|one| (one.thing.id.to_string(), one.thing.name)).collect())
}

/// The name of an image, whoever may choose it.
pub(super) async fn image_name(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    image: &str,
) -> Result<Option<String>, DbErr> {
    let image = resources::one::<Image>(rows, account, image).await?;
    Ok(image.map(|image| image.thing.name))
}
