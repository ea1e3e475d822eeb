//! The staff's pages of tags at Contabo, and what puts them on things and takes them off.

pub(in crate::web) mod form;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        Subject,
        tags::{
            list::{Row, TagList},
            show::{Tag as Shown, TagPage, Tagged as ShownOn},
        },
        things::delete::Doomed,
    },
    text::Lang,
};
use entity::{ContaboAccountId, ContaboResourceId, Tenant};
use leptos::prelude::*;

use super::images::AT;
use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            actions::ThingAsked,
            resources::{self, Image, Mirrored, Storage, Tag, Tagged, Thing},
        },
        typed::Typed,
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
        route, see_other_telling,
    },
};

/// The tags that a thing of an account has, with their pages.
pub(in crate::web) async fn on(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    kind: &str,
    contabo_id: &str,
) -> Result<Vec<Subject>, Error> {
    let all = resources::list::<Tag>(rows, account).await?.into_iter();
    let these = all.filter(|tag| tag.thing.on.iter().any(|on| on.kind == kind && on.id == contabo_id));
    let subjects = these.map(|tag| Subject {
        href: route::AdminTag { tag: tag.id }.to_string(),
        name: tag.thing.name,
    });
    Ok(subjects.collect())
}

/// `GET /admin/tags`.
pub(in crate::web) async fn list(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let accounts = things::accounts(&staff).await?;
    let found = resources::all::<Tag>(&staff.tenant.rows()).await?;
    let rows = found.into_iter().map(|one| Row {
        href: route::AdminTag { tag: one.id }.to_string(),
        account: accounts.name(one.account),
        on: one.thing.on.len(),
        name: one.thing.name,
        color: one.thing.color,
        description: one.thing.description,
    });
    let rows: Vec<Row> = rows.collect();
    let what_happens = things::happening(&staff, &board, Thing::Tag, None).await?;
    let may_manage = staff.may(StaffPermission::ManageContabo);
    let page = things::live_page(page.at(AT), &board, &what_happens, false);
    Ok(page.ok(move || view! { <TagList tags=rows may_manage=may_manage what_happens=what_happens/> }))
}

/// `GET /admin/tags/{tag}`.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    show(&site, &staff, *id, page, None).await
}

/// Everything in an account that can have a tag.
struct Taggable {
    /// What the form sends, its kind, its name and its page.
    all: Vec<(String, &'static str, String, String)>,
}

impl Taggable {
    async fn of(staff: &Staff, board: &Snapshot, account: ContaboAccountId, lang: Lang) -> Result<Self, Error> {
        let rows = staff.tenant.rows();
        let mut all = Vec::new();
        let instances = board.instances.values();
        for now in instances.filter(|now| now.instance.contabo_account_id == account) {
            let subject = admin::instances::subject(now);
            let value = format!("instance:{}", now.instance.contabo_id);
            all.push((value, lang.t("tag-server"), subject.name, subject.href));
        }
        for one in resources::list::<Image>(&rows, account).await? {
            if !one.thing.is_standard {
                let href = route::AdminImage { image: one.id }.to_string();
                all.push((
                    format!("image:{}", one.thing.id),
                    lang.t("tag-image"),
                    one.thing.name,
                    href,
                ));
            }
        }
        for one in resources::list::<Storage>(&rows, account).await? {
            let href = route::AdminStorage { storage: one.id }.to_string();
            let value = format!("object-storage:{}", one.thing.id);
            all.push((value, lang.t("tag-storage"), one.thing.name, href));
        }
        all.sort_by_cached_key(|(_, kind, name, _)| (*kind, name.to_lowercase()));
        Ok(Self { all })
    }

    /// As a page shows what has a tag, also where it is not there any more.
    fn shown(&self, on: &Tagged) -> ShownOn {
        let value = format!("{}:{}", on.kind, on.id);
        match self.all.iter().find(|(known, ..)| *known == value) {
            Some((_, kind, name, href)) => ShownOn {
                value,
                kind: (*kind).to_owned(),
                name: name.clone(),
                href: Some(href.clone()),
            },
            None => ShownOn {
                value,
                kind: on.kind.clone(),
                name: if on.name.is_empty() {
                    on.id.clone()
                } else {
                    on.name.clone()
                },
                href: None,
            },
        }
    }
}

/// The page, perhaps with why what was just tried was not done.
async fn show(
    site: &Site,
    staff: &Staff,
    id: ContaboResourceId,
    page: Page,
    refused: Option<String>,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Tag>(staff, id).await?;
    let board = admin::board(site, staff).await?;
    let (account, tag) = (found.account, found.thing);
    let taggable = Taggable::of(staff, &board, account, page.lang()).await?;
    let on: Vec<ShownOn> = tag.on.iter().map(|on| taggable.shown(on)).collect();
    let others = taggable
        .all
        .into_iter()
        .filter(|(value, ..)| !on.iter().any(|one| one.value == *value));
    let others = others
        .map(|(value, kind, name, _)| (value, format!("{kind}: {name}")))
        .collect();
    let happening = things::happening(staff, &board, Thing::Tag, Some((account, &tag.id.to_string()))).await?;
    let page = things::live_page(page.at(AT), &board, &happening, refused.is_some());
    let status = match refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let shown = Shown {
        href: route::AdminTag { tag: id }.to_string(),
        account: things::accounts(staff).await?.name(account),
        on,
        others,
        may_manage: staff.may(StaffPermission::ManageContabo),
        happening,
        refused,
        name: tag.name,
        color: tag.color,
        description: tag.description,
    };
    Ok(page.with_status(status, move || view! { <TagPage tag=shown/> }))
}

/// `POST …/put`: puts it on something of its account.
pub(in crate::web) async fn put(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Tag>(&staff, *id).await?;
    let board = admin::board(&site, &staff).await?;
    let taggable = Taggable::of(&staff, &board, found.account, page.lang()).await?;
    let there = taggable.all.iter().any(|(value, ..)| value == typed.get("what"));
    match typed.get("what").split_once(':').filter(|_| there) {
        Some((on, thing)) => {
            let asked = ThingAsked::PutTag {
                tag: found.thing.id,
                name: found.thing.name.clone(),
                on: on.to_owned(),
                id: thing.to_owned(),
            };
            asked_for(&site, &staff, found, asked, page).await
        }
        None => {
            let why = page.lang().t("not-a-choice").to_owned();
            show(&site, &staff, *id, page, Some(why)).await
        }
    }
}

/// `POST …/take`: takes it off something that has it.
pub(in crate::web) async fn take(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Tag>(&staff, *id).await?;
    let on = found
        .thing
        .on
        .iter()
        .find(|on| format!("{}:{}", on.kind, on.id) == typed.get("what"));
    match on.cloned() {
        Some(on) => {
            let asked = ThingAsked::TakeTag {
                tag: found.thing.id,
                name: found.thing.name.clone(),
                on: on.kind,
                id: on.id,
            };
            asked_for(&site, &staff, found, asked, page).await
        }
        None => {
            let why = page.lang().t("not-a-choice").to_owned();
            show(&site, &staff, *id, page, Some(why)).await
        }
    }
}

async fn asked_for(
    site: &Site,
    staff: &Staff,
    found: Mirrored<Tag>,
    asked: ThingAsked,
    page: Page,
) -> Result<HttpResponse, Error> {
    match things::ask(site, staff, found.account, asked, None, page.lang()).await? {
        Ok(()) => Ok(see_other_telling(route::AdminTag { tag: found.id }, "done-thing-asked")),
        Err(why) => show(site, staff, found.id, page, Some(why)).await,
    }
}

impl Deletable for Tag {
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion> {
        let tag = found.id;
        Some(Deletion {
            at: AT,
            doomed: Doomed::Tag,
            name: found.thing.name.clone(),
            href: route::AdminTag { tag }.to_string(),
            action: route::AdminTagDelete { tag }.to_string(),
            list: route::AdminTags.to_string(),
            asked: ThingAsked::DeleteTag {
                tag: found.thing.id,
                name: found.thing.name.clone(),
            },
        })
    }

    async fn uses(site: &Site, staff: &Staff, found: &Mirrored<Self>, lang: Lang) -> Result<Vec<Subject>, Error> {
        let board = admin::board(site, staff).await?;
        let taggable = Taggable::of(staff, &board, found.account, lang).await?;
        let uses = found.thing.on.iter().map(|on| taggable.shown(on));
        let subjects = uses.map(|on| Subject {
            name: format!("{}: {}", on.kind, on.name),
            href: on.href.unwrap_or_else(|| route::AdminTag { tag: found.id }.to_string()),
        });
        Ok(subjects.collect())
    }
}
