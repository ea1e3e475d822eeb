//! `POST …/sign-out` and `POST …/sign-out-everywhere`.

use actix_web::{HttpResponse, web};

use crate::{
    domain::identity::sessions::Ending,
    site::Site,
    web::{Error, guard::SignedIn, see_other, session::BrowserSession},
};

/// Ends this browser's session in this area.
pub(in crate::web) async fn here(signed_in: SignedIn, session: BrowserSession) -> Result<HttpResponse, Error> {
    session.end().await?;
    Ok(see_other(signed_in.area.sign_in()))
}

/// Ends all of the visitor's sessions, in all browsers and areas.
pub(in crate::web) async fn everywhere(
    site: web::Data<Site>,
    signed_in: SignedIn,
    session: BrowserSession,
) -> Result<HttpResponse, Error> {
    site.identity
        .end_own_sessions(&signed_in.visitor, &signed_in.actor(), Ending::AllBut(None))
        .await?;
    session.end().await?;
    Ok(see_other(signed_in.area.sign_in()))
}
