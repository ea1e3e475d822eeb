//! What pages that wait for Contabo have in common.

use contabo::Client;
use entity::{ContaboAccountId, Tenant, contabo_account};

use super::Error;
use crate::site::Site;

/// An account with its client; none while it is switched off.
///
/// # Errors
/// When the database does not answer, or the account's credentials can't be opened.
pub(super) async fn account(
    site: &Site,
    rows: &Tenant<'_>,
    id: ContaboAccountId,
) -> Result<Option<(contabo_account::Model, Client)>, Error> {
    let account = rows.get::<contabo_account::Entity>(id).await?;
    let Some(account) = account.filter(|account| account.enabled) else {
        return Ok(None);
    };
    match site.contabo.of(&site.keyring, &account) {
        Ok(client) => Ok(Some((account, client))),
        Err(error) => Err(Error::internal(std::io::Error::other(error))),
    }
}

/// The client of an account; none while that is switched off.
///
/// # Errors
/// As [`account`].
pub(super) async fn client(site: &Site, rows: &Tenant<'_>, id: ContaboAccountId) -> Result<Option<Client>, Error> {
    Ok(account(site, rows, id).await?.map(|(_, client)| client))
}

/// What Contabo said when it refused, or else what went wrong.
pub(super) fn words(error: &contabo::Error) -> String {
    match error.says().as_slice() {
        [] => error.to_string(),
        says => says.join("; "),
    }
}
