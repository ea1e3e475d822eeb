//! `GET /admin/networks/calculator`: about a block of addresses, without asking anybody.

use std::net::IpAddr;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        Subject,
        networks::calculator::{Calculator, Found, Overlap, OverlapsWith, Parts},
    },
    ui::FormState,
};
use ipnet::IpNet;
use leptos::prelude::*;

use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            networks::blocks,
            resources::{self, PrivateNetwork},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing, things},
        guard::Staff,
        route,
    },
};

/// Private blocks of which a free one is looked for (RFC 1918).
const PRIVATE: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (typed, parts) = (listing.filter("block"), listing.filter("parts"));
    let mut form = FormState::new()
        .with("block", typed.clone())
        .with("parts", parts.clone());
    let (mut found, mut status) = (None, StatusCode::OK);
    if !typed.is_empty() {
        let lang = page.lang();
        match blocks::parse(&typed) {
            Err(_) => form.reject("block", lang.t("problem-block")),
            Ok(block) => {
                let known = known(&site, &staff).await?;
                let split = match parts.trim_start_matches('/') {
                    "" => Ok(None),
                    length => length
                        .parse()
                        .map_err(|_| blocks::BadBlock::NotSmaller)
                        .and_then(|length| blocks::split(block, length))
                        .map(Some),
                };
                if split.is_err() {
                    form.reject("parts", lang.t("problem-block-parts"));
                }
                found = Some(about(block, split.ok().flatten(), known));
            }
        }
        if !form.is_valid() {
            status = StatusCode::UNPROCESSABLE_ENTITY;
        }
    }
    Ok(page
        .at(things::AT)
        .with_status(status, move || view! { <Calculator form=form found=found/> }))
}

/// Everything known that has addresses.
async fn known(site: &Site, staff: &Staff) -> Result<Vec<(IpNet, Subject, OverlapsWith)>, Error> {
    let board = admin::board(site, staff).await?;
    let networks = resources::all::<PrivateNetwork>(&staff.tenant.rows()).await?;
    let networks = networks.into_iter().filter_map(|one| {
        let subject = Subject {
            href: route::AdminNetwork { network: one.id }.to_string(),
            name: one.thing.name,
        };
        Some((blocks::parse(&one.thing.cidr).ok()?, subject, OverlapsWith::Network))
    });
    let mut known: Vec<_> = networks.collect();
    known.extend(servers(&board));
    known.extend(routers(&board));
    Ok(known)
}

/// The addresses of the servers, each by itself: the networks that they are in are Contabo's.
fn servers(board: &Snapshot) -> impl Iterator<Item = (IpNet, Subject, OverlapsWith)> {
    board.instances.values().flat_map(|now| {
        let details = &now.details;
        let main = [&details.ipv4, &details.ipv6].into_iter().flatten();
        let all = main.chain(&details.additional).map(|one| IpNet::from(one.ip));
        all.map(|one| (one, admin::instances::subject(now), OverlapsWith::Server))
    })
}

/// The routers whose address is no name.
fn routers(board: &Snapshot) -> impl Iterator<Item = (IpNet, Subject, OverlapsWith)> {
    board.routers.values().filter_map(|now| {
        let router = &now.router;
        let address: IpAddr = router.host.parse().ok().filter(|_| router.archived_at.is_none())?;
        let subject = Subject {
            name: router.name.clone(),
            href: route::AdminRouter { router: router.id }.to_string(),
        };
        Some((IpNet::from(address), subject, OverlapsWith::Router))
    })
}

fn about(block: IpNet, split: Option<(Vec<IpNet>, Option<u128>)>, known: Vec<(IpNet, Subject, OverlapsWith)>) -> Found {
    let taken: Vec<IpNet> = known.iter().map(|(net, ..)| *net).collect();
    let overlaps = known
        .into_iter()
        .filter(|(net, ..)| blocks::overlap(block, *net).is_some());
    let overlaps: Vec<Overlap> = overlaps
        .map(|(net, with, what)| Overlap {
            with,
            what,
            block: net.to_string(),
        })
        .collect();
    let inside = blocks::inside(block);
    let free = || {
        let around = PRIVATE.iter().filter_map(|net| blocks::parse(net).ok());
        let mut around = around.filter(|net| net.contains(&block));
        blocks::first_free(around.next()?, block.prefix_len(), &taken)
    };
    Found {
        block: block.to_string(),
        mask: inside.mask.map(|mask| mask.to_string()),
        broadcast: inside.broadcast.map(|broadcast| broadcast.to_string()),
        first: inside.first.to_string(),
        last: inside.last.to_string(),
        usable: inside.usable,
        free: (!overlaps.is_empty()).then(free).flatten().map(|net| net.to_string()),
        overlaps,
        parts: split.map(|(parts, all)| Parts {
            shown: parts
                .into_iter()
                .map(|part| {
                    (
                        part.to_string(),
                        taken.iter().any(|net| blocks::overlap(part, *net).is_some()),
                    )
                })
                .collect(),
            all,
        }),
    }
}
