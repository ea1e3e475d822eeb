//! From what is stored to a document.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::{Tenant, link, link_edge};

use super::{
    Agreed, digest,
    document::{Cause, DayFigures, Document, FORMAT, LinkFacts, OutageFacts, Promised, TakenOut},
    said::Said,
    series,
};
use crate::domain::{
    board::Snapshot,
    calendar::{self, Month, instant},
    links::{
        days::DaysError,
        interruptions::{self, interruptions},
        slot::Sample,
    },
    sla::{
        calculation::{Calculation, Inputs},
        intervals::{Interval, Intervals},
        terms,
        uptime::{DisabledPolicy, Edge, Terms, Uptime},
    },
};

/// When, by whom and why a report is made.
#[derive(Clone, Debug)]
pub struct Occasion {
    pub at: DateTime<Utc>,
    /// None: the monthly run.
    pub by: Option<String>,
    /// None for the first revision.
    pub reason: Option<String>,
}

/// Draws up the report of a link for `month` by what was `agreed`. Its revision is 1 until it is stored.
///
/// # Errors
/// When the database does not answer, or a sealed day can't be read.
pub async fn draw_up(
    tenant: &Tenant<'_>,
    board: &Snapshot,
    agreed: &Agreed,
    month: Month,
    occasion: Occasion,
) -> Result<Document, DaysError> {
    let (link, zone) = (&agreed.link, agreed.zone);
    let terms = agreed.terms(board, month.period(zone));
    let agreement = agreed.agreement();
    let read = Inputs::read(tenant, link.id, terms.window()).await?;
    let said = Said::read(tenant, board, link, terms.window()).await?;
    let promised = promised(agreed);
    let edges = interruptions::seconds(&read.edges);
    let figures = Calculation::of(&terms, &agreement, &read.samples, &edges);
    let without_exclusions = (!terms.exclusions.is_empty())
        .then(|| Calculation::of(&terms.without_exclusions(), &agreement, &read.samples, &edges));
    let client = board.clients.get(&link.client_id);
    Ok(Document {
        format: FORMAT,
        provider: board.tenant.name.clone(),
        client: client.map(|client| client.name.clone()).unwrap_or_default(),
        link: LinkFacts {
            name: link.name.clone(),
            reference: link.reference.clone(),
            kind: link.kind.clone(),
            faces: link.faces.into(),
            committed_down_bps: link.committed_down_bps,
            committed_up_bps: link.committed_up_bps,
        },
        month: month.to_string(),
        zone: zone.name().to_owned(),
        revision: 1,
        made_at: occasion.at,
        made_by: occasion.by,
        reason: occasion.reason,
        agreement: agreed.of,
        days: days(&terms, month, zone, &read.samples, &edges),
        outages: outages(&terms, &figures, without_exclusions.as_ref(), &read.edges, &said),
        taken_out: taken_out(board, link, &terms, &figures.uptime, &said),
        changes: said.changes,
        graph: series::graph(&terms, &read.samples),
        monthly_fee_minor: agreement.monthly_fee,
        currency: agreed.currency.clone(),
        inputs: digest::of(&terms, agreed, promised.as_ref(), &read),
        promised,
        without_exclusions,
        figures,
    })
}

fn promised(agreed: &Agreed) -> Option<Promised> {
    let (profile, wording) = agreed.wording.as_ref()?;
    Some(Promised {
        profile: profile.clone(),
        version: wording.version,
        thresholds: terms::thresholds(wording),
        service_hours: wording
            .service_hours
            .as_ref()
            .and_then(|kept| serde_json::from_value(kept.clone()).ok()),
        unreachable_is: wording.unreachable_is,
        disabled_is: wording.disabled_is,
        measured_by: wording.measured_by,
        percentile_of: wording.percentile_of,
        credit: terms::credit(wording),
    })
}

/// Each day of the month by itself; together they are the month.
fn days(terms: &Terms, month: Month, zone: Tz, samples: &[Sample], edges: &[Edge]) -> Vec<DayFigures> {
    let dates = month
        .first_day()
        .iter_days()
        .take_while(|date| *date < month.next().first_day());
    let day = |date| {
        let period = calendar::day(date, zone);
        let terms = Terms {
            period,
            ..terms.clone()
        };
        let first = samples.partition_point(|sample| sample.slot.interval().end() <= period.start());
        let states = samples[first.saturating_sub(1)..]
            .iter()
            .map(|sample| (sample.slot, sample.state));
        let states = states.take_while(|(slot, _)| slot.interval().start() < period.end());
        let uptime = Uptime::measure(&terms, states, edges);
        DayFigures {
            date,
            window: uptime.window,
            accountable_seconds: uptime.accountable,
            up_seconds: uptime.up,
            down_seconds: uptime.down,
            unknown_seconds: uptime.unknown,
            excluded_seconds: uptime.excluded,
        }
    };
    dates.map(day).collect()
}

/// All outages, those that were excluded too, and drops between two polls.
fn outages(
    terms: &Terms,
    figures: &Calculation,
    without_exclusions: Option<&Calculation>,
    edges: &[link_edge::Model],
    said: &Said,
) -> Vec<OutageFacts> {
    let all = &without_exclusions.unwrap_or(figures).uptime.outages;
    let counted = |span: Interval| {
        let overlapping = figures.uptime.outages.iter();
        let overlapping = overlapping.filter(|outage| !outage.span.intersect(span).is_empty());
        overlapping.map(|outage| outage.counted_seconds).sum()
    };
    let facts = |outage: interruptions::Interruption| {
        let span = outage.span.unwrap_or_else(|| Interval::between(outage.from, outage.to));
        let (cause, comment, excluded) = said.of_outage(span);
        OutageFacts {
            from: outage.from,
            to: outage.to,
            exact: outage.exact,
            counted_seconds: match (without_exclusions, outage.counted_seconds) {
                (Some(_), 1..) => counted(span),
                (_, counted) => counted,
            },
            seconds_without_exclusions: outage.counted_seconds,
            cause,
            comment,
            excluded,
        }
    };
    let all = interruptions(terms.window(), all, terms.measured_by, edges);
    all.into_iter().map(facts).collect()
}

fn taken_out(board: &Snapshot, link: &link::Model, terms: &Terms, uptime: &Uptime, said: &Said) -> Vec<TakenOut> {
    let (window, scheduled) = (terms.window(), terms.scheduled());
    let windows = board
        .approved_maintenance()
        .filter(|maintenance| maintenance.covers(link));
    let windows = windows.filter_map(|maintenance| {
        let span = Interval::between(maintenance.window.starts_at, maintenance.window.ends_at).intersect(window);
        (!span.is_empty()).then(|| TakenOut {
            cause: Cause::Maintenance,
            from: maintenance.window.starts_at,
            to: maintenance.window.ends_at,
            seconds: scheduled.intersect(&span.into()).seconds(),
            title: Some(maintenance.window.title.clone()),
            approved_by: said.name(maintenance.window.approved_by),
            approved_at: maintenance.window.approved_at,
        })
    });
    let others = scheduled.subtract(&terms.maintenance).subtract(&terms.exclusions);
    let disabled: &[Interval] = match terms.disabled {
        DisabledPolicy::NotAccountable => &uptime.disabled_runs,
        DisabledPolicy::Down => &[],
    };
    let disabled = disabled.iter().map(|run| TakenOut {
        cause: Cause::Disabled,
        from: instant(run.start()),
        to: instant(run.end()),
        seconds: others.intersect(&Intervals::from(*run)).seconds(),
        title: None,
        approved_by: None,
        approved_at: None,
    });
    let mut all: Vec<TakenOut> = windows.chain(disabled).collect();
    all.sort_by_key(|taken| (taken.from, taken.to));
    all
}
