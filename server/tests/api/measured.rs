//! A provider's network in a few rows: a router, links on it, and what was measured. Nothing polls it.

use chrono::{DateTime, Duration, Utc};
use entity::{
    ClientId, LinkId, MaintenanceWindowId, RouterId, SlaProfileId, SlaProfileVersionId, TenantId, link, link::Faces,
    link_state, maintenance_window, router, sample, sample::LinkCondition, sla_profile, sla_profile_version,
};
use sea_orm::ActiveValue::Set;
use server::domain::links::{
    slot::{Counters, Latency, Sample, SampleState, Slot},
    store,
};

use crate::helpers::{TestApp, at_start};

/// The router's name, which no customer may read.
pub(crate) const ROUTER: &str = "secret-edge-1";

impl TestApp {
    /// A router without an address that answers.
    pub(crate) async fn add_router(&self, tenant: TenantId) -> RouterId {
        self.add_router_called(tenant, ROUTER).await
    }

    /// Another one in the north.
    pub(crate) async fn add_router_named(&self, name: &str) -> RouterId {
        self.add_router_called(self.north, name).await
    }

    async fn add_router_called(&self, tenant: TenantId, name: &str) -> RouterId {
        let id = RouterId::new();
        let rows = self.site.db.begin(tenant).await.unwrap();
        let row = router::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(id),
            name: Set(name.to_owned()),
            site: Set("Exchange".to_owned()),
            host: Set("192.0.2.1".to_owned()),
            port: Set(8729),
            tls: Set(router::TlsMode::Pin),
            pin_sha256: Set(None),
            ca_pem: Set(None),
            username: Set("mainstay".to_owned()),
            password_sealed: Set(Vec::new()),
            allow_challenge: Set(false),
            code_page: Set("windows-1252".to_owned()),
            listen: Set(true),
            enabled: Set(true),
            created_at: Set(at_start()),
            archived_at: Set(None),
        };
        rows.insert_all::<router::Entity, _>([row]).await.unwrap();
        rows.config_changed().await.unwrap();
        rows.commit().await.unwrap();
        self.site.board.refresh(tenant).await.unwrap();
        id
    }

    /// A link of 100 Mbit/s down and 40 up that has been active for 60 days, with 99.9 % promised.
    pub(crate) async fn add_link(&self, tenant: TenantId, client: ClientId, router: RouterId, name: &str) -> LinkId {
        self.add_link_with(tenant, client, router, name, |_| {}).await
    }

    /// The same with changes.
    pub(crate) async fn add_link_with(
        &self,
        tenant: TenantId,
        client: ClientId,
        router: RouterId,
        name: &str,
        change: impl FnOnce(&mut link::ActiveModel),
    ) -> LinkId {
        let id = LinkId::new();
        let rows = self.site.db.begin(tenant).await.unwrap();
        let profile = SlaProfileId::new();
        let row = sla_profile::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(profile),
            name: Set(format!("Gold for {name}")),
            current_version: Set(1),
            created_at: Set(at_start()),
            archived_at: Set(None),
        };
        rows.insert_all::<sla_profile::Entity, _>([row]).await.unwrap();
        let row = sla_profile_version::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(SlaProfileVersionId::new()),
            sla_profile_id: Set(profile),
            version: Set(1),
            uptime_micropercent: Set(99_900_000),
            latency_us: Set(Some(20_000)),
            jitter_us: Set(Some(3_000)),
            loss_micropercent: Set(Some(500_000)),
            service_hours: Set(None),
            unreachable_is: Set(sla_profile_version::UnreachableIs::Unknown),
            disabled_is: Set(sla_profile_version::DisabledIs::Excluded),
            measured_by: Set(sla_profile_version::MeasuredBy::Slots),
            percentile_of: Set(sla_profile_version::PercentileOf::Greater),
            credit_tiers: Set(None),
            credit_most_micropercent: Set(None),
            created_at: Set(at_start()),
            created_by: Set(None),
        };
        rows.insert_all::<sla_profile_version::Entity, _>([row]).await.unwrap();
        let mut row = link::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(id),
            client_id: Set(client),
            router_id: Set(router),
            name: Set(name.to_owned()),
            reference: Set(Some("NB-1".to_owned())),
            kind: Set("ILL".to_owned()),
            interface_name: Set(format!("ether7-secret-{name}")),
            interface_id: Set(None),
            default_name: Set(None),
            faces: Set(Faces::Customer),
            committed_down_bps: Set(100_000_000),
            committed_up_bps: Set(40_000_000),
            sla_profile_id: Set(Some(profile)),
            monthly_fee_minor: Set(None),
            ping_target: Set(Some("198.51.100.77".to_owned())),
            activated_at: Set(Some(at_start() - Duration::days(60))),
            deactivated_at: Set(None),
            created_at: Set(at_start()),
            archived_at: Set(None),
        };
        change(&mut row);
        rows.insert_all::<link::Entity, _>([row]).await.unwrap();
        rows.config_changed().await.unwrap();
        rows.commit().await.unwrap();
        self.site.board.refresh(tenant).await.unwrap();
        id
    }

    /// A sample in each slot of the last `slots` that are over: up, but for those that `state` says are not.
    pub(crate) async fn add_samples(
        &self,
        tenant: TenantId,
        link: LinkId,
        slots: i32,
        state: impl Fn(i32) -> Option<SampleState>,
    ) {
        let over = Slot::from_instant(self.site.clock.now()).plus(-1);
        let rows = (0..slots).filter_map(|back| Some((over.plus(-back), state(back)?)));
        let rows = rows.map(|(slot, state)| {
            let up = state == SampleState::Up;
            let sample = Sample {
                counters: Counters {
                    rx_octets: up.then_some(37_500_000),
                    tx_octets: up.then_some(375_000_000),
                    ..Counters::default()
                },
                rate_seconds: up.then_some(300),
                latency: up.then_some(Latency {
                    min_us: 3_000,
                    avg_us: 4_000,
                    max_us: 5_000,
                }),
                probes_sent: 5,
                probes_received: if up { 5 } else { 0 },
                ..Sample::new(slot, state)
            };
            store::to_row(tenant, link, &sample)
        });
        let rows: Vec<_> = rows.collect();
        for part in rows.chunks(500) {
            let tenant = self.site.db.tenant(tenant);
            tenant.insert_all::<sample::Entity, _>(part.to_vec()).await.unwrap();
        }
    }

    /// What the collector would store after a poll, seen by this process at once.
    pub(crate) async fn set_state(&self, tenant: TenantId, link: LinkId, state: LinkCondition, since: DateTime<Utc>) {
        let now = self.site.clock.now();
        let rows = self.site.db.begin(tenant).await.unwrap();
        let seq = rows.next_seq().await.unwrap();
        let up = state == LinkCondition::Up;
        let row = link_state::ActiveModel {
            tenant_id: Set(tenant),
            link_id: Set(link),
            state: Set(state),
            since: Set(since),
            known: Set(None),
            edge_at: Set(None),
            problem: Set(None),
            slot: Set(Some(i64::from(Slot::from_instant(now).plus(-1).number()))),
            sampled_at: Set(Some(now)),
            rx_bps: Set(up.then_some(1_000_000)),
            tx_bps: Set(up.then_some(64_000_000)),
            rates_at: Set(Some(now)),
            latency_us: Set(up.then_some(4_270)),
            sent: Set(Some(5)),
            received: Set(Some(if up { 5 } else { 0 })),
            reading: Set(None),
            seq: Set(seq),
        };
        rows.upsert_all::<link_state::Entity, _>([row], &[link_state::Column::LinkId])
            .await
            .unwrap();
        rows.commit().await.unwrap();
        self.site.board.refresh(tenant).await.unwrap();
    }

    /// Planned work on everything.
    pub(crate) async fn add_maintenance(&self, tenant: TenantId, title: &str, from: DateTime<Utc>, to: DateTime<Utc>) {
        let rows = self.site.db.begin(tenant).await.unwrap();
        let row = maintenance_window::ActiveModel {
            id: Set(MaintenanceWindowId::new()),
            title: Set(title.to_owned()),
            notes: Set("Notes that no customer may read".to_owned()),
            starts_at: Set(from),
            ends_at: Set(to),
            created_by: Set(None),
            created_at: Set(at_start()),
            approved_at: Set(Some(at_start())),
            cancelled_at: Set(None),
            ..Default::default()
        };
        rows.insert::<maintenance_window::Entity, _>(row).await.unwrap();
        rows.config_changed().await.unwrap();
        rows.commit().await.unwrap();
        self.site.board.refresh(tenant).await.unwrap();
    }
}
