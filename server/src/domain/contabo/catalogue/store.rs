//! The catalogue's rows: reading it whole, which is some dozens of products, and its changes.

use std::{cmp::Reverse, collections::HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    ContaboPriceId, ContaboProductId, Db, Tenant, TenantId, contabo_price,
    contabo_product::{self, Column, ProductKind},
    hosting_settings,
};
use sea_orm::{ActiveValue::Set, DbErr, Order, sea_query::Expr};
use serde_json::{Value, json};

use super::{
    add_on,
    known::{KNOWN, Known},
    prices::{Price, Term, holds},
    typed::{New, NewPrice, Product, Reason},
};
use crate::domain::{
    audit::{self, Actor, Subject},
    contabo::settings,
    money::{Currency, Money},
    typed::ChangeError,
};

/// Why the catalogue was not changed.
pub type Changed<T> = Result<T, ChangeError<Reason>>;

/// All products with all their prices.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// By family and name.
    pub products: Vec<contabo_product::Model>,
    prices: HashMap<ContaboProductId, Vec<contabo_price::Model>>,
}

impl Catalogue {
    /// Reads it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(rows: &Tenant<'_>) -> Result<Self, DbErr> {
        let products = rows
            .find::<contabo_product::Entity>()
            .order_by(Column::Family, Order::Asc);
        let mut products = products.order_by(Column::Name, Order::Asc).all().await?;
        // By size within a family: `Cloud VPS 12` comes after `Cloud VPS 8`.
        products.sort_by_cached_key(|row| {
            (
                row.kind as u8,
                !row.orderable,
                row.family.clone(),
                row.cores,
                row.disk_mb,
            )
        });
        let mut prices: HashMap<ContaboProductId, Vec<contabo_price::Model>> = HashMap::new();
        for price in rows.find::<contabo_price::Entity>().all().await? {
            prices.entry(price.product_id).or_default().push(price);
        }
        for of_product in prices.values_mut() {
            of_product.sort_by_key(|row| Reverse((row.valid_from, row.created_at, row.id)));
        }
        Ok(Self { products, prices })
    }

    /// The product that Contabo calls so.
    #[must_use]
    pub fn product(&self, contabo_id: &str) -> Option<&contabo_product::Model> {
        self.products.iter().find(|product| product.contabo_id == contabo_id)
    }

    /// The add-on that has this number at Contabo.
    #[must_use]
    pub fn add_on(&self, contabo_number: i64) -> Option<&contabo_product::Model> {
        let mut all = self.products.iter();
        all.find(|product| product.contabo_number == Some(contabo_number))
    }

    /// Those of a kind that can be ordered.
    pub fn orderable(&self, kind: ProductKind) -> impl Iterator<Item = &contabo_product::Model> {
        let all = self.products.iter();
        all.filter(move |product| product.kind == kind && product.orderable)
    }

    /// Every price of a product, that which holds longest in the future first.
    #[must_use]
    pub fn history(&self, product: ContaboProductId) -> &[contabo_price::Model] {
        self.prices.get(&product).map_or(&[], Vec::as_slice)
    }

    /// What the product costs and brings there, for that term, on that day; nothing of what the list does not say.
    #[must_use]
    pub fn price(&self, contabo_id: &str, region: &str, term: Term, day: NaiveDate) -> Price {
        let product = self.product(contabo_id);
        let row = product.and_then(|product| holds(self.history(product.id), region, term, day));
        row.map(Price::from).unwrap_or_default()
    }
}

/// Whether such a product can be ordered here at all: requests know add-ons by our words alone.
#[must_use]
pub fn can_be_ordered(kind: ProductKind, contabo_id: &str) -> bool {
    kind != ProductKind::AddOn || add_on::ALL.contains(&contabo_id)
}

/// Adds a plan that can be ordered, or an add-on that servers may have.
///
/// # Errors
/// When Contabo's id or number is taken.
pub async fn add(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    new: New,
    product: Product,
) -> Changed<ContaboProductId> {
    let id = ContaboProductId::new();
    let rows = db.begin(tenant).await?;
    let taken = match new.kind {
        ProductKind::AddOn => "contabo_number",
        ProductKind::Instance | ProductKind::Storage => "contabo_id",
    };
    let row = contabo_product::ActiveModel {
        id: Set(id),
        kind: Set(new.kind),
        orderable: Set(can_be_ordered(new.kind, &new.contabo_id)),
        contabo_id: Set(new.contabo_id),
        created_at: Set(now),
        ..columns(product)
    };
    let row = rows.insert::<contabo_product::Entity, _>(row).await;
    let row = row.map_err(|error| ChangeError::or_taken(error, taken, Reason::Taken))?;
    record(rows, actor, now, "contabo_product.create", None, &row).await?;
    Ok(id)
}

/// Adds those of the products that are known which the catalogue lacks, and says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn add_known(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let rows = db.begin(tenant).await?;
    let mut added = 0;
    for known in KNOWN {
        added += usize::from(
            rows.insert_unless_there::<contabo_product::Entity, _>(row_of(known, now))
                .await?,
        );
    }
    if added > 0 {
        let subject = Subject {
            kind: "contabo product",
            id: None,
            name: "",
        };
        let after = json!({ "products": added });
        audit::record(
            &rows,
            actor,
            now,
            "contabo_product.add_known",
            subject,
            None,
            Some(after),
        )
        .await?;
    }
    rows.commit().await?;
    Ok(added)
}

fn row_of(known: &Known, now: DateTime<Utc>) -> contabo_product::ActiveModel {
    let [cores, ram, disk, port, snapshots] = known.size.map_or([None; 5], |size| size.map(Some));
    let product = Product {
        name: known.name.to_owned(),
        family: known.family.to_owned(),
        cores: cores.map(i32::from),
        ram_mb: ram.map(|gb| i64::from(gb) * 1_024),
        disk_mb: disk.map(|gb| i64::from(gb) * 1_024),
        disk_kind: known.disk_kind.to_owned(),
        port_mbit: port.map(i32::from),
        snapshots: snapshots.map(i32::from),
        contabo_number: add_on::number(known.contabo_id),
    };
    contabo_product::ActiveModel {
        id: Set(ContaboProductId::new()),
        kind: Set(known.kind),
        contabo_id: Set(known.contabo_id.to_owned()),
        orderable: Set(known.orderable),
        created_at: Set(now),
        ..columns(product)
    }
}

fn columns(product: Product) -> contabo_product::ActiveModel {
    contabo_product::ActiveModel {
        name: Set(product.name),
        family: Set(product.family),
        cores: Set(product.cores),
        ram_mb: Set(product.ram_mb),
        disk_mb: Set(product.disk_mb),
        disk_kind: Set(product.disk_kind),
        port_mbit: Set(product.port_mbit),
        snapshots: Set(product.snapshots),
        contabo_number: Set(product.contabo_number),
        ..Default::default()
    }
}

/// Changes what is said of a product.
///
/// # Errors
/// When it is not there, or another has the number.
pub async fn change(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboProductId,
    product: Product,
) -> Changed<()> {
    let row = contabo_product::ActiveModel {
        id: Set(id),
        ..columns(product)
    };
    keep(db, tenant, actor, now, "contabo_product.change", id, row).await
}

/// Lets a product be ordered, or not.
///
/// # Errors
/// When it is not there; a conflict where it can't be ordered at all.
pub async fn set_orderable(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboProductId,
    orderable: bool,
) -> Changed<()> {
    let row = contabo_product::ActiveModel {
        id: Set(id),
        orderable: Set(orderable),
        ..Default::default()
    };
    let action = match orderable {
        true => "contabo_product.enable",
        false => "contabo_product.disable",
    };
    keep(db, tenant, actor, now, action, id, row).await
}

async fn keep(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &str,
    id: ContaboProductId,
    row: contabo_product::ActiveModel,
) -> Changed<()> {
    let rows = db.begin(tenant).await?;
    let old = rows
        .lock::<contabo_product::Entity>(id)
        .await?
        .ok_or(ChangeError::NotFound)?;
    let is_wanted = row.orderable.try_as_ref().copied().unwrap_or(false);
    if is_wanted && !can_be_ordered(old.kind, &old.contabo_id) {
        return Err(ChangeError::Conflict);
    }
    let new = rows.update::<contabo_product::Entity, _>(row).await;
    let new = new.map_err(|error| ChangeError::or_taken(error, "contabo_number", Reason::Taken))?;
    if new != old {
        record(rows, actor, now, action, Some(&old), &new).await?;
    }
    Ok(())
}

/// Adds a price that holds from a day on.
///
/// # Errors
/// When the product is not there.
pub async fn add_price(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboProductId,
    price: NewPrice,
) -> Changed<()> {
    let rows = db.begin(tenant).await?;
    let product = rows
        .lock::<contabo_product::Entity>(id)
        .await?
        .ok_or(ChangeError::NotFound)?;
    let sales = Currency::of_kept(&rows.own().await?.currency);
    let shown = |minor: Option<i64>, currency| minor.map(|minor| Money::new(minor, currency).to_string());
    let after = json!({
        "region": price.region,
        "months": price.months,
        "valid_from": price.valid_from,
        "cost_month": shown(price.cost_month, price.cost_currency),
        "cost_setup": shown(price.cost_setup, price.cost_currency),
        "sales_month": shown(price.sales_month, sales),
        "sales_setup": shown(price.sales_setup, sales),
    });
    let row = contabo_price::ActiveModel {
        id: Set(ContaboPriceId::new()),
        product_id: Set(id),
        region: Set(price.region),
        months: Set(price.months),
        cost_currency: Set(price.cost_currency.code().to_owned()),
        cost_month_minor: Set(price.cost_month),
        cost_setup_minor: Set(price.cost_setup),
        sales_currency: Set(sales.code().to_owned()),
        sales_month_minor: Set(price.sales_month),
        sales_setup_minor: Set(price.sales_setup),
        valid_from: Set(price.valid_from),
        created_at: Set(now),
        created_by_name: Set(actor.name.clone()),
        ..Default::default()
    };
    rows.insert_all::<contabo_price::Entity, _>([row]).await?;
    let action = "contabo_product.price";
    audit::record(&rows, actor, now, action, subject(&product), None, Some(after)).await?;
    Ok(rows.commit().await?)
}

/// Whether clients read what their servers cost them.
///
/// # Errors
/// When the database does not answer.
pub async fn shows_prices(rows: &Tenant<'_>) -> Result<bool, DbErr> {
    let row = rows.find::<hosting_settings::Entity>().one().await?;
    Ok(row.is_some_and(|row| row.shows_prices))
}

/// Lets clients read that, or not.
///
/// # Errors
/// When the database does not answer.
pub async fn show_prices(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    shows_prices: bool,
) -> Result<(), DbErr> {
    let rows = db.begin(tenant).await?;
    let old = rows.find::<hosting_settings::Entity>().one().await?;
    let before = old.as_ref().is_some_and(|row| row.shows_prices);
    let change = (hosting_settings::Column::ShowsPrices, Expr::value(shows_prices));
    settings::set(&rows, now, [change]).await?;
    let subject = Subject {
        kind: "settings",
        id: None,
        name: "",
    };
    let fields = |shows: bool| Some(json!({ "shows_prices": shows }));
    let (before, after) = (fields(before), fields(shows_prices));
    audit::record(&rows, actor, now, "settings.change", subject, before, after).await?;
    rows.commit().await
}

async fn record(
    rows: Tenant<'static>,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &str,
    old: Option<&contabo_product::Model>,
    new: &contabo_product::Model,
) -> Result<(), DbErr> {
    audit::record(
        &rows,
        actor,
        now,
        action,
        subject(new),
        old.map(fields),
        Some(fields(new)),
    )
    .await?;
    rows.commit().await
}

fn subject(row: &contabo_product::Model) -> Subject<'_> {
    Subject {
        kind: "contabo product",
        id: Some(row.id.0),
        name: &row.name,
    }
}

fn fields(row: &contabo_product::Model) -> Value {
    json!({
        "contabo_id": row.contabo_id,
        "contabo_number": row.contabo_number,
        "name": row.name,
        "family": row.family,
        "cores": row.cores,
        "ram_mb": row.ram_mb,
        "disk_mb": row.disk_mb,
        "disk_kind": row.disk_kind,
        "port_mbit": row.port_mbit,
        "snapshots": row.snapshots,
        "orderable": row.orderable,
    })
}
