//! `GET` and `POST …/profile`: one's own name, zone and open sessions.

use actix_web::{HttpResponse, web};
use app::public::profile;
use chrono_tz::{TZ_VARIANTS, Tz};
use leptos::prelude::*;

use crate::{
    domain::identity::{
        self,
        sessions::{Ending, Open},
    },
    site::Site,
    web::{
        Error, Page,
        area::Area,
        form::{Field, FormState},
        guard::SignedIn,
        route, see_other,
    },
};

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum ProfileField {
    Zone,
}

impl Field for ProfileField {
    const ALL: &'static [Self] = &[Self::Zone];

    fn name(self) -> &'static str {
        "zone"
    }
}

/// The one field of the button that ends a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum EndSession {
    Session,
}

impl Field for EndSession {
    const ALL: &'static [Self] = &[Self::Session];

    fn name(self) -> &'static str {
        "session"
    }
}

/// The page.
pub(in crate::web) async fn get(site: web::Data<Site>, signed_in: SignedIn, page: Page) -> Result<HttpResponse, Error> {
    let zone = signed_in.visitor.zone.map_or("", |zone| zone.name());
    let form = FormState::new().with(ProfileField::Zone, zone);
    let open = open_sessions(&site, &signed_in).await?;
    Ok(page.ok(move || view(form, open, &signed_in)))
}

/// Sets the zone; empty for the tenant's.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    signed_in: SignedIn,
    mut form: FormState<ProfileField>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let zone = match form.text(ProfileField::Zone) {
        "" => Ok(None),
        name => name.parse::<Tz>().map(Some),
    };
    let Ok(zone) = zone else {
        form.reject(ProfileField::Zone, page.lang().t("settings-not-a-zone"));
        let open = open_sessions(&site, &signed_in).await?;
        return Ok(page.unprocessable(move || view(form, open, &signed_in)));
    };
    let actor = signed_in.actor();
    site.identity.change_own_zone(&signed_in.visitor, &actor, zone).await?;
    Ok(see_other(signed_in.area.profile()))
}

/// Ends one of the visitor's sessions in another browser.
pub(in crate::web) async fn end_session(
    site: web::Data<Site>,
    signed_in: SignedIn,
    form: FormState<EndSession>,
) -> Result<HttpResponse, Error> {
    let (visitor, actor) = (&signed_in.visitor, signed_in.actor());
    let which = Ending::Named(form.text(EndSession::Session));
    match site.identity.end_own_sessions(visitor, &actor, which).await {
        // It has ended by itself, which is what was wanted.
        Ok(()) | Err(identity::Error::NotFound) => Ok(see_other(signed_in.area.profile())),
        Err(error) => Err(error.into()),
    }
}

async fn open_sessions(site: &Site, signed_in: &SignedIn) -> Result<Vec<Open>, Error> {
    let visitor = &signed_in.visitor;
    Ok(site.identity.open_sessions(visitor.scope, visitor.person()).await?)
}

fn view(form: FormState<ProfileField>, open: Vec<Open>, signed_in: &SignedIn) -> impl IntoView + use<> {
    let visitor = &signed_in.visitor;
    let sessions = open.into_iter().map(|open| profile::Session {
        is_this: open.name == visitor.session.to_name(),
        name: open.name,
        browser: open.browser.agent,
        address: open.browser.address,
        seen_at: open.seen_at,
    });
    let urls = profile::Urls {
        password: signed_in.area.password(),
        end_session: signed_in.area.end_session(),
        sign_out_everywhere: signed_in.area.sign_out_everywhere(),
        notifications: (signed_in.area == Area::Portal).then(|| route::PortalNotifications.to_string()),
    };
    let zones = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    let (name, mail) = (visitor.name.clone(), visitor.mail.clone());
    let (form, sessions) = (form.into_shown(), sessions.collect());
    view! { <profile::Profile name=name mail=mail form=form zones=zones sessions=sessions urls=urls/> }
}
