//! Templates in the database: kept version by version, listed, offered, filled in.

use chrono::{DateTime, Utc};
use entity::{
    Db, TemplateId, TemplateVersionId, Tenant, TenantId, account, cloud_template,
    cloud_template_version::{self, Column},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, FromQueryResult, Order, SqlErr};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{
    Details, Error, Reason,
    check::{self, Finding},
    render::{self, Unfit},
    shipped::Shipped,
    variables::{Values, Variable},
};
use crate::domain::{
    audit::{self, Actor, Subject},
    contabo::{
        actions::{Asked, FromTemplate},
        orders::{NewOrder, Wanted},
    },
};

/// A template with what is current of it.
#[derive(Clone, Debug)]
pub struct Template {
    pub row: cloud_template::Model,
    pub variables: Vec<Variable>,
}

/// A version with who made it.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: i32,
    pub text: String,
    pub variables: Vec<Variable>,
    pub created_at: DateTime<Utc>,
    /// None: made by the system, or by an account that is gone.
    pub created_by: Option<String>,
}

/// A template that can be chosen for a server.
#[derive(Clone, Debug)]
pub struct Offered {
    pub id: TemplateId,
    pub name: String,
    pub description: String,
    /// The one that is current.
    pub version: i32,
    pub variables: Vec<Variable>,
}

/// What was made of a template.
#[derive(Clone)]
pub struct Made {
    pub id: TemplateId,
    pub name: String,
    pub version: i32,
    /// May hold passwords: seal it, and forget it once it was sent.
    pub text: SecretString,
    /// Passwords that were made up for it, by what a form calls them: to be shown once.
    pub passwords: Vec<(String, SecretString)>,
}

impl Made {
    /// Puts the text into what is asked for, where that is a new system, and answers with the passwords that were made
    /// up for it.
    #[must_use]
    pub fn into(self, asked: &mut Asked) -> Vec<(String, SecretString)> {
        if let Asked::Reinstall {
            user_data, template, ..
        } = asked
        {
            self.text.expose_secret().clone_into(user_data);
            *template = Some(self.from());
        }
        self.passwords
    }

    /// Puts the text into an order of a server, with the passwords that were made up for it.
    pub fn into_order(self, order: &mut NewOrder) {
        if let Wanted::Instance(instance) = &mut order.wanted {
            instance.template = Some(self.from());
            order.user_data = Some(self.text);
            order.made_up = self.passwords;
        }
    }

    fn from(&self) -> FromTemplate {
        FromTemplate {
            id: self.id,
            name: self.name.clone(),
            version: self.version,
        }
    }
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// There is no such template or version, or it is archived, or not for clients.
    #[error("there is no such template here")]
    NotFound,
    /// The values can't be put in.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error("the database failed")]
    Database(#[from] DbErr),
}

/// Adds a template with its first version; `from`: of which that comes with Mainstay it is a copy.
///
/// # Errors
/// [`Error::Rejected`] when the name is taken.
pub async fn create(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    details: Details,
    from: Option<&Shipped>,
) -> Result<TemplateId, Error> {
    let rows = db.begin(tenant).await?;
    let new = fields(&details, 1);
    let row = cloud_template::ActiveModel {
        id: Set(TemplateId::new()),
        name: Set(details.name),
        description: Set(details.description),
        current_version: Set(1),
        clients_may_use: Set(details.clients_may_use),
        shipped: Set(from.map(|shipped| shipped.key.to_owned())),
        shipped_version: Set(from.map(|shipped| shipped.version)),
        created_at: Set(now),
        archived_at: Set(None),
        ..Default::default()
    };
    let row = rows
        .insert::<cloud_template::Entity, _>(row)
        .await
        .map_err(name_taken)?;
    add_version(&rows, actor, now, row.id, 1, details.text, &details.variables).await?;
    audit::record(&rows, actor, now, "template.create", subject(&row), None, Some(new)).await?;
    rows.commit().await?;
    Ok(row.id)
}

/// Changes a template that still has the version `seen`. Another name, description or word on who may use it is no new
/// version, since it makes nothing else.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Rejected`] when the name is taken, [`Error::Conflict`] when somebody made a version
/// since, or the template is archived.
pub async fn change(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: TemplateId,
    seen: i32,
    details: Details,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = rows.lock::<cloud_template::Entity>(id).await?.ok_or(Error::NotFound)?;
    if before.current_version != seen || before.archived_at.is_some() {
        return Err(Error::Conflict);
    }
    let current = one_version(&rows, id, seen).await?.ok_or(Error::NotFound)?;
    let old = Details {
        name: before.name.clone(),
        description: before.description.clone(),
        clients_may_use: before.clients_may_use,
        variables: variables(&current),
        text: current.text,
    };
    if old == details {
        return Ok(());
    }
    let same = old.text == details.text && old.variables == details.variables;
    let next = if same { seen } else { seen + 1 };
    let (before, after) = (fields(&old, seen), fields(&details, next));
    if next != seen {
        let added = add_version(&rows, actor, now, id, next, details.text, &details.variables).await;
        added.map_err(|error| match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Error::Conflict,
            _ => error.into(),
        })?;
    }
    let row = cloud_template::ActiveModel {
        id: Set(id),
        name: Set(details.name),
        description: Set(details.description),
        clients_may_use: Set(details.clients_may_use),
        current_version: Set(next),
        ..Default::default()
    };
    let row = rows
        .update::<cloud_template::Entity, _>(row)
        .await
        .map_err(name_taken)?;
    audit::record(
        &rows,
        actor,
        now,
        "template.change",
        subject(&row),
        Some(before),
        Some(after),
    )
    .await?;
    Ok(rows.commit().await?)
}

/// Archives a template: it can't be chosen any more, and what was made with it still finds it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is archived already.
pub async fn archive(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: TemplateId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = rows.lock::<cloud_template::Entity>(id).await?.ok_or(Error::NotFound)?;
    if before.archived_at.is_some() {
        return Err(Error::Conflict);
    }
    let row = cloud_template::ActiveModel {
        id: Set(id),
        archived_at: Set(Some(now)),
        ..Default::default()
    };
    let row = rows.update::<cloud_template::Entity, _>(row).await?;
    let (old, new) = (Some(json!({ "archived": false })), Some(json!({ "archived": true })));
    audit::record(&rows, actor, now, "template.archive", subject(&row), old, new).await?;
    Ok(rows.commit().await?)
}

/// All templates, the archived among them, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list(rows: &Tenant<'_>) -> Result<Vec<cloud_template::Model>, DbErr> {
    let all = rows.find::<cloud_template::Entity>();
    all.order_by(cloud_template::Column::Name, Order::Asc)
        .order_by(cloud_template::Column::Id, Order::Asc)
        .all()
        .await
}

/// A template with its current variables.
///
/// # Errors
/// When the database does not answer.
pub async fn one(rows: &Tenant<'_>, id: TemplateId) -> Result<Option<Template>, DbErr> {
    let Some(row) = rows.get::<cloud_template::Entity>(id).await? else {
        return Ok(None);
    };
    let current = one_version(rows, id, row.current_version).await?;
    let variables = current.as_ref().map(variables).unwrap_or_default();
    Ok(Some(Template { row, variables }))
}

/// The templates that can be chosen for a server, by name; for a client those that clients may use.
///
/// # Errors
/// When the database does not answer.
pub async fn offered(rows: &Tenant<'_>, for_client: bool) -> Result<Vec<Offered>, DbErr> {
    let mut found = rows
        .find::<cloud_template::Entity>()
        .filter(cloud_template::Column::ArchivedAt.is_null());
    if for_client {
        found = found.filter(cloud_template::Column::ClientsMayUse.eq(true));
    }
    let found = found.order_by(cloud_template::Column::Name, Order::Asc).all().await?;
    let mut all = Vec::with_capacity(found.len());
    for row in found {
        let current = one_version(rows, row.id, row.current_version).await?;
        all.extend(current.map(|version| Offered {
            id: row.id,
            name: row.name,
            description: row.description,
            version: version.version,
            variables: variables(&version),
        }));
    }
    Ok(all)
}

/// All versions of a template, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(rows: &Tenant<'_>, id: TemplateId) -> Result<Vec<Version>, DbErr> {
    #[derive(FromQueryResult)]
    struct Maker {
        id: entity::AccountId,
        name: String,
    }
    let versions = rows
        .find::<cloud_template_version::Entity>()
        .filter(Column::CloudTemplateId.eq(id))
        .order_by(Column::Version, Order::Desc)
        .all()
        .await?;
    let makers = versions.iter().filter_map(|version| version.created_by);
    let makers = rows
        .find::<account::Entity>()
        .filter(account::Column::Id.is_in(makers))
        .columns::<Maker>([account::Column::Id, account::Column::Name])
        .await?;
    let name = |id| {
        makers
            .iter()
            .find(|maker| maker.id == id)
            .map(|maker| maker.name.clone())
    };
    Ok(versions
        .into_iter()
        .map(|version| Version {
            number: version.version,
            variables: variables(&version),
            created_at: version.created_at,
            created_by: version.created_by.and_then(name),
            text: version.text,
        })
        .collect())
}

/// One version, by its number.
///
/// # Errors
/// When the database does not answer.
pub async fn version(rows: &Tenant<'_>, id: TemplateId, number: i32) -> Result<Option<Version>, DbErr> {
    let found = one_version(rows, id, number).await?;
    Ok(found.map(|version| Version {
        number: version.version,
        variables: variables(&version),
        created_at: version.created_at,
        created_by: None,
        text: version.text,
    }))
}

/// The text of a version with the values in it, for a server. The template must still be offered: to clients, if it is
/// one of them who asks.
///
/// # Errors
/// Any [`RenderError`].
pub async fn render(
    rows: &Tenant<'_>,
    id: TemplateId,
    number: i32,
    values: &Values,
    for_client: bool,
) -> Result<Made, RenderError> {
    let template = rows.get::<cloud_template::Entity>(id).await?;
    let template = template
        .filter(|row| row.archived_at.is_none() && (!for_client || row.clients_may_use))
        .ok_or(RenderError::NotFound)?;
    let version = one_version(rows, id, number).await?.ok_or(RenderError::NotFound)?;
    let text = render::fill(&version.text, values, check::MOST_TEXT)?;
    Ok(Made {
        id,
        name: template.name,
        version: number,
        text: SecretString::from(text),
        passwords: values.made_up.clone(),
    })
}

/// The text as it would be, its passwords left out, and what is found in it.
///
/// # Errors
/// When the values can't be put in.
pub fn preview(version: &Version, values: &Values) -> Result<(String, Vec<Finding>), Unfit> {
    let mut shown = values.clone();
    shown.hide_passwords();
    let text = render::fill(&version.text, &shown, check::MOST_TEXT)?;
    // What goes into commands as it is stands in the template alone; the rest is seen in the text.
    let template = check::template(&version.text, &version.variables).into_iter();
    let found = template.filter(|finding| matches!(finding.what, check::What::NotAShellWord(_)));
    let found = check::text(&text).into_iter().chain(found).collect();
    Ok((text, found))
}

async fn one_version(
    rows: &Tenant<'_>,
    id: TemplateId,
    number: i32,
) -> Result<Option<cloud_template_version::Model>, DbErr> {
    rows.find::<cloud_template_version::Entity>()
        .filter(Column::CloudTemplateId.eq(id))
        .filter(Column::Version.eq(number))
        .one()
        .await
}

/// The variables of a version; none where another program wrote them in a way that this one can't read.
fn variables(version: &cloud_template_version::Model) -> Vec<Variable> {
    serde_json::from_value(version.variables.clone()).unwrap_or_default()
}

async fn add_version(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    template: TemplateId,
    version: i32,
    text: String,
    variables: &[Variable],
) -> Result<(), DbErr> {
    let row = cloud_template_version::ActiveModel {
        id: Set(TemplateVersionId::new()),
        cloud_template_id: Set(template),
        version: Set(version),
        text: Set(text),
        variables: Set(serde_json::to_value(variables).map_err(|error| DbErr::Json(error.to_string()))?),
        created_at: Set(now),
        created_by: Set(actor.id),
        ..Default::default()
    };
    rows.insert::<cloud_template_version::Entity, _>(row).await.map(drop)
}

fn name_taken(error: DbErr) -> Error {
    Error::or_taken(error, "name", Reason::NameTaken)
}

fn subject(row: &cloud_template::Model) -> Subject<'_> {
    Subject {
        kind: "template",
        id: Some(row.id.0),
        name: &row.name,
    }
}

/// For the audit log: not the text, which is kept with its version.
fn fields(details: &Details, version: i32) -> Value {
    json!({
        "name": details.name,
        "description": details.description,
        "clients_may_use": details.clients_may_use,
        "version": version,
        "variables": details.variables.iter().map(|variable| variable.name.as_str()).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::{super::tests::draft, *};
    use crate::{
        domain::templates::{Draft, shipped},
        testing::{scratch_db, scratch_tenant},
    };

    #[tokio::test]
    async fn a_change_of_the_text_is_a_new_version_and_the_old_one_stays() {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let details = || draft().check().unwrap();
        let id = create(&db, tenant, &actor, now, details(), None).await.unwrap();
        let renamed = Draft {
            name: "Other".to_owned(),
            clients_may_use: true,
            ..draft()
        };
        change(&db, tenant, &actor, now, id, 1, renamed.check().unwrap())
            .await
            .unwrap();
        let longer = Draft {
            text: "#cloud-config\nfqdn: {{host}}\n".to_owned(),
            ..renamed
        };
        change(&db, tenant, &actor, now, id, 1, longer.check().unwrap())
            .await
            .unwrap();
        let stale = change(&db, tenant, &actor, now, id, 1, details()).await;
        assert!(matches!(stale, Err(Error::Conflict)));
        let rows = db.tenant(tenant);
        let texts: Vec<_> = versions(&rows, id)
            .await
            .unwrap()
            .into_iter()
            .map(|v| (v.number, v.text))
            .collect();
        assert_eq!(
            texts,
            [
                (2, "#cloud-config\nfqdn: {{host}}\n".to_owned()),
                (1, "#cloud-config\nhostname: {{host}}\n".to_owned())
            ]
        );
        let again = create(&db, tenant, &actor, now, longer.check().unwrap(), None).await;
        assert!(matches!(again, Err(Error::Rejected(_))));
    }

    #[tokio::test]
    async fn it_is_filled_in_for_whom_it_is_offered_to() {
        let (db, _scratch) = scratch_db().await;
        let (north, south) = (scratch_tenant(&db, "north").await, scratch_tenant(&db, "south").await);
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let panel = shipped::named("cloudpanel-n8n").unwrap();
        let id = create(&db, north, &actor, now, Details::of_shipped(&panel), Some(&panel))
            .await
            .unwrap();
        let rows = db.tenant(north);
        assert!(offered(&rows, true).await.unwrap().is_empty());
        let all = offered(&rows, false).await.unwrap();
        assert_eq!((all.len(), all[0].version), (1, 1));
        let typed = |_: usize, variable: &Variable| match variable.name.as_str() {
            "domain" => "n8n.example.org",
            "mail" => "a@example.org",
            "ssh_keys" => "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGvkO0v7xXrYmTe2bXc5cZQmZkq7w0hJ0sB8y2nqv5Jd alice",
            "admin" => "admin",
            "database" => "MARIADB_10.11",
            "time_zone" => "Europe/Berlin",
            _ => "",
        };
        let values = Values::read(&all[0].variables, typed).unwrap();
        let made = render(&rows, id, 1, &values, false).await.unwrap();
        assert_eq!(made.passwords.len(), 2);
        for (_, password) in &made.passwords {
            assert!(made.text.expose_secret().contains(password.expose_secret()));
        }
        let kept = version(&rows, id, 1).await.unwrap().unwrap();
        let (shown, found) = preview(&kept, &values).unwrap();
        assert_eq!(found, []);
        assert!(
            made.passwords
                .iter()
                .all(|(_, password)| !shown.contains(password.expose_secret()))
        );
        for (rows, number, client) in [(&rows, 1, true), (&rows, 2, false), (&db.tenant(south), 1, false)] {
            let refused = render(rows, id, number, &values, client).await;
            assert!(matches!(refused, Err(RenderError::NotFound)));
        }
        archive(&db, north, &actor, now, id).await.unwrap();
        let refused = render(&rows, id, 1, &values, false).await;
        assert!(matches!(refused, Err(RenderError::NotFound)));
    }
}
