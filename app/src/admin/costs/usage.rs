//! What there is at Contabo and how full it is; and, on a page of its own, what could be done about what is unused.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use super::{View, tabs};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::{Status, words::region_word},
    t, t_count, t_with,
    text::Text,
    ui::{
        Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, KeyValue, KeyValues, Layout, LinkButton,
        ListState, Meter, NumberCell, Pagination, SelectField, StateBadge, Table, When, number, time,
    },
};

/// How many servers there are of something.
#[derive(Clone, Debug)]
pub struct Count {
    pub name: String,
    /// The list of them; none: there is no filter for it.
    pub href: Option<String>,
    pub all: u64,
    pub running: u64,
    pub nobodys: u64,
}

/// How many are in a state.
#[derive(Clone, Debug)]
pub struct InState {
    pub status: Status,
    pub href: String,
    pub all: u64,
}

/// Everything on the page.
#[derive(Clone, Debug)]
pub struct Usage {
    pub states: Vec<InState>,
    pub regions: Vec<Count>,
    pub products: Vec<Count>,
    /// TB: used, bought, and as far as it grows by itself.
    pub storage: (f64, f64, f64),
    /// Taken, and how many there may be.
    pub snapshots: (u64, u64),
    /// How many own images, and MB of them.
    pub images: (u64, u64),
    /// The provider's own quotas: servers and TB, each used and the most.
    pub servers: (u64, Option<u64>),
    pub most_storage: Option<String>,
}

/// The page.
#[component]
pub fn UsagePage(usage: Usage, csv_href: String) -> impl IntoView {
    let actions = view! { <LinkButton label=t("usage-csv") href=csv_href icon=Icon::Download download=true/> };
    let actions = actions.into_any();
    let servers = match usage.servers {
        (used, Some(most)) => t_with("quota-of", &[("used", used.into()), ("most", most.into())]),
        (used, None) => used.to_string(),
    };
    let (used, bought, most) = usage.storage;
    let bytes = |tb: f64| format!("{}\u{a0}TB", (tb * 100.0).round() / 100.0);
    let (taken, allowed) = usage.snapshots;
    let (images, megabytes) = usage.images;
    let images = [
        t_count("usage-images-count", images).into_owned(),
        number::bytes(megabytes as f64 * 1_048_576.0),
    ];
    let states = usage.states.into_iter().map(|one| {
        let (state, word) = (one.status.state(), one.status.word());
        view! {
            <tr>
                <HeadCell><a href=one.href><StateBadge state=state label=word/></a></HeadCell>
                <NumberCell of=t("usage-servers")>{one.all.to_string()}</NumberCell>
            </tr>
        }
    });
    let states = states.collect_view();
    let state_columns = vec![Column::text(t("usage-state")), Column::number(t("usage-servers"))];
    view! {
        <Layout title=t("nav-costs") lead=t("usage-lead") actions=actions>
            {tabs(View::Usage)}
            <div class="columns">
                <Card title=t("usage-room")>
                    <div class="stack">
                        <Meter label=t("usage-storage") value=used max=bought.max(0.001) high=bought * 0.85
                            shown=t_with("quota-of", &[("used", bytes(used).into()), ("most", bytes(bought).into())])/>
                        <Meter label=t("usage-snapshots") value=taken as f64 max=(allowed as f64).max(1.0)
                            shown=t_with("quota-of", &[("used", taken.into()), ("most", allowed.into())])/>
                        <KeyValues>
                            <KeyValue label=t("usage-servers")>{servers}</KeyValue>
                            <KeyValue label=t("usage-grows-to")>{bytes(most)}</KeyValue>
                            <KeyValue label=t("usage-most-storage")>{usage.most_storage.map_or_else(|| t("quota-none").to_owned(), |most| format!("{most}\u{a0}TB"))}</KeyValue>
                            <KeyValue label=t("usage-images")>{images.join(", ")}</KeyValue>
                        </KeyValues>
                        <p class="muted small">{t("usage-room-text")}</p>
                    </div>
                </Card>
                <Card title=t("usage-states") flush=true><Table caption=t("usage-states") columns=state_columns>{states}</Table></Card>
            </div>
            <Card title=t("usage-regions") flush=true>{counts(t("usage-regions"), t("usage-region"), usage.regions, region_word)}</Card>
            <Card title=t("usage-products") flush=true>{counts(t("usage-products"), t("usage-product"), usage.products, |name| name.to_owned().into())}</Card>
        </Layout>
    }
}

fn counts(caption: &'static str, of: &'static str, all: Vec<Count>, in_words: impl Fn(&str) -> Text) -> impl IntoView {
    let columns = vec![
        Column::text(of),
        Column::number(t("usage-servers")),
        Column::number(t("usage-running")),
        Column::number(t("usage-nobodys")),
    ];
    let rows = all.into_iter().map(|one| {
        let name: Text = if one.name.is_empty() {
            "–".into()
        } else {
            in_words(&one.name)
        };
        let name = match one.href {
            Some(href) => view! { <a href=href>{name}</a> }.into_any(),
            None => name.into_any(),
        };
        view! {
            <tr>
                <HeadCell>{name}</HeadCell>
                <NumberCell of=t("usage-servers")>{one.all.to_string()}</NumberCell>
                <NumberCell of=t("usage-running")>{one.running.to_string()}</NumberCell>
                <NumberCell of=t("usage-nobodys")>{one.nobodys.to_string()}</NumberCell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=caption columns=columns>{rows}</Table> }
}

/// Why something could be done.
#[derive(Clone, Debug)]
pub enum Why {
    Nobodys(DateTime<Utc>),
    Off(DateTime<Utc>),
    Ends(NaiveDate),
    /// Per cent.
    Full(f64),
    Empty(f64),
    OldSnapshot(String, DateTime<Utc>),
    GrowthFailed(String),
}

impl Why {
    fn title(&self) -> &'static str {
        match self {
            Self::Nobodys(_) => t("advice-nobodys"),
            Self::Off(_) => t("advice-off"),
            Self::Ends(_) => t("advice-ends"),
            Self::Full(_) => t("advice-full"),
            Self::Empty(_) => t("advice-empty"),
            Self::OldSnapshot(..) => t("advice-old-snapshot"),
            Self::GrowthFailed(_) => t("advice-growth-failed"),
        }
    }

    fn what_to_do(&self) -> &'static str {
        match self {
            Self::Nobodys(_) => t("advice-nobodys-text"),
            Self::Off(_) => t("advice-off-text"),
            Self::Ends(_) => t("advice-ends-text"),
            Self::Full(_) => t("advice-full-text"),
            Self::Empty(_) => t("advice-empty-text"),
            Self::OldSnapshot(..) => t("advice-old-snapshot-text"),
            Self::GrowthFailed(_) => t("advice-growth-failed-text"),
        }
    }

    fn detail(self) -> AnyView {
        match self {
            Self::Nobodys(at) => view! { {t("advice-there-since")}" "<When at=at compact=true/> }.into_any(),
            Self::Off(at) => view! { {t("advice-since")}" "<When at=at compact=true/> }.into_any(),
            Self::Ends(day) => time::day(day).into_any(),
            Self::Full(share) | Self::Empty(share) => number::percent(share, 1).into_any(),
            Self::OldSnapshot(name, at) => view! { {name}", "<When at=at compact=true/> }.into_any(),
            Self::GrowthFailed(error) => error.into_any(),
        }
    }
}

/// One piece of advice.
#[derive(Clone, Debug)]
pub struct Advice {
    pub name: String,
    pub href: String,
    pub client: String,
    pub why: Why,
}

/// The page of advice.
#[component]
pub fn AdvicePage(list: ListState, rows: Vec<Advice>, csv_href: String) -> impl IntoView {
    let actions = view! { <LinkButton label=t("usage-csv") href=csv_href icon=Icon::Download download=true/> };
    let actions = actions.into_any();
    let reasons = [
        ("growth_failed", t("advice-growth-failed")),
        ("full", t("advice-full")),
        ("ends", t("advice-ends")),
        ("nobodys", t("advice-nobodys")),
        ("off", t("advice-off")),
        ("empty", t("advice-empty")),
        ("old_snapshot", t("advice-old-snapshot")),
    ];
    let reasons = reasons.map(|(word, label)| Choice::new(word, label)).into();
    let chosen = list.filter("reason");
    let body = match (rows.is_empty(), list.is_filtered()) {
        (true, false) => {
            view! { <EmptyState title=t("advice-none") text=t("advice-none-text") icon=Icon::Check/> }.into_any()
        }
        (true, true) => {
            view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> }.into_any()
        }
        (false, _) => advice_table(rows).into_any(),
    };
    view! {
        <Layout title=t("nav-costs") lead=t("advice-lead") actions=actions>
            {tabs(View::Advice)}
            <FilterBar list=list.clone()>
                <SelectField name="reason" label=t("advice-reason") choices=reasons value=chosen empty=t("advice-all") required=true/>
            </FilterBar>
            <Card flush=true>{body}<Pagination list=list/></Card>
        </Layout>
    }
}

fn advice_table(rows: Vec<Advice>) -> impl IntoView {
    let (what, reason, of_client) = (t("advice-what"), t("advice-reason"), t("costs-client"));
    let columns = [what, of_client, reason, t("advice-do")].map(Column::text).into();
    let rows = rows.into_iter().map(|one| {
        let (title, text) = (one.why.title(), one.why.what_to_do());
        let client: Text = if one.client.is_empty() {
            t("costs-nobody").into()
        } else {
            one.client.into()
        };
        view! {
            <tr>
                <HeadCell><a href=one.href>{one.name}</a></HeadCell>
                <Cell of=of_client>{client}</Cell>
                <Cell of=reason><span class="two-lines">{title}<small>{one.why.detail()}</small></span></Cell>
                <Cell of=t("advice-do")>{text}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("advice") columns=columns>{rows}</Table> }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "costs",
        ..samples::page(Area::Admin)
    };
    let usage = |name: &str| Usage {
        states: vec![
            InState {
                status: Status::Running,
                href: "/admin/servers?state=running".to_owned(),
                all: 12,
            },
            InState {
                status: Status::Other(name.to_owned()),
                href: "/admin/servers?state=x".to_owned(),
                all: 1,
            },
        ],
        regions: vec![Count {
            name: name.to_owned(),
            href: Some("/admin/servers?region=EU".to_owned()),
            all: 13,
            running: 12,
            nobodys: 2,
        }],
        products: vec![Count {
            name: name.to_owned(),
            href: None,
            all: 13,
            running: 12,
            nobodys: 2,
        }],
        storage: (0.31, 1.25, 2.0),
        snapshots: (4, 15),
        images: (2, 4_096),
        servers: (13, Some(20)),
        most_storage: Some("5".to_owned()),
    };
    let list = |total| ListState {
        path: "/admin/usage/advice".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let csv = || "/admin/usage/items.csv".to_owned();
    let advice = |name: &str, why| Advice {
        name: name.to_owned(),
        href: "/admin/servers/1".to_owned(),
        client: name.to_owned(),
        why,
    };
    let all = move |name: &str| {
        vec![
            advice(name, Why::GrowthFailed(name.to_owned())),
            advice(name, Why::Full(91.25)),
            advice(name, Why::Ends(samples::now().date_naive())),
            advice(name, Why::Nobodys(samples::now())),
            advice(name, Why::Off(samples::now())),
            advice(name, Why::Empty(1.0)),
            advice(name, Why::OldSnapshot(name.to_owned(), samples::now())),
        ]
    };
    vec![
        Sample::new("usage", page(), move || {
            view! { <UsagePage usage=usage("European Union") csv_href=csv()/> }
        }),
        Sample::new("usage-hostile", page(), move || {
            view! { <UsagePage usage=usage(HOSTILE) csv_href=csv()/> }
        }),
        Sample::new("advice", page(), move || {
            view! { <AdvicePage list=list(7) rows=all("web-1") csv_href=csv()/> }
        }),
        Sample::new("advice-none", page(), move || {
            view! { <AdvicePage list=list(0) rows=Vec::new() csv_href=csv()/> }
        }),
        Sample::new("advice-hostile", page(), move || {
            view! { <AdvicePage list=list(7) rows=all(HOSTILE) csv_href=csv()/> }
        }),
    ]
}
