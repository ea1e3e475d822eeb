//! Whether Contabo would move an instance to another region, asked when somebody wants to know. The move itself is an
//! action: see [`super::act`].

use contabo::{Client, InstanceId, RegionCheck};

use super::checks::{NotDone, in_time};

/// Contabo's answer.
///
/// # Errors
/// When Contabo refuses to say, can't be reached, or takes longer than 20 seconds.
pub(crate) async fn check(client: &Client, instance: i64) -> Result<RegionCheck, NotDone> {
    let id = InstanceId(instance);
    in_time(async { Ok(client.instances().check_region_change(id).await?) }).await
}
