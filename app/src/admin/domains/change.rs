//! What is changed about a domain: where its names are asked for, who answers for it, its end, and whether it leaves.

use leptos::prelude::*;

use super::{crumbs_of, role};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::ask::sure,
    t, t_with,
    ui::{
        Button, Card, Choice, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice, SelectField,
        TextAreaField, TextField, Tone,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 10] = [
    ("servers", "domain-name-servers"),
    ("owner", "domain-owner"),
    ("admin", "domain-admin"),
    ("tech", "domain-tech"),
    ("zone", "domain-zone-contact"),
    ("reason", "domain-reason"),
    ("reason_text", "domain-reason-text"),
    ("ends_on", "domain-ends"),
    ("confirm", "domain-type-name"),
    ("password", "server-your-password"),
];

/// The lines with the name servers.
pub(super) fn servers_field(form: &FormState) -> impl IntoView + use<> {
    view! {
        <TextAreaField name="servers" label=t("domain-name-servers") hint=t("domain-name-servers-hint") required=true rows=5
            max_length=4096 value=form.value("servers") error=form.error("servers")/>
    }
}

/// The four contacts; `known`: ids and names of those that there are.
pub(super) fn contacts_fields(known: &[(String, String)], form: &FormState) -> impl IntoView + use<> {
    let field = |name: &'static str| {
        let all = known.iter().cloned();
        let choices = all.map(|(id, name)| Choice::new(id, name)).collect();
        view! {
            <SelectField name=name label=role(name) choices=choices required=true empty=t("domain-contact-choose")
                value=form.value(name) error=form.error(name)/>
        }
    };
    view! { {field("owner")}{field("admin")}{field("tech")}{field("zone")} }
}

/// Other name servers; posts to the page's own address.
#[component]
pub fn NameServers(name: String, href: String, form: FormState) -> impl IntoView {
    let field = servers_field(&form);
    view! {
        <Layout title=t("domain-name-servers") lead=t("domain-name-servers-lead") crumbs=crumbs_of(name, href.clone())>
            <form method="post" class="stack">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>{field}</Card>
                <FormActions><Button label=t("save") kind=Kind::Primary/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

/// Other contacts; posts to the page's own address.
#[component]
pub fn DomainContacts(name: String, href: String, known: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let fields = contacts_fields(&known, &form);
    view! {
        <Layout title=t("domain-contacts") lead=t("domain-contacts-lead") crumbs=crumbs_of(name, href.clone())>
            <form method="post" class="stack">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>{fields}</Card>
                <FormActions><Button label=t("save") kind=Kind::Primary/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

/// The question before it is given up; `ends_on`: the day until which it is paid for, where Contabo says so.
#[component]
pub fn CancelDomain(name: String, href: String, ends_on: Option<String>, form: FormState) -> impl IntoView {
    let title = t_with("domain-cancel-title", &[("name", name.clone().into())]);
    let reasons = [
        t("domain-reason-trouble"),
        t("domain-reason-price"),
        t("domain-reason-need"),
        t("domain-reason-support"),
        t("domain-reason-switch"),
        t("domain-reason-features"),
        t("domain-reason-other"),
    ];
    let reasons = reasons.into_iter().enumerate();
    let reasons = reasons
        .map(|(place, label)| Choice::new(place.to_string(), label))
        .collect();
    let paid = ends_on.map(|day| t_with("domain-paid-until", &[("date", day.into())]));
    let sure = sure(t("domain-type-name"), &name, &form);
    view! {
        <Layout title=title crumbs=crumbs_of(name, href.clone())>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    <Notice tone=Tone::Warning><p>{t("domain-cancel-text")}</p>{paid.map(|paid| view! { <p>{paid}</p> })}</Notice>
                    <SelectField name="reason" label=t("domain-reason") choices=reasons required=true empty=t("domain-reason-choose")
                        value=form.value("reason") error=form.error("reason")/>
                    <TextField name="reason_text" label=t("domain-reason-text") max_length=1000
                        value=form.value("reason_text") error=form.error("reason_text")/>
                    <TextField name="ends_on" label=t("domain-ends") hint=t("domain-ends-hint") kind="date"
                        value=form.value("ends_on") error=form.error("ends_on")/>
                    {sure}
                </Card>
                <FormActions><Button label=t("domain-cancel") kind=Kind::Danger/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

/// The question before another registrar may have it; posts to the page's own address.
#[component]
pub fn AcceptTransfer(name: String, href: String, form: FormState) -> impl IntoView {
    let title = t_with("domain-let-go-title", &[("name", name.clone().into())]);
    let sure = sure(t("domain-type-name"), &name, &form);
    view! {
        <Layout title=title crumbs=crumbs_of(name, href.clone())>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card><Notice tone=Tone::Danger>{t("domain-let-go-text")}</Notice>{sure}</Card>
                <FormActions><Button label=t("deed-accept-transfer") kind=Kind::Danger/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        ..samples::page(Area::Admin)
    };
    let href = || "/admin/domains/1".to_owned();
    let wrong = |fields: &[(&'static str, &str)]| {
        let mut form = FormState::new();
        for (field, _) in fields {
            if *field != "password" {
                form.set(field, HOSTILE);
            }
            form.reject(field, HOSTILE);
        }
        form.reject_all(HOSTILE);
        form
    };
    let known = |text: &str| vec![("CH1".to_owned(), text.to_owned())];
    vec![
        Sample::new("domain-name-servers", page(), move || {
            let form = FormState::new().with("servers", "ns1.contabo.net\nns2.contabo.net");
            view! { <NameServers name="example.net".to_owned() href=href() form=form/> }
        }),
        Sample::new("domain-name-servers-hostile", page(), move || {
            view! { <NameServers name=HOSTILE.to_owned() href=href() form=wrong(&LABELS[..1])/> }
        }),
        Sample::new("domain-set-contacts", page(), move || {
            let form = FormState::new().with("owner", "CH1");
            view! { <DomainContacts name="example.net".to_owned() href=href() known=known("Example Networks") form=form/> }
        }),
        Sample::new("domain-set-contacts-hostile", page(), move || {
            view! { <DomainContacts name=HOSTILE.to_owned() href=href() known=known(HOSTILE) form=wrong(&LABELS[1..5])/> }
        }),
        Sample::new("domain-cancel", page(), move || {
            let paid = Some("2027-05-15".to_owned());
            view! { <CancelDomain name="example.net".to_owned() href=href() ends_on=paid form=FormState::new()/> }
        }),
        Sample::new("domain-cancel-hostile", page(), move || {
            view! { <CancelDomain name=HOSTILE.to_owned() href=href() ends_on=None form=wrong(&LABELS[5..])/> }
        }),
        Sample::new("domain-let-go", page(), move || {
            view! { <AcceptTransfer name="example.net".to_owned() href=href() form=FormState::new()/> }
        }),
        Sample::new("domain-let-go-hostile", page(), move || {
            view! { <AcceptTransfer name=HOSTILE.to_owned() href=href() form=wrong(&LABELS[8..])/> }
        }),
    ]
}
