//! A price from a day on. What it replaces stays in the list: what was ordered before keeps it.

use leptos::prelude::*;

use super::{crumbs_of, term_word};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::words::region_word,
    t, t_with,
    ui::{
        Button, Card, Choice, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, NumberField, SelectField,
        TextField,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 8] = [
    ("valid_from", "price-from"),
    ("region", "price-region"),
    ("months", "price-term"),
    ("cost_currency", "price-currency"),
    ("cost_month", "price-cost-month"),
    ("cost_setup", "price-cost-setup"),
    ("sales_month", "price-sales-month"),
    ("sales_setup", "price-sales-setup"),
];

/// What there is to choose from.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    pub regions: Vec<String>,
    pub terms: Vec<i32>,
    /// Codes and names.
    pub currencies: Vec<(String, String)>,
    /// Code of the currency that clients pay in.
    pub sales_currency: String,
}

/// The form, posting to the page's own address.
#[component]
pub fn PriceForm(name: String, href: String, offered: Offered, form: FormState) -> impl IntoView {
    let when = when_and_where(offered.regions, offered.terms, &form);
    let cost = cost(offered.currencies, &form);
    let sales = sales(offered.sales_currency, &form);
    let crumbs = crumbs_of(name, href.clone());
    view! {
        <Layout title=t("product-new-price") lead=t("price-lead") crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>{when}</Card>
                <Card title=t("price-cost")>{cost}</Card>
                <Card title=t("price-sales")>{sales}</Card>
                <FormActions><Button label=t("price-add") kind=Kind::Primary/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

fn when_and_where(regions: Vec<String>, terms: Vec<i32>, form: &FormState) -> impl IntoView + use<> {
    let regions = regions
        .into_iter()
        .map(|region| Choice::new(region.clone(), region_word(&region)))
        .collect();
    let terms = terms
        .into_iter()
        .map(|months| Choice::new(months.to_string(), term_word(months)))
        .collect();
    view! {
        <TextField name="valid_from" label=t("price-from") hint=t("price-from-hint") kind="date" required=true
            value=form.value("valid_from") error=form.error("valid_from")/>
        <SelectField name="region" label=t("price-region") hint=t("price-region-hint") choices=regions required=true
            empty=t("product-everywhere") value=form.value("region") error=form.error("region")/>
        <SelectField name="months" label=t("price-term") choices=terms required=true value=form.value("months") error=form.error("months")/>
    }
}

fn cost(currencies: Vec<(String, String)>, form: &FormState) -> impl IntoView + use<> {
    let currencies = currencies.into_iter();
    let currencies = currencies
        .map(|(code, name)| Choice::new(code.clone(), format!("{code}: {name}")))
        .collect();
    view! {
        <SelectField name="cost_currency" label=t("price-currency") choices=currencies required=true
            value=form.value("cost_currency") error=form.error("cost_currency")/>
        <NumberField name="cost_month" label=t("price-cost-month") decimals=true value=form.value("cost_month") error=form.error("cost_month")/>
        <NumberField name="cost_setup" label=t("price-cost-setup") decimals=true value=form.value("cost_setup") error=form.error("cost_setup")/>
    }
}

fn sales(currency: String, form: &FormState) -> impl IntoView + use<> {
    let text = t_with("price-sales-in", &[("currency", currency.into())]);
    view! {
        <p class="muted">{text}</p>
        <NumberField name="sales_month" label=t("price-sales-month") decimals=true value=form.value("sales_month") error=form.error("sales_month")/>
        <NumberField name="sales_setup" label=t("price-sales-setup") decimals=true value=form.value("sales_setup") error=form.error("sales_setup")/>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "products",
        ..samples::page(Area::Admin)
    };
    let offered = |text: &str| Offered {
        regions: vec!["EU".to_owned(), text.to_owned()],
        terms: vec![0, 1, 12],
        currencies: vec![
            ("EUR".to_owned(), "Euro".to_owned()),
            ("USD".to_owned(), text.to_owned()),
        ],
        sales_currency: "EUR".to_owned(),
    };
    let href = || "/admin/products/1".to_owned();
    vec![
        Sample::new("product-price", page(), move || {
            let form = FormState::new()
                .with("valid_from", "2026-12-01")
                .with("months", "0")
                .with("cost_month", "4.50");
            view! { <PriceForm name="Cloud VPS 4".to_owned() href=href() offered=offered("US dollar") form=form/> }
        }),
        Sample::new("product-price-hostile", page(), move || {
            let mut form = FormState::new();
            for (field, _) in LABELS {
                form.set(field, HOSTILE);
                form.reject(field, HOSTILE);
            }
            view! { <PriceForm name=HOSTILE.to_owned() href=href() offered=offered(HOSTILE) form=form/> }
        }),
    ]
}
