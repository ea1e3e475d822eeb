//! Where the link in a mail leads by which one kind of mail is refused, without signing in.

use leptos::prelude::*;

use crate::{
    page::Area,
    portal::notifications::Kinds,
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Button, Kind, Layout, Notice, Tone},
};

/// The page. The buttons post `action` to its own address; whatever else is posted there stops the mails, too. `done`
/// says that it was just posted.
#[component]
pub fn Unsubscribe(kind: Kinds, mail: String, wanted: bool, done: bool) -> impl IntoView {
    let mail = || [("mail", mail.as_str().into())];
    let (state, button) = if wanted {
        let state = t_with("unsubscribe-wanted", &mail());
        let button = view! { <Button label=t("unsubscribe-stop") kind=Kind::Primary name="action" value="stop"/> };
        (state, button.into_any())
    } else {
        let state = t_with("unsubscribe-stopped", &mail());
        let button = view! { <Button label=t("unsubscribe-resume") name="action" value="resume"/> };
        (state, button.into_any())
    };
    let tone = if done { Tone::Success } else { Tone::Info };
    view! {
        <Layout title=t("unsubscribe") lead=kind.label()>
            <Notice tone=tone>{state}</Notice>
            <form method="post" class="stack">{button}</form>
            <p class="muted small">{t("unsubscribe-others")}" "<a href="/portal/notifications">{t("mail-choose")}</a></p>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let sample = |name, kind, mail: &'static str, wanted, done| {
        Sample::new(name, samples::page(Area::Public), move || {
            view! { <Unsubscribe kind=kind mail=mail.to_owned() wanted=wanted done=done/> }
        })
    };
    vec![
        sample("unsubscribe", Kinds::Report, "alice@acme.example", true, false),
        sample("unsubscribe-done", Kinds::Breach, "alice@acme.example", false, true),
        sample("unsubscribe-hostile", Kinds::Maintenance, HOSTILE, true, true),
    ]
}
