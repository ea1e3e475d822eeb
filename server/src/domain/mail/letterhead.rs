//! What all mails of a tenant have in common: its name and colours, where its site is, and how its links are signed.

use app::text::Lang;
use entity::{TenantId, mail::MailKind, tenant};
use sea_orm::DbErr;

use super::{
    Addressee, Message,
    letter::{Frame, Letter},
    one_line,
    preferences::unsubscribe_token,
    settings,
};
use crate::{
    domain::{
        settings::accent::Accent,
        signing::{Signer, SigningError},
    },
    site::Site,
};

/// Mainstay's own colours, those of `style/tokens.css`, for tenants without.
const ACCENT: &str = "#2456d6";
const INK: &str = "#ffffff";

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 200;

/// Why no mail can be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The key for links to stop mails can't be had.
    #[error("links in mails can't be signed")]
    Signing(#[from] SigningError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

/// Writes the mails of one tenant. Make it anew for each batch: what it knows may change.
#[derive(Clone, Debug)]
pub struct Letterhead {
    id: TenantId,
    name: String,
    accent: String,
    ink: String,
    origin: String,
    /// What Message-IDs end with: the host of the address that mails are from.
    host: String,
    signer: Signer,
    lang: Lang,
}

impl Letterhead {
    /// The tenant's. To be called before a transaction is begun.
    ///
    /// # Errors
    /// When the database or the key ring fail.
    pub async fn of(site: &Site, tenant: TenantId) -> Result<Self, Error> {
        let rows = site.db.tenant(tenant);
        let row = rows.own().await?;
        let own = settings::kept(&rows).await?;
        let from = own.and_then(|own| own.from_address).or(site.settings.smtp.from.clone());
        let host = from
            .as_deref()
            .and_then(|from| Some(from.rsplit_once('@')?.1.to_owned()));
        let (accent, ink) = colours(&row);
        let origin = site.origin_of(&row);
        Ok(Self {
            id: tenant,
            name: one_line(&row.name),
            accent,
            ink,
            host: host.or(row.host).unwrap_or_else(|| "mainstay.invalid".to_owned()),
            origin,
            signer: Signer::of(&site.db, &site.keyring, tenant, site.clock.now()).await?,
            lang: Lang::ENGLISH,
        })
    }

    /// Whose it is.
    #[must_use]
    pub fn tenant_id(&self) -> TenantId {
        self.id
    }

    /// The tenant's name.
    #[must_use]
    pub fn tenant(&self) -> &str {
        &self.name
    }

    /// The language that its letters are written in.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Signs other tokens for links in the same mail.
    #[must_use]
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// The whole address of a page of the tenant's site.
    pub fn url(&self, path: impl std::fmt::Display) -> String {
        format!("{}{path}", self.origin)
    }

    /// The letter to `to`, painted twice, with why they get it and how to stop it.
    #[must_use]
    pub fn write(&self, letter: &Letter, to: &Addressee) -> Message {
        let (lang, kind) = (self.lang, letter.kind);
        let with_tenant = |key| lang.t_with(key, &[("tenant", self.name.as_str().into())]);
        let why = match kind {
            MailKind::Breach => with_tenant("mail-why-breach"),
            MailKind::Report => with_tenant("mail-why-report"),
            MailKind::Maintenance => with_tenant("mail-why-maintenance"),
            MailKind::Server => with_tenant("mail-why-server"),
            MailKind::Test => with_tenant("mail-why-test"),
        };
        let unsubscribe_url = unsubscribe_token(&self.signer, to.account, kind)
            .map(|token| self.url(format_args!("/unsubscribe/{token}")));
        let mut links = Vec::new();
        if let Some(url) = &unsubscribe_url {
            links.push((lang.t("mail-stop").to_owned(), url.clone()));
            links.push((lang.t("mail-choose").to_owned(), self.url("/portal/notifications")));
        }
        let frame = Frame {
            lang: lang.code(),
            tenant: &self.name,
            accent: &self.accent,
            ink: &self.ink,
            why: &why,
            links: &links,
        };
        Message {
            kind,
            to: Addressee {
                name: one_line(&to.name),
                ..to.clone()
            },
            subject: one_line(&letter.subject).chars().take(LONGEST_SUBJECT).collect(),
            text: frame.text(letter),
            html: frame.html(letter),
            attachments: letter.attachments.clone(),
            unsubscribe_url,
            host: self.host.clone(),
        }
    }
}

/// The tenant's colour and what can be read on it.
fn colours(row: &tenant::Model) -> (String, String) {
    let accent = row.accent.as_deref().and_then(|kept| kept.parse::<Accent>().ok());
    match accent {
        Some(accent) => (accent.to_string(), accent.ink()),
        None => (ACCENT.to_owned(), INK.to_owned()),
    }
}
