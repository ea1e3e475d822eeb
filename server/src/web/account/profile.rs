//! `GET` and `POST …/profile`: one's own name, zone and open sessions.

use actix_web::{HttpResponse, web};
use chrono_tz::Tz;
use leptos::prelude::*;

use crate::{
    domain::identity::{
        self,
        sessions::{Ending, Open},
    },
    site::Site,
    web::{
        Error, Page,
        form::{Field, FormState},
        guard::SignedIn,
        see_other,
    },
};

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Profile {
    Zone,
}

impl Field for Profile {
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
    let form = FormState::new().with(Profile::Zone, zone);
    let open = open_sessions(&site, &signed_in).await?;
    Ok(page.ok(move || view(form, open, &signed_in)))
}

/// Sets the zone; empty for the tenant's.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    signed_in: SignedIn,
    mut form: FormState<Profile>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let typed = form.text(Profile::Zone).to_owned();
    let zone = match typed.as_str() {
        "" => Some(None),
        name => form.keep(
            Profile::Zone,
            name.parse::<Tz>().map(Some).map_err(|_| "There is no such time zone."),
        ),
    };
    let Some(zone) = zone else {
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
    let visitor = &signed_in.visitor;
    let which = Ending::Named(form.text(EndSession::Session));
    match site.identity.end_sessions(visitor.scope, visitor.person(), which).await {
        // It has ended by itself, which is what was wanted.
        Ok(()) | Err(identity::Error::NotFound) => Ok(see_other(signed_in.area.profile())),
        Err(error) => Err(error.into()),
    }
}

async fn open_sessions(site: &Site, signed_in: &SignedIn) -> Result<Vec<Open>, Error> {
    let visitor = &signed_in.visitor;
    Ok(site.identity.open_sessions(visitor.scope, visitor.person()).await?)
}

fn view(form: FormState<Profile>, open: Vec<Open>, signed_in: &SignedIn) -> impl IntoView + use<> {
    let visitor = &signed_in.visitor;
    let here = visitor.session.to_name();
    let end = [signed_in.area.profile().as_str(), "/end-session"].concat();
    let rows = open.into_iter().map(move |open| {
        let is_here = open.name == here;
        view! {
            <li>
                {open.browser.agent}", "{open.browser.address}", "{open.seen_at.to_rfc3339()}
                {(!is_here).then(|| view! {
                    <form method="post" action=end.clone()><button name="session" value=open.name>"End"</button></form>
                })}
            </li>
        }
    });
    view! {
        <h1>{visitor.name.clone()}</h1>
        <form method="post">
            <label>"Time zone"<input name="zone" value=form.shown(Profile::Zone)/></label>
            {form.error(Profile::Zone).map(|error| view! { <p role="alert">{error}</p> })}
            <button>"Save"</button>
        </form>
        <ul>{rows.collect_view()}</ul>
        <a href=signed_in.area.password()>"Change password"</a>
        <form method="post" action=signed_in.area.sign_out()><button>"Sign out"</button></form>
    }
}
