//! Reverse DNS: the name that an address has. Records of IPv4 addresses exist always; those of IPv6 are
//! made and deleted.

use super::lists;
use crate::client::group;
use crate::decode::answer;
use crate::query::{Each, filter};
use crate::{Error, RequestId, operations};
use serde::Serialize;

answer! {
    /// The name of an address.
    PtrRecord {
        ip: String,
        ptr: Option<String>,
        /// Seconds.
        ttl: Option<i64>,
    }
}

filter! {
    /// Which records. Contabo wants either the customer or addresses.
    PtrRecordFilter {
        customer_id: Option<String>,
        tenant_id: Option<String>,
        ips: Each<String>,
        search: Option<String>,
    }
}

/// The name of an IPv6 address.
#[derive(Debug, Clone, Serialize)]
pub struct NewPtrRecord {
    pub ip: String,
    pub ptr: String,
    /// Seconds.
    pub ttl: i64,
}

#[derive(Serialize)]
struct Name<'a> {
    ptr: &'a str,
}

group! {
    /// Names of addresses.
    PtrRecords, ptr_records
}

impl PtrRecords<'_> {
    lists!(PTR_RECORDS_LIST, PtrRecordFilter => PtrRecord, by |record: &PtrRecord| record.ip.clone());

    /// The record of one address.
    pub async fn get(&self, ip: &str) -> Result<PtrRecord, Error> {
        self.client.read(&operations::PTR_RECORDS_GET, &[&ip]).one().await
    }

    /// Makes the record of an IPv6 address.
    pub async fn create(&self, new: &NewPtrRecord, request_id: RequestId) -> Result<PtrRecord, Error> {
        self.client
            .change(&operations::PTR_RECORDS_CREATE, &[], request_id)
            .body(new)
            .one()
            .await
    }

    /// Sets the name of an address.
    pub async fn set(&self, ip: &str, ptr: &str, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::PTR_RECORDS_SET, &[&ip], request_id)
            .body(&Name { ptr })
            .done()
            .await
    }

    /// Deletes the record of an IPv6 address.
    pub async fn delete(&self, ip: &str, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::PTR_RECORDS_DELETE, &[&ip], request_id)
            .done()
            .await
    }
}
