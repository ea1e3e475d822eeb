//! Lists: pages, order, filters; and that a long list costs a page.

use std::time::Instant;

use fakes::contabo::{AccountSpec, ContaboSpec, FakeContabo, Seed};
use serde_json::json;

use crate::client::Client;
use crate::contabo;

const INSTANCES: &str = "/v1/compute/instances";

#[tokio::test]
async fn a_list_comes_in_pages_with_links_that_are_empty_where_there_is_none() {
    let contabo = contabo(Seed::Empty, 25).await;
    let client = Client::of(&contabo).await;
    let first = client.get(INSTANCES).await;
    let expected = json!({ "size": 10, "totalElements": 25, "totalPages": 3, "page": 1 });
    assert_eq!(first.body["_pagination"], expected);
    assert_eq!(first.body["_links"]["previous"], "");
    assert_eq!(first.body["_links"]["next"], "/v1/compute/instances?page=2");
    let last = client.get(&format!("{INSTANCES}?page=3")).await;
    assert_eq!((last.data().len(), last.body["_links"]["next"].as_str()), (5, Some("")));
    let beyond = client.get(&format!("{INSTANCES}?page=4")).await;
    assert_eq!((beyond.status, beyond.data().len()), (200, 0));
    let zero = client.get(&format!("{INSTANCES}?page=0&size=100")).await;
    assert_eq!(zero.data().len(), 25);
    for wrong in ["size=101", "size=0", "page=x", "orderBy=name:UP"] {
        assert_eq!(client.get(&format!("{INSTANCES}?{wrong}")).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn instances_are_sorted_and_chosen_by_what_they_are() {
    let contabo = contabo(Seed::Demo, 0).await;
    let client = Client::of(&contabo).await;
    let names = async |query: &str| {
        let reply = client.get(&format!("{INSTANCES}?size=100&{query}")).await;
        let names = reply.data().iter().filter_map(|row| row["displayName"].as_str());
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(names("").await.len(), 15);
    let sorted = names("orderBy=displayName:DESC").await;
    assert_eq!((sorted[0].as_str(), sorted[14].as_str()), ("web-02", "backup"));
    assert_eq!(names("displayName=web").await, ["web-01", "web-02"]);
    assert_eq!(names("status=rescue").await, ["build-01"]);
    assert_eq!(names("status=provisioning&ipConfig=false").await, ["edge-aus"]);
    assert_eq!(names("productTypes=vds").await, ["erp"]);
    assert_eq!(names("productIds=V45,V9").await, ["legacy-shop", "erp"]);
    assert_eq!(names("region=SIN").await, ["edge-sin"]);
    assert_eq!(names("addOnIds=1477&orderBy=displayName:ASC").await.len(), 5);
    assert_eq!(names("search=OFFICE").await, ["office-rdp"]);
    assert_eq!(names("suspended=true").await.len(), 0);
    // An empty filter does not filter.
    assert_eq!(names("displayName=").await.len(), 15);
}

#[tokio::test]
async fn five_thousand_instances_are_listed_at_the_price_of_a_page() {
    let started = Instant::now();
    let account = AccountSpec {
        instances: 5_000,
        ..AccountSpec::default()
    };
    let spec = ContaboSpec {
        accounts: vec![account],
        ..ContaboSpec::default()
    };
    let contabo = FakeContabo::start(spec).await.expect("it starts");
    let client = Client::of(&contabo).await;
    let (mut seen, listed) = (std::collections::HashSet::new(), Instant::now());
    for page in 1..=50 {
        let reply = client.get(&format!("{INSTANCES}?size=100&page={page}")).await;
        seen.extend(reply.data().iter().filter_map(|row| row["instanceId"].as_i64()));
    }
    assert_eq!(seen.len(), 5_000);
    eprintln!("made in {:?}, 50 pages in {:?}", listed - started, listed.elapsed());
}

#[tokio::test]
async fn two_accounts_see_nothing_of_each_other() {
    let other = AccountSpec {
        client_id: "DE-777".to_owned(),
        ..AccountSpec::default()
    };
    let spec = ContaboSpec {
        accounts: vec![AccountSpec::default(), other],
        ..ContaboSpec::default()
    };
    let contabo = FakeContabo::start(spec).await.expect("it starts");
    contabo.panel_of(1).new_instance("theirs", "V153", "EU");
    let client = Client::of(&contabo).await;
    assert_eq!(client.get(INSTANCES).await.data().len(), 0);
    assert_eq!(contabo.panel_of(1).instance_ids().len(), 1);
    let asked = contabo.requests();
    assert!(
        asked
            .iter()
            .all(|request| request.client_id.as_deref() == Some("INT-54321"))
    );
}

#[tokio::test]
async fn reverse_names_are_asked_for_by_customer_or_address() {
    let contabo = contabo(Seed::Demo, 0).await;
    let client = Client::of(&contabo).await;
    assert_eq!(client.get("/v1/dns/ptrs").await.status, 400);
    let ip = contabo
        .panel()
        .find("mail")
        .and_then(|instance| instance.v4)
        .expect("it has one");
    let reply = client.get(&format!("/v1/dns/ptrs?ips={ip}")).await;
    assert_eq!(reply.data().len(), 1);
    let all = client.get("/v1/dns/ptrs?customerId=54321&size=100").await;
    assert_eq!(all.data().len(), 15);
}
