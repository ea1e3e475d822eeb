//! Adding an SLA profile, or promising something else from now on.

use leptos::prelude::*;

use super::DAY_NAMES;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, Choice, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice,
        NumberField, RadioGroup, TextField, field::error_line,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 28] = [
    ("name", "sla-name"),
    ("uptime", "sla-uptime"),
    ("latency", "sla-latency"),
    ("jitter", "sla-jitter"),
    ("loss", "sla-loss"),
    ("hours", "sla-hours"),
    (DAYS[0], DAY_NAMES[0]),
    (DAYS[1], DAY_NAMES[1]),
    (DAYS[2], DAY_NAMES[2]),
    (DAYS[3], DAY_NAMES[3]),
    (DAYS[4], DAY_NAMES[4]),
    (DAYS[5], DAY_NAMES[5]),
    (DAYS[6], DAY_NAMES[6]),
    ("unreachable", "sla-unreachable"),
    ("disabled", "sla-disabled"),
    ("measured", "sla-measured"),
    ("percentile", "sla-percentile"),
    (TIERS[0].0, "sla-tier-1-below"),
    (TIERS[0].1, "sla-tier-1-credit"),
    (TIERS[1].0, "sla-tier-2-below"),
    (TIERS[1].1, "sla-tier-2-credit"),
    (TIERS[2].0, "sla-tier-3-below"),
    (TIERS[2].1, "sla-tier-3-credit"),
    (TIERS[3].0, "sla-tier-4-below"),
    (TIERS[3].1, "sla-tier-4-credit"),
    (TIERS[4].0, "sla-tier-5-below"),
    (TIERS[4].1, "sla-tier-5-credit"),
    ("credit-most", "sla-credit-most"),
];

/// The names of the tiers' fields: the uptime, and the credit for less.
const TIERS: [(&str, &str); 5] = [
    ("below-1", "credit-1"),
    ("below-2", "credit-2"),
    ("below-3", "credit-3"),
    ("below-4", "credit-4"),
    ("below-5", "credit-5"),
];

/// The names of the seven days' fields, Monday's first.
const DAYS: [&str; 7] = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"];

/// A profile that is changed.
#[derive(Clone, Debug)]
pub struct Changed {
    pub name: String,
    /// The version that the form began with.
    pub version: i32,
    /// How many links have the profile.
    pub links: usize,
}

/// The form, posting to the page's own address.
#[component]
pub fn SlaProfileForm(form: FormState, changed: Option<Changed>, zone: String, cancel_href: Text) -> impl IntoView {
    let mut crumbs = vec![Crumb::new(t("sla-profiles"), "/admin/sla-profiles")];
    let title = match &changed {
        Some(changed) => {
            crumbs.push(Crumb::new(changed.name.clone(), cancel_href.clone()));
            t_with("sla-edit-title", &[("name", changed.name.clone().into())])
        }
        None => t("sla-add").to_owned(),
    };
    let version = changed.as_ref().map(|changed| changed.version.to_string());
    let note = changed.as_ref().map(|changed| {
        let text = t_with(
            "sla-edit-note",
            &[("next", (changed.version + 1).into()), ("links", changed.links.into())],
        );
        view! { <Notice>{text}</Notice> }
    });
    let save = if changed.is_some() { t("save") } else { t("sla-add") };
    let unreachable = vec![
        Choice::new("unknown", t("sla-unreachable-unknown")).with_hint(t("sla-unreachable-unknown-hint")),
        Choice::new("down", t("sla-unreachable-down")).with_hint(t("sla-unreachable-down-hint")),
    ];
    let disabled = vec![
        Choice::new("excluded", t("sla-disabled-excluded")).with_hint(t("sla-disabled-excluded-hint")),
        Choice::new("down", t("sla-disabled-down")).with_hint(t("sla-disabled-down-hint")),
    ];
    let measured = vec![
        Choice::new("slots", t("sla-measured-slots")).with_hint(t("sla-measured-slots-hint")),
        Choice::new("edges", t("sla-measured-edges")).with_hint(t("sla-measured-edges-hint")),
    ];
    let percentile = vec![
        Choice::new("greater", t("sla-percentile-greater")).with_hint(t("sla-percentile-greater-hint")),
        Choice::new("sum", t("sla-percentile-sum")).with_hint(t("sla-percentile-sum-hint")),
    ];
    view! {
        <Layout title=title crumbs=crumbs>
            <Card>
                <form method="post" class="stack">
                    {note}
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    {version.map(|version| view! { <input type="hidden" name="version" value=version/> })}
                    <TextField name="name" label=t("sla-name") value=form.value("name") error=form.error("name") hint=t("sla-name-hint") required=true max_length=120/>
                    <NumberField name="uptime" label=t("sla-uptime") value=form.value("uptime") error=form.error("uptime") unit="%" decimals=true
                        hint=t("sla-uptime-hint") required=true/>
                    <NumberField name="latency" label=t("sla-latency") value=form.value("latency") error=form.error("latency") unit="ms" decimals=true
                        hint=t("sla-latency-hint")/>
                    <NumberField name="jitter" label=t("sla-jitter") value=form.value("jitter") error=form.error("jitter") unit="ms" decimals=true
                        hint=t("sla-jitter-hint")/>
                    <NumberField name="loss" label=t("sla-loss") value=form.value("loss") error=form.error("loss") unit="%" decimals=true hint=t("sla-loss-hint")/>
                    {week_editor(&form, zone)}
                    <RadioGroup name="unreachable" label=t("sla-unreachable") choices=unreachable value=form.value("unreachable") error=form.error("unreachable")/>
                    <RadioGroup name="disabled" label=t("sla-disabled") choices=disabled value=form.value("disabled") error=form.error("disabled")/>
                    <RadioGroup name="measured" label=t("sla-measured") choices=measured value=form.value("measured") error=form.error("measured")/>
                    {tiers(&form)}
                    <NumberField name="credit-most" label=t("sla-credit-most") value=form.value("credit-most") error=form.error("credit-most") unit="%"
                        decimals=true hint=t("sla-credit-most-hint")/>
                    <RadioGroup name="percentile" label=t("sla-percentile") choices=percentile value=form.value("percentile") error=form.error("percentile")/>
                    <FormActions>
                        <Button label=save kind=Kind::Primary/>
                        <LinkButton label=t("cancel") href=cancel_href/>
                    </FormActions>
                </form>
            </Card>
        </Layout>
    }
}

/// A row for each tier.
fn tiers(form: &FormState) -> impl IntoView + use<> {
    let field = |name: &'static str, label: &'static str| {
        view! { <NumberField name=name label=t(label) value=form.value(name) error=form.error(name) unit="%" decimals=true/> }
    };
    let rows = TIERS.into_iter().zip(1..).map(|((below, credit), number)| {
        view! {
            <fieldset class="tier">
                <legend class="hidden">{t_with("sla-tier-number", &[("number", number.into())])}</legend>
                {field(below, "sla-tier-below")}
                {field(credit, "sla-tier-credit")}
            </fieldset>
        }
    });
    view! {
        <fieldset class="field tiers">
            <legend>{t("sla-credits")}</legend>
            <p class="field-hint">{t("sla-credits-hint")}</p>
            {rows.collect_view()}
        </fieldset>
    }
}

/// Always, or hours for each day in the form that people write them: works with a keyboard alone and without scripts.
fn week_editor(form: &FormState, zone: String) -> impl IntoView + use<> {
    let always = form.value("hours") != "week";
    let hours = vec![
        Choice::new("always", t("sla-always")).with_hint(t("sla-always-hint")),
        Choice::new("week", t("sla-week")).with_hint(t_with("sla-week-hint", &[("zone", zone.into())])),
    ];
    let chosen = if always { "always" } else { "week" };
    let days = DAYS.into_iter().zip(DAY_NAMES).map(|(field, name)| {
        let error = form.error(field);
        let described = error.is_some().then(|| format!("{field}-error"));
        let invalid = error.is_some().then_some("true");
        view! {
            <div class="week-field">
                <label for=field>{t(name)}</label>
                <input id=field name=field type="text" class="figure" value=form.value(field) placeholder=t("sla-no-hours") maxlength="120"
                    autocomplete="off" aria-describedby=described aria-invalid=invalid/>
                {error_line(field, error)}
            </div>
        }
    });
    let days = days.collect_view();
    view! {
        <RadioGroup name="hours" label=t("sla-hours") choices=hours value=chosen error=form.error("hours")/>
        <div class="week-fields">{days}</div>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "sla-profiles",
        ..samples::page(Area::Admin)
    };
    let new = || {
        FormState::new()
            .with("hours", "always")
            .with("unreachable", "unknown")
            .with("disabled", "excluded")
            .with("measured", "slots")
            .with("percentile", "greater")
    };
    let zone = || "Europe/Berlin".to_owned();
    vec![
        Sample::new("sla-profile-add", page(), move || {
            view! { <SlaProfileForm form=new() changed=None zone=zone() cancel_href="/admin/sla-profiles".into()/> }
        }),
        Sample::new("sla-profile-edit-rejected", page(), move || {
            let mut form = new()
                .with("name", "Gold")
                .with("uptime", "99.9999999")
                .with("hours", "week")
                .with("day-1", "18-8")
                .with("day-2", "08:00–18:00");
            form.reject(
                "uptime",
                "Give a percentage from 0 to 100 with at most six decimal places.",
            );
            form.reject("day-1", "These hours end before they begin.");
            form.reject(
                "credit-2",
                "Less uptime can't earn a smaller credit than more uptime does.",
            );
            let changed = Changed {
                name: "Gold".to_owned(),
                version: 3,
                links: 12,
            };
            view! { <SlaProfileForm form=form changed=Some(changed) zone=zone() cancel_href="/admin/sla-profiles/1".into()/> }
        }),
        Sample::new("sla-profile-hostile", page(), move || {
            let mut form = new()
                .with("name", HOSTILE)
                .with("uptime", HOSTILE)
                .with("day-1", HOSTILE);
            form.reject("name", HOSTILE);
            let changed = Changed {
                name: HOSTILE.to_owned(),
                version: 3,
                links: 12,
            };
            view! { <SlaProfileForm form=form changed=Some(changed) zone=HOSTILE.to_owned() cancel_href="/x".into()/> }
        }),
    ]
}
