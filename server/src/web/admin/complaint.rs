//! The sentences for what can't be taken of what was typed.

use app::{t, t_count, t_with, text::Text, ui::time};
use chrono_tz::Tz;

use crate::domain::{
    clients,
    maintenance::{self, LONGEST},
    people,
    problem::Problem,
    settings::{self, accent::BadColour},
    sla_profiles::{self, week::BadWeek},
    typed::BadText,
};

fn text(bad: BadText) -> Text {
    match bad {
        BadText::Missing => t("text-missing").into(),
        BadText::TooLong { most } => t_count("text-too-long", most as u64),
        BadText::Unprintable => t("text-unprintable").into(),
    }
}

pub(super) fn of_client(reason: clients::Reason) -> Text {
    match reason {
        clients::Reason::Text(bad) => text(bad),
        clients::Reason::NameTaken => t("name-taken").into(),
    }
}

/// Of routers and links.
pub(super) fn of_network(problem: Problem) -> Text {
    let key = match problem {
        Problem::Text(bad) => return text(bad),
        Problem::Taken => t("name-taken"),
        Problem::NotAHost => t("problem-host"),
        Problem::NotAPort => t("problem-port"),
        Problem::NotACertificate => t("problem-certificate"),
        Problem::NotACodePage => t("problem-code-page"),
        Problem::NotABandwidth => t("problem-bandwidth"),
        Problem::BandwidthOutOfRange => t("problem-bandwidth-range"),
        Problem::NotATime => t("problem-time"),
        Problem::DateOutOfRange => t("date-out-of-range"),
        Problem::EndsBeforeStart => t("problem-ends-before-start"),
        Problem::NotAChoice => t("not-a-choice"),
        Problem::InterfaceTaken => t("problem-interface-taken"),
        Problem::HasAPast => t("problem-has-a-past"),
    };
    key.into()
}

pub(super) fn of_person(reason: people::Reason) -> Text {
    match reason {
        people::Reason::Text(bad) => text(bad),
        people::Reason::NotAMail => t("people-mail-bad").into(),
    }
}

pub(super) fn of_profile(reason: sla_profiles::Reason) -> Text {
    use sla_profiles::Reason;
    let key = match reason {
        Reason::Text(bad) => return text(bad),
        Reason::NameTaken => t("name-taken"),
        Reason::NotAPercentage => t("sla-not-a-percentage"),
        Reason::PromisesNothing => t("sla-promises-nothing"),
        Reason::NotMilliseconds => t("sla-not-milliseconds"),
        Reason::Week(BadWeek::NotHours) => t("sla-not-hours"),
        Reason::Week(BadWeek::Backwards) => t("sla-hours-backwards"),
        Reason::Week(BadWeek::Empty) => t("sla-hours-empty"),
        Reason::NotAChoice => t("not-a-choice"),
    };
    key.into()
}

/// With the times of the tenant's `zone`, in which they were typed.
pub(super) fn of_window(reason: maintenance::Reason, zone: Tz) -> Text {
    use maintenance::Reason;
    let key = match reason {
        Reason::Text(bad) => return text(bad),
        Reason::Skipped { then } => {
            let then = then.format("%H:%M").to_string();
            return t_with("windows-skipped", &[("then", then.into())]).into();
        }
        Reason::Twice { first, second } => {
            let shown = |at| time::absolute(at, zone);
            let values = [("first", shown(first).into()), ("second", shown(second).into())];
            return t_with("windows-twice", &values).into();
        }
        Reason::TooLong => return t_count("windows-too-long", LONGEST.num_days().unsigned_abs()),
        Reason::NotATime => t("windows-not-a-time"),
        Reason::OutOfRange => t("date-out-of-range"),
        Reason::Past => t("windows-past-start"),
        Reason::Backwards => t("windows-backwards"),
        Reason::NotAChoice => t("windows-gone"),
        Reason::NothingChosen => t("windows-nothing-chosen"),
    };
    key.into()
}

pub(super) fn of_setting(reason: settings::Reason) -> Text {
    use settings::Reason;
    match reason {
        Reason::Text(bad) => text(bad),
        Reason::NotAZone => t("settings-not-a-zone").into(),
        Reason::NotAChoice => t("not-a-choice").into(),
        Reason::Colour(BadColour::Unreadable) => t("settings-not-a-colour").into(),
        Reason::Colour(BadColour::TooLight { contrast, darker }) => {
            let values = [("contrast", contrast.into()), ("darker", darker.into())];
            t_with("settings-too-light", &values).into()
        }
        Reason::NotARange(range) => t_with("settings-not-a-range", &[("range", range.into())]).into(),
        Reason::NotPrivate(range) => t_with("settings-not-private", &[("range", range.into())]).into(),
    }
}
