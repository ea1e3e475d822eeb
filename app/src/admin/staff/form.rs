//! Adding somebody to the staff.

use leptos::prelude::*;

use crate::{
    admin::people::staff_roles,
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Button, Card, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, RadioGroup, TextField},
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 3] = [("mail", "field-mail"), ("name", "people-name"), ("role", "people-role")];

/// The form, posting to the page's own address.
#[component]
pub fn StaffForm(form: FormState, may_make_owners: bool) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("people-staff"), "/admin/staff")];
    view! {
        <Layout title=t("people-add-staff") lead=t("people-add-user-lead") crumbs=crumbs>
            <Card>
                <form method="post" class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <TextField name="mail" label=t("field-mail") value=form.value("mail") error=form.error("mail") kind="email"
                        hint=t("people-mail-hint") required=true max_length=254 autofocus=true/>
                    <TextField name="name" label=t("people-name") value=form.value("name") error=form.error("name") required=true max_length=120/>
                    <RadioGroup name="role" label=t("people-role") choices=staff_roles(may_make_owners) value=form.value("role") error=form.error("role")/>
                    <FormActions>
                        <Button label=t("people-add-staff") kind=Kind::Primary/>
                        <LinkButton label=t("cancel") href="/admin/staff"/>
                    </FormActions>
                </form>
            </Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "staff",
        ..samples::page(Area::Admin)
    };
    vec![
        Sample::new("staff-add", page(), || {
            view! { <StaffForm form=FormState::new().with("role", "viewer") may_make_owners=true/> }
        }),
        Sample::new("staff-add-hostile", page(), || {
            let mut form = FormState::new()
                .with("mail", HOSTILE)
                .with("name", HOSTILE)
                .with("role", HOSTILE);
            form.reject("mail", HOSTILE);
            view! { <StaffForm form=form may_make_owners=false/> }
        }),
    ]
}
