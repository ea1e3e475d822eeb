//! `GET` and `POST /admin/settings/mail`, and `POST …/test`

use actix_web::{HttpResponse, web};
use app::{
    admin::mail::settings::{Facts, MailSettings},
    ui::FormState,
};
use entity::mail_settings;
use leptos::prelude::*;

use crate::{
    domain::{
        audit::{self, Subject},
        identity::StaffPermission,
        mail::{
            Addressee, Letterhead, outbox,
            settings::{self, security_name},
            test_letter,
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, complaint, rejected, shown},
        guard::Staff,
        route, see_other_telling,
    },
    work::mail::route::installation,
};

/// Those that are shown again: all but the password.
const FIELDS: [&str; 8] = [
    "server",
    "host",
    "port",
    "security",
    "username",
    "from_address",
    "from_name",
    "reply_to",
];

pub(in crate::web) async fn get(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let kept = settings::kept(&staff.tenant.rows()).await?;
    let form = form_of(kept.as_ref());
    let (facts, test_to) = about(&site, &staff, kept.as_ref());
    Ok(page
        .at("settings")
        .ok(move || view! { <MailSettings form=form facts=facts test_to=test_to/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    let changed = settings::change(&site.db, &site.keyring, tenant, &staff.actor(), now, &typed).await;
    let changed = match changed {
        Ok(()) => Ok(()),
        Err(settings::Error::Change(error)) => Err(error),
        Err(settings::Error::Keyring(error)) => return Err(Error::internal(error)),
    };
    match rejected(changed)? {
        Ok(()) => Ok(see_other_telling(route::AdminMailSettings, "done-mail-settings")),
        Err(wrong) => {
            let kept = settings::kept(&staff.tenant.rows()).await?;
            let form = shown(&typed, &FIELDS, wrong, page.lang(), complaint::of_mail);
            let (facts, test_to) = about(&site, &staff, kept.as_ref());
            Ok(page
                .at("settings")
                .unprocessable(move || view! { <MailSettings form=form facts=facts test_to=test_to/> }))
        }
    }
}

/// Queues a test to whoever asks, as any other mail. Its page says what becomes of it.
pub(in crate::web) async fn test(site: web::Data<Site>, staff: Staff) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    let visitor = &staff.signed_in.visitor;
    let to = Addressee {
        account: staff.account,
        client: None,
        name: visitor.name.clone(),
        address: visitor.mail.clone(),
    };
    let letterhead = Letterhead::of(&site, tenant).await.map_err(Error::internal)?;
    let message = letterhead.write(&test_letter(&letterhead), &to);
    let rows = staff.tenant.begin().await?;
    let queued = outbox::queue(&rows, &message, now, None).await?;
    let mail = queued.ok_or(Error::Conflict)?;
    let subject = Subject {
        kind: "mail",
        id: Some(mail.0),
        name: &to.address,
    };
    audit::record(&rows, &staff.actor(), now, "mail.test", subject, None, None).await?;
    rows.commit().await?;
    site.mails.nudge();
    Ok(see_other_telling(route::AdminMail { mail }, "done-mail-test"))
}

fn form_of(kept: Option<&mail_settings::Model>) -> FormState {
    let Some(kept) = kept else {
        return FormState::new()
            .with("server", "installation")
            .with("security", "starttls");
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    FormState::new()
        .with("server", if kept.host.is_some() { "own" } else { "installation" })
        .with("host", text(&kept.host))
        .with("port", kept.port.map(|port| port.to_string()).unwrap_or_default())
        .with("security", security_name(kept.security))
        .with("username", text(&kept.username))
        .with("from_address", text(&kept.from_address))
        .with("from_name", text(&kept.from_name))
        .with("reply_to", text(&kept.reply_to))
}

/// What the page knows beside the form, and to whom a test would go.
fn about(site: &Site, staff: &Staff, kept: Option<&mail_settings::Model>) -> (Facts, Option<String>) {
    // It was looked at when the program started.
    let installation = installation(&site.settings.smtp).ok().flatten();
    let facts = Facts {
        installation: installation.map(|(_, from)| from.to_string()),
        has_password: kept.is_some_and(|kept| kept.password_sealed.is_some()),
        tenant: staff.tenant.tenant.name.clone(),
    };
    let may = staff.may(StaffPermission::ManageSettings);
    let test_to = may.then(|| staff.signed_in.visitor.mail.clone());
    (facts, test_to)
}
