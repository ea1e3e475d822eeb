//! `GET /admin/clients/{client}`

use actix_web::{HttpResponse, web};
use app::{
    admin::clients::show::{Client, ClientPage, Hrefs, LinkRow},
    text::Lang,
};
use entity::{ClientId, client};
use leptos::prelude::*;

use crate::{
    domain::{
        board::Snapshot,
        identity::StaffPermission,
        links::status::{Status, standing},
        people::{
            self,
            list::{Of, Query},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{board, log_of, people::row_at, recent_entries},
        guard::Staff,
        route,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ClientId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let client = board.clients.get(&id).ok_or(Error::NotFound)?;
    let rows = staff.tenant.rows();
    let users = people::list::list(
        people::of_client(&rows, client.id).await?,
        Of::Client(client.id),
        &Query::default(),
    );
    let users = users.into_iter().map(|person| row_at(person, client.id)).collect();
    let entries = match staff.may(StaffPermission::SeeAudit) {
        true => Some(recent_entries(&rows, &board, client.id.0).await?),
        false => None,
    };
    let links = links(&board, &site, client.id, page.lang());
    let hrefs = hrefs(&staff, &board, client);
    let shown = Client {
        name: client.name.clone(),
        reference: client.reference.clone(),
        notes: client.notes.clone(),
        created_at: client.created_at,
        archived_at: client.archived_at,
    };
    Ok(page.at("clients").ok(move || {
        view! { <ClientPage client=shown links=links users=users entries=entries hrefs=hrefs/> }
    }))
}

/// Its links that are not archived, what is wrong first.
fn links(board: &Snapshot, site: &Site, client: ClientId, lang: Lang) -> Vec<LinkRow> {
    let now = site.clock.now();
    let links = board
        .links
        .values()
        .filter(|link| link.link.client_id == client && link.link.archived_at.is_none());
    let mut links: Vec<_> = links.map(|link| (standing(board, link, now), link)).collect();
    links.sort_by(|(a, link), (b, other)| (a.status, &link.link.name).cmp(&(b.status, &other.link.name)));
    links
        .into_iter()
        .map(|(standing, link)| LinkRow {
            href: route::AdminLink { link: link.link.id }.to_string(),
            name: link.link.name.clone(),
            kind: link.link.kind.clone(),
            state: super::state(standing.status),
            word: (standing.status == Status::Inactive).then(|| lang.t("clients-links-idle").into()),
            since: standing.since,
        })
        .collect()
}

fn hrefs(staff: &Staff, board: &Snapshot, client: &client::Model) -> Hrefs {
    let (client, is_active) = (client.id, client.archived_at.is_none());
    let manages = staff.may(StaffPermission::ManageClients);
    Hrefs {
        edit: manages.then(|| route::AdminClientEdit { client }.to_string()),
        archive: (manages && is_active).then(|| route::AdminClientArchive { client }.to_string()),
        restore: (manages && !is_active).then(|| route::AdminClientRestore { client }.to_string()),
        add_link: (is_active && staff.may(StaffPermission::ManageLinks))
            .then(|| format!("{}?client={client}", route::AdminLinkNew)),
        add_user: (is_active && staff.may(StaffPermission::ManageClientUsers))
            .then(|| format!("{}?client={client}", route::AdminClientUserNew)),
        reports: staff
            .may(StaffPermission::SeeReports)
            .then(|| format!("{}?client={client}", route::AdminReports)),
        features: (board.has_contabo && staff.may(StaffPermission::ManageServers))
            .then(|| route::AdminClientFeatures { client }.to_string()),
        audit: staff.may(StaffPermission::SeeAudit).then(|| log_of(client.0)),
    }
}
