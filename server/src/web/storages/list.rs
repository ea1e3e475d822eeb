//! `GET /portal/storages` and `GET /admin/storages`

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use app::storages::list::{Row, Storages};
use entity::ContaboAccountId;
use leptos::prelude::*;

use super::{AT, Seer, status, used};
use crate::{
    domain::contabo::{accounts, storages},
    site::Site,
    web::{Error, Page, asked::Listing},
};

pub(in crate::web) async fn get<S: Seer>(
    site: web::Data<Site>,
    seer: S,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let rows = seer.tenant().rows();
    let (search, of) = (listing.filter("q").to_lowercase(), listing.filter("of"));
    let mut found = storages::list(&rows).await?;
    found.retain(|one| seer.sees(one));
    let board = site.board.snapshot(seer.tenant().tenant.id, site.clock.now()).await?;
    let name = |one: &storages::Kept| {
        one.client
            .and_then(|id| board.clients.get(&id))
            .map(|client| client.name.clone())
    };
    let several = S::IS_STAFF
        || found
            .iter()
            .any(|one| found.first().is_some_and(|first| first.client != one.client));
    found.retain(|one| match of.as_str() {
        "clients" => one.client.is_some(),
        "nobody" => one.client.is_none(),
        _ => true,
    });
    found.retain(|one| {
        let texts = [
            Some(one.storage.name.clone()),
            name(one),
            Some(one.storage.region.clone()),
        ];
        texts.iter().flatten().any(|text| text.to_lowercase().contains(&search))
    });
    let accounts: HashMap<ContaboAccountId, String> = match S::IS_STAFF {
        true => accounts::list(&rows)
            .await?
            .into_iter()
            .map(|account| (account.id, account.name))
            .collect(),
        false => HashMap::new(),
    };
    let filters = listing.filters(&["q", "of"]);
    let (list, range) = listing.cut(S::list(), filters, None, found.len());
    let rows = found.get(range).unwrap_or_default().iter().map(|one| Row {
        href: S::page(one.id),
        name: one.storage.name.clone(),
        client: name(one).filter(|_| several),
        account: accounts.get(&one.account).cloned(),
        region: one.storage.region.clone(),
        status: status(&one.storage.status),
        used: used(&one.storage),
    });
    let rows: Vec<Row> = rows.collect();
    let for_staff = S::IS_STAFF;
    Ok(page
        .at(AT)
        .ok(move || view! { <Storages list=list rows=rows for_staff=for_staff/> }))
}
