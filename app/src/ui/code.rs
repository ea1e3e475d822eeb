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
