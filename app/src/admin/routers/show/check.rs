//! What a router was found to be and to have when it was last checked.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{
    Router,
    interfaces::{Interface, interface_table},
    state::{Reason, cure},
};
use crate::{
    t,
    ui::{Button, Card, EmptyState, Icon, Notice, Progress, Tone, When},
};

/// What the last check found.
#[derive(Clone, Debug)]
pub enum Check {
    Never,
    /// Asked for then, and not over.
    Running(DateTime<Utc>),
    Failed {
        at: DateTime<Utc>,
        reason: Reason,
    },
    Done {
        at: DateTime<Utc>,
        identity: String,
        version: String,
        interfaces: Vec<Interface>,
    },
}

pub(super) fn check_card(router: &Router) -> impl IntoView + use<> {
    let router = router.clone();
    let Router { href, may, .. } = router;
    let title = t("router-check");
    match router.check.clone() {
        Check::Never => view! {
            <Card title=title>
                <EmptyState title=t("router-check-never") text=t("router-check-never-text") icon=Icon::Refresh>
                    {may.check.then(|| view! { <form method="post" action=format!("{href}/check")><Button label=t("router-check-now")/></form> })}
                </EmptyState>
            </Card>
        }
        .into_any(),
        Check::Running(since) => view! {
            <Card title=title>
                <Progress label=t("router-check-running") done=None/>
                <p class="muted small">{t("router-check-asked")}" "<When at=since compact=true/></p>
            </Card>
        }
        .into_any(),
        Check::Failed { at, reason } => {
            let fix = cure(&href, reason.cure, may);
            view! {
            <Card title=title>
                <Notice tone=Tone::Danger title=t("router-check-failed")><p>{reason.text}</p>{fix}</Notice>
                <p class="muted small"><When at=at/></p>
            </Card>
        }
        .into_any()
        }
        Check::Done { at, identity, version, interfaces } => {
            let make = format!("{href}/links/new");
            let can = may.make_links && router.archived_at.is_none() && interfaces.iter().any(|one| one.link.is_none());
            let table = interface_table(interfaces, can);
            view! {
                <Card title=title flush=true>
                    <p class="card-note"><strong>{identity}</strong>" · RouterOS "{version}" · "<When at=at/></p>
                    <form method="get" action=make>
                        {table}
                        {can.then(|| view! { <div class="card-note row"><Button label=t("router-make-links") icon=Icon::Plus/><span class="muted small">{t("router-make-links-hint")}</span></div> })}
                    </form>
                </Card>
            }
            .into_any()
        }
    }
}
