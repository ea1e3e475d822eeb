//! `GET` and `POST /admin/firewalls/{firewall}/rules`: all rules of a firewall in one form.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::firewalls::rules::{Row, RulesPage},
    text::Lang,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use crate::{
    domain::{
        contabo::{
            actions::ThingAsked,
            networks::firewalls::{MOST_RULES, Wrong, rules},
            resources::{Firewall, Mirrored, Rule},
        },
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Listing, things},
        guard::Staff,
        route, see_other_telling,
    },
};

/// Empty rows below those that are filled.
const EMPTY: usize = 3;

pub(in crate::web) async fn get(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Firewall>(&staff, *id).await?;
    let mut rows: Vec<Row> = found.thing.rules.iter().map(row).collect();
    rows.extend(ready(&listing.filter("add")));
    Ok(form(page, StatusCode::OK, found, rows, None))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Firewall>(&staff, *id).await?;
    let lang = page.lang();
    let rules = match rules(&typed) {
        Ok(rules) => rules,
        Err(wrong) => {
            let rows = again(&typed, &wrong, lang);
            return Ok(form(page, StatusCode::UNPROCESSABLE_ENTITY, found, rows, None));
        }
    };
    let asked = ThingAsked::ReplaceRules {
        firewall: found.thing.id.clone(),
        name: found.thing.name.clone(),
        rules,
    };
    match things::ask(&site, &staff, found.account, asked, None, lang).await? {
        Ok(()) => {
            let href = route::AdminFirewall { firewall: *id };
            Ok(see_other_telling(href, "done-thing-asked"))
        }
        Err(why) => {
            let rows = again(&typed, &[], lang);
            Ok(form(page, StatusCode::CONFLICT, found, rows, Some(why)))
        }
    }
}

fn form(
    page: Page,
    status: StatusCode,
    found: Mirrored<Firewall>,
    mut rows: Vec<Row>,
    refused: Option<String>,
) -> HttpResponse {
    let empty = EMPTY.min(MOST_RULES.saturating_sub(rows.len()));
    rows.extend(std::iter::repeat_n(
        Row {
            protocol: "tcp".to_owned(),
            is_active: true,
            ..Row::default()
        },
        empty,
    ));
    let href = route::AdminFirewall { firewall: found.id }.to_string();
    let name = found.thing.name;
    page.at(things::AT).with_status(status, move || {
        view! { <RulesPage name=name href=href rows=rows refused=refused/> }
    })
}

fn row(rule: &Rule) -> Row {
    Row {
        protocol: match rule.protocol.as_str() {
            "" => "any".to_owned(),
            word => word.to_owned(),
        },
        ports: rule.ports.join(", "),
        sources: rule.sources.join(", "),
        name: rule.name.clone(),
        is_active: rule.is_active,
        errors: Vec::new(),
    }
}

/// The rows as they were typed, without empty ones, with what is wrong with them.
fn again(typed: &Typed, wrong: &[Wrong], lang: Lang) -> Vec<Row> {
    let rows = (0..MOST_RULES).map(|at| {
        let part = typed.part(&format!("{at}."));
        let errors = wrong.iter().filter(|(row, ..)| *row == at);
        let errors = errors.map(|(_, field, reason)| (*field, things::complaint(lang, *reason).into_owned()));
        Row {
            protocol: part.text("protocol"),
            ports: part.text("ports"),
            sources: part.text("sources"),
            name: part.text("name"),
            is_active: part.is_ticked("is_active"),
            errors: errors.collect(),
        }
    });
    rows.filter(|row| !(row.ports.is_empty() && row.sources.is_empty() && row.name.is_empty()))
        .collect()
}

/// A row to begin with, by its name in the query.
fn ready(key: &str) -> Option<Row> {
    let (protocol, ports, name) = match key {
        "ssh" => ("tcp", "22", "SSH"),
        "http" => ("tcp", "80, 443", "HTTP, HTTPS"),
        "ping" => ("icmp", "", "Ping"),
        "wireguard" => ("udp", "51820", "WireGuard"),
        "rdp" => ("tcp", "3389", "RDP"),
        _ => return None,
    };
    Some(Row {
        protocol: protocol.to_owned(),
        ports: ports.to_owned(),
        sources: "any".to_owned(),
        name: name.to_owned(),
        is_active: true,
        errors: Vec::new(),
    })
}
