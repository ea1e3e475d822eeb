//! `GET` and `POST /portal/sign-in`, `/admin/sign-in`, `/operator/sign-in`.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::public::sign_in::{Refusal, SignIn};
use leptos::prelude::*;
use serde::Deserialize;

use super::next;
use crate::{
    domain::identity,
    site::Site,
    web::{
        Error, Page,
        area::Area,
        context::{Context, Visit},
        form::{Field, FormState},
        see_other,
        session::BrowserSession,
    },
};

/// The address's own part of the form.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Query {
    #[serde(default)]
    next: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum SigningIn {
    Mail,
    Password,
    Next,
}

impl Field for SigningIn {
    const ALL: &'static [Self] = &[Self::Mail, Self::Password, Self::Next];

    fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Password => "password",
            Self::Next => "next",
        }
    }

    fn is_secret(self) -> bool {
        self == Self::Password
    }
}

/// The form; who is signed in already goes on.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    visit: Visit,
    session: BrowserSession,
    query: web::Query<Query>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (area, scope) = visit.area()?;
    if let Some(session) = session.hash()
        && site.identity.visitor(scope, session).await?.is_some()
    {
        return Ok(see_other(next::within(area, &query.next)));
    }
    let next = query.into_inner().next;
    Ok(page.ok(move || view(area, String::new(), None, next)))
}

/// Signs in.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    visit: Visit,
    session: BrowserSession,
    form: FormState<SigningIn>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (area, scope) = visit.area()?;
    let context: &Arc<Context> = &visit.0;
    let password = form.raw(SigningIn::Password).to_owned();
    let answer = site
        .identity
        .sign_in(scope, form.text(SigningIn::Mail), password, &context.address)
        .await?;
    let (status, refusal) = match answer {
        identity::SignIn::Welcome(person) => {
            session.begin(person).await?;
            return Ok(see_other(next::within(area, form.text(SigningIn::Next))));
        }
        identity::SignIn::Refused => (StatusCode::UNPROCESSABLE_ENTITY, Refusal::Wrong),
        identity::SignIn::TooMany { until } => {
            let seconds = (until - site.clock.now()).num_seconds().max(1);
            let minutes = u32::try_from(seconds).unwrap_or(60).div_ceil(60);
            (StatusCode::TOO_MANY_REQUESTS, Refusal::TooMany { minutes })
        }
    };
    let (mail, next) = (form.shown(SigningIn::Mail), form.shown(SigningIn::Next));
    Ok(page.with_status(status, move || view(area, mail, Some(refusal), next)))
}

fn view(area: Area, mail: String, refusal: Option<Refusal>, next: String) -> impl IntoView {
    let next = (!next.is_empty()).then_some(next);
    view! { <SignIn area=area.into() mail=mail refusal=refusal next=next/> }
}
