//! The staff's pages of keys and passwords at Contabo. What a password is goes to Contabo and is shown nowhere.

pub(in crate::web) mod form;

use actix_web::{HttpResponse, web};
use app::admin::{
    secrets::{
        Sort,
        list::{Row, SecretList},
    },
    things::delete::Doomed,
};
use leptos::prelude::*;

use super::images::AT;
use crate::{
    domain::contabo::{
        actions::ThingAsked,
        resources::{self, Mirrored, Secret, Thing},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self,
            things::{
                self,
                delete::{Deletable, Deletion},
            },
        },
        guard::{Staff, StaffPermission},
        route,
    },
};

/// `GET /admin/secrets`.
pub(in crate::web) async fn list(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let accounts = things::accounts(&staff).await?;
    let found = resources::all::<Secret>(&staff.tenant.rows()).await?;
    let rows = found.into_iter().map(|one| Row {
        href: format!("{}/{}", route::AdminSecrets, one.id),
        account: accounts.name(one.account),
        sort: sort(&one.thing),
        fingerprint: one.thing.fingerprint,
        created_at: one.thing.created_at,
        changed_at: one.thing.updated_at,
        name: one.thing.name,
    });
    let rows: Vec<Row> = rows.collect();
    let what_happens = things::happening(&staff, &board, Thing::Secret, None).await?;
    let may_manage = staff.may(StaffPermission::ManageServers);
    let page = things::live_page(page.at(AT), &board, &what_happens, false);
    Ok(page.ok(move || view! { <SecretList secrets=rows may_manage=may_manage what_happens=what_happens/> }))
}

fn sort(secret: &Secret) -> Sort {
    match secret.kind.as_str() {
        "ssh" => Sort::Key,
        "password" => Sort::Password,
        other => Sort::Other(other.to_owned()),
    }
}

impl Deletable for Secret {
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion> {
        let secret = found.id;
        Some(Deletion {
            at: AT,
            doomed: Doomed::Secret,
            name: found.thing.name.clone(),
            href: route::AdminSecrets.to_string(),
            action: route::AdminSecretDelete { secret }.to_string(),
            list: route::AdminSecrets.to_string(),
            asked: ThingAsked::DeleteSecret {
                secret: found.thing.id,
                name: found.thing.name.clone(),
            },
        })
    }
}
