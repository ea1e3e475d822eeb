//! `GET` and `POST /admin/firewalls/{firewall}/rules`: all rules of a firewall in one form.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::firewalls::{
        Beginning,
        rules::{Row, RulesPage, RulesUnfit},
    },
    text::Lang,
};
use entity::{ContaboAccountId, ContaboResourceId};
use leptos::prelude::*;

use crate::{
    domain::{
        contabo::{
            actions::{self, ThingAsked},
            networks::firewalls::{ANY_V4, ANY_V6, MOST_RULES, Ready, Wrong, fit_a_form, ready, rules},
            resources::{self, Firewall, Mirrored, Presets, Rule},
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
    let (mut rules, added) = (there, listing.filter("add"));
    let ready = ready_of(&staff, Some(found.account)).await?;
    if let Some(one) = ready.iter().find(|one| one.key == added)
        && rules.len() + one.rules.len() <= MOST_RULES
    {
        rules.extend(one.rules.iter().cloned());
    }
    let rows = rules.iter().map(row).collect();
    Ok(form(page, StatusCode::OK, (found, &ready), rows, None))
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
    let ready = ready_of(&staff, Some(found.account)).await?;
    let rules = match rules(&typed) {
        Ok(rules) => rules,
        Err(wrong) => {
            let rows = again(&typed, &wrong, lang);
            return Ok(form(
                page,
                StatusCode::UNPROCESSABLE_ENTITY,
                (found, &ready),
                rows,
                None,
            ));
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
            Ok(form(page, StatusCode::CONFLICT, (found, &ready), rows, Some(why)))
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

/// What rules can be begun with: ours, and Contabo's own of this account, or of all of them.
pub(super) async fn ready_of(staff: &Staff, account: Option<ContaboAccountId>) -> Result<Vec<Ready>, Error> {
    let rows = staff.tenant.rows();
    let presets = match account {
        Some(account) => resources::list::<Presets>(&rows, account).await?,
        None => resources::all::<Presets>(&rows).await?,
    };
    Ok(ready(presets.iter().flat_map(|one| &one.thing.all)))
}

/// As pages show it.
pub(super) fn beginning(one: &Ready) -> Beginning {
    Beginning {
        key: one.key.clone(),
        name: one.name.clone(),
        is_contabos: one.is_contabos,
    }
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
    (found, ready): (Mirrored<Firewall>, &[Ready]),
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
    let ready = ready.iter().map(beginning).collect();
    page.at(things::AT).with_status(status, move || {
        view! { <RulesPage name=name href=href ready=ready rows=rows refused=refused/> }
    })
}

fn row(rule: &Rule) -> Row {
    Row {
        protocol: match rule.protocol.as_str() {
            "" => "any".to_owned(),
            word => word.to_owned(),
        },
        ports: rule.ports.join(", "),
        sources: match rule.sources.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [ANY_V4, ANY_V6] => "any".to_owned(),
            sources => sources.join(", "),
        },
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
