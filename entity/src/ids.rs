//! Typed ids: a link's id can't be passed where a router's is wanted.
//!
//! All are UUIDv7, so that rows made after each other lie beside each other in the indexes.

use std::{fmt, str::FromStr};

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id, ordered by the system's clock; no rule depends on that order.
            #[must_use]
            #[expect(clippy::new_without_default, reason = "two calls give two ids, which a default should not")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// One provider: everything else belongs to exactly one.
    TenantId,
    /// Whoever runs the installation itself.
    OperatorId,
    /// A person of one tenant: a mail address and its factors.
    AccountId,
    /// An account's place on the tenant's staff.
    StaffMemberId,
    /// A customer of the tenant.
    ClientId,
    /// An account's place at one client.
    ClientMemberId,
    /// A router that is polled.
    RouterId,
    /// A leased link: one interface of one router.
    LinkId,
    /// What is promised of a link.
    SlaProfileId,
    /// One wording of an SLA profile.
    SlaProfileVersionId,
    /// A planned time in which downtime does not count.
    MaintenanceWindowId,
    /// Planned work that comes again.
    MaintenanceSeriesId,
    /// What one maintenance window or series covers.
    MaintenanceScopeId,
    /// One revision of a month's SLA report of a link.
    SlaReportId,
    /// What was decided on the credit of one report.
    CreditDecisionId,
    /// A signed link to one report.
    ShareLinkId,
    /// One use of a share link.
    ShareUseId,
    /// A change of a maintenance window after it had begun.
    MaintenanceChangeId,
    /// What staff said of one outage.
    OutageNoteId,
    /// A token with which a program reads the tenant's figures.
    MetricsTokenId,
    /// One change of a link's or a router's state.
    StateChangeId,
    /// One entry of the audit log.
    AuditEntryId,
    /// One piece of work to do later.
    JobId,
    /// One key of the key ring.
    SealingKeyId,
    /// One mail to one person.
    MailId,
    /// A key with which a tenant's tokens are signed.
    SigningKeyId,
    /// An account of the tenant's at Contabo.
    ContaboAccountId,
    /// A server at Contabo.
    InstanceId,
    /// A snapshot of an instance.
    SnapshotId,
    /// What else is mirrored of Contabo: a network, an image, a key.
    ContaboResourceId,
    /// Something at Contabo that became different.
    ContaboChangeId,
    /// Something asked of a provider.
    ActionId,
    /// Something that can be ordered at Contabo.
    ContaboProductId,
    /// What a product costs from a day on.
    ContaboPriceId,
    /// Something ordered at Contabo.
    ContaboOrderId,
    /// A server that a billing system runs.
    ServiceId,
    /// Something that staff have to see to.
    TaskId,
    /// A template for cloud-init.
    TemplateId,
    /// One wording of a template for cloud-init.
    TemplateVersionId,
    /// Something that is done to a server at fixed times.
    ScheduleId,
    /// One time that a schedule was due.
    ScheduleRunId,
}
