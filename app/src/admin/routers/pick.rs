//! Making links of interfaces that were picked on the router's page: one block a link, all made or none.

use leptos::prelude::*;

use crate::{
    admin::links::form::{Choices, LABELS},
    page::Area,
    samples::{self, HOSTILE, Sample},
    t, t_count,
    ui::{
        Button, Card, Checkbox, Crumb, FormActions, FormState, Kind, Layout, LinkButton, Notice, Tone,
        field::{error_line, optional_mark},
        form::{complaint, error_frame},
    },
};

/// One link to be made. Its fields are posted as `NUMBER.FIELD`.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// RouterOS' `.id` of the interface.
    pub id: String,
    pub interface: String,
    pub form: FormState,
}

/// Posts for each link `N.id`, `N.client`, `N.name`, `N.kind`, `N.faces`, `N.down`, `N.up`, `N.ping` and `N.profile`, and
/// `activate` for all, to the page's own address.
#[component]
pub fn PickLinks(
    router: String,
    href: String,
    links: Vec<NewLink>,
    choices: Choices,
    activate: bool,
    /// What is wrong with all of it.
    general: Option<String>,
) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-routers"), "/admin/routers"),
        Crumb::new(router, href.clone()),
    ];
    let wrong = links.iter().filter(|link| !link.form.is_valid()).count();
    let summary = (wrong > 0 || general.is_some()).then(|| {
        let title = (wrong > 0).then(|| t_count("pick-wrong", wrong as u64));
        let errors = links.iter().enumerate().flat_map(|(at, link)| {
            let errors = link.form.errors().iter();
            errors.map(move |error| {
                let complaint = [&link.interface, ", ", &complaint(&LABELS, error)].concat();
                view! { <li><a href=format!("#{}-{at}", error.field)>{complaint}</a></li> }
            })
        });
        let errors = (wrong > 0).then(|| view! { <ul>{errors.collect_view()}</ul> });
        error_frame(title, view! { {general}{errors} })
    });
    let kinds = choices.kinds.clone();
    let any = !links.is_empty();
    let blocks = links
        .into_iter()
        .enumerate()
        .map(|(at, link)| block(at, link, &choices))
        .collect_view();
    view! {
        <Layout title=t("pick-title") lead=t("pick-lead") crumbs=crumbs>
            <form method="post" class="stack wide">
                {summary}
                {blocks}
                <datalist id="kinds">{kinds.into_iter().map(|kind| view! { <option value=kind></option> }).collect_view()}</datalist>
                {any.then(|| view! { <Checkbox name="activate" label=t("pick-activate") checked=activate hint=t("pick-activate-hint")/> })}
                <FormActions>
                    {any.then(|| view! { <Button label=t("pick-make") kind=Kind::Primary/> })}
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

fn block(at: usize, link: NewLink, choices: &Choices) -> impl IntoView + use<> {
    let NewLink { id, interface, form } = link;
    let title = [t("interface"), " ", &interface].concat();
    let input = |field: &'static str, label: &'static str, suggestions: Option<&'static str>, required: bool| {
        let (value, error) = (form.value(field), form.error(field));
        labelled(at, field, label, required, error, move |id, described| {
            view! {
                <input id=id name=format!("{at}.{field}") type="text" value=value list=suggestions required=required autocomplete="off"
                    aria-invalid=described.is_some().then_some("true") aria-describedby=described/>
            }
            .into_any()
        })
    };
    let select = |field: &'static str,
                  label: &'static str,
                  options: Vec<(String, String)>,
                  empty: Option<&'static str>| {
        let (value, error) = (form.value(field), form.error(field));
        labelled(at, field, label, true, error, move |id, described| {
            let options = options.into_iter().map(|(option, text)| {
                let selected = option == value;
                view! { <option value=option selected=selected>{text}</option> }
            });
            view! {
                <select id=id name=format!("{at}.{field}") aria-invalid=described.is_some().then_some("true") aria-describedby=described>
                    {empty.map(|empty| view! { <option value="">{empty}</option> })}
                    {options.collect_view()}
                </select>
            }
            .into_any()
        })
    };
    let faces = vec![
        ("customer".to_owned(), t("link-faces-customer").to_owned()),
        ("network".to_owned(), t("link-faces-network").to_owned()),
    ];
    let interface_error = form
        .error("interface")
        .map(|error| view! { <div id=format!("interface-{at}")><Notice tone=Tone::Danger>{error}</Notice></div> });
    let fields = view! {
        <div class="pick-fields">
            <input type="hidden" name=format!("{at}.id") value=id/>
            {input("name", t("link-name"), None, true)}
            {select("client", t("client"), choices.clients.clone(), Some(t("choose")))}
            {input("kind", t("link-kind"), Some("kinds"), true)}
            {input("down", t("link-committed-down"), None, true)}
            {input("up", t("link-committed-up"), None, true)}
            {select("faces", t("link-faces"), faces, None)}
            {input("ping", t("link-ping"), None, false)}
            {select("profile", t("link-profile"), choices.profiles.clone(), Some(t("link-profile-none")))}
        </div>
    };
    view! {
        <Card title=title>
            {interface_error}
            {fields}
        </Card>
    }
}

/// A field of one of several like blocks, so that its id carries the block's number.
fn labelled(
    at: usize,
    field: &'static str,
    label: &'static str,
    required: bool,
    error: Option<crate::text::Text>,
    input: impl FnOnce(String, Option<String>) -> AnyView,
) -> impl IntoView {
    let id = format!("{field}-{at}");
    let error_id = error.is_some().then(|| format!("{id}-error"));
    let line = error_line(&id, error);
    view! { <div class="field"><label for=id.clone()>{label}{optional_mark(required)}</label>{input(id, error_id)}{line}</div> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        current: "routers",
        ..samples::page(Area::Admin)
    };
    let view = |text: &str, general: Option<&str>| {
        let fine = FormState::new()
            .with("name", text)
            .with("kind", "ILL")
            .with("down", "100")
            .with("up", "100");
        let mut wrong = fine.clone();
        wrong.reject("down", t("problem-bandwidth"));
        wrong.reject("interface", text.to_owned());
        let link = |id: &str, form| NewLink {
            id: id.to_owned(),
            interface: text.to_owned(),
            form,
        };
        let links = vec![link("*2", fine), link("*3", wrong)];
        let general = general.map(str::to_owned);
        view! { <PickLinks router=text.to_owned() href="/admin/routers/1".to_owned() links=links choices=Choices::sample(text) activate=true general=general/> }
    };
    vec![
        Sample::new("admin-pick-links", page(), move || view("ether2", None)),
        Sample::new("admin-pick-links-hostile", page(), move || view(HOSTILE, Some(HOSTILE))),
    ]
}
