//! Planning a maintenance window, or changing one that has not begun.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, Crumb, DateTimeField, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice,
        TextAreaField, TextField, Tick, Tone,
    },
};

use super::{Coverable, coverable};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 9] = [
    ("title", "windows-title"),
    ("starts", "windows-starts"),
    ("ends", "windows-ends"),
    ("covers", "windows-covers"),
    ("clients", "windows-pick-clients"),
    ("routers", "windows-pick-routers"),
    ("links", "windows-pick-links"),
    ("notes", "notes"),
    ("reason", "windows-reason"),
];

/// When the window is that is planned or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// It has not begun.
    Coming,
    /// It has: what is changed changes what was measured.
    Begun,
}

/// The form, posting to the page's own address. Times are on the wall clock of `zone`. Who `approves` lets the window
/// count by saving it, and may change the past with a reason; what others save is a proposal.
#[component]
pub fn WindowForm(
    form: FormState,
    window: Option<String>,
    zone: String,
    covered: Coverable,
    approves: bool,
    time: Time,
    cancel_href: Text,
) -> impl IntoView {
    let mut crumbs = vec![Crumb::new(t("maintenance"), "/admin/maintenance")];
    let (title, save) = match window {
        Some(name) => {
            crumbs.push(Crumb::new(name.clone(), cancel_href.clone()));
            (t_with("windows-edit-title", &[("name", name.into())]), t("save"))
        }
        None => (t("windows-add").to_owned(), t("windows-add")),
    };
    let hint = t_with("windows-times-hint", &[("zone", zone.clone().into())]);
    let covers = coverable(&form, covered);
    let past = (time == Time::Begun).then(|| view! { <Notice tone=Tone::Warning>{t("windows-past-text")}</Notice> });
    let reason = approves.then(|| {
        let hint = match time {
            Time::Begun => t("windows-reason-hint"),
            Time::Coming => t("windows-reason-past-hint"),
        };
        view! { <TextAreaField name="reason" label=t("windows-reason") value=form.value("reason") error=form.error("reason") hint=hint rows=2 required={time == Time::Begun} max_length=1000/> }
    });
    let lead = match approves {
        true => t("windows-form-lead"),
        false => t("windows-form-lead-proposal"),
    };
    view! {
        <Layout title=title lead=lead crumbs=crumbs>
            {past}
            <Card>
                <form method="post" class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <TextField name="title" label=t("windows-title") value=form.value("title") error=form.error("title")
                        hint=t("windows-title-hint") required=true max_length=160/>
                    <DateTimeField name="starts" label=t("windows-starts") zone=zone.clone() value=form.value("starts") error=form.error("starts") hint=hint required=true/>
                    <DateTimeField name="ends" label=t("windows-ends") zone=zone value=form.value("ends") error=form.error("ends") required=true/>
                    {covers}
                    <TextAreaField name="notes" label=t("notes") value=form.value("notes") error=form.error("notes") hint=t("notes-hint") max_length=4000/>
                    {reason}
                    <FormActions>
                        <Button label=save kind=Kind::Primary/>
                        <LinkButton label=t("cancel") href=cancel_href/>
                    </FormActions>
                </form>
            </Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "maintenance",
        ..samples::page(Area::Admin)
    };
    let tick = |label: &str, note: Option<&str>, ticked| Tick {
        value: "1".to_owned(),
        label: label.to_owned(),
        note: note.map(ToOwned::to_owned),
        ticked,
    };
    let zone = || "Europe/Berlin".to_owned();
    let covered = move |ticked| Coverable {
        clients: vec![tick("Acme Logistics GmbH", None, false)],
        routers: vec![tick("ber-core-1", None, ticked), tick("ham-edge-2", None, false)],
        links: vec![
            tick("Berlin – headquarters", Some("Acme Logistics GmbH"), false),
            tick("Hamburg office", Some("Acme Logistics GmbH"), false),
        ],
    };
    vec![
        Sample::new("windows-add", page(), move || {
            let form = FormState::new().with("covers", "all");
            view! {
                <WindowForm form=form window=None zone=zone() covered=covered(false) approves=true time=Time::Coming
                    cancel_href="/admin/maintenance".into()/>
            }
        }),
        Sample::new("windows-propose", page(), move || {
            let form = FormState::new().with("covers", "clients");
            view! {
                <WindowForm form=form window=None zone=zone() covered=covered(false) approves=false time=Time::Coming
                    cancel_href="/admin/maintenance".into()/>
            }
        }),
        Sample::new("windows-edit-rejected", page(), move || {
            let mut form = FormState::new()
                .with("title", "Firmware")
                .with("starts", "2027-03-28T02:30")
                .with("ends", "2027-03-28T05:00")
                .with("covers", "routers");
            form.reject(
                "starts",
                "On this day clocks are put forward over this time, to 03:00. Choose a time before or after.",
            );
            view! {
                <WindowForm form=form window=Some("Firmware".to_owned()) zone=zone() covered=covered(true) approves=true
                    time=Time::Begun cancel_href="/admin/maintenance/1".into()/>
            }
        }),
        Sample::new("windows-form-hostile", page(), move || {
            let mut form = FormState::new()
                .with("title", HOSTILE)
                .with("notes", HOSTILE)
                .with("reason", HOSTILE)
                .with("starts", HOSTILE);
            form.reject("links", HOSTILE);
            let covered = Coverable {
                clients: vec![tick(HOSTILE, None, true)],
                routers: vec![],
                links: vec![tick(HOSTILE, Some(HOSTILE), true)],
            };
            view! {
                <WindowForm form=form window=Some(HOSTILE.to_owned()) zone=HOSTILE.to_owned() covered=covered
                    approves=true time=Time::Coming cancel_href="/x".into()/>
            }
        }),
    ]
}
