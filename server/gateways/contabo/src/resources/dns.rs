//! DNS zones and their records.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, RecordId, RequestId, operations};
use serde::Serialize;

words! {
    /// What a record says.
    RecordType {
        A = "A",
        Aaaa = "AAAA",
        Caa = "CAA",
        Cname = "CNAME",
        Mx = "MX",
        Srv = "SRV",
        Txt = "TXT",
    }
}

answer! {
    /// A zone.
    DnsZone {
        zone_name: String,
        tenant_id: Option<String>,
        customer_id: Option<String>,
    }
}

answer! {
    /// A record of a zone.
    DnsRecord {
        record_id: RecordId,
        name: String,
        kind: Option<RecordType> = "type",
        /// Seconds.
        ttl: Option<i64>,
        prio: Option<i64>,
        data: String,
        /// Of SRV.
        port: Option<i64>,
        /// Of SRV.
        weight: Option<i64>,
        /// Of CAA.
        flag: Option<i64>,
        /// Of CAA.
        tag: Option<String>,
    }
}

answer! {
    /// What could not be deleted.
    FailedIds {
        failed_ids: Vec<RecordId>,
    }
}

filter! {
    /// Which zones.
    DnsZoneFilter {
        customer_id: Option<String>,
        tenant_id: Option<String>,
        zone_name: Option<String>,
    }
}

filter! {
    /// Which records.
    DnsRecordFilter {
        search: Option<String>,
    }
}

/// A record to make.
#[derive(Debug, Clone, Serialize)]
pub struct NewDnsRecord {
    /// Within the zone.
    pub name: Option<String>,
    #[serde(flatten)]
    pub content: RecordChange,
}

/// What a record says: all of it, also where only a part of it changes.
#[derive(Debug, Clone, Serialize)]
pub struct RecordChange {
    #[serde(rename = "type")]
    pub kind: RecordType,
    /// Seconds; Contabo wants at least 14400.
    pub ttl: i64,
    pub prio: i64,
    pub data: String,
    pub port: Option<i64>,
    pub weight: Option<i64>,
    pub flag: Option<i64>,
    pub tag: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewZone<'a> {
    zone_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Records<'a> {
    record_ids: &'a [RecordId],
}

group! {
    /// DNS zones.
    DnsZones, dns_zones
}

group! {
    /// Records of DNS zones.
    DnsRecords, dns_records
}

impl DnsZones<'_> {
    lists!(DNS_ZONES_LIST, DnsZoneFilter => DnsZone, by |zone: &DnsZone| zone.zone_name.clone());

    /// One zone.
    pub async fn get(&self, zone: &str) -> Result<DnsZone, Error> {
        self.client.read(&operations::DNS_ZONES_GET, &[&zone]).one().await
    }

    /// Makes a zone. Its name can't be changed.
    pub async fn create(&self, zone: &str, request_id: RequestId) -> Result<DnsZone, Error> {
        self.client
            .change(&operations::DNS_ZONES_CREATE, &[], request_id)
            .body(&NewZone { zone_name: zone })
            .one()
            .await
    }

    /// Deletes a zone with its records.
    pub async fn delete(&self, zone: &str, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::DNS_ZONES_DELETE, &[&zone], request_id)
            .done()
            .await
    }
}

impl DnsRecords<'_> {
    lists!(
        DNS_RECORDS_LIST,
        DnsRecordFilter => DnsRecord,
        by |record: &DnsRecord| record.record_id,
        of zone: &str
    );

    /// Makes a record.
    pub async fn create(&self, zone: &str, new: &NewDnsRecord, request_id: RequestId) -> Result<DnsRecord, Error> {
        self.client
            .change(&operations::DNS_RECORDS_CREATE, &[&zone], request_id)
            .body(new)
            .one()
            .await
    }

    /// Changes a record.
    pub async fn update(
        &self,
        zone: &str,
        id: RecordId,
        change: &RecordChange,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(&operations::DNS_RECORDS_UPDATE, &[&zone, &id], request_id)
            .body(change)
            .done()
            .await
    }

    /// Deletes a record.
    pub async fn delete(&self, zone: &str, id: RecordId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::DNS_RECORDS_DELETE, &[&zone, &id], request_id)
            .done()
            .await
    }

    /// Deletes several records and answers with those that could not be.
    pub async fn delete_many(&self, zone: &str, ids: &[RecordId], request_id: RequestId) -> Result<FailedIds, Error> {
        self.client
            .change(&operations::DNS_RECORDS_DELETE_MANY, &[&zone], request_id)
            .body(&Records { record_ids: ids })
            .one()
            .await
    }
}
