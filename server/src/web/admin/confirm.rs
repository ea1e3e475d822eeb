//! What is done after asking: a page with the question, and the change once it is answered.

use actix_web::{HttpResponse, web};
use app::admin::confirm::{Confirm, Question};
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::{board, refresh};
use crate::{
    domain::board::Snapshot,
    site::Site,
    web::{Error, Page, guard::Staff, see_other_telling},
};

/// A change that is asked about first. The question stands at the address that it is answered to.
pub(in crate::web) trait Asked: 'static {
    /// What it is done to.
    type Id: Copy + DeserializeOwned + 'static;

    /// The entry of the navigation.
    const AT: &'static str;

    /// What the page says once it is done.
    const DONE: &'static str;

    /// Where it is asked.
    fn action(id: Self::Id) -> String;

    /// The page of the thing: where one comes from, and goes on to.
    fn page(id: Self::Id) -> String;

    /// What is asked, about a thing of the visitor's tenant.
    async fn question(staff: &Staff, board: &Snapshot, id: Self::Id) -> Result<Question, Error>;

    /// Does it.
    async fn answer(site: &Site, staff: &Staff, id: Self::Id) -> Result<(), Error>;
}

/// Asks.
pub(in crate::web) async fn ask<A: Asked>(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<A::Id>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let question = A::question(&staff, &board, *id).await?;
    let (action, back) = (A::action(*id), A::page(*id));
    Ok(page
        .at(A::AT)
        .ok(move || view! { <Confirm question=question action=action cancel_href=back/> }))
}

/// Does it, and goes on to the page of the thing.
pub(in crate::web) async fn answer<A: Asked>(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<A::Id>,
) -> Result<HttpResponse, Error> {
    A::answer(&site, &staff, *id).await?;
    refresh(&site, &staff).await?;
    Ok(see_other_telling(A::page(*id), A::DONE))
}
