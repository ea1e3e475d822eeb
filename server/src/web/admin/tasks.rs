//! `GET /admin/tasks`: what staff have to see to; and `POST …/{task}/settle`: that somebody dealt with it.

use actix_web::{HttpResponse, web};
use app::{
    admin::tasks::{Settled, Task, TaskList, What},
    servers::Asked,
};
use entity::{TaskId, task};
use leptos::prelude::*;

use super::logged;
use crate::{
    domain::{contabo::actions, tasks, typed::ChangeError},
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        guard::{Staff, StaffPermission},
        live, route, see_other_telling,
        servers::words,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let all = tasks::list(&staff.tenant.rows(), false).await?;
    let (search, state, kind) = (listing.filter("q"), listing.filter("state"), listing.filter("kind"));
    let kind = tasks::Kind::named(&kind);
    let (is_empty, searched) = (all.is_empty(), search.to_lowercase());
    let found = all.into_iter().filter(|row| match state.as_str() {
        "settled" => row.settled_at.is_some(),
        "all" => true,
        _ => row.settled_at.is_none(),
    });
    let found = found.filter(|row| kind.is_none_or(|kind| kind.name() == row.kind));
    let found = found.filter(|row| {
        let texts = [&row.subject_name, &row.reason];
        texts.iter().any(|text| text.to_lowercase().contains(&searched))
    });
    let found: Vec<_> = found.collect();
    let filters = vec![
        ("q", search.clone()),
        ("state", state.clone()),
        ("kind", kind.map_or("", tasks::Kind::name).to_owned()),
    ];
    let (list, range) = listing.cut(route::AdminTasks, filters, None, found.len());
    let rows = found
        .get(range)
        .unwrap_or_default()
        .iter()
        .map(|row| shown(&staff, row));
    let rows = rows.collect();
    let page = page
        .at("tasks")
        .live(live::admin(live::Subject::Servers, &board, &["tasks"], &[]));
    Ok(page.ok(move || view! { <TaskList list=list rows=rows is_empty=is_empty/> }))
}

/// The task as pages show it to somebody.
pub(super) fn shown(staff: &Staff, row: &task::Model) -> Task {
    let may_settle = staff.may(StaffPermission::OperateServers) && row.settled_at.is_none();
    Task {
        what: what(row),
        subject: row.subject_name.clone(),
        href: logged::href_of(&row.subject_kind, row.subject_id),
        reason: row.reason.clone(),
        times: row.times.unsigned_abs().into(),
        at: row.last_at,
        settled: row.settled_at.map(|at| Settled {
            at,
            by: row.settled_by_name.clone(),
        }),
        settle: may_settle.then(|| route::AdminTaskSettle { task: row.id }.to_string()),
    }
}

fn what(row: &task::Model) -> What {
    let asked = || match actions::Kind::named(&row.what) {
        Some(kind) => Asked::Server(words::act(kind)),
        None => Asked::Unknown(row.what.clone()),
    };
    match (tasks::Kind::named(&row.kind), row.what.as_str()) {
        (Some(tasks::Kind::Order), "") => What::Order,
        (Some(tasks::Kind::Order), service) => What::OrderOfService(service.to_owned()),
        (Some(tasks::Kind::Service), _) => What::Service(asked()),
        (Some(tasks::Kind::Schedule), _) => What::Schedule(asked()),
        _ => What::Action(asked()),
    }
}

pub(in crate::web) async fn settle(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<TaskId>,
) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    match tasks::settle(&site.db, tenant, &staff.actor(), now, *id).await {
        Ok(()) => {
            admin::refresh(&site, &staff).await?;
            Ok(see_other_telling(route::AdminTasks, "done-task-settled"))
        }
        Err(ChangeError::NotFound) => Err(Error::NotFound),
        Err(error) => Err(error.into()),
    }
}
