//! Contabo's users and roles, and add-ons that are bought, against a Contabo that forgets its answers on purpose.

use entity::action::ActionState;
use fakes::contabo::{AccountSpec, Fault, Rule};

use super::tests::Ground;
use crate::domain::contabo::{
    actions::{self, Access, Asked, ThingAsked},
    catalogue::add_on,
    resources::{Permission, Permittable, Rights, Role, User},
};

fn access(roles: &[i64], is_enabled: bool) -> Access {
    Access {
        roles: roles.to_vec(),
        is_enabled,
        has_second_factor: false,
    }
}

fn change(user: &User, access: Option<Access>) -> ThingAsked {
    ThingAsked::ChangeUser {
        user: user.id.clone(),
        email: user.email.clone(),
        first_name: "Robert".to_owned(),
        last_name: user.last_name.clone(),
        locale: "de".to_owned(),
        gets_invoices: false,
        access,
    }
}

impl Ground {
    async fn user(&self, email: &str) -> Option<User> {
        let all = self.things::<User>().await.into_iter();
        all.map(|one| one.thing).find(|user| user.is(email))
    }

    async fn done(&self, asked: ThingAsked) {
        let id = self.ask_thing(asked.clone()).await;
        let ended = self.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{asked:?}");
    }
}

#[tokio::test]
async fn users_are_invited_changed_switched_off_and_deleted() {
    let ground = Ground::new().await;
    // Done without an answer: Contabo's log has it, and nobody is invited twice.
    ground.contabo.inject(Rule::at("createUser", Fault::DropAfter).once());
    let create = ThingAsked::CreateUser {
        email: "bob@north.test".to_owned(),
        first_name: "Bob".to_owned(),
        last_name: "Builder".to_owned(),
        locale: "en".to_owned(),
        gets_invoices: false,
        access: access(&[3], true),
    };
    ground.done(create).await;
    assert_eq!(ground.sent("createUser"), 1);
    let bob = ground.user("BOB@north.test").await.unwrap();
    assert_eq!((bob.is_enabled, bob.is_verified, bob.roles[0].0), (true, false, 3));
    ground.done(change(&bob, Some(access(&[3, 4], false)))).await;
    let changed = ground.user(&bob.email).await.unwrap();
    assert_eq!(
        (changed.first_name.as_str(), changed.is_enabled, changed.roles.len()),
        ("Robert", false, 2)
    );
    let (user, email) = (bob.id.clone(), bob.email.clone());
    ground
        .done(ThingAsked::MailPasswordLink {
            user: user.clone(),
            email: email.clone(),
        })
        .await;
    ground
        .done(ThingAsked::MailProofLink {
            user: user.clone(),
            email: email.clone(),
        })
        .await;
    assert_eq!(
        (ground.sent("resetPassword"), ground.sent("resendEmailVerification")),
        (1, 1)
    );
    ground.done(ThingAsked::DeleteUser { user, email }).await;
    assert!(ground.user("bob@north.test").await.is_none());
}

#[tokio::test]
async fn mainstay_keeps_its_own_access() {
    let ground = Ground::new().await;
    let own = ground.user(&AccountSpec::default().user).await.unwrap();
    let delete = ThingAsked::DeleteUser {
        user: own.id.clone(),
        // What the form says it is called does not count.
        email: "somebody@else.test".to_owned(),
    };
    for asked in [delete, change(&own, Some(access(&[], false)))] {
        let refused = ground.try_ask_thing(asked, None).await;
        assert!(matches!(refused, Err(actions::Error::Own)), "{refused:?}");
    }
    // Its name may be changed.
    ground.done(change(&own, None)).await;
    let after = ground.user(&own.email).await.unwrap();
    assert_eq!((after.first_name.as_str(), after.is_enabled), ("Robert", true));
    let (role, name) = own.roles[0].clone();
    let refused = ground.try_ask_thing(ThingAsked::DeleteRole { role, name }, None).await;
    assert!(matches!(refused, Err(actions::Error::Own)), "{refused:?}");
}

#[tokio::test]
async fn a_role_is_made_of_what_can_be_permitted_changed_and_deleted() {
    let ground = Ground::new().await;
    let known = ground.things::<Permittable>().await.remove(0).thing;
    let (api, actions) = known.all.into_iter().find(|(api, _)| api == "/v1/tags").unwrap();
    let rights = |all: &[String]| Rights {
        is_admin: false,
        reaches_all: true,
        permissions: vec![Permission {
            api: api.clone(),
            actions: all.to_vec(),
            tags: Vec::new(),
        }],
    };
    let create = ThingAsked::CreateRole {
        name: "Tagger".to_owned(),
        rights: rights(&actions[..1]),
    };
    ground.done(create).await;
    let role = async |name: &str| {
        let all = ground.things::<Role>().await.into_iter();
        all.map(|one| one.thing).find(|role| role.name == name)
    };
    let made = role("Tagger").await.unwrap();
    assert_eq!((made.is_fixed(), &made.rights), (false, &rights(&actions[..1])));
    let change = ThingAsked::ChangeRole {
        role: made.id,
        name: "Labeller".to_owned(),
        rights: rights(&actions),
    };
    ground.done(change).await;
    assert_eq!(role("Labeller").await.unwrap().rights, rights(&actions));
    let delete = ThingAsked::DeleteRole {
        role: made.id,
        name: "Labeller".to_owned(),
    };
    ground.done(delete).await;
    assert!(role("Labeller").await.is_none());
}

fn buy(word: &str) -> Asked {
    Asked::BuyAddOn {
        add_on: word.to_owned(),
        had: Vec::new(),
    }
}

#[tokio::test]
async fn an_add_on_is_bought_once_whatever_becomes_of_the_answer() {
    for fault in [Fault::DropAfter, Fault::ErrorAfter, Fault::HangAfter] {
        let ground = Ground::new().await;
        ground.contabo.inject(Rule::at("upgradeInstance", fault.clone()).once());
        let id = ground.ask(buy(add_on::BACKUP)).await;
        let ended = ground.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{fault:?}");
        assert_eq!(ground.sent("upgradeInstance"), 1, "{fault:?}");
        // What it has is not sold again, though Contabo does not say in words what it is.
        let again = ground.try_ask(buy(add_on::BACKUP)).await;
        assert!(matches!(again, Err(actions::Error::Change(_))), "{again:?}");
        let id = ground.ask(buy(add_on::PRIVATE_NETWORKING)).await;
        assert_eq!(ground.finish(id).await.state, ActionState::Done);
        assert_eq!(ground.sent("upgradeInstance"), 2);
    }
    // Not done: it says so, and is not sent again by itself.
    let ground = Ground::new().await;
    ground
        .contabo
        .inject(Rule::at("upgradeInstance", Fault::DropBefore).once());
    let id = ground.ask(buy(add_on::PRIVATE_NETWORKING)).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ground.sent("upgradeInstance")), (ActionState::Failed, 1));
    let unknown = ground.try_ask(buy(add_on::EXTRA_IPV4)).await;
    assert!(matches!(unknown, Err(actions::Error::Change(_))), "{unknown:?}");
}
