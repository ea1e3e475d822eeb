//! Sessions over HTTP: tower-sessions-core on actix, one cookie an area, the rows in `domain::identity::sessions`.
//!
//! Who is behind a session is found out by `guard`, without loading what the session keeps: a page that needs nobody
//! asks nothing of the database.

use std::{str::FromStr, sync::Arc};

use actix_web::{
    Error as ActixError, FromRequest, HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    cookie::{Cookie, SameSite, time::Duration as CookieDuration},
    dev::{Payload, ServiceRequest, ServiceResponse},
    middleware::Next,
};
use async_trait::async_trait;
use futures_util::future::{Ready, ready};
use tower_sessions_core::{
    Session, SessionStore,
    session::{Id, Record},
    session_store,
};
use uuid::Uuid;

use super::{Error, context::Context};
use crate::domain::identity::{
    Identity, Scope,
    sessions::{Browser, LIFETIME, SessionHash},
};

/// Where a session keeps whose it is.
const PERSON: &str = "person";

/// The session of this browser in this area, begun or not.
#[derive(Clone, Debug)]
pub struct BrowserSession(Session);

impl BrowserSession {
    /// The visitor is signed in from now on, under a new token and with nothing left of what the session kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin(&self, person: Uuid) -> Result<(), Error> {
        self.0.clear().await;
        self.0.cycle_id().await?;
        self.0.insert(PERSON, person).await?;
        Ok(())
    }

    /// Goes on under a new token: after a change of rights or password.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn renew(&self) -> Result<(), Error> {
        Ok(self.0.cycle_id().await?)
    }

    /// Ends the session.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end(&self) -> Result<(), Error> {
        Ok(self.0.flush().await?)
    }

    /// The hash of the token that the browser sent.
    pub(super) fn hash(&self) -> Option<SessionHash> {
        self.0.id().map(hash)
    }
}

impl FromRequest for BrowserSession {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Self>().cloned().ok_or(Error::NotFound))
    }
}

fn hash(id: Id) -> SessionHash {
    SessionHash::of(&id.0.to_le_bytes())
}

/// Reads the area's cookie before the handler and keeps the session after it.
pub(super) async fn keep(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let context = request.extensions().get::<Arc<Context>>().cloned();
    let Some((context, scope)) = context.and_then(|context| context.scope().map(|scope| (context, scope))) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let secure = context.site.settings.is_secure();
    let name = context
        .area
        .map_or_else(String::new, |area| area.cookie(secure).to_owned());
    let sent = request.cookie(&name);
    let store = Arc::new(Store {
        identity: context.site.identity.clone(),
        scope,
        browser: context.browser(),
    });
    let session = Session::new(
        sent.as_ref().and_then(|cookie| Id::from_str(cookie.value()).ok()),
        store,
        None,
    );
    request.extensions_mut().insert(BrowserSession(session.clone()));

    let mut response = next.call(request).await?.map_into_boxed_body();

    if session.is_empty().await {
        if sent.is_some() {
            let mut gone = cookie(name, String::new(), secure);
            gone.make_removal();
            response.response_mut().add_cookie(&gone)?;
        }
    } else if session.is_modified() && !response.status().is_server_error() {
        if let Err(error) = session.save().await {
            return Ok(response.into_response(actix_web::HttpResponse::from_error(Error::from(error))));
        }
        if let Some(id) = session.id() {
            let mut kept = cookie(name, id.to_string(), secure);
            kept.set_max_age(CookieDuration::seconds(LIFETIME.num_seconds()));
            response.response_mut().add_cookie(&kept)?;
        }
    }
    Ok(response)
}

/// `Lax`, not `Strict`: whoever follows a link in a mail is still signed in. Changes are guarded by `same_origin`.
fn cookie(name: String, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .secure(secure)
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

/// tower-sessions' view of the rows of one area. When a session ends is decided in the domain on our own clock: the
/// expiry in a [`Record`] is not looked at.
#[derive(Clone, Debug)]
struct Store {
    identity: Identity,
    scope: Scope,
    browser: Browser,
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let person = record.data.get(PERSON).and_then(|person| person.as_str()?.parse().ok());
        let data = encode(record)?;
        let sessions = self.identity.sessions(self.scope);
        while !sessions
            .create(hash(record.id), person, data.clone(), &self.browser)
            .await
            .map_err(failed)?
        {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let data = encode(record)?;
        self.identity
            .sessions(self.scope)
            .save(hash(record.id), data)
            .await
            .map_err(failed)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let Some(data) = self
            .identity
            .sessions(self.scope)
            .load(hash(*id))
            .await
            .map_err(failed)?
        else {
            return Ok(None);
        };
        Ok(Some(Record {
            id: *id,
            data: serde_json::from_str(&data).map_err(|error| session_store::Error::Decode(error.to_string()))?,
            expiry_date: time::OffsetDateTime::UNIX_EPOCH,
        }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        self.identity
            .sessions(self.scope)
            .delete(hash(*id))
            .await
            .map_err(failed)?;
        self.identity.forget_visitors();
        Ok(())
    }
}

fn encode(record: &Record) -> session_store::Result<String> {
    serde_json::to_string(&record.data).map_err(|error| session_store::Error::Encode(error.to_string()))
}

/// The trait wants a text: the chain is put into one.
fn failed(error: sea_orm::DbErr) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}
