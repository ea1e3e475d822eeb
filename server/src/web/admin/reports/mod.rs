//! The staff's pages about SLA reports.

pub(in crate::web) mod again;
pub(in crate::web) mod breaches;
pub(in crate::web) mod credit;
pub(in crate::web) mod list;
pub(in crate::web) mod show;
pub(in crate::web) mod troubles;

use std::collections::HashMap;

use entity::{ClientId, SlaReportId, Tenant, report_trouble};
use sea_orm::DbErr;

use crate::{
    domain::{
        board::Snapshot,
        reports::{self, MakeError, Stored},
    },
    web::{Error, guard::Staff},
};

async fn find(staff: &Staff, id: SlaReportId) -> Result<Stored, Error> {
    reports::find(&staff.tenant.rows(), id).await?.ok_or(Error::NotFound)
}

fn client_names(board: &Snapshot) -> HashMap<ClientId, String> {
    let clients = board.clients.values();
    clients.map(|client| (client.id, client.name.clone())).collect()
}

/// How many reports could not be made.
async fn troubles_count(rows: &Tenant<'_>) -> Result<u64, DbErr> {
    rows.find::<report_trouble::Entity>().count().await
}

impl From<MakeError> for Error {
    fn from(error: MakeError) -> Self {
        match error {
            MakeError::NotFound => Self::NotFound,
            MakeError::NotOver(_) | MakeError::NotInService | MakeError::NoLongerKept | MakeError::Meanwhile => {
                Self::Conflict
            }
            MakeError::Samples(error) => error.into(),
            MakeError::Store(error) => error.into(),
        }
    }
}
