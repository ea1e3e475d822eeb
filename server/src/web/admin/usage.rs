//! `GET /admin/usage` and `…/items.csv`: what there is at Contabo and how full it is; `…/advice` and `…/advice.csv`: what could
//! be done about what is unused.

use actix_web::{HttpResponse, web};
use app::admin::costs::usage::{
    Advice as Shown, AdvicePage, Count as ShownCount, InState, Usage, UsagePage, Why as ShownWhy,
};
use leptos::prelude::*;

use super::asked::Listing;
use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            instances::Status,
            orders::Storage,
            usage::{
                self, Count, Rented,
                advice::{self, About, Advice, Why},
            },
        },
    },
    site::Site,
    web::{
        Error, Page, admin, guard::Staff, measured::samples::text, reports::files::attached, route,
        servers::words::status,
    },
};

/// The entry of the navigation.
const AT: &str = "costs";

/// The page.
pub(in crate::web) async fn get(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let rented = Rented::load(&staff.tenant.rows()).await?;
    let shown = shown(&board, &rented);
    let csv_href = route::AdminUsageCsv.to_string();
    Ok(page
        .at(AT)
        .ok(move || view! { <UsagePage usage=shown csv_href=csv_href/> }))
}

fn shown(board: &Snapshot, rented: &Rented) -> Usage {
    let [regions, products, states] = usage::counts(board);
    let filtered = |name: &str, word: &str| {
        let query = serde_urlencoded::to_string([(name, word)]).unwrap_or_default();
        format!("{}?{query}", route::AdminServers)
    };
    let count = |count: Count, filter: Option<&str>| ShownCount {
        href: filter.map(|name| filtered(name, &count.word)),
        name: count.word,
        all: count.all as u64,
        running: count.running as u64,
        nobodys: count.nobodys as u64,
    };
    let storage = usage::storage(rented);
    let snapshots = usage::snapshots(board, rented);
    Usage {
        states: states
            .into_iter()
            .map(|count| InState {
                href: filtered("state", &count.word),
                status: status(&Status::of(&count.word)),
                all: count.all as u64,
            })
            .collect(),
        regions: regions.into_iter().map(|one| count(one, Some("region"))).collect(),
        // The list's search finds a product by its name.
        products: products.into_iter().map(|one| count(one, Some("q"))).collect(),
        storage: (
            storage.used,
            storage.bought.unwrap_or_default(),
            storage.most.unwrap_or_default(),
        ),
        snapshots: (snapshots.used as u64, snapshots.bought.unwrap_or_default() as u64),
        images: (rented.images.len() as u64, usage::images(rented).used as u64),
        servers: (
            rented.used.instances.unsigned_abs(),
            rented.quota.instances.map(|most| most.unsigned_abs().into()),
        ),
        most_storage: rented
            .quota
            .storage_steps
            .map(|steps| Storage::tb(steps.into()).to_string()),
    }
}

/// The same, a line a thing.
pub(in crate::web) async fn csv(site: web::Data<Site>, staff: Staff) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let rented = Rented::load(&staff.tenant.rows()).await?;
    let bytes = usage::write(&board, &rented, text).map_err(Error::internal)?;
    Ok(attached("usage.csv".to_owned(), "text/csv; charset=utf-8", bytes))
}

/// What could be done.
pub(in crate::web) async fn advice(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let reason = listing.filter("reason");
    let found = found(&site, &staff, &reason).await?;
    let (list, range) = listing.cut(route::AdminAdvice, vec![("reason", reason)], None, found.len());
    let rows = found.into_iter().skip(range.start).take(range.len());
    let rows: Vec<Shown> = rows.map(shown_advice).collect();
    let csv_href = route::AdminAdviceCsv.to_string();
    Ok(page
        .at(AT)
        .ok(move || view! { <AdvicePage list=list rows=rows csv_href=csv_href/> }))
}

/// All advice as a file.
pub(in crate::web) async fn advice_csv(site: web::Data<Site>, staff: Staff) -> Result<HttpResponse, Error> {
    let found = found(&site, &staff, "").await?;
    let bytes = advice::write(&found, text).map_err(Error::internal)?;
    Ok(attached("advice.csv".to_owned(), "text/csv; charset=utf-8", bytes))
}

/// What there is of this reason, or of all.
async fn found(site: &Site, staff: &Staff, reason: &str) -> Result<Vec<Advice>, Error> {
    let board = admin::board(site, staff).await?;
    let rented = Rented::load(&staff.tenant.rows()).await?;
    let mut all = advice::advice(&board, &rented, site.clock.now());
    if advice::REASONS.contains(&reason) {
        all.retain(|one| one.why.name() == reason);
    }
    Ok(all)
}

fn shown_advice(one: Advice) -> Shown {
    Shown {
        href: match one.about {
            About::Server(instance) => route::AdminServer { instance }.to_string(),
            About::Storage(storage) => route::AdminStorage { storage }.to_string(),
        },
        name: one.name,
        client: one.client,
        why: match one.why {
            Why::Nobodys(at) => ShownWhy::Nobodys(at),
            Why::Off(at) => ShownWhy::Off(at),
            Why::Ends(day) => ShownWhy::Ends(day),
            Why::Full(share) => ShownWhy::Full(share * 100.0),
            Why::Empty(share) => ShownWhy::Empty(share * 100.0),
            Why::OldSnapshot(name, at) => ShownWhy::OldSnapshot(name, at),
            Why::GrowthFailed(error) => ShownWhy::GrowthFailed(error),
        },
    }
}
