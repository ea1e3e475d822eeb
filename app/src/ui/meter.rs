//! Shares of a whole: how much is used, and how far something has come.

use leptos::prelude::*;

use super::OptionalText;
use crate::text::Text;

/// How much of `max` is used. Above `high` (same unit) it takes the warning colour; the value in words is beside it.
#[component]
pub fn Meter(
    #[prop(into)] label: Text,
    value: f64,
    max: f64,
    #[prop(optional)] high: Option<f64>,
    #[prop(optional, into)] shown: OptionalText,
) -> impl IntoView {
    let value = if value.is_finite() { value.clamp(0.0, max) } else { 0.0 };
    let name = label.clone();
    view! {
        <div class="meter">
            <span class="meter-label">{label}</span>
            <span class="meter-value">{shown.0}</span>
            <meter aria-label=name min="0" max=max.to_string() value=value.to_string()
                high=high.map(|high| high.to_string()) optimum="0"></meter>
        </div>
    }
}

/// How far something that ends has come, from 0 to 1; `None` while nobody knows.
#[component]
pub fn Progress(#[prop(into)] label: Text, done: Option<f64>) -> impl IntoView {
    let name = label.clone();
    view! {
        <div class="meter">
            <span class="meter-label">{label}</span>
            <progress aria-label=name max="1" value=done.map(|done| done.clamp(0.0, 1.0).to_string())></progress>
        </div>
    }
}
