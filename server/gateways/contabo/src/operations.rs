//! The table of all operations: what the API can do, and which method of this client does it.
//!
//! It is the one place for methods and paths. The tests call every method and compare what was asked with
//! this table.

use crate::operation::{Method, Operation};

macro_rules! operations {
    ($($(#[$about:meta])* $constant:ident: $method:ident $path:literal $name:literal,)+) => {
        $(
            $(#[$about])*
            pub const $constant: Operation = Operation {
                name: $name,
                method: Method::$method,
                path: $path,
            };
        )+

        /// All of them.
        pub const ALL: &[Operation] = &[$($constant),+];
    };
}

operations! {
    // Instances.
    INSTANCES_LIST: Get "/v1/compute/instances" "instances.list",
    INSTANCES_CREATE: Post "/v1/compute/instances" "instances.create",
    INSTANCES_GET: Get "/v1/compute/instances/{instanceId}" "instances.get",
    INSTANCES_RENAME: Patch "/v1/compute/instances/{instanceId}" "instances.rename",
    INSTANCES_REINSTALL: Put "/v1/compute/instances/{instanceId}" "instances.reinstall",
    INSTANCES_CANCEL: Post "/v1/compute/instances/{instanceId}/cancel" "instances.cancel",
    INSTANCES_UPGRADE: Post "/v1/compute/instances/{instanceId}/upgrade" "instances.upgrade",
    INSTANCES_OFFERS: Get "/v1/compute/instances/{instanceId}/products/available" "instances.offers",
    INSTANCES_CHECK_REGION_CHANGE: Get "/v1/compute/instances/{instanceId}/regionChange/check" "instances.check_region_change",
    INSTANCES_CHANGE_REGION: Post "/v1/compute/instances/{instanceId}/regionChange" "instances.change_region",
    INSTANCES_START: Post "/v1/compute/instances/{instanceId}/actions/start" "instances.start",
    INSTANCES_RESTART: Post "/v1/compute/instances/{instanceId}/actions/restart" "instances.restart",
    INSTANCES_STOP: Post "/v1/compute/instances/{instanceId}/actions/stop" "instances.stop",
    INSTANCES_SHUTDOWN: Post "/v1/compute/instances/{instanceId}/actions/shutdown" "instances.shutdown",
    INSTANCES_RESCUE: Post "/v1/compute/instances/{instanceId}/actions/rescue" "instances.rescue",
    INSTANCES_RESET_PASSWORD: Post "/v1/compute/instances/{instanceId}/actions/resetPassword" "instances.reset_password",

    // Snapshots.
    SNAPSHOTS_LIST: Get "/v1/compute/instances/{instanceId}/snapshots" "snapshots.list",
    SNAPSHOTS_CREATE: Post "/v1/compute/instances/{instanceId}/snapshots" "snapshots.create",
    SNAPSHOTS_GET: Get "/v1/compute/instances/{instanceId}/snapshots/{snapshotId}" "snapshots.get",
    SNAPSHOTS_UPDATE: Patch "/v1/compute/instances/{instanceId}/snapshots/{snapshotId}" "snapshots.update",
    SNAPSHOTS_DELETE: Delete "/v1/compute/instances/{instanceId}/snapshots/{snapshotId}" "snapshots.delete",
    SNAPSHOTS_ROLL_BACK: Post "/v1/compute/instances/{instanceId}/snapshots/{snapshotId}/rollback" "snapshots.roll_back",

    // Images.
    IMAGES_LIST: Get "/v1/compute/images" "images.list",
    IMAGES_CREATE: Post "/v1/compute/images" "images.create",
    IMAGES_GET: Get "/v1/compute/images/{imageId}" "images.get",
    IMAGES_UPDATE: Patch "/v1/compute/images/{imageId}" "images.update",
    IMAGES_DELETE: Delete "/v1/compute/images/{imageId}" "images.delete",
    IMAGES_STATS: Get "/v1/compute/images/stats" "images.stats",

    // Secrets.
    SECRETS_LIST: Get "/v1/secrets" "secrets.list",
    SECRETS_CREATE: Post "/v1/secrets" "secrets.create",
    SECRETS_GET: Get "/v1/secrets/{secretId}" "secrets.get",
    SECRETS_UPDATE: Patch "/v1/secrets/{secretId}" "secrets.update",
    SECRETS_DELETE: Delete "/v1/secrets/{secretId}" "secrets.delete",

    // Private networks.
    PRIVATE_NETWORKS_LIST: Get "/v1/private-networks" "private_networks.list",
    PRIVATE_NETWORKS_CREATE: Post "/v1/private-networks" "private_networks.create",
    PRIVATE_NETWORKS_GET: Get "/v1/private-networks/{privateNetworkId}" "private_networks.get",
    PRIVATE_NETWORKS_UPDATE: Patch "/v1/private-networks/{privateNetworkId}" "private_networks.update",
    PRIVATE_NETWORKS_DELETE: Delete "/v1/private-networks/{privateNetworkId}" "private_networks.delete",
    PRIVATE_NETWORKS_ASSIGN: Post "/v1/private-networks/{privateNetworkId}/instances/{instanceId}" "private_networks.assign",
    PRIVATE_NETWORKS_UNASSIGN: Delete "/v1/private-networks/{privateNetworkId}/instances/{instanceId}" "private_networks.unassign",

    // VIPs.
    VIPS_LIST: Get "/v1/vips" "vips.list",
    VIPS_GET: Get "/v1/vips/{ip}" "vips.get",
    VIPS_ASSIGN: Post "/v1/vips/{ip}/{resourceType}/{resourceId}" "vips.assign",
    VIPS_UNASSIGN: Delete "/v1/vips/{ip}/{resourceType}/{resourceId}" "vips.unassign",

    // Firewalls.
    FIREWALLS_LIST: Get "/v1/firewalls" "firewalls.list",
    FIREWALLS_CREATE: Post "/v1/firewalls" "firewalls.create",
    FIREWALLS_GET: Get "/v1/firewalls/{firewallId}" "firewalls.get",
    FIREWALLS_UPDATE: Patch "/v1/firewalls/{firewallId}" "firewalls.update",
    FIREWALLS_REPLACE_RULES: Put "/v1/firewalls/{firewallId}" "firewalls.replace_rules",
    FIREWALLS_DELETE: Delete "/v1/firewalls/{firewallId}" "firewalls.delete",
    FIREWALLS_ASSIGN: Post "/v1/firewalls/{firewallId}/instances/{instanceId}" "firewalls.assign",
    FIREWALLS_UNASSIGN: Delete "/v1/firewalls/{firewallId}/instances/{instanceId}" "firewalls.unassign",
    FIREWALLS_PRESET_RULES: Get "/v1/firewalls/preset-rules" "firewalls.preset_rules",

    // Reverse DNS.
    PTR_RECORDS_LIST: Get "/v1/dns/ptrs" "ptr_records.list",
    PTR_RECORDS_CREATE: Post "/v1/dns/ptrs" "ptr_records.create",
    PTR_RECORDS_GET: Get "/v1/dns/ptrs/{ipAddress}" "ptr_records.get",
    PTR_RECORDS_SET: Put "/v1/dns/ptrs/{ipAddress}" "ptr_records.set",
    PTR_RECORDS_DELETE: Delete "/v1/dns/ptrs/{ipAddress}" "ptr_records.delete",

    // DNS.
    DNS_ZONES_LIST: Get "/v1/dns/zones" "dns_zones.list",
    DNS_ZONES_CREATE: Post "/v1/dns/zones" "dns_zones.create",
    DNS_ZONES_GET: Get "/v1/dns/zones/{zoneName}" "dns_zones.get",
    DNS_ZONES_DELETE: Delete "/v1/dns/zones/{zoneName}" "dns_zones.delete",
    DNS_RECORDS_LIST: Get "/v1/dns/zones/{zoneName}/records" "dns_records.list",
    DNS_RECORDS_CREATE: Post "/v1/dns/zones/{zoneName}/records" "dns_records.create",
    DNS_RECORDS_UPDATE: Patch "/v1/dns/zones/{zoneName}/records/{recordId}" "dns_records.update",
    DNS_RECORDS_DELETE: Delete "/v1/dns/zones/{zoneName}/records/{recordId}" "dns_records.delete",
    DNS_RECORDS_DELETE_MANY: Delete "/v1/dns/zones/{zoneName}/records/bulk" "dns_records.delete_many",

    // Object storages.
    OBJECT_STORAGES_LIST: Get "/v1/object-storages" "object_storages.list",
    OBJECT_STORAGES_CREATE: Post "/v1/object-storages" "object_storages.create",
    OBJECT_STORAGES_GET: Get "/v1/object-storages/{objectStorageId}" "object_storages.get",
    OBJECT_STORAGES_RENAME: Patch "/v1/object-storages/{objectStorageId}" "object_storages.rename",
    OBJECT_STORAGES_RESIZE: Post "/v1/object-storages/{objectStorageId}/resize" "object_storages.resize",
    OBJECT_STORAGES_STATS: Get "/v1/object-storages/{objectStorageId}/stats" "object_storages.stats",
    OBJECT_STORAGES_CANCEL: Patch "/v1/object-storages/{objectStorageId}/cancel" "object_storages.cancel",

    // S3 keys.
    CREDENTIALS_LIST: Get "/v1/users/{userId}/object-storages/credentials" "credentials.list",
    CREDENTIALS_GET: Get "/v1/users/{userId}/object-storages/{objectStorageId}/credentials/{credentialId}" "credentials.get",
    CREDENTIALS_RENEW: Patch "/v1/users/{userId}/object-storages/{objectStorageId}/credentials/{credentialId}" "credentials.renew",

    // Data centres.
    DATA_CENTRES_LIST: Get "/v1/data-centers" "data_centres.list",

    // Tags.
    TAGS_LIST: Get "/v1/tags" "tags.list",
    TAGS_CREATE: Post "/v1/tags" "tags.create",
    TAGS_GET: Get "/v1/tags/{tagId}" "tags.get",
    TAGS_UPDATE: Patch "/v1/tags/{tagId}" "tags.update",
    TAGS_DELETE: Delete "/v1/tags/{tagId}" "tags.delete",
    TAG_ASSIGNMENTS_LIST: Get "/v1/tags/{tagId}/assignments" "tag_assignments.list",
    TAG_ASSIGNMENTS_GET: Get "/v1/tags/{tagId}/assignments/{resourceType}/{resourceId}" "tag_assignments.get",
    TAG_ASSIGNMENTS_CREATE: Post "/v1/tags/{tagId}/assignments/{resourceType}/{resourceId}" "tag_assignments.create",
    TAG_ASSIGNMENTS_DELETE: Delete "/v1/tags/{tagId}/assignments/{resourceType}/{resourceId}" "tag_assignments.delete",

    // Users.
    USERS_LIST: Get "/v1/users" "users.list",
    USERS_CREATE: Post "/v1/users" "users.create",
    USERS_GET: Get "/v1/users/{userId}" "users.get",
    USERS_UPDATE: Patch "/v1/users/{userId}" "users.update",
    USERS_DELETE: Delete "/v1/users/{userId}" "users.delete",
    USERS_SEND_PASSWORD_LINK: Post "/v1/users/{userId}/reset-password" "users.send_password_link",
    USERS_SEND_VERIFICATION_LINK: Post "/v1/users/{userId}/resend-email-verification" "users.send_verification_link",
    USERS_HAS_PASSWORD: Get "/v1/users/is-password-set" "users.has_password",
    USERS_PANEL_LINK: Post "/v1/users/sso-token" "users.panel_link",

    // The API's own credentials.
    API_CLIENT_GET: Get "/v1/users/client" "api_client.get",
    API_CLIENT_RENEW_SECRET: Put "/v1/users/client/secret" "api_client.renew_secret",

    // Accounts of the same user.
    ACCOUNTS_LIST: Get "/v1/me/accounts" "accounts.list",
    ACCOUNTS_SWITCH: Post "/v1/me/action/switchAccount" "accounts.switch",
    ACCOUNTS_MAKE_DEFAULT: Patch "/v1/me/account/{tenantId}/{customerId}" "accounts.make_default",

    // Roles.
    ROLES_LIST: Get "/v1/roles" "roles.list",
    ROLES_CREATE: Post "/v1/roles" "roles.create",
    ROLES_GET: Get "/v1/roles/{roleId}" "roles.get",
    ROLES_REPLACE: Put "/v1/roles/{roleId}" "roles.replace",
    ROLES_DELETE: Delete "/v1/roles/{roleId}" "roles.delete",
    ROLES_PERMISSIONS: Get "/v1/roles/api-permissions" "roles.permissions",

    // Troubleshooting.
    CHECKS_LIST: Get "/v1/troubleshooting/checks" "checks.list",
    CHECKS_START: Post "/v1/troubleshooting/checks" "checks.start",
    CHECKS_GET: Get "/v1/troubleshooting/checks/{checkId}" "checks.get",
    CHECKS_CANCEL: Patch "/v1/troubleshooting/checks/{checkId}" "checks.cancel",
    CHECK_SETS_LIST: Get "/v1/troubleshooting/check-collections" "check_sets.list",
    CHECK_SETS_START: Post "/v1/troubleshooting/check-collections" "check_sets.start",
    CHECK_SETS_GET: Get "/v1/troubleshooting/check-collections/{checkCollectionId}" "check_sets.get",
    CHECK_SETS_CANCEL: Patch "/v1/troubleshooting/check-collections/{checkCollectionId}" "check_sets.cancel",
    CHECK_SETS_TEMPLATES: Get "/v1/troubleshooting/check-collection-templates" "check_sets.templates",
    CHECK_SETS_TEMPLATE: Get "/v1/troubleshooting/check-collection-templates/{checkCollectionTemplateId}" "check_sets.template",
    REMEDIES_LIST: Get "/v1/troubleshooting/remedies" "remedies.list",
    REMEDIES_START: Post "/v1/troubleshooting/remedies" "remedies.start",
    REMEDIES_GET: Get "/v1/troubleshooting/remedies/{remedyId}" "remedies.get",
    REMEDIES_CANCEL: Patch "/v1/troubleshooting/remedies/{remedyId}" "remedies.cancel",

    // Domains.
    DOMAINS_LIST: Get "/v1/domains" "domains.list",
    DOMAINS_ORDER: Post "/v1/domains" "domains.order",
    DOMAINS_GET: Get "/v1/domains/{domain}" "domains.get",
    DOMAINS_UPDATE: Patch "/v1/domains/{domain}" "domains.update",
    DOMAINS_CANCEL: Post "/v1/domains/{domain}/cancel" "domains.cancel",
    DOMAINS_REVOKE_CANCELLATION: Post "/v1/domains/{domain}/revoke-cancellation" "domains.revoke_cancellation",
    DOMAINS_MAKE_AUTH_CODE: Post "/v1/domains/{domain}/generate-auth-code" "domains.make_auth_code",
    DOMAINS_PENDING_TRANSFERS: Get "/v1/domains/pending-actions" "domains.pending_transfers",
    DOMAINS_ACCEPT_TRANSFER: Post "/v1/domains/{domain}/transfer-out" "domains.accept_transfer",
    DOMAINS_REJECT_TRANSFER: Delete "/v1/domains/{domain}/transfer-out" "domains.reject_transfer",
    DOMAINS_IS_AVAILABLE: Post "/v1/registries-domains/{domain}/check-availability" "domains.is_available",

    // Contacts for domains.
    HANDLES_LIST: Get "/v1/domains/handles" "handles.list",
    HANDLES_CREATE: Post "/v1/domains/handles" "handles.create",
    HANDLES_GET: Get "/v1/domains/handles/{handleId}" "handles.get",
    HANDLES_UPDATE: Put "/v1/domains/handles/{handleId}" "handles.update",
    HANDLES_DELETE: Delete "/v1/domains/handles/{handleId}" "handles.delete",
    HANDLES_MAKE_DEFAULT: Patch "/v1/domains/handles/{handleId}/default" "handles.make_default",

    // Audits.
    AUDITS_INSTANCES: Get "/v1/compute/instances/audits" "audits.instances",
    AUDITS_INSTANCE_ACTIONS: Get "/v1/compute/instances/actions/audits" "audits.instance_actions",
    AUDITS_SNAPSHOTS: Get "/v1/compute/snapshots/audits" "audits.snapshots",
    AUDITS_IMAGES: Get "/v1/compute/images/audits" "audits.images",
    AUDITS_SECRETS: Get "/v1/secrets/audits" "audits.secrets",
    AUDITS_PRIVATE_NETWORKS: Get "/v1/private-networks/audits" "audits.private_networks",
    AUDITS_VIPS: Get "/v1/vips/audits" "audits.vips",
    AUDITS_FIREWALLS: Get "/v1/firewalls/audits" "audits.firewalls",
    AUDITS_DNS_ZONES: Get "/v1/dns/zones/audits" "audits.dns_zones",
    AUDITS_DNS_RECORDS: Get "/v1/dns/records/audits" "audits.dns_records",
    AUDITS_OBJECT_STORAGES: Get "/v1/object-storages/audits" "audits.object_storages",
    AUDITS_TAGS: Get "/v1/tags/audits" "audits.tags",
    AUDITS_TAG_ASSIGNMENTS: Get "/v1/tags/assignments/audits" "audits.tag_assignments",
    AUDITS_USERS: Get "/v1/users/audits" "audits.users",
    AUDITS_ROLES: Get "/v1/roles/audits" "audits.roles",
    AUDITS_DOMAINS: Get "/v1/domains/audits" "audits.domains",
    AUDITS_HANDLES: Get "/v1/domains/handles/audits" "audits.handles",
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_holds_all_operations_and_each_once() {
        let calls: HashSet<_> = ALL.iter().map(|o| (o.method.as_str(), o.path)).collect();
        let names: HashSet<_> = ALL.iter().map(|o| o.name).collect();
        assert_eq!((ALL.len(), calls.len(), names.len()), (155, 155, 155));
    }
}
