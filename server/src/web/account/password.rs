//! `GET` and `POST …/password`: the first one, which must be changed, or any later one.

use actix_web::{HttpResponse, web};
use app::{
    public::change_password::ChangePassword,
    text::{Lang, Text},
};
use leptos::prelude::*;

use crate::{
    domain::identity::{
        self,
        passwords::{MAX_LENGTH, MIN_LENGTH, Weak},
    },
    site::Site,
    web::{
        Error, Page,
        form::{Field, FormState},
        guard::SignedIn,
        see_other,
        session::BrowserSession,
    },
};

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Changing {
    Current,
    Password,
    Again,
}

impl Field for Changing {
    const ALL: &'static [Self] = &[Self::Current, Self::Password, Self::Again];

    fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Password => "password",
            Self::Again => "again",
        }
    }

    fn is_secret(self) -> bool {
        true
    }
}

/// The form.
pub(in crate::web) async fn get(signed_in: SignedIn, page: Page) -> HttpResponse {
    page.ok(move || view(FormState::new(), &signed_in))
}

/// Changes the password, ends the other sessions, and goes on under a new token.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    signed_in: SignedIn,
    session: BrowserSession,
    mut form: FormState<Changing>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (current, new) = (
        form.raw(Changing::Current).to_owned(),
        form.raw(Changing::Password).to_owned(),
    );
    let lang = page.lang();
    if form.raw(Changing::Again) != new {
        form.reject(Changing::Again, lang.t("password-not-again"));
        return Ok(page.unprocessable(move || view(form, &signed_in)));
    }
    let actor = signed_in.actor();
    match site
        .identity
        .change_own_password(&signed_in.visitor, &actor, current, new)
        .await
    {
        Ok(()) => {
            session.renew().await?;
            return Ok(see_other(signed_in.area.home()));
        }
        Err(identity::Error::WrongPassword) => form.reject(Changing::Current, lang.t("password-wrong")),
        Err(identity::Error::TooManyTries) => form.reject(Changing::Current, lang.t("password-too-many")),
        Err(identity::Error::Weak(weak)) => form.reject(Changing::Password, complaint(lang, weak)),
        Err(error) => return Err(error.into()),
    }
    Ok(page.unprocessable(move || view(form, &signed_in)))
}

fn complaint(lang: Lang, weak: Weak) -> Text {
    match weak {
        Weak::Short => lang.t_count("password-length", MIN_LENGTH as u64),
        Weak::Long => lang.t_count("password-too-long", MAX_LENGTH as u64),
        Weak::Personal => lang.t("password-personal").into(),
        Weak::Same => lang.t("password-same").into(),
        Weak::Monotonous => lang.t("password-monotonous").into(),
    }
}

fn view(form: FormState<Changing>, signed_in: &SignedIn) -> impl IntoView + use<> {
    let first = signed_in.visitor.must_change_password;
    let least = u32::try_from(MIN_LENGTH).unwrap_or(u32::MAX);
    let cancel = signed_in.area.profile();
    view! { <ChangePassword form=form.into_shown() first=first min_length=least cancel_href=cancel/> }
}
