//! `GET /admin/servers/bulk/came`: how far it is with what was asked of several servers at once. Its address says which
//! actions these are, and what was refused of which server.

use actix_web::{HttpResponse, web};
use app::admin::{
    Subject,
    instances::{
        bulk::What,
        came::{BulkResult, Came, LIVE, Outcome, Refusal},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{ActionId, InstanceId};
use leptos::prelude::*;
use uuid::Uuid;

use super::bulk::{MOST, what};
use crate::{
    domain::{board::Snapshot, contabo::actions, typed::Typed},
    site::Site,
    web::{
        Error, Page, admin,
        guard::Staff,
        live, route, see_other,
        servers::words::{end_of, stage_of},
    },
};

/// Characters of an id in the address.
const SHORT: usize = 22;

/// Seconds after which a browser without scripts asks again.
const ASK_AGAIN: u8 = 5;

/// Where it stands what came of these. A hundred of them fit into the head of an answer as small as proxies take it,
/// some 4,000 bytes: each is written in 22 characters.
pub(super) fn address(what: What, found: &[(InstanceId, Result<ActionId, Refusal>)]) -> String {
    let (mut asked, mut refused) = (Vec::new(), Vec::new());
    for (server, came) in found {
        match came {
            Ok(action) => asked.push(short(action.0)),
            Err(refusal) => refused.push(short(server.0) + refusal.name()),
        }
    }
    let pairs = [
        ("do", what.name().to_owned()),
        ("asked", asked.join(".")),
        ("refused", refused.join(".")),
    ];
    let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
    format!("{}?{query}", route::AdminServersBulkCame)
}

fn short(id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(id)
}

/// The id at the beginning, and what follows it.
fn long(text: &str) -> Option<(Uuid, &str)> {
    let (id, rest) = text.split_at_checked(SHORT)?;
    let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
    Some((Uuid::from_slice(&bytes).ok()?, rest))
}

/// What came of a server. One that is not the tenant's has no name here.
pub(super) fn outcome(board: &Snapshot, id: InstanceId, came: Came) -> Outcome {
    let server = board.instances.get(&id).map(|now| super::subject(now));
    let server = server.unwrap_or_else(|| Subject {
        name: id.to_string(),
        href: route::AdminServers.to_string(),
    });
    Outcome { server, came }
}

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    query: web::Query<Vec<(String, String)>>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let typed = Typed::new(query.into_inner());
    let Some(what) = what(&staff, &typed)? else {
        return Ok(see_other(route::AdminServers));
    };
    let parts = |field| typed.get(field).split('.').filter_map(long).take(MOST);
    let asked = parts("asked").map(|(id, _)| ActionId(id)).collect();
    let asked = actions::by_ids(&staff.tenant.rows(), asked).await?;
    let is_open = asked.iter().any(|row| row.ended_at.is_none());
    let asked = asked.iter().filter_map(|row| {
        let came = Came::Asked(end_of(row), stage_of(row));
        Some(outcome(&board, row.instance_id?, came))
    });
    let refused = parts("refused").filter_map(|(id, why)| {
        let refusal = Refusal::named(why)?;
        Some(outcome(&board, InstanceId(id), Came::Refused(refusal)))
    });
    let outcomes: Vec<Outcome> = asked.chain(refused).collect();
    let mut page = page
        .at("servers")
        .live(live::admin(live::Subject::Servers, &board, &[LIVE], &[]));
    if is_open {
        page = page.again_after(ASK_AGAIN);
    }
    Ok(page.ok(move || view! { <BulkResult what=what outcomes=outcomes/> }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_servers_fit_into_an_address_and_are_read_from_it() {
        let found: Vec<_> = (0..MOST)
            .map(|_| (InstanceId::new(), Err(Refusal::AlreadyAsked)))
            .collect();
        let refused = address(What::Restart, &found);
        assert!(refused.len() < 3_000, "{}", refused.len());
        let (_, last) = refused.rsplit_once('.').unwrap();
        assert_eq!(long(last), Some((found[MOST - 1].0.0, "same")));
        assert_eq!(Refusal::named("same"), Some(Refusal::AlreadyAsked));
        for odd in ["", "short", "ä".repeat(22).as_str(), "!".repeat(22).as_str()] {
            assert_eq!(long(odd), None);
        }
    }
}
