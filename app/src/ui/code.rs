//! Text for machines: identifiers, addresses, keys.

use leptos::prelude::*;

use super::{Icon, Pictogram};
use crate::{t, text::Text};

/// A short machine text inside a sentence or a cell.
#[component]
pub fn Code(#[prop(into)] text: Text) -> impl IntoView {
    view! { <code>{text}</code> }
}

/// A machine text that is there to be taken elsewhere. Without scripts it is selected by hand.
#[component]
pub fn CopyField(#[prop(into)] id: Text, #[prop(into)] label: Text, #[prop(into)] value: Text) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="field-joined">
                <input id=id.clone() class="mono" type="text" readonly=true value=value/>
                <button type="button" class="button" data-copy=id data-done=t("copied") hidden=true>
                    <Pictogram icon=Icon::Copy/><span>{t("copy")}</span>
                </button>
            </div>
        </div>
    }
}

/// Several lines to be taken elsewhere: a command, a file. `id` is unique on its page.
#[component]
pub fn CodeBlock(#[prop(into)] id: Text, #[prop(into)] label: Text, #[prop(into)] text: Text) -> impl IntoView {
    // Wide lines are scrolled, which needs the focus; and a focus needs a name.
    view! {
        <div class="code-block">
            <div class="code-head">
                <span>{label.clone()}</span>
                <button type="button" class="button button-quiet" data-copy=id.clone() data-done=t("copied") hidden=true>
                    <Pictogram icon=Icon::Copy/><span>{t("copy")}</span>
                </button>
            </div>
            <pre id=id tabindex="0" role="region" aria-label=label>{text}</pre>
        </div>
    }
}
