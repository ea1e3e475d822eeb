//! Planning a maintenance window, or changing one that has not begun.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, CheckList, Choice, Crumb, DateTimeField, ErrorSummary, FormActions, FormState, Kind, Layout,
        LinkButton, RadioGroup, TextAreaField, TextField, Tick,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 7] = [
    ("title", "windows-title"),
    ("starts", "windows-starts"),
    ("ends", "windows-ends"),
    ("covers", "windows-covers"),
    ("routers", "windows-pick-routers"),
    ("links", "windows-pick-links"),
    ("notes", "notes"),
];

/// The form, posting to the page's own address. Times are on the wall clock of `zone`.
#[component]
pub fn WindowForm(
    form: FormState,
    window: Option<String>,
    zone: String,
    routers: Vec<Tick>,
    links: Vec<Tick>,
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
    let covers = vec![
        Choice::new("all", t("windows-all")),
        Choice::new("routers", t("windows-covers-routers")).with_hint(t("windows-covers-routers-hint")),
        Choice::new("links", t("windows-covers-links")),
    ];
    let hint = t_with("windows-times-hint", &[("zone", zone.clone().into())]);
    let routers = (!routers.is_empty()).then(|| {
        let error = form.error("routers");
        view! { <div class="covers-routers"><CheckList name="routers" label=t("windows-pick-routers") ticks=routers error=error/></div> }
    });
    let links = (!links.is_empty()).then(|| {
        let error = form.error("links");
        view! { <div class="covers-links"><CheckList name="links" label=t("windows-pick-links") ticks=links error=error/></div> }
    });
    view! {
        <Layout title=title lead=t("windows-form-lead") crumbs=crumbs>
            <Card>
                <form method="post" class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <TextField name="title" label=t("windows-title") value=form.value("title") error=form.error("title")
                        hint=t("windows-title-hint") required=true max_length=160/>
                    <DateTimeField name="starts" label=t("windows-starts") zone=zone.clone() value=form.value("starts") error=form.error("starts") hint=hint required=true/>
                    <DateTimeField name="ends" label=t("windows-ends") zone=zone value=form.value("ends") error=form.error("ends") required=true/>
                    <RadioGroup name="covers" label=t("windows-covers") choices=covers value=form.value("covers") error=form.error("covers")/>
                    {routers}
                    {links}
                    <TextAreaField name="notes" label=t("notes") value=form.value("notes") error=form.error("notes") hint=t("notes-hint") max_length=4000/>
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
    vec![
        Sample::new("windows-add", page(), move || {
            let form = FormState::new().with("covers", "all");
            let routers = vec![tick("ber-core-1", None, false), tick("ham-edge-2", None, false)];
            let links = vec![
                tick("Berlin – headquarters", Some("Acme Logistics GmbH"), false),
                tick("Hamburg office", Some("Acme Logistics GmbH"), false),
            ];
            view! { <WindowForm form=form window=None zone=zone() routers=routers links=links cancel_href="/admin/maintenance".into()/> }
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
            let routers = vec![tick("ber-core-1", None, true), tick("ham-edge-2", None, false)];
            view! { <WindowForm form=form window=Some("Firmware".to_owned()) zone=zone() routers=routers links=vec![] cancel_href="/admin/maintenance/1".into()/> }
        }),
        Sample::new("windows-form-hostile", page(), move || {
            let mut form = FormState::new()
                .with("title", HOSTILE)
                .with("notes", HOSTILE)
                .with("starts", HOSTILE);
            form.reject("links", HOSTILE);
            view! {
                <WindowForm form=form window=Some(HOSTILE.to_owned()) zone=HOSTILE.to_owned() routers=vec![]
                    links=vec![tick(HOSTILE, Some(HOSTILE), true)] cancel_href="/x".into()/>
            }
        }),
    ]
}
