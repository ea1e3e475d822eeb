//! What came of several servers that something was done to at once: what was asked is followed to its end.

use leptos::prelude::*;

use super::bulk::What;
use crate::{
    admin::Subject,
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::{End, words::Stage},
    t, t_count, t_with,
    ui::{
        Card, Cell, Column, Crumb, FormActions, HeadCell, Kind, Layout, LinkButton, Live, Notice, Progress, State,
        StateBadge, Table, Tone,
    },
};

/// The part that changes while something is under way.
pub const LIVE: &str = "bulk-came";

/// What came of one.
#[derive(Clone, Debug)]
pub enum Came {
    /// It is an action, which has ended or is so far.
    Asked(End, Stage),
    Given,
    TakenBack,
    /// Why not.
    Refused(Refusal),
}

/// Why nothing was done to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Gone,
    AlreadyAsked,
    TooMany,
    Cancelled,
    Quota,
    Changed,
}

impl Refusal {
    const ALL: [Self; 6] = [
        Self::Gone,
        Self::AlreadyAsked,
        Self::TooMany,
        Self::Cancelled,
        Self::Quota,
        Self::Changed,
    ];

    /// The word in an address, which has many of them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::AlreadyAsked => "same",
            Self::TooMany => "many",
            Self::Cancelled => "ends",
            Self::Quota => "full",
            Self::Changed => "new",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.name() == name)
    }

    fn text(self) -> &'static str {
        match self {
            Self::Gone => t("bulk-why-gone"),
            Self::AlreadyAsked => t("bulk-why-already"),
            Self::TooMany => t("bulk-why-too-many"),
            Self::Cancelled => t("bulk-why-cancelled"),
            Self::Quota => t("bulk-why-quota"),
            Self::Changed => t("bulk-why-conflict"),
        }
    }
}

/// One that was chosen, with what came of it. What is gone has no page.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub server: Subject,
    pub came: Came,
}

/// The page after it.
#[component]
pub fn BulkResult(what: What, outcomes: Vec<Outcome>) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-servers"), "/admin/servers")];
    let count = |fits: fn(&Came) -> bool| outcomes.iter().filter(|one| fits(&one.came)).count();
    let refused = count(|came| matches!(came, Came::Refused(_)));
    let given = count(|came| matches!(came, Came::Given | Came::TakenBack));
    let asked = count(|came| matches!(came, Came::Asked(..)));
    let ended = asked - count(|came| matches!(came, Came::Asked(End::NotYet, _)));
    let given =
        (given > 0).then(|| view! { <Notice tone=Tone::Success>{t_count("bulk-given", given as u64)}</Notice> });
    let refused =
        (refused > 0).then(|| view! { <Notice tone=Tone::Danger>{t_count("bulk-refused", refused as u64)}</Notice> });
    let progress = (asked > 0).then(|| {
        let so_far = [("ended", ended.into()), ("all", asked.into())];
        // A page has a hundred at most.
        let share = ended as f64 / asked as f64;
        view! { <Progress label=t_with("bulk-ended", &so_far) done=Some(share)/> }
    });
    let (server, result) = (t("fleet-server"), t("bulk-result"));
    let columns = [server, result].map(Column::text).into();
    let rows = outcomes.into_iter().map(|one| {
        view! {
            <tr>
                <HeadCell><a href=one.server.href>{one.server.name}</a></HeadCell>
                <Cell of=result>{came(one.came)}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Layout title=what.title() crumbs=crumbs>
            {refused}
            {given}
            <Live id=LIVE>
                <div class="stack">
                    {progress}
                    <Card title=t("bulk-results") flush=true><Table caption=t("bulk-results") columns=columns>{rows}</Table></Card>
                </div>
            </Live>
            <FormActions><LinkButton label=t("bulk-to-list") href="/admin/servers" kind=Kind::Primary/></FormActions>
        </Layout>
    }
}

fn came(came: Came) -> AnyView {
    let badge = |state, label| view! { <StateBadge state=state label=label/> };
    match came {
        Came::Asked(end, stage) => {
            let stage = matches!(end, End::NotYet).then(|| view! { <small>{stage.text()}</small> });
            let (state, word, why) = end.shown();
            let why = why.map(|why| view! { <span class="reason">{why}</span> });
            view! { <span class="two-lines">{badge(state, word)}{stage}{why}</span> }.into_any()
        }
        Came::Given => badge(State::Up, t("bulk-came-given")).into_any(),
        Came::TakenBack => badge(State::Up, t("bulk-came-taken")).into_any(),
        Came::Refused(why) => view! { <span class="reason">{why.text()}</span> }.into_any(),
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        ..samples::page(Area::Admin)
    };
    let outcome = |text: &str, came| Outcome {
        server: Subject {
            name: text.to_owned(),
            href: "/admin/servers/1".to_owned(),
        },
        came,
    };
    let outcomes = move |text: &str| {
        vec![
            outcome(text, Came::Asked(End::NotYet, Stage::HeldUp)),
            outcome(text, Came::Asked(End::Done, Stage::UnderWay)),
            outcome(text, Came::Asked(End::Failed(Some(text.to_owned())), Stage::UnderWay)),
            outcome(text, Came::Asked(End::Withdrawn, Stage::Waiting)),
            outcome(text, Came::Refused(Refusal::TooMany)),
            outcome(text, Came::Refused(Refusal::Gone)),
        ]
    };
    vec![
        Sample::new("admin-bulk-result", page(), move || {
            view! { <BulkResult what=What::Restart outcomes=outcomes("web-01")/> }
        }),
        Sample::new("admin-bulk-given", page(), move || {
            let outcomes = vec![outcome("web-01", Came::Given), outcome("web-02", Came::TakenBack)];
            view! { <BulkResult what=What::Assign outcomes=outcomes/> }
        }),
        Sample::new("admin-bulk-result-hostile", page(), move || {
            view! { <BulkResult what=What::Shutdown outcomes=outcomes(HOSTILE)/> }
        }),
    ]
}
