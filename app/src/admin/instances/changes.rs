//! What was found changed at Contabo between two readings, and the servers that nobody has yet.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    admin::Subject,
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Card, Cell, Choice, Column, Crumb, EmptyState, FilterBar, HeadCell, Icon, Layout, LinkButton, ListState, Live,
        Pagination, SelectField, State, StateBadge, Table, When,
    },
};

/// In what way something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Appeared,
    Changed,
    Vanished,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Appeared, Self::Changed, Self::Vanished];

    /// The value in queries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Appeared => "appeared",
            Self::Changed => "changed",
            Self::Vanished => "vanished",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Appeared => t("changed-appeared"),
            Self::Changed => t("changed-changed"),
            Self::Vanished => t("changed-vanished"),
        }
    }

    fn state(self) -> State {
        match self {
            Self::Appeared => State::Up,
            Self::Changed => State::Maintenance,
            Self::Vanished => State::Down,
        }
    }
}

/// One field that differs; empty: it was not said.
#[derive(Clone, Debug)]
pub struct Field {
    /// As it is kept: `product_name`.
    pub name: String,
    pub before: String,
    pub after: String,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Changed {
    pub at: DateTime<Utc>,
    pub kind: Kind,
    pub server: String,
    /// What it is, where it is no server: Contabo's word.
    pub thing: Option<String>,
    /// None: it is gone, or no server.
    pub href: Option<String>,
    /// Empty where the page is about that one alone.
    pub account: String,
    pub fields: Vec<Field>,
    /// By Contabo's own log.
    pub done_by: Option<String>,
}

/// A server that no client has.
#[derive(Clone, Debug)]
pub struct Unassigned {
    pub server: Subject,
    pub product: String,
    pub place: String,
    pub first_seen_at: DateTime<Utc>,
    /// For whoever may give it.
    pub give_href: Option<String>,
}

/// The page; `all_href` leads to all servers that nobody has: the newest of them stand here.
#[component]
pub fn ServerChanges(
    list: ListState,
    changes: Vec<Changed>,
    unassigned: Vec<Unassigned>,
    all_href: String,
) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-servers"), "/admin/servers")];
    let kinds = Kind::ALL.map(|kind| Choice::new(kind.name(), kind.word())).into();
    let (chosen, of) = (list.filter("kind"), list.filter("of"));
    let everything = vec![Choice::new("all", t("changed-of-all"))];
    let body = if changes.is_empty() {
        view! { <EmptyState title=t("changed-none") text=t("changed-none-text") icon=Icon::Check/> }.into_any()
    } else {
        view! { {table(t("changed-title"), changes)}<Pagination list=list.clone()/> }.into_any()
    };
    let nobodys = (!unassigned.is_empty()).then(|| unassigned_card(unassigned, all_href));
    view! {
        <Layout title=t("changed-title") lead=t("changed-lead") crumbs=crumbs>
            <Live id="servers-unassigned">{nobodys}</Live>
            <Card flush=true>
                <FilterBar list=list>
                    <SelectField name="kind" label=t("changed-kind") choices=kinds value=chosen empty=t("list-any") required=true/>
                    <SelectField name="of" label=t("changed-of") choices=everything value=of empty=t("nav-servers") required=true/>
                </FilterBar>
                <Live id="servers-changes">{body}</Live>
            </Card>
        </Layout>
    }
}

fn unassigned_card(unassigned: Vec<Unassigned>, all_href: String) -> impl IntoView {
    let (server, product, place) = (t("fleet-server"), t("fleet-product"), t("fleet-place"));
    let seen = t("changed-first-seen");
    let columns = [server, product, place, seen, ""].map(Column::text).into();
    let rows = unassigned.into_iter().map(|one| {
        let give = one
            .give_href
            .map(|href| view! { <LinkButton label=t("changed-give") href=href/> });
        view! {
            <tr>
                <HeadCell><a href=one.server.href>{one.server.name}</a></HeadCell>
                <Cell of=product>{one.product}</Cell>
                <Cell of=place>{one.place}</Cell>
                <Cell of=seen><When at=one.first_seen_at compact=true/></Cell>
                <Cell of="">{give}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let all = view! { <a href=all_href>{t("changed-unassigned-all")}</a> }.into_any();
    view! {
        <Card title=t("changed-unassigned") actions=all flush=true>
            <p class="card-note muted">{t("changed-unassigned-text")}</p>
            <Table caption=t("changed-unassigned") columns=columns>{rows}</Table>
        </Card>
    }
}

/// Changes, the newest first.
pub(crate) fn table(caption: &'static str, changes: Vec<Changed>) -> impl IntoView {
    rows(caption, changes, true)
}

/// Those of one server, on its own page.
pub(crate) fn of_one_server(caption: &'static str, changes: Vec<Changed>) -> impl IntoView {
    rows(caption, changes, false)
}

fn rows(caption: &'static str, changes: Vec<Changed>, with_server: bool) -> impl IntoView {
    let (when, server, kind) = (t("changed-when"), t("changed-thing"), t("changed-kind"));
    let what = t("changed-what");
    let mut columns: Vec<Column> = [when, server, kind, what].map(Column::text).into();
    if !with_server {
        columns.remove(1);
    }
    let rows = changes.into_iter().map(|change| {
        let server = with_server.then(|| {
            let name = match change.href {
                Some(href) => view! { <a href=href>{change.server}</a> }.into_any(),
                None => view! { <span>{change.server}</span> }.into_any(),
            };
            let thing = change.thing.map(|thing| view! { <small>{thing}</small> });
            let account = (!change.account.is_empty()).then(|| view! { <small>{change.account}</small> });
            view! { <Cell of=server><span class="two-lines">{name}{thing}{account}</span></Cell> }
        });
        let by = change.done_by.map(|who| {
            let by = t_with("changed-by", &[("who", who.into())]);
            view! { <small>{by}</small> }
        });
        view! {
            <tr>
                <HeadCell><When at=change.at compact=true/></HeadCell>
                {server}
                <Cell of=kind><span class="two-lines"><StateBadge state=change.kind.state() label=change.kind.word()/>{by}</span></Cell>
                <Cell of=what>{fields(change.fields)}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=caption columns=columns>{rows}</Table> }
}

fn fields(fields: Vec<Field>) -> Option<impl IntoView> {
    if fields.is_empty() {
        return None;
    }
    let said = |value: String| match value.is_empty() {
        true => view! { <span class="muted">{t("changed-nothing")}</span> }.into_any(),
        false => view! { <span>{value}</span> }.into_any(),
    };
    let lines = fields.into_iter().map(|field| {
        view! { <li><strong>{word(&field.name)}</strong>": "{said(field.before)}" → "{said(field.after)}</li> }
    });
    Some(view! { <ul class="changed-fields">{lines.collect_view()}</ul> })
}

/// A field's name in words; what has none is shown as it is.
fn word(field: &str) -> Text {
    let word = match field {
        "name" => t("changed-field-name"),
        "display_name" => t("changed-field-display-name"),
        "cancels_on" => t("changed-field-cancels-on"),
        "error_message" => t("changed-field-error-message"),
        "product_id" => t("changed-field-product-id"),
        "product_name" => t("changed-field-product-name"),
        "product_type" => t("changed-field-product-type"),
        "region" => t("changed-field-region"),
        "region_name" => t("changed-field-region-name"),
        "data_center" => t("changed-field-data-center"),
        "image_id" => t("changed-field-image-id"),
        "os_type" => t("changed-field-os-type"),
        "default_user" => t("changed-field-default-user"),
        "cpu_cores" => t("changed-field-cpu-cores"),
        "ram" => t("changed-field-ram"),
        "disk" => t("changed-field-disk"),
        "ipv4" => t("changed-field-ipv4"),
        "ipv6" => t("changed-field-ipv6"),
        "additional" => t("changed-field-additional"),
        "mac" => t("changed-field-mac"),
        "ssh_keys" => t("changed-field-ssh-keys"),
        "add_ons" => t("changed-field-add-ons"),
        "created_at" => t("changed-field-created-at"),
        other => return other.replace('_', " ").into(),
    };
    word.into()
}

pub(crate) fn sample_changes(text: &str) -> Vec<Changed> {
    let field = |name: &str, before: &str, after: &str| Field {
        name: name.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    let changed = |kind, minutes: i64, fields| Changed {
        at: samples::now() - TimeDelta::minutes(minutes),
        kind,
        server: format!("vmi1234567 {text}"),
        thing: (kind == Kind::Vanished).then(|| text.to_owned()),
        href: (kind != Kind::Vanished).then(|| "/admin/servers/1".to_owned()),
        account: format!("Munich {text}"),
        fields,
        done_by: (kind == Kind::Changed).then(|| text.to_owned()),
    };
    let fields = vec![
        field("product_name", "VPS 10 SSD", "VPS 20 SSD"),
        field("ram", "8 GiB", "12 GiB"),
        field("display_name", text, ""),
        field("something_new", "", text),
    ];
    vec![
        changed(Kind::Appeared, 3, Vec::new()),
        changed(Kind::Changed, 190, fields),
        changed(Kind::Vanished, 4_000, Vec::new()),
    ]
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/servers/changes".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let unassigned = |text: &str| Unassigned {
        server: Subject {
            name: text.to_owned(),
            href: "/admin/servers/1".to_owned(),
        },
        product: text.to_owned(),
        place: text.to_owned(),
        first_seen_at: samples::now() - TimeDelta::minutes(3),
        give_href: Some("/admin/servers/bulk".to_owned()),
    };
    let href = || "/admin/servers?client=nobody".to_owned();
    vec![
        Sample::new("admin-servers-changes", page(), move || {
            view! { <ServerChanges list=list(3) changes=sample_changes("web-01") unassigned=vec![unassigned("edge-aus"), unassigned("game")] all_href=href()/> }
        }),
        Sample::new("admin-servers-changes-none", page(), move || {
            view! { <ServerChanges list=list(0) changes=Vec::new() unassigned=Vec::new() all_href=href()/> }
        }),
        Sample::new("admin-servers-changes-hostile", page(), move || {
            view! { <ServerChanges list=list(3) changes=sample_changes(HOSTILE) unassigned=vec![unassigned(HOSTILE)] all_href=href()/> }
        }),
    ]
}
