//! What staff ask of a storage that is there: another name, more room, growth by itself, its end. What is typed, what
//! may be asked, what it costs each month, and whether it shows.
//!
//! Contabo has no way to less room, so there is none here.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{ContaboAccountId, Tenant, action, contabo_resource};
use sea_orm::{ColumnTrait, DbErr, Order};

use crate::domain::{
    contabo::{
        actions::{self, Growth, ThingAsked},
        catalogue::{Catalogue, Line, Quote, STORAGE, STORAGE_REGIONS, Term},
        orders,
        quotas::{self, Full},
        resources::{self, Kind, Storage},
    },
    typed::{ChangeError, Checks, Rejected, Typed},
};

/// Steps of 250 GB that hold so many TB.
#[must_use]
pub fn steps_of(tb: f64) -> i64 {
    // Sizes are a few thousand at most.
    (tb * 4.0).ceil() as i64
}

/// The short name of a storage's region, which the price list has: storages say the long one. `of_server`: what a server
/// of that region says.
#[must_use]
pub fn region_word<'r>(name: &'r str, of_server: Option<&'r str>) -> &'r str {
    const LONG: [&str; 3] = ["European Union", "United States (Central)", "Singapore"];
    let known = || LONG.iter().position(|long| *long == name).map(|at| STORAGE_REGIONS[at]);
    of_server.or_else(known).unwrap_or(name)
}

/// How much room it has, in steps of 250 GB.
#[must_use]
pub fn steps(storage: &Storage) -> i64 {
    steps_of(storage.size_tb.unwrap_or_default())
}

/// How far it grows by itself, in steps of 250 GB; none: it does not.
#[must_use]
fn ceiling(storage: &Storage) -> Option<i64> {
    storage.grows_to_tb.filter(|_| storage.grows).map(steps_of)
}

/// The room and the growth that a storage shall have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Steps of 250 GB.
    pub steps: i64,
    /// Up to so many it grows by itself; none: it does not.
    pub grows_to: Option<i64>,
}

impl Room {
    /// What a storage has.
    #[must_use]
    pub fn of(storage: &Storage) -> Self {
        Self {
            steps: steps(storage),
            grows_to: ceiling(storage),
        }
    }

    /// From the fields `size`, `grows` and `grows_to`.
    ///
    /// # Errors
    /// A rejection by field.
    pub fn read(typed: &Typed) -> Result<Self, Rejected<orders::Reason>> {
        let mut checks = Checks::default();
        let steps = checks.keep("size", orders::steps(typed.get("size")));
        let grows_to = match typed.is_ticked("grows") {
            false => Some(None),
            true => checks.keep("grows_to", orders::steps(typed.get("grows_to"))).map(Some),
        };
        let (Some(steps), Some(grows_to)) = (steps, grows_to) else {
            return Err(checks.rejected());
        };
        let room = Self { steps, grows_to };
        match room.has_ceiling_below() {
            false => Ok(room),
            true => Err(Rejected::one("grows_to", orders::Reason::CeilingTooLow)),
        }
    }

    /// Whether it shall grow by itself to no more than it has.
    fn has_ceiling_below(self) -> bool {
        self.grows_to.is_some_and(|most| most <= self.steps)
    }

    /// The most that it may come to.
    #[must_use]
    pub fn most(self) -> i64 {
        self.grows_to.unwrap_or_default().max(self.steps)
    }

    /// What has to be asked so that `storage` has it; nothing if it does.
    #[must_use]
    pub fn asked(self, storage: &Storage) -> Option<ThingAsked> {
        let there = Self::of(storage);
        let steps = (self.steps != there.steps).then_some(self.steps);
        let growth = (self.grows_to != there.grows_to).then(|| Growth {
            is_on: self.grows_to.is_some(),
            up_to: self.grows_to.or(there.grows_to).unwrap_or(self.steps),
        });
        (steps.is_some() || growth.is_some()).then(|| ThingAsked::ResizeStorage {
            storage: storage.id.clone(),
            name: storage.name.clone(),
            steps,
            growth,
        })
    }
}

/// What so many steps more come to by the list, for a storage of the region with this short name.
#[must_use]
pub fn quote(catalogue: &Catalogue, region: &str, more: i64, day: NaiveDate) -> Quote {
    let price = catalogue.price(STORAGE, region, Term::Months(1), day);
    let product = catalogue.product(STORAGE);
    Quote {
        lines: vec![Line {
            what: product.map_or_else(|| STORAGE.to_owned(), |product| product.name.clone()),
            quantity: more,
            cost: price.cost,
            sales: price.sales,
        }],
    }
}

/// Whether this may be asked of the storage of `row`, which is locked or was just read.
///
/// # Errors
/// Why not.
pub(in crate::domain::contabo) async fn allow_change(
    rows: &Tenant<'_>,
    row: &contabo_resource::Model,
    asked: &ThingAsked,
    now: DateTime<Utc>,
) -> Result<(), actions::Error> {
    use actions::Reason;
    let reject = |field, reason| Err(ChangeError::from(Rejected::one(field, reason)).into());
    let storage: Storage = serde_json::from_value(row.details.clone()).map_err(|_| ChangeError::NotFound)?;
    if storage.cancels_on.is_some() && !matches!(asked, ThingAsked::RenameStorage { .. }) {
        return Err(actions::Error::AlreadyCancelled);
    }
    match asked {
        ThingAsked::RenameStorage { name, .. } => {
            let all = resources::list::<Storage>(rows, row.contabo_account_id).await?;
            let mut others = all.iter().filter(|one| one.id != row.id);
            if others.any(|one| one.thing.name == *name) {
                return reject("name", Reason::NameTaken);
            }
        }
        ThingAsked::ResizeStorage {
            steps: wanted, growth, ..
        } => {
            // Another step could be bought twice while Contabo is still at the last one.
            if !storage.is_settled() || last_is_open(rows, row, &storage, now).await? {
                return Err(actions::Error::AlreadyAsked);
            }
            let there = Room::of(&storage);
            let room = Room {
                steps: wanted.unwrap_or(there.steps),
                grows_to: match growth {
                    Some(growth) => Some(growth.up_to).filter(|_| growth.is_on),
                    None => there.grows_to,
                },
            };
            if room.steps < there.steps {
                return reject("size", Reason::NotBigger);
            }
            if room.has_ceiling_below() {
                return reject("grows_to", Reason::CeilingTooLow);
            }
            if let Some(Full::Storage(most)) = quotas::full_for_growth(rows, row, room.most()).await? {
                let field = if room.grows_to.is_some() { "grows_to" } else { "size" };
                return reject(field, Reason::StorageFull(most));
            }
        }
        _ => {}
    }
    Ok(())
}

/// Whether Contabo said yes to more room within a day and does not show it yet.
async fn last_is_open(
    rows: &Tenant<'_>,
    row: &contabo_resource::Model,
    storage: &Storage,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    use action::Column;
    let accepted = rows
        .find::<action::Entity>()
        .filter(Column::ContaboAccountId.eq(row.contabo_account_id))
        .filter(Column::ThingKind.eq(Storage::NAME))
        .filter(Column::ThingId.eq(row.contabo_id.as_str()))
        .filter(Column::AcceptedAt.gt(now - TimeDelta::days(1)))
        .filter(Column::EndedAt.is_not_null())
        .order_by(Column::AcceptedAt, Order::Desc)
        .all()
        .await?;
    let last = accepted
        .iter()
        .filter_map(|row| ThingAsked::of(row).ok())
        .find(|asked| matches!(asked, ThingAsked::ResizeStorage { .. }));
    Ok(last.is_some_and(|asked| !is_so(&asked, storage)))
}

/// Whether what was asked of a storage shows in what was read last; none: it can't be told.
///
/// # Errors
/// When the database does not answer.
pub(in crate::domain::contabo) async fn shows(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    asked: &ThingAsked,
) -> Result<Option<bool>, DbErr> {
    let (ThingAsked::ResizeStorage { storage, .. } | ThingAsked::CancelStorage { storage, .. }) = asked else {
        return Ok(None);
    };
    let found = resources::one_there::<Storage>(rows, account, storage).await?;
    Ok(Some(found.is_some_and(|found| is_so(asked, &found.thing))))
}

fn is_so(asked: &ThingAsked, storage: &Storage) -> bool {
    match asked {
        ThingAsked::ResizeStorage {
            steps: wanted, growth, ..
        } => {
            // It may have grown further by itself since.
            let is_large = wanted.is_none_or(|wanted| steps(storage) >= wanted);
            let grows = growth.is_none_or(|growth| ceiling(storage) == Some(growth.up_to).filter(|_| growth.is_on));
            is_large && grows
        }
        ThingAsked::CancelStorage { .. } => storage.cancels_on.is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn storage(size: f64, grows_to: Option<f64>) -> Storage {
        Storage {
            id: "1".to_owned(),
            size_tb: Some(size),
            grows: grows_to.is_some(),
            grows_to_tb: grows_to,
            ..Storage::default()
        }
    }

    fn read(pairs: &[(&str, &str)]) -> Result<Room, Rejected<orders::Reason>> {
        let pairs = pairs
            .iter()
            .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
        Room::read(&Typed::new(pairs))
    }

    #[test]
    fn only_what_differs_is_asked_for_and_it_shows_when_it_is_there() {
        let there = storage(0.5, None);
        assert_eq!(read(&[("size", "0.5")]).unwrap().asked(&there), None);
        let more = read(&[("size", "1"), ("grows", "yes"), ("grows_to", "2")]).unwrap();
        assert_eq!(more.most(), 8);
        let asked = more.asked(&there).unwrap();
        let ThingAsked::ResizeStorage { steps, growth, .. } = &asked else {
            panic!()
        };
        assert_eq!((*steps, growth.unwrap()), (Some(4), Growth { is_on: true, up_to: 8 }));
        assert!(!is_so(&asked, &there) && !is_so(&asked, &storage(1.0, None)));
        assert!(is_so(&asked, &storage(1.25, Some(2.0))));
        // Switched off, the ceiling is that which it had.
        let off = read(&[("size", "1")]).unwrap().asked(&storage(1.0, Some(2.0))).unwrap();
        let ThingAsked::ResizeStorage {
            steps: None, growth, ..
        } = &off
        else {
            panic!("{off:?}")
        };
        assert_eq!(*growth, Some(Growth { is_on: false, up_to: 8 }));
        assert!(is_so(&off, &storage(1.0, None)) && !is_so(&off, &storage(1.0, Some(2.0))));
    }

    #[test]
    fn what_is_no_size_is_refused_by_field() {
        let below = read(&[("size", "3"), ("grows", "yes"), ("grows_to", "2")]);
        assert_eq!(below, Err(Rejected::one("grows_to", orders::Reason::CeilingTooLow)));
        let wrong = read(&[("size", "0.3"), ("grows", "yes"), ("grows_to", "much")]).unwrap_err();
        assert_eq!(
            wrong.0.iter().map(|(field, _)| *field).collect::<Vec<_>>(),
            ["size", "grows_to"]
        );
    }
}
