//! Any number of many: boxes to tick in a frame that scrolls.

use leptos::prelude::*;

use super::{OptionalText, field::error_line};
use crate::text::Text;

/// One box.
#[derive(Clone, Debug, Default)]
pub struct Tick {
    /// What is posted when it is ticked.
    pub value: String,
    pub label: String,
    /// A further word, such as the router of a link.
    pub note: Option<String>,
    pub ticked: bool,
}

/// The boxes, all posting `name`.
#[component]
pub fn CheckList(
    name: &'static str,
    #[prop(into)] label: Text,
    ticks: Vec<Tick>,
    #[prop(optional, into)] hint: OptionalText,
    #[prop(optional, into)] error: OptionalText,
) -> impl IntoView {
    let (hint, error) = (hint.0, error.0);
    let described: Vec<_> = [
        error.as_ref().map(|_| format!("{name}-error")),
        hint.as_ref().map(|_| format!("{name}-hint")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = error.is_some().then_some("true");
    let boxes = ticks.into_iter().enumerate().map(|(at, tick)| {
        // The first has the field's own id, which the summary of errors leads to.
        let id = if at == 0 { name.to_owned() } else { format!("{name}-{at}") };
        let label_for = id.clone();
        view! {
            <li class="field-check">
                <input id=id name=name type="checkbox" value=tick.value checked=tick.ticked/>
                <label for=label_for>{tick.label}{tick.note.map(|note| view! { " "<span class="muted small">{note}</span> })}</label>
            </li>
        }
    });
    view! {
        <fieldset class="field" aria-describedby=described aria-invalid=invalid>
            <legend>{label}</legend>
            <ul class="check-list" tabindex="-1">{boxes.collect_view()}</ul>
            {error_line(name, error)}
            {hint.map(|hint| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> })}
        </fieldset>
    }
}
