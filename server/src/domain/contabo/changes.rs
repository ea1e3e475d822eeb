//! What was found changed at Contabo, as staff read it: by page, and field by field in words.

use std::ops::Range;

use entity::{
    ContaboAccountId, InstanceId, Tenant,
    contabo_change::{self, ChangeOf, Column},
};
use sea_orm::{ColumnTrait, Condition, DbErr, Order};
use serde_json::Value;

use super::mirror::INSTANCE;

/// Which changes are looked for. What is none matches everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub what: Option<ChangeOf>,
    pub account: Option<ContaboAccountId>,
    /// Of instances alone, and not of images, networks and the like.
    pub instances_only: bool,
}

impl Wanted {
    fn condition(self) -> Condition {
        Condition::all()
            .add_option(self.what.map(|what| Column::What.eq(what)))
            .add_option(self.instances_only.then(|| Column::Kind.eq(INSTANCE)))
            .add_option(self.account.map(|account| Column::ContaboAccountId.eq(account)))
    }
}

/// How many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(rows: &Tenant<'_>, wanted: Wanted) -> Result<usize, DbErr> {
    let found = rows.find::<contabo_change::Entity>().filter(wanted.condition());
    Ok(usize::try_from(found.count().await?).unwrap_or(usize::MAX))
}

/// Some of them, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(rows: &Tenant<'_>, wanted: Wanted, range: Range<usize>) -> Result<Vec<contabo_change::Model>, DbErr> {
    rows.find::<contabo_change::Entity>()
        .filter(wanted.condition())
        .order_by(Column::FoundAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .offset(range.start as u64)
        .limit(range.len() as u64)
        .all()
        .await
}

/// The last changes of one instance, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_instance(
    rows: &Tenant<'_>,
    instance: InstanceId,
    most: u64,
) -> Result<Vec<contabo_change::Model>, DbErr> {
    rows.find::<contabo_change::Entity>()
        .filter(Column::InstanceId.eq(instance))
        .order_by(Column::FoundAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(most)
        .all()
        .await
}

/// One field of a change. What was not said is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// As in the row: `product_name`.
    pub name: String,
    pub before: String,
    pub after: String,
}

/// The fields that differ, by name.
#[must_use]
pub fn fields(row: &contabo_change::Model) -> Vec<Field> {
    let of = |side: &Option<Value>| side.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    let (before, after) = (of(&row.before), of(&row.after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let said = |name: &str, value: Option<&Value>| value.map(|value| said(name, value)).unwrap_or_default();
    let fields = names.into_iter().map(|name| Field {
        name: name.clone(),
        before: said(name, before.get(name)),
        after: said(name, after.get(name)),
    });
    fields.filter(|field| field.before != field.after).collect()
}

/// A value as people write it.
fn said(name: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(mib) if matches!(name, "ram" | "disk") => mib.as_u64().map_or_else(|| mib.to_string(), size),
        Value::Array(items) => {
            let items = items.iter().map(|item| said("", item));
            items.collect::<Vec<_>>().join(", ")
        }
        Value::Object(fields) => address(fields).unwrap_or_else(|| value.to_string()),
        other => other.to_string(),
    }
}

/// Of MiB.
fn size(mib: u64) -> String {
    match mib.is_multiple_of(1024) && mib > 0 {
        true => format!("{}\u{a0}GiB", mib / 1024),
        false => format!("{mib}\u{a0}MiB"),
    }
}

fn address(fields: &serde_json::Map<String, Value>) -> Option<String> {
    let ip = fields.get("ip")?.as_str()?;
    let prefix = fields.get("prefix")?.as_u64()?;
    Some(match fields.get("gateway").and_then(Value::as_str) {
        Some(gateway) => format!("{ip}/{prefix} via {gateway}"),
        None => format!("{ip}/{prefix}"),
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::{ContaboChangeId, TenantId};
    use serde_json::json;

    use super::*;

    fn change(before: Option<Value>, after: Option<Value>) -> contabo_change::Model {
        contabo_change::Model {
            tenant_id: TenantId::new(),
            id: ContaboChangeId::new(),
            contabo_account_id: ContaboAccountId::new(),
            instance_id: None,
            kind: "instance".to_owned(),
            contabo_id: "1".to_owned(),
            name: "vmi1".to_owned(),
            what: ChangeOf::Changed,
            before,
            after,
            done_by: None,
            found_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn values_are_written_as_people_do() {
        let before = json!({
            "ram": 8192, "disk": 1500, "ipv4": null, "ssh_keys": [1, 2], "product_name": "VPS 10", "name": "same",
        });
        let after = json!({
            "ram": 12288, "disk": 0, "ipv4": {"ip": "203.0.113.5", "prefix": 24, "gateway": "203.0.113.1"},
            "ssh_keys": [], "product_name": "VPS 20", "name": "same", "new": true,
        });
        let found = fields(&change(Some(before), Some(after)));
        let lines: Vec<_> = found
            .iter()
            .map(|field| [field.name.as_str(), &field.before, &field.after])
            .collect();
        assert_eq!(
            lines,
            [
                ["disk", "1500\u{a0}MiB", "0\u{a0}MiB"],
                ["ipv4", "", "203.0.113.5/24 via 203.0.113.1"],
                ["new", "", "true"],
                ["product_name", "VPS 10", "VPS 20"],
                ["ram", "8\u{a0}GiB", "12\u{a0}GiB"],
                ["ssh_keys", "1, 2", ""],
            ]
        );
    }

    #[test]
    fn what_has_no_fields_or_strange_ones_is_no_trouble() {
        assert_eq!(fields(&change(None, None)), []);
        assert_eq!(fields(&change(Some(json!([1])), None)), []);
        let odd = fields(&change(None, Some(json!({"ipv6": {"ip": 5}}))));
        assert_eq!(odd[0].after, "{\"ip\":5}");
    }
}
