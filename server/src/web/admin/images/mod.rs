//! The staff's pages of own images.

pub(in crate::web) mod form;

use actix_web::{HttpResponse, web};
use app::admin::{
    Subject,
    images::{
        Arrival,
        list::{ImageList, Room, Row},
        show::{Image as Shown, ImagePage},
    },
    things::delete::Doomed,
};
use entity::{ContaboAccountId, ContaboResourceId};
use leptos::prelude::*;

use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            actions::ThingAsked,
            orders::{self, Wanted},
            resources::{self, Image, ImageRoom, Mirrored, Thing},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self, tags,
            things::{
                self,
                delete::{Deletable, Deletion},
            },
        },
        guard::{Staff, StaffPermission},
        route,
    },
};

/// The entry of the navigation, of keys and tags too.
pub(in crate::web) const AT: &str = "images";

/// `GET /admin/images`.
pub(in crate::web) async fn list(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let accounts = things::accounts(&staff).await?;
    let rows = staff.tenant.rows();
    let found = resources::all::<Image>(&rows).await?.into_iter();
    let images = found.filter(|one| !one.thing.is_standard).map(|one| Row {
        href: route::AdminImage { image: one.id }.to_string(),
        account: accounts.name(one.account),
        system: format!("{} {}", one.thing.os_type, one.thing.version),
        arrival: arrival(&one.thing),
        name: one.thing.name,
        description: one.thing.description,
    });
    let images: Vec<Row> = images.collect();
    let rooms = resources::all::<ImageRoom>(&rows).await?.into_iter().map(|one| Room {
        account: accounts.name(one.account),
        images: one.thing.images,
        used: one.thing.used,
        size: one.thing.size,
    });
    let rooms: Vec<Room> = rooms.collect();
    let what_happens = things::happening(&staff, &board, Thing::Image, None).await?;
    let may_manage = staff.may(StaffPermission::ManageServers);
    let page = things::live_page(page.at(AT), &board, &what_happens, false);
    Ok(page.ok(move || {
        view! { <ImageList images=images rooms=rooms may_manage=may_manage what_happens=what_happens/> }
    }))
}

fn arrival(image: &Image) -> Arrival {
    Arrival {
        status: image.status.clone(),
        arrived: image.arrived,
        size: image.size,
        error: image.error.clone(),
    }
}

/// The own image with this id: Contabo's own have no page.
async fn find(staff: &Staff, id: ContaboResourceId) -> Result<Mirrored<Image>, Error> {
    let found = things::find::<Image>(staff, id).await?;
    match found.thing.is_standard {
        false => Ok(found),
        true => Err(Error::NotFound),
    }
}

/// `GET /admin/images/{image}`.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = find(&staff, *id).await?;
    let board = admin::board(&site, &staff).await?;
    let (account, image) = (found.account, found.thing);
    let happening = things::happening(&staff, &board, Thing::Image, Some((account, &image.id))).await?;
    let uses = uses(&staff, &board, account, &image.id, page.lang()).await?;
    let page = things::live_page(page.at(AT), &board, &happening, false);
    let shown = Shown {
        href: route::AdminImage { image: *id }.to_string(),
        account: things::accounts(&staff).await?.name(account),
        arrival: arrival(&image),
        uses,
        tags: tags::on(&staff.tenant.rows(), account, "image", &image.id).await?,
        may_manage: staff.may(StaffPermission::ManageServers),
        happening,
        contabo_id: image.id,
        name: image.name,
        description: image.description,
        system: image.os_type,
        version: image.version,
        created_at: image.created_at,
    };
    Ok(page.ok(move || view! { <ImagePage image=shown/> }))
}

/// What is made of an image: servers that are there, and orders that are not over.
async fn uses(
    staff: &Staff,
    board: &Snapshot,
    account: ContaboAccountId,
    image: &str,
    lang: app::text::Lang,
) -> Result<Vec<Subject>, Error> {
    let mut uses: Vec<Subject> = board
        .instances
        .values()
        .filter(|now| now.instance.contabo_account_id == account && now.details.image_id.as_deref() == Some(image))
        .map(|now| admin::instances::subject(now))
        .collect();
    uses.sort_by_cached_key(|one| one.name.to_lowercase());
    for row in orders::waiting(&staff.tenant.rows(), account).await? {
        if matches!(Wanted::of(&row), Ok(Wanted::Instance(instance)) if instance.image_id == image) {
            uses.push(Subject {
                name: lang.t_with("image-use-order", &[("name", row.display_name.into())]),
                href: route::AdminOrder { order: row.id }.to_string(),
            });
        }
    }
    Ok(uses)
}

impl Deletable for Image {
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion> {
        let image = found.id;
        if found.thing.is_standard {
            return None;
        }
        Some(Deletion {
            at: AT,
            doomed: Doomed::Image,
            name: found.thing.name.clone(),
            href: route::AdminImage { image }.to_string(),
            action: route::AdminImageDelete { image }.to_string(),
            list: route::AdminImages.to_string(),
            asked: ThingAsked::DeleteImage {
                image: found.thing.id.clone(),
                name: found.thing.name.clone(),
            },
        })
    }

    async fn uses(
        site: &Site,
        staff: &Staff,
        found: &Mirrored<Self>,
        lang: app::text::Lang,
    ) -> Result<Vec<Subject>, Error> {
        let board = admin::board(site, staff).await?;
        uses(staff, &board, found.account, &found.thing.id, lang).await
    }
}
