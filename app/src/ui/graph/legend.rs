//! What the lines and patterns of a graph mean, and its figures in words.

use leptos::prelude::*;

use super::{BandKind, LimitKind, Plot, Series, Unit};
use crate::{
    page::page,
    t,
    text::Text,
    ui::{Column, NumberCell, Table, time},
};

/// Minimum, average, maximum and last of a series.
struct Figures {
    min: Option<f64>,
    avg: Option<f64>,
    max: Option<f64>,
    percentile_95: Option<f64>,
    last: Option<f64>,
}

impl Figures {
    fn of(series: &Series) -> Self {
        let values = || series.points.iter().filter_map(|point| point.avg);
        let count = values().count();
        if let Some(overall) = series.overall {
            return Self {
                min: Some(overall.min),
                avg: Some(overall.avg),
                max: Some(overall.max),
                percentile_95: overall.percentile_95,
                last: values().next_back(),
            };
        }
        Self {
            min: series
                .points
                .iter()
                .filter_map(|point| point.min.or(point.avg))
                .reduce(f64::min),
            avg: (count > 0).then(|| values().sum::<f64>() / count as f64),
            max: series
                .points
                .iter()
                .filter_map(|point| point.max.or(point.avg))
                .reduce(f64::max),
            percentile_95: None,
            last: values().next_back(),
        }
    }
}

/// The table of figures, then the patterns that occur.
pub(super) fn legend(plot: &Plot) -> impl IntoView + use<> {
    let unit = plot.unit;
    let cell = move |value: Option<f64>| view! { <td class="number">{value.map_or_else(|| "–".to_owned(), |value| unit.write(value))}</td> };
    let has_percentile = plot
        .series
        .iter()
        .any(|series| series.overall.is_some_and(|overall| overall.percentile_95.is_some()));
    let rows = plot.series.iter().map(|series| {
        let figures = Figures::of(series);
        let percentile = has_percentile.then(|| cell(figures.percentile_95));
        let key = ["legend-key ", series.hue.class()].concat();
        let name = series.name.clone();
        view! {
            <tr>
                <th scope="row"><span class=key aria-hidden="true"></span>{name}</th>
                {cell(figures.min)}{cell(figures.avg)}{cell(figures.max)}{percentile}{cell(figures.last)}
            </tr>
        }
    });
    // The same for both directions is said once.
    let mut limits: Vec<(&Text, LimitKind)> = plot.limits.iter().map(|limit| (&limit.label, limit.kind)).collect();
    limits.dedup();
    let limits = limits.into_iter().map(|(label, kind)| {
        let key = ["legend-key legend-limit legend-", kind.name()].concat();
        view! { <li><span class=key aria-hidden="true"></span>{label.clone()}</li> }
    });
    let bands = BandKind::ALL
        .into_iter()
        .filter(|kind| plot.bands.iter().any(|band| band.kind == *kind))
        .map(|kind| {
            let key = ["legend-key legend-", kind.name()].concat();
            view! { <li><span class=key aria-hidden="true"></span>{kind.word()}</li> }
        });
    view! {
        <div class="legend">
            <table>
                <thead><tr>
                    <th scope="col"><span class="hidden">{t("graph-series")}</span></th>
                    <th scope="col" class="number">{t("graph-min")}</th>
                    <th scope="col" class="number">{t("graph-avg")}</th>
                    <th scope="col" class="number">{t("graph-max")}</th>
                    {has_percentile.then(|| view! { <th scope="col" class="number">{t("graph-percentile")}</th> })}
                    <th scope="col" class="number">{t("graph-last")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <ul class="legend-marks">{limits.collect_view()}{bands.collect_view()}</ul>
        </div>
    }
}

/// The same numbers as a table, newest first: for those who read better than they look. Series share their times.
#[component]
pub fn GraphTable(#[prop(into)] caption: Text, plot: Plot) -> impl IntoView {
    let unit: Unit = plot.unit;
    let zone = page().zone;
    let names: Vec<Text> = plot.series.iter().map(|series| series.name.clone()).collect();
    let mut columns = vec![Column::text(t("graph-time"))];
    columns.extend(names.iter().cloned().map(Column::number));
    let times = plot
        .series
        .first()
        .map(|series| series.points.iter().map(|point| point.t).collect::<Vec<_>>())
        .unwrap_or_default();
    let rows = times
        .into_iter()
        .enumerate()
        .rev()
        .map(|(at, time)| {
            let cells = plot.series.iter().zip(&names).map(|(series, name)| {
                let value = series.points.get(at).and_then(|point| point.avg);
                let shown = value.map_or_else(|| t("no-value").to_owned(), |value| unit.write(value));
                view! { <NumberCell of=name.clone()>{shown}</NumberCell> }
            });
            view! { <tr><th scope="row">{time::absolute(time, zone)}</th>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! { <Table caption=caption columns=columns>{rows}</Table> }
}
