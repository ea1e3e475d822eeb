//! Making a role of an account at Contabo, and putting another in its place.

use leptos::prelude::*;

use super::{Of, list::names, sample_of};
use crate::{
    admin::{
        Subject,
        things::{Happening, happening, sample_happening},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, CheckList, Checkbox, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice,
        TextField, Tick, Tone,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 5] = [
    ("name", "contabo-role-name"),
    ("admin", "contabo-role-admin"),
    ("all", "contabo-role-all"),
    ("permissions", "contabo-role-permissions"),
    ("tags", "contabo-role-tags"),
];

/// The form, with what there is to tick: value, name, and whether it is ticked.
#[derive(Clone, Debug)]
pub struct RoleFields {
    /// What may be done with which part of Contabo's API.
    pub permissions: Vec<(String, String, bool)>,
    pub tags: Vec<(String, String, bool)>,
    pub form: FormState,
}

/// A role that is there.
#[derive(Clone, Debug)]
pub struct Role {
    pub href: String,
    pub name: String,
    /// Users who have it.
    pub users: Vec<Subject>,
    /// Whether the user as whom Mainstay signs in has it: then it stays as it is.
    pub is_own: bool,
    /// Whether it has different tags for different permissions, which this form would lose.
    pub is_unfit: bool,
    pub happening: Happening,
}

/// The page: makes one, or changes that; posts to its own address.
#[component]
pub fn RolePage(of: Of, role: Option<Role>, fields: RoleFields) -> impl IntoView {
    let crumbs = of.crumbs(true);
    let people = of.people();
    let Some(role) = role else {
        return view! {
            <Layout title=t("contabo-role-new") lead=t("contabo-role-lead") crumbs=crumbs>
                {role_form(fields, t("contabo-role-new"), people)}
            </Layout>
        }
        .into_any();
    };
    let stays = role.is_own || role.is_unfit;
    let delete = (!role.is_own && role.users.is_empty())
        .then(|| view! { <LinkButton label=t("deed-delete") href=format!("{}/delete", role.href) confirm=true/> });
    let why = match (role.is_own, role.is_unfit) {
        (true, _) => Some(t("contabo-role-own-text")),
        (false, true) => Some(t("contabo-role-unfit")),
        _ => None,
    };
    let why = why.map(|why| view! { <Notice tone=Tone::Info>{why}</Notice> });
    let content = (!stays).then(|| role_form(fields, t("save"), people));
    let happening = happening(role.happening, None);
    view! {
        <Layout title=role.name crumbs=crumbs actions=delete.into_any()>
            {why}
            {content}
            <Card title=t("contabo-users")>{names(role.users, t("contabo-role-nobody"))}</Card>
            {happening}
        </Layout>
    }
    .into_any()
}

fn role_form(fields: RoleFields, label: &'static str, back: String) -> impl IntoView {
    let form = fields.form;
    let ticks = |all: Vec<(String, String, bool)>| -> Vec<Tick> {
        let ticks = all.into_iter().map(|(value, label, ticked)| Tick {
            value,
            label,
            ticked,
            note: None,
        });
        ticks.collect()
    };
    let [is_admin, reaches_all] = ["admin", "all"].map(|field| !form.value(field).is_empty());
    let tags = (!fields.tags.is_empty()).then(|| {
        view! {
            <CheckList name="tags" label=t("contabo-role-tags") ticks=ticks(fields.tags) error=form.error("tags")/>
        }
    });
    view! {
        <form method="post" class="stack wide">
            <ErrorSummary form=form.clone() labels=&LABELS/>
            <Card>
                <TextField name="name" label=t("contabo-role-name") required=true max_length=255
                    value=form.value("name") error=form.error("name")/>
                <Checkbox name="admin" label=t("contabo-role-admin") hint=t("contabo-role-admin-hint") checked=is_admin/>
                <Checkbox name="all" label=t("contabo-role-all") hint=t("contabo-role-all-hint") checked=reaches_all/>
                <CheckList name="permissions" label=t("contabo-role-permissions") ticks=ticks(fields.permissions)
                    error=form.error("permissions")/>
                {tags}
            </Card>
            <FormActions><Button label=label kind=Kind::Primary/><LinkButton label=t("cancel") href=back/></FormActions>
        </form>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "contabo",
        ..samples::page(Area::Admin)
    };
    let fields = |text: &str, is_wrong: bool| {
        let mut form = FormState::new().with("name", text);
        if is_wrong {
            for (field, _) in LABELS {
                form.reject(field, text.to_owned());
            }
            form.reject_all(text.to_owned());
        }
        RoleFields {
            permissions: vec![
                ("/v1/tags:READ".to_owned(), format!("READ {text}"), true),
                ("/v1/tags:CREATE".to_owned(), format!("CREATE {text}"), false),
            ],
            tags: vec![("1".to_owned(), text.to_owned(), true)],
            form,
        }
    };
    let role = |text: &str, is_own: bool| Role {
        href: "/admin/contabo-roles/1".to_owned(),
        name: text.to_owned(),
        users: vec![Subject {
            name: text.to_owned(),
            href: "/admin/contabo-users/1".to_owned(),
        }],
        is_own,
        is_unfit: false,
        happening: sample_happening(text),
    };
    vec![
        Sample::new("contabo-role-new", page(), move || {
            view! { <RolePage of=sample_of("Munich") role=None fields=fields("/v1/tags", false)/> }
        }),
        Sample::new("contabo-role-own", page(), move || {
            view! { <RolePage of=sample_of("Munich") role=Some(role("Owner", true)) fields=fields("Owner", false)/> }
        }),
        Sample::new("contabo-role-hostile", page(), move || {
            view! { <RolePage of=sample_of(HOSTILE) role=Some(role(HOSTILE, false)) fields=fields(HOSTILE, true)/> }
        }),
    ]
}
