//! Quotas of the whole provider, and the settings beside them, where two do something in one moment; and the list of them.

use entity::{ContaboAccountId, ContaboOrderId, hosting_settings};
use secrecy::SecretString;
use server::domain::{
    audit::Actor,
    contabo::{
        accounts::{self, Credentials},
        catalogue,
        orders::{self, NewOrder, Storage, Wanted},
        quotas::{self, Quota},
    },
};
use uuid::Uuid;

use crate::{
    helpers::{TestApp, at_start, create_client, spawn_app},
    network::Seen,
    orders::product,
    servers::contabo_account,
};

async fn second_account(app: &TestApp) -> ContaboAccountId {
    let credentials = Credentials {
        client_id: "INT-2".to_owned(),
        client_secret: SecretString::from("secret"),
        username: "second@north.test".to_owned(),
        password: SecretString::from("secret"),
    };
    let (site, actor, name) = (&app.site, Actor::system("tests"), "second".to_owned());
    accounts::create(
        &site.db,
        &site.keyring,
        app.north,
        &actor,
        at_start(),
        name,
        &credentials,
    )
    .await
    .unwrap()
}

async fn draft(app: &TestApp, account: ContaboAccountId) -> ContaboOrderId {
    let (site, actor) = (&app.site, Actor::system("tests"));
    let order = NewOrder {
        id: ContaboOrderId::new(),
        account,
        client: None,
        display_name: Uuid::now_v7().to_string(),
        wanted: Wanted::Storage(Storage {
            region: "EU".to_owned(),
            steps: 1,
            grows_to: None,
        }),
        user_data: None,
        made_up: Vec::new(),
    };
    orders::draft(&site.db, &site.keyring, app.north, &actor, at_start(), order)
        .await
        .unwrap()
}

#[tokio::test]
async fn of_two_accounts_orders_in_one_moment_one_gets_the_last_place() {
    let app = spawn_app().await;
    product(&app).await;
    let (first, second) = (contabo_account(&app, app.north).await, second_account(&app).await);
    let (site, actor) = (&app.site, Actor::system("tests"));
    let one = Quota {
        storage_steps: Some(1),
        ..Quota::default()
    };
    quotas::set(&site.db, app.north, &actor, at_start(), None, one)
        .await
        .unwrap();
    for _ in 0..8 {
        let (a, b) = (draft(&app, first).await, draft(&app, second).await);
        let confirm = |id| orders::confirm(&site.db, &site.keyring, app.north, &actor, at_start(), id);
        let came = tokio::join!(confirm(a), confirm(b));
        let won: Vec<ContaboOrderId> = [(came.0, a), (came.1, b)]
            .into_iter()
            .filter_map(|(came, id)| match came {
                Ok(()) => Some(id),
                Err(orders::Error::Full(_)) => None,
                Err(error) => panic!("{error}"),
            })
            .collect();
        assert_eq!(won.len(), 1);
        let withdrawn = orders::withdraw(&site.db, app.north, &actor, at_start(), won[0]).await;
        withdrawn.unwrap();
    }
}

#[tokio::test]
async fn who_sets_quotas_and_who_shows_prices_leave_each_others_word() {
    let app = spawn_app().await;
    let (site, actor) = (&app.site, Actor::system("tests"));
    for (number, shows) in [(7, true), (8, false), (9, true)] {
        let quota = Quota {
            instances: Some(number),
            ..Quota::default()
        };
        let (set, shown) = tokio::join!(
            quotas::set(&site.db, app.north, &actor, at_start(), None, quota),
            catalogue::show_prices(&site.db, app.north, &actor, at_start(), shows),
        );
        set.unwrap();
        shown.unwrap();
        let rows = site.db.tenant(app.north);
        let row = rows.find::<hosting_settings::Entity>().one().await.unwrap().unwrap();
        assert_eq!((row.instances, row.shows_prices), (Some(number), shows));
    }
}

#[tokio::test]
async fn the_list_of_quotas_has_pages_and_the_providers_own_on_each() {
    let app = spawn_app().await;
    for number in 0..101 {
        create_client(&app.site.db, app.north, &format!("Client {number:03}")).await;
    }
    // They were made behind the board's back.
    let rows = app.site.db.begin(app.north).await.unwrap();
    rows.config_changed().await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    let alice = app.alice().await;
    let names = async |path: &str| {
        let seen = Seen::of(alice.get(path).await).await;
        seen.all("tbody th")
    };
    let first = names("/admin/quotas").await;
    assert_eq!((first.len(), first[0].as_str()), (101, "Over all"));
    let second = names("/admin/quotas?page=2").await;
    assert_eq!(second[0], "Over all");
    assert!(second.len() > 1 && second.len() < 10, "{second:?}");
}
