//! What else an instance could be, asked of Contabo when somebody wants to see it. It changes by itself and nothing
//! hangs on it, so it is kept nowhere.

use std::time::Duration;

use contabo::{Client, Error, InstanceId, Offer};
use tokio::time::timeout;

/// How long a page waits.
const TAKES: Duration = Duration::from_secs(20);

/// The offers; none: Contabo did not answer in time.
///
/// # Errors
/// When Contabo refuses, or can't be reached.
pub(crate) async fn read(client: &Client, instance: i64) -> Result<Option<Vec<Offer>>, Error> {
    let id = InstanceId(instance);
    match timeout(TAKES, client.instances().offers(id)).await {
        Ok(read) => read.map(Some),
        Err(_) => Ok(None),
    }
}
