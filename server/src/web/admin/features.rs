//! `GET` and `POST /admin/features` and `/admin/clients/{client}/features`: what clients may do with what they rent.

use actix_web::{HttpResponse, web};
use app::{
    admin::features::{FeaturesPage, Switch, Whose},
    text::Lang,
};
use entity::ClientId;
use leptos::prelude::*;

use crate::{
    domain::{
        contabo::features::{self, Feature, Features},
        typed::Typed,
    },
    site::Site,
    web::{Error, Page, admin, guard::Staff, route, see_other_telling},
};

/// Of all clients.
pub(in crate::web) async fn get(staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let features = Features::load(&staff.tenant.rows()).await?;
    let switches = switches(page.lang(), &features, None);
    Ok(page
        .at("servers")
        .ok(move || view! { <FeaturesPage whose=None switches=switches/> }))
}

/// Sets those of all clients.
pub(in crate::web) async fn post(site: web::Data<Site>, staff: Staff, typed: Typed) -> Result<HttpResponse, Error> {
    set(&site, &staff, None, &typed).await?;
    Ok(see_other_telling(route::AdminFeatures, "done-features"))
}

/// Of one client.
pub(in crate::web) async fn of_client(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ClientId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let client = board.clients.get(&id).ok_or(Error::NotFound)?;
    let whose = Whose {
        name: client.name.clone(),
        href: route::AdminClient { client: client.id }.to_string(),
    };
    let features = Features::load(&staff.tenant.rows()).await?;
    let switches = switches(page.lang(), &features, Some(client.id));
    Ok(page
        .at("clients")
        .ok(move || view! { <FeaturesPage whose=Some(whose) switches=switches/> }))
}

/// Sets those of one client.
pub(in crate::web) async fn set_of_client(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ClientId>,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    set(&site, &staff, Some(*id), &typed).await?;
    Ok(see_other_telling(route::AdminClient { client: *id }, "done-features"))
}

async fn set(site: &Site, staff: &Staff, client: Option<ClientId>, typed: &Typed) -> Result<(), Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    let chosen = features::read(typed);
    features::set(&site.db, tenant, &staff.actor(), now, client, &chosen).await?;
    admin::refresh(site, staff).await
}

fn switches(lang: Lang, features: &Features, client: Option<ClientId>) -> Vec<Switch> {
    let switch = |feature: Feature| {
        let (label, hint) = words(lang, feature);
        Switch {
            name: feature.name(),
            label,
            hint,
            for_all: features.for_all(feature),
            own: client.and_then(|client| features.own(client, feature)),
        }
    };
    Feature::ALL.into_iter().map(switch).collect()
}

fn words(lang: Lang, feature: Feature) -> (&'static str, &'static str) {
    match feature {
        Feature::Power => (lang.t("feature-power"), lang.t("feature-power-hint")),
        Feature::Access => (lang.t("feature-access"), lang.t("feature-access-hint")),
        Feature::Reinstall => (lang.t("feature-reinstall"), lang.t("feature-reinstall-hint")),
        Feature::Snapshots => (lang.t("feature-snapshots"), lang.t("feature-snapshots-hint")),
        Feature::Names => (lang.t("feature-names"), lang.t("feature-names-hint")),
        Feature::Cancel => (lang.t("feature-cancel"), lang.t("feature-cancel-hint")),
        Feature::Schedules => (lang.t("feature-schedules"), lang.t("feature-schedules-hint")),
        Feature::StorageKeys => (lang.t("feature-storage-keys"), lang.t("feature-storage-keys-hint")),
    }
}
