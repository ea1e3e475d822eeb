//! Every operation is called once, and what arrives is compared with the table of operations.

use crate::server::{Server, account, ok};
use chrono::NaiveDate;
use contabo::operations::ALL;
use contabo::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// An answer that is the answer to everything: it has all ids.
pub(crate) fn everything() -> Value {
    json!({
        "data": [{
            "instanceId": 1, "snapshotId": "snap1", "imageId": "image", "secretId": 1, "privateNetworkId": 1,
            "vipId": "vip", "firewallId": "firewall", "objectStorageId": "storage", "credentialId": 1, "tagId": 1,
            "userId": "user", "roleId": 1, "checkId": 1, "checkCollectionId": 1, "checkCollectionTemplateId": 1,
            "remedyId": 1, "recordId": 1, "handleId": "handle", "id": 1, "productId": "V153",
        }],
        "_pagination": {"size": 100, "totalElements": 1, "totalPages": 1, "page": 1},
    })
}

fn id() -> RequestId {
    RequestId::random()
}

const INSTANCE: InstanceId = InstanceId(7);

#[tokio::test]
async fn every_operation_of_the_table_is_called_by_its_method() {
    let server = Server::start(|seen| (seen.path != "/token").then(|| ok(&everything()))).await;
    let told: Arc<Mutex<Vec<Call>>> = Arc::default();
    let mut options = server.options();
    options.observer = Some(Arc::new({
        let told = told.clone();
        move |call: &Call| told.lock().unwrap().push(call.clone())
    }));
    let client = Client::new(account(), options).unwrap();
    // Spawned, which takes only what can move to another thread.
    tokio::spawn(async move { everything_is_asked(&client).await })
        .await
        .unwrap()
        .unwrap();

    let told = told.lock().unwrap();
    let mut called = BTreeSet::new();
    for call in told.iter().filter(|call| call.operation != "sign_in") {
        let operation = ALL.iter().find(|operation| operation.name == call.operation).unwrap();
        assert_eq!(call.method, operation.method.as_str(), "{}", operation.name);
        assert!(
            is_filled(operation.path, &call.path),
            "{}: {}",
            operation.name,
            call.path
        );
        // What is not a GET changes something, but for one question that is asked with a POST.
        let question = call.method == "GET" || call.operation == "domains.is_available";
        assert_eq!(call.changing, !question, "{}", operation.name);
        called.insert(operation.name);
    }
    let missing: Vec<_> = ALL
        .iter()
        .filter(|operation| !called.contains(operation.name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(called.len(), 155);
}

pub(crate) async fn everything_is_asked(client: &Client) -> Result<(), Error> {
    instances(client).await?;
    disks(client).await?;
    networks(client).await?;
    firewalls(client).await?;
    dns(client).await?;
    storages(client).await?;
    secrets_and_tags(client).await?;
    people(client).await?;
    troubleshooting(client).await?;
    domains(client).await?;
    audits(client).await
}

/// Whether the path is the template with something in the places of the names.
fn is_filled(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let fits = |(name, part): (&&str, &&str)| name == part || (name.starts_with('{') && !part.is_empty());
    template.len() == path.len() && template.iter().zip(&path).all(fits)
}

async fn instances(client: &Client) -> Result<(), Error> {
    let instances = client.instances();
    instances.list(&InstanceFilter::default()).await?;
    instances.get(INSTANCE).await?;
    let order = NewInstance {
        period: 1,
        product_id: "V153".into(),
        region: Region::Europe,
        image_id: "image".into(),
        ssh_keys: vec![SecretId(1)],
        root_password: None,
        user_data: Some("#cloud-config".into()),
        license: Some(License::PleskHost),
        display_name: None,
        default_user: DefaultUser::Root,
        add_ons: Some(NewAddOns {
            backup: true,
            ..NewAddOns::default()
        }),
        application_id: None,
    };
    instances.create(&order, id()).await?;
    instances.rename(INSTANCE, "", id()).await?;
    let reinstall = Reinstall {
        image_id: "image".into(),
        ssh_keys: vec![],
        root_password: None,
        user_data: None,
        default_user: DefaultUser::Root,
        application_id: None,
    };
    instances.reinstall(INSTANCE, &reinstall, id()).await?;
    instances.cancel(INSTANCE, None, id()).await?;
    instances.upgrade(INSTANCE, UpgradeInstance::default(), id()).await?;
    instances.offers(INSTANCE).await?;
    instances.check_region_change(INSTANCE).await?;
    instances
        .change_region(INSTANCE, &Region::Singapore, "installation", id())
        .await?;
    instances.start(INSTANCE, id()).await?;
    instances.restart(INSTANCE, id()).await?;
    instances.stop(INSTANCE, id()).await?;
    instances.shutdown(INSTANCE, id()).await?;
    instances.rescue(INSTANCE, &Rescue::default(), id()).await?;
    instances
        .reset_password(INSTANCE, &ResetPassword::default(), id())
        .await
}

async fn disks(client: &Client) -> Result<(), Error> {
    let snapshots = client.snapshots();
    let snapshot = SnapshotId::from("snap1");
    snapshots.list(INSTANCE, &SnapshotFilter::default()).await?;
    snapshots.get(INSTANCE, &snapshot).await?;
    let new = NewSnapshot {
        name: "a".to_owned(),
        description: None,
    };
    snapshots.create(INSTANCE, &new, id()).await?;
    snapshots
        .update(INSTANCE, &snapshot, &SnapshotChange::default(), id())
        .await?;
    snapshots.roll_back(INSTANCE, &snapshot, id()).await?;
    snapshots.delete(INSTANCE, &snapshot, id()).await?;
    let images = client.images();
    let image = ImageId::from("image");
    images.list(&ImageFilter::default()).await?;
    images.get(&image).await?;
    let new = NewImage {
        name: "a".to_owned(),
        description: None,
        url: "https://example.org/a.iso".to_owned(),
        os_type: OsType::Linux,
        version: "1".to_owned(),
    };
    images.create(&new, id()).await?;
    images.update(&image, &ImageChange::default(), id()).await?;
    images.delete(&image, id()).await?;
    images.stats().await.map(drop)
}

async fn networks(client: &Client) -> Result<(), Error> {
    let networks = client.private_networks();
    let network = PrivateNetworkId(1);
    networks.list(&PrivateNetworkFilter::default()).await?;
    networks.get(network).await?;
    let new = NewPrivateNetwork {
        name: "a".to_owned(),
        region: Region::Europe,
        description: None,
    };
    networks.create(&new, id()).await?;
    networks.update(network, &PrivateNetworkChange::default(), id()).await?;
    networks.assign(network, INSTANCE, id()).await?;
    networks.unassign(network, INSTANCE, id()).await?;
    networks.delete(network, id()).await?;
    let vips = client.vips();
    vips.list(&VipFilter::default()).await?;
    vips.get("192.0.2.1").await?;
    vips.assign("192.0.2.1", &VipResourceType::Instances, "7", id()).await?;
    vips.unassign("192.0.2.1", &VipResourceType::BareMetal, "7", id()).await
}

async fn firewalls(client: &Client) -> Result<(), Error> {
    let firewalls = client.firewalls();
    let firewall = FirewallId::from("firewall");
    firewalls.list(&FirewallFilter::default()).await?;
    firewalls.get(&firewall).await?;
    let new = NewFirewall {
        name: "a".to_owned(),
        description: None,
        status: OnOff::Active,
        rules: FirewallRules::default(),
    };
    firewalls.create(&new, id()).await?;
    firewalls.update(&firewall, &FirewallChange::default(), id()).await?;
    firewalls
        .replace_rules(&firewall, &FirewallRules::default(), id())
        .await?;
    firewalls.assign(&firewall, INSTANCE, id()).await?;
    firewalls.unassign(&firewall, INSTANCE, id()).await?;
    firewalls.delete(&firewall, id()).await?;
    firewalls.preset_rules(&PresetRuleFilter::default()).await.map(drop)
}

async fn dns(client: &Client) -> Result<(), Error> {
    let names = client.ptr_records();
    names.list(&PtrRecordFilter::default()).await?;
    names.get("2001:db8::1").await?;
    let new = NewPtrRecord {
        ip: "2001:db8::1".to_owned(),
        ptr: "a.example".to_owned(),
        ttl: 86_400,
    };
    names.create(&new, id()).await?;
    names.set("192.0.2.1", "a.example", id()).await?;
    names.delete("2001:db8::1", id()).await?;
    let zones = client.dns_zones();
    zones.list(&DnsZoneFilter::default()).await?;
    zones.get("example.org").await?;
    zones.create("example.org", id()).await?;
    zones.delete("example.org", id()).await?;
    let records = client.dns_records();
    records.list("example.org", &DnsRecordFilter::default()).await?;
    let content = RecordChange {
        kind: RecordType::Mx,
        ttl: 86_400,
        prio: 10,
        data: "mail.example.org".to_owned(),
        port: None,
        weight: None,
        flag: None,
        tag: None,
    };
    records.update("example.org", RecordId(1), &content, id()).await?;
    let new = NewDnsRecord { name: None, content };
    records.create("example.org", &new, id()).await?;
    records.delete("example.org", RecordId(1), id()).await?;
    records.delete_many("example.org", &[RecordId(1)], id()).await.map(drop)
}

async fn storages(client: &Client) -> Result<(), Error> {
    let storages = client.object_storages();
    let storage = ObjectStorageId::from("storage");
    storages.list(&ObjectStorageFilter::default()).await?;
    storages.get(&storage).await?;
    let order = NewObjectStorage {
        region: Region::Europe,
        total_purchased_space_tb: 0.25,
        display_name: None,
        auto_scaling: None,
    };
    storages.create(&order, id()).await?;
    storages.rename(&storage, "a", id()).await?;
    storages.resize(&storage, &Resize::default(), id()).await?;
    storages.stats(&storage).await?;
    storages.cancel(&storage, None, id()).await?;
    client.data_centres().list(&DataCentreFilter::default()).await?;
    let (credentials, user) = (client.credentials(), UserId::from("user"));
    credentials.list(&user, &CredentialFilter::default()).await?;
    credentials.get(&user, &storage, CredentialId(1)).await?;
    credentials
        .renew(&user, &storage, CredentialId(1), id())
        .await
        .map(drop)
}

async fn secrets_and_tags(client: &Client) -> Result<(), Error> {
    let secrets = client.secrets();
    secrets.list(&SecretFilter::default()).await?;
    secrets.get(SecretId(1)).await?;
    let new = NewSecret {
        name: "a".to_owned(),
        value: "ssh-ed25519 AAAA".into(),
        kind: SecretType::Ssh,
    };
    secrets.create(&new, id()).await?;
    secrets.update(SecretId(1), &SecretChange::default(), id()).await?;
    secrets.delete(SecretId(1), id()).await?;
    let tags = client.tags();
    tags.list(&TagFilter::default()).await?;
    tags.get(TagId(1)).await?;
    let new = NewTag {
        name: "a".to_owned(),
        color: "#0A78C3".to_owned(),
        description: None,
    };
    tags.create(&new, id()).await?;
    tags.update(TagId(1), &TagChange::default(), id()).await?;
    tags.delete(TagId(1), id()).await?;
    let on = client.tag_assignments();
    on.list(TagId(1), &TagAssignmentFilter::default()).await?;
    on.get(TagId(1), &TaggedType::Instance, "7").await?;
    on.create(TagId(1), &TaggedType::Image, "image", id()).await?;
    on.delete(TagId(1), &TaggedType::ObjectStorage, "storage", id()).await
}

async fn people(client: &Client) -> Result<(), Error> {
    let (users, user) = (client.users(), UserId::from("user"));
    users.list(&UserFilter::default()).await?;
    users.get(&user).await?;
    let new = NewUser {
        first_name: "Alice".to_owned(),
        last_name: "Example".to_owned(),
        email: "alice@example.org".to_owned(),
        enabled: true,
        totp: false,
        locale: Locale::English,
        roles: vec![],
        send_invoice_email: None,
    };
    users.create(&new, id()).await?;
    users.update(&user, &UserChange::default(), id()).await?;
    users.delete(&user, id()).await?;
    users
        .send_password_link(&user, Some("https://example.org/"), id())
        .await?;
    users.send_verification_link(&user, None, id()).await?;
    users.has_password(Some(&user)).await?;
    users.panel_link(id()).await?;
    client.api_client().get().await?;
    client.api_client().renew_secret(id()).await?;
    let accounts = client.accounts();
    accounts.list(&OtherAccountFilter::default()).await?;
    let to = SwitchTo {
        tenant_id: "INT".to_owned(),
        customer_id: "54321".to_owned(),
        email: "alice@example.org".to_owned(),
    };
    accounts.switch(&to, id()).await?;
    accounts.make_default("INT", "54321", id()).await?;
    let roles = client.roles();
    roles.list(&RoleFilter::default()).await?;
    roles.get(RoleId(1)).await?;
    let role = NewRole {
        name: "a".to_owned(),
        admin: false,
        access_all_resources: false,
        permissions: vec![NewPermission {
            api_name: "/v1/compute/instances".to_owned(),
            actions: vec![PermittedAction::Read],
            resources: vec![TagId(1)],
        }],
    };
    roles.create(&role, id()).await?;
    roles.replace(RoleId(1), &role, id()).await?;
    roles.delete(RoleId(1), id()).await?;
    roles.permissions(&ApiPermissionFilter::default()).await.map(drop)
}

async fn troubleshooting(client: &Client) -> Result<(), Error> {
    let checks = client.checks();
    checks.list(&CheckFilter::default()).await?;
    checks.get(CheckId(1)).await?;
    let new = NewCheck {
        instance: INSTANCE,
        template: CheckTemplateId(1),
        set: None,
    };
    checks.start(new, id()).await?;
    checks.cancel(CheckId(1), id()).await?;
    let sets = client.check_sets();
    sets.list(&CheckSetFilter::default()).await?;
    sets.get(CheckSetId(1), &Each(vec![CheckStatus::Skipped])).await?;
    let new = NewCheckSet {
        instance: INSTANCE,
        template: CheckSetTemplateId(1),
    };
    sets.start(new, id()).await?;
    sets.cancel(CheckSetId(1), id()).await?;
    sets.templates(&TemplateFilter::default()).await?;
    sets.template(CheckSetTemplateId(1)).await?;
    let remedies = client.remedies();
    remedies.list(&RemedyFilter::default()).await?;
    remedies.get(RemedyId(1)).await?;
    let new = NewRemedy {
        instance: INSTANCE,
        template: RemedyTemplateId(1),
        set: None,
    };
    remedies.start(new, id()).await?;
    remedies.cancel(RemedyId(1), id()).await.map(drop)
}

async fn domains(client: &Client) -> Result<(), Error> {
    let domains = client.domains();
    let domain = "example.org";
    let all = |handle: &str| DomainHandles {
        owner: Some(handle.into()),
        admin: Some(handle.into()),
        tech: Some(handle.into()),
        zone: Some(handle.into()),
    };
    domains.list(&DomainFilter::default()).await?;
    domains.is_available(domain).await?;
    let order = NewDomain {
        domain: domain.to_owned(),
        auth_code: None,
        handles: all("handle"),
        nameservers: vec![NameServer::default()],
        resource_type: None,
        resource_id: None,
    };
    domains.order(&order, id()).await?;
    domains.get(domain).await?;
    domains.update(domain, &DomainChange::default(), id()).await?;
    domains.cancel(domain, &CancelDomain::default(), id()).await?;
    domains.revoke_cancellation(domain, id()).await?;
    domains.make_auth_code(domain, id()).await?;
    domains.pending_transfers().await?;
    domains.accept_transfer(domain, id()).await?;
    domains.reject_transfer(domain, id()).await?;
    let (handles, handle) = (client.handles(), HandleId::from("handle"));
    handles.list(&HandleFilter::default()).await?;
    handles.get(&handle).await?;
    let details = HandleChange {
        email: "alice@example.org".to_owned(),
        gender: Gender::NotSaid,
        birth_info: None,
        address: HandleAddress {
            street: "Street".to_owned(),
            street_number: "1".to_owned(),
            city: "Town".to_owned(),
            zip_code: "12345".to_owned(),
            country: "DE".to_owned(),
            ..HandleAddress::default()
        },
        phone: HandlePhone {
            prefix: "+49".to_owned(),
            number: "1234567".to_owned(),
        },
        fax: None,
        nic_it_entity_type: None,
        pin: None,
    };
    handles.update(&handle, &details, id()).await?;
    let new = NewHandle {
        handle_type: HandleType::Person,
        first_name: "Alice".to_owned(),
        last_name: "Example".to_owned(),
        organization: None,
        details,
    };
    handles.create(&new, id()).await?;
    handles.make_default(&handle, id()).await?;
    handles.delete(&handle, id()).await
}

async fn audits(client: &Client) -> Result<(), Error> {
    let filter = AuditFilter {
        start_date: NaiveDate::from_ymd_opt(2026, 11, 20),
        ..AuditFilter::default()
    };
    for list in AuditList::ALL {
        client.audits().list(list, &filter).await?;
    }
    Ok(())
}
