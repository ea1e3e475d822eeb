//! `POST /admin/things/{thing}/tie`: puts a server into a network or behind a firewall, or notes an address for it.

use actix_web::{HttpResponse, web};
use entity::{ContaboResourceId, InstanceId, contabo_resource};

use super::refusal;
use crate::{
    domain::{
        contabo::{
            actions::{self, Ask, Asked},
            resources::Thing,
        },
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, firewalls, networks},
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, lang) = (*id, page.lang());
    let row = staff.tenant.rows().get::<contabo_resource::Entity>(id).await?;
    let row = row.filter(|row| row.gone_at.is_none()).ok_or(Error::NotFound)?;
    let (thing, name) = (row.contabo_id.clone(), String::new());
    let (asked, href) = match Thing::named(&row.kind) {
        Some(Thing::PrivateNetwork) => {
            let network = thing.parse().map_err(|_| Error::NotFound)?;
            let href = route::AdminNetwork { network: id }.to_string();
            (Asked::JoinNetwork { network, name }, href)
        }
        Some(Thing::Firewall) => {
            let href = route::AdminFirewall { firewall: id }.to_string();
            (Asked::JoinFirewall { firewall: thing, name }, href)
        }
        Some(Thing::Vip) => {
            let href = route::AdminAddress { address: id }.to_string();
            (Asked::AssignVip { vip: thing, ip: name }, href)
        }
        _ => return Err(Error::NotFound),
    };
    let board = admin::board(&site, &staff).await?;
    let instance: Option<InstanceId> = typed.get("server").parse().ok();
    let now = instance.and_then(|id| board.instances.get(&id));
    let now = now.filter(|now| now.instance.contabo_account_id == row.contabo_account_id);
    let refused = match now {
        None => lang.t("not-a-choice").to_owned(),
        Some(now) => {
            let ask = Ask {
                instance: now.instance.id,
                client: None,
                asked,
                actor: &staff.actor(),
            };
            let (tenant, at) = (staff.tenant.tenant.id, site.clock.now());
            match actions::ask(&site.db, &site.keyring, tenant, at, ask).await {
                Ok(_) => {
                    admin::refresh(&site, &staff).await?;
                    site.jobs.nudge();
                    return Ok(see_other_telling(href, "done-thing-asked"));
                }
                Err(error) => refusal(lang, error)?,
            }
        }
    };
    match Thing::named(&row.kind) {
        Some(Thing::PrivateNetwork) => networks::show::show(&site, &staff, id, page, Some(refused)).await,
        Some(Thing::Firewall) => firewalls::show(&site, &staff, id, page, Some(refused)).await,
        _ => networks::addresses::show(&site, &staff, id, page, Some(refused)).await,
    }
}
