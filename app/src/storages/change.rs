//! What staff change about an object storage: its name, its room and growth, its end. What costs money is shown with
//! what it costs before it is asked for.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::ask::sure,
    t, t_with,
    ui::{
        Button, Card, Checkbox, Crumb, ErrorSummary, FormActions, FormState, KeyValue, KeyValues, Kind, Layout,
        LinkButton, Notice, TextField, Tone,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 6] = [
    ("name", "storage-name"),
    ("size", "order-size"),
    ("grows", "order-grows"),
    ("grows_to", "order-grows-to"),
    ("confirm", "storage-type-name"),
    ("password", "server-your-password"),
];

fn crumbs(name: String, href: String) -> Vec<Crumb> {
    vec![Crumb::new(t("storages"), "/admin/storages"), Crumb::new(name, href)]
}

/// Names it anew; posts to the page's own address.
#[component]
pub fn RenameStorage(name: String, href: String, form: FormState) -> impl IntoView {
    let (value, error) = (form.value("name"), form.error("name"));
    view! {
        <Layout title=t("storage-rename") crumbs=crumbs(name, href.clone())>
            <form method="post" class="stack">
                <ErrorSummary form=form labels=&LABELS/>
                <Card><TextField name="name" label=t("storage-name") required=true max_length=255 value=value error=error/></Card>
                <FormActions><Button label=t("save") kind=Kind::Primary/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

/// How much room, and how far it grows; posts to the page's own address. Nothing is asked for yet.
#[component]
pub fn ResizeStorage(name: String, href: String, form: FormState) -> impl IntoView {
    let grows = !form.value("grows").is_empty();
    view! {
        <Layout title=t("storage-resize") lead=t("storage-resize-lead") crumbs=crumbs(name, href.clone())>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    <TextField name="size" label=t("order-size") hint=t("order-size-hint") required=true max_length=10
                        value=form.value("size") error=form.error("size")/>
                    <Checkbox name="grows" label=t("order-grows") hint=t("order-grows-hint") checked=grows error=form.error("grows")/>
                    <TextField name="grows_to" label=t("order-grows-to") hint=t("storage-ceiling-hint") max_length=10
                        value=form.value("grows_to") error=form.error("grows_to")/>
                </Card>
                <FormActions><Button label=t("order-next") kind=Kind::Primary/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

/// What more room costs each month. An amount that is none is not in the price list.
#[derive(Clone, Debug)]
pub struct Cost {
    /// As `0.5 TB`.
    pub more: String,
    pub cost: Option<String>,
    pub sales: Option<String>,
}

/// What a change comes to.
#[derive(Clone, Debug)]
pub struct Change {
    pub name: String,
    pub href: String,
    /// As `0.5 TB` and `1 TB`.
    pub from: String,
    pub to: String,
    /// How far it grows by itself, where it does.
    pub grows_to: Option<String>,
    /// What is billed from now on.
    pub at_once: Option<Cost>,
    /// What may be billed beside that, once it has grown to its ceiling.
    pub at_most: Option<Cost>,
    /// The form again, for those who mean it.
    pub hidden: Vec<(&'static str, String)>,
    /// Whether it is not what was shown before.
    pub is_other: bool,
}

/// The question before it is asked for.
#[component]
pub fn ConfirmResize(change: Change) -> impl IntoView {
    let other = change
        .is_other
        .then(|| view! { <Notice tone=Tone::Warning>{t("storage-resize-other")}</Notice> });
    let hidden = change
        .hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let hidden = hidden.collect_view();
    let grows = match change.grows_to {
        Some(to) => t_with("storage-grows-to", &[("size", to.into())]),
        None => t("storage-grows-not").to_owned(),
    };
    let at_once = change.at_once.map(|cost| costs(t("storage-billed-now"), cost));
    let at_most = change.at_most.map(|cost| costs(t("storage-billed-later"), cost));
    view! {
        <Layout title=t("storage-resize") crumbs=crumbs(change.name, change.href.clone())>
            {other}
            <form method="post" class="stack wide">
                {hidden}
                <Card title=t("storage-resize-what")>
                    <KeyValues>
                        <KeyValue label=t("storage-size-now")><span class="figure">{change.from}</span></KeyValue>
                        <KeyValue label=t("storage-size-then")><strong class="figure">{change.to}</strong></KeyValue>
                        <KeyValue label=t("storage-growth")>{grows}</KeyValue>
                    </KeyValues>
                </Card>
                {at_once}
                {at_most}
                <Notice tone=Tone::Warning>{t("storage-resize-binding")}</Notice>
                <FormActions>
                    <Button label=t("storage-resize-confirm") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=change.href/>
                </FormActions>
            </form>
        </Layout>
    }
}

fn costs(title: &'static str, cost: Cost) -> impl IntoView {
    let amount = |amount: Option<String>| match amount {
        Some(amount) => view! { <span class="figure">{amount}</span> }.into_any(),
        None => view! { <span class="muted">{t("storage-price-unknown")}</span> }.into_any(),
    };
    view! {
        <Card title=title>
            <KeyValues>
                <KeyValue label=t("storage-more-room")><span class="figure">{cost.more}</span></KeyValue>
                <KeyValue label=t("storage-more-cost")>{amount(cost.cost)}</KeyValue>
                <KeyValue label=t("storage-more-sales")>{amount(cost.sales)}</KeyValue>
            </KeyValues>
        </Card>
    }
}

/// The question before its contract is ended; posts to the page's own address.
#[component]
pub fn CancelStorage(name: String, href: String, form: FormState) -> impl IntoView {
    let title = t_with("storage-cancel-title", &[("name", name.clone().into())]);
    let sure = sure(t("storage-type-name"), &name, &form);
    view! {
        <Layout title=title crumbs=crumbs(name, href.clone())>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card><Notice tone=Tone::Warning>{t("storage-cancel-text")}</Notice>{sure}</Card>
                <FormActions><Button label=t("storage-cancel") kind=Kind::Danger/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "storages",
        ..samples::page(Area::Admin)
    };
    let href = || "/admin/storages/1".to_owned();
    let wrong = |text: &str, fields: &[(&'static str, &str)]| {
        let mut form = FormState::new();
        for (field, _) in fields {
            if *field != "password" {
                form.set(field, text);
            }
            form.reject(field, text.to_owned());
        }
        form.reject_all(text.to_owned());
        form
    };
    let cost = |amount: Option<&str>| Cost {
        more: "0.5\u{a0}TB".to_owned(),
        cost: amount.map(str::to_owned),
        sales: amount.map(str::to_owned),
    };
    let change = move |text: &str, amount: Option<&str>| Change {
        name: text.to_owned(),
        href: href(),
        from: "0.5\u{a0}TB".to_owned(),
        to: "1\u{a0}TB".to_owned(),
        grows_to: Some("2\u{a0}TB".to_owned()),
        at_once: Some(cost(amount)),
        at_most: Some(cost(amount)),
        hidden: vec![("size", text.to_owned())],
        is_other: text == HOSTILE,
    };
    vec![
        Sample::new("storage-rename-hostile", page(), move || {
            view! { <RenameStorage name=HOSTILE.to_owned() href=href() form=wrong(HOSTILE, &LABELS[..1])/> }
        }),
        Sample::new("storage-resize", page(), move || {
            let form = FormState::new().with("size", "0.5");
            view! { <ResizeStorage name="backups".to_owned() href=href() form=form/> }
        }),
        Sample::new("storage-resize-hostile", page(), move || {
            view! { <ResizeStorage name=HOSTILE.to_owned() href=href() form=wrong(HOSTILE, &LABELS[1..4])/> }
        }),
        Sample::new("storage-resize-confirm", page(), move || {
            view! { <ConfirmResize change=change("backups", Some("EUR\u{a0}2.50"))/> }
        }),
        Sample::new("storage-resize-confirm-hostile", page(), move || {
            view! { <ConfirmResize change=change(HOSTILE, None)/> }
        }),
        Sample::new("storage-cancel", page(), move || {
            view! { <CancelStorage name="backups".to_owned() href=href() form=FormState::new()/> }
        }),
        Sample::new("storage-cancel-hostile", page(), move || {
            view! { <CancelStorage name=HOSTILE.to_owned() href=href() form=wrong(HOSTILE, &LABELS[4..])/> }
        }),
    ]
}
