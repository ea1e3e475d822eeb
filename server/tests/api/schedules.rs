//! What is done to servers at fixed times: who makes, sees, changes and ends it.

use chrono::{TimeZone, Utc};
use entity::{ClientId, InstanceId, ScheduleId, account, audit_entry, instance, schedule};
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, Order};
use server::{
    domain::{
        audit::Actor,
        contabo::schedules::{self, Plan, Times},
        identity::ClientRole,
    },
    web::area::Area,
};

use crate::{
    helpers::{NORTH, TestApp, assert_redirect, spawn_app, system},
    network::Seen,
    servers::server,
};

/// One of Acme's, of the server that was made last, which comes before it in a path.
pub(crate) async fn schedule(app: &TestApp) -> ScheduleId {
    let rows = app.site.db.tenant(app.north);
    let newest = rows
        .find::<instance::Entity>()
        .order_by(instance::Column::Id, Order::Desc);
    let instance = newest.one().await.unwrap().unwrap().id;
    of(app, instance, Some(app.acme)).await
}

async fn of(app: &TestApp, instance: InstanceId, client: Option<ClientId>) -> ScheduleId {
    let plan = Plan {
        what: schedule::Scheduled::Restart,
        keep: 0,
        times: Times {
            minute: 180,
            weekdays: 127,
            zone: chrono_tz::Europe::Berlin,
        },
    };
    let (site, actor) = (&app.site, Actor::system("tests"));
    let now = site.clock.now();
    let made = schedules::create(&site.db, app.north, &actor, now, instance, client, plan).await;
    site.board.refresh(app.north).await.unwrap();
    made.unwrap()
}

async fn all_of(app: &TestApp, instance: InstanceId) -> Vec<schedule::Model> {
    let rows = app.site.db.tenant(app.north);
    let all = schedules::of_instance(&rows, instance).await.unwrap();
    all.into_iter().map(|known| known.schedule).collect()
}

#[tokio::test]
async fn a_schedule_is_made_changed_rests_and_ends_from_the_servers_page() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let dana = app.dana().await;
    let page = format!("/portal/servers/{own}");
    let seen = Seen::of(dana.get(&page).await).await;
    let new = format!("{page}/schedules/new");
    assert!(seen.attributes("main a.button", "href").contains(&new));
    let wrong = dana
        .post(
            &new,
            &[
                ("what", "snapshots"),
                ("keep", "0"),
                ("time", "later"),
                ("zone", "Mars"),
            ],
        )
        .await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = Seen::of(wrong).await;
    for field in ["keep", "time", "zone"] {
        assert_eq!(wrong.count(&format!("#{field}-error")), 1, "{field}");
    }
    assert_eq!(wrong.value("time").as_deref(), Some("later"), "what was typed stays");
    let form = [
        ("what", "snapshots"),
        ("keep", "1"),
        ("time", "03:30"),
        ("days", "MO"),
        ("days", "FR"),
        ("zone", "Europe/Berlin"),
    ];
    assert_redirect(&dana.post(&new, &form).await, &page);
    let made = all_of(&app, own).await.remove(0);
    assert_eq!(
        (made.client_id, made.weekdays, made.minute),
        (Some(app.acme), 0b001_0001, 210)
    );
    let next = made.next_at.unwrap();
    assert!(next > app.site.clock.now() && next.timestamp() % 1800 == 0);
    let seen = Seen::of(dana.get(&page).await).await;
    let card = seen.all("#server-schedules").concat();
    assert!(
        card.contains("Take a snapshot") && card.contains("03:30 Mon, Fri (Europe/Berlin)"),
        "{card}"
    );

    let one = format!("{page}/schedules/{}", made.id);
    let shown = Seen::of(dana.get(&one).await).await;
    assert_eq!(shown.value("time").as_deref(), Some("03:30"));
    assert_eq!(shown.count("input[name=days][checked]"), 2);
    let changed = [("what", "stop"), ("time", "22:00"), ("zone", "UTC")];
    assert_redirect(&dana.post(&one, &changed).await, &page);
    let row = all_of(&app, own).await.remove(0);
    assert_eq!((row.what, row.keep, row.weekdays), (schedule::Scheduled::Stop, 0, 127));
    assert_redirect(&dana.post(&format!("{one}/rest"), &[("rests", "yes")]).await, &page);
    assert_eq!(all_of(&app, own).await[0].next_at, None);
    assert!(
        Seen::of(dana.get(&page).await)
            .await
            .all("#server-schedules")
            .concat()
            .contains("Rests")
    );
    assert_redirect(&dana.post(&format!("{one}/rest"), &[("rests", "no")]).await, &page);
    assert!(all_of(&app, own).await[0].next_at.is_some());
    assert_redirect(&dana.post(&format!("{one}/delete"), &[]).await, &page);
    assert!(all_of(&app, own).await.is_empty());
    assert_eq!(
        dana.post(&format!("{one}/delete"), &[]).await.status(),
        StatusCode::NOT_FOUND
    );
    let rows = app.site.db.tenant(app.north);
    let entries = rows
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::Action.contains("schedule"))
        .order_by(audit_entry::Column::Id, Order::Asc);
    let did: Vec<String> = entries
        .all()
        .await
        .unwrap()
        .into_iter()
        .map(|entry| entry.action)
        .collect();
    let expected = ["schedule", "reschedule", "reschedule", "reschedule", "unschedule"];
    assert_eq!(did, expected.map(|verb| format!("instance.{verb}")));
}

#[tokio::test]
async fn who_operates_servers_of_one_client_schedules_nothing_for_another() {
    let app = spawn_app().await;
    let rows = app.site.db.tenant(app.north);
    let eve = account::Column::Mail.eq("eve@globex.test");
    let eve = rows.find::<account::Entity>().filter(eve).one().await.unwrap().unwrap();
    let identity = &app.site.identity;
    let by = system();
    let viewer = identity.add_to_client(app.north, &by, eve.id, app.acme, ClientRole::Viewer);
    viewer.await.unwrap();
    let own = server(&app, app.north, Some(app.acme)).await;
    let form = [
        ("what", "stop"),
        ("time", "03:00"),
        ("days", "MO"),
        ("zone", "Europe/Berlin"),
    ];
    let path = format!("/portal/servers/{own}/schedules/new");
    let answer = app.eve().await.post(&path, &form).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(all_of(&app, own).await.is_empty());
}

#[tokio::test]
async fn nobody_touches_the_schedules_of_others() {
    let app = spawn_app().await;
    let globex = app.client("Globex").await;
    let (own, others) = (
        server(&app, app.north, Some(app.acme)).await,
        server(&app, app.north, Some(globex)).await,
    );
    let theirs = of(&app, own, Some(app.acme)).await;
    let of_staff = of(&app, own, None).await;
    let (dana, eve, otto) = (
        app.dana().await,
        app.eve().await,
        app.signed_in(NORTH, Area::Admin, "otto@north.test").await,
    );
    let tries = |area: &str, instance, schedule| {
        let one = format!("{area}/servers/{instance}/schedules/{schedule}");
        [
            (false, one.clone()),
            (true, one.clone()),
            (true, format!("{one}/rest")),
            (true, format!("{one}/delete")),
        ]
    };
    let refused = async |browser: &crate::helpers::Browser, area: &str, instance, schedule, status: StatusCode| {
        for (is_post, path) in tries(area, instance, schedule) {
            let answer = match is_post {
                true => browser.post(&path, &[("rests", "yes")]).await,
                false => browser.get(&path).await,
            };
            assert_eq!(answer.status(), status, "{path}");
        }
    };
    let gone = StatusCode::NOT_FOUND;
    refused(&eve, "/portal", own, theirs, gone).await;
    refused(&eve, "/portal", others, theirs, gone).await;
    refused(&dana, "/portal", own, of_staff, gone).await;
    refused(&dana, "/portal", own, ScheduleId::new(), gone).await;
    refused(&app.charlie().await, "/admin", own, theirs, gone).await;
    let dora = app.signed_in(NORTH, Area::Portal, "dora@acme.test").await;
    refused(&dora, "/portal", own, theirs, StatusCode::FORBIDDEN).await;
    let page = Seen::of(dora.get(&format!("/portal/servers/{own}")).await).await;
    let card = page.all("#server-schedules").concat();
    assert!(card.contains("03:00 every day"), "a viewer sees them: {card}");
    assert_eq!(page.count("#server-schedules a"), 0);
    // Of the provider's a client reads that there is one, not whose it was.
    let seen = Seen::of(dana.get(&format!("/portal/servers/{own}")).await).await;
    assert_eq!(seen.count("#server-schedules tbody tr"), 2);
    assert_eq!(seen.count("#server-schedules tbody a"), 1);
    assert_eq!(all_of(&app, own).await.len(), 2);
    // Staff change all.
    let ours = format!("/admin/servers/{own}/schedules/{theirs}/delete");
    assert_redirect(&otto.post(&ours, &[]).await, &format!("/admin/servers/{own}"));
}

#[tokio::test]
async fn a_lock_and_a_switch_keep_clients_from_making_any() {
    let app = spawn_app().await;
    let own = server(&app, app.north, Some(app.acme)).await;
    let (alice, dana) = (app.alice().await, app.dana().await);
    let new = format!("/portal/servers/{own}/schedules/new");
    let form = [("what", "stop"), ("time", "22:00"), ("zone", "UTC")];
    alice
        .post(&format!("/admin/servers/{own}/lock"), &[("because", "Unpaid")])
        .await;
    let locked = dana.post(&new, &form).await;
    assert_eq!(locked.status(), StatusCode::CONFLICT);
    assert!(Seen::of(locked).await.text().contains("Unpaid"));
    alice.post(&format!("/admin/servers/{own}/unlock"), &[]).await;
    alice
        .post(
            &format!("/admin/clients/{}/features", app.acme),
            &[("schedules", "off")],
        )
        .await;
    let seen = Seen::of(dana.get(&format!("/portal/servers/{own}")).await).await;
    assert!(!seen.attributes("main a.button", "href").contains(&new));
    for answer in [dana.get(&new).await, dana.post(&new, &form).await] {
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        assert!(Seen::of(answer).await.text().contains("switched this off"));
    }
    // With power alone switched off there is still something to schedule, but not that.
    alice
        .post(&format!("/admin/clients/{}/features", app.acme), &[("power", "off")])
        .await;
    let choices = Seen::of(dana.get(&new).await)
        .await
        .attributes("select[name=what] option", "value");
    assert_eq!(choices, ["snapshots"]);
    assert_eq!(dana.post(&new, &form).await.status(), StatusCode::FORBIDDEN);
    assert!(all_of(&app, own).await.is_empty());
    let ours = format!("/admin/servers/{own}/schedules/new");
    assert_redirect(&alice.post(&ours, &form).await, &format!("/admin/servers/{own}"));
    let due = all_of(&app, own).await[0].next_at.unwrap();
    assert_eq!(due.time(), Utc.with_ymd_and_hms(2026, 1, 1, 22, 0, 0).unwrap().time());
}
