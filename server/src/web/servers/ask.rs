//! `GET` and `POST …/servers/{instance}/act/{kind}`: says what will happen, and asks for it.
//!
//! What loses data or ends the contract needs the server's name and the visitor's password again.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    servers::ask::{Ask, AskPage},
    text::Lang,
    ui::FormState,
};
use entity::{InstanceId, SnapshotId, snapshot};
use leptos::prelude::*;
use serde::Deserialize;

use super::{AT, Party, board, choices, refresh, words};
use crate::{
    domain::{
        board::InstanceNow,
        contabo::actions::{self, Asked, Error as Refused, Kind, Reason, Weight},
        identity,
        typed::{ChangeError, Rejected, Typed},
    },
    site::Site,
    web::{Error, Page, see_other_telling},
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
    /// Which network, firewall or address is chosen to begin with.
    #[serde(default)]
    thing: String,
}

type At = web::Path<(InstanceId, String)>;

/// What is asked for, of what, with all there is to choose from.
struct Scene<'n> {
    now: &'n InstanceNow,
    kind: Kind,
    snapshot: Option<snapshot::Model>,
    images: choices::Choices,
    keys: choices::Choices,
    things: choices::Choices,
    locked: Option<String>,
}

impl<'n> Scene<'n> {
    async fn of<P: Party>(
        party: &P,
        now: &'n InstanceNow,
        kind: &str,
        snapshot: Option<SnapshotId>,
    ) -> Result<Self, Error> {
        let kind = Kind::named(kind).ok_or(Error::NotFound)?;
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
        let things = choices::things(&rows, now, kind).await?;
        Ok(Self {
            now,
            kind,
            snapshot,
            images,
            keys,
            things,
            locked: party.locked(now).map(str::to_owned),
        })
    }

    /// The form as it begins.
    fn fresh(&self, thing: &str) -> FormState {
        match (self.kind, &self.snapshot) {
            (Kind::Rename, _) => FormState::new().with("display_name", self.now.instance.display_name.clone()),
            (Kind::RenameSnapshot, Some(snapshot)) => FormState::new()
                .with("name", snapshot.name.clone())
                .with("description", snapshot.description.clone()),
            (Kind::Reinstall, _) => FormState::new().with("default_user", "root"),
            _ => FormState::new().with("thing", thing.to_owned()),
        }
    }

    /// What was typed, as what can be asked.
    fn read(&self, typed: &Typed, lang: Lang) -> Result<Asked, FormState> {
        let reject = |field, message: &'static str| {
            let mut form = typed.shown(&FIELDS);
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
        let ask = Ask {
            act: words::act(self.kind),
            server: self.now.title().to_owned(),
            href: P::page(self.now.instance.id),
            list_href: P::list(),
            snapshot: self.snapshot.map(|row| (row.id.to_string(), row.name)),
            locked: self.locked,
            images: self.images,
            keys: self.keys,
            ticked,
            things: self.things,
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
    let scene = Scene::of(&party, party.find(&board, id)?, &kind, about.snapshot).await?;
    let form = scene.fresh(&about.thing);
    Ok(scene.page::<P>(page, StatusCode::OK, form, Vec::new()))
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
    let mut scene = Scene::of(&party, now, &kind, typed.get("snapshot").parse().ok().map(SnapshotId)).await?;
    let lang = page.lang();
    let ticked: Vec<String> = scene.ticked(&typed).map(str::to_owned).collect();
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let asked = match scene.read(&typed, lang) {
        Ok(asked) => asked,
        Err(form) => return Ok(scene.page::<P>(page, wrong, form, ticked)),
    };
    let is_heavy = scene.kind.weight() > Weight::Light && scene.locked.is_none();
    if is_heavy && let Some(form) = unsure(&site, &party, now, &typed, lang).await? {
        return Ok(scene.page::<P>(page, wrong, form, ticked));
    }
    let ask = actions::Ask {
        instance: id,
        client: party.client(now),
        asked,
        actor: &party.signed_in().actor(),
    };
    let tenant = party.tenant().tenant.id;
    let outcome = actions::ask(&site.db, &site.keyring, tenant, site.clock.now(), ask).await;
    let mut form = typed.shown(&FIELDS);
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
            scene.locked = Some(because);
            StatusCode::CONFLICT
        }
        Err(Refused::AlreadyAsked) => refused(&mut form, lang.t("server-refused-already")),
        Err(Refused::TooMany) => refused(&mut form, lang.t("server-refused-too-many")),
        Err(Refused::AlreadyCancelled) => refused(&mut form, lang.t("server-refused-cancelled")),
        Err(Refused::Change(error)) => return Err(error.into()),
        Err(error @ Refused::Keyring(_)) => return Err(Error::internal(error)),
    };
    Ok(scene.page::<P>(page, status, form, ticked))
}

fn refused(form: &mut FormState, why: &'static str) -> StatusCode {
    form.reject_all(why);
    StatusCode::CONFLICT
}

/// What is wrong where the server's name and the visitor's password are asked for; nothing if both are right.
async fn unsure<P: Party>(
    site: &Site,
    party: &P,
    now: &InstanceNow,
    typed: &Typed,
    lang: Lang,
) -> Result<Option<FormState>, Error> {
    let mut form = typed.shown(&FIELDS);
    if typed.get("confirm") != now.title().trim() {
        form.reject("confirm", words::of_action(lang, Reason::NotItsName));
        return Ok(Some(form));
    }
    let password = typed.text("password");
    match site
        .identity
        .confirm_password(&party.signed_in().visitor, password)
        .await
    {
        Ok(()) => return Ok(None),
        Err(identity::Error::WrongPassword) => {
            form.reject("password", words::of_action(lang, Reason::WrongPassword));
        }
        Err(identity::Error::TooManyTries) => form.reject("password", lang.t("password-too-many")),
        Err(error) => return Err(error.into()),
    }
    Ok(Some(form))
}
