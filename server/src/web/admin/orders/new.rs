//! `GET` and `POST /admin/orders/new`: what shall be ordered. It becomes a row that is still to be confirmed.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::orders::{
        What,
        form::{Offered, OrderAccount, OrderForm, OrderNothing},
    },
    ui::FormState,
};
use entity::{ContaboAccountId, ContaboOrderId, contabo_account, contabo_product, contabo_product::ProductKind};
use leptos::prelude::*;

use super::{AT, complain, of_quota, page_of, what};
use crate::{
    domain::{
        contabo::{
            accounts,
            catalogue::{Catalogue, REGIONS, STORAGE_REGIONS, TERMS},
            orders::{self, Choices, FIELDS},
        },
        typed::{ChangeError, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, instances, reject},
        guard::Staff,
        see_other,
        servers::choices,
    },
};

/// Which account, and all there is to choose from in it.
struct Scene {
    what: What,
    account: contabo_account::Model,
    choices: Choices,
    clients: Vec<(String, String)>,
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
        let board = admin::board(site, staff).await?;
        Ok(Ok(Self {
            what,
            account,
            choices,
            clients: instances::clients(&board),
        }))
    }

    fn page(self, page: Page, status: StatusCode, order: String, ticked: Vec<String>, form: FormState) -> HttpResponse {
        let regions: &[&str] = match self.what {
            What::Instance => &REGIONS,
            What::Storage => &STORAGE_REGIONS,
        };
        let offered = Offered {
            products: self.choices.products,
            regions: regions.iter().map(|region| (*region).to_owned()).collect(),
            terms: TERMS.into_iter().filter(|months| *months > 0).collect(),
            images: self.choices.images,
            keys: self.choices.keys,
            add_ons: self.choices.add_ons,
            clients: self.clients,
            ticked,
        };
        let (what, account) = (self.what, (self.account.id.to_string(), self.account.name));
        page.at(AT).with_status(status, move || {
            view! { <OrderForm what=what order=order account=account offered=offered form=form/> }
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
    let form = FormState::new()
        .with("region", "EU")
        .with("months", "1")
        .with("default_user", "root")
        .with("product", typed.get("product"))
        .with("client", typed.get("client"));
    // The order's own id, with which the form is one order however often it is sent.
    let order = ContaboOrderId::new().to_string();
    Ok(scene.page(page, StatusCode::OK, order, Vec::new(), form))
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
    let mut form = typed.shown(&FIELDS);
    let read = orders::read(&typed, scene.account.id, scene.what == What::Storage, &scene.choices);
    let status = match read {
        Ok(order) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            match orders::draft(&site.db, &site.keyring, tenant, &staff.actor(), now, order).await {
                Ok(id) => return Ok(see_other(page_of(id))),
                Err(orders::Error::Change(ChangeError::Rejected(wrong))) => {
                    reject(&mut form, wrong, lang, complain);
                    StatusCode::UNPROCESSABLE_ENTITY
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
        Err(wrong) => {
            reject(&mut form, wrong, lang, complain);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    let ticked = [typed.all("ssh_keys"), typed.all("add_ons")].concat();
    Ok(scene.page(page, status, typed.text("order"), ticked, form))
}
