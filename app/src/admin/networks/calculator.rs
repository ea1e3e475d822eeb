//! The calculator: what is in a block of addresses, its parts, and with what it overlaps.

use leptos::prelude::*;

use super::crumbs;
use crate::{
    admin::{
        Subject,
        things::{Place, tabs},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_count, t_with,
    ui::{
        Button, Card, Cell, Code, Column, ErrorSummary, FormActions, FormState, HeadCell, KeyValue, KeyValues, Kind,
        Layout, Notice, State, StateBadge, Table, TextField, Tone,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 2] = [("block", "block-field"), ("parts", "block-parts-field")];

/// What was found out about a block.
#[derive(Clone, Debug)]
pub struct Found {
    /// As it is written: `10.0.0.0/22`.
    pub block: String,
    pub mask: Option<String>,
    pub broadcast: Option<String>,
    pub first: String,
    pub last: String,
    /// None: more than can be counted.
    pub usable: Option<u128>,
    /// Everything known that it overlaps with.
    pub overlaps: Vec<Overlap>,
    /// The next block of this size that overlaps with nothing known, if this one does.
    pub free: Option<String>,
    pub parts: Option<Parts>,
}

/// Something whose addresses it has in part.
#[derive(Clone, Debug)]
pub struct Overlap {
    pub with: Subject,
    /// What that is.
    pub what: OverlapsWith,
    pub block: String,
}

/// What a block may overlap with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlapsWith {
    Network,
    Server,
    Router,
}

impl OverlapsWith {
    fn word(self) -> &'static str {
        match self {
            Self::Network => t("overlaps-network"),
            Self::Server => t("overlaps-server"),
            Self::Router => t("overlaps-router"),
        }
    }
}

/// The parts of a block.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Each with whether something is in it already.
    pub shown: Vec<(String, bool)>,
    /// None: more than can be counted.
    pub all: Option<u128>,
}

/// The page, asking its own address.
#[component]
pub fn Calculator(form: FormState, found: Option<Found>) -> impl IntoView {
    let found = found.map(result);
    view! {
        <Layout title=t("calculator") lead=t("calculator-lead") crumbs=crumbs()>
            {tabs(Place::Calculator)}
            <form method="get" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    <TextField name="block" label=t("block-field") hint=t("block-hint") required=true mono=true max_length=80
                        value=form.value("block") error=form.error("block")/>
                    <TextField name="parts" label=t("block-parts-field") hint=t("block-parts-hint") mono=true max_length=4
                        value=form.value("parts") error=form.error("parts")/>
                </Card>
                <FormActions><Button label=t("calculate") kind=Kind::Primary/></FormActions>
            </form>
            {found}
        </Layout>
    }
}

fn result(found: Found) -> impl IntoView {
    let row = |label: &'static str, text: Option<String>| {
        text.map(|text| view! { <KeyValue label=label><Code text=text/></KeyValue> })
    };
    let usable = found
        .usable
        .map_or_else(|| t("block-countless").to_owned(), |count| count.to_string());
    let (mask, broadcast) = (
        row(t("network-mask"), found.mask),
        row(t("block-broadcast"), found.broadcast),
    );
    let overlaps = overlaps(found.overlaps, found.free);
    let parts = found.parts.map(parts_card);
    view! {
        {overlaps}
        <Card title=found.block.clone()>
            <KeyValues>
                <KeyValue label=t("network-range")><Code text=found.block/></KeyValue>
                {mask}
                <KeyValue label=t("block-usable")><Code text=found.first/>" – "<Code text=found.last/></KeyValue>
                {broadcast}
                <KeyValue label=t("block-count")>{usable}</KeyValue>
            </KeyValues>
        </Card>
        {parts}
    }
}

fn overlaps(overlaps: Vec<Overlap>, free: Option<String>) -> impl IntoView {
    if overlaps.is_empty() {
        return view! { <Notice tone=Tone::Success>{t("block-overlaps-none")}</Notice> }.into_any();
    }
    let title = t_count("block-overlaps", overlaps.len() as u64);
    let rows = overlaps.into_iter().map(|one| {
        view! { <li>{one.what.word()}" "<a href=one.with.href>{one.with.name}</a>" "<Code text=one.block/></li> }
    });
    let rows = rows.collect_view();
    let free = free.map(|free| view! { <p>{t_with("block-free", &[("block", free.into())])}</p> });
    view! { <Notice tone=Tone::Danger title=title><ul>{rows}</ul>{free}</Notice> }.into_any()
}

fn parts_card(parts: Parts) -> impl IntoView {
    let more = match parts.all {
        Some(all) if all <= parts.shown.len() as u128 => None,
        Some(all) => Some(all.to_string()),
        None => Some(t("block-countless").to_owned()),
    };
    let more =
        more.map(|all| view! { <p class="card-note muted">{t_with("block-parts-more", &[("all", all.into())])}</p> });
    let (part, state) = (t("block-part"), t("list-state"));
    let columns = [part, state].map(Column::text).into();
    let rows = parts.shown.into_iter().map(|(block, is_taken)| {
        let (colour, word) = match is_taken {
            true => (State::Degraded, t("block-taken")),
            false => (State::Up, t("block-is-free")),
        };
        view! { <tr><HeadCell><Code text=block/></HeadCell><Cell of=state><StateBadge state=colour label=word/></Cell></tr> }
    });
    let rows = rows.collect_view();
    view! { <Card title=t("block-parts") flush=true><Table caption=t("block-parts") columns=columns>{rows}</Table>{more}</Card> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        ..samples::page(Area::Admin)
    };
    let found = |text: &str| Found {
        block: text.to_owned(),
        mask: Some("255.255.252.0".to_owned()),
        broadcast: Some("10.0.3.255".to_owned()),
        first: "10.0.0.1".to_owned(),
        last: "10.0.3.254".to_owned(),
        usable: Some(1_022),
        overlaps: [OverlapsWith::Network, OverlapsWith::Server, OverlapsWith::Router]
            .map(|what| Overlap {
                with: Subject {
                    name: text.to_owned(),
                    href: "/admin/networks/1".to_owned(),
                },
                what,
                block: text.to_owned(),
            })
            .into(),
        free: Some("10.0.4.0/22".to_owned()),
        parts: Some(Parts {
            shown: vec![(text.to_owned(), true), ("10.0.2.0/23".to_owned(), false)],
            all: None,
        }),
    };
    let form = |text: &str| FormState::new().with("block", text).with("parts", "23");
    vec![
        Sample::new("calculator", page(), || {
            view! { <Calculator form=FormState::new() found=None/> }
        }),
        Sample::new("calculator-found", page(), move || {
            view! { <Calculator form=form("10.0.0.0/22") found=Some(found("10.0.0.0/22"))/> }
        }),
        Sample::new("calculator-hostile", page(), move || {
            let mut form = form(HOSTILE);
            form.reject("block", HOSTILE);
            let found = Found {
                overlaps: Vec::new(),
                usable: None,
                ..found(HOSTILE)
            };
            view! { <Calculator form=form found=Some(found)/> }
        }),
    ]
}
