//! Samples as lines of a CSV file, to carry them from one installation to another or out of another program.
//!
//! | column | what |
//! | --- | --- |
//! | `link` | the link's name; on the way in its reference or id, too |
//! | `slot` | the slot's beginning in RFC 3339, as `2026-11-21T10:05:00Z`; on the way in Unix seconds, too |
//! | `state` | `up`, `down`, `disabled` or `unknown` |
//! | `latency_min_ms` … `jitter_ms` | milliseconds, with up to three decimals |
//! | `sent`, `received` | probes |
//! | `rx_octets` … `drops` | counted since the sample before, on the router's interface |
//! | `flaps`, `down_seconds` | how often the interface went down, and for how long, where the router tells |
//! | `rate_seconds`, `jitter_differences` | optional: the seconds that the octets cover, and how many differences the jitter is the mean of. Where the columns are lacking, a slot's 300 seconds, and one less than was received |
//!
//! An empty value is unknown, which is never zero.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat};
use csv::StringRecord;

use super::slot::{Counters, Jitter, Latency, Sample, SampleState, Slot};

/// The columns that a file must have, in any order.
pub const COLUMNS: [&str; 17] = [
    "link",
    "slot",
    "state",
    "latency_min_ms",
    "latency_avg_ms",
    "latency_max_ms",
    "jitter_ms",
    "sent",
    "received",
    "rx_octets",
    "tx_octets",
    "rx_packets",
    "tx_packets",
    "errors",
    "drops",
    "flaps",
    "down_seconds",
];

/// Those that it may have besides.
pub const OPTIONAL: [&str; 2] = ["rate_seconds", "jitter_differences"];

/// What is wrong with a file or a line of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("the first line must name the columns; {} is lacking", .0.join(", "))]
    Lacking(Vec<&'static str>),
    #[error("the column {0} is not known; known are {known}", known = COLUMNS.iter().chain(&OPTIONAL).copied().collect::<Vec<_>>().join(", "))]
    UnknownColumn(String),
    #[error("the column {0} is there twice")]
    Twice(String),
    #[error("{0} is empty")]
    Empty(&'static str),
    #[error("{column} is `{value}`: {must}")]
    Value {
        column: &'static str,
        value: String,
        must: &'static str,
    },
    #[error("{0}")]
    Together(&'static str),
}

/// Where a file has its columns.
#[derive(Clone, Debug)]
pub struct Header(HashMap<&'static str, usize>);

impl Header {
    /// From the first line.
    ///
    /// # Errors
    /// When a column is lacking, unknown or there twice.
    pub fn of(line: &StringRecord) -> Result<Self, Wrong> {
        let mut places = HashMap::new();
        for (at, name) in line.iter().enumerate() {
            let name = name.trim();
            let column = COLUMNS.iter().chain(&OPTIONAL).find(|column| **column == name);
            let column = column.ok_or_else(|| Wrong::UnknownColumn(name.to_owned()))?;
            if places.insert(*column, at).is_some() {
                return Err(Wrong::Twice(name.to_owned()));
            }
        }
        let lacking: Vec<_> = COLUMNS
            .into_iter()
            .filter(|column| !places.contains_key(column))
            .collect();
        if lacking.is_empty() {
            Ok(Self(places))
        } else {
            Err(Wrong::Lacking(lacking))
        }
    }

    /// What a line says: which link, and its sample.
    ///
    /// # Errors
    /// With the first thing that is wrong.
    pub fn read<'l>(&self, line: &'l StringRecord) -> Result<(&'l str, Sample), Wrong> {
        let fields = Fields { header: self, line };
        let link = fields.text("link").ok_or(Wrong::Empty("link"))?;
        let slot = fields.slot()?;
        let latency = match (
            fields.micros("latency_min_ms")?,
            fields.micros("latency_avg_ms")?,
            fields.micros("latency_max_ms")?,
        ) {
            (None, None, None) => None,
            (Some(min_us), Some(avg_us), Some(max_us)) if min_us <= avg_us && avg_us <= max_us => {
                Some(Latency { min_us, avg_us, max_us })
            }
            (Some(_), Some(_), Some(_)) => {
                return Err(Wrong::Together(
                    "the latencies must ascend from the least over the mean to the greatest",
                ));
            }
            _ => {
                return Err(Wrong::Together("of the three latencies either all are given or none"));
            }
        };
        let (sent, received) = match (fields.small("sent")?, fields.small("received")?) {
            (None, None) => (0, 0),
            (Some(sent), Some(received)) if received <= sent => (sent, received),
            (Some(_), Some(_)) => return Err(Wrong::Together("more probes were received than sent")),
            _ => return Err(Wrong::Together("of sent and received either both are given or none")),
        };
        let counters = Counters {
            rx_octets: fields.counted("rx_octets")?,
            tx_octets: fields.counted("tx_octets")?,
            rx_packets: fields.counted("rx_packets")?,
            tx_packets: fields.counted("tx_packets")?,
            rx_errors: fields.counted("errors")?,
            tx_errors: None,
            rx_drops: fields.counted("drops")?,
            tx_drops: None,
        };
        let rated = counters.rx_octets.is_some() || counters.tx_octets.is_some();
        let rate_seconds = match self.has("rate_seconds") {
            true => fields.small("rate_seconds")?,
            false => rated.then_some(Slot::SECONDS as u32),
        };
        let jitter = match (fields.micros("jitter_ms")?, self.has("jitter_differences")) {
            (None, _) => None,
            (Some(mean_us), true) => Some(Jitter {
                mean_us,
                differences: fields
                    .small("jitter_differences")?
                    .ok_or(Wrong::Empty("jitter_differences"))?,
            }),
            (Some(mean_us), false) => Some(Jitter {
                mean_us,
                differences: received.saturating_sub(1).max(1),
            }),
        };
        let down_seconds = fields.small("down_seconds")?;
        if down_seconds.is_some_and(|seconds| i64::from(seconds) > Slot::SECONDS) {
            return Err(Wrong::Together("down_seconds is more than the 300 seconds of a slot"));
        }
        Ok((
            link,
            Sample {
                state: fields.state()?,
                counters,
                rate_seconds,
                latency,
                jitter,
                probes_sent: sent,
                probes_received: received,
                flaps: fields.small("flaps")?,
                down_seconds,
                ..Sample::new(slot, SampleState::Unknown)
            },
        ))
    }

    fn has(&self, column: &str) -> bool {
        self.0.contains_key(column)
    }
}

/// The line of `sample`: a value for each of [`COLUMNS`] and [`OPTIONAL`].
#[must_use]
pub fn line(link: &str, sample: &Sample) -> Vec<String> {
    let counters = &sample.counters;
    let counted = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let small = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let ms = |micros: Option<u32>| {
        let text = micros.map(|micros| format!("{}.{:03}", micros / 1000, micros % 1000));
        text.unwrap_or_default()
    };
    let probed = sample.probes_sent > 0;
    vec![
        link.to_owned(),
        sample.slot.start().to_rfc3339_opts(SecondsFormat::Secs, true),
        sample.state.name().to_owned(),
        ms(sample.latency.map(|latency| latency.min_us)),
        ms(sample.latency.map(|latency| latency.avg_us)),
        ms(sample.latency.map(|latency| latency.max_us)),
        ms(sample.jitter.map(|jitter| jitter.mean_us)),
        small(probed.then_some(sample.probes_sent)),
        small(probed.then_some(sample.probes_received)),
        counted(counters.rx_octets),
        counted(counters.tx_octets),
        counted(counters.rx_packets),
        counted(counters.tx_packets),
        counted(counters.errors()),
        counted(counters.drops()),
        small(sample.flaps),
        small(sample.down_seconds),
        small(sample.rate_seconds),
        small(sample.jitter.map(|jitter| jitter.differences)),
    ]
}

struct Fields<'h, 'l> {
    header: &'h Header,
    line: &'l StringRecord,
}

impl<'l> Fields<'_, 'l> {
    /// The value of `column`, if there is any.
    fn text(&self, column: &str) -> Option<&'l str> {
        let value = self.line.get(*self.header.0.get(column)?)?.trim();
        (!value.is_empty()).then_some(value)
    }

    fn parsed<T>(
        &self,
        column: &'static str,
        must: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Wrong> {
        let Some(value) = self.text(column) else {
            return Ok(None);
        };
        let parsed = parse(value).ok_or_else(|| Wrong::Value {
            column,
            // A line without its quotes may be one long value.
            value: value.chars().take(40).collect(),
            must,
        })?;
        Ok(Some(parsed))
    }

    fn slot(&self) -> Result<Slot, Wrong> {
        let must =
            "it must be the beginning of a slot of five minutes since 1970, as 2026-11-21T10:05:00Z or in Unix seconds";
        let slot = self.parsed("slot", must, |text| {
            let second = match text.parse::<i64>() {
                Ok(second) => second,
                Err(_) => {
                    let at = DateTime::parse_from_rfc3339(text).ok()?;
                    (at.timestamp_subsec_nanos() == 0).then(|| at.timestamp())?
                }
            };
            let slot = Slot::from_second(second);
            (second >= 0 && slot.start().timestamp() == second).then_some(slot)
        })?;
        slot.ok_or(Wrong::Empty("slot"))
    }

    fn state(&self) -> Result<SampleState, Wrong> {
        let state = self.parsed("state", "it must be up, down, disabled or unknown", |text| {
            SampleState::ALL.into_iter().find(|state| state.name() == text)
        })?;
        state.ok_or(Wrong::Empty("state"))
    }

    fn counted(&self, column: &'static str) -> Result<Option<u64>, Wrong> {
        // More than an i64 is not kept, and no interface counts that far.
        self.parsed(
            column,
            "it must be a whole number from 0 to 9223372036854775807",
            |text| text.parse::<i64>().ok().and_then(|value| u64::try_from(value).ok()),
        )
    }

    fn small(&self, column: &'static str) -> Result<Option<u32>, Wrong> {
        self.parsed(column, "it must be a whole number from 0 to 2147483647", |text| {
            text.parse::<i32>().ok().and_then(|value| u32::try_from(value).ok())
        })
    }

    fn micros(&self, column: &'static str) -> Result<Option<u32>, Wrong> {
        let must = "it must be milliseconds from 0 to 2147483.647 with at most three decimals";
        self.parsed(column, must, |text| {
            let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > 3 {
                return None;
            }
            let micros: i32 = format!("{whole}{decimals:0<3}").parse().ok()?;
            u32::try_from(micros).ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn header(columns: &[&str]) -> Header {
        Header::of(&StringRecord::from(columns.to_vec())).unwrap()
    }

    fn all() -> Vec<&'static str> {
        COLUMNS.iter().chain(&OPTIONAL).copied().collect()
    }

    fn any_sample() -> impl Strategy<Value = Sample> {
        let counted = || prop::option::of(0..=i64::MAX as u64);
        let small = || prop::option::of(0..=i32::MAX as u32);
        let parts = (
            (0..9_000_000_i32, 0..4_usize, counted(), counted()),
            (
                small(),
                prop::option::of([0..=1_000_000_u32, 0..=1_000_000, 0..=1_000_000]),
            ),
            (small(), small(), prop::option::of(0..=300_u32), 0..=5_u32),
        );
        parts.prop_map(
            |((slot, state, octets, errors), (seconds, latency), (jitter, flaps, down_seconds, received))| Sample {
                counters: Counters {
                    rx_octets: octets,
                    rx_errors: errors,
                    ..Counters::default()
                },
                rate_seconds: seconds,
                latency: latency.map(|mut us| {
                    us.sort_unstable();
                    Latency {
                        min_us: us[0],
                        avg_us: us[1],
                        max_us: us[2],
                    }
                }),
                jitter: jitter.map(|mean_us| Jitter {
                    mean_us,
                    differences: 3,
                }),
                probes_sent: 5,
                probes_received: received,
                flaps,
                down_seconds,
                ..Sample::new(Slot::from_number(slot), SampleState::ALL[state])
            },
        )
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(sample in any_sample()) {
            let line = StringRecord::from(line("Berlin, \"north\"", &sample));
            prop_assert_eq!(header(&all()).read(&line).unwrap(), ("Berlin, \"north\"", sample));
        }

        #[test]
        fn any_line_is_a_sample_or_an_error(values in prop::collection::vec("\\PC{0,12}", 0..22)) {
            let _ = header(&all()).read(&StringRecord::from(values));
        }
    }

    #[test]
    fn the_seventeen_columns_are_enough_and_unknown_stays_unknown() {
        let header = header(&COLUMNS);
        let line = |line: &str| StringRecord::from(line.split(',').collect::<Vec<_>>());
        let (link, sample) = {
            let line = line("Berlin,2026-11-21T10:05:00Z,up,1.5,2,2.75,0.1,5,4,3000,,,,0,,,");
            let (link, sample) = header.read(&line).unwrap();
            (link.to_owned(), sample)
        };
        assert_eq!(link, "Berlin");
        assert_eq!(sample.slot.start().timestamp(), 1_795_255_500);
        assert_eq!(sample.latency.unwrap().max_us, 2_750);
        assert_eq!(
            (sample.rate_seconds, sample.jitter.unwrap().differences),
            (Some(300), 3)
        );
        assert_eq!(sample.counters.tx_octets, None);
        let line = line("Berlin,1795255500,unknown,,,,,,,,,,,,,,");
        let (_, sample) = header.read(&line).unwrap();
        assert_eq!(
            sample,
            Sample::new(Slot::from_second(1_795_255_500), SampleState::Unknown)
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let header = header(&COLUMNS);
        let wrong = |line: &str| {
            let line = StringRecord::from(line.split(',').collect::<Vec<_>>());
            header.read(&line).unwrap_err().to_string()
        };
        for (line, said) in [
            (",2026-11-21T10:05:00Z,up,,,,,,,,,,,,,,", "link is empty"),
            ("a,2026-11-21T10:06:00Z,up,,,,,,,,,,,,,,", "beginning of a slot"),
            ("a,yesterday,up,,,,,,,,,,,,,,", "beginning of a slot"),
            ("a,1795255500,UP,,,,,,,,,,,,,,", "state is `UP`"),
            ("a,1795255500,up,1,,,,,,,,,,,,,", "either all are given or none"),
            ("a,1795255500,up,3,2,1,,,,,,,,,,,", "must ascend"),
            ("a,1795255500,up,,,,,5,6,,,,,,,,", "more probes"),
            ("a,1795255500,up,,,,,,,-1,,,,,,,", "rx_octets is `-1`"),
            ("a,1795255500,up,,,,,,,1.5,,,,,,,", "whole number"),
            ("a,1795255500,up,,,,,,,,,,,,,,301", "more than the 300"),
            ("a,1795255500,up,,,,0.0001,,,,,,,,,,", "three decimals"),
        ] {
            assert!(wrong(line).contains(said), "{line}: {}", wrong(line));
        }
        let lacking = Header::of(&StringRecord::from(vec!["link", "slot"])).unwrap_err();
        assert!(lacking.to_string().contains("state, latency_min_ms"), "{lacking}");
        let unknown = Header::of(&StringRecord::from(vec!["link", "colour"])).unwrap_err();
        assert!(unknown.to_string().contains("colour"), "{unknown}");
    }
}
