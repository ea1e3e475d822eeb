//! `GET /admin/mail/{mail}` and `POST …/again`

use actix_web::{HttpResponse, web};
use app::admin::mail::show::{Mail, MailPage};
use entity::{
    MailId,
    mail::{self, MailState},
};
use leptos::prelude::*;

use crate::{
    domain::{identity::StaffPermission, mail::outbox},
    site::Site,
    web::{Error, Page, guard::Staff, route, see_other_telling},
};

/// Seconds after which a page asks for itself again while its mail is on the way.
const AGAIN_AFTER: u8 = 3;

pub(in crate::web) async fn get(staff: Staff, id: web::Path<MailId>, page: Page) -> Result<HttpResponse, Error> {
    let row = staff.tenant.rows().get::<mail::Entity>(*id).await?;
    let row = row.ok_or(Error::NotFound)?;
    let again = staff.may(StaffPermission::SendMail) && row.state != MailState::Queued;
    let again = again.then(|| route::AdminMailAgain { mail: row.id }.to_string());
    let page = match row.state {
        MailState::Queued if row.last_error.is_none() => page.again_after(AGAIN_AFTER),
        _ => page,
    };
    let mail = Mail {
        kind: super::kind(row.kind),
        state: super::state(row.state, row.last_error.is_some()),
        attempts: u64::try_from(row.attempts).unwrap_or_default(),
        files: row.attachments.as_array().map_or(0, |files| files.len() as u64),
        subject: row.subject,
        to_name: row.to_name,
        to_address: row.to_address,
        last_error: row.last_error,
        created_at: row.created_at,
        sent_at: row.sent_at,
        message_id: row.message_id,
        text: row.text_body,
    };
    Ok(page
        .at("mail")
        .ok(move || view! { <MailPage mail=mail again_action=again/> }))
}

pub(in crate::web) async fn again(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<MailId>,
) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    let mail = outbox::again(&site.db, tenant, &staff.actor(), now, *id).await?;
    site.mails.nudge();
    Ok(see_other_telling(route::AdminMail { mail }, "done-mail-again"))
}
