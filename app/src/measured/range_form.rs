//! What asks a page for any range of time, and for what it is compared with.

use leptos::prelude::*;

use super::range::{Asked, Compare, Range};
use crate::{
    page::page,
    t,
    text::Text,
    ui::{Button, DateTimeField, ErrorSummary, FormState, Tab, Tabs},
};

const LABELS: &[(&str, &str)] = &[("from", "range-from"), ("to", "range-to")];

/// The ranges that are a click away.
#[component]
pub fn RangeTabs(asked: Asked, #[prop(into)] path: Text) -> impl IntoView {
    let tab = |one: Range| Tab::new(one.label(), asked.of(one).on(&path), one == asked.range);
    view! { <Tabs label=t("range-label") tabs=Range::OFFERED.map(tab).to_vec() compact=true/> }
}

/// The form, open when a range was chosen or what was typed can't be one, and the comparisons.
#[component]
pub fn RangeForm(
    asked: Asked,
    /// What was chosen or typed, and what is wrong with it.
    form: FormState,
    #[prop(into)] action: Text,
) -> impl IntoView {
    let zone = page().zone.name();
    let is_chosen = matches!(asked.range, Range::Chosen { .. });
    let open = is_chosen || !form.is_valid();
    let (from, to) = (form.value("from"), form.value("to"));
    let (from_error, to_error) = (form.error("from"), form.error("to"));
    let back = is_chosen.then(|| {
        let href = asked.of(Range::default()).on(&action);
        view! { <a class="button button-quiet" href=href data-zoom-out="">{t("range-back")}</a> }
    });
    let compare = asked
        .compare
        .map(|compare| view! { <input type="hidden" name="compare" value=compare.name()/> });
    let comparison = |one: Option<Compare>| {
        let label = one.map_or_else(|| t("compare-none"), Compare::label);
        Tab::new(label, asked.compared(one).on(&action), one == asked.compare)
    };
    let comparisons = std::iter::once(None)
        .chain(Compare::ALL.map(Some))
        .map(comparison)
        .collect();
    view! {
        <div class="range-choice">
            <details class="range-form" open=open>
                <summary>{t("range-chosen")}</summary>
                <ErrorSummary form=form labels=LABELS/>
                <form method="get" action=action>
                    <DateTimeField name="from" label=t("range-from") zone=zone value=from error=from_error required=true/>
                    <DateTimeField name="to" label=t("range-to") zone=zone value=to error=to_error required=true/>
                    {compare}
                    <Button label=t("range-show")/>
                    {back}
                </form>
                // The script shows it where it is true.
                <p class="field-hint" data-zoom-hint="" hidden=true>{t("range-zoom")}</p>
            </details>
            <div class="range-compare">
                <span class="muted" aria-hidden="true">{t("compare-label")}</span>
                <Tabs label=t("compare-label") tabs=comparisons compact=true/>
            </div>
        </div>
    }
}
