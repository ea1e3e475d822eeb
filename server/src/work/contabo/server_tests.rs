//! Everything that can be asked of one server, one after the other, each seen at Contabo afterwards.

use entity::{action::ActionState, snapshot};

use super::tests::Ground;
use crate::domain::contabo::actions::Asked;

impl Ground {
    async fn asked(&self, asked: Asked) {
        let id = self.ask(asked.clone()).await;
        let ended = self.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{asked:?}");
    }

    async fn snapshots(&self) -> Vec<snapshot::Model> {
        let rows = self.site.db.tenant(self.tenant);
        rows.find::<snapshot::Entity>().all().await.unwrap()
    }
}

#[tokio::test]
async fn a_server_is_named_shut_down_rescued_and_installed_anew() {
    let ground = Ground::new().await;
    let display_name = "mail-2".to_owned();
    ground.asked(Asked::Rename { display_name }).await;
    assert_eq!(ground.instance().await.display_name, "mail-2");
    ground.asked(Asked::Shutdown).await;
    assert_eq!(ground.instance().await.status, "stopped");
    ground.asked(Asked::Rescue { ssh_keys: Vec::new() }).await;
    assert_eq!(ground.instance().await.status, "rescue");
    let image = "4efbc0ba-2313-4fe1-842a-516f8652e729";
    ground
        .asked(Asked::Reinstall {
            image_id: image.to_owned(),
            image_name: "debian-12".to_owned(),
            ssh_keys: Vec::new(),
            user_data: "#cloud-config\n".to_owned(),
            default_user: "root".to_owned(),
            template: None,
        })
        .await;
    let installed = ground.instance().await;
    assert_eq!(
        (installed.status.as_str(), installed.details["image_id"].as_str()),
        ("running", Some(image))
    );
}

#[tokio::test]
async fn a_snapshot_is_taken_named_anew_rolled_back_to_and_deleted() {
    let ground = Ground::new().await;
    ground
        .asked(Asked::TakeSnapshot {
            name: "before".to_owned(),
            description: String::new(),
        })
        .await;
    let snapshot = ground.snapshots().await.remove(0).contabo_id;
    ground
        .asked(Asked::RenameSnapshot {
            snapshot: snapshot.clone(),
            name: "before the upgrade".to_owned(),
            description: "Kept".to_owned(),
        })
        .await;
    let name = ground.snapshots().await.remove(0).name;
    assert_eq!(name, "before the upgrade");
    ground
        .asked(Asked::RollBack {
            snapshot: snapshot.clone(),
            name: name.clone(),
        })
        .await;
    ground.asked(Asked::DeleteSnapshot { snapshot, name }).await;
    assert!(ground.snapshots().await.is_empty());
}

#[tokio::test]
async fn a_contract_ends_on_the_day_that_contabo_says() {
    let ground = Ground::new().await;
    ground.asked(Asked::Cancel).await;
    assert!(ground.instance().await.cancels_on.is_some());
    assert_eq!(ground.sent("cancelInstance"), 1);
}
