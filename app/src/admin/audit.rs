//! The audit log: who changed what, when, and from what to what.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::people::role_word;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{Card, Choice, EmptyState, FilterBar, Icon, Layout, ListState, Pagination, SelectField, When},
};

/// One field that was changed.
#[derive(Clone, Debug)]
pub struct Change {
    pub field: String,
    /// None: there was nothing.
    pub old: Option<Value>,
    /// None: there is nothing.
    pub new: Option<Value>,
}

/// What a field was or is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// As the log has it; a word of the log's own is shown in the page's language.
    Text(String),
    Flag(bool),
    Moment(DateTime<Utc>),
    /// Something with a page.
    Thing {
        name: String,
        href: String,
    },
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Staff,
    Client,
    Operator,
    System,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    pub at: DateTime<Utc>,
    pub actor: Actor,
    pub who: String,
    /// Where the request came from.
    pub address: Option<String>,
    /// As `client.create`.
    pub action: String,
    /// Which kind of thing, as `client`.
    pub kind: String,
    pub subject: String,
    /// The page of the thing, if it has one.
    pub href: Option<String>,
    pub changes: Vec<Change>,
}

/// The kinds of things that the log is filtered by, as entries name them.
const KINDS: [&str; 21] = [
    "account",
    "client",
    "client user",
    "contabo account",
    "contabo order",
    "contabo product",
    "instance",
    "link",
    "maintenance series",
    "mail",
    "mail settings",
    "maintenance window",
    "metrics token",
    "outage",
    "report",
    "router",
    "service",
    "settings",
    "sla profile",
    "staff user",
    "task",
];

/// The word for a kind of thing; a kind without one is shown as it is.
fn kind_word(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "account" => t("log-kind-account"),
        "client" => t("log-kind-client"),
        "client user" => t("log-kind-client-user"),
        "contabo account" => t("log-kind-contabo-account"),
        "contabo order" => t("log-kind-contabo-order"),
        "contabo product" => t("log-kind-contabo-product"),
        "instance" => t("log-kind-instance"),
        "link" => t("log-kind-link"),
        "maintenance series" => t("log-kind-maintenance-series"),
        "mail" => t("log-kind-mail"),
        "mail settings" => t("log-kind-mail-settings"),
        "maintenance window" => t("log-kind-maintenance"),
        "metrics token" => t("log-kind-metrics-token"),
        "report" => t("log-kind-report"),
        "outage" => t("log-kind-outage"),
        "router" => t("log-kind-router"),
        "service" => t("log-kind-service"),
        "settings" => t("log-kind-settings"),
        "sla profile" => t("log-kind-sla-profile"),
        "staff user" => t("log-kind-staff-user"),
        "task" => t("log-kind-task"),
        _ => return None,
    })
}

/// What was done, from an action as the log names it (`link.update`); what has no word is shown as it is.
pub(crate) fn verb(action: &str) -> Text {
    let word = match action.rsplit('.').next().unwrap_or_default() {
        "create" => t("log-did-create"),
        "activate" => t("log-did-activate"),
        "deactivate" => t("log-did-deactivate"),
        "change" | "update" => t("log-did-change"),
        "credentials" => t("log-did-credentials"),
        "trust" => t("log-did-trust"),
        "archive" => t("log-did-archive"),
        "restore" => t("log-did-restore"),
        "disable" => t("log-did-disable"),
        "enable" => t("log-did-enable"),
        "remove" => t("log-did-remove"),
        "revoke" => t("log-did-revoke"),
        "change_role" => t("log-did-change-role"),
        "change_password" => t("log-did-change-password"),
        "reset_password" => t("log-did-reset-password"),
        "end_sessions" => t("log-did-end-sessions"),
        "change_zone" => t("log-did-change-zone"),
        "end" => t("log-did-end"),
        "test" => t("log-did-test"),
        "send_again" => t("log-did-send-again"),
        "mail" => t("log-did-mail"),
        "cancel" => t("log-did-cancel"),
        "make" => t("log-did-make"),
        "share" => t("log-did-share"),
        "unshare_mailed" => t("log-did-unshare-mailed"),
        "unshare" => t("log-did-unshare"),
        "decide_credit" => t("log-did-decide-credit"),
        "approve" => t("log-did-approve"),
        "withdraw" => t("log-did-withdraw"),
        "make_windows" => t("log-did-make-windows"),
        "exclude" => t("log-did-exclude"),
        "include" => t("log-did-include"),
        "add_known" => t("log-did-add-known"),
        "price" => t("log-did-price"),
        "quota" => t("log-did-quota"),
        "features" => t("log-did-features"),
        "schedule" => t("log-did-schedule"),
        "reschedule" => t("log-did-reschedule"),
        "unschedule" => t("log-did-unschedule"),
        "draft" => t("log-did-draft"),
        "confirm" => t("log-did-confirm"),
        "ask" => t("log-did-ask"),
        "assign" => t("log-did-assign"),
        "lock" => t("log-did-lock"),
        "unlock" => t("log-did-unlock"),
        "reveal" => t("log-did-reveal"),
        "renew_secret" => t("log-did-renew-secret"),
        "renew_access" => t("log-did-renew-access"),
        "make_code" => t("log-did-make-code"),
        "start_checks" => t("log-did-start-checks"),
        "cancel_checks" => t("log-did-cancel-checks"),
        "cancel_remedy" => t("log-did-cancel-remedy"),
        "suspend" => t("log-did-suspend"),
        "unsuspend" => t("log-did-unsuspend"),
        "terminate" => t("log-did-terminate"),
        "again" => t("log-did-again"),
        "raise" => t("log-did-raise"),
        "settle" => t("log-did-settle"),
        other => return other.replace('_', " ").into(),
    };
    word.into()
}

/// A field's name as the log has it (`committed_down`), in words; what has no other word is shown as it is.
pub(crate) fn field_word(field: &str) -> Text {
    let word = match field {
        "accent" => t("log-field-accent"),
        "action" => t("log-field-action"),
        "api_client_id" => t("log-field-api-client-id"),
        "arguments" => t("log-field-arguments"),
        "credentials_changed_at" => t("log-field-credentials-changed-at"),
        "contabo_id" => t("log-field-contabo-id"),
        "cost_month" => t("log-field-cost-month"),
        "cost_setup" => t("log-field-cost-setup"),
        "sales_month" => t("log-field-sales-month"),
        "sales_setup" => t("log-field-sales-setup"),
        "shows_prices" => t("log-field-shows-prices"),
        "most_servers" => t("log-field-most-servers"),
        "most_snapshots" => t("log-field-most-snapshots"),
        "most_storage_quarters" => t("log-field-most-storage"),
        "valid_from" => t("log-field-valid-from"),
        "orderable" => t("log-field-orderable"),
        "locked_because" => t("log-field-locked-because"),
        "activated_at" => t("log-field-activated-at"),
        "allow_challenge" => t("log-field-allow-challenge"),
        "approved" => t("log-field-approved"),
        "archived" => t("log-field-archived"),
        "archived_at" => t("log-field-archived-at"),
        "authority" => t("log-field-authority"),
        "cancelled" => t("log-field-cancelled"),
        "amount" => t("log-field-amount"),
        "begins" => t("log-field-begins"),
        "cause" => t("log-field-cause"),
        "breach_mail" => t("log-field-breach-mail"),
        "breach_pdf" => t("log-field-breach-pdf"),
        "from_address" => t("log-field-from-address"),
        "from_name" => t("log-field-from-name"),
        "maintenance_mail" => t("log-field-maintenance-mail"),
        "report_mail" => t("log-field-report-mail"),
        "report_pdf" => t("log-field-report-pdf"),
        "reply_to" => t("log-field-reply-to"),
        "client" => t("log-field-client"),
        "code_page" => t("log-field-code-page"),
        "comment" => t("log-field-comment"),
        "committed_down" => t("log-field-committed-down"),
        "committed_up" => t("log-field-committed-up"),
        "covers" => t("log-field-covers"),
        "currency" => t("log-field-currency"),
        "credit_most_percent" => t("log-field-credit-most"),
        "credit_tiers_percent" => t("log-field-credit-tiers"),
        "deactivated_at" => t("log-field-deactivated-at"),
        "decision" => t("log-field-decision"),
        "disabled" => t("log-field-disabled"),
        "disabled_is" => t("log-field-disabled-is"),
        "enabled" => t("log-field-enabled"),
        "ends_at" => t("log-field-ends-at"),
        "exclusion" => t("log-field-exclusion"),
        "exclusion_reason" => t("log-field-exclusion-reason"),
        "expires_at" => t("log-field-expires-at"),
        "faces" => t("log-field-faces"),
        "first_starts" => t("log-field-first-starts"),
        "host" => t("log-field-host"),
        "interface" => t("log-field-interface"),
        "internal_note" => t("log-field-internal-note"),
        "jitter_ms" => t("log-field-jitter"),
        "kind" => t("log-field-kind"),
        "latency_ms" => t("log-field-latency"),
        "loss_percent" => t("log-field-loss"),
        "listen" => t("log-field-listen"),
        "logo" => t("log-field-logo"),
        "made_for" => t("log-field-made-for"),
        "mail" => t("log-field-mail"),
        "measured_by" => t("log-field-measured-by"),
        "links" => t("log-field-links"),
        "month" => t("log-field-month"),
        "monthly_fee" => t("log-field-monthly-fee"),
        "minutes" => t("log-field-minutes"),
        "name" => t("log-field-name"),
        "note" => t("log-field-note"),
        "notes" => t("log-field-notes"),
        "password_changed" => t("log-field-password-changed"),
        "percentile_of" => t("log-field-percentile-of"),
        "pin" => t("log-field-pin"),
        "ping_target" => t("log-field-ping-target"),
        "poll_seconds" => t("log-field-poll-seconds"),
        "port" => t("log-field-port"),
        "private_ranges" => t("log-field-private-ranges"),
        "reason" => t("log-field-reason"),
        "reference" => t("log-field-reference"),
        "revision" => t("log-field-revision"),
        "role" => t("log-field-role"),
        "router" => t("log-field-router"),
        "rule" => t("log-field-rule"),
        "sample_months" => t("log-field-sample-months"),
        "second_colour" => t("log-field-second-colour"),
        "service_hours" => t("log-field-service-hours"),
        "site" => t("log-field-site"),
        "sla_profile" => t("log-field-sla-profile"),
        "slug" => t("log-field-slug"),
        "starts_at" => t("log-field-starts-at"),
        "title" => t("log-field-title"),
        "tls" => t("log-field-tls"),
        "unreachable_is" => t("log-field-unreachable-is"),
        "uptime_percent" => t("log-field-uptime"),
        "username" => t("log-field-username"),
        "verdict" => t("log-field-verdict"),
        "version" => t("log-field-version"),
        "windows" => t("log-field-windows"),
        "with_a_lock" => t("log-field-with-a-lock"),
        "zone" => t("log-field-zone"),
        other => return other.replace('_', " ").into(),
    };
    word.into()
}

/// The word for a value of a field that has few; any other is shown as it is.
fn value_word(field: &str, value: &str) -> Option<&'static str> {
    Some(match (field, value) {
        ("covers", "all links") => t("windows-all"),
        ("disabled_is", "excluded") => t("sla-disabled-excluded"),
        ("disabled_is", "down") => t("sla-disabled-down"),
        ("exclusion", "client") => t("outage-why-client"),
        ("exclusion", "force_majeure") => t("outage-why-force-majeure"),
        ("exclusion", "other") => t("outage-why-other"),
        ("faces", "customer") => t("link-faces-customer"),
        ("faces", "network") => t("link-faces-network"),
        ("measured_by", "slots") => t("sla-measured-slots"),
        ("measured_by", "edges") => t("sla-measured-edges"),
        ("percentile_of", "greater") => t("sla-percentile-greater"),
        ("percentile_of", "sum") => t("sla-percentile-sum"),
        ("role", "viewer" | "operator" | "admin" | "owner") => role_word(value),
        ("tls", "pin") => t("router-tls-pin"),
        ("tls", "ca") => t("router-tls-ca"),
        ("tls", "off") => t("router-tls-off"),
        ("unreachable_is", "unknown") => t("sla-unreachable-unknown"),
        ("unreachable_is", "down") => t("sla-unreachable-down"),
        _ => return None,
    })
}

/// The page; `about` is the name of the only thing that it shows entries of.
#[component]
pub fn AuditLog(list: ListState, entries: Vec<Entry>, about: Option<String>) -> impl IntoView {
    let kinds = KINDS
        .iter()
        .filter_map(|kind| Some(Choice::new(*kind, kind_word(kind)?)))
        .collect();
    let (who, kind) = (list.filter("who"), list.filter("kind"));
    let (from, until) = (list.filter("from"), list.filter("until"));
    let empty = entries.is_empty();
    let subject = list.filter("subject");
    let subject = (!subject.is_empty()).then(|| view! { <input type="hidden" name="subject" value=subject/> });
    let about = about.map(|name| view! { <p class="card-note">{t_with("log-about", &[("name", name.into())])}</p> });
    view! {
        <Layout title=t("log") lead=t("log-lead")>
            <Card flush=true>
                <FilterBar list=list.clone() search_label=t("log-what")>
                    {subject}
                    <div class="field"><label for="who">{t("log-who")}</label><input id="who" name="who" type="search" value=who autocomplete="off"/></div>
                    <SelectField name="kind" label=t("log-kind") choices=kinds value=kind empty=t("list-any") required=true/>
                    <div class="field"><label for="from">{t("log-from")}</label><input id="from" name="from" type="date" min="1970-01-01" max="9999-12-31" value=from/></div>
                    <div class="field"><label for="until">{t("log-until")}</label><input id="until" name="until" type="date" min="1970-01-01" max="9999-12-31" value=until/></div>
                </FilterBar>
                {about}
                {entry_list(entries)}
                {(empty && list.is_filtered()).then(|| view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> })}
                <Pagination list=list/>
            </Card>
        </Layout>
    }
}

/// A card with the newest entries about one thing, and the way to all of them.
pub(crate) fn recent_card(entries: Vec<Entry>, all_href: Option<String>) -> impl IntoView {
    let all = all_href.map(|href| view! { <a href=href>{t("log-all")}</a> });
    let actions = view! { {all} }.into_any();
    let none = entries
        .is_empty()
        .then(|| view! { <p class="card-line muted">{t("log-none")}</p> });
    view! { <Card title=t("log-recent") actions=actions flush=true>{none}{entry_list(entries)}</Card> }
}

/// Entries, the newest first.
fn entry_list(entries: Vec<Entry>) -> impl IntoView {
    let entries = entries.into_iter().map(|entry| {
        let kind = kind_word(&entry.kind).map_or_else(|| entry.kind.clone(), ToOwned::to_owned);
        let verb = verb(&entry.action);
        let subject = match entry.href {
            Some(href) => view! { <a href=href>{entry.subject}</a> }.into_any(),
            None => view! { <strong>{entry.subject}</strong> }.into_any(),
        };
        let actor = match entry.actor {
            Actor::Staff => None,
            Actor::Client => Some(t("log-by-client")),
            Actor::Operator => Some(t("log-by-operator")),
            Actor::System => Some(t("log-by-system")),
        };
        view! {
            <li class="log-entry">
                <p class="log-when"><When at=entry.at/></p>
                <p class="log-what">
                    <span class="log-who">{entry.who}</span>
                    {actor.map(|actor| view! { " "<span class="muted small">{actor}</span> })}
                    " "<span class="log-verb">{verb}</span>" "<span class="muted">{kind}</span>" "{subject}
                </p>
                {change_list(entry.changes)}
                {entry.address.map(|address| view! { <p class="log-from muted small">{t("log-address")}" "<span class="figure">{address}</span></p> })}
            </li>
        }
    });
    view! { <ol class="log">{entries.collect_view()}</ol> }
}

fn change_list(changes: Vec<Change>) -> Option<impl IntoView> {
    let none = || view! { <span class="muted">{t("log-nothing")}</span> }.into_any();
    let value = move |field: &str, value: Option<Value>| {
        let shown = match value {
            Some(Value::Text(text)) => match value_word(field, &text) {
                Some(word) => word.into_any(),
                None => text.into_any(),
            },
            Some(Value::Flag(true)) => t("yes").into_any(),
            Some(Value::Flag(false)) => t("no").into_any(),
            Some(Value::Moment(at)) => view! { <When at=at/> }.into_any(),
            Some(Value::Thing { name, href }) => view! { <a href=href>{name}</a> }.into_any(),
            None => return none(),
        };
        view! { <span class="log-value">{shown}</span> }.into_any()
    };
    // What was added had nothing before, which needs no saying.
    let is_new = changes.iter().all(|change| change.old.is_none());
    (!changes.is_empty()).then(|| {
        let changes = changes.into_iter().map(|change| {
            let Change { field, old, new } = change;
            let (old, new) = (value(&field, old), value(&field, new));
            view! { <div><dt>{field_word(&field)}</dt><dd>{(!is_new).then(|| view! { {old}" → " })}{new}</dd></div> }
        });
        view! { <dl class="log-changes">{changes.collect_view()}</dl> }
    })
}

/// Entries for samples.
pub(crate) fn sample_entries() -> Vec<Entry> {
    let text = |text: &str| Value::Text(text.to_owned());
    let change = |field: &str, old: Option<&str>, new: Option<&str>| Change {
        field: field.to_owned(),
        old: old.map(text),
        new: new.map(text),
    };
    let entry = |minutes: i64, action: &str, kind: &str, subject: &str, changes| Entry {
        at: samples::now() - TimeDelta::minutes(minutes),
        actor: Actor::Staff,
        who: "Bob Reyes".to_owned(),
        address: Some("198.51.100.7".to_owned()),
        action: action.to_owned(),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        href: Some("/admin/clients/1".to_owned()),
        changes,
    };
    vec![
        entry(
            4,
            "client.change",
            "client",
            "Acme Logistics GmbH",
            vec![
                change("name", Some("Acme GmbH"), Some("Acme Logistics GmbH")),
                change("reference", None, Some("K-10021")),
                Change {
                    field: "archived".to_owned(),
                    old: Some(Value::Flag(true)),
                    new: Some(Value::Flag(false)),
                },
                Change {
                    field: "router".to_owned(),
                    old: None,
                    new: Some(Value::Thing {
                        name: "ber-core-1".to_owned(),
                        href: "/admin/routers/1".to_owned(),
                    }),
                },
                Change {
                    field: "activated_at".to_owned(),
                    old: None,
                    new: Some(Value::Moment(samples::now())),
                },
            ],
        ),
        Entry {
            actor: Actor::System,
            who: "mainstay".to_owned(),
            address: None,
            ..entry(300, "router.disable", "router", "ber-core-1", vec![])
        },
        entry(
            4000,
            "staff_user.change_role",
            "staff user",
            "Alice",
            vec![change("role", Some("viewer"), Some("admin"))],
        ),
    ]
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "audit",
        ..samples::page(Area::Admin)
    };
    let list = |total, q: &str| ListState {
        path: "/admin/audit".to_owned(),
        filters: vec![("q", q.to_owned()), ("who", q.to_owned()), ("from", q.to_owned())],
        page: 1,
        per_page: 50,
        total,
        ..ListState::default()
    };
    vec![
        Sample::new(
            "audit",
            page(),
            move || view! { <AuditLog list=list(3, "") entries=sample_entries() about=None/> },
        ),
        Sample::new(
            "audit-no-match",
            page(),
            move || view! { <AuditLog list=list(0, "x") entries=vec![] about=None/> },
        ),
        Sample::new("audit-hostile", page(), move || {
            let mut entry = sample_entries().remove(0);
            for text in [&mut entry.who, &mut entry.action, &mut entry.kind, &mut entry.subject] {
                HOSTILE.clone_into(text);
            }
            entry.changes = vec![Change {
                field: HOSTILE.to_owned(),
                old: Some(Value::Text(HOSTILE.to_owned())),
                new: Some(Value::Thing {
                    name: HOSTILE.to_owned(),
                    href: "/admin/clients/1".to_owned(),
                }),
            }];
            view! { <AuditLog list=list(1, HOSTILE) entries=vec![entry] about=Some(HOSTILE.to_owned())/> }
        }),
    ]
}
