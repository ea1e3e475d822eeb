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
    // What there is none of can't be chosen.
    let some = |ticks: &[Tick], choice: Choice| (!ticks.is_empty()).then_some(choice);
    let covers = [
        Some(Choice::new("all", t("windows-all"))),
        some(
            &clients,
            Choice::new("clients", t("windows-covers-clients")).with_hint(t("windows-covers-clients-hint")),
        ),
        some(
            &routers,
            Choice::new("routers", t("windows-covers-routers")).with_hint(t("windows-covers-routers-hint")),
        ),
        some(&links, Choice::new("links", t("windows-covers-links"))),
    ];
    let covers = covers.into_iter().flatten().collect();
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
