//! What there is at Contabo, one module a kind of thing: its fields, its filters and its operations.
//!
//! Fields that are not said are `None`, an empty list or an empty text; only ids are certain. A method
//! that changes something takes the number of its request from the caller.

mod accounts;
mod api_client;
mod audits;
mod checks;
mod credentials;
mod data_centres;
mod dns;
mod domains;
mod firewalls;
mod handles;
mod images;
mod instances;
mod object_storages;
mod private_networks;
mod ptr_records;
mod remedies;
mod roles;
pub mod secrets;
mod snapshots;
mod tags;
mod users;
mod vips;

pub use accounts::{Accounts, OtherAccount, OtherAccountFilter, SwitchTo, SwitchedTokens};
pub use api_client::{ApiClient, ApiCredentials, NewClientSecret};
pub use audits::{Audit, AuditAction, AuditFilter, AuditList, Audits, Changes};
pub use checks::{
    Check, CheckFilter, CheckSet, CheckSetFilter, CheckSetTemplate, CheckSets, CheckStatus, Checks, NewCheck,
    NewCheckSet, OfferedRemedy, TemplateCheck, TemplateFilter,
};
pub use credentials::{CredentialFilter, Credentials, S3Credential};
pub use data_centres::{DataCentre, DataCentreFilter, DataCentres};
pub use dns::{
    DnsRecord, DnsRecordFilter, DnsRecords, DnsZone, DnsZoneFilter, DnsZones, FailedIds, NewDnsRecord, RecordChange,
    RecordType,
};
pub use domains::{
    AuthCode, CancelDomain, CancelledDomain, Domain, DomainChange, DomainDetails, DomainError, DomainFilter,
    DomainHandles, DomainStatus, Domains, NameServer, NewDomain, PendingTransfer,
};
pub use firewalls::{
    Firewall, FirewallChange, FirewallFilter, FirewallInstance, FirewallInstanceState, FirewallInstanceStatus,
    FirewallRule, FirewallRules, Firewalls, NewFirewall, OnOff, PresetRule, PresetRuleFilter, Protocol, RuleAction,
    Sources,
};
pub use handles::{
    Gender, Handle, HandleAddress, HandleBirth, HandleChange, HandleFilter, HandlePhone, HandleType, Handles, NewHandle,
};
pub use images::{
    CustomImages, Image, ImageChange, ImageFilter, ImageFormat, Images, NewImage, NewImageId, OsType, TagOnImage,
};
pub use instances::actions::{Rescue, ResetPassword};
pub use instances::offers::{Offer, RegionChange, RegionCheck};
pub use instances::order::{
    AddOnOrder, CancelledInstance, CreatedInstance, ExtraStorage, License, NewAddOns, NewInstance, Reinstall,
    UpgradeInstance,
};
pub use instances::{
    AddOn, AdditionalIp, Address, DefaultUser, Instance, InstanceFilter, InstanceStatus, Instances, IpConfig,
    ProductType, Region,
};
pub use object_storages::{
    AutoScaling, AutoScalingChange, AutoScalingState, CancelledStorage, NewObjectStorage, ObjectStorage,
    ObjectStorageFilter, ObjectStorages, Resize, StorageStats, StorageStatus,
};
pub use private_networks::{
    Member, MemberStatus, NewPrivateNetwork, PrivateIpConfig, PrivateNetwork, PrivateNetworkChange,
    PrivateNetworkFilter, PrivateNetworks,
};
pub use ptr_records::{NewPtrRecord, PtrRecord, PtrRecordFilter, PtrRecords};
pub use remedies::{NewRemedy, Remedies, Remedy, RemedyFilter};
pub use roles::{
    ApiPermission, ApiPermissionFilter, NewPermission, NewRole, NewRoleId, Permission, PermissionTag, PermittedAction,
    Role, RoleFilter, Roles,
};
pub use secrets::{NewSecret, Secret, SecretChange, SecretFilter, SecretType, Secrets};
pub use snapshots::{NewSnapshot, Snapshot, SnapshotChange, SnapshotFilter, Snapshots};
pub use tags::{
    NewTag, NewTagId, Tag, TagAssignment, TagAssignmentFilter, TagAssignments, TagChange, TagFilter, TaggedType, Tags,
};
pub use users::{HasPassword, Locale, NewUser, NewUserId, PanelLink, User, UserChange, UserFilter, Users};
pub use vips::{Vip, VipFilter, VipNetwork, VipResourceType, VipType, Vips};

/// The two ways to read a list: a page of it, or all of it. Put into the handle of its group.
macro_rules! lists {
    ($operation:ident, $filter:ty => $item:ty, by $key:expr $(, of $segment:ident: $segment_type:ty)*) => {
        /// One page of the list.
        pub async fn page(
            &self,
            $($segment: $segment_type,)*
            filter: &$filter,
            page: $crate::PageRequest,
        ) -> Result<$crate::Page<$item>, $crate::Error> {
            let client = self.client;
            $crate::page::Listing::new(filter.pairs(), || {
                client.read(&$crate::operations::$operation, &[$(&$segment),*])
            })
            .page(page)
            .await
        }

        /// The whole list, over all its pages, each thing once.
        pub async fn list(
            &self,
            $($segment: $segment_type,)*
            filter: &$filter,
        ) -> Result<Vec<$item>, $crate::Error> {
            let client = self.client;
            $crate::page::Listing::new(filter.pairs(), || {
                client.read(&$crate::operations::$operation, &[$(&$segment),*])
            })
            .all($key)
            .await
        }
    };
}
use lists;

/// A switch that is written as an empty object when it is on, and not at all otherwise.
fn as_empty_object<S: serde::Serializer>(on: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    if *on {
        serializer.collect_map(std::iter::empty::<(String, String)>())
    } else {
        serializer.serialize_none()
    }
}
