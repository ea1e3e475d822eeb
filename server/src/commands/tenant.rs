//! `mainstay tenant`: makes a tenant, and says which private addresses its routers may have.

use anyhow::bail;
use clap::{Args, Subcommand};
use entity::tenant;
use ipnet::IpNet;
use sea_orm::ActiveValue::Set;
use serde_json::json;

use crate::{
    clock::Clock,
    config::Given,
    domain::{
        audit::{self, Actor, Subject},
        tenants::{self, Draft},
        typed::ChangeError,
    },
    site::Site,
};

#[derive(Args, Debug)]
pub(super) struct Tenant {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a tenant: one provider with its own staff, customers and routers
    Create(Box<Create>),
    /// Open private address ranges to a tenant's routers, and close all others
    Ranges(Box<Ranges>),
}

#[derive(Args, Debug)]
struct Create {
    #[command(flatten)]
    given: Given,
    /// Short name: lower-case letters, digits and hyphens
    #[arg(long)]
    slug: String,
    /// Name as customers know it
    #[arg(long)]
    name: String,
    /// Time zone of its months and service hours, as Europe/Berlin
    #[arg(long)]
    zone: String,
    /// Host name that leads to it; not needed while it is the only tenant
    #[arg(long, default_value = "")]
    host: String,
}

#[derive(Args, Debug)]
struct Ranges {
    #[command(flatten)]
    given: Given,
    /// The tenant's short name
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Private ranges, comma-separated; none closes them all
    #[arg(value_name = "CIDR", value_delimiter = ',')]
    ranges: Vec<IpNet>,
}

impl Tenant {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Create(create) => create.run().await,
            Command::Ranges(ranges) => ranges.run().await,
        }
    }
}

impl Create {
    async fn run(self) -> anyhow::Result<()> {
        let draft = Draft {
            slug: self.slug,
            name: self.name,
            zone: self.zone,
            host: self.host,
        };
        let new = match draft.check() {
            Ok(new) => new,
            Err(rejected) => bail!(super::complaints(&rejected)),
        };
        let site = Site::open(super::settings(self.given)?, Clock::system(), true).await?;
        let actor = Actor::system("command line");
        match tenants::create(&site.db, &actor, site.clock.now(), new).await {
            Ok(_) => {
                println!("{} is there. Now make its first owner:", draft.name);
                println!(
                    "  mainstay user create --tenant {} --staff owner --mail … --name …",
                    draft.slug
                );
                Ok(())
            }
            Err(ChangeError::Rejected(rejected)) => bail!(super::complaints(&rejected)),
            Err(error) => Err(error.into()),
        }
    }
}

impl Ranges {
    async fn run(self) -> anyhow::Result<()> {
        let site = Site::open(super::settings(self.given)?, Clock::system(), true).await?;
        let id = super::find_tenant(&site.db, self.tenant.as_deref()).await?;
        let ranges: Vec<String> = self.ranges.iter().map(ToString::to_string).collect();
        let text = (!ranges.is_empty()).then(|| ranges.join(" "));
        let rows = site.db.begin(id).await?;
        let before = rows.own().await?;
        let row = tenant::ActiveModel {
            private_ranges: Set(text.clone()),
            ..Default::default()
        };
        rows.update_own(row).await?;
        let subject = Subject {
            kind: "tenant",
            id: Some(id.0),
            name: &before.name,
        };
        let (old, new) = (
            json!({ "private_ranges": before.private_ranges }),
            json!({ "private_ranges": text }),
        );
        let actor = Actor::system("command line");
        audit::record(
            &rows,
            &actor,
            site.clock.now(),
            "tenant.ranges",
            subject,
            Some(old),
            Some(new),
        )
        .await?;
        rows.config_changed().await?;
        rows.commit().await?;
        match text {
            Some(text) => println!("Routers of {} may be at public addresses and in {text}.", before.name),
            None => println!("Routers of {} may be at public addresses only.", before.name),
        }
        Ok(())
    }
}
