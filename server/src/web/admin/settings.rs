//! `GET` and `POST /admin/settings`

use actix_web::{HttpResponse, web};
use app::{
    admin::settings::{Fixed, Settings},
    ui::FormState,
};
use chrono_tz::TZ_VARIANTS;
use entity::tenant;
use leptos::prelude::*;

use super::{asked::Typed, complaint, refresh, rejected, shown};
use crate::{
    domain::{
        money::Currency,
        settings::{self, Draft},
    },
    site::Site,
    web::{Error, Page, guard::Staff, route, see_other_telling},
};

const FIELDS: [&str; 6] = [
    "name",
    "zone",
    "currency",
    "poll_seconds",
    "sample_months",
    "private_ranges",
];

pub(in crate::web) async fn get(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let own = staff.tenant.rows().own().await?;
    let kept = Draft::of(&own);
    let form = FormState::new()
        .with("name", kept.name)
        .with("zone", kept.zone)
        .with("currency", kept.currency)
        .with("poll_seconds", kept.poll_seconds)
        .with("sample_months", kept.sample_months)
        .with("private_ranges", kept.private_ranges.unwrap_or_default());
    let sets_ranges = settings::may_set_ranges(&site.db).await?;
    Ok(page.at("settings").ok(|| view(form, &own, sets_ranges)))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let sets_ranges = settings::may_set_ranges(&site.db).await?;
    let draft = Draft {
        name: typed.text("name"),
        zone: typed.text("zone"),
        currency: typed.text("currency"),
        poll_seconds: typed.text("poll_seconds"),
        sample_months: typed.text("sample_months"),
        private_ranges: sets_ranges.then(|| typed.text("private_ranges")),
    };
    let changed = match draft.check() {
        Ok(wanted) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            rejected(settings::change(&site.db, tenant, &staff.actor(), now, wanted).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match changed {
        Ok(()) => {
            site.tenants.forget();
            refresh(&site, &staff).await?;
            Ok(see_other_telling(route::AdminSettings, "done-settings-changed"))
        }
        Err(wrong) => {
            let own = staff.tenant.rows().own().await?;
            let form = shown(&typed, &FIELDS, wrong, page.lang(), complaint::of_setting);
            Ok(page.at("settings").unprocessable(|| view(form, &own, sets_ranges)))
        }
    }
}

fn view(form: FormState, own: &tenant::Model, sets_ranges: bool) -> impl IntoView + use<> {
    let fixed = Fixed {
        slug: own.slug.clone(),
        host: own.host.clone(),
        private_ranges: (!sets_ranges).then(|| own.private_ranges.clone().unwrap_or_default()),
    };
    let zones = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    let currencies = Currency::all().into_iter();
    let currencies = currencies.map(|currency| (currency.code(), currency.name())).collect();
    view! { <Settings form=form zones=zones currencies=currencies fixed=fixed/> }
}
