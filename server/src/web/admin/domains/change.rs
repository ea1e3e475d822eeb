//! What staff change about a domain: `…/name-servers`, `…/contacts`, `…/cancel`, `…/revoke-cancellation`, `…/transfer`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::domains::change::{AcceptTransfer, CancelDomain, DomainContacts, NameServers},
    ui::FormState,
};
use entity::{ContaboAccountId, ContaboResourceId};
use leptos::prelude::*;

use super::{complaint, show};
use crate::{
    domain::{
        calendar::day_at,
        contabo::{
            actions::ThingAsked,
            domains,
            resources::{self, Contact, Contacts, Domain, Kind, Mirrored},
        },
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self,
            things::{self, form::Form},
        },
        guard::Staff,
        route, see_other_telling, sure,
    },
};

type At = web::Path<ContaboResourceId>;

/// The fields of the contacts, as of [`Contacts::all`].
pub(super) const CONTACTS: [&str; 4] = ["owner", "admin", "tech", "zone"];

fn page_of(found: &Mirrored<Domain>) -> String {
    route::AdminDomain { domain: found.id }.to_string()
}

/// Its name servers.
pub(in crate::web) async fn get_servers(staff: Staff, id: At, page: Page) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    let form = FormState::new().with("servers", found.thing.name_servers.join("\n"));
    Ok(servers_page(page, StatusCode::OK, found, form))
}

/// Others in their place.
pub(in crate::web) async fn servers(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    let domain = &found.thing;
    let wanted = domains::name_servers(&typed, &domain.name, &domain.name_servers).map(|servers| {
        let domain = domain.name.clone();
        (found.account, ThingAsked::SetNameServers { domain, servers })
    });
    match Form::new(&typed, &["servers"], complaint)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(page_of(&found), "done-thing-asked")),
        Err((status, form)) => Ok(servers_page(page, status, found, form)),
    }
}

fn servers_page(page: Page, status: StatusCode, found: Mirrored<Domain>, form: FormState) -> HttpResponse {
    let (href, name) = (page_of(&found), found.thing.name);
    page.at(things::AT)
        .with_status(status, move || view! { <NameServers name=name href=href form=form/> })
}

/// The contacts of an account, as ids at Contabo and names.
pub(super) async fn known(staff: &Staff, account: ContaboAccountId) -> Result<Vec<(String, String)>, Error> {
    let all = resources::list::<Contact>(&staff.tenant.rows(), account).await?;
    let all = all.into_iter().map(|one| {
        let name = format!("{} ({})", one.thing.name(), one.thing.id);
        (one.thing.id, name)
    });
    Ok(all.collect())
}

/// The ids of these contacts.
pub(super) fn ids(known: &[(String, String)]) -> Vec<String> {
    known.iter().map(|(id, _)| id.clone()).collect()
}

/// The form with these contacts chosen.
pub(super) fn with_contacts(mut form: FormState, contacts: &Contacts) -> FormState {
    for (field, id) in contacts.all() {
        form.set(field, id);
    }
    form
}

/// Its contacts.
pub(in crate::web) async fn get_contacts(staff: Staff, id: At, page: Page) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    let form = with_contacts(FormState::new(), &found.thing.contacts);
    let known = known(&staff, found.account).await?;
    Ok(contacts_page(page, StatusCode::OK, found, known, form))
}

/// Others in their place.
pub(in crate::web) async fn contacts(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    let known = known(&staff, found.account).await?;
    let wanted = domains::contacts(&typed, &ids(&known)).map(|contacts| {
        let domain = found.thing.name.clone();
        (found.account, ThingAsked::SetContacts { domain, contacts })
    });
    match Form::new(&typed, &CONTACTS, complaint)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(page_of(&found), "done-thing-asked")),
        Err((status, form)) => Ok(contacts_page(page, status, found, known, form)),
    }
}

fn contacts_page(
    page: Page,
    status: StatusCode,
    found: Mirrored<Domain>,
    known: Vec<(String, String)>,
    form: FormState,
) -> HttpResponse {
    let (href, name) = (page_of(&found), found.thing.name);
    page.at(things::AT).with_status(status, move || {
        view! { <DomainContacts name=name href=href known=known form=form/> }
    })
}

/// The question before it is given up.
pub(in crate::web) async fn get_cancel(staff: Staff, id: At, page: Page) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    Ok(cancel_page(page, StatusCode::OK, found, FormState::new()))
}

/// Gives it up.
pub(in crate::web) async fn cancel(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    let lang = page.lang();
    let fields = ["reason", "reason_text", "ends_on", "confirm"];
    let today = day_at(site.clock.now(), staff.tenant.zone());
    let ending = match domains::ending(&typed, today) {
        Ok(ending) => ending,
        Err(wrong) => {
            let form = admin::shown(&typed, &fields, wrong, lang, complaint);
            return Ok(cancel_page(page, StatusCode::UNPROCESSABLE_ENTITY, found, form));
        }
    };
    let mut form = typed.shown(&fields);
    if !sure::is_sure(&site, &staff.signed_in, &found.thing.name, &typed, lang, &mut form).await? {
        return Ok(cancel_page(page, StatusCode::UNPROCESSABLE_ENTITY, found, form));
    }
    let asked = ThingAsked::CancelDomain {
        domain: found.thing.name.clone(),
        reason: ending.reason,
        text: ending.text,
        on: ending.on,
    };
    match things::ask(&site, &staff, found.account, asked, None, lang).await? {
        Ok(()) => Ok(see_other_telling(page_of(&found), "done-thing-asked")),
        Err(why) => {
            form.reject_all(why);
            Ok(cancel_page(page, StatusCode::CONFLICT, found, form))
        }
    }
}

fn cancel_page(page: Page, status: StatusCode, found: Mirrored<Domain>, form: FormState) -> HttpResponse {
    let (href, domain) = (page_of(&found), found.thing);
    let (name, ends_on) = (domain.name, domain.renews_at.map(|at| at.date_naive().to_string()));
    page.at(things::AT).with_status(status, move || {
        view! { <CancelDomain name=name href=href ends_on=ends_on form=form/> }
    })
}

/// Takes the cancellation back.
pub(in crate::web) async fn revoke_cancellation(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    let domain = found.thing.name.clone();
    at_once(&site, &staff, found, ThingAsked::RevokeCancellation { domain }, page).await
}

/// Does not let it leave.
pub(in crate::web) async fn reject(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    let domain = found.thing.name.clone();
    at_once(&site, &staff, found, ThingAsked::RejectTransfer { domain }, page).await
}

/// Asks for what is lost by nobody, without a question.
async fn at_once(
    site: &Site,
    staff: &Staff,
    found: Mirrored<Domain>,
    asked: ThingAsked,
    page: Page,
) -> Result<HttpResponse, Error> {
    match things::ask(site, staff, found.account, asked, None, page.lang()).await? {
        Ok(()) => Ok(see_other_telling(page_of(&found), "done-thing-asked")),
        Err(why) => show(site, staff, found, page, Some(why)).await,
    }
}

/// The question before it is let go.
pub(in crate::web) async fn get_transfer(staff: Staff, id: At, page: Page) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    Ok(transfer_page(page, StatusCode::OK, found, FormState::new()))
}

/// Lets it go.
pub(in crate::web) async fn transfer(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Domain>(&staff, *id).await?;
    let lang = page.lang();
    let mut form = typed.shown(&["confirm"]);
    if !sure::is_sure(&site, &staff.signed_in, &found.thing.name, &typed, lang, &mut form).await? {
        return Ok(transfer_page(page, StatusCode::UNPROCESSABLE_ENTITY, found, form));
    }
    let domain = found.thing.name.clone();
    let asked = ThingAsked::AcceptTransfer { domain };
    match things::ask(&site, &staff, found.account, asked, None, lang).await? {
        Ok(()) => Ok(see_other_telling(page_of(&found), "done-thing-asked")),
        Err(why) => {
            form.reject_all(why);
            Ok(transfer_page(page, StatusCode::CONFLICT, found, form))
        }
    }
}

fn transfer_page(page: Page, status: StatusCode, found: Mirrored<Domain>, form: FormState) -> HttpResponse {
    let (href, name) = (page_of(&found), found.thing.name);
    page.at(things::AT).with_status(
        status,
        move || view! { <AcceptTransfer name=name href=href form=form/> },
    )
}
