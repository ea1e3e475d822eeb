//! The keys of an object storage, shown when somebody asks for them, and the question before they are renewed.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Card, CopyField, Crumb, DangerConfirm, Layout, LinkButton, Notice, Tone},
};

/// The page with the keys. They are kept nowhere.
#[component]
pub fn StorageKeys(storage: String, href: String, access_key: String, secret_key: String) -> impl IntoView {
    let back = href.clone();
    view! {
        <Layout title=t("storage-keys") crumbs=vec![Crumb::new(storage, href)]>
            <Card>
                <div class="stack">
                    <Notice tone=Tone::Warning>{t("storage-keys-warning")}</Notice>
                    <CopyField id="access-key" label=t("storage-access-key") value=access_key/>
                    <CopyField id="secret-key" label=t("storage-secret-key") value=secret_key/>
                    <div class="form-actions"><LinkButton label=t("back") href=back/></div>
                </div>
            </Card>
        </Layout>
    }
}

/// The question before they are renewed.
#[component]
pub fn RenewKeys(storage: String, href: String, action: String) -> impl IntoView {
    let question = t_with("storage-keys-renew-question", &[("name", storage.clone().into())]);
    let crumbs = vec![Crumb::new(storage, href.clone())];
    view! {
        <Layout title=t("storage-keys-renew") crumbs=crumbs>
            <DangerConfirm question=question consequence=t("storage-keys-renew-text") label=t("storage-keys-renew") action=action cancel_href=href/>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "storages",
        ..samples::page(Area::Portal)
    };
    let href = || "/portal/storages/1".to_owned();
    let keys = |name, storage: &'static str| {
        Sample::new(name, page(), move || {
            let (access, secret) = ("5f0c1e7bd2a94c".to_owned(), "d0a1e5b7c39f4a6e".to_owned());
            view! { <StorageKeys storage=storage.to_owned() href=href() access_key=access secret_key=secret/> }
        })
    };
    vec![
        keys("storage-keys", "customer-backups"),
        keys("storage-keys-hostile", HOSTILE),
        Sample::new("storage-keys-renew-hostile", page(), move || {
            view! { <RenewKeys storage=HOSTILE.to_owned() href=href() action="/portal/storages/1/renew".to_owned()/> }
        }),
    ]
}
