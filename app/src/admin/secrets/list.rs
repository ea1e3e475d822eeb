//! All keys and passwords, without what they are.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::Sort;
use crate::{
    admin::things::{Happening, Kept, LIVE_THINGS, happening, kept_tabs, sample_happening},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, Cell, Code, Column, EmptyState, HeadCell, Icon, Kind, Layout, LinkButton, Live, Table, When},
};

/// One of them.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is done with it lies below this.
    pub href: String,
    pub name: String,
    pub sort: Sort,
    /// Of a key, as ssh-keygen shows it.
    pub fingerprint: Option<String>,
    pub account: String,
    pub created_at: Option<DateTime<Utc>>,
    pub changed_at: Option<DateTime<Utc>>,
}

/// The page. `may_manage`: the visitor may make and change them.
#[component]
pub fn SecretList(secrets: Vec<Row>, may_manage: bool, what_happens: Happening) -> impl IntoView {
    let add = may_manage.then(|| {
        view! {
            <LinkButton label=t("secret-new-key") href="/admin/secrets/new?of=ssh" icon=Icon::Plus kind=Kind::Primary/>
            <LinkButton label=t("secret-new-password") href="/admin/secrets/new?of=password"/>
        }
    });
    let content = match secrets.is_empty() {
        true => view! { <EmptyState title=t("secrets-none") text=t("secrets-none-text") icon=Icon::Lock/> }.into_any(),
        false => table(secrets, may_manage).into_any(),
    };
    view! {
        <Layout title=t("secrets") lead=t("secrets-lead") actions=add.into_any()>
            {kept_tabs(Kept::Secrets)}
            <Card flush=true><Live id=LIVE_THINGS>{content}</Live></Card>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn table(secrets: Vec<Row>, may_manage: bool) -> impl IntoView {
    let (name, sort, fingerprint) = (t("secret-name"), t("secret-sort"), t("secret-fingerprint"));
    let (account, changed) = (t("contabo-account"), t("secret-changed"));
    let columns = [name, sort, fingerprint, account, changed, ""].map(Column::text).into();
    let rows = secrets.into_iter().map(|row| {
        let href = row.href;
        let buttons = may_manage.then(|| {
            view! {
                <LinkButton label=t("secret-rename") href=format!("{href}/edit") kind=Kind::Quiet/>
                <LinkButton label=t("secret-replace") href=format!("{href}/replace") kind=Kind::Quiet/>
                <LinkButton label=t("deed-delete") href=format!("{href}/delete") kind=Kind::Quiet confirm=true/>
            }
        });
        let shown = match row.fingerprint {
            Some(text) => view! { <Code text=text/> }.into_any(),
            None => view! { <span class="muted">{"–"}</span> }.into_any(),
        };
        let at = row.changed_at.or(row.created_at);
        view! {
            <tr>
                <HeadCell>{row.name}</HeadCell>
                <Cell of=sort>{row.sort.word()}</Cell>
                <Cell of=fingerprint>{shown}</Cell>
                <Cell of=account>{row.account}</Cell>
                <Cell of=changed>{at.map(|at| view! { <When at=at compact=true/> })}</Cell>
                <Cell of=""><span class="server-buttons">{buttons}</span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("secrets") columns=columns>{rows}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "images",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let row = |text: &str, sort: Sort| Row {
        href: "/admin/secrets/1".to_owned(),
        name: text.to_owned(),
        fingerprint: (sort == Sort::Key).then(|| "SHA256:kwD0nJ2CKvrSGzkIb7Ca5i6y7oxDMwpa0IW6rCNjJvs".to_owned()),
        sort,
        account: text.to_owned(),
        created_at: Some(samples::now()),
        changed_at: None,
    };
    vec![
        Sample::new("secrets", page(), move || {
            let rows = vec![row("Alice's laptop", Sort::Key), row("first root", Sort::Password)];
            view! { <SecretList secrets=rows may_manage=true what_happens=sample_happening("first root")/> }
        }),
        Sample::new("secrets-none", page(), || {
            view! { <SecretList secrets=Vec::new() may_manage=false what_happens=Happening::default()/> }
        }),
        Sample::new("secrets-hostile", page(), move || {
            let rows = vec![row(HOSTILE, Sort::Other(HOSTILE.to_owned())), row(HOSTILE, Sort::Key)];
            view! { <SecretList secrets=rows may_manage=true what_happens=sample_happening(HOSTILE)/> }
        }),
    ]
}
