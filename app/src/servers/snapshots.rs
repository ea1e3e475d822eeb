//! The snapshots of a server, and what can be done with each.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::words::Act;
use crate::{
    t,
    ui::{Card, Cell, Column, HeadCell, Kind, LinkButton, Table, When},
};

/// One of them.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub id: String,
    pub name: String,
    pub description: String,
    pub system: String,
    pub taken_at: Option<DateTime<Utc>>,
    /// When Contabo deletes it by itself.
    pub kept_until: Option<DateTime<Utc>>,
}

/// All of them, as they were last read.
#[derive(Clone, Debug, Default)]
pub struct Snapshots {
    pub all: Vec<Snapshot>,
    pub read_at: Option<DateTime<Utc>>,
}

pub(super) fn snapshots_card(href: &str, acts: &[Act], snapshots: Snapshots) -> impl IntoView + use<> {
    let title = t("server-snapshots");
    let take = acts.contains(&Act::TakeSnapshot).then(|| {
        let href = [href, "/act/", Act::TakeSnapshot.name()].concat();
        view! { <LinkButton label=Act::TakeSnapshot.label() href=href/> }
    });
    let actions = take.into_any();
    let Some(read_at) = snapshots.read_at else {
        return view! { <Card title=title actions=actions><p class="muted">{t("server-snapshots-unread")}</p></Card> }
            .into_any();
    };
    let read =
        view! { <p class="muted small card-line">{t("server-snapshots-read")}" "<When at=read_at compact=true/></p> };
    if snapshots.all.is_empty() {
        return view! { <Card title=title actions=actions flush=true><p class="muted card-line">{t("server-snapshots-none")}</p>{read}</Card> }
            .into_any();
    }
    let on_each: Vec<Act> = [Act::RenameSnapshot, Act::RollBack, Act::DeleteSnapshot]
        .into_iter()
        .filter(|act| acts.contains(act))
        .collect();
    let (name, taken, until, system) = (
        t("server-snapshot-name"),
        t("server-snapshot-taken"),
        t("server-snapshot-until"),
        t("server-snapshot-system"),
    );
    let mut columns: Vec<Column> = [name, taken, until, system].map(Column::text).into();
    columns.extend((!on_each.is_empty()).then(|| Column::text(t("server-snapshot-actions"))));
    let rows = snapshots.all.into_iter().map(|snapshot| {
        let buttons: Vec<_> = on_each.iter().map(|act| button(href, *act, &snapshot.id)).collect();
        let buttons = (!buttons.is_empty()).then(|| {
            view! { <Cell of=t("server-snapshot-actions")><span class="server-buttons">{buttons}</span></Cell> }
        });
        let description = (!snapshot.description.is_empty()).then(|| view! { <small>{snapshot.description}</small> });
        view! {
            <tr>
                <HeadCell><span class="two-lines">{snapshot.name}{description}</span></HeadCell>
                <Cell of=taken>{moment(snapshot.taken_at)}</Cell>
                <Cell of=until>{moment(snapshot.kept_until)}</Cell>
                <Cell of=system>{snapshot.system}</Cell>
                {buttons}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title actions=actions flush=true><Table caption=title columns=columns>{rows}</Table>{read}</Card> }
        .into_any()
}

fn moment(at: Option<DateTime<Utc>>) -> AnyView {
    match at {
        Some(at) => view! { <When at=at compact=true/> }.into_any(),
        None => "–".into_any(),
    }
}

fn button(href: &str, act: Act, snapshot: &str) -> impl IntoView + use<> {
    let href = [href, "/act/", act.name(), "?snapshot=", snapshot].concat();
    // Shorter than elsewhere: the row says of what.
    let label = match act {
        Act::RenameSnapshot => t("server-snapshot-rename-short"),
        Act::DeleteSnapshot => t("server-snapshot-delete-short"),
        act => act.label(),
    };
    view! { <LinkButton label=label href=href kind=Kind::Quiet/> }
}
