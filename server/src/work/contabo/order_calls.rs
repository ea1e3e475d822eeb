//! From an order to calls of Contabo: the one that orders, and those that look what became of it.

use contabo::{
    AuditFilter, AuditList, AutoScalingChange, AutoScalingState, Client, DefaultUser, Error, Hidden, ImageId,
    InstanceFilter, InstanceId, NewAddOns, NewInstance, NewObjectStorage, ObjectStorageFilter, ObjectStorageId,
    ProductId, Region, RequestId, SecretId,
};
use secrecy::{ExposeSecret, SecretString};

use crate::domain::contabo::{
    catalogue::add_on,
    orders::{
        self, Wanted,
        next::{Seen, of_instance, of_storage},
    },
    resources::Storage,
};

/// Orders it, and says what Contabo calls it.
pub(super) async fn place(
    client: &Client,
    wanted: &Wanted,
    display_name: &str,
    (password, user_data): (Option<SecretId>, Option<&SecretString>),
    request: RequestId,
) -> Result<String, Error> {
    match wanted {
        Wanted::Instance(wanted) => {
            let has = |word| wanted.add_ons.iter().any(|one| one == word);
            let add_ons = NewAddOns {
                private_networking: has(add_on::PRIVATE_NETWORKING),
                additional_ips: has(add_on::EXTRA_IPV4),
                backup: has(add_on::BACKUP),
                custom_image: has(add_on::CUSTOM_IMAGES),
                ..NewAddOns::default()
            };
            let order = NewInstance {
                period: wanted.months.into(),
                product_id: ProductId(wanted.product_id.clone()),
                region: Region::from(wanted.region.as_str()),
                image_id: ImageId(wanted.image_id.clone()),
                ssh_keys: wanted.ssh_keys.iter().map(|(id, _)| SecretId(*id)).collect(),
                root_password: password,
                user_data: user_data.map(|text| Hidden::from(text.expose_secret())),
                license: None,
                display_name: Some(display_name.to_owned()),
                default_user: DefaultUser::from(wanted.default_user.as_str()),
                add_ons: (!wanted.add_ons.is_empty()).then_some(add_ons),
                application_id: None,
            };
            let created = client.instances().create(&order, request).await?;
            Ok(created.instance_id.0.to_string())
        }
        Wanted::Storage(wanted) => {
            let order = NewObjectStorage {
                region: Region::from(wanted.region.as_str()),
                total_purchased_space_tb: orders::Storage::tb(wanted.steps),
                display_name: Some(display_name.to_owned()),
                auto_scaling: wanted.grows_to.map(|most| AutoScalingChange {
                    state: AutoScalingState::Enabled,
                    size_limit_tb: orders::Storage::tb(most),
                }),
            };
            Ok(client
                .object_storages()
                .create(&order, request)
                .await?
                .object_storage_id
                .0)
        }
    }
}

/// Contabo's ids of everything of the kind that is called exactly so.
pub(super) async fn named(client: &Client, wanted: &Wanted, display_name: &str) -> Result<Vec<String>, Error> {
    // The filters find parts of names, too.
    match wanted {
        Wanted::Instance(_) => {
            let filter = InstanceFilter {
                display_name: Some(display_name.to_owned()),
                ..InstanceFilter::default()
            };
            let found = client.instances().list(&filter).await?;
            let same = found.into_iter().filter(|one| one.display_name == display_name);
            Ok(same.map(|one| one.instance_id.0.to_string()).collect())
        }
        Wanted::Storage(_) => {
            let filter = ObjectStorageFilter {
                display_name: Some(display_name.to_owned()),
                ..ObjectStorageFilter::default()
            };
            let found = client.object_storages().list(&filter).await?;
            let same = found.into_iter().filter(|one| one.display_name == display_name);
            Ok(same.map(|one| one.object_storage_id.0).collect())
        }
    }
}

/// Contabo's id of what its log says was made by the call with this number.
pub(super) async fn in_log(client: &Client, wanted: &Wanted, request: RequestId) -> Result<Option<String>, Error> {
    let list = match wanted {
        Wanted::Instance(_) => AuditList::Instances,
        Wanted::Storage(_) => AuditList::ObjectStorages,
    };
    let filter = AuditFilter {
        request_id: Some(request),
        ..AuditFilter::default()
    };
    let (found, number) = (client.audits().list(list, &filter).await?, request.to_string());
    // A filter that Contabo overlooked must not make another's order look like this one.
    let ours = found
        .iter()
        .filter(|entry| entry.request_id.as_deref() == Some(number.as_str()));
    Ok(ours.filter_map(|entry| entry.subject(list)).map(str::to_owned).next())
}

/// What was ordered, as it is now.
pub(super) enum Found {
    Instance(Box<contabo::Instance>),
    Storage(Box<contabo::ObjectStorage>),
    /// Contabo does not know it, or not yet.
    Nothing,
}

pub(super) async fn look(client: &Client, wanted: &Wanted, contabo_id: &str) -> Result<Found, Error> {
    let found = match wanted {
        Wanted::Instance(_) => {
            let id = InstanceId(contabo_id.parse().unwrap_or_default());
            client
                .instances()
                .get(id)
                .await
                .map(|found| Found::Instance(Box::new(found)))
        }
        Wanted::Storage(_) => {
            let id = ObjectStorageId(contabo_id.to_owned());
            let found = client.object_storages().get(&id).await;
            found.map(|found| Found::Storage(Box::new(found)))
        }
    };
    match found {
        Err(error) if error.is_not_found() => Ok(Found::Nothing),
        found => found,
    }
}

impl Found {
    pub(super) fn seen(&self) -> Option<Seen> {
        let word = |word: Option<String>| word.unwrap_or_default();
        match self {
            Self::Instance(found) => {
                let word = word(found.status.as_ref().map(ToString::to_string));
                Some(Seen {
                    condition: of_instance(&word),
                    word,
                    error: found.error_message.clone(),
                })
            }
            Self::Storage(found) => {
                let word = word(found.status.as_ref().map(ToString::to_string));
                Some(Seen {
                    condition: of_storage(&word),
                    word,
                    error: None,
                })
            }
            Self::Nothing => None,
        }
    }
}

/// All storages of the account, with what is used of them: a mirror is taken whole.
pub(super) async fn storages(client: &Client) -> Result<Vec<Storage>, Error> {
    let mut storages = Vec::new();
    for found in client.object_storages().list(&ObjectStorageFilter::default()).await? {
        // Of one that is being made nothing is counted yet.
        let used = client.object_storages().stats(&found.object_storage_id).await.ok();
        storages.push(Storage::new(&found, used.as_ref()));
    }
    Ok(storages)
}
