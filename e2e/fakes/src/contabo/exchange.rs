//! The way of a request: log, fault, right to ask, operation, fault, log.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde_json::{Value, json};

use super::account::Account;
use super::call::{Call, Refusal, is_request_id};
use super::faults::{Fault, Faults, SIGN_IN};
use super::http::{Ending, Request, Response};
use super::list::Query;
use super::log::{Log, Recorded, without_secrets};
use super::routes::{self, Route};
use super::sign_in::{self, Tokens};
use super::spec::{Behaviour, OrderOutcome};
use super::strange;
use crate::clock::Clock;

/// Which of the two servers a connection came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    Api,
    SignIn,
}

/// Everything that changes. Never held across an `await`.
pub(crate) struct World {
    pub(crate) accounts: Vec<Account>,
    pub(crate) tokens: Tokens,
    pub(crate) faults: Faults,
    pub(crate) behaviour: Behaviour,
    /// What becomes of the next orders.
    pub(crate) outcomes: VecDeque<OrderOutcome>,
    pub(crate) limit: Option<RateLimit>,
    /// After how many requests a token is worth nothing, and how many are left.
    pub(crate) token_requests: Option<(u32, u32)>,
}

/// So many requests a second, of real time, and as many at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RateLimit {
    per_second: f64,
    left: f64,
    filled: Instant,
}

impl RateLimit {
    pub(crate) fn new(per_second: u32) -> Self {
        Self {
            per_second: f64::from(per_second),
            left: f64::from(per_second),
            filled: Instant::now(),
        }
    }

    fn admits(&mut self) -> bool {
        let now = Instant::now();
        let more = (now - self.filled).as_secs_f64() * self.per_second;
        self.left = (self.left + more).min(self.per_second);
        self.filled = now;
        let admits = self.left >= 1.0;
        if admits {
            self.left -= 1.0;
        }
        admits
    }
}

/// What the listeners, the connections and the handle share.
pub(crate) struct Shared {
    clock: Clock,
    /// How far the fake's time was moved from its clock's.
    moved: AtomicI64,
    world: Mutex<World>,
    pub(crate) log: Log,
}

impl Shared {
    pub(crate) fn new(clock: Clock, world: World) -> Self {
        Self {
            clock,
            moved: AtomicI64::new(0),
            world: Mutex::new(world),
            log: Log::default(),
        }
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now_ms() + self.moved.load(Ordering::SeqCst)
    }

    pub(crate) fn advance(&self, ms: i64) {
        self.moved.fetch_add(ms, Ordering::SeqCst);
    }

    /// The state, with everything done that is due.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        for account in &mut world.accounts {
            account.settle(now);
        }
        world
    }

    pub(crate) async fn exchange(&self, door: Door, request: &Request) -> Ending {
        let route = match door {
            Door::Api => routes::find(&request.method, &request.path),
            Door::SignIn => None,
        };
        let operation = match (&route, door) {
            (Some((route, _)), _) => route.operation,
            (None, Door::SignIn) if request.path == sign_in::PATH => SIGN_IN,
            (None, _) => "",
        };
        let mut recorded = record(request, operation, self.now());
        recorded.client_id = match recorded.body["client_id"].as_str() {
            Some(client) => Some(client.to_owned()),
            None => self.client_of(request),
        };
        let number = self.log.arrived(recorded);
        let struck = self.world().faults.strike(operation, &request.method, &request.path);
        let fault = struck.as_ref().map(|struck| &struck.fault);
        let ending = match fault.and_then(|fault| self.before(fault)) {
            Some(ending) => ending,
            None => {
                let response = match door {
                    Door::SignIn => self.sign_in(request),
                    Door::Api => self.operate(request, route, fault),
                };
                let done = response.status < 300;
                self.log.change(number, |entry| entry.done = done);
                match struck {
                    // An answer to something that was not done can't be lost; the next one will be.
                    Some(struck) if struck.misses(done) => {
                        self.world().faults.give_back(struck);
                        Ending::Answer(response)
                    }
                    struck => after(struck.map(|struck| struck.fault), response).await,
                }
            }
        };
        let status = match &ending {
            Ending::Answer(response) | Ending::CutInside(response) => Some(response.status),
            Ending::Cut | Ending::Silence => None,
        };
        self.log.change(number, |entry| {
            entry.status = status;
            entry.ended = true;
        });
        ending
    }

    fn client_of(&self, request: &Request) -> Option<String> {
        let token = token(request)?;
        let world = self.world();
        let account = world.tokens.account(token, self.now())?;
        Some(world.accounts[account].spec.client_id.clone())
    }

    /// What a fault answers without anything being done.
    fn before(&self, fault: &Fault) -> Option<Ending> {
        let error = |status, text: &str| Ending::Answer(Response::json(status, &Refusal::new(status, text).body));
        Some(match fault {
            Fault::TokenExpired => {
                self.world().tokens.expire();
                error(401, "Unauthorized")
            }
            Fault::TooManyRequests { retry_after } => {
                let mut response = too_many();
                let seconds = retry_after.map(|seconds| ("retry-after", seconds.to_string()));
                response.headers.extend(seconds);
                Ending::Answer(response)
            }
            Fault::ErrorBefore => error(500, "Internal server error"),
            Fault::DropBefore => Ending::Cut,
            Fault::HangBefore => Ending::Silence,
            Fault::Gateway => {
                let body = json!({ "message": "failure to get a peer from the ring-balancer" });
                Ending::Answer(Response::json(503, &body))
            }
            Fault::Html => {
                let page = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>";
                Ending::Answer(Response::text(502, "text/html", page))
            }
            Fault::Empty(status) => Ending::Answer(Response::empty(*status)),
            Fault::Refuse(status, message) => error(*status, message),
            Fault::Vanished => error(404, "Entry Instances not found"),
            _ => return None,
        })
    }

    fn sign_in(&self, request: &Request) -> Response {
        if request.path != sign_in::PATH {
            return Response::json(404, &json!({ "error": "RESTEASY003210: Could not find resource" }));
        }
        let now = self.now();
        let mut world = self.world();
        let world = &mut *world;
        if let Some((every, left)) = &mut world.token_requests {
            *left = *every;
        }
        world.tokens.answer(&mut world.accounts, &world.behaviour, request, now)
    }

    fn operate(
        &self,
        request: &Request,
        route: Option<(&'static Route, Vec<(&'static str, String)>)>,
        fault: Option<&Fault>,
    ) -> Response {
        let now = self.now();
        let mut world = self.world();
        let world = &mut *world;
        if world.limit.as_mut().is_some_and(|limit| !limit.admits()) {
            return too_many();
        }
        let refused = |refusal: Refusal| Response::json(refusal.status, &refusal.body);
        let Some(account) = token(request).and_then(|token| world.tokens.account(token, now)) else {
            return refused(Refusal::unauthorized());
        };
        if let Some((_, left)) = &mut world.token_requests {
            if *left == 0 {
                world.tokens.expire();
                return refused(Refusal::unauthorized());
            }
            *left -= 1;
        }
        let Some((route, parameters)) = route else {
            let message = format!("Cannot {} {}", request.method, request.path);
            return refused(Refusal::new(404, &message));
        };
        let request_id = request.header("x-request-id").unwrap_or_default();
        if !is_request_id(request_id) {
            return refused(Refusal::bad("x-request-id must be a UUID"));
        }
        let body = match request.body.as_slice() {
            [] => Value::Null,
            octets => match serde_json::from_slice(octets) {
                Ok(body) => body,
                Err(_) => return refused(Refusal::bad("Unexpected token in JSON")),
            },
        };
        let is_order = route.operation == "createInstance";
        let mut call = Call {
            account: &mut world.accounts[account],
            behaviour: &world.behaviour,
            now,
            parameters,
            path: &request.path,
            raw_query: &request.query,
            query: Query::parse(&request.query),
            body,
            request_id: request_id.to_owned(),
            trace_id: request.header("x-trace-id").unwrap_or_default().to_owned(),
            order_outcome: world.outcomes.front().filter(|_| is_order).cloned(),
        };
        match (route.handler)(&mut call) {
            Err(refusal) => refused(refusal),
            Ok(answer) => {
                if is_order {
                    world.outcomes.pop_front();
                }
                match answer.body {
                    None => Response::empty(answer.status),
                    Some(mut body) => {
                        if let Some(fault) = fault {
                            strange::apply(fault, &mut body);
                        }
                        Response::json(answer.status, &body)
                    }
                }
            }
        }
    }
}

fn token(request: &Request) -> Option<&str> {
    request.header("authorization")?.strip_prefix("Bearer ")
}

fn too_many() -> Response {
    Response::json(429, &Refusal::new(429, "Too Many Requests").body)
}

/// What becomes of the answer to something that was done.
async fn after(fault: Option<Fault>, response: Response) -> Ending {
    match fault {
        Some(Fault::ErrorAfter) => {
            let refusal = Refusal::new(500, "Internal server error");
            Ending::Answer(Response::json(500, &refusal.body))
        }
        Some(Fault::DropAfter) => Ending::Cut,
        Some(Fault::CutInside) => Ending::CutInside(response),
        Some(Fault::HangAfter) => Ending::Silence,
        Some(Fault::EmptyAfter) => Ending::Answer(Response::empty(response.status)),
        Some(Fault::Slow(pause)) => {
            tokio::time::sleep(pause).await;
            Ending::Answer(response)
        }
        _ => Ending::Answer(response),
    }
}

fn record(request: &Request, operation: &'static str, at_ms: i64) -> Recorded {
    let body = match serde_json::from_slice(&request.body) {
        Ok(body) => body,
        Err(_) => {
            let fields = Query::parse(&String::from_utf8_lossy(&request.body)).0;
            Value::Object(fields.into_iter().map(|(name, value)| (name, json!(value))).collect())
        }
    };
    Recorded {
        number: 0,
        method: request.method.clone(),
        path: request.path.clone(),
        query: request.query.clone(),
        operation,
        request_id: request.header("x-request-id").map(str::to_owned),
        client_id: None,
        body: without_secrets(body),
        at_ms,
        status: None,
        done: false,
        ended: false,
    }
}
