//! Rates of this second: fit for a "now" figure, unfit for billing, which takes counters.

use crate::row::{Row, Text};
use crate::{Client, CodePage, Command, Error};

/// What an interface carries now, per second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    pub name: Text,
    pub rx_bits: u64,
    pub tx_bits: u64,
    pub rx_packets: Option<u64>,
    pub tx_packets: Option<u64>,
    pub rx_drops: Option<u64>,
    pub tx_drops: Option<u64>,
    pub tx_queue_drops: Option<u64>,
    pub rx_errors: Option<u64>,
    pub tx_errors: Option<u64>,
}

impl Client {
    /// The current rates of these interfaces, in one request. No names give no rates.
    ///
    /// # Errors
    /// [`Error::Trap`] if one of the names is unknown; [`Error::InvalidRequest`] for a name with a
    /// comma, which the command would take for two.
    pub async fn monitor_traffic<N: AsRef<[u8]>>(&self, names: &[N]) -> Result<Vec<Rates>, Error> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<&[u8]> = names.iter().map(AsRef::as_ref).collect();
        if names.iter().any(|name| name.contains(&b',')) {
            return Err(Error::InvalidRequest {
                detail: "an interface with a comma in its name has no current rate".to_owned(),
            });
        }
        let command = Command::new("/interface/monitor-traffic")
            .with("interface", names.join(&b','))
            .with("once", "");
        let reply = self.run(command).await?;
        let code_page = self.code_page();
        reply.rows.iter().map(|row| read(row, code_page)).collect()
    }
}

fn read(row: &Row, code_page: CodePage) -> Result<Rates, Error> {
    let rate = |name: &[u8]| {
        row.u64(name)?
            .ok_or_else(|| Error::missing(String::from_utf8_lossy(name)))
    };
    Ok(Rates {
        name: (row.name(b"name", code_page)).ok_or_else(|| Error::missing("an interface's name"))?,
        rx_bits: rate(b"rx-bits-per-second")?,
        tx_bits: rate(b"tx-bits-per-second")?,
        rx_packets: row.u64(b"rx-packets-per-second")?,
        tx_packets: row.u64(b"tx-packets-per-second")?,
        rx_drops: row.u64(b"rx-drops-per-second")?,
        tx_drops: row.u64(b"tx-drops-per-second")?,
        tx_queue_drops: row.u64(b"tx-queue-drops-per-second")?,
        rx_errors: row.u64(b"rx-errors-per-second")?,
        tx_errors: row.u64(b"tx-errors-per-second")?,
    })
}
