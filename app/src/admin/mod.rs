//! The pages of staff users: dense, exact, what is wrong first.
//!
//! One file a page: the component, its props, its samples. What a role may not do is not among the props, so its button
//! is not there.

pub mod audit;
pub mod brand;
pub mod client_users;
pub mod clients;
pub mod confirm;
pub mod contabo;
pub mod costs;
pub mod dashboard;
pub mod dns;
pub mod domains;
pub mod features;
pub mod firewalls;
pub mod images;
pub mod instances;
pub mod links;
pub mod mail;
pub mod maintenance;
pub mod metrics_tokens;
pub mod networks;
pub mod orders;
pub mod outages;
pub mod people;
pub mod products;
pub mod quotas;
pub mod reports;
pub mod routers;
pub mod secrets;
pub mod settings;
pub mod sla_profiles;
pub mod staff;
pub mod status;
pub mod tags;
pub mod tasks;
pub mod templates;
pub mod things;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    samples::Sample,
    t,
    ui::{Card, Cell, Column, HeadCell, StateBadge, Table, When},
};

use status::Status;

/// Something changed its state.
#[derive(Clone, Debug)]
pub struct Change {
    pub at: DateTime<Utc>,
    /// What it was; none where that word is no longer known.
    pub from: Option<Status>,
    pub to: Status,
    /// Whose change it was, where the page is not about that one alone.
    pub subject: Option<Subject>,
    pub reason: Option<String>,
}

/// Something with a page of its own.
#[derive(Clone, Debug)]
pub struct Subject {
    pub name: String,
    pub href: String,
}

/// A card with the latest changes; `empty` stands in it while there are none.
pub(crate) fn changes_card(title: &'static str, empty: &'static str, changes: Vec<Change>) -> impl IntoView {
    if changes.is_empty() {
        return view! { <Card title=title><p class="muted">{empty}</p></Card> }.into_any();
    }
    let with_subject = changes.iter().any(|change| change.subject.is_some());
    let (when, what, state, reason) = (
        t("change-when"),
        t("change-what"),
        t("change-state"),
        t("change-reason"),
    );
    let mut columns = vec![Column::text(when)];
    columns.extend(with_subject.then(|| Column::text(what)));
    columns.extend([Column::text(state), Column::text(reason)]);
    let rows = changes.into_iter().map(|change| {
        let subject = change
            .subject
            .map(|subject| view! { <Cell of=what><a href=subject.href>{subject.name}</a></Cell> });
        view! {
            <tr>
                <HeadCell><When at=change.at compact=true/></HeadCell>
                {subject}
                <Cell of=state>
                    <span class="change">
                        {change.from.map(|from| view! { <span class="muted">{from.word()}" → "</span> })}
                        <StateBadge state=change.to.state() label=change.to.word()/>
                    </span>
                </Cell>
                <Cell of=reason><span class="reason">{change.reason}</span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [
        dashboard::samples(),
        things::samples(),
        networks::samples(),
        firewalls::samples(),
        dns::samples(),
        domains::samples(),
        images::samples(),
        secrets::samples(),
        tags::samples(),
        reports::list::samples(),
        reports::show::samples(),
        reports::breaches::samples(),
        reports::credit::samples(),
        reports::troubles::samples(),
        routers::list::samples(),
        routers::form::samples(),
        routers::show::samples(),
        routers::credentials::samples(),
        routers::trust::samples(),
        routers::archive::samples(),
        routers::pick::samples(),
        links::list::samples(),
        links::form::samples(),
        links::show::samples(),
        links::period::samples(),
        links::archive::samples(),
        audit::samples(),
        brand::samples(),
        client_users::list::samples(),
        client_users::form::samples(),
        client_users::show::samples(),
        clients::list::samples(),
        clients::form::samples(),
        clients::show::samples(),
        confirm::samples(),
        contabo::samples(),
        instances::samples(),
        mail::samples(),
        maintenance::list::samples(),
        maintenance::form::samples(),
        maintenance::show::samples(),
        maintenance::decide::samples(),
        maintenance::series::samples(),
        metrics_tokens::samples(),
        orders::samples(),
        outages::list::samples(),
        outages::show::samples(),
        people::first_password::samples(),
        products::samples(),
        costs::samples(),
        features::samples(),
        quotas::samples(),
        settings::samples(),
        sla_profiles::list::samples(),
        sla_profiles::form::samples(),
        sla_profiles::show::samples(),
        tasks::samples(),
        templates::samples(),
        staff::list::samples(),
        staff::form::samples(),
        staff::show::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
