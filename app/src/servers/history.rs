//! What was asked of a server or of another thing, and how it ended.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::words::Asked;
use crate::{
    t,
    ui::{Button, Card, Cell, Column, HeadCell, Kind, State, StateBadge, Table, When},
};

/// One action.
#[derive(Clone, Debug)]
pub struct Past {
    pub asked: Asked,
    /// Of what: a snapshot, an image, a new name.
    pub detail: Option<String>,
    pub who: String,
    pub asked_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub end: End,
    /// Where the visitor gets the new password, once.
    pub password_href: Option<String>,
}

/// How it ended.
#[derive(Clone, Debug)]
pub enum End {
    NotYet,
    Done,
    Failed(Option<String>),
    Withdrawn,
}

impl End {
    /// Its badge, and why.
    pub(crate) fn shown(self) -> (State, &'static str, Option<String>) {
        match self {
            Self::NotYet => (State::Maintenance, t("server-in-progress"), None),
            Self::Done => (State::Up, t("server-done"), None),
            Self::Failed(why) => (State::Down, t("server-action-failed"), why),
            Self::Withdrawn => (State::Disabled, t("server-withdrawn"), None),
        }
    }
}

/// The table of them.
pub(crate) fn history_card(past: Vec<Past>) -> impl IntoView {
    let title = t("server-history");
    if past.is_empty() {
        return view! { <Card title=title><p class="muted">{t("server-history-none")}</p></Card> }.into_any();
    }
    let (what, who, when, end) = (
        t("server-history-what"),
        t("server-history-who"),
        t("server-history-when"),
        t("server-history-end"),
    );
    let columns = [what, who, when, end].map(Column::text).into();
    let rows = past.into_iter().map(|past| {
        let label = past.asked.label();
        let detail = past.detail.map(|detail| view! { <small>{detail}</small> });
        let password = past.password_href.map(|href| {
            view! { <form method="post" action=href><Button label=t("server-show-password") kind=Kind::Primary/></form> }
        });
        let (state, word, why) = past.end.shown();
        let ended = past.ended_at.map(|at| view! { " "<When at=at compact=true/> });
        let why = why.map(|why| view! { <span class="reason">{why}</span> });
        view! {
            <tr>
                <HeadCell><span class="two-lines">{label}{detail}</span></HeadCell>
                <Cell of=who>{past.who}</Cell>
                <Cell of=when><When at=past.asked_at compact=true/></Cell>
                <Cell of=end><div class="server-end"><span><StateBadge state=state label=word/>{ended}</span>{why}{password}</div></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}
