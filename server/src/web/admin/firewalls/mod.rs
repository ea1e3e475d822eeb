//! The staff's pages of firewalls.

pub(in crate::web) mod form;
pub(in crate::web) mod rules;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::admin::{
    firewalls::{
        Rule,
        list::{FirewallList, Row},
        show::{Behind, Firewall as Shown, FirewallPage},
    },
    things::delete::Doomed,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use crate::{
    domain::contabo::{
        actions::ThingAsked,
        resources::{self, Firewall, Mirrored, Thing},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self,
            things::{
                self,
                delete::{Deletable, Deletion},
            },
        },
        guard::{Staff, StaffPermission},
        route,
    },
};

/// `GET /admin/firewalls`.
pub(in crate::web) async fn list(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let accounts = things::accounts(&staff).await?;
    let found = resources::all::<Firewall>(&staff.tenant.rows()).await?;
    let rows = found.into_iter().map(|one| Row {
        href: route::AdminFirewall { firewall: one.id }.to_string(),
        account: accounts.name(one.account),
        is_active: one.thing.is_active,
        rules: one.thing.rules.len(),
        servers: one.thing.instances.len(),
        name: one.thing.name,
        description: one.thing.description,
    });
    let rows: Vec<Row> = rows.collect();
    let what_happens = things::happening(&staff, &board, Thing::Firewall, None).await?;
    let may_manage = staff.may(StaffPermission::ManageServers);
    let page = things::page_of(page, &board, &what_happens, false);
    Ok(page.ok(move || view! { <FirewallList firewalls=rows may_manage=may_manage what_happens=what_happens/> }))
}

/// `GET /admin/firewalls/{firewall}`.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    show(&site, &staff, *id, page, None).await
}

/// The page, perhaps with why what was just tried was not done.
pub(super) async fn show(
    site: &Site,
    staff: &Staff,
    id: ContaboResourceId,
    page: Page,
    refused: Option<String>,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Firewall>(staff, id).await?;
    let board = admin::board(site, staff).await?;
    let (account, firewall) = (found.account, found.thing);
    let may = staff.may(StaffPermission::ManageServers);
    let servers = firewall.instances.iter().map(|contabo_id| {
        let (state, error) = firewall.state_of(*contabo_id);
        let now = things::instance_of(&board, account, *contabo_id);
        let leave = now.filter(|_| may).map(|now| {
            let (instance, kind) = (now.instance.id, "leave_firewall".to_owned());
            format!("{}?thing={}", route::AdminServerAct { instance, kind }, firewall.id)
        });
        Behind {
            server: things::server(&board, account, *contabo_id),
            state: state.to_owned(),
            error: error.map(str::to_owned),
            leave_href: leave,
        }
    });
    let servers: Vec<Behind> = servers.collect();
    let others = things::servers(&board, account, |now| {
        !firewall.instances.contains(&now.instance.contabo_id)
    });
    let happening = things::happening(staff, &board, Thing::Firewall, Some((account, &firewall.id))).await?;
    let page = things::page_of(page, &board, &happening, refused.is_some());
    let status = match refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let shown = Shown {
        href: route::AdminFirewall { firewall: id }.to_string(),
        account: things::accounts(staff).await?.name(account),
        is_active: firewall.is_active,
        rules: firewall.rules.into_iter().map(rule).collect(),
        servers,
        others,
        join_action: may.then(|| route::AdminThingTie { thing: id }.to_string()),
        happening,
        refused,
        name: firewall.name,
        description: firewall.description,
    };
    Ok(page.with_status(status, move || view! { <FirewallPage firewall=shown/> }))
}

fn rule(rule: resources::Rule) -> Rule {
    Rule {
        accepts: rule.action != "drop",
        name: rule.name,
        protocol: rule.protocol,
        ports: rule.ports,
        sources: rule.sources,
        is_active: rule.is_active,
    }
}

impl Deletable for Firewall {
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion> {
        let firewall = found.id;
        Some(Deletion {
            at: things::AT,
            doomed: Doomed::Firewall,
            name: found.thing.name.clone(),
            href: route::AdminFirewall { firewall }.to_string(),
            action: route::AdminFirewallDelete { firewall }.to_string(),
            list: route::AdminFirewalls.to_string(),
            asked: ThingAsked::DeleteFirewall {
                firewall: found.thing.id.clone(),
                name: found.thing.name.clone(),
            },
        })
    }
}
