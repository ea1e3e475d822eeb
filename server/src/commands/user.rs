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
        people::first_password,
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
    async fn run(self) -> anyhow::Result<()> {
        let site = Site::open(super::settings(self.given)?, Clock::system(), true).await?;
        let (password, made) = match &self.password_file {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
                (text.trim_end_matches(['\r', '\n']).to_owned(), false)
            }
            None => (first_password()?, true),
        };
        let person = NewPerson {
            mail: self.mail.clone(),
            name: self.name,
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
        match (was_there, made) {
            (true, _) => println!("{} had an account already, and keeps its password.", self.mail),
            (false, true) => println!(
                "{} may sign in. First password, to be changed at once: {password}",
                self.mail
            ),
            (false, false) => println!("{} may sign in, and must change the password at once.", self.mail),
        }
        Ok(())
    }
}
