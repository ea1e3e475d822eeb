//! The sentences for what can't be taken of what was typed, in the language of the page.

use app::{
    text::{Lang, Text, in_language},
    ui::time,
};
use chrono_tz::Tz;

use crate::domain::{
    clients, contabo, mail,
    maintenance::{self, LONGEST, recurrence::BadRule},
    money::BadAmount,
    outages, people,
    problem::Problem,
    reports::credits,
    settings::{self, accent::BadColour, logo},
    sla_profiles::{self, week::BadWeek},
    tenant_metrics::tokens,
    typed::BadText,
};

pub(in crate::web) fn text(lang: Lang, bad: BadText) -> Text {
    match bad {
        BadText::Missing => lang.t("text-missing").into(),
        BadText::TooLong { most } => lang.t_count("text-too-long", most as u64),
        BadText::Unprintable => lang.t("text-unprintable").into(),
    }
}

pub(super) fn of_client(lang: Lang, reason: clients::Reason) -> Text {
    match reason {
        clients::Reason::Text(bad) => text(lang, bad),
        clients::Reason::NameTaken => lang.t("name-taken").into(),
    }
}

/// Of an account at Contabo; in Contabo's words where it refused.
pub(super) fn of_contabo(lang: Lang, reason: contabo::accounts::Reason) -> Text {
    use contabo::accounts::Reason;
    match reason {
        Reason::Text(bad) => text(lang, bad),
        Reason::Taken => lang.t("name-taken").into(),
        Reason::Refused(says) => lang.t_with("contabo-refused", &[("says", says.into())]).into(),
        Reason::NotAsked(why) => lang.t_with("contabo-not-asked", &[("why", why.into())]).into(),
    }
}

/// Of routers and links.
pub(super) fn of_network(lang: Lang, problem: Problem) -> Text {
    let key = match problem {
        Problem::Text(bad) => return text(lang, bad),
        Problem::Taken => lang.t("name-taken"),
        Problem::NotAHost => lang.t("problem-host"),
        Problem::NotAPort => lang.t("problem-port"),
        Problem::NotACertificate => lang.t("problem-certificate"),
        Problem::NotACodePage => lang.t("problem-code-page"),
        Problem::Amount(bad) => return amount(lang, bad),
        Problem::NotABandwidth => lang.t("problem-bandwidth"),
        Problem::BandwidthOutOfRange => lang.t("problem-bandwidth-range"),
        Problem::NotATime => lang.t("problem-time"),
        Problem::DateOutOfRange => lang.t("date-out-of-range"),
        Problem::EndsBeforeStart => lang.t("problem-ends-before-start"),
        Problem::NotAChoice => lang.t("not-a-choice"),
        Problem::InterfaceTaken => lang.t("problem-interface-taken"),
        Problem::HasAPast => lang.t("problem-has-a-past"),
    };
    key.into()
}

pub(super) fn amount(lang: Lang, bad: BadAmount) -> Text {
    match bad {
        BadAmount::NotANumber => lang.t("problem-amount").into(),
        BadAmount::TooMuch => lang.t("problem-amount-too-much").into(),
        BadAmount::Decimals(most) => lang.t_count("problem-amount-decimals", most.into()),
    }
}

pub(super) fn of_credit(lang: Lang, reason: credits::Reason) -> Text {
    use credits::Reason;
    match reason {
        Reason::Text(bad) => text(lang, bad),
        Reason::Amount(bad) => amount(lang, bad),
        Reason::MoreThanTheFee => lang.t("credit-too-much").into(),
        Reason::NoteNeeded => lang.t("credit-note-needed").into(),
        Reason::NotAChoice => lang.t("not-a-choice").into(),
    }
}

pub(super) fn of_outage(lang: Lang, reason: outages::Reason) -> Text {
    match reason {
        outages::Reason::Text(bad) => text(lang, bad),
        outages::Reason::NotAChoice => lang.t("not-a-choice").into(),
    }
}

pub(super) fn of_person(lang: Lang, reason: people::Reason) -> Text {
    match reason {
        people::Reason::Text(bad) => text(lang, bad),
        people::Reason::NotAMail => lang.t("people-mail-bad").into(),
    }
}

pub(super) fn of_profile(lang: Lang, reason: sla_profiles::Reason) -> Text {
    use sla_profiles::Reason;
    let key = match reason {
        Reason::Text(bad) => return text(lang, bad),
        Reason::NameTaken => lang.t("name-taken"),
        Reason::NotAPercentage => lang.t("sla-not-a-percentage"),
        Reason::PromisesNothing => lang.t("sla-promises-nothing"),
        Reason::NotMilliseconds => lang.t("sla-not-milliseconds"),
        Reason::TierTwice => lang.t("sla-tier-twice"),
        Reason::TierTooSmall => lang.t("sla-tier-too-small"),
        Reason::Week(BadWeek::NotHours) => lang.t("sla-not-hours"),
        Reason::Week(BadWeek::Backwards) => lang.t("sla-hours-backwards"),
        Reason::Week(BadWeek::Empty) => lang.t("sla-hours-empty"),
        Reason::NotAChoice => lang.t("not-a-choice"),
    };
    key.into()
}

/// With the times of the tenant's `zone`, in which they were typed.
pub(super) fn of_window(lang: Lang, reason: maintenance::Reason, zone: Tz) -> Text {
    use maintenance::Reason;
    let key = match reason {
        Reason::Text(bad) => return text(lang, bad),
        Reason::Skipped { then } => {
            let then = then.format("%H:%M").to_string();
            return lang.t_with("windows-skipped", &[("then", then.into())]).into();
        }
        Reason::Twice { first, second } => {
            let shown = |at| in_language(lang, || time::absolute(at, zone));
            let values = [("first", shown(first).into()), ("second", shown(second).into())];
            return lang.t_with("windows-twice", &values).into();
        }
        Reason::TooLong => return lang.t_count("windows-too-long", LONGEST.num_days().unsigned_abs()),
        Reason::Rule(bad) => return of_rule(lang, bad),
        Reason::NotMinutes => lang.t("series-not-minutes"),
        Reason::NotANumber => lang.t("series-not-a-number"),
        Reason::Never => lang.t("series-rule-never"),
        Reason::NotATime => lang.t("windows-not-a-time"),
        Reason::OutOfRange => lang.t("date-out-of-range"),
        Reason::Past => lang.t("windows-past-start"),
        Reason::Backwards => lang.t("windows-backwards"),
        Reason::NotAChoice => lang.t("windows-gone"),
        Reason::NothingChosen => lang.t("windows-nothing-chosen"),
    };
    key.into()
}

fn of_rule(lang: Lang, bad: BadRule) -> Text {
    match bad {
        BadRule::Unreadable => lang.t("series-rule-unreadable").into(),
        BadRule::Unsupported(part) => lang.t_with("series-rule-unsupported", &[("part", part.into())]).into(),
        BadRule::Value(part) => lang.t_with("series-rule-value", &[("part", part.into())]).into(),
        BadRule::Together(first, second) => {
            let values = [("first", first.into()), ("second", second.into())];
            lang.t_with("series-rule-together", &values).into()
        }
    }
}

pub(super) fn of_mail(lang: Lang, reason: mail::settings::Reason) -> Text {
    match reason {
        mail::settings::Reason::Problem(problem) => of_network(lang, problem),
        mail::settings::Reason::NotAnAddress => lang.t("mail-not-an-address").into(),
        mail::settings::Reason::PasswordAgain => lang.t("mail-password-again").into(),
    }
}

pub(super) fn of_token(lang: Lang, reason: tokens::Reason) -> Text {
    match reason {
        tokens::Reason::Text(bad) => text(lang, bad),
        tokens::Reason::NameTaken => lang.t("name-taken").into(),
        tokens::Reason::TooMany => lang.t("tokens-full").into(),
    }
}

pub(super) fn of_setting(lang: Lang, reason: settings::Reason) -> Text {
    use settings::Reason;
    match reason {
        Reason::Text(bad) => text(lang, bad),
        Reason::NotAZone => lang.t("settings-not-a-zone").into(),
        Reason::NotAChoice => lang.t("not-a-choice").into(),
        Reason::NotACurrency => lang.t("not-a-choice").into(),
        Reason::FeesInOtherUnits(links) => lang.t_count("settings-currency-fees", links),
        Reason::Months => lang.t("settings-not-months").into(),
        Reason::NotARange(range) => lang.t_with("settings-not-a-range", &[("range", range.into())]).into(),
        Reason::NotPrivate(range) => lang.t_with("settings-not-private", &[("range", range.into())]).into(),
    }
}

pub(super) fn of_colour(lang: Lang, bad: BadColour) -> Text {
    match bad {
        BadColour::Unreadable => lang.t("settings-not-a-colour").into(),
        BadColour::TooLight { contrast, darker } => {
            let values = [("contrast", contrast.into()), ("darker", darker.into())];
            lang.t_with("settings-too-light", &values).into()
        }
    }
}

pub(super) fn of_logo(lang: Lang, bad: logo::BadLogo) -> Text {
    use logo::BadLogo;
    match bad {
        BadLogo::Missing => lang.t("brand-logo-missing").into(),
        BadLogo::TooLong => lang.t("brand-logo-too-long").into(),
        BadLogo::TooMuch => lang.t("brand-logo-too-much").into(),
        BadLogo::Svg => lang.t("brand-logo-svg").into(),
        BadLogo::NotAPicture => lang.t("brand-logo-not-a-picture").into(),
        BadLogo::Broken => lang.t("brand-logo-broken").into(),
        BadLogo::Size { width, height } => {
            let size = format!("{width} × {height}");
            lang.t_with("brand-logo-size", &[("size", size.into())]).into()
        }
    }
}
