//! The schema's history, one file a migration, the same for SQLite and PostgreSQL.
//!
//! A migration that has been released is never edited. Expand first, contract in a later release: the binary before
//! must go on working on the schema after.

mod m20261121_000001_people;
mod m20261121_000002_links;
mod m20261121_000003_work;
mod m20261121_000004_days;
mod m20261121_000005_reports;
mod m20261121_000006_mail;
mod m20261121_000007_outages;
mod m20261121_000008_contabo;
mod m20261121_000009_orders;
mod m20261121_000010_templates;
mod m20261121_000011_services;
mod m20261121_000013_schedules;
mod tables;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// What each migration answers to `use_transaction`: all of it or nothing, on SQLite as on PostgreSQL.
const WHOLE: Option<bool> = Some(true);

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_people::Migration),
            Box::new(m20261121_000002_links::Migration),
            Box::new(m20261121_000003_work::Migration),
            Box::new(m20261121_000004_days::Migration),
            Box::new(m20261121_000005_reports::Migration),
            Box::new(m20261121_000006_mail::Migration),
            Box::new(m20261121_000007_outages::Migration),
            Box::new(m20261121_000008_contabo::Migration),
            Box::new(m20261121_000009_orders::Migration),
            Box::new(m20261121_000010_templates::Migration),
            Box::new(m20261121_000011_services::Migration),
            Box::new(m20261121_000013_schedules::Migration),
        ]
    }
}
