//! Domains: registering, keeping, moving and giving up.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, HandleId, Hidden, RequestId, operations};
use chrono::{DateTime, Utc};
use serde::Serialize;

words! {
    /// What a domain is doing.
    DomainStatus {
        Ready = "ready",
        Processing = "processing",
        TransferringIn = "transferring in",
        TransferringOut = "transferring out",
        ManualTask = "manual_task",
        Transferred = "transferred",
        Error = "error",
        Cancelled = "cancelled",
    }
}

answer! {
    /// A domain.
    Domain {
        domain: String,
        domain_details: Option<DomainDetails>,
        status: Option<DomainStatus>,
        status_error: Option<DomainError>,
        nameservers: Vec<String>,
        handles: Option<DomainHandles>,
        dnssec_keys: Vec<String>,
        registration_date: Option<DateTime<Utc>>,
        renewal_date: Option<DateTime<Utc>>,
        termination_date: Option<DateTime<Utc>>,
        cancel_date: Option<DateTime<Utc>>,
        /// Whether a transfer away waits for a yes or no.
        transfer_out_confirmation: Option<bool>,
    }
}

answer! {
    /// The parts of a domain's name.
    DomainDetails {
        sld: Option<String>,
        tld: Option<String>,
        domain_puny: Option<String>,
    }
}

answer! {
    /// Why a domain is in error.
    DomainError {
        code: Option<String>,
        message: Option<String>,
    }
}

answer! {
    /// The contacts of a domain.
    #[derive(Serialize)]
    DomainHandles {
        owner: Option<HandleId>,
        admin: Option<HandleId>,
        tech: Option<HandleId>,
        zone: Option<HandleId>,
    }
}

answer! {
    /// What another registrar needs to take a domain over.
    AuthCode {
        domain: String,
        auth_code: Option<Hidden>,
        status: Option<DomainStatus>,
    }
}

answer! {
    /// A domain that is given up.
    CancelledDomain {
        domain: String,
        cancel_date: Option<DateTime<Utc>>,
    }
}

answer! {
    /// A transfer away that waits for a yes or no.
    PendingTransfer {
        domain: String,
        domain_id: Option<String>,
        event_type: Option<String>,
        event_id: Option<String>,
        created_on: Option<DateTime<Utc>>,
    }
}

filter! {
    /// Which domains.
    DomainFilter {
        sld: Option<String>,
        tld: Option<String>,
        status: Option<DomainStatus>,
    }
}

/// A name server; its addresses are needed where its name is within the domain.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NameServer {
    pub hostname: Vec<String>,
    #[serde(rename = "ipV4", skip_serializing_if = "Vec::is_empty")]
    pub ipv4: Vec<String>,
    #[serde(rename = "ipV6", skip_serializing_if = "Vec::is_empty")]
    pub ipv6: Vec<String>,
}

/// The order of a domain, which is binding and paid for.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewDomain {
    pub domain: String,
    /// To take the domain over from another registrar.
    pub auth_code: Option<Hidden>,
    pub handles: DomainHandles,
    pub nameservers: Vec<NameServer>,
    /// `instance`, `server` or `package`.
    pub resource_type: Option<String>,
    pub resource_id: Option<String>,
}

/// What changes of a domain.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DomainChange {
    pub nameservers: Option<Vec<NameServer>>,
    pub handles: Option<DomainHandles>,
}

/// Why and when a domain is given up.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CancelDomain {
    /// One of the sentences that Contabo's panel offers.
    pub reason: Option<String>,
    pub reason_text: Option<String>,
    pub cancel_date: Option<DateTime<Utc>>,
}

group! {
    /// Domains.
    Domains, domains
}

impl Domains<'_> {
    lists!(DOMAINS_LIST, DomainFilter => Domain, by |domain: &Domain| domain.domain.clone());

    /// One domain.
    pub async fn get(&self, domain: &str) -> Result<Domain, Error> {
        self.client.read(&operations::DOMAINS_GET, &[&domain]).one().await
    }

    /// Whether a domain can be registered.
    pub async fn is_available(&self, domain: &str) -> Result<bool, Error> {
        let asked = self
            .client
            .read(&operations::DOMAINS_IS_AVAILABLE, &[&domain])
            .done()
            .await;
        match asked {
            Ok(()) => Ok(true),
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Registers a domain or takes it over, which costs money.
    pub async fn order(&self, order: &NewDomain, request_id: RequestId) -> Result<Domain, Error> {
        self.client
            .change(&operations::DOMAINS_ORDER, &[], request_id)
            .body(order)
            .one()
            .await
    }

    /// Changes name servers or contacts.
    pub async fn update(&self, domain: &str, change: &DomainChange, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::DOMAINS_UPDATE, &[&domain], request_id)
            .body(change)
            .done()
            .await
    }

    /// Gives a domain up.
    pub async fn cancel(
        &self,
        domain: &str,
        cancel: &CancelDomain,
        request_id: RequestId,
    ) -> Result<CancelledDomain, Error> {
        self.client
            .change(&operations::DOMAINS_CANCEL, &[&domain], request_id)
            .body(cancel)
            .one()
            .await
    }

    /// Keeps a domain that was to be given up.
    pub async fn revoke_cancellation(&self, domain: &str, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::DOMAINS_REVOKE_CANCELLATION, &[&domain], request_id)
            .done()
            .await
    }

    /// Makes the code with which another registrar takes the domain over.
    pub async fn make_auth_code(&self, domain: &str, request_id: RequestId) -> Result<AuthCode, Error> {
        self.client
            .change(&operations::DOMAINS_MAKE_AUTH_CODE, &[&domain], request_id)
            .one()
            .await
    }

    /// Transfers away that wait for a yes or no.
    pub async fn pending_transfers(&self) -> Result<Vec<PendingTransfer>, Error> {
        self.client
            .read(&operations::DOMAINS_PENDING_TRANSFERS, &[])
            .all()
            .await
    }

    /// Lets a domain go.
    pub async fn accept_transfer(&self, domain: &str, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::DOMAINS_ACCEPT_TRANSFER, &[&domain], request_id)
            .done()
            .await
    }

    /// Keeps a domain that another registrar wants.
    pub async fn reject_transfer(&self, domain: &str, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::DOMAINS_REJECT_TRANSFER, &[&domain], request_id)
            .done()
            .await
    }
}
