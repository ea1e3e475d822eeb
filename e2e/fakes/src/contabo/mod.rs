//! The fake Contabo: its API and its identity server, on two loopback ports. Stateful; slow like the original by a
//! clock that a test moves; and wrong at the turn of a switch.
//!
//! Written from the operations that Contabo documents and from what live answers were seen to be. It moves no machine,
//! stores no object and bills nobody.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use std::time::Duration;
//! use fakes::contabo::{ContaboSpec, FakeContabo, Fault, Rule};
//! let contabo = FakeContabo::start(ContaboSpec::default()).await?;
//! let instance = contabo.panel().new_instance("mail", "V153", "EU");
//! contabo.inject(Rule::at("start", Fault::DropAfter).once());
//! // … a client of contabo.api() and contabo.sign_in() stops it and starts it again …
//! contabo.wait_for("start", 1).await;
//! contabo.advance(Duration::from_secs(5));
//! # Ok(()) }
//! ```

mod account;
mod actions;
mod agenda;
mod audits;
mod call;
mod clock_text;
pub mod control;
mod credentials;
mod demo;
mod dns;
mod domains;
mod exchange;
mod faults;
mod firewalls;
mod form;
mod handles;
mod http;
mod images;
mod instance;
mod instances;
mod list;
mod log;
mod object_storages;
mod offers;
mod panel;
mod private_networks;
mod products;
mod roles;
mod routes;
mod secrets;
mod seed;
mod sign_in;
mod snapshots;
mod sockets;
mod spec;
mod strange;
mod tags;
mod troubleshooting;
mod users;
mod vips;

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

pub use account::Order;
pub use faults::{Fault, Rule, StrangePages};
pub use log::Recorded;
pub use panel::{InstanceView, NotThere, Panel};
pub use products::{BACKUP, PRIVATE_NETWORKING, PRODUCTS, Product, REGIONS, Region};
pub use spec::{AccountSpec, Behaviour, ContaboSpec, OrderOutcome, Seed};

use account::Account;
use exchange::{Door, RateLimit, Shared, World};
use sockets::Gate;

/// A Contabo, until it is dropped.
pub struct FakeContabo {
    shared: Arc<Shared>,
    api: (SocketAddr, Arc<Gate>),
    sign_in: (SocketAddr, Arc<Gate>),
    tasks: [JoinHandle<()>; 2],
}

impl Drop for FakeContabo {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl FakeContabo {
    /// Starts it on loopback.
    pub async fn start(spec: ContaboSpec) -> io::Result<Self> {
        let now = spec.clock.now_ms();
        let mut accounts = Vec::new();
        for (place, account) in spec.accounts.into_iter().enumerate() {
            let mut account = Account::new(account, place);
            seed::fill(&mut account, now, &spec.behaviour);
            accounts.push(account);
        }
        let world = World {
            accounts,
            tokens: sign_in::Tokens::default(),
            faults: faults::Faults::default(),
            behaviour: spec.behaviour,
            outcomes: VecDeque::new(),
            limit: None,
            token_requests: None,
        };
        let shared = Arc::new(Shared::new(spec.clock, world));
        let (api, serves_api) = open(&shared, Door::Api, spec.port).await?;
        let (sign_in, serves_sign_in) = open(&shared, Door::SignIn, spec.sign_in_port).await?;
        Ok(Self {
            shared,
            api,
            sign_in,
            tasks: [serves_api, serves_sign_in],
        })
    }

    /// The beginning of the API's addresses, without a slash at the end.
    pub fn api(&self) -> String {
        format!("http://{}", self.api.0)
    }

    /// The address of the token endpoint.
    pub fn sign_in(&self) -> String {
        format!("http://{}{}", self.sign_in.0, sign_in::PATH)
    }

    /// The time that it believes in, in milliseconds.
    pub fn now_ms(&self) -> i64 {
        self.shared.now()
    }

    /// Lets time pass for it, besides what its clock does.
    pub fn advance(&self, time: Duration) {
        self.shared.advance(spec::ms(time));
    }

    /// The first account, as somebody sees and moves it who uses Contabo's own panel.
    pub fn panel(&self) -> Panel<'_> {
        Panel::new(self, 0)
    }

    /// Another account, in the order of the specification.
    pub fn panel_of(&self, account: usize) -> Panel<'_> {
        Panel::new(self, account)
    }

    /// Changes how long things take and which quirks show.
    pub fn set_behaviour(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.shared.world().behaviour);
    }

    /// Switches a fault on.
    pub fn inject(&self, rule: Rule) {
        self.shared.world().faults.add(rule);
    }

    /// How many rules are still switched on.
    pub fn faults_left(&self) -> usize {
        self.shared.world().faults.left()
    }

    /// Takes back every fault and limit. What was done stays done.
    pub fn clear(&self) {
        let mut world = self.shared.world();
        world.faults.clear();
        world.outcomes.clear();
        world.limit = None;
        world.token_requests = None;
    }

    /// What becomes of the next order that is taken; called again, of the one after it.
    pub fn next_order(&self, outcome: OrderOutcome) {
        self.shared.world().outcomes.push_back(outcome);
    }

    /// Answers 429 beyond so many requests a second of real time.
    pub fn limit_rate(&self, per_second: Option<u32>) {
        self.shared.world().limit = per_second.map(RateLimit::new);
    }

    /// Ends a token after so many requests, again and again.
    pub fn expire_tokens_every(&self, requests: Option<u32>) {
        self.shared.world().token_requests = requests.map(|every| (every, every));
    }

    /// Ends all tokens of access now; a refresh token still counts.
    pub fn expire_tokens(&self) {
        self.shared.world().tokens.expire();
    }

    /// Ends all tokens, so that only the password helps.
    pub fn revoke_tokens(&self) {
        self.shared.world().tokens.revoke();
    }

    /// How many times a token was given.
    pub fn tokens_given(&self) -> u64 {
        self.shared.world().tokens.given()
    }

    /// Opens or closes the API's port; returns when it is done. Open connections end.
    pub async fn set_reachable(&self, reachable: bool) {
        turn(&self.api.1, reachable).await;
    }

    /// Likewise the identity server's port.
    pub async fn set_sign_in_reachable(&self, reachable: bool) {
        turn(&self.sign_in.1, reachable).await;
    }

    /// Every request that came, the oldest first.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.log.read(<[Recorded]>::to_vec)
    }

    /// The requests of one operation.
    pub fn requests_to(&self, operation: &str) -> Vec<Recorded> {
        let fits = |request: &&Recorded| request.operation == operation;
        self.shared.log.read(|all| all.iter().filter(fits).cloned().collect())
    }

    /// Returns when `holds` is true of the requests that came.
    pub async fn wait_until(&self, holds: impl Fn(&[Recorded]) -> bool) {
        self.shared.log.wait_until(holds).await;
    }

    /// Returns when so many requests of an operation came in all and nothing more is done about them. One that is never
    /// answered counts.
    pub async fn wait_for(&self, operation: &str, requests: usize) {
        let ended = |request: &&Recorded| request.operation == operation && request.ended;
        self.wait_until(|all| all.iter().filter(ended).count() >= requests)
            .await;
    }

    /// Everything that was ordered and would be billed, of all accounts.
    pub fn orders(&self) -> Vec<Order> {
        let world = self.shared.world();
        world
            .accounts
            .iter()
            .flat_map(|account| account.orders.clone())
            .collect()
    }

    /// How many instances were ordered under this display name; more than one is an order placed twice.
    pub fn orders_named(&self, display_name: &str) -> usize {
        let orders = self.orders().into_iter();
        let same = |order: &Order| order.operation == "createInstance" && order.display_name == display_name;
        orders.filter(same).count()
    }
}

/// Every operation that it knows: method, path and name, by path.
pub fn operations() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let all = routes::ROUTES.iter();
    all.map(|route| (route.method, route.path, route.operation))
}

async fn open(shared: &Arc<Shared>, door: Door, port: u16) -> io::Result<((SocketAddr, Arc<Gate>), JoinHandle<()>)> {
    let listener = sockets::bind(port).await?;
    let address = listener.local_addr()?;
    let gate = Arc::new(Gate::default());
    let serving = sockets::listen(Arc::clone(shared), door, Arc::clone(&gate), listener, address.port());
    Ok(((address, gate), tokio::spawn(serving)))
}

async fn turn(gate: &Gate, reachable: bool) {
    gate.open.send_replace(reachable);
    // The gate lives as long as the sender.
    let _ = gate
        .listening
        .subscribe()
        .wait_for(|listening| *listening == reachable)
        .await;
}
