//! `GET` and `POST …/servers/{instance}/act/{kind}`: says what will happen, and asks for it.
//!
//! What loses data or ends the contract needs the server's name and the visitor's password again.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    servers::ask::{Ask, AskPage},
    text::Lang,
    ui::FormState,
};
use chrono::NaiveDate;
use contabo::RegionCheck;
use entity::{InstanceId, SnapshotId, TemplateId, snapshot};
use leptos::prelude::*;
use serde::Deserialize;

use super::{AT, Party, board, checks, choices, refresh, values, words};
use crate::{
    domain::{
        board::{InstanceNow, Snapshot},
        calendar,
        contabo::actions::{self, Asked, Error as Refused, Kind, Weight},
        templates::{self, Offered},
        typed::{ChangeError, Rejected, Typed},
    },
    site::Site,
    web::{Error, Page, see_other_telling, sure},
    work::contabo::{checks::NotDone, region},
};

/// What is shown again after it was refused. The password is not.
const FIELDS: [&str; 9] = [
    "display_name",
    "name",
    "description",
    "image",
    "default_user",
    "user_data",
    "confirm",
    "thing",
    "ptr",
];

/// Which snapshot it is about, where it is about one.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct About {
    snapshot: Option<SnapshotId>,
    /// The template that a new system shall be told, as it was chosen; empty: none.
    template: Option<String>,
    /// Which network, firewall or address is chosen to begin with.
    #[serde(default)]
    thing: String,
}

type At = web::Path<(InstanceId, String)>;

/// What is asked for, of what, with all there is to choose from.
struct Asking<'n> {
    now: &'n InstanceNow,
    kind: Kind,
    snapshot: Option<snapshot::Model>,
    images: choices::Choices,
    keys: choices::Choices,
    things: choices::Choices,
    locked: Option<String>,
    /// The client may not do this, whatever the role.
    is_off: bool,
    templates: Vec<Offered>,
    /// The one of them that was chosen.
    template: Option<Offered>,
    /// Why Contabo would not do it now, where Contabo is asked first.
    impossible: Option<String>,
}

impl<'n> Asking<'n> {
    async fn of<P: Party>(
        party: &P,
        board: &Snapshot,
        now: &'n InstanceNow,
        kind: &str,
        snapshot: Option<SnapshotId>,
        template: Option<TemplateId>,
        day: NaiveDate,
    ) -> Result<Self, Error> {
        let kind = Kind::named(kind).ok_or(Error::NotFound)?;
        // A remedy is asked for where it is offered.
        if !kind.has_a_button() {
            return Err(Error::NotFound);
        }
        party.demand(now, kind)?;
        let (rows, client) = (party.tenant().rows(), party.client(now));
        let account = now.instance.contabo_account_id;
        let snapshot = match kind {
            Kind::RenameSnapshot | Kind::RollBack | Kind::DeleteSnapshot => {
                let row = rows.get::<snapshot::Entity>(snapshot.ok_or(Error::NotFound)?).await?;
                let row = row.filter(|row| row.instance_id == now.instance.id);
                Some(row.ok_or(Error::NotFound)?)
            }
            _ => None,
        };
        let images = match kind {
            Kind::Reinstall => choices::images(&rows, account, client).await?,
            _ => Vec::new(),
        };
        let keys = match kind {
            Kind::Reinstall | Kind::Rescue => choices::keys(&rows, account, client).await?,
            _ => Vec::new(),
        };
        let templates = match kind {
            Kind::Reinstall => templates::offered(&rows, client.is_some()).await?,
            _ => Vec::new(),
        };
        let template = template
            .filter(|_| kind == Kind::Reinstall)
            .map(|id| {
                templates
                    .iter()
                    .find(|one| one.id == id)
                    .cloned()
                    .ok_or(Error::NotFound)
            })
            .transpose()?;
        let things = choices::things(&rows, now, kind, day).await?;
        Ok(Self {
            templates,
            template,
            now,
            kind,
            snapshot,
            images,
            keys,
            things,
            locked: party.locked(now).map(str::to_owned),
            is_off: party.is_off(board, now, kind),
            impossible: None,
        })
    }

    /// The same after Contabo was asked whether it would do it, where it can be asked. The page waits for that.
    async fn tried<P: Party>(mut self, site: &Site, party: &P, lang: Lang) -> Result<Self, Error> {
        if self.kind != Kind::ChangeRegion {
            return Ok(self);
        }
        self.impossible = match checks::client(site, party, self.now).await? {
            None => Some(lang.t("thing-refused-off").to_owned()),
            Some(client) => match region::check(&client, self.now.instance.contabo_id).await {
                Ok(RegionCheck::Possible) => None,
                Ok(RegionCheck::Impossible(reasons)) => {
                    let why = reasons.join(", ");
                    Some(lang.t_with("move-impossible", &[("why", why.into())]))
                }
                Err(NotDone::Late) => Some(lang.t("move-late").to_owned()),
                Err(NotDone::Refused(error)) => Some(error.to_string()),
                Err(why) => Some(why.to_string()),
            },
        };
        Ok(self)
    }

    /// The form as it begins.
    fn fresh(&self, thing: &str) -> FormState {
        match (self.kind, &self.snapshot) {
            (Kind::Rename, _) => FormState::new().with("display_name", self.now.instance.display_name.clone()),
            (Kind::RenameSnapshot, Some(snapshot)) => FormState::new()
                .with("name", snapshot.name.clone())
                .with("description", snapshot.description.clone()),
            (Kind::Reinstall, _) => {
                let mut form = FormState::new().with("default_user", "root");
                if let Some(template) = &self.template {
                    values::propose(&mut form, &template.variables);
                }
                form
            }
            _ => FormState::new().with("thing", thing.to_owned()),
        }
    }

    /// The form as it was typed.
    fn shown(&self, typed: &Typed) -> FormState {
        let mut form = typed.shown(&FIELDS);
        if let Some(template) = &self.template {
            values::show(&mut form, &template.variables, typed);
        }
        form
    }

    /// What was typed, as what can be asked.
    fn read(&self, typed: &Typed, lang: Lang) -> Result<Asked, FormState> {
        let reject = |field, message: &'static str| {
            let mut form = self.shown(typed);
            form.reject(field, message);
            Err(form)
        };
        let (snapshot, snapshot_name) = self
            .snapshot
            .as_ref()
            .map(|row| (row.contabo_id.clone(), row.name.clone()))
            .unwrap_or_default();
        let thing = self.things.iter().find(|(id, _)| id == typed.get("thing"));
        let Some((thing, _)) = thing.cloned().or_else(|| self.things.is_empty().then(Default::default)) else {
            return reject("thing", lang.t("not-a-choice"));
        };
        // Its name is that which is kept of it.
        let name = String::new();
        Ok(match self.kind {
            Kind::Start => Asked::Start,
            Kind::Stop => Asked::Stop,
            Kind::Shutdown => Asked::Shutdown,
            Kind::Restart => Asked::Restart,
            Kind::Rescue => Asked::Rescue {
                ssh_keys: self.ticked(typed).filter_map(|id| id.parse().ok()).collect(),
            },
            Kind::ResetPassword => Asked::ResetPassword,
            Kind::Reinstall => {
                let image = self.images.iter().find(|(id, _)| id == typed.get("image"));
                let Some((image_id, image_name)) = image.cloned() else {
                    return reject("image", lang.t("server-no-such-image"));
                };
                let default_user = typed.get("default_user");
                if !["root", "admin"].contains(&default_user) {
                    return reject("default_user", lang.t("not-a-choice"));
                }
                Asked::Reinstall {
                    image_id,
                    image_name,
                    ssh_keys: self.ticked(typed).filter_map(|id| id.parse().ok()).collect(),
                    // A browser sends a line's end as two signs, which YAML takes and a shell script does not.
                    user_data: typed.exactly("user_data").replace("\r\n", "\n"),
                    default_user: default_user.to_owned(),
                    template: None,
                }
            }
            Kind::Rename => Asked::Rename {
                display_name: typed.text("display_name"),
            },
            Kind::Cancel => Asked::Cancel,
            Kind::TakeSnapshot => Asked::TakeSnapshot {
                name: typed.text("name"),
                description: typed.text("description"),
            },
            Kind::RenameSnapshot => Asked::RenameSnapshot {
                snapshot,
                name: typed.text("name"),
                description: typed.text("description"),
            },
            Kind::RollBack => Asked::RollBack {
                snapshot,
                name: snapshot_name,
            },
            Kind::DeleteSnapshot => Asked::DeleteSnapshot {
                snapshot,
                name: snapshot_name,
            },
            Kind::JoinNetwork => Asked::JoinNetwork {
                network: thing.parse().unwrap_or_default(),
                name,
            },
            Kind::LeaveNetwork => Asked::LeaveNetwork {
                network: thing.parse().unwrap_or_default(),
                name,
            },
            Kind::JoinFirewall => Asked::JoinFirewall { firewall: thing, name },
            Kind::LeaveFirewall => Asked::LeaveFirewall { firewall: thing, name },
            Kind::AssignVip => Asked::AssignVip { vip: thing, ip: name },
            Kind::UnassignVip => Asked::UnassignVip { vip: thing, ip: name },
            Kind::SetReverseName => Asked::SetReverseName {
                ip: thing,
                name: typed.text("ptr"),
                is_new: false,
            },
            Kind::RemoveReverseName => Asked::RemoveReverseName { ip: thing },
            Kind::BuyAddOn => Asked::BuyAddOn {
                add_on: thing,
                had: Vec::new(),
            },
            Kind::ChangeRegion => Asked::ChangeRegion { region: thing },
            // Never asked for here: see `of`.
            Kind::Remedy => return reject("thing", lang.t("not-a-choice")),
        })
    }

    /// The keys that were ticked, of those that there are.
    fn ticked<'t>(&'t self, typed: &Typed) -> impl Iterator<Item = &'t str> + use<'t> {
        let ticked = typed.all("ssh_keys");
        let ids = self.keys.iter().map(|(id, _)| id.as_str());
        ids.filter(move |id| ticked.iter().any(|one| one == id))
    }

    /// The page with the form.
    fn page<P: Party>(self, page: Page, status: StatusCode, form: FormState, ticked: Vec<String>) -> HttpResponse {
        let templates = self.templates.into_iter().map(|one| (one.id.to_string(), one.name));
        let ask = Ask {
            templates: templates.collect(),
            template: self.template.map(values::chosen),
            act: words::act(self.kind),
            server: self.now.title().to_owned(),
            href: P::page(self.now.instance.id),
            list_href: P::list(),
            snapshot: self.snapshot.map(|row| (row.id.to_string(), row.name)),
            locked: self.locked,
            is_off: self.is_off,
            images: self.images,
            keys: self.keys,
            ticked,
            things: self.things,
            impossible: self.impossible,
        };
        page.at(AT)
            .with_status(status, move || view! { <AskPage ask=ask form=form/> })
    }
}

/// The question.
pub(in crate::web) async fn get<P: Party>(
    site: web::Data<Site>,
    party: P,
    at: At,
    about: web::Query<About>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, kind) = at.into_inner();
    let board = board(&site, &party).await?;
    // What is no id is no template either, but nothing chosen is none.
    let template = about.template.as_deref().filter(|id| !id.is_empty());
    let template = template.map(|id| TemplateId(id.parse().unwrap_or_default()));
    let day = calendar::day_at(site.clock.now(), party.tenant().zone());
    let now = party.find(&board, id)?;
    let asking = Asking::of(&party, &board, now, &kind, about.snapshot, template, day).await?;
    let asking = asking.tried(&site, &party, page.lang()).await?;
    let form = asking.fresh(&about.thing);
    let status = if asking.is_off {
        StatusCode::FORBIDDEN
    } else {
        StatusCode::OK
    };
    Ok(asking.page::<P>(page, status, form, Vec::new()))
}

/// Asks for it.
pub(in crate::web) async fn post<P: Party>(
    site: web::Data<Site>,
    party: P,
    at: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, kind) = at.into_inner();
    let board = board(&site, &party).await?;
    let now = party.find(&board, id)?;
    let snapshot = typed.get("snapshot").parse().ok().map(SnapshotId);
    let template = Some(typed.get("template")).filter(|id| !id.is_empty());
    let template = template.map(|id| TemplateId(id.parse().unwrap_or_default()));
    let day = calendar::day_at(site.clock.now(), party.tenant().zone());
    let mut asking = Asking::of(&party, &board, now, &kind, snapshot, template, day).await?;
    if asking.is_off {
        return Ok(asking.page::<P>(page, StatusCode::FORBIDDEN, FormState::new(), Vec::new()));
    }
    let lang = page.lang();
    let ticked: Vec<String> = asking.ticked(&typed).map(str::to_owned).collect();
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let shown = asking.shown(&typed);
    let mut asked = match asking.read(&typed, lang) {
        Ok(asked) => asked,
        Err(form) => return Ok(asking.page::<P>(page, wrong, form, ticked)),
    };
    let mut made_up = Vec::new();
    if let Some(chosen) = &asking.template {
        let rows = party.tenant().rows();
        match values::made(&rows, chosen, &typed, lang, shown.clone(), party.client(now).is_some()).await? {
            Ok(made) => made_up = made.into(&mut asked),
            Err(form) => return Ok(asking.page::<P>(page, wrong, form, ticked)),
        }
    }
    let is_heavy = asking.kind.weight() > Weight::Light && asking.locked.is_none();
    if is_heavy {
        let mut form = shown.clone();
        if !sure::is_sure(&site, party.signed_in(), now.title(), &typed, lang, &mut form).await? {
            return Ok(asking.page::<P>(page, wrong, form, ticked));
        }
    }
    asking = asking.tried(&site, &party, lang).await?;
    if asking.impossible.is_some() {
        return Ok(asking.page::<P>(page, StatusCode::CONFLICT, shown, ticked));
    }
    let ask = actions::Ask {
        instance: id,
        client: party.client(now),
        asked,
        actor: &party.signed_in().actor(),
    };
    let tenant = party.tenant().tenant.id;
    let outcome = actions::ask_with(&site.db, &site.keyring, tenant, site.clock.now(), ask, made_up).await;
    let mut form = shown;
    let status = match outcome {
        Ok(_) => {
            refresh(&site, &party).await?;
            site.jobs.nudge();
            return Ok(see_other_telling(P::page(id), "done-server-asked"));
        }
        Err(Refused::Change(ChangeError::Rejected(Rejected(reasons)))) => {
            for (field, reason) in reasons {
                form.reject(field, words::of_action(lang, reason));
            }
            wrong
        }
        Err(Refused::Locked(because)) => {
            asking.locked = Some(because);
            StatusCode::CONFLICT
        }
        Err(Refused::SwitchedOff) => {
            asking.is_off = true;
            StatusCode::FORBIDDEN
        }
        Err(Refused::AlreadyAsked) => refused(&mut form, lang.t("server-refused-already")),
        Err(Refused::TooMany) => refused(&mut form, lang.t("server-refused-too-many")),
        Err(Refused::AlreadyCancelled) => refused(&mut form, lang.t("server-refused-cancelled")),
        Err(Refused::Change(error)) => return Err(error.into()),
        Err(error @ (Refused::Keyring(_) | Refused::Own)) => return Err(Error::internal(error)),
    };
    Ok(asking.page::<P>(page, status, form, ticked))
}

fn refused(form: &mut FormState, why: &'static str) -> StatusCode {
    form.reject_all(why);
    StatusCode::CONFLICT
}
