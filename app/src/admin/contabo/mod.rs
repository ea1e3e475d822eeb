//! The tenant's accounts at Contabo: how each fares, and how it is set up. Their servers are in `instances`.

pub mod archive;
pub mod form;
pub mod list;
pub mod people;
pub mod secret;
pub mod show;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    samples, t,
    ui::{Crumb, State, When},
};

/// How the readings of an account fare, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// No reading has ended yet.
    New,
    Read,
    /// Well at last, and too long ago.
    Late,
    /// The last reading failed.
    Failing,
    /// It is not asked.
    Off,
}

impl Health {
    /// The word, in the page's language.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => t("contabo-health-new"),
            Self::Read => t("contabo-health-read"),
            Self::Late => t("contabo-health-late"),
            Self::Failing => t("contabo-health-failing"),
            Self::Off => t("contabo-health-off"),
        }
    }

    /// Its colour and shape.
    pub fn state(self) -> State {
        match self {
            Self::New => State::Unknown,
            Self::Read => State::Up,
            Self::Late => State::Degraded,
            Self::Failing => State::Down,
            Self::Off => State::Disabled,
        }
    }
}

/// What became of the last sign-in, as far as the last reading tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    Accepted,
    Refused,
    Unknown,
}

impl SignIn {
    fn word(self) -> &'static str {
        match self {
            Self::Accepted => t("contabo-sign-in-accepted"),
            Self::Refused => t("contabo-sign-in-refused"),
            Self::Unknown => t("contabo-sign-in-unknown"),
        }
    }
}

/// An account, as lists and its own page show it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its own address, without a slash at the end; its actions lie below.
    pub href: String,
    pub name: String,
    pub client_id: String,
    pub username: String,
    /// When a new client secret was asked for, while nobody knows what became of it.
    pub secret_asked_at: Option<DateTime<Utc>>,
    pub health: Health,
    pub sign_in: SignIn,
    /// Why the last reading failed: Contabo's words, where it said some.
    pub error: Option<String>,
    /// When it was last read whole.
    pub read_at: Option<DateTime<Utc>>,
    /// When the last reading ended, well or not.
    pub tried_at: Option<DateTime<Utc>>,
    /// While one is under way.
    pub reading_since: Option<DateTime<Utc>>,
    /// None: it is switched off.
    pub next_at: Option<DateTime<Utc>>,
    pub failures: u64,
    pub servers: usize,
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("contabo-accounts"), "/admin/contabo")]
}

fn crumbs_of(name: String, href: String) -> Vec<Crumb> {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(name, href));
    crumbs
}

/// A moment, or that there was none.
fn when(at: Option<DateTime<Utc>>) -> AnyView {
    match at {
        Some(at) => view! { <When at=at compact=true/> }.into_any(),
        None => view! { <span class="muted">{t("never")}</span> }.into_any(),
    }
}

/// When it is read next. What is due is read within seconds.
fn next(account: &Account) -> AnyView {
    match (account.next_at, account.reading_since) {
        (_, Some(since)) => view! { <span>{t("contabo-reading")}" "<When at=since compact=true/></span> }.into_any(),
        (Some(at), None) if at <= crate::page::page().now => view! { <span>{t("contabo-next-soon")}</span> }.into_any(),
        (Some(at), None) => view! { <When at=at compact=true/> }.into_any(),
        (None, None) => view! { <span class="muted">{t("never")}</span> }.into_any(),
    }
}

fn sample_account(name: &str, health: Health) -> Account {
    let now = samples::now();
    let ago = |minutes| Some(now - chrono::TimeDelta::minutes(minutes));
    let failing = health == Health::Failing;
    Account {
        href: "/admin/contabo/1".to_owned(),
        name: name.to_owned(),
        client_id: "INT-12345678".to_owned(),
        username: "api@northbridge.example".to_owned(),
        secret_asked_at: failing.then_some(now),
        health,
        sign_in: match health {
            Health::Failing => SignIn::Refused,
            Health::New | Health::Off => SignIn::Unknown,
            Health::Read | Health::Late => SignIn::Accepted,
        },
        error: failing.then(|| format!("Contabo refused the sign-in (401): invalid_grant: {name}")),
        read_at: if health == Health::New {
            None
        } else {
            ago(if failing { 94 } else { 2 })
        },
        tried_at: if health == Health::New { None } else { ago(2) },
        reading_since: (health == Health::New).then_some(now),
        next_at: (health != Health::Off).then(|| now + chrono::TimeDelta::minutes(1)),
        failures: if failing { 5 } else { 0 },
        servers: 14,
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<samples::Sample> {
    [
        list::samples(),
        form::samples(),
        show::samples(),
        archive::samples(),
        secret::samples(),
        people::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
