//! The router itself: its name, its resources, its clock.

use crate::row::Text;
use crate::{Client, Command, Error, value};
use chrono::NaiveDateTime;
use std::time::Duration;

/// `/system/resource`. Memory and disk in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resources {
    /// Since the last start. Falls when the router was restarted.
    pub uptime: Duration,
    /// As in `7.4 (stable)`.
    pub version: String,
    pub board: Option<String>,
    pub architecture: Option<String>,
    pub cpu: Option<String>,
    pub cpu_count: Option<u64>,
    /// In percent, over all cores.
    pub cpu_load: Option<i64>,
    pub free_memory: Option<u64>,
    pub total_memory: Option<u64>,
    pub free_disk: Option<u64>,
    pub total_disk: Option<u64>,
}

/// `/system/clock`: what the router takes for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Local time, without zone.
    pub local: NaiveDateTime,
    pub zone: Option<String>,
    /// Seconds east of UTC, if the router says so.
    pub offset: Option<i32>,
}

impl Client {
    /// The router's name.
    pub async fn identity(&self) -> Result<Text, Error> {
        let command = Command::new("/system/identity/print").proplist(&["name"]);
        let reply = self.run(command).await?;
        reply
            .first("its identity")?
            .name(b"name", self.code_page())
            .ok_or_else(|| Error::missing("its identity's name"))
    }

    /// Version, board, uptime and load.
    pub async fn resources(&self) -> Result<Resources, Error> {
        let command = Command::new("/system/resource/print").proplist(&[
            "uptime",
            "version",
            "board-name",
            "architecture-name",
            "cpu",
            "cpu-count",
            "cpu-load",
            "free-memory",
            "total-memory",
            "free-hdd-space",
            "total-hdd-space",
        ]);
        let reply = self.run(command).await?;
        let row = reply.first("its resources")?;
        let text = |name: &[u8]| row.text(name, self.code_page()).map(Into::into);
        Ok(Resources {
            uptime: (row.duration(b"uptime")?).ok_or_else(|| Error::missing("its uptime"))?,
            version: text(b"version").ok_or_else(|| Error::missing("its version"))?,
            board: text(b"board-name"),
            architecture: text(b"architecture-name"),
            cpu: text(b"cpu"),
            cpu_count: row.u64(b"cpu-count")?,
            cpu_load: row.percent(b"cpu-load")?,
            free_memory: row.u64(b"free-memory")?,
            total_memory: row.u64(b"total-memory")?,
            free_disk: row.u64(b"free-hdd-space")?,
            total_disk: row.u64(b"total-hdd-space")?,
        })
    }

    /// The router's clock, to tell how wrong it is and to read its stamps.
    pub async fn clock(&self) -> Result<Clock, Error> {
        let command = Command::new("/system/clock/print").proplist(&["date", "time", "time-zone-name", "gmt-offset"]);
        let reply = self.run(command).await?;
        let row = reply.first("its clock")?;
        let date = row.read(b"date", value::date)?;
        let time = row.read(b"time", value::clock)?;
        let (date, time) = date.zip(time).ok_or_else(|| Error::missing("its date and time"))?;
        Ok(Clock {
            local: date.and_time(time),
            zone: (row.text(b"time-zone-name", self.code_page())).map(Into::into),
            offset: row.read(b"gmt-offset", value::offset)?,
        })
    }
}
