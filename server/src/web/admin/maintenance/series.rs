//! `/admin/maintenance/series`: planned work that comes again.

use actix_web::{HttpResponse, web};
use app::{
    admin::{
        confirm::Question,
        maintenance::series::{Series as Shown, SeriesForm, SeriesList, SeriesPage},
    },
    text::Lang,
    ui::{FormState, Tick},
};
use chrono::TimeDelta;
use entity::{MaintenanceSeriesId, maintenance_series};
use leptos::prelude::*;

use super::{approves, coverable, list::row};
use crate::{
    domain::{
        board::{Maintenance, Snapshot},
        maintenance::{
            Covers,
            recurrence::WEEKDAYS,
            series::{self, Draft},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, board, complaint, confirm::Asked, refresh, rejected, shown},
        guard::{Staff, StaffPermission},
        route, see_other_telling,
    },
};

const FIELDS: [&str; 11] = [
    "title", "notes", "starts", "minutes", "repeats", "every", "ends", "until", "times", "rule", "covers",
];

/// The series that go on.
pub(in crate::web) async fn list(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let found = series::going_on(&staff.tenant.rows()).await?;
    // What each covers is on its own page.
    let found = found
        .into_iter()
        .map(|one| described(&board, one, &Covers::All, Vec::new()));
    let list: Vec<_> = found.collect();
    let add = staff
        .may(StaffPermission::ManageMaintenance)
        .then(|| route::AdminSeriesNew.to_string().into());
    Ok(page
        .at("maintenance")
        .ok(move || view! { <SeriesList series=list add_href=add/> }))
}

/// One of them, ended ones too.
pub(in crate::web) async fn show(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<MaintenanceSeriesId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (board, now) = (board(&site, &staff).await?, site.clock.now());
    let one = series::one(&staff.tenant.rows(), *id).await?.ok_or(Error::NotFound)?;
    let mut coming: Vec<&Maintenance> = board.maintenance.iter().collect();
    coming.retain(|window| window.window.series_id == Some(*id) && window.window.ends_at > now);
    coming.sort_by_key(|window| window.window.starts_at);
    let rows = coming.into_iter().map(|window| row(window, &board)).collect();
    let goes_on = one.series.ended_at.is_none();
    let approve = (goes_on && one.series.approved_at.is_none() && approves(&staff))
        .then(|| route::AdminSeriesApprove { series: *id }.to_string());
    let end = (goes_on && staff.may(StaffPermission::ManageMaintenance))
        .then(|| route::AdminSeriesEnd { series: *id }.to_string());
    let shown = described(&board, one.series, &one.covers, rows);
    Ok(page
        .at("maintenance")
        .ok(move || view! { <SeriesPage series=shown approve_href=approve end_href=end/> }))
}

fn described(
    board: &Snapshot,
    series: maintenance_series::Model,
    covers: &Covers,
    coming: Vec<app::admin::maintenance::list::Row>,
) -> Shown {
    Shown {
        href: route::AdminSeries { series: series.id }.to_string(),
        title: series.title,
        notes: series.notes,
        first: series.first_starts.format("%Y-%m-%d %H:%M").to_string(),
        zone: board.zone.name().to_owned(),
        lasts: TimeDelta::minutes(i64::from(series.minutes)),
        rule: series.rule,
        covers: super::covers(board, covers),
        proposed: series.approved_at.is_none(),
        ended_at: series.ended_at,
        coming,
    }
}

pub(in crate::web) async fn get_new(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let plain = FormState::new()
        .with("repeats", "weekly")
        .with("every", "1")
        .with("ends", "never")
        .with("covers", "all");
    let view = form(plain, &board, &Draft::default(), &staff, page.lang());
    Ok(page.at("maintenance").ok(view))
}

pub(in crate::web) async fn post_new(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (board, now) = (board(&site, &staff).await?, site.clock.now());
    let draft = draft(&typed, &staff);
    let made = match draft.check(&board, now) {
        Ok(plan) => {
            let tenant = staff.tenant.tenant.id;
            rejected(series::create(&site.db, tenant, board.zone, &staff.actor(), now, plan).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match made {
        Ok(series) => {
            refresh(&site, &staff).await?;
            Ok(see_other_telling(route::AdminSeries { series }, "done-series-planned"))
        }
        Err(wrong) => {
            let typed = shown(&typed, &FIELDS, wrong, page.lang(), |lang, reason| {
                complaint::of_window(lang, reason, board.zone)
            });
            let view = form(typed, &board, &draft, &staff, page.lang());
            Ok(page.at("maintenance").unprocessable(view))
        }
    }
}

fn draft(typed: &Typed, staff: &Staff) -> Draft {
    Draft {
        title: typed.text("title"),
        notes: typed.text("notes"),
        starts: typed.text("starts"),
        minutes: typed.text("minutes"),
        repeats: typed.text("repeats"),
        every: typed.text("every"),
        days: typed.all("days"),
        ends: typed.text("ends"),
        until: typed.text("until"),
        times: typed.text("times"),
        rule: typed.text("rule"),
        covers: typed.text("covers"),
        clients: typed.all("clients"),
        routers: typed.all("routers"),
        links: typed.all("links"),
        approves: approves(staff),
    }
}

fn form(
    form: FormState,
    board: &Snapshot,
    draft: &Draft,
    staff: &Staff,
    lang: Lang,
) -> impl FnOnce() -> AnyView + use<> {
    let covered = coverable(board, &draft.clients, &draft.routers, &draft.links);
    let (zone, approves) = (board.zone.name().to_owned(), approves(staff));
    let days = days(&draft.days, lang);
    let back = route::AdminSeriesList.to_string();
    move || {
        view! {
            <SeriesForm form=form zone=zone days=days covered=covered approves=approves cancel_href=back.into()/>
        }
        .into_any()
    }
}

/// The days of the week, in the page's language.
fn days(ticked: &[String], lang: Lang) -> Vec<Tick> {
    let keys = [
        "day-name-1",
        "day-name-2",
        "day-name-3",
        "day-name-4",
        "day-name-5",
        "day-name-6",
        "day-name-7",
    ];
    let tick = |((value, _), key): (&(&str, chrono::Weekday), &'static str)| Tick {
        value: (*value).to_owned(),
        label: lang.t(key).to_owned(),
        note: None,
        ticked: ticked.iter().any(|day| day == value),
    };
    WEEKDAYS.iter().zip(keys).map(tick).collect()
}

/// Lets the windows of a proposed series count.
pub(in crate::web) struct Approve;

/// Ends it.
pub(in crate::web) struct End;

async fn title(staff: &Staff, id: MaintenanceSeriesId) -> Result<String, Error> {
    let one = series::one(&staff.tenant.rows(), id).await?;
    Ok(one.ok_or(Error::NotFound)?.series.title)
}

impl Asked for Approve {
    type Id = MaintenanceSeriesId;
    const AT: &'static str = "maintenance";
    const DONE: &'static str = "done-series-approved";

    fn action(series: MaintenanceSeriesId) -> String {
        route::AdminSeriesApprove { series }.to_string()
    }

    fn page(series: MaintenanceSeriesId) -> String {
        route::AdminSeries { series }.to_string()
    }

    async fn question(staff: &Staff, _: &Snapshot, id: MaintenanceSeriesId) -> Result<Question, Error> {
        let series = title(staff, id).await?;
        Ok(Question::ApproveSeries { series })
    }

    async fn answer(site: &Site, staff: &Staff, id: MaintenanceSeriesId) -> Result<(), Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        Ok(series::approve(&site.db, tenant, &staff.actor(), now, id).await?)
    }
}

impl Asked for End {
    type Id = MaintenanceSeriesId;
    const AT: &'static str = "maintenance";
    const DONE: &'static str = "done-series-ended";

    fn action(series: MaintenanceSeriesId) -> String {
        route::AdminSeriesEnd { series }.to_string()
    }

    fn page(series: MaintenanceSeriesId) -> String {
        route::AdminSeries { series }.to_string()
    }

    async fn question(staff: &Staff, _: &Snapshot, id: MaintenanceSeriesId) -> Result<Question, Error> {
        let series = title(staff, id).await?;
        Ok(Question::EndSeries { series })
    }

    async fn answer(site: &Site, staff: &Staff, id: MaintenanceSeriesId) -> Result<(), Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        Ok(series::end(&site.db, tenant, &staff.actor(), now, id).await?)
    }
}
