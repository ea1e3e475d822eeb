//! Instances: rented servers, virtual (VPS) and with dedicated cores (VDS).
//!
//! A change is taken at once and happens later: what became of it is seen by reading the instance again.

pub(super) mod actions;
pub(super) mod offers;
pub(super) mod order;

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{AddOnId, ApplicationId, Error, ImageId, InstanceId, ProductId, SecretId, operations};
use chrono::{DateTime, NaiveDate, Utc};

words! {
    /// What an instance is doing.
    InstanceStatus {
        Provisioning = "provisioning",
        Uninstalled = "uninstalled",
        Running = "running",
        Stopped = "stopped",
        Error = "error",
        Installing = "installing",
        Unknown = "unknown",
        ManualProvisioning = "manual_provisioning",
        ProductNotAvailable = "product_not_available",
        VerificationRequired = "verification_required",
        Rescue = "rescue",
        PendingPayment = "pending_payment",
        /// Contabo's own word for everything else.
        SomethingElse = "other",
        ResetPassword = "reset_password",
    }
}

words! {
    /// What kind of plan it is.
    ProductType {
        Hdd = "hdd",
        Ssd = "ssd",
        Vds = "vds",
        Nvme = "nvme",
        Performance = "performance",
    }
}

words! {
    /// Who signs in to the installed system.
    DefaultUser {
        Root = "root",
        Admin = "admin",
        Administrator = "administrator",
    }
}

words! {
    /// Where it stands, as requests name it.
    Region {
        Europe = "EU",
        UsCentral = "US-central",
        UsEast = "US-east",
        UsWest = "US-west",
        Singapore = "SIN",
        UnitedKingdom = "UK",
        Australia = "AUS",
        Japan = "JPN",
        India = "IND",
    }
}

answer! {
    /// A rented server.
    Instance {
        instance_id: InstanceId,
        tenant_id: Option<String>,
        customer_id: Option<String>,
        /// Given by Contabo, such as `vmi1234567`; never changes.
        name: String,
        /// Given by the customer; empty until then.
        display_name: String,
        status: Option<InstanceStatus>,
        error_message: Option<String>,
        product_id: Option<ProductId>,
        product_name: Option<String>,
        product_type: Option<ProductType>,
        region: Option<Region>,
        region_name: Option<String>,
        data_center: Option<String>,
        image_id: Option<ImageId>,
        application_id: Option<ApplicationId>,
        os_type: Option<String>,
        default_user: Option<DefaultUser>,
        /// Missing while it is provisioned.
        ip_config: Option<IpConfig>,
        additional_ips: Vec<AdditionalIp>,
        mac_address: Option<String>,
        cpu_cores: Option<i64>,
        ram_mb: Option<f64>,
        disk_mb: Option<f64>,
        ssh_keys: Vec<SecretId>,
        add_ons: Vec<AddOn>,
        created_date: Option<DateTime<Utc>>,
        /// The day on which it ends, once it is cancelled.
        cancel_date: Option<NaiveDate>,
    }
}

answer! {
    /// The addresses of an instance's interface.
    IpConfig {
        v4: Option<Address>,
        v6: Option<Address>,
    }
}

answer! {
    /// An address with its network, in the text that Contabo gives: IPv6 is written in full length.
    Address {
        ip: Option<String>,
        netmask_cidr: Option<i64>,
        gateway: Option<String>,
    }
}

answer! {
    /// A bought further address.
    AdditionalIp {
        v4: Option<Address>,
    }
}

answer! {
    /// A bought extra. Which ids mean what, the API does not say.
    AddOn {
        id: AddOnId,
        quantity: Option<i64>,
    }
}

filter! {
    /// Which instances.
    InstanceFilter {
        /// Part of the name.
        name: Option<String>,
        /// Part of the display name.
        display_name: Option<String>,
        data_center: Option<String>,
        region: Option<Region>,
        instance_ids: Vec<InstanceId>,
        status: Option<InstanceStatus>,
        product_ids: Vec<ProductId>,
        add_on_ids: Vec<AddOnId>,
        product_types: Vec<ProductType>,
        /// Whether it has an address.
        ip_config: Option<bool>,
        suspended: Option<bool>,
        /// Part of a name or an address.
        search: Option<String>,
        customer_id: Option<String>,
        tenant_id: Option<String>,
    }
}

group! {
    /// Instances and what can be done with them.
    Instances, instances
}

impl Instances<'_> {
    lists!(INSTANCES_LIST, InstanceFilter => Instance, by |instance: &Instance| instance.instance_id);

    /// One instance. For half a minute after its order it may not be found.
    pub async fn get(&self, id: InstanceId) -> Result<Instance, Error> {
        self.client.read(&operations::INSTANCES_GET, &[&id]).one().await
    }
}
