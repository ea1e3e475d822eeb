//! The products that were known when this was written, as figures: what a catalogue begins with when staff ask for it.
//! Without prices: those are Contabo's to change, and each tenant's own.

use entity::contabo_product::ProductKind;

use super::{STORAGE, add_on};

/// A product that is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) kind: ProductKind,
    pub(super) contabo_id: &'static str,
    pub(super) name: &'static str,
    pub(super) family: &'static str,
    /// Cores, memory in GiB, disk in GiB, port in Mbit/s, snapshots; none where that says nothing.
    pub(super) size: Option<[u16; 5]>,
    pub(super) disk_kind: &'static str,
    /// Older plans can no longer be ordered, but are what servers run on.
    pub(super) orderable: bool,
}

const fn plan(
    contabo_id: &'static str,
    name: &'static str,
    family: &'static str,
    disk_kind: &'static str,
    size: [u16; 5],
) -> Known {
    Known {
        kind: ProductKind::Instance,
        contabo_id,
        name,
        family,
        size: Some(size),
        disk_kind,
        orderable: true,
    }
}

const fn old(contabo_id: &'static str, name: &'static str, disk_kind: &'static str, size: [u16; 5]) -> Known {
    Known {
        orderable: false,
        ..plan(contabo_id, name, "Cloud VPS (2025)", disk_kind, size)
    }
}

const fn beside(kind: ProductKind, contabo_id: &'static str, name: &'static str, family: &'static str) -> Known {
    Known {
        kind,
        contabo_id,
        name,
        family,
        size: None,
        disk_kind: "",
        orderable: true,
    }
}

const CLOUD: &str = "Cloud VPS";
const PLUS: &str = "Cloud VPS Plus";
const STORE: &str = "Storage VPS";
const VDS: &str = "VDS";
const ADD_ONS: &str = "Add-ons";
const SSD: &str = "SSD";
const NVME: &str = "NVMe";

/// A line each, so that it reads as a table.
#[rustfmt::skip]
pub(super) const KNOWN: &[Known] = &[
    plan("V153", "Cloud VPS 4", CLOUD, SSD, [4, 8, 100, 200, 1]),
    plan("V154", "Cloud VPS 6", CLOUD, SSD, [6, 12, 200, 300, 2]),
    plan("V155", "Cloud VPS 8", CLOUD, SSD, [8, 24, 300, 600, 3]),
    plan("V156", "Cloud VPS 12", CLOUD, SSD, [12, 48, 400, 800, 3]),
    plan("V157", "Cloud VPS 16", CLOUD, SSD, [16, 64, 500, 1000, 3]),
    plan("V158", "Cloud VPS 18", CLOUD, SSD, [18, 96, 600, 1000, 3]),
    plan("V159", "Cloud VPS Plus 4", PLUS, NVME, [4, 8, 150, 500, 5]),
    plan("V160", "Cloud VPS Plus 6", PLUS, NVME, [6, 12, 300, 500, 5]),
    plan("V161", "Cloud VPS Plus 8", PLUS, NVME, [8, 24, 450, 1000, 5]),
    plan("V162", "Cloud VPS Plus 12", PLUS, NVME, [12, 48, 600, 1000, 5]),
    plan("V163", "Cloud VPS Plus 16", PLUS, NVME, [16, 64, 750, 1000, 5]),
    plan("V164", "Cloud VPS Plus 18", PLUS, NVME, [18, 96, 900, 1000, 5]),
    plan("V93", "VPS 10 Storage", STORE, SSD, [2, 4, 300, 200, 0]),
    plan("V96", "VPS 20 Storage", STORE, SSD, [3, 8, 400, 300, 0]),
    plan("V99", "VPS 30 Storage", STORE, SSD, [6, 18, 1000, 600, 0]),
    plan("V102", "VPS 40 Storage", STORE, SSD, [8, 30, 1200, 800, 0]),
    plan("V105", "VPS 50 Storage", STORE, SSD, [14, 50, 1400, 1000, 0]),
    plan("V8", "VDS S", VDS, NVME, [6, 24, 180, 250, 0]),
    plan("V9", "VDS M", VDS, NVME, [8, 32, 240, 500, 0]),
    plan("V10", "VDS L", VDS, NVME, [12, 48, 360, 750, 0]),
    plan("V11", "VDS XL", VDS, NVME, [16, 64, 480, 1000, 0]),
    plan("V16", "VDS XXL", VDS, NVME, [24, 96, 720, 1000, 0]),
    beside(ProductKind::Storage, STORAGE, "Object storage, 250 GB", "Object storage"),
    beside(ProductKind::AddOn, add_on::PRIVATE_NETWORKING, "Private networking", ADD_ONS),
    beside(ProductKind::AddOn, add_on::BACKUP, "Automatic backup", ADD_ONS),
    beside(ProductKind::AddOn, add_on::EXTRA_IPV4, "Further IPv4 address", ADD_ONS),
    beside(ProductKind::AddOn, add_on::CUSTOM_IMAGES, "Custom images", ADD_ONS),
    old("V91", "Cloud VPS 10 NVMe", NVME, [4, 8, 75, 200, 3]),
    old("V92", "Cloud VPS 10 SSD", SSD, [4, 8, 150, 200, 3]),
    old("V94", "Cloud VPS 20 NVMe", NVME, [6, 12, 100, 300, 3]),
    old("V95", "Cloud VPS 20 SSD", SSD, [6, 12, 200, 300, 3]),
    old("V97", "Cloud VPS 30 NVMe", NVME, [8, 24, 200, 600, 3]),
    old("V98", "Cloud VPS 30 SSD", SSD, [8, 24, 400, 600, 3]),
    old("V100", "Cloud VPS 40 NVMe", NVME, [12, 48, 250, 800, 3]),
    old("V101", "Cloud VPS 40 SSD", SSD, [12, 48, 500, 800, 3]),
    old("V103", "Cloud VPS 50 NVMe", NVME, [16, 64, 300, 1000, 3]),
    old("V104", "Cloud VPS 50 SSD", SSD, [16, 64, 600, 1000, 3]),
    old("V106", "Cloud VPS 60 NVMe", NVME, [18, 96, 350, 1000, 3]),
    old("V107", "Cloud VPS 60 SSD", SSD, [18, 96, 700, 1000, 3]),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_is_there_once_with_everything_that_can_be_ordered_beside_plans() {
        let ids: HashSet<&str> = KNOWN.iter().map(|known| known.contabo_id).collect();
        assert_eq!(ids.len(), KNOWN.len());
        assert!(ids.contains(STORAGE) && add_on::ALL.iter().all(|word| ids.contains(word)));
    }
}
