//! What else an instance could be, asked of Contabo when somebody wants to see it. It changes by itself and nothing
//! hangs on it, so it is kept nowhere.

use contabo::{Client, Error, InstanceId, Offer};
use tokio::time::timeout;

use super::PAGES_WAIT;

/// The offers; none: Contabo did not answer in time.
///
/// # Errors
/// When Contabo refuses, or can't be reached.
pub(crate) async fn read(client: &Client, instance: i64) -> Result<Option<Vec<Offer>>, Error> {
    let id = InstanceId(instance);
    match timeout(PAGES_WAIT, client.instances().offers(id)).await {
        Ok(read) => read.map(Some),
        Err(_) => Ok(None),
    }
}
