//! `GET` and `POST /admin/links/{link}/outages/{outage}`, `…/exclude` and `…/include`: one outage, by a second that lies
//! in it.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use app::{
    admin::{
        Subject,
        outages::show::{Exclusion, Outage as Shown, OutagePage, Part},
    },
    measured::outages::Excluded,
    ui::{FormState, State},
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{LinkId, Tenant, outage_note};
use leptos::prelude::*;

use crate::{
    domain::{
        board::{LinkNow, Snapshot},
        links::{
            block::push_state,
            interruptions::{self, interruptions},
            list::client_name,
            slot::{SampleState, Slot},
            store,
        },
        outages::{self, ExclusionDraft, NoteDraft, Outage},
        people,
        sla::{intervals::Interval, outages as measure, terms},
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, complaint},
        guard::{Staff, StaffPermission},
        measured::{instant, why},
        route, see_other_telling,
    },
};

type At = web::Path<(LinkId, i64)>;

const NOTE: [&str; 3] = ["cause", "comment", "internal_note"];

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    at: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = find(&site, &staff, *at).await?;
    found.page((&site, &staff), Forms::default(), page).await
}

/// Says what caused it.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    at: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (found, now) = (find(&site, &staff, *at).await?, site.clock.now());
    let draft = NoteDraft {
        cause: typed.text("cause"),
        comment: typed.text("comment"),
        internal_note: typed.text("internal_note"),
    };
    let done = match draft.check() {
        Ok(note) => admin::rejected(
            outages::change_note(&site.db, &found.board, &staff.actor(), now, &found.outage, note).await,
        )?,
        Err(wrong) => Err(wrong),
    };
    if let Err(wrong) = done {
        let note = admin::shown(&typed, &NOTE, wrong, page.lang(), complaint::of_outage);
        let forms = Forms {
            note: Some(note),
            ..Forms::default()
        };
        return found.page((&site, &staff), forms, page).await;
    }
    told(&site, &staff, &found.outage, "done-outage-changed").await
}

/// Takes it out of the figures.
pub(in crate::web) async fn exclude(
    site: web::Data<Site>,
    staff: Staff,
    at: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (found, now) = (find(&site, &staff, *at).await?, site.clock.now());
    let draft = ExclusionDraft {
        kind: typed.text("kind"),
        reason: typed.text("reason"),
    };
    let done = match draft.check() {
        Ok(excluding) => admin::rejected(
            outages::exclude(&site.db, &found.board, &staff.actor(), now, &found.outage, excluding).await,
        )?,
        Err(wrong) => Err(wrong),
    };
    if let Err(wrong) = done {
        let exclude = admin::shown(&typed, &["kind", "reason"], wrong, page.lang(), complaint::of_outage);
        let forms = Forms {
            exclude: Some(exclude),
            ..Forms::default()
        };
        return found.page((&site, &staff), forms, page).await;
    }
    told(&site, &staff, &found.outage, "done-outage-excluded").await
}

/// Lets it count again.
pub(in crate::web) async fn include(site: web::Data<Site>, staff: Staff, at: At) -> Result<HttpResponse, Error> {
    let found = find(&site, &staff, *at).await?;
    let now = site.clock.now();
    outages::include_again(&site.db, &found.board, &staff.actor(), now, &found.outage).await?;
    told(&site, &staff, &found.outage, "done-outage-included").await
}

/// What the address means.
struct Found {
    board: Arc<Snapshot>,
    link: Arc<LinkNow>,
    outage: Outage,
}

/// The forms of the page that can't be taken as they were filled in.
#[derive(Default)]
struct Forms {
    note: Option<FormState>,
    exclude: Option<FormState>,
}

impl Found {
    /// The page, which says what is wrong with a form.
    async fn page(&self, (site, staff): (&Site, &Staff), forms: Forms, page: Page) -> Result<HttpResponse, Error> {
        let shown = shown(staff, self, site.clock.now()).await?;
        let is_valid = forms.note.is_none() && forms.exclude.is_none();
        let note = forms.note.unwrap_or_else(|| filled(self.outage.note()));
        let exclude = forms.exclude.unwrap_or_default();
        let page = page.at("outages");
        let view = move || view! { <OutagePage outage=shown note=note exclude=exclude/> };
        Ok(match is_valid {
            true => page.ok(view),
            false => page.unprocessable(view),
        })
    }
}

async fn find(site: &Site, staff: &Staff, (link, at): (LinkId, i64)) -> Result<Found, Error> {
    let board = admin::board(site, staff).await?;
    let link = board.links.get(&link).cloned().ok_or(Error::NotFound)?;
    let rows = staff.tenant.rows();
    let outage = outages::find(&rows, &board, &link.link, at, site.clock.now()).await?;
    Ok(Found {
        outage: outage.ok_or(Error::NotFound)?,
        board,
        link,
    })
}

async fn told(site: &Site, staff: &Staff, outage: &Outage, done: &'static str) -> Result<HttpResponse, Error> {
    admin::refresh(site, staff).await?;
    Ok(see_other_telling(address(outage), done))
}

fn address(outage: &Outage) -> route::AdminOutage {
    route::AdminOutage {
        link: outage.link,
        outage: outage.span.start(),
    }
}

fn filled(note: Option<&outage_note::Model>) -> FormState {
    let text =
        |text: fn(&outage_note::Model) -> &Option<String>| note.and_then(|note| text(note).clone()).unwrap_or_default();
    FormState::new()
        .with("cause", text(|note| &note.cause))
        .with("comment", text(|note| &note.comment))
        .with("internal_note", text(|note| &note.internal_note))
}

async fn shown(staff: &Staff, found: &Found, now: DateTime<Utc>) -> Result<Shown, Error> {
    let Found { board, link, outage } = found;
    let (rows, link) = (staff.tenant.rows(), &link.link);
    let (from, to, exact) = dated(&rows, board, found).await?;
    let exclusion = match outage.exclusion() {
        Some(note) => exclusion(&rows, outage, note).await?,
        None => None,
    };
    let note = outage.note();
    let audit = match note.filter(|_| staff.may(StaffPermission::SeeAudit)) {
        Some(note) => Some((
            admin::recent_entries(&rows, board, note.id.0).await?,
            Some(admin::log_of(note.id.0)),
        )),
        None => None,
    };
    let maintenance = board.approved_maintenance().filter(|it| {
        it.covers(link) && it.window.starts_at < outage.ends_at() && outage.starts_at() < it.window.ends_at
    });
    let counted = TimeDelta::seconds(outage.counted_seconds);
    Ok(Shown {
        href: address(outage).to_string(),
        link: Subject {
            name: link.name.clone(),
            href: route::AdminLink { link: link.id }.to_string(),
        },
        client: Subject {
            name: client_name(board, &found.link).to_owned(),
            href: route::AdminClient { client: link.client_id }.to_string(),
        },
        starts_at: from,
        ends_at: to,
        exact,
        is_over: outage.is_over,
        is_measured: outage.is_measured,
        // The slot that runs is not over yet.
        counted: if outage.is_over {
            counted
        } else {
            counted.min(now - from)
        },
        otherwise: match outage.is_over {
            true => TimeDelta::seconds(outage.otherwise_seconds),
            false => TimeDelta::seconds(outage.otherwise_seconds).min(now - from),
        },
        states: parts(&rows, outage).await?,
        maintenance: maintenance
            .map(|it| Subject {
                name: it.window.title.clone(),
                href: route::AdminWindow { window: it.window.id }.to_string(),
            })
            .collect(),
        exclusion,
        cause: note.and_then(|note| note.cause.clone()),
        comment: note.and_then(|note| note.comment.clone()),
        internal_note: note.and_then(|note| note.internal_note.clone()),
        audit,
        may_comment: staff.may(StaffPermission::ManageOutages),
        may_exclude: staff.may(StaffPermission::ExcludeOutages),
    })
}

/// When it was, as exactly as the interface told.
async fn dated(
    rows: &Tenant<'_>,
    board: &Snapshot,
    found: &Found,
) -> Result<(DateTime<Utc>, DateTime<Utc>, (bool, bool)), Error> {
    let (outage, link) = (&found.outage, &found.link.link);
    let around = Interval::new(outage.span.start() - Slot::SECONDS, outage.span.end() + Slot::SECONDS);
    let edges = interruptions::edges(rows, link.id, around).await?;
    let measured_by = terms::of_link(board, link, around).measured_by;
    let measured = measure::Outage {
        span: outage.span,
        counted_seconds: outage.counted_seconds,
    };
    let known = interruptions(around, &[measured], measured_by, &edges);
    let known = known.iter().find(|one| one.span == Some(outage.span));
    Ok(match known.filter(|_| outage.is_measured) {
        Some(one) => (one.from, one.to, one.exact),
        None => (outage.starts_at(), outage.ends_at(), (false, false)),
    })
}

async fn exclusion(rows: &Tenant<'_>, outage: &Outage, note: &outage_note::Model) -> Result<Option<Exclusion>, Error> {
    let Some(kind) = note.exclusion else { return Ok(None) };
    let by = match note.excluded_by {
        Some(account) => people::one(rows, account).await?.map(|person| person.account.name),
        None => None,
    };
    Ok(Some(Exclusion {
        said: Excluded {
            why: why(kind),
            reason: note.exclusion_reason.clone().unwrap_or_default(),
        },
        by,
        at: note.excluded_at,
        from: note.starts_at,
        to: note.ends_at,
        is_whole: outage.is_as_excluded(),
    }))
}

/// What the samples say of its time.
async fn parts(rows: &Tenant<'_>, outage: &Outage) -> Result<Vec<Part>, Error> {
    let (first, last) = (
        Slot::from_second(outage.span.start()),
        Slot::from_second(outage.span.end() - 1),
    );
    let mut runs = Vec::new();
    for (slot, state) in store::states(rows, outage.link, first, last).await? {
        push_state(&mut runs, slot.interval(), state);
    }
    let part = |(span, state): (Interval, SampleState)| Part {
        state: match state {
            SampleState::Up => State::Up,
            SampleState::Down => State::Down,
            SampleState::Disabled => State::Disabled,
            SampleState::Unknown => State::Unknown,
        },
        from: instant(span.start()),
        lasted: TimeDelta::seconds(span.seconds()),
    };
    Ok(runs.into_iter().map(part).collect())
}
