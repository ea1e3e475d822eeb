//! `GET /admin/mail`

use actix_web::{HttpResponse, web};
use app::admin::mail::list::{Mails, Row};
use entity::mail::MailState;
use leptos::prelude::*;

use crate::{
    domain::{
        identity::StaffPermission,
        mail::{
            kind_named,
            outbox::{self, Query},
        },
    },
    site::Site,
    web::{Error, Page, admin::asked::Listing, guard::Staff, route},
    work::mail::route::of_tenant,
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let query = Query {
        text: listing.filter("q"),
        kind: kind_named(&listing.filter("kind")),
        state: match listing.filter("state").as_str() {
            "queued" => Some(MailState::Queued),
            "sent" => Some(MailState::Sent),
            "failed" => Some(MailState::Failed),
            _ => None,
        },
    };
    let rows = staff.tenant.rows();
    let total = outbox::count(&rows, &query).await?;
    let filters = listing.filters(&["q", "kind", "state"]);
    let (list, range) = listing.cut(route::AdminMails, filters, None, total);
    let mails = outbox::page(&rows, &query, range).await?.into_iter().map(|mail| Row {
        href: route::AdminMail { mail: mail.id }.to_string(),
        subject: mail.subject,
        to_name: mail.to_name,
        to_address: mail.to_address,
        kind: super::kind(mail.kind),
        state: super::state(mail.state, mail.attempts > 0),
        created_at: mail.created_at,
    });
    let mails = mails.collect();
    // One that can't be used is one all the same: what is wrong with it stands on each mail.
    let has_server = !matches!(of_tenant(&site, staff.tenant.tenant.id).await, Ok(None));
    let settings = staff
        .may(StaffPermission::SeeSettings)
        .then(|| route::AdminMailSettings.to_string().into());
    Ok(page
        .at("mail")
        .ok(move || view! { <Mails list=list rows=mails has_server=has_server settings_href=settings/> }))
}
