//! A new password: the first one, which staff set and which must be replaced, or any later one.

use leptos::prelude::*;

use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t, t_count,
    ui::{Button, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, PasswordField},
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 3] = [
    ("current", "field-current-password"),
    ("password", "field-new-password"),
    ("again", "field-password-again"),
];

/// Posts `current`, `password` and `again` to the page's own address. With `first` it says why it asks and offers no way around.
#[component]
pub fn ChangePassword(
    form: FormState,
    #[prop(optional)] first: bool,
    /// The fewest characters that are accepted.
    min_length: u32,
    #[prop(default = "/".to_owned(), into)] cancel_href: String,
) -> impl IntoView {
    let (title, lead) = if first {
        (t("password-first"), t("password-first-lead"))
    } else {
        (t("password-change"), t("password-change-lead"))
    };
    view! {
        <Layout title=title lead=lead>
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <PasswordField name="current" label=t("field-current-password") autocomplete="current-password" required=true error=form.error("current")/>
                <PasswordField name="password" label=t("field-new-password") autocomplete="new-password" required=true
                    hint=t_count("password-length", min_length.into()) error=form.error("password")/>
                <PasswordField name="again" label=t("field-password-again") autocomplete="new-password" required=true error=form.error("again")/>
                <FormActions>
                    <Button label=t("password-save") kind=Kind::Primary/>
                    {(!first).then(|| view! { <LinkButton label=t("cancel") href=cancel_href/> })}
                </FormActions>
            </form>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let rejected = |message: &'static str| {
        let mut form = FormState::new();
        form.reject("password", message);
        form
    };
    vec![
        Sample::new(
            "password-first",
            samples::page(Area::Public),
            || view! { <ChangePassword form=FormState::new() first=true min_length=12/> },
        ),
        Sample::new("password-change", samples::page(Area::Portal), move || {
            view! { <ChangePassword form=rejected("This password is on a list of known ones.") min_length=12 cancel_href="/portal/profile"/> }
        }),
        Sample::new(
            "password-hostile",
            samples::page(Area::Admin),
            move || view! { <ChangePassword form=rejected(HOSTILE) min_length=12 cancel_href=HOSTILE/> },
        ),
    ]
}
