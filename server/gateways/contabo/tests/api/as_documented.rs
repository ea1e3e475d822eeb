//! The requests of every operation beside Contabo's own description, where that is at hand: Prism says what it finds
//! wrong with them. What it finds wrong with the scripted answers counts for nothing.

use crate::every_operation::{everything, everything_is_asked};
use crate::server::{Server, ok};
use fakes::prism::{Prerequisites, Prism, violations};
use serde_json::Value;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_are_as_contabo_describes_them() {
    let needs = match Prerequisites::for_contabo() {
        Ok(needs) => needs,
        Err(missing) => {
            eprintln!("SKIPPED: requests are NOT compared with Contabo's description. {missing}");
            return;
        }
    };
    let server = Server::start(|seen| (seen.path != "/token").then(|| ok(&everything()))).await;
    everything_is_asked(&server.client()).await.unwrap();
    let prism = Prism::start(&needs, server.url("").as_str().trim_end_matches('/'))
        .await
        .unwrap();
    let http = reqwest::Client::new();
    let mut wrong = Vec::new();
    let asked = server.asked();
    assert!(asked.len() >= 155);
    for seen in asked {
        let method = seen.method.parse::<reqwest::Method>().unwrap();
        let query = if seen.query.is_empty() { "" } else { "?" };
        let url = format!("{}{}{query}{}", prism.address(), seen.path, seen.query);
        let mut request = http.request(method, url);
        for name in ["authorization", "x-request-id", "content-type"] {
            if !seen.header(name).is_empty() {
                request = request.header(name, seen.header(name));
            }
        }
        let answer = request.body(seen.body.clone()).send().await.unwrap();
        let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default();
        let of_request = violations(&body)
            .into_iter()
            .filter(|text| !text.starts_with("response"));
        wrong.extend(of_request.map(|text| format!("{} {}: {text}", seen.method, seen.path)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
