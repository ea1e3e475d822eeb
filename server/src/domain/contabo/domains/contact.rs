//! What staff type about a contact of domains.

use chrono::NaiveTime;
use secrecy::SecretString;

use super::Reason;
use crate::domain::{
    calendar,
    contabo::{
        people,
        resources::{Birth, Reach, Who},
        setup,
    },
    typed::{BadText, Checks, Rejected, Typed, line, optional_line},
};

/// What a contact can be.
const KINDS: [&str; 2] = ["person", ORGANIZATION];

const ORGANIZATION: &str = "organization";

/// How somebody is addressed.
const GENDERS: [&str; 3] = ["na", "female", "male"];

/// What the Italian registry takes somebody for.
const ITALIAN_KINDS: [&str; 7] = [
    "natural_person",
    "individual_firm",
    "non_profit",
    "public_org",
    "other",
    "company",
    "foreign_legal_entity",
];

/// A country is known by so many letters.
const COUNTRY_LETTERS: usize = 2;

/// A contact that is new, from the fields `of`, `first_name`, `last_name` and `organization`, and those of [`reach`].
///
/// # Errors
/// A rejection by field.
pub fn contact(typed: &Typed) -> Result<(Who, Reach), Rejected<Reason>> {
    Rejected::both(who(typed), reach(typed))
}

fn who(typed: &Typed) -> Result<Who, Rejected<Reason>> {
    let mut checks = Checks::default();
    let kind = checks.keep("of", chosen(&KINDS, typed.get("of")));
    let first_name = checks.keep("first_name", line(typed.get("first_name"), 255));
    let last_name = checks.keep("last_name", line(typed.get("last_name"), 255));
    let organization = match kind.as_deref() {
        Some(ORGANIZATION) => line(typed.get("organization"), 255).map(Some),
        _ => optional_line(typed.get("organization"), 255),
    };
    let organization = checks.keep("organization", organization);
    match (kind, first_name, last_name, organization) {
        (Some(kind), Some(first_name), Some(last_name), Some(organization)) => Ok(Who {
            kind,
            first_name,
            last_name,
            organization: organization.unwrap_or_default(),
        }),
        _ => Err(checks.rejected()),
    }
}

/// What can change of a contact, from the fields `email`, `gender`, `street`, `street_number`, `zip_code`, `city`,
/// `country`, `region`, `siret`, `phone_prefix`, `phone`, `fax_prefix`, `fax`, `born_on`, `born_in`, `born_zip_code`,
/// `born_country` and `italian_kind`.
///
/// # Errors
/// A rejection by field.
pub fn reach(typed: &Typed) -> Result<Reach, Rejected<Reason>> {
    let mut checks = Checks::default();
    let email = checks.keep("email", mail(typed));
    let gender = checks.keep("gender", chosen(&GENDERS, typed.get("gender")));
    let mut needed = |field: &'static str, most| checks.keep(field, line(typed.get(field), most)).unwrap_or_default();
    let street = needed("street", 255);
    let street_number = needed("street_number", 255);
    let zip_code = needed("zip_code", 50);
    let city = needed("city", 100);
    let country = checks.keep("country", country(typed.get("country")));
    let phone = checks.keep("phone", phone(typed.get("phone_prefix"), typed.get("phone")));
    let fax = match (typed.get("fax_prefix"), typed.get("fax")) {
        ("", "") => Ok(Default::default()),
        (prefix, number) => self::phone(prefix, number),
    };
    let fax = checks.keep("fax", fax);
    let mut said = |field: &'static str, most| {
        let text = checks.keep(field, optional_line(typed.get(field), most)).flatten();
        text.unwrap_or_default()
    };
    let (region, siret) = (said("region", 255), said("siret", 255));
    let (born_in, born_zip_code) = (said("born_in", 255), said("born_zip_code", 50));
    let born_on = match typed.get("born_on") {
        "" => Ok(None),
        day => calendar::local::day(day).map(Some).ok_or(Reason::NotADate),
    };
    let born_on = checks.keep("born_on", born_on).flatten();
    let born_country = match typed.get("born_country") {
        "" => Ok(String::new()),
        text => self::country(text),
    };
    let born_country = checks.keep("born_country", born_country).unwrap_or_default();
    let italian_kind = match typed.get("italian_kind") {
        "" => Ok(String::new()),
        word => chosen(&ITALIAN_KINDS, word),
    };
    let italian_kind = checks.keep("italian_kind", italian_kind).unwrap_or_default();
    let birth = Birth {
        at: born_on.map(|day| day.and_time(NaiveTime::MIN).and_utc()),
        zip_code: born_zip_code,
        city: born_in,
        country: born_country,
    };
    let rejected = checks.rejected();
    match (email, gender, country, phone, fax) {
        (Some(email), Some(gender), Some(country), Some(phone), Some(fax)) if rejected.0.is_empty() => Ok(Reach {
            email,
            gender,
            street,
            street_number,
            zip_code,
            city,
            country,
            region,
            siret,
            phone,
            fax,
            birth: Some(birth).filter(|birth| *birth != Birth::default()),
            italian_kind,
        }),
        _ => Err(rejected),
    }
}

/// The number under which the Italian registry knows somebody, from the field `pin`; none: none was typed. It goes to
/// Contabo and is not shown again.
///
/// # Errors
/// What is wrong with it.
pub fn pin(typed: &Typed) -> Result<Option<SecretString>, Rejected<Reason>> {
    match optional_line(typed.get("pin"), 255) {
        Ok(pin) => Ok(pin.map(SecretString::from)),
        Err(bad) => Err(Rejected::one("pin", bad.into())),
    }
}

fn chosen(among: &[&str], word: &str) -> Result<String, Reason> {
    let there = among.iter().find(|one| **one == word);
    there.map(|one| (*one).to_owned()).ok_or(Reason::NotAChoice)
}

fn mail(typed: &Typed) -> Result<String, Reason> {
    people::mail(typed).map_err(|wrong| match wrong.0.first() {
        Some((_, setup::Reason::Text(bad))) => Reason::Text(*bad),
        _ => Reason::NotAMail,
    })
}

fn country(text: &str) -> Result<String, Reason> {
    match text.len() == COUNTRY_LETTERS && text.chars().all(|c| c.is_ascii_alphabetic()) {
        true => Ok(text.to_ascii_uppercase()),
        false if text.is_empty() => Err(BadText::Missing.into()),
        false => Err(Reason::NotACountry),
    }
}

/// A number in two parts, of which nothing but the digits counts.
fn phone(prefix: &str, number: &str) -> Result<(String, String), Reason> {
    let digits = |text: &str| -> Result<String, Reason> {
        let fits = |c: char| c.is_ascii_digit() || " +-/()".contains(c);
        if text.is_empty() {
            return Err(BadText::Missing.into());
        }
        match text.chars().all(fits) {
            true => Ok(text.chars().filter(char::is_ascii_digit).collect()),
            false => Err(Reason::NotAPhone),
        }
    };
    let (prefix, number) = (digits(prefix)?, digits(number)?);
    let prefix = prefix.trim_start_matches('0');
    match (1..=4).contains(&prefix.len()) && (2..=20).contains(&number.len()) {
        true => Ok((prefix.to_owned(), number)),
        false => Err(Reason::NotAPhone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: [(&str, &str); 12] = [
        ("of", "organization"),
        ("first_name", "Olga"),
        ("last_name", "Owner"),
        ("organization", "Example Networks"),
        ("email", "hostmaster@example.net"),
        ("gender", "na"),
        ("street", "Harbour Road"),
        ("street_number", "1"),
        ("zip_code", "EX1 1AA"),
        ("city", "Exampleton"),
        ("country", "gb"),
        ("phone_prefix", "+44"),
    ];

    fn read(other: &[(&str, &str)]) -> Result<(Who, Reach), Rejected<Reason>> {
        let pairs = FORM.iter().chain(other);
        let pairs = pairs.map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
        contact(&Typed::new(pairs))
    }

    #[test]
    fn a_contact_is_read_and_numbers_are_digits() {
        let (who, reach) = read(&[("phone", "1632 960-000"), ("born_on", "1980-02-03")]).unwrap();
        assert_eq!(who.name(), "Example Networks");
        assert_eq!(reach.phone, ("44".to_owned(), "1632960000".to_owned()));
        assert_eq!((reach.country.as_str(), reach.fax.1.as_str()), ("GB", ""));
        assert!(reach.birth.is_some_and(|birth| birth.at.is_some()));
        assert!(read(&[("phone", "1632960000")]).unwrap().1.birth.is_none());
    }

    #[test]
    fn what_is_wrong_with_a_contact_is_said_by_field() {
        let wrong = read(&[("phone", "none"), ("fax", "12"), ("born_country", "GBR")]).unwrap_err();
        assert_eq!(
            wrong.0,
            [
                ("phone", Reason::NotAPhone),
                ("fax", Reason::Text(BadText::Missing)),
                ("born_country", Reason::NotACountry)
            ]
        );
        let nothing = contact(&Typed::default()).unwrap_err();
        let fields: Vec<_> = nothing.0.iter().map(|(field, _)| *field).collect();
        assert!(
            fields.starts_with(&["of", "first_name", "last_name", "email"]),
            "{fields:?}"
        );
    }
}
