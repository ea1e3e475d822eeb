//! The decision on a report's credit: how much is given, or why nothing is.

use leptos::prelude::*;

use super::crumb;
use crate::{
    page::{Area, Page},
    report::facts::Earlier,
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Button, Card, Crumb, ErrorSummary, FormActions, FormState, KeyValue, KeyValues, Kind, Layout, LinkButton,
        Notice, NumberField, TextAreaField, Tone,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 2] = [("amount", "credit-amount"), ("note", "credit-note")];

/// What is decided on. Amounts have their currency.
#[derive(Clone, Debug)]
pub struct Proposed {
    pub href: String,
    pub link: String,
    pub client: String,
    pub month: String,
    pub fee: String,
    pub amount: String,
    /// Percent of the fee.
    pub share: String,
    pub currency: String,
    /// On other revisions of the month: whoever decides must not give it twice unawares.
    pub earlier: Vec<Earlier>,
}

/// The page. Its buttons post `decision`: `approved` or `declined`.
#[component]
pub fn CreditDecision(proposed: Proposed, form: FormState) -> impl IntoView {
    let title = t_with(
        "report-title",
        &[
            ("link", proposed.link.clone().into()),
            ("month", proposed.month.clone().into()),
        ],
    );
    let crumbs = vec![crumb(), Crumb::new(title, proposed.href.clone())];
    let hint = t_with("credit-amount-hint", &[("amount", proposed.amount.clone().into())]);
    let earlier = proposed.earlier.into_iter().map(Earlier::sentence);
    let earlier: Vec<_> = earlier.map(|sentence| view! { <p>{sentence}</p> }).collect();
    let earlier = (!earlier.is_empty())
        .then(|| view! { <Notice tone=Tone::Warning title=t("credit-earlier")>{earlier}</Notice> });
    let share = t_with("report-credit-share", &[("share", proposed.share.into())]);
    view! {
        <Layout title=t("credit-decide") lead=t("credit-decide-text") crumbs=crumbs>
            {earlier}
            <Card>
                <KeyValues>
                    <KeyValue label=t("report-client")>{proposed.client}</KeyValue>
                    <KeyValue label=t("report-credit-fee")><span class="figure">{proposed.fee}</span></KeyValue>
                    <KeyValue label=t("breaches-proposed")><span class="figure">{proposed.amount}</span>" "<span class="muted">"· "{share}</span></KeyValue>
                </KeyValues>
                <form method="post" class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <NumberField name="amount" label=t("credit-amount") value=form.value("amount") error=form.error("amount") unit=proposed.currency decimals=true hint=hint required=true/>
                    <TextAreaField name="note" label=t("credit-note") value=form.value("note") error=form.error("note") hint=t("credit-note-hint") max_length=500/>
                    <FormActions>
                        <Button label=t("credit-approve") kind=Kind::Primary name="decision" value="approved"/>
                        <Button label=t("credit-decline") name="decision" value="declined"/>
                        <LinkButton label=t("cancel") href=proposed.href/>
                    </FormActions>
                </form>
            </Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "reports",
        ..samples::page(Area::Admin)
    };
    let proposed = |text: &str| Proposed {
        href: "/admin/reports/1".to_owned(),
        link: text.to_owned(),
        client: text.to_owned(),
        month: "Oct 2026".to_owned(),
        fee: "EUR\u{a0}499.00".to_owned(),
        amount: "EUR\u{a0}24.95".to_owned(),
        share: "5".to_owned(),
        currency: "EUR".to_owned(),
        earlier: [Some("EUR\u{a0}60.00".to_owned()), None]
            .into_iter()
            .zip(1..)
            .map(|(approved, revision)| Earlier { revision, approved })
            .collect(),
    };
    vec![
        Sample::new("admin-credit", page(), move || {
            let form = FormState::new().with("amount", "24.95");
            view! { <CreditDecision proposed=proposed("Acme · Berlin HQ") form=form/> }
        }),
        Sample::new("admin-credit-hostile", page(), move || {
            let mut form = FormState::new().with("amount", HOSTILE).with("note", HOSTILE);
            form.reject("amount", HOSTILE);
            form.reject("note", t("credit-note-needed"));
            view! { <CreditDecision proposed=proposed(HOSTILE) form=form/> }
        }),
    ]
}
