//! Who and what the demo shows: two providers, their customers, routers and links, and what befell the links.
//! Nothing here is real.

use chrono::{DateTime, Duration, Utc};
use fakes::traffic::{Both, Growth, Latency, Shape, Traffic};

use super::history::DAYS;

/// One provider.
#[derive(Debug)]
pub(super) struct Provider {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) zone: &'static str,
    /// ISO 4217, and what a month of 1 Mbit/s costs in its minor units.
    pub(super) price: (&'static str, i64),
    /// Minutes east of UTC where its customers live; the rhythm of the traffic follows it.
    pub(super) utc_offset_minutes: i32,
    pub(super) accent: Option<&'static str>,
    pub(super) clients: &'static [(&'static str, &'static str)],
    pub(super) routers: &'static [Router],
    pub(super) links: &'static [Link],
}

/// One router.
#[derive(Debug)]
pub(super) struct Router {
    pub(super) name: &'static str,
    pub(super) site: &'static str,
    pub(super) tls: bool,
    /// Whether anything answers at its address.
    pub(super) alive: bool,
    /// When it rebooted, in minutes before the demo began.
    pub(super) rebooted: Option<i64>,
}

/// One link. Its interface and its ping target follow from its place among its router's links.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) name: &'static str,
    pub(super) reference: &'static str,
    pub(super) client: &'static str,
    pub(super) router: &'static str,
    pub(super) kind: &'static str,
    /// Committed Mbit/s to the customer and from the customer.
    pub(super) mbit: (u64, u64),
    pub(super) profile: &'static str,
    pub(super) shape: Shape,
    /// Quickest round trip, microseconds.
    pub(super) rtt_us: u32,
    /// Lost probes in a million.
    pub(super) loss_ppm: u32,
    /// Its traffic becomes more by so many thousandths a week of what it was sixty days before the demo began.
    pub(super) grows_per_mille: u32,
    pub(super) events: &'static [Event],
}

/// What befell a link. Times are minutes before the demo began; lengths are minutes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// It was down.
    Outage { ago: i64, minutes: i64 },
    /// It went down and up again between two polls, so often and so many seconds in all.
    Flaps { ago: i64, times: u32, seconds: u32 },
    /// Nobody looked: the collector had no samples.
    Missing { ago: i64, minutes: i64 },
}

/// The maintenance night: minutes before the demo began, and its length.
pub(super) const MAINTENANCE_NIGHT: (i64, i64) = (9 * DAY + 4 * HOUR, 3 * HOUR);

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// An SLA profile of both providers. Millionths of a percent and microseconds.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) name: &'static str,
    pub(super) uptime: i64,
    pub(super) latency_us: i64,
    pub(super) loss: i64,
    /// Less than so much uptime earns so much of the fee.
    pub(super) credits: &'static [(u32, u32)],
}

pub(super) const PROFILES: &[Profile] = &[
    Profile {
        name: "Gold",
        uptime: 99_950_000,
        latency_us: 20_000,
        loss: 500_000,
        credits: &[
            (99_950_000, 10_000_000),
            (99_500_000, 25_000_000),
            (98_000_000, 50_000_000),
        ],
    },
    Profile {
        name: "Business",
        uptime: 99_500_000,
        latency_us: 40_000,
        loss: 1_000_000,
        credits: &[(99_500_000, 5_000_000), (98_000_000, 15_000_000)],
    },
];

pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        slug: "northwind",
        name: "Northwind Networks",
        zone: "Europe/Berlin",
        price: ("EUR", 190),
        utc_offset_minutes: 60,
        accent: None,
        clients: &[
            ("Harbour Hotels", "C-1001"),
            ("Kestrel Engineering", "C-1002"),
            ("Meadow Clinics", "C-1003"),
            ("Old Town Brewery", "C-1004"),
        ],
        routers: &[
            Router {
                name: "ber-edge-1",
                site: "Berlin, Lützowstraße",
                tls: true,
                alive: true,
                rebooted: None,
            },
            Router {
                name: "ham-edge-1",
                site: "Hamburg, Speicherstadt",
                tls: true,
                alive: true,
                rebooted: Some(17 * DAY + 190),
            },
            Router {
                name: "lei-access-2",
                site: "Leipzig, Hauptpost",
                tls: false,
                alive: true,
                rebooted: None,
            },
            Router {
                name: "lab-spare",
                site: "Berlin, workshop",
                tls: true,
                alive: false,
                rebooted: None,
            },
        ],
        links: &[
            Link {
                name: "Harbour Hotels · Hamburg",
                reference: "NW-20417",
                client: "Harbour Hotels",
                router: "ham-edge-1",
                kind: "ILL",
                mbit: (500, 500),
                profile: "Gold",
                shape: Shape::Residential,
                rtt_us: 3_900,
                loss_ppm: 40,
                grows_per_mille: 0,
                events: &[
                    // Before the longest month: whenever a demo begins, a report has it.
                    Event::Outage {
                        ago: 33 * DAY + 250,
                        minutes: 55,
                    },
                    Event::Outage {
                        ago: 23 * DAY + 410,
                        minutes: 65,
                    },
                    Event::Outage {
                        ago: 2 * DAY + 95,
                        minutes: 20,
                    },
                ],
            },
            Link {
                name: "Harbour Hotels · Berlin",
                reference: "NW-20418",
                client: "Harbour Hotels",
                router: "ber-edge-1",
                kind: "ILL",
                mbit: (200, 200),
                profile: "Gold",
                shape: Shape::Residential,
                rtt_us: 1_700,
                loss_ppm: 0,
                grows_per_mille: 30,
                events: &[
                    Event::Flaps {
                        ago: 5 * DAY + 200,
                        times: 3,
                        seconds: 41,
                    },
                    Event::Flaps {
                        ago: 5 * DAY + 195,
                        times: 2,
                        seconds: 17,
                    },
                    Event::Flaps {
                        ago: 3 * DAY + 845,
                        times: 4,
                        seconds: 66,
                    },
                    Event::Flaps {
                        ago: DAY + 30,
                        times: 1,
                        seconds: 8,
                    },
                ],
            },
            Link {
                name: "Harbour Hotels · Leipzig",
                reference: "NW-20533",
                client: "Harbour Hotels",
                router: "lei-access-2",
                kind: "Broadband",
                mbit: (250, 50),
                profile: "Business",
                shape: Shape::Residential,
                rtt_us: 8_200,
                loss_ppm: 300,
                grows_per_mille: 0,
                events: &[
                    Event::Outage {
                        ago: 33 * DAY + 780,
                        minutes: 310,
                    },
                    Event::Outage {
                        ago: 40,
                        minutes: 100_000,
                    },
                ],
            },
            Link {
                name: "Kestrel headquarters",
                reference: "NW-18830",
                client: "Kestrel Engineering",
                router: "ber-edge-1",
                kind: "ILL",
                mbit: (1_000, 1_000),
                profile: "Gold",
                shape: Shape::Office,
                rtt_us: 1_200,
                loss_ppm: 0,
                grows_per_mille: 0,
                events: &[Event::Outage {
                    ago: 34 * DAY + 610,
                    minutes: 15,
                }],
            },
            Link {
                name: "Kestrel backup site",
                reference: "NW-18831",
                client: "Kestrel Engineering",
                router: "lei-access-2",
                kind: "MPLS",
                mbit: (500, 500),
                profile: "Business",
                shape: Shape::NightBackup,
                rtt_us: 6_100,
                loss_ppm: 0,
                grows_per_mille: 0,
                events: &[
                    // Before the longest month, as that of the first link: something to say that it does not count.
                    Event::Outage {
                        ago: 33 * DAY + 900,
                        minutes: 45,
                    },
                    Event::Missing {
                        ago: 12 * DAY + 300,
                        minutes: 460,
                    },
                    Event::Missing {
                        ago: 4 * DAY + 600,
                        minutes: 95,
                    },
                ],
            },
            Link {
                name: "Meadow Clinics · main",
                reference: "NW-21002",
                client: "Meadow Clinics",
                router: "ham-edge-1",
                kind: "MPLS",
                mbit: (300, 300),
                profile: "Gold",
                shape: Shape::Office,
                rtt_us: 4_400,
                loss_ppm: 80,
                grows_per_mille: 0,
                events: &[Event::Outage {
                    ago: 33 * DAY + 620,
                    minutes: 45,
                }],
            },
            Link {
                name: "Meadow Clinics · imaging",
                reference: "NW-21003",
                client: "Meadow Clinics",
                router: "ham-edge-1",
                kind: "Wireless",
                mbit: (100, 100),
                profile: "Business",
                shape: Shape::DataCentre,
                rtt_us: 52_000,
                loss_ppm: 20_000,
                grows_per_mille: 0,
                events: &[Event::Outage {
                    ago: 14 * DAY + 880,
                    minutes: 40,
                }],
            },
            Link {
                name: "Old Town Brewery",
                reference: "NW-19455",
                client: "Old Town Brewery",
                router: "lei-access-2",
                kind: "Broadband",
                mbit: (100, 40),
                profile: "Business",
                shape: Shape::Office,
                rtt_us: 7_600,
                loss_ppm: 120,
                grows_per_mille: 0,
                events: &[Event::Outage {
                    ago: 47 * DAY + 100,
                    minutes: 180,
                }],
            },
        ],
    },
    Provider {
        slug: "baltic",
        name: "Baltic Fibre",
        zone: "Europe/Riga",
        price: ("EUR", 160),
        utc_offset_minutes: 120,
        accent: Some("#8a5a00"),
        clients: &[("Amber Logistics", "A-1"), ("Riga Data Barn", "A-2")],
        routers: &[Router {
            name: "rix-core-1",
            site: "Riga, Teika",
            tls: true,
            alive: true,
            rebooted: None,
        }],
        links: &[
            Link {
                name: "Amber warehouse",
                reference: "BF-301",
                client: "Amber Logistics",
                router: "rix-core-1",
                kind: "ILL",
                mbit: (200, 200),
                profile: "Business",
                shape: Shape::Office,
                rtt_us: 2_300,
                loss_ppm: 0,
                grows_per_mille: 0,
                events: &[Event::Outage {
                    ago: 8 * DAY + 720,
                    minutes: 30,
                }],
            },
            Link {
                name: "Data Barn transit",
                reference: "BF-340",
                client: "Riga Data Barn",
                router: "rix-core-1",
                kind: "ILL",
                mbit: (2_000, 2_000),
                profile: "Gold",
                shape: Shape::DataCentre,
                rtt_us: 1_100,
                loss_ppm: 0,
                grows_per_mille: 0,
                events: &[],
            },
        ],
    },
];

impl Provider {
    /// The links of one router, in the order of its interfaces.
    pub(super) fn links_of(&self, router: &str) -> impl Iterator<Item = &'static Link> {
        self.links.iter().filter(move |link| link.router == router)
    }
}

impl Link {
    /// What flows over it in a demo that began then. The router's `tx` is the customer's download.
    pub(super) fn traffic(&self, provider: &Provider, begun: DateTime<Utc>) -> Traffic {
        Traffic {
            seed: self.seed(),
            shape: self.shape,
            ceiling_bps: Both {
                rx: self.mbit.1 * 1_000_000,
                tx: self.mbit.0 * 1_000_000,
            },
            utc_offset_minutes: provider.utc_offset_minutes,
            growth: Some(Growth {
                per_mille_a_week: self.grows_per_mille,
                from_ms: (begun - Duration::days(DAYS)).timestamp_millis(),
            }),
        }
    }

    /// How its ping target answers.
    pub(super) fn latency(&self, provider: &Provider) -> Latency {
        Latency {
            seed: self.seed(),
            base_us: self.rtt_us,
            jitter_us: self.rtt_us / 3,
            loss_ppm: self.loss_ppm,
            shape: self.shape,
            utc_offset_minutes: provider.utc_offset_minutes,
        }
    }

    /// Whether it is down at the time that lies so many minutes before the demo began; negative: after.
    pub(super) fn is_down(&self, minutes_ago: i64) -> bool {
        self.events.iter().any(|event| match *event {
            Event::Outage { ago, minutes } => minutes_ago <= ago && minutes_ago > ago - minutes,
            Event::Flaps { .. } | Event::Missing { .. } => false,
        })
    }

    /// FNV-1a of the reference: the same link has the same past in every demo.
    fn seed(&self) -> u64 {
        self.reference.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        })
    }
}
