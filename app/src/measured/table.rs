//! The numbers behind a link's graphs, every step of them: for those who read better than they look.

use leptos::prelude::*;

use super::{
    Addresses,
    measurements::{ComparedWith, Figures, Measurements, Spread, Step},
    range::{Compare, Range},
    range_form::{RangeForm, RangeTabs},
    sample_data,
};
use crate::{
    page::{Area, page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Card, Cell, Column, Crumb, EmptyState, FormState, Icon, Layout, LinkButton, NumberCell, Table, graph::BandKind,
        number, time,
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
    let asked = measured.asked();
    let crumbs = vec![
        Crumb::new(t("nav-links"), at.list.clone()),
        Crumb::new(name, asked.on(&at.link)),
    ];
    let actions = view! {
        <RangeTabs asked=asked path=at.table.clone()/>
        <LinkButton label=t("download-csv") href=asked.uncompared_on(&at.csv) icon=Icon::Download download=true/>
    }
    .into_any();
    let lead = t_with(
        "table-lead",
        &[
            ("range", asked.range.words().into()),
            ("step", time::duration(measured.step).into()),
        ],
    );
    let then = measured.compared();
    let percentiles = [
        percentiles("table-percentiles", &measured.overall),
        then.and_then(|then| percentiles("table-percentiles-then", &then.overall)),
    ];
    let earlier = measured.earlier.clone();
    let content = if measured.is_empty() && measured.bands.is_empty() {
        view! { <EmptyState title=t("measured-none") text=measured.service.why_nothing() icon=Icon::Graph/> }.into_any()
    } else {
        rows(&measured).into_any()
    };
    view! {
        <Layout title=t("measured-title") crumbs=crumbs lead=lead actions=actions>
            <RangeForm asked=asked form=form action=at.table/>
            <div>
                <ComparedWith earlier=earlier/>
                {percentiles.into_iter().flatten().map(|line| view! { <p>{line}</p> }).collect_view()}
            </div>
            <Card flush=true>{content}</Card>
        </Layout>
    }
}

fn percentiles(key: &'static str, overall: &Figures) -> Option<String> {
    let (down, up) = overall.download_95.zip(overall.upload_95)?;
    let values = [
        ("download", number::rate(down).into()),
        ("upload", number::rate(up).into()),
    ];
    Some(t_with(key, &values))
}

/// A figure of each step.
#[derive(Clone, Copy)]
struct Measured {
    name: &'static str,
    of: fn(&Step) -> Option<Spread>,
    write: fn(f64) -> String,
}

impl Measured {
    fn in_step(&self, step: &Step) -> String {
        (self.of)(step).map_or_else(|| "–".to_owned(), |value| (self.write)(value.avg))
    }
}

fn rows(measured: &Measurements) -> impl IntoView + use<> {
    let zone = page().zone;
    let figure = |name, of, write| Measured { name, of, write };
    let mut figures = vec![
        figure(t("download"), |step| step.download, number::rate),
        figure(t("upload"), |step| step.upload, number::rate),
    ];
    if measured.probed {
        figures.push(figure(t("latency"), |step| step.latency_ms, number::milliseconds));
        figures.push(figure(
            t("loss"),
            |step| step.loss_percent,
            |value| number::percent(value, 1),
        ));
    }
    // What was then stands beside what is now.
    let then = measured.compared();
    let names: Vec<[Option<Text>; 2]> = figures
        .iter()
        .map(|figure| {
            [
                Some(figure.name.into()),
                then.map(|then| then.compare.of(figure.name).into()),
            ]
        })
        .collect();
    let mut columns = vec![Column::text(t("graph-time"))];
    columns.extend(names.iter().flatten().flatten().cloned().map(Column::number));
    columns.push(Column::text(t("outage-notes")));
    let rows: Vec<_> = measured
        .steps
        .iter()
        .enumerate()
        .rev()
        .map(|(at, step)| {
            let (time, notes) = (time::absolute(step.t, zone), notes(measured, step));
            let steps = [Some(step), then.and_then(|then| then.steps.get(at))];
            let cells = figures.iter().zip(&names).flat_map(|(figure, names)| {
                names.iter().zip(steps).filter_map(|(name, step)| {
                    let (name, value) = (name.clone()?, figure.in_step(step?));
                    Some(view! { <NumberCell of=name>{value}</NumberCell> })
                })
            });
            let cells = cells.collect_view();
            view! {
                <tr>
                    <th scope="row"><span class="figure">{time}</span></th>
                    {cells}
                    <Cell of=t("outage-notes")>{notes}</Cell>
                </tr>
            }
        })
        .collect();
    view! { <Table caption=t("measured-title") columns=columns wide=then.is_some()>{rows}</Table> }
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
    let of = |name: &'static str, text: &'static str, measured: fn() -> Measurements| {
        Sample::new(name, samples::page(Area::Portal), move || {
            let at = Addresses {
                list: "/portal/links".into(),
                link: "/portal/links/1".into(),
                table: "/portal/links/1/table".into(),
                csv: "/portal/links/1/samples.csv".into(),
            };
            view! { <LinkTable name=text.to_owned() measured=measured() at=at form=FormState::new()/> }
        })
    };
    vec![
        of("portal-link-table", "Berlin – headquarters", || {
            sample_data::measurements(Range::Day)
        }),
        of("portal-link-table-compared", "Berlin – headquarters", || {
            sample_data::compared(Range::Week, Compare::Year)
        }),
        of("portal-link-table-hostile", HOSTILE, || {
            sample_data::measurements(Range::Month)
        }),
    ]
}
