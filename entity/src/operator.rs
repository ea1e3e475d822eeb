//! Whoever runs the installation itself. Belongs to no tenant.

use sea_orm::entity::prelude::*;

use crate::OperatorId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq)]
#[sea_orm(table_name = "operator")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OperatorId,
    /// Lower case.
    pub mail: String,
    pub name: String,
    /// In the PHC string format of argon2.
    pub password_hash: String,
    pub must_change_password: bool,
    /// None: UTC.
    pub zone: Option<String>,
    pub created_at: DateTimeUtc,
    pub last_sign_in_at: Option<DateTimeUtc>,
    pub disabled_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
