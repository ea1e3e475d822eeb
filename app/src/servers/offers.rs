//! What else a server could be, as Contabo offers it today. It is read when the page is asked for, and nothing of it can
//! be ordered over Contabo's API.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Card, Cell, Column, Crumb, EmptyState, HeadCell, Icon, Layout, Notice, NumberCell, State, StateBadge, Table,
        Tone,
    },
};

/// A plan. What Contabo does not say is none.
#[derive(Clone, Debug)]
pub struct Offer {
    pub plan: String,
    pub is_current: bool,
    pub cores: Option<i64>,
    /// As `8 GB`.
    pub memory: Option<String>,
    pub disk: Option<String>,
    /// Each month, in the account's currency, which Contabo does not name.
    pub price: Option<String>,
    /// What has to be known before: whether data stays, what changes.
    pub notes: Vec<String>,
}

/// The page; `Err`: why there is nothing to show.
#[component]
pub fn OffersPage(server: String, href: String, offers: Result<Vec<Offer>, String>) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-servers"), "/admin/servers"), Crumb::new(server, href)];
    let content = match offers {
        Err(why) => view! { <Notice tone=Tone::Danger title=t("offers-unread")>{why}</Notice> }.into_any(),
        Ok(offers) if offers.is_empty() => {
            view! { <Card><EmptyState title=t("offers-none") text=t("offers-none-text") icon=Icon::Server/></Card> }
                .into_any()
        }
        Ok(offers) => table(offers).into_any(),
    };
    view! {
        <Layout title=t("offers") lead=t("offers-lead") crumbs=crumbs>
            <Notice tone=Tone::Info>{t("offers-not-here")}</Notice>
            {content}
        </Layout>
    }
}

fn table(offers: Vec<Offer>) -> impl IntoView {
    let (plan, cores, memory) = (t("offers-plan"), t("server-cores"), t("server-ram"));
    let (disk, price, notes) = (t("server-disk"), t("offers-price"), t("offers-notes"));
    let columns = vec![
        Column::text(plan),
        Column::number(cores),
        Column::number(memory),
        Column::number(disk),
        Column::number(price),
        Column::text(notes),
    ];
    let said = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let rows = offers.into_iter().map(|offer| {
        let current = offer
            .is_current
            .then(|| view! { <StateBadge state=State::Up label=t("offers-current")/> });
        let items = offer
            .notes
            .into_iter()
            .map(|note| view! { <li>{note}</li> })
            .collect_view();
        view! {
            <tr>
                <HeadCell><span class="two-lines">{offer.plan}{current}</span></HeadCell>
                <NumberCell of=cores>{said(offer.cores.map(|cores| cores.to_string()))}</NumberCell>
                <NumberCell of=memory>{said(offer.memory)}</NumberCell>
                <NumberCell of=disk>{said(offer.disk)}</NumberCell>
                <NumberCell of=price>{said(offer.price)}</NumberCell>
                <Cell of=notes><ul>{items}</ul></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card flush=true><Table caption=t("offers") columns=columns>{rows}</Table></Card> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        ..samples::page(Area::Admin)
    };
    let offer = |text: &str, is_current| Offer {
        plan: text.to_owned(),
        is_current,
        cores: Some(6),
        memory: Some("12\u{a0}GB".to_owned()),
        disk: Some("200\u{a0}GB".to_owned()),
        price: Some("7.90".to_owned()),
        notes: vec![text.to_owned()],
    };
    let href = || "/admin/servers/1".to_owned();
    vec![
        Sample::new("server-offers", page(), move || {
            let offers = Ok(vec![offer("Cloud VPS 4", true), offer("Cloud VPS 6", false)]);
            view! { <OffersPage server="web-1".to_owned() href=href() offers=offers/> }
        }),
        Sample::new("server-offers-none", page(), move || {
            view! { <OffersPage server="web-1".to_owned() href=href() offers=Ok(Vec::new())/> }
        }),
        Sample::new("server-offers-unread", page(), move || {
            view! { <OffersPage server="web-1".to_owned() href=href() offers=Err(HOSTILE.to_owned())/> }
        }),
        Sample::new("server-offers-hostile", page(), move || {
            let bare = Offer {
                cores: None,
                memory: None,
                disk: None,
                price: None,
                notes: Vec::new(),
                ..offer(HOSTILE, false)
            };
            let offers = Ok(vec![offer(HOSTILE, true), bare]);
            view! { <OffersPage server=HOSTILE.to_owned() href=href() offers=offers/> }
        }),
    ]
}
