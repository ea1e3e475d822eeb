//! What staff do about somebody's way in: reset the password, disable, enable, sign out everywhere. The same for client
//! users and for staff users; whom one may do it to is decided in `identity`.

use actix_web::{HttpResponse, web};
use app::admin::{
    confirm::{Confirm, Question},
    people::first_password::Among,
    staff::show::{AccessHrefs, Facts},
};
use entity::AccountId;
use leptos::prelude::*;

use crate::{
    domain::{
        identity::{Scope, StaffPermission, StaffRole},
        people::{self, Person, first_password},
    },
    site::Site,
    web::{Error, Page, context::Visit, guard::Staff, route, see_other_telling},
};

/// One of the two lists that people are on.
pub(in crate::web) trait List: 'static {
    const AMONG: Among;

    /// Whether somebody is on it.
    fn has(person: &Person) -> bool;

    /// The page of somebody on it.
    fn page(account: AccountId) -> String;
}

/// Everybody at clients.
pub(in crate::web) struct ClientUsers;

/// Everybody on the staff.
pub(in crate::web) struct OnStaff;

impl List for ClientUsers {
    const AMONG: Among = Among::ClientUsers;

    fn has(person: &Person) -> bool {
        !person.clients.is_empty()
    }

    fn page(account: AccountId) -> String {
        route::AdminClientUser { client_user: account }.to_string()
    }
}

impl List for OnStaff {
    const AMONG: Among = Among::Staff;

    fn has(person: &Person) -> bool {
        person.staff_role.is_some()
    }

    fn page(account: AccountId) -> String {
        route::AdminStaffUser { staff_user: account }.to_string()
    }
}

/// Somebody on the list, of the visitor's tenant.
pub(in crate::web::admin) async fn find<L: List>(staff: &Staff, account: AccountId) -> Result<Person, Error> {
    let found = people::one(&staff.tenant.rows(), account).await?;
    found.filter(L::has).ok_or(Error::NotFound)
}

/// What is known of somebody, with how many browsers are signed in.
pub(in crate::web::admin) async fn facts(site: &Site, staff: &Staff, person: &Person) -> Result<Facts, Error> {
    let account = &person.account;
    let scope = Scope::Admin(staff.tenant.tenant.id);
    Ok(Facts {
        name: account.name.clone(),
        mail: account.mail.clone(),
        access: super::access_of(account),
        created_at: account.created_at,
        last_sign_in_at: account.last_sign_in_at,
        sessions: site.identity.open_sessions(scope, account.id.0).await?.len(),
    })
}

/// The buttons that make sense: nobody cuts themselves off, and only owners decide about owners.
pub(in crate::web::admin) fn hrefs<L: List>(staff: &Staff, person: &Person) -> AccessHrefs {
    let account = person.account.id;
    let their_role = person
        .staff_role
        .as_deref()
        .and_then(|role| role.parse::<StaffRole>().ok());
    let decides = staff.may(StaffPermission::ManageClientUsers)
        && their_role.is_none_or(|role| staff.role.may_appoint(Some(role), Some(role)));
    let decides_about_others = decides && account != staff.account;
    let page = L::page(account);
    let to = |what: &str| format!("{page}/{what}");
    let disabled = person.account.disabled_at.is_some();
    AccessHrefs {
        reset_password: decides_about_others.then(|| to("reset-password")),
        disable: (decides_about_others && !disabled).then(|| to("disable")),
        enable: (decides_about_others && disabled).then(|| to("enable")),
        end_sessions: decides_about_others.then(|| to("end-sessions")),
        remove: None,
    }
}

/// What the three changes without an answer of their own have in common.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) enum Change {
    Disable,
    Enable,
    EndSessions,
}

macro_rules! handlers {
    ($($get:ident, $post:ident: $change:expr;)+) => {$(
        pub(in crate::web) async fn $get<L: List>(
            site: web::Data<Site>,
            staff: Staff,
            account: web::Path<AccountId>,
            page: Page,
        ) -> Result<HttpResponse, Error> {
            ask::<L>($change, &site, &staff, *account, page).await
        }

        pub(in crate::web) async fn $post<L: List>(
            site: web::Data<Site>,
            staff: Staff,
            account: web::Path<AccountId>,
        ) -> Result<HttpResponse, Error> {
            change::<L>($change, &site, &staff, *account).await
        }
    )+};
}

handlers! {
    ask_disable, disable: Change::Disable;
    ask_enable, enable: Change::Enable;
    ask_end_sessions, end_sessions: Change::EndSessions;
}

async fn ask<L: List>(
    change: Change,
    site: &Site,
    staff: &Staff,
    account: AccountId,
    page: Page,
) -> Result<HttpResponse, Error> {
    let person = find::<L>(staff, account).await?;
    let (who, among) = (person.account.name.clone(), L::AMONG);
    let (question, what) = match change {
        Change::Disable => (Question::Disable { who, among }, "disable"),
        Change::Enable => (Question::Enable { who, among }, "enable"),
        Change::EndSessions => {
            let sessions = facts(site, staff, &person).await?.sessions;
            (Question::EndSessions { who, among, sessions }, "end-sessions")
        }
    };
    Ok(confirm::<L>(question, account, what, page))
}

pub(in crate::web::admin) fn confirm<L: List>(
    question: Question,
    account: AccountId,
    what: &str,
    page: Page,
) -> HttpResponse {
    let back = L::page(account);
    let action = format!("{back}/{what}");
    let at = match L::AMONG {
        Among::Staff => "staff",
        Among::ClientUsers => "clients",
    };
    page.at(at)
        .ok(move || view! { <Confirm question=question action=action cancel_href=back/> })
}

async fn change<L: List>(
    change: Change,
    site: &Site,
    staff: &Staff,
    account: AccountId,
) -> Result<HttpResponse, Error> {
    find::<L>(staff, account).await?;
    let (tenant, by) = (staff.tenant.tenant.id, staff.appointer());
    let done = match change {
        Change::Disable => {
            site.identity.set_disabled(tenant, &by, account, true).await?;
            "done-disabled"
        }
        Change::Enable => {
            site.identity.set_disabled(tenant, &by, account, false).await?;
            "done-enabled"
        }
        Change::EndSessions => {
            site.identity.sign_out_everywhere(tenant, &by, account).await?;
            "done-sessions-ended"
        }
    };
    Ok(see_other_telling(L::page(account), done))
}

/// `GET …/reset-password`
pub(in crate::web) async fn ask_reset<L: List>(
    staff: Staff,
    account: web::Path<AccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let person = find::<L>(&staff, *account).await?;
    let question = Question::ResetPassword {
        who: person.account.name,
        among: L::AMONG,
    };
    Ok(confirm::<L>(question, *account, "reset-password", page))
}

/// `POST …/reset-password`: answers with the new password.
pub(in crate::web) async fn reset<L: List>(
    site: web::Data<Site>,
    staff: Staff,
    account: web::Path<AccountId>,
    visit: Visit,
    page: Page,
) -> Result<HttpResponse, Error> {
    let person = find::<L>(&staff, *account).await?;
    let password = first_password().map_err(|error| Error::internal(error.to_string()))?;
    let (tenant, by) = (staff.tenant.tenant.id, staff.appointer());
    site.identity
        .reset_password(tenant, &by, *account, password.clone())
        .await?;
    let shown = (person.account.name, person.account.mail, password);
    Ok(super::show_password(visit, page, L::AMONG, *account, shown))
}
