//! Answers as they really come: with nulls, gaps, new words and other forms than described.

use crate::server::{Server, ok};
use contabo::*;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

#[tokio::test]
async fn a_real_instance_is_read() {
    let body = json!({
        "tenantId": "INT", "customerId": "54321", "additionalIps": [{"v4": {"ip": "198.51.100.4", "netmaskCidr": 24, "gateway": "198.51.100.1"}}],
        "name": "vmi1234567", "displayName": "", "instanceId": 201_234_567, "dataCenter": "European Union 1", "region": "EU",
        "regionName": "European Union", "productId": "V153", "imageId": null, "macAddress": "00:50:56:00:00:01",
        "ipConfig": {"v4": {"ip": "203.0.113.10", "netmaskCidr": 24, "gateway": "203.0.113.1"},
                     "v6": {"ip": "2001:0db8:0000:0001:0000:0000:0000:0001", "netmaskCidr": 64, "gateway": "fe80::1"}},
        "ramMb": 8192, "cpuCores": 4, "osType": "Linux", "diskMb": 102_400, "sshKeys": null,
        "createdDate": "2026-05-15T10:07:51.000Z", "cancelDate": null, "status": "running", "vHostId": 1,
        "addOns": [{"id": 1501, "quantity": 1}], "productType": "ssd", "productName": "Cloud VPS 4 SSD",
        "errorMessage": null, "defaultUser": null, "somethingNew": {"deep": []},
    });
    let server = Server::start(move |seen| {
        (seen.path != "/token").then(|| ok(&json!({"data": [body], "_links": {"previous": ""}})))
    })
    .await;
    let instance = server.client().instances().get(InstanceId(201_234_567)).await.unwrap();
    assert_eq!(instance.instance_id, InstanceId(201_234_567));
    assert_eq!(instance.status, Some(InstanceStatus::Running));
    assert_eq!((instance.display_name.as_str(), instance.image_id), ("", None));
    assert_eq!((instance.cancel_date, instance.default_user), (None, None));
    assert_eq!(instance.created_date.unwrap().timestamp(), 1_778_839_671);
    assert_eq!(instance.region, Some(Region::Europe));
    let config = instance.ip_config.unwrap();
    assert_eq!(
        config.v6.unwrap().ip.as_deref(),
        Some("2001:0db8:0000:0001:0000:0000:0000:0001")
    );
    assert_eq!(instance.additional_ips[0].v4.as_ref().unwrap().netmask_cidr, Some(24));
    assert_eq!(
        instance.add_ons[0],
        AddOn {
            id: AddOnId(1501),
            quantity: Some(1)
        }
    );
}

fn read<T: Answer>(value: Value) -> T {
    T::read(&value).unwrap()
}

#[test]
fn an_instance_that_is_being_made_has_almost_nothing() {
    for ip_config in [
        json!(null),
        json!({}),
        json!([]),
        json!(""),
        json!({"v4": null, "v6": {}}),
    ] {
        let instance: Instance = read(json!({
            "instanceId": "201234567", "status": "provisioning", "ipConfig": ip_config, "additionalIps": null,
            "createdDate": "2021-06-03 06:27:12+00:00", "cancelDate": "",
        }));
        assert!(
            instance
                .ip_config
                .is_none_or(|config| config.v4.is_none() && config.v6.is_none())
        );
        assert_eq!(instance.status, Some(InstanceStatus::Provisioning));
        assert!(instance.created_date.is_some() && instance.cancel_date.is_none());
        assert_eq!((instance.cpu_cores, instance.ram_mb), (None, None));
    }
}

#[test]
fn new_words_are_kept_and_shown() {
    let instance: Instance = read(json!({
        "instanceId": 1, "status": "defrosting", "region": "MARS", "productType": "tape", "defaultUser": "ubuntu",
    }));
    assert_eq!(instance.status, Some(InstanceStatus::Other("defrosting".to_owned())));
    assert_eq!(instance.region.unwrap().to_string(), "MARS");
    assert_eq!(instance.product_type.unwrap().as_str(), "tape");
    assert_eq!(instance.default_user.unwrap().as_str(), "ubuntu");
    let other: Instance = read(json!({"instanceId": 1, "status": "other"}));
    assert_eq!(other.status, Some(InstanceStatus::SomethingElse));
}

#[test]
fn the_other_oddities_are_read() {
    let nobodys: Vip =
        read(json!({"vipId": "v", "resourceType": "null", "resourceId": null, "v4": {"ip": "192.0.2.9"}}));
    assert_eq!(nobodys.resource_type, Some(VipResourceType::Nothing));
    let unsaid: Vip = read(json!({"vipId": "v", "resourceType": null}));
    assert_eq!(unsaid.resource_type, None);

    let cancelled: CancelledInstance = read(json!({"instanceId": 1, "cancelDate": "2026-12-31"}));
    assert_eq!(cancelled.cancel_date.unwrap().to_string(), "2026-12-31");
    let undated: CancelledInstance = read(json!({"instanceId": 1}));
    assert_eq!(undated.cancel_date, None);

    let storage: ObjectStorage = read(json!({
        "objectStorageId": "o", "totalPurchasedSpaceTB": 0.25, "status": "READY", "region": "European Union",
        "autoScaling": {"state": "error", "sizeLimitTB": 1, "errorMessage": "no"},
    }));
    assert_eq!(storage.total_purchased_space_tb, Some(0.25));
    assert_eq!(storage.auto_scaling.unwrap().size_limit_tb, Some(1.0));

    let network: PrivateNetwork = read(json!({
        "privateNetworkId": 1, "cidr": "10.0.0.0/22", "instances": [{
            "instanceId": 1, "status": "reinstallation failed", "privateIpConfig": {"v4": [{"ip": "10.0.0.2"}]},
        }],
    }));
    assert_eq!(network.instances[0].status, Some(MemberStatus::ReinstallationFailed));

    let preset: PresetRule = read(json!({"name": "DNS", "macro": {"inbound": [
        {"protocol": "", "destPorts": ["53"], "srcCidr": {"ipv4": ["AnyIPv4"], "ipv6": null}, "action": "accept", "status": "active"},
    ]}}));
    let rule = preset.rules.unwrap().inbound.remove(0);
    assert_eq!(rule.protocol, Protocol::Any);
    // What was read can be sent back.
    let sent = serde_json::to_value(&rule).unwrap();
    assert_eq!(sent["srcCidr"], json!({"ipv4": ["AnyIPv4"], "ipv6": []}));
    assert_eq!((&sent["protocol"], &sent["destPorts"]), (&json!(""), &json!(["53"])));

    let image: Image = read(
        json!({"imageId": "i", "status": "Pending", "uploadedSizeMb": 12.5, "sizeMb": 100,
        "tags": [{"tagId": 3, "tagName": "web"}]}),
    );
    assert_eq!((image.uploaded_size_mb, image.tags[0].tag_id), (Some(12.5), TagId(3)));

    let role: Role = read(json!({"roleId": 1, "type": "custom", "permissions": [
        {"apiName": "/v1/x", "actions": ["READ", "DREAM"], "resources": null}]}));
    assert_eq!(
        role.permissions[0].actions[1],
        PermittedAction::Other("DREAM".to_owned())
    );
}

#[test]
fn bodies_have_the_names_that_contabo_wants() {
    let server = NameServer {
        hostname: vec!["ns1.example.org".to_owned()],
        ipv4: vec!["192.0.2.1".to_owned()],
        ipv6: vec![],
    };
    assert_eq!(
        serde_json::to_value(server).unwrap(),
        json!({"hostname": ["ns1.example.org"], "ipV4": ["192.0.2.1"]})
    );
    let add_ons = NewAddOns {
        private_networking: true,
        addons_ids: vec![AddOnOrder {
            id: AddOnId(1477),
            quantity: 1,
        }],
        ..NewAddOns::default()
    };
    assert_eq!(
        serde_json::to_value(add_ons).unwrap(),
        json!({
            "privateNetworking": {}, "additionalIps": null, "backup": null, "customImage": null, "extraStorage": null,
            "addonsIds": [{"id": 1477, "quantity": 1}],
        })
    );
    let resize = Resize {
        total_purchased_space_tb: Some(0.5),
        auto_scaling: Some(AutoScalingChange {
            state: AutoScalingState::Enabled,
            size_limit_tb: 1.0,
        }),
    };
    assert_eq!(
        serde_json::to_value(resize).unwrap(),
        json!({"totalPurchasedSpaceTB": 0.5, "autoScaling": {"state": "enabled", "sizeLimitTB": 1.0}})
    );
    let record = NewDnsRecord {
        name: Some("www".to_owned()),
        content: RecordChange {
            kind: RecordType::A,
            ttl: 14_400,
            prio: 0,
            data: "192.0.2.1".to_owned(),
            port: None,
            weight: None,
            flag: None,
            tag: None,
        },
    };
    let record = serde_json::to_value(record).unwrap();
    assert_eq!(
        (&record["name"], &record["type"], &record["data"]),
        (&json!("www"), &json!("A"), &json!("192.0.2.1"))
    );
}

/// Any JSON, not too deep.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        Just(json!("2026-05-15T10:07:51.000Z")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(name(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// The names of members, and some that are none.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "instanceId",
            "name",
            "status",
            "ipConfig",
            "v4",
            "v6",
            "ip",
            "netmaskCidr",
            "additionalIps",
            "sshKeys",
            "addOns",
            "createdDate",
            "cancelDate",
            "cpuCores",
            "ramMb",
            "region",
            "imageId",
            "changes",
            "prev",
            "new",
            "id",
            "instances",
            "rules",
            "inbound",
            "srcCidr",
            "ipv4",
            "destPorts",
            "value",
            "timestamp",
            "requestId",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z_]{1,8}",
    ]
}

/// It is read, or the fault names a place. That it returns at all is the point.
fn reads_or_says_why<T: Answer + std::fmt::Debug>(value: &Value) -> Result<(), TestCaseError> {
    match T::read(value) {
        Ok(read) => {
            let shown = format!("{read:?}");
            prop_assert!(!shown.is_empty());
        }
        Err(fault) => prop_assert!(!fault.to_string().is_empty()),
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_object_with_its_id_is_read_or_says_why_not(
        members in prop::collection::hash_map(name(), json(), 0..12),
        id in any::<i64>(),
    ) {
        let mut members: Map<String, Value> = members.into_iter().collect();
        for name in ["instanceId", "id", "secretId", "privateNetworkId"] {
            members.insert(name.to_owned(), id.into());
        }
        for name in ["firewallId", "vipId", "objectStorageId", "imageId"] {
            members.insert(name.to_owned(), "x".into());
        }
        let value = Value::Object(members);
        reads_or_says_why::<Instance>(&value)?;
        reads_or_says_why::<Audit>(&value)?;
        reads_or_says_why::<Secret>(&value)?;
        reads_or_says_why::<PrivateNetwork>(&value)?;
        reads_or_says_why::<Firewall>(&value)?;
        reads_or_says_why::<Vip>(&value)?;
        reads_or_says_why::<ObjectStorage>(&value)?;
        reads_or_says_why::<Image>(&value)?;
    }

    #[test]
    fn an_object_of_blanks_with_its_id_is_always_read(
        names in prop::collection::hash_set(name(), 0..30),
        blank in prop::sample::select(vec![json!(null), json!("")]),
        id in any::<i64>(),
    ) {
        let mut members: Map<String, Value> = names.into_iter().map(|name| (name, blank.clone())).collect();
        members.insert("instanceId".to_owned(), id.into());
        prop_assert!(Instance::read(&Value::Object(members)).is_ok());
    }

    #[test]
    fn any_json_is_read_or_says_why_not(value in json()) {
        reads_or_says_why::<Instance>(&value)?;
        reads_or_says_why::<Audit>(&value)?;
        reads_or_says_why::<Vec<Firewall>>(&value)?;
        reads_or_says_why::<Option<CheckSetTemplate>>(&value)?;
    }
}
