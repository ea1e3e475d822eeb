//! Interfaces: their state, their counters, and what happened between two looks.

use crate::row::{Row, Text};
use crate::{Client, CodePage, Command, Error};
use chrono::NaiveDateTime;

/// Which interfaces to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum InterfaceFilter {
    #[default]
    All,
    /// By current name, as the router's bytes. Unknown names are simply not in the answer.
    Names(Vec<Vec<u8>>),
    /// By `.id`, such as `*3`, which outlives a rename but not a re-creation.
    Ids(Vec<Vec<u8>>),
    /// Whatever may be meant by one of these `.id`s, or by one of these names, be it the current or
    /// the factory's.
    Known { ids: Vec<Vec<u8>>, names: Vec<Vec<u8>> },
}

impl InterfaceFilter {
    /// By names.
    pub fn names<N: Into<Vec<u8>>>(names: impl IntoIterator<Item = N>) -> Self {
        Self::Names(names.into_iter().map(Into::into).collect())
    }

    fn is_nothing(&self) -> bool {
        match self {
            Self::All => false,
            Self::Names(values) | Self::Ids(values) => values.is_empty(),
            Self::Known { ids, names } => ids.is_empty() && names.is_empty(),
        }
    }

    fn apply(&self, command: Command) -> Command {
        match self {
            Self::All => command,
            Self::Names(names) => command.where_any(&[("name", names)]),
            Self::Ids(ids) => command.where_any(&[(".id", ids)]),
            Self::Known { ids, names } => command.where_any(&[(".id", ids), ("name", names), ("default-name", names)]),
        }
    }
}

/// One interface as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    pub id: String,
    pub name: Text,
    /// The name that it left the factory with; virtual interfaces have none.
    pub default_name: Option<Text>,
    /// Such as `ether`, `vlan`, `pppoe-out`.
    pub kind: Option<String>,
    /// The link is up.
    pub running: Option<bool>,
    /// Switched off by whoever runs the router.
    pub disabled: Option<bool>,
    pub counters: Counters,
    /// How often the link went down since the router started.
    pub link_downs: Option<u64>,
    /// By the router's clock, without zone. A link that was never up has neither.
    pub last_link_up: Option<NaiveDateTime>,
    pub last_link_down: Option<NaiveDateTime>,
    pub actual_mtu: Option<u64>,
    pub mac_address: Option<String>,
    /// Free text of the operator; never an identity.
    pub comment: Option<Text>,
}

/// Totals since the router started or the counters were reset. Boards differ in what they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    pub rx_bytes: Option<u64>,
    pub tx_bytes: Option<u64>,
    pub rx_packets: Option<u64>,
    pub tx_packets: Option<u64>,
    pub rx_errors: Option<u64>,
    pub tx_errors: Option<u64>,
    pub rx_drops: Option<u64>,
    pub tx_drops: Option<u64>,
    /// RouterOS 7 only.
    pub tx_queue_drops: Option<u64>,
}

/// The counters of one interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterfaceCounters {
    pub id: String,
    pub name: Text,
    pub counters: Counters,
}

pub(crate) const STATE: &[&str] = &[
    ".id",
    "name",
    "default-name",
    "type",
    "running",
    "disabled",
    "link-downs",
    "last-link-up-time",
    "last-link-down-time",
    "actual-mtu",
    "mac-address",
    "comment",
];
const COUNTERS: &[&str] = &[
    "rx-byte",
    "tx-byte",
    "rx-packet",
    "tx-packet",
    "rx-error",
    "tx-error",
    "rx-drop",
    "tx-drop",
    "tx-queue-drop",
];

impl Client {
    /// State and counters, in one request for however many interfaces.
    pub async fn interfaces(&self, filter: &InterfaceFilter) -> Result<Vec<Interface>, Error> {
        self.print_interfaces(filter, &[STATE, COUNTERS].concat(), Interface::read)
            .await
    }

    /// Counters alone.
    pub async fn counters(&self, filter: &InterfaceFilter) -> Result<Vec<InterfaceCounters>, Error> {
        let names = [&[".id", "name"], COUNTERS].concat();
        self.print_interfaces(filter, &names, InterfaceCounters::read).await
    }

    /// Whether the link of the interface with this name is up. One that is switched off is not.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such interface; it is not down.
    pub async fn is_up(&self, name: &[u8]) -> Result<bool, Error> {
        let filter = InterfaceFilter::Names(vec![name.to_vec()]);
        let found = self.interfaces(&filter).await?;
        let interface = found.into_iter().next().ok_or_else(|| Error::NotFound {
            what: format!("interface {}", self.code_page().decode(name)),
        })?;
        let running = (interface.running).ok_or_else(|| Error::missing("the link's state"))?;
        Ok(running && interface.disabled != Some(true))
    }

    async fn print_interfaces<T>(
        &self,
        filter: &InterfaceFilter,
        properties: &[&str],
        read: impl Fn(&Row, CodePage) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        if filter.is_nothing() {
            // A print without a query would give every interface.
            return Ok(Vec::new());
        }
        let command = Command::new("/interface/print").proplist(properties);
        let reply = self.run(filter.apply(command)).await?;
        let code_page = self.code_page();
        reply.rows.iter().map(|row| read(row, code_page)).collect()
    }
}

impl Interface {
    fn read(row: &Row, code_page: CodePage) -> Result<Self, Error> {
        let text = |name: &[u8]| row.text(name, code_page).map(Into::into);
        Ok(Self {
            id: id(row)?,
            name: name(row, code_page)?,
            default_name: row.name(b"default-name", code_page),
            kind: text(b"type"),
            running: row.bool(b"running")?,
            disabled: row.bool(b"disabled")?,
            counters: Counters::read(row)?,
            link_downs: row.u64(b"link-downs")?,
            last_link_up: row.date_time(b"last-link-up-time")?,
            last_link_down: row.date_time(b"last-link-down-time")?,
            actual_mtu: row.u64(b"actual-mtu")?,
            mac_address: text(b"mac-address"),
            comment: row.name(b"comment", code_page),
        })
    }
}

impl InterfaceCounters {
    fn read(row: &Row, code_page: CodePage) -> Result<Self, Error> {
        Ok(Self {
            id: id(row)?,
            name: name(row, code_page)?,
            counters: Counters::read(row)?,
        })
    }
}

impl Counters {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            rx_bytes: row.u64(b"rx-byte")?,
            tx_bytes: row.u64(b"tx-byte")?,
            rx_packets: row.u64(b"rx-packet")?,
            tx_packets: row.u64(b"tx-packet")?,
            rx_errors: row.u64(b"rx-error")?,
            tx_errors: row.u64(b"tx-error")?,
            rx_drops: row.u64(b"rx-drop")?,
            tx_drops: row.u64(b"tx-drop")?,
            tx_queue_drops: row.u64(b"tx-queue-drop")?,
        })
    }
}

pub(crate) fn id(row: &Row) -> Result<String, Error> {
    row.text(b".id", CodePage::default())
        .map(Into::into)
        .ok_or_else(|| Error::missing("an interface's .id"))
}

fn name(row: &Row, code_page: CodePage) -> Result<Text, Error> {
    row.name(b"name", code_page)
        .ok_or_else(|| Error::missing("an interface's name"))
}
