//! The users of an account at Contabo and its roles.

use leptos::prelude::*;

use super::{Of, sample_of};
use crate::{
    admin::{
        Subject,
        things::{Happening, LIVE_THINGS, happening, sample_happening},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, Cell, Column, HeadCell, Icon, Kind, Layout, LinkButton, Live, NumberCell, State, StateBadge, Table},
};

/// A user.
#[derive(Clone, Debug)]
pub struct User {
    pub href: String,
    pub name: String,
    pub mail: String,
    /// Whether it is the one as whom Mainstay signs in.
    pub is_own: bool,
    pub is_owner: bool,
    pub is_enabled: bool,
    pub is_verified: bool,
    pub has_second_factor: bool,
    pub roles: Vec<String>,
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// None: it is Contabo's own, which can't be changed.
    pub href: Option<String>,
    pub name: String,
    /// Whether it may do everything.
    pub is_admin: bool,
    /// Whether it reaches what has no tag of its own.
    pub reaches_all: bool,
    pub permissions: usize,
    /// Users who have it.
    pub users: usize,
}

/// The page.
#[component]
pub fn PeoplePage(of: Of, users: Vec<User>, roles: Vec<Role>, what_happens: Happening) -> impl IntoView {
    let people = of.people();
    let add = view! {
        <LinkButton label=t("contabo-user-new") href=format!("{people}/new") icon=Icon::Plus kind=Kind::Primary/>
        <LinkButton label=t("contabo-role-new") href=format!("{people}/roles/new")/>
    };
    view! {
        <Layout title=t("contabo-people") lead=t("contabo-people-lead") crumbs=of.crumbs(false) actions=add.into_any()>
            <Live id=LIVE_THINGS>
                <div class="stack">{users_card(users)}{roles_card(roles)}</div>
            </Live>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn users_card(users: Vec<User>) -> impl IntoView {
    let title = t("contabo-users");
    if users.is_empty() {
        return view! { <Card title=title><p class="muted">{t("contabo-users-none")}</p></Card> }.into_any();
    }
    let (name, state) = (t("contabo-user-name"), t("list-state"));
    let (factor, roles_label) = (t("contabo-user-factor"), t("contabo-roles"));
    let columns = [name, state, factor, roles_label].map(Column::text).into();
    let rows = users.into_iter().map(|user| {
        let (state, word) = match (user.is_enabled, user.is_verified) {
            (false, _) => (State::Disabled, t("contabo-user-off")),
            (true, false) => (State::Degraded, t("contabo-user-unverified")),
            (true, true) => (State::Up, t("contabo-user-on")),
        };
        let notes = [
            user.is_own.then(|| t("contabo-user-own")),
            user.is_owner.then(|| t("contabo-user-owner")),
        ];
        let notes: Vec<&str> = notes.into_iter().flatten().collect();
        let notes = (!notes.is_empty()).then(|| view! { <small>{notes.join(", ")}</small> });
        let factor_word = if user.has_second_factor {
            t("contabo-factor-yes")
        } else {
            t("contabo-factor-no")
        };
        view! {
            <tr>
                <HeadCell>
                    <span class="two-lines"><a href=user.href>{user.name}</a><small>{user.mail}</small>{notes}</span>
                </HeadCell>
                <Cell of=state_label()><StateBadge state=state label=word/></Cell>
                <Cell of=factor>{factor_word}</Cell>
                <Cell of=roles_label>{user.roles.join(", ")}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}

fn state_label() -> &'static str {
    t("list-state")
}

fn roles_card(roles: Vec<Role>) -> impl IntoView {
    let title = t("contabo-roles");
    if roles.is_empty() {
        return view! { <Card title=title><p class="muted">{t("contabo-roles-none")}</p></Card> }.into_any();
    }
    let (name, reach) = (t("contabo-role-name"), t("contabo-role-reach"));
    let (permissions, users) = (t("contabo-role-permissions"), t("contabo-users"));
    let columns = vec![
        Column::text(name),
        Column::text(reach),
        Column::number(permissions),
        Column::number(users),
    ];
    let rows = roles.into_iter().map(|role| {
        let reaches = match (role.is_admin, role.reaches_all) {
            (true, _) => t("contabo-role-admin"),
            (false, true) => t("contabo-role-all"),
            (false, false) => t("contabo-role-tagged"),
        };
        // Where one of Contabo's own names none, what it allows is not said.
        let allows = match (&role.href, role.permissions) {
            (None, 0) => "–".to_owned(),
            (_, permissions) => permissions.to_string(),
        };
        let shown = match role.href {
            Some(href) => view! { <a href=href>{role.name}</a> }.into_any(),
            None => {
                view! { <span class="two-lines">{role.name}<small>{t("contabo-role-fixed")}</small></span> }.into_any()
            }
        };
        view! {
            <tr>
                <HeadCell>{shown}</HeadCell>
                <Cell of=reach>{reaches}</Cell>
                <NumberCell of=permissions>{allows}</NumberCell>
                <NumberCell of=users>{role.users}</NumberCell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}

/// What is shown of the roles that something has, as links to their pages.
pub(super) fn names(all: Vec<Subject>, none: &'static str) -> AnyView {
    if all.is_empty() {
        return view! { <span class="muted">{none}</span> }.into_any();
    }
    let items = all
        .into_iter()
        .map(|one| view! { <li><a href=one.href>{one.name}</a></li> });
    view! { <ul>{items.collect_view()}</ul> }.into_any()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "contabo",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let user = |text: &str, is_own| User {
        href: "/admin/contabo-users/1".to_owned(),
        name: text.to_owned(),
        mail: text.to_owned(),
        is_own,
        is_owner: is_own,
        is_enabled: is_own,
        is_verified: true,
        has_second_factor: !is_own,
        roles: vec![text.to_owned(), "Technician".to_owned()],
    };
    let role = |text: &str, is_fixed: bool| Role {
        href: (!is_fixed).then(|| "/admin/contabo-roles/1".to_owned()),
        name: text.to_owned(),
        is_admin: is_fixed,
        reaches_all: false,
        permissions: 4,
        users: 2,
    };
    vec![
        Sample::new("contabo-people", page(), move || {
            let users = vec![user("Olga Owner", true), user("Bob", false)];
            let roles = vec![role("Owner", true), role("Backups", false)];
            view! { <PeoplePage of=sample_of("Munich") users=users roles=roles what_happens=sample_happening("Bob")/> }
        }),
        Sample::new("contabo-people-none", page(), || {
            view! { <PeoplePage of=sample_of("Munich") users=Vec::new() roles=Vec::new() what_happens=Happening::default()/> }
        }),
        Sample::new("contabo-people-hostile", page(), move || {
            let (users, roles) = (
                vec![user(HOSTILE, true)],
                vec![role(HOSTILE, false), role(HOSTILE, true)],
            );
            view! { <PeoplePage of=sample_of(HOSTILE) users=users roles=roles what_happens=sample_happening(HOSTILE)/> }
        }),
    ]
}
