//! `GET` and `POST …/people/roles/new`, `/admin/contabo-roles/{contabo_role}` and `…/delete`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        Subject,
        contabo::people::role::{Role as Shown, RoleFields, RolePage},
        things::delete::Doomed,
    },
    ui::FormState,
};
use entity::{ContaboAccountId, ContaboResourceId, contabo_account};
use leptos::prelude::*;

use super::{AT, having, list_of, name, of};
use crate::{
    domain::{
        contabo::{
            actions::ThingAsked,
            people,
            resources::{self, Mirrored, Permittable, Rights, Role, Tag, Thing, User},
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
                form::Form,
            },
        },
        guard::Staff,
        route, see_other_telling,
    },
};

const FIELDS: [&str; 3] = ["name", "admin", "all"];

/// What there is to tick, and what of it is.
struct Ticks {
    /// As `/v1/tags:READ`.
    permittable: Vec<String>,
    tags: Vec<(i64, String)>,
    permissions: Vec<String>,
    ticked_tags: Vec<String>,
}

impl Ticks {
    /// All there is; `rights` may hold what Contabo's list lacks by now.
    async fn of(staff: &Staff, account: ContaboAccountId, rights: Option<&Rights>) -> Result<Self, Error> {
        let rows = staff.tenant.rows();
        let known = resources::list::<Permittable>(&rows, account).await?;
        let known = known.into_iter().flat_map(|one| one.thing.all);
        let mut permittable: Vec<String> = known.flat_map(|(api, actions)| pairs(&api, &actions)).collect();
        let has = rights.iter().flat_map(|rights| &rights.permissions);
        let permissions: Vec<String> = has.flat_map(|one| pairs(&one.api, &one.actions)).collect();
        permittable.extend(permissions.iter().cloned());
        permittable.sort();
        permittable.dedup();
        let tags = resources::list::<Tag>(&rows, account).await?.into_iter();
        let mut tags: Vec<(i64, String)> = tags.map(|tag| (tag.thing.id, tag.thing.name)).collect();
        // A tag that was not read, or may not be, keeps its place.
        for id in rights
            .iter()
            .flat_map(|rights| &rights.permissions)
            .flat_map(|one| &one.tags)
        {
            if tags.iter().all(|(there, _)| there != id) {
                tags.push((*id, id.to_string()));
            }
        }
        let bound = rights.and_then(|rights| rights.permissions.first());
        let bound = bound.iter().flat_map(|one| &one.tags);
        Ok(Self {
            permittable,
            tags,
            permissions,
            ticked_tags: bound.map(ToString::to_string).collect(),
        })
    }

    fn typed(mut self, typed: &Typed) -> Self {
        self.permissions = typed.all("permissions");
        self.ticked_tags = typed.all("tags");
        self
    }

    fn fields(self, form: FormState) -> RoleFields {
        let permissions = self.permittable.into_iter().map(|one| {
            let label = one.replacen(':', " ", 1);
            let is_ticked = self.permissions.contains(&one);
            (one, label, is_ticked)
        });
        let tags = self.tags.into_iter().map(|(id, name)| {
            let id = id.to_string();
            let is_ticked = self.ticked_tags.contains(&id);
            (id, name, is_ticked)
        });
        RoleFields {
            permissions: permissions.collect(),
            tags: tags.collect(),
            form,
        }
    }

    fn tag_ids(&self) -> Vec<i64> {
        self.tags.iter().map(|(id, _)| *id).collect()
    }
}

fn pairs(api: &str, actions: &[String]) -> Vec<String> {
    actions.iter().map(|action| format!("{api}:{action}")).collect()
}

/// Whether the form can hold these rights: it binds all permissions to the same tags.
fn fits(rights: &Rights) -> bool {
    let mut all = rights.permissions.iter().map(|one| &one.tags);
    let first = all.next();
    all.all(|tags| Some(tags) == first)
}

pub(in crate::web) async fn get_new(
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let account = super::find(&staff, *id).await?;
    let fields = Ticks::of(&staff, account.id, None).await?.fields(FormState::new());
    Ok(show(page, StatusCode::OK, &account, None, fields))
}

/// Makes one.
pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let account = super::find(&staff, *id).await?;
    let ticks = Ticks::of(&staff, account.id, None).await?;
    let wanted = people::role(&typed, &ticks.permittable, &ticks.tag_ids())
        .map(|(name, rights)| (account.id, ThingAsked::CreateRole { name, rights }));
    match Form::new(&typed, &FIELDS, things::complaint_of_setup)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(list_of(account.id), "done-thing-asked")),
        Err((status, form)) => {
            let fields = ticks.typed(&typed).fields(form);
            Ok(show(page, status, &account, None, fields))
        }
    }
}

fn show(
    page: Page,
    status: StatusCode,
    account: &contabo_account::Model,
    role: Option<Shown>,
    fields: RoleFields,
) -> HttpResponse {
    let of = of(account);
    page.at(AT).with_status(status, move || {
        view! { <RolePage of=of role=role fields=fields/> }
    })
}

/// One that is not Contabo's own, with the account that it is of.
async fn one(staff: &Staff, id: ContaboResourceId) -> Result<(Mirrored<Role>, contabo_account::Model), Error> {
    let found = things::find::<Role>(staff, id).await?;
    if found.thing.is_fixed() {
        return Err(Error::NotFound);
    }
    let account = super::find(staff, found.account).await?;
    Ok((found, account))
}

/// What its page shows.
async fn shown(
    site: &Site,
    staff: &Staff,
    found: &Mirrored<Role>,
    account: &contabo_account::Model,
) -> Result<Shown, Error> {
    let (board, rows) = (admin::board(site, staff).await?, staff.tenant.rows());
    let people = resources::list::<User>(&rows, account.id).await?;
    let users = having(&people, found.thing.id).map(|one| Subject {
        name: name(&one.thing),
        href: route::AdminContaboUser { contabo_user: one.id }.to_string(),
    });
    let contabo_id = found.thing.id.to_string();
    Ok(Shown {
        href: route::AdminContaboRole { contabo_role: found.id }.to_string(),
        name: found.thing.name.clone(),
        is_own: having(&people, found.thing.id).any(|one| one.thing.is(&account.username)),
        users: users.collect(),
        is_unfit: !fits(&found.thing.rights),
        happening: things::happening(staff, &board, Thing::Role, Some((account.id, &contabo_id))).await?,
    })
}

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (found, account) = one(&staff, *id).await?;
    let role = shown(&site, &staff, &found, &account).await?;
    let yes = |is: bool| if is { "yes" } else { "" };
    let rights = &found.thing.rights;
    let form = FormState::new()
        .with("name", found.thing.name.clone())
        .with("admin", yes(rights.is_admin))
        .with("all", yes(rights.reaches_all));
    let fields = Ticks::of(&staff, account.id, Some(rights)).await?.fields(form);
    Ok(show(page, StatusCode::OK, &account, Some(role), fields))
}

/// Puts another in its place.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (found, account) = one(&staff, *id).await?;
    if !fits(&found.thing.rights) {
        return Err(Error::Conflict);
    }
    let ticks = Ticks::of(&staff, account.id, Some(&found.thing.rights)).await?;
    let role = found.thing.id;
    let wanted = people::role(&typed, &ticks.permittable, &ticks.tag_ids())
        .map(|(name, rights)| (account.id, ThingAsked::ChangeRole { role, name, rights }));
    match Form::new(&typed, &FIELDS, things::complaint_of_setup)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => {
            let href = route::AdminContaboRole { contabo_role: *id };
            Ok(see_other_telling(href, "done-thing-asked"))
        }
        Err((status, form)) => {
            let fields = ticks.typed(&typed).fields(form);
            let role = shown(&site, &staff, &found, &account).await?;
            Ok(show(page, status, &account, Some(role), fields))
        }
    }
}

impl Deletable for Role {
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion> {
        let contabo_role = found.id;
        if found.thing.is_fixed() {
            return None;
        }
        Some(Deletion {
            at: AT,
            doomed: Doomed::Role,
            name: found.thing.name.clone(),
            href: route::AdminContaboRole { contabo_role }.to_string(),
            action: route::AdminContaboRoleDelete { contabo_role }.to_string(),
            list: list_of(found.account).to_string(),
            asked: ThingAsked::DeleteRole {
                role: found.thing.id,
                name: found.thing.name.clone(),
            },
        })
    }
}
