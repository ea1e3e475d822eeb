//! Remedies and moves to another region, against a Contabo that forgets its answers on purpose.

use contabo::RequestId;
use entity::{action::ActionState, contabo_account};
use fakes::contabo::{Fault, Rule};

use super::{checks, tests::Ground};
use crate::domain::contabo::actions::{self, Asked, next::stage};

fn remedy(template: i64, name: &str) -> Asked {
    Asked::Remedy {
        template,
        name: name.to_owned(),
    }
}

fn restart() -> Asked {
    remedy(4, "instance_restart_remedy_name")
}

fn to(region: &str) -> Asked {
    Asked::ChangeRegion {
        region: region.to_owned(),
    }
}

impl Ground {
    async fn client(&self) -> contabo::Client {
        let rows = self.site.db.tenant(self.tenant);
        let account = rows
            .get::<contabo_account::Entity>(self.account)
            .await
            .unwrap()
            .unwrap();
        self.site.contabo.of(&self.site.keyring, &account).unwrap()
    }

    async fn found(&self) -> checks::Found {
        let (client, instance) = (self.client().await, self.instance().await.contabo_id);
        checks::read(&client, instance, self.site.clock.now()).await.unwrap()
    }
}

#[tokio::test]
async fn a_remedy_is_started_once_whatever_becomes_of_the_answer() {
    for fault in [
        None,
        Some(Fault::DropAfter),
        Some(Fault::ErrorAfter),
        Some(Fault::HangAfter),
    ] {
        let ground = Ground::new().await;
        let server = ground.instance().await.contabo_id;
        ground.contabo.panel().set_status(server, "stopped").unwrap();
        if let Some(fault) = fault.clone() {
            ground.contabo.inject(Rule::at("startExtRemedy", fault).once());
        }
        let id = ground.ask(restart()).await;
        let again = ground.try_ask(restart()).await;
        assert!(matches!(again, Err(actions::Error::AlreadyAsked)), "{again:?}");
        let ended = ground.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{fault:?}");
        assert_eq!(ground.sent("startExtRemedy"), 1, "{fault:?}");
        // It is this very one that was followed, and it did what it says.
        let found = ground.found().await.remedies;
        assert_eq!(ended.thing_id, Some(found[0].remedy_id.to_string()), "{fault:?}");
        assert_eq!(ground.instance().await.status, "running", "{fault:?}");
    }
}

#[tokio::test]
async fn a_remedy_that_was_not_started_is_not_sent_again_and_one_of_before_is_not_taken_for_it() {
    let ground = Ground::new().await;
    let first = ground.ask(restart()).await;
    assert_eq!(ground.finish(first).await.state, ActionState::Done);
    ground
        .contabo
        .inject(Rule::at("startExtRemedy", Fault::DropBefore).once());
    let id = ground.ask(restart()).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.thing_id), (ActionState::Failed, None));
    assert_eq!(ground.sent("startExtRemedy"), 2);
}

#[tokio::test]
async fn a_remedy_fails_in_contabos_words_and_is_cancelled_at_contabo() {
    let ground = Ground::new().await;
    let id = ground.ask(remedy(3, "fail_remedy_name")).await;
    let ended = ground.finish(id).await;
    assert_eq!(
        (ended.state, ended.error.as_deref()),
        (
            ActionState::Failed,
            Some("The remedy failed at Contabo: fail_remedy_failed")
        )
    );
    let id = ground.ask(restart()).await;
    for _ in 0..3 {
        ground.work().await;
        ground.pass(2);
    }
    let row = ground.action(id).await;
    assert_eq!(row.stage, stage::UNDER_WAY);
    let number = row.thing_id.unwrap().parse().unwrap();
    let (client, server) = (ground.client().await, ground.instance().await.contabo_id);
    let other = checks::cancel_remedy(&client, server + 1, number, RequestId::random()).await;
    assert!(matches!(other, Err(checks::NotDone::NotThere)), "{other:?}");
    checks::cancel_remedy(&client, server, number, RequestId::random())
        .await
        .unwrap();
    let ended = ground.finish(id).await;
    assert_eq!(
        (ended.state, ended.error.as_deref()),
        (ActionState::Failed, Some("It was cancelled"))
    );
    let late = checks::cancel_remedy(&client, server, number, RequestId::random()).await;
    assert!(matches!(late, Err(checks::NotDone::Ended)), "{late:?}");
}

#[tokio::test]
async fn a_move_becomes_one_ticket_whatever_becomes_of_the_answer() {
    let ground = Ground::new().await;
    for wrong in ["EU", "MOON"] {
        let refused = ground.try_ask(to(wrong)).await;
        assert!(matches!(refused, Err(actions::Error::Change(_))), "{wrong}");
    }
    let id = ground.ask(to("JPN")).await;
    let second = ground.try_ask(to("UK")).await;
    assert!(matches!(second, Err(actions::Error::AlreadyAsked)), "{second:?}");
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.error), (ActionState::Done, None));
    assert_eq!(ended.thing_id.as_deref(), Some("7100001"));
    // The answer is lost: Contabo's log knows of it, but not which ticket.
    ground
        .contabo
        .inject(Rule::at("requestRegionChange", Fault::DropAfter).once());
    let id = ground.ask(to("UK")).await;
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.thing_id), (ActionState::Done, None));
    assert_eq!(ground.sent("requestRegionChange"), 2);
    let again = ground.try_ask(to("UK")).await;
    assert!(matches!(again, Err(actions::Error::AlreadyAsked)), "{again:?}");
    // Nobody knows: it is not sent again, and says where to look.
    ground
        .contabo
        .inject(Rule::at("requestRegionChange", Fault::DropBefore).once());
    let id = ground.ask(to("SIN")).await;
    let ended = ground.finish(id).await;
    let why = ended.error.unwrap();
    assert!(ended.state == ActionState::Failed && why.contains("tickets"), "{why}");
    assert_eq!(ground.sent("requestRegionChange"), 3);
}
