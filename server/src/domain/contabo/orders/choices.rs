//! What there is to choose from when a server is ordered, for whoever has no form that offers it.

use entity::{ContaboAccountId, Tenant, contabo_product::ProductKind};
use sea_orm::DbErr;

use super::typed::Choices;
use crate::domain::contabo::{
    catalogue::{Catalogue, REGIONS, TERMS},
    resources::{self, Image, Secret},
};

/// Who may sign in first on a new system.
pub const USERS: [&str; 3] = ["root", "admin", "administrator"];

/// All of an account, by id and name.
///
/// # Errors
/// When the database does not answer.
pub async fn choices(rows: &Tenant<'_>, account: ContaboAccountId) -> Result<Choices, DbErr> {
    let catalogue = Catalogue::load(rows).await?;
    let orderable = |kind| {
        let all = catalogue.orderable(kind);
        all.map(|row| (row.contabo_id.clone(), row.name.clone())).collect()
    };
    let images = resources::list::<Image>(rows, account).await?.into_iter();
    let keys = resources::list::<Secret>(rows, account).await?.into_iter();
    let keys = keys.filter(|one| one.thing.kind == "ssh");
    Ok(Choices {
        products: orderable(ProductKind::Instance),
        images: images.map(|one| (one.thing.id, one.thing.name)).collect(),
        keys: keys.map(|one| (one.thing.id.to_string(), one.thing.name)).collect(),
        add_ons: orderable(ProductKind::AddOn),
    })
}

/// Whether servers can be ordered there.
#[must_use]
pub fn is_place(region: &str) -> bool {
    REGIONS.contains(&region)
}

/// Whether a contract can have this term.
#[must_use]
pub fn is_term(months: i32) -> bool {
    months > 0 && TERMS.contains(&months)
}
