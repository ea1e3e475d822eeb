//! The rest between two of many transactions, in which others may write.

use std::time::Duration;

use entity::Tenant;
use tokio::time::Instant;

/// The longest one. Who waits for SQLite's write lock is in no queue, but looks again at most so much later; without a
/// rest it may look in vain until it gives up.
const LONGEST: Duration = Duration::from_millis(100);

/// Rests as long as others had to wait for a transaction that began at `began`, where there is one writer only.
pub(super) async fn after(began: Instant, rows: &Tenant<'_>) {
    if rows.is_sqlite() {
        tokio::time::sleep(began.elapsed().min(LONGEST)).await;
    }
}
