//! One link: how it is now, how the month goes, what was measured, and when it was down.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{
    maintenance::{Maintenance, MaintenanceNotices, MaintenanceTable},
    month::{MonthCard, MonthSoFar},
    sample_data,
    standing::{Standing, StandingBadge, StandingSentence},
};
use crate::{
    measured::{
        Addresses, MeasuredCard, OutageCard, TrendCard,
        measurements::Measurements,
        outages::Outage,
        range::{Compare, Range},
        sample_data::{chosen, nothing_then, only_in_part},
        trend::Trend,
    },
    page::Area,
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Card, Crumb, FormState, Icon, KeyValue, KeyValues, Layout, LinkButton, Live, Meter, Milliseconds, When, number,
    },
};

/// The parts that change with every look at the router.
pub const LIVE_NOW: &[&str] = &["link-badge", "link-now"];

/// The parts that change with a new sample.
pub const LIVE_SAMPLED: &[&str] = &["link-notices", "link-month", "link-graphs", "link-outages"];

/// What was promised, and what the link is.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The name of the SLA profile.
    pub profile: Option<String>,
    /// Percent: "99.9".
    pub uptime: Option<String>,
    pub latency_ms: Option<f64>,
    pub jitter_ms: Option<f64>,
    /// Percent: "0.5".
    pub loss: Option<String>,
    /// Only some hours of the week count.
    pub has_service_hours: bool,
}

/// What is measured now.
#[derive(Clone, Copy, Debug, Default)]
pub struct Now {
    /// bit/s.
    pub download: Option<f64>,
    /// bit/s.
    pub upload: Option<f64>,
    pub latency_ms: Option<f64>,
    /// Probes of the last sample: sent and answered.
    pub probes: Option<(u32, u32)>,
    /// When the rates were true.
    pub at: Option<DateTime<Utc>>,
}

/// Everything that the page shows of its link.
#[derive(Clone, Debug)]
pub struct Link {
    pub name: String,
    pub kind: String,
    /// Its reports; none for who may not read them.
    pub reports_href: Option<String>,
    pub reference: Option<String>,
    /// For visitors who see more than one client's links.
    pub client: Option<String>,
    pub standing: Standing,
    pub now: Now,
    /// bit/s; 0 where none is agreed.
    pub committed_download: f64,
    /// bit/s; 0 where none is agreed.
    pub committed_upload: f64,
    pub activated_at: Option<DateTime<Utc>>,
    pub month: MonthSoFar,
    pub terms: Terms,
    pub measured: Measurements,
    /// While it is in service.
    pub trend: Option<Trend>,
    /// Of the range, newest first.
    pub outages: Vec<Outage>,
    /// Under way or coming.
    pub maintenance: Vec<Maintenance>,
    /// Past, newest first.
    pub past_maintenance: Vec<Maintenance>,
}

/// The page.
#[component]
pub fn LinkPage(
    link: Link,
    at: Addresses,
    /// What was typed to choose a range.
    form: FormState,
) -> impl IntoView {
    let lead = [Some(link.kind.clone()), link.reference.clone(), link.client.clone()]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let badge = view! { <Live id="link-badge"><StandingBadge standing=link.standing/></Live> }.into_any();
    let Link {
        name,
        month,
        measured,
        trend,
        outages,
        maintenance,
        past_maintenance,
        ..
    } = link.clone();
    let range = measured.range;
    let (now, details) = (now(&link), details(&link));
    let crumbs = vec![Crumb::new(t("nav-links"), at.list.clone())];
    let reports = link.reports_href.clone();
    let reports = reports.map(|href| view! { <LinkButton label=t("nav-reports") href=href icon=Icon::Document/> });
    let actions = reports.into_any();
    view! {
        <Layout title=name crumbs=crumbs lead=lead badge=badge actions=actions>
            <Live id="link-notices"><MaintenanceNotices windows=maintenance/></Live>
            <div class="columns">
                <Live id="link-now">{now}</Live>
                <Live id="link-month"><MonthCard month=month/></Live>
            </div>
            <MeasuredCard measured=measured at=at form=form/>
            <OutageCard outages=outages range=range/>
            {trend.map(|trend| view! { <TrendCard trend=trend/> })}
            <div class="columns">{details}{maintenance_list(past_maintenance)}</div>
        </Layout>
    }
}

fn now(link: &Link) -> impl IntoView + use<> {
    let Now {
        download,
        upload,
        latency_ms,
        probes,
        at,
    } = link.now;
    let is_measured = matches!(link.standing, Standing::Active { .. }) && at.is_some();
    let figures = is_measured.then(|| {
        let loss = match probes {
            Some((sent, received)) if sent > 0 => {
                let lost = sent.saturating_sub(received);
                let values = [("lost", lost.into()), ("sent", sent.into())];
                view! { <KeyValue label=t("loss")>{t_with("now-loss", &values)}</KeyValue> }.into_any()
            }
            _ => ().into_any(),
        };
        let latency = link
            .measured
            .probed
            .then(|| view! { <KeyValue label=t("latency")><Milliseconds value=latency_ms/></KeyValue> });
        view! {
            <div class="now-rates">
                {meter(t("download"), download, link.committed_download)}
                {meter(t("upload"), upload, link.committed_upload)}
            </div>
            <KeyValues>
                {latency}
                {loss}
                {at.map(|at| view! { <KeyValue label=t("now-measured")><When at=at compact=true/></KeyValue> })}
            </KeyValues>
        }
    });
    let nothing = (!is_measured && matches!(link.standing, Standing::Active { .. }))
        .then(|| view! { <p class="muted">{t("now-nothing")}</p> });
    let standing = link.standing;
    view! {
        <Card title=t("now-title")>
            <StandingSentence standing=standing/>
            {figures}
            {nothing}
        </Card>
    }
}

fn meter(label: &'static str, value: Option<f64>, committed: f64) -> impl IntoView {
    let shown = value.map_or_else(|| "–".to_owned(), number::rate);
    if committed > 0.0 {
        let shown = t_with(
            "now-of",
            &[("rate", shown.into()), ("committed", number::rate(committed).into())],
        );
        view! { <Meter label=label value=value.unwrap_or(0.0) max=committed high=committed * 0.95 shown=shown/> }
            .into_any()
    } else {
        view! { <p class="now-rate"><span>{label}</span><strong class="figure">{shown}</strong></p> }.into_any()
    }
}

fn details(link: &Link) -> impl IntoView + use<> {
    let committed = |value: f64| {
        if value > 0.0 {
            number::rate(value)
        } else {
            t("not-agreed").to_owned()
        }
    };
    let terms = link.terms.clone();
    let most = |key, ms: Option<f64>| ms.map(|ms| t_with(key, &[("ms", number::milliseconds(ms).into())]));
    let promised: Vec<String> = [
        terms
            .uptime
            .map(|uptime| t_with("terms-uptime", &[("percent", uptime.into())])),
        most("terms-latency", terms.latency_ms),
        most("terms-jitter", terms.jitter_ms),
        terms.loss.map(|loss| t_with("terms-loss", &[("percent", loss.into())])),
        terms.has_service_hours.then(|| t("terms-hours").to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let promised = if promised.is_empty() {
        view! { <span class="muted">{t("not-agreed")}</span> }.into_any()
    } else {
        view! { <ul>{promised.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any()
    };
    let (kind, down, up) = (
        link.kind.clone(),
        committed(link.committed_download),
        committed(link.committed_upload),
    );
    let reference = link.reference.clone();
    let reference = reference.map(|reference| view! { <KeyValue label=t("details-reference")>{reference}</KeyValue> });
    let active = link.activated_at;
    let active = active.map(|at| view! { <KeyValue label=t("details-active")><When at=at/></KeyValue> });
    view! {
        <Card title=t("details-title")>
            <KeyValues>
                <KeyValue label=t("links-kind")>{kind}</KeyValue>
                {reference}
                <KeyValue label=t("details-committed-down")><span class="figure">{down}</span></KeyValue>
                <KeyValue label=t("details-committed-up")><span class="figure">{up}</span></KeyValue>
                {terms.profile.map(|profile| view! { <KeyValue label=t("details-profile")>{profile}</KeyValue> })}
                <KeyValue label=t("details-agreed")>{promised}</KeyValue>
                {active}
            </KeyValues>
        </Card>
    }
}

fn maintenance_list(windows: Vec<Maintenance>) -> impl IntoView {
    let content = if windows.is_empty() {
        view! { <p class="card-line muted">{t("maintenance-none")}</p> }.into_any()
    } else {
        view! { <MaintenanceTable windows=windows/> }.into_any()
    };
    view! { <Card title=t("maintenance-recent") flush=true>{content}</Card> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || {
        let mut page = samples::page(Area::Portal);
        page.live_url = Some("/portal/live".to_owned());
        page
    };
    let at = || Addresses {
        list: "/portal/links".into(),
        link: "/portal/links/1".into(),
        table: "/portal/links/1/table".into(),
        csv: "/portal/links/1/samples.csv".into(),
    };
    let of = move |name: &'static str, link: fn() -> Link| {
        Sample::new(
            name,
            page(),
            move || view! { <LinkPage link=link() at=at() form=FormState::new()/> },
        )
    };
    vec![
        of("portal-link", || sample_data::link(Range::Day, None)),
        of("portal-link-week", || sample_data::link(Range::Week, None)),
        of("portal-link-month", || sample_data::link(Range::Month, None)),
        of("portal-link-year", || sample_data::link(Range::Year, None)),
        of("portal-link-chosen", || sample_data::link(chosen(), None)),
        of("portal-link-compared", || {
            sample_data::link_compared(Range::Week, Compare::Before)
        }),
        of("portal-link-compared-chosen", || {
            sample_data::link_compared(chosen(), Compare::Year)
        }),
        of("portal-link-compared-in-part", || {
            let mut link = sample_data::link_compared(Range::Day, Compare::Year);
            only_in_part(&mut link.measured);
            link
        }),
        of("portal-link-compared-with-nothing", || {
            let mut link = sample_data::link_compared(Range::Month, Compare::Year);
            nothing_then(&mut link.measured);
            link
        }),
        of("portal-link-down", sample_data::link_down),
        of("portal-link-planned", sample_data::link_planned),
        of("portal-link-ended", sample_data::link_ended),
        of("portal-link-hostile", || sample_data::link(Range::Day, Some(HOSTILE))),
    ]
}
