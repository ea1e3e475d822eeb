//! The contacts of domains: `/admin/domains/contacts` and below.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        Subject,
        domains::{
            contact_form::{ContactEdit, ContactNew},
            contacts::{Contact as Shown, ContactList, ContactPage, Row},
        },
        things::delete::Doomed,
    },
    text::Lang,
    ui::FormState,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use super::complaint;
use crate::{
    domain::{
        contabo::{
            actions::ThingAsked,
            domains::{self, Reason},
            resources::{self, Contact, Domain, Kind, Mirrored, Reach, Thing},
        },
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self,
            things::{
                self,
                delete::{Deletable, Deletion},
                form::Form,
            },
        },
        guard::{Staff, StaffPermission},
        route, see_other_telling,
    },
};

type At = web::Path<ContaboResourceId>;

/// What is shown again.
const FIELDS: [&str; 23] = [
    "account",
    "of",
    "first_name",
    "last_name",
    "organization",
    "email",
    "gender",
    "street",
    "street_number",
    "zip_code",
    "city",
    "country",
    "region",
    "phone_prefix",
    "phone",
    "fax_prefix",
    "fax",
    "siret",
    "born_on",
    "born_in",
    "born_zip_code",
    "born_country",
    "italian_kind",
];

/// The domains that have a contact.
fn using<'d>(
    domains: &'d [Mirrored<Domain>],
    contact: &'d Mirrored<Contact>,
) -> impl Iterator<Item = &'d Mirrored<Domain>> {
    domains.iter().filter(move |one| {
        let has_it = |(_, id): &(&str, &str)| *id == contact.thing.id;
        one.account == contact.account && !one.thing.is_over() && one.thing.contacts.all().iter().any(has_it)
    })
}

fn subjects(domains: &[Mirrored<Domain>], contact: &Mirrored<Contact>) -> Vec<Subject> {
    let subject = |one: &Mirrored<Domain>| Subject {
        name: one.thing.name.clone(),
        href: route::AdminDomain { domain: one.id }.to_string(),
    };
    using(domains, contact).map(subject).collect()
}

pub(in crate::web) async fn list(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let (rows, accounts) = (staff.tenant.rows(), things::accounts(&staff).await?);
    let domains = resources::all::<Domain>(&rows).await?;
    let found = resources::all::<Contact>(&rows).await?;
    let found = found.into_iter().map(|one| {
        let who = &one.thing.who;
        let person = match who.organization.as_str() {
            "" => String::new(),
            _ => format!("{} {}", who.first_name, who.last_name),
        };
        Row {
            href: page_of(&one),
            name: one.thing.name(),
            person,
            domains: using(&domains, &one).count(),
            account: accounts.name(one.account),
            is_default: one.thing.is_default,
            email: one.thing.reach.email,
            country: one.thing.reach.country,
            contabo_id: one.thing.id,
        }
    });
    let found: Vec<Row> = found.collect();
    let what_happens = things::happening(&staff, &board, Thing::Contact, None).await?;
    let may_manage = staff.may(StaffPermission::ManageServers);
    let page = things::page_of(page, &board, &what_happens, false);
    Ok(page.ok(move || view! { <ContactList contacts=found may_manage=may_manage what_happens=what_happens/> }))
}

fn page_of(found: &Mirrored<Contact>) -> String {
    route::AdminDomainContact {
        domain_contact: found.id,
    }
    .to_string()
}

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Contact>(&staff, *id).await?;
    show(&site, &staff, found, page, None).await
}

/// The page, perhaps with why what was just tried was not done.
async fn show(
    site: &Site,
    staff: &Staff,
    found: Mirrored<Contact>,
    page: Page,
    refused: Option<String>,
) -> Result<HttpResponse, Error> {
    let board = admin::board(site, staff).await?;
    let about = Some((found.account, found.thing.id.as_str()));
    let happening = things::happening(staff, &board, Thing::Contact, about).await?;
    let page = things::page_of(page, &board, &happening, refused.is_some());
    let status = match refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let domains = resources::all::<Domain>(&staff.tenant.rows()).await?;
    let shown = Shown {
        href: page_of(&found),
        account: things::accounts(staff).await?.name(found.account),
        domains: subjects(&domains, &found),
        name: found.thing.name(),
        is_default: found.thing.is_default,
        facts: facts(&found.thing),
        contabo_id: found.thing.id,
        may_manage: staff.may(StaffPermission::ManageServers),
        happening,
        refused,
    };
    Ok(page.with_status(status, move || view! { <ContactPage contact=shown/> }))
}

/// What is known of it, with the keys of labels.
fn facts(contact: &Contact) -> Vec<(&'static str, String)> {
    let (who, reach) = (&contact.who, &contact.reach);
    let phone = |(prefix, number): &(String, String)| match number.as_str() {
        "" => String::new(),
        // However it was written down there.
        number => format!("+{} {number}", prefix.trim_start_matches('+')),
    };
    let birth = reach.birth.clone().unwrap_or_default();
    let all = [
        ("contact-organization", who.organization.clone()),
        ("contact-name", format!("{} {}", who.first_name, who.last_name)),
        ("contact-email", reach.email.clone()),
        ("contact-street", format!("{} {}", reach.street, reach.street_number)),
        ("contact-city", format!("{} {}", reach.zip_code, reach.city)),
        ("contact-region", reach.region.clone()),
        ("contact-country", reach.country.clone()),
        ("contact-phone", phone(&reach.phone)),
        ("contact-fax", phone(&reach.fax)),
        ("contact-siret", reach.siret.clone()),
        (
            "contact-born-on",
            birth.at.map(|at| at.date_naive().to_string()).unwrap_or_default(),
        ),
        (
            "contact-born-in",
            format!("{} {} {}", birth.zip_code, birth.city, birth.country),
        ),
    ];
    all.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect()
}

pub(in crate::web) async fn get_new(staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    new_page(&staff, page, StatusCode::OK, FormState::new()).await
}

/// Makes one.
pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let account = things::accounts(&staff).await?.chosen(&typed, Reason::NotAChoice);
    let contact = Rejected::both(domains::contact(&typed), domains::pin(&typed));
    let wanted = Rejected::both(account, contact).map(|(account, ((who, reach), pin))| {
        let name = who.name();
        (account, ThingAsked::CreateContact { name, who, reach }, pin)
    });
    match Form::new(&typed, &FIELDS, complaint)
        .ask_with(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(route::AdminDomainContacts, "done-thing-asked")),
        Err((status, form)) => new_page(&staff, page, status, form).await,
    }
}

async fn new_page(staff: &Staff, page: Page, status: StatusCode, form: FormState) -> Result<HttpResponse, Error> {
    let accounts = things::accounts(staff).await?.choices();
    Ok(page
        .at(things::AT)
        .with_status(status, move || view! { <ContactNew accounts=accounts form=form/> }))
}

pub(in crate::web) async fn get_edit(staff: Staff, id: At, page: Page) -> Result<HttpResponse, Error> {
    let found = things::find::<Contact>(&staff, *id).await?;
    let form = filled(&found.thing.reach);
    Ok(edit_page(page, StatusCode::OK, found, form))
}

fn filled(reach: &Reach) -> FormState {
    let birth = reach.birth.clone().unwrap_or_default();
    FormState::new()
        .with("email", reach.email.clone())
        .with("gender", reach.gender.clone())
        .with("street", reach.street.clone())
        .with("street_number", reach.street_number.clone())
        .with("zip_code", reach.zip_code.clone())
        .with("city", reach.city.clone())
        .with("country", reach.country.clone())
        .with("region", reach.region.clone())
        .with("phone_prefix", reach.phone.0.clone())
        .with("phone", reach.phone.1.clone())
        .with("fax_prefix", reach.fax.0.clone())
        .with("fax", reach.fax.1.clone())
        .with("siret", reach.siret.clone())
        .with(
            "born_on",
            birth.at.map(|at| at.date_naive().to_string()).unwrap_or_default(),
        )
        .with("born_in", birth.city)
        .with("born_zip_code", birth.zip_code)
        .with("born_country", birth.country)
        .with("italian_kind", reach.italian_kind.clone())
}

/// Changes it.
pub(in crate::web) async fn edit(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Contact>(&staff, *id).await?;
    let wanted = Rejected::both(domains::reach(&typed), domains::pin(&typed)).map(|(reach, pin)| {
        let asked = ThingAsked::ChangeContact {
            contact: found.thing.id.clone(),
            name: found.thing.name(),
            reach,
        };
        (found.account, asked, pin)
    });
    match Form::new(&typed, &FIELDS, complaint)
        .ask_with(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(page_of(&found), "done-thing-asked")),
        Err((status, form)) => Ok(edit_page(page, status, found, form)),
    }
}

fn edit_page(page: Page, status: StatusCode, found: Mirrored<Contact>, form: FormState) -> HttpResponse {
    let (href, name) = (page_of(&found), found.thing.name());
    page.at(things::AT)
        .with_status(status, move || view! { <ContactEdit name=name href=href form=form/> })
}

/// New domains get it.
pub(in crate::web) async fn make_default(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Contact>(&staff, *id).await?;
    let asked = ThingAsked::MakeDefaultContact {
        contact: found.thing.id.clone(),
        name: found.thing.name(),
    };
    match things::ask(&site, &staff, found.account, asked, None, page.lang()).await? {
        Ok(()) => Ok(see_other_telling(page_of(&found), "done-thing-asked")),
        Err(why) => show(&site, &staff, found, page, Some(why)).await,
    }
}

impl Deletable for Contact {
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion> {
        let domain_contact = found.id;
        Some(Deletion {
            at: things::AT,
            doomed: Doomed::DomainContact,
            name: found.thing.name(),
            href: page_of(found),
            action: route::AdminDomainContactDelete { domain_contact }.to_string(),
            list: route::AdminDomainContacts.to_string(),
            asked: ThingAsked::DeleteContact {
                contact: found.thing.id.clone(),
                name: found.thing.name(),
            },
        })
    }

    async fn uses(_site: &Site, staff: &Staff, found: &Mirrored<Self>, _lang: Lang) -> Result<Vec<Subject>, Error> {
        let domains = resources::all::<Domain>(&staff.tenant.rows()).await?;
        Ok(subjects(&domains, found))
    }
}
