//! Giving somebody at a customer a way in.

use leptos::prelude::*;

use crate::{
    admin::people::client_roles,
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{
        Button, Card, CheckList, Crumb, EmptyState, ErrorSummary, FormActions, FormState, Icon, Kind, Layout,
        LinkButton, RadioGroup, TextField, Tick,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 4] = [
    ("mail", "field-mail"),
    ("name", "people-name"),
    ("client", "people-clients"),
    ("role", "people-role"),
];

/// The form, posting to the page's own address. `clients` are those that can be chosen.
#[component]
pub fn ClientUserForm(form: FormState, clients: Vec<Tick>, cancel_href: Text) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("clients"), "/admin/clients"),
        Crumb::new(t("people-client-users"), "/admin/client-users"),
    ];
    if clients.is_empty() {
        return view! {
            <Layout title=t("people-add-user") crumbs=crumbs>
                <Card>
                    <EmptyState title=t("people-needs-client") text=t("people-needs-client-text") icon=Icon::Client>
                        <LinkButton label=t("clients-add") href="/admin/clients/new" icon=Icon::Plus kind=Kind::Primary/>
                    </EmptyState>
                </Card>
            </Layout>
        }
        .into_any();
    }
    view! {
        <Layout title=t("people-add-user") lead=t("people-add-user-lead") crumbs=crumbs>
            <Card>
                <form method="post" class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <TextField name="mail" label=t("field-mail") value=form.value("mail") error=form.error("mail") kind="email"
                        hint=t("people-mail-hint") required=true max_length=254 autofocus=true/>
                    <TextField name="name" label=t("people-name") value=form.value("name") error=form.error("name") required=true max_length=120/>
                    <CheckList name="client" label=t("people-clients") ticks=clients error=form.error("client") hint=t("people-clients-hint")/>
                    <RadioGroup name="role" label=t("people-role") choices=client_roles() value=form.value("role") error=form.error("role")/>
                    <FormActions>
                        <Button label=t("people-add-user") kind=Kind::Primary/>
                        <LinkButton label=t("cancel") href=cancel_href/>
                    </FormActions>
                </form>
            </Card>
        </Layout>
    }
    .into_any()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "clients",
        ..samples::page(Area::Admin)
    };
    let ticks = |names: &[&str]| -> Vec<Tick> {
        let tick = |(n, name): (usize, &&str)| Tick {
            value: n.to_string(),
            label: (*name).to_owned(),
            note: None,
            ticked: n == 1,
        };
        names.iter().enumerate().map(tick).collect()
    };
    vec![
        Sample::new("client-user-add", page(), move || {
            let form = FormState::new().with("role", "viewer");
            let clients = ticks(&["Acme Logistics GmbH", "Bergmann & Söhne", "City of Lübeck"]);
            view! { <ClientUserForm form=form clients=clients cancel_href="/admin/client-users".into()/> }
        }),
        Sample::new("client-user-add-no-client", page(), || {
            view! { <ClientUserForm form=FormState::new() clients=vec![] cancel_href="/admin/client-users".into()/> }
        }),
        Sample::new("client-user-add-hostile", page(), move || {
            let mut form = FormState::new()
                .with("mail", HOSTILE)
                .with("name", HOSTILE)
                .with("role", HOSTILE);
            form.reject("mail", HOSTILE);
            form.reject("client", HOSTILE);
            form.reject("role", HOSTILE);
            view! { <ClientUserForm form=form clients=ticks(&[HOSTILE]) cancel_href="/admin/client-users".into()/> }
        }),
    ]
}
