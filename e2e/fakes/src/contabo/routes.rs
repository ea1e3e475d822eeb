//! Which operation a method and a path ask for: all 155 of them. Where a word stands beside an id, the word wins.

use super::call::{Call, Outcome};
use super::http::decode;
use super::{
    actions, audits, credentials, dns, domains, firewalls, handles, images, instances, object_storages, offers,
    private_networks, roles, secrets, snapshots, tags, troubleshooting, users, vips,
};

pub(crate) type Handler = fn(&mut Call<'_>) -> Outcome;

/// An operation of the API.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// Its name in Contabo's document.
    pub(crate) operation: &'static str,
    pub(crate) handler: Handler,
}

/// The operation for a request, and the parameters of its path.
pub(crate) fn find(method: &str, path: &str) -> Option<(&'static Route, Vec<(&'static str, String)>)> {
    let fitting = ROUTES.iter().filter(|route| route.method == method);
    let fitting = fitting.filter_map(|route| Some((route, matches(route.path, path)?)));
    fitting.min_by_key(|(_, parameters)| parameters.len())
}

fn matches(pattern: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut parameters = Vec::new();
    let (mut expected, mut pieces) = (pattern.split('/'), path.split('/'));
    loop {
        match (expected.next(), pieces.next()) {
            (None, None) => return Some(parameters),
            (Some(expected), Some(piece)) => match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(_) if piece.is_empty() => return None,
                Some(name) => parameters.push((name, decode(piece))),
                None if expected == piece => {}
                None => return None,
            },
            _ => return None,
        }
    }
}

const fn route(method: &'static str, path: &'static str, operation: &'static str, handler: Handler) -> Route {
    Route {
        method,
        path,
        operation,
        handler,
    }
}

/// All operations, by path; a line each, so that it reads as a table.
#[rustfmt::skip]
pub(crate) const ROUTES: &[Route] = &[
    route("GET", "/v1/compute/images", "retrieveImageList", images::list),
    route("POST", "/v1/compute/images", "createCustomImage", images::create),
    route("GET", "/v1/compute/images/audits", "retrieveImageAuditsList", audits::list),
    route("GET", "/v1/compute/images/stats", "retrieveCustomImagesStats", images::stats),
    route("GET", "/v1/compute/images/{imageId}", "retrieveImage", images::get),
    route("PATCH", "/v1/compute/images/{imageId}", "updateImage", images::update),
    route("DELETE", "/v1/compute/images/{imageId}", "deleteImage", images::delete),
    route("GET", "/v1/compute/instances", "retrieveInstancesList", instances::list),
    route("POST", "/v1/compute/instances", "createInstance", instances::create),
    route("GET", "/v1/compute/instances/actions/audits", "retrieveInstancesActionsAuditsList", audits::list),
    route("GET", "/v1/compute/instances/audits", "retrieveInstancesAuditsList", audits::list),
    route("GET", "/v1/compute/instances/{instanceId}", "retrieveInstance", instances::get),
    route("PUT", "/v1/compute/instances/{instanceId}", "reinstallInstance", instances::reinstall),
    route("PATCH", "/v1/compute/instances/{instanceId}", "patchInstance", instances::rename),
    route("POST", "/v1/compute/instances/{instanceId}/actions/rescue", "rescue", actions::rescue),
    route("POST", "/v1/compute/instances/{instanceId}/actions/resetPassword", "resetPasswordAction", actions::reset_password),
    route("POST", "/v1/compute/instances/{instanceId}/actions/restart", "restart", actions::restart),
    route("POST", "/v1/compute/instances/{instanceId}/actions/shutdown", "shutdown", actions::shutdown),
    route("POST", "/v1/compute/instances/{instanceId}/actions/start", "start", actions::start),
    route("POST", "/v1/compute/instances/{instanceId}/actions/stop", "stop", actions::stop),
    route("POST", "/v1/compute/instances/{instanceId}/cancel", "cancelInstance", instances::cancel),
    route("GET", "/v1/compute/instances/{instanceId}/products/available", "retrieveAvailableInstanceProducts", offers::offers),
    route("POST", "/v1/compute/instances/{instanceId}/regionChange", "requestRegionChange", offers::change_region),
    route("GET", "/v1/compute/instances/{instanceId}/regionChange/check", "checkSetNewHost", offers::check_region_change),
    route("GET", "/v1/compute/instances/{instanceId}/snapshots", "retrieveSnapshotList", snapshots::list),
    route("POST", "/v1/compute/instances/{instanceId}/snapshots", "createSnapshot", snapshots::create),
    route("GET", "/v1/compute/instances/{instanceId}/snapshots/{snapshotId}", "retrieveSnapshot", snapshots::get),
    route("PATCH", "/v1/compute/instances/{instanceId}/snapshots/{snapshotId}", "updateSnapshot", snapshots::update),
    route("DELETE", "/v1/compute/instances/{instanceId}/snapshots/{snapshotId}", "deleteSnapshot", snapshots::delete),
    route("POST", "/v1/compute/instances/{instanceId}/snapshots/{snapshotId}/rollback", "rollbackSnapshot", snapshots::roll_back),
    route("POST", "/v1/compute/instances/{instanceId}/upgrade", "upgradeInstance", instances::upgrade),
    route("GET", "/v1/compute/snapshots/audits", "retrieveSnapshotsAuditsList", audits::list),
    route("GET", "/v1/data-centers", "retrieveDataCenterList", credentials::data_centers),
    route("GET", "/v1/dns/ptrs", "retrievePtrRecordsList", dns::ptrs),
    route("POST", "/v1/dns/ptrs", "createPtrRecord", dns::create_ptr),
    route("GET", "/v1/dns/ptrs/{ipAddress}", "retrievePtrRecord", dns::get_ptr),
    route("PUT", "/v1/dns/ptrs/{ipAddress}", "updatePtrRecord", dns::update_ptr),
    route("DELETE", "/v1/dns/ptrs/{ipAddress}", "deletePtrRecord", dns::delete_ptr),
    route("GET", "/v1/dns/records/audits", "retrieveRecordAuditsList", audits::list),
    route("GET", "/v1/dns/zones", "retrieveDnsZonesList", dns::zones),
    route("POST", "/v1/dns/zones", "createDnsZone", dns::create_zone),
    route("GET", "/v1/dns/zones/audits", "retrieveDnsAuditsList", audits::list),
    route("GET", "/v1/dns/zones/{zoneName}", "retrieveDnsZone", dns::get_zone),
    route("DELETE", "/v1/dns/zones/{zoneName}", "deleteDnsZone", dns::delete_zone),
    route("GET", "/v1/dns/zones/{zoneName}/records", "retrieveDnsZoneRecordsList", dns::records),
    route("POST", "/v1/dns/zones/{zoneName}/records", "createDnsZoneRecord", dns::create_record),
    route("DELETE", "/v1/dns/zones/{zoneName}/records/bulk", "bulkDeleteDnsZoneRecords", dns::delete_records),
    route("PATCH", "/v1/dns/zones/{zoneName}/records/{recordId}", "updateDnsZoneRecord", dns::update_record),
    route("DELETE", "/v1/dns/zones/{zoneName}/records/{recordId}", "deleteDnsZoneRecord", dns::delete_record),
    route("GET", "/v1/domains", "listDomains", domains::list),
    route("POST", "/v1/domains", "orderDomain", domains::order),
    route("GET", "/v1/domains/audits", "retrieveDomainsAuditsList", audits::list),
    route("GET", "/v1/domains/handles", "listHandles", handles::list),
    route("POST", "/v1/domains/handles", "createHandle", handles::create),
    route("GET", "/v1/domains/handles/audits", "retrieveHandlesAuditsList", audits::list),
    route("GET", "/v1/domains/handles/{handleId}", "retrieveHandle", handles::get),
    route("PUT", "/v1/domains/handles/{handleId}", "updateHandle", handles::update),
    route("DELETE", "/v1/domains/handles/{handleId}", "removeHandle", handles::delete),
    route("PATCH", "/v1/domains/handles/{handleId}/default", "setDefaultHandle", handles::make_default),
    route("GET", "/v1/domains/pending-actions", "listPendingActions", domains::pending),
    route("GET", "/v1/domains/{domain}", "retrieveDomain", domains::get),
    route("PATCH", "/v1/domains/{domain}", "updateDomain", domains::update),
    route("POST", "/v1/domains/{domain}/cancel", "cancelDomain", domains::cancel),
    route("POST", "/v1/domains/{domain}/generate-auth-code", "getAuthCode", domains::auth_code),
    route("POST", "/v1/domains/{domain}/revoke-cancellation", "revokeCancelDomain", domains::revoke_cancellation),
    route("POST", "/v1/domains/{domain}/transfer-out", "confirmDomainTransferOut", domains::confirm_transfer),
    route("DELETE", "/v1/domains/{domain}/transfer-out", "revokeDomainTransferOut", domains::reject_transfer),
    route("GET", "/v1/firewalls", "retrieveFirewallList", firewalls::list),
    route("POST", "/v1/firewalls", "createFirewall", firewalls::create),
    route("GET", "/v1/firewalls/audits", "retrieveFirewallAuditsList", audits::list),
    route("GET", "/v1/firewalls/preset-rules", "retrievePresetRules", firewalls::presets),
    route("GET", "/v1/firewalls/{firewallId}", "retrieveFirewall", firewalls::get),
    route("PUT", "/v1/firewalls/{firewallId}", "putFirewall", firewalls::replace_rules),
    route("PATCH", "/v1/firewalls/{firewallId}", "patchFirewall", firewalls::update),
    route("DELETE", "/v1/firewalls/{firewallId}", "deleteFirewall", firewalls::delete),
    route("POST", "/v1/firewalls/{firewallId}/instances/{instanceId}", "assignInstanceFirewall", firewalls::assign),
    route("DELETE", "/v1/firewalls/{firewallId}/instances/{instanceId}", "unassignInstanceFirewall", firewalls::unassign),
    route("PATCH", "/v1/me/account/{tenantId}/{customerId}", "makeDefaultAccount", users::default_account),
    route("GET", "/v1/me/accounts", "listUserAccounts", users::accounts),
    route("POST", "/v1/me/action/switchAccount", "switchAccount", users::switch_account),
    route("GET", "/v1/object-storages", "retrieveObjectStorageList", object_storages::list),
    route("POST", "/v1/object-storages", "createObjectStorage", object_storages::create),
    route("GET", "/v1/object-storages/audits", "retrieveObjectStorageAuditsList", audits::list),
    route("GET", "/v1/object-storages/{objectStorageId}", "retrieveObjectStorage", object_storages::get),
    route("PATCH", "/v1/object-storages/{objectStorageId}", "updateObjectStorage", object_storages::rename),
    route("PATCH", "/v1/object-storages/{objectStorageId}/cancel", "CancelObjectStorage", object_storages::cancel),
    route("POST", "/v1/object-storages/{objectStorageId}/resize", "upgradeObjectStorage", object_storages::resize),
    route("GET", "/v1/object-storages/{objectStorageId}/stats", "retrieveObjectStoragesStats", object_storages::stats),
    route("GET", "/v1/private-networks", "retrievePrivateNetworkList", private_networks::list),
    route("POST", "/v1/private-networks", "createPrivateNetwork", private_networks::create),
    route("GET", "/v1/private-networks/audits", "retrievePrivateNetworkAuditsList", audits::list),
    route("GET", "/v1/private-networks/{privateNetworkId}", "retrievePrivateNetwork", private_networks::get),
    route("PATCH", "/v1/private-networks/{privateNetworkId}", "patchPrivateNetwork", private_networks::update),
    route("DELETE", "/v1/private-networks/{privateNetworkId}", "deletePrivateNetwork", private_networks::delete),
    route("POST", "/v1/private-networks/{privateNetworkId}/instances/{instanceId}", "assignInstancePrivateNetwork", private_networks::assign),
    route("DELETE", "/v1/private-networks/{privateNetworkId}/instances/{instanceId}", "unassignInstancePrivateNetwork", private_networks::unassign),
    route("POST", "/v1/registries-domains/{domain}/check-availability", "validateDomainAvailability", domains::is_free),
    route("GET", "/v1/roles", "retrieveRoleList", roles::list),
    route("POST", "/v1/roles", "createRole", roles::create),
    route("GET", "/v1/roles/api-permissions", "retrieveApiPermissionsList", roles::permissions),
    route("GET", "/v1/roles/audits", "retrieveRoleAuditsList", audits::list_without_pages),
    route("GET", "/v1/roles/{roleId}", "retrieveRole", roles::get),
    route("PUT", "/v1/roles/{roleId}", "updateRole", roles::replace),
    route("DELETE", "/v1/roles/{roleId}", "deleteRole", roles::delete),
    route("GET", "/v1/secrets", "retrieveSecretList", secrets::list),
    route("POST", "/v1/secrets", "createSecret", secrets::create),
    route("GET", "/v1/secrets/audits", "retrieveSecretAuditsList", audits::list),
    route("GET", "/v1/secrets/{secretId}", "retrieveSecret", secrets::get),
    route("PATCH", "/v1/secrets/{secretId}", "updateSecret", secrets::update),
    route("DELETE", "/v1/secrets/{secretId}", "deleteSecret", secrets::delete),
    route("GET", "/v1/tags", "retrieveTagList", tags::list),
    route("POST", "/v1/tags", "createTag", tags::create),
    route("GET", "/v1/tags/assignments/audits", "retrieveAssignmentsAuditsList", audits::list),
    route("GET", "/v1/tags/audits", "retrieveTagAuditsList", audits::list),
    route("GET", "/v1/tags/{tagId}", "retrieveTag", tags::get),
    route("PATCH", "/v1/tags/{tagId}", "updateTag", tags::update),
    route("DELETE", "/v1/tags/{tagId}", "deleteTag", tags::delete),
    route("GET", "/v1/tags/{tagId}/assignments", "retrieveAssignmentList", tags::assignments),
    route("GET", "/v1/tags/{tagId}/assignments/{resourceType}/{resourceId}", "retrieveAssignment", tags::get_assignment),
    route("POST", "/v1/tags/{tagId}/assignments/{resourceType}/{resourceId}", "createAssignment", tags::assign),
    route("DELETE", "/v1/tags/{tagId}/assignments/{resourceType}/{resourceId}", "deleteAssignment", tags::unassign),
    route("GET", "/v1/troubleshooting/check-collection-templates", "listExtCheckCollectionTemplates", troubleshooting::templates),
    route("GET", "/v1/troubleshooting/check-collection-templates/{checkCollectionTemplateId}", "getExtCheckCollectionTemplate", troubleshooting::get_template),
    route("GET", "/v1/troubleshooting/check-collections", "listExtCheckCollections", troubleshooting::collections),
    route("POST", "/v1/troubleshooting/check-collections", "startExtCheckCollection", troubleshooting::start_collection),
    route("GET", "/v1/troubleshooting/check-collections/{checkCollectionId}", "getExtCheckCollection", troubleshooting::get_collection),
    route("PATCH", "/v1/troubleshooting/check-collections/{checkCollectionId}", "cancelExtCheckCollection", troubleshooting::cancel_collection),
    route("GET", "/v1/troubleshooting/checks", "listExtChecks", troubleshooting::checks),
    route("POST", "/v1/troubleshooting/checks", "startExtCheck", troubleshooting::start_check),
    route("GET", "/v1/troubleshooting/checks/{checkId}", "getExtCheck", troubleshooting::get_check),
    route("PATCH", "/v1/troubleshooting/checks/{checkId}", "cancelExtCheck", troubleshooting::cancel_check),
    route("GET", "/v1/troubleshooting/remedies", "listExtRemedies", troubleshooting::remedies),
    route("POST", "/v1/troubleshooting/remedies", "startExtRemedy", troubleshooting::start_remedy),
    route("GET", "/v1/troubleshooting/remedies/{remedyId}", "getExtRemedy", troubleshooting::get_remedy),
    route("PATCH", "/v1/troubleshooting/remedies/{remedyId}", "cancelExtRemedy", troubleshooting::cancel_remedy),
    route("GET", "/v1/users", "retrieveUserList", users::list),
    route("POST", "/v1/users", "createUser", users::create),
    route("GET", "/v1/users/audits", "retrieveUserAuditsList", audits::list),
    route("GET", "/v1/users/client", "retrieveUserClient", users::client),
    route("PUT", "/v1/users/client/secret", "generateClientSecret", users::new_client_secret),
    route("GET", "/v1/users/is-password-set", "retrieveUserIsPasswordSet", users::is_password_set),
    route("POST", "/v1/users/sso-token", "generateSsoToken", users::sso_token),
    route("GET", "/v1/users/{userId}", "retrieveUser", users::get),
    route("PATCH", "/v1/users/{userId}", "updateUser", users::update),
    route("DELETE", "/v1/users/{userId}", "deleteUser", users::delete),
    route("GET", "/v1/users/{userId}/object-storages/credentials", "listObjectStorageCredentials", credentials::list),
    route("GET", "/v1/users/{userId}/object-storages/{objectStorageId}/credentials/{credentialId}", "getObjectStorageCredentials", credentials::get),
    route("PATCH", "/v1/users/{userId}/object-storages/{objectStorageId}/credentials/{credentialId}", "regenerateObjectStorageCredentials", credentials::renew),
    route("POST", "/v1/users/{userId}/resend-email-verification", "resendEmailVerification", users::send_mail),
    route("POST", "/v1/users/{userId}/reset-password", "resetPassword", users::send_mail),
    route("GET", "/v1/vips", "retrieveVipList", vips::list),
    route("GET", "/v1/vips/audits", "retrieveVipAuditsList", audits::list),
    route("GET", "/v1/vips/{ip}", "retrieveVip", vips::get),
    route("POST", "/v1/vips/{ip}/{resourceType}/{resourceId}", "assignIp", vips::assign),
    route("DELETE", "/v1/vips/{ip}/{resourceType}/{resourceId}", "unassignIp", vips::unassign),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_win_over_ids() {
        let operation = |method, path| find(method, path).map(|(route, _)| route.operation);
        assert_eq!(
            operation("GET", "/v1/compute/instances/audits"),
            Some("retrieveInstancesAuditsList")
        );
        assert_eq!(operation("GET", "/v1/compute/instances/5"), Some("retrieveInstance"));
        assert_eq!(
            operation("DELETE", "/v1/dns/zones/a.example/records/bulk"),
            Some("bulkDeleteDnsZoneRecords")
        );
        assert_eq!(
            operation("GET", "/v1/domains/handles/audits"),
            Some("retrieveHandlesAuditsList")
        );
        assert_eq!(operation("DELETE", "/v1/compute/instances/5"), None);
    }

    #[test]
    fn there_are_as_many_operations_as_contabo_has_and_each_once() {
        assert_eq!(ROUTES.len(), 155);
        let mut names: Vec<&str> = ROUTES.iter().map(|route| route.operation).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 155);
    }

    #[test]
    fn parameters_are_decoded() {
        let (_, parameters) = find("GET", "/v1/dns/ptrs/2001%3Adb8%3A%3A1").expect("it is a route");
        assert_eq!(parameters, [("ipAddress", "2001:db8::1".to_owned())]);
    }
}
