//! The question before something that cannot be taken back.
//!
//! It is a page of its own with a form. A link with [`super::LinkButton`]'s `confirm` lets the script fetch
//! that page and show this part of it as a dialog instead.

use leptos::prelude::*;

use super::{Button, Kind, LinkButton, Notice, Tone};
use crate::{t, text::Text};

/// Asks in `question`, says in `consequence` what will happen, and posts to `action` when `label` is pressed.
#[component]
pub fn DangerConfirm(
    #[prop(into)] question: Text,
    #[prop(into)] consequence: Text,
    #[prop(into)] label: Text,
    #[prop(into)] action: Text,
    #[prop(into)] cancel_href: Text,
    /// Further fields, such as a reason.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <form class="card confirm" method="post" action=action data-confirm-form="">
            <div class="card-body">
                <h2>{question}</h2>
                <Notice tone=Tone::Warning>{consequence}</Notice>
                {children.map(|children| children())}
                <div class="form-actions">
                    <Button label=label kind=Kind::Danger/>
                    <LinkButton label=t("cancel") href=cancel_href/>
                </div>
            </div>
        </form>
    }
}
