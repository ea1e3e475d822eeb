//! `/admin/domains/find` looks whether a name is free, `/admin/domains/order` buys it: what it shall have, then all of it
//! once more, then the one call.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::domains::order::{Basket, ConfirmDomain, FindDomain, Found, OrderDomain, Wanted},
    ui::FormState,
};
use entity::ContaboAccountId;
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    change::{CONTACTS, ids, known, with_contacts},
    complaint, no_answer,
};
use crate::{
    domain::{
        contabo::{
            actions::{NameServer, ThingAsked},
            domains::{self, Reason},
            networks::names,
            resources::{self, Contact, Contacts, Domain},
        },
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, things},
        at_contabo,
        guard::Staff,
        route, see_other_telling, sure,
    },
    work::contabo::domains as calls,
};

/// Contabo's own.
const USUAL_SERVERS: &str = "ns1.contabo.net\nns2.contabo.net\nns3.contabo.net";

/// What is shown again of a name that was looked for.
const FIND: [&str; 2] = ["account", "domain"];

pub(in crate::web) async fn get_find(staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    find_page(&staff, page, StatusCode::OK, FormState::new(), None).await
}

/// Asks Contabo. Nothing is ordered by this.
pub(in crate::web) async fn find(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let lang = page.lang();
    let account = things::accounts(&staff).await?.chosen(&typed, Reason::NotAChoice);
    let (account, name) = match Rejected::both(account, domains::name(&typed)) {
        Ok(wanted) => wanted,
        Err(wrong) => {
            let form = admin::shown(&typed, &FIND, wrong, lang, complaint);
            return find_page(&staff, page, StatusCode::UNPROCESSABLE_ENTITY, form, None).await;
        }
    };
    let href = |kind| {
        format!(
            "{}?account={account}&domain={name}&kind={kind}",
            route::AdminDomainOrder
        )
    };
    let rows = staff.tenant.rows();
    let there = resources::one_there::<Domain>(&rows, account, &name).await?;
    let found = match there.filter(|there| !there.thing.is_over()) {
        Some(there) => Found::Here {
            href: route::AdminDomain { domain: there.id }.to_string(),
        },
        None => match at_contabo::client(&site, &staff.tenant.rows(), account).await? {
            None => Found::Unknown(lang.t("thing-refused-off").to_owned()),
            Some(client) => match calls::is_free(&client, &name).await {
                Ok(true) => Found::Free { href: href(REGISTER) },
                Ok(false) => Found::Taken { href: href(MOVE) },
                Err(why) => Found::Unknown(no_answer(lang, &why)),
            },
        },
    };
    let form = typed.shown(&FIND).with("domain", name.clone());
    find_page(&staff, page, StatusCode::OK, form, Some(found)).await
}

async fn find_page(
    staff: &Staff,
    page: Page,
    status: StatusCode,
    form: FormState,
    found: Option<Found>,
) -> Result<HttpResponse, Error> {
    let accounts = things::accounts(staff).await?.choices();
    Ok(page.at(things::AT).with_status(status, move || {
        view! { <FindDomain accounts=accounts form=form found=found/> }
    }))
}

const REGISTER: &str = "register";
const MOVE: &str = "move";

/// What is ordered, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    account: String,
    domain: String,
    kind: String,
}

/// A domain that may be ordered.
struct Ordering {
    account: ContaboAccountId,
    wanted: Wanted,
    /// The contacts of the account.
    known: Vec<(String, String)>,
}

impl Ordering {
    /// None: the address names nothing that can be ordered.
    async fn of(staff: &Staff, query: &Query) -> Result<Option<Self>, Error> {
        let accounts = things::accounts(staff).await?;
        let typed = Typed::default().with("account", query.account.clone());
        let (Ok(account), Ok(name)) = (
            accounts.chosen(&typed, Reason::NotAChoice),
            names::domain(&query.domain),
        ) else {
            return Ok(None);
        };
        if ![REGISTER, MOVE].contains(&query.kind.as_str()) {
            return Ok(None);
        }
        Ok(Some(Self {
            account,
            wanted: Wanted {
                name,
                account: accounts.name(account),
                is_transfer: query.kind == MOVE,
            },
            known: known(staff, account).await?,
        }))
    }

    fn form_page(self, page: Page, status: StatusCode, form: FormState) -> HttpResponse {
        let (wanted, contacts) = (self.wanted, self.known);
        page.at(things::AT).with_status(status, move || {
            view! { <OrderDomain wanted=wanted contacts=contacts form=form/> }
        })
    }

    /// All of it once more.
    fn confirm_page(self, page: Page, status: StatusCode, read: &Read, form: FormState) -> HttpResponse {
        let named = |id: &str| {
            let found = self.known.iter().find(|(known, _)| known == id);
            found.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
        };
        let lines: Vec<String> = read.servers.iter().map(line).collect();
        let contacts = read.contacts.all();
        let mut hidden = vec![("servers", lines.join("\n")), ("confirmed", "yes".to_owned())];
        hidden.extend(contacts.map(|(field, id)| (field, id.to_owned())));
        let basket = Basket {
            name_servers: lines,
            contacts: contacts.map(|(field, id)| (field, named(id))).into(),
            hidden,
            wanted: self.wanted,
        };
        page.at(things::AT).with_status(status, move || {
            view! { <ConfirmDomain basket=basket form=form/> }
        })
    }
}

/// What it shall have.
struct Read {
    servers: Vec<NameServer>,
    contacts: Contacts,
}

/// A name server as it is typed.
fn line(server: &NameServer) -> String {
    let words = [&server.name].into_iter().chain(&server.ipv4).chain(&server.ipv6);
    words.cloned().collect::<Vec<_>>().join(" ")
}

pub(in crate::web) async fn get(staff: Staff, query: web::Query<Query>, page: Page) -> Result<HttpResponse, Error> {
    let Some(ordering) = Ordering::of(&staff, &query).await? else {
        return find_page(&staff, page, StatusCode::OK, FormState::new(), None).await;
    };
    let form = FormState::new().with("servers", USUAL_SERVERS);
    let all = resources::list::<Contact>(&staff.tenant.rows(), ordering.account).await?;
    let form = match all.into_iter().find(|one| one.thing.is_default) {
        Some(default) => {
            let id = default.thing.id;
            let contacts = Contacts {
                owner: id.clone(),
                admin: id.clone(),
                tech: id.clone(),
                zone: id,
            };
            with_contacts(form, &contacts)
        }
        None => form,
    };
    Ok(ordering.form_page(page, StatusCode::OK, form))
}

/// Shows all of it once more; orders it when that was confirmed.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    query: web::Query<Query>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(ordering) = Ordering::of(&staff, &query).await? else {
        return find_page(&staff, page, wrong, FormState::new(), None).await;
    };
    let lang = page.lang();
    let name = ordering.wanted.name.clone();
    let servers = domains::name_servers(&typed, &name, &[]);
    let contacts = domains::contacts(&typed, &ids(&ordering.known));
    let read = match Rejected::both(servers, contacts) {
        Ok((servers, contacts)) => Read { servers, contacts },
        Err(rejected) => {
            let fields = [&["servers"][..], &CONTACTS].concat();
            let form = admin::shown(&typed, &fields, rejected, lang, complaint);
            return Ok(ordering.form_page(page, wrong, form));
        }
    };
    if !typed.is_ticked("confirmed") {
        return Ok(ordering.confirm_page(page, StatusCode::OK, &read, FormState::new()));
    }
    let code = match ordering.wanted.is_transfer {
        true => domains::auth_code(&typed).map(Some),
        false => Ok(None),
    };
    let code = match code {
        Ok(code) => code,
        Err(rejected) => {
            let form = admin::shown(&typed, &["confirm"], rejected, lang, complaint);
            return Ok(ordering.confirm_page(page, wrong, &read, form));
        }
    };
    let mut form = typed.shown(&["confirm"]);
    if !sure::is_sure(&site, &staff.signed_in, &name, &typed, lang, &mut form).await? {
        return Ok(ordering.confirm_page(page, wrong, &read, form));
    }
    let asked = ThingAsked::OrderDomain {
        domain: name,
        is_transfer: ordering.wanted.is_transfer,
        contacts: read.contacts.clone(),
        servers: read.servers.clone(),
    };
    match things::ask(&site, &staff, ordering.account, asked, code, lang).await? {
        Ok(()) => Ok(see_other_telling(route::AdminDomains, "done-thing-asked")),
        Err(why) => {
            form.reject_all(why);
            Ok(ordering.confirm_page(page, StatusCode::CONFLICT, &read, form))
        }
    }
}
