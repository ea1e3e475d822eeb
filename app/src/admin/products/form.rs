//! A product as staff type it: a new plan, or another description of one.

use leptos::prelude::*;

use super::{crumbs, crumbs_of};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Choice, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, NumberField, SelectField,
        TextField,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 11] = [
    ("kind", "product-kind"),
    ("contabo_id", "product-id"),
    ("contabo_number", "product-add-on-number"),
    ("name", "product-name"),
    ("family", "product-family"),
    ("cores", "product-cores"),
    ("ram", "product-ram"),
    ("disk", "product-disk"),
    ("disk_kind", "product-disk-kind"),
    ("port", "product-port"),
    ("snapshots", "product-snapshots"),
];

/// Which product it is.
#[derive(Clone, Debug)]
pub enum Of {
    /// None yet.
    New,
    /// One that is there, at this address.
    Known {
        name: String,
        href: String,
        is_add_on: bool,
    },
}

/// The form, posting to the page's own address.
#[component]
pub fn ProductForm(of: Of, form: FormState) -> impl IntoView {
    let names = names(&of, &form);
    let (title, crumbs, back) = match of {
        Of::New => (t("products-add"), crumbs(), "/admin/products".to_owned()),
        Of::Known { name, href, .. } => (t("product-edit"), crumbs_of(name, href.clone()), href),
    };
    let sizes = sizes(&form);
    view! {
        <Layout title=title crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>{names}</Card>
                <Card title=t("product-size")>{sizes}</Card>
                <FormActions><Button label=t("save") kind=Kind::Primary/><LinkButton label=t("cancel") href=back/></FormActions>
            </form>
        </Layout>
    }
}

fn names(of: &Of, form: &FormState) -> impl IntoView + use<> {
    let (is_new, is_add_on) = match of {
        Of::New => (true, true),
        Of::Known { is_add_on, .. } => (false, *is_add_on),
    };
    let id = is_new.then(|| {
        let kinds = vec![
            Choice::new("plan", t("product-kind-plan")),
            Choice::new("add_on", t("product-kind-add-on")),
        ];
        view! {
            <SelectField name="kind" label=t("product-kind") choices=kinds required=true value=form.value("kind") error=form.error("kind")/>
            <TextField name="contabo_id" label=t("product-id") hint=t("product-id-hint") max_length=40 mono=true
                value=form.value("contabo_id") error=form.error("contabo_id")/>
        }
    });
    let number = is_add_on.then(|| {
        view! {
            <NumberField name="contabo_number" label=t("product-add-on-number") hint=t("product-add-on-number-hint")
                value=form.value("contabo_number") error=form.error("contabo_number")/>
        }
    });
    view! {
        {id}
        {number}
        <TextField name="name" label=t("product-name") required=true max_length=120 value=form.value("name") error=form.error("name")/>
        <TextField name="family" label=t("product-family") hint=t("product-family-hint") max_length=80 value=form.value("family") error=form.error("family")/>
    }
}

fn sizes(form: &FormState) -> impl IntoView + use<> {
    view! {
        <NumberField name="cores" label=t("product-cores") value=form.value("cores") error=form.error("cores")/>
        <NumberField name="ram" label=t("product-ram") unit="GB" value=form.value("ram") error=form.error("ram")/>
        <NumberField name="disk" label=t("product-disk") unit="GB" value=form.value("disk") error=form.error("disk")/>
        <TextField name="disk_kind" label=t("product-disk-kind") hint=t("product-disk-kind-hint") max_length=40
            value=form.value("disk_kind") error=form.error("disk_kind")/>
        <NumberField name="port" label=t("product-port") unit="Mbit/s" value=form.value("port") error=form.error("port")/>
        <NumberField name="snapshots" label=t("product-snapshots") value=form.value("snapshots") error=form.error("snapshots")/>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "products",
        ..samples::page(Area::Admin)
    };
    let of = |name: &str, is_add_on| Of::Known {
        name: name.to_owned(),
        href: "/admin/products/1".to_owned(),
        is_add_on,
    };
    let filled = |text: &str| {
        let mut form = FormState::new();
        for (field, _) in LABELS {
            form.set(field, text);
        }
        form
    };
    vec![
        Sample::new(
            "product-new",
            page(),
            || view! { <ProductForm of=Of::New form=FormState::new().with("kind", "plan")/> },
        ),
        Sample::new("product-edit", page(), move || {
            let form = filled("4").with("name", "Cloud VPS 4").with("disk_kind", "SSD");
            view! { <ProductForm of=of("Cloud VPS 4", false) form=form/> }
        }),
        Sample::new("product-new-wrong", page(), move || {
            let mut form = filled("").with("kind", "add_on");
            for field in ["kind", "contabo_id", "contabo_number"] {
                form.reject(field, "Choose one of these.");
            }
            view! { <ProductForm of=Of::New form=form/> }
        }),
        Sample::new("product-edit-hostile", page(), move || {
            let mut form = filled(HOSTILE);
            form.reject("contabo_number", HOSTILE);
            form.reject("name", HOSTILE);
            form.reject("ram", HOSTILE);
            view! { <ProductForm of=of(HOSTILE, true) form=form/> }
        }),
    ]
}
