//! The keys of users for object storages, and the data centres.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Refusal};
use super::list::Filter;
use super::object_storages;
use super::products::{REGIONS, Region};

/// A pair of S3 keys of a user for a storage.
#[derive(Clone, Debug)]
pub(crate) struct Credential {
    pub(crate) id: i64,
    pub(crate) user: String,
    pub(crate) storage: String,
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
}

fn show_credential(call: &Call<'_>, credential: &Credential) -> Value {
    let mut storages = call.account.object_storages.iter();
    let storage = storages.find(|storage| storage.id == credential.storage);
    call.entry(json!({
        "accessKey": credential.access_key,
        "secretKey": credential.secret_key,
        "objectStorageId": credential.storage,
        "displayName": storage.map_or("", |storage| storage.display_name.as_str()),
        "region": storage.map_or("", |storage| storage.region.name),
        "credentialId": credential.id,
    }))
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let user = call.uuid("userId")?;
    let mine = call
        .account
        .credentials
        .iter()
        .filter(|credential| credential.user == user);
    let rows = mine.map(|credential| show_credential(call, credential)).collect();
    let filters = [
        Filter::Equals("objectStorageId"),
        Filter::ContainsIn("regionName", "region"),
        Filter::Contains("displayName"),
    ];
    call.list(rows, &filters)
}

fn credential(call: &Call<'_>) -> Result<usize, Refusal> {
    let (user, storage) = (call.uuid("userId")?, call.uuid("objectStorageId")?);
    let id = call.number("credentialId")?;
    let fits = |known: &Credential| known.id == id && known.user == user && known.storage == storage;
    let place = call.account.credentials.iter().position(fits);
    place.ok_or_else(|| Refusal::no_entry("Credential", "credentialId", id))
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let place = credential(call)?;
    Ok(call.answer(200, vec![show_credential(call, &call.account.credentials[place])]))
}

pub(crate) fn renew(call: &mut Call<'_>) -> Outcome {
    let place = credential(call)?;
    let secret = call.account.key(32);
    call.account.credentials[place].secret_key = secret;
    let storage = call.account.credentials[place].storage.clone();
    object_storages::note(
        call,
        "UPDATED",
        &storage,
        json!({ "new": { "credentials": "regenerated" } }),
    );
    Ok(call.answer(200, vec![show_credential(call, &call.account.credentials[place])]))
}

pub(crate) fn data_centers(call: &mut Call<'_>) -> Outcome {
    let show = |region: &Region| {
        let mut capabilities = vec!["VPS", "VDS", "Private-Networking"];
        if region.s3.is_some() {
            capabilities.push("Object-Storage");
        }
        call.entry(json!({
            "name": region.data_center,
            "slug": region.data_center_slug,
            "capabilities": capabilities,
            "s3Url": region.s3.unwrap_or("none"),
            "regionName": region.name,
            "regionSlug": region.slug,
        }))
    };
    let filters = [
        Filter::Equals("slug"),
        Filter::Contains("name"),
        Filter::Contains("regionName"),
        Filter::Equals("regionSlug"),
    ];
    call.list(REGIONS.iter().map(show).collect(), &filters)
}
