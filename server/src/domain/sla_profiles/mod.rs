//! SLA profiles: what is promised of a link, read from what staff type and kept version by version.
//!
//! What a promise means for a month is calculated in `sla`.

mod store;
pub mod week;

pub use store::{Version, archive, change, create, promise, versions};

use entity::sla_profile_version::{DisabledIs, MeasuredBy, PercentileOf, UnreachableIs};

use self::week::{BadWeek, Week};
use super::{
    sla::{
        credit::{CreditTerms, Tier},
        fraction::Percentage,
    },
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
    /// Another tier has this uptime.
    TierTwice,
    /// A tier for less uptime credits less than one for more.
    TierTooSmall,
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
    /// Milliseconds; empty: nothing is promised.
    pub jitter: String,
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
    /// `slots` or `edges`.
    pub measured: String,
    /// `greater` or `sum`.
    pub percentile: String,
    /// Percent of uptime, and percent of the fee for less than that; both empty: no tier.
    pub tiers: [(String, String); 5],
    /// Percent of the fee; empty: all of it.
    pub credit_most: String,
}

/// The names of the fields of tiers in forms: the uptime, and the credit for less.
pub const TIERS: [(&str, &str); 5] = [
    ("below-1", "credit-1"),
    ("below-2", "credit-2"),
    ("below-3", "credit-3"),
    ("below-4", "credit-4"),
    ("below-5", "credit-5"),
];

/// The names of the fields of the seven days in forms, Monday first.
pub const DAYS: [&str; 7] = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"];

/// What a profile promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub uptime: Percentage,
    pub latency_us: Option<i64>,
    pub jitter_us: Option<i64>,
    pub loss: Option<Percentage>,
    /// None: always.
    pub hours: Option<Week>,
    pub unreachable_is: UnreachableIs,
    pub disabled_is: DisabledIs,
    pub measured_by: MeasuredBy,
    pub percentile_of: PercentileOf,
    /// Its tiers from the most uptime to the least.
    pub credit: CreditTerms,
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
    /// What can't, by field: `name`, `uptime`, `latency`, `jitter`, `loss`, `hours`, those of [`DAYS`], `unreachable`,
    /// `disabled`, `measured`, `percentile`, those of [`TIERS`], `credit-most`.
    pub fn check(&self) -> Result<Details, Rejected<Reason>> {
        let mut checks = Checks::default();
        let name = checks.keep("name", line(&self.name, 120));
        let uptime = checks.keep("uptime", uptime(&self.uptime));
        let latency_us = checks.keep("latency", optional(&self.latency, microseconds));
        let jitter_us = checks.keep("jitter", optional(&self.jitter, microseconds));
        let loss = checks.keep("loss", optional(&self.loss, percentage));
        let hours = self.hours(&mut checks);
        let choices = [("unknown", UnreachableIs::Unknown), ("down", UnreachableIs::Down)];
        let unreachable_is = checks.keep("unreachable", choice(&self.unreachable, choices));
        let choices = [("excluded", DisabledIs::Excluded), ("down", DisabledIs::Down)];
        let disabled_is = checks.keep("disabled", choice(&self.disabled, choices));
        let choices = [("slots", MeasuredBy::Slots), ("edges", MeasuredBy::Edges)];
        let measured_by = checks.keep("measured", choice(&self.measured, choices));
        let choices = [("greater", PercentileOf::Greater), ("sum", PercentileOf::Sum)];
        let percentile_of = checks.keep("percentile", choice(&self.percentile, choices));
        let tiers = self.tiers(&mut checks);
        let most = checks.keep("credit-most", optional(&self.credit_most, percentage));
        let promise = || {
            Some(Promise {
                uptime: uptime?,
                latency_us: latency_us?,
                jitter_us: jitter_us?,
                loss: loss?,
                hours: hours?,
                unreachable_is: unreachable_is?,
                disabled_is: disabled_is?,
                measured_by: measured_by?,
                percentile_of: percentile_of?,
                credit: CreditTerms {
                    tiers: tiers?,
                    most: most?,
                },
            })
        };
        match (name, promise()) {
            (Some(name), Some(promise)) => Ok(Details { name, promise }),
            _ => Err(checks.rejected()),
        }
    }

    /// From the most uptime to the least: the less there is, the more is credited.
    fn tiers(&self, checks: &mut Checks<Reason>) -> Option<Vec<Tier>> {
        let mut tiers: Vec<(&str, &str, Tier)> = Vec::new();
        let mut is_read = true;
        for ((below_at, credit_at), (below, credit)) in TIERS.into_iter().zip(&self.tiers) {
            if below.trim().is_empty() && credit.trim().is_empty() {
                continue;
            }
            let read = (
                checks.keep(below_at, percentage(below)),
                checks.keep(credit_at, percentage(credit)),
            );
            match read {
                (Some(below), Some(credit)) => tiers.push((below_at, credit_at, Tier { below, credit })),
                _ => is_read = false,
            }
        }
        tiers.sort_by_key(|(.., tier)| std::cmp::Reverse(tier.below));
        for pair in tiers.windows(2) {
            let [(.., more), (below_at, credit_at, less)] = pair else {
                continue;
            };
            if less.below == more.below {
                checks.reject(below_at, Reason::TierTwice);
                is_read = false;
            } else if less.credit < more.credit {
                checks.reject(credit_at, Reason::TierTooSmall);
                is_read = false;
            }
        }
        is_read.then(|| tiers.into_iter().map(|(.., tier)| tier).collect())
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

fn choice<T: Copy>(typed: &str, choices: [(&str, T); 2]) -> Result<T, Reason> {
    let chosen = choices.into_iter().find(|(name, _)| *name == typed);
    chosen.map(|(_, choice)| choice).ok_or(Reason::NotAChoice)
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
            measured: "slots".to_owned(),
            percentile: "greater".to_owned(),
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
        assert_eq!(
            fields,
            [
                "name",
                "uptime",
                "loss",
                "day-2",
                "unreachable",
                "disabled",
                "measured",
                "percentile"
            ]
        );
    }

    #[test]
    fn tiers_are_kept_from_the_most_uptime_to_the_least() {
        let tiers = |typed: [(&str, &str); 3]| {
            let mut draft = draft();
            for (tier, (below, credit)) in draft.tiers.iter_mut().zip(typed) {
                *tier = (below.to_owned(), credit.to_owned());
            }
            let checked = draft.check().map(|details| details.promise.credit.tiers);
            let shown = |tier: Tier| (tier.below.to_string(), tier.credit.to_string());
            checked
                .map(|tiers| tiers.into_iter().map(shown).collect::<Vec<_>>())
                .map_err(|Rejected(wrong)| wrong)
        };
        let pair = |below: &str, credit: &str| (below.to_owned(), credit.to_owned());
        assert_eq!(
            tiers([("", " "), ("99", "10"), ("99,5", "5 %")]),
            Ok(vec![pair("99.5", "5"), pair("99", "10")])
        );
        assert_eq!(tiers([("", ""); 3]), Ok(Vec::new()));
        let missing = Reason::Text(BadText::Missing);
        assert_eq!(
            tiers([("99", ""), ("", "5"), ("x", "1")]),
            Err(vec![
                ("credit-1", missing.clone()),
                ("below-2", missing),
                ("below-3", Reason::NotAPercentage),
            ])
        );
        assert_eq!(
            tiers([("99", "5"), ("99.0", "10"), ("", "")]),
            Err(vec![("below-2", Reason::TierTwice)])
        );
        assert_eq!(
            tiers([("99", "5"), ("99.5", "10"), ("", "")]),
            Err(vec![("credit-1", Reason::TierTooSmall)])
        );
    }
}
