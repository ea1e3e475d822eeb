//! The staff's pages about links.

pub(in crate::web) mod archive;
pub(in crate::web) mod edit;
pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod period;
pub(in crate::web) mod show;

use std::sync::Arc;

use app::admin::links::form::Choices;
use entity::{LinkId, RouterId, link, router_check};

use super::routers;
use crate::{
    domain::{
        board::{LinkNow, Snapshot},
        links::setup::KINDS,
        money::{Currency, Money},
    },
    web::{Error, guard::Staff},
};

/// The fields of a link's form.
pub(super) const FIELDS: [&str; 13] = [
    "name",
    "client",
    "kind",
    "reference",
    "router",
    "interface",
    "faces",
    "ping",
    "down",
    "up",
    "profile",
    "fee",
    "activated_at",
];

/// The link, unless it is archived: what a change is about.
fn find_current(board: &Snapshot, id: LinkId) -> Result<&Arc<LinkNow>, Error> {
    let link = board.links.get(&id).ok_or(Error::NotFound)?;
    if link.link.archived_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(link)
}

/// What may be chosen: everything of the tenant that is not archived, by name.
pub(super) fn choices(board: &Snapshot, interfaces: Vec<(String, String)>) -> Choices {
    let clients = board.clients.values().filter(|row| row.archived_at.is_none());
    let routers = board.routers.values().map(|now| &now.router);
    let routers = routers.filter(|row| row.archived_at.is_none());
    let profiles = board.profiles.values().map(|profile| &profile.profile);
    let profiles = profiles.filter(|row| row.archived_at.is_none());
    let mut kinds: Vec<String> = KINDS.map(str::to_owned).into();
    let own = crate::domain::links::list::kinds(board).into_iter().map(str::to_owned);
    kinds.extend(own.filter(|kind| !KINDS.contains(&kind.as_str())));
    Choices {
        clients: by_name(clients.map(|row| (row.id.to_string(), row.name.clone()))),
        routers: by_name(routers.map(|row| (row.id.to_string(), row.name.clone()))),
        profiles: by_name(profiles.map(|row| (row.id.to_string(), row.name.clone()))),
        kinds,
        interfaces,
        currency: board.tenant.currency.clone(),
    }
}

/// What its client pays a month.
fn fee(board: &Snapshot, link: &link::Model) -> Option<Money> {
    let currency = Currency::of_kept(&board.tenant.currency);
    link.monthly_fee_minor.map(|minor| Money::new(minor, currency))
}

fn by_name(pairs: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by_cached_key(|(_, name)| name.to_lowercase());
    pairs
}

/// The interfaces that the router had at its last check, to be suggested; none where no router is chosen.
async fn interfaces(staff: &Staff, router: &str) -> Result<Vec<(String, String)>, Error> {
    let Ok(router) = router.parse::<RouterId>() else {
        return Ok(Vec::new());
    };
    let check = staff.tenant.rows().get::<router_check::Entity>(router).await?;
    let report = check.as_ref().and_then(routers::report);
    let interfaces = report.map(|report| report.interfaces).unwrap_or_default();
    Ok(interfaces
        .into_iter()
        .map(|interface| {
            let about = [interface.kind, interface.comment];
            let about: Vec<String> = about.into_iter().flatten().filter(|text| !text.is_empty()).collect();
            (interface.name, about.join(", "))
        })
        .collect())
}
