//! Templates for cloud-init.

pub mod form;
pub mod list;
pub mod preview;
pub mod show;

use leptos::prelude::*;

use crate::{
    samples::Sample,
    t_count, t_with,
    text::Text,
    ui::{Card, Notice, Tone},
};

/// Something that was found in a text, in the visitor's language.
#[derive(Clone, Debug)]
pub struct Found {
    /// From 1; none: of the whole.
    pub line: Option<usize>,
    pub text: Text,
    pub is_error: bool,
}

/// What was found, errors first; nothing where there is nothing.
pub(crate) fn findings(found: Vec<Found>) -> Option<impl IntoView> {
    let errors = found.iter().filter(|one| one.is_error).count() as u64;
    let title = match errors {
        0 => t_count("template-warnings", found.len() as u64),
        errors => t_count("template-errors", errors),
    };
    let tone = if errors > 0 { Tone::Danger } else { Tone::Warning };
    (!found.is_empty()).then(|| {
        let items = found.into_iter().map(|one| {
            let line = one.line.map(|line| t_with("template-line", &[("line", line.into())]));
            view! { <li>{line}{one.text}</li> }
        });
        view! { <Notice tone=tone title=title><ul>{items.collect_view()}</ul></Notice> }
    })
}

/// A text with the numbers of its lines.
pub(crate) fn numbered(label: &'static str, text: &str) -> impl IntoView + use<> {
    let lines = text
        .lines()
        .map(|line| view! { <li><code>{line.to_owned()}</code></li> });
    let lines = lines.collect_view();
    view! { <div class="text-lines" tabindex="0" role="region" aria-label=label><ol>{lines}</ol></div> }
}

/// A card with such a text.
pub(crate) fn text_card(title: Text, label: &'static str, text: &str) -> impl IntoView + use<> {
    let text = numbered(label, text);
    view! { <Card title=title flush=true>{text}</Card> }
}

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [list::samples(), form::samples(), show::samples(), preview::samples()]
        .into_iter()
        .flatten()
        .collect()
}

const SAMPLE_TEXT: &str =
    "#cloud-config\nhostname: {{host_name}}\npackages:\n  - nginx\nruncmd:\n  - [systemctl, enable, --now, nginx]\n";
