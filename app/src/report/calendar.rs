//! The days of the month as a calendar, and the same as a table. A day is a colour, a shape and words together.

use chrono::{Datelike, TimeDelta, Weekday};
use leptos::prelude::*;

use super::{Report, facts::Day};
use crate::{
    t, t_with,
    ui::{Card, Cell, Column, Duration, HeadCell, NumberCell, Pictogram, State, Table, time},
};

/// What is to be said of a day before anything else.
fn state(day: &Day) -> State {
    let none = TimeDelta::zero();
    if day.down > none {
        State::Down
    } else if day.accountable > none && day.unknown == day.accountable {
        State::Unknown
    } else if day.unknown > none {
        State::Degraded
    } else if day.accountable > none {
        State::Up
    } else if day.excluded > none {
        State::Maintenance
    } else {
        State::Disabled
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::Down => t("report-day-down"),
        State::Unknown => t("report-day-unknown"),
        State::Degraded => t("report-day-partly"),
        State::Up => t("report-day-up"),
        State::Maintenance => t("report-day-excluded"),
        State::Disabled => t("report-day-none"),
    }
}

/// "3 Oct: down 12 min, 99.166 % up".
fn sentence(day: &Day, name: &str) -> String {
    let none = TimeDelta::zero();
    let span = |key: &'static str, span: TimeDelta| {
        (span > none).then(|| t_with(key, &[("span", time::duration(span).into())]))
    };
    let parts = [
        Some(word(state(day)).to_owned()),
        day.uptime
            .clone()
            .map(|uptime| t_with("report-day-uptime", &[("uptime", uptime.into())])),
        span("report-day-down-for", day.down),
        span("report-day-unknown-for", day.unknown),
        span("report-day-excluded-for", day.excluded),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    [name, ": ", &parts.join(", ")].concat()
}

fn weekday_class(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "day-mon",
        Weekday::Tue => "day-tue",
        Weekday::Wed => "day-wed",
        Weekday::Thu => "day-thu",
        Weekday::Fri => "day-fri",
        Weekday::Sat => "day-sat",
        Weekday::Sun => "day-sun",
    }
}

fn day_name(day: &Day) -> String {
    format!("{} {}", day.date.day(), time::month_name(day.date.month()))
}

/// The days.
pub(super) fn days(report: &Report) -> impl IntoView + use<> {
    let days = report.days.clone();
    let heads = [
        t("weekday-1"),
        t("weekday-2"),
        t("weekday-3"),
        t("weekday-4"),
        t("weekday-5"),
        t("weekday-6"),
        t("weekday-7"),
    ];
    let heads = heads
        .map(|head| view! { <span class="month-weekday">{head}</span> })
        .collect_view();
    let cells = days.iter().enumerate().map(|(at, day)| {
        let state = state(day);
        let name = day_name(day);
        let said = sentence(day, &name);
        let first = if at == 0 { weekday_class(day.date.weekday()) } else { "" };
        let class = ["day day-", state.name(), " ", first].concat();
        let title = said.clone();
        view! {
            <li class=class title=title><span aria-hidden="true">{day.date.day()}</span><Pictogram icon=state.icon()/><span class="hidden">{said}</span></li>
        }
    });
    let cells = cells.collect_view();
    let legend = [
        State::Up,
        State::Down,
        State::Degraded,
        State::Unknown,
        State::Maintenance,
        State::Disabled,
    ];
    let legend = legend.map(|state| {
        let class = ["day-key day-", state.name()].concat();
        view! { <li class=class><Pictogram icon=state.icon()/><span>{word(state)}</span></li> }
    });
    let legend = legend.collect_view();
    view! {
        <Card title=t("report-days")>
            <div class="month-grid">
                <div class="month-weekdays" aria-hidden="true">{heads}</div>
                <ol class="month-days">{cells}</ol>
            </div>
            <ul class="month-legend">{legend}</ul>
            <details class="as-table">
                <summary>{t("report-days-table")}</summary>
                {table(days)}
            </details>
        </Card>
    }
}

fn table(days: Vec<Day>) -> impl IntoView {
    let columns = vec![
        Column::text(t("report-day")),
        Column::text(t("report-day-state")),
        Column::number(t("report-uptime")),
        Column::number(t("report-down")),
        Column::number(t("report-unknown")),
        Column::number(t("report-excluded")),
    ];
    let rows = days.into_iter().map(|day| {
        let (name, state) = (day_name(&day), state(&day));
        let uptime = day
            .uptime
            .map_or_else(|| "–".to_owned(), |uptime| format!("{uptime}\u{a0}%"));
        view! {
            <tr>
                <HeadCell>{name}</HeadCell>
                <Cell of=t("report-day-state")>{word(state)}</Cell>
                <NumberCell of=t("report-uptime")><span class="figure">{uptime}</span></NumberCell>
                <NumberCell of=t("report-down")><Duration span=day.down/></NumberCell>
                <NumberCell of=t("report-unknown")><Duration span=day.unknown/></NumberCell>
                <NumberCell of=t("report-excluded")><Duration span=day.excluded/></NumberCell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("report-days") columns=columns wide=true>{rows}</Table> }
}
