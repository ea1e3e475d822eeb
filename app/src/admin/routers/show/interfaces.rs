//! The interfaces that a check found, to be picked for links.

use leptos::prelude::*;

use crate::{
    admin::status::Status,
    t,
    ui::{Bytes, Cell, Column, HeadCell, NumberCell, Rate, StateBadge, Table},
};

/// One interface that a check found.
#[derive(Clone, Debug)]
pub struct Interface {
    /// RouterOS' `.id`.
    pub id: String,
    pub name: String,
    pub kind: String,
    pub comment: Option<String>,
    pub running: Option<bool>,
    pub disabled: bool,
    /// Octets since its start.
    pub rx_bytes: Option<f64>,
    pub tx_bytes: Option<f64>,
    /// bit/s, where they were measured just now.
    pub rx_bps: Option<f64>,
    pub tx_bps: Option<f64>,
    pub link_downs: Option<u64>,
    /// The link that it already is.
    pub link: Option<(String, String)>,
}

pub(super) fn interface_table(interfaces: Vec<Interface>, can: bool) -> impl IntoView {
    let (name, kind, state, link) = (t("interface"), t("interface-kind"), t("list-state"), t("link"));
    let (rx, tx, downs) = (t("interface-rx"), t("interface-tx"), t("interface-downs"));
    let columns = vec![
        Column::text(name),
        Column::text(kind),
        Column::text(state),
        Column::number(rx),
        Column::number(tx),
        Column::number(downs),
        Column::text(link),
    ];
    let rows = interfaces.into_iter().enumerate().map(|(at, one)| {
        let status = match (one.disabled, one.running) {
            (true, _) => Status::Disabled,
            (false, Some(true)) => Status::Up,
            (false, Some(false)) => Status::Down,
            (false, None) => Status::Unknown,
        };
        let id = format!("interface-{at}");
        let (text, comment) = (one.name.clone(), one.comment);
        let comment = comment.map(|comment| view! { <small>{comment}</small> });
        let head = if can && one.link.is_none() {
            let label = id.clone();
            view! { <span class="pick"><input type="checkbox" id=id name="interface" value=one.id/><label for=label class="two-lines"><code>{text}</code>{comment}</label></span> }.into_any()
        } else {
            view! { <span class="two-lines"><code>{text}</code>{comment}</span> }.into_any()
        };
        let traffic = |bytes: Option<f64>, bps: Option<f64>| view! { <span class="two-lines">{bps.map(|bps| view! { <Rate value=bps/> })}<small><Bytes value=bytes/></small></span> };
        view! {
            <tr>
                <HeadCell>{head}</HeadCell>
                <Cell of=kind>{one.kind}</Cell>
                <Cell of=state><StateBadge state=status.state() label=status.word()/></Cell>
                <NumberCell of=rx>{traffic(one.rx_bytes, one.rx_bps)}</NumberCell>
                <NumberCell of=tx>{traffic(one.tx_bytes, one.tx_bps)}</NumberCell>
                <NumberCell of=downs>{one.link_downs}</NumberCell>
                <Cell of=link>{one.link.map(|(name, href)| view! { <a href=href>{name}</a> })}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("interfaces") columns=columns>{rows}</Table> }
}
