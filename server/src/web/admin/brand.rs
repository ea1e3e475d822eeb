//! `GET` and `POST /admin/settings/brand`: the colours. `POST …/logo` and `…/logo/remove`: the picture.

use actix_web::{HttpRequest, HttpResponse, web};
use app::{
    admin::brand::{Brand, LogoShown},
    ui::FormState,
};
use entity::{tenant, tenant_logo};
use leptos::prelude::*;

use super::{asked::Typed, complaint, reject, rejected, shown};
use crate::{
    domain::{
        settings::{
            brand::{self, Draft},
            logo::{self, Logo},
        },
        typed::Rejected,
    },
    site::Site,
    web::{Error, Page, assets, guard::Staff, route, see_other_telling, upload},
};

const FIELDS: [&str; 2] = ["accent", "second_colour"];

pub(in crate::web) async fn get(staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let own = staff.tenant.rows().own().await?;
    let logo = logo_of(&staff, &own).await?;
    let form = kept(&own);
    Ok(page.at("settings").ok(|| view! { <Brand form=form logo=logo/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let draft = Draft {
        accent: typed.text("accent"),
        second_colour: typed.text("second_colour"),
    };
    let wrong = match draft.check() {
        Ok(colours) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            brand::change(&site.db, tenant, &staff.actor(), now, colours).await?;
            site.tenants.forget();
            return Ok(see_other_telling(route::AdminBrand, "done-settings-changed"));
        }
        Err(wrong) => wrong,
    };
    let own = staff.tenant.rows().own().await?;
    let logo = logo_of(&staff, &own).await?;
    let form = shown(&typed, &FIELDS, wrong, page.lang(), complaint::of_colour);
    Ok(page
        .at("settings")
        .unprocessable(|| view! { <Brand form=form logo=logo/> }))
}

pub(in crate::web) async fn post_logo(
    site: web::Data<Site>,
    staff: Staff,
    request: HttpRequest,
    payload: web::Payload,
    page: Page,
) -> Result<HttpResponse, Error> {
    let file = upload::file(&request, payload, "logo", logo::MOST_BYTES).await?;
    let read = web::block(move || Logo::read(&file)).await.map_err(Error::internal)?;
    let kept_now = match read {
        Ok(picture) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            rejected(logo::keep(&site.db, tenant, &staff.actor(), now, picture).await)?
        }
        Err(wrong) => Err(Rejected::one("logo", wrong)),
    };
    match kept_now {
        Ok(()) => {
            site.tenants.forget();
            Ok(see_other_telling(route::AdminBrand, "done-logo-kept"))
        }
        Err(wrong) => {
            let own = staff.tenant.rows().own().await?;
            let logo = logo_of(&staff, &own).await?;
            let mut form = kept(&own);
            reject(&mut form, wrong, page.lang(), complaint::of_logo);
            Ok(page
                .at("settings")
                .unprocessable(|| view! { <Brand form=form logo=logo/> }))
        }
    }
}

pub(in crate::web) async fn remove_logo(site: web::Data<Site>, staff: Staff) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    logo::remove(&site.db, tenant, &staff.actor(), now).await?;
    site.tenants.forget();
    Ok(see_other_telling(route::AdminBrand, "done-logo-removed"))
}

/// The colours as they are kept.
fn kept(own: &tenant::Model) -> FormState {
    let kept = Draft::of(own);
    FormState::new()
        .with("accent", kept.accent)
        .with("second_colour", kept.second_colour)
}

async fn logo_of(staff: &Staff, own: &tenant::Model) -> Result<Option<LogoShown>, Error> {
    let Some(url) = assets::logo_url(own) else {
        return Ok(None);
    };
    let row = staff.tenant.rows().get::<tenant_logo::Entity>(own.id).await?;
    Ok(row.map(|row| LogoShown {
        url,
        width: row.width.unsigned_abs(),
        height: row.height.unsigned_abs(),
    }))
}
