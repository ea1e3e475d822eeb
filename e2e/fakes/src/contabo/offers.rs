//! What an instance could become: larger plans, and other regions. Neither is done over the API: an offer can't be taken,
//! and a move is a ticket.

use serde_json::json;

use super::call::{Call, Outcome, Refusal};
use super::products::{self, Region};

/// Offers, with invented prices.
pub(crate) fn offers(call: &mut Call<'_>) -> Outcome {
    let instance = call.instance()?;
    let current = instance.product;
    let mut rows = Vec::new();
    for (place, product) in std::iter::once(current).chain(current.upgrades()).enumerate() {
        let price = 2.5 + f64::from(u32::try_from(product.ram_gb).unwrap_or(0)) * 0.45;
        let is_current = place == 0;
        let mut row = call.entry(json!({
            "instanceId": instance.id,
            "productId": product.id,
            "name": product.name,
            "category": product.kind,
            "ramSizeGb": product.ram_gb,
            "diskSizeGb": product.disk_gb,
            "cpuCores": product.cores,
            "netSpeed": product.mbit,
            "snapshots": product.snapshots,
            "vsPrice": price,
            "windowsPrice": 0,
            "backupPrice": 1.5,
            "storageExtensionPrice": 0,
            "locationFeePrice": if instance.region.slug == "EU" { 0.0 } else { 1.25 },
            "addonsPrice": 0,
            "hasStorageExtension": false,
            "hasBackupAddon": instance.has(products::BACKUP),
            "hasWindows": instance.os_type == "Windows",
            "hasLocationFee": instance.region.slug != "EU",
            "current": is_current,
            "liveMigrationAvailable": !is_current && instance.os_type != "Windows",
            "requiredConfirmations": [],
        }));
        if !is_current {
            row["offerId"] = json!(9_000 + place);
            if instance.os_type == "Windows" {
                row["liveMigrationDisabledReason"] = json!("windows_no_uefi");
            }
        }
        rows.push(row);
    }
    Ok(call.answer(200, rows))
}

pub(crate) fn check_region_change(call: &mut Call<'_>) -> Outcome {
    let instance = call.instance()?;
    if ["running", "stopped"].contains(&instance.status.as_str()) && instance.cancelled.is_none() {
        return Ok(call.nothing());
    }
    Err(Refusal::codes(400, &["instance_not_ready"]))
}

pub(crate) fn change_region(call: &mut Call<'_>) -> Outcome {
    let (id, here) = {
        let instance = call.instance()?;
        (instance.id, instance.region.slug)
    };
    let region = call.body["region"].as_str().unwrap_or_default();
    let region = match Region::find(region) {
        Some(region) if region.slug != here => region.slug,
        _ => return Err(Refusal::codes(400, &["invalid_region"])),
    };
    if !call.body["method"].is_string() {
        return Err(Refusal::codes(400, &["invalid_method"]));
    }
    let ticket = call.account.number("ticket", 7_100_001);
    call.note_instance(
        "UPDATED",
        id,
        json!({ "prev": { "region": here }, "new": { "region": region } }),
    );
    let fields = json!({ "ticketNumber": ticket });
    Ok(call.answer(200, vec![call.entry(fields)]))
}
