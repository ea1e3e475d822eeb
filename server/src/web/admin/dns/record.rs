//! `…/admin/dns/{zone}/records/…`: a record of a zone is made, changed or deleted.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        dns::record::{LABELS, RecordPage},
        things::delete::Doomed,
    },
    ui::FormState,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use crate::{
    domain::{
        contabo::{
            actions::ThingAsked,
            networks::names::{self, CAA_TAGS, KINDS},
            resources::{DnsRecord, DnsZone, Mirrored},
        },
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page,
        admin::things::{
            self,
            delete::{Deletion, question},
            form::Form,
        },
        guard::Staff,
        route, see_other_telling,
    },
};

type At = web::Path<(ContaboResourceId, i64)>;

/// The zone and the record in it.
async fn find(staff: &Staff, (zone, id): (ContaboResourceId, i64)) -> Result<(Mirrored<DnsZone>, DnsRecord), Error> {
    let zone = things::find::<DnsZone>(staff, zone).await?;
    let record = zone.thing.records.iter().find(|record| record.id == id).cloned();
    Ok((zone, record.ok_or(Error::NotFound)?))
}

pub(in crate::web) async fn get_new(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let zone = things::find::<DnsZone>(&staff, *id).await?;
    let form = FormState::new().with("ttl", names::USUAL_TTL.to_string());
    Ok(form_page(page, StatusCode::OK, zone, true, form))
}

pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let zone = things::find::<DnsZone>(&staff, *id).await?;
    keep(&site, &staff, zone, None, &typed, page).await
}

pub(in crate::web) async fn get(staff: Staff, at: At, page: Page) -> Result<HttpResponse, Error> {
    let (zone, record) = find(&staff, at.into_inner()).await?;
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let form = FormState::new()
        .with("name", record.name)
        .with("type", record.kind)
        .with("data", record.data)
        .with("ttl", number(record.ttl))
        .with("prio", number(record.priority))
        .with("weight", number(record.weight))
        .with("port", number(record.port))
        .with("flag", number(record.flag))
        .with("tag", record.tag.unwrap_or_default());
    Ok(form_page(page, StatusCode::OK, zone, false, form))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    at: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (zone, record) = find(&staff, at.into_inner()).await?;
    keep(&site, &staff, zone, Some(record), &typed, page).await
}

async fn keep(
    site: &Site,
    staff: &Staff,
    zone: Mirrored<DnsZone>,
    old: Option<DnsRecord>,
    typed: &Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (is_new, fields) = (old.is_none(), LABELS.map(|(field, _)| field));
    // Contabo changes no names: it is that which the record has.
    let typed = match &old {
        Some(old) => typed.clone().with("name", old.name.clone()),
        None => typed.clone(),
    };
    let id = old.map(|old| old.id).unwrap_or_default();
    let wanted = names::record(&typed, &zone.thing.name, id).map(|record| {
        let name = zone.thing.name.clone();
        let asked = match is_new {
            true => ThingAsked::AddRecord { zone: name, record },
            false => ThingAsked::ChangeRecord { zone: name, record },
        };
        (zone.account, asked)
    });
    match Form::new(&typed, &fields, things::complaint)
        .ask(site, staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => {
            let href = route::AdminZone { zone: zone.id };
            Ok(see_other_telling(href, "done-thing-asked"))
        }
        Err((status, form)) => Ok(form_page(page, status, zone, is_new, form)),
    }
}

fn form_page(page: Page, status: StatusCode, zone: Mirrored<DnsZone>, is_new: bool, form: FormState) -> HttpResponse {
    let href = route::AdminZone { zone: zone.id }.to_string();
    let zone = zone.thing.name;
    let (kinds, tags) = (KINDS.map(str::to_owned).into(), CAA_TAGS.map(str::to_owned).into());
    page.at(things::AT).with_status(status, move || {
        view! { <RecordPage zone=zone href=href is_new=is_new kinds=kinds tags=tags form=form/> }
    })
}

/// The question before it is deleted.
pub(in crate::web) async fn get_delete(staff: Staff, at: At, page: Page) -> Result<HttpResponse, Error> {
    let (zone, record) = find(&staff, at.into_inner()).await?;
    Ok(question(page, deletion(&zone, record), Vec::new(), None))
}

/// Deletes it.
pub(in crate::web) async fn delete(
    site: web::Data<Site>,
    staff: Staff,
    at: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (zone, record) = find(&staff, at.into_inner()).await?;
    let deletion = deletion(&zone, record);
    let asked = deletion.asked.clone();
    match things::ask(&site, &staff, zone.account, asked, None, page.lang()).await? {
        Ok(()) => Ok(see_other_telling(deletion.list, "done-thing-asked")),
        Err(why) => Ok(question(page, deletion, Vec::new(), Some(why))),
    }
}

fn deletion(zone: &Mirrored<DnsZone>, record: DnsRecord) -> Deletion {
    let href = route::AdminZone { zone: zone.id }.to_string();
    let action = route::AdminRecordDelete {
        zone: zone.id,
        record: record.id,
    };
    Deletion {
        at: things::AT,
        doomed: Doomed::Record,
        name: format!("{} {} {}", record.name, record.kind, record.data),
        list: href.clone(),
        href,
        action: action.to_string(),
        asked: ThingAsked::DeleteRecord {
            zone: zone.thing.name.clone(),
            record,
        },
    }
}
