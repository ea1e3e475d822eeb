//! `mainstay user create`: a sign-in for staff, for a client or for an operator, made on the machine itself.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use entity::client;
use sea_orm::ColumnTrait;

use crate::{
    clock::Clock,
    config::Given,
    domain::{
        audit::Actor,
        identity::{Appointer, ClientRole, NewPerson, StaffRole},
        people::{Draft, first_password},
    },
    site::Site,
};

#[derive(Args, Debug)]
pub(super) struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a sign-in; its first password must be changed at once
    Create(Box<Create>),
}

#[derive(Args, Debug)]
struct Create {
    #[command(flatten)]
    given: Given,
    /// Mail address, which is the name to sign in with
    #[arg(long)]
    mail: String,
    /// The person's name
    #[arg(long)]
    name: String,
    /// The tenant's short name; needed for staff and client users where there are several tenants
    #[arg(long, value_name = "SLUG", conflicts_with = "operator")]
    tenant: Option<String>,
    #[command(flatten)]
    place: Place,
    /// The role at the client: viewer, operator or owner
    #[arg(long, requires = "client", default_value = "owner", value_name = "ROLE")]
    role: ClientRole,
    /// File with the first password; without it one is made and printed
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Place {
    /// A staff user with this role: viewer, operator, admin or owner
    #[arg(long, value_name = "ROLE")]
    staff: Option<StaffRole>,
    /// A user of the client with this name
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// An operator of the whole installation
    #[arg(long)]
    operator: bool,
}

impl User {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Create(create) => create.run().await,
        }
    }
}

impl Create {
    async fn run(mut self) -> anyhow::Result<()> {
        let given = std::mem::take(&mut self.given);
        let site = Site::open(super::settings(given)?, Clock::system(), true).await?;
        println!("{}", self.make(&site).await?);
        Ok(())
    }

    /// Makes it, by the rules of the forms in the admin area, and says what there is now.
    async fn make(self, site: &Site) -> anyhow::Result<String> {
        let draft = Draft {
            mail: self.mail,
            name: self.name,
        };
        let (mail, name) = match draft.check() {
            Ok(checked) => checked,
            Err(rejected) => bail!(super::complaints(&rejected)),
        };
        let (password, made) = match &self.password_file {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
                (text.trim_end_matches(['\r', '\n']).to_owned(), false)
            }
            None => (first_password()?, true),
        };
        let person = NewPerson {
            mail: mail.clone(),
            name,
            password: password.clone(),
            zone: None,
        };
        let by = Appointer {
            actor: Actor::system("command line"),
            role: StaffRole::Owner,
        };
        let was_there = match (self.place.staff, self.place.client) {
            (Some(role), _) => {
                let tenant = super::find_tenant(&site.db, self.tenant.as_deref()).await?;
                site.identity
                    .create_staff_user(tenant, &by, person, role)
                    .await?
                    .was_there
            }
            (None, Some(name)) => {
                let tenant = super::find_tenant(&site.db, self.tenant.as_deref()).await?;
                let rows = site.db.tenant(tenant);
                let found = rows
                    .find::<client::Entity>()
                    .filter(client::Column::Name.eq(name.as_str()))
                    .one()
                    .await?;
                let Some(client) = found else {
                    bail!("there is no client named {name}: add it in the admin area first");
                };
                if client.archived_at.is_some() {
                    bail!("the client {name} is archived: restore it in the admin area first");
                }
                site.identity
                    .create_client_user(tenant, &by, &[client.id], person, self.role)
                    .await?
                    .was_there
            }
            (None, None) => {
                site.identity.create_operator(person).await?;
                false
            }
        };
        Ok(match (was_there, made) {
            (true, _) => format!("{mail} had an account already, and keeps its password."),
            (false, true) => format!("{mail} may sign in. First password, to be changed at once: {password}"),
            (false, false) => format!("{mail} may sign in, and must change the password at once."),
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::{
        domain::clients,
        testing::{open_site, scratch_tenant, scratch_url},
    };

    fn create(mail: &str, name: &str, client: &str) -> Create {
        Create {
            given: Given::default(),
            mail: mail.to_owned(),
            name: name.to_owned(),
            tenant: None,
            place: Place {
                staff: None,
                client: Some(client.to_owned()),
                operator: false,
            },
            role: ClientRole::Owner,
            password_file: None,
        }
    }

    #[tokio::test]
    async fn the_rules_are_those_of_the_forms() {
        let (url, _scratch) = scratch_url().await;
        let data = tempfile::tempdir().unwrap();
        let site = open_site(&url, data.path(), Clock::fixed(DateTime::UNIX_EPOCH)).await;
        let tenant = scratch_tenant(&site.db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let acme = clients::Draft {
            name: "Acme".to_owned(),
            ..clients::Draft::default()
        };
        let acme = clients::create(&site.db, tenant, &actor, now, acme.check().unwrap())
            .await
            .unwrap();

        let wrong = create("dana", "Da\0na", "Acme").make(&site).await.unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "--mail: not a mail address; --name: characters that can't be shown"
        );
        let said = create(" Dana@Acme.Test", "Dana", "Acme").make(&site).await.unwrap();
        assert!(said.starts_with("dana@acme.test may sign in."), "{said}");
        clients::archive(&site.db, tenant, &actor, now, acme).await.unwrap();
        let wrong = create("dora@acme.test", "Dora", "Acme").make(&site).await.unwrap_err();
        assert!(wrong.to_string().contains("is archived"), "{wrong}");
    }
}
