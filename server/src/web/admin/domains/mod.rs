//! The staff's pages of domains and their contacts.

pub(in crate::web) mod change;
pub(in crate::web) mod code;
pub(in crate::web) mod contacts;
pub(in crate::web) mod order;

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        Subject,
        domains::{
            Named,
            list::{DomainList, Row},
            show::{Domain as Shown, DomainPage},
        },
    },
    text::{Lang, Text},
};
use entity::{ContaboAccountId, ContaboResourceId};
use leptos::prelude::*;

use crate::{
    domain::contabo::{
        domains::Reason,
        resources::{self, Contact, DnsZone, Domain, Kind, Mirrored, Thing},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, things},
        asked::Listing,
        at_contabo,
        guard::{Staff, StaffPermission},
        route,
    },
    work::contabo::domains::NoAnswer,
};

/// The contacts of all accounts, by account and Contabo's id.
struct Known(HashMap<(ContaboAccountId, String), Named>);

impl Known {
    async fn load(staff: &Staff) -> Result<Self, Error> {
        let all = resources::all::<Contact>(&staff.tenant.rows()).await?;
        let all = all.into_iter().map(|one| {
            let named = Named {
                name: one.thing.name(),
                href: Some(route::AdminDomainContact { domain_contact: one.id }.to_string()),
            };
            ((one.account, one.thing.id), named)
        });
        Ok(Self(all.collect()))
    }

    /// As pages show it: by its id where it is not known.
    fn named(&self, account: ContaboAccountId, id: &str) -> Named {
        let found = self.0.get(&(account, id.to_owned()));
        found.cloned().unwrap_or_else(|| Named {
            name: id.to_owned(),
            href: None,
        })
    }
}

/// `GET /admin/domains`.
pub(in crate::web) async fn list(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let (accounts, known) = (things::accounts(&staff).await?, Known::load(&staff).await?);
    let all = resources::all::<Domain>(&staff.tenant.rows()).await?;
    let leaving = leaving(&all);
    let search = listing.filter("q").to_lowercase();
    let rows = all.into_iter().map(|one| {
        let domain = one.thing;
        let mut contacts: Vec<String> = Vec::new();
        for (_, id) in domain.contacts.all() {
            let name = known.named(one.account, id).name;
            if !name.is_empty() && !contacts.contains(&name) {
                contacts.push(name);
            }
        }
        Row {
            href: route::AdminDomain { domain: one.id }.to_string(),
            name: domain.name,
            account: accounts.name(one.account),
            status: domain.status,
            leaves: domain.leaves,
            contacts,
            name_servers: domain.name_servers,
            renews_at: domain.renews_at,
            cancels_at: domain.cancels_at,
        }
    });
    let rows = rows.filter(|row| {
        let mut texts = [&row.name].into_iter().chain(&row.contacts);
        texts.any(|text| text.to_lowercase().contains(&search))
    });
    let mut rows: Vec<Row> = rows.collect();
    let (list, range) = listing.cut(route::AdminDomains, listing.filters(&["q"]), None, rows.len());
    let rows = rows.drain(range).collect::<Vec<_>>();
    let what_happens = things::happening(&staff, &board, Thing::Domain, None).await?;
    let may_manage = staff.may(StaffPermission::ManageServers);
    let page = things::page_of(page, &board, &what_happens, false);
    Ok(page.ok(move || {
        view! { <DomainList list=list domains=rows leaving=leaving may_manage=may_manage what_happens=what_happens/> }
    }))
}

/// Those that somebody wants to take away, until that is answered.
pub(super) fn leaving(all: &[Mirrored<Domain>]) -> Vec<Subject> {
    let leaving = all.iter().filter(|one| one.thing.leaves);
    let subject = |one: &Mirrored<Domain>| Subject {
        name: one.thing.name.clone(),
        href: route::AdminDomain { domain: one.id }.to_string(),
    };
    leaving.map(subject).collect()
}

/// `GET /admin/domains/{domain}`.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    show(&site, &staff, found, page, None).await
}

/// The page, perhaps with why what was just tried was not done.
async fn show(
    site: &Site,
    staff: &Staff,
    found: Mirrored<Domain>,
    page: Page,
    refused: Option<String>,
) -> Result<HttpResponse, Error> {
    let board = admin::board(site, staff).await?;
    let (id, account, domain) = (found.id, found.account, found.thing);
    let known = Known::load(staff).await?;
    let zone = resources::one_there::<DnsZone>(&staff.tenant.rows(), account, &domain.name).await?;
    let happening = things::happening(staff, &board, Thing::Domain, Some((account, &domain.name))).await?;
    let page = things::page_of(page, &board, &happening, refused.is_some());
    let status = match refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let contacts = domain.contacts.all().map(|(word, id)| (word, known.named(account, id)));
    let shown = Shown {
        href: route::AdminDomain { domain: id }.to_string(),
        account: things::accounts(staff).await?.name(account),
        contacts: contacts.into(),
        zone_href: zone.map(|zone| route::AdminZone { zone: zone.id }.to_string()),
        may_manage: staff.may(StaffPermission::ManageServers) && !domain.is_over(),
        name: domain.name,
        status: domain.status,
        error: domain.error,
        name_servers: domain.name_servers,
        keys: domain.keys,
        registered_at: domain.registered_at,
        renews_at: domain.renews_at,
        cancels_at: domain.cancels_at,
        leaves: domain.leaves,
        leaves_since: domain.leaves_since,
        happening,
        refused,
    };
    Ok(page.with_status(status, move || view! { <DomainPage domain=shown/> }))
}

/// Why there is no answer for a page.
fn no_answer(lang: Lang, why: &NoAnswer) -> String {
    match why {
        NoAnswer::Late => lang.t("domain-late").to_owned(),
        NoAnswer::None => lang.t("domain-code-none").to_owned(),
        NoAnswer::Refused(error) => lang.t_with("domain-refused", &[("why", at_contabo::words(error).into())]),
    }
}

/// What can't be taken of what was typed.
fn complaint(lang: Lang, reason: Reason) -> Text {
    let key = match reason {
        Reason::Text(bad) => return admin::text_complaint(lang, bad),
        Reason::NotAChoice => lang.t("not-a-choice"),
        Reason::NotADomain => lang.t("not-a-domain"),
        Reason::NotAServer => lang.t("problem-name-server"),
        Reason::NotSoMany => lang.t("problem-name-servers-count"),
        Reason::Twice => lang.t("problem-name-server-twice"),
        Reason::NoAddress => lang.t("problem-name-server-address"),
        Reason::NotAMail => lang.t("problem-mail-address"),
        Reason::NotACountry => lang.t("problem-country"),
        Reason::NotAPhone => lang.t("problem-phone"),
        Reason::NotADate => lang.t("price-not-a-date"),
        Reason::NotADay => lang.t("problem-day"),
    };
    key.into()
}
