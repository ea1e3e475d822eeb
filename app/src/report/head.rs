//! The answer first: the verdict and what it means, the figures, and each target beside its result.

use chrono::TimeDelta;
use leptos::prelude::*;

use super::{
    Report, Verdict,
    facts::{Agreement, Decision, Earlier, Kept, Metric, Promise},
};
use crate::{
    t, t_with,
    text::Text,
    ui::{
        Card, Cell, Column, Duration, HeadCell, KeyValue, KeyValues, Meter, Notice, NumberCell, Pictogram, Stat, State,
        StateBadge, Stats, Table, Tone, When, time,
    },
};

/// The verdict in a sentence.
pub(super) fn summary(report: &Report) -> impl IntoView + use<> {
    let verdict = report.verdict;
    let class = ["summary summary-", verdict.state().name()].concat();
    let sentence = t_with(
        "report-sentence",
        &[("verdict", verdict.word().into()), ("month", report.month().into())],
    );
    view! {
        <div class=class>
            <Pictogram icon=verdict.state().icon()/>
            <p class="summary-sentence">{sentence}</p>
            <p class="report-meaning">{verdict.meaning()}</p>
        </div>
    }
}

/// Says that another revision counts, or since when and for how long the link was in service.
pub(super) fn notices(report: &Report) -> impl IntoView + use<> {
    let superseded = report.superseded.then(|| {
        let current = match report.current_href.clone() {
            Some(href) => view! { <a href=href>{t("report-superseded-current")}</a> }.into_any(),
            None => t("report-superseded-ask").into_any(),
        };
        view! { <Notice tone=Tone::Warning title=t("report-superseded")>{current}</Notice> }
    });
    let zone = report.zone;
    let in_service = report.in_service.map(move |(from, to)| {
        let shown = move |at| time::absolute(at, zone).into();
        view! { <Notice>{t_with("report-in-service", &[("from", shown(from)), ("to", shown(to))])}</Notice> }
    });
    view! { {superseded}{in_service} }
}

/// The figures that everybody looks for.
pub(super) fn figures(report: &Report) -> impl IntoView + use<> {
    let percent = |share: &Option<String>| match share {
        Some(share) => view! { <span class="figure">{share.clone()}"\u{a0}%"</span> }.into_any(),
        None => view! { <span class="muted">"–"</span> }.into_any(),
    };
    let promised = report.promises.iter().find(|promise| promise.metric == Metric::Uptime);
    let promised = promised.and_then(|promise| promise.promised.clone());
    let promised = promised.map(|promised| t_with("report-promised-note", &[("promised", promised.into())]));
    let outages = report
        .outages
        .iter()
        .filter(|outage| outage.counted > TimeDelta::zero())
        .count();
    let outages = crate::t_count("report-outage-count", outages as u64);
    let time = report.time;
    let (uptime, coverage) = (percent(&report.uptime), percent(&report.coverage));
    view! {
        <Stats>
            <Stat label=t("report-uptime") note=promised>{uptime}</Stat>
            <Stat label=t("report-down") note=outages><Duration span=time.down/></Stat>
            <Stat label=t("report-excluded") note=t("report-excluded-note")><Duration span=time.excluded/></Stat>
            <Stat label=t("report-coverage") note=t("report-coverage-note")>{coverage}</Stat>
        </Stats>
    }
}

fn metric_word(metric: Metric) -> &'static str {
    match metric {
        Metric::Uptime => t("report-uptime"),
        Metric::Latency => t("latency"),
        Metric::Jitter => t("report-jitter"),
        Metric::Loss => t("loss"),
    }
}

fn kept_badge(kept: Kept) -> impl IntoView {
    let (state, word) = match kept {
        Kept::Met => (State::Up, t("report-kept")),
        Kept::Breached => (State::Down, t("report-not-kept")),
        Kept::NoData => (State::Unknown, t("report-not-measured")),
        Kept::NotAgreed => (State::Disabled, t("report-no-target")),
    };
    view! { <StateBadge state=state label=word/> }
}

/// Each target beside its result.
pub(super) fn promises(report: &Report) -> impl IntoView + use<> {
    let columns = vec![
        Column::text(t("report-metric")),
        Column::number(t("report-promised")),
        Column::number(t("report-measured")),
        Column::text(t("report-verdict")),
    ];
    let figure = |text: Option<String>| match text {
        Some(text) => view! { <span class="figure">{text}</span> }.into_any(),
        None => view! { <span class="muted">"–"</span> }.into_any(),
    };
    let target = |metric: Metric, promised: String| {
        let key = match metric {
            Metric::Uptime => "report-at-least",
            Metric::Latency | Metric::Jitter | Metric::Loss => "report-at-most",
        };
        t_with(key, &[("value", promised.into())])
    };
    let rows = report.promises.iter().cloned().map(|promise| {
        let Promise {
            metric,
            promised,
            measured,
            kept,
        } = promise;
        view! {
            <tr>
                <HeadCell>{metric_word(metric)}</HeadCell>
                <NumberCell of=t("report-promised")>{figure(promised.map(|promised| target(metric, promised)))}</NumberCell>
                <NumberCell of=t("report-measured")>{figure(measured)}</NumberCell>
                <Cell of=t("report-verdict")>{kept_badge(kept)}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let budget = budget(report);
    view! {
        <Card title=t("report-promises")>
            <Table caption=t("report-promises") columns=columns>{rows}</Table>
            {budget}
        </Card>
    }
}

/// How much of the downtime that the promise leaves room for was used.
fn budget(report: &Report) -> Option<impl IntoView + use<>> {
    let budget = report.budget?;
    let values = [
        ("used", time::duration(budget.used).into()),
        ("allowed", time::duration(budget.allowed).into()),
    ];
    let shown = t_with("report-budget-of", &values);
    let over = budget.used - budget.allowed;
    let note: Text = if over > TimeDelta::zero() {
        t_with("report-budget-over", &[("over", time::duration(over).into())]).into()
    } else {
        t_with("report-budget-left", &[("left", time::duration(-over).into())]).into()
    };
    let max = (budget.allowed.num_seconds() as f64).max(1.0);
    let used = budget.used.num_seconds() as f64;
    Some(view! {
        <Meter label=t("report-budget") value=used max=max high=max * 0.9 shown=shown/>
        <p class="muted small">{note}</p>
    })
}

/// Whose link it is, and what was agreed.
pub(super) fn about(report: &Report) -> impl IntoView + use<> {
    let (zone, begin, end) = (report.zone, report.begin, report.end);
    let shown = move |at| time::absolute(at, zone);
    let profile = report.profile.clone().map(|(name, version)| {
        let version = t_with("report-version", &[("version", version.into())]);
        view! { <KeyValue label=t("report-profile")>{name}" "<span class="muted">{version}</span></KeyValue> }
    });
    let reference = report.reference.clone();
    let reference = reference.map(|reference| view! { <KeyValue label=t("details-reference")>{reference}</KeyValue> });
    let committed = |bps: f64| match bps > 0.0 {
        true => crate::ui::number::rate(bps),
        false => t("not-agreed").to_owned(),
    };
    let (down, up) = (committed(report.committed_download), committed(report.committed_upload));
    let made_by = report
        .made_by
        .clone()
        .unwrap_or_else(|| t("report-made-by-run").to_owned());
    let (provider, client, link, kind) = (
        report.provider.clone(),
        report.client.clone(),
        report.link.clone(),
        report.kind.clone(),
    );
    let (at, revision) = (report.made_at, report.revision);
    let reason = report.reason.clone();
    let reason = reason.map(|reason| view! { <KeyValue label=t("report-reason")>{reason}</KeyValue> });
    let agreement = match report.agreement {
        Agreement::MonthsEnd => None,
        Agreement::RevisionBefore => Some(t("report-agreement-before")),
        Agreement::Today => Some(t("report-agreement-today")),
    };
    let agreement = agreement.map(|words| view! { <KeyValue label=t("report-agreement")>{words}</KeyValue> });
    view! {
        <Card title=t("report-about")>
            <KeyValues>
                <KeyValue label=t("report-link")>{link}" "<span class="muted">{kind}</span></KeyValue>
                {reference}
                <KeyValue label=t("report-client")>{client}</KeyValue>
                <KeyValue label=t("report-provider")>{provider}</KeyValue>
                <KeyValue label=t("report-period")>{[shown(begin), shown(end)].join(" – ")}</KeyValue>
                {profile}
                <KeyValue label=t("report-committed")>{[down, up].join(" / ")}</KeyValue>
                <KeyValue label=t("report-revision")>{revision}</KeyValue>
                <KeyValue label=t("report-made")><When at=at/>" · "{made_by}</KeyValue>
                {reason}
                {agreement}
            </KeyValues>
        </Card>
    }
}

/// What is owed for the month, where anything is paid.
pub(super) fn credit(report: &Report) -> Option<impl IntoView + use<>> {
    let credit = report.credit.clone()?;
    let decision = match credit.decision {
        Decision::Nothing => view! { <p class="muted">{t("report-credit-nothing")}</p> }.into_any(),
        Decision::Open => view! { <p>{t("report-credit-open")}</p> }.into_any(),
        Decision::Approved { amount, note, at } => view! {
            <Notice tone=Tone::Success title=t_with("report-credit-approved", &[("amount", amount.into())])><p>{note}</p><p class="small"><When at=at/></p></Notice>
        }
        .into_any(),
        Decision::Declined { note, at } => view! {
            <Notice tone=Tone::Warning title=t("report-credit-declined")><p>{note}</p><p class="small"><When at=at/></p></Notice>
        }
        .into_any(),
    };
    let earlier = credit.earlier.into_iter().map(Earlier::sentence);
    let earlier = earlier.map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    let share = t_with("report-credit-share", &[("share", credit.share.into())]);
    let owed = (report.verdict == Verdict::Breached || report.verdict == Verdict::Met).then(|| {
        view! {
            <KeyValue label=t("report-credit-amount")><strong class="figure">{credit.amount}</strong>" "<span class="muted">"· "{share}</span></KeyValue>
        }
    });
    Some(view! {
        <Card title=t("report-credit")>
            <KeyValues>
                <KeyValue label=t("report-credit-fee")><span class="figure">{credit.fee}</span></KeyValue>
                {owed}
            </KeyValues>
            {decision}
            {earlier}
        </Card>
    })
}
