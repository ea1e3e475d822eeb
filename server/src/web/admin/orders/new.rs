//! `GET` and `POST /admin/orders/new`: what shall be ordered. It becomes a row that is still to be confirmed.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, HeaderValue},
    },
    web,
};
use app::{
    admin::{
        orders::{
            What,
            form::{Offered as Form, OrderAccount, OrderForm, OrderNothing},
        },
        templates::preview::Filled,
    },
    text::Lang,
    ui::FormState,
};
use entity::{
    ContaboAccountId, ContaboOrderId, Tenant, contabo_account, contabo_product, contabo_product::ProductKind,
};
use leptos::prelude::*;

use super::{AT, complain, of_quota, page_of, what};
use crate::{
    domain::{
        contabo::{
            accounts,
            catalogue::{Catalogue, REGIONS, STORAGE_REGIONS, TERMS},
            orders::{self, Choices, FIELDS},
        },
        templates::{self, Offered},
        typed::{ChangeError, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, instances, reject, templates::words},
        guard::Staff,
        see_other,
        servers::{choices, values},
    },
};

/// Which account, and all there is to choose from in it.
struct Scene {
    what: What,
    account: contabo_account::Model,
    choices: Choices,
    clients: Vec<(String, String)>,
    templates: Vec<Offered>,
    /// The one of them that was chosen.
    template: Option<Offered>,
}

/// Why there is no form yet.
enum Lacking {
    Account,
    Products,
    /// One of several accounts is to be chosen.
    Choice(Vec<(String, String)>),
}

impl Scene {
    async fn of(site: &Site, staff: &Staff, typed: &Typed) -> Result<Result<Self, (What, Lacking)>, Error> {
        let (what, rows) = (what(typed.get("what")), staff.tenant.rows());
        let accounts = accounts::list(&rows).await?.into_iter().filter(|row| row.enabled);
        let mut accounts: Vec<contabo_account::Model> = accounts.collect();
        let asked: Option<ContaboAccountId> = typed.get("account").parse().ok();
        let at = match asked {
            Some(id) => accounts.iter().position(|row| row.id == id),
            None => (accounts.len() == 1).then_some(0),
        };
        let Some(at) = at else {
            let lacking = match accounts.is_empty() {
                true => Lacking::Account,
                false => Lacking::Choice(accounts.into_iter().map(|row| (row.id.to_string(), row.name)).collect()),
            };
            return Ok(Err((what, lacking)));
        };
        let account = accounts.swap_remove(at);
        let catalogue = Catalogue::load(&rows).await?;
        let kind = match what {
            What::Instance => ProductKind::Instance,
            What::Storage => ProductKind::Storage,
        };
        let products: Vec<_> = catalogue.orderable(kind).map(product).collect();
        if products.is_empty() {
            return Ok(Err((what, Lacking::Products)));
        }
        let add_ons = catalogue.orderable(ProductKind::AddOn);
        let choices = Choices {
            products,
            images: choices::images(&rows, account.id, None).await?,
            keys: choices::keys(&rows, account.id, None).await?,
            add_ons: add_ons.map(|row| (row.contabo_id.clone(), row.name.clone())).collect(),
        };
        let templates = match what {
            What::Instance => templates::offered(&rows, false).await?,
            What::Storage => Vec::new(),
        };
        let template = match typed.get("template") {
            "" => None,
            id => templates.iter().find(|one| one.id.to_string() == id).cloned(),
        };
        if template.is_none() && !typed.get("template").is_empty() && what == What::Instance {
            return Err(Error::NotFound);
        }
        let board = admin::board(site, staff).await?;
        Ok(Ok(Self {
            templates,
            template,
            what,
            account,
            choices,
            clients: instances::clients(&board),
        }))
    }

    /// The form as it was typed.
    fn shown(&self, typed: &Typed) -> FormState {
        let mut form = typed.shown(&FIELDS);
        if let Some(template) = &self.template {
            values::show(&mut form, &template.variables, typed);
        }
        form
    }

    /// What the chosen template becomes with what was typed. Nothing after the form was told what is wrong.
    async fn filled(
        &self,
        rows: &Tenant<'_>,
        typed: &Typed,
        lang: Lang,
        form: &mut FormState,
    ) -> Result<Option<Filled>, Error> {
        let Some(chosen) = &self.template else { return Ok(None) };
        let version = templates::version(rows, chosen.id, chosen.version).await?;
        let version = version.ok_or(Error::NotFound)?;
        let Some(values) = values::read(form, &version.variables, typed, lang) else {
            return Ok(None);
        };
        match templates::preview(&version, &values) {
            Ok((text, found)) => Ok(Some(Filled {
                text,
                found: words::found(lang, found),
            })),
            Err(unfit) => {
                form.reject_all(values::of_unfit(lang, unfit));
                Ok(None)
            }
        }
    }

    fn page(
        self,
        page: Page,
        status: StatusCode,
        order: String,
        ticked: Vec<String>,
        form: FormState,
        filled: Option<Filled>,
    ) -> HttpResponse {
        let regions: &[&str] = match self.what {
            What::Instance => &REGIONS,
            What::Storage => &STORAGE_REGIONS,
        };
        let offered = Form {
            products: self.choices.products,
            regions: regions.iter().map(|region| (*region).to_owned()).collect(),
            terms: TERMS.into_iter().filter(|months| *months > 0).collect(),
            images: self.choices.images,
            keys: self.choices.keys,
            add_ons: self.choices.add_ons,
            clients: self.clients,
            ticked,
            templates: self
                .templates
                .into_iter()
                .map(|one| (one.id.to_string(), one.name))
                .collect(),
            template: self.template.map(values::chosen),
        };
        let (what, account) = (self.what, (self.account.id.to_string(), self.account.name));
        page.at(AT).with_status(status, move || {
            view! { <OrderForm what=what order=order account=account offered=offered form=form filled=filled/> }
        })
    }
}

/// A plan with its size, so that it need not be looked up.
fn product(row: &contabo_product::Model) -> (String, String) {
    let gb = |mib: Option<i64>| mib.map(|mib| format!("{} GB", mib / 1_024));
    let cores = row.cores.map(|cores| format!("{cores} vCPU"));
    let disk = gb(row.disk_mb).map(|disk| format!("{disk} {}", row.disk_kind));
    let parts = [Some(row.name.clone()), cores, gb(row.ram_mb), disk]
        .into_iter()
        .flatten();
    let parts: Vec<String> = parts.map(|part| part.trim().to_owned()).collect();
    (row.contabo_id.clone(), parts.join(" · "))
}

fn lacking(page: Page, what: What, lacking: Lacking) -> HttpResponse {
    let page = page.at(AT);
    match lacking {
        Lacking::Choice(accounts) => page.ok(move || view! { <OrderAccount what=what accounts=accounts/> }),
        Lacking::Account => page.ok(move || view! { <OrderNothing what=what has_account=false/> }),
        Lacking::Products => page.ok(move || view! { <OrderNothing what=what has_account=true/> }),
    }
}

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    query: web::Query<Vec<(String, String)>>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let typed = Typed::new(query.into_inner());
    let scene = match Scene::of(&site, &staff, &typed).await? {
        Ok(scene) => scene,
        Err((what, why)) => return Ok(lacking(page, what, why)),
    };
    let mut form = FormState::new()
        .with("region", "EU")
        .with("months", "1")
        .with("default_user", "root")
        .with("product", typed.get("product"))
        .with("client", typed.get("client"));
    if let Some(template) = &scene.template {
        values::propose(&mut form, &template.variables);
    }
    // The order's own id, with which the form is one order however often it is sent.
    let order = ContaboOrderId::new().to_string();
    Ok(scene.page(page, StatusCode::OK, order, Vec::new(), form, None))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let scene = match Scene::of(&site, &staff, &typed).await? {
        Ok(scene) => scene,
        Err((what, why)) => return Ok(lacking(page, what, why)),
    };
    let lang = page.lang();
    let rows = staff.tenant.rows();
    let mut form = scene.shown(&typed);
    let ticked = [typed.all("ssh_keys"), typed.all("add_ons")].concat();
    let number = typed.text("order");
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if typed.is_ticked("preview") {
        let filled = scene.filled(&rows, &typed, lang, &mut form).await?;
        let status = if filled.is_some() { StatusCode::OK } else { wrong };
        let mut answer = scene.page(page, status, number, ticked, form, filled);
        let headers = answer.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return Ok(answer);
    }
    let read = orders::read(&typed, scene.account.id, scene.what == What::Storage, &scene.choices);
    let status = match read {
        Ok(mut order) => {
            if let Some(chosen) = &scene.template {
                match values::made(&rows, chosen, &typed, lang, form.clone(), false).await? {
                    Ok(made) => made.into_order(&mut order),
                    Err(form) => return Ok(scene.page(page, wrong, number, ticked, form, None)),
                }
            }
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            match orders::draft(&site.db, &site.keyring, tenant, &staff.actor(), now, order).await {
                Ok(id) => return Ok(see_other(page_of(id))),
                Err(orders::Error::Change(ChangeError::Rejected(rejected))) => {
                    reject(&mut form, rejected, lang, complain);
                    wrong
                }
                Err(orders::Error::AccountOff) => {
                    form.reject_all(lang.t("order-refused-account"));
                    StatusCode::CONFLICT
                }
                Err(orders::Error::Full(full)) => {
                    form.reject_all(of_quota(lang, full));
                    StatusCode::CONFLICT
                }
                Err(orders::Error::NotOffered | orders::Error::PriceChanged) => {
                    form.reject_all(lang.t("order-refused-product"));
                    StatusCode::CONFLICT
                }
                Err(orders::Error::Change(error)) => return Err(error.into()),
                Err(orders::Error::Keyring(error)) => return Err(Error::internal(error)),
            }
        }
        Err(rejected) => {
            reject(&mut form, rejected, lang, complain);
            wrong
        }
    };
    Ok(scene.page(page, status, number, ticked, form, None))
}
