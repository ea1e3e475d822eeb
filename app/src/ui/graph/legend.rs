//! What the lines and patterns of a graph mean, and its figures in words.

use leptos::prelude::*;

use super::{BandKind, Earlier, LimitKind, Plot, Series, Unit};
use crate::{
    page::page,
    t,
    text::Text,
    ui::{Column, NumberCell, Table, time},
};

/// Minimum, average, maximum and last of a series.
#[derive(Default)]
struct Figures {
    min: Option<f64>,
    avg: Option<f64>,
    max: Option<f64>,
    percentile_95: Option<f64>,
    last: Option<f64>,
}

impl Figures {
    /// The last value of what is over says nothing.
    fn of_earlier(earlier: &Earlier) -> Self {
        let overall = earlier.overall;
        Self {
            min: overall.map(|overall| overall.min),
            avg: overall.map(|overall| overall.avg),
            max: overall.map(|overall| overall.max),
            percentile_95: overall.and_then(|overall| overall.percentile_95),
            last: None,
        }
    }

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
    let figure = move |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| unit.write(value));
    let cell = move |value| view! { <td class="number">{figure(value)}</td> };
    let compared = move |now: Option<f64>, then: Option<f64>| {
        let change = now.zip(then).and_then(|(now, then)| unit.write_change(now, then));
        let change = change.map(|change| view! { " "<span class="legend-change">{change}</span> });
        view! { <td class="number">{figure(now)}{change}</td> }
    };
    let has_percentile = plot
        .series
        .iter()
        .any(|series| series.overall.is_some_and(|overall| overall.percentile_95.is_some()));
    let row = move |key: String, name: &Text, figures: Figures, then: Figures| {
        let percentile = has_percentile.then(|| compared(figures.percentile_95, then.percentile_95));
        let name = name.clone();
        view! {
            <tr>
                <th scope="row"><span class=key aria-hidden="true"></span>{name}</th>
                {cell(figures.min)}{compared(figures.avg, then.avg)}{cell(figures.max)}{percentile}{cell(figures.last)}
            </tr>
        }
    };
    let rows = plot.series.iter().map(|series| {
        let hue = series.hue.class();
        let earlier = series.earlier.as_ref();
        let alike = earlier.filter(|earlier| earlier.is_alike).map(Figures::of_earlier);
        let now = row(
            ["legend-key ", hue].concat(),
            &series.name,
            Figures::of(series),
            alike.unwrap_or_default(),
        );
        let then = earlier.map(|earlier| {
            let figures = Figures::of_earlier(earlier);
            row(
                ["legend-key legend-earlier ", hue].concat(),
                &earlier.name,
                figures,
                Figures::default(),
            )
        });
        (now, then)
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
