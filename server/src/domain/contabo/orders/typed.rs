//! An order as staff fill it in.

use std::num::NonZeroI64;

use entity::{ClientId, ContaboAccountId, ContaboOrderId};
use secrecy::SecretString;

use super::{
    choices::{USERS, is_term},
    wanted::{Instance, Storage, Wanted},
};
use crate::domain::{
    contabo::catalogue::{REGIONS, STORAGE_REGIONS},
    typed::{BadText, Checks, Rejected, Typed, block, line},
};

/// Characters of a text for cloud-init.
const MOST_TEXT: usize = 65_536;

/// Steps of 250 GB that one order may have: more than Contabo sells at once.
const MOST_STEPS: i64 = 4_000;

/// The fields whose values are shown again.
pub const FIELDS: [&str; 11] = [
    "product",
    "region",
    "months",
    "image",
    "default_user",
    "display_name",
    "user_data",
    "client",
    "size",
    "grows",
    "grows_to",
];

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    NotAChoice,
    /// Something in the account is called so, or is being ordered by this name.
    NameTaken,
    /// Not a size in TB in steps of a quarter.
    NotASize,
    /// It grows to no more than what is ordered.
    CeilingTooLow,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// What there is to choose from: ids at Contabo and names.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub products: Vec<(String, String)>,
    pub images: Vec<(String, String)>,
    pub keys: Vec<(String, String)>,
    pub add_ons: Vec<(String, String)>,
}

/// An order that was filled in.
#[derive(Debug)]
pub struct NewOrder {
    /// Made with the empty form: a form that is sent twice is one order.
    pub id: ContaboOrderId,
    pub account: ContaboAccountId,
    pub client: Option<ClientId>,
    pub display_name: String,
    pub wanted: Wanted,
    pub user_data: Option<SecretString>,
    /// Passwords that were made up for that text, by what a form calls them: shown once with the system's.
    pub made_up: Vec<(String, SecretString)>,
}

/// From the form's fields, for an instance or a storage of `account`.
///
/// # Errors
/// What can't be taken, by field.
pub fn read(
    typed: &Typed,
    account: ContaboAccountId,
    of_storage: bool,
    choices: &Choices,
) -> Result<NewOrder, Rejected<Reason>> {
    let mut checks = Checks::default();
    let id = typed.get("order").parse().unwrap_or_else(|_| ContaboOrderId::new());
    let display_name = checks.keep("display_name", line(typed.get("display_name"), 255));
    let client = match typed.get("client") {
        "" => Some(None),
        text => checks.keep("client", text.parse().map(Some).map_err(|_| Reason::NotAChoice)),
    };
    let wanted = match of_storage {
        true => storage(typed, &mut checks).map(Wanted::Storage),
        false => instance(typed, choices, &mut checks).map(Wanted::Instance),
    };
    // A browser sends a line's end as two signs, which YAML takes and a shell script does not.
    let user_data = match of_storage {
        true => Some(String::new()),
        false => checks.keep("user_data", block(typed.exactly("user_data"), MOST_TEXT)),
    };
    match (display_name, client, wanted, user_data) {
        (Some(display_name), Some(client), Some(wanted), Some(user_data)) => Ok(NewOrder {
            id,
            account,
            client,
            display_name,
            wanted,
            user_data: (!user_data.is_empty()).then(|| user_data.into()),
            made_up: Vec::new(),
        }),
        _ => Err(checks.rejected()),
    }
}

fn instance(typed: &Typed, choices: &Choices, checks: &mut Checks<Reason>) -> Option<Instance> {
    let chosen = |among: &[(String, String)], value: &str| {
        let found = among.iter().find(|(id, _)| id == value).cloned();
        found.ok_or(Reason::NotAChoice)
    };
    let ticked = |among: &[(String, String)], values: Vec<String>| -> Vec<(String, String)> {
        let ticked = among.iter().filter(|(id, _)| values.contains(id));
        ticked.cloned().collect()
    };
    let product = checks.keep("product", chosen(&choices.products, typed.get("product")));
    let region = checks.keep("region", one_of(&REGIONS, typed.get("region")));
    let months = typed.get("months").parse::<i32>().ok();
    let months = months.filter(|months| is_term(*months));
    let months = checks.keep("months", months.ok_or(Reason::NotAChoice));
    let image = checks.keep("image", chosen(&choices.images, typed.get("image")));
    let user = checks.keep("default_user", one_of(&USERS, typed.get("default_user")));
    let keys = ticked(&choices.keys, typed.all("ssh_keys")).into_iter();
    let keys = keys.filter_map(|(id, name)| Some((id.parse().ok()?, name)));
    let add_ons = ticked(&choices.add_ons, typed.all("add_ons")).into_iter();
    let ((product_id, product_name), (image_id, image_name)) = (product?, image?);
    Some(Instance {
        product_id,
        product_name,
        region: region?,
        months: months?,
        image_id,
        image_name,
        default_user: user?,
        ssh_keys: keys.collect(),
        add_ons: add_ons.map(|(id, _)| id).collect(),
        template: None,
    })
}

fn storage(typed: &Typed, checks: &mut Checks<Reason>) -> Option<Storage> {
    let region = checks.keep("region", one_of(&STORAGE_REGIONS, typed.get("region")));
    let size = checks.keep("size", steps(typed.get("size")));
    let grows_to = match typed.is_ticked("grows") {
        false => Some(None),
        true => checks.keep("grows_to", steps(typed.get("grows_to"))).map(Some),
    };
    let (region, steps, grows_to) = (region?, size?, grows_to?);
    if grows_to.is_some_and(|most| most <= steps) {
        checks.reject("grows_to", Reason::CeilingTooLow);
        return None;
    }
    Some(Storage {
        region,
        steps,
        grows_to,
    })
}

fn one_of(among: &[&str], value: &str) -> Result<String, Reason> {
    match among.contains(&value) {
        true => Ok(value.to_owned()),
        false => Err(Reason::NotAChoice),
    }
}

/// From TB as they are typed, `0.75` or `1,5`, to steps of a quarter.
///
/// # Errors
/// When it is none of the sizes that are sold.
pub fn steps(typed: &str) -> Result<i64, Reason> {
    let (whole, part) = typed.split_once(['.', ',']).unwrap_or((typed, ""));
    let quarters = match part.trim_end_matches('0') {
        "" => 0,
        "25" => 1,
        "5" => 2,
        "75" => 3,
        _ => return Err(Reason::NotASize),
    };
    let whole: i64 = whole.parse().ok().filter(|whole| *whole >= 0).ok_or(Reason::NotASize)?;
    let steps = whole.checked_mul(4).and_then(|steps| steps.checked_add(quarters));
    let steps = steps.filter(|steps| *steps <= MOST_STEPS).and_then(NonZeroI64::new);
    steps.map(NonZeroI64::get).ok_or(Reason::NotASize)
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

    fn choices() -> Choices {
        let pair = |id: &str| vec![(id.to_owned(), format!("{id} by name"))];
        Choices {
            products: pair("V153"),
            images: pair("afecbb85"),
            keys: pair("7"),
            add_ons: pair("backup"),
        }
    }

    const FORM: [(&str, &str); 8] = [
        ("product", "V153"),
        ("region", "EU"),
        ("months", "1"),
        ("image", "afecbb85"),
        ("default_user", "root"),
        ("display_name", "web-1"),
        ("ssh_keys", "7"),
        ("user_data", "#cloud-config\r\npackages: []\r\n"),
    ];

    fn read(pairs: &[(&str, &str)], of_storage: bool) -> Result<NewOrder, Vec<&'static str>> {
        let account = ContaboAccountId::new();
        let read = super::read(&typed(pairs), account, of_storage, &choices());
        read.map_err(|rejected| rejected.0.into_iter().map(|(field, _)| field).collect())
    }

    #[test]
    fn an_instance_is_made_of_what_there_is_to_choose() {
        use secrecy::ExposeSecret;
        let order = read(&FORM, false).unwrap();
        let Wanted::Instance(instance) = order.wanted else {
            panic!()
        };
        assert_eq!(instance.ssh_keys, [(7, "7 by name".to_owned())]);
        assert_eq!(instance.add_ons, Vec::<String>::new());
        assert_eq!(order.user_data.unwrap().expose_secret(), "#cloud-config\npackages: []");
        assert_eq!(order.client, None);
    }

    #[test]
    fn what_is_no_choice_is_refused_by_field() {
        for (field, value) in [
            ("product", "V999"),
            ("region", "Moon"),
            ("months", "0"),
            ("image", ""),
            ("default_user", "toor"),
            ("display_name", ""),
            ("user_data", "a\0b"),
            ("client", "acme"),
        ] {
            let form: Vec<_> = FORM
                .into_iter()
                .filter(|(name, _)| *name != field)
                .chain([(field, value)])
                .collect();
            assert_eq!(read(&form, false).unwrap_err(), [field], "{value}");
        }
        // What was never offered is left out.
        let form: Vec<_> = FORM
            .into_iter()
            .chain([("ssh_keys", "8"), ("add_ons", "yacht")])
            .collect();
        let Wanted::Instance(instance) = read(&form, false).unwrap().wanted else {
            panic!()
        };
        assert_eq!((instance.ssh_keys.len(), instance.add_ons.len()), (1, 0));
    }

    #[test]
    fn a_storage_is_sold_in_quarters_of_a_tb_and_grows_upward() {
        for (size, expected) in [("0.25", 1), ("1", 4), ("1,5", 6), ("2.750", 11)] {
            assert_eq!(steps(size), Ok(expected), "{size}");
        }
        for size in ["", "0", "0.1", "-1", "x", "1.2.5", "9999999999999999999", "1001"] {
            assert_eq!(steps(size), Err(Reason::NotASize), "{size}");
        }
        let form = [("region", "EU"), ("size", "0.5"), ("display_name", "files")];
        let with = |more: &[(&str, &str)]| read(&[&form, more].concat(), true);
        assert!(with(&[]).is_ok());
        let Wanted::Storage(storage) = with(&[("grows", "yes"), ("grows_to", "2")]).unwrap().wanted else {
            panic!()
        };
        assert_eq!((storage.steps, storage.grows_to), (2, Some(8)));
        assert_eq!(
            with(&[("grows", "yes"), ("grows_to", "0.5")]).unwrap_err(),
            ["grows_to"]
        );
        assert_eq!(with(&[("grows", "yes")]).unwrap_err(), ["grows_to"]);
    }
}
