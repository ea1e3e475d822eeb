//! `GET` and `POST /admin/routers/{router}/links/new`: makes links of interfaces that were picked on its page.

use actix_web::{HttpResponse, web};
use app::{
    admin::routers::pick::{NewLink as Block, PickLinks},
    ui::FormState,
};
use entity::{RouterId, router_check};
use leptos::prelude::*;

use super::{find_current, report};
use crate::{
    domain::{
        board::Snapshot,
        links::{
            change::{self, NewLink},
            setup::SetUp,
        },
        problem::Problem,
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self,
            links::{FIELDS, choices},
        },
        guard::Staff,
        route, see_other_telling,
    },
    work::collector::check::SeenInterface,
};

/// More links than this are not made in one go: the form would be endless.
const MOST: usize = 48;

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    query: web::Query<Vec<(String, String)>>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    find_current(&board, *id)?;
    let seen = seen(&staff, *id).await?;
    let picked = query.iter().filter(|(field, _)| field == "interface").map(|(_, id)| id);
    let free = |interface: &&SeenInterface| !is_link(&board, *id, interface);
    let picked = picked.filter_map(|picked| seen.iter().find(|one| one.id == *picked).filter(free));
    let blocks: Vec<Block> = picked
        .take(MOST)
        .map(|interface| block(interface, proposed(interface)))
        .collect();
    let general = blocks.is_empty().then(|| page.lang().t("pick-none").to_owned());
    Ok(answer(&board, *id, blocks, true, general, page, true))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    find_current(&board, *id)?;
    let seen = seen(&staff, *id).await?;
    let activate = typed.is_ticked("activate");
    let mut asked = Vec::new();
    for at in 0..MOST {
        let own = typed.part(&format!("{at}."));
        let interface = seen.iter().find(|one| one.id == own.exactly("id"));
        let Some(interface) = interface else { continue };
        // Which router and which interface is not typed: the page was made for them.
        let own = own.with("router", id.to_string()).with("interface", &interface.name);
        asked.push((interface, own));
    }
    if asked.is_empty() {
        let general = Some(page.lang().t("pick-none").to_owned());
        return Ok(answer(&board, *id, Vec::new(), activate, general, page, false));
    }
    let read: Vec<Result<SetUp, Rejected<Problem>>> =
        asked.iter().map(|(_, typed)| SetUp::read(typed, &board)).collect();
    let mut wrong: Vec<Option<Rejected<Problem>>> = read.iter().map(|read| read.as_ref().err().cloned()).collect();
    if read.iter().all(Result::is_ok) {
        let now = site.clock.now();
        let links = read
            .into_iter()
            .flatten()
            .zip(&asked)
            .map(|(setup, (interface, _))| NewLink {
                setup,
                interface_id: Some(interface.id.clone()),
                default_name: interface.default_name.clone(),
                activated_at: activate.then_some(now),
            });
        match change::create(&site, board.tenant.id, &staff.actor(), links.collect()).await {
            Ok(_) => {
                return Ok(see_other_telling(route::AdminRouter { router: *id }, "done-links-made"));
            }
            Err(change::Error::Rejected(at, rejected)) => {
                if let Some(place) = wrong.get_mut(at) {
                    *place = Some(rejected);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    let blocks = asked.iter().zip(wrong).map(|((interface, typed), rejected)| {
        let form = match rejected {
            Some(rejected) => admin::shown(typed, &FIELDS, rejected, page.lang(), admin::complaint::of_network),
            None => typed.shown(&FIELDS),
        };
        block(interface, form)
    });
    let blocks = blocks.collect();
    Ok(answer(&board, *id, blocks, activate, None, page, false))
}

/// What the last good check found.
async fn seen(staff: &Staff, id: RouterId) -> Result<Vec<SeenInterface>, Error> {
    let check = staff.tenant.rows().get::<router_check::Entity>(id).await?;
    let report = check.as_ref().and_then(report);
    Ok(report.map(|report| report.interfaces).unwrap_or_default())
}

fn is_link(board: &Snapshot, id: RouterId, interface: &SeenInterface) -> bool {
    let links = board.links.values().map(|now| &now.link);
    links
        .filter(|link| link.router_id == id && link.archived_at.is_none())
        .any(|link| link.interface_name == interface.name)
}

/// What can be guessed: routers' comments often say whose line it is.
fn proposed(interface: &SeenInterface) -> FormState {
    let comment = interface
        .comment
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    FormState::new()
        .with("name", comment.unwrap_or_default())
        .with("kind", "ILL")
        .with("faces", "customer")
}

fn block(interface: &SeenInterface, form: FormState) -> Block {
    Block {
        id: interface.id.clone(),
        interface: interface.name.clone(),
        form,
    }
}

fn answer(
    board: &Snapshot,
    id: RouterId,
    blocks: Vec<Block>,
    activate: bool,
    general: Option<String>,
    page: Page,
    fine: bool,
) -> HttpResponse {
    let router = board
        .routers
        .get(&id)
        .map_or_else(String::new, |now| now.router.name.clone());
    let (href, choices) = (
        route::AdminRouter { router: id }.to_string(),
        choices(board, Vec::new()),
    );
    let view = move || view! { <PickLinks router=router href=href links=blocks choices=choices activate=activate general=general/> };
    let page = page.at("routers");
    if fine { page.ok(view) } else { page.unprocessable(view) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_proposed_as_the_links_name() {
        let interface = SeenInterface {
            id: "*1".to_owned(),
            name: "ether1".to_owned(),
            comment: Some(" Acme, Berlin ".to_owned()),
            default_name: None,
            kind: None,
            mac_address: None,
            running: None,
            disabled: None,
            rx_octets: None,
            tx_octets: None,
            rx_packets: None,
            tx_packets: None,
            rx_errors: None,
            tx_errors: None,
            rx_drops: None,
            tx_drops: None,
            link_downs: None,
        };
        assert_eq!(proposed(&interface).value("name"), "Acme, Berlin");
    }
}
