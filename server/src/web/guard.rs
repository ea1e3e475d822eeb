//! Guards: what a route needs is looked at before its handler runs, by the table of roles.
//!
//! They decide about roles. Whose thing it is (another tenant's, another client's) the queries decide, and answer 404.

use std::sync::Arc;

use actix_web::{
    Error as ActixError, FromRequest, HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};
use entity::{AccountId, ClientId, OperatorId};
use futures_util::future::{Ready, ready};

use super::{Error, area::Area, context::Context, session::BrowserSession, tenant::CurrentTenant, tenant_metrics};
use crate::domain::{
    audit::{Actor, ActorKind},
    contabo::instances,
    identity::{Appointer, StaffRole, Visitor, Who, visitors::Membership},
};

pub use crate::domain::identity::{ClientPermission, StaffPermission};

/// What one needs for a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing, not even a tenant.
    Nothing,
    /// A tenant's site.
    Tenant,
    /// A token for the tenant's figures. No session counts.
    MetricsToken,
    /// To be signed in to the area, with whatever rights, even before the first password was changed.
    SignedIn(Area),
    /// A role on the staff.
    Staff(StaffPermission),
    /// A role at a client, one at least: handlers ask again for the client that the thing belongs to.
    Client(ClientPermission),
    /// To be an operator.
    Operator,
}

impl Needs {
    /// The area whose session counts.
    #[must_use]
    pub fn area(self) -> Option<Area> {
        match self {
            Self::Nothing | Self::Tenant | Self::MetricsToken => None,
            Self::SignedIn(area) => Some(area),
            Self::Staff(_) => Some(Area::Admin),
            Self::Client(_) => Some(Area::Portal),
            Self::Operator => Some(Area::Operator),
        }
    }

    /// Whether the visitor has it.
    fn are_met_by(self, visitor: &Visitor) -> bool {
        match (self, &visitor.who) {
            (Self::Nothing | Self::Tenant | Self::MetricsToken | Self::SignedIn(_), _) => true,
            (Self::Staff(permission), Who::Staff { role, .. }) => role.allows(permission),
            (Self::Client(permission), Who::Client { memberships, .. }) => {
                memberships.iter().any(|membership| membership.allows(permission))
            }
            (Self::Operator, Who::Operator(_)) => true,
            (Self::Staff(_) | Self::Client(_) | Self::Operator, _) => false,
        }
    }
}

/// The visitor in a request's extensions, put there by [`admit`].
#[derive(Clone, Debug)]
pub(super) struct Admitted(pub(super) Arc<Visitor>);

/// In a request's extensions where the visitor has servers, or may get some: their list has an entry then.
#[derive(Clone, Copy, Debug)]
pub(super) struct HasServers;

/// Whose role is too weak for the page: they are told so among the pages that they may see.
#[derive(Clone, Debug)]
pub(super) struct TurnedAway(pub(super) Arc<Visitor>);

/// Lets the request through to its handler, or answers in its place.
pub(super) async fn admit(
    needs: Needs,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    match look(needs, &request).await {
        Ok(visitor) => {
            if let Some(visitor) = visitor {
                request.extensions_mut().insert(Admitted(visitor));
            }
            Ok(next.call(request).await?.map_into_boxed_body())
        }
        Err(error) => Ok(request.error_response(error)),
    }
}

async fn look(needs: Needs, request: &ServiceRequest) -> Result<Option<Arc<Visitor>>, Error> {
    let context = request.extensions().get::<Arc<Context>>().cloned();
    let Some(context) = context else {
        return Err(Error::internal("a guard ran without the context of its request"));
    };
    if needs == Needs::Tenant && context.tenant.is_none() {
        return Err(Error::NotFound);
    }
    if needs == Needs::MetricsToken {
        tenant_metrics::admit(&context, request.headers()).await?;
    }
    let Some(area) = needs.area() else { return Ok(None) };
    let scope = area
        .scope(context.tenant.as_ref().map(|tenant| tenant.id))
        .ok_or(Error::NotFound)?;
    let session = request
        .extensions()
        .get::<BrowserSession>()
        .and_then(BrowserSession::hash);
    let visitor = match session {
        Some(session) => context.site.identity.visitor(scope, session).await?,
        None => None,
    };
    let Some(visitor) = visitor else {
        // After signing in one comes back to a page, never to a change that was under way.
        let back = (request.method() == Method::GET).then(|| request.uri().to_string());
        return Err(Error::SignedOut { area, back });
    };
    if visitor.must_change_password && !matches!(needs, Needs::SignedIn(_)) {
        return Err(Error::PasswordDue { area });
    }
    if area == Area::Portal && has_servers(&context, &visitor).await {
        request.extensions_mut().insert(HasServers);
    }
    if !needs.are_met_by(&visitor) {
        request.extensions_mut().insert(TurnedAway(visitor));
        return Err(Error::Forbidden);
    }
    Ok(Some(visitor))
}

/// What the board says, which is in memory. Where it is not to be had, the page still is.
async fn has_servers(context: &Context, visitor: &Visitor) -> bool {
    let (Some(tenant), Who::Client { memberships, .. }) = (&context.tenant, &visitor.who) else {
        return false;
    };
    let site = &context.site;
    let Ok(board) = site.board.snapshot(tenant.id, site.clock.now()).await else {
        return false;
    };
    let clients: Vec<ClientId> = memberships
        .iter()
        .filter(|membership| membership.allows(ClientPermission::SeeServers))
        .map(|membership| membership.client)
        .collect();
    board.has_contabo && !clients.is_empty() || instances::any_of_clients(&board, &clients)
}

/// Whoever is signed in to the area of the request. What all three kinds of visitors have in common.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub visitor: Arc<Visitor>,
    pub area: Area,
    address: String,
    request_id: String,
}

impl SignedIn {
    /// As the audit log names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let (kind, id) = match self.visitor.who {
            Who::Staff { account, .. } => (ActorKind::Staff, Some(account)),
            Who::Client { account, .. } => (ActorKind::Client, Some(account)),
            Who::Operator(_) => (ActorKind::Operator, None),
        };
        Actor {
            kind,
            id,
            name: self.visitor.name.clone(),
            address: Some(self.address.clone()),
            request_id: Some(self.request_id.clone()),
        }
    }

    fn of(request: &HttpRequest) -> Result<Self, Error> {
        let extensions = request.extensions();
        let admitted = extensions.get::<Admitted>().zip(extensions.get::<Arc<Context>>());
        let (Admitted(visitor), context) = admitted.ok_or_else(not_declared)?;
        Ok(Self {
            visitor: Arc::clone(visitor),
            area: context.area.ok_or_else(not_declared)?,
            address: context.address.clone(),
            request_id: context.request_id.clone(),
        })
    }
}

/// A staff user of the request's tenant.
#[derive(Clone, Debug)]
pub struct Staff {
    pub account: AccountId,
    pub role: StaffRole,
    pub tenant: CurrentTenant,
    pub signed_in: SignedIn,
}

impl Staff {
    /// Whether a button for this makes sense. Guards have asked already for what the route itself does.
    #[must_use]
    pub fn may(&self, permission: StaffPermission) -> bool {
        self.role.allows(permission)
    }

    /// As the audit log names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.signed_in.actor()
    }

    /// As somebody who decides about other people.
    #[must_use]
    pub fn appointer(&self) -> Appointer {
        Appointer {
            actor: self.actor(),
            role: self.role,
        }
    }
}

/// A user of one or more of the tenant's clients.
#[derive(Clone, Debug)]
pub struct ClientUser {
    pub account: AccountId,
    pub tenant: CurrentTenant,
    pub signed_in: SignedIn,
}

impl ClientUser {
    /// The clients and the role at each, by name. At least one.
    #[must_use]
    pub fn memberships(&self) -> &[Membership] {
        match &self.signed_in.visitor.who {
            Who::Client { memberships, .. } => memberships,
            Who::Staff { .. } | Who::Operator(_) => &[],
        }
    }

    /// The clients at which the visitor may do this: the filter of every query in the portal.
    #[must_use]
    pub fn clients_for(&self, permission: ClientPermission) -> Vec<ClientId> {
        let allowed = self
            .memberships()
            .iter()
            .filter(|membership| membership.allows(permission));
        allowed.map(|membership| membership.client).collect()
    }

    /// That the visitor may do this at `client`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a client of which the visitor is no user, [`Error::Forbidden`] for a role too weak.
    pub fn demand(&self, client: ClientId, permission: ClientPermission) -> Result<(), Error> {
        let membership = self.memberships().iter().find(|membership| membership.client == client);
        match membership {
            None => Err(Error::NotFound),
            Some(membership) if membership.allows(permission) => Ok(()),
            Some(_) => Err(Error::Forbidden),
        }
    }

    /// As the audit log names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.signed_in.actor()
    }
}

/// An operator of the installation.
#[derive(Clone, Debug)]
pub struct Operator {
    pub id: OperatorId,
    pub signed_in: SignedIn,
}

/// Extractors of what [`admit`] put into the request.
macro_rules! from_request {
    ($($name:ty),+) => {$(
        impl FromRequest for $name {
            type Error = Error;
            type Future = Ready<Result<Self, Error>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                ready(Self::of(request))
            }
        }
    )+};
}

from_request!(SignedIn, Staff, ClientUser, Operator);

impl Staff {
    fn of(request: &HttpRequest) -> Result<Self, Error> {
        let signed_in = SignedIn::of(request)?;
        match signed_in.visitor.who {
            Who::Staff { account, role } => Ok(Self {
                account,
                role,
                tenant: tenant(request)?,
                signed_in,
            }),
            Who::Client { .. } | Who::Operator(_) => Err(not_declared()),
        }
    }
}

impl ClientUser {
    fn of(request: &HttpRequest) -> Result<Self, Error> {
        let signed_in = SignedIn::of(request)?;
        match signed_in.visitor.who {
            Who::Client { account, .. } => Ok(Self {
                account,
                tenant: tenant(request)?,
                signed_in,
            }),
            Who::Staff { .. } | Who::Operator(_) => Err(not_declared()),
        }
    }
}

impl Operator {
    fn of(request: &HttpRequest) -> Result<Self, Error> {
        let signed_in = SignedIn::of(request)?;
        match signed_in.visitor.who {
            Who::Operator(id) => Ok(Self { id, signed_in }),
            Who::Staff { .. } | Who::Client { .. } => Err(not_declared()),
        }
    }
}

fn tenant(request: &HttpRequest) -> Result<CurrentTenant, Error> {
    let extensions = request.extensions();
    let context = extensions.get::<Arc<Context>>().ok_or_else(not_declared)?;
    let tenant = context.tenant.clone().ok_or(Error::NotFound)?;
    Ok(CurrentTenant::new(tenant, context.site.db.clone()))
}

fn not_declared() -> Error {
    Error::internal("a handler asks for a visitor that its route in routes.rs does not need")
}
