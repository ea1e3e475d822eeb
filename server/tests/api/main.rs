//! Whole requests against the real program: its own database, a real socket, a clock that stands.
//!
//! On an SQLite file, or on PostgreSQL where `TEST_DATABASE_URL` is set.

#![expect(clippy::unwrap_used, reason = "a test that can't go on shall stop where it is")]

mod helpers;
mod measured;
mod nets;
mod network;

mod admin_links;
mod admin_routers;
mod at_once;
mod audit;
mod binary;
mod brand;
mod checks;
mod contabo;
mod costs;
mod doctor;
mod domains;
mod features;
mod forms;
mod headers;
mod kept;
mod live;
mod mail;
mod maintenance;
mod operator;
mod orders;
mod outages;
mod passwords;
mod portal;
mod profile;
mod provider;
mod quotas;
mod report_agreements;
mod report_mails;
mod reports;
mod route_walk;
mod same_origin;
mod samples;
mod schedules;
mod servers;
mod sessions;
mod shares;
mod sign_in;
mod storages;
mod tasks;
mod templates;
mod tenant_metrics;
