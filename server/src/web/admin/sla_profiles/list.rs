//! `GET /admin/sla-profiles`

use actix_web::{HttpResponse, web};
use app::admin::sla_profiles::list::{Row, SlaProfiles};
use leptos::prelude::*;

use crate::{
    domain::{board::Profile, identity::StaffPermission, sla_profiles::promise},
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Listing, board},
        guard::Staff,
        route,
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Name,
    Uptime,
    Links,
}

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let sort = listing.sort(&[("name", By::Name), ("uptime", By::Uptime), ("links", By::Links)]);
    let (search, shown) = (listing.filter("q").to_lowercase(), listing.filter("state"));
    let mut found: Vec<_> = board
        .profiles
        .values()
        .filter(|profile| match shown.as_str() {
            "archived" => profile.profile.archived_at.is_some(),
            "all" => true,
            _ => profile.profile.archived_at.is_none(),
        })
        .filter(|profile| profile.profile.name.to_lowercase().contains(&search))
        .map(|profile| (profile, super::links_of(&board, profile.profile.id)))
        .collect();
    found.sort_by_cached_key(|(profile, _)| profile.profile.name.to_lowercase());
    match sort {
        Some((_, By::Uptime, _)) => found.sort_by_key(|(profile, _)| profile.current.uptime_micropercent),
        Some((_, By::Links, _)) => found.sort_by_key(|(_, links)| *links),
        Some((_, By::Name, _)) | None => {}
    }
    if sort.is_some_and(|(_, _, descending)| descending) {
        found.reverse();
    }
    let sorted = sort.map(|(column, _, descending)| (column, descending));
    let filters = listing.filters(&["q", "state"]);
    let (list, range) = listing.cut(route::AdminSlaProfiles, filters, sorted, found.len());
    let found = found.get(range).unwrap_or_default().iter();
    let rows = found.map(|(profile, links)| row(profile, *links)).collect();
    let add = staff
        .may(StaffPermission::ManageSlaProfiles)
        .then(|| route::AdminSlaProfileNew.to_string().into());
    Ok(page
        .at("sla-profiles")
        .ok(move || view! { <SlaProfiles list=list rows=rows add_href=add/> }))
}

fn row(profile: &Profile, links: usize) -> Row {
    Row {
        href: route::AdminSlaProfile {
            sla_profile: profile.profile.id,
        }
        .to_string(),
        name: profile.profile.name.clone(),
        promise: super::shown(&promise(&profile.current)),
        version: profile.profile.current_version,
        links,
        archived: profile.profile.archived_at.is_some(),
    }
}
