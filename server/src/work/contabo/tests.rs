//! Readings and actions against a Contabo that is slow, forgets its answers and is away, on purpose.

use std::time::Duration as Span;

use chrono::{DateTime, Duration};
use contabo::Url;
use entity::{
    ActionId, ClientId, ContaboAccountId, TenantId,
    action::{self, ActionState},
    client, contabo_change, contabo_resource, contabo_sync, instance, snapshot,
};
use fakes::{
    clock::Clock as FakeClock,
    contabo::{AccountSpec, Behaviour, ContaboSpec, FakeContabo, Fault, Rule, Seed},
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
            actions::{self, Ask, AskThing, Asked, ThingAsked, next::stage},
            instances,
            resources::{
                self, DnsZone, Firewall, Image, Presets, PrivateNetwork, ReverseName, Secret, Storage, Tag, Vip,
            },
        },
        typed::ChangeError,
    },
    site::Site,
    testing::{Scratch, open_site_with, scratch_tenant, scratch_url},
    work::{queue::Queue, runner::Nudge},
};

/// 15 May 2026, 10:00 UTC, where both clocks begin.
const NOW: i64 = 1_778_839_200;

pub(super) struct Ground {
    pub(super) site: Site,
    pub(super) tenant: TenantId,
    pub(super) contabo: FakeContabo,
    pub(super) account: ContaboAccountId,
    _folder: tempfile::TempDir,
    _scratch: Scratch,
}

impl Ground {
    /// With an account that has one server, `mail`, which was read already.
    pub(super) async fn new() -> Self {
        Self::of(Seed::Empty, "V153").await
    }

    /// With one of a larger plan, which may have three snapshots.
    pub(super) async fn larger() -> Self {
        Self::of(Seed::Empty, "V157").await
    }

    async fn of(seed: Seed, product: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (clock, _) = FakeClock::manual(NOW * 1_000);
        let spec = ContaboSpec {
            clock,
            behaviour: Behaviour {
                token: Span::from_secs(90 * 86_400),
                ..Behaviour::default()
            },
            accounts: vec![AccountSpec {
                seed,
                ..AccountSpec::default()
            }],
            ..ContaboSpec::default()
        };
        let contabo = FakeContabo::start(spec).await.unwrap();
        contabo.panel().new_instance("mail", product, "EU");
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
        let (db, keyring) = (&site.db, &site.keyring);
        let actor = Actor::system("test");
        let name = "Main".to_owned();
        let account = accounts::create(db, keyring, tenant, &actor, site.clock.now(), name, &credentials)
            .await
            .unwrap();
        let ground = Self {
            site,
            tenant,
            contabo,
            account,
            _folder: folder,
            _scratch: scratch,
        };
        ground.read().await;
        ground
    }

    /// Reads what is due.
    pub(super) async fn read(&self) {
        sync::step(&self.site).await.unwrap();
    }

    /// Lets time pass for both.
    pub(super) fn pass(&self, seconds: i64) {
        self.site.clock.advance(Duration::seconds(seconds));
        self.contabo.advance(Span::from_secs(seconds.unsigned_abs()));
    }

    /// Does what is due.
    pub(super) async fn work(&self) {
        let queue = Queue::new(self.site.db.clone(), self.site.clock.clone(), Nudge::default());
        let queue = queue
            .with::<Act>(self.site.clone())
            .with::<ActOnThings>(self.site.clone())
            .with::<RunSchedule>(self.site.clone())
            .with::<RotateSnapshots>(self.site.clone());
        queue.step().await.unwrap();
    }

    /// Works until the action has ended, at most an hour of the clocks.
    pub(super) async fn finish(&self, id: ActionId) -> action::Model {
        for _ in 0..720 {
            self.work().await;
            let row = self.action(id).await;
            if row.ended_at.is_some() {
                return row;
            }
            self.pass(5);
        }
        panic!("it never ended: {:?}", self.action(id).await);
    }

    pub(super) async fn instance(&self) -> instance::Model {
        self.site
            .db
            .tenant(self.tenant)
            .find::<instance::Entity>()
            .one()
            .await
            .unwrap()
            .unwrap()
    }

    pub(super) async fn action(&self, id: ActionId) -> action::Model {
        self.site
            .db
            .tenant(self.tenant)
            .get::<action::Entity>(id)
            .await
            .unwrap()
            .unwrap()
    }

    async fn sync(&self) -> contabo_sync::Model {
        let rows = self.site.db.tenant(self.tenant);
        rows.get::<contabo_sync::Entity>(self.account).await.unwrap().unwrap()
    }

    pub(super) async fn try_ask(&self, asked: Asked) -> Result<ActionId, actions::Error> {
        let ask = Ask {
            instance: self.instance().await.id,
            client: None,
            asked,
            actor: &Actor::system("test"),
        };
        let site = &self.site;
        actions::ask(&site.db, &site.keyring, self.tenant, site.clock.now(), ask).await
    }

    pub(super) async fn ask(&self, asked: Asked) -> ActionId {
        self.try_ask(asked).await.unwrap()
    }

    pub(super) async fn try_ask_thing(
        &self,
        asked: ThingAsked,
        secret: Option<&str>,
    ) -> Result<ActionId, actions::Error> {
        let ask = AskThing {
            account: self.account,
            asked,
            secret: secret.map(SecretString::from),
            actor: &Actor::system("test"),
        };
        let site = &self.site;
        actions::ask_thing(&site.db, &site.keyring, self.tenant, site.clock.now(), ask).await
    }

    pub(super) async fn ask_thing(&self, asked: ThingAsked) -> ActionId {
        self.try_ask_thing(asked, None).await.unwrap()
    }

    async fn networks(&self) -> Vec<PrivateNetwork> {
        let rows = self.site.db.tenant(self.tenant);
        let found = resources::list::<PrivateNetwork>(&rows, self.account).await.unwrap();
        found.into_iter().map(|one| one.thing).collect()
    }

    /// How many changing calls of an operation came.
    pub(super) fn sent(&self, operation: &str) -> usize {
        self.contabo.requests_to(operation).len()
    }

    async fn changes(&self) -> Vec<contabo_change::Model> {
        self.site
            .db
            .tenant(self.tenant)
            .find::<contabo_change::Entity>()
            .all()
            .await
            .unwrap()
    }

    /// A client that has the server.
    pub(super) async fn give(&self) -> ClientId {
        let id = ClientId::new();
        let row = client::ActiveModel {
            id: Set(id),
            name: Set("Acme".to_owned()),
            reference: Set(None),
            notes: Set(String::new()),
            created_at: Set(self.site.clock.now()),
            archived_at: Set(None),
            ..Default::default()
        };
        self.site.db.tenant(self.tenant).insert(row).await.unwrap();
        let instance = self.instance().await.id;
        let (now, actor) = (self.site.clock.now(), Actor::system("test"));
        instances::assign(&self.site.db, self.tenant, &actor, now, instance, Some(id))
            .await
            .unwrap();
        id
    }
}

#[tokio::test]
async fn a_reading_keeps_what_is_there_and_what_became_different() {
    let ground = Ground::new().await;
    let first = ground.instance().await;
    assert_eq!(
        (first.display_name.as_str(), first.status.as_str()),
        ("mail", "running")
    );
    let details = instances::Details::of(&first);
    assert_eq!((details.product_id.as_str(), details.region.as_str()), ("V153", "EU"));
    assert!(details.ipv4.is_some() && details.ipv6.is_some());
    assert_eq!(ground.changes().await.len(), 1, "it appeared");
    assert!(ground.sync().await.succeeded_at.is_some());
    let client = ground.give().await;

    // Nothing new, nothing written.
    let seq = ground.instance().await.seq;
    ground.pass(200);
    ground.read().await;
    assert_eq!((ground.instance().await.seq, ground.changes().await.len()), (seq, 1));

    // Somebody uses Contabo's own panel.
    let id = first.contabo_id;
    ground.contabo.panel().rename(id, "mail 2").unwrap();
    ground.contabo.panel().new_instance("second", "V154", "UK");
    ground.pass(200);
    ground.read().await;
    let changes = ground.changes().await;
    assert_eq!(changes.len(), 3);
    let renamed = changes.iter().find(|change| change.after.is_some()).unwrap();
    assert_eq!(renamed.before.as_ref().unwrap()["display_name"], "mail");
    assert_eq!(renamed.after.as_ref().unwrap()["display_name"], "mail 2");
    assert_eq!(renamed.done_by.as_deref(), Some("api@example.net"), "by Contabo's log");

    // What is gone is asked for once more, and stays its client's on paper.
    ground.contabo.panel().delete(id).unwrap();
    ground.pass(200);
    ground.read().await;
    let rows = ground.site.db.tenant(ground.tenant);
    let gone = rows.get::<instance::Entity>(first.id).await.unwrap().unwrap();
    assert!(gone.gone_at.is_some());
    assert_eq!(gone.client_id, Some(client));
    let board = ground
        .site
        .board
        .snapshot(ground.tenant, ground.site.clock.now())
        .await
        .unwrap();
    assert_eq!(board.instances.len(), 1);
}

#[tokio::test]
async fn everything_else_is_read_too_and_no_secret_with_it() {
    let ground = Ground::of(Seed::Demo, "V153").await;
    let rows = ground.site.db.tenant(ground.tenant);
    let images = resources::list::<Image>(&rows, ground.account).await.unwrap();
    assert!(
        images
            .iter()
            .any(|one| one.thing.is_standard && one.thing.name.starts_with("ubuntu"))
    );
    let secrets = resources::list::<Secret>(&rows, ground.account).await.unwrap();
    assert!(secrets.iter().any(|one| one.thing.kind == "ssh"));
    let kept = rows.find::<contabo_resource::Entity>().all().await.unwrap();
    assert!(!kept.iter().any(|row| row.details.to_string().contains("ssh-ed25519")));
    let networks = resources::list::<PrivateNetwork>(&rows, ground.account).await.unwrap();
    assert!(networks.iter().any(|one| !one.thing.members.is_empty()));
    let storages = resources::list::<Storage>(&rows, ground.account).await.unwrap();
    assert!(storages.iter().any(|one| one.thing.used_tb.is_some()));
    assert!(!resources::list::<Vip>(&rows, ground.account).await.unwrap().is_empty());
    assert!(
        !resources::list::<Firewall>(&rows, ground.account)
            .await
            .unwrap()
            .is_empty()
    );
    let presets = resources::list::<Presets>(&rows, ground.account).await.unwrap();
    let dns = presets[0].thing.all.iter().find(|one| one.name == "DNS").unwrap();
    assert_eq!(
        (dns.rules.len(), dns.rules[0].ports.as_slice()),
        (2, &["53".to_owned()][..])
    );
    let zones = resources::list::<DnsZone>(&rows, ground.account).await.unwrap();
    assert!(zones.iter().any(|one| one.thing.records.len() > 2));
    let reverse = resources::list::<ReverseName>(&rows, ground.account).await.unwrap();
    assert!(reverse.iter().any(|one| !one.thing.ptr.is_empty()));
    let tags = resources::list::<Tag>(&rows, ground.account).await.unwrap();
    assert!(tags.iter().any(|one| !one.thing.on.is_empty()));
    // Not each time: it is half an hour later that they are asked for again.
    let asked = || ground.sent("retrieveTagList");
    let before = asked();
    ground.pass(300);
    ground.read().await;
    assert_eq!(asked(), before);
    ground.pass(1_800);
    ground.read().await;
    assert!(asked() > before);
}

#[tokio::test]
async fn half_a_reading_makes_nothing_look_gone() {
    let ground = Ground::new().await;
    let before = ground.instance().await;
    for fault in [Fault::Html, Fault::Gateway, Fault::ErrorBefore, Fault::Empty(200)] {
        ground.contabo.inject(Rule::at("retrieveInstancesList", fault.clone()));
        ground.pass(3_600);
        ground.read().await;
        ground.contabo.clear();
        assert_eq!(ground.instance().await, before, "{fault:?}");
        assert!(ground.sync().await.last_error.is_some(), "{fault:?}");
    }
    ground.pass(3_600);
    ground.read().await;
    let sync = ground.sync().await;
    assert_eq!((sync.failures, sync.last_error), (0, None));
}

#[tokio::test]
async fn a_server_is_stopped_and_started_and_the_mirror_follows() {
    let ground = Ground::new().await;
    let stop = ground.ask(Asked::Stop).await;
    assert!(matches!(
        ground.try_ask(Asked::Stop).await,
        Err(actions::Error::AlreadyAsked)
    ));
    let start = ground.ask(Asked::Start).await;
    let stopped = ground.finish(stop).await;
    assert_eq!((stopped.state, stopped.error), (ActionState::Done, None));
    assert_eq!(ground.instance().await.status, "stopped");
    assert_eq!(ground.finish(start).await.state, ActionState::Done);
    assert_eq!(ground.instance().await.status, "running");
    assert_eq!((ground.sent("stop"), ground.sent("start")), (1, 1));
}

#[tokio::test]
async fn a_call_that_was_done_without_an_answer_is_not_sent_again() {
    for fault in [Fault::DropAfter, Fault::ErrorAfter, Fault::HangAfter, Fault::CutInside] {
        let ground = Ground::new().await;
        ground.contabo.inject(Rule::at("restart", fault.clone()).once());
        let restart = ground.ask(Asked::Restart).await;
        let ended = ground.finish(restart).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{fault:?}");
        assert_eq!(ground.sent("restart"), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_call_that_was_not_done_is_sent_again_once_that_is_known() {
    for fault in [Fault::DropBefore, Fault::ErrorBefore, Fault::Gateway] {
        let ground = Ground::new().await;
        ground.contabo.inject(Rule::at("createSnapshot", fault.clone()).once());
        let begun = ground.site.clock.now();
        let asked = Asked::TakeSnapshot {
            name: "before".to_owned(),
            description: String::new(),
        };
        let id = ground.ask(asked).await;
        let ended = ground.finish(id).await;
        assert_eq!(ended.state, ActionState::Done, "{fault:?} {ended:?}");
        assert!(
            ended.ended_at.unwrap() - begun >= actions::next::AUDITED_AFTER,
            "{fault:?}"
        );
        assert_eq!((ground.sent("createSnapshot"), ended.attempts), (2, 2), "{fault:?}");
        let rows = ground.site.db.tenant(ground.tenant);
        assert_eq!(rows.find::<snapshot::Entity>().count().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn who_goes_on_after_a_crash_looks_first() {
    // Killed after the call was done, and before the answer was kept.
    let ground = Ground::new().await;
    let asked = Asked::TakeSnapshot {
        name: "before".to_owned(),
        description: String::new(),
    };
    let id = ground.ask(asked).await;
    ground
        .contabo
        .inject(Rule::at("createSnapshot", Fault::HangAfter).once());
    let site = ground.site.clone();
    let tenant = ground.tenant;
    let killed = tokio::spawn(async move {
        let queue = Queue::new(site.db.clone(), site.clock.clone(), Nudge::default());
        queue.with::<Act>(site.clone()).step().await
    });
    ground.contabo.wait_for("createSnapshot", 1).await;
    killed.abort();
    let _ = killed.await;
    let row = ground.action(id).await;
    assert_eq!((row.state, row.tenant_id), (ActionState::Running, tenant));
    assert!(row.sent_at.is_some() && row.accepted_at.is_none());
    // The lease of the job that died ends, and another process goes on.
    ground.pass(121);
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ground.sent("createSnapshot")), (ActionState::Done, 1));
}

#[tokio::test]
async fn an_account_that_is_away_holds_up_what_was_asked_and_loses_nothing() {
    let ground = Ground::new().await;
    ground.contabo.set_reachable(false).await;
    let stop = ground.ask(Asked::Stop).await;
    for _ in 0..10 {
        ground.work().await;
        ground.pass(20);
    }
    let row = ground.action(stop).await;
    assert_eq!((row.state, row.stage.as_str()), (ActionState::Running, stage::HELD_UP));
    assert!(row.error.is_some_and(|why| why.contains("can't be reached")));
    ground.pass(200);
    ground.read().await;
    assert!(ground.sync().await.last_error.is_some());
    ground.contabo.set_reachable(true).await;
    assert_eq!(ground.finish(stop).await.state, ActionState::Done);
    assert_eq!(ground.sent("stop"), 1);

    // Too late is too late: nobody wants a server stopped an hour after it was asked.
    ground.contabo.set_reachable(false).await;
    let start = ground.ask(Asked::Start).await;
    let ended = ground.finish(start).await;
    assert_eq!(ended.state, ActionState::Failed);
    ground.contabo.set_reachable(true).await;
    assert_eq!(ground.sent("start"), 0);
}

#[tokio::test]
async fn a_storm_of_429_and_dead_tokens_delays_and_does_nothing_twice() {
    let ground = Ground::new().await;
    ground
        .contabo
        .inject(Rule::at("stop", Fault::TooManyRequests { retry_after: None }).times(2));
    ground.contabo.expire_tokens_every(Some(2));
    let stop = ground.ask(Asked::Stop).await;
    assert_eq!(ground.finish(stop).await.state, ActionState::Done);
    let done = ground.contabo.requests_to("stop");
    assert_eq!(done.iter().filter(|request| request.status == Some(201)).count(), 1);
}

#[tokio::test]
async fn what_contabo_refuses_fails_in_its_words() {
    let ground = Ground::new().await;
    let sentence = "Total snapshots exceed the total max limit of 1 snapshots";
    let take = |name: &str| Asked::TakeSnapshot {
        name: name.to_owned(),
        description: String::new(),
    };
    let first = ground.ask(take("one")).await;
    assert_eq!(ground.finish(first).await.state, ActionState::Done);
    let second = ground.ask(take("two")).await;
    let ended = ground.finish(second).await;
    assert_eq!(ended.state, ActionState::Failed);
    assert!(ended.error.is_some_and(|why| why.contains(sentence)));
    assert_eq!(ground.sent("createSnapshot"), 2, "a refusal is an answer");
}

#[tokio::test]
async fn a_server_that_vanishes_ends_what_was_asked_of_it() {
    let ground = Ground::new().await;
    let id = ground.instance().await.contabo_id;
    let restart = ground.ask(Asked::Restart).await;
    ground.work().await;
    ground.contabo.panel().delete(id).unwrap();
    let ended = ground.finish(restart).await;
    assert_eq!(ended.state, ActionState::Failed);
    assert!(ground.instance().await.gone_at.is_some());
}

#[tokio::test]
async fn a_new_password_goes_by_a_secret_that_is_deleted_and_is_shown_once() {
    let ground = Ground::new().await;
    let id = ground.ask(Asked::ResetPassword).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.error), (ActionState::Done, None));
    assert_eq!(ground.sent("createSecret"), 1);
    assert_eq!(ground.sent("deleteSecret"), 1);
    let created = &ground.contabo.requests_to("createSecret")[0];
    let place = actions::secret_place(ground.tenant, id);
    let sealed = ended.secret_sealed.unwrap();
    let password = ground.site.keyring.open_sealed(place, &sealed).unwrap();
    assert!(!format!("{created:?}").contains(password.expose_secret()));
    let kept = ground.action(id).await;
    assert!(!kept.arguments.to_string().contains(password.expose_secret()));
}

#[tokio::test]
async fn a_locked_server_is_not_its_clients_to_touch_but_staffs() {
    let ground = Ground::new().await;
    let client = ground.give().await;
    let instance = ground.instance().await.id;
    let (site, now, actor) = (&ground.site, ground.site.clock.now(), Actor::system("test"));
    instances::lock(&site.db, ground.tenant, &actor, now, instance, "Unpaid")
        .await
        .unwrap();
    let by = |client, asked| {
        let ask = Ask {
            instance,
            client,
            asked,
            actor: &actor,
        };
        actions::ask(&site.db, &site.keyring, ground.tenant, now, ask)
    };
    let refused = by(Some(client), Asked::Stop).await;
    assert!(matches!(refused, Err(actions::Error::Locked(why)) if why == "Unpaid"));
    let other = by(Some(ClientId::new()), Asked::Stop).await;
    assert!(matches!(other, Err(actions::Error::Change(_))));
    assert!(by(None, Asked::Stop).await.is_ok());
}

#[tokio::test]
async fn what_a_client_queued_is_not_done_to_the_next_client() {
    let ground = Ground::new().await;
    let client = ground.give().await;
    let instance = ground.instance().await.id;
    let (site, now, actor) = (&ground.site, ground.site.clock.now(), Actor::system("test"));
    let ask = async |asked| {
        let ask = Ask {
            instance,
            client: Some(client),
            asked,
            actor: &actor,
        };
        actions::ask(&site.db, &site.keyring, ground.tenant, now, ask)
            .await
            .unwrap()
    };
    for locked in [false, true] {
        ground.contabo.set_reachable(false).await;
        let first = ask(Asked::Shutdown).await;
        let queued = ask(Asked::Rescue { ssh_keys: Vec::new() }).await;
        ground.work().await;
        let (db, tenant) = (&site.db, ground.tenant);
        match locked {
            true => instances::lock(db, tenant, &actor, now, instance, "Unpaid").await,
            false => instances::assign(db, tenant, &actor, now, instance, None).await,
        }
        .unwrap();
        let withdrawn = ground.action(queued).await;
        assert_eq!(
            (withdrawn.state, withdrawn.secret_sealed),
            (ActionState::Withdrawn, None)
        );
        ground.contabo.set_reachable(true).await;
        ground.finish(first).await;
        ground.pass(300);
        ground.work().await;
        assert_eq!(ground.sent("rescue"), 0);
        instances::assign(db, tenant, &actor, now, instance, Some(client))
            .await
            .unwrap();
        let start = ground.ask(Asked::Start).await;
        ground.finish(start).await;
    }
}

#[tokio::test]
async fn what_was_done_while_nobody_could_look_is_done_and_keeps_its_password() {
    let ground = Ground::new().await;
    ground
        .contabo
        .inject(Rule::at("resetPasswordAction", Fault::DropAfter).once());
    let id = ground.ask(Asked::ResetPassword).await;
    ground.work().await;
    ground.contabo.set_reachable(false).await;
    for _ in 0..60 {
        ground.pass(60);
        ground.work().await;
    }
    assert_eq!(ground.action(id).await.state, ActionState::Running);
    ground.contabo.set_reachable(true).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.error), (ActionState::Done, None));
    assert!(ended.secret_sealed.is_some());
    assert_eq!(ground.sent("resetPasswordAction"), 1);
}

#[tokio::test]
async fn firewalls_are_read_where_ready_made_rules_may_not_be() {
    let ground = Ground::new().await;
    let no = Fault::Refuse(403, "Forbidden".to_owned());
    ground.contabo.inject(Rule::at("retrievePresetRules", no));
    let create = ThingAsked::CreateFirewall {
        name: "doors".to_owned(),
        description: String::new(),
        is_active: true,
        rules: Vec::new(),
    };
    let made = ground.try_ask_thing(create, None).await.unwrap();
    assert_eq!(ground.finish(made).await.state, ActionState::Done);
    ground.pass(3_600);
    ground.read().await;
    let rows = ground.site.db.tenant(ground.tenant);
    let firewalls = resources::list::<Firewall>(&rows, ground.account).await.unwrap();
    assert!(firewalls.iter().any(|one| one.thing.name == "doors"));
}

#[tokio::test]
async fn a_role_that_may_not_see_the_log_or_the_firewalls_stops_nothing() {
    let ground = Ground::new().await;
    let no = || Fault::Refuse(403, "Forbidden".to_owned());
    ground.contabo.panel().new_vip("additional", "EU");
    ground
        .contabo
        .inject(Rule::at("retrieveInstancesActionsAuditsList", no()));
    ground.contabo.inject(Rule::at("retrieveFirewallList", no()));
    ground.contabo.inject(Rule::at("restart", Fault::DropAfter).once());
    let restart = ground.ask(Asked::Restart).await;
    let ended = ground.finish(restart).await;
    assert_eq!(ended.state, ActionState::Failed);
    assert!(
        ended
            .error
            .is_some_and(|why| why.contains("can't be seen") && why.contains("Forbidden"))
    );
    ground.contabo.inject(Rule::at("retrieveImageList", no()));
    ground
        .contabo
        .inject(Rule::at("retrievePrivateNetworkList", Fault::Html));
    ground.pass(3_600);
    ground.read().await;
    let sync = ground.sync().await;
    assert_eq!((sync.failures, sync.last_error), (0, None));
    // What comes after lists that were refused or can't be understood was read all the same.
    let rows = ground.site.db.tenant(ground.tenant);
    assert_eq!(resources::list::<Vip>(&rows, ground.account).await.unwrap().len(), 1);
}

fn lan(name: &str) -> ThingAsked {
    ThingAsked::CreateNetwork {
        name: name.to_owned(),
        region: "EU".to_owned(),
        description: String::new(),
    }
}

#[tokio::test]
async fn a_network_is_made_named_anew_and_deleted_and_the_mirror_follows_at_once() {
    let ground = Ground::new().await;
    let id = ground.ask_thing(lan("lan")).await;
    assert!(matches!(
        ground.try_ask_thing(lan("lan"), None).await,
        Err(actions::Error::AlreadyAsked)
    ));
    let made = ground.finish(id).await;
    assert_eq!((made.state, made.error), (ActionState::Done, None));
    let networks = ground.networks().await;
    assert_eq!(networks.len(), 1);
    assert_eq!(made.thing_id.as_deref(), Some(networks[0].id.to_string().as_str()));
    let network = networks[0].id;
    let change = ThingAsked::ChangeNetwork {
        network,
        name: "backend".to_owned(),
        description: "Databases".to_owned(),
    };
    let id = ground.ask_thing(change).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert_eq!(ground.networks().await[0].name, "backend");
    let delete = || ThingAsked::DeleteNetwork {
        network,
        name: "backend".to_owned(),
    };
    let id = ground.ask_thing(delete()).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert!(ground.networks().await.is_empty());
    // Of what is gone nothing is asked.
    let gone = ground.try_ask_thing(delete(), None).await;
    assert!(matches!(gone, Err(actions::Error::Change(ChangeError::NotFound))));
}

#[tokio::test]
async fn what_makes_one_more_is_never_sent_twice_by_itself() {
    // Done without an answer: Contabo's log has it.
    for fault in [Fault::DropAfter, Fault::ErrorAfter, Fault::HangAfter] {
        let ground = Ground::new().await;
        ground
            .contabo
            .inject(Rule::at("createPrivateNetwork", fault.clone()).once());
        let id = ground.ask_thing(lan("lan")).await;
        let ended = ground.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{fault:?}");
        assert_eq!(
            (ground.sent("createPrivateNetwork"), ground.networks().await.len()),
            (1, 1)
        );
        assert!(ended.thing_id.is_some(), "{fault:?}");
    }
    // Not done: it says so, and somebody may ask again.
    let ground = Ground::new().await;
    ground
        .contabo
        .inject(Rule::at("createPrivateNetwork", Fault::DropBefore).once());
    let id = ground.ask_thing(lan("lan")).await;
    let ended = ground.finish(id).await;
    assert_eq!(ended.state, ActionState::Failed);
    assert_eq!(ground.sent("createPrivateNetwork"), 1);
    let id = ground.ask_thing(lan("lan")).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
}

#[tokio::test]
async fn what_can_be_done_twice_is_sent_again_after_looking_and_a_refusal_is_an_answer() {
    let ground = Ground::new().await;
    let id = ground.ask_thing(lan("lan")).await;
    ground.finish(id).await;
    let network = ground.networks().await[0].id;
    ground
        .contabo
        .inject(Rule::at("patchPrivateNetwork", Fault::DropBefore).once());
    let change = ThingAsked::ChangeNetwork {
        network,
        name: "backend".to_owned(),
        description: String::new(),
    };
    let id = ground.ask_thing(change).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.attempts), (ActionState::Done, 2));
    let no = Fault::Refuse(409, "The name is taken".to_owned());
    ground.contabo.inject(Rule::at("createPrivateNetwork", no).once());
    let id = ground.ask_thing(lan("other")).await;
    let ended = ground.finish(id).await;
    assert_eq!(ended.state, ActionState::Failed);
    assert!(ended.error.is_some_and(|why| why.contains("The name is taken")));
}

#[tokio::test]
async fn a_key_goes_to_contabo_and_is_kept_nowhere_here() {
    let ground = Ground::new().await;
    let value = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIInvented alice@north.test";
    let asked = ThingAsked::CreateSecret {
        name: "alice".to_owned(),
        kind: "ssh".to_owned(),
    };
    let id = ground.try_ask_thing(asked, Some(value)).await.unwrap();
    assert!(ground.action(id).await.secret_sealed.is_some());
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.secret_sealed), (ActionState::Done, None));
    let rows = ground.site.db.tenant(ground.tenant);
    let kept = resources::list::<Secret>(&rows, ground.account).await.unwrap();
    assert!(kept.iter().any(|one| one.thing.name == "alice"));
    let log = rows.find::<entity::audit_entry::Entity>().all().await.unwrap();
    assert!(!log.iter().any(|entry| format!("{entry:?}").contains("AAAAC3")));
}

#[tokio::test]
async fn a_server_joins_a_network_once_it_has_the_add_on_and_leaves_it_again() {
    let ground = Ground::new().await;
    let id = ground.ask_thing(lan("lan")).await;
    ground.finish(id).await;
    let network = ground.networks().await[0].id;
    let join = || Asked::JoinNetwork {
        network,
        name: String::new(),
    };
    let refused = ground.ask(join()).await;
    let ended = ground.finish(refused).await;
    assert_eq!(ended.state, ActionState::Failed);
    assert!(ended.error.is_some_and(|why| why.contains("paid add-on")));

    let contabo_id = ground.instance().await.contabo_id;
    ground.contabo.panel().add_on(contabo_id, 1477).unwrap();
    // Done without an answer: it shows, and is not sent again.
    ground
        .contabo
        .inject(Rule::at("assignInstancePrivateNetwork", Fault::DropAfter).once());
    let joined = ground.ask(join()).await;
    let ended = ground.finish(joined).await;
    assert_eq!((ended.state, ended.error), (ActionState::Done, None));
    assert_eq!(
        ground.sent("assignInstancePrivateNetwork"),
        2,
        "the refused one and this"
    );
    let members = ground.networks().await.remove(0).members;
    assert_eq!(
        (members[0].instance, members[0].status.as_str()),
        (contabo_id, "reinstall")
    );
    // What is so already is not asked for.
    assert!(matches!(ground.try_ask(join()).await, Err(actions::Error::Change(_))));

    let leave = Asked::LeaveNetwork {
        network,
        name: String::new(),
    };
    let left = ground.ask(leave).await;
    assert_eq!(ground.finish(left).await.state, ActionState::Done);
    assert!(ground.networks().await.remove(0).members.is_empty());
}

#[tokio::test]
async fn a_server_goes_behind_a_firewall_and_a_further_address_is_noted_for_it() {
    let ground = Ground::new().await;
    let rule = resources::Rule {
        name: "SSH".to_owned(),
        protocol: "tcp".to_owned(),
        ports: vec!["22".to_owned()],
        sources: vec!["AnyIPv4".to_owned(), "2001:db8::/32".to_owned()],
        action: "accept".to_owned(),
        is_active: true,
    };
    let create = ThingAsked::CreateFirewall {
        name: "ssh".to_owned(),
        description: String::new(),
        is_active: true,
        rules: vec![rule.clone()],
    };
    let id = ground.ask_thing(create).await;
    let made = ground.finish(id).await;
    assert_eq!((made.state, made.error), (ActionState::Done, None));
    let rows = ground.site.db.tenant(ground.tenant);
    let firewall = async || {
        let found = resources::list::<Firewall>(&rows, ground.account).await.unwrap();
        found.into_iter().next().unwrap().thing
    };
    assert_eq!(firewall().await.rules.first(), Some(&rule));
    let id = firewall().await.id;
    let open = resources::Rule {
        ports: Vec::new(),
        protocol: String::new(),
        ..rule
    };
    let replace = ThingAsked::ReplaceRules {
        firewall: id.clone(),
        name: "ssh".to_owned(),
        rules: vec![open.clone()],
    };
    let replaced = ground.ask_thing(replace).await;
    assert_eq!(ground.finish(replaced).await.state, ActionState::Done);
    assert_eq!(firewall().await.rules, [open]);

    let name = String::new();
    let behind = ground
        .ask(Asked::JoinFirewall {
            firewall: id.clone(),
            name: name.clone(),
        })
        .await;
    assert_eq!(ground.finish(behind).await.state, ActionState::Done);
    let contabo_id = ground.instance().await.contabo_id;
    assert_eq!(firewall().await.instances, [contabo_id]);
    // Contabo refuses it while somebody is behind it.
    let delete = || ThingAsked::DeleteFirewall {
        firewall: id.clone(),
        name: "ssh".to_owned(),
    };
    let refused = ground.ask_thing(delete()).await;
    assert_eq!(ground.finish(refused).await.state, ActionState::Failed);
    let left = ground
        .ask(Asked::LeaveFirewall {
            firewall: id.clone(),
            name,
        })
        .await;
    assert_eq!(ground.finish(left).await.state, ActionState::Done);

    let ip = ground.contabo.panel().new_vip("additional", "EU");
    ground.pass(3_600);
    ground.read().await;
    let vip = async || {
        let found = resources::list::<Vip>(&rows, ground.account).await.unwrap();
        found.into_iter().next().unwrap().thing
    };
    let vip_id = vip().await.id;
    let assign = Asked::AssignVip {
        vip: vip_id.clone(),
        ip: String::new(),
    };
    let noted = ground.ask(assign.clone()).await;
    assert!(matches!(
        ground.try_ask(assign).await,
        Err(actions::Error::AlreadyAsked)
    ));
    let ended = ground.finish(noted).await;
    assert_eq!((ended.state, ended.error), (ActionState::Done, None));
    assert_eq!((vip().await.instance, vip().await.ip), (Some(contabo_id), ip));
    let taken = ground
        .ask(Asked::UnassignVip {
            vip: vip_id,
            ip: String::new(),
        })
        .await;
    assert_eq!(ground.finish(taken).await.state, ActionState::Done);
    assert_eq!(vip().await.instance, None);
}

#[tokio::test]
async fn the_names_of_addresses_are_set_and_those_of_ipv6_made_and_removed() {
    let ground = Ground::new().await;
    let details = instances::Details::of(&ground.instance().await);
    let (v4, v6) = (
        details.ipv4.unwrap().ip.to_string(),
        details.ipv6.unwrap().ip.to_string(),
    );
    let set = |ip: &str, name: &str| Asked::SetReverseName {
        ip: ip.to_owned(),
        name: name.to_owned(),
        is_new: false,
    };
    let lists = ground.sent("retrievePtrRecordsList");
    let foreign = ground.try_ask(set("192.0.2.250", "mail.north.test")).await;
    assert!(matches!(foreign, Err(actions::Error::Change(ChangeError::Rejected(_)))));
    for (ip, name) in [
        (&v4, "mail.north.test"),
        (&v6, "six.north.test"),
        (&v6, "mail.north.test"),
    ] {
        // Contabo's log has no list for them, so it is seen by itself whether a lost call was done.
        ground
            .contabo
            .inject(Rule::at("updatePtrRecord", Fault::DropAfter).once());
        let id = ground.ask(set(ip, name)).await;
        let ended = ground.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{ip} {name}");
        ground.contabo.clear();
    }
    let rows = ground.site.db.tenant(ground.tenant);
    let names = resources::list::<ReverseName>(&rows, ground.account).await.unwrap();
    let named = names.iter().filter(|one| one.thing.ptr == "mail.north.test");
    assert_eq!(named.count(), 2);
    let id = ground.ask(Asked::RemoveReverseName { ip: v6.clone() }).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let left = resources::list::<ReverseName>(&rows, ground.account).await.unwrap();
    assert_eq!(left.len(), names.len() - 1, "that of {v6} is gone, and no other");
    // Of thousands of addresses only the one is looked at.
    assert_eq!(ground.sent("retrievePtrRecordsList"), lists);
    let v4_stays = ground.try_ask(Asked::RemoveReverseName { ip: v4 }).await;
    assert!(matches!(v4_stays, Err(actions::Error::Change(_))));
}

#[tokio::test]
async fn a_zone_and_its_records_are_made_changed_and_deleted() {
    let ground = Ground::new().await;
    let name = "north.example".to_owned();
    let id = ground.ask_thing(ThingAsked::CreateZone { name: name.clone() }).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let rows = ground.site.db.tenant(ground.tenant);
    let zones = async || resources::list::<DnsZone>(&rows, ground.account).await.unwrap();
    let mut record = resources::DnsRecord {
        name: "mail".to_owned(),
        kind: "A".to_owned(),
        ttl: Some(86_400),
        priority: Some(0),
        data: "192.0.2.7".to_owned(),
        ..resources::DnsRecord::default()
    };
    ground
        .contabo
        .inject(Rule::at("createDnsZoneRecord", Fault::DropAfter).once());
    let add = ThingAsked::AddRecord {
        zone: name.clone(),
        record: record.clone(),
    };
    let id = ground.ask_thing(add).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.error), (ActionState::Done, None));
    let there = zones().await.remove(0).thing.records;
    assert_eq!((there.len(), there[0].name.as_str()), (1, "mail.north.example"));
    record.id = there[0].id;
    record.data = "192.0.2.8".to_owned();
    let id = ground
        .ask_thing(ThingAsked::ChangeRecord {
            zone: name.clone(),
            record: record.clone(),
        })
        .await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert_eq!(zones().await.remove(0).thing.records[0].data, "192.0.2.8");
    let of_the_zone_itself = ThingAsked::AddRecord {
        zone: name.clone(),
        record: resources::DnsRecord {
            name: "@".to_owned(),
            ..record.clone()
        },
    };
    let id = ground.ask_thing(of_the_zone_itself).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.error), (ActionState::Done, None));
    let there = zones().await.remove(0).thing.records;
    assert!(there.iter().any(|one| one.name == name), "{there:?}");
    let id = ground
        .ask_thing(ThingAsked::DeleteRecord {
            zone: name.clone(),
            record,
        })
        .await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let id = ground.ask_thing(ThingAsked::DeleteZone { name }).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert!(zones().await.is_empty());
}
