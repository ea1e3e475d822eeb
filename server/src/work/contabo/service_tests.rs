//! Services as a billing system runs them, from the order to the end: each call twice, each failure a task for staff, and
//! a letter for each change.

use chrono::{DateTime, NaiveDate};
use entity::{
    AccountId, ClientId, ClientMemberId, account, client_member, contabo_order::OrderState, instance, mail,
    service::ServiceState, task,
};
use fakes::contabo::{Fault, Rule};
use sea_orm::{ActiveValue::Set, Order};

use super::order_tests::{Ground, IMAGE};
use crate::{
    domain::{
        audit::Actor,
        contabo::{
            instances,
            services::{self, Create, Error, Ordered, Progress, Shown, Wish},
        },
        identity::ClientRole,
        tasks,
    },
    testing::scratch_tenant,
};

/// What a billing system calls the service.
const ID: &str = "whmcs-17";

impl Ground {
    fn wish(&self, name: &str, product: &str) -> Wish {
        Wish::Ordered(Ordered {
            account: self.account,
            product: product.to_owned(),
            region: "EU".to_owned(),
            months: 1,
            image: IMAGE.to_owned(),
            default_user: "root".to_owned(),
            ssh_keys: Vec::new(),
            add_ons: Vec::new(),
            display_name: name.to_owned(),
            template: None,
        })
    }

    async fn create(&self, reference: &str, client: ClientId, wish: Wish, again: bool) -> Result<Shown, Error> {
        let create = Create {
            reference,
            client,
            wish,
            values: &[],
            without_price: false,
            again,
        };
        let (site, actor) = (&self.site, Actor::system("billing"));
        services::create(&site.db, &site.keyring, self.tenant, &actor, site.clock.now(), create).await
    }

    async fn suspend(&self, because: &str) -> Result<Shown, Error> {
        let (site, actor) = (&self.site, Actor::system("billing"));
        let now = site.clock.now();
        services::suspend(&site.db, &site.keyring, self.tenant, &actor, now, ID, because).await
    }

    async fn unsuspend(&self) -> Result<Shown, Error> {
        let (site, actor) = (&self.site, Actor::system("billing"));
        services::unsuspend(&site.db, &site.keyring, self.tenant, &actor, site.clock.now(), ID).await
    }

    async fn terminate(&self) -> Result<Shown, Error> {
        let (site, actor) = (&self.site, Actor::system("billing"));
        services::terminate(&site.db, &site.keyring, self.tenant, &actor, site.clock.now(), ID).await
    }

    async fn shown(&self) -> Shown {
        services::show(&self.site.db.tenant(self.tenant), ID).await.unwrap()
    }

    /// Works until nothing of the service is under way.
    async fn settled(&self) -> Shown {
        for _ in 0..720 {
            self.work().await;
            let shown = self.shown().await;
            if !matches!(shown.progress(), Progress::Coming | Progress::UnderWay) {
                // What follows from it, too.
                self.work().await;
                return shown;
            }
            self.pass(10);
        }
        panic!("it never ended: {:?}", self.shown().await);
    }

    /// Somebody of the client who is told of its servers.
    async fn owner(&self, client: ClientId) {
        let rows = self.site.db.tenant(self.tenant);
        let row = account::ActiveModel {
            id: Set(AccountId::new()),
            mail: Set("dana@acme.test".to_owned()),
            name: Set("Dana".to_owned()),
            password_hash: Set(String::new()),
            must_change_password: Set(false),
            zone: Set(None),
            created_at: Set(DateTime::UNIX_EPOCH),
            last_sign_in_at: Set(None),
            disabled_at: Set(None),
            ..Default::default()
        };
        let account = rows.insert::<account::Entity, _>(row).await.unwrap();
        let place = client_member::ActiveModel {
            id: Set(ClientMemberId::new()),
            client_id: Set(client),
            account_id: Set(account.id),
            role: Set(ClientRole::Owner.name().to_owned()),
            created_at: Set(DateTime::UNIX_EPOCH),
            ..Default::default()
        };
        rows.insert::<client_member::Entity, _>(place).await.unwrap();
    }

    async fn mails(&self) -> Vec<mail::Model> {
        let rows = self.site.db.tenant(self.tenant);
        let all = rows.find::<mail::Entity>();
        all.order_by(mail::Column::CreatedAt, Order::Asc)
            .order_by(mail::Column::Id, Order::Asc)
            .all()
            .await
            .unwrap()
    }

    async fn open_tasks(&self) -> Vec<task::Model> {
        tasks::list(&self.site.db.tenant(self.tenant), true).await.unwrap()
    }

    fn asked(&self, operation: &str) -> usize {
        self.contabo.requests_to(operation).len()
    }
}

#[tokio::test]
async fn a_service_is_ordered_suspended_let_go_on_and_ended_and_each_call_twice_is_once() {
    let ground = Ground::new().await;
    let client = ground.client().await;
    ground.owner(client).await;
    let wish = || ground.wish("web-1", "V153");
    let first = ground.create(ID, client, wish(), false).await.unwrap();
    assert_eq!(first.progress(), Progress::Coming);
    let second = ground.create(ID, client, wish(), false).await.unwrap();
    assert_eq!(
        (second.row.id, second.row.contabo_order_id),
        (first.row.id, first.row.contabo_order_id)
    );
    assert!(matches!(ground.suspend("Unpaid").await, Err(Error::NotReady)));
    let made = ground.settled().await;
    assert_eq!(
        (made.progress(), made.row.state),
        (Progress::Done, ServiceState::Active)
    );
    assert_eq!(made.instance.as_ref().unwrap().client_id, Some(client));
    let again = ground.create(ID, client, wish(), true).await.unwrap();
    assert_eq!(
        (again.row.id, ground.sent()),
        (made.row.id, 1),
        "what is there is not ordered again"
    );
    let other = ground.create(ID, client, ground.wish("web-2", "V153"), false).await;
    assert!(matches!(other, Err(Error::Different)));
    assert!(ground.unsuspend().await.is_ok(), "it is not suspended");
    assert_eq!(ground.asked("start"), 0);

    for _ in 0..2 {
        ground.suspend("Unpaid").await.unwrap();
    }
    let off = ground.settled().await;
    let server = off.instance.as_ref().unwrap();
    assert_eq!(
        (off.progress(), off.row.state),
        (Progress::Done, ServiceState::Suspended)
    );
    assert_eq!(
        (server.status.as_str(), server.locked_because.as_deref()),
        ("stopped", Some("Unpaid"))
    );
    ground.suspend("Unpaid").await.unwrap();
    assert_eq!(ground.asked("stop"), 1);

    for _ in 0..2 {
        ground.unsuspend().await.unwrap();
    }
    let on = ground.settled().await;
    let server = on.instance.as_ref().unwrap();
    assert_eq!(
        (on.row.state, server.status.as_str()),
        (ServiceState::Active, "running")
    );
    assert_eq!((server.locked_because.as_deref(), ground.asked("start")), (None, 1));

    for _ in 0..2 {
        ground.terminate().await.unwrap();
    }
    let ended = ground.settled().await;
    assert_eq!(
        (ended.progress(), ended.row.state),
        (Progress::Done, ServiceState::Terminated)
    );
    let last_day: Option<NaiveDate> = ended.instance.as_ref().unwrap().cancels_on;
    assert!(last_day.is_some());
    ground.terminate().await.unwrap();
    assert_eq!(ground.asked("cancelInstance"), 1);
    assert!(matches!(
        ground.create(ID, client, wish(), false).await,
        Err(Error::Terminated)
    ));
    assert!(matches!(ground.suspend("Unpaid").await, Err(Error::Terminated)));
    assert!(matches!(ground.unsuspend().await, Err(Error::Terminated)));

    let mails = ground.mails().await;
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            "web-1 is your server now",
            "web-1 is suspended",
            "web-1 is no longer suspended",
            "web-1 is cancelled"
        ]
    );
    assert!(mails.iter().all(|mail| mail.unsubscribe_url.is_some()));
    let server = ended.instance.unwrap();
    let address = instances::Details::of(&server).ipv4.unwrap().ip.to_string();
    assert!(mails[0].text_body.contains(&address), "{}", mails[0].text_body);
    assert!(mails[1].text_body.contains("Unpaid"));
    let secret = ground.contabo.panel().find("web-1").unwrap().root_password;
    let secret = secret.map(|secret| format!("{secret:?}")).unwrap_or_default();
    assert!(
        mails
            .iter()
            .all(|mail| secret.is_empty() || !mail.text_body.contains(secret.trim_matches('"')))
    );
    assert!(ground.open_tasks().await.is_empty());
}

#[tokio::test]
async fn what_fails_is_one_task_until_the_same_call_brings_it_about() {
    let ground = Ground::new().await;
    let client = ground.client().await;
    let no = || Fault::Refuse(400, "Bad Request productId V153 is wrong".to_owned());
    ground.contabo.inject(Rule::at("createInstance", no()).once());
    let wish = || ground.wish("web-1", "V153");
    ground.create(ID, client, wish(), false).await.unwrap();
    let failed = ground.settled().await;
    assert!(matches!(failed.progress(), Progress::Failed(why) if why.contains("V153 is wrong")));
    assert!(matches!(ground.suspend("Unpaid").await, Err(Error::OrderFailed(_))));
    let open = ground.open_tasks().await;
    assert_eq!(
        (open.len(), open[0].kind.as_str(), open[0].what.as_str()),
        (1, "order", ID)
    );
    // Nobody orders again who was not told to.
    ground.create(ID, client, wish(), false).await.unwrap();
    assert_eq!(ground.settled().await.order.unwrap().state, OrderState::Failed);
    ground.create(ID, client, wish(), true).await.unwrap();
    let made = ground.settled().await;
    assert_eq!((made.progress(), ground.sent()), (Progress::Done, 2));
    assert!(ground.open_tasks().await.is_empty(), "it came right by itself");

    ground
        .contabo
        .inject(Rule::at("stop", Fault::Refuse(409, "busy".to_owned())).once());
    ground.suspend("Unpaid").await.unwrap();
    assert!(matches!(ground.settled().await.progress(), Progress::Failed(_)));
    let open = ground.open_tasks().await;
    assert_eq!(
        (open.len(), open[0].kind.as_str(), open[0].what.as_str()),
        (1, "service", "stop")
    );
    assert_eq!(open[0].subject_id, made.instance.map(|server| server.id.0));
    ground.suspend("Unpaid").await.unwrap();
    assert_eq!(ground.settled().await.progress(), Progress::Done);
    assert!(ground.open_tasks().await.is_empty());
    assert_eq!(
        tasks::list(&ground.site.db.tenant(ground.tenant), false)
            .await
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn what_has_no_price_is_ordered_only_by_an_explicit_word_and_refused_calls_leave_nothing() {
    let ground = Ground::new().await;
    let client = ground.client().await;
    let refused = ground.create(ID, client, ground.wish("web-1", "V154"), false).await;
    assert!(matches!(refused, Err(Error::NoPrice(what)) if what.len() == 1));
    let refused = ground
        .create(ID, ClientId::new(), ground.wish("web-1", "V153"), false)
        .await;
    assert!(matches!(refused, Err(Error::NoChoice("client"))));
    let refused = ground.create(ID, client, ground.wish("web-1", "V999"), false).await;
    assert!(matches!(refused, Err(Error::NoChoice("product"))));
    let rows = ground.site.db.tenant(ground.tenant);
    assert!(services::list(&rows).await.unwrap().is_empty());
    assert!(matches!(services::show(&rows, ID).await, Err(Error::NotFound)));
    let create = Create {
        reference: ID,
        client,
        wish: ground.wish("web-1", "V154"),
        values: &[],
        without_price: true,
        again: false,
    };
    let (site, actor) = (&ground.site, Actor::system("billing"));
    let made = services::create(&site.db, &site.keyring, ground.tenant, &actor, site.clock.now(), create);
    assert_eq!(made.await.unwrap().progress(), Progress::Coming);
    // What was not sent is taken back, and nothing is cancelled.
    let ended = ground.terminate().await.unwrap();
    assert_eq!(
        (ended.row.state, ended.progress()),
        (ServiceState::Terminated, Progress::Done)
    );
    ground.settled().await;
    assert_eq!((ground.sent(), ground.asked("cancelInstance")), (0, 0));
    let south = scratch_tenant(&ground.site.db, "south").await;
    let theirs = services::show(&ground.site.db.tenant(south), ID).await;
    assert!(matches!(theirs, Err(Error::NotFound)));
}

#[tokio::test]
async fn two_calls_at_once_are_one_order() {
    let ground = Ground::new().await;
    let client = ground.client().await;
    let call = || ground.create(ID, client, ground.wish("web-1", "V153"), false);
    let (one, other) = tokio::join!(call(), call());
    assert_eq!(one.unwrap().row.contabo_order_id, other.unwrap().row.contabo_order_id);
    ground.settled().await;
    assert_eq!(ground.sent(), 1);
}

#[tokio::test]
async fn a_server_that_is_there_is_given_once_and_a_lock_of_staff_is_theirs() {
    let ground = Ground::new().await;
    let client = ground.client().await;
    ground.owner(client).await;
    ground
        .create("first", client, ground.wish("web-1", "V153"), false)
        .await
        .unwrap();
    let (site, tenant) = (&ground.site, ground.tenant);
    let rows = site.db.tenant(tenant);
    for _ in 0..60 {
        ground.work().await;
        ground.pass(10);
    }
    let there = rows.find::<instance::Entity>().one().await.unwrap().unwrap();
    let given = Wish::Given { instance: there.id };
    let taken = ground.create(ID, client, given.clone(), false).await;
    assert!(matches!(taken, Err(Error::InUse(by)) if by == "first"));
    let actor = Actor::system("billing");
    let ended = services::terminate(&site.db, &site.keyring, tenant, &actor, site.clock.now(), "first").await;
    assert_eq!(ended.unwrap().row.state, ServiceState::Terminated);
    ground.create(ID, client, given.clone(), false).await.unwrap();
    assert_eq!(ground.settled().await.progress(), Progress::Done);

    let staff = Actor::system("Alice");
    instances::lock(&site.db, tenant, &staff, site.clock.now(), there.id, "Abuse")
        .await
        .unwrap();
    ground.suspend("Unpaid").await.unwrap();
    ground.settled().await;
    assert!(matches!(ground.unsuspend().await, Err(Error::Locked(because)) if because == "Abuse"));
    instances::unlock(&site.db, tenant, &staff, site.clock.now(), there.id)
        .await
        .unwrap();
    ground.unsuspend().await.unwrap();
    assert_eq!(ground.settled().await.instance.unwrap().locked_because, None);
    instances::assign(&site.db, tenant, &staff, site.clock.now(), there.id, None)
        .await
        .unwrap();
    ground.work().await;
    let subjects: Vec<_> = ground.mails().await.into_iter().map(|mail| mail.subject).collect();
    let last = subjects.last().unwrap();
    assert_eq!(last, "web-1 is no longer your server");
    for told in [
        "web-1 is locked",
        "web-1 is unlocked",
        "web-1 is suspended",
        "web-1 is cancelled",
    ] {
        assert!(subjects.iter().any(|subject| subject == told), "{told}: {subjects:?}");
    }

    // Whoever has it by now is not touched by the service that had it before.
    let globex = ground.client_called("Globex").await;
    let now = site.clock.now();
    instances::assign(&site.db, tenant, &staff, now, there.id, Some(globex))
        .await
        .unwrap();
    let (stopped, cancelled) = (
        ground.asked("shutdown") + ground.asked("stop"),
        ground.asked("cancelInstance"),
    );
    assert!(matches!(ground.suspend("Unpaid").await, Err(Error::Taken)));
    assert_eq!(ground.terminate().await.unwrap().row.state, ServiceState::Terminated);
    ground.work().await;
    assert_eq!(ground.asked("shutdown") + ground.asked("stop"), stopped);
    assert_eq!(ground.asked("cancelInstance"), cancelled);
    let there = rows.get::<instance::Entity>(there.id).await.unwrap().unwrap();
    assert_eq!((there.client_id, there.locked_because), (Some(globex), None));
}
