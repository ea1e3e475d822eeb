//! What staff change about a storage: `…/name`, `…/size`, `…/cancel`. What costs money is shown first with what it
//! costs, and asked for only when somebody has said yes to just that.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    storages::change::{CancelStorage, Change, ConfirmResize, Cost, RenameStorage, ResizeStorage},
    ui::FormState,
};
use chrono::NaiveDate;
use entity::ContaboResourceId;
use leptos::prelude::*;

use super::{AT, Seer};
use crate::{
    domain::{
        calendar::day_at,
        contabo::{
            actions::ThingAsked,
            catalogue::{Catalogue, Quote, Side},
            orders,
            resources::Storage,
            storages::{self, Kept, Room},
        },
        typed::{Rejected, Typed, line},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, orders::complain, things},
        guard::Staff,
        route, see_other_telling, sure,
    },
};

const FIELDS: [&str; 3] = ["size", "grows", "grows_to"];

type At = web::Path<ContaboResourceId>;

fn page_of(one: &Kept) -> String {
    <Staff as Seer>::page(one.id)
}

fn tb(steps: i64) -> String {
    format!("{}\u{a0}TB", orders::Storage::tb(steps))
}

/// Another name.
pub(in crate::web) async fn get_name(staff: Staff, id: At, page: Page) -> Result<HttpResponse, Error> {
    let (_, one) = staff.find(*id).await?;
    let form = FormState::new().with("name", one.storage.name.clone());
    Ok(name_page(page, StatusCode::OK, one, form))
}

/// Asks for it.
pub(in crate::web) async fn name(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, one) = staff.find(*id).await?;
    let lang = page.lang();
    let name = match line(typed.get("name"), 255) {
        Ok(name) => name,
        Err(bad) => {
            let form = admin::shown(
                &typed,
                &["name"],
                Rejected::one("name", bad),
                lang,
                admin::text_complaint,
            );
            return Ok(name_page(page, StatusCode::UNPROCESSABLE_ENTITY, one, form));
        }
    };
    let storage = one.storage.id.clone();
    let asked = ThingAsked::RenameStorage { storage, name };
    match things::ask(&site, &staff, one.account, asked, None, lang).await? {
        Ok(()) => Ok(see_other_telling(page_of(&one), "done-thing-asked")),
        Err(why) => {
            let mut form = typed.shown(&["name"]);
            form.reject_all(why);
            Ok(name_page(page, StatusCode::CONFLICT, one, form))
        }
    }
}

fn name_page(page: Page, status: StatusCode, one: Kept, form: FormState) -> HttpResponse {
    let href = page_of(&one);
    let name = one.storage.name;
    page.at(AT)
        .with_status(status, move || view! { <RenameStorage name=name href=href form=form/> })
}

/// How much room.
pub(in crate::web) async fn get_size(staff: Staff, id: At, page: Page) -> Result<HttpResponse, Error> {
    let (_, one) = staff.find(*id).await?;
    let room = Room::of(&one.storage);
    let mut form = FormState::new().with("size", orders::Storage::tb(room.steps).to_string());
    if let Some(most) = room.grows_to {
        form.set("grows", "yes");
        form.set("grows_to", orders::Storage::tb(most).to_string());
    }
    Ok(size_page(page, StatusCode::OK, one, form))
}

/// Says what it comes to; asks for it once that was confirmed.
pub(in crate::web) async fn size(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, one) = staff.find(*id).await?;
    let lang = page.lang();
    let room = match Room::read(&typed) {
        Ok(room) => room,
        Err(wrong) => {
            let form = admin::shown(&typed, &FIELDS, wrong, lang, complain);
            return Ok(size_page(page, StatusCode::UNPROCESSABLE_ENTITY, one, form));
        }
    };
    let refused = |page: Page, status, one, why: String| {
        let mut form = typed.shown(&FIELDS);
        form.reject_all(why);
        Ok(size_page(page, status, one, form))
    };
    let there = Room::of(&one.storage);
    if room.steps < there.steps {
        let why = lang.t("storage-not-bigger").to_owned();
        return refused(page, StatusCode::UNPROCESSABLE_ENTITY, one, why);
    }
    let Some(asked) = room.asked(&one.storage) else {
        let why = lang.t("storage-so-already").to_owned();
        return refused(page, StatusCode::UNPROCESSABLE_ENTITY, one, why);
    };
    if room.most() > there.most() || room.steps > there.steps {
        let rows = staff.tenant.rows();
        let (catalogue, day) = (
            Catalogue::load(&rows).await?,
            day_at(site.clock.now(), staff.tenant.zone()),
        );
        let board = admin::board(&site, &staff).await?;
        let change = Comes::of(&catalogue, region(&board, &one.storage), there, room, day);
        // What is confirmed is what was shown: the same step up from the same room, at the same price.
        if typed.get("confirmed") != change.key {
            let is_other = !typed.get("confirmed").is_empty();
            return Ok(change.page(page, one, there, room, &typed, is_other));
        }
    }
    match things::ask(&site, &staff, one.account, asked, None, lang).await? {
        Ok(()) => Ok(see_other_telling(page_of(&one), "done-thing-asked")),
        Err(why) => refused(page, StatusCode::CONFLICT, one, why),
    }
}

fn size_page(page: Page, status: StatusCode, one: Kept, form: FormState) -> HttpResponse {
    let href = page_of(&one);
    let name = one.storage.name;
    page.at(AT)
        .with_status(status, move || view! { <ResizeStorage name=name href=href form=form/> })
}

/// The short name of its region, as far as servers there tell it.
fn region(board: &crate::domain::board::Snapshot, storage: &Storage) -> String {
    let mut all = board.instances.values().map(|now| &now.details);
    let same = all.find(|details| details.region_name == storage.region);
    storages::region_word(&storage.region, same.map(|details| details.region.as_str())).to_owned()
}

/// What a change comes to each month.
struct Comes {
    at_once: Option<(i64, Quote)>,
    at_most: Option<(i64, Quote)>,
    key: String,
}

impl Comes {
    fn of(catalogue: &Catalogue, region: String, there: Room, room: Room, day: NaiveDate) -> Self {
        let quote = |more: i64| (more > 0).then(|| (more, storages::quote(catalogue, &region, more, day)));
        let at_once = quote(room.steps - there.steps);
        let at_most = quote(room.most() - room.steps);
        let amount = |quote: &Option<(i64, Quote)>| {
            let (more, quote) = quote.as_ref()?;
            Some(format!("{more}:{:?}", month(quote, Side::Cost)))
        };
        let key = [
            format!("{}-{:?}", there.steps, there.grows_to),
            format!("{}-{:?}", room.steps, room.grows_to),
            amount(&at_once).unwrap_or_default(),
            amount(&at_most).unwrap_or_default(),
        ];
        Self {
            at_once,
            at_most,
            key: key.join("/"),
        }
    }

    fn page(self, page: Page, one: Kept, there: Room, room: Room, typed: &Typed, is_other: bool) -> HttpResponse {
        let cost = |(more, quote): (i64, Quote)| Cost {
            more: tb(more),
            cost: month(&quote, Side::Cost),
            sales: month(&quote, Side::Sales),
        };
        let mut hidden: Vec<_> = FIELDS.into_iter().map(|field| (field, typed.text(field))).collect();
        hidden.push(("confirmed", self.key));
        let change = Change {
            href: page_of(&one),
            from: tb(there.steps),
            to: tb(room.steps),
            grows_to: room.grows_to.map(tb),
            at_once: self.at_once.map(cost),
            at_most: self.at_most.map(cost),
            hidden,
            is_other,
            name: one.storage.name,
        };
        let status = if is_other { StatusCode::CONFLICT } else { StatusCode::OK };
        page.at(AT)
            .with_status(status, move || view! { <ConfirmResize change=change/> })
    }
}

/// What it comes to each month, if the price list knows.
fn month(quote: &Quote, side: Side) -> Option<String> {
    quote.total(side).ok().map(|amount| amount.month().to_string())
}

/// The question before its contract is ended.
pub(in crate::web) async fn get_cancel(staff: Staff, id: At, page: Page) -> Result<HttpResponse, Error> {
    let (_, one) = staff.find(*id).await?;
    Ok(cancel_page(page, StatusCode::OK, one, FormState::new()))
}

/// Ends it.
pub(in crate::web) async fn cancel(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, one) = staff.find(*id).await?;
    let lang = page.lang();
    let mut form = typed.shown(&["confirm"]);
    if !sure::is_sure(&site, staff.signed_in(), &one.storage.name, &typed, lang, &mut form).await? {
        return Ok(cancel_page(page, StatusCode::UNPROCESSABLE_ENTITY, one, form));
    }
    let asked = ThingAsked::CancelStorage {
        storage: one.storage.id.clone(),
        name: one.storage.name.clone(),
    };
    match things::ask(&site, &staff, one.account, asked, None, lang).await? {
        Ok(()) => Ok(see_other_telling(page_of(&one), "done-thing-asked")),
        Err(why) => {
            form.reject_all(why);
            Ok(cancel_page(page, StatusCode::CONFLICT, one, form))
        }
    }
}

fn cancel_page(page: Page, status: StatusCode, one: Kept, form: FormState) -> HttpResponse {
    let href = page_of(&one);
    let name = one.storage.name;
    page.at(AT)
        .with_status(status, move || view! { <CancelStorage name=name href=href form=form/> })
}

/// Where a storage is changed, for those who may.
pub(super) fn hrefs(storage: ContaboResourceId) -> app::storages::show::Changes {
    app::storages::show::Changes {
        rename: route::AdminStorageName { storage }.to_string(),
        resize: route::AdminStorageSize { storage }.to_string(),
        cancel: route::AdminStorageCancel { storage }.to_string(),
    }
}
