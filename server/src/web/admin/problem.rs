//! What is wrong with a typed value, as a sentence in the visitor's language.

use app::{t, t_count, text::Text};

use crate::domain::refusal::Problem;

/// The sentence beside the field.
pub(super) fn text(problem: Problem) -> Text {
    match problem {
        Problem::Missing => t("problem-missing").into(),
        Problem::TooLong(most) => t_count("problem-too-long", most as u64),
        Problem::Taken => t("problem-taken").into(),
        Problem::NotAHost => t("problem-host").into(),
        Problem::NotAPort => t("problem-port").into(),
        Problem::NotACertificate => t("problem-certificate").into(),
        Problem::NotACodePage => t("problem-code-page").into(),
        Problem::NotABandwidth => t("problem-bandwidth").into(),
        Problem::BandwidthOutOfRange => t("problem-bandwidth-range").into(),
        Problem::NotATime => t("problem-time").into(),
        Problem::EndsBeforeStart => t("problem-ends-before-start").into(),
        Problem::NotAChoice => t("problem-choice").into(),
        Problem::InterfaceTaken => t("problem-interface-taken").into(),
    }
}
