//! The one table of roles and permissions. Guards, buttons and the route walk read it; nothing else decides who may.
//!
//! It says what a role may do at all. Whose things (which tenant's, which client's) is decided by the queries.

use std::{fmt, str::FromStr};

/// Makes an enum of roles, weakest first, with the names that the database and forms use.
macro_rules! roles {
    ($(#[$doc:meta])* $name:ident { $($(#[$role_doc:meta])* $role:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$role_doc])* $role),+
        }

        impl $name {
            /// All roles, weakest first.
            pub const ALL: &'static [Self] = &[$(Self::$role),+];

            /// The name in the database and in forms.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$role => $text),+
                }
            }
        }

        impl FromStr for $name {
            type Err = UnknownRole;

            fn from_str(text: &str) -> Result<Self, UnknownRole> {
                match text {
                    $($text => Ok(Self::$role),)+
                    _ => Err(UnknownRole),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

roles! {
    /// What a person is on the tenant's staff.
    StaffRole {
        /// Looks.
        Viewer = "viewer",
        /// Runs the network day to day.
        Operator = "operator",
        /// Configures everything but owners.
        Admin = "admin",
        /// All of it.
        Owner = "owner",
    }
}

roles! {
    /// What a person is at one client.
    ClientRole {
        /// Looks.
        Viewer = "viewer",
        /// Acts on what the client rents.
        Operator = "operator",
        /// Also decides who else may.
        Owner = "owner",
    }
}

/// The name of no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such role")]
pub struct UnknownRole;

/// What staff users may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StaffPermission {
    /// Their own password, zone and sessions.
    OwnProfile,
    SeeDashboard,
    SeeClients,
    ManageClients,
    SeeClientUsers,
    ManageClientUsers,
    SeeRouters,
    /// Ask a router now, without changing anything.
    CheckRouters,
    ManageRouters,
    /// Set the user and password with which routers are asked.
    ManageRouterCredentials,
    SeeLinks,
    ManageLinks,
    SeeOutages,
    /// Say what caused an outage, and what its customer should know.
    ManageOutages,
    /// Say that an outage does not count.
    ExcludeOutages,
    SeeSlaProfiles,
    ManageSlaProfiles,
    SeeMaintenance,
    ManageMaintenance,
    SeeReports,
    /// Make a report again, and try again what failed.
    ManageReports,
    /// Decide what is given of a proposed credit.
    ManageCredits,
    /// Let planned work count, and change what has begun already.
    ApproveMaintenance,
    SeeServers,
    /// Power, rescue, passwords and snapshots of instances.
    OperateServers,
    /// Give instances to clients, lock them, wipe them, end their contracts.
    ManageServers,
    /// Set up the accounts at Contabo.
    ManageContabo,
    SeeStaff,
    ManageStaff,
    SeeSettings,
    ManageSettings,
    /// What was written to whom, and what became of it.
    SeeMail,
    /// Send a mail again.
    SendMail,
    SeeAudit,
}

/// What client users may do, at the clients where they have the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClientPermission {
    /// Their own password, zone and sessions.
    OwnProfile,
    SeeLinks,
    SeeReports,
    /// Give a report to somebody who can't sign in.
    ShareReports,
    Download,
    SeeServers,
    /// Power, rescue, passwords and snapshots of instances.
    OperateServers,
    /// What wipes an instance, or part of what is on it.
    RebuildServers,
    /// See and renew the keys of object storages.
    StorageKeys,
    ManageUsers,
}

impl StaffPermission {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::OwnProfile,
        Self::SeeDashboard,
        Self::SeeClients,
        Self::ManageClients,
        Self::SeeClientUsers,
        Self::ManageClientUsers,
        Self::SeeRouters,
        Self::CheckRouters,
        Self::ManageRouters,
        Self::ManageRouterCredentials,
        Self::SeeLinks,
        Self::ManageLinks,
        Self::SeeOutages,
        Self::ManageOutages,
        Self::ExcludeOutages,
        Self::SeeSlaProfiles,
        Self::ManageSlaProfiles,
        Self::SeeMaintenance,
        Self::ManageMaintenance,
        Self::SeeReports,
        Self::ManageReports,
        Self::ManageCredits,
        Self::ApproveMaintenance,
        Self::SeeServers,
        Self::OperateServers,
        Self::ManageServers,
        Self::ManageContabo,
        Self::SeeStaff,
        Self::ManageStaff,
        Self::SeeSettings,
        Self::ManageSettings,
        Self::SeeMail,
        Self::SendMail,
        Self::SeeAudit,
    ];

    /// The weakest role that has it; every stronger one has it too.
    #[must_use]
    pub fn from_role(self) -> StaffRole {
        match self {
            Self::OwnProfile
            | Self::SeeDashboard
            | Self::SeeClients
            | Self::SeeClientUsers
            | Self::SeeRouters
            | Self::SeeLinks
            | Self::SeeOutages
            | Self::SeeSlaProfiles
            | Self::SeeMaintenance
            | Self::SeeReports
            | Self::SeeServers => StaffRole::Viewer,
            Self::CheckRouters
            | Self::ManageLinks
            | Self::ManageOutages
            | Self::ManageMaintenance
            | Self::ManageReports
            | Self::OperateServers
            | Self::SeeMail
            | Self::SendMail => StaffRole::Operator,
            Self::ManageClients
            | Self::ManageClientUsers
            | Self::ManageRouters
            | Self::ManageRouterCredentials
            | Self::ExcludeOutages
            | Self::ManageSlaProfiles
            | Self::ManageCredits
            | Self::ApproveMaintenance
            | Self::ManageServers
            | Self::ManageContabo
            | Self::SeeStaff
            | Self::ManageStaff
            | Self::SeeSettings
            | Self::ManageSettings
            | Self::SeeAudit => StaffRole::Admin,
        }
    }
}

impl ClientPermission {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::OwnProfile,
        Self::SeeLinks,
        Self::SeeReports,
        Self::ShareReports,
        Self::Download,
        Self::SeeServers,
        Self::OperateServers,
        Self::RebuildServers,
        Self::StorageKeys,
        Self::ManageUsers,
    ];

    /// The weakest role that has it; every stronger one has it too.
    #[must_use]
    pub fn from_role(self) -> ClientRole {
        match self {
            Self::OwnProfile | Self::SeeLinks | Self::SeeReports | Self::Download | Self::SeeServers => {
                ClientRole::Viewer
            }
            Self::ShareReports | Self::OperateServers => ClientRole::Operator,
            Self::RebuildServers | Self::StorageKeys | Self::ManageUsers => ClientRole::Owner,
        }
    }
}

impl StaffRole {
    /// Whether the table gives this role the permission.
    #[must_use]
    pub fn allows(self, permission: StaffPermission) -> bool {
        self >= permission.from_role()
    }

    /// Whether someone with this role may turn a staff user from `from` (none: new) into `to` (none: removed).
    /// Owners are made, changed and removed by owners alone.
    #[must_use]
    pub fn may_appoint(self, from: Option<Self>, to: Option<Self>) -> bool {
        let concerns_owner = [from, to].contains(&Some(Self::Owner));
        self.allows(StaffPermission::ManageStaff) && (self == Self::Owner || !concerns_owner)
    }
}

impl ClientRole {
    /// Whether the table gives this role the permission.
    #[must_use]
    pub fn allows(self, permission: ClientPermission) -> bool {
        self >= permission.from_role()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_roles_are_one_to_one() {
        for role in StaffRole::ALL {
            assert_eq!(role.name().parse(), Ok(*role));
        }
        for role in ClientRole::ALL {
            assert_eq!(role.name().parse(), Ok(*role));
        }
        assert_eq!("root".parse::<StaffRole>(), Err(UnknownRole));
    }

    #[test]
    fn owners_may_everything_and_viewers_change_nothing_but_their_profile() {
        for permission in StaffPermission::ALL {
            assert!(StaffRole::Owner.allows(*permission));
            let changes = format!("{permission:?}").starts_with("Manage");
            assert!(!(changes && StaffRole::Viewer.allows(*permission)), "{permission:?}");
        }
        for permission in ClientPermission::ALL {
            assert!(ClientRole::Owner.allows(*permission));
        }
    }

    #[test]
    fn only_owners_touch_owners() {
        use StaffRole::{Admin, Operator, Owner, Viewer};
        assert!(Admin.may_appoint(None, Some(Admin)));
        assert!(Admin.may_appoint(Some(Admin), None));
        assert!(!Admin.may_appoint(None, Some(Owner)));
        assert!(!Admin.may_appoint(Some(Owner), Some(Viewer)));
        assert!(!Admin.may_appoint(Some(Owner), None));
        assert!(Owner.may_appoint(Some(Owner), None));
        assert!(!Operator.may_appoint(None, Some(Viewer)));
    }
}
