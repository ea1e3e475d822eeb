//! What things at Contabo cost each month, what their clients pay and what is left: calculated from the prices that staff
//! keep and those that things were ordered at. Contabo sends no invoices over its API, so this is none.
//!
//! A thing counts for a month in which it was there at any time, for a whole month, as Contabo bills it; what is paid once
//! does not count. It counts for the client that has it now; what the client got after the month counts as nobody's. Its
//! price is that of the month's last day, or of today. An add-on that was bought here later counts from the month in which
//! it was bought; one that Contabo says a server has beside that counts as long as the server does.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use entity::{ClientId, ContaboResourceId, InstanceId, Tenant, contabo_order, contabo_resource, instance};
use sea_orm::{ColumnTrait, DbErr};

use super::{
    actions,
    catalogue::{Amount, Catalogue, Line, Quote, STORAGE, Side, Term, Unknown},
    instances::Details,
    orders::{self, Wanted},
    resources::{Kind, Storage},
    storages,
};
use crate::domain::{
    calendar::{Month, day_at},
    money::{Currency, Money},
};

/// Which thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Server(InstanceId),
    Storage(ContaboResourceId),
}

/// One thing with its price.
#[derive(Clone, Debug)]
pub struct Item {
    pub what: What,
    pub client: Option<ClientId>,
    pub name: String,
    /// What was bought, as the price list or Contabo names it.
    pub product: String,
    /// None: no price is known.
    pub cost: Option<Amount>,
    pub sales: Option<Amount>,
    /// What of it has no price: the product or an add-on.
    pub lacks: Vec<String>,
}

impl Item {
    fn new(what: What, client: Option<ClientId>, name: String, product: String, quote: Option<&Quote>) -> Self {
        let total = |side| match quote {
            Some(quote) => quote.total(side),
            None => Err(Unknown::NoPrice(vec![product.clone()])),
        };
        let (cost, sales) = (total(Side::Cost), total(Side::Sales));
        // Nobody pays for what nobody has.
        let sold = client.is_some().then_some(&sales);
        let mut lacks: Vec<String> = [Some(&cost), sold].into_iter().flatten().flat_map(unpriced).collect();
        lacks.sort_unstable();
        lacks.dedup();
        Self {
            what,
            client,
            name,
            product,
            cost: cost.ok(),
            sales: sales.ok(),
            lacks,
        }
    }
}

fn unpriced(total: &Result<Amount, Unknown>) -> Vec<String> {
    match total {
        Err(Unknown::NoPrice(what)) => what.clone(),
        Ok(_) | Err(Unknown::Currencies) => Vec::new(),
    }
}

/// A sum of each currency, and how many things have no price and so are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    minor: BTreeMap<String, i64>,
    pub unknown: usize,
}

impl Sum {
    fn add(&mut self, amount: Option<&Amount>) {
        match amount {
            Some(amount) => {
                let sum = self.minor.entry(amount.currency.clone()).or_default();
                *sum = sum.saturating_add(amount.month_minor);
            }
            None => self.unknown += 1,
        }
    }

    fn plus(&mut self, other: &Self) {
        for (currency, minor) in &other.minor {
            let sum = self.minor.entry(currency.clone()).or_default();
            *sum = sum.saturating_add(*minor);
        }
        self.unknown += other.unknown;
    }

    /// The amounts, by currency.
    #[must_use]
    pub fn amounts(&self) -> Vec<Money> {
        let money = |(currency, minor): (&String, &i64)| Money::new(*minor, Currency::of_kept(currency));
        self.minor.iter().map(money).collect()
    }
}

/// What one client's things come to, or those that nobody has, or all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub servers: usize,
    pub storages: usize,
    pub cost: Sum,
    pub sales: Sum,
    /// Things that lack a price of either kind.
    pub unknown: usize,
}

impl Share {
    fn add(&mut self, item: &Item) {
        match item.what {
            What::Server(_) => self.servers += 1,
            What::Storage(_) => self.storages += 1,
        }
        let lacks = item.cost.is_none() || (item.client.is_some() && item.sales.is_none());
        self.unknown += usize::from(lacks);
        self.cost.add(item.cost.as_ref());
        // Nobody pays for what nobody has, which is known.
        if item.client.is_some() {
            self.sales.add(item.sales.as_ref());
        }
    }

    /// As if they were one.
    pub fn plus(&mut self, other: &Self) {
        self.servers += other.servers;
        self.storages += other.storages;
        self.cost.plus(&other.cost);
        self.sales.plus(&other.sales);
        self.unknown += other.unknown;
    }

    /// What is left; none where something has no price, or the amounts are of several currencies.
    #[must_use]
    pub fn margin(&self) -> Option<Money> {
        if self.cost.unknown > 0 || self.sales.unknown > 0 {
            return None;
        }
        let currencies: BTreeSet<&String> = self.cost.minor.keys().chain(self.sales.minor.keys()).collect();
        let [currency] = currencies.into_iter().collect::<Vec<_>>()[..] else {
            return None;
        };
        let of = |sum: &Sum| sum.minor.get(currency).copied().unwrap_or_default();
        let left = of(&self.sales).saturating_sub(of(&self.cost));
        Some(Money::new(left, Currency::of_kept(currency)))
    }
}

/// What each client's things come to, and, under none, those that nobody has.
#[must_use]
pub fn shares(items: &[Item]) -> HashMap<Option<ClientId>, Share> {
    let mut shares: HashMap<Option<ClientId>, Share> = HashMap::new();
    for item in items {
        shares.entry(item.client).or_default().add(item);
    }
    shares
}

/// The products without a price, by name, each with how many things there are of it.
#[must_use]
pub fn without_price(items: &[Item]) -> Vec<(String, usize)> {
    let mut lacking: BTreeMap<&str, usize> = BTreeMap::new();
    for what in items.iter().flat_map(|item| &item.lacks) {
        *lacking.entry(what).or_default() += 1;
    }
    lacking
        .into_iter()
        .map(|(product, count)| (product.to_owned(), count))
        .collect()
}

/// The months of which anything is known, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn months(rows: &Tenant<'_>, zone: Tz, now: DateTime<Utc>) -> Result<Vec<Month>, DbErr> {
    /// As many as the list of a form can have.
    const MOST: usize = 36;
    let oldest = rows
        .find::<instance::Entity>()
        .order_by(instance::Column::FirstSeenAt, sea_orm::Order::Asc)
        .one()
        .await?;
    let storage = rows
        .find::<contabo_resource::Entity>()
        .filter(contabo_resource::Column::Kind.eq(Storage::NAME))
        .order_by(contabo_resource::Column::FirstSeenAt, sea_orm::Order::Asc)
        .one()
        .await?;
    let seen = [
        oldest.map(|row| row.first_seen_at),
        storage.map(|row| row.first_seen_at),
    ];
    let this = Month::at(now, zone);
    let first = seen.into_iter().flatten().min().map_or(this, |at| Month::at(at, zone));
    let back = std::iter::successors(Some(this), |month| Some(month.previous()));
    Ok(back.take_while(|month| *month >= first).take(MOST).collect())
}

/// What was there in the month, with its prices, in no order.
///
/// # Errors
/// When the database does not answer.
pub async fn items(rows: &Tenant<'_>, month: Month, zone: Tz, now: DateTime<Utc>) -> Result<Vec<Item>, DbErr> {
    let period = month.period(zone);
    let (begin, end) = (instant(period.start()), instant(period.end()));
    let day = last_day(month).min(day_at(now, zone));
    let was_there = |began: DateTime<Utc>, gone: Option<DateTime<Utc>>| began < end && gone.is_none_or(|at| at > begin);
    let given = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at < end);
    let catalogue = Catalogue::load(rows).await?;
    let bought = actions::bought(rows, None).await?;
    let ordered = rows
        .find::<contabo_order::Entity>()
        .filter(contabo_order::Column::ContaboId.is_not_null())
        .all()
        .await?;
    let of_server: HashMap<InstanceId, &contabo_order::Model> =
        ordered.iter().filter_map(|row| Some((row.instance_id?, row))).collect();
    let mut items = Vec::new();
    // Storages are known by their region's name alone, prices by its word.
    let mut regions: HashMap<String, String> = HashMap::new();
    for row in rows.find::<instance::Entity>().all().await? {
        let details = Details::of(&row);
        let began = details.created_at.unwrap_or(row.first_seen_at).min(row.first_seen_at);
        if was_there(began, row.gone_at) {
            let own: Vec<_> = bought.iter().filter(|one| one.instance == row.id).collect();
            let order = of_server.get(&row.id).copied();
            let quote = orders::quote_of_server(&catalogue, order, &details, (own.as_slice(), end), day);
            let client = row.client_id.filter(|_| given(row.assigned_at));
            items.push(item(&row, &details, client, quote.as_ref()));
        }
        regions.insert(details.region_name, details.region);
    }
    let storages = rows
        .find::<contabo_resource::Entity>()
        .filter(contabo_resource::Column::Kind.eq(Storage::NAME));
    for row in storages.all().await? {
        let Ok(storage) = serde_json::from_value::<Storage>(row.details.clone()) else {
            continue;
        };
        let began = storage.created_at.unwrap_or(row.first_seen_at).min(row.first_seen_at);
        if was_there(began, row.gone_at) {
            let order = ordered
                .iter()
                .find(|order| order.contabo_id.as_deref() == Some(storage.id.as_str()));
            let of_server = regions.get(&storage.region).map(String::as_str);
            let region = storages::region_word(&storage.region, of_server);
            let quote = quote_of_storage(&catalogue, &storage, order, region, day);
            let client = row.client_id.filter(|_| given(row.assigned_at));
            let product = quote.lines.first().map(|line| line.what.clone()).unwrap_or_default();
            let what = What::Storage(row.id);
            items.push(Item::new(what, client, storage.name.clone(), product, Some(&quote)));
        }
    }
    Ok(items)
}

fn item(row: &instance::Model, details: &Details, client: Option<ClientId>, quote: Option<&Quote>) -> Item {
    let name = match row.display_name.trim() {
        "" => row.name.clone(),
        given => given.to_owned(),
    };
    let product = match details.product_name.as_str() {
        "" => details.product_id.clone(),
        name => name.to_owned(),
    };
    Item::new(What::Server(row.id), client, name, product, quote)
}

/// A step at what it was ordered at, or else by the list, for as many steps as are bought now.
fn quote_of_storage(
    catalogue: &Catalogue,
    storage: &Storage,
    order: Option<&contabo_order::Model>,
    region: &str,
    day: NaiveDate,
) -> Quote {
    // A few thousand at most.
    let quantity = (storage.size_tb.unwrap_or_default() * 4.0).ceil() as i64;
    let ordered = order.filter(|row| matches!(Wanted::of(row), Ok(Wanted::Storage(_))));
    let ordered = ordered.and_then(|row| orders::price(row).lines.into_iter().next());
    let line = ordered.unwrap_or_else(|| {
        let price = catalogue.price(STORAGE, region, Term::Months(1), day);
        let product = catalogue.product(STORAGE);
        Line {
            what: product.map_or_else(|| STORAGE.to_owned(), |product| product.name.clone()),
            quantity,
            cost: price.cost,
            sales: price.sales,
        }
    });
    Quote {
        lines: vec![Line { quantity, ..line }],
    }
}

fn instant(second: i64) -> DateTime<Utc> {
    crate::domain::calendar::instant(second)
}

fn last_day(month: Month) -> NaiveDate {
    let next = month.next().first_day();
    next.pred_opt().unwrap_or(next)
}

const COLUMNS: [&str; 9] = [
    "month",
    "client",
    "kind",
    "name",
    "product",
    "cost_currency",
    "cost_per_month",
    "sales_currency",
    "sales_per_month",
];

/// One line a thing; `client` names its client, `text` makes a text harmless to spreadsheets. What has no price is empty.
///
/// # Errors
/// Never, while it is written to memory.
pub fn write(
    month: Month,
    items: &[Item],
    client: impl Fn(ClientId) -> String,
    text: fn(&str) -> String,
) -> csv::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS)?;
    for item in items {
        let amount = |amount: Option<&Amount>| match amount {
            Some(amount) => [amount.currency.clone(), amount.month().typed()],
            None => [String::new(), String::new()],
        };
        let [cost_currency, cost] = amount(item.cost.as_ref());
        let [sales_currency, sales] = amount(item.sales.as_ref().filter(|_| item.client.is_some()));
        let kind = match item.what {
            What::Server(_) => "server",
            What::Storage(_) => "object storage",
        };
        csv.write_record([
            month.to_string(),
            item.client.map(|id| text(&client(id))).unwrap_or_default(),
            kind.to_owned(),
            text(&item.name),
            text(&item.product),
            cost_currency,
            cost,
            sales_currency,
            sales,
        ])?;
    }
    csv.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(currency: &str, minor: i64) -> Option<Amount> {
        Some(Amount {
            currency: currency.to_owned(),
            month_minor: minor,
            setup_minor: 99_900,
        })
    }

    fn item(client: Option<ClientId>, cost: Option<Amount>, sales: Option<Amount>) -> Item {
        let line = Line {
            what: "Cloud VPS 4".to_owned(),
            quantity: 1,
            cost,
            sales,
        };
        let quote = Quote { lines: vec![line] };
        let (name, product) = ("=web".to_owned(), "Cloud VPS 4".to_owned());
        Item::new(What::Server(InstanceId::new()), client, name, product, Some(&quote))
    }

    #[test]
    fn what_nobody_has_costs_and_brings_nothing() {
        let acme = Some(ClientId::new());
        let items = [
            item(acme, amount("EUR", 500), amount("EUR", 900)),
            item(acme, amount("EUR", 700), amount("EUR", 1_000)),
            item(None, amount("EUR", 450), amount("EUR", 900)),
        ];
        let shares = shares(&items);
        let left = |share: &Share| share.margin().map(|money| money.minor);
        assert_eq!((shares[&acme].servers, left(&shares[&acme])), (2, Some(700)));
        assert_eq!(left(&shares[&None]), Some(-450));
        let mut all = Share::default();
        shares.values().for_each(|share| all.plus(share));
        assert_eq!((all.servers, left(&all)), (3, Some(250)));
        assert!(without_price(&items).is_empty());
    }

    #[test]
    fn part_of_a_sum_is_never_shown_as_what_is_left() {
        let acme = Some(ClientId::new());
        let known = item(acme, amount("EUR", 500), amount("EUR", 900));
        let lacking = [known.clone(), item(acme, amount("EUR", 500), None)];
        let share = &shares(&lacking)[&acme];
        assert_eq!((share.margin(), share.sales.unknown, share.cost.unknown), (None, 1, 0));
        assert_eq!(share.cost.amounts()[0].minor, 1_000);
        assert_eq!(without_price(&lacking), [("Cloud VPS 4".to_owned(), 1)]);
        let mixed = [known, item(acme, amount("USD", 500), amount("EUR", 900))];
        let share = &shares(&mixed)[&acme];
        assert_eq!((share.margin(), share.cost.amounts().len()), (None, 2));
    }

    #[test]
    fn a_file_has_a_line_a_thing_and_no_formula() {
        let acme = ClientId::new();
        let items = [
            item(Some(acme), amount("EUR", 500), None),
            item(None, None, amount("EUR", 1)),
        ];
        let month = Month::new(2026, 11).unwrap();
        let file = write(month, &items, |_| "Acme".to_owned(), |text| format!("'{text}")).unwrap();
        let file = String::from_utf8(file).unwrap();
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(lines[1], "2026-11,'Acme,server,'=web,'Cloud VPS 4,EUR,5.00,,");
        assert_eq!(
            lines[2], "2026-11,,server,'=web,'Cloud VPS 4,,,,",
            "what nobody has brings nothing"
        );
    }
}
