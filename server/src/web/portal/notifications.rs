//! `GET` and `POST /portal/notifications`: which mails one wants.

use actix_web::{HttpResponse, web};
use app::portal::notifications::{Kinds, Notifications, Wish};
use entity::{account, mail::MailKind};
use leptos::prelude::*;

use crate::{
    domain::{
        identity::ClientRole,
        mail::{
            CHOSEN, has_pdf,
            preferences::{self, Choice},
        },
    },
    site::Site,
    web::{Error, Page, asked::Typed, guard::ClientUser, route, see_other_telling},
};

pub(in crate::web) async fn get(user: ClientUser, page: Page) -> Result<HttpResponse, Error> {
    let roles = user.memberships().iter().map(|membership| membership.role);
    let role = roles.max().unwrap_or(ClientRole::Viewer);
    let chosen = preferences::of_account(&user.tenant.rows(), user.account, role).await?;
    let wishes = chosen.into_iter().filter_map(|(kind, choice)| {
        Some(Wish {
            kind: chosen_kind(kind)?,
            wanted: choice.wanted,
            pdf: has_pdf(kind).then_some(choice.attach_pdf),
        })
    });
    let wishes = wishes.collect();
    let (mail, profile) = (user.signed_in.visitor.mail.clone(), route::PortalProfile.to_string());
    Ok(page.ok(move || view! { <Notifications wishes=wishes mail=mail profile_href=profile/> }))
}

pub(in crate::web) async fn post(site: web::Data<Site>, user: ClientUser, typed: Typed) -> Result<HttpResponse, Error> {
    let choices = CHOSEN.into_iter().filter_map(|kind| {
        let (wanted, pdf) = chosen_kind(kind)?.fields();
        let choice = Choice {
            wanted: typed.is_ticked(wanted),
            attach_pdf: typed.is_ticked(pdf),
        };
        Some((kind, choice))
    });
    let choices: Vec<_> = choices.collect();
    let account = user.tenant.rows().get::<account::Entity>(user.account).await?;
    let account = account.ok_or(Error::NotFound)?;
    let (tenant, now) = (user.tenant.tenant.id, site.clock.now());
    preferences::choose(&site.db, tenant, &user.actor(), now, &account, &choices).await?;
    Ok(see_other_telling(route::PortalNotifications, "done-wishes"))
}

/// The kind as the pages of those who choose name it; none for what can't be chosen.
pub(in crate::web) fn chosen_kind(kind: MailKind) -> Option<Kinds> {
    match kind {
        MailKind::Breach => Some(Kinds::Breach),
        MailKind::Report => Some(Kinds::Report),
        MailKind::Maintenance => Some(Kinds::Maintenance),
        MailKind::Server => Some(Kinds::Server),
        MailKind::Test => None,
    }
}
