//! `GET /portal/live` and `GET /admin/live`: tells an open page which of its parts to fetch again.
//!
//! One event stream a page, fed by the changes of the board: whatever a change concerns, no query is made for it. What
//! the parts look like is not known here; the page names them in the stream's address and fetches them from its own.

use std::{collections::HashSet, fmt::Write, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
    web::{self, Bytes},
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{AccountId, ClientId, LinkId, RouterId, TenantId, watch, watch::Watched};
use futures_util::stream;
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, Interval, MissedTickBehavior, interval, sleep_until},
};
use uuid::Uuid;

use super::{
    Error,
    guard::{ClientPermission, ClientUser, SignedIn, Staff},
    route,
    streams::Place,
};
use crate::{
    domain::{
        board::{Change, LinkNow, Snapshot},
        identity::{Scope, Who, sessions::SessionHash},
    },
    site::Site,
};

/// At most one event in this time: a poll cycle changes many links at once.
const BETWEEN_EVENTS: Duration = Duration::from_millis(500);

/// The same for pages that show everything, while figures change and no state does: with many routers some always do.
const BETWEEN_FIGURES: Duration = Duration::from_secs(5);

/// Something is sent at least this often, so that no proxy takes the stream for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// How often it is looked whether the visitor is still signed in, and the watch is renewed.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// How long a watch lasts without being renewed.
const WATCH: TimeDelta = TimeDelta::seconds(30);

/// After this the stream ends and the page asks for a new one: nothing is held for ever.
const LONGEST: Duration = Duration::from_secs(600);

/// How long the list of parts in an address may be.
const MOST_PARTS: usize = 400;

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// All that its visitor may see.
    Everything,
    Link(LinkId),
    Router(RouterId),
    /// Instances, and actions on them.
    Servers,
}

/// The address of the stream for a page of the portal. `now` are the ids of its parts that change with every look at a
/// router, `sampled` those that change with a new sample or a new set-up only.
#[must_use]
pub fn portal(subject: Subject, board: &Snapshot, now: &[&str], sampled: &[&str]) -> String {
    address(route::PortalLive, subject, board, now, sampled)
}

/// The same for a page of the staff.
#[must_use]
pub fn admin(subject: Subject, board: &Snapshot, now: &[&str], sampled: &[&str]) -> String {
    address(route::AdminLive, subject, board, now, sampled)
}

fn address(path: impl ToString, subject: Subject, board: &Snapshot, now: &[&str], sampled: &[&str]) -> String {
    let mut url = path.to_string();
    // Writing to a string cannot fail.
    let _ = write!(url, "?since={}&now={}", board.seq(), now.join(","));
    if !sampled.is_empty() {
        let _ = write!(url, "&sampled={}", sampled.join(","));
    }
    let _ = match subject {
        Subject::Everything => Ok(()),
        Subject::Link(link) => write!(url, "&link={link}"),
        Subject::Router(router) => write!(url, "&router={router}"),
        Subject::Servers => url.write_str("&servers=true"),
    };
    url
}

/// The query of a stream's address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    link: Option<LinkId>,
    router: Option<RouterId>,
    #[serde(default)]
    servers: bool,
    /// Up to where in the change sequence the page is true.
    since: Option<i64>,
    #[serde(default)]
    now: String,
    #[serde(default)]
    sampled: String,
}

impl Asked {
    fn subject(&self) -> Subject {
        match (self.link, self.router) {
            (Some(link), _) => Subject::Link(link),
            (None, Some(router)) => Subject::Router(router),
            (None, None) if self.servers => Subject::Servers,
            (None, None) => Subject::Everything,
        }
    }
}

/// For client users.
pub(super) async fn of_client(
    request: HttpRequest,
    site: web::Data<Site>,
    user: ClientUser,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let clients = user.clients_for(ClientPermission::SeeLinks).into_iter().collect();
    open(
        &request,
        &site,
        user.tenant.tenant.id,
        user.account,
        &user.signed_in,
        Audience::Clients(clients),
        &asked,
    )
    .await
}

/// For staff users.
pub(super) async fn of_staff(
    request: HttpRequest,
    site: web::Data<Site>,
    staff: Staff,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    open(
        &request,
        &site,
        staff.tenant.tenant.id,
        staff.account,
        &staff.signed_in,
        Audience::Staff,
        &asked,
    )
    .await
}

async fn open(
    request: &HttpRequest,
    site: &Site,
    tenant: TenantId,
    account: AccountId,
    signed_in: &SignedIn,
    audience: Audience,
    asked: &Asked,
) -> Result<HttpResponse, Error> {
    // Subscribed before the board is read, so that nothing falls in between.
    let changes = site.board.changes();
    let board = site.board.snapshot(tenant, site.clock.now()).await?;
    let subject = asked.subject();
    if !audience.may_see(&board, subject) {
        return Err(Error::NotFound);
    }
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // Neither we nor a proxy may hold events back to compress or to collect them.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"));
    if request.method() == Method::HEAD {
        return Ok(answer.finish());
    }
    let visitor = &signed_in.visitor;
    let mut live = Live {
        place: site.streams.enter(account).ok_or(Error::Full)?,
        site: site.clone(),
        tenant,
        session: (visitor.scope, visitor.session),
        audience,
        subject,
        parts: [parts(&asked.now), parts(&asked.sampled)],
        sampled: sampled(&board, subject),
        changes,
        due: [false; 2],
        due_at: None,
        sent_at: None,
        opened: false,
        ends: Instant::now() + LONGEST,
        keep_alive: every(KEEP_ALIVE),
        look_again: every(LOOK_AGAIN),
    };
    if let Some(since) = asked.since.filter(|since| *since < board.seq()) {
        // Whether a sample was among what the page has missed is not known any more.
        live.sampled = None;
        let (links, routers) = board.changed_since(since);
        let missed = Change {
            tenant,
            links: links.into(),
            routers: routers.into(),
            config: board.config_seq > since,
            servers: board.servers_seq > since,
            states: true,
        };
        live.take(&board, &missed);
    }
    live.watch().await?;
    let events = stream::unfold(live, async |mut live| {
        let event = live.next().await?;
        Some((Ok::<_, std::convert::Infallible>(event), live))
    });
    Ok(answer.streaming(Box::pin(events)))
}

/// The ids in a list, as far as they can be some.
fn parts(list: &str) -> Vec<String> {
    let is_id = |part: &&str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let list = list.get(..MOST_PARTS.min(list.len())).unwrap_or_default();
    list.split(',').filter(is_id).map(str::to_owned).collect()
}

fn every(period: Duration) -> Interval {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick comes at once, when there is nothing to do yet.
    ticks.reset();
    ticks
}

/// Who looks.
#[derive(Debug)]
enum Audience {
    Staff,
    Clients(HashSet<ClientId>),
}

impl Audience {
    fn may_see_link(&self, link: &LinkNow) -> bool {
        match self {
            Self::Staff => true,
            Self::Clients(clients) => link.link.archived_at.is_none() && clients.contains(&link.link.client_id),
        }
    }

    fn may_see(&self, board: &Snapshot, subject: Subject) -> bool {
        match subject {
            Subject::Everything | Subject::Servers => true,
            Subject::Link(link) => board.links.get(&link).is_some_and(|link| self.may_see_link(link)),
            Subject::Router(router) => matches!(self, Self::Staff) && board.routers.contains_key(&router),
        }
    }
}

/// What a link's samples make of it: unlike its current rates, this changes with a sample alone.
type Sampled = Option<(DateTime<Utc>, Option<DateTime<Utc>>)>;

fn sampled(board: &Snapshot, subject: Subject) -> Sampled {
    let Subject::Link(link) = subject else { return None };
    let state = board.links.get(&link)?.state.as_ref()?;
    Some((state.since, state.sampled_at))
}

/// One open stream.
struct Live {
    place: Place,
    site: Site,
    tenant: TenantId,
    session: (Scope, SessionHash),
    audience: Audience,
    subject: Subject,
    /// Ids of the parts that change with every look, and of those that change with samples.
    parts: [Vec<String>; 2],
    sampled: Sampled,
    changes: Receiver<Change>,
    /// Which of the two kinds of parts the page has to fetch.
    due: [bool; 2],
    /// When it is told so.
    due_at: Option<Instant>,
    sent_at: Option<Instant>,
    opened: bool,
    ends: Instant,
    keep_alive: Interval,
    look_again: Interval,
}

impl Live {
    /// What is sent next; `None` at the end.
    async fn next(&mut self) -> Option<Bytes> {
        if !self.opened {
            self.opened = true;
            return Some(Bytes::from_static(b": open\n\n"));
        }
        loop {
            tokio::select! {
                () = self.site.stop.stopped() => return None,
                () = sleep_until(self.ends) => return None,
                () = self.place.taken() => return None,
                _ = self.look_again.tick() => {
                    if let Err(error) = self.look_again().await {
                        tracing::debug!(%error, "an event stream ends");
                        return None;
                    }
                }
                _ = self.keep_alive.tick() => return Some(Bytes::from_static(b": still here\n\n")),
                () = sleep_until(self.due_at.unwrap_or(self.ends)), if self.due_at.is_some() => {
                    self.keep_alive.reset();
                    return Some(self.event());
                }
                change = self.changes.recv() => match change {
                    Ok(change) if change.tenant == self.tenant => self.follow(&change).await?,
                    Ok(_) => {}
                    // So much has changed that it is quicker to look at everything.
                    Err(RecvError::Lagged(_)) => self.make_due([true; 2], BETWEEN_EVENTS),
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    async fn follow(&mut self, change: &Change) -> Option<()> {
        let board = self
            .site
            .board
            .snapshot(self.tenant, self.site.clock.now())
            .await
            .ok()?;
        self.take(&board, change);
        Some(())
    }

    /// Notes which parts a change makes stale.
    fn take(&mut self, board: &Snapshot, change: &Change) {
        let (links, routers, config) = (&change.links, &change.routers, change.config);
        let concerned = match self.subject {
            Subject::Everything => {
                let router_seen = matches!(self.audience, Audience::Staff) && !routers.is_empty();
                let mut seen = links.iter().filter_map(|id| board.links.get(id));
                router_seen || seen.any(|link| self.audience.may_see_link(link))
            }
            Subject::Servers => change.servers,
            Subject::Link(link) => links.contains(&link),
            Subject::Router(router) => {
                let mut links = links.iter().filter_map(|id| board.links.get(id));
                routers.contains(&router) || links.any(|link| link.link.router_id == router)
            }
        };
        let now = sampled(board, self.subject);
        let by_sample = match self.subject {
            Subject::Link(_) => now != self.sampled,
            Subject::Everything | Subject::Router(_) | Subject::Servers => concerned,
        };
        self.sampled = now;
        let pause = if self.subject == Subject::Everything && !change.states && !config {
            BETWEEN_FIGURES
        } else {
            BETWEEN_EVENTS
        };
        self.make_due([concerned || config, by_sample || config], pause);
    }

    /// Lets the page fetch its parts, `pause` after the last event.
    fn make_due(&mut self, kinds: [bool; 2], pause: Duration) {
        if kinds == [false; 2] {
            return;
        }
        for (due, more) in self.due.iter_mut().zip(kinds) {
            *due |= more;
        }
        let now = Instant::now();
        let at = self.sent_at.map_or(now, |sent_at| now.max(sent_at + pause));
        self.due_at = Some(self.due_at.map_or(at, |due_at| due_at.min(at)));
    }

    fn event(&mut self) -> Bytes {
        self.sent_at = Some(Instant::now());
        self.due_at = None;
        let due = std::mem::take(&mut self.due);
        let ids: Vec<&str> = self
            .parts
            .iter()
            .zip(due)
            .filter(|(_, due)| *due)
            .flat_map(|(parts, _)| parts)
            .map(String::as_str)
            .collect();
        let list = serde_json::to_string(&ids).unwrap_or_default();
        Bytes::from(format!("event: refresh\ndata: {list}\n\n"))
    }

    /// Whether the visitor is still signed in and may still see this; if so, the watch goes on.
    async fn look_again(&mut self) -> Result<(), Error> {
        let (scope, session) = self.session;
        let visitor = self.site.identity.visitor(scope, session).await?;
        let area = match scope {
            Scope::Admin(_) => super::area::Area::Admin,
            Scope::Portal(_) | Scope::Operator => super::area::Area::Portal,
        };
        let visitor = visitor.ok_or(Error::SignedOut { area, back: None })?;
        if let (Audience::Clients(clients), Who::Client { memberships, .. }) = (&mut self.audience, &visitor.who) {
            let allowed = memberships
                .iter()
                .filter(|place| place.allows(ClientPermission::SeeLinks));
            *clients = allowed.map(|place| place.client).collect();
        }
        // Asked for again, so that the board keeps this tenant in memory.
        let board = self.site.board.snapshot(self.tenant, self.site.clock.now()).await?;
        if !self.audience.may_see(&board, self.subject) {
            return Err(Error::NotFound);
        }
        self.watch().await
    }

    /// Says that somebody looks at the link or the router, so that it is asked for current figures.
    async fn watch(&self) -> Result<(), Error> {
        let (subject, kind): (Uuid, _) = match self.subject {
            Subject::Everything | Subject::Servers => return Ok(()),
            Subject::Link(link) => (link.0, Watched::Link),
            Subject::Router(router) => (router.0, Watched::Router),
        };
        let row = watch::ActiveModel {
            subject_id: Set(subject),
            kind: Set(kind),
            expires_at: Set(self.site.clock.now() + WATCH),
            ..Default::default()
        };
        let rows = self.site.db.tenant(self.tenant);
        Ok(rows
            .upsert_all::<watch::Entity, _>([row], &[watch::Column::SubjectId])
            .await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_are_taken_from_an_address() {
        assert_eq!(parts("link-now,,a b,<x>,link-badge"), ["link-now", "link-badge"]);
        assert!(parts("").is_empty());
        assert!(parts(&"é".repeat(400)).is_empty());
    }
}
