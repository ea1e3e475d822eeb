//! Share links of a report: the list with its form on the report's page, for clients and for staff. What whoever has
//! such a link sees is in `shared`.

pub(super) mod shared;

use app::{
    report::shares::{Link as Shown, Mailed, Shares, Use},
    text::{Lang, Text},
    ui::FormState,
};
use chrono::{DateTime, Utc};
use entity::{AccountId, ShareLinkId, SlaReportId, Tenant, TenantId, share_link, share_use::Shared};

use super::{Error, asked::Typed, context::Visit, reports::Place, route};
use crate::{
    domain::{
        audit::Actor,
        shares::{self, Draft, Reason, USUAL_DAYS, Whose, is_open},
        signing::{Signer, SigningError},
        typed::{ChangeError, Rejected},
    },
    site::Site,
};

/// The last uses of a link that are listed.
const USES: usize = 5;

/// The fields that are shown again.
const FIELDS: [&str; 2] = ["made_for", "days"];

/// An empty form.
pub(super) fn fresh() -> FormState {
    FormState::new().with("days", USUAL_DAYS.to_string())
}

/// The links of a report that are among `whose`, as its page lists them, and how many there are of mails. `form` has what
/// was typed to make another.
pub(super) async fn listed(
    site: &Site,
    rows: &Tenant<'_>,
    visit: &Visit,
    (report, whose): (SlaReportId, &Whose),
    place: Place,
    form: FormState,
) -> Result<Shares, Error> {
    let now = site.clock.now();
    let signer = Signer::of(&site.db, &site.keyring, rows.id(), now).await?;
    let (of_mails, others): (Vec<_>, Vec<_>) = shares::list(rows, report)
        .await?
        .into_iter()
        .partition(|link| link.created_by.is_none());
    let made: Vec<_> = others.into_iter().filter(|link| whose.has(link)).collect();
    let mut uses = shares::uses(rows, made.iter().map(|link| link.id), USES).await?;
    let links = made.into_iter().map(|link| {
        let open = is_open(&link, now);
        let last = uses.remove(&link.id).unwrap_or_default().into_iter();
        Shown {
            url: open.then(|| address(&signer, visit, link.id)),
            revoke_href: open.then(|| place.unshare(report, link.id)),
            made_for: link.made_for,
            created_at: link.created_at,
            expires_at: link.expires_at,
            revoked_at: link.revoked_at,
            has_password: link.password_hash.is_some(),
            uses: u64::try_from(link.uses).unwrap_or(0),
            last: last
                .map(|used| Use {
                    at: used.at,
                    address: used.address,
                    is_pdf: used.what == Shared::Pdf,
                })
                .collect(),
        }
    });
    Ok(Shares {
        action: place.shares(report),
        form,
        links: links.collect(),
        mailed: mailed(&of_mails, now, place.unshare_mailed(report)),
    })
}

fn mailed(links: &[share_link::Model], now: DateTime<Utc>, revoke: String) -> Option<Mailed> {
    let uses: i64 = links.iter().map(|link| link.uses).sum();
    (!links.is_empty()).then(|| Mailed {
        count: links.len() as u64,
        uses: u64::try_from(uses).unwrap_or(0),
        revoke_href: links.iter().any(|link| is_open(link, now)).then_some(revoke),
    })
}

fn address(signer: &Signer, visit: &Visit, link: ShareLinkId) -> String {
    let share = shares::sign(signer, link);
    format!("{}{}", visit.0.origin(), route::Share { share })
}

/// Makes a link of what was typed, or gives the form back with what is wrong.
pub(super) async fn create(
    site: &Site,
    tenant: TenantId,
    (actor, account): (&Actor, AccountId),
    now: DateTime<Utc>,
    report: SlaReportId,
    (typed, lang): (&Typed, Lang),
) -> Result<Result<(), FormState>, Error> {
    let draft = Draft {
        made_for: typed.text("made_for"),
        days: typed.text("days"),
        password: typed.text("share_password"),
    };
    let made = match draft.check() {
        Ok(mut wanted) => {
            let hash = match wanted.password.take() {
                Some(password) => Some(site.identity.hash_share_password(password).await?),
                None => None,
            };
            shares::create(&site.db, tenant, (actor, account), now, report, (wanted, hash)).await
        }
        Err(wrong) => Err(wrong.into()),
    };
    match made {
        Ok(_) => Ok(Ok(())),
        Err(ChangeError::Rejected(wrong)) => Ok(Err(rejected(typed, wrong, lang))),
        Err(error) => Err(error.into()),
    }
}

fn rejected(typed: &Typed, wrong: Rejected<Reason>, lang: Lang) -> FormState {
    let mut form = typed.shown(&FIELDS);
    for (field, reason) in wrong.0 {
        form.reject(field, complaint(lang, reason));
    }
    form
}

fn complaint(lang: Lang, reason: Reason) -> Text {
    match reason {
        Reason::Text(bad) => super::admin::text_complaint(lang, bad),
        Reason::Days => lang.t("share-days-wrong").into(),
        Reason::ShortPassword => lang.t("share-password-short").into(),
        Reason::TooMany => lang.t("share-too-many").into(),
    }
}

impl From<SigningError> for Error {
    fn from(error: SigningError) -> Self {
        match error {
            SigningError::Database(error) => error.into(),
            other => Self::internal(other),
        }
    }
}
