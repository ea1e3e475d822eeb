//! `GET /admin/templates/{template}`, also of a version before.

use actix_web::{HttpResponse, web};
use app::admin::templates::show::{Changed, Hrefs, Shown, TemplatePage, VariableRow, VersionRow};
use entity::TemplateId;
use leptos::prelude::*;
use serde::Deserialize;

use super::{AT, find};
use crate::{
    domain::{
        identity::StaffPermission,
        templates::{
            self, Variable,
            diff::{self, Line},
            shipped,
        },
    },
    web::{Error, Page, guard::Staff, route, servers::values},
};

/// Which version.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct Of {
    version: Option<i32>,
}

pub(in crate::web) async fn get(
    staff: Staff,
    id: web::Path<TemplateId>,
    of: web::Query<Of>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (template, row) = (*id, find(&staff, *id).await?.row);
    let all = templates::versions(&staff.tenant.rows(), template).await?;
    let number = of.version.unwrap_or(row.current_version);
    let at = all
        .iter()
        .position(|version| version.number == number)
        .ok_or(Error::NotFound)?;
    let version = all.get(at).ok_or(Error::NotFound)?;
    let difference = all.get(at + 1).map(|before| diff::lines(&before.text, &version.text));
    let shipped = row.shipped.as_deref().and_then(shipped::named);
    let manages = staff.may(StaffPermission::ManageServers) && row.archived_at.is_none();
    let shown = Shown {
        name: row.name.clone(),
        description: row.description.clone(),
        clients_may_use: row.clients_may_use,
        archived_at: row.archived_at,
        newer: shipped
            .as_ref()
            .map(|shipped| shipped.version)
            .filter(|newest| row.shipped_version.is_some_and(|copied| copied < *newest)),
        shipped: shipped
            .zip(row.shipped_version)
            .map(|(shipped, version)| (shipped.name.to_owned(), version)),
        current: row.current_version,
        version: number,
        text: version.text.clone(),
        variables: version.variables.iter().map(variable).collect(),
        difference: difference.map(|lines| lines.into_iter().map(changed).collect()),
        versions: all
            .iter()
            .map(|version| VersionRow {
                number: version.number,
                href: format!("{}?version={}", route::AdminTemplate { template }, version.number),
                created_at: version.created_at,
                created_by: version.created_by.clone(),
            })
            .collect(),
    };
    let hrefs = Hrefs {
        preview: Some(route::AdminTemplatePreview { template }.to_string()),
        edit: manages.then(|| route::AdminTemplateEdit { template }.to_string()),
        archive: manages.then(|| route::AdminTemplateArchive { template }.to_string()),
    };
    Ok(page
        .at(AT)
        .ok(move || view! { <TemplatePage shown=shown hrefs=hrefs/> }))
}

fn variable(variable: &Variable) -> VariableRow {
    VariableRow {
        name: variable.name.clone(),
        label: variable.label.clone(),
        kind: values::kind(variable.kind),
        default: variable.default.clone(),
        required: variable.required,
        choices: variable.choices.clone(),
    }
}

fn changed(line: Line) -> Changed {
    match line {
        Line::Same(text) => Changed::Same(text),
        Line::Gone(text) => Changed::Gone(text),
        Line::New(text) => Changed::New(text),
    }
}
