//! `GET` and `POST …/people/new`, `/admin/contabo-users/{contabo_user}`, and what is done with one: `…/delete`,
//! `…/password-link`, `…/mail-link`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        contabo::people::user::{User as Shown, UserFields, UserNew, UserPage},
        things::delete::Doomed,
    },
    ui::FormState,
};
use entity::{ContaboAccountId, ContaboResourceId, contabo_account};
use leptos::prelude::*;

use super::{AT, list_of, of};
use crate::{
    domain::{
        contabo::{
            actions::ThingAsked,
            people::{mail, person},
            resources::{self, Mirrored, Role, Thing, User},
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
        guard::Staff,
        route, see_other_telling,
    },
};

const FIELDS: [&str; 7] = [
    "email",
    "first_name",
    "last_name",
    "locale",
    "enabled",
    "totp",
    "invoices",
];

/// The roles that there are, with those ticked that somebody has. `own`: those of the user, who keeps what was not read
/// of the account, or may not be.
async fn roles(
    staff: &Staff,
    account: ContaboAccountId,
    own: &[(i64, String)],
    ticked: &[String],
) -> Result<Vec<(String, String, bool)>, Error> {
    let all = resources::list::<Role>(&staff.tenant.rows(), account).await?;
    let mut all: Vec<(i64, String)> = all.into_iter().map(|one| (one.thing.id, one.thing.name)).collect();
    let unread = own.iter().filter(|(id, _)| all.iter().all(|(there, _)| there != id));
    let unread: Vec<(i64, String)> = unread.cloned().collect();
    all.extend(unread);
    let all = all.into_iter().map(|(id, name)| {
        let id = id.to_string();
        let is_ticked = ticked.contains(&id);
        (id, name, is_ticked)
    });
    Ok(all.collect())
}

fn ids(roles: &[(String, String, bool)]) -> Vec<i64> {
    roles.iter().filter_map(|(id, ..)| id.parse().ok()).collect()
}

pub(in crate::web) async fn get_new(
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let account = super::find(&staff, *id).await?;
    let fields = UserFields {
        roles: roles(&staff, account.id, &[], &[]).await?,
        form: FormState::new().with("locale", "en").with("enabled", "yes"),
    };
    Ok(new_page(page, StatusCode::OK, &account, fields))
}

/// Invites them.
pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let account = super::find(&staff, *id).await?;
    let roles = roles(&staff, account.id, &[], &typed.all("roles")).await?;
    let wanted = Rejected::both(mail(&typed), person(&typed, &ids(&roles))).map(|(email, person)| {
        let asked = ThingAsked::CreateUser {
            email,
            first_name: person.first_name,
            last_name: person.last_name,
            locale: person.locale,
            gets_invoices: person.gets_invoices,
            access: person.access,
        };
        (account.id, asked)
    });
    match Form::new(&typed, &FIELDS, things::complaint_of_setup)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(list_of(account.id), "done-thing-asked")),
        Err((status, form)) => Ok(new_page(page, status, &account, UserFields { roles, form })),
    }
}

fn new_page(page: Page, status: StatusCode, account: &contabo_account::Model, fields: UserFields) -> HttpResponse {
    let of = of(account);
    page.at(AT)
        .with_status(status, move || view! { <UserNew of=of fields=fields/> })
}

/// One of them, with the account that they are of.
async fn one(staff: &Staff, id: ContaboResourceId) -> Result<(Mirrored<User>, contabo_account::Model), Error> {
    let found = things::find::<User>(staff, id).await?;
    let account = super::find(staff, found.account).await?;
    Ok((found, account))
}

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (found, account) = one(&staff, *id).await?;
    let user = &found.thing;
    let has: Vec<String> = user.roles.iter().map(|(id, _)| id.to_string()).collect();
    let yes = |is: bool| if is { "yes" } else { "" };
    let form = FormState::new()
        .with("first_name", user.first_name.clone())
        .with("last_name", user.last_name.clone())
        .with("locale", user.locale.clone())
        .with("enabled", yes(user.is_enabled))
        .with("totp", yes(user.has_second_factor))
        .with("invoices", yes(user.gets_invoices));
    let roles = roles(&staff, account.id, &user.roles, &has).await?;
    let fields = UserFields { roles, form };
    user_page(&site, &staff, page, StatusCode::OK, found, &account, fields).await
}

/// Changes them.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (found, account) = one(&staff, *id).await?;
    let roles = roles(&staff, account.id, &found.thing.roles, &typed.all("roles")).await?;
    let keeps_access = found.thing.is_owner || found.thing.is(&account.username);
    let wanted = person(&typed, &ids(&roles)).map(|person| {
        let asked = ThingAsked::ChangeUser {
            user: found.thing.id.clone(),
            email: found.thing.email.clone(),
            first_name: person.first_name,
            last_name: person.last_name,
            locale: person.locale,
            gets_invoices: person.gets_invoices,
            // The forms of the owner and of the own one have none of these fields.
            access: (!keeps_access).then_some(person.access),
        };
        (account.id, asked)
    });
    match Form::new(&typed, &FIELDS, things::complaint_of_setup)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => {
            let href = route::AdminContaboUser { contabo_user: *id };
            Ok(see_other_telling(href, "done-thing-asked"))
        }
        Err((status, form)) => {
            let fields = UserFields { roles, form };
            user_page(&site, &staff, page, status, found, &account, fields).await
        }
    }
}

async fn user_page(
    site: &Site,
    staff: &Staff,
    page: Page,
    status: StatusCode,
    found: Mirrored<User>,
    account: &contabo_account::Model,
    fields: UserFields,
) -> Result<HttpResponse, Error> {
    let board = admin::board(site, staff).await?;
    let about = Some((found.account, found.thing.id.as_str()));
    let happening = things::happening(staff, &board, Thing::User, about).await?;
    let shown = Shown {
        of: of(account),
        href: route::AdminContaboUser { contabo_user: found.id }.to_string(),
        is_own: found.thing.is(&account.username),
        is_owner: found.thing.is_owner,
        mail: found.thing.email,
        happening,
    };
    Ok(page
        .at(AT)
        .with_status(status, move || view! { <UserPage user=shown fields=fields/> }))
}

/// Has Contabo mail them a link to choose a new password.
pub(in crate::web) async fn password_link(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (found, _) = one(&staff, *id).await?;
    let asked = ThingAsked::MailPasswordLink {
        user: found.thing.id.clone(),
        email: found.thing.email.clone(),
    };
    link(&site, &staff, found, asked, page).await
}

/// Has Contabo mail them the link again that proves the address.
pub(in crate::web) async fn mail_link(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (found, _) = one(&staff, *id).await?;
    let asked = ThingAsked::MailProofLink {
        user: found.thing.id.clone(),
        email: found.thing.email.clone(),
    };
    link(&site, &staff, found, asked, page).await
}

async fn link(
    site: &Site,
    staff: &Staff,
    found: Mirrored<User>,
    asked: ThingAsked,
    page: Page,
) -> Result<HttpResponse, Error> {
    match things::ask(site, staff, found.account, asked, None, page.lang()).await? {
        Ok(()) => {
            let href = route::AdminContaboUser { contabo_user: found.id };
            Ok(see_other_telling(href, "done-thing-asked"))
        }
        // It is under way already, or the account is off: the list says so.
        Err(_) => Err(Error::Conflict),
    }
}

impl Deletable for User {
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion> {
        let contabo_user = found.id;
        Some(Deletion {
            at: AT,
            doomed: Doomed::User,
            name: found.thing.email.clone(),
            href: route::AdminContaboUser { contabo_user }.to_string(),
            action: route::AdminContaboUserDelete { contabo_user }.to_string(),
            list: list_of(found.account).to_string(),
            asked: ThingAsked::DeleteUser {
                user: found.thing.id.clone(),
                email: found.thing.email.clone(),
            },
        })
    }
}
