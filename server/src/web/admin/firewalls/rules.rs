//! `GET` and `POST /admin/firewalls/{firewall}/rules`: all rules of a firewall in one form.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::firewalls::rules::{Row, RulesPage, RulesUnfit},
    text::Lang,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use crate::{
    domain::{
        contabo::{
            actions::{self, ThingAsked},
            networks::firewalls::{MOST_RULES, Wrong, fit_a_form, rules},
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
    let there = rules_of(&staff, &found).await?;
    if !fit_a_form(&there) {
        return Ok(unfit(page, StatusCode::OK, found));
    }
    let mut rows: Vec<Row> = there.iter().map(row).collect();
    rows.extend(ready(&listing.filter("add")).filter(|_| there.len() < MOST_RULES));
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
    if !fit_a_form(&rules_of(&staff, &found).await?) {
        return Ok(unfit(page, StatusCode::CONFLICT, found));
    }
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

/// Those that were asked for last and wait yet; else those that are there.
async fn rules_of(staff: &Staff, found: &Mirrored<Firewall>) -> Result<Vec<Rule>, Error> {
    let open = actions::open_of_account(&staff.tenant.rows(), found.account).await?;
    let asked = open.iter().rev().find_map(|row| match ThingAsked::of(row) {
        Ok(ThingAsked::ReplaceRules { firewall, rules, .. }) if firewall == found.thing.id => Some(rules),
        _ => None,
    });
    Ok(asked.unwrap_or_else(|| found.thing.rules.clone()))
}

/// No form, which would lose some of the rules.
fn unfit(page: Page, status: StatusCode, found: Mirrored<Firewall>) -> HttpResponse {
    let href = route::AdminFirewall { firewall: found.id }.to_string();
    let name = found.thing.name;
    page.at(things::AT)
        .with_status(status, move || view! { <RulesUnfit name=name href=href/> })
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
