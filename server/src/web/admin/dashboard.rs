//! `GET /admin`: what is wrong, what changed, whether polling works, which work is planned.

use actix_web::{HttpResponse, web};
use app::admin::{
    Subject,
    dashboard::{
        AdminDashboard, Count, Dashboard, FailedAction, FirstStep, Maintenance, Polls, Servers, Step, Worker, Wrong,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{link_status, router_status, tasks};
use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            self, accounts,
            resources::{self, Domain},
        },
        links::{list as links, status},
        maintenance::list::keep_first_of_series,
        routers::list as routers,
        tasks as domain_tasks,
    },
    site::Site,
    web::{
        Error, Page, admin,
        guard::{Staff, StaffPermission},
        live, route,
        servers::words::asked_of,
    },
};

/// The worst of what is wrong; the lists have the rest.
const WRONG: usize = 8;

/// Maintenance windows that are under way or come next.
const WINDOWS: usize = 4;

/// Actions that failed; the pages of their servers have the rest.
const FAILED: u64 = 5;

/// Tasks that are open; their own page has the rest.
const TASKS: usize = 5;

/// How long a failed action stands here.
const LAST_DAY: TimeDelta = TimeDelta::days(1);

/// A worker steps at least each second; later than this, it hangs.
const LATE: TimeDelta = TimeDelta::seconds(5);

pub(in crate::web) async fn get(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let now = site.clock.now();
    let board = admin::board(&site, &staff).await?;
    let changes = admin::changes(&staff.tenant.rows(), None).await?;
    let servers = servers(&staff, &board, now).await?;
    let open = domain_tasks::list(&staff.tenant.rows(), true).await?;
    let dashboard = Dashboard {
        links: links::counts(&board, now)
            .map(|(status, count)| Count {
                status: link_status(status),
                count,
                href: format!("{}?state={}", route::AdminLinks, status.name()),
            })
            .into(),
        routers: routers::counts(&board)
            .map(|(status, count)| Count {
                status: router_status(status),
                count,
                href: format!("{}?state={}", route::AdminRouters, status.name()),
            })
            .into(),
        wrong: wrong(&board, now),
        changes: changes
            .into_iter()
            .map(|row| admin::change(row, Some(&board)))
            .collect(),
        polls: polls(&board, now),
        workers: workers(&site, now),
        maintenance: maintenance(&board, now),
        steps: steps(&board, &staff),
        servers,
        tasks: open.iter().take(TASKS).map(|row| tasks::shown(&staff, row)).collect(),
        tasks_open: open.len() as u64,
    };
    let parts = [
        "dashboard-now",
        "dashboard-tasks",
        "dashboard-changes",
        "dashboard-collector",
    ];
    let page = page
        .at("dashboard")
        .live(live::admin(live::Subject::Everything, &board, &parts, &[]));
    Ok(page.ok(move || view! { <AdminDashboard dashboard=dashboard/> }))
}

/// Routers that can't be polled, then links, each worst first.
fn wrong(board: &Snapshot, now: DateTime<Utc>) -> Vec<Wrong> {
    let routers = routers::list(board, &routers::Wanted::default()).into_iter();
    let routers = routers
        .take_while(|one| matches!(one.status, routers::Status::Unreachable | routers::Status::Failing))
        .map(|one| Wrong {
            subject: Subject {
                name: one.now.router.name.clone(),
                href: route::AdminRouter {
                    router: one.now.router.id,
                }
                .to_string(),
            },
            whose: one.now.router.site.clone(),
            status: router_status(one.status),
            since: one.now.state.as_ref().map(|state| state.since),
            reason: one.now.state.as_ref().and_then(|state| state.reason.clone()),
        });
    let links = links::list(board, now, &links::Wanted::default()).into_iter();
    let links = links
        .take_while(|one| one.standing.status <= status::Status::Unknown)
        .map(|one| Wrong {
            subject: Subject {
                name: one.now.link.name.clone(),
                href: route::AdminLink { link: one.now.link.id }.to_string(),
            },
            whose: links::client_name(board, one.now).to_owned(),
            status: link_status(one.standing.status),
            since: one.standing.since,
            reason: one.standing.reason,
        });
    routers.chain(links).take(WRONG).collect()
}

fn polls(board: &Snapshot, now: DateTime<Utc>) -> Polls {
    let cycle = i64::from(board.tenant.poll_seconds);
    let polled = board.routers.values().filter(|now| {
        let router = &now.router;
        router.enabled && router.archived_at.is_none()
    });
    let mut polls = Polls {
        cycle,
        ..Polls::default()
    };
    for one in polled {
        polls.routers += 1;
        let Some(state) = &one.state else { continue };
        let age = state.last_success_at.map(|at| now - at);
        // A poll takes its time, so a whole cycle may lie between two by a few seconds more.
        if age.is_some_and(|age| age <= TimeDelta::seconds(cycle + 30)) {
            polls.whole += 1;
        }
        polls.overruns += u64::try_from(state.overruns).unwrap_or(0);
        let took = state.poll_ms.map(f64::from);
        polls.longest_ms = match (polls.longest_ms, took) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (one, None) | (None, one) => one,
        };
    }
    polls
}

fn workers(site: &Site, now: DateTime<Utc>) -> Vec<Worker> {
    let all = site.health.all().into_iter();
    all.map(|(name, health)| Worker {
        name: name.to_owned(),
        last_success: health.last_success,
        lag: health
            .last_success
            .map(|at| now - at)
            .filter(|age| *age > LATE)
            .or(Some(TimeDelta::zero())),
        errors: health.errors,
        last_error: health.last_error,
    })
    .collect()
}

/// What needs somebody among the servers; none where there is no Contabo account.
async fn servers(staff: &Staff, board: &Snapshot, now: DateTime<Utc>) -> Result<Option<Servers>, Error> {
    let rows = staff.tenant.rows();
    let accounts = accounts::list(&rows).await?;
    if accounts.is_empty() {
        return Ok(None);
    }
    let syncs = accounts::syncs(&rows).await?;
    let (failed, all) = contabo::actions::failed_since(&rows, now - LAST_DAY, FAILED).await?;
    let more = usize::try_from(all).unwrap_or(usize::MAX) - failed.len();
    let failed = failed.into_iter().filter_map(|row| {
        let of = match row.instance_id {
            Some(id) => admin::instances::subject(board.instances.get(&id)?),
            None => admin::things::subject(&row)?,
        };
        Some(FailedAction {
            of,
            asked: asked_of(&row),
            at: row.ended_at?,
            error: row.error.unwrap_or_default(),
        })
    });
    let unreadable = accounts.iter().filter(|row| row.enabled).filter_map(|row| {
        let sync = syncs.iter().find(|sync| sync.contabo_account_id == row.id)?;
        let error = sync.last_error.clone().filter(|_| sync.failures > 0)?;
        let href = route::AdminContaboAccount {
            contabo_account: row.id,
        };
        let subject = Subject {
            name: row.name.clone(),
            href: href.to_string(),
        };
        Some((subject, error))
    });
    let nobodys = board.instances.values().filter(|now| now.instance.client_id.is_none());
    Ok(Some(Servers {
        all: board.instances.len(),
        nobodys: nobodys.count(),
        nobodys_href: format!("{}?client=nobody", route::AdminServers),
        failed: failed.collect(),
        failed_more: more,
        unreadable: unreadable.collect(),
        leaving: admin::domains::leaving(&resources::all::<Domain>(&rows).await?),
    }))
}

/// Under way first, then what comes next.
fn maintenance(board: &Snapshot, now: DateTime<Utc>) -> Vec<Maintenance> {
    let mut windows: Vec<_> = board
        .approved_maintenance()
        .filter(|one| one.window.ends_at > now)
        .collect();
    windows.sort_by_key(|one| one.window.starts_at);
    keep_first_of_series(&mut windows);
    let shown = windows.into_iter().take(WINDOWS).map(|one| Maintenance {
        subject: Subject {
            name: one.window.title.clone(),
            href: format!("/admin/maintenance/{}", one.window.id),
        },
        from: one.window.starts_at,
        to: one.window.ends_at,
        now: one.is_at(now),
    });
    shown.collect()
}

/// None once there is a link: then everything before it has been done.
fn steps(board: &Snapshot, staff: &Staff) -> Vec<Step> {
    let client = board.clients.values().any(|row| row.archived_at.is_none());
    let router = board.routers.values().any(|now| now.router.archived_at.is_none());
    let link = board.links.values().any(|now| now.link.archived_at.is_none());
    if link {
        return Vec::new();
    }
    let step = |what, done, possible| Step { what, done, possible };
    vec![
        step(FirstStep::Client, client, staff.may(StaffPermission::ManageClients)),
        step(FirstStep::Router, router, staff.may(StaffPermission::ManageRouters)),
        step(
            FirstStep::Link,
            link,
            client && router && staff.may(StaffPermission::ManageLinks),
        ),
    ]
}
