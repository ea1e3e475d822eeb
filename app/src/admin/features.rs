//! What clients' people may do with what they rent: for all clients, and for one.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{Button, Card, Choice, Crumb, FormActions, Kind, Layout, LinkButton, SelectField},
};

/// One switch.
#[derive(Clone, Debug)]
pub struct Switch {
    /// The field's name.
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    /// What holds for all clients.
    pub for_all: bool,
    /// The client's own word.
    pub own: Option<bool>,
}

/// Whose switches they are, where it is one client's.
#[derive(Clone, Debug)]
pub struct Whose {
    pub name: String,
    pub href: String,
}

/// The form, posting to the page's own address. `whose`: none for all clients.
#[component]
pub fn FeaturesPage(whose: Option<Whose>, switches: Vec<Switch>) -> impl IntoView {
    let of_client = whose.is_some();
    let (title, lead, crumbs, back): (Text, _, _, String) = match whose {
        Some(whose) => (
            t_with("features-of", &[("name", whose.name.clone().into())]).into(),
            t("features-of-lead"),
            vec![
                Crumb::new(t("clients"), "/admin/clients"),
                Crumb::new(whose.name, whose.href.clone()),
            ],
            whose.href,
        ),
        None => (
            t("features").into(),
            t("features-lead"),
            vec![Crumb::new(t("nav-servers"), "/admin/servers")],
            "/admin/servers".to_owned(),
        ),
    };
    let fields = switches
        .into_iter()
        .map(|switch| field(switch, of_client))
        .collect_view();
    let all = of_client.then(|| view! { <LinkButton label=t("features") href="/admin/features"/> });
    let actions = all.into_any();
    view! {
        <Layout title=title lead=lead crumbs=crumbs actions=actions>
            <form method="post" class="stack wide">
                <Card>{fields}</Card>
                <FormActions><Button label=t("save") kind=Kind::Primary/><LinkButton label=t("cancel") href=back/></FormActions>
            </form>
        </Layout>
    }
}

fn field(switch: Switch, of_client: bool) -> impl IntoView {
    let (on, off) = (
        Choice::new("on", t("features-on")),
        Choice::new("off", t("features-off")),
    );
    let (choices, value) = if of_client {
        let inherited = if switch.for_all {
            t("features-inherit-on")
        } else {
            t("features-inherit-off")
        };
        (vec![Choice::new("", inherited), on, off], switch.own)
    } else {
        (vec![on, off], Some(switch.for_all))
    };
    let value = match value {
        None => "",
        Some(true) => "on",
        Some(false) => "off",
    };
    view! { <SelectField name=switch.name label=switch.label choices=choices value=value hint=switch.hint required=true/> }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = |current| Page {
        current,
        ..samples::page(Area::Admin)
    };
    let switch = |name, label, for_all, own| Switch {
        name,
        label,
        hint: "",
        for_all,
        own,
    };
    let of = |name: &str| Whose {
        name: name.to_owned(),
        href: "/admin/clients/1".to_owned(),
    };
    let switches = move || {
        vec![
            switch("power", "Power", true, None),
            switch("cancel", "Cancel", false, Some(true)),
        ]
    };
    vec![
        Sample::new("features", page("servers"), move || {
            view! { <FeaturesPage whose=None switches=switches()/> }
        }),
        Sample::new("features-of-client", page("clients"), move || {
            view! { <FeaturesPage whose=Some(of("Acme")) switches=switches()/> }
        }),
        Sample::new("features-hostile", page("clients"), move || {
            let hostile = switch("power", HOSTILE, true, None);
            view! { <FeaturesPage whose=Some(of(HOSTILE)) switches=vec![Switch { hint: HOSTILE, ..hostile }]/> }
        }),
    ]
}
