//! SLA profiles: what is promised of a link, read from what staff type and kept version by version.
//!
//! What a promise means for a month is calculated in `sla`.

mod store;
pub mod week;

pub use store::{Version, archive, change, create, promise, versions};

use entity::sla_profile_version::{DisabledIs, UnreachableIs};

use self::week::{BadWeek, Week};
use super::{
    sla::fraction::Percentage,
    typed::{BadText, ChangeError, Checks, Rejected, line},
};

/// Why a profile was not changed.
pub type Error = ChangeError<Reason>;

/// The most that can be promised as latency: a minute, in microseconds.
const MOST_LATENCY_US: i64 = 60_000_000;

/// What may be wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text itself.
    Text(BadText),
    /// Another profile has the name.
    NameTaken,
    /// Not a percentage from 0 to 100 with at most six decimal places.
    NotAPercentage,
    /// An uptime of nothing promises nothing.
    PromisesNothing,
    /// Not milliseconds from 0.001 to 60,000 with at most three decimal places.
    NotMilliseconds,
    /// Service hours that can't be meant.
    Week(BadWeek),
    /// None of the choices.
    NotAChoice,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

impl From<BadWeek> for Reason {
    fn from(bad: BadWeek) -> Self {
        Self::Week(bad)
    }
}

/// A profile as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub name: String,
    /// Percent.
    pub uptime: String,
    /// Milliseconds; empty: nothing is promised.
    pub latency: String,
    /// Percent; empty: nothing is promised.
    pub loss: String,
    /// `always` or `week`.
    pub hours: String,
    /// Monday first.
    pub days: [String; 7],
    /// `unknown` or `down`.
    pub unreachable: String,
    /// `excluded` or `down`.
    pub disabled: String,
}

/// The names of the fields of the seven days in forms, Monday first.
pub const DAYS: [&str; 7] = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"];

/// What a profile promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub uptime: Percentage,
    pub latency_us: Option<i64>,
    pub loss: Option<Percentage>,
    /// None: always.
    pub hours: Option<Week>,
    pub unreachable_is: UnreachableIs,
    pub disabled_is: DisabledIs,
}

/// A profile as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    name: String,
    promise: Promise,
}

impl Draft {
    /// What was typed, if all of it can be taken.
    ///
    /// # Errors
    /// What can't, by field: `name`, `uptime`, `latency`, `loss`, `hours`, those of [`DAYS`], `unreachable`, `disabled`.
    pub fn check(&self) -> Result<Details, Rejected<Reason>> {
        let mut checks = Checks::default();
        let name = checks.keep("name", line(&self.name, 120));
        let uptime = checks.keep("uptime", uptime(&self.uptime));
        let latency_us = checks.keep("latency", optional(&self.latency, microseconds));
        let loss = checks.keep("loss", optional(&self.loss, percentage));
        let hours = self.hours(&mut checks);
        let unreachable_is = match self.unreachable.as_str() {
            "unknown" => Ok(UnreachableIs::Unknown),
            "down" => Ok(UnreachableIs::Down),
            _ => Err(Reason::NotAChoice),
        };
        let unreachable_is = checks.keep("unreachable", unreachable_is);
        let disabled_is = match self.disabled.as_str() {
            "excluded" => Ok(DisabledIs::Excluded),
            "down" => Ok(DisabledIs::Down),
            _ => Err(Reason::NotAChoice),
        };
        let disabled_is = checks.keep("disabled", disabled_is);
        match (name, uptime, latency_us, loss, hours, unreachable_is, disabled_is) {
            (
                Some(name),
                Some(uptime),
                Some(latency_us),
                Some(loss),
                Some(hours),
                Some(unreachable_is),
                Some(disabled_is),
            ) => {
                let promise = Promise {
                    uptime,
                    latency_us,
                    loss,
                    hours,
                    unreachable_is,
                    disabled_is,
                };
                Ok(Details { name, promise })
            }
            _ => Err(checks.rejected()),
        }
    }

    fn hours(&self, checks: &mut Checks<Reason>) -> Option<Option<Week>> {
        match self.hours.as_str() {
            "always" => return Some(None),
            "week" => {}
            _ => {
                checks.reject("hours", Reason::NotAChoice);
                return None;
            }
        }
        let mut days = Vec::with_capacity(7);
        for (field, typed) in DAYS.into_iter().zip(&self.days) {
            days.extend(checks.keep(field, week::day(typed)));
        }
        // A day that can't be read has its own error: then nothing more is said of the week.
        let days = days.try_into().ok()?;
        checks.keep("hours", Week::new(days)).map(Some)
    }
}

fn uptime(typed: &str) -> Result<Percentage, Reason> {
    let share = percentage(typed)?;
    if share.millionths() == 0 {
        Err(Reason::PromisesNothing)
    } else {
        Ok(share)
    }
}

/// Percent as people type them: `99.95`, `99,95`, `99.95 %`.
fn percentage(typed: &str) -> Result<Percentage, Reason> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(BadText::Missing.into());
    }
    let text = text.strip_suffix('%').unwrap_or(text).trim().replace(',', ".");
    text.parse().map_err(|_| Reason::NotAPercentage)
}

/// Milliseconds as people type them, in microseconds: `20`, `2.5`, `2,5 ms`.
fn microseconds(typed: &str) -> Result<i64, Reason> {
    let text = typed.trim();
    let text = text.strip_suffix("ms").unwrap_or(text).trim().replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole, 5) || !digits(decimals, 3) {
        return Err(Reason::NotMilliseconds);
    }
    let us = format!("{whole}{decimals:0<3}")
        .parse()
        .map_err(|_| Reason::NotMilliseconds)?;
    if (1..=MOST_LATENCY_US).contains(&us) {
        Ok(us)
    } else {
        Err(Reason::NotMilliseconds)
    }
}

fn optional<T>(typed: &str, read: impl Fn(&str) -> Result<T, Reason>) -> Result<Option<T>, Reason> {
    if typed.trim().is_empty() {
        Ok(None)
    } else {
        read(typed).map(Some)
    }
}

/// Microseconds as milliseconds that [`Draft`] reads back: `2.5`.
#[must_use]
pub fn milliseconds(us: i64) -> String {
    let (whole, rest) = (us / 1000, us % 1000);
    if rest == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{rest:03}").trim_end_matches('0').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn draft() -> Draft {
        Draft {
            name: "Gold".to_owned(),
            uptime: "99.95".to_owned(),
            hours: "always".to_owned(),
            unreachable: "unknown".to_owned(),
            disabled: "excluded".to_owned(),
            ..Draft::default()
        }
    }

    #[test]
    fn uptime_is_kept_to_the_last_of_six_places() {
        let promised = |typed: &str| {
            Draft {
                uptime: typed.to_owned(),
                ..draft()
            }
            .check()
            .map(|details| details.promise.uptime)
        };
        assert_eq!(promised("99.999999").unwrap().millionths(), 99_999_999);
        assert_eq!(promised(" 99,95 % ").unwrap().to_string(), "99.95");
        for (typed, reason) in [
            ("", Reason::Text(BadText::Missing)),
            ("99.9999999", Reason::NotAPercentage),
            ("100.1", Reason::NotAPercentage),
            ("-1", Reason::NotAPercentage),
            ("0", Reason::PromisesNothing),
        ] {
            assert_eq!(promised(typed).unwrap_err().0, [("uptime", reason)], "{typed}");
        }
    }

    #[test]
    fn latency_is_microseconds_and_reads_back_as_typed() {
        for (typed, us) in [("20", 20_000), ("2.5", 2_500), ("0,001 ms", 1), ("60000", 60_000_000)] {
            assert_eq!(microseconds(typed), Ok(us), "{typed}");
            assert_eq!(microseconds(&milliseconds(us)), Ok(us));
        }
        for typed in ["0", "60000.001", "1.0001", "1e3", ".5", "ms", "999999"] {
            assert_eq!(microseconds(typed), Err(Reason::NotMilliseconds), "{typed}");
        }
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let days = ["9-17", "x", "", "", "", "", ""].map(str::to_owned);
        let wrong = Draft {
            hours: "week".to_owned(),
            days,
            loss: "2x".to_owned(),
            ..Draft::default()
        };
        let fields: Vec<_> = wrong
            .check()
            .unwrap_err()
            .0
            .into_iter()
            .map(|(field, _)| field)
            .collect();
        assert_eq!(fields, ["name", "uptime", "loss", "day-2", "unreachable", "disabled"]);
    }
}
