//! The staff's pages of Contabo's users and roles: `/admin/contabo/{contabo_account}/people` and below.

pub(in crate::web) mod role;
pub(in crate::web) mod user;

use actix_web::{HttpResponse, web};
use app::admin::contabo::people::{
    Of,
    list::{PeoplePage, Role as RoleRow, User as UserRow},
};
use entity::{ContaboAccountId, contabo_account};
use leptos::prelude::*;

use super::{find, page_of};
use crate::{
    domain::contabo::{
        actions,
        resources::{self, Role, Thing, User},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, things},
        guard::Staff,
        route,
    },
};

/// The entry of the navigation.
const AT: &str = "contabo";

fn of(account: &contabo_account::Model) -> Of {
    Of {
        name: account.name.clone(),
        href: page_of(account.id),
    }
}

/// Where its people are listed.
fn list_of(contabo_account: ContaboAccountId) -> route::AdminContaboPeople {
    route::AdminContaboPeople { contabo_account }
}

/// What people are called, as far as it is known.
fn name(user: &User) -> String {
    let name = format!("{} {}", user.first_name, user.last_name);
    match name.trim() {
        "" => user.email.clone(),
        name => name.to_owned(),
    }
}

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let account = find(&staff, *id).await?;
    let board = admin::board(&site, &staff).await?;
    let rows = staff.tenant.rows();
    let people = resources::list::<User>(&rows, account.id).await?;
    let roles = resources::list::<Role>(&rows, account.id).await?;
    let role_rows = roles.into_iter().map(|one| RoleRow {
        href: (!one.thing.is_fixed()).then(|| route::AdminContaboRole { contabo_role: one.id }.to_string()),
        is_admin: one.thing.rights.is_admin,
        reaches_all: one.thing.rights.reaches_all,
        permissions: one.thing.rights.permissions.iter().map(|of| of.actions.len()).sum(),
        users: having(&people, one.thing.id).count(),
        name: one.thing.name,
    });
    let roles: Vec<RoleRow> = role_rows.collect();
    let users = people.iter().map(|one| UserRow {
        href: route::AdminContaboUser { contabo_user: one.id }.to_string(),
        name: name(&one.thing),
        mail: one.thing.email.clone(),
        is_own: one.thing.is(&account.username),
        is_owner: one.thing.is_owner,
        is_enabled: one.thing.is_enabled,
        is_verified: one.thing.is_verified,
        has_second_factor: one.thing.has_second_factor,
        roles: one.thing.roles.iter().map(|(_, name)| name.clone()).collect(),
    });
    let users: Vec<UserRow> = users.collect();
    let mut rows = actions::of_thing(&rows, Thing::User, None, things::HISTORY).await?;
    rows.extend(actions::of_thing(&staff.tenant.rows(), Thing::Role, None, things::HISTORY).await?);
    rows.retain(|row| row.contabo_account_id == account.id);
    rows.sort_by_key(|row| std::cmp::Reverse((row.asked_at, row.id)));
    rows.truncate(usize::try_from(things::HISTORY).unwrap_or_default());
    let what_happens = things::happening_of(&staff, &board, rows);
    let page = things::live_page(page.at(AT), &board, &what_happens, false);
    let of = of(&account);
    Ok(page.ok(move || {
        view! { <PeoplePage of=of users=users roles=roles what_happens=what_happens/> }
    }))
}

/// The users that have a role.
fn having(people: &[resources::Mirrored<User>], role: i64) -> impl Iterator<Item = &resources::Mirrored<User>> {
    people
        .iter()
        .filter(move |one| one.thing.roles.iter().any(|(id, _)| *id == role))
}
