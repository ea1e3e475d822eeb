//! What the samples of these pages show: believable, and the same each time.

use chrono::{NaiveDate, TimeDelta};

use super::{
    connect::Connect,
    facts::{Address, Facts, Installed},
    history::{End, Past},
    list::Row,
    now::Open,
    schedules::Schedules,
    show::Server,
    snapshots::{Snapshot, Snapshots},
    staff::Provider,
    ties::{Named, Tie, Ties},
    words::{Act, Asked, Stage, Status},
};
use crate::{
    admin::instances::changes::{Changed, Field, Kind},
    samples,
};

const POWER: [Act; 11] = [
    Act::Restart,
    Act::Shutdown,
    Act::Stop,
    Act::Rescue,
    Act::ResetPassword,
    Act::Rename,
    Act::Reinstall,
    Act::TakeSnapshot,
    Act::RenameSnapshot,
    Act::SetReverseName,
    Act::RemoveReverseName,
];

fn day() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 12, 31)
}

pub(super) fn rows(hostile: Option<&str>) -> Vec<Row> {
    let named = |usual: &str| hostile.unwrap_or(usual).to_owned();
    let row = |at: usize, title: &str, status: Status, doing| Row {
        href: format!("/portal/servers/{at}"),
        title: named(title),
        name: Some(named(&format!("vmi20154{at}"))),
        client: Some(named("Acme Logistics GmbH")),
        status,
        doing,
        place: named("European Union"),
        addresses: vec![named(&format!("203.0.113.{at}")), format!("2001:db8:40:{at}::1")],
        product: named("Cloud VPS 6"),
        cores: Some(6),
        ram: Some(12_288),
        disk: Some(204_800),
        system: named("Linux"),
        image: (at < 4).then(|| named("ubuntu-24.04")),
        cancels_on: (at == 3).then(day).flatten(),
    };
    vec![
        row(1, "web-1", Status::Running, None),
        row(2, "web-2", Status::Running, Some(Act::Restart)),
        row(3, "old shop", Status::Stopped, None),
        row(4, "build", Status::Installing, Some(Act::Reinstall)),
        row(5, "mail", Status::Failed, None),
        row(6, "test", Status::Other(named("hibernating")), None),
    ]
}

pub(super) fn server(hostile: Option<&str>) -> Server {
    let named = |usual: &str| hostile.unwrap_or(usual).to_owned();
    let ago = |minutes| samples::now() - TimeDelta::minutes(minutes);
    let past = |asked, minutes, end, password: bool| Past {
        asked,
        detail: (matches!(end, End::Failed(_)) || hostile.is_some()).then(|| named("before the upgrade")),
        who: named("Alice Hartmann"),
        asked_at: ago(minutes),
        ended_at: Some(ago(minutes - 2)),
        end,
        password_href: password.then(|| "/portal/servers/1/actions/9/password".to_owned()),
    };
    let tie = |name: &str, state: &str| Tie {
        id: named("1"),
        name: named(name),
        href: Some("/admin/networks/1".to_owned()),
        addresses: vec![named("10.0.0.2/22")],
        state: named(state),
    };
    let address = |ip: &str, prefix, gateway: &str, is_v4| Address {
        ip: named(ip),
        prefix,
        gateway: Some(named(gateway)),
        is_v4,
    };
    let snapshot = |id: &str, name: &str, description: &str| Snapshot {
        id: id.to_owned(),
        name: named(name),
        description: named(description),
        system: named("Ubuntu 24.04"),
        taken_at: Some(ago(3_000)),
        kept_until: Some(ago(-40_000)),
    };
    Server {
        href: "/portal/servers/1".to_owned(),
        list_href: "/portal/servers".to_owned(),
        title: named("web-1"),
        client: Some(named("Acme Logistics GmbH")),
        status: Status::Running,
        since: Some(ago(13_000)),
        error: hostile.map(str::to_owned),
        locked: hostile.map(str::to_owned),
        cancels_on: day(),
        facts: Facts {
            name: named("vmi2015401"),
            addresses: vec![
                address("203.0.113.20", 22, "203.0.112.1", true),
                address("2001:db8:40:1::1", 64, "fe80::1", false),
            ],
            mac: Some(named("00:50:56:4a:11:2c")),
            product: named("Cloud VPS 6"),
            cores: Some(6),
            ram: Some(12_288),
            disk: Some(204_800),
            region: named("European Union"),
            data_centre: named("European Union 4"),
            system: named("Linux"),
            installed: Some(match hostile {
                Some(text) => Installed::Gone(text.to_owned()),
                None => Installed::There("ubuntu-24.04".to_owned()),
            }),
            default_user: Some(named("root")),
            created_at: Some(ago(400_000)),
            price: Some(named("EUR 12.00")),
        },
        open: vec![
            Open {
                asked: Asked::Server(Act::Restart),
                detail: None,
                stage: Stage::Unclear,
                who: named("Alice Hartmann"),
                asked_at: ago(1),
                withdraw_href: None,
            },
            Open {
                asked: Asked::Server(Act::TakeSnapshot),
                detail: Some(named("before the upgrade")),
                stage: Stage::Waiting,
                who: named("Alice Hartmann"),
                asked_at: ago(0),
                withdraw_href: Some("/portal/servers/1/actions/8/withdraw".to_owned()),
            },
        ],
        acts: [&POWER[..], &[Act::RollBack, Act::DeleteSnapshot]].concat(),
        past: vec![
            past(Asked::Server(Act::ResetPassword), 30, End::Done, true),
            past(
                Asked::Server(Act::TakeSnapshot),
                90,
                End::Failed(Some(named(
                    "Contabo refused: Total snapshots exceed the total max limit of 2 snapshots",
                ))),
                false,
            ),
            past(Asked::Server(Act::Restart), 400, End::Withdrawn, false),
            past(Asked::Unknown(named("move_to_the_moon")), 900, End::Done, false),
        ],
        ties: Ties {
            networks: vec![tie("backend", "restart")],
            firewalls: vec![tie("web", "processing")],
            addresses: vec![tie("198.51.100.7", "")],
            names: vec![
                Named {
                    ip: named("203.0.113.20"),
                    name: named("web-1.acme.example"),
                    is_v4: true,
                },
                Named {
                    ip: named("2001:db8:40:1::1"),
                    name: String::new(),
                    is_v4: false,
                },
            ],
        },
        snapshots: Snapshots {
            all: vec![
                snapshot("1", "before the upgrade", "Shop 4.1 still on it"),
                snapshot("2", "clean", ""),
            ],
            read_at: Some(ago(3)),
        },
        schedules: super::schedules::sample(hostile),
        connect: Connect {
            hosts: vec![named("203.0.113.20"), named("2001:db8:40:1::1")],
            user: Some(named("root")),
            is_windows: false,
            netplan: Some(named(
                "network:\n  version: 2\n  ethernets:\n    eth0:\n      dhcp4: false\n",
            )),
            ifupdown: Some(named(
                "auto eth0\n\niface eth0 inet static\n    address 203.0.113.20/22\n",
            )),
        },
        provider: None,
        refused: hostile.map(str::to_owned),
    }
}

/// Nothing under way, nothing known beside the name, nothing allowed.
pub(super) fn quiet() -> Server {
    Server {
        status: Status::Provisioning,
        since: None,
        cancels_on: None,
        facts: Facts {
            name: "vmi2015402".to_owned(),
            ..Facts::default()
        },
        open: Vec::new(),
        acts: Vec::new(),
        past: Vec::new(),
        ties: Ties::default(),
        snapshots: Snapshots::default(),
        schedules: Schedules::default(),
        connect: Connect::default(),
        ..server(None)
    }
}

pub(super) fn of_staff(hostile: Option<&str>) -> Server {
    let named = |usual: &str| hostile.unwrap_or(usual).to_owned();
    let ago = |minutes| samples::now() - TimeDelta::minutes(minutes);
    let change = |minutes, kind, fields| Changed {
        at: ago(minutes),
        kind,
        server: String::new(),
        thing: None,
        href: None,
        account: String::new(),
        fields,
        done_by: Some(named("bob@northbridge.example")),
    };
    let field = Field {
        name: named("display_name"),
        before: named("web-one"),
        after: named("web-1"),
    };
    let own = server(hostile);
    Server {
        href: "/admin/servers/1".to_owned(),
        list_href: "/admin/servers".to_owned(),
        locked: Some(named("The disk below it is being exchanged until noon.")),
        acts: [
            &own.acts[..],
            &[Act::Cancel, Act::JoinNetwork, Act::LeaveNetwork, Act::LeaveFirewall],
        ]
        .concat(),
        provider: Some(Provider {
            client: Some((named("Acme Logistics GmbH"), "/admin/clients/1".to_owned())),
            account: named("main account"),
            contabo_id: 201_541_337,
            manages: true,
            money: [Some(named("EUR 7.00")), Some(named("EUR 12.00")), None],
            order_href: Some("/admin/orders/1".to_owned()),
            tags: vec![crate::admin::Subject {
                name: named("production"),
                href: "/admin/tags/1".to_owned(),
            }],
            changes: vec![
                change(90, Kind::Changed, vec![field]),
                change(40_000, Kind::Appeared, Vec::new()),
            ],
        }),
        ..own
    }
}
