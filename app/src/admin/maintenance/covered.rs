//! The part of a form that says what planned work covers.

use leptos::prelude::*;

use crate::{
    t,
    ui::{CheckList, Choice, FormState, RadioGroup, Tick},
};

/// Everything that can be covered, and what was ticked of it.
#[derive(Clone, Debug, Default)]
pub struct Coverable {
    pub clients: Vec<Tick>,
    pub routers: Vec<Tick>,
    pub links: Vec<Tick>,
}

/// The fields `covers`, `clients`, `routers` and `links`; of the lists the one that is meant is shown.
pub fn coverable(form: &FormState, coverable: Coverable) -> impl IntoView + use<> {
    let Coverable {
        clients,
        routers,
        links,
    } = coverable;
    let covers = vec![
        Choice::new("all", t("windows-all")),
        Choice::new("clients", t("windows-covers-clients")).with_hint(t("windows-covers-clients-hint")),
        Choice::new("routers", t("windows-covers-routers")).with_hint(t("windows-covers-routers-hint")),
        Choice::new("links", t("windows-covers-links")),
    ];
    let list = |class: &'static str, name: &'static str, label: &'static str, ticks: Vec<Tick>| {
        (!ticks.is_empty()).then(|| {
            let error = form.error(name);
            view! { <div class=class><CheckList name=name label=label ticks=ticks error=error/></div> }
        })
    };
    let clients = list("covers-clients", "clients", t("windows-pick-clients"), clients);
    let routers = list("covers-routers", "routers", t("windows-pick-routers"), routers);
    let links = list("covers-links", "links", t("windows-pick-links"), links);
    view! {
        <RadioGroup name="covers" label=t("windows-covers") choices=covers value=form.value("covers") error=form.error("covers")/>
        {clients}
        {routers}
        {links}
    }
}
