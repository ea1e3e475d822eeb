//! The staff's pages. What they share is here: the tenant's board, what was typed.

mod complaint;
mod logged;
mod network;

pub(super) mod audit;
pub(super) mod brand;
pub(super) mod client_users;
pub(super) mod clients;
pub(super) mod confirm;
pub(super) mod contabo;
pub(super) mod costs;
pub(super) mod dashboard;
pub(super) mod dns;
pub(super) mod domains;
pub(super) mod features;
pub(super) mod firewalls;
pub(super) mod images;
pub(super) mod instances;
pub(super) mod links;
pub(super) mod mail;
pub(super) mod maintenance;
pub(super) mod metrics_tokens;
pub(super) mod networks;
pub(super) mod orders;
pub(super) mod outages;
pub(super) mod people;
pub(super) mod products;
pub(super) mod quotas;
pub(super) mod reports;
pub(super) mod routers;
pub(super) mod secrets;
pub(super) mod settings;
pub(super) mod sla_profiles;
pub(super) mod staff;
pub(super) mod tags;
pub(super) mod tasks;
pub(super) mod templates;
pub(super) mod things;
pub(super) mod usage;

use std::{fmt, sync::Arc};

use app::{
    text::{Lang, Text},
    ui::FormState,
};
pub(super) use complaint::text as text_complaint;
use logged::{entry, log_of, recent_entries};
use network::{change, changes, link_status, router_status};

use super::{Error, asked, guard::Staff};
use crate::{
    domain::{
        board::Snapshot,
        typed::{ChangeError, Rejected, Typed},
    },
    site::Site,
};

/// What is known of the visitor's tenant now.
pub(super) async fn board(site: &Site, staff: &Staff) -> Result<Arc<Snapshot>, Error> {
    Ok(site.board.snapshot(staff.tenant.tenant.id, site.clock.now()).await?)
}

/// After a change: the page that it leads to shall show it.
pub(super) async fn refresh(site: &Site, staff: &Staff) -> Result<(), Error> {
    Ok(site.board.refresh(staff.tenant.tenant.id).await?)
}

/// A form as it was typed, with what is wrong with it.
pub(super) fn shown<R>(
    typed: &Typed,
    fields: &[&'static str],
    rejected: Rejected<R>,
    lang: Lang,
    text: impl Fn(Lang, R) -> Text,
) -> FormState {
    let mut form = typed.shown(fields);
    reject(&mut form, rejected, lang, text);
    form
}

/// Puts what can't be taken by the fields of a form.
fn reject<R>(form: &mut FormState, rejected: Rejected<R>, lang: Lang, text: impl Fn(Lang, R) -> Text) {
    for (field, reason) in rejected.0 {
        form.reject(field, text(lang, reason));
    }
}

/// What was refused of what was typed, for the form; whatever else went wrong is no page of the form.
fn rejected<T, R: fmt::Debug>(outcome: Result<T, ChangeError<R>>) -> Result<Result<T, Rejected<R>>, Error> {
    match outcome {
        Ok(done) => Ok(Ok(done)),
        Err(ChangeError::Rejected(rejected)) => Ok(Err(rejected)),
        Err(error) => Err(error.into()),
    }
}

impl<R: fmt::Debug> From<ChangeError<R>> for Error {
    fn from(error: ChangeError<R>) -> Self {
        match error {
            ChangeError::NotFound => Self::NotFound,
            // Forms show what was rejected; what gets here was changed meanwhile.
            ChangeError::Conflict | ChangeError::Rejected(_) => Self::Conflict,
            ChangeError::Database(error) => error.into(),
        }
    }
}
