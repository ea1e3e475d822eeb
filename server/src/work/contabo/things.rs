//! From what is asked for a thing of an account to calls of Contabo.

use contabo::{
    AuditFilter, AuditList, AutoScalingChange, AutoScalingState, Client, Error, FirewallChange, FirewallId,
    FirewallRule, FirewallRules, Hidden, ImageChange, ImageId, NewDnsRecord, NewFirewall, NewImage, NewPrivateNetwork,
    NewSecret, NewTag, ObjectStorageId, OnOff, OsType, PrivateNetworkChange, PrivateNetworkId, Protocol, RecordChange,
    RecordId, RecordType, Region, RequestId, Resize, RuleAction, SecretChange, SecretId, SecretType, Sources,
    TagChange, TagId, TaggedType,
};
use secrecy::{ExposeSecret, SecretString};

use super::{domains, people};
use crate::domain::contabo::{
    actions::{ThingAsked, Verb},
    orders,
    resources::{DnsRecord, Rule, Thing},
};

/// Sends the call. `secret`: the value that goes with it. Answers with Contabo's id of what was made, if something was.
pub(super) async fn send(
    client: &Client,
    asked: &ThingAsked,
    secret: Option<&SecretString>,
    request: RequestId,
) -> Result<Option<String>, Error> {
    match asked.about().thing {
        Thing::PrivateNetwork => network(client, asked, request).await,
        Thing::Firewall => firewall(client, asked, request).await,
        Thing::DnsZone => zone(client, asked, request).await,
        Thing::Image => image(client, asked, request).await,
        Thing::Secret => stored_secret(client, asked, secret, request).await,
        Thing::Tag => tag(client, asked, request).await,
        Thing::Storage => storage(client, asked, request).await,
        Thing::Domain => domains::domain(client, asked, secret, request).await,
        Thing::Contact => domains::contact(client, asked, secret, request).await,
        Thing::User => people::user(client, asked, request).await,
        Thing::Role => people::role(client, asked, request).await,
        Thing::Vip | Thing::ReverseName => Ok(None),
    }
}

async fn network(client: &Client, asked: &ThingAsked, request: RequestId) -> Result<Option<String>, Error> {
    let networks = client.private_networks();
    match asked {
        ThingAsked::CreateNetwork {
            name,
            region,
            description,
        } => {
            let new = NewPrivateNetwork {
                name: name.clone(),
                region: Region::from(region.as_str()),
                description: said(description),
            };
            let made = networks.create(&new, request).await?;
            return Ok(Some(made.private_network_id.to_string()));
        }
        ThingAsked::ChangeNetwork {
            network,
            name,
            description,
        } => {
            let change = PrivateNetworkChange {
                name: Some(name.clone()),
                description: Some(description.clone()),
            };
            networks.update(PrivateNetworkId(*network), &change, request).await?;
        }
        ThingAsked::DeleteNetwork { network, .. } => networks.delete(PrivateNetworkId(*network), request).await?,
        _ => {}
    }
    Ok(None)
}

async fn firewall(client: &Client, asked: &ThingAsked, request: RequestId) -> Result<Option<String>, Error> {
    let firewalls = client.firewalls();
    match asked {
        ThingAsked::CreateFirewall {
            name,
            description,
            is_active,
            rules,
        } => {
            let new = NewFirewall {
                name: name.clone(),
                description: said(description),
                status: on_off(*is_active),
                rules: all_rules(rules),
            };
            let made = firewalls.create(&new, request).await?;
            return Ok(Some(made.firewall_id.to_string()));
        }
        ThingAsked::ChangeFirewall {
            firewall,
            name,
            description,
            is_active,
        } => {
            let change = FirewallChange {
                name: Some(name.clone()),
                description: Some(description.clone()),
                status: Some(on_off(*is_active)),
            };
            let id = FirewallId::from(firewall.as_str());
            firewalls.update(&id, &change, request).await?;
        }
        ThingAsked::ReplaceRules { firewall, rules, .. } => {
            let id = FirewallId::from(firewall.as_str());
            firewalls.replace_rules(&id, &all_rules(rules), request).await?;
        }
        ThingAsked::DeleteFirewall { firewall, .. } => {
            firewalls.delete(&FirewallId::from(firewall.as_str()), request).await?;
        }
        _ => {}
    }
    Ok(None)
}

fn on_off(is_active: bool) -> OnOff {
    if is_active { OnOff::Active } else { OnOff::Inactive }
}

fn all_rules(rules: &[Rule]) -> FirewallRules {
    let rule = |rule: &Rule| {
        let is_v6 = |source: &&String| source.contains(':') || *source == "AnyIPv6";
        let (ipv6, ipv4) = rule.sources.iter().cloned().partition(|source| is_v6(&source));
        FirewallRule {
            protocol: Protocol::from(rule.protocol.as_str()),
            dest_ports: rule.ports.clone(),
            src_cidr: Some(Sources { ipv4, ipv6 }),
            action: Some(RuleAction::from(rule.action.as_str())),
            status: Some(on_off(rule.is_active)),
            display_name: said(&rule.name),
        }
    };
    FirewallRules {
        inbound: rules.iter().map(rule).collect(),
    }
}

async fn zone(client: &Client, asked: &ThingAsked, request: RequestId) -> Result<Option<String>, Error> {
    let (zones, records) = (client.dns_zones(), client.dns_records());
    match asked {
        ThingAsked::CreateZone { name } => return Ok(Some(zones.create(name, request).await?.zone_name)),
        ThingAsked::DeleteZone { name } => zones.delete(name, request).await?,
        ThingAsked::AddRecord { zone, record } => {
            let new = NewDnsRecord {
                // Without a name it has the zone's own; Contabo knows no other word for that.
                name: said(&record.name).filter(|name| name != "@"),
                content: content(record),
            };
            records.create(zone, &new, request).await?;
        }
        ThingAsked::ChangeRecord { zone, record } => {
            let change = content(record);
            records.update(zone, RecordId(record.id), &change, request).await?;
        }
        ThingAsked::DeleteRecord { zone, record } => records.delete(zone, RecordId(record.id), request).await?,
        _ => {}
    }
    Ok(None)
}

fn content(record: &DnsRecord) -> RecordChange {
    RecordChange {
        kind: RecordType::from(record.kind.as_str()),
        ttl: record.ttl.unwrap_or_default(),
        prio: record.priority.unwrap_or_default(),
        data: record.data.clone(),
        port: record.port,
        weight: record.weight,
        flag: record.flag,
        tag: record.tag.clone(),
    }
}

async fn image(client: &Client, asked: &ThingAsked, request: RequestId) -> Result<Option<String>, Error> {
    let images = client.images();
    match asked {
        ThingAsked::CreateImage {
            name,
            description,
            url,
            os_type,
            version,
        } => {
            let new = NewImage {
                name: name.clone(),
                description: said(description),
                url: url.clone(),
                os_type: OsType::from(os_type.as_str()),
                version: version.clone(),
            };
            return Ok(Some(images.create(&new, request).await?.image_id.to_string()));
        }
        ThingAsked::ChangeImage {
            image,
            name,
            description,
        } => {
            let change = ImageChange {
                name: Some(name.clone()),
                description: Some(description.clone()),
            };
            images.update(&ImageId::from(image.as_str()), &change, request).await?;
        }
        ThingAsked::DeleteImage { image, .. } => images.delete(&ImageId::from(image.as_str()), request).await?,
        _ => {}
    }
    Ok(None)
}

async fn stored_secret(
    client: &Client,
    asked: &ThingAsked,
    value: Option<&SecretString>,
    request: RequestId,
) -> Result<Option<String>, Error> {
    let secrets = client.secrets();
    let value = value.map(|value| Hidden::from(value.expose_secret()));
    match asked {
        ThingAsked::CreateSecret { name, kind } => {
            let new = NewSecret {
                name: name.clone(),
                value: value.unwrap_or_else(|| Hidden::from("")),
                kind: SecretType::from(kind.as_str()),
            };
            return Ok(Some(secrets.create(&new, request).await?.secret_id.to_string()));
        }
        ThingAsked::RenameSecret { secret, name } => {
            let change = SecretChange {
                name: Some(name.clone()),
                value: None,
            };
            secrets.update(SecretId(*secret), &change, request).await?;
        }
        ThingAsked::ReplaceSecret { secret, .. } => {
            let change = SecretChange { name: None, value };
            secrets.update(SecretId(*secret), &change, request).await?;
        }
        ThingAsked::DeleteSecret { secret, .. } => secrets.delete(SecretId(*secret), request).await?,
        _ => {}
    }
    Ok(None)
}

async fn tag(client: &Client, asked: &ThingAsked, request: RequestId) -> Result<Option<String>, Error> {
    let (tags, on_things) = (client.tags(), client.tag_assignments());
    match asked {
        ThingAsked::CreateTag {
            name,
            color,
            description,
        } => {
            let new = NewTag {
                name: name.clone(),
                color: color.clone(),
                description: said(description),
            };
            return Ok(Some(tags.create(&new, request).await?.tag_id.to_string()));
        }
        ThingAsked::ChangeTag {
            tag,
            name,
            color,
            description,
        } => {
            let change = TagChange {
                name: Some(name.clone()),
                color: Some(color.clone()),
                description: Some(description.clone()),
            };
            tags.update(TagId(*tag), &change, request).await?;
        }
        ThingAsked::DeleteTag { tag, .. } => tags.delete(TagId(*tag), request).await?,
        ThingAsked::PutTag { tag, on, id, .. } => {
            let kind = TaggedType::from(on.as_str());
            on_things.create(TagId(*tag), &kind, id, request).await?;
        }
        ThingAsked::TakeTag { tag, on, id, .. } => {
            let kind = TaggedType::from(on.as_str());
            on_things.delete(TagId(*tag), &kind, id, request).await?;
        }
        _ => {}
    }
    Ok(None)
}

async fn storage(client: &Client, asked: &ThingAsked, request: RequestId) -> Result<Option<String>, Error> {
    let storages = client.object_storages();
    match asked {
        ThingAsked::RenameStorage { storage, name } => {
            let id = ObjectStorageId::from(storage.as_str());
            storages.rename(&id, name, request).await?;
        }
        ThingAsked::ResizeStorage {
            storage, steps, growth, ..
        } => {
            let resize = Resize {
                total_purchased_space_tb: steps.map(orders::Storage::tb),
                auto_scaling: growth.map(|growth| AutoScalingChange {
                    state: match growth.is_on {
                        true => AutoScalingState::Enabled,
                        false => AutoScalingState::Disabled,
                    },
                    size_limit_tb: orders::Storage::tb(growth.up_to),
                }),
            };
            let id = ObjectStorageId::from(storage.as_str());
            storages.resize(&id, &resize, request).await?;
        }
        ThingAsked::CancelStorage { storage, .. } => {
            let id = ObjectStorageId::from(storage.as_str());
            storages.cancel(&id, None, request).await?;
        }
        _ => {}
    }
    Ok(None)
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The list of Contabo's log that is about such a thing.
fn log_of(asked: &ThingAsked) -> AuditList {
    let about = asked.about();
    match (about.thing, about.verb) {
        (Thing::PrivateNetwork, _) => AuditList::PrivateNetworks,
        (Thing::Firewall, _) => AuditList::Firewalls,
        (Thing::DnsZone, Verb::AddRecord | Verb::ChangeRecord | Verb::DeleteRecord) => AuditList::DnsRecords,
        (Thing::DnsZone | Thing::ReverseName, _) => AuditList::DnsZones,
        (Thing::Image, _) => AuditList::Images,
        (Thing::Secret, _) => AuditList::Secrets,
        (Thing::Tag, Verb::PutOn | Verb::TakeOff) => AuditList::TagAssignments,
        (Thing::Tag, _) => AuditList::Tags,
        (Thing::Vip, _) => AuditList::Vips,
        (Thing::Storage, _) => AuditList::ObjectStorages,
        (Thing::Domain, _) => AuditList::Domains,
        (Thing::Contact, _) => AuditList::Handles,
        (Thing::User, _) => AuditList::Users,
        (Thing::Role, _) => AuditList::Roles,
    }
}

/// What Contabo's log has of a call with this number: Contabo's id of what was made by it, as far as one was.
pub(super) async fn logged(
    client: &Client,
    asked: &ThingAsked,
    request: RequestId,
) -> Result<Option<Option<String>>, Error> {
    let (list, number) = (log_of(asked), request.to_string());
    let filter = AuditFilter {
        request_id: Some(request),
        ..AuditFilter::default()
    };
    // A filter that Contabo overlooked must not make everything look done.
    let found = client.audits().list(list, &filter).await?;
    let entry = found
        .iter()
        .find(|entry| entry.request_id.as_deref() == Some(number.as_str()));
    let makes = matches!(asked.about().verb, Verb::Create | Verb::Order);
    Ok(entry.map(|entry| entry.subject(list).filter(|_| makes).map(str::to_owned)))
}
