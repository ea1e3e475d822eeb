//! Contabo's checks of a server, the remedies that they offer, and moving it: their pages, beside a fake Contabo.

use std::time::Duration;

use entity::{ActionId, action, audit_entry, instance};
use fakes::contabo::FakeContabo;
use reqwest::StatusCode;
use sea_orm::Order;
use server::{domain::contabo::actions::Asked, web::area::Area};

use crate::{
    contabo::{account, beside, read_again},
    helpers::{NORTH, PASSWORD, TestApp, assert_redirect},
    network::Seen,
};

/// Two servers that were read; the pages of both.
async fn two() -> (TestApp, FakeContabo, [String; 2]) {
    let (app, fake) = beside(&["web", "mail"]).await;
    let account = account(&app, app.north).await;
    read_again(&app, account).await;
    let rows = app.site.db.tenant(app.north);
    let all = rows
        .find::<instance::Entity>()
        .order_by(instance::Column::ContaboId, Order::Asc)
        .all()
        .await
        .unwrap();
    let pages = [0, 1].map(|at: usize| format!("/admin/servers/{}", all[at].id));
    (app, fake, pages)
}

async fn asked(app: &TestApp) -> Vec<action::Model> {
    let rows = app.site.db.tenant(app.north);
    rows.find::<action::Entity>().all().await.unwrap()
}

async fn logged(app: &TestApp, action: &str) -> usize {
    let rows = app.site.db.tenant(app.north);
    let all = rows.find::<audit_entry::Entity>().all().await.unwrap();
    all.iter().filter(|entry| entry.action == action).count()
}

/// Where the button of this form leads.
fn first(seen: &Seen, css: &str, attribute: &str) -> String {
    let all = seen.attributes(css, attribute);
    all.first()
        .unwrap_or_else(|| panic!("no {css} in {}", seen.text()))
        .clone()
}

#[tokio::test]
async fn checks_are_started_followed_and_cancelled_by_those_who_may() {
    let (app, fake, [page, other]) = two().await;
    let checks = format!("{page}/checks");
    let otto = app.signed_in(NORTH, Area::Admin, "otto@north.test").await;
    let bob = app.signed_in(NORTH, Area::Admin, "bob@north.test").await;
    let seen = Seen::of(otto.get(&checks).await).await;
    assert!(seen.text().contains("Nothing was checked"), "{}", seen.text());
    assert_redirect(&otto.post(&checks, &[("set", "1")]).await, &checks);
    let twice = otto.post(&checks, &[("set", "2")]).await;
    assert_eq!(twice.status(), StatusCode::CONFLICT);
    assert!(Seen::of(twice).await.text().contains("Checks go on already"));

    // Under way: the page is read again by itself, and it can be cancelled.
    let seen = Seen::of(otto.get(&checks).await).await;
    assert_eq!(first(&seen, "body", "data-again-after"), "6");
    let cancel = first(&seen, "form[action$='/cancel']", "action");
    let wrong = cancel.replace(&page, &other);
    assert_eq!(otto.post(&wrong, &[]).await.status(), StatusCode::NOT_FOUND);
    assert_redirect(&otto.post(&cancel, &[]).await, &checks);
    let late = otto.post(&cancel, &[]).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let seen = Seen::of(otto.get(&checks).await).await;
    assert!(seen.text().contains("Cancelled"), "{}", seen.text());
    assert!(seen.attributes("body", "data-again-after").is_empty());

    assert_redirect(&otto.post(&checks, &[("set", "1")]).await, &checks);
    fake.advance(Duration::from_secs(60));
    let seen = Seen::of(bob.get(&checks).await).await;
    let text = seen.text();
    for word in ["Successful", "Warning", "Skipped", "The host of the instance is busy"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(text.contains("Move the server to another host"), "{text}");
    assert_eq!(
        seen.count("main form") + seen.count("a[href*='/remedies/']"),
        0,
        "viewers only read"
    );
    assert_eq!(bob.post(&checks, &[("set", "1")]).await.status(), StatusCode::FORBIDDEN);

    // One of them once more, by itself.
    let seen = Seen::of(otto.get(&checks).await).await;
    let again = first(&seen, "form[action$='/again']", "action");
    let wrong = again.replace(&page, &other);
    assert_eq!(otto.post(&wrong, &[]).await.status(), StatusCode::NOT_FOUND);
    assert_redirect(&otto.post(&again, &[]).await, &checks);
    let seen = Seen::of(otto.get(&checks).await).await;
    assert!(seen.text().contains("A check by itself"), "{}", seen.text());
    let cancel = first(&seen, "form[action$='/cancel']", "action");
    assert_redirect(&otto.post(&cancel, &[]).await, &checks);

    for wrong in ["999", "0"] {
        let answer = otto.post(&checks, &[("set", wrong)]).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{wrong}");
    }
    let answer = otto.post(&checks, &[("set", "all")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(logged(&app, "instance.start_checks").await, 4);
    assert!(asked(&app).await.is_empty());

    let dana = app.dana().await;
    let theirs = checks.replace("/admin/", "/portal/");
    assert_eq!(dana.get(&theirs).await.status(), StatusCode::NOT_FOUND);

    fake.set_reachable(false).await;
    let answer = otto.get(&checks).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(Seen::of(answer).await.text().contains("The checks can't be read"));
    assert_eq!(otto.post(&checks, &[("set", "1")]).await.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_remedy_is_asked_for_where_a_check_offers_it_and_nowhere_else() {
    let (app, fake, [page, other]) = two().await;
    let checks = format!("{page}/checks");
    let otto = app.signed_in(NORTH, Area::Admin, "otto@north.test").await;
    assert_redirect(&otto.post(&checks, &[("set", "1")]).await, &checks);
    fake.advance(Duration::from_secs(60));
    let seen = Seen::of(otto.get(&checks).await).await;
    let offer = first(&seen, "a[href*='/remedies/']", "href");
    let bob = app.signed_in(NORTH, Area::Admin, "bob@north.test").await;
    assert_eq!(bob.get(&offer).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(bob.post(&offer, &[]).await.status(), StatusCode::FORBIDDEN);
    let seen = Seen::of(otto.get(&offer).await).await;
    assert!(seen.text().contains("live migration"), "{}", seen.text());
    let unoffered = offer.replace("/remedies/6", "/remedies/4");
    for wrong in [
        offer.replace(&page, &other),
        unoffered,
        format!("{page}/checks/1/remedies/6"),
    ] {
        assert_eq!(otto.get(&wrong).await.status(), StatusCode::NOT_FOUND, "{wrong}");
        assert_eq!(otto.post(&wrong, &[]).await.status(), StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(
        otto.post(&format!("{page}/act/remedy"), &[]).await.status(),
        StatusCode::NOT_FOUND
    );
    assert_redirect(&otto.post(&offer, &[]).await, &checks);
    let twice = otto.post(&offer, &[]).await;
    assert_eq!(twice.status(), StatusCode::CONFLICT);
    let rows = asked(&app).await;
    let wanted = Asked::Remedy {
        template: 6,
        name: "instance_live_migration_remedy_name".to_owned(),
    };
    assert_eq!(rows.len(), 1);
    assert_eq!(Asked::of(&rows[0]).unwrap(), wanted);
    for page in [&page, &checks] {
        let text = Seen::of(otto.get(page).await).await.text();
        assert!(text.contains("Remedy") && text.contains("Take back"), "{text}");
    }
    let withdraw = format!("{page}/actions/{}/withdraw", rows[0].id);
    assert_redirect(&otto.post(&withdraw, &[]).await, &page);
    assert_eq!(
        otto.post(&format!("{page}/actions/{}/withdraw", ActionId::new()), &[])
            .await
            .status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_server_moves_by_name_and_password_where_contabo_lets_it() {
    let (app, fake, [page, _]) = two().await;
    let ask = format!("{page}/act/change_region");
    let otto = app.signed_in(NORTH, Area::Admin, "otto@north.test").await;
    assert_eq!(otto.get(&ask).await.status(), StatusCode::FORBIDDEN);
    let (alice, dana) = (app.alice().await, app.dana().await);
    let theirs = ask.replace("/admin/", "/portal/");
    assert_eq!(dana.get(&theirs).await.status(), StatusCode::NOT_FOUND);
    let seen = Seen::of(alice.get(&ask).await).await;
    let text = seen.text();
    assert!(text.contains("support ticket") && text.contains("Japan"), "{text}");
    assert_eq!(seen.count("option[value='EU']"), 0, "it is there already");

    let form = |region: &'static str, confirm: &'static str, password: &'static str| {
        [("thing", region), ("confirm", confirm), ("password", password)]
    };
    for wrong in [
        form("MOON", "web", PASSWORD),
        form("EU", "web", PASSWORD),
        form("JPN", "another", PASSWORD),
        form("JPN", "web", "not hers"),
    ] {
        let answer = alice.post(&ask, &wrong).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    assert!(asked(&app).await.is_empty());
    assert_redirect(&alice.post(&ask, &form("JPN", "web", PASSWORD)).await, &page);
    let twice = alice.post(&ask, &form("UK", "web", PASSWORD)).await;
    assert_eq!(twice.status(), StatusCode::CONFLICT);
    let rows = asked(&app).await;
    let wanted = Asked::ChangeRegion {
        region: "JPN".to_owned(),
    };
    assert_eq!((rows.len(), Asked::of(&rows[0]).unwrap()), (1, wanted));
    let text = Seen::of(alice.get(&page).await).await.text();
    assert!(
        text.contains("Move to another region") && text.contains("Japan"),
        "{text}"
    );

    // Contabo would not: there is no form.
    let id = rows[0].instance_id.unwrap();
    let row = app.site.db.tenant(app.north);
    let server = row.get::<instance::Entity>(id).await.unwrap().unwrap().contabo_id;
    fake.panel().set_status(server, "installing").unwrap();
    let seen = Seen::of(alice.get(&ask).await).await;
    assert!(seen.text().contains("instance_not_ready"), "{}", seen.text());
    assert_eq!(seen.count("main form"), 0);
    fake.set_reachable(false).await;
    let seen = Seen::of(alice.get(&ask).await).await;
    assert!(seen.text().contains("It can't be moved now"), "{}", seen.text());
}
