//! What a template becomes with values: the text, line by line, and what is found in it.

use leptos::prelude::*;

use super::{Found, SAMPLE_TEXT, findings, text_card};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::values::{Wanted, sample_values, value_fields},
    t,
    text::Text,
    ui::{Button, Card, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice},
};

/// What came out.
#[derive(Clone, Debug)]
pub struct Filled {
    pub text: String,
    pub found: Vec<Found>,
}

/// What came out, with what was found in it.
pub(crate) fn filled_in(filled: Filled) -> impl IntoView {
    let Filled { text, found } = filled;
    let fine = found
        .is_empty()
        .then(|| view! { <Notice>{t("template-nothing-found")}</Notice> });
    let text = text_card(Text::from(t("template-filled")), t("template-filled"), &text);
    view! { {fine}{findings(found)}{text} }
}

/// The page, posting to its own address. `filled`: after values were typed.
#[component]
pub fn TemplatePreview(
    name: String,
    href: String,
    wanted: Vec<Wanted>,
    form: FormState,
    filled: Option<Filled>,
) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("templates"), "/admin/templates"),
        Crumb::new(name, href.clone()),
    ];
    let none = wanted
        .is_empty()
        .then(|| view! { <p class="muted">{t("template-no-variables")}</p> });
    let fields = value_fields(wanted, &form);
    let filled = filled.map(filled_in);
    view! {
        <Layout title=t("template-preview") lead=t("template-preview-lead") crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&[]/>
                <Card>{none}{fields}</Card>
                <FormActions><Button label=t("template-fill") kind=Kind::Primary/><LinkButton label=t("back") href=href/></FormActions>
            </form>
            {filled}
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "templates",
        ..samples::page(Area::Admin)
    };
    let href = || "/admin/templates/1".to_owned();
    vec![
        Sample::new("template-preview", page(), move || {
            let filled = Some(Filled {
                text: SAMPLE_TEXT.replace("{{host_name}}", "\"web-1\""),
                found: Vec::new(),
            });
            view! { <TemplatePreview name="Web".to_owned() href=href() wanted=sample_values(None) form=FormState::new() filled=filled/> }
        }),
        Sample::new("template-preview-none", page(), move || {
            view! { <TemplatePreview name="Web".to_owned() href=href() wanted=Vec::new() form=FormState::new() filled=None/> }
        }),
        Sample::new("template-preview-hostile", page(), move || {
            let mut form = FormState::new();
            for wanted in sample_values(None) {
                form.set(wanted.field, HOSTILE);
                form.reject(wanted.field, [HOSTILE, ": ", HOSTILE].concat());
            }
            let found = vec![Found {
                line: Some(2),
                text: HOSTILE.into(),
                is_error: false,
            }];
            let filled = Some(Filled {
                text: HOSTILE.to_owned(),
                found,
            });
            view! { <TemplatePreview name=HOSTILE.to_owned() href=href() wanted=sample_values(Some(HOSTILE)) form=form filled=filled/> }
        }),
    ]
}
