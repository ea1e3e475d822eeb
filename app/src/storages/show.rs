//! One object storage: what it is, how full it is, how it is reached, and what can be done with it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use leptos::prelude::*;

use super::{Status, Use};
use crate::{
    admin::things::{Happening, LIVE_THINGS, happening, sample_happening},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, CodeBlock, CopyField, Crumb, KeyValue, KeyValues, Kind, Layout, LinkButton, Live, Notice, Tone,
        When,
    },
};

/// Everything of one storage that the visitor may see.
#[derive(Clone, Debug)]
pub struct Storage {
    pub name: String,
    pub list_href: String,
    pub status: Status,
    pub client: Option<String>,
    pub region: String,
    pub data_centre: String,
    pub used: Use,
    /// When Contabo was asked last.
    pub counted_at: Option<DateTime<Utc>>,
    /// Up to how much it grows by itself; none: it does not.
    pub grows_to: Option<String>,
    pub growth_error: Option<String>,
    pub created_at: Option<DateTime<Utc>>,
    pub cancels_on: Option<NaiveDate>,
    pub reach: Option<Reach>,
    pub keys: Keys,
    /// What only staff see.
    pub provider: Option<Provider>,
}

/// How it is reached.
#[derive(Clone, Debug)]
pub struct Reach {
    pub endpoint: String,
    pub region: String,
    /// Part of public links.
    pub tenant: String,
    /// Names of programs, and what to give them.
    pub examples: Vec<(&'static str, String)>,
}

/// The keys, as far as the visitor may have them.
#[derive(Clone, Debug)]
pub enum Keys {
    /// Where they are shown and renewed.
    Open { show_href: String, renew_href: String },
    /// Not with the visitor's role.
    NotYours,
    /// The provider gives them itself.
    AskProvider,
}

/// What only staff see.
#[derive(Clone, Debug)]
pub struct Provider {
    pub account: String,
    pub contabo_id: String,
    /// Where it is given to a client, for those who may.
    pub give_href: Option<String>,
    /// Whether clients may have the keys of the account.
    pub clients_have_keys: bool,
    /// Where that is changed, for those who may.
    pub allow_href: Option<String>,
    /// Where it is changed itself, for those who may.
    pub changes: Option<Changes>,
    pub happening: Happening,
}

/// Where a storage is named anew, made larger and cancelled.
#[derive(Clone, Debug)]
pub struct Changes {
    pub rename: String,
    pub resize: String,
    pub cancel: String,
}

/// The page; `refused`: why what was just tried was not done.
#[component]
pub fn StoragePage(storage: Storage, refused: Option<Text>) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("storages"), storage.list_href.clone())];
    let badge = storage.status.clone().badge().into_any();
    let refused = refused.map(|why| view! { <Notice tone=Tone::Danger>{why}</Notice> });
    let cancelled = storage.cancels_on.map(|day| {
        let title = t_with(
            "storage-cancelled",
            &[("date", day.format("%Y-%m-%d").to_string().into())],
        );
        view! { <Notice tone=Tone::Warning title=title>{t("storage-cancelled-text")}</Notice> }
    });
    let growth = storage.growth_error.clone().map(|why| {
        view! { <Notice tone=Tone::Warning title=t("storage-growth-failed")>{why}</Notice> }
    });
    let title = storage.name.clone();
    let (facts, is_cancelled) = (facts(&storage), storage.cancels_on.is_some());
    let (provider, what_happens) = match storage.provider.clone() {
        Some(provider) => (
            Some(provider_card(provider.clone(), is_cancelled)),
            Some(happening(provider.happening, None)),
        ),
        None => (None, None),
    };
    view! {
        <Layout title=title crumbs=crumbs badge=badge>
            {refused}
            <Live id=LIVE_THINGS><div class="stack">{cancelled}{growth}{facts}</div></Live>
            {what_happens}
            {storage.reach.map(reach_card)}
            {keys_card(storage.keys)}
            {limits_card()}
            {provider}
        </Layout>
    }
}

fn facts(storage: &Storage) -> impl IntoView + use<> {
    let said = |text: &str| {
        if text.is_empty() {
            t("server-not-said").to_owned()
        } else {
            text.to_owned()
        }
    };
    let counted = storage
        .counted_at
        .map(|at| view! { " "<span class="muted small">{t("storage-counted")}" "<When at=at compact=true/></span> });
    let grows = match storage.grows_to.clone() {
        Some(to) => t_with("storage-grows-to", &[("size", to.into())]),
        None => t("storage-grows-not").to_owned(),
    };
    let client = storage
        .client
        .clone()
        .map(|client| view! { <KeyValue label=t("storage-client")>{client}</KeyValue> });
    let created = storage
        .created_at
        .map(|at| view! { <KeyValue label=t("server-created")><When at=at/></KeyValue> });
    let (meter, objects) = (storage.used.meter(), storage.used.objects());
    let (region, data_centre) = (said(&storage.region), said(&storage.data_centre));
    view! {
        <Card title=t("storage-facts")>
            <KeyValues>
                <KeyValue label=t("storage-used")>{meter}{counted}</KeyValue>
                <KeyValue label=t("storage-objects")>{objects}</KeyValue>
                <KeyValue label=t("storage-growth")>{grows}</KeyValue>
                {client}
                <KeyValue label=t("storage-region")>{region}</KeyValue>
                <KeyValue label=t("server-data-centre")>{data_centre}</KeyValue>
                {created}
            </KeyValues>
        </Card>
    }
}

fn reach_card(reach: Reach) -> impl IntoView {
    const IDS: [&str; 4] = ["example-1", "example-2", "example-3", "example-4"];
    let examples = IDS.into_iter().zip(reach.examples).map(|(id, (name, text))| {
        view! { <details><summary>{name}</summary><CodeBlock id=id label=name text=text/></details> }
    });
    let examples = examples.collect_view();
    let tenant = (!reach.tenant.is_empty())
        .then(|| view! { <CopyField id="storage-tenant" label=t("storage-tenant") value=reach.tenant/> });
    view! {
        <Card title=t("storage-reach")>
            <div class="stack">
                <CopyField id="storage-endpoint" label=t("storage-endpoint") value=reach.endpoint/>
                <CopyField id="storage-sign-region" label=t("storage-sign-region") value=reach.region/>
                {tenant}
                <p class="muted">{t("storage-path-style")}</p>
                {examples}
                <p class="muted">{t("storage-buckets")}</p>
            </div>
        </Card>
    }
}

fn keys_card(keys: Keys) -> impl IntoView {
    let content = match keys {
        Keys::Open { show_href, renew_href } => view! {
            <p>{t("storage-keys-text")}</p>
            <div class="form-actions">
                <form method="post" action=show_href><Button label=t("storage-keys-show") kind=Kind::Primary/></form>
                <LinkButton label=t("storage-keys-renew") href=renew_href confirm=true/>
            </div>
        }
        .into_any(),
        Keys::NotYours => view! { <p class="muted">{t("storage-keys-not-yours")}</p> }.into_any(),
        Keys::AskProvider => view! { <p class="muted">{t("storage-keys-ask")}</p> }.into_any(),
    };
    view! { <Card title=t("storage-keys")>{content}</Card> }
}

fn limits_card() -> impl IntoView {
    let limits = [
        ("storage-limit-object", "5\u{a0}TB"),
        ("storage-limit-buckets", "100"),
        ("storage-limit-objects", "3,000,000"),
        ("storage-limit-requests", "250/s"),
        ("storage-limit-rate", "80\u{a0}Mbit/s"),
    ];
    let rows = limits
        .map(|(key, value)| view! { <KeyValue label=t(key)>{value}</KeyValue> })
        .collect_view();
    view! { <Card title=t("storage-limits")><KeyValues>{rows}</KeyValues></Card> }
}

fn provider_card(provider: Provider, is_cancelled: bool) -> impl IntoView {
    let changes = provider.changes.map(|changes| change_buttons(changes, is_cancelled));
    let give = provider
        .give_href
        .map(|href| view! { <LinkButton label=t("storage-give") href=href/> });
    let allowed = provider.clients_have_keys;
    let allow = provider.allow_href.map(|href| {
        let (label, value) = match allowed {
            true => (t("storage-keys-forbid"), ""),
            false => (t("storage-keys-allow"), "yes"),
        };
        view! { <form method="post" action=href><input type="hidden" name="allowed" value=value/><Button label=label/></form> }
    });
    let said = if allowed {
        t("storage-keys-allowed")
    } else {
        t("storage-keys-not-allowed")
    };
    view! {
        <Card title=t("storage-provider")>
            <KeyValues>
                <KeyValue label=t("storage-account")>{provider.account}</KeyValue>
                <KeyValue label=t("server-own-id")><code>{provider.contabo_id}</code></KeyValue>
                <KeyValue label=t("storage-keys-clients")>{said}</KeyValue>
            </KeyValues>
            <p class="muted">{t("storage-keys-shared")}</p>
            <div class="form-actions">{give}{allow}{changes}</div>
        </Card>
    }
}

fn change_buttons(changes: Changes, is_cancelled: bool) -> impl IntoView {
    let more = (!is_cancelled).then(|| {
        view! {
            <LinkButton label=t("storage-resize") href=changes.resize/>
            <LinkButton label=t("storage-cancel") href=changes.cancel/>
        }
    });
    view! { <LinkButton label=t("storage-rename") href=changes.rename/>{more} }
}

pub(super) fn sample(text: Option<&str>) -> Storage {
    let named = |usual: &str| text.unwrap_or(usual).to_owned();
    Storage {
        name: named("customer-backups"),
        list_href: "/portal/storages".to_owned(),
        status: Status::Ready,
        client: Some(named("Acme Logistics GmbH")),
        region: named("European Union"),
        data_centre: named("European Union 2"),
        used: Use {
            size: Some(1_000_000_000_000),
            used: Some(431_000_000_000),
            objects: Some(41_200),
        },
        counted_at: Some(samples::now() - TimeDelta::minutes(20)),
        grows_to: Some("2 TB".to_owned()),
        growth_error: text.map(str::to_owned),
        created_at: Some(samples::now() - TimeDelta::days(90)),
        cancels_on: text.and_then(|_| NaiveDate::from_ymd_opt(2026, 12, 31)),
        reach: Some(Reach {
            endpoint: named("https://eu2.contabostorage.com"),
            region: "us-east-1".to_owned(),
            tenant: named("2cd0f0bd5c0e4a9ea1b5"),
            examples: vec![
                (
                    "aws-cli",
                    named("aws --endpoint-url https://eu2.contabostorage.com s3 ls"),
                ),
                ("boto3", named("import boto3")),
                ("rclone", named("[contabo]\ntype = s3")),
                ("PHP", named("<?php")),
            ],
        }),
        keys: Keys::Open {
            show_href: "/portal/storages/1/keys".to_owned(),
            renew_href: "/portal/storages/1/renew".to_owned(),
        },
        provider: None,
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = |area| Page {
        current: "storages",
        ..samples::page(area)
    };
    let of_staff = |text: Option<&str>| Storage {
        provider: Some(Provider {
            account: text.unwrap_or("main account").to_owned(),
            contabo_id: text.unwrap_or("4a6f95be-2ac0-4e3c-8eed-0dc67afed640").to_owned(),
            give_href: Some("/admin/storages/1/give".to_owned()),
            clients_have_keys: text.is_some(),
            allow_href: Some("/admin/storages/1/allow".to_owned()),
            changes: Some(Changes {
                rename: "/admin/storages/1/name".to_owned(),
                resize: "/admin/storages/1/size".to_owned(),
                cancel: "/admin/storages/1/cancel".to_owned(),
            }),
            happening: sample_happening(text.unwrap_or("customer-backups")),
        }),
        ..sample(text)
    };
    vec![
        Sample::new(
            "storage",
            page(Area::Portal),
            || view! { <StoragePage storage=sample(None) refused=None/> },
        ),
        Sample::new("storage-quiet", page(Area::Portal), || {
            let storage = Storage {
                keys: Keys::NotYours,
                reach: None,
                grows_to: None,
                counted_at: None,
                created_at: None,
                used: Use {
                    size: None,
                    used: None,
                    objects: None,
                },
                region: String::new(),
                ..sample(None)
            };
            view! { <StoragePage storage=storage refused=None/> }
        }),
        Sample::new("storage-of-staff", page(Area::Admin), move || {
            let storage = Storage {
                keys: Keys::AskProvider,
                ..of_staff(None)
            };
            view! { <StoragePage storage=storage refused=None/> }
        }),
        Sample::new("storage-hostile", page(Area::Admin), move || {
            view! { <StoragePage storage=of_staff(Some(HOSTILE)) refused=Some(HOSTILE.into())/> }
        }),
    ]
}
