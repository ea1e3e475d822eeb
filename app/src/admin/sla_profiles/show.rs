//! One SLA profile: what it promises now, and what it promised before.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{Promise, credits, promised, sample_promise, week};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_count, t_with,
    ui::{Card, Crumb, Icon, KeyValue, KeyValues, Layout, LinkButton, Notice, Tone, When},
};

/// One wording.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: i32,
    pub promise: Promise,
    pub created_at: DateTime<Utc>,
    /// None: Mainstay itself.
    pub created_by: Option<String>,
}

/// Where the buttons lead; those that the visitor may not press are not there.
#[derive(Clone, Debug, Default)]
pub struct Hrefs {
    pub edit: Option<String>,
    /// Also not there while links have the profile.
    pub archive: Option<String>,
    /// The links that have it.
    pub links: Option<String>,
}

/// The page; `versions` begins with the one in force.
#[component]
pub fn SlaProfilePage(
    name: String,
    zone: String,
    links: usize,
    archived_at: Option<DateTime<Utc>>,
    versions: Vec<Version>,
    hrefs: Hrefs,
) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("sla-profiles"), "/admin/sla-profiles")];
    let actions = view! {
        {hrefs.edit.map(|href| view! { <LinkButton label=t("edit") href=href icon=Icon::Edit/> })}
        {hrefs.archive.map(|href| view! { <LinkButton label=t("sla-archive") href=href confirm=true/> })}
    }
    .into_any();
    let archived = archived_at.map(|at| {
        view! { <Notice tone=Tone::Warning title=t("sla-is-archived")>{t("sla-is-archived-text")}" "<When at=at/></Notice> }
    });
    let used = t_count("sla-used-by", links as u64);
    let used = match hrefs.links.filter(|_| links > 0) {
        Some(href) => view! { <a href=href>{used}</a> }.into_any(),
        None => view! { {used} }.into_any(),
    };
    let mut versions = versions.into_iter();
    let zone_now = zone.clone();
    let current = versions.next().map(|version| {
        let title = t_with("sla-version-now", &[("version", version.number.into())]);
        view! { <Card title=title>{promise(version, zone_now)}</Card> }
    });
    let older = versions.map(|version| {
        let title = t_with("sla-version-before", &[("version", version.number.into())]);
        view! { <li><details><summary>{title}" "<When at=version.created_at compact=true/></summary>{promise(version, zone.clone())}</details></li> }
    });
    let older: Vec<_> = older.collect();
    let older = (!older.is_empty())
        .then(|| view! { <Card title=t("sla-versions-before")><ul class="versions">{older}</ul></Card> });
    view! { <Layout title=name crumbs=crumbs actions=actions>{archived}<p>{used}</p>{current}{older}</Layout> }
}

fn promise(version: Version, zone: String) -> impl IntoView {
    let Version {
        promise,
        created_at,
        created_by,
        ..
    } = version;
    let always = promise.hours.is_none();
    let unreachable = if promise.unreachable_is_down {
        t("sla-unreachable-down")
    } else {
        t("sla-unreachable-unknown")
    };
    let disabled = if promise.disabled_is_down {
        t("sla-disabled-down")
    } else {
        t("sla-disabled-excluded")
    };
    let measured = if promise.is_by_edges {
        t("sla-measured-edges")
    } else {
        t("sla-measured-slots")
    };
    let percentile = if promise.percentile_is_of_both {
        t("sla-percentile-sum")
    } else {
        t("sla-percentile-greater")
    };
    view! {
        <KeyValues>
            <KeyValue label=t("sla-uptime")>{promised(Some(promise.uptime), "%")}</KeyValue>
            <KeyValue label=t("sla-latency")>{promised(promise.latency, "ms")}</KeyValue>
            <KeyValue label=t("sla-jitter")>{promised(promise.jitter, "ms")}</KeyValue>
            <KeyValue label=t("sla-loss")>{promised(promise.loss, "%")}</KeyValue>
            <KeyValue label=t("sla-hours")>{week(promise.hours)}{(!always).then(|| view! { <p class="muted small">{zone}</p> })}</KeyValue>
            <KeyValue label=t("sla-unreachable")>{unreachable}</KeyValue>
            <KeyValue label=t("sla-disabled")>{disabled}</KeyValue>
            <KeyValue label=t("sla-measured")>{measured}</KeyValue>
            <KeyValue label=t("sla-credits")>{credits(promise.tiers, promise.credit_most)}</KeyValue>
            <KeyValue label=t("sla-percentile")>{percentile}</KeyValue>
            <KeyValue label=t("sla-made")><When at=created_at/>" "{created_by.unwrap_or_else(|| t("sla-made-by-system").to_owned())}</KeyValue>
        </KeyValues>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "sla-profiles",
        ..samples::page(Area::Admin)
    };
    let version = |number: i32, uptime: &str, by: Option<&str>| Version {
        number,
        promise: Promise {
            uptime: uptime.to_owned(),
            ..sample_promise()
        },
        created_at: samples::now() - TimeDelta::days(200 - 60 * i64::from(number)),
        created_by: by.map(ToOwned::to_owned),
    };
    let hrefs = || Hrefs {
        edit: Some("/edit".to_owned()),
        archive: None,
        links: Some("/admin/links".to_owned()),
    };
    vec![
        Sample::new("sla-profile", page(), move || {
            let versions = vec![
                version(3, "99.95", Some("Bob Reyes")),
                version(2, "99.9", Some("Alice")),
                version(1, "99.5", None),
            ];
            view! {
                <SlaProfilePage name="Business hours".to_owned() zone="Europe/Berlin".to_owned() links=40 archived_at=None versions=versions hrefs=hrefs()/>
            }
        }),
        Sample::new("sla-profile-archived-hostile", page(), move || {
            let versions = vec![version(1, HOSTILE, Some(HOSTILE))];
            view! {
                <SlaProfilePage name=HOSTILE.to_owned() zone=HOSTILE.to_owned() links=0 archived_at=Some(samples::now()) versions=versions hrefs=Hrefs::default()/>
            }
        }),
    ]
}
