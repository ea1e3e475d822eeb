//! The numbers behind a link's graphs, every step of them: for those who read better than they look.

use leptos::prelude::*;

use super::{
    link::Addresses,
    measurements::{Measurements, Range, Spread, Step},
    range_form::RangeForm,
    sample_data,
};
use crate::{
    page::{Area, page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Card, Cell, Column, Crumb, EmptyState, FormState, Icon, Layout, LinkButton, NumberCell, Tab, Table, Tabs,
        graph::BandKind, number, time,
    },
};

/// The page.
#[component]
pub fn LinkTable(
    name: String,
    measured: Measurements,
    at: Addresses,
    /// What was typed to choose a range.
    form: FormState,
) -> impl IntoView {
    let range = measured.range;
    let crumbs = vec![
        Crumb::new(t("nav-links"), at.list.clone()),
        Crumb::new(name, range.on(&at.link)),
    ];
    let tabs = Range::OFFERED
        .into_iter()
        .map(|one| Tab::new(one.label(), one.on(&at.table), one == range))
        .collect();
    let actions = view! {
        <Tabs label=t("range-label") tabs=tabs compact=true/>
        <LinkButton label=t("download-csv") href=range.on(&at.csv) icon=Icon::Download download=true/>
    }
    .into_any();
    let lead = t_with(
        "table-lead",
        &[
            ("range", range.words().into()),
            ("step", time::duration(measured.step).into()),
        ],
    );
    let percentiles = measured
        .overall
        .download_95
        .zip(measured.overall.upload_95)
        .map(|(down, up)| {
            let values = [
                ("download", number::rate(down).into()),
                ("upload", number::rate(up).into()),
            ];
            view! { <p>{t_with("table-percentiles", &values)}</p> }
        });
    let content = if measured.is_empty() && measured.bands.is_empty() {
        view! { <EmptyState title=t("measured-none") text=t("measured-none-text") icon=Icon::Graph/> }.into_any()
    } else {
        rows(&measured).into_any()
    };
    view! {
        <Layout title=t("measured-title") crumbs=crumbs lead=lead actions=actions>
            <RangeForm range=range form=form action=at.table/>
            {percentiles}
            <Card flush=true>{content}</Card>
        </Layout>
    }
}

fn rows(measured: &Measurements) -> impl IntoView + use<> {
    let zone = page().zone;
    let probed = measured.probed;
    let columns = [
        Some(Column::text(t("graph-time"))),
        Some(Column::number(t("download"))),
        Some(Column::number(t("upload"))),
        probed.then(|| Column::number(t("latency"))),
        probed.then(|| Column::number(t("loss"))),
        Some(Column::text(t("outage-notes"))),
    ];
    let rows: Vec<_> = measured
        .steps
        .iter()
        .rev()
        .map(|step| {
            let (time, notes) = (time::absolute(step.t, zone), notes(measured, step));
            let [down, up] = [step.download, step.upload].map(|rate| shown(rate, number::rate));
            let latency = shown(step.latency_ms, number::milliseconds);
            let loss = shown(step.loss_percent, |value| number::percent(value, 1));
            let probes = probed.then(|| {
                view! {
                    <NumberCell of=t("latency")>{latency}</NumberCell>
                    <NumberCell of=t("loss")>{loss}</NumberCell>
                }
            });
            view! {
                <tr>
                    <th scope="row"><span class="figure">{time}</span></th>
                    <NumberCell of=t("download")>{down}</NumberCell>
                    <NumberCell of=t("upload")>{up}</NumberCell>
                    {probes}
                    <Cell of=t("outage-notes")>{notes}</Cell>
                </tr>
            }
        })
        .collect();
    view! { <Table caption=t("measured-title") columns=columns.into_iter().flatten().collect()>{rows}</Table> }
}

fn shown(value: Option<Spread>, write: fn(f64) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), |value| write(value.avg))
}

/// What befell the link in the step.
fn notes(measured: &Measurements, step: &Step) -> String {
    let end = step.t + measured.step;
    let happened = |kind: &BandKind| {
        measured
            .bands
            .iter()
            .any(|band| band.kind == *kind && band.from < end && step.t < band.to)
    };
    let words: Vec<_> = BandKind::ALL.into_iter().filter(happened).map(BandKind::word).collect();
    words.join(", ")
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let of = |name: &'static str, text: &'static str, range: Range| {
        Sample::new(name, samples::page(Area::Portal), move || {
            let at = Addresses {
                list: "/portal/links".into(),
                link: "/portal/links/1".into(),
                table: "/portal/links/1/table".into(),
                csv: "/portal/links/1/samples.csv".into(),
            };
            view! { <LinkTable name=text.to_owned() measured=sample_data::measurements(range) at=at form=FormState::new()/> }
        })
    };
    vec![
        of("portal-link-table", "Berlin – headquarters", Range::Day),
        of("portal-link-table-hostile", HOSTILE, Range::Month),
    ]
}
