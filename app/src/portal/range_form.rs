//! The form that asks a page for any range of time.

use chrono_tz::Tz;
use leptos::prelude::*;

use super::measurements::Range;
use crate::{
    page::page,
    t,
    text::Text,
    ui::{DateTimeField, ErrorSummary, FormState},
};

const LABELS: &[(&str, &str)] = &[("from", "range-from"), ("to", "range-to")];

/// Open when a range was chosen, or what was typed can't be one. `form` is empty unless something was typed.
#[component]
pub fn RangeForm(range: Range, form: FormState, #[prop(into)] action: Text) -> impl IntoView {
    let zone = page().zone;
    let open = matches!(range, Range::Chosen { .. }) || !form.is_valid();
    let value = |field: &str| match (range, form.is_valid()) {
        (Range::Chosen { from, to }, true) => shown(if field == "from" { from } else { to }, zone),
        _ => form.value(field),
    };
    let (from, to) = (value("from"), value("to"));
    let (from_error, to_error) = (form.error("from"), form.error("to"));
    let back = matches!(range, Range::Chosen { .. })
        .then(|| view! { <a class="button button-quiet" href=action.clone() data-zoom-out="">{t("range-back")}</a> });
    view! {
        <details class="range-form" open=open>
            <summary>{t("range-chosen")}</summary>
            <ErrorSummary form=form labels=LABELS/>
            <form method="get" action=action>
                <DateTimeField name="from" label=t("range-from") zone=zone.name() value=from error=from_error required=true/>
                <DateTimeField name="to" label=t("range-to") zone=zone.name() value=to error=to_error required=true/>
                <button type="submit" class="button">{t("range-show")}</button>
                {back}
            </form>
            // The script shows it where it is true.
            <p class="field-hint" data-zoom-hint="" hidden=true>{t("range-zoom")}</p>
        </details>
    }
}

/// As a browser's date-time field has it.
fn shown(at: chrono::DateTime<chrono::Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
}
