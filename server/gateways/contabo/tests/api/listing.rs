//! Lists that are longer than a page, and that change while they are read.

use crate::server::{Server, instances, ok, status, text};
use contabo::{
    ApiPermissionFilter, AuditFilter, AuditList, Client, Error, InstanceFilter, InstanceId, InstanceStatus, PageRequest,
};
use serde_json::json;
use std::sync::Mutex;

fn ids(list: &[contabo::Instance]) -> Vec<i64> {
    list.iter().map(|instance| instance.instance_id.0).collect()
}

#[tokio::test]
async fn all_pages_are_read_with_a_hundred_things_each() {
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| {
            let page = seen.page();
            let first = i64::try_from(page - 1).unwrap() * 100;
            let last = (first + 100).min(250);
            instances(&(first..last).collect::<Vec<_>>(), page, 3, 250)
        })
    })
    .await;
    let filter = InstanceFilter {
        status: Some(InstanceStatus::Running),
        instance_ids: vec![InstanceId(1), InstanceId(2)],
        ..InstanceFilter::default()
    };
    let list = server.client().instances().list(&filter).await.unwrap();
    assert_eq!(ids(&list), (0..250).collect::<Vec<_>>());
    let queries: Vec<_> = server.asked().iter().map(|seen| seen.query.clone()).collect();
    assert_eq!(queries.len(), 3);
    assert_eq!(queries[2], "instanceIds=1%2C2&status=running&page=3&size=100");
}

#[tokio::test]
async fn one_page_says_where_it_stands() {
    let server = Server::start(|seen| (seen.path != "/token").then(|| instances(&[7], 2, 5, 41))).await;
    let request = PageRequest { number: 2, size: 10 };
    let page = server
        .client()
        .instances()
        .page(&InstanceFilter::default(), request)
        .await
        .unwrap();
    assert_eq!((page.number, page.pages, page.total), (2, Some(5), Some(41)));
    assert_eq!(server.asked()[0].query, "page=2&size=10");
}

#[tokio::test]
async fn a_new_thing_that_moves_the_pages_is_not_listed_twice() {
    // Before the second page is read, 9 came in at the front.
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| match (seen.before, seen.page()) {
            (0, _) => instances(&[1, 2], 1, 2, 4),
            (1, _) => instances(&[2, 3], 2, 3, 5),
            (2, _) => instances(&[4], 3, 3, 5),
            (_, 1) => instances(&[9, 1], 1, 3, 5),
            (_, 2) => instances(&[2, 3], 2, 3, 5),
            (_, _) => instances(&[4], 3, 3, 5),
        })
    })
    .await;
    let list = server
        .client()
        .instances()
        .list(&InstanceFilter::default())
        .await
        .unwrap();
    assert_eq!(ids(&list), [9, 1, 2, 3, 4]);
}

#[tokio::test]
async fn a_deleted_thing_that_moves_the_pages_hides_no_other() {
    // After the first page 1 is gone, so 3 slips to the page that was read already.
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| match (seen.before, seen.page()) {
            (0, _) => instances(&[1, 2], 1, 2, 4),
            (1, _) => instances(&[4], 2, 2, 3),
            (_, 1) => instances(&[2, 3], 1, 2, 3),
            (_, _) => instances(&[4], 2, 2, 3),
        })
    })
    .await;
    let list = server
        .client()
        .instances()
        .list(&InstanceFilter::default())
        .await
        .unwrap();
    assert_eq!(ids(&list), [2, 3, 4]);
}

#[tokio::test]
async fn a_list_that_never_holds_still_is_read_three_times_and_loses_nothing() {
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| {
            let n = i64::try_from(seen.before).unwrap();
            instances(&[1, 100 + n], 1, 1, 50)
        })
    })
    .await;
    let list = server
        .client()
        .instances()
        .list(&InstanceFilter::default())
        .await
        .unwrap();
    assert_eq!(ids(&list), [1, 100, 101, 102]);
}

#[tokio::test]
async fn counts_that_make_no_sense_do_not_loop() {
    // Always the same page, and a million of them promised.
    let server = Server::start(|seen| (seen.path != "/token").then(|| instances(&[1, 2], 1, 1_000_000, 2))).await;
    let list = server
        .client()
        .instances()
        .list(&InstanceFilter::default())
        .await
        .unwrap();
    assert_eq!((ids(&list), server.asked().len()), (vec![1, 2], 2));

    // No pages, it says, and yet there is something.
    let server = Server::start(|seen| (seen.path != "/token").then(|| instances(&[1], 1, 0, 1))).await;
    let list = server
        .client()
        .instances()
        .list(&InstanceFilter::default())
        .await
        .unwrap();
    assert_eq!((ids(&list), server.asked().len()), (vec![1], 1));

    // Without end.
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| instances(&[i64::try_from(seen.page()).unwrap()], 1, 1_000_000, 1_000_000))
    })
    .await;
    let mut options = server.options();
    options.most_pages = 20;
    let client = Client::new(crate::server::account(), options).unwrap();
    let error = client.instances().list(&InstanceFilter::default()).await.unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error:?}");
    assert_eq!(server.asked().len(), 20);
}

#[tokio::test]
async fn a_list_without_page_counts_ends_with_a_page_that_is_not_full() {
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| {
            let number = if seen.page() == 1 { 100 } else { 3 };
            let page = seen.page();
            let names = (0..number).map(|n| json!({"apiName": format!("{page}/{n}")}));
            ok(&json!({"data": names.collect::<Vec<_>>(), "_links": {}}))
        })
    })
    .await;
    let list = server
        .client()
        .roles()
        .permissions(&ApiPermissionFilter::default())
        .await
        .unwrap();
    assert_eq!((list.len(), server.asked().len()), (103, 2));
}

#[tokio::test]
async fn a_page_that_fails_fails_the_list() {
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| match seen.page() {
            1 => instances(&[1], 1, 2, 2),
            _ => status(403, &json!({"message": "no"})),
        })
    })
    .await;
    let error = server
        .client()
        .instances()
        .list(&InstanceFilter::default())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Refused { status: 403, .. }), "{error:?}");
}

#[tokio::test]
async fn what_is_no_list_is_not_an_empty_one() {
    for body in [
        "",
        "{}",
        "[]",
        "<html>",
        r#"{"data":null}"#,
        r#"{"data":"x"}"#,
        r#"{"data":[7]}"#,
    ] {
        let server = Server::start(move |seen| (seen.path != "/token").then(|| text(200, body))).await;
        let error = server
            .client()
            .instances()
            .list(&InstanceFilter::default())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unreadable { .. }), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn audits_are_found_by_the_number_of_a_request() {
    let number = contabo::RequestId::random();
    let wanted = Mutex::new(None);
    let server = Server::start(move |seen| {
        (seen.path != "/token").then(|| {
            *wanted.lock().unwrap() = Some(seen.query.clone());
            ok(
                &json!({"data": [{"id": 5, "action": "CREATED", "instanceId": 7, "requestId": number.to_string()}],
                       "_pagination": {"totalPages": 1, "totalElements": 1}}),
            )
        })
    })
    .await;
    let filter = AuditFilter {
        request_id: Some(number),
        subject: Some("7".to_owned()),
        ..AuditFilter::default()
    };
    let found = server
        .client()
        .audits()
        .list(AuditList::Instances, &filter)
        .await
        .unwrap();
    assert_eq!(found[0].subject(AuditList::Instances), Some("7"));
    let asked = &server.asked()[0];
    assert_eq!(asked.path, "/v1/compute/instances/audits");
    assert_eq!(asked.parameter("requestId"), number.to_string());
    assert_eq!(asked.parameter("instanceId"), "7");
}
