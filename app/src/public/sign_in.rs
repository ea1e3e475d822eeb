//! Where visitors of an area say who they are.
//!
//! What is wrong is said in one sentence that is the same for unknown accounts and wrong passwords.

use leptos::prelude::*;

use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t, t_count,
    ui::{Button, Kind, Layout, Notice, PasswordField, TextField, Tone},
};

/// Why the visitor is here again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Mail address or password; it does not say which.
    Wrong,
    /// Too many tries; this many minutes to wait.
    TooMany { minutes: u32 },
    /// The session has ended.
    Expired,
}

/// The form for `area`, posting `mail`, `password` and, if there is one, `next` to the page's own address.
#[component]
pub fn SignIn(
    area: Area,
    #[prop(optional, into)] mail: String,
    #[prop(default = None)] refusal: Option<Refusal>,
    #[prop(default = None)] next: Option<String>,
) -> impl IntoView {
    let (title, lead) = match area {
        Area::Admin => (t("sign-in-admin"), t("sign-in-admin-lead")),
        Area::Operator => (t("sign-in-operator"), t("sign-in-operator-lead")),
        Area::Portal | Area::Public => (t("sign-in-portal"), t("sign-in-portal-lead")),
    };
    let refusal = refusal.map(|refusal| {
        let (tone, text) = match refusal {
            Refusal::Wrong => (Tone::Danger, t("sign-in-wrong").into()),
            Refusal::TooMany { minutes } => (Tone::Danger, t_count("sign-in-too-many", minutes.into())),
            Refusal::Expired => (Tone::Info, t("sign-in-expired").into()),
        };
        view! { <Notice tone=tone>{text}</Notice> }
    });
    let typed = !mail.is_empty();
    view! {
        <Layout title=title lead=lead>
            {refusal}
            <form method="post" class="stack">
                {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                <TextField name="mail" label=t("field-mail") value=mail kind="email" autocomplete="username" required=true autofocus=!typed max_length=254/>
                <PasswordField name="password" label=t("field-password") autocomplete="current-password" required=true autofocus=typed/>
                <Button label=t("sign-in") kind=Kind::Primary/>
            </form>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || samples::page(Area::Public);
    vec![
        Sample::new("sign-in", page(), || view! { <SignIn area=Area::Portal/> }),
        Sample::new(
            "sign-in-admin-wrong",
            page(),
            || view! { <SignIn area=Area::Admin mail="bob@northbridge.example" refusal=Some(Refusal::Wrong)/> },
        ),
        Sample::new(
            "sign-in-operator-wait",
            page(),
            || view! { <SignIn area=Area::Operator refusal=Some(Refusal::TooMany { minutes: 15 })/> },
        ),
        Sample::new(
            "sign-in-hostile",
            page(),
            || view! { <SignIn area=Area::Portal mail=HOSTILE refusal=Some(Refusal::Expired) next=Some(HOSTILE.to_owned())/> },
        ),
    ]
}
