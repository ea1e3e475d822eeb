//! Object storages, images, keys and tags, against a Contabo that forgets its answers on purpose.

use contabo::{NewObjectStorage, Region, RequestId};
use entity::action::ActionState;
use fakes::contabo::{Fault, Rule};
use secrecy::SecretString;

use super::tests::Ground;
use crate::domain::contabo::{
    accounts::Credentials,
    actions::{self, Growth, ThingAsked},
    resources::{self, Firewall, Image, ImageRoom, Kind, Mirrored, Rights, Secret, Storage, Tag},
};

/// A public key whose private half nobody has.
const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f alice@north.test";

impl Ground {
    pub(super) async fn things<K: Kind>(&self) -> Vec<Mirrored<K>> {
        let rows = self.site.db.tenant(self.tenant);
        resources::list::<K>(&rows, self.account).await.unwrap()
    }

    /// Half a TB by this name, which was read.
    async fn storage(&self, name: &str) -> Storage {
        let known = fakes::contabo::AccountSpec::default();
        let credentials = Credentials {
            client_id: known.client_id,
            client_secret: SecretString::from(known.client_secret),
            username: known.user,
            password: SecretString::from(known.password),
        };
        let new = NewObjectStorage {
            region: Region::from("EU"),
            total_purchased_space_tb: 0.5,
            display_name: Some(name.to_owned()),
            auto_scaling: None,
        };
        let client = self.site.contabo.with(&credentials).unwrap();
        client
            .object_storages()
            .create(&new, RequestId::random())
            .await
            .unwrap();
        self.pass(3_600);
        self.read().await;
        self.only().await
    }

    async fn only(&self) -> Storage {
        self.things::<Storage>().await.remove(0).thing
    }
}

fn resize(storage: &Storage, steps: Option<i64>, up_to: i64) -> ThingAsked {
    ThingAsked::ResizeStorage {
        storage: storage.id.clone(),
        name: storage.name.clone(),
        steps,
        growth: Some(Growth { is_on: true, up_to }),
    }
}

#[tokio::test]
async fn more_room_is_bought_once_whatever_becomes_of_the_answer() {
    for fault in [Fault::DropAfter, Fault::ErrorAfter, Fault::HangAfter] {
        let ground = Ground::new().await;
        let storage = ground.storage("backups").await;
        ground
            .contabo
            .inject(Rule::at("upgradeObjectStorage", fault.clone()).once());
        let id = ground.ask_thing(resize(&storage, Some(4), 8)).await;
        let ended = ground.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{fault:?}");
        assert_eq!(ground.sent("upgradeObjectStorage"), 1, "{fault:?}");
        let storage = ground.only().await;
        assert_eq!(
            (storage.size_tb, storage.grows_to_tb),
            (Some(1.0), Some(2.0)),
            "{fault:?}"
        );
    }
    // Not done: it says so, and is not sent again by itself.
    let ground = Ground::new().await;
    let storage = ground.storage("backups").await;
    ground
        .contabo
        .inject(Rule::at("upgradeObjectStorage", Fault::DropBefore).once());
    let id = ground.ask_thing(resize(&storage, Some(4), 8)).await;
    let ended = ground.finish(id).await;
    assert_eq!(ended.state, ActionState::Failed);
    assert_eq!(ground.sent("upgradeObjectStorage"), 1);
    assert_eq!(ground.only().await.size_tb, Some(0.5));
}

#[tokio::test]
async fn a_storage_is_named_anew_and_cancelled_and_says_when_it_ends() {
    let ground = Ground::new().await;
    let storage = ground.storage("backups").await;
    let rename = ThingAsked::RenameStorage {
        storage: storage.id.clone(),
        name: "archive".to_owned(),
    };
    let id = ground.ask_thing(rename).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert_eq!(ground.only().await.name, "archive");
    let off = ThingAsked::ResizeStorage {
        storage: storage.id.clone(),
        name: "archive".to_owned(),
        steps: Some(1),
        growth: None,
    };
    let smaller = ground.try_ask_thing(off, None).await;
    assert!(matches!(smaller, Err(actions::Error::Change(_))), "{smaller:?}");
    let cancel = || ThingAsked::CancelStorage {
        storage: storage.id.clone(),
        name: "archive".to_owned(),
    };
    // Done without an answer: its day shows, and it is not sent again.
    ground
        .contabo
        .inject(Rule::at("CancelObjectStorage", Fault::DropAfter).once());
    let id = ground.ask_thing(cancel()).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert_eq!(ground.sent("CancelObjectStorage"), 1);
    assert!(ground.only().await.cancels_on.is_some());
    let again = ground.try_ask_thing(cancel(), None).await;
    assert!(matches!(again, Err(actions::Error::AlreadyCancelled)));
    let more = ground.try_ask_thing(resize(&storage, Some(8), 16), None).await;
    assert!(matches!(more, Err(actions::Error::AlreadyCancelled)));
}

#[tokio::test]
async fn an_image_is_watched_while_it_arrives_and_deleted() {
    let ground = Ground::new().await;
    let create = ThingAsked::CreateImage {
        name: "router".to_owned(),
        description: String::new(),
        url: "https://example.net/router.qcow2".to_owned(),
        os_type: "Linux".to_owned(),
        version: "13".to_owned(),
    };
    // Without the paid room for images Contabo refuses, and says so.
    let id = ground.ask_thing(create.clone()).await;
    let ended = ground.finish(id).await;
    if ended.state == ActionState::Failed {
        assert!(ended.error.is_some_and(|why| why.contains("Contabo refused")));
        let contabo_id = ground.instance().await.contabo_id;
        let add_on = 1_470;
        ground.contabo.panel().add_on(contabo_id, add_on).unwrap();
        let id = ground.ask_thing(create).await;
        let ended = ground.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None));
    }
    let own = async || {
        let all = ground.things::<Image>().await;
        all.into_iter().map(|one| one.thing).find(|one| !one.is_standard)
    };
    let image = own().await.unwrap();
    assert!(image.is_arriving(), "{image:?}");
    assert_eq!(ground.things::<ImageRoom>().await.len(), 1);
    // Long before everything else is read again.
    for _ in 0..8 {
        ground.pass(181);
        ground.read().await;
    }
    let image = own().await.unwrap();
    assert!(!image.is_arriving() && image.arrived == image.size, "{image:?}");
    let delete = ThingAsked::DeleteImage {
        image: image.id,
        name: image.name,
    };
    let id = ground.ask_thing(delete).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert!(own().await.is_none());
}

#[tokio::test]
async fn a_key_is_known_by_its_fingerprint_which_changes_when_it_is_replaced() {
    let ground = Ground::new().await;
    let create = ThingAsked::CreateSecret {
        name: "alice".to_owned(),
        kind: "ssh".to_owned(),
    };
    let id = ground.try_ask_thing(create, Some(KEY)).await.unwrap();
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let key = async || ground.things::<Secret>().await.remove(0).thing;
    let made = key().await;
    assert!(
        made.fingerprint
            .as_ref()
            .is_some_and(|print| print.starts_with("SHA256:")),
        "{made:?}"
    );
    let asked = ground.sent("retrieveSecret");
    ground.pass(1_801);
    ground.read().await;
    assert_eq!(
        ground.sent("retrieveSecret"),
        asked,
        "what nobody changed is not asked for again"
    );
    let rename = ThingAsked::RenameSecret {
        secret: made.id,
        name: "alice-2".to_owned(),
    };
    let id = ground.ask_thing(rename).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let replace = ThingAsked::ReplaceSecret {
        secret: made.id,
        name: "alice-2".to_owned(),
    };
    ground.pass(60);
    let other = KEY.replace("IAAB", "IBBB");
    let id = ground.try_ask_thing(replace, Some(&other)).await.unwrap();
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let replaced = key().await;
    assert_eq!(replaced.name, "alice-2");
    assert!(replaced.fingerprint.is_some() && replaced.fingerprint != made.fingerprint);
    let delete = ThingAsked::DeleteSecret {
        secret: made.id,
        name: "alice-2".to_owned(),
    };
    let id = ground.ask_thing(delete).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert!(ground.things::<Secret>().await.is_empty());
}

#[tokio::test]
async fn a_tag_is_made_put_on_a_server_taken_off_and_deleted() {
    let ground = Ground::new().await;
    let create = ThingAsked::CreateTag {
        name: "production".to_owned(),
        color: "#0A78C3".to_owned(),
        description: String::new(),
    };
    let id = ground.ask_thing(create).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let tag = async || ground.things::<Tag>().await.remove(0).thing;
    let made = tag().await;
    let change = ThingAsked::ChangeTag {
        tag: made.id,
        name: "prod".to_owned(),
        color: "#ABC".to_owned(),
        description: "Paid for".to_owned(),
    };
    let id = ground.ask_thing(change).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let server = ground.instance().await.contabo_id.to_string();
    // Done without an answer: it shows, and is not sent again.
    ground
        .contabo
        .inject(Rule::at("createAssignment", Fault::DropAfter).once());
    let put = ThingAsked::PutTag {
        tag: made.id,
        name: "prod".to_owned(),
        on: "instance".to_owned(),
        id: server.clone(),
    };
    let id = ground.ask_thing(put).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.error, ended.attempts), (ActionState::Done, None, 1));
    assert_eq!(tag().await.on[0].id, server);
    // Contabo keeps what is in use.
    let delete = || ThingAsked::DeleteTag {
        tag: made.id,
        name: "prod".to_owned(),
    };
    let id = ground.ask_thing(delete()).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Failed);
    let take = ThingAsked::TakeTag {
        tag: made.id,
        name: "prod".to_owned(),
        on: "instance".to_owned(),
        id: server,
    };
    let id = ground.ask_thing(take).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let id = ground.ask_thing(delete()).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert!(ground.things::<Tag>().await.is_empty());
}

#[tokio::test]
async fn what_was_made_without_an_answer_is_found_in_the_log_of_its_kind() {
    let ground = Ground::new().await;
    let contabo_id = ground.instance().await.contabo_id;
    // The paid room for images.
    ground.contabo.panel().add_on(contabo_id, 1_470).unwrap();
    let name = "lost".to_owned();
    let description = String::new();
    let made = [
        (
            "createCustomImage",
            ThingAsked::CreateImage {
                name: name.clone(),
                description: description.clone(),
                url: "https://example.net/lost.iso".to_owned(),
                os_type: "Linux".to_owned(),
                version: "1".to_owned(),
            },
        ),
        (
            "createSecret",
            ThingAsked::CreateSecret {
                name: name.clone(),
                kind: "ssh".to_owned(),
            },
        ),
        (
            "createTag",
            ThingAsked::CreateTag {
                name: name.clone(),
                color: "#ABC".to_owned(),
                description: description.clone(),
            },
        ),
        (
            "createRole",
            ThingAsked::CreateRole {
                name: name.clone(),
                rights: Rights::default(),
            },
        ),
        (
            "createFirewall",
            ThingAsked::CreateFirewall {
                name,
                description,
                is_active: true,
                rules: Vec::new(),
            },
        ),
        (
            "createDnsZone",
            ThingAsked::CreateZone {
                name: "lost.example".to_owned(),
            },
        ),
    ];
    for (operation, asked) in made {
        ground.contabo.inject(Rule::at(operation, Fault::DropAfter).once());
        let secret = matches!(asked, ThingAsked::CreateSecret { .. }).then_some(KEY);
        let id = ground.try_ask_thing(asked, secret).await.unwrap();
        let ended = ground.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{operation}");
        assert_eq!(ground.sent(operation), 1);
        assert!(ended.thing_id.is_some(), "{operation}");
    }
    let firewall = ground.things::<Firewall>().await.remove(0).thing;
    let change = ThingAsked::ChangeFirewall {
        firewall: firewall.id,
        name: "found".to_owned(),
        description: String::new(),
        is_active: false,
    };
    let id = ground.ask_thing(change).await;
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let firewall = ground.things::<Firewall>().await.remove(0).thing;
    assert_eq!((firewall.name.as_str(), firewall.is_active), ("found", false));
}
