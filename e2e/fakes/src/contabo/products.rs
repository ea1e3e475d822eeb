//! What Contabo sells and where, as far as an instance shows it: by the product lists of its documents of 2022 to 2026.
//! No prices: the API has none, but for upgrade offers, whose prices here are invented.

/// A plan of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Product {
    pub id: &'static str,
    pub name: &'static str,
    /// `hdd`, `ssd`, `vds`, `nvme` or `performance`.
    pub kind: &'static str,
    pub cores: i64,
    pub ram_gb: i64,
    pub disk_gb: i64,
    pub mbit: i64,
    /// How many snapshots it may have.
    pub snapshots: usize,
}

impl Product {
    pub(crate) fn find(id: &str) -> Option<&'static Self> {
        PRODUCTS.iter().find(|product| product.id == id)
    }

    /// What this one may be changed to: the same family, upward.
    pub(crate) fn upgrades(&self) -> impl Iterator<Item = &'static Self> {
        let current = *self;
        PRODUCTS.iter().filter(move |other| {
            let family = |product: &Self| product.name.trim_end_matches(|letter: char| letter.is_ascii_digit());
            family(other) == family(&current) && other.kind == current.kind && other.disk_gb > current.disk_gb
        })
    }
}

const fn product(
    id: &'static str,
    name: &'static str,
    kind: &'static str,
    [cores, ram_gb, disk_gb, mbit]: [i64; 4],
    snapshots: usize,
) -> Product {
    Product {
        id,
        name,
        kind,
        cores,
        ram_gb,
        disk_gb,
        mbit,
        snapshots,
    }
}

/// The newest first, then what only older instances have; a line each, so that it reads as a table.
#[rustfmt::skip]
pub const PRODUCTS: &[Product] = &[
    product("V153", "Cloud VPS 4", "ssd", [4, 8, 100, 200], 1),
    product("V154", "Cloud VPS 6", "ssd", [6, 12, 200, 300], 2),
    product("V155", "Cloud VPS 8", "ssd", [8, 24, 300, 600], 3),
    product("V156", "Cloud VPS 12", "ssd", [12, 48, 400, 800], 3),
    product("V157", "Cloud VPS 16", "ssd", [16, 64, 500, 1000], 3),
    product("V158", "Cloud VPS 18", "ssd", [18, 96, 600, 1000], 3),
    product("V159", "Cloud VPS Plus 4", "nvme", [4, 8, 150, 500], 5),
    product("V160", "Cloud VPS Plus 6", "nvme", [6, 12, 300, 500], 5),
    product("V161", "Cloud VPS Plus 8", "nvme", [8, 24, 450, 1000], 5),
    product("V162", "Cloud VPS Plus 12", "nvme", [12, 48, 600, 1000], 5),
    product("V163", "Cloud VPS Plus 16", "nvme", [16, 64, 750, 1000], 5),
    product("V164", "Cloud VPS Plus 18", "nvme", [18, 96, 900, 1000], 5),
    product("V93", "VPS 10 Storage", "ssd", [2, 4, 300, 200], 0),
    product("V96", "VPS 20 Storage", "ssd", [3, 8, 400, 300], 0),
    product("V99", "VPS 30 Storage", "ssd", [6, 18, 1000, 600], 0),
    product("V102", "VPS 40 Storage", "ssd", [8, 30, 1200, 800], 0),
    product("V105", "VPS 50 Storage", "ssd", [14, 50, 1400, 1000], 0),
    product("V8", "VDS S", "vds", [6, 24, 180, 250], 0),
    product("V9", "VDS M", "vds", [8, 32, 240, 500], 0),
    product("V10", "VDS L", "vds", [12, 48, 360, 750], 0),
    product("V11", "VDS XL", "vds", [16, 64, 480, 1000], 0),
    product("V16", "VDS XXL", "vds", [24, 96, 720, 1000], 0),
    product("V91", "Cloud VPS 10 NVMe (no setup)", "nvme", [4, 8, 75, 200], 1),
    product("V92", "Cloud VPS 10 SSD (no setup)", "ssd", [4, 8, 150, 200], 1),
    product("V94", "Cloud VPS 20 NVMe (no setup)", "nvme", [6, 12, 100, 300], 2),
    product("V95", "Cloud VPS 20 SSD (no setup)", "ssd", [6, 12, 200, 300], 2),
    product("V97", "Cloud VPS 30 NVMe (no setup)", "nvme", [8, 24, 200, 600], 3),
    product("V98", "Cloud VPS 30 SSD (no setup)", "ssd", [8, 24, 400, 600], 3),
    product("V100", "Cloud VPS 40 NVMe (no setup)", "nvme", [12, 48, 250, 800], 3),
    product("V101", "Cloud VPS 40 SSD (no setup)", "ssd", [12, 48, 500, 800], 3),
    product("V103", "Cloud VPS 50 NVMe (no setup)", "nvme", [16, 64, 300, 1000], 3),
    product("V104", "Cloud VPS 50 SSD (no setup)", "ssd", [16, 64, 600, 1000], 3),
    product("V106", "Cloud VPS 60 NVMe (no setup)", "nvme", [18, 96, 350, 1000], 3),
    product("V107", "Cloud VPS 60 SSD (no setup)", "ssd", [18, 96, 700, 1000], 3),
    // Older still: ids and disks are known, mostly; cores, memory and ports are near enough.
    product("V67", "Cloud VPS 1 NVMe (no setup)", "nvme", [2, 4, 60, 100], 1),
    product("V68", "Cloud VPS 2 NVMe (no setup)", "nvme", [4, 6, 75, 200], 1),
    product("V69", "Cloud VPS 3 NVMe (no setup)", "nvme", [6, 12, 100, 300], 2),
    product("V70", "Cloud VPS 4 NVMe (no setup)", "nvme", [8, 18, 150, 400], 2),
    product("V71", "Cloud VPS 5 NVMe (no setup)", "nvme", [8, 24, 200, 600], 3),
    product("V72", "Cloud VPS 6 NVMe (no setup)", "nvme", [12, 48, 300, 800], 3),
    product("V73", "Cloud VPS 7 NVMe (no setup)", "nvme", [16, 64, 400, 1000], 3),
    product("V74", "Cloud VPS 8 NVMe (no setup)", "nvme", [18, 96, 600, 1000], 3),
    product("V75", "Cloud VPS 1 SSD (no setup)", "ssd", [2, 4, 100, 100], 1),
    product("V76", "Cloud VPS 2 SSD (no setup)", "ssd", [4, 6, 150, 200], 1),
    product("V77", "Cloud VPS 3 SSD (no setup)", "ssd", [6, 12, 200, 300], 2),
    product("V78", "Cloud VPS 4 SSD (no setup)", "ssd", [8, 18, 300, 400], 2),
    product("V79", "Cloud VPS 5 SSD (no setup)", "ssd", [8, 24, 400, 600], 3),
    product("V80", "Cloud VPS 6 SSD (no setup)", "ssd", [12, 48, 600, 800], 3),
    product("V81", "Cloud VPS 7 SSD (no setup)", "ssd", [16, 64, 800, 1000], 3),
    product("V83", "Cloud VPS 8 SSD (no setup)", "ssd", [18, 96, 1200, 1000], 3),
    product("V84", "Cloud VPS 1 Storage (no setup)", "ssd", [2, 4, 600, 100], 0),
    product("V85", "Cloud VPS 2 Storage (no setup)", "ssd", [4, 6, 800, 200], 0),
    product("V86", "Cloud VPS 3 Storage (no setup)", "ssd", [6, 12, 1200, 300], 0),
    product("V87", "Cloud VPS 4 Storage (no setup)", "ssd", [8, 18, 1600, 400], 0),
    product("V88", "Cloud VPS 5 Storage (no setup)", "ssd", [8, 24, 2400, 600], 0),
    product("V89", "Cloud VPS 6 Storage (no setup)", "ssd", [12, 48, 3600, 800], 0),
    product("V45", "VPS 1 SSD (no setup)", "ssd", [4, 6, 400, 200], 1),
    product("V46", "VPS 1 NVMe (no setup)", "nvme", [4, 6, 100, 200], 1),
    product("V47", "VPS 1 Storage (no setup)", "ssd", [4, 6, 800, 200], 0),
    product("V48", "VPS 2 SSD (no setup)", "ssd", [6, 16, 400, 400], 2),
    product("V49", "VPS 2 NVMe (no setup)", "nvme", [6, 16, 200, 400], 2),
    product("V50", "VPS 2 Storage (no setup)", "ssd", [6, 16, 800, 400], 0),
    product("V51", "VPS 3 SSD (no setup)", "ssd", [8, 24, 1200, 600], 3),
    product("V52", "VPS 3 NVMe (no setup)", "nvme", [8, 24, 300, 600], 3),
    product("V53", "VPS 3 Storage (no setup)", "ssd", [8, 24, 2400, 600], 0),
    product("V54", "VPS 4 SSD (no setup)", "ssd", [12, 48, 1600, 800], 3),
    product("V55", "VPS 4 NVMe (no setup)", "nvme", [12, 48, 400, 800], 3),
    product("V56", "VPS 4 Storage (no setup)", "ssd", [12, 48, 3200, 800], 0),
    product("V57", "VPS 5 SSD (no setup)", "ssd", [16, 64, 2000, 1000], 3),
    product("V58", "VPS 5 NVMe (no setup)", "nvme", [16, 64, 500, 1000], 3),
    product("V59", "VPS 5 Storage (no setup)", "ssd", [16, 64, 4000, 1000], 0),
    product("V60", "VPS 6 SSD (no setup)", "ssd", [18, 96, 2400, 1000], 3),
    product("V61", "VPS 6 NVMe (no setup)", "nvme", [18, 96, 600, 1000], 3),
    product("V62", "VPS 6 Storage (no setup)", "ssd", [18, 96, 4800, 1000], 0),
    product("V1", "VPS S SSD (no setup)", "ssd", [4, 8, 200, 200], 1),
    product("V2", "VPS M SSD (no setup)", "ssd", [6, 16, 400, 400], 2),
    product("V3", "VPS L SSD (no setup)", "ssd", [8, 30, 800, 600], 3),
    product("V4", "VPS XL SSD (no setup)", "ssd", [10, 60, 1600, 1000], 3),
    product("V12", "VPS S NVMe (no setup)", "nvme", [4, 8, 50, 200], 1),
    product("V13", "VPS M NVMe (no setup)", "nvme", [6, 16, 100, 400], 2),
    product("V14", "VPS L NVMe (no setup)", "nvme", [8, 30, 200, 600], 3),
    product("V15", "VPS XL NVMe (no setup)", "nvme", [10, 60, 400, 1000], 3),
    product("V35", "VPS S Storage (no setup)", "hdd", [4, 8, 400, 200], 0),
    product("V36", "VPS M Storage (no setup)", "hdd", [6, 16, 800, 400], 0),
    product("V37", "VPS L Storage (no setup)", "hdd", [8, 30, 1600, 600], 0),
    product("V38", "VPS XL Storage (no setup)", "hdd", [10, 60, 3200, 1000], 0),
    product("V40", "VPS XS SSD (no setup)", "ssd", [2, 4, 100, 100], 1),
    product("V41", "VPS XS NVMe (no setup)", "nvme", [2, 4, 50, 100], 1),
];

/// A part of the world, and its data centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// As in `region`.
    pub slug: &'static str,
    pub name: &'static str,
    pub data_center: &'static str,
    pub data_center_slug: &'static str,
    /// The host of its object storage, where it has one.
    pub s3: Option<&'static str>,
}

impl Region {
    pub(crate) fn find(slug: &str) -> Option<&'static Self> {
        REGIONS.iter().find(|region| region.slug == slug)
    }
}

const fn region(
    slug: &'static str,
    name: &'static str,
    data_center: &'static str,
    data_center_slug: &'static str,
    s3: Option<&'static str>,
) -> Region {
    Region {
        slug,
        name,
        data_center,
        data_center_slug,
        s3,
    }
}

pub const REGIONS: &[Region] = &[
    region(
        "EU",
        "European Union",
        "European Union 1",
        "EU1",
        Some("https://eu2.contabostorage.com"),
    ),
    region(
        "US-central",
        "United States (Central)",
        "United States 1",
        "US1",
        Some("https://usc1.contabostorage.com"),
    ),
    region("US-east", "United States (East)", "United States East 1", "USE1", None),
    region("US-west", "United States (West)", "United States West 1", "USW1", None),
    region(
        "SIN",
        "Singapore",
        "Singapore 1",
        "SIN1",
        Some("https://sin1.contabostorage.com"),
    ),
    region("UK", "United Kingdom", "United Kingdom 1", "UK1", None),
    region("AUS", "Australia", "Australia 1", "AUS1", None),
    region("JPN", "Japan", "Japan 1", "JPN1", None),
    region("IND", "India", "India 1", "IND1", None),
];

/// The add-on of private networking.
pub const PRIVATE_NETWORKING: i64 = 1477;
/// The add-on that many orders come with; what it means is not known.
pub(crate) const USUAL: i64 = 1501;
/// Invented: Contabo's number of the backup add-on is not published.
pub const BACKUP: i64 = 1431;
/// Invented, likewise.
pub(crate) const ADDITIONAL_IP: i64 = 1019;
/// Invented, likewise.
pub(crate) const CUSTOM_IMAGES: i64 = 1470;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_upgrades_stay_in_the_family() {
        for (at, product) in PRODUCTS.iter().enumerate() {
            assert!(
                !PRODUCTS[..at].iter().any(|other| other.id == product.id),
                "{}",
                product.id
            );
        }
        let small = Product::find("V153").expect("it is sold");
        let ids: Vec<&str> = small.upgrades().map(|product| product.id).collect();
        assert_eq!(ids, ["V154", "V155", "V156", "V157", "V158"]);
        let largest = Product::find("V16").expect("it is sold");
        assert_eq!(largest.upgrades().count(), 0);
    }
}
