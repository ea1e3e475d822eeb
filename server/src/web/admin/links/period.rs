//! `…/activate` and `…/deactivate`: since when a link counts, and until when, on the tenant's wall clock.

use actix_web::{HttpResponse, web};
use app::{
    admin::links::period::{End, LinkPeriod},
    ui::FormState,
};
use entity::{LinkId, link};
use leptos::prelude::*;

use super::find_current;
use crate::{
    domain::{
        board::Snapshot,
        calendar::local,
        links::{change, setup::moment},
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{Error, Page, admin, guard::Staff, route, see_other_telling},
};

pub(in crate::web) async fn get_activate(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    ask(&site, &staff, *id, page, End::Activate).await
}

pub(in crate::web) async fn get_deactivate(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    ask(&site, &staff, *id, page, End::Deactivate).await
}

pub(in crate::web) async fn post_activate(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    set(&site, &staff, *id, typed, page, End::Activate).await
}

pub(in crate::web) async fn post_deactivate(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    set(&site, &staff, *id, typed, page, End::Deactivate).await
}

/// The form with what is set already, or now.
async fn ask(site: &Site, staff: &Staff, id: LinkId, page: Page, end: End) -> Result<HttpResponse, Error> {
    let board = admin::board(site, staff).await?;
    let link = &find_current(&board, id)?.link;
    let known = match end {
        End::Activate | End::Reactivate => link.activated_at,
        End::Deactivate => link.deactivated_at,
    };
    let at = local::typed(known.unwrap_or_else(|| site.clock.now()), board.zone);
    let view = form(&board, link, end, FormState::new().with("at", at));
    Ok(page.at("links").ok(view))
}

async fn set(
    site: &Site,
    staff: &Staff,
    id: LinkId,
    typed: Typed,
    page: Page,
    end: End,
) -> Result<HttpResponse, Error> {
    let board = admin::board(site, staff).await?;
    let link = &find_current(&board, id)?.link;
    let (tenant, actor, to) = (board.tenant.id, staff.actor(), route::AdminLink { link: id });
    let rejected = match moment(typed.get("at"), board.zone) {
        Ok(at) => {
            let (outcome, done) = match end {
                End::Activate | End::Reactivate => (
                    change::activate(site, tenant, &actor, id, at).await,
                    "done-link-activated",
                ),
                End::Deactivate => (
                    change::deactivate(site, tenant, &actor, id, at).await,
                    "done-link-deactivated",
                ),
            };
            match outcome {
                Ok(()) => return Ok(see_other_telling(to, done)),
                Err(change::Error::Rejected(_, rejected)) => rejected,
                Err(error) => return Err(error.into()),
            }
        }
        Err(problem) => Rejected::one("at", problem),
    };
    let view = form(
        &board,
        link,
        end,
        admin::shown(&typed, &["at"], rejected, page.lang(), admin::complaint::of_network),
    );
    Ok(page.at("links").unprocessable(view))
}

fn form(board: &Snapshot, link: &link::Model, end: End, form: FormState) -> impl FnOnce() -> AnyView + use<> {
    let end = match end {
        End::Activate if link.deactivated_at.is_some() => End::Reactivate,
        end => end,
    };
    let (name, href) = (link.name.clone(), route::AdminLink { link: link.id }.to_string());
    let zone = board.zone.name();
    move || view! { <LinkPeriod end=end name=name href=href zone=zone.into() form=form/> }.into_any()
}
