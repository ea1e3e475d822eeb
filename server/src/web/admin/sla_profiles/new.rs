//! `GET` and `POST /admin/sla-profiles/new`

use actix_web::{HttpResponse, web};
use app::{admin::sla_profiles::form::SlaProfileForm, ui::FormState};
use leptos::prelude::*;

use crate::{
    domain::sla_profiles,
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, complaint, refresh, rejected, shown},
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(staff: Staff, page: Page) -> HttpResponse {
    let form = FormState::new()
        .with("hours", "always")
        .with("unreachable", "unknown")
        .with("disabled", "excluded")
        .with("measured", "slots")
        .with("percentile", "greater");
    page.at("sla-profiles").ok(|| view(form, &staff))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let made = match super::draft(&typed).check() {
        Ok(details) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            rejected(sla_profiles::create(&site.db, tenant, &staff.actor(), now, details).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match made {
        Ok(sla_profile) => {
            refresh(&site, &staff).await?;
            Ok(see_other_telling(
                route::AdminSlaProfile { sla_profile },
                "done-profile-added",
            ))
        }
        Err(wrong) => {
            let form = shown(&typed, &super::FIELDS, wrong, page.lang(), complaint::of_profile);
            Ok(page.at("sla-profiles").unprocessable(|| view(form, &staff)))
        }
    }
}

fn view(form: FormState, staff: &Staff) -> impl IntoView + use<> {
    let zone = staff.tenant.zone().name().to_owned();
    view! { <SlaProfileForm form=form changed=None zone=zone cancel_href=route::AdminSlaProfiles.to_string().into()/> }
}
