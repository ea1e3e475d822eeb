//! From what is asked to calls of Contabo.

use chrono::{DateTime, TimeDelta, Utc};
use contabo::{
    AuditFilter, AuditList, Client, DefaultUser, Error, FirewallId, Hidden, ImageId, InstanceId, NewPtrRecord,
    NewRemedy, NewSecret, NewSnapshot, PrivateNetworkId, Region, Reinstall, RemedyFilter, RemedyId, RemedyTemplateId,
    RequestId, Rescue, ResetPassword, SecretFilter, SecretId, SecretType, SnapshotChange, SnapshotFilter, SnapshotId,
    UpgradeInstance, VipResourceType,
};
use secrecy::SecretString;

use super::checks::KIND;
pub(super) use crate::domain::contabo::setup::OWN_PREFIX as SECRET_PREFIX;
use crate::domain::contabo::{
    actions::{
        Asked, Kind,
        next::{Seen, SeenInstance, SeenRemedy},
    },
    catalogue::add_on,
    instances::Status,
    networks::names::USUAL_TTL,
};

/// How Contabo moves a server to another region: the only word for it that is known.
const MOVED_BY: &str = "installation";

/// Sends the call. `password`: Contabo's id of the new one, where the kind makes one. Answers with Contabo's number of the
/// remedy or ticket that was made, where one was.
pub(super) async fn send(
    client: &Client,
    id: InstanceId,
    asked: &Asked,
    password: Option<SecretId>,
    request: RequestId,
) -> Result<Option<String>, Error> {
    match asked {
        Asked::Remedy { template, .. } => {
            let new = NewRemedy {
                instance: id,
                template: RemedyTemplateId(*template),
                set: None,
            };
            let started = client.remedies().start(new, request).await?;
            Ok(Some(started.remedy_id.to_string()))
        }
        Asked::ChangeRegion { region } => {
            let region = Region::from(region.as_str());
            let moved = client.instances().change_region(id, &region, MOVED_BY, request).await?;
            Ok(moved.ticket_number.map(|number| number.to_string()))
        }
        asked => send_plain(client, id, asked, password, request).await.map(|()| None),
    }
}

/// Sends what makes nothing that has a number of its own.
async fn send_plain(
    client: &Client,
    id: InstanceId,
    asked: &Asked,
    password: Option<SecretId>,
    request: RequestId,
) -> Result<(), Error> {
    let (instances, snapshots) = (client.instances(), client.snapshots());
    let keys = |ids: &[i64]| ids.iter().copied().map(SecretId).collect();
    match asked {
        Asked::Start => instances.start(id, request).await,
        Asked::Stop => instances.stop(id, request).await,
        Asked::Shutdown => instances.shutdown(id, request).await,
        Asked::Restart => instances.restart(id, request).await,
        Asked::Rescue { ssh_keys } => {
            let access = Rescue {
                root_password: password,
                ssh_keys: keys(ssh_keys),
                user_data: None,
            };
            instances.rescue(id, &access, request).await
        }
        Asked::ResetPassword => {
            let access = ResetPassword {
                root_password: password,
                ..ResetPassword::default()
            };
            instances.reset_password(id, &access, request).await
        }
        Asked::Reinstall {
            image_id,
            ssh_keys,
            user_data,
            default_user,
            ..
        } => {
            let what = Reinstall {
                image_id: ImageId(image_id.clone()),
                ssh_keys: keys(ssh_keys),
                root_password: password,
                user_data: (!user_data.is_empty()).then(|| Hidden::from(user_data.as_str())),
                default_user: DefaultUser::from(default_user.as_str()),
                application_id: None,
            };
            instances.reinstall(id, &what, request).await
        }
        Asked::Rename { display_name } => instances.rename(id, display_name, request).await,
        Asked::Cancel => instances.cancel(id, None, request).await.map(drop),
        Asked::TakeSnapshot { name, description } => {
            let new = NewSnapshot {
                name: name.clone(),
                description: (!description.is_empty()).then(|| description.clone()),
            };
            snapshots.create(id, &new, request).await.map(drop)
        }
        Asked::RenameSnapshot {
            snapshot,
            name,
            description,
        } => {
            let change = SnapshotChange {
                name: Some(name.clone()),
                description: (!description.is_empty()).then(|| description.clone()),
            };
            let snapshot = SnapshotId(snapshot.clone());
            snapshots.update(id, &snapshot, &change, request).await
        }
        Asked::RollBack { snapshot, .. } => snapshots.roll_back(id, &SnapshotId(snapshot.clone()), request).await,
        Asked::DeleteSnapshot { snapshot, .. } => snapshots.delete(id, &SnapshotId(snapshot.clone()), request).await,
        Asked::BuyAddOn { add_on, .. } => {
            let what = UpgradeInstance {
                private_networking: add_on == add_on::PRIVATE_NETWORKING,
                backup: add_on == add_on::BACKUP,
            };
            instances.upgrade(id, what, request).await
        }
        tie => send_tie(client, id, tie, request).await,
    }
}

/// Ties the instance to another thing, or takes it from it.
async fn send_tie(client: &Client, id: InstanceId, asked: &Asked, request: RequestId) -> Result<(), Error> {
    let (networks, firewalls) = (client.private_networks(), client.firewalls());
    let (vips, names) = (client.vips(), client.ptr_records());
    let number = id.to_string();
    match asked {
        Asked::JoinNetwork { network, .. } => networks.assign(PrivateNetworkId(*network), id, request).await,
        Asked::LeaveNetwork { network, .. } => networks.unassign(PrivateNetworkId(*network), id, request).await,
        Asked::JoinFirewall { firewall, .. } => firewalls.assign(&FirewallId(firewall.clone()), id, request).await,
        Asked::LeaveFirewall { firewall, .. } => firewalls.unassign(&FirewallId(firewall.clone()), id, request).await,
        Asked::AssignVip { ip, .. } => vips
            .assign(ip, &VipResourceType::Instances, &number, request)
            .await
            .map(drop),
        Asked::UnassignVip { ip, .. } => vips.unassign(ip, &VipResourceType::Instances, &number, request).await,
        Asked::SetReverseName { ip, name, is_new: true } => {
            let new = NewPtrRecord {
                ip: ip.clone(),
                ptr: name.clone(),
                ttl: USUAL_TTL,
            };
            names.create(&new, request).await.map(drop)
        }
        Asked::SetReverseName { ip, name, .. } => names.set(ip, name, request).await,
        Asked::RemoveReverseName { ip } => names.delete(ip, request).await,
        _ => Ok(()),
    }
}

/// Whether a refusal says that it is so already.
pub(super) fn is_so_already(asked: &Asked, error: &Error) -> bool {
    let conflict = matches!(error, Error::Refused { status: 409, .. });
    conflict
        && matches!(
            asked,
            Asked::JoinNetwork { .. } | Asked::JoinFirewall { .. } | Asked::BuyAddOn { .. }
        )
}

/// What a refusal means, where Contabo's words alone do not say it.
pub(super) fn explained(asked: &Asked, error: &Error) -> Option<&'static str> {
    match (asked, error) {
        (Asked::JoinNetwork { .. }, Error::Refused { status: 402, .. }) => {
            Some("The server lacks Contabo's paid add-on for private networking")
        }
        _ => None,
    }
}

/// Lets Contabo know a new password by the name `name`, unless it does already.
pub(super) async fn password(client: &Client, name: &str, password: &SecretString) -> Result<SecretId, Error> {
    use secrecy::ExposeSecret;
    if let Some(there) = secret_named(client, name).await? {
        return Ok(there);
    }
    let new = NewSecret {
        name: name.to_owned(),
        value: Hidden::from(password.expose_secret()),
        kind: SecretType::Password,
    };
    Ok(client.secrets().create(&new, RequestId::random()).await?.secret_id)
}

/// Deletes it again: it is on the instance now, or nowhere.
pub(super) async fn forget_password(client: &Client, name: &str) -> Result<(), Error> {
    match secret_named(client, name).await? {
        Some(there) => client.secrets().delete(there, RequestId::random()).await,
        None => Ok(()),
    }
}

async fn secret_named(client: &Client, name: &str) -> Result<Option<SecretId>, Error> {
    let filter = SecretFilter {
        name: Some(name.to_owned()),
        ..SecretFilter::default()
    };
    // The filter finds parts of names, too.
    let found = client.secrets().list(&filter).await?;
    let same = found.iter().find(|secret| secret.name == name);
    Ok(same.map(|secret| secret.secret_id))
}

/// What was found of an instance: the answer itself, and as much as decides about actions.
pub(super) struct Found {
    pub(super) instance: Option<contabo::Instance>,
    /// Where the kind is about snapshots.
    pub(super) snapshots: Option<Vec<contabo::Snapshot>>,
    /// Where the kind is about another thing: whether it is as it was asked.
    pub(super) is_tied: Option<bool>,
    /// Where the kind is a remedy: it, as far as it was found.
    pub(super) remedy: Option<contabo::Remedy>,
}

/// Looks at the instance, and at its snapshots where `kind` is about them.
pub(super) async fn look(client: &Client, id: InstanceId, kind: Kind) -> Result<Found, Error> {
    let instance = match client.instances().get(id).await {
        Ok(found) => Some(found),
        Err(error) if error.is_not_found() => None,
        Err(error) => return Err(error),
    };
    let about_snapshots = matches!(
        kind,
        Kind::TakeSnapshot | Kind::RenameSnapshot | Kind::RollBack | Kind::DeleteSnapshot
    );
    let snapshots = match &instance {
        Some(_) if about_snapshots => Some(client.snapshots().list(id, &SnapshotFilter::default()).await?),
        _ => None,
    };
    Ok(Found {
        instance,
        snapshots,
        is_tied: None,
        remedy: None,
    })
}

/// What is known of a call that may have been sent: Contabo's number of what it made, and when it left.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    pub(super) made: Option<String>,
    pub(super) at: Option<DateTime<Utc>>,
}

/// How far Contabo's clock may be from ours.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(1);

/// The remedy that was started: by its number, or, where the answer was lost, the first of its kind since the call left.
/// `known`: Contabo's numbers of those that were asked for before.
pub(super) async fn remedy(
    client: &Client,
    instance: InstanceId,
    template: i64,
    sent: &Sent,
    known: &[String],
) -> Result<Option<contabo::Remedy>, Error> {
    if let Some(id) = sent.made.as_ref().and_then(|made| made.parse().ok()) {
        return client.remedies().get(RemedyId(id)).await.map(Some);
    }
    let Some(since) = sent.at.map(|at| at - CLOCKS_DIFFER) else {
        return Ok(None);
    };
    let filter = RemedyFilter {
        object_type: Some(KIND.to_owned()),
        object_id: Some(instance),
        remedy_template_id: Some(RemedyTemplateId(template)),
        created_from: Some(since),
        ..RemedyFilter::default()
    };
    let all = client.remedies().list(&filter).await?.into_iter();
    // A filter that Contabo overlooked must not make another's look like ours.
    let is_ours = |one: &contabo::Remedy| {
        one.object_id.as_deref() == Some(instance.to_string().as_str())
            && one.remedy_template_id == Some(RemedyTemplateId(template))
            && one.created_date.is_some_and(|created| created >= since)
            && !known.contains(&one.remedy_id.to_string())
    };
    Ok(all.filter(is_ours).min_by_key(|one| (one.created_date, one.remedy_id)))
}

impl Found {
    pub(super) fn seen(&self) -> Seen {
        let instance = self.instance.as_ref().map(|found| {
            let word = found.status.as_ref().map(ToString::to_string).unwrap_or_default();
            SeenInstance {
                status: Status::of(&word),
                word,
                display_name: found.display_name.clone(),
                image_id: found.image_id.as_ref().map(|id| id.0.clone()),
                cancels_on: found.cancel_date,
                error: found.error_message.clone(),
                add_ons: found.add_ons.iter().map(|one| one.id.0).collect(),
            }
        });
        let snapshots = self.snapshots.iter().flatten();
        Seen {
            instance,
            snapshots: snapshots
                .map(|one| (one.snapshot_id.0.clone(), one.name.clone()))
                .collect(),
            is_tied: self.is_tied,
            remedy: self.remedy.as_ref().map(|one| SeenRemedy {
                id: one.remedy_id.0,
                word: one.status.as_ref().map(ToString::to_string).unwrap_or_default(),
                note: one.note.clone().unwrap_or_default(),
            }),
        }
    }
}

/// Whether Contabo's log has a change with this number, in the list that is about the kind.
pub(super) async fn is_in_log(client: &Client, kind: Kind, request: RequestId) -> Result<bool, Error> {
    let filter = AuditFilter {
        request_id: Some(request),
        ..AuditFilter::default()
    };
    let list = match kind {
        Kind::TakeSnapshot | Kind::RenameSnapshot | Kind::RollBack | Kind::DeleteSnapshot => AuditList::Snapshots,
        Kind::Rename | Kind::Reinstall | Kind::Cancel | Kind::BuyAddOn | Kind::ChangeRegion => AuditList::Instances,
        Kind::Start | Kind::Stop | Kind::Shutdown | Kind::Restart | Kind::Rescue | Kind::ResetPassword => {
            AuditList::InstanceActions
        }
        Kind::JoinNetwork | Kind::LeaveNetwork => AuditList::PrivateNetworks,
        Kind::JoinFirewall | Kind::LeaveFirewall => AuditList::Firewalls,
        Kind::AssignVip | Kind::UnassignVip => AuditList::Vips,
        // Contabo's log has no list for them: whether it was done shows by itself.
        Kind::SetReverseName | Kind::RemoveReverseName | Kind::Remedy => return Ok(false),
    };
    // A filter that Contabo overlooked must not make everything look done.
    let found = client.audits().list(list, &filter).await?;
    let number = request.to_string();
    Ok(found
        .iter()
        .any(|entry| entry.request_id.as_deref() == Some(number.as_str())))
}

/// Contabo's own words, if it said some.
pub(super) fn words(error: &Error) -> String {
    match error.says().as_slice() {
        [] => error.to_string(),
        says => format!("Contabo refused: {}", says.join("; ")),
    }
}
