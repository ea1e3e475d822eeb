//! From Contabo's answer to a row, and what differs between two rows.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use contabo::Instance;
use entity::{ContaboAccountId, InstanceId, TenantId, instance};
use sea_orm::ActiveValue::Set;
use serde_json::{Map, Value, json};

use crate::domain::contabo::instances::{Address, Details};

/// Named values, as changes keep them.
pub(super) type Fields = Map<String, Value>;

/// What Contabo says of an instance, as it is kept.
#[must_use]
pub fn details(found: &Instance) -> Details {
    let ips = found.ip_config.as_ref();
    let whole = |number: Option<f64>| {
        number
            .filter(|number| *number >= 0.0)
            .map(|number| number.round() as u64)
    };
    Details {
        product_id: found.product_id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
        product_name: found.product_name.clone().unwrap_or_default(),
        product_type: word(found.product_type.as_ref()),
        region: word(found.region.as_ref()),
        region_name: found.region_name.clone().unwrap_or_default(),
        data_center: found.data_center.clone().unwrap_or_default(),
        image_id: found.image_id.as_ref().map(|id| id.0.clone()),
        os_type: found.os_type.clone().unwrap_or_default(),
        default_user: found.default_user.as_ref().map(|user| word(Some(user))),
        cpu_cores: found.cpu_cores.and_then(|cores| u32::try_from(cores).ok()),
        ram: whole(found.ram_mb),
        disk: whole(found.disk_mb),
        ipv4: ips.and_then(|ips| address(ips.v4.as_ref()?)),
        ipv6: ips.and_then(|ips| address(ips.v6.as_ref()?)),
        additional: found
            .additional_ips
            .iter()
            .filter_map(|one| address(one.v4.as_ref()?))
            .collect(),
        mac: found.mac_address.clone(),
        ssh_keys: found.ssh_keys.iter().map(|key| key.0).collect(),
        add_ons: found
            .add_ons
            .iter()
            .map(|add_on| (add_on.id.0, add_on.quantity.unwrap_or(1)))
            .collect(),
        created_at: found.created_date,
    }
}

fn word(word: Option<&impl ToString>) -> String {
    word.map(ToString::to_string).unwrap_or_default()
}

/// None where it is no address: one is not given yet, as a rule.
fn address(found: &contabo::Address) -> Option<Address> {
    let ip: IpAddr = found.ip.as_deref()?.parse().ok()?;
    let longest = if ip.is_ipv4() { 32 } else { 128 };
    let prefix = found.netmask_cidr.and_then(|bits| u8::try_from(bits).ok());
    Some(Address {
        ip,
        prefix: prefix.filter(|bits| *bits <= longest).unwrap_or(longest),
        gateway: found.gateway.as_deref().and_then(|text| text.parse().ok()),
    })
}

/// The row of what was found; what Contabo does not know of it (its client, its lock) is that of `old`.
pub(super) fn row_of(
    tenant_id: TenantId,
    account: ContaboAccountId,
    found: &Instance,
    old: Option<&instance::Model>,
    now: DateTime<Utc>,
) -> instance::Model {
    let status = word(found.status.as_ref());
    // How long a new one has been in its state nobody saw.
    let since = old.and_then(|old| match old.status == status {
        true => old.status_since,
        false => Some(now),
    });
    instance::Model {
        tenant_id,
        id: old.map_or_else(InstanceId::new, |old| old.id),
        contabo_account_id: account,
        contabo_id: found.instance_id.0,
        name: found.name.clone(),
        display_name: found.display_name.clone(),
        status,
        error_message: found.error_message.clone().filter(|text| !text.is_empty()),
        details: serde_json::to_value(details(found)).unwrap_or_default(),
        client_id: old.and_then(|old| old.client_id),
        assigned_at: old.and_then(|old| old.assigned_at),
        locked_because: old.and_then(|old| old.locked_because.clone()),
        cancels_on: found.cancel_date,
        status_since: since,
        first_seen_at: old.map_or(now, |old| old.first_seen_at),
        gone_at: None,
        snapshots_read_at: old.and_then(|old| old.snapshots_read_at),
        seq: old.map_or(0, |old| old.seq),
    }
}

/// Whether Contabo says the same of it as before.
pub(super) fn is_same(old: &instance::Model, new: &instance::Model) -> bool {
    let same = instance::Model {
        seq: old.seq,
        ..new.clone()
    };
    same == *old
}

/// What differs, beside the status, which comes and goes.
pub(super) fn fields(old: &instance::Model, new: &instance::Model) -> (Fields, Fields) {
    let all = |row: &instance::Model| {
        let mut fields = match serde_json::to_value(Details::of(row)) {
            Ok(Value::Object(fields)) => fields,
            _ => Fields::new(),
        };
        fields.insert("name".to_owned(), json!(row.name));
        fields.insert("display_name".to_owned(), json!(row.display_name));
        fields.insert("cancels_on".to_owned(), json!(row.cancels_on));
        fields.insert("error_message".to_owned(), json!(row.error_message));
        fields
    };
    let (mut before, mut after) = (all(old), all(new));
    before.retain(|field, value| match after.get(field) {
        Some(same) if same == value => {
            after.remove(field);
            false
        }
        _ => true,
    });
    (before, after)
}

pub(super) fn active(row: instance::Model) -> instance::ActiveModel {
    instance::ActiveModel {
        tenant_id: Set(row.tenant_id),
        id: Set(row.id),
        contabo_account_id: Set(row.contabo_account_id),
        contabo_id: Set(row.contabo_id),
        name: Set(row.name),
        display_name: Set(row.display_name),
        status: Set(row.status),
        error_message: Set(row.error_message),
        details: Set(row.details),
        client_id: Set(row.client_id),
        assigned_at: Set(row.assigned_at),
        locked_because: Set(row.locked_because),
        cancels_on: Set(row.cancels_on),
        status_since: Set(row.status_since),
        first_seen_at: Set(row.first_seen_at),
        gone_at: Set(row.gone_at),
        snapshots_read_at: Set(row.snapshots_read_at),
        seq: Set(row.seq),
    }
}
