//! The tenant's own settings.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Choice, Crumb, ErrorSummary, FormActions, FormState, KeyValue, KeyValues, Kind, Layout,
        LinkButton, SelectField, TextAreaField, TextField, field::error_line,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 6] = [
    ("name", "settings-name"),
    ("zone", "settings-zone"),
    ("currency", "settings-currency"),
    ("poll_seconds", "settings-poll"),
    ("sample_months", "settings-months"),
    ("private_ranges", "settings-ranges"),
];

/// What only the operator changes.
#[derive(Clone, Debug)]
pub struct Fixed {
    pub slug: String,
    /// None: every host leads here.
    pub host: Option<String>,
    /// Set when the private ranges are the operator's to open: what is open.
    pub private_ranges: Option<String>,
}

/// Leads to this page from those below it.
pub(super) fn crumb() -> Crumb {
    Crumb::new(t("settings"), "/admin/settings")
}

/// The page. `zones` are all names there are, `currencies` all codes with their names.
#[component]
pub fn Settings(
    form: FormState,
    zones: Vec<&'static str>,
    currencies: Vec<(&'static str, String)>,
    fixed: Fixed,
) -> impl IntoView {
    let polls = vec![
        Choice::new("60", t("settings-poll-60")),
        Choice::new("100", t("settings-poll-100")),
        Choice::new("150", t("settings-poll-150")),
        Choice::new("300", t("settings-poll-300")),
    ];
    let zones = zones
        .into_iter()
        .map(|zone| view! { <option value=zone></option> })
        .collect_view();
    let currencies = currencies.into_iter();
    let currencies = currencies.map(|(code, name)| Choice::new(code, [code, " · ", &name].concat()));
    let currencies = currencies.collect();
    let ranges = match fixed.private_ranges.clone() {
        None => view! {
            <TextAreaField name="private_ranges" label=t("settings-ranges") value=form.value("private_ranges") error=form.error("private_ranges")
                hint=t("settings-ranges-hint") max_length=2000/>
        }
        .into_any(),
        Some(_) => ().into_any(),
    };
    let fixed_ranges = fixed.private_ranges.map(|ranges| {
        let ranges = if ranges.is_empty() {
            t("settings-ranges-default").to_owned()
        } else {
            ranges
        };
        view! { <KeyValue label=t("settings-ranges")>{ranges}</KeyValue> }
    });
    view! {
        <Layout title=t("settings") lead=t("settings-lead")>
            <Card>
                <form method="post" class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <TextField name="name" label=t("settings-name") value=form.value("name") error=form.error("name") hint=t("settings-name-hint") required=true max_length=120/>
                    {zone_field(&form, zones.into_any())}
                    <SelectField name="currency" label=t("settings-currency") choices=currencies value=form.value("currency") error=form.error("currency")
                        hint=t("settings-currency-hint") required=true/>
                    <SelectField name="poll_seconds" label=t("settings-poll") choices=polls value=form.value("poll_seconds") error=form.error("poll_seconds")
                        hint=t("settings-poll-hint") required=true/>
                    <TextField name="sample_months" label=t("settings-months") value=form.value("sample_months") error=form.error("sample_months")
                        hint=t("settings-months-hint") required=true max_length=3/>
                    {ranges}
                    <FormActions><Button label=t("save") kind=Kind::Primary/></FormActions>
                </form>
            </Card>
            <Card title=t("brand")>
                <div class="stack">
                    <p class="muted">{t("brand-lead")}</p>
                    <div><LinkButton label=t("brand") href="/admin/settings/brand"/></div>
                </div>
            </Card>
            <Card title=t("mail-settings")>
                <div class="stack">
                    <p class="muted">{t("mail-settings-lead")}</p>
                    <div><LinkButton label=t("mail-settings") href="/admin/settings/mail"/></div>
                </div>
            </Card>
            <Card title=t("tokens")>
                <div class="stack">
                    <p class="muted">{t("tokens-lead")}</p>
                    <div><LinkButton label=t("tokens") href="/admin/settings/metrics-tokens"/></div>
                </div>
            </Card>
            <Card title=t("settings-fixed")>
                <p class="muted">{t("settings-fixed-text")}</p>
                <KeyValues>
                    <KeyValue label=t("tenants-slug")><code>{fixed.slug}</code></KeyValue>
                    <KeyValue label=t("tenants-host")>{fixed.host.unwrap_or_else(|| t("tenants-any-host").to_owned())}</KeyValue>
                    {fixed_ranges}
                </KeyValues>
            </Card>
        </Layout>
    }
}

/// A text field with a list to choose from, so that six hundred names can be typed as well.
fn zone_field(form: &FormState, zones: AnyView) -> impl IntoView + use<> {
    let error = form.error("zone");
    let described = if error.is_some() {
        "zone-error zone-hint"
    } else {
        "zone-hint"
    };
    let invalid = error.is_some().then_some("true");
    view! {
        <div class="field">
            <label for="zone">{t("settings-zone")}</label>
            <input id="zone" name="zone" type="text" list="zones" value=form.value("zone") required=true autocomplete="off"
                aria-describedby=described aria-invalid=invalid/>
            <datalist id="zones">{zones}</datalist>
            {error_line("zone", error)}
            <p class="field-hint" id="zone-hint">{t("settings-zone-hint")}</p>
        </div>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "settings",
        ..samples::page(Area::Admin)
    };
    let form = || {
        FormState::new()
            .with("name", "Northbridge Fibre")
            .with("zone", "Europe/Berlin")
            .with("currency", "EUR")
            .with("poll_seconds", "300")
            .with("sample_months", "36")
    };
    let fixed = |text: &str, ranges: Option<&str>| Fixed {
        slug: text.to_owned(),
        host: Some(text.to_owned()),
        private_ranges: ranges.map(ToOwned::to_owned),
    };
    let zones = || vec!["Europe/Berlin", "UTC"];
    let currencies = |name: &str| vec![("CHF", "Swiss franc".to_owned()), ("EUR", name.to_owned())];
    vec![
        Sample::new(
            "settings",
            page(),
            move || view! { <Settings form=form() zones=zones() currencies=currencies("Euro") fixed=fixed("northbridge", None)/> },
        ),
        Sample::new("settings-rejected", page(), move || {
            let mut form = form().with("currency", "JPY");
            form.reject("currency", "3 links have fees in other minor units.");
            view! { <Settings form=form zones=zones() currencies=currencies("Euro") fixed=fixed("northbridge", Some("10.0.0.0/8"))/> }
        }),
        Sample::new("settings-hostile", page(), move || {
            let mut form = FormState::new()
                .with("name", HOSTILE)
                .with("zone", HOSTILE)
                .with("private_ranges", HOSTILE);
            form.reject("zone", HOSTILE);
            view! { <Settings form=form zones=zones() currencies=currencies(HOSTILE) fixed=fixed(HOSTILE, None)/> }
        }),
    ]
}
