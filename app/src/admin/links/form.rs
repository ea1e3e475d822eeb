//! Adding a link by hand, and changing one. Since when it counts is a page of its own.

use leptos::prelude::*;

use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{
        Button, Card, Choice, Crumb, DateTimeField, EmptyState, ErrorSummary, FormActions, FormState, Icon, Kind,
        Layout, LinkButton, NumberField, RadioGroup, SelectField,
        field::{error_line, optional_mark},
    },
};

/// The fields and the keys of their labels.
pub(in crate::admin) const LABELS: [(&str, &str); 13] = [
    ("name", "link-name"),
    ("client", "client"),
    ("kind", "link-kind"),
    ("reference", "link-reference"),
    ("router", "router"),
    ("interface", "interface"),
    ("faces", "link-faces"),
    ("ping", "link-ping"),
    ("down", "link-committed-down"),
    ("up", "link-committed-up"),
    ("profile", "link-profile"),
    ("fee", "link-fee"),
    ("activated_at", "link-activated-at"),
];

/// What may be chosen: values with their names.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub clients: Vec<(String, String)>,
    pub routers: Vec<(String, String)>,
    pub profiles: Vec<(String, String)>,
    /// Suggestions: any other word may be typed.
    pub kinds: Vec<String>,
    /// Interfaces of the chosen router by its last check, with what is said of each.
    pub interfaces: Vec<(String, String)>,
    /// The code of the currency of fees.
    pub currency: String,
}

impl Choices {
    pub(crate) fn sample(text: &str) -> Self {
        let one = |name: &str| vec![("1".to_owned(), name.to_owned()), ("2".to_owned(), text.to_owned())];
        Self {
            clients: one("Acme Logistics GmbH"),
            routers: one("edge-ber-1"),
            profiles: one("Business 99.9"),
            kinds: ["ILL", "MPLS", text].map(str::to_owned).into(),
            interfaces: vec![
                ("ether2".to_owned(), "ether, up".to_owned()),
                (text.to_owned(), text.to_owned()),
            ],
            currency: "EUR".to_owned(),
        }
    }
}

/// Adds a link; posts to the page's own address. Without a client or a router there is nothing to add.
#[component]
pub fn LinkNew(form: FormState, choices: Choices, zone: Text) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-links"), "/admin/links")];
    let lacking = if choices.clients.is_empty() {
        Some((
            t("link-no-clients"),
            t("link-no-clients-text"),
            "/admin/clients/new",
            t("clients-add"),
        ))
    } else if choices.routers.is_empty() {
        Some((
            t("link-no-routers"),
            t("link-no-routers-text"),
            "/admin/routers/new",
            t("router-add"),
        ))
    } else {
        None
    };
    if let Some((title, text, href, label)) = lacking {
        return view! {
            <Layout title=t("link-add") crumbs=crumbs>
                <Card><EmptyState title=title text=text icon=Icon::Link><LinkButton label=label href=href kind=Kind::Primary icon=Icon::Plus/></EmptyState></Card>
            </Layout>
        }
        .into_any();
    }
    let moment = (form.value("activated_at"), form.error("activated_at"));
    let activation = view! {
        <Card title=t("link-activation")>
            <DateTimeField name="activated_at" label=t("link-activated-at") zone=zone value=moment.0 error=moment.1 hint=t("link-activated-at-hint")/>
        </Card>
    };
    view! {
        <Layout title=t("link-add") lead=t("link-add-lead") crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                {fields(&form, choices)}
                {activation}
                <FormActions>
                    <Button label=t("link-add") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/links"/>
                </FormActions>
            </form>
        </Layout>
    }
    .into_any()
}

/// Changes a link; posts to the page's own address.
#[component]
pub fn LinkEdit(name: String, href: String, form: FormState, choices: Choices) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-links"), "/admin/links"),
        Crumb::new(name, href.clone()),
    ];
    view! {
        <Layout title=t("link-edit") crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                {fields(&form, choices)}
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

fn choices_of(pairs: Vec<(String, String)>) -> Vec<Choice> {
    pairs
        .into_iter()
        .map(|(value, name)| Choice::new(value, name))
        .collect()
}

fn fields(form: &FormState, choices: Choices) -> impl IntoView + use<> {
    let faces = vec![
        Choice::new("customer", t("link-faces-customer")).with_hint(t("link-faces-customer-hint")),
        Choice::new("network", t("link-faces-network")).with_hint(t("link-faces-network-hint")),
    ];
    let kinds = choices.kinds.into_iter().map(|kind| (kind, String::new())).collect();
    // Each card's content is a closure of its own.
    let [what, measured, promised] = [form.clone(), form.clone(), form.clone()];
    let suggested = if choices.interfaces.is_empty() {
        t("link-interface-hint-none")
    } else {
        t("link-interface-hint")
    };
    view! {
        <Card title=t("link-what")>
            {suggested_field(&what, "name", t("link-name"), Some(t("link-name-hint")), true, Vec::new())}
            <SelectField name="client" label=t("client") choices=choices_of(choices.clients) value=what.value("client") error=what.error("client") empty=t("choose") required=true/>
            {suggested_field(&what, "kind", t("link-kind"), Some(t("link-kind-hint")), true, kinds)}
            {suggested_field(&what, "reference", t("link-reference"), Some(t("link-reference-hint")), false, Vec::new())}
        </Card>
        <Card title=t("link-where")>
            <SelectField name="router" label=t("router") choices=choices_of(choices.routers) value=measured.value("router") error=measured.error("router") empty=t("choose") required=true/>
            {suggested_field(&measured, "interface", t("interface"), Some(suggested), true, choices.interfaces)}
            <RadioGroup name="faces" label=t("link-faces") choices=faces value=measured.value("faces") error=measured.error("faces")/>
            {suggested_field(&measured, "ping", t("link-ping"), Some(t("link-ping-hint")), false, Vec::new())}
        </Card>
        <Card title=t("link-promised")>
            <div class="pick-fields">
                {suggested_field(&promised, "down", t("link-committed-down"), Some(t("link-committed-hint")), true, Vec::new())}
                {suggested_field(&promised, "up", t("link-committed-up"), None, true, Vec::new())}
            </div>
            <SelectField name="profile" label=t("link-profile") choices=choices_of(choices.profiles) value=promised.value("profile") error=promised.error("profile") empty=t("link-profile-none")/>
            <NumberField name="fee" label=t("link-fee") value=promised.value("fee") error=promised.error("fee") unit=choices.currency decimals=true hint=t("link-fee-hint")/>
        </Card>
    }
}

/// A text field with suggestions that the browser offers while one types.
fn suggested_field(
    form: &FormState,
    name: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    required: bool,
    suggestions: Vec<(String, String)>,
) -> impl IntoView + use<> {
    let (value, error) = (form.value(name), form.error(name));
    let list = (!suggestions.is_empty()).then(|| format!("{name}-list"));
    let error_id = error.is_some().then(|| format!("{name}-error"));
    let hint_id = hint.map(|_| format!("{name}-hint"));
    let described: Vec<String> = [error_id, hint_id.clone()].into_iter().flatten().collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let options = suggestions.into_iter().map(|(value, label)| {
        let label = (!label.is_empty()).then_some(label);
        view! { <option value=value label=label></option> }
    });
    let datalist = list
        .clone()
        .map(|id| view! { <datalist id=id>{options.collect_view()}</datalist> });
    view! {
        <div class="field">
            <label for=name>{label}{optional_mark(required)}</label>
            <input id=name name=name type="text" value=value list=list required=required autocomplete="off"
                aria-invalid=error.is_some().then_some("true") aria-describedby=described/>
            {datalist}
            {error_line(name, error)}
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || samples::page(Area::Admin);
    let rejected = |text: &str| {
        let mut form = FormState::new()
            .with("name", text)
            .with("down", text)
            .with("interface", text)
            .with("kind", text)
            .with("faces", "customer");
        form.reject("name", t("name-taken"));
        form.reject("down", t("problem-bandwidth"));
        form.reject("client", t("text-missing"));
        form
    };
    let fresh = || {
        FormState::new()
            .with("faces", "customer")
            .with("activated_at", "2026-11-21T10:41")
    };
    vec![
        Sample::new("admin-link-new", page(), move || {
            view! { <LinkNew form=fresh() choices=Choices::sample("Depot") zone="Europe/Berlin".into()/> }
        }),
        Sample::new("admin-link-new-first", page(), move || {
            view! { <LinkNew form=fresh() choices=Choices::default() zone="Europe/Berlin".into()/> }
        }),
        Sample::new("admin-link-edit", page(), move || {
            let (name, href) = ("Depot".to_owned(), "/admin/links/1".to_owned());
            view! { <LinkEdit name=name href=href form=rejected("Depot") choices=Choices::sample("Depot")/> }
        }),
        Sample::new("admin-link-form-hostile", page(), move || {
            let (name, href) = (HOSTILE.to_owned(), "/admin/links/1".to_owned());
            view! { <LinkEdit name=name href=href form=rejected(HOSTILE) choices=Choices::sample(HOSTILE)/> }
        }),
    ]
}
