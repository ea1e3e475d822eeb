//! What is true of a server just now: what keeps it from being used, what is under way, and what can be asked.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{
    show::Server,
    words::{Act, Asked, Stage, Status},
};
use crate::{
    page::{Area, page},
    t, t_with,
    ui::{Button, Card, Kind, LinkButton, Notice, Tone, When, time},
};

/// Something that was asked and has not ended.
#[derive(Clone, Debug)]
pub struct Open {
    pub asked: Asked,
    /// Of what: a snapshot, a new name.
    pub detail: Option<String>,
    pub stage: Stage,
    pub who: String,
    pub asked_at: DateTime<Utc>,
    /// Where it can be taken back.
    pub withdraw_href: Option<String>,
}

/// The sentences above everything else.
pub(super) fn notices(server: &Server) -> impl IntoView + use<> {
    let title = match page().area {
        Area::Admin => t("server-locked-staff"),
        _ => t("server-locked"),
    };
    let locked = server
        .locked
        .clone()
        .map(|because| view! { <Notice tone=Tone::Warning title=title>{because}</Notice> });
    let cancelled = server.cancels_on.map(|day| {
        let title = t_with("server-cancelled", &[("date", time::day(day).into())]);
        view! { <Notice tone=Tone::Warning title=title>{t("server-cancelled-text")}</Notice> }
    });
    let failed = server.status == Status::Failed;
    let trouble = (failed || server.error.is_some()).then(|| {
        let error = server.error.clone();
        let text = error.map_or_else(|| t("server-trouble-none").into_any(), IntoAny::into_any);
        view! { <Notice tone=Tone::Danger title=t("server-trouble")>{text}</Notice> }
    });
    view! { {locked}{trouble}{cancelled} }
}

/// What is under way; nothing where nothing is.
pub(crate) fn under_way(open: Vec<Open>) -> Option<impl IntoView> {
    let some = !open.is_empty();
    let rows = open.into_iter().map(|open| {
        let withdraw = open.withdraw_href.map(|href| {
            view! { <form method="post" action=href><Button label=t("server-withdraw") kind=Kind::Quiet/></form> }
        });
        let detail = open
            .detail
            .map(|detail| view! { " "<span class="muted">{detail}</span> });
        let who = t_with("server-under-way-by", &[("who", open.who.into())]);
        view! {
            <li>
                <div class="server-open">
                    <p><strong>{open.asked.label()}</strong>{detail}</p>
                    <p>{open.stage.text()}</p>
                    <p class="muted small">{who}" · "<When at=open.asked_at compact=true/></p>
                </div>
                {withdraw}
            </li>
        }
    });
    let rows = rows.collect_view();
    some.then(|| view! { <Card title=t("server-under-way") flush=true><ul class="rows">{rows}</ul></Card> })
}

/// The buttons; nothing for those who may ask for nothing now. Those of snapshots stand by the snapshots.
pub(super) fn buttons(href: &str, acts: &[Act]) -> Option<impl IntoView + use<>> {
    let buttons: Vec<_> = acts
        .iter()
        .filter(|act| {
            !matches!(
                act,
                Act::TakeSnapshot | Act::RenameSnapshot | Act::RollBack | Act::DeleteSnapshot
            )
        })
        .map(|act| button(href, *act))
        .collect();
    (!buttons.is_empty()).then(|| {
        view! { <Card title=t("server-actions")><div class="server-buttons">{buttons}</div></Card> }
    })
}

fn button(href: &str, act: Act) -> impl IntoView + use<> {
    let href = [href, "/act/", act.name()].concat();
    if act == Act::Start {
        return view! { <form method="post" action=href><Button label=act.label() kind=Kind::Primary/></form> }
            .into_any();
    }
    let kind = if act.destroys() { Kind::Danger } else { Kind::Secondary };
    view! { <LinkButton label=act.label() href=href kind=kind confirm=act.asks_first()/> }.into_any()
}
