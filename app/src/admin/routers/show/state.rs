//! How a router fares and why, what it is, and how it is reached.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{May, Router};
use crate::{
    admin::status::Status,
    t, t_count, t_with,
    ui::{Card, Code, Duration, Icon, KeyValue, KeyValues, LinkButton, Meter, Notice, Stat, Stats, Tone, When, number},
};

/// How the connection is protected.
#[derive(Clone, Debug)]
pub enum Protection {
    /// By the pinned certificate's fingerprint; none until the first is seen.
    Pin(Option<String>),
    Authority,
    Nothing,
}

/// Why it is not well, and what helps where that is a page of ours.
#[derive(Clone, Debug)]
pub struct Reason {
    pub text: String,
    pub cure: Option<Cure>,
}

/// The page that helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    Trust,
    Credentials,
}

/// What the last good poll said of it.
#[derive(Clone, Debug, Default)]
pub struct System {
    pub identity: Option<String>,
    pub version: Option<String>,
    pub board: Option<String>,
    pub architecture: Option<String>,
    pub uptime: Option<TimeDelta>,
    /// 0 to 100.
    pub cpu: Option<f64>,
    /// Bytes used, of how many.
    pub memory: Option<(f64, f64)>,
    /// Its clock minus ours.
    pub clock_skew: Option<TimeDelta>,
    /// Fingerprint of the certificate that it last showed.
    pub certificate: Option<String>,
    /// Whom that names, and until when.
    pub certificate_text: Option<String>,
    pub listening: Listening,
}

/// Whether it tells of changes as they happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listening {
    #[default]
    Off,
    On,
    /// It does not allow it.
    Refused,
    /// It told of too much.
    Flooded,
}

impl Listening {
    fn word(self) -> &'static str {
        match self {
            Self::Off => t("router-listening-off"),
            Self::On => t("router-listening-on"),
            Self::Refused => t("router-listening-refused"),
            Self::Flooded => t("router-listening-flooded"),
        }
    }
}

/// How asking it went.
#[derive(Clone, Debug, Default)]
pub struct Polls {
    pub last: Option<DateTime<Utc>>,
    pub last_success: Option<DateTime<Utc>>,
    pub took_ms: Option<f64>,
    pub all: u64,
    pub failed: u64,
    pub failed_in_a_row: u64,
    pub overruns: u64,
}

pub(super) fn trouble(
    href: &str,
    status: Status,
    since: Option<DateTime<Utc>>,
    reason: Reason,
    may: May,
) -> impl IntoView + use<> {
    let cure = cure(href, reason.cure, may);
    let title = match status {
        Status::Failing => t("router-failing-title"),
        _ => t("router-unreachable-title"),
    };
    view! {
        <Notice tone=Tone::Danger title=title>
            <p>{reason.text}</p>
            {since.map(|since| view! { <p class="small">{t("since")}" "<When at=since/></p> })}
            {cure}
        </Notice>
    }
}

pub(super) fn cure(href: &str, cure: Option<Cure>, may: May) -> Option<impl IntoView + use<>> {
    let (label, to) = match cure? {
        Cure::Trust if may.credentials => (t("router-trust"), "trust"),
        Cure::Credentials if may.credentials => (t("router-credentials-change"), "credentials"),
        _ => return None,
    };
    Some(view! { <p><a href=format!("{href}/{to}")>{label}</a></p> })
}

pub(super) fn figures(router: &Router) -> impl IntoView + use<> {
    let router = router.clone();
    let System { uptime, cpu, .. } = router.system;
    let polls = router.polls;
    let failed = (polls.failed_in_a_row > 0).then(|| t_count("router-failed-in-a-row", polls.failed_in_a_row));
    let last = polls.last;
    view! {
        <Stats>
            <Stat label=t("router-last-poll") note=polls.took_ms.map(|ms| t_with("router-took", &[("time", number::milliseconds(ms).into())]))>
                {match last {
                    Some(at) => view! { <When at=at compact=true/> }.into_any(),
                    None => view! { <span class="muted">{t("never")}</span> }.into_any(),
                }}
            </Stat>
            <Stat label=t("router-polls") note=failed><span class="figure">{polls.all - polls.failed.min(polls.all)}<span class="muted">" / "{polls.all}</span></span></Stat>
            <Stat label=t("router-overruns") note=t("router-overruns-note")>{polls.overruns}</Stat>
            <Stat label=t("router-uptime")>{match uptime {
                Some(uptime) => view! { <Duration span=uptime/> }.into_any(),
                None => view! { <span class="muted">"–"</span> }.into_any(),
            }}</Stat>
            <Stat label=t("router-cpu")>{match cpu {
                Some(cpu) => view! { <span>{number::percent(cpu, 0)}</span> }.into_any(),
                None => view! { <span class="muted">"–"</span> }.into_any(),
            }}</Stat>
        </Stats>
    }
}

pub(super) fn system_card(router: &Router) -> impl IntoView + use<> {
    let System {
        identity,
        version,
        board,
        architecture,
        memory,
        clock_skew,
        ..
    } = router.system.clone();
    let unknown = identity.is_none() && version.is_none();
    if unknown {
        return view! { <Card title=t("router-system")><p class="muted">{t("router-system-none")}</p></Card> }
            .into_any();
    }
    let board = [board, architecture]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    // A minute is more than any network explains, and enough to make its logs misleading.
    let skewed = clock_skew.filter(|skew| skew.num_seconds().abs() >= 60);
    view! {
        <Card title=t("router-system")>
            <KeyValues>
                <KeyValue label=t("router-identity")>{identity}</KeyValue>
                <KeyValue label=t("router-version")>{version}</KeyValue>
                <KeyValue label=t("router-board")>{board}</KeyValue>
                {skewed.map(|skew| view! { <KeyValue label=t("router-clock")><Duration span=skew/>" "{if skew > TimeDelta::zero() { t("router-clock-ahead") } else { t("router-clock-behind") }}</KeyValue> })}
            </KeyValues>
            {memory.map(|(used, total)| {
                let shown = format!("{} / {}", number::bytes(used), number::bytes(total));
                view! { <Meter label=t("router-memory") value=used max=total high=total * 0.9 shown=shown/> }
            })}
        </Card>
    }
    .into_any()
}

pub(super) fn connection_card(router: &Router) -> impl IntoView + use<> {
    let Router { href, may, .. } = router;
    let System {
        certificate,
        certificate_text,
        listening,
        ..
    } = router.system.clone();
    let (how, pin) = match &router.protection {
        Protection::Pin(pin) => (t("router-tls-pin"), Some(pin.clone())),
        Protection::Authority => (t("router-tls-ca"), None),
        Protection::Nothing => (t("router-tls-off"), None),
    };
    let pin = pin.map(|pin| {
        let differs = pin.is_some() && certificate.is_some() && pin != certificate;
        let pin = match pin {
            Some(pin) => view! { <Code text=pin/> }.into_any(),
            None => view! { <span class="muted">{t("router-pin-first")}</span> }.into_any(),
        };
        let shown = differs.then(|| certificate.clone()).flatten().map(|shown| {
            view! { <KeyValue label=t("router-certificate-shown")><Code text=shown/></KeyValue> }
        });
        view! { <KeyValue label=t("router-pin")>{pin}</KeyValue>{shown} }
    });
    let links = may.credentials.then(|| {
        let trust = matches!(router.protection, Protection::Pin(_)).then(|| {
            view! { <LinkButton label=t("router-trust") href=format!("{href}/trust") icon=Icon::Shield/> }
        });
        view! { <p class="row"><LinkButton label=t("router-credentials-change") href=format!("{href}/credentials") icon=Icon::Lock/>{trust}</p> }
    });
    let (address, username) = (router.address.clone(), router.username.clone());
    view! {
        <Card title=t("router-connection")>
            <KeyValues>
                <KeyValue label=t("router-host")><Code text=address/></KeyValue>
                <KeyValue label=t("router-user")><Code text=username/></KeyValue>
                <KeyValue label=t("router-tls")>{how}</KeyValue>
                <KeyValue label=t("router-listening")>{listening.word()}</KeyValue>
                {pin}
                {certificate_text.map(|text| view! { <KeyValue label=t("router-certificate")>{text}</KeyValue> })}
            </KeyValues>
            {links}
        </Card>
    }
}
