//! Every route, once: its method, its path, what one needs for it, and its handler.
//!
//! The same list registers the routes with actix and is walked by a test as nobody, as each role and as another
//! tenant's user. There is no other way to register a route, and none without saying what it needs.

use actix_web::{
    FromRequest, Handler, Resource, Responder, guard as actix_guard,
    http::Method,
    middleware::from_fn,
    web::{self, ServiceConfig},
};

use crate::{
    domain::contabo::resources::{Contact, DnsZone, Firewall, Image, PrivateNetwork, Role, Secret, Tag, User},
    startup::Parts,
};

use super::{
    account::{password, profile, sign_in, sign_out, theme},
    admin::{
        audit, brand, client_users, clients, confirm, contabo, costs, dashboard, dns, domains, features, firewalls,
        images, instances, links, mail, maintenance, metrics_tokens, networks, orders, outages, people, products,
        quotas, reports, routers, secrets, settings, sla_profiles, staff, tags, tasks, templates, things, usage,
    },
    area::Area,
    assets,
    guard::{self, ClientUser, Needs, Staff},
    home, live, machines, operator, portal,
    route::{self, Route},
    servers, shares, storages, tenant_metrics, unsubscribe,
};

/// Routes for machines, which every process has.
fn machines(to: &mut impl Routes) {
    to.get::<route::Healthz, _, _>(Needs::Nothing, machines::healthz);
    to.get::<route::Readyz, _, _>(Needs::Nothing, machines::readyz);
    to.get::<route::Metrics, _, _>(Needs::Nothing, machines::metrics);
}

/// Routes for people.
fn pages(to: &mut impl Routes) {
    to.get::<route::Asset, _, _>(Needs::Nothing, assets::hashed);
    to.get::<route::TenantStyle, _, _>(Needs::Nothing, assets::tenant_style);
    to.get::<route::Logo, _, _>(Needs::Nothing, assets::logo);
    to.get::<route::Favicon, _, _>(Needs::Nothing, assets::named);
    to.get::<route::Manifest, _, _>(Needs::Nothing, assets::named);

    to.get::<route::TenantMetrics, _, _>(Needs::MetricsToken, tenant_metrics::get);

    to.get::<route::Home, _, _>(Needs::Nothing, home::get);
    to.get::<route::Components, _, _>(Needs::Nothing, home::components);
    to.post::<route::Theme, _, _>(Needs::Nothing, theme::post);

    to.get::<route::Unsubscribe, _, _>(Needs::Tenant, unsubscribe::get);
    to.post::<route::Unsubscribe, _, _>(Needs::Tenant, unsubscribe::post);

    to.get::<route::PortalSignIn, _, _>(Needs::Tenant, sign_in::get);
    to.post::<route::PortalSignIn, _, _>(Needs::Tenant, sign_in::post);
    to.post::<route::PortalSignOut, _, _>(Needs::SignedIn(Area::Portal), sign_out::here);
    to.post::<route::PortalSignOutEverywhere, _, _>(Needs::SignedIn(Area::Portal), sign_out::everywhere);
    to.get::<route::PortalPassword, _, _>(Needs::SignedIn(Area::Portal), password::get);
    to.post::<route::PortalPassword, _, _>(Needs::SignedIn(Area::Portal), password::post);
    to.get::<route::PortalProfile, _, _>(Needs::Client(guard::ClientPermission::OwnProfile), profile::get);
    to.post::<route::PortalProfile, _, _>(Needs::Client(guard::ClientPermission::OwnProfile), profile::post);
    to.post::<route::PortalEndSession, _, _>(Needs::Client(guard::ClientPermission::OwnProfile), profile::end_session);

    let own_profile = Needs::Client(guard::ClientPermission::OwnProfile);
    to.get::<route::PortalNotifications, _, _>(own_profile, portal::notifications::get);
    to.post::<route::PortalNotifications, _, _>(own_profile, portal::notifications::post);

    let see_links = Needs::Client(guard::ClientPermission::SeeLinks);
    to.get::<route::Portal, _, _>(see_links, portal::dashboard::get);
    to.get::<route::PortalLinks, _, _>(see_links, portal::links::get);
    to.get::<route::PortalLink, _, _>(see_links, portal::link::get);
    to.get::<route::PortalLinkTable, _, _>(see_links, portal::link::table);
    to.get::<route::PortalLinkSamples, _, _>(Needs::Client(guard::ClientPermission::Download), portal::link::samples);
    let see_servers = Needs::Client(guard::ClientPermission::SeeServers);
    to.get::<route::PortalServers, _, _>(see_servers, servers::list::get);
    // Before the page of one, whose pattern matches its name too.
    to.get::<route::PortalTopology, _, _>(see_servers, servers::topology::of_client);
    to.get::<route::PortalServer, _, _>(see_servers, servers::show::get::<ClientUser>);
    // The weakest role that may ask for anything: handlers look again at what the kind needs.
    let operate = Needs::Client(guard::ClientPermission::OperateServers);
    to.get::<route::PortalServerAct, _, _>(operate, servers::ask::get::<ClientUser>);
    to.post::<route::PortalServerAct, _, _>(operate, servers::ask::post::<ClientUser>);
    to.post::<route::PortalServerWithdraw, _, _>(operate, servers::follow::withdraw::<ClientUser>);
    to.post::<route::PortalServerPassword, _, _>(operate, servers::follow::password::<ClientUser>);
    to.get::<route::PortalScheduleNew, _, _>(operate, servers::schedules::get_new::<ClientUser>);
    to.post::<route::PortalScheduleNew, _, _>(operate, servers::schedules::new::<ClientUser>);
    to.get::<route::PortalSchedule, _, _>(operate, servers::schedules::get::<ClientUser>);
    to.post::<route::PortalSchedule, _, _>(operate, servers::schedules::post::<ClientUser>);
    to.post::<route::PortalScheduleRest, _, _>(operate, servers::schedules::rest::<ClientUser>);
    to.post::<route::PortalScheduleDelete, _, _>(operate, servers::schedules::delete::<ClientUser>);
    to.get::<route::PortalStorages, _, _>(see_servers, storages::list::get::<ClientUser>);
    to.get::<route::PortalStorage, _, _>(see_servers, storages::show::get::<ClientUser>);
    let keys = Needs::Client(guard::ClientPermission::StorageKeys);
    to.post::<route::PortalStorageKeys, _, _>(keys, storages::keys::post::<ClientUser>);
    to.get::<route::PortalStorageRenew, _, _>(keys, storages::keys::get_renew::<ClientUser>);
    to.post::<route::PortalStorageRenew, _, _>(keys, storages::keys::renew::<ClientUser>);
    let see_reports = Needs::Client(guard::ClientPermission::SeeReports);
    let download = Needs::Client(guard::ClientPermission::Download);
    to.get::<route::PortalReports, _, _>(see_reports, portal::reports::get);
    // The files first: a page's pattern matches their names too.
    to.get::<route::PortalReportsPdf, _, _>(download, portal::reports::pdf_of_month);
    to.get::<route::PortalReportPdf, _, _>(download, portal::reports::pdf);
    to.get::<route::PortalReportCsv, _, _>(download, portal::reports::csv);
    to.get::<route::PortalReportJson, _, _>(download, portal::reports::json);
    to.get::<route::PortalReport, _, _>(see_reports, portal::reports::show);
    let share_reports = Needs::Client(guard::ClientPermission::ShareReports);
    to.post::<route::PortalShares, _, _>(share_reports, portal::reports::share);
    to.post::<route::PortalUnshareMailed, _, _>(share_reports, portal::reports::unshare_mailed);
    to.post::<route::PortalUnshare, _, _>(share_reports, portal::reports::unshare);
    to.get::<route::SharePdf, _, _>(Needs::Tenant, shares::shared::get_pdf);
    to.get::<route::Share, _, _>(Needs::Tenant, shares::shared::get);
    to.post::<route::Share, _, _>(Needs::Tenant, shares::shared::post);
    to.get::<route::PortalLive, _, _>(see_links, live::of_client);

    to.get::<route::AdminSignIn, _, _>(Needs::Tenant, sign_in::get);
    to.post::<route::AdminSignIn, _, _>(Needs::Tenant, sign_in::post);
    to.post::<route::AdminSignOut, _, _>(Needs::SignedIn(Area::Admin), sign_out::here);
    to.post::<route::AdminSignOutEverywhere, _, _>(Needs::SignedIn(Area::Admin), sign_out::everywhere);
    to.get::<route::AdminPassword, _, _>(Needs::SignedIn(Area::Admin), password::get);
    to.post::<route::AdminPassword, _, _>(Needs::SignedIn(Area::Admin), password::post);
    to.get::<route::AdminProfile, _, _>(Needs::Staff(guard::StaffPermission::OwnProfile), profile::get);
    to.post::<route::AdminProfile, _, _>(Needs::Staff(guard::StaffPermission::OwnProfile), profile::post);
    to.post::<route::AdminEndSession, _, _>(Needs::Staff(guard::StaffPermission::OwnProfile), profile::end_session);

    // The staff's pages.
    network(to);
    all_servers(to);
    ordering(to);
    beside_servers(to);
    all_domains(to);
    one_server(to);
    templates_of_servers(to);
    kept_at_contabo(to);
    people_of_contabo(to);
    all_storages(to);
    provider(to);
    to.get::<route::AdminLive, _, _>(Needs::Staff(guard::StaffPermission::SeeDashboard), live::of_staff);

    to.get::<route::OperatorSignIn, _, _>(Needs::Nothing, sign_in::get);
    to.post::<route::OperatorSignIn, _, _>(Needs::Nothing, sign_in::post);
    to.post::<route::OperatorSignOut, _, _>(Needs::SignedIn(Area::Operator), sign_out::here);
    to.post::<route::OperatorSignOutEverywhere, _, _>(Needs::SignedIn(Area::Operator), sign_out::everywhere);
    to.get::<route::OperatorPassword, _, _>(Needs::SignedIn(Area::Operator), password::get);
    to.post::<route::OperatorPassword, _, _>(Needs::SignedIn(Area::Operator), password::post);
    to.get::<route::OperatorProfile, _, _>(Needs::Operator, profile::get);
    to.post::<route::OperatorProfile, _, _>(Needs::Operator, profile::post);
    to.post::<route::OperatorEndSession, _, _>(Needs::Operator, profile::end_session);
    to.get::<route::Operator, _, _>(Needs::Operator, operator::home);
    to.get::<route::OperatorTenants, _, _>(Needs::Operator, operator::tenants);
}

/// Servers of all clients, and the accounts at Contabo.
fn all_servers(to: &mut impl Routes) {
    use contabo::{archive, credentials, edit, enabled, list as accounts, new, read, secret, show};
    use guard::StaffPermission::{ManageContabo, OperateServers, SeeServers};
    use instances::{bulk, came, changes, list};
    to.get::<route::AdminServers, _, _>(Needs::Staff(SeeServers), list::get);
    // Before the page of one, whose pattern matches these names too.
    to.get::<route::AdminServersBulk, _, _>(Needs::Staff(OperateServers), bulk::get);
    to.post::<route::AdminServersBulk, _, _>(Needs::Staff(OperateServers), bulk::post);
    to.get::<route::AdminServersBulkCame, _, _>(Needs::Staff(OperateServers), came::get);
    to.get::<route::AdminServerChanges, _, _>(Needs::Staff(SeeServers), changes::get);

    to.get::<route::AdminContabo, _, _>(Needs::Staff(SeeServers), accounts::get);
    to.get::<route::AdminContaboNew, _, _>(Needs::Staff(ManageContabo), new::get);
    to.post::<route::AdminContaboNew, _, _>(Needs::Staff(ManageContabo), new::post);
    to.get::<route::AdminContaboAccount, _, _>(Needs::Staff(SeeServers), show::get);
    to.get::<route::AdminContaboEdit, _, _>(Needs::Staff(ManageContabo), edit::get);
    to.post::<route::AdminContaboEdit, _, _>(Needs::Staff(ManageContabo), edit::post);
    to.get::<route::AdminContaboCredentials, _, _>(Needs::Staff(ManageContabo), credentials::get);
    to.post::<route::AdminContaboCredentials, _, _>(Needs::Staff(ManageContabo), credentials::post);
    to.get::<route::AdminContaboSecret, _, _>(Needs::Staff(ManageContabo), secret::get);
    to.post::<route::AdminContaboSecret, _, _>(Needs::Staff(ManageContabo), secret::post);
    to.post::<route::AdminContaboRead, _, _>(Needs::Staff(ManageContabo), read::post);
    to.post::<route::AdminContaboEnabled, _, _>(Needs::Staff(ManageContabo), enabled::post);
    to.get::<route::AdminContaboArchive, _, _>(Needs::Staff(ManageContabo), archive::get);
    to.post::<route::AdminContaboArchive, _, _>(Needs::Staff(ManageContabo), archive::post);
}

/// What is at Contabo beside servers: networks, addresses, firewalls, names.
fn beside_servers(to: &mut impl Routes) {
    use dns::record;
    use firewalls::{form as firewall_form, rules};
    use guard::StaffPermission::{ManageServers, SeeServers};
    use networks::{addresses, calculator, form, show};
    let (see, manage) = (Needs::Staff(SeeServers), Needs::Staff(ManageServers));
    to.get::<route::AdminNetworks, _, _>(see, networks::list);
    // Before the page of one, whose pattern matches these names too.
    to.get::<route::AdminNetworkNew, _, _>(manage, form::get_new);
    to.post::<route::AdminNetworkNew, _, _>(manage, form::new);
    to.get::<route::AdminTopology, _, _>(see, servers::topology::of_staff);
    to.get::<route::AdminCalculator, _, _>(see, calculator::get);
    to.get::<route::AdminNetwork, _, _>(see, show::get);
    to.get::<route::AdminNetworkEdit, _, _>(manage, form::get_edit);
    to.post::<route::AdminNetworkEdit, _, _>(manage, form::edit);
    to.get::<route::AdminNetworkDelete, _, _>(manage, things::delete::get::<PrivateNetwork>);
    to.post::<route::AdminNetworkDelete, _, _>(manage, things::delete::post::<PrivateNetwork>);

    to.get::<route::AdminAddresses, _, _>(see, addresses::list);
    to.get::<route::AdminAddress, _, _>(see, addresses::get);

    to.get::<route::AdminFirewalls, _, _>(see, firewalls::list);
    to.get::<route::AdminFirewallNew, _, _>(manage, firewall_form::get_new);
    to.post::<route::AdminFirewallNew, _, _>(manage, firewall_form::new);
    to.get::<route::AdminFirewall, _, _>(see, firewalls::get);
    to.get::<route::AdminFirewallEdit, _, _>(manage, firewall_form::get_edit);
    to.post::<route::AdminFirewallEdit, _, _>(manage, firewall_form::edit);
    to.get::<route::AdminFirewallRules, _, _>(manage, rules::get);
    to.post::<route::AdminFirewallRules, _, _>(manage, rules::post);
    to.get::<route::AdminFirewallDelete, _, _>(manage, things::delete::get::<Firewall>);
    to.post::<route::AdminFirewallDelete, _, _>(manage, things::delete::post::<Firewall>);

    to.get::<route::AdminDns, _, _>(see, dns::list);
    to.get::<route::AdminZoneNew, _, _>(manage, dns::get_new);
    to.post::<route::AdminZoneNew, _, _>(manage, dns::new);
    to.get::<route::AdminZone, _, _>(see, dns::get);
    to.get::<route::AdminZoneDelete, _, _>(manage, things::delete::get::<DnsZone>);
    to.post::<route::AdminZoneDelete, _, _>(manage, things::delete::post::<DnsZone>);
    to.get::<route::AdminRecordNew, _, _>(manage, record::get_new);
    to.post::<route::AdminRecordNew, _, _>(manage, record::new);
    to.get::<route::AdminRecord, _, _>(manage, record::get);
    to.post::<route::AdminRecord, _, _>(manage, record::post);
    to.get::<route::AdminRecordDelete, _, _>(manage, record::get_delete);
    to.post::<route::AdminRecordDelete, _, _>(manage, record::delete);

    to.post::<route::AdminThingTie, _, _>(manage, things::tie::post);
    to.post::<route::AdminThingWithdraw, _, _>(manage, things::withdraw::post);
}

/// Domains, and the contacts that they have.
fn all_domains(to: &mut impl Routes) {
    use domains::{change, code, contacts, order};
    use guard::StaffPermission::{ManageServers, SeeServers};
    let (see, manage) = (Needs::Staff(SeeServers), Needs::Staff(ManageServers));
    to.get::<route::AdminDomains, _, _>(see, domains::list);
    // Before the page of one, whose pattern matches these names too.
    to.get::<route::AdminDomainFind, _, _>(manage, order::get_find);
    to.post::<route::AdminDomainFind, _, _>(manage, order::find);
    to.get::<route::AdminDomainOrder, _, _>(manage, order::get);
    to.post::<route::AdminDomainOrder, _, _>(manage, order::post);
    to.get::<route::AdminDomainContacts, _, _>(see, contacts::list);
    to.get::<route::AdminDomainContactNew, _, _>(manage, contacts::get_new);
    to.post::<route::AdminDomainContactNew, _, _>(manage, contacts::new);
    to.get::<route::AdminDomainContact, _, _>(see, contacts::get);
    to.get::<route::AdminDomainContactEdit, _, _>(manage, contacts::get_edit);
    to.post::<route::AdminDomainContactEdit, _, _>(manage, contacts::edit);
    to.post::<route::AdminDomainContactDefault, _, _>(manage, contacts::make_default);
    to.get::<route::AdminDomainContactDelete, _, _>(manage, things::delete::get::<Contact>);
    to.post::<route::AdminDomainContactDelete, _, _>(manage, things::delete::post::<Contact>);
    to.get::<route::AdminDomain, _, _>(see, domains::get);
    to.get::<route::AdminDomainServers, _, _>(manage, change::get_servers);
    to.post::<route::AdminDomainServers, _, _>(manage, change::servers);
    to.get::<route::AdminDomainSetContacts, _, _>(manage, change::get_contacts);
    to.post::<route::AdminDomainSetContacts, _, _>(manage, change::contacts);
    to.get::<route::AdminDomainCancel, _, _>(manage, change::get_cancel);
    to.post::<route::AdminDomainCancel, _, _>(manage, change::cancel);
    to.post::<route::AdminDomainRevokeCancellation, _, _>(manage, change::revoke_cancellation);
    to.get::<route::AdminDomainTransfer, _, _>(manage, change::get_transfer);
    to.post::<route::AdminDomainTransfer, _, _>(manage, change::transfer);
    to.post::<route::AdminDomainReject, _, _>(manage, change::reject);
    to.get::<route::AdminDomainCode, _, _>(manage, code::get);
    to.post::<route::AdminDomainCode, _, _>(manage, code::post);
}

/// Who may sign in at Contabo, and their roles there.
fn people_of_contabo(to: &mut impl Routes) {
    use contabo::people::{self, role, user};
    let account = Needs::Staff(guard::StaffPermission::ManageContabo);
    to.get::<route::AdminContaboPeople, _, _>(account, people::get);
    to.get::<route::AdminContaboUserNew, _, _>(account, user::get_new);
    to.post::<route::AdminContaboUserNew, _, _>(account, user::new);
    to.get::<route::AdminContaboRoleNew, _, _>(account, role::get_new);
    to.post::<route::AdminContaboRoleNew, _, _>(account, role::new);
    to.get::<route::AdminContaboUser, _, _>(account, user::get);
    to.post::<route::AdminContaboUser, _, _>(account, user::post);
    to.post::<route::AdminContaboUserPassword, _, _>(account, user::password_link);
    to.post::<route::AdminContaboUserMail, _, _>(account, user::mail_link);
    to.get::<route::AdminContaboUserDelete, _, _>(account, things::delete::get::<User>);
    to.post::<route::AdminContaboUserDelete, _, _>(account, things::delete::post::<User>);
    to.get::<route::AdminContaboRole, _, _>(account, role::get);
    to.post::<route::AdminContaboRole, _, _>(account, role::post);
    to.get::<route::AdminContaboRoleDelete, _, _>(account, things::delete::get::<Role>);
    to.post::<route::AdminContaboRoleDelete, _, _>(account, things::delete::post::<Role>);
}

/// What new systems are made of, set up with and sorted by: own images, keys and passwords, tags.
fn kept_at_contabo(to: &mut impl Routes) {
    use guard::StaffPermission::{ManageContabo, ManageServers, SeeServers};
    use images::form as image_form;
    use secrets::form as secret_form;
    use tags::form as tag_form;
    let (see, manage) = (Needs::Staff(SeeServers), Needs::Staff(ManageServers));
    // Roles at Contabo hang on tags.
    let account = Needs::Staff(ManageContabo);
    to.get::<route::AdminImages, _, _>(see, images::list);
    to.get::<route::AdminImageNew, _, _>(manage, image_form::get_new);
    to.post::<route::AdminImageNew, _, _>(manage, image_form::new);
    to.get::<route::AdminImage, _, _>(see, images::get);
    to.get::<route::AdminImageEdit, _, _>(manage, image_form::get_edit);
    to.post::<route::AdminImageEdit, _, _>(manage, image_form::edit);
    to.get::<route::AdminImageDelete, _, _>(manage, things::delete::get::<Image>);
    to.post::<route::AdminImageDelete, _, _>(manage, things::delete::post::<Image>);

    to.get::<route::AdminSecrets, _, _>(see, secrets::list);
    to.get::<route::AdminSecretNew, _, _>(manage, secret_form::get_new);
    to.post::<route::AdminSecretNew, _, _>(manage, secret_form::new);
    to.get::<route::AdminSecretEdit, _, _>(manage, secret_form::get_edit);
    to.post::<route::AdminSecretEdit, _, _>(manage, secret_form::edit);
    to.get::<route::AdminSecretReplace, _, _>(manage, secret_form::get_replace);
    to.post::<route::AdminSecretReplace, _, _>(manage, secret_form::replace);
    to.get::<route::AdminSecretDelete, _, _>(manage, things::delete::get::<Secret>);
    to.post::<route::AdminSecretDelete, _, _>(manage, things::delete::post::<Secret>);

    to.get::<route::AdminTags, _, _>(see, tags::list);
    to.get::<route::AdminTagNew, _, _>(account, tag_form::get_new);
    to.post::<route::AdminTagNew, _, _>(account, tag_form::new);
    to.get::<route::AdminTag, _, _>(see, tags::get);
    to.get::<route::AdminTagEdit, _, _>(account, tag_form::get_edit);
    to.post::<route::AdminTagEdit, _, _>(account, tag_form::edit);
    to.post::<route::AdminTagPut, _, _>(account, tags::put);
    to.post::<route::AdminTagTake, _, _>(account, tags::take);
    to.get::<route::AdminTagDelete, _, _>(account, things::delete::get::<Tag>);
    to.post::<route::AdminTagDelete, _, _>(account, things::delete::post::<Tag>);
}

/// The staff's dashboard, routers and links.
fn network(to: &mut impl Routes) {
    use guard::StaffPermission::{
        CheckRouters, ExcludeOutages, ManageLinks, ManageOutages, ManageRouterCredentials, ManageRouters, SeeDashboard,
        SeeLinks, SeeOutages, SeeRouters,
    };
    use links::{archive as archive_link, edit as edit_link, list as link_list, new as new_link, period, show as link};
    use routers::{archive, check, credentials, edit, list, new, pick, polling, show, trust};
    to.get::<route::Admin, _, _>(Needs::Staff(SeeDashboard), dashboard::get);

    to.get::<route::AdminRouters, _, _>(Needs::Staff(SeeRouters), list::get);
    to.get::<route::AdminRouterNew, _, _>(Needs::Staff(ManageRouters), new::get);
    to.post::<route::AdminRouterNew, _, _>(Needs::Staff(ManageRouters), new::post);
    to.get::<route::AdminRouter, _, _>(Needs::Staff(SeeRouters), show::get);
    to.get::<route::AdminRouterEdit, _, _>(Needs::Staff(ManageRouters), edit::get);
    to.post::<route::AdminRouterEdit, _, _>(Needs::Staff(ManageRouters), edit::post);
    to.post::<route::AdminRouterCheck, _, _>(Needs::Staff(CheckRouters), check::post);
    to.post::<route::AdminRouterPolling, _, _>(Needs::Staff(ManageRouters), polling::post);
    to.get::<route::AdminRouterCredentials, _, _>(Needs::Staff(ManageRouterCredentials), credentials::get);
    to.post::<route::AdminRouterCredentials, _, _>(Needs::Staff(ManageRouterCredentials), credentials::post);
    to.get::<route::AdminRouterTrust, _, _>(Needs::Staff(ManageRouterCredentials), trust::get);
    to.post::<route::AdminRouterTrust, _, _>(Needs::Staff(ManageRouterCredentials), trust::post);
    to.get::<route::AdminRouterArchive, _, _>(Needs::Staff(ManageRouters), archive::get);
    to.post::<route::AdminRouterArchive, _, _>(Needs::Staff(ManageRouters), archive::post);
    to.get::<route::AdminRouterLinks, _, _>(Needs::Staff(ManageLinks), pick::get);
    to.post::<route::AdminRouterLinks, _, _>(Needs::Staff(ManageLinks), pick::post);

    to.get::<route::AdminLinks, _, _>(Needs::Staff(SeeLinks), link_list::get);
    to.get::<route::AdminLinkNew, _, _>(Needs::Staff(ManageLinks), new_link::get);
    to.post::<route::AdminLinkNew, _, _>(Needs::Staff(ManageLinks), new_link::post);
    to.get::<route::AdminLink, _, _>(Needs::Staff(SeeLinks), link::get);
    to.get::<route::AdminLinkTable, _, _>(Needs::Staff(SeeLinks), link::table);
    to.get::<route::AdminLinkSamples, _, _>(Needs::Staff(SeeLinks), link::samples);
    to.get::<route::AdminLinkEdit, _, _>(Needs::Staff(ManageLinks), edit_link::get);
    to.post::<route::AdminLinkEdit, _, _>(Needs::Staff(ManageLinks), edit_link::post);
    to.get::<route::AdminLinkActivate, _, _>(Needs::Staff(ManageLinks), period::get_activate);
    to.post::<route::AdminLinkActivate, _, _>(Needs::Staff(ManageLinks), period::post_activate);
    to.get::<route::AdminLinkDeactivate, _, _>(Needs::Staff(ManageLinks), period::get_deactivate);
    to.post::<route::AdminLinkDeactivate, _, _>(Needs::Staff(ManageLinks), period::post_deactivate);
    to.get::<route::AdminLinkArchive, _, _>(Needs::Staff(ManageLinks), archive_link::get);
    to.post::<route::AdminLinkArchive, _, _>(Needs::Staff(ManageLinks), archive_link::post);

    to.get::<route::AdminOutages, _, _>(Needs::Staff(SeeOutages), outages::list::get);
    to.get::<route::AdminOutage, _, _>(Needs::Staff(SeeOutages), outages::show::get);
    to.post::<route::AdminOutage, _, _>(Needs::Staff(ManageOutages), outages::show::post);
    to.post::<route::AdminOutageExclude, _, _>(Needs::Staff(ExcludeOutages), outages::show::exclude);
    to.post::<route::AdminOutageInclude, _, _>(Needs::Staff(ExcludeOutages), outages::show::include);
}

/// What can be ordered at Contabo, and what was.
fn ordering(to: &mut impl Routes) {
    use guard::StaffPermission::{ManageContabo, ManageServers, OperateServers, SeeServers};
    let (see, manage) = (Needs::Staff(SeeServers), Needs::Staff(ManageContabo));
    to.get::<route::AdminProducts, _, _>(see, products::list::get);
    to.post::<route::AdminProductsKnown, _, _>(manage, products::list::known);
    to.post::<route::AdminProductsShowPrices, _, _>(manage, products::list::show_prices);
    to.get::<route::AdminProductsCsv, _, _>(see, products::list::csv);
    to.get::<route::AdminProductNew, _, _>(manage, products::new::get);
    to.post::<route::AdminProductNew, _, _>(manage, products::new::post);
    to.get::<route::AdminProduct, _, _>(see, products::show::get);
    to.get::<route::AdminProductEdit, _, _>(manage, products::edit::get);
    to.post::<route::AdminProductEdit, _, _>(manage, products::edit::post);
    to.post::<route::AdminProductOrderable, _, _>(manage, products::edit::orderable);
    to.get::<route::AdminProductPrice, _, _>(manage, products::price::get);
    to.post::<route::AdminProductPrice, _, _>(manage, products::price::post);

    let order = Needs::Staff(ManageServers);
    to.get::<route::AdminOrders, _, _>(see, orders::list::get);
    to.get::<route::AdminOrderNew, _, _>(order, orders::new::get);
    to.post::<route::AdminOrderNew, _, _>(order, orders::new::post);
    to.get::<route::AdminOrder, _, _>(see, orders::show::get);
    to.post::<route::AdminOrderConfirm, _, _>(order, orders::show::confirm);
    to.post::<route::AdminOrderWithdraw, _, _>(order, orders::show::withdraw);
    to.post::<route::AdminOrderPassword, _, _>(order, orders::show::password);
    to.get::<route::AdminCosts, _, _>(see, costs::get);
    to.get::<route::AdminCostsCsv, _, _>(see, costs::csv);
    to.get::<route::AdminUsage, _, _>(see, usage::get);
    to.get::<route::AdminUsageCsv, _, _>(see, usage::csv);
    to.get::<route::AdminAdvice, _, _>(see, usage::advice);
    to.get::<route::AdminAdviceCsv, _, _>(see, usage::advice_csv);
    to.get::<route::AdminFeatures, _, _>(order, features::get);
    to.post::<route::AdminFeatures, _, _>(order, features::post);
    to.get::<route::AdminClientFeatures, _, _>(order, features::of_client);
    to.post::<route::AdminClientFeatures, _, _>(order, features::set_of_client);
    to.get::<route::AdminTasks, _, _>(see, tasks::get);
    to.post::<route::AdminTaskSettle, _, _>(Needs::Staff(OperateServers), tasks::settle);
    to.get::<route::AdminQuotas, _, _>(see, quotas::list);
    to.get::<route::AdminQuotaOwn, _, _>(order, quotas::own);
    to.post::<route::AdminQuotaOwn, _, _>(order, quotas::set_own);
    to.get::<route::AdminQuota, _, _>(order, quotas::of_client);
    to.post::<route::AdminQuota, _, _>(order, quotas::set_of_client);
}

/// The staff's page of one server.
fn one_server(to: &mut impl Routes) {
    use guard::StaffPermission::{ManageServers, OperateServers, SeeServers};
    to.get::<route::AdminServer, _, _>(Needs::Staff(SeeServers), servers::show::get::<Staff>);
    // The weakest role that may ask for anything: handlers look again at what the kind needs.
    let operate = Needs::Staff(OperateServers);
    to.get::<route::AdminServerAct, _, _>(operate, servers::ask::get::<Staff>);
    to.post::<route::AdminServerAct, _, _>(operate, servers::ask::post::<Staff>);
    to.post::<route::AdminServerWithdraw, _, _>(operate, servers::follow::withdraw::<Staff>);
    to.post::<route::AdminServerPassword, _, _>(operate, servers::follow::password::<Staff>);
    to.get::<route::AdminScheduleNew, _, _>(operate, servers::schedules::get_new::<Staff>);
    to.post::<route::AdminScheduleNew, _, _>(operate, servers::schedules::new::<Staff>);
    to.get::<route::AdminSchedule, _, _>(operate, servers::schedules::get::<Staff>);
    to.post::<route::AdminSchedule, _, _>(operate, servers::schedules::post::<Staff>);
    to.post::<route::AdminScheduleRest, _, _>(operate, servers::schedules::rest::<Staff>);
    to.post::<route::AdminScheduleDelete, _, _>(operate, servers::schedules::delete::<Staff>);
    let manage = Needs::Staff(ManageServers);
    to.get::<route::AdminServerGive, _, _>(manage, servers::staff::get_give);
    to.post::<route::AdminServerGive, _, _>(manage, servers::staff::give);
    to.get::<route::AdminServerLock, _, _>(manage, servers::staff::get_lock);
    to.post::<route::AdminServerLock, _, _>(manage, servers::staff::lock);
    to.post::<route::AdminServerUnlock, _, _>(manage, servers::staff::unlock);
    to.get::<route::AdminServerOffers, _, _>(manage, servers::offers::get);
    to.get::<route::AdminServerChecks, _, _>(Needs::Staff(SeeServers), servers::checks::get);
    to.post::<route::AdminServerChecks, _, _>(operate, servers::checks::start);
    to.post::<route::AdminServerChecksCancel, _, _>(operate, servers::checks::cancel_set);
    to.post::<route::AdminServerCheckAgain, _, _>(operate, servers::checks::again);
    to.post::<route::AdminServerCheckCancel, _, _>(operate, servers::checks::cancel);
    to.get::<route::AdminServerRemedy, _, _>(operate, servers::checks::remedy::get);
    to.post::<route::AdminServerRemedy, _, _>(operate, servers::checks::remedy::post);
}

/// Object storages.
fn all_storages(to: &mut impl Routes) {
    use guard::StaffPermission::{ManageContabo, ManageServers, SeeServers};
    use storages::{change, keys, list, show, staff};
    let (see, manage) = (Needs::Staff(SeeServers), Needs::Staff(ManageServers));
    to.get::<route::AdminStorages, _, _>(see, list::get::<Staff>);
    to.get::<route::AdminStorage, _, _>(see, show::get::<Staff>);
    to.post::<route::AdminStorageKeys, _, _>(manage, keys::post::<Staff>);
    to.get::<route::AdminStorageRenew, _, _>(manage, keys::get_renew::<Staff>);
    to.post::<route::AdminStorageRenew, _, _>(manage, keys::renew::<Staff>);
    to.get::<route::AdminStorageGive, _, _>(manage, staff::get_give);
    to.post::<route::AdminStorageGive, _, _>(manage, staff::give);
    to.get::<route::AdminStorageName, _, _>(manage, change::get_name);
    to.post::<route::AdminStorageName, _, _>(manage, change::name);
    to.get::<route::AdminStorageSize, _, _>(manage, change::get_size);
    to.post::<route::AdminStorageSize, _, _>(manage, change::size);
    to.get::<route::AdminStorageCancel, _, _>(manage, change::get_cancel);
    to.post::<route::AdminStorageCancel, _, _>(manage, change::cancel);
    to.post::<route::AdminStorageAllow, _, _>(Needs::Staff(ManageContabo), staff::allow);
}

/// Templates for cloud-init.
fn templates_of_servers(to: &mut impl Routes) {
    use guard::StaffPermission::{ManageServers, SeeServers};
    use templates::{archive::Archive, edit, list, new, preview, show};
    let (see, manage) = (Needs::Staff(SeeServers), Needs::Staff(ManageServers));
    to.get::<route::AdminTemplates, _, _>(see, list::get);
    to.get::<route::AdminTemplateNew, _, _>(manage, new::get);
    to.post::<route::AdminTemplateNew, _, _>(manage, new::post);
    to.get::<route::AdminTemplate, _, _>(see, show::get);
    to.get::<route::AdminTemplateEdit, _, _>(manage, edit::get);
    to.post::<route::AdminTemplateEdit, _, _>(manage, edit::post);
    to.get::<route::AdminTemplatePreview, _, _>(see, preview::get);
    to.post::<route::AdminTemplatePreview, _, _>(see, preview::post);
    to.get::<route::AdminTemplateArchive, _, _>(manage, confirm::ask::<Archive>);
    to.post::<route::AdminTemplateArchive, _, _>(manage, confirm::answer::<Archive>);
}

/// The staff's pages of customers, promises and the provider itself.
fn provider(to: &mut impl Routes) {
    use guard::StaffPermission::{
        ApproveMaintenance, ManageClientUsers, ManageClients, ManageCredits, ManageMaintenance, ManageReports,
        ManageSettings, ManageSlaProfiles, ManageStaff, SeeAudit, SeeClientUsers, SeeClients, SeeMail, SeeMaintenance,
        SeeReports, SeeSettings, SeeSlaProfiles, SeeStaff, SendMail,
    };
    use people::access::{self, ClientUsers, OnStaff};
    to.get::<route::AdminClients, _, _>(Needs::Staff(SeeClients), clients::list::get);
    to.get::<route::AdminClientNew, _, _>(Needs::Staff(ManageClients), clients::new::get);
    to.post::<route::AdminClientNew, _, _>(Needs::Staff(ManageClients), clients::new::post);
    to.get::<route::AdminClient, _, _>(Needs::Staff(SeeClients), clients::show::get);
    to.get::<route::AdminClientEdit, _, _>(Needs::Staff(ManageClients), clients::edit::get);
    to.post::<route::AdminClientEdit, _, _>(Needs::Staff(ManageClients), clients::edit::post);
    to.get::<route::AdminClientArchive, _, _>(Needs::Staff(ManageClients), confirm::ask::<clients::archive::Archive>);
    to.post::<route::AdminClientArchive, _, _>(
        Needs::Staff(ManageClients),
        confirm::answer::<clients::archive::Archive>,
    );
    to.get::<route::AdminClientRestore, _, _>(Needs::Staff(ManageClients), confirm::ask::<clients::archive::Restore>);
    to.post::<route::AdminClientRestore, _, _>(
        Needs::Staff(ManageClients),
        confirm::answer::<clients::archive::Restore>,
    );

    let (see, manage) = (Needs::Staff(SeeClientUsers), Needs::Staff(ManageClientUsers));
    to.get::<route::AdminClientUsers, _, _>(see, client_users::list::get);
    to.get::<route::AdminClientUserNew, _, _>(manage, client_users::new::get);
    to.post::<route::AdminClientUserNew, _, _>(manage, client_users::new::post);
    to.get::<route::AdminClientUser, _, _>(see, client_users::show::get);
    to.post::<route::AdminClientUserMemberships, _, _>(manage, client_users::memberships::post);
    to.get::<route::AdminClientUserReset, _, _>(manage, access::ask_reset::<ClientUsers>);
    to.post::<route::AdminClientUserReset, _, _>(manage, access::reset::<ClientUsers>);
    to.get::<route::AdminClientUserDisable, _, _>(manage, access::ask_disable::<ClientUsers>);
    to.post::<route::AdminClientUserDisable, _, _>(manage, access::disable::<ClientUsers>);
    to.get::<route::AdminClientUserEnable, _, _>(manage, access::ask_enable::<ClientUsers>);
    to.post::<route::AdminClientUserEnable, _, _>(manage, access::enable::<ClientUsers>);
    to.get::<route::AdminClientUserEndSessions, _, _>(manage, access::ask_end_sessions::<ClientUsers>);
    to.post::<route::AdminClientUserEndSessions, _, _>(manage, access::end_sessions::<ClientUsers>);

    let (see, manage) = (Needs::Staff(SeeStaff), Needs::Staff(ManageStaff));
    to.get::<route::AdminStaff, _, _>(see, staff::list::get);
    to.get::<route::AdminStaffNew, _, _>(manage, staff::new::get);
    to.post::<route::AdminStaffNew, _, _>(manage, staff::new::post);
    to.get::<route::AdminStaffUser, _, _>(see, staff::show::get);
    to.post::<route::AdminStaffUser, _, _>(manage, staff::show::post);
    to.get::<route::AdminStaffReset, _, _>(manage, access::ask_reset::<OnStaff>);
    to.post::<route::AdminStaffReset, _, _>(manage, access::reset::<OnStaff>);
    to.get::<route::AdminStaffDisable, _, _>(manage, access::ask_disable::<OnStaff>);
    to.post::<route::AdminStaffDisable, _, _>(manage, access::disable::<OnStaff>);
    to.get::<route::AdminStaffEnable, _, _>(manage, access::ask_enable::<OnStaff>);
    to.post::<route::AdminStaffEnable, _, _>(manage, access::enable::<OnStaff>);
    to.get::<route::AdminStaffEndSessions, _, _>(manage, access::ask_end_sessions::<OnStaff>);
    to.post::<route::AdminStaffEndSessions, _, _>(manage, access::end_sessions::<OnStaff>);
    to.get::<route::AdminStaffRemove, _, _>(manage, staff::remove::get);
    to.post::<route::AdminStaffRemove, _, _>(manage, staff::remove::post);

    let (see, manage) = (Needs::Staff(SeeSlaProfiles), Needs::Staff(ManageSlaProfiles));
    to.get::<route::AdminSlaProfiles, _, _>(see, sla_profiles::list::get);
    to.get::<route::AdminSlaProfileNew, _, _>(manage, sla_profiles::new::get);
    to.post::<route::AdminSlaProfileNew, _, _>(manage, sla_profiles::new::post);
    to.get::<route::AdminSlaProfile, _, _>(see, sla_profiles::show::get);
    to.get::<route::AdminSlaProfileEdit, _, _>(manage, sla_profiles::edit::get);
    to.post::<route::AdminSlaProfileEdit, _, _>(manage, sla_profiles::edit::post);
    to.get::<route::AdminSlaProfileArchive, _, _>(manage, confirm::ask::<sla_profiles::archive::Archive>);
    to.post::<route::AdminSlaProfileArchive, _, _>(manage, confirm::answer::<sla_profiles::archive::Archive>);

    let (see, manage) = (Needs::Staff(SeeReports), Needs::Staff(ManageReports));
    to.get::<route::AdminReports, _, _>(see, reports::list::get);
    to.get::<route::AdminReportBreaches, _, _>(see, reports::breaches::get);
    to.get::<route::AdminReportTroubles, _, _>(see, reports::troubles::get);
    to.post::<route::AdminReportTroubles, _, _>(manage, reports::troubles::post);
    // The files first: a page's pattern matches their names too.
    to.get::<route::AdminReportsPdf, _, _>(see, reports::show::pdf_of_month);
    to.get::<route::AdminReportPdf, _, _>(see, reports::show::pdf);
    to.get::<route::AdminReportCsv, _, _>(see, reports::show::csv);
    to.get::<route::AdminReportJson, _, _>(see, reports::show::json);
    to.get::<route::AdminReport, _, _>(see, reports::show::get);
    to.post::<route::AdminReportAgain, _, _>(manage, reports::again::post);
    to.post::<route::AdminShares, _, _>(manage, reports::show::share);
    to.post::<route::AdminUnshareMailed, _, _>(manage, reports::show::unshare_mailed);
    to.post::<route::AdminUnshare, _, _>(manage, reports::show::unshare);
    to.get::<route::AdminReportCredit, _, _>(Needs::Staff(ManageCredits), reports::credit::get);
    to.post::<route::AdminReportCredit, _, _>(Needs::Staff(ManageCredits), reports::credit::post);

    let (see, manage) = (Needs::Staff(SeeMaintenance), Needs::Staff(ManageMaintenance));
    to.get::<route::AdminMaintenance, _, _>(see, maintenance::list::get);
    to.get::<route::AdminWindowNew, _, _>(manage, maintenance::new::get);
    to.post::<route::AdminWindowNew, _, _>(manage, maintenance::new::post);
    let approve = Needs::Staff(ApproveMaintenance);
    // Before `{window}`, which `series` would be too.
    to.get::<route::AdminSeriesList, _, _>(see, maintenance::series::list);
    to.get::<route::AdminSeriesNew, _, _>(manage, maintenance::series::get_new);
    to.post::<route::AdminSeriesNew, _, _>(manage, maintenance::series::post_new);
    to.get::<route::AdminSeries, _, _>(see, maintenance::series::show);
    to.get::<route::AdminSeriesApprove, _, _>(approve, confirm::ask::<maintenance::series::Approve>);
    to.post::<route::AdminSeriesApprove, _, _>(approve, confirm::answer::<maintenance::series::Approve>);
    to.get::<route::AdminSeriesEnd, _, _>(manage, confirm::ask::<maintenance::series::End>);
    to.post::<route::AdminSeriesEnd, _, _>(manage, confirm::answer::<maintenance::series::End>);
    to.get::<route::AdminWindow, _, _>(see, maintenance::show::get);
    to.get::<route::AdminWindowEdit, _, _>(manage, maintenance::edit::get);
    to.post::<route::AdminWindowEdit, _, _>(manage, maintenance::edit::post);
    to.get::<route::AdminWindowEnd, _, _>(manage, confirm::ask::<maintenance::end::End>);
    to.post::<route::AdminWindowEnd, _, _>(manage, confirm::answer::<maintenance::end::End>);
    to.get::<route::AdminWindowApprove, _, _>(approve, maintenance::decide::ask::<maintenance::decide::Approve>);
    to.post::<route::AdminWindowApprove, _, _>(approve, maintenance::decide::answer::<maintenance::decide::Approve>);
    to.get::<route::AdminWindowWithdraw, _, _>(approve, maintenance::decide::ask::<maintenance::decide::Withdraw>);
    to.post::<route::AdminWindowWithdraw, _, _>(approve, maintenance::decide::answer::<maintenance::decide::Withdraw>);
    to.get::<route::AdminWindowCancel, _, _>(manage, maintenance::decide::ask::<maintenance::decide::Cancel>);
    to.post::<route::AdminWindowCancel, _, _>(manage, maintenance::decide::answer::<maintenance::decide::Cancel>);

    to.get::<route::AdminSettings, _, _>(Needs::Staff(SeeSettings), settings::get);
    to.post::<route::AdminSettings, _, _>(Needs::Staff(ManageSettings), settings::post);
    let (see, manage) = (Needs::Staff(SeeSettings), Needs::Staff(ManageSettings));
    to.get::<route::AdminBrand, _, _>(see, brand::get);
    to.post::<route::AdminBrand, _, _>(manage, brand::post);
    to.post::<route::AdminLogo, _, _>(manage, brand::post_logo);
    to.post::<route::AdminLogoRemove, _, _>(manage, brand::remove_logo);
    to.get::<route::AdminMetricsTokens, _, _>(see, metrics_tokens::get);
    to.post::<route::AdminMetricsTokens, _, _>(manage, metrics_tokens::post);
    to.get::<route::AdminMetricsTokenRevoke, _, _>(manage, confirm::ask::<metrics_tokens::Revoke>);
    to.post::<route::AdminMetricsTokenRevoke, _, _>(manage, confirm::answer::<metrics_tokens::Revoke>);
    to.get::<route::AdminMailSettings, _, _>(see, mail::settings::get);
    to.post::<route::AdminMailSettings, _, _>(manage, mail::settings::post);
    to.post::<route::AdminMailTest, _, _>(manage, mail::settings::test);
    to.get::<route::AdminMails, _, _>(Needs::Staff(SeeMail), mail::list::get);
    to.get::<route::AdminMail, _, _>(Needs::Staff(SeeMail), mail::show::get);
    to.post::<route::AdminMailAgain, _, _>(Needs::Staff(SendMail), mail::show::again);
    to.get::<route::AdminAudit, _, _>(Needs::Staff(SeeAudit), audit::get);
}

/// What the list is written into.
trait Routes {
    /// Adds one route. Call [`Routes::get`] or [`Routes::post`] instead.
    fn add<H, Args>(&mut self, method: Method, path: &'static str, needs: Needs, handler: H)
    where
        H: Handler<Args>,
        Args: FromRequest + 'static,
        H::Output: Responder + 'static;

    /// A page. It answers HEAD too, as monitors ask.
    fn get<R: Route, H, Args>(&mut self, needs: Needs, handler: H)
    where
        H: Handler<Args>,
        Args: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        self.add(Method::GET, R::PATH, needs, handler);
    }

    /// A change.
    fn post<R: Route, H, Args>(&mut self, needs: Needs, handler: H)
    where
        H: Handler<Args>,
        Args: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        self.add(Method::POST, R::PATH, needs, handler);
    }
}

/// A route as the walk sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteSpec {
    pub method: Method,
    /// With parameters in braces.
    pub path: &'static str,
    pub needs: Needs,
}

/// Every route, for the walk.
#[must_use]
pub fn list() -> Vec<RouteSpec> {
    struct List(Vec<RouteSpec>);
    impl Routes for List {
        fn add<H, Args>(&mut self, method: Method, path: &'static str, needs: Needs, _: H)
        where
            H: Handler<Args>,
            Args: FromRequest + 'static,
            H::Output: Responder + 'static,
        {
            self.0.push(RouteSpec { method, path, needs });
        }
    }
    let mut list = List(Vec::new());
    machines(&mut list);
    pages(&mut list);
    list.0
}

/// Registers every route, its guard before its handler. A path without the method asked for answers 405.
pub(super) fn register(config: &mut ServiceConfig, parts: Parts) {
    struct Register(Vec<(&'static str, Resource)>);
    impl Routes for Register {
        fn add<H, Args>(&mut self, method: Method, path: &'static str, needs: Needs, handler: H)
        where
            H: Handler<Args>,
            Args: FromRequest + 'static,
            H::Output: Responder + 'static,
        {
            let answers = if method == Method::GET {
                web::route().guard(actix_guard::Any(actix_guard::Get()).or(actix_guard::Head()))
            } else {
                web::method(method)
            };
            let route = answers
                .to(handler)
                .wrap(from_fn(move |request, next| guard::admit(needs, request, next)));
            let at = self.0.iter().position(|(known, _)| *known == path);
            let resource = match at {
                Some(at) => self.0.remove(at).1,
                None => web::resource(path),
            };
            self.0.push((path, resource.route(route)));
        }
    }
    let mut register = Register(Vec::new());
    machines(&mut register);
    if parts != Parts::WorkersOnly {
        pages(&mut register);
    }
    for (_, resource) in register.0 {
        config.service(resource);
    }
}
