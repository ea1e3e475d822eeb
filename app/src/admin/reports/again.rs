//! The form that makes a report again: why, and by which agreement where today's is another.

use leptos::prelude::*;

use crate::{
    samples::HOSTILE,
    t, t_with,
    text::Text,
    ui::{
        Button, Card, Cell, Choice, Column, ErrorSummary, FormActions, FormState, HeadCell, RadioGroup, Table,
        TextAreaField,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 2] = [
    ("agreement", "report-again-agreement"),
    ("reason", "report-again-reason"),
];

/// What is needed to make a report again.
#[derive(Clone, Debug)]
pub struct Again {
    /// Where it is posted.
    pub href: Text,
    /// `agreement` (`then` or `today`) and `reason`, as typed.
    pub form: FormState,
    /// Of the report that is there.
    pub revision: i32,
    /// Where what is agreed today is not what the report says.
    pub differences: Vec<Difference>,
}

/// Something that was agreed on, as it was and as it is.
#[derive(Clone, Debug)]
pub struct Difference {
    pub what: Text,
    pub then: String,
    pub today: String,
}

impl Again {
    /// As staff could see it.
    pub(crate) fn sample(hostile: Option<&str>) -> Self {
        let text = |usual: &str| hostile.unwrap_or(usual).to_owned();
        let difference = |what: &'static str, then: &str, today: &str| Difference {
            what: t(what).into(),
            then: text(then),
            today: text(today),
        };
        let mut form = FormState::new().with("agreement", "then");
        if hostile.is_some() {
            form = form.with("reason", HOSTILE);
            form.reject("reason", HOSTILE);
            form.reject("agreement", t("not-a-choice"));
        }
        Self {
            href: "/admin/reports/1/again".into(),
            form,
            revision: 2,
            differences: vec![
                difference(
                    "report-profile",
                    "Business 99.95, version 2",
                    "Business 99.95, version 3",
                ),
                difference("link-fee", "EUR\u{a0}499.00", "EUR\u{a0}549.00"),
            ],
        }
    }
}

/// The form, in a card.
#[component]
pub(super) fn AgainCard(again: Again) -> impl IntoView {
    let Again {
        href,
        form,
        revision,
        differences,
    } = again;
    let (value, error) = (form.value("agreement"), form.error("agreement"));
    let which = (!differences.is_empty()).then(|| {
        let columns = ["report-again-what", "report-again-then", "report-again-today"];
        let columns = columns.map(|key| Column::text(t(key))).to_vec();
        let rows = differences.into_iter().map(|difference| {
            view! {
                <tr>
                    <HeadCell>{difference.what}</HeadCell>
                    <Cell of=t("report-again-then")>{difference.then}</Cell>
                    <Cell of=t("report-again-today")>{difference.today}</Cell>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let then = t_with("report-again-by-then-hint", &[("revision", revision.into())]);
        let choices = vec![
            Choice::new("then", t("report-again-by-then")).with_hint(then),
            Choice::new("today", t("report-again-by-today")).with_hint(t("report-again-by-today-hint")),
        ];
        view! {
            <p>{t("report-again-differs")}</p>
            <Table caption=t("report-again-differs") columns=columns>{rows}</Table>
            <RadioGroup name="agreement" label=t("report-again-agreement") choices=choices value=value error=error/>
        }
    });
    view! {
        <Card title=t("report-again")>
            <form method="post" action=href class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <p class="muted">{t("report-again-text")}</p>
                {which}
                <TextAreaField name="reason" label=t("report-again-reason") value=form.value("reason") error=form.error("reason")
                    hint=t("report-again-reason-hint") required=true max_length=500/>
                <FormActions><Button label=t("report-again")/></FormActions>
            </form>
        </Card>
    }
}
