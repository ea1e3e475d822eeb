//! The audit log as pages show it: with the names of things, and the way to their pages.

use app::admin::audit::{Actor, Change, Entry, Value};
use entity::{
    AccountId, ClientId, ContaboAccountId, ContaboOrderId, ContaboProductId, InstanceId, LinkId, MaintenanceSeriesId,
    MaintenanceWindowId, RouterId, SlaProfileId, SlaReportId, Tenant, audit_entry, audit_entry::ActorKind,
};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    domain::{audit_log, board::Snapshot},
    web::{Error, route},
};

/// How many of the newest entries of the log the page of one thing shows.
const ENTRIES: u64 = 8;

/// The newest entries of the log about one thing, as its page shows them.
pub(super) async fn recent_entries(rows: &Tenant<'_>, board: &Snapshot, subject: Uuid) -> Result<Vec<Entry>, Error> {
    let found = audit_log::recent(rows, subject, ENTRIES).await?;
    Ok(found.into_iter().map(|row| entry(row, board)).collect())
}

/// The log with all entries about one thing.
pub(super) fn log_of(subject: Uuid) -> String {
    format!("{}?subject={subject}", route::AdminAudit)
}

/// An entry of the log as a page shows it.
pub(super) fn entry(row: audit_entry::Model, board: &Snapshot) -> Entry {
    let changes = audit_log::changes(&row).into_iter().map(|change| Change {
        old: change.old.map(|old| value(&change.field, &old, board)),
        new: change.new.map(|new| value(&change.field, &new, board)),
        field: change.field,
    });
    Entry {
        changes: changes.collect(),
        href: href_of(&row.subject_kind, row.subject_id),
        at: row.at,
        actor: match row.actor_kind {
            ActorKind::Staff => Actor::Staff,
            ActorKind::Client => Actor::Client,
            ActorKind::Operator => Actor::Operator,
            ActorKind::System => Actor::System,
        },
        who: row.actor_name,
        address: row.address,
        action: row.action,
        kind: row.subject_kind,
        subject: row.subject_name,
    }
}

/// What a field was or is. What is named by its id has its name of today.
fn value(field: &str, value: &Json, board: &Snapshot) -> Value {
    match value {
        Json::Bool(flag) => Value::Flag(*flag),
        Json::String(text) if field.ends_with("_at") => match text.parse() {
            Ok(at) => Value::Moment(at),
            Err(_) => Value::Text(text.clone()),
        },
        Json::String(text) => thing(field, text, board).unwrap_or_else(|| Value::Text(text.clone())),
        Json::Array(items) => {
            let items = items.iter().map(|item| item.as_str().filter(|text| !text.is_empty()));
            Value::Text(items.map(|text| text.unwrap_or("–")).collect::<Vec<_>>().join("; "))
        }
        other => Value::Text(other.to_string()),
    }
}

fn thing(field: &str, id: &str, board: &Snapshot) -> Option<Value> {
    let id: Uuid = id.parse().ok()?;
    let (name, href) = match field {
        "client" => {
            let client = board.clients.get(&ClientId(id))?;
            (&client.name, route::AdminClient { client: client.id }.to_string())
        }
        "router" => {
            let router = &board.routers.get(&RouterId(id))?.router;
            (&router.name, route::AdminRouter { router: router.id }.to_string())
        }
        "sla_profile" => {
            let profile = &board.profiles.get(&SlaProfileId(id))?.profile;
            let href = route::AdminSlaProfile {
                sla_profile: profile.id,
            };
            (&profile.name, href.to_string())
        }
        _ => return None,
    };
    Some(Value::Thing {
        name: name.clone(),
        href,
    })
}

/// The page of what an entry of the log or a task is about, if it has one.
pub(super) fn href_of(kind: &str, id: Option<Uuid>) -> Option<String> {
    let id = id?;
    Some(match kind {
        "client" => route::AdminClient { client: ClientId(id) }.to_string(),
        "client user" => route::AdminClientUser {
            client_user: AccountId(id),
        }
        .to_string(),
        "staff user" => route::AdminStaffUser {
            staff_user: AccountId(id),
        }
        .to_string(),
        "sla profile" => route::AdminSlaProfile {
            sla_profile: SlaProfileId(id),
        }
        .to_string(),
        "maintenance series" => route::AdminSeries {
            series: MaintenanceSeriesId(id),
        }
        .to_string(),
        "maintenance window" => route::AdminWindow {
            window: MaintenanceWindowId(id),
        }
        .to_string(),
        "router" => route::AdminRouter { router: RouterId(id) }.to_string(),
        "link" => route::AdminLink { link: LinkId(id) }.to_string(),
        "instance" => route::AdminServer {
            instance: InstanceId(id),
        }
        .to_string(),
        "contabo account" => route::AdminContaboAccount {
            contabo_account: ContaboAccountId(id),
        }
        .to_string(),
        "contabo order" => route::AdminOrder {
            order: ContaboOrderId(id),
        }
        .to_string(),
        "contabo product" => route::AdminProduct {
            product: ContaboProductId(id),
        }
        .to_string(),
        "report" => route::AdminReport {
            report: SlaReportId(id),
        }
        .to_string(),
        _ => return None,
    })
}
