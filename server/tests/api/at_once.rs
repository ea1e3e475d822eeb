//! Two who change things at the same moment, or one whose form was read before the other's change.

use chrono::Duration;
use entity::{ClientId, LinkId, RouterId, SlaProfileId, link};
use sea_orm::ColumnTrait;
use server::domain::{
    clients,
    identity::{self, ClientRole},
    links::change::{self, NewLink},
    links::setup::SetUp,
    maintenance,
    problem::Problem,
    routers,
    typed::Rejected,
};

use crate::{
    helpers::{TestApp, at_start, person, spawn_app, system},
    network::{link, router, typed},
};

async fn client(app: &TestApp, name: &str) -> ClientId {
    let draft = clients::Draft {
        name: name.to_owned(),
        ..clients::Draft::default()
    };
    let (actor, details) = (system().actor, draft.check().unwrap());
    let made = clients::create(&app.site.db, app.north, &actor, at_start(), details).await;
    app.site.board.refresh(app.north).await.unwrap();
    made.unwrap()
}

async fn archive_client(app: &TestApp, id: ClientId) {
    let actor = system().actor;
    let archived = clients::archive(&app.site.db, app.north, &actor, at_start(), id);
    archived.await.unwrap();
}

/// A link as a form says it that was read now.
async fn new_link(app: &TestApp, client: ClientId, router: RouterId, name: &str, interface: &str) -> NewLink {
    let board = app.site.board.snapshot(app.north, at_start()).await.unwrap();
    let typed = typed(&[
        ("client", &client.to_string()),
        ("router", &router.to_string()),
        ("interface", interface),
        ("name", name),
        ("kind", "ILL"),
        ("faces", "customer"),
        ("down", "100"),
        ("up", "100"),
    ]);
    NewLink {
        setup: SetUp::read(&typed, &board).unwrap(),
        interface_id: None,
        default_name: None,
        activated_at: None,
    }
}

async fn create(app: &TestApp, new: NewLink) -> Result<Vec<LinkId>, change::Error> {
    change::create(&app.site, app.north, &system().actor, vec![new]).await
}

#[track_caller]
fn assert_rejected<T: std::fmt::Debug>(outcome: Result<T, change::Error>, field: &'static str, problem: Problem) {
    let Err(change::Error::Rejected(0, rejected)) = outcome else {
        panic!("{field} must be rejected: {outcome:?}");
    };
    assert_eq!(rejected, Rejected::one(field, problem));
}

#[tokio::test]
async fn a_link_hangs_on_nothing_that_was_archived_since_its_form_was_read() {
    let app = spawn_app().await;
    let actor = system().actor;
    let (globex, gone_client, used, gone_router) = (
        app.client("Globex").await,
        client(&app, "Hooli").await,
        router(&app).await,
        router(&app).await,
    );
    let of_client = new_link(&app, gone_client, used, "a", "ether2").await;
    let on_router = new_link(&app, globex, gone_router, "b", "ether2").await;
    let mut promised = new_link(&app, globex, used, "c", "ether2").await;
    promised.setup.sla_profile_id = Some(SlaProfileId::new());
    let there = create(&app, new_link(&app, globex, used, "d", "ether3").await)
        .await
        .unwrap()[0];
    archive_client(&app, gone_client).await;
    routers::change::archive(&app.site, app.north, &actor, gone_router)
        .await
        .unwrap();

    let moved = change::update(&app.site, app.north, &actor, there, of_client.setup.clone()).await;
    assert_rejected(moved, "client", Problem::NotAChoice);
    assert_rejected(create(&app, of_client).await, "client", Problem::NotAChoice);
    assert_rejected(create(&app, on_router).await, "router", Problem::NotAChoice);
    assert_rejected(create(&app, promised).await, "profile", Problem::NotAChoice);
}

#[tokio::test]
async fn nobody_becomes_a_user_of_a_client_that_was_archived() {
    let app = spawn_app().await;
    let hooli = client(&app, "Hooli").await;
    archive_client(&app, hooli).await;
    let (by, gavin) = (system(), person("gavin@hooli.test"));
    let made = app
        .identity()
        .create_client_user(app.north, &by, &[hooli], gavin, ClientRole::Owner)
        .await;
    assert!(matches!(made, Err(identity::Error::NotFound)), "{made:?}");
}

#[tokio::test]
async fn maintenance_covers_nothing_that_was_archived_since_its_form_was_read() {
    let app = spawn_app().await;
    let (gone_router, gone_link) = (router(&app).await, link(&app).await);
    let board = app.site.board.snapshot(app.north, at_start()).await.unwrap();
    let plan = |covers: &str| {
        let draft = maintenance::Draft {
            title: "Fibre work".to_owned(),
            starts: "2026-05-05T01:00".to_owned(),
            ends: "2026-05-05T02:00".to_owned(),
            covers: covers.to_owned(),
            routers: vec![gone_router.to_string()],
            links: vec![gone_link.to_string()],
            approves: true,
            ..maintenance::Draft::default()
        };
        draft.check(&board, at_start()).unwrap()
    };
    let (actor, db) = (system().actor, &app.site.db);
    let planned = maintenance::create(db, app.north, &actor, at_start(), plan("all"))
        .await
        .unwrap();
    routers::change::archive(&app.site, app.north, &actor, gone_router)
        .await
        .unwrap();
    change::archive(&app.site, app.north, &actor, gone_link).await.unwrap();
    for covers in ["routers", "links"] {
        let expected = Rejected::one(covers, maintenance::Reason::NotAChoice);
        let created = maintenance::create(db, app.north, &actor, at_start(), plan(covers)).await;
        assert!(
            matches!(&created, Err(maintenance::Error::Rejected(rejected)) if *rejected == expected),
            "{created:?}"
        );
        let changed = maintenance::change(db, app.north, &actor, at_start(), planned, plan(covers)).await;
        assert!(
            matches!(&changed, Err(maintenance::Error::Rejected(rejected)) if *rejected == expected),
            "{changed:?}"
        );
    }
}

#[tokio::test]
async fn of_two_links_made_at_once_on_one_interface_one_is_made() {
    let app = spawn_app().await;
    let router = router(&app).await;
    for round in 0..8 {
        let interface = format!("ether{round}");
        let (first, second) = (format!("first {round}"), format!("second {round}"));
        let first = new_link(&app, app.acme, router, &first, &interface).await;
        let second = new_link(&app, app.acme, router, &second, &interface).await;
        let (first, second) = tokio::join!(create(&app, first), create(&app, second));
        let (made, refused) = if first.is_ok() {
            (first, second)
        } else {
            (second, first)
        };
        assert_rejected(refused, "interface", Problem::InterfaceTaken);
        // An archived link keeps its interface and leaves it to others.
        let made = made.unwrap()[0];
        change::archive(&app.site, app.north, &system().actor, made)
            .await
            .unwrap();
        let again = new_link(&app, app.acme, router, &format!("again {round}"), &interface).await;
        create(&app, again).await.unwrap();
    }
}

#[tokio::test]
async fn no_link_outlives_a_client_or_router_that_is_archived_at_the_same_moment() {
    let app = spawn_app().await;
    let actor = system().actor;
    let rows = app.site.db.tenant(app.north);
    let alive = async |filter: sea_orm::sea_query::SimpleExpr| {
        let links = rows.find::<link::Entity>().filter(filter);
        let links = links.filter(link::Column::ArchivedAt.is_null());
        links.count().await.unwrap()
    };
    for round in 0..8 {
        let name = format!("link {round}");
        let (client, its_router) = (client(&app, &format!("client {round}")).await, router(&app).await);
        let new = new_link(&app, client, its_router, &name, "ether1").await;
        let (_, ()) = tokio::join!(create(&app, new), archive_client(&app, client));
        assert_eq!(alive(link::Column::ClientId.eq(client)).await, 0);

        let bare = router(&app).await;
        let new = new_link(&app, app.acme, bare, &format!("bare {round}"), "ether1").await;
        let (made, archived) = tokio::join!(
            create(&app, new),
            routers::change::archive(&app.site, app.north, &actor, bare)
        );
        assert_ne!(made.is_ok(), archived.is_ok(), "{made:?} {archived:?}");
    }
}

#[tokio::test]
async fn a_link_that_is_archived_is_not_activated_again_by_who_came_late() {
    let app = spawn_app().await;
    let actor = system().actor;
    for _ in 0..8 {
        let id = link(&app).await;
        let (activated, archived) = tokio::join!(
            change::activate(&app.site, app.north, &actor, id, at_start() - Duration::hours(2)),
            change::archive(&app.site, app.north, &actor, id)
        );
        archived.unwrap();
        assert!(matches!(activated, Ok(()) | Err(change::Error::NotFound)));
        let rows = app.site.db.tenant(app.north);
        let kept = rows.get::<link::Entity>(id).await.unwrap().unwrap();
        assert_eq!(kept.deactivated_at, Some(at_start()));
    }
}
