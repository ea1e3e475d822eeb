//! A record of a zone, made or changed. All kinds have one form: what a kind does not have is left empty.

use leptos::prelude::*;

use super::crumbs;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Choice, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, NumberField,
        SelectField, TextField,
    },
};

/// The fields and the keys of their labels.
pub const LABELS: [(&str, &str); 9] = [
    ("name", "record-name"),
    ("type", "record-type"),
    ("data", "record-data"),
    ("ttl", "record-ttl"),
    ("prio", "record-priority"),
    ("weight", "record-weight"),
    ("port", "record-port"),
    ("flag", "record-flag"),
    ("tag", "record-tag"),
];

/// The page, posting to its own path. `is_new`: it is made; the name of one that is there can't be changed.
#[component]
pub fn RecordPage(
    zone: String,
    href: String,
    is_new: bool,
    kinds: Vec<String>,
    tags: Vec<String>,
    form: FormState,
) -> impl IntoView {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(zone, href.clone()));
    let title = if is_new {
        t("deed-add-record")
    } else {
        t("deed-change-record")
    };
    let choices = |values: Vec<String>| {
        values
            .into_iter()
            .map(|value| Choice::new(value.clone(), value))
            .collect()
    };
    let name = is_new.then(|| {
        view! {
            <TextField name="name" label=t("record-name") hint=t("record-name-hint") mono=true max_length=253
                value=form.value("name") error=form.error("name")/>
        }
    });
    let number = |name: &'static str, label: &'static str| {
        view! { <NumberField name=name label=label value=form.value(name) error=form.error(name)/> }
    };
    let (priority, weight) = (
        number("prio", t("record-priority")),
        number("weight", t("record-weight")),
    );
    let (port, flag) = (number("port", t("record-port")), number("flag", t("record-flag")));
    let summary = form.clone();
    let further = view! {
        {priority}{weight}{port}{flag}
        <SelectField name="tag" label=t("record-tag") choices=choices(tags) empty=t("record-tag-none")
            value=form.value("tag") error=form.error("tag")/>
    };
    let content = view! {
        {name}
        <SelectField name="type" label=t("record-type") choices=choices(kinds) required=true
            value=form.value("type") error=form.error("type")/>
        <TextField name="data" label=t("record-data") hint=t("record-data-hint") required=true mono=true max_length=4096
            value=form.value("data") error=form.error("data")/>
        <NumberField name="ttl" label=t("record-ttl") hint=t("record-ttl-hint") unit="s"
            value=form.value("ttl") error=form.error("ttl")/>
    };
    view! {
        <Layout title=title crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=summary labels=&LABELS/>
                <Card>{content}</Card>
                <Card title=t("record-further")><p class="muted">{t("record-further-text")}</p>{further}</Card>
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        ..samples::page(Area::Admin)
    };
    let sample = |name, is_new, text: Option<&'static str>| {
        Sample::new(name, page(), move || {
            let mut form = FormState::new().with("type", "MX").with("ttl", "86400");
            for (field, _) in LABELS.iter().filter(|_| text.is_some()) {
                form.set(field, text.unwrap_or_default());
                form.reject(field, text.unwrap_or_default());
            }
            let kinds = vec!["A".to_owned(), "MX".to_owned()];
            let zone = text.unwrap_or("example.net").to_owned();
            let href = "/admin/dns/1".to_owned();
            view! { <RecordPage zone=zone href=href is_new=is_new kinds=kinds tags=vec!["issue".to_owned()] form=form/> }
        })
    };
    vec![
        sample("record-new", true, None),
        sample("record-edit", false, None),
        sample("record-hostile", true, Some(HOSTILE)),
    ]
}
