//! Things of a Contabo account that are no servers: what their pages have in common.

pub(in crate::web) mod delete;
pub(super) mod form;
pub(in crate::web) mod tie;
pub(in crate::web) mod withdraw;

use app::{
    admin::{
        Subject,
        things::{Happening, LIVE, LIVE_THINGS, Server},
    },
    servers::{Open, Past},
    text::{Lang, Text},
};
use entity::{
    ContaboAccountId, ContaboResourceId,
    action::{self, ActionState},
    contabo_account,
};
use secrecy::SecretString;

use crate::{
    domain::{
        board::{InstanceNow, Snapshot},
        contabo::{
            accounts,
            actions::{self, AskThing, ThingAsked},
            networks::Reason,
            resources::{self, Kind, Mirrored, Thing},
            setup,
        },
        typed::{ChangeError, Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page, admin,
        guard::{Staff, StaffPermission},
        live, route,
        servers::words,
    },
};

/// The entry of the navigation.
pub(super) const AT: &str = "networks";

/// How many of the last actions are listed.
pub(super) const HISTORY: u64 = 15;

/// Seconds after which a browser without scripts asks again how far it is.
const ASK_AGAIN: u8 = 5;

/// What an action is about that is about no server, with the way to its page, or to the list of its kind.
pub(super) fn subject(row: &action::Model) -> Option<Subject> {
    let asked = ThingAsked::of(row).ok()?;
    let about = asked.about();
    let href = match about.thing {
        Thing::PrivateNetwork => route::AdminNetworks.to_string(),
        Thing::Firewall => route::AdminFirewalls.to_string(),
        Thing::DnsZone | Thing::ReverseName => route::AdminDns.to_string(),
        Thing::Domain => route::AdminDomains.to_string(),
        Thing::Contact => route::AdminDomainContacts.to_string(),
        Thing::Vip => route::AdminAddresses.to_string(),
        Thing::Storage => route::AdminStorages.to_string(),
        Thing::Image => route::AdminImages.to_string(),
        Thing::Secret => route::AdminSecrets.to_string(),
        Thing::Tag => route::AdminTags.to_string(),
        Thing::User | Thing::Role => route::AdminContaboPeople {
            contabo_account: row.contabo_account_id,
        }
        .to_string(),
    };
    Some(Subject {
        name: about.name.to_owned(),
        href,
    })
}

/// What was asked of things of a kind, or of one of them.
pub(in crate::web) async fn happening(
    staff: &Staff,
    board: &Snapshot,
    thing: Thing,
    one: Option<(ContaboAccountId, &str)>,
) -> Result<Happening, Error> {
    let rows = actions::of_thing(&staff.tenant.rows(), thing, one, HISTORY).await?;
    Ok(happening_of(staff, board, rows))
}

/// The same of these actions, which are the newest first.
pub(super) fn happening_of(staff: &Staff, board: &Snapshot, rows: Vec<action::Model>) -> Happening {
    let (mut open, past): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.ended_at.is_none());
    open.reverse();
    let may = staff.may(StaffPermission::ManageServers);
    Happening {
        open: open.iter().map(|row| under_way(board, row, may)).collect(),
        past: past.iter().map(|row| ended(board, row)).collect(),
    }
}

fn under_way(board: &Snapshot, row: &action::Model, may: bool) -> Open {
    let withdraws = may && row.instance_id.is_none() && row.state == ActionState::Queued;
    Open {
        asked: words::asked_of(row),
        detail: detail(board, row),
        stage: words::stage_of(row),
        who: row.asked_by_name.clone(),
        asked_at: row.asked_at,
        withdraw_href: withdraws.then(|| route::AdminThingWithdraw { thing_action: row.id }.to_string()),
    }
}

fn ended(board: &Snapshot, row: &action::Model) -> Past {
    Past {
        asked: words::asked_of(row),
        detail: detail(board, row),
        who: row.asked_by_name.clone(),
        asked_at: row.asked_at,
        ended_at: row.ended_at,
        end: words::end_of(row),
        password_href: None,
    }
}

/// Of what: the thing's name, or the server's that was tied to it.
fn detail(board: &Snapshot, row: &action::Model) -> Option<String> {
    match row.instance_id {
        Some(id) => board.instances.get(&id).map(|now| now.title().to_owned()),
        None => ThingAsked::of(row).ok().map(|asked| asked.about().name.to_owned()),
    }
}

/// The page, live, and asked for again while something is under way. One that says a refusal stands at an address that
/// can only be posted to, so it stays as it is.
pub(super) fn page_of(page: Page, board: &Snapshot, happening: &Happening, is_refused: bool) -> Page {
    live_page(page.at(AT), board, happening, is_refused)
}

/// The same below another entry of the navigation.
pub(in crate::web) fn live_page(page: Page, board: &Snapshot, happening: &Happening, is_refused: bool) -> Page {
    if is_refused {
        return page;
    }
    let page = page.live(live::admin(live::Subject::Servers, board, &[LIVE_THINGS, LIVE], &[]));
    match happening.open.is_empty() {
        true => page,
        false => page.again_after(ASK_AGAIN),
    }
}

/// Asks for something; or says why not.
pub(in crate::web) async fn ask(
    site: &Site,
    staff: &Staff,
    account: ContaboAccountId,
    asked: ThingAsked,
    secret: Option<SecretString>,
    lang: Lang,
) -> Result<Result<(), String>, Error> {
    if !staff.may(asked.for_staff()) {
        return Err(Error::Forbidden);
    }
    let ask = AskThing {
        account,
        asked,
        secret,
        actor: &staff.actor(),
    };
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    match actions::ask_thing(&site.db, &site.keyring, tenant, now, ask).await {
        Ok(_) => {
            admin::refresh(site, staff).await?;
            site.jobs.nudge();
            Ok(Ok(()))
        }
        Err(error) => refusal(lang, error).map(Err),
    }
}

/// Why something was not asked, in a sentence.
fn refusal(lang: Lang, error: actions::Error) -> Result<String, Error> {
    Ok(match error {
        actions::Error::AlreadyAsked => lang.t("thing-refused-already").to_owned(),
        actions::Error::TooMany => lang.t("thing-refused-too-many").to_owned(),
        actions::Error::Own => lang.t("thing-refused-own").to_owned(),
        actions::Error::AlreadyCancelled => lang.t("server-refused-cancelled").to_owned(),
        actions::Error::Change(ChangeError::Conflict) => lang.t("thing-refused-off").to_owned(),
        actions::Error::Change(ChangeError::Rejected(wrong)) => {
            let reasons = wrong
                .0
                .into_iter()
                .map(|(_, reason)| words::of_action(lang, reason).into_owned());
            reasons.collect::<Vec<_>>().join(" ")
        }
        actions::Error::Change(error) => return Err(error.into()),
        error => return Err(Error::internal(error)),
    })
}

/// The thing with this id, of any account in use.
pub(super) async fn find<K: Kind>(staff: &Staff, id: ContaboResourceId) -> Result<Mirrored<K>, Error> {
    let rows = staff.tenant.rows();
    let found = resources::get::<K>(&rows, id).await?.ok_or(Error::NotFound)?;
    let accounts = accounts::list(&rows).await?;
    match accounts.iter().any(|row| row.id == found.account) {
        true => Ok(found),
        false => Err(Error::NotFound),
    }
}

/// The accounts in use.
pub(super) struct Accounts(Vec<contabo_account::Model>);

/// All of them.
pub(super) async fn accounts(staff: &Staff) -> Result<Accounts, Error> {
    Ok(Accounts(accounts::list(&staff.tenant.rows()).await?))
}

impl Accounts {
    /// What people call it.
    pub(super) fn name(&self, id: ContaboAccountId) -> String {
        let found = self.0.iter().find(|row| row.id == id);
        found.map(|row| row.name.clone()).unwrap_or_default()
    }

    /// Those that can be asked, as ids and names.
    pub(super) fn choices(&self) -> Vec<(String, String)> {
        let asked = self.0.iter().filter(|row| row.enabled);
        asked.map(|row| (row.id.to_string(), row.name.clone())).collect()
    }

    /// The one that was chosen in a form, if it can be asked.
    pub(super) fn chosen<R>(&self, typed: &Typed, not_a_choice: R) -> Result<ContaboAccountId, Rejected<R>> {
        let id = typed.get("account").parse().ok();
        let chosen = self.0.iter().find(|row| row.enabled && Some(row.id) == id);
        chosen
            .map(|row| row.id)
            .ok_or_else(|| Rejected::one("account", not_a_choice))
    }
}

/// The instance of an account with this number at Contabo.
pub(super) fn instance_of(
    board: &Snapshot,
    account: ContaboAccountId,
    contabo_id: i64,
) -> Option<&std::sync::Arc<InstanceNow>> {
    board
        .instances
        .values()
        .find(|now| now.instance.contabo_id == contabo_id && now.instance.contabo_account_id == account)
}

/// As pages show it, also where it is not there any more.
pub(super) fn server(board: &Snapshot, account: ContaboAccountId, contabo_id: i64) -> Server {
    match instance_of(board, account, contabo_id) {
        Some(now) => shown(board, now),
        None => Server {
            name: contabo_id.to_string(),
            href: None,
            client: None,
        },
    }
}

pub(super) fn shown(board: &Snapshot, now: &InstanceNow) -> Server {
    let subject = admin::instances::subject(now);
    Server {
        name: subject.name,
        href: Some(subject.href),
        client: admin::instances::client_of(board, now),
    }
}

/// The instances of an account that fit, as ids and names, by name.
pub(super) fn servers(
    board: &Snapshot,
    account: ContaboAccountId,
    fits: impl Fn(&InstanceNow) -> bool,
) -> Vec<(String, String)> {
    let all = board.instances.values();
    let fitting = all.filter(|now| now.instance.contabo_account_id == account && fits(now));
    let mut named: Vec<_> = fitting
        .map(|now| (now.instance.id.to_string(), now.title().to_owned()))
        .collect();
    named.sort_by_cached_key(|(_, name)| name.to_lowercase());
    named
}

/// What can't be taken of what was typed about images, keys and tags.
pub(super) fn complaint_of_setup(lang: Lang, reason: setup::Reason) -> Text {
    use setup::Reason;
    let key = match reason {
        Reason::Text(bad) => return admin::text_complaint(lang, bad),
        Reason::NotAChoice => lang.t("not-a-choice"),
        Reason::NotAnAddress => lang.t("problem-image-url"),
        Reason::NotAnImageFile => lang.t("problem-image-file"),
        Reason::NotAKey => lang.t("problem-key"),
        Reason::PrivateKey => lang.t("problem-key-private"),
        Reason::Weak(_) => lang.t("problem-password-weak"),
        Reason::NotAColor => lang.t("problem-color"),
        Reason::OwnPrefix => lang.t("problem-own-prefix"),
        Reason::NotAMail => lang.t("problem-mail-address"),
        Reason::NothingTicked => lang.t("problem-role-empty"),
    };
    key.into()
}

/// What can't be taken of what was typed.
pub(super) fn complaint(lang: Lang, reason: Reason) -> Text {
    let key = match reason {
        Reason::Text(bad) => return admin::text_complaint(lang, bad),
        Reason::NotANetworkName => lang.t("problem-network-name"),
        Reason::NotAChoice => lang.t("not-a-choice"),
        Reason::Taken => lang.t("problem-name-taken-here"),
        Reason::NotAPort => lang.t("problem-rule-port"),
        Reason::TooManyPorts => lang.t("problem-rule-ports"),
        Reason::NoPortsHere => lang.t("problem-rule-no-ports"),
        Reason::NotASource => lang.t("problem-rule-source"),
        Reason::NoSource => lang.t("problem-rule-no-source"),
        Reason::NotADomain => lang.t("not-a-domain"),
        Reason::NotItsData => lang.t("problem-record-data"),
        Reason::NotATtl => lang.t("problem-record-ttl"),
        Reason::NotANumber => lang.t("problem-record-number"),
    };
    key.into()
}
