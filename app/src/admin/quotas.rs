//! How many servers, how much storage and how many snapshots clients may have, and the provider over all.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, Column, Crumb, ErrorSummary, FormActions, FormState, HeadCell, Kind, Layout, LinkButton,
        ListState, NumberCell, NumberField, Pagination, Table,
    },
};

/// What one has and may have; no limit is none.
#[derive(Clone, Debug)]
pub struct Quota {
    /// None: the provider's own, over all.
    pub client: Option<String>,
    /// Where it is changed; none: not by this visitor.
    pub href: Option<String>,
    pub servers: u64,
    pub most_servers: Option<u64>,
    /// TB.
    pub storage: String,
    pub most_storage: Option<String>,
    pub most_snapshots: Option<u64>,
}

fn crumbs() -> Vec<Crumb> {
    vec![
        Crumb::new(t("nav-orders"), "/admin/orders"),
        Crumb::new(t("quotas"), "/admin/quotas"),
    ]
}

/// The page: the provider's own first on each, then clients by name.
#[component]
pub fn QuotaList(list: ListState, rows: Vec<Quota>) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-orders"), "/admin/orders")];
    let (whose, servers, storage, snapshots) = (
        t("quota-whose"),
        t("quota-servers"),
        t("quota-storage"),
        t("quota-snapshots"),
    );
    let columns = vec![
        Column::text(whose),
        Column::number(servers),
        Column::number(storage),
        Column::number(snapshots),
        Column::text(""),
    ];
    let features = view! { <LinkButton label=t("features") href="/admin/features"/> }.into_any();
    let rows = rows.into_iter().map(|row| {
        let name = row.client.clone().unwrap_or_else(|| t("quota-own").to_owned());
        let label = t_with("quota-change-of", &[("name", name.clone().into())]);
        let change = row.href.map(|href| view! { <a href=href aria-label=label>{t("quota-change")}</a> });
        let storage_used = of(row.storage, row.most_storage);
        view! {
            <tr>
                <HeadCell>{name}</HeadCell>
                <NumberCell of=servers>{of(row.servers.to_string(), row.most_servers.map(|most| most.to_string()))}</NumberCell>
                <NumberCell of=storage>{storage_used}</NumberCell>
                <NumberCell of=snapshots>{row.most_snapshots.map_or_else(|| t("quota-none").to_owned(), |most| most.to_string())}</NumberCell>
                <td>{change}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Layout title=t("quotas") lead=t("quotas-lead") crumbs=crumbs actions=features>
            <Card flush=true><Table caption=t("quotas") columns=columns>{rows}</Table><Pagination list=list/></Card>
        </Layout>
    }
}

/// How much of how much.
fn of(used: String, most: Option<String>) -> Text {
    match most {
        Some(most) => t_with("quota-of", &[("used", used.into()), ("most", most.into())]).into(),
        None => used.into(),
    }
}

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 3] = [
    ("instances", "quota-servers"),
    ("storage", "quota-storage"),
    ("snapshots", "quota-snapshots"),
];

/// The form, posting to the page's own address. `client`: none for the provider's own.
#[component]
pub fn QuotaForm(client: Option<String>, form: FormState) -> impl IntoView {
    let (title, text): (Text, Text) = match client {
        Some(name) => (
            t_with("quota-change-of", &[("name", name.into())]).into(),
            t("quota-client-text").into(),
        ),
        None => (t("quota-own").into(), t("quota-own-text").into()),
    };
    let fields = view! {
        <NumberField name="instances" label=t("quota-servers") value=form.value("instances") error=form.error("instances")/>
        <NumberField name="storage" label=t("quota-storage") unit="TB" value=form.value("storage") error=form.error("storage")/>
        <NumberField name="snapshots" label=t("quota-snapshots") value=form.value("snapshots") error=form.error("snapshots")/>
        <p class="muted small">{t("quota-empty")}</p>
    };
    view! {
        <Layout title=title lead=text crumbs=crumbs()>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>{fields}</Card>
                <FormActions><Button label=t("save") kind=Kind::Primary/><LinkButton label=t("cancel") href="/admin/quotas"/></FormActions>
            </form>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "orders",
        ..samples::page(Area::Admin)
    };
    let list = || ListState {
        path: "/admin/quotas".to_owned(),
        page: 1,
        per_page: 100,
        total: 1,
        ..ListState::default()
    };
    let row = |client: Option<&str>, limited: bool| Quota {
        client: client.map(str::to_owned),
        href: limited.then(|| "/admin/quotas/1".to_owned()),
        servers: 4,
        most_servers: limited.then_some(5),
        storage: "0.75".to_owned(),
        most_storage: limited.then(|| "2".to_owned()),
        most_snapshots: limited.then_some(1),
    };
    vec![
        Sample::new("quotas", page(), move || {
            view! { <QuotaList list=list() rows=vec![row(None, false), row(Some("Acme"), true)]/> }
        }),
        Sample::new("quotas-hostile", page(), move || {
            view! { <QuotaList list=list() rows=vec![row(None, true), row(Some(HOSTILE), true)]/> }
        }),
        Sample::new("quota-edit", page(), || {
            let form = FormState::new().with("instances", "5");
            view! { <QuotaForm client=None form=form/> }
        }),
        Sample::new("quota-edit-hostile", page(), || {
            let mut form = FormState::new();
            for (field, _) in LABELS {
                form.set(field, HOSTILE);
                form.reject(field, HOSTILE);
            }
            view! { <QuotaForm client=Some(HOSTILE.to_owned()) form=form/> }
        }),
    ]
}
