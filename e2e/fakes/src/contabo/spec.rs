//! What a fake Contabo is like before it is started: its accounts, how long things take, and what it does where the
//! documents and live answers differ.

use std::fmt;
use std::time::Duration;

use crate::clock::Clock;

/// A Contabo before it is started.
#[derive(Clone, Debug)]
pub struct ContaboSpec {
    /// Of the API; 0 takes any.
    pub port: u16,
    /// Of the identity server, which is another host in truth; 0 takes any.
    pub sign_in_port: u16,
    pub clock: Clock,
    pub accounts: Vec<AccountSpec>,
    pub behaviour: Behaviour,
}

impl Default for ContaboSpec {
    fn default() -> Self {
        Self {
            port: 0,
            sign_in_port: 0,
            clock: Clock::system(),
            accounts: vec![AccountSpec::default()],
            behaviour: Behaviour::default(),
        }
    }
}

/// A customer's account and the user that signs in for it.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountSpec {
    /// As `INT-54321`: the tenant and the customer's number.
    pub client_id: String,
    pub client_secret: String,
    /// The user's mail address.
    pub user: String,
    pub password: String,
    pub seed: Seed,
    /// So many running instances besides, all much alike.
    pub instances: usize,
}

impl Default for AccountSpec {
    fn default() -> Self {
        Self {
            client_id: "INT-54321".to_owned(),
            client_secret: "fake-client-secret".to_owned(),
            user: "api@example.net".to_owned(),
            // What naive clients trip over when they don't encode it.
            password: "fake & pass+word=1%".to_owned(),
            seed: Seed::Empty,
            instances: 0,
        }
    }
}

impl fmt::Debug for AccountSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountSpec")
            .field("client_id", &self.client_id)
            .field("user", &self.user)
            .field("seed", &self.seed)
            .field("instances", &self.instances)
            .finish_non_exhaustive()
    }
}

/// What an account has at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seed {
    /// What every account has: its user, the fixed roles, the standard images.
    #[default]
    Empty,
    /// A small provider's account with something of everything.
    Demo,
}

/// How long things take, by the fake's clock, and which of several seen behaviours is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behaviour {
    /// Until an ordered instance is begun to be installed.
    pub provision: Duration,
    pub install: Duration,
    pub start: Duration,
    pub stop: Duration,
    pub shutdown: Duration,
    pub restart: Duration,
    pub rescue: Duration,
    pub reset_password: Duration,
    /// How long a new instance can't be found although it was ordered.
    pub hidden: Duration,
    /// Until a firewall or a private network has reached an instance.
    pub network: Duration,
    /// Until an object storage is made or grown.
    pub storage: Duration,
    /// How old the figures of an object storage's use are at most.
    pub stale: Duration,
    /// How fast custom images are fetched.
    pub image_mb_per_second: u64,
    /// How long a check or a remedy runs.
    pub check: Duration,
    pub token: Duration,
    pub refresh_token: Duration,
    /// With which status a thing in use refuses to be deleted; which it truly is, is not known.
    pub in_use: u16,
    /// How much custom images may take, in MB; each add-on for them allows as much again.
    pub image_quota_mb: u64,
    /// How many instances an account may have. Of the original, 75 are reported.
    pub instance_limit: Option<usize>,
    /// Shows no null and no gap where the document promises a value, for checks against the document.
    pub documented: bool,
}

impl Default for Behaviour {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            provision: seconds(120),
            install: seconds(60),
            start: seconds(5),
            stop: seconds(3),
            shutdown: seconds(10),
            restart: seconds(8),
            rescue: seconds(30),
            reset_password: seconds(20),
            hidden: Duration::ZERO,
            network: seconds(5),
            storage: seconds(60),
            stale: seconds(6 * 3_600),
            image_mb_per_second: 20,
            check: seconds(10),
            token: seconds(300),
            refresh_token: seconds(1_800),
            in_use: 409,
            image_quota_mb: 25_600,
            instance_limit: None,
            documented: false,
        }
    }
}

/// What becomes of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OrderOutcome {
    #[default]
    Delivered,
    /// It waits for a payment until [`super::Panel::release`].
    PendingPayment,
    /// It waits for a person at Contabo until [`super::Panel::release`].
    VerificationRequired,
    ProductNotAvailable,
    /// It ends in the state `error`, with this message.
    Fails(String),
}

impl OrderOutcome {
    pub(crate) fn status(&self) -> &'static str {
        match self {
            Self::Delivered | Self::Fails(_) => "provisioning",
            Self::PendingPayment => "pending_payment",
            Self::VerificationRequired => "verification_required",
            Self::ProductNotAvailable => "product_not_available",
        }
    }
}

/// A duration in the unit of the clock.
pub(crate) fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
