//! Every path as a type: links and redirects are built from these, never from strings.
//!
//! A parameter in a path is named for what it is (`{router}`, `{link}`), so that the route walk knows what to put there.
//! Who may go where is in `routes`.

use entity::{
    AccountId, ActionId, ClientId, ContaboAccountId, ContaboOrderId, ContaboProductId, ContaboResourceId, InstanceId,
    LinkId, MailId, MaintenanceSeriesId, MaintenanceWindowId, MetricsTokenId, RouterId, ScheduleId, ShareLinkId,
    SlaProfileId, SlaReportId, TaskId, TemplateId,
};

/// A path of the site. Its `Display` is the address of one page.
pub trait Route: std::fmt::Display {
    /// As actix matches it, parameters in braces.
    const PATH: &'static str;
}

/// Makes the type of one path.
macro_rules! path {
    ($(#[$doc:meta])* $name:ident, $path:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Route for $name {
            const PATH: &'static str = $path;
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($path)
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),+ }, $path:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $(pub $field: $kind),+
        }

        impl Route for $name {
            const PATH: &'static str = $path;
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let path = $path.to_owned();
                $(let path = path.replace(concat!("{", stringify!($field), "}"), &self.$field.to_string());)+
                f.write_str(&path)
            }
        }
    };
}

path!(/// Whether the process lives.
    Healthz, "/healthz");
path!(/// Whether it can serve.
    Readyz, "/readyz");
path!(/// Its figures.
    Metrics, "/metrics");
path!(/// A tenant's links and routers, as figures.
    TenantMetrics, "/metrics/tenant");

path!(/// An embedded file.
    Asset { asset: String }, "/assets/{asset}");
path!(/// The sheet of a tenant's accent colour.
    TenantStyle { style: String }, "/assets/tenant/{style}");
path!(/// A tenant's logo, on its own host.
    Logo { logo: String }, "/brand/{logo}");
path!(/// The icon, where browsers look for it.
    Favicon, "/favicon.svg");
path!(/// What a phone needs to keep the site beside its applications.
    Manifest, "/manifest.webmanifest");

path!(/// Leads on to an area.
    Home, "/");
path!(/// Every component with its states, in the demo.
    Components, "/dev/components");
path!(/// Takes the choice of light or dark.
    Theme, "/theme");

path!(/// Refuses one kind of mail, without signing in.
    Unsubscribe { token: String }, "/unsubscribe/{token}");

path!(/// The client's dashboard.
    Portal, "/portal");
path!(PortalSignIn, "/portal/sign-in");
path!(PortalSignOut, "/portal/sign-out");
path!(PortalSignOutEverywhere, "/portal/sign-out-everywhere");
path!(PortalPassword, "/portal/password");
path!(PortalProfile, "/portal/profile");
path!(PortalEndSession, "/portal/profile/end-session");
path!(/// Which mails one gets.
    PortalNotifications, "/portal/notifications");
path!(PortalLinks, "/portal/links");
path!(PortalLink { link: LinkId }, "/portal/links/{link}");
path!(/// What its graphs show, as a table.
    PortalLinkTable { link: LinkId }, "/portal/links/{link}/table");
path!(PortalLinkSamples { link: LinkId }, "/portal/links/{link}/samples.csv");
path!(PortalServers, "/portal/servers");
path!(/// A picture of their networks.
    PortalTopology, "/portal/servers/topology");
path!(PortalServer { instance: InstanceId }, "/portal/servers/{instance}");
path!(/// Asks for something on it.
    PortalServerAct { instance: InstanceId, kind: String }, "/portal/servers/{instance}/act/{kind}");
path!(
    PortalServerWithdraw {
        instance: InstanceId,
        action: ActionId
    },
    "/portal/servers/{instance}/actions/{action}/withdraw"
);
path!(/// Shows a new password once.
    PortalServerPassword { instance: InstanceId, action: ActionId }, "/portal/servers/{instance}/actions/{action}/password");
path!(/// What is done to it at fixed times.
    PortalScheduleNew { instance: InstanceId }, "/portal/servers/{instance}/schedules/new");
path!(
    PortalSchedule {
        instance: InstanceId,
        schedule: ScheduleId
    },
    "/portal/servers/{instance}/schedules/{schedule}"
);
path!(
    PortalScheduleRest {
        instance: InstanceId,
        schedule: ScheduleId
    },
    "/portal/servers/{instance}/schedules/{schedule}/rest"
);
path!(
    PortalScheduleDelete {
        instance: InstanceId,
        schedule: ScheduleId
    },
    "/portal/servers/{instance}/schedules/{schedule}/delete"
);
path!(PortalStorages, "/portal/storages");
path!(
    PortalStorage {
        storage: ContaboResourceId
    },
    "/portal/storages/{storage}"
);
path!(/// Shows its keys.
    PortalStorageKeys { storage: ContaboResourceId }, "/portal/storages/{storage}/keys");
path!(
    PortalStorageRenew {
        storage: ContaboResourceId
    },
    "/portal/storages/{storage}/renew"
);
path!(/// A report, for whoever has its token.
    Share { share: String }, "/share/{share}");
path!(SharePdf { share: String }, "/share/{share}.pdf");
path!(PortalReports, "/portal/reports");
path!(PortalReport { report: SlaReportId }, "/portal/reports/{report}");
path!(
    PortalReportsPdf {
        client: ClientId,
        month: String
    },
    "/portal/reports/of/{client}/{month}.pdf"
);
path!(PortalReportPdf { report: SlaReportId }, "/portal/reports/{report}.pdf");
path!(/// Its days.
    PortalReportCsv { report: SlaReportId }, "/portal/reports/{report}.csv");
path!(/// All of it.
    PortalReportJson { report: SlaReportId }, "/portal/reports/{report}.json");
path!(/// Tells open pages what has changed.
    PortalLive, "/portal/live");

path!(/// The staff's dashboard.
    Admin, "/admin");
path!(AdminSignIn, "/admin/sign-in");
path!(AdminSignOut, "/admin/sign-out");
path!(AdminSignOutEverywhere, "/admin/sign-out-everywhere");
path!(AdminPassword, "/admin/password");
path!(AdminProfile, "/admin/profile");
path!(AdminEndSession, "/admin/profile/end-session");
path!(AdminRouters, "/admin/routers");
path!(AdminRouterNew, "/admin/routers/new");
path!(AdminRouter { router: RouterId }, "/admin/routers/{router}");
path!(AdminRouterEdit { router: RouterId }, "/admin/routers/{router}/edit");
path!(/// Asks the router now.
    AdminRouterCheck { router: RouterId }, "/admin/routers/{router}/check");
path!(/// Switches polling on or off.
    AdminRouterPolling { router: RouterId }, "/admin/routers/{router}/polling");
path!(
    AdminRouterCredentials { router: RouterId },
    "/admin/routers/{router}/credentials"
);
path!(AdminRouterTrust { router: RouterId }, "/admin/routers/{router}/trust");
path!(
    AdminRouterArchive { router: RouterId },
    "/admin/routers/{router}/archive"
);
path!(/// Makes links of the interfaces that were picked.
    AdminRouterLinks { router: RouterId }, "/admin/routers/{router}/links/new");
path!(AdminLinks, "/admin/links");
path!(AdminLinkNew, "/admin/links/new");
path!(AdminLink { link: LinkId }, "/admin/links/{link}");
path!(/// What its graphs show, as a table.
    AdminLinkTable { link: LinkId }, "/admin/links/{link}/table");
path!(AdminLinkSamples { link: LinkId }, "/admin/links/{link}/samples.csv");
path!(AdminLinkEdit { link: LinkId }, "/admin/links/{link}/edit");
path!(AdminLinkActivate { link: LinkId }, "/admin/links/{link}/activate");
path!(AdminLinkDeactivate { link: LinkId }, "/admin/links/{link}/deactivate");
path!(AdminLinkArchive { link: LinkId }, "/admin/links/{link}/archive");
path!(/// The servers of all clients and of nobody.
    AdminServers, "/admin/servers");
path!(/// What will be done to those that were chosen, and then doing it.
    AdminServersBulk, "/admin/servers/bulk");
path!(/// What came of what was asked of several.
    AdminServersBulkCame, "/admin/servers/bulk/came");
path!(/// What was found changed at Contabo.
    AdminServerChanges, "/admin/servers/changes");
path!(/// What can be ordered at Contabo, and what it costs.
    AdminProducts, "/admin/products");
path!(/// Adds those that are known.
    AdminProductsKnown, "/admin/products/known");
path!(/// Whether clients read what their servers cost.
    AdminProductsShowPrices, "/admin/products/show-prices");
path!(AdminProductsCsv, "/admin/products/prices.csv");
path!(AdminProductNew, "/admin/products/new");
path!(
    AdminProduct {
        product: ContaboProductId
    },
    "/admin/products/{product}"
);
path!(
    AdminProductEdit {
        product: ContaboProductId
    },
    "/admin/products/{product}/edit"
);
path!(
    AdminProductOrderable {
        product: ContaboProductId
    },
    "/admin/products/{product}/orderable"
);
path!(
    AdminProductPrice {
        product: ContaboProductId
    },
    "/admin/products/{product}/price"
);
path!(/// What was ordered at Contabo.
    AdminOrders, "/admin/orders");
path!(/// What staff have to see to.
    AdminTasks, "/admin/tasks");
path!(AdminTaskSettle { task: TaskId }, "/admin/tasks/{task}/settle");
path!(/// How much clients may have.
    AdminQuotas, "/admin/quotas");
path!(AdminQuotaOwn, "/admin/quotas/own");
path!(/// What things at Contabo cost, bring and leave in a month.
    AdminCosts, "/admin/costs");
path!(AdminCostsCsv, "/admin/costs/items.csv");
path!(/// What there is at Contabo and how full it is.
    AdminUsage, "/admin/usage");
path!(AdminUsageCsv, "/admin/usage/items.csv");
path!(/// What could be done about what is unused.
    AdminAdvice, "/admin/usage/advice");
path!(AdminAdviceCsv, "/admin/usage/advice.csv");
path!(/// What clients may do with what they rent.
    AdminFeatures, "/admin/features");
path!(
    AdminClientFeatures { client: ClientId },
    "/admin/clients/{client}/features"
);
path!(AdminQuota { client: ClientId }, "/admin/quotas/{client}");
path!(AdminOrderNew, "/admin/orders/new");
path!(AdminOrder { order: ContaboOrderId }, "/admin/orders/{order}");
path!(
    AdminOrderConfirm { order: ContaboOrderId },
    "/admin/orders/{order}/confirm"
);
path!(
    AdminOrderWithdraw { order: ContaboOrderId },
    "/admin/orders/{order}/withdraw"
);
path!(
    AdminOrderPassword { order: ContaboOrderId },
    "/admin/orders/{order}/password"
);
path!(/// The accounts at Contabo.
    AdminContabo, "/admin/contabo");
path!(AdminContaboNew, "/admin/contabo/new");
path!(/// Its users and roles at Contabo.
    AdminContaboPeople { contabo_account: ContaboAccountId }, "/admin/contabo/{contabo_account}/people");
path!(
    AdminContaboUserNew {
        contabo_account: ContaboAccountId
    },
    "/admin/contabo/{contabo_account}/people/new"
);
path!(
    AdminContaboRoleNew {
        contabo_account: ContaboAccountId
    },
    "/admin/contabo/{contabo_account}/people/roles/new"
);
path!(
    AdminContaboUser {
        contabo_user: ContaboResourceId
    },
    "/admin/contabo-users/{contabo_user}"
);
path!(
    AdminContaboUserDelete {
        contabo_user: ContaboResourceId
    },
    "/admin/contabo-users/{contabo_user}/delete"
);
path!(/// Has Contabo mail a link to choose a password.
    AdminContaboUserPassword { contabo_user: ContaboResourceId }, "/admin/contabo-users/{contabo_user}/password-link");
path!(/// Has Contabo mail the link that proves the address.
    AdminContaboUserMail { contabo_user: ContaboResourceId }, "/admin/contabo-users/{contabo_user}/mail-link");
path!(
    AdminContaboRole {
        contabo_role: ContaboResourceId
    },
    "/admin/contabo-roles/{contabo_role}"
);
path!(
    AdminContaboRoleDelete {
        contabo_role: ContaboResourceId
    },
    "/admin/contabo-roles/{contabo_role}/delete"
);
path!(
    AdminContaboAccount {
        contabo_account: ContaboAccountId
    },
    "/admin/contabo/{contabo_account}"
);
path!(
    AdminContaboEdit {
        contabo_account: ContaboAccountId
    },
    "/admin/contabo/{contabo_account}/edit"
);
path!(
    AdminContaboCredentials {
        contabo_account: ContaboAccountId
    },
    "/admin/contabo/{contabo_account}/credentials"
);
path!(/// Has a new client secret made.
    AdminContaboSecret {
        contabo_account: ContaboAccountId
    },
    "/admin/contabo/{contabo_account}/secret"
);
path!(/// Has it read at once.
    AdminContaboRead {
        contabo_account: ContaboAccountId
    },
    "/admin/contabo/{contabo_account}/read"
);
path!(/// Switches it on or off.
    AdminContaboEnabled {
        contabo_account: ContaboAccountId
    },
    "/admin/contabo/{contabo_account}/enabled"
);
path!(
    AdminContaboArchive {
        contabo_account: ContaboAccountId
    },
    "/admin/contabo/{contabo_account}/archive"
);
path!(AdminNetworks, "/admin/networks");
path!(AdminNetworkNew, "/admin/networks/new");
path!(/// A picture of what is tied to what.
    AdminTopology, "/admin/networks/topology");
path!(/// About blocks of addresses.
    AdminCalculator, "/admin/networks/calculator");
path!(
    AdminNetwork {
        network: ContaboResourceId
    },
    "/admin/networks/{network}"
);
path!(
    AdminNetworkEdit {
        network: ContaboResourceId
    },
    "/admin/networks/{network}/edit"
);
path!(
    AdminNetworkDelete {
        network: ContaboResourceId
    },
    "/admin/networks/{network}/delete"
);
path!(AdminAddresses, "/admin/addresses");
path!(
    AdminAddress {
        address: ContaboResourceId
    },
    "/admin/addresses/{address}"
);
path!(AdminFirewalls, "/admin/firewalls");
path!(AdminFirewallNew, "/admin/firewalls/new");
path!(
    AdminFirewall {
        firewall: ContaboResourceId
    },
    "/admin/firewalls/{firewall}"
);
path!(
    AdminFirewallEdit {
        firewall: ContaboResourceId
    },
    "/admin/firewalls/{firewall}/edit"
);
path!(
    AdminFirewallRules {
        firewall: ContaboResourceId
    },
    "/admin/firewalls/{firewall}/rules"
);
path!(
    AdminFirewallDelete {
        firewall: ContaboResourceId
    },
    "/admin/firewalls/{firewall}/delete"
);
path!(/// Zones, and the names of addresses.
    AdminDns, "/admin/dns");
path!(AdminZoneNew, "/admin/dns/new");
path!(
    AdminZone {
        zone: ContaboResourceId
    },
    "/admin/dns/{zone}"
);
path!(
    AdminZoneDelete {
        zone: ContaboResourceId
    },
    "/admin/dns/{zone}/delete"
);
path!(
    AdminRecordNew {
        zone: ContaboResourceId
    },
    "/admin/dns/{zone}/records/new"
);
path!(
    AdminRecord {
        zone: ContaboResourceId,
        record: i64
    },
    "/admin/dns/{zone}/records/{record}"
);
path!(
    AdminRecordDelete {
        zone: ContaboResourceId,
        record: i64
    },
    "/admin/dns/{zone}/records/{record}/delete"
);
path!(/// Domains, and below them their contacts.
    AdminDomains, "/admin/domains");
path!(/// Looks whether a name is free.
    AdminDomainFind, "/admin/domains/find");
path!(AdminDomainOrder, "/admin/domains/order");
path!(AdminDomainContacts, "/admin/domains/contacts");
path!(AdminDomainContactNew, "/admin/domains/contacts/new");
path!(
    AdminDomainContact {
        domain_contact: ContaboResourceId
    },
    "/admin/domains/contacts/{domain_contact}"
);
path!(
    AdminDomainContactEdit {
        domain_contact: ContaboResourceId
    },
    "/admin/domains/contacts/{domain_contact}/edit"
);
path!(
    AdminDomainContactDefault {
        domain_contact: ContaboResourceId
    },
    "/admin/domains/contacts/{domain_contact}/default"
);
path!(
    AdminDomainContactDelete {
        domain_contact: ContaboResourceId
    },
    "/admin/domains/contacts/{domain_contact}/delete"
);
path!(
    AdminDomain {
        domain: ContaboResourceId
    },
    "/admin/domains/{domain}"
);
path!(
    AdminDomainServers {
        domain: ContaboResourceId
    },
    "/admin/domains/{domain}/name-servers"
);
path!(
    AdminDomainSetContacts {
        domain: ContaboResourceId
    },
    "/admin/domains/{domain}/contacts"
);
path!(
    AdminDomainCancel {
        domain: ContaboResourceId
    },
    "/admin/domains/{domain}/cancel"
);
path!(
    AdminDomainRevokeCancellation {
        domain: ContaboResourceId
    },
    "/admin/domains/{domain}/revoke-cancellation"
);
path!(
    AdminDomainTransfer {
        domain: ContaboResourceId
    },
    "/admin/domains/{domain}/transfer"
);
path!(
    AdminDomainReject {
        domain: ContaboResourceId
    },
    "/admin/domains/{domain}/transfer/reject"
);
path!(
    AdminDomainCode {
        domain: ContaboResourceId
    },
    "/admin/domains/{domain}/code"
);
path!(/// Ties a server to it.
    AdminThingTie { thing: ContaboResourceId }, "/admin/things/{thing}/tie");
path!(/// Takes back what was asked of a thing.
    AdminThingWithdraw { thing_action: ActionId }, "/admin/things/actions/{thing_action}/withdraw");
path!(AdminOutages, "/admin/outages");
path!(/// One outage, by a second that lies in it.
    AdminOutage { link: LinkId, outage: i64 }, "/admin/links/{link}/outages/{outage}");
path!(
    AdminOutageExclude {
        link: LinkId,
        outage: i64
    },
    "/admin/links/{link}/outages/{outage}/exclude"
);
path!(
    AdminOutageInclude {
        link: LinkId,
        outage: i64
    },
    "/admin/links/{link}/outages/{outage}/include"
);
path!(/// Tells open pages what has changed.
    AdminLive, "/admin/live");

path!(/// Own images, and beside them keys and tags.
    AdminImages, "/admin/images");
path!(AdminImageNew, "/admin/images/new");
path!(
    AdminImage {
        image: ContaboResourceId
    },
    "/admin/images/{image}"
);
path!(
    AdminImageEdit {
        image: ContaboResourceId
    },
    "/admin/images/{image}/edit"
);
path!(
    AdminImageDelete {
        image: ContaboResourceId
    },
    "/admin/images/{image}/delete"
);
path!(AdminSecrets, "/admin/secrets");
path!(AdminSecretNew, "/admin/secrets/new");
path!(
    AdminSecretEdit {
        secret: ContaboResourceId
    },
    "/admin/secrets/{secret}/edit"
);
path!(/// Puts another value in its place.
    AdminSecretReplace { secret: ContaboResourceId }, "/admin/secrets/{secret}/replace");
path!(
    AdminSecretDelete {
        secret: ContaboResourceId
    },
    "/admin/secrets/{secret}/delete"
);
path!(AdminTags, "/admin/tags");
path!(AdminTagNew, "/admin/tags/new");
path!(AdminTag { tag: ContaboResourceId }, "/admin/tags/{tag}");
path!(AdminTagEdit { tag: ContaboResourceId }, "/admin/tags/{tag}/edit");
path!(/// Puts it on something.
    AdminTagPut { tag: ContaboResourceId }, "/admin/tags/{tag}/put");
path!(/// Takes it off something.
    AdminTagTake { tag: ContaboResourceId }, "/admin/tags/{tag}/take");
path!(AdminTagDelete { tag: ContaboResourceId }, "/admin/tags/{tag}/delete");

path!(AdminStorages, "/admin/storages");
path!(
    AdminStorage {
        storage: ContaboResourceId
    },
    "/admin/storages/{storage}"
);
path!(/// Shows its keys.
    AdminStorageKeys { storage: ContaboResourceId }, "/admin/storages/{storage}/keys");
path!(
    AdminStorageRenew {
        storage: ContaboResourceId
    },
    "/admin/storages/{storage}/renew"
);
path!(/// Gives it to a client.
    AdminStorageGive { storage: ContaboResourceId }, "/admin/storages/{storage}/give");
path!(/// Names it anew.
    AdminStorageName { storage: ContaboResourceId }, "/admin/storages/{storage}/name");
path!(/// Makes it larger, or lets it grow.
    AdminStorageSize { storage: ContaboResourceId }, "/admin/storages/{storage}/size");
path!(/// Ends its contract.
    AdminStorageCancel { storage: ContaboResourceId }, "/admin/storages/{storage}/cancel");
path!(/// Says whether clients may have the keys of its account.
    AdminStorageAllow { storage: ContaboResourceId }, "/admin/storages/{storage}/allow");
path!(/// What new systems are told at their first start.
    AdminTemplates, "/admin/templates");
path!(AdminTemplateNew, "/admin/templates/new");
path!(AdminTemplate { template: TemplateId }, "/admin/templates/{template}");
path!(
    AdminTemplateEdit { template: TemplateId },
    "/admin/templates/{template}/edit"
);
path!(/// What comes out with values.
    AdminTemplatePreview { template: TemplateId }, "/admin/templates/{template}/preview");
path!(
    AdminTemplateArchive { template: TemplateId },
    "/admin/templates/{template}/archive"
);
path!(AdminServer { instance: InstanceId }, "/admin/servers/{instance}");
path!(/// What else it could be, asked of Contabo.
    AdminServerOffers { instance: InstanceId }, "/admin/servers/{instance}/offers");
path!(/// What Contabo finds when it checks it.
    AdminServerChecks { instance: InstanceId }, "/admin/servers/{instance}/checks");
path!(/// Checks that were started together.
    AdminServerChecksCancel { instance: InstanceId, check_set: i64 }, "/admin/servers/{instance}/checks/sets/{check_set}/cancel");
path!(/// One check, done once more.
    AdminServerCheckAgain { instance: InstanceId, check: i64 }, "/admin/servers/{instance}/checks/{check}/again");
path!(
    AdminServerCheckCancel {
        instance: InstanceId,
        check: i64
    },
    "/admin/servers/{instance}/checks/{check}/cancel"
);
path!(/// A remedy that a check offers.
    AdminServerRemedy { instance: InstanceId, check: i64, remedy: i64 }, "/admin/servers/{instance}/checks/{check}/remedies/{remedy}");
path!(/// Asks for something on it.
    AdminServerAct { instance: InstanceId, kind: String }, "/admin/servers/{instance}/act/{kind}");
path!(
    AdminServerWithdraw {
        instance: InstanceId,
        action: ActionId
    },
    "/admin/servers/{instance}/actions/{action}/withdraw"
);
path!(/// Shows a new password once.
    AdminServerPassword { instance: InstanceId, action: ActionId }, "/admin/servers/{instance}/actions/{action}/password");
path!(/// What is done to it at fixed times.
    AdminScheduleNew { instance: InstanceId }, "/admin/servers/{instance}/schedules/new");
path!(
    AdminSchedule {
        instance: InstanceId,
        schedule: ScheduleId
    },
    "/admin/servers/{instance}/schedules/{schedule}"
);
path!(
    AdminScheduleRest {
        instance: InstanceId,
        schedule: ScheduleId
    },
    "/admin/servers/{instance}/schedules/{schedule}/rest"
);
path!(
    AdminScheduleDelete {
        instance: InstanceId,
        schedule: ScheduleId
    },
    "/admin/servers/{instance}/schedules/{schedule}/delete"
);
path!(/// Gives it to a client, or takes it back.
    AdminServerGive { instance: InstanceId }, "/admin/servers/{instance}/give");
path!(
    AdminServerLock { instance: InstanceId },
    "/admin/servers/{instance}/lock"
);
path!(
    AdminServerUnlock { instance: InstanceId },
    "/admin/servers/{instance}/unlock"
);

path!(AdminClients, "/admin/clients");
path!(AdminClientNew, "/admin/clients/new");
path!(AdminClient { client: ClientId }, "/admin/clients/{client}");
path!(AdminClientEdit { client: ClientId }, "/admin/clients/{client}/edit");
path!(
    AdminClientArchive { client: ClientId },
    "/admin/clients/{client}/archive"
);
path!(
    AdminClientRestore { client: ClientId },
    "/admin/clients/{client}/restore"
);
path!(AdminClientUsers, "/admin/client-users");
path!(AdminClientUserNew, "/admin/client-users/new");
path!(
    AdminClientUser { client_user: AccountId },
    "/admin/client-users/{client_user}"
);
path!(
    AdminClientUserMemberships { client_user: AccountId },
    "/admin/client-users/{client_user}/memberships"
);
path!(
    AdminClientUserReset { client_user: AccountId },
    "/admin/client-users/{client_user}/reset-password"
);
path!(
    AdminClientUserDisable { client_user: AccountId },
    "/admin/client-users/{client_user}/disable"
);
path!(
    AdminClientUserEnable { client_user: AccountId },
    "/admin/client-users/{client_user}/enable"
);
path!(
    AdminClientUserEndSessions { client_user: AccountId },
    "/admin/client-users/{client_user}/end-sessions"
);
path!(AdminStaff, "/admin/staff");
path!(AdminStaffNew, "/admin/staff/new");
path!(AdminStaffUser { staff_user: AccountId }, "/admin/staff/{staff_user}");
path!(
    AdminStaffReset { staff_user: AccountId },
    "/admin/staff/{staff_user}/reset-password"
);
path!(
    AdminStaffDisable { staff_user: AccountId },
    "/admin/staff/{staff_user}/disable"
);
path!(
    AdminStaffEnable { staff_user: AccountId },
    "/admin/staff/{staff_user}/enable"
);
path!(
    AdminStaffEndSessions { staff_user: AccountId },
    "/admin/staff/{staff_user}/end-sessions"
);
path!(
    AdminStaffRemove { staff_user: AccountId },
    "/admin/staff/{staff_user}/remove"
);
path!(AdminSlaProfiles, "/admin/sla-profiles");
path!(AdminSlaProfileNew, "/admin/sla-profiles/new");
path!(
    AdminSlaProfile {
        sla_profile: SlaProfileId
    },
    "/admin/sla-profiles/{sla_profile}"
);
path!(
    AdminSlaProfileEdit {
        sla_profile: SlaProfileId
    },
    "/admin/sla-profiles/{sla_profile}/edit"
);
path!(
    AdminSlaProfileArchive {
        sla_profile: SlaProfileId
    },
    "/admin/sla-profiles/{sla_profile}/archive"
);
path!(/// Makes a share link.
    PortalShares { report: SlaReportId }, "/portal/reports/{report}/shares");
path!(
    PortalUnshare {
        report: SlaReportId,
        share_link: ShareLinkId
    },
    "/portal/reports/{report}/shares/{share_link}/revoke"
);
path!(/// Takes all links of mails back.
    PortalUnshareMailed { report: SlaReportId }, "/portal/reports/{report}/shares/mailed/revoke");
path!(AdminReports, "/admin/reports");
path!(AdminShares { report: SlaReportId }, "/admin/reports/{report}/shares");
path!(
    AdminUnshare {
        report: SlaReportId,
        share_link: ShareLinkId
    },
    "/admin/reports/{report}/shares/{share_link}/revoke"
);
path!(
    AdminUnshareMailed { report: SlaReportId },
    "/admin/reports/{report}/shares/mailed/revoke"
);
path!(AdminReportBreaches, "/admin/reports/breaches");
path!(AdminReportTroubles, "/admin/reports/troubles");
path!(AdminReport { report: SlaReportId }, "/admin/reports/{report}");
path!(
    AdminReportsPdf {
        client: ClientId,
        month: String
    },
    "/admin/reports/of/{client}/{month}.pdf"
);
path!(AdminReportPdf { report: SlaReportId }, "/admin/reports/{report}.pdf");
path!(AdminReportCsv { report: SlaReportId }, "/admin/reports/{report}.csv");
path!(AdminReportJson { report: SlaReportId }, "/admin/reports/{report}.json");
path!(/// Makes another revision.
    AdminReportAgain { report: SlaReportId }, "/admin/reports/{report}/again");
path!(
    AdminReportCredit { report: SlaReportId },
    "/admin/reports/{report}/credit"
);
path!(AdminMaintenance, "/admin/maintenance");
path!(AdminWindowNew, "/admin/maintenance/new");
path!(AdminSeriesList, "/admin/maintenance/series");
path!(AdminSeriesNew, "/admin/maintenance/series/new");
path!(
    AdminSeries {
        series: MaintenanceSeriesId
    },
    "/admin/maintenance/series/{series}"
);
path!(
    AdminSeriesApprove {
        series: MaintenanceSeriesId
    },
    "/admin/maintenance/series/{series}/approve"
);
path!(
    AdminSeriesEnd {
        series: MaintenanceSeriesId
    },
    "/admin/maintenance/series/{series}/end"
);
path!(
    AdminWindow {
        window: MaintenanceWindowId
    },
    "/admin/maintenance/{window}"
);
path!(
    AdminWindowEdit {
        window: MaintenanceWindowId
    },
    "/admin/maintenance/{window}/edit"
);
path!(
    AdminWindowEnd {
        window: MaintenanceWindowId
    },
    "/admin/maintenance/{window}/end"
);
path!(
    AdminWindowApprove {
        window: MaintenanceWindowId
    },
    "/admin/maintenance/{window}/approve"
);
path!(
    AdminWindowWithdraw {
        window: MaintenanceWindowId
    },
    "/admin/maintenance/{window}/withdraw"
);
path!(
    AdminWindowCancel {
        window: MaintenanceWindowId
    },
    "/admin/maintenance/{window}/cancel"
);
path!(AdminSettings, "/admin/settings");
path!(AdminBrand, "/admin/settings/brand");
path!(AdminLogo, "/admin/settings/brand/logo");
path!(AdminLogoRemove, "/admin/settings/brand/logo/remove");
path!(AdminMetricsTokens, "/admin/settings/metrics-tokens");
path!(
    AdminMetricsTokenRevoke {
        metrics_token: MetricsTokenId
    },
    "/admin/settings/metrics-tokens/{metrics_token}/revoke"
);
path!(AdminMailSettings, "/admin/settings/mail");
path!(/// Sends a test to whoever asks.
    AdminMailTest, "/admin/settings/mail/test");
path!(AdminMails, "/admin/mail");
path!(AdminMail { mail: MailId }, "/admin/mail/{mail}");
path!(/// Sends it again.
    AdminMailAgain { mail: MailId }, "/admin/mail/{mail}/again");
path!(AdminAudit, "/admin/audit");

path!(/// The operator's first page: the tenants.
    Operator, "/operator");
path!(OperatorTenants, "/operator/tenants");
path!(OperatorSignIn, "/operator/sign-in");
path!(OperatorSignOut, "/operator/sign-out");
path!(OperatorSignOutEverywhere, "/operator/sign-out-everywhere");
path!(OperatorPassword, "/operator/password");
path!(OperatorProfile, "/operator/profile");
path!(OperatorEndSession, "/operator/profile/end-session");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_filled_in() {
        let style = Asset {
            asset: "style-1a2b.css".to_owned(),
        };
        assert_eq!(style.to_string(), "/assets/style-1a2b.css");
        assert_eq!(Asset::PATH, "/assets/{asset}");
    }
}
