//! Add-ons that are bought for an instance that is there: each once, since Contabo bills each and takes none back over
//! its API.

use chrono::{DateTime, Utc};
use entity::{
    InstanceId, Tenant,
    action::{self, ActionState, Column},
    contabo_product, instance,
};
use sea_orm::{ColumnTrait, DbErr};

use super::{
    kinds::{Asked, Kind},
    store::{Error, Reason},
};
use crate::domain::{
    contabo::{
        catalogue::add_on,
        instances::Details,
        orders::{self, Wanted},
    },
    typed::{ChangeError, Rejected},
};

/// What can be bought later, by our words: Contabo sells the others with the order alone.
const BUYABLE: [&str; 2] = [add_on::PRIVATE_NETWORKING, add_on::BACKUP];

/// An add-on that was bought for a server which was there.
#[derive(Clone, Debug)]
pub struct Bought {
    pub instance: InstanceId,
    /// Our word for it.
    pub add_on: String,
    /// Contabo's numbers of what the server had before.
    pub had: Vec<i64>,
    pub at: DateTime<Utc>,
}

/// What was bought so for an instance, or for all.
///
/// # Errors
/// When the database does not answer.
pub async fn bought(rows: &Tenant<'_>, of: Option<InstanceId>) -> Result<Vec<Bought>, DbErr> {
    let mut purchases = rows
        .find::<action::Entity>()
        .filter(Column::Kind.eq(Kind::BuyAddOn.name()))
        .filter(Column::State.eq(ActionState::Done));
    if let Some(instance) = of {
        purchases = purchases.filter(Column::InstanceId.eq(instance));
    }
    let purchases = purchases.all().await?;
    let bought = purchases.iter().filter_map(|row| {
        let Ok(Asked::BuyAddOn { add_on, had }) = Asked::of(row) else {
            return None;
        };
        Some(Bought {
            instance: row.instance_id?,
            add_on,
            had,
            at: row.ended_at?,
        })
    });
    Ok(bought.collect())
}

fn wanted(row: &action::Model) -> Option<String> {
    match Asked::of(row) {
        Ok(Asked::BuyAddOn { add_on, .. }) => Some(add_on),
        _ => None,
    }
}

/// What can be bought for the instance: what it has, was ordered with or got here is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn buyable(rows: &Tenant<'_>, instance: &instance::Model) -> Result<Vec<&'static str>, DbErr> {
    let has: Vec<i64> = Details::of(instance).add_ons.iter().map(|(id, _)| *id).collect();
    let bought = rows
        .find::<action::Entity>()
        .filter(Column::InstanceId.eq(instance.id))
        .filter(Column::Kind.eq(Kind::BuyAddOn.name()))
        .filter(Column::State.is_in([ActionState::Done, ActionState::Queued, ActionState::Running]))
        .all()
        .await?;
    let mut there: Vec<String> = bought.iter().filter_map(wanted).collect();
    if let Some(order) = orders::of_instance(rows, instance.id).await?
        && let Ok(Wanted::Instance(ordered)) = Wanted::of(&order)
    {
        there.extend(ordered.add_ons);
    }
    let numbered = rows
        .find::<contabo_product::Entity>()
        .filter(contabo_product::Column::ContaboNumber.is_in(has.iter().copied()))
        .all()
        .await?;
    there.extend(numbered.into_iter().map(|row| row.contabo_id));
    let is_there = |word: &str| {
        let number = add_on::number(word);
        there.iter().any(|known| known == word) || number.is_some_and(|number| has.contains(&number))
    };
    Ok(BUYABLE.into_iter().filter(|word| !is_there(word)).collect())
}

/// What was asked, with what the instance has now: what comes to it is told by that.
pub(super) async fn checked(rows: &Tenant<'_>, instance: &instance::Model, add_on: String) -> Result<Asked, Error> {
    if !BUYABLE.contains(&add_on.as_str()) {
        return Err(ChangeError::NotFound.into());
    }
    if !buyable(rows, instance).await?.contains(&add_on.as_str()) {
        return Err(ChangeError::from(Rejected::one("thing", Reason::SoAlready)).into());
    }
    let had = Details::of(instance).add_ons.iter().map(|(id, _)| *id).collect();
    Ok(Asked::BuyAddOn { add_on, had })
}

/// Whether the instance shows what was bought: an add-on that it did not have, of just that number where it is known.
pub(super) fn shows(add_on: &str, had: &[i64], has: &[i64]) -> bool {
    match add_on::number(add_on) {
        Some(number) => has.contains(&number),
        // What came with another purchase is not this one.
        None => has
            .iter()
            .any(|id| !had.contains(id) && BUYABLE.iter().all(|word| add_on::number(word) != Some(*id))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_before_is_not_what_was_bought() {
        assert!(!shows(add_on::BACKUP, &[1_501], &[1_501]));
        assert!(shows(add_on::BACKUP, &[1_501], &[1_501, 9]));
        assert!(!shows(add_on::PRIVATE_NETWORKING, &[], &[9]));
        assert!(!shows(add_on::BACKUP, &[], &[1_477]));
        assert!(shows(add_on::PRIVATE_NETWORKING, &[9], &[9, 1_477]));
    }
}
