//! What a server is: what Contabo says of it, in rows.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::words::size;
use crate::{
    t,
    text::Text,
    ui::{Card, Code, KeyValue, KeyValues, When},
};

/// An address with its network.
#[derive(Clone, Debug)]
pub struct Address {
    /// As short as it can be written.
    pub ip: String,
    pub prefix: u8,
    pub gateway: Option<String>,
    pub is_v4: bool,
}

/// The image that a server was installed from.
#[derive(Clone, Debug)]
pub enum Installed {
    /// Its name.
    There(String),
    /// The name that it had until it was deleted at Contabo.
    Gone(String),
    /// Contabo's id of one that was never seen.
    Unknown(String),
}

impl Installed {
    /// What it is called, if that is known.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::There(name) | Self::Gone(name) => Some(name),
            Self::Unknown(_) => None,
        }
    }
}

/// What is absent was not said.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Contabo's own name.
    pub name: String,
    pub addresses: Vec<Address>,
    pub mac: Option<String>,
    pub product: String,
    pub cores: Option<u32>,
    /// MiB.
    pub ram: Option<u64>,
    /// MiB.
    pub disk: Option<u64>,
    pub region: String,
    pub data_centre: String,
    pub system: String,
    pub installed: Option<Installed>,
    pub default_user: Option<String>,
    pub created_at: Option<DateTime<Utc>>,
    /// What its client pays each month, where that is shown.
    pub price: Option<String>,
}

pub(super) fn facts_card(facts: Facts) -> impl IntoView {
    let addresses = facts.addresses.into_iter().map(|address| {
        let label = match address.is_v4 {
            true => t("server-address-v4"),
            false => t("server-address-v6"),
        };
        let gateway = address.gateway.map(|gateway| {
            view! { <span class="muted small">{t("server-gateway")}" "<Code text=gateway/></span> }
        });
        let text = format!("{}/{}", address.ip, address.prefix);
        view! { <KeyValue label=label><span class="two-lines"><Code text=text/>{gateway}</span></KeyValue> }
    });
    let addresses = addresses.collect_view();
    let created = facts.created_at;
    view! {
        <Card title=t("server-facts")>
            <KeyValues>
                {addresses}
                {code(t("server-mac"), facts.mac)}
                {text(t("server-product"), facts.product)}
                {text(t("server-cores"), facts.cores.map(|cores| cores.to_string()).unwrap_or_default())}
                {text(t("server-ram"), facts.ram.map(size).unwrap_or_default())}
                {text(t("server-disk"), facts.disk.map(size).unwrap_or_default())}
                {text(t("server-region"), facts.region)}
                {text(t("server-data-centre"), facts.data_centre)}
                {text(t("server-system"), facts.system)}
                {facts.installed.map(image)}
                {code(t("server-default-user"), facts.default_user)}
                {created.map(|at| view! { <KeyValue label=t("server-created")><When at=at/></KeyValue> })}
                {code(t("server-own-name"), Some(facts.name))}
                {facts.price.map(|price| view! { <KeyValue label=t("server-price")><span class="figure">{price}</span></KeyValue> })}
            </KeyValues>
        </Card>
    }
}

fn image(installed: Installed) -> AnyView {
    let label = t("server-image");
    match installed {
        Installed::There(name) => text(label, name),
        Installed::Gone(name) => {
            let gone = view! { <span class="muted small">{t("server-image-gone")}</span> };
            view! { <KeyValue label=label><span class="two-lines">{name}{gone}</span></KeyValue> }.into_any()
        }
        Installed::Unknown(id) => code(label, Some(id)),
    }
}

fn text(label: impl Into<Text>, value: String) -> AnyView {
    if value.is_empty() {
        return view! { <KeyValue label=label><span class="muted">{t("server-not-said")}</span></KeyValue> }.into_any();
    }
    view! { <KeyValue label=label>{value}</KeyValue> }.into_any()
}

fn code(label: impl Into<Text>, value: Option<String>) -> AnyView {
    match value.filter(|value| !value.is_empty()) {
        None => text(label, String::new()),
        Some(value) => view! { <KeyValue label=label><Code text=value/></KeyValue> }.into_any(),
    }
}
