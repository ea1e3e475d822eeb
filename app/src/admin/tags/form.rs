//! Making a tag and changing one.

use leptos::prelude::*;

use super::crumbs;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Choice, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, SelectField,
        TextField,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 4] = [
    ("account", "contabo-account"),
    ("name", "tag-name"),
    ("color", "tag-color"),
    ("description", "network-description"),
];

/// Makes one, or with `of` (name and page) changes that; posts to the page's own address.
#[component]
pub fn TagForm(accounts: Vec<(String, String)>, of: Option<(String, String)>, form: FormState) -> impl IntoView {
    let mut crumbs = crumbs();
    let (title, label, back, account) = match of {
        Some((name, href)) => {
            crumbs.push(Crumb::new(name, href.clone()));
            (t("tag-edit"), t("save"), href, None)
        }
        None => {
            let choices = accounts.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
            let account = view! {
                <SelectField name="account" label=t("contabo-account") choices=choices required=true
                    value=form.value("account") error=form.error("account")/>
            };
            (t("tag-new"), t("tag-new"), "/admin/tags".to_owned(), Some(account))
        }
    };
    view! {
        <Layout title=title crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    {account}
                    <TextField name="name" label=t("tag-name") required=true max_length=255
                        value=form.value("name") error=form.error("name")/>
                    <TextField name="color" label=t("tag-color") hint=t("tag-color-hint") required=true mono=true max_length=7
                        value=form.value("color") error=form.error("color")/>
                    <TextField name="description" label=t("network-description") max_length=255
                        value=form.value("description") error=form.error("description")/>
                </Card>
                <FormActions><Button label=label kind=Kind::Primary/><LinkButton label=t("cancel") href=back/></FormActions>
            </form>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "images",
        ..samples::page(Area::Admin)
    };
    let wrong = |text: &str, fields: &[(&'static str, &str)]| {
        let mut form = FormState::new();
        for (field, _) in fields {
            form.set(field, text);
            form.reject(field, text.to_owned());
        }
        form.reject_all(text.to_owned());
        form
    };
    vec![
        Sample::new("tag-new", page(), || {
            let form = FormState::new().with("color", "#0A78C3");
            view! { <TagForm accounts=vec![("1".to_owned(), "Munich".to_owned())] of=None form=form/> }
        }),
        Sample::new("tag-new-hostile", page(), move || {
            view! { <TagForm accounts=vec![("1".to_owned(), HOSTILE.to_owned())] of=None form=wrong(HOSTILE, &LABELS)/> }
        }),
        Sample::new("tag-edit-hostile", page(), move || {
            let of = Some((HOSTILE.to_owned(), "/admin/tags/1".to_owned()));
            view! { <TagForm accounts=Vec::new() of=of form=wrong(HOSTILE, &LABELS[1..])/> }
        }),
    ]
}
