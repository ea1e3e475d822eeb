//! How the tenant looks to its customers: logo and colours.

use leptos::prelude::*;

use super::settings;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Button, Card, ErrorSummary, FormActions, FormState, Kind, Layout, TextField, field::error_line},
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 3] = [
    ("accent", "settings-accent"),
    ("second_colour", "brand-second"),
    ("logo", "brand-logo-file"),
];

/// The logo that is shown now.
#[derive(Clone, Debug)]
pub struct LogoShown {
    pub url: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The page. Its form of colours posts to its own address, those of the logo below it.
#[component]
pub fn Brand(form: FormState, logo: Option<LogoShown>) -> impl IntoView {
    let colours = form.clone();
    view! {
        <Layout title=t("brand") lead=t("brand-lead") crumbs=vec![settings::crumb()]>
            <div class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                {logo_card(&form, logo)}
                <Card title=t("brand-colours")>
                    <form method="post" class="stack">
                        <TextField name="accent" label=t("settings-accent") value=colours.value("accent") error=colours.error("accent") hint=t("settings-accent-hint")
                            placeholder="#2456d6" mono=true max_length=7/>
                        <div class="accent-sample" aria-hidden="true"><span class="button button-primary">{t("settings-accent-button")}</span><span class="accent-link">{t("settings-accent-link")}</span></div>
                        <TextField name="second_colour" label=t("brand-second") value=colours.value("second_colour") error=colours.error("second_colour") hint=t("brand-second-hint")
                            placeholder="#0a8578" mono=true max_length=7/>
                        <FormActions><Button label=t("save") kind=Kind::Primary/></FormActions>
                    </form>
                </Card>
            </div>
        </Layout>
    }
}

fn logo_card(form: &FormState, logo: Option<LogoShown>) -> impl IntoView + use<> {
    let error = form.error("logo");
    let described = match error.is_some() {
        true => "logo-error logo-hint",
        false => "logo-hint",
    };
    let invalid = error.is_some().then_some("true");
    let now = match logo {
        Some(logo) => {
            let size = format!("{} × {}", logo.width, logo.height);
            let size = t_with("brand-logo-size-now", &[("size", size.into())]);
            let on = |theme: &'static str| {
                view! { <div class="logo-ground" data-theme=theme><img class="brand-logo" src=logo.url.clone() alt=""/></div> }
            };
            view! {
                <div class="logo-now">
                    <p class="small">{t("brand-logo-now")}" · "<span class="muted">{size}</span></p>
                    <div class="logo-grounds">{on("light")}{on("dark")}</div>
                    <form method="post" action="/admin/settings/brand/logo/remove"><Button label=t("brand-logo-remove")/></form>
                </div>
            }
            .into_any()
        }
        None => view! { <p class="muted">{t("brand-logo-none")}</p> }.into_any(),
    };
    view! {
        <Card title=t("brand-logo")>
            <div class="stack">
                <p class="muted">{t("brand-logo-lead")}</p>
                {now}
                <form method="post" action="/admin/settings/brand/logo" enctype="multipart/form-data" class="stack">
                    <div class="field">
                        <label for="logo">{t("brand-logo-file")}</label>
                        <input id="logo" name="logo" type="file" accept="image/png,image/jpeg" required=true aria-describedby=described aria-invalid=invalid/>
                        {error_line("logo", error)}
                        <p class="field-hint" id="logo-hint">{t("brand-logo-hint")}</p>
                    </div>
                    <FormActions><Button label=t("brand-logo-keep") kind=Kind::Primary/></FormActions>
                </form>
            </div>
        </Card>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "settings",
        ..samples::page(Area::Admin)
    };
    let logo = |url: &str| LogoShown {
        url: url.to_owned(),
        width: 320,
        height: 80,
    };
    vec![
        Sample::new("brand", page(), move || {
            let form = FormState::new().with("accent", "#8b0000");
            view! { <Brand form=form logo=Some(logo("/public/favicon.svg"))/> }
        }),
        Sample::new("brand-rejected", page(), move || {
            let mut form = FormState::new().with("accent", "#ffd400");
            form.reject("accent", "Too light: on white its contrast is 1.2, and text needs 4.5. The nearest shade that would do is #7a6500.");
            form.reject("logo", t("brand-logo-svg"));
            view! { <Brand form=form logo=None/> }
        }),
        Sample::new("brand-hostile", page(), move || {
            let mut form = FormState::new().with("accent", HOSTILE).with("second_colour", HOSTILE);
            form.reject("logo", HOSTILE);
            view! { <Brand form=form logo=Some(logo(HOSTILE))/> }
        }),
    ]
}
