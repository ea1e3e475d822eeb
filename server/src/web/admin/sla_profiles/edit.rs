//! `GET` and `POST /admin/sla-profiles/{sla_profile}/edit`: a change of the promise is a new version.

use actix_web::{HttpResponse, web};
use app::{
    admin::sla_profiles::form::{Changed, SlaProfileForm},
    ui::FormState,
};
use entity::{
    SlaProfileId,
    sla_profile_version::{DisabledIs, MeasuredBy, PercentileOf, UnreachableIs},
};
use leptos::prelude::*;

use crate::{
    domain::{
        board::{Profile, Snapshot},
        sla_profiles::{self, DAYS, TIERS, milliseconds, promise, week::Week},
        typed::ChangeError,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, board, complaint, refresh, reject},
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<SlaProfileId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let profile = board.profiles.get(&id).ok_or(Error::NotFound)?;
    Ok(page.at("sla-profiles").ok(|| view(form_of(profile), profile, &board)))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<SlaProfileId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let profile = board.profiles.get(&id).ok_or(Error::NotFound)?;
    let mut form = typed.shown(&super::FIELDS);
    let wrong = match super::draft(&typed).check() {
        Ok(details) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            let seen = typed.text("version").parse().unwrap_or(0);
            match sla_profiles::change(&site.db, tenant, &staff.actor(), now, *id, seen, details).await {
                Ok(()) => {
                    refresh(&site, &staff).await?;
                    return Ok(see_other_telling(
                        route::AdminSlaProfile { sla_profile: *id },
                        "done-profile-changed",
                    ));
                }
                Err(ChangeError::Rejected(wrong)) => wrong,
                Err(ChangeError::Conflict) => {
                    form.reject_all(page.lang().t("sla-conflict"));
                    return Ok(page.at("sla-profiles").unprocessable(|| view(form, profile, &board)));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(wrong) => wrong,
    };
    reject(&mut form, wrong, page.lang(), complaint::of_profile);
    Ok(page.at("sla-profiles").unprocessable(|| view(form, profile, &board)))
}

/// The profile as it would be typed.
fn form_of(profile: &Profile) -> FormState {
    let promise = promise(&profile.current);
    let unreachable = match promise.unreachable_is {
        UnreachableIs::Unknown => "unknown",
        UnreachableIs::Down => "down",
    };
    let disabled = match promise.disabled_is {
        DisabledIs::Excluded => "excluded",
        DisabledIs::Down => "down",
    };
    let measured = match promise.measured_by {
        MeasuredBy::Slots => "slots",
        MeasuredBy::Edges => "edges",
    };
    let percentile = match promise.percentile_of {
        PercentileOf::Greater => "greater",
        PercentileOf::Sum => "sum",
    };
    let most = promise.credit.most.map(|most| most.to_string());
    let mut form = FormState::new()
        .with("name", profile.profile.name.clone())
        .with("uptime", promise.uptime.to_string())
        .with("latency", promise.latency_us.map(milliseconds).unwrap_or_default())
        .with("jitter", promise.jitter_us.map(milliseconds).unwrap_or_default())
        .with("loss", promise.loss.map(|share| share.to_string()).unwrap_or_default())
        .with("hours", if promise.hours.is_some() { "week" } else { "always" })
        .with("unreachable", unreachable)
        .with("disabled", disabled)
        .with("measured", measured)
        .with("percentile", percentile)
        .with("credit-most", most.unwrap_or_default());
    for ((below, credit), tier) in TIERS.into_iter().zip(&promise.credit.tiers) {
        form.set(below, tier.below.to_string());
        form.set(credit, tier.credit.to_string());
    }
    if let Some(days) = promise.hours.as_ref().map(Week::to_typed) {
        for (field, hours) in DAYS.into_iter().zip(days) {
            form.set(field, hours);
        }
    }
    form
}

fn view(form: FormState, profile: &Profile, board: &Snapshot) -> impl IntoView + use<> {
    let changed = Changed {
        name: profile.profile.name.clone(),
        version: profile.profile.current_version,
        links: super::links_of(board, profile.profile.id),
    };
    let back = route::AdminSlaProfile {
        sla_profile: profile.profile.id,
    }
    .to_string();
    let zone = board.zone.name().to_owned();
    view! { <SlaProfileForm form=form changed=Some(changed) zone=zone cancel_href=back.into()/> }
}
