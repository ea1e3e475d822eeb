//! What staff have to see to, and services on the command line.

use std::process::{Command, Output};

use entity::{TaskId, TenantId};
use reqwest::StatusCode;
use serde_json::Value;
use server::domain::{
    audit::Subject,
    tasks::{self, Kind, Trouble},
};

use crate::{
    helpers::{TestApp, assert_redirect, at_start, spawn_app},
    network::Seen,
    servers::server,
};

/// A task that is open.
pub(crate) async fn task(app: &TestApp, tenant: TenantId) -> TaskId {
    let trouble = Trouble {
        key: "order:web-1",
        kind: Kind::Order,
        what: "",
        subject: Subject {
            kind: "contabo order",
            id: None,
            name: "web-1",
        },
        reason: "Contabo refused: no",
    };
    let rows = app.site.db.tenant(tenant);
    tasks::raise(&rows, at_start(), &trouble).await.unwrap();
    tasks::list(&rows, true).await.unwrap()[0].id
}

#[tokio::test]
async fn a_task_stands_on_the_dashboard_until_somebody_dealt_with_it() {
    let app = spawn_app().await;
    let (alice, bob) = (app.alice().await, app.bob().await);
    let empty = Seen::of(alice.get("/admin/tasks").await).await;
    assert!(empty.text().contains("Nothing has gone wrong"));
    assert_eq!(
        Seen::of(alice.get("/admin").await)
            .await
            .count("a[href='/admin/tasks']"),
        1,
        "in the menu"
    );
    let own = server(&app, app.north, Some(app.acme)).await;
    let id = task(&app, app.north).await;
    let theirs = task(&app, app.south).await;
    let trouble = Trouble {
        key: "action:1:stop",
        kind: Kind::Service,
        what: "stop",
        subject: Subject {
            kind: "instance",
            id: Some(own.0),
            name: "web-2",
        },
        reason: "<b>busy</b>",
    };
    let rows = app.site.db.tenant(app.north);
    for _ in 0..2 {
        tasks::raise(&rows, at_start(), &trouble).await.unwrap();
    }

    let dashboard = Seen::of(alice.get("/admin").await).await;
    assert!(dashboard.text().contains("All 2 tasks") && dashboard.text().contains("An order failed"));
    let list = Seen::of(alice.get("/admin/tasks").await).await;
    let page = format!("/admin/servers/{own}");
    assert!(list.text().contains("<b>busy</b>") && list.text().contains("2 times"));
    assert_eq!(list.count(&format!("main a[href='{page}']")), 1);
    assert_eq!(list.count("main form[method='post']"), 2);
    let only = Seen::of(alice.get("/admin/tasks?kind=order&q=WEB-1").await).await;
    assert_eq!(only.count("tbody tr"), 1);
    let none = Seen::of(alice.get("/admin/tasks?q=nothing").await).await;
    assert_eq!(none.count("tbody tr"), 0);

    // Who may only look has no button, and is refused by hand.
    let seen = Seen::of(bob.get("/admin/tasks").await).await;
    assert_eq!((seen.count("tbody tr"), seen.count("main form[method='post']")), (2, 0));
    let settle = format!("/admin/tasks/{id}/settle");
    assert_eq!(bob.post(&settle, &[]).await.status(), StatusCode::FORBIDDEN);
    let forged = alice.post(&format!("/admin/tasks/{theirs}/settle"), &[]).await;
    assert_eq!(forged.status(), StatusCode::NOT_FOUND);
    for _ in 0..2 {
        assert_redirect(&alice.post(&settle, &[]).await, "/admin/tasks");
    }
    let list = Seen::of(alice.get("/admin/tasks").await).await;
    assert_eq!(list.count("tbody tr"), 1);
    let settled = Seen::of(alice.get("/admin/tasks?state=settled").await).await;
    assert!(settled.text().contains("Dealt with by Alice"), "{}", settled.text());
    assert_eq!(
        tasks::list(&app.site.db.tenant(app.south), true).await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn the_command_line_runs_services_and_the_same_call_twice_is_once() {
    let app = spawn_app().await;
    let own = server(&app, app.north, None).await.to_string();
    let run = |arguments: &[&str]| -> Output {
        let settings = &app.site.settings;
        Command::new(env!("CARGO_BIN_EXE_mainstay"))
            .args(["contabo", "service"])
            .args(arguments)
            .args(["--tenant", "north"])
            .arg("--data")
            .arg(&settings.data)
            .arg("--database-url")
            .arg(&settings.database_url)
            .output()
            .unwrap()
    };
    let said = |output: &Output| -> Value {
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let create = ["create", "--id", "17", "--client", "acme", "--instance", &own];
    for _ in 0..2 {
        let made = said(&run(&create));
        assert_eq!((&made["client"], &made["state"]), (&"Acme".into(), &"active".into()));
        assert_eq!(
            (&made["progress"], &made["server"]["id"]),
            (&"done".into(), &own.as_str().into())
        );
    }
    let off = said(&run(&["suspend", "--id", "17", "--reason", "Unpaid"]));
    assert_eq!(
        (&off["state"], &off["step"]["action"]),
        (&"suspended".into(), &"stop".into())
    );
    assert_eq!(off["server"]["lockedBecause"], "Unpaid");
    let on = said(&run(&["unsuspend", "--id", "17"]));
    assert_eq!(
        (&on["state"], &on["server"]["lockedBecause"]),
        (&"active".into(), &Value::Null)
    );
    let ended = said(&run(&["terminate", "--id", "17"]));
    assert_eq!(
        (&ended["state"], &ended["step"]["action"]),
        (&"terminated".into(), &"cancel".into())
    );
    assert_eq!(said(&run(&["show", "--id", "17"]))["id"], "17");
    assert_eq!(said(&run(&["list", "--format", "json"])).as_array().unwrap().len(), 1);
    for refused in [
        &create[..],
        &["show", "--id", "18"],
        &["create", "--id", "18", "--client", "nobody", "--instance", &own],
        &["create", "--id", "18", "--client", "acme"],
    ] {
        assert!(!run(refused).status.success(), "{refused:?}");
    }
    let ended = run(&create);
    assert!(String::from_utf8_lossy(&ended.stderr).contains("the service has ended"));
}
