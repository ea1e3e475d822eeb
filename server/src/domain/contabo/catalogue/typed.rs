//! Products and prices as staff type them.

use chrono::NaiveDate;
use entity::contabo_product::ProductKind;

use super::REGIONS;
use crate::domain::{
    money::{BadAmount, Currency, Money},
    typed::{BadText, Checks, Rejected, Typed, line, optional_line},
};

/// The contract's terms in months that Contabo's documents name; 0 stands for any.
pub const TERMS: [i32; 6] = [0, 1, 3, 6, 12, 24];

/// The numbers of add-ons that were seen have four digits; nobody says how far they go.
const MOST_NUMBER: i32 = 999_999_999;

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    /// Another product has this id.
    Taken,
    /// Not a whole number of this size.
    NotANumber,
    NotAChoice,
    NotADate,
    Amount(BadAmount),
    /// Neither a cost nor a price.
    Nothing,
    /// What is paid once, without what is paid each month.
    SetupAlone,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

impl From<BadAmount> for Reason {
    fn from(bad: BadAmount) -> Self {
        Self::Amount(bad)
    }
}

/// A product that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub name: String,
    pub family: String,
    pub cores: Option<i32>,
    /// MiB.
    pub ram_mb: Option<i64>,
    /// MiB.
    pub disk_mb: Option<i64>,
    pub disk_kind: String,
    pub port_mbit: Option<i32>,
    pub snapshots: Option<i32>,
    /// Of an add-on, Contabo's number of it.
    pub contabo_number: Option<i64>,
}

/// What of a product is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub kind: ProductKind,
    pub contabo_id: String,
}

/// From the fields of a product's form. `kind`: of one that is there; none: it is new, and a plan unless it is said to be
/// an add-on, which needs Contabo's number of it and is known by that.
///
/// # Errors
/// What can't be taken, by field.
pub fn product(typed: &Typed, kind: Option<ProductKind>) -> Result<(Option<New>, Product), Rejected<Reason>> {
    let mut checks = Checks::default();
    let is_new = kind.is_none();
    let kind = kind.map_or_else(|| new_kind(typed.get("kind")), Ok);
    let kind = checks.keep("kind", kind);
    let add_on = kind == Some(ProductKind::AddOn);
    let contabo_number = match (add_on, typed.get("contabo_number")) {
        (false, _) => Some(None),
        (true, "") if is_new => {
            checks.reject("contabo_number", Reason::Text(BadText::Missing));
            None
        }
        (true, typed) => checks.keep("contabo_number", number(typed, MOST_NUMBER)),
    };
    let contabo_id = match (is_new, contabo_number) {
        (false, _) => Some(None),
        (true, Some(Some(number))) => Some(Some(number.to_string())),
        (true, _) if add_on => None,
        (true, _) => checks.keep("contabo_id", id(typed.get("contabo_id"))).map(Some),
    };
    let name = checks.keep("name", line(typed.get("name"), 120));
    let family = checks.keep("family", optional_line(typed.get("family"), 80));
    let disk_kind = checks.keep("disk_kind", optional_line(typed.get("disk_kind"), 40));
    let [cores, ram, disk, port, snapshots] = [
        ("cores", 1_024),
        ("ram", 65_536),
        ("disk", 1_000_000),
        ("port", 1_000_000),
        ("snapshots", 100),
    ]
    .map(|(field, most)| checks.keep(field, number(typed.get(field), most)));
    let rejected = checks.rejected();
    match (
        kind, contabo_id, name, family, disk_kind, cores, ram, disk, port, snapshots,
    ) {
        (
            Some(kind),
            Some(contabo_id),
            Some(name),
            Some(family),
            Some(disk_kind),
            Some(cores),
            Some(ram),
            Some(disk),
            Some(port),
            Some(snapshots),
        ) if rejected.0.is_empty() => {
            let product = Product {
                name,
                family: family.unwrap_or_default(),
                cores,
                ram_mb: ram.map(|gb| i64::from(gb) * 1_024),
                disk_mb: disk.map(|gb| i64::from(gb) * 1_024),
                disk_kind: disk_kind.unwrap_or_default(),
                port_mbit: port,
                snapshots,
                contabo_number: contabo_number.flatten().map(i64::from),
            };
            Ok((contabo_id.map(|contabo_id| New { kind, contabo_id }), product))
        }
        _ => Err(rejected),
    }
}

/// What a new product can be.
fn new_kind(typed: &str) -> Result<ProductKind, Reason> {
    match typed {
        "" | "plan" => Ok(ProductKind::Instance),
        "add_on" => Ok(ProductKind::AddOn),
        _ => Err(Reason::NotAChoice),
    }
}

/// As Contabo writes its products' ids, `V153`.
fn id(typed: &str) -> Result<String, Reason> {
    let id = line(typed, 40)?;
    match id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        true => Ok(id),
        false => Err(Reason::Text(BadText::Unprintable)),
    }
}

fn number(typed: &str, most: i32) -> Result<Option<i32>, Reason> {
    if typed.is_empty() {
        return Ok(None);
    }
    let number: Option<i32> = typed.parse().ok().filter(|number| (0..=most).contains(number));
    number.map(Some).ok_or(Reason::NotANumber)
}

/// A price that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPrice {
    pub region: String,
    pub months: i32,
    pub cost_currency: Currency,
    pub cost_month: Option<i64>,
    pub cost_setup: Option<i64>,
    pub sales_month: Option<i64>,
    pub sales_setup: Option<i64>,
    pub valid_from: NaiveDate,
}

/// From the fields of a price's form. `sales` is the currency that the tenant's clients pay in.
///
/// # Errors
/// What can't be taken, by field.
pub fn price(typed: &Typed, sales: Currency) -> Result<NewPrice, Rejected<Reason>> {
    let mut checks = Checks::default();
    let region = typed.get("region");
    if !region.is_empty() && !REGIONS.contains(&region) {
        checks.reject("region", Reason::NotAChoice);
    }
    let months = typed.get("months").parse().ok().filter(|months| TERMS.contains(months));
    let months = checks.keep("months", months.ok_or(Reason::NotAChoice));
    let currency = Currency::of(typed.get("cost_currency"));
    let cost_currency = checks.keep("cost_currency", currency.ok_or(Reason::NotAChoice));
    let cost = cost_currency.unwrap_or_default();
    let mut amount = |field, currency| checks.keep(field, optional(typed.get(field), currency)).flatten();
    let (cost_month, cost_setup) = (amount("cost_month", cost), amount("cost_setup", cost));
    let (sales_month, sales_setup) = (amount("sales_month", sales), amount("sales_setup", sales));
    let valid_from = typed.get("valid_from").parse::<NaiveDate>().ok();
    let valid_from = valid_from.filter(|day| (1_990..=2_200).contains(&chrono::Datelike::year(day)));
    let valid_from = checks.keep("valid_from", valid_from.ok_or(Reason::NotADate));
    let typed_month = |field| !typed.get(field).is_empty();
    if !typed_month("cost_month") && !typed_month("sales_month") {
        checks.reject("cost_month", Reason::Nothing);
    }
    for (month, setup) in [("cost_month", "cost_setup"), ("sales_month", "sales_setup")] {
        if !typed_month(month) && typed_month(setup) {
            checks.reject(setup, Reason::SetupAlone);
        }
    }
    let rejected = checks.rejected();
    match (months, cost_currency, valid_from) {
        (Some(months), Some(cost_currency), Some(valid_from)) if rejected.0.is_empty() => Ok(NewPrice {
            region: region.to_owned(),
            months,
            cost_currency,
            cost_month,
            cost_setup,
            sales_month,
            sales_setup,
            valid_from,
        }),
        _ => Err(rejected),
    }
}

fn optional(typed: &str, currency: Currency) -> Result<Option<i64>, BadAmount> {
    match typed.is_empty() {
        true => Ok(None),
        false => Money::read(typed, currency).map(|money| Some(money.minor)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed::new(
            pairs
                .iter()
                .map(|(field, value)| ((*field).to_owned(), (*value).to_owned())),
        )
    }

    fn fields<T: std::fmt::Debug>(outcome: Result<T, Rejected<Reason>>) -> Vec<&'static str> {
        outcome.unwrap_err().0.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn an_add_on_is_known_by_contabos_number_of_it() {
        let form = |number: &'static str| {
            typed(&[
                ("kind", "add_on"),
                ("contabo_id", "V1"),
                ("name", "Backup"),
                ("contabo_number", number),
            ])
        };
        let (new, product) = super::product(&form("1431"), None).unwrap();
        let expected = New {
            kind: ProductKind::AddOn,
            contabo_id: "1431".to_owned(),
        };
        assert_eq!((new, product.contabo_number), (Some(expected), Some(1_431)));
        for wrong in ["", "x", "-1"] {
            assert_eq!(
                fields(super::product(&form(wrong), None)),
                ["contabo_number"],
                "{wrong}"
            );
        }
        // One that is there may do without, and a plan has none.
        let there = |kind| super::product(&form(""), Some(kind)).unwrap();
        assert_eq!(there(ProductKind::AddOn).1.contabo_number, None);
        let plan = super::product(&form("7"), Some(ProductKind::Instance)).unwrap();
        assert_eq!((plan.0, plan.1.contabo_number), (None, None));
        let unknown = typed(&[("kind", "yacht"), ("contabo_id", "V1"), ("name", "Yacht")]);
        assert_eq!(fields(super::product(&unknown, None)), ["kind"]);
    }

    #[test]
    fn a_product_needs_an_id_and_a_name_and_takes_whole_numbers() {
        let form = typed(&[
            ("contabo_id", "V153"),
            ("name", "Cloud VPS 4"),
            ("ram", "8"),
            ("cores", ""),
        ]);
        let (new, product) = super::product(&form, None).unwrap();
        let new = new.unwrap();
        assert_eq!((new.kind, new.contabo_id.as_str()), (ProductKind::Instance, "V153"));
        assert_eq!((product.ram_mb, product.cores), (Some(8_192), None));
        let wrong = typed(&[("contabo_id", "V 1"), ("name", ""), ("ram", "8.5"), ("snapshots", "-1")]);
        assert_eq!(
            fields(super::product(&wrong, None)),
            ["contabo_id", "name", "ram", "snapshots"]
        );
        let there = super::product(&form, Some(ProductKind::Instance));
        assert_eq!(there.unwrap().0, None);
    }

    #[test]
    fn a_price_has_at_least_one_amount_a_month_and_a_day() {
        let usual = [("months", "1"), ("cost_currency", "EUR"), ("valid_from", "2026-06-01")];
        let with = |more: &[(&str, &str)]| price(&typed(&[&usual, more].concat()), Currency::default());
        let read = with(&[("cost_month", "4,50"), ("sales_month", "9")]).unwrap();
        assert_eq!(
            (read.cost_month, read.sales_month, read.cost_setup),
            (Some(450), Some(900), None)
        );
        assert_eq!(fields(with(&[])), ["cost_month"]);
        assert_eq!(
            fields(with(&[("cost_month", "1"), ("sales_setup", "5")])),
            ["sales_setup"]
        );
        assert_eq!(
            fields(with(&[("cost_month", "x"), ("region", "Moon")])),
            ["region", "cost_month"]
        );
        let none = price(&typed(&[("cost_month", "1")]), Currency::default());
        assert_eq!(fields(none), ["months", "cost_currency", "valid_from"]);
    }
}
