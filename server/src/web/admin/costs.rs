//! `GET /admin/costs` and `…/items.csv`: what things at Contabo cost in a month, what clients pay, and what is left.

use actix_web::{HttpResponse, web};
use app::admin::costs::money::{CostsPage, Months, Share as Shown};
use leptos::prelude::*;

use super::asked::Listing;
use crate::{
    domain::{
        board::Snapshot,
        calendar::Month,
        contabo::costs::{self, Item, Share, Sum},
        money::Money,
    },
    site::Site,
    web::{
        Error, Page, admin,
        guard::Staff,
        measured::samples::text,
        reports::{files::attached, month_choices},
        route,
    },
};

/// The entry of the navigation.
const AT: &str = "costs";

/// The month that is asked for, and those that there are.
async fn month(site: &Site, staff: &Staff, asked: &str) -> Result<(Month, Vec<Month>), Error> {
    let all = costs::months(&staff.tenant.rows(), staff.tenant.zone(), site.clock.now()).await?;
    let this = Month::at(site.clock.now(), staff.tenant.zone());
    let chosen = asked.parse().ok().filter(|month| all.contains(month));
    Ok((chosen.unwrap_or(this), all))
}

async fn items(site: &Site, staff: &Staff, month: Month) -> Result<Vec<Item>, Error> {
    let zone = staff.tenant.zone();
    Ok(costs::items(&staff.tenant.rows(), month, zone, site.clock.now()).await?)
}

/// The page.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let (month, all) = month(&site, &staff, &listing.filter("month")).await?;
    let items = items(&site, &staff, month).await?;
    let mut shares: Vec<_> = costs::shares(&items).into_iter().collect();
    // Clients by name, and last what nobody has.
    shares.sort_by_cached_key(|(client, _)| {
        let name = client
            .and_then(|id| board.clients.get(&id))
            .map(|row| row.name.to_lowercase());
        (client.is_none(), name, *client)
    });
    let mut total = Share::default();
    for (_, share) in &shares {
        total.plus(share);
    }
    // The newest month is what one sees without asking for any.
    let asked = all.first().is_none_or(|newest| *newest != month);
    let filters = vec![("month", if asked { month.to_string() } else { String::new() })];
    let (list, range) = listing.cut(route::AdminCosts, filters, None, shares.len());
    let rows = shares.get(range).unwrap_or_default().iter();
    let rows: Vec<Shown> = rows
        .map(|(client, share)| {
            let client = client.and_then(|id| board.clients.get(&id)).map(|row| {
                let href = route::AdminClient { client: row.id }.to_string();
                (row.name.clone(), href)
            });
            shown(client, share)
        })
        .collect();
    let names = all.iter().map(Month::to_string).collect();
    let months = Months {
        chosen: month.to_string(),
        all: month_choices(names, staff.tenant.zone(), page.lang()),
    };
    let lacking = costs::without_price(&items).into_iter();
    let lacking = lacking.map(|(product, count)| (product, count as u64)).collect();
    let csv_href = format!("{}?month={month}", route::AdminCostsCsv);
    let total = shown(None, &total);
    Ok(page.at(AT).ok(move || {
        view! { <CostsPage list=list months=months rows=rows total=total lacking=lacking csv_href=csv_href/> }
    }))
}

fn shown(client: Option<(String, String)>, share: &Share) -> Shown {
    let amounts = |sum: &Sum| sum.amounts().iter().map(Money::to_string).collect();
    Shown {
        client,
        servers: share.servers as u64,
        storages: share.storages as u64,
        cost: amounts(&share.cost),
        sales: amounts(&share.sales),
        left: share.margin().map(|left| left.to_string()),
        unknown: share.unknown as u64,
    }
}

/// The same, a line a thing.
pub(in crate::web) async fn csv(site: web::Data<Site>, staff: Staff, listing: Listing) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let (month, _) = month(&site, &staff, &listing.filter("month")).await?;
    let mut items = items(&site, &staff, month).await?;
    let name = |id| client_name(&board, id);
    items.sort_by_cached_key(|item| (item.client.map(name), item.name.to_lowercase()));
    let bytes = costs::write(month, &items, name, text).map_err(Error::internal)?;
    Ok(attached(format!("costs-{month}.csv"), "text/csv; charset=utf-8", bytes))
}

fn client_name(board: &Snapshot, id: entity::ClientId) -> String {
    board.clients.get(&id).map(|row| row.name.clone()).unwrap_or_default()
}
