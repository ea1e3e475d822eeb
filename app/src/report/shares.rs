//! The links with which a report was shared: who has one, how often it was used, and a form for another.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    page::page,
    t, t_count, t_with,
    ui::{
        Button, Card, CopyField, ErrorSummary, FormActions, FormState, Kind, NumberField, PasswordField, State,
        StateBadge, TextField, When, time,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 3] = [
    ("made_for", "share-for"),
    ("days", "share-days"),
    ("share_password", "share-password"),
];

/// The links, and where another is made.
#[derive(Clone, Debug)]
pub struct Shares {
    /// Takes a POST.
    pub action: String,
    pub form: FormState,
    /// The newest first.
    pub links: Vec<Link>,
    /// Those that went out with mails: none is shown, because each is somebody's own way in.
    pub mailed: Option<Mailed>,
}

/// The links of mails, together.
#[derive(Clone, Debug)]
pub struct Mailed {
    pub count: u64,
    pub uses: u64,
    /// Takes a POST; none once all of them have ended.
    pub revoke_href: Option<String>,
}

/// A link.
#[derive(Clone, Debug)]
pub struct Link {
    /// None once it opens nothing any more.
    pub url: Option<String>,
    /// Takes a POST.
    pub revoke_href: Option<String>,
    pub made_for: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub has_password: bool,
    pub uses: u64,
    /// The last ones, the newest first.
    pub last: Vec<Use>,
}

/// One use.
#[derive(Clone, Debug)]
pub struct Use {
    pub at: DateTime<Utc>,
    pub address: Option<String>,
    pub is_pdf: bool,
}

/// The card.
#[component]
pub fn SharesCard(shares: Shares) -> impl IntoView {
    let form = shares.form;
    let links = shares
        .links
        .into_iter()
        .enumerate()
        .map(|(at, link)| self::link(at, link));
    let links = links.collect_view();
    view! {
        <Card title=t("shares")>
            <p class="muted">{t("shares-lead")}</p>
            <ul class="shares">{links}{shares.mailed.map(mailed)}</ul>
            <form method="post" action=shares.action class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <TextField name="made_for" label=t("share-for") value=form.value("made_for") error=form.error("made_for") hint=t("share-for-hint") required=true max_length=120/>
                <NumberField name="days" label=t("share-days") value=form.value("days") error=form.error("days") unit=t("share-days-unit") required=true/>
                <PasswordField name="share_password" label=t("share-password") autocomplete="new-password" error=form.error("share_password") hint=t("share-password-hint")/>
                <FormActions><Button label=t("share-make") kind=Kind::Primary/></FormActions>
            </form>
        </Card>
    }
}

fn mailed(mailed: Mailed) -> impl IntoView {
    let revoke = mailed
        .revoke_href
        .map(|href| view! { <form method="post" action=href><Button label=t("shares-mailed-revoke")/></form> });
    view! {
        <li class="share">
            <p><strong>{t_count("shares-mailed", mailed.count)}</strong></p>
            <p class="muted small">{t_count("share-uses", mailed.uses)}</p>
            {revoke}
        </li>
    }
}

fn link(at: usize, link: Link) -> impl IntoView {
    let zone = page().zone;
    let (state, word) = match (&link.url, link.revoked_at) {
        (Some(_), _) => (State::Up, t("share-open")),
        (None, Some(_)) => (State::Disabled, t("share-revoked")),
        (None, None) => (State::Disabled, t("share-expired")),
    };
    let until = t_with("share-until", &[("at", time::absolute(link.expires_at, zone).into())]);
    let lock = link.has_password.then(|| [" · ", t("share-with-password")].concat());
    let uses = t_count("share-uses", link.uses);
    let last = link.last.into_iter().map(|used| {
        let what = if used.is_pdf {
            t("share-use-pdf")
        } else {
            t("share-use-page")
        };
        let from = used.address.map(|address| [" · ", &address].concat());
        view! { <li><When at=used.at/>" · "{what}{from}</li> }
    });
    let last = last.collect_view();
    let url = link.url.map(|url| {
        let id = format!("share-{at}");
        view! { <CopyField id=id label=t("share-url") value=url/> }
    });
    let revoke = link
        .revoke_href
        .map(|href| view! { <form method="post" action=href><Button label=t("share-revoke")/></form> });
    view! {
        <li class="share">
            <p><strong>{link.made_for}</strong>" "<StateBadge state=state label=word/></p>
            <p class="muted small">{until}{lock}</p>
            {url}
            <details class="as-table"><summary>{uses}</summary><ul class="share-uses small">{last}</ul></details>
            {revoke}
        </li>
    }
}
