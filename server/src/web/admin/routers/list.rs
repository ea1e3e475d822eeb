//! `GET /admin/routers`: the list.

use actix_web::{HttpResponse, web};
use app::admin::routers::list::{RouterList, Row};
use chrono::TimeDelta;
use leptos::prelude::*;

use crate::{
    domain::routers::list::{self, Listed, Sort, Status, Wanted},
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing, router_status},
        guard::{Staff, StaffPermission},
        live, route,
    },
};

const COLUMNS: [(&str, Sort); 6] = [
    ("state", Sort::Status),
    ("name", Sort::Name),
    ("site", Sort::Site),
    ("cpu", Sort::Cpu),
    ("links", Sort::Links),
    ("poll", Sort::LastPoll),
];

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let status = Status::ALL
        .into_iter()
        .find(|status| status.name() == listing.filter("state"));
    let (search, sort) = (listing.filter("q"), listing.sort(&COLUMNS));
    let wanted = Wanted {
        search: &search,
        status,
        sort: sort.map_or(Sort::default(), |(_, sort, _)| sort),
        descending: sort.is_some_and(|(_, _, descending)| descending),
    };
    let listed = list::list(&board, &wanted);
    let filters = vec![
        ("q", search.clone()),
        (
            "state",
            status.map_or_else(String::new, |status| status.name().to_owned()),
        ),
    ];
    let sort = sort.map(|(column, _, descending)| (column, descending));
    let (state, range) = listing.cut(route::AdminRouters, filters, sort, listed.len());
    let rows = listed
        .get(range)
        .unwrap_or_default()
        .iter()
        .map(row)
        .collect::<Vec<_>>();
    let add = staff
        .may(StaffPermission::ManageRouters)
        .then_some("/admin/routers/new");
    let page = page
        .at("routers")
        .live(live::admin(live::Subject::Everything, &board, &["routers"], &[]));
    Ok(page.ok(move || view! { <RouterList list=state rows=rows add_href=add/> }))
}

fn row(one: &Listed<'_>) -> Row {
    let (router, state) = (&one.now.router, one.now.state.as_ref());
    let id = router.id;
    Row {
        href: route::AdminRouter { router: id }.to_string(),
        name: router.name.clone(),
        site: router.site.clone(),
        address: format!("{}:{}", router.host, router.port),
        status: router_status(one.status),
        reason: state.and_then(|state| state.reason.clone()),
        identity: state.and_then(|state| state.identity.clone()),
        version: state.and_then(|state| state.version.clone()),
        uptime: state.and_then(|state| state.uptime_seconds).map(TimeDelta::seconds),
        cpu: state.and_then(|state| state.cpu_percent).map(f64::from),
        memory: state.and_then(|state| {
            let (free, total) = state.memory_free.zip(state.memory_total)?;
            (total > 0).then(|| (total - free) as f64 * 100.0 / total as f64)
        }),
        links: one.links,
        links_href: format!("{}?router={id}", route::AdminLinks),
        last_poll: state.and_then(|state| state.last_poll_at),
    }
}
