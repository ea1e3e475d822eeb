//! Orders against a Contabo that is slow, forgets its answers and is away, on purpose: never two, never stuck.

use std::time::Duration as Span;

use chrono::{DateTime, Duration};
use contabo::Url;
use entity::{
    AccountId, ClientId, ContaboAccountId, ContaboOrderId, TenantId, account, client,
    contabo_order::{self, OrderState},
    contabo_resource, instance, job,
};
use fakes::{
    clock::Clock as FakeClock,
    contabo::{AccountSpec, Behaviour, ContaboSpec, FakeContabo, Fault, OrderOutcome, Rule},
};
use sea_orm::ActiveValue::Set;
use secrecy::{ExposeSecret, SecretString};

use super::*;
use crate::{
    clock::Clock,
    domain::{
        audit::Actor,
        contabo::{
            accounts::{self, Credentials},
            catalogue::{self, STORAGE},
            orders::{self, Instance, NewOrder, Storage, Wanted, next::stage},
        },
        money::Currency,
    },
    site::Site,
    testing::{Scratch, open_site_with, scratch_tenant, scratch_url},
    work::{queue::Queue, runner::Nudge},
};

/// 15 May 2026, 10:00 UTC, where both clocks begin.
const NOW: i64 = 1_778_839_200;

/// Ubuntu 24.04, which every account has.
pub(super) const IMAGE: &str = "d64d5c6c-9dda-4e38-8174-0ee282474d8a";

pub(super) struct Ground {
    pub(super) site: Site,
    pub(super) tenant: TenantId,
    pub(super) contabo: FakeContabo,
    pub(super) account: ContaboAccountId,
    _folder: tempfile::TempDir,
    _scratch: Scratch,
}

impl Ground {
    /// With an account that was read already, and the known products with a price for one of them.
    pub(super) async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (clock, _) = FakeClock::manual(NOW * 1_000);
        let spec = ContaboSpec {
            clock,
            behaviour: Behaviour {
                token: Span::from_secs(90 * 86_400),
                ..Behaviour::default()
            },
            ..ContaboSpec::default()
        };
        let contabo = FakeContabo::start(spec).await.unwrap();
        let (url, scratch) = scratch_url().await;
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(DateTime::from_timestamp(NOW, 0).unwrap());
        let (api, sign_in) = (contabo.api(), contabo.sign_in());
        let site = open_site_with(&url, folder.path(), clock, |settings| {
            let options = &mut settings.contabo;
            options.api = Url::parse(&api).unwrap();
            options.sign_in = Url::parse(&sign_in).unwrap();
            options.timeout = Span::from_secs(2);
            options.retry.first_wait = Span::from_millis(5);
            options.rate.per_second = 10_000.0;
            options.rate.burst = 1_000;
            options.rate.rest = Span::from_millis(50);
            options.breaker.pause = Span::from_millis(5);
            options.breaker.longest_pause = Span::from_millis(5);
        })
        .await;
        let tenant = scratch_tenant(&site.db, "north").await;
        let known = AccountSpec::default();
        let credentials = Credentials {
            client_id: known.client_id,
            client_secret: SecretString::from(known.client_secret),
            username: known.user,
            password: SecretString::from(known.password),
        };
        let (actor, now, name) = (Actor::system("test"), site.clock.now(), "Main".to_owned());
        let account = accounts::create(&site.db, &site.keyring, tenant, &actor, now, name, &credentials);
        let account = account.await.unwrap();
        catalogue::add_known(&site.db, tenant, &actor, now).await.unwrap();
        let ground = Self {
            site,
            tenant,
            contabo,
            account,
            _folder: folder,
            _scratch: scratch,
        };
        ground.price("V153", 450).await;
        sync::step(&ground.site).await.unwrap();
        ground
    }

    async fn price(&self, product: &str, cost: i64) {
        let (site, actor) = (&self.site, Actor::system("test"));
        let all = catalogue::Catalogue::load(&site.db.tenant(self.tenant)).await.unwrap();
        let price = catalogue::NewPrice {
            region: String::new(),
            months: 0,
            cost_currency: Currency::default(),
            cost_month: Some(cost),
            cost_setup: None,
            sales_month: Some(cost * 2),
            sales_setup: None,
            valid_from: "2026-01-01".parse().unwrap(),
        };
        let (id, now) = (all.product(product).unwrap().id, site.clock.now());
        catalogue::add_price(&site.db, self.tenant, &actor, now, id, price)
            .await
            .unwrap();
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.site.clock.advance(Duration::seconds(seconds));
        self.contabo.advance(Span::from_secs(seconds.unsigned_abs()));
    }

    pub(super) async fn work(&self) {
        let queue = Queue::new(self.site.db.clone(), self.site.clock.clone(), Nudge::default());
        let queue = queue.with::<PlaceOrder>(self.site.clone());
        let queue = queue.with::<Act>(self.site.clone());
        queue.with::<TellOfServer>(self.site.clone()).step().await.unwrap();
    }

    /// A server by this name, filled in.
    fn server(&self, name: &str) -> NewOrder {
        NewOrder {
            id: ContaboOrderId::new(),
            account: self.account,
            client: None,
            display_name: name.to_owned(),
            wanted: Wanted::Instance(Instance {
                product_id: "V153".to_owned(),
                product_name: "Cloud VPS 4".to_owned(),
                region: "EU".to_owned(),
                months: 1,
                image_id: IMAGE.to_owned(),
                image_name: "ubuntu-24.04".to_owned(),
                default_user: "root".to_owned(),
                ssh_keys: Vec::new(),
                template: None,
                add_ons: Vec::new(),
            }),
            user_data: Some("#cloud-config\npassword: hunter2".into()),
            made_up: Vec::new(),
        }
    }

    async fn draft(&self, order: NewOrder) -> Result<ContaboOrderId, orders::Error> {
        let (site, actor) = (&self.site, Actor::system("test"));
        orders::draft(&site.db, &site.keyring, self.tenant, &actor, site.clock.now(), order).await
    }

    async fn confirm(&self, id: ContaboOrderId) -> Result<(), orders::Error> {
        let (site, actor) = (&self.site, Actor::system("test"));
        orders::confirm(&site.db, &site.keyring, self.tenant, &actor, site.clock.now(), id).await
    }

    async fn order(&self, order: NewOrder) -> ContaboOrderId {
        let id = self.draft(order).await.unwrap();
        self.confirm(id).await.unwrap();
        id
    }

    async fn row(&self, id: ContaboOrderId) -> contabo_order::Model {
        let rows = self.site.db.tenant(self.tenant);
        rows.get::<contabo_order::Entity>(id).await.unwrap().unwrap()
    }

    /// Works until the order has ended, at most two hours of the clocks.
    pub(super) async fn finish(&self, id: ContaboOrderId) -> contabo_order::Model {
        for _ in 0..720 {
            self.work().await;
            let row = self.row(id).await;
            if row.ended_at.is_some() {
                return row;
            }
            self.pass(10);
        }
        panic!("it never ended: {:?}", self.row(id).await);
    }

    pub(super) async fn client(&self) -> ClientId {
        self.client_called("Acme").await
    }

    pub(super) async fn client_called(&self, name: &str) -> ClientId {
        let row = client::ActiveModel {
            id: Set(ClientId::new()),
            name: Set(name.to_owned()),
            reference: Set(None),
            notes: Set(String::new()),
            created_at: Set(DateTime::UNIX_EPOCH),
            archived_at: Set(None),
            ..Default::default()
        };
        self.site
            .db
            .tenant(self.tenant)
            .insert::<client::Entity, _>(row)
            .await
            .unwrap()
            .id
    }

    /// Calls that order a server, as they came to Contabo.
    pub(super) fn sent(&self) -> usize {
        self.contabo.requests_to("createInstance").len()
    }
}

#[tokio::test]
async fn what_is_ordered_is_made_given_to_its_client_and_has_its_password() {
    let ground = Ground::new().await;
    let client = ground.client().await;
    let id = ground
        .order(NewOrder {
            client: Some(client),
            ..ground.server("web-1")
        })
        .await;
    assert!(ground.confirm(id).await.is_ok(), "pressed twice");
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.error.clone()), (OrderState::Done, None));
    assert_eq!((ground.sent(), ground.contabo.orders_named("web-1")), (1, 1));
    let rows = ground.site.db.tenant(ground.tenant);
    let made = rows
        .get::<instance::Entity>(ended.instance_id.unwrap())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((made.status.as_str(), made.client_id), ("running", Some(client)));
    let there = ground.contabo.panel().find("web-1").unwrap();
    assert_eq!(there.user_data.as_deref(), Some("#cloud-config\npassword: hunter2"));
    assert!(there.root_password.is_some());
    assert_eq!(
        ground.contabo.requests_to("deleteSecret").len(),
        1,
        "it is on the server now"
    );
    assert!(ended.secret_sealed.is_some() && ended.user_data_sealed.is_none());
    assert!(!format!("{} {}", ended.wanted, ended.price).contains("hunter2"));
    assert_eq!(orders::price(&ended).lines[0].cost.as_ref().unwrap().month_minor, 450);
    // Nothing is left to be done about it.
    let waiting = rows.find::<job::Entity>().all().await.unwrap();
    assert!(waiting.iter().all(|job| job.finished_at.is_some()), "{waiting:?}");
}

#[tokio::test]
async fn an_order_that_was_taken_without_an_answer_is_found_and_not_sent_again() {
    for fault in [
        Fault::DropAfter,
        Fault::ErrorAfter,
        Fault::HangAfter,
        Fault::CutInside,
        Fault::EmptyAfter,
    ] {
        let ground = Ground::new().await;
        ground.contabo.inject(Rule::at("createInstance", fault.clone()).once());
        let id = ground.order(ground.server("web-1")).await;
        let ended = ground.finish(id).await;
        assert_eq!((ended.state, ended.error), (OrderState::Done, None), "{fault:?}");
        assert_eq!(
            (ground.sent(), ground.contabo.orders_named("web-1")),
            (1, 1),
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn an_order_that_was_lost_is_failed_and_never_sent_again_by_itself() {
    for fault in [Fault::DropBefore, Fault::ErrorBefore, Fault::Gateway, Fault::HangBefore] {
        let ground = Ground::new().await;
        ground.contabo.inject(Rule::at("createInstance", fault.clone()).once());
        let begun = ground.site.clock.now();
        let id = ground.order(ground.server("web-1")).await;
        let ended = ground.finish(id).await;
        assert_eq!(ended.state, OrderState::Failed, "{fault:?}");
        assert!(ended.error.unwrap().contains("nothing was ordered"), "{fault:?}");
        let looked_for = ended.ended_at.unwrap() - begun;
        assert!(
            looked_for >= orders::next::ANSWER_TAKES + orders::next::AUDITED_AFTER,
            "{fault:?}"
        );
        ground.pass(3_600);
        ground.work().await;
        assert_eq!((ground.sent(), ground.contabo.orders().len()), (1, 0), "{fault:?}");
        // Staff may order again: that is another order.
        let again = ground.order(ground.server("web-1")).await;
        assert_eq!(ground.finish(again).await.state, OrderState::Done, "{fault:?}");
        assert_eq!(ground.contabo.orders_named("web-1"), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn what_is_invisible_at_first_is_found_by_its_number_and_waited_for() {
    let ground = Ground::new().await;
    ground
        .contabo
        .set_behaviour(|behaviour| behaviour.hidden = Span::from_secs(45));
    ground
        .contabo
        .inject(Rule::at("createInstance", Fault::DropAfter).once());
    let id = ground.order(ground.server("web-1")).await;
    ground.work().await;
    ground.pass(15);
    ground.work().await;
    let row = ground.row(id).await;
    assert_eq!(
        (row.state, row.stage.as_str()),
        (OrderState::Following, stage::ACCEPTED)
    );
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.error), (OrderState::Done, None));
    assert_eq!(ground.contabo.orders_named("web-1"), 1);
}

#[tokio::test]
async fn a_role_that_may_not_see_the_log_finds_it_by_its_name() {
    let ground = Ground::new().await;
    let no = Fault::Refuse(403, "Forbidden".to_owned());
    ground.contabo.inject(Rule::at("retrieveInstancesAuditsList", no));
    ground
        .contabo
        .inject(Rule::at("createInstance", Fault::DropAfter).once());
    let id = ground.order(ground.server("web-1")).await;
    assert_eq!(ground.finish(id).await.state, OrderState::Done);
    assert_eq!((ground.sent(), ground.contabo.orders_named("web-1")), (1, 1));
}

#[tokio::test]
async fn who_goes_on_after_a_crash_looks_and_does_not_send() {
    for (fault, taken) in [(Fault::HangAfter, true), (Fault::HangBefore, false)] {
        let ground = Ground::new().await;
        let id = ground.order(ground.server("web-1")).await;
        ground.contabo.inject(Rule::at("createInstance", fault.clone()).once());
        let site = ground.site.clone();
        let killed = tokio::spawn(async move {
            let queue = Queue::new(site.db.clone(), site.clock.clone(), Nudge::default());
            queue.with::<PlaceOrder>(site.clone()).step().await
        });
        ground.contabo.wait_for("createInstance", 1).await;
        killed.abort();
        let _ = killed.await;
        let row = ground.row(id).await;
        assert_eq!(row.state, OrderState::Placing);
        assert!(row.sent_at.is_some() && row.contabo_id.is_none());
        // The lease of the job that died ends, and another process goes on.
        ground.pass(121);
        let ended = ground.finish(id).await;
        let expected = if taken { OrderState::Done } else { OrderState::Failed };
        assert_eq!((ended.state, ground.sent()), (expected, 1), "{fault:?}");
        assert_eq!(ground.contabo.orders().len(), usize::from(taken), "{fault:?}");
    }
}

#[tokio::test]
async fn a_contabo_that_is_away_holds_an_order_up_and_too_late_is_too_late() {
    let ground = Ground::new().await;
    ground.contabo.set_reachable(false).await;
    let id = ground.order(ground.server("web-1")).await;
    for _ in 0..5 {
        ground.work().await;
        ground.pass(20);
    }
    let row = ground.row(id).await;
    assert_eq!((row.state, row.stage.as_str()), (OrderState::Placing, stage::HELD_UP));
    ground.contabo.set_reachable(true).await;
    assert_eq!(ground.finish(id).await.state, OrderState::Done);
    assert_eq!(ground.sent(), 1);

    ground.contabo.set_reachable(false).await;
    let late = ground.order(ground.server("web-2")).await;
    let ended = ground.finish(late).await;
    assert_eq!(ended.state, OrderState::Failed);
    assert!(ended.error.unwrap().contains("nothing was ordered"));
    assert!(ended.secret_sealed.is_none() && ended.user_data_sealed.is_none());
    ground.contabo.set_reachable(true).await;
    ground.pass(600);
    ground.work().await;
    assert_eq!(ground.contabo.orders_named("web-2"), 0);
}

#[tokio::test]
async fn an_order_whose_fate_is_unknown_is_looked_for_however_long_contabo_is_away() {
    let ground = Ground::new().await;
    ground
        .contabo
        .inject(Rule::at("createInstance", Fault::DropAfter).once());
    let id = ground.order(ground.server("web-1")).await;
    ground.work().await;
    ground.contabo.set_reachable(false).await;
    for _ in 0..30 {
        ground.pass(300);
        ground.work().await;
    }
    let row = ground.row(id).await;
    assert_eq!((row.state, row.stage.as_str()), (OrderState::Placing, stage::UNCLEAR));
    ground.contabo.set_reachable(true).await;
    assert_eq!(ground.finish(id).await.state, OrderState::Done);
    assert_eq!((ground.sent(), ground.contabo.orders_named("web-1")), (1, 1));
}

#[tokio::test]
async fn being_asked_to_rest_orders_once_and_later() {
    let ground = Ground::new().await;
    let rest = Fault::TooManyRequests { retry_after: None };
    ground.contabo.inject(Rule::at("createInstance", rest).times(3));
    let id = ground.order(ground.server("web-1")).await;
    assert_eq!(ground.finish(id).await.state, OrderState::Done);
    assert_eq!(ground.contabo.orders_named("web-1"), 1);
}

#[tokio::test]
async fn what_contabo_refuses_fails_in_its_words() {
    let ground = Ground::new().await;
    let no = Fault::Refuse(400, "Bad Request productId V153 is wrong".to_owned());
    ground.contabo.inject(Rule::at("createInstance", no).once());
    let id = ground.order(ground.server("web-1")).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ground.sent()), (OrderState::Failed, 1));
    assert!(ended.error.unwrap().contains("productId V153 is wrong"));
    assert!(ended.secret_sealed.is_none());
    // Its password is not left at Contabo.
    ground.pass(3_600);
    sync::step(&ground.site).await.unwrap();
    assert_eq!(ground.contabo.requests_to("deleteSecret").len(), 1);
}

#[tokio::test]
async fn what_waits_for_a_payment_is_shown_as_that_and_done_when_it_is_paid() {
    let ground = Ground::new().await;
    ground.contabo.next_order(OrderOutcome::PendingPayment);
    let id = ground.order(ground.server("web-1")).await;
    let other = ground.order(ground.server("web-2")).await;
    for _ in 0..60 {
        ground.work().await;
        ground.pass(60);
    }
    let row = ground.row(id).await;
    assert_eq!(
        (row.state, row.stage.as_str()),
        (OrderState::Following, stage::AWAITING)
    );
    assert_eq!(row.contabo_says.as_deref(), Some("pending_payment"));
    assert_eq!(ground.row(other).await.state, OrderState::Done, "it holds up no other");
    let there = ground.contabo.panel().find("web-1").unwrap();
    ground.contabo.panel().release(there.id).unwrap();
    assert_eq!(ground.finish(id).await.state, OrderState::Done);
}

#[tokio::test]
async fn what_can_not_be_had_and_what_breaks_are_failures_in_contabos_words() {
    for (outcome, word) in [
        (OrderOutcome::ProductNotAvailable, "product_not_available"),
        (OrderOutcome::Fails("no host has room".to_owned()), "no host has room"),
    ] {
        let ground = Ground::new().await;
        ground.contabo.next_order(outcome);
        let id = ground.order(ground.server("web-1")).await;
        let ended = ground.finish(id).await;
        assert_eq!(ended.state, OrderState::Failed);
        assert!(
            ended.error.as_deref().is_some_and(|why| why.contains(word)),
            "{ended:?}"
        );
        assert!(ended.instance_id.is_some(), "it is there all the same");
    }
}

#[tokio::test]
async fn one_order_of_an_account_is_placed_at_a_time_and_in_order() {
    let ground = Ground::new().await;
    ground
        .contabo
        .inject(Rule::at("createInstance", Fault::DropBefore).once());
    let first = ground.order(ground.server("web-1")).await;
    ground.pass(1);
    let second = ground.order(ground.server("web-2")).await;
    ground.work().await;
    ground.pass(30);
    ground.work().await;
    let states = (ground.row(first).await.state, ground.row(second).await.state);
    assert_eq!(states, (OrderState::Placing, OrderState::Queued));
    assert_eq!(ground.finish(first).await.state, OrderState::Failed);
    assert_eq!(ground.finish(second).await.state, OrderState::Done);
}

#[tokio::test]
async fn a_name_is_ordered_once_and_a_form_is_one_order() {
    let ground = Ground::new().await;
    let form = || {
        let mut order = ground.server("web-1");
        order.id = ContaboOrderId(uuid::Uuid::from_u128(7));
        order
    };
    let id = ground.draft(form()).await.unwrap();
    assert_eq!(ground.draft(form()).await.unwrap(), id, "sent again");
    // Two drafts may have one name; only one of them is ordered.
    let other = ground.draft(ground.server("WEB-1")).await.unwrap();
    ground.confirm(id).await.unwrap();
    assert!(matches!(ground.confirm(other).await, Err(orders::Error::Change(_))));
    ground.finish(id).await;
    assert!(matches!(
        ground.draft(ground.server("web-1")).await,
        Err(orders::Error::Change(_))
    ));
    // Somebody made one in Contabo's own panel since.
    let late = ground.order(ground.server("web-2")).await;
    ground.contabo.panel().new_instance("web-2", "V153", "EU");
    let ended = ground.finish(late).await;
    assert_eq!(
        (ended.state, ground.contabo.orders_named("web-2")),
        (OrderState::Failed, 0)
    );
    assert!(ended.error.unwrap().contains("called so already"));
}

#[tokio::test]
async fn a_new_price_is_shown_before_it_is_ordered_at_and_changes_no_old_order() {
    let ground = Ground::new().await;
    let id = ground.draft(ground.server("web-1")).await.unwrap();
    ground.price("V153", 500).await;
    assert!(matches!(ground.confirm(id).await, Err(orders::Error::PriceChanged)));
    let cost = async |id| {
        orders::price(&ground.row(id).await).lines[0]
            .cost
            .clone()
            .unwrap()
            .month_minor
    };
    assert_eq!(cost(id).await, 500);
    ground.confirm(id).await.unwrap();
    ground.price("V153", 600).await;
    ground.finish(id).await;
    assert_eq!(cost(id).await, 500);
}

#[tokio::test]
async fn only_what_was_not_sent_can_be_taken_back() {
    let ground = Ground::new().await;
    let (site, actor) = (&ground.site, Actor::system("test"));
    let withdraw = |id| orders::withdraw(&site.db, ground.tenant, &actor, site.clock.now(), id);
    let draft = ground.draft(ground.server("web-1")).await.unwrap();
    withdraw(draft).await.unwrap();
    assert!(matches!(ground.confirm(draft).await, Err(orders::Error::Change(_))));
    ground.contabo.set_reachable(false).await;
    let held_up = ground.order(ground.server("web-2")).await;
    ground.work().await;
    withdraw(held_up).await.unwrap();
    ground.contabo.set_reachable(true).await;
    ground.pass(60);
    ground.work().await;
    assert_eq!(ground.sent(), 0);
    let sent = ground.order(ground.server("web-3")).await;
    ground.work().await;
    assert!(matches!(withdraw(sent).await, Err(orders::Error::Change(_))));
}

#[tokio::test]
async fn an_account_that_is_switched_off_forgets_nothing_that_was_sent() {
    let ground = Ground::new().await;
    let (site, actor) = (&ground.site, Actor::system("test"));
    let enable = |on| accounts::enable(&site.db, ground.tenant, &actor, site.clock.now(), ground.account, on);
    ground
        .contabo
        .inject(Rule::at("createInstance", Fault::DropAfter).once());
    let id = ground.order(ground.server("web-1")).await;
    let queued = ground.order(ground.server("web-2")).await;
    ground.work().await;
    enable(false).await.unwrap();
    for _ in 0..5 {
        ground.pass(400);
        ground.work().await;
    }
    assert_eq!(ground.row(id).await.state, OrderState::Placing);
    assert!(matches!(
        ground.draft(ground.server("web-3")).await,
        Err(orders::Error::AccountOff)
    ));
    enable(true).await.unwrap();
    assert_eq!(ground.finish(id).await.state, OrderState::Done);
    assert_eq!(ground.finish(queued).await.state, OrderState::Done);
    assert_eq!(ground.contabo.orders().len(), 2);
}

#[tokio::test]
async fn a_storage_is_ordered_once_too_and_given_to_its_client() {
    let ground = Ground::new().await;
    ground.price(STORAGE, 250).await;
    let client = ground.client().await;
    for (name, fault) in [("files", None), ("more files", Some(Fault::DropAfter))] {
        if let Some(fault) = fault {
            ground.contabo.inject(Rule::at("createObjectStorage", fault).once());
        }
        let id = ground.order(NewOrder {
            client: Some(client),
            wanted: Wanted::Storage(Storage {
                region: "EU".to_owned(),
                steps: 3,
                grows_to: Some(8),
            }),
            user_data: None,
            ..ground.server(name)
        });
        let ended = ground.finish(id.await).await;
        assert_eq!((ended.state, ended.error.clone()), (OrderState::Done, None), "{name}");
        let rows = ground.site.db.tenant(ground.tenant);
        let kept = rows.find::<contabo_resource::Entity>().all().await.unwrap();
        let kept = kept.iter().find(|row| row.name == name).unwrap();
        assert_eq!(
            (kept.client_id, kept.details["size_tb"].as_f64()),
            (Some(client), Some(0.75))
        );
        let total = orders::price(&ended).total(catalogue::Side::Cost).unwrap();
        assert_eq!(total.month_minor, 750);
    }
    assert_eq!(ground.contabo.requests_to("createObjectStorage").len(), 2);
}

#[tokio::test]
async fn the_password_is_shown_once_to_whoever_ordered() {
    let ground = Ground::new().await;
    let (site, tenant) = (&ground.site, ground.tenant);
    let who = async |mail: &str| {
        let row = account::ActiveModel {
            id: Set(AccountId::new()),
            mail: Set(mail.to_owned()),
            name: Set(mail.to_owned()),
            password_hash: Set(String::new()),
            must_change_password: Set(false),
            zone: Set(None),
            created_at: Set(DateTime::UNIX_EPOCH),
            last_sign_in_at: Set(None),
            disabled_at: Set(None),
            ..Default::default()
        };
        site.db
            .tenant(tenant)
            .insert::<account::Entity, _>(row)
            .await
            .unwrap()
            .id
    };
    let (alice, bob) = (who("alice@north.example").await, who("bob@north.example").await);
    let actor = Actor {
        id: Some(alice),
        ..Actor::system("Alice")
    };
    let now = site.clock.now();
    let id = orders::draft(&site.db, &site.keyring, tenant, &actor, now, ground.server("web-1"))
        .await
        .unwrap();
    ground.confirm(id).await.unwrap();
    let reveal = |by| orders::reveal(&site.db, &site.keyring, tenant, &actor, site.clock.now(), id, by);
    assert!(reveal(alice).await.is_err(), "not before it is there");
    let ended = ground.finish(id).await;
    assert!(orders::can_be_revealed(&ended, alice, site.clock.now()));
    assert!(!orders::can_be_revealed(&ended, bob, site.clock.now()));
    assert!(reveal(bob).await.is_err());
    let made = reveal(alice).await.unwrap();
    assert!(made.of_system.unwrap().expose_secret().len() > 20);
    assert!(reveal(alice).await.is_err(), "once");
}
