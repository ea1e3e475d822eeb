//! Giving an object storage to a client.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Button, Card, Choice, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice,
        SelectField, Tone,
    },
};

/// The form, posting to its own address.
#[component]
pub fn GiveStorage(
    storage: String,
    href: String,
    /// Ids and names.
    clients: Vec<(String, String)>,
    form: FormState,
) -> impl IntoView {
    const LABELS: [(&str, &str); 1] = [("client", "storage-client")];
    let title = t_with("storage-give-title", &[("name", storage.clone().into())]);
    let crumbs = vec![
        Crumb::new(t("storages"), "/admin/storages"),
        Crumb::new(storage, href.clone()),
    ];
    let choices = clients.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    let (value, error) = (form.value("client"), form.error("client"));
    view! {
        <Layout title=title crumbs=crumbs>
            <form method="post" class="stack">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>
                    <Notice tone=Tone::Warning>{t("storage-give-text")}</Notice>
                    <SelectField name="client" label=t("storage-client") choices=choices value=value error=error empty=t("storage-nobodys") required=false/>
                </Card>
                <FormActions><Button label=t("save") kind=Kind::Primary/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = Page {
        current: "storages",
        ..samples::page(Area::Admin)
    };
    vec![Sample::new("storage-give-hostile", page, || {
        let mut form = FormState::new().with("client", "1");
        form.reject("client", "Choose one of the clients.");
        let clients = vec![("1".to_owned(), HOSTILE.to_owned())];
        view! { <GiveStorage storage=HOSTILE.to_owned() href="/admin/storages/1".to_owned() clients=clients form=form/> }
    })]
}
