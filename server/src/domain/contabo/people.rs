//! What staff ask for the users and roles of an account at Contabo: what they type, and what may be asked.
//!
//! Mainstay signs in as one of these users. Nothing that is asked here takes access away from that one.

use std::collections::BTreeMap;

use entity::{Tenant, contabo_account, contabo_resource};
use sea_orm::DbErr;

use super::{
    actions::{self, Access, ThingAsked},
    resources::{self, Permission, Rights, Role, User},
    setup::Reason,
};
use crate::domain::typed::{ChangeError, Checks, Rejected, Typed, line};

/// In which languages Contabo writes to a user.
pub const LOCALES: [&str; 8] = ["en", "en-US", "de", "de-DE", "es", "es-ES", "pt", "pt-BR"];

/// A user as staff type one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub first_name: String,
    pub last_name: String,
    pub locale: String,
    pub gets_invoices: bool,
    pub access: Access,
}

/// From the fields `first_name`, `last_name`, `locale`, `invoices`, `roles`, `enabled` and `totp`. `known`: the roles
/// there are; others are left out.
///
/// # Errors
/// A rejection by field.
pub fn person(typed: &Typed, known: &[i64]) -> Result<Person, Rejected<Reason>> {
    let mut checks = Checks::default();
    let first_name = checks.keep("first_name", line(typed.get("first_name"), 255));
    let last_name = checks.keep("last_name", line(typed.get("last_name"), 255));
    let locale = LOCALES.into_iter().find(|word| *word == typed.get("locale"));
    let locale = checks.keep("locale", locale.ok_or(Reason::NotAChoice));
    let ticked = typed.all("roles");
    let roles = known.iter().copied().filter(|id| ticked.contains(&id.to_string()));
    match (first_name, last_name, locale) {
        (Some(first_name), Some(last_name), Some(locale)) => Ok(Person {
            first_name,
            last_name,
            locale: locale.to_owned(),
            gets_invoices: typed.is_ticked("invoices"),
            access: Access {
                roles: roles.collect(),
                is_enabled: typed.is_ticked("enabled"),
                has_second_factor: typed.is_ticked("totp"),
            },
        }),
        _ => Err(checks.rejected()),
    }
}

/// A mail address from the field `email`: Contabo proves it by a mail.
///
/// # Errors
/// What is wrong with it.
pub fn mail(typed: &Typed) -> Result<String, Rejected<Reason>> {
    let mail = line(typed.get("email"), 254).map_err(|bad| Rejected::one("email", Reason::from(bad)))?;
    let is_one = mail
        .split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && host.contains('.') && !host.contains('@'));
    match is_one && !mail.contains(char::is_whitespace) {
        true => Ok(mail),
        false => Err(Rejected::one("email", Reason::NotAMail)),
    }
}

/// A role's name and rights from the fields `name`, `admin`, `all`, `permissions` (as `/v1/tags:READ`) and `tags`, which
/// hold for all of its permissions. What is not among `permittable` and `tags` is left out.
///
/// # Errors
/// A rejection by field.
pub fn role(typed: &Typed, permittable: &[String], tags: &[i64]) -> Result<(String, Rights), Rejected<Reason>> {
    let name = line(typed.get("name"), 255).map_err(|bad| Rejected::one("name", Reason::from(bad)))?;
    let ticked = typed.all("tags");
    let tags: Vec<i64> = tags
        .iter()
        .copied()
        .filter(|id| ticked.contains(&id.to_string()))
        .collect();
    let ticked = typed.all("permissions");
    let mut by_api: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for permission in permittable.iter().filter(|one| ticked.contains(one)) {
        if let Some((api, action)) = permission.rsplit_once(':') {
            by_api.entry(api).or_default().push(action.to_owned());
        }
    }
    let permissions = by_api.into_iter().map(|(api, actions)| Permission {
        api: api.to_owned(),
        actions,
        tags: tags.clone(),
    });
    let rights = Rights {
        is_admin: typed.is_ticked("admin"),
        reaches_all: typed.is_ticked("all"),
        permissions: permissions.collect(),
    };
    match !rights.is_admin && rights.permissions.is_empty() {
        true => Err(Rejected::one("permissions", Reason::NothingTicked)),
        false => Ok((name, rights)),
    }
}

/// The user as whom Mainstay signs in to the account, if it was read.
///
/// # Errors
/// When the database does not answer.
pub async fn own(rows: &Tenant<'_>, account: &contabo_account::Model) -> Result<Option<User>, DbErr> {
    let all = resources::list::<User>(rows, account.id).await?.into_iter();
    Ok(all.map(|one| one.thing).find(|user| user.is(&account.username)))
}

/// Whether this may be asked of the user or role of `row`.
///
/// # Errors
/// Why not.
pub(super) async fn allow_change(
    rows: &Tenant<'_>,
    account: &contabo_account::Model,
    row: &contabo_resource::Model,
    asked: &ThingAsked,
) -> Result<(), actions::Error> {
    let user = || -> Result<User, actions::Error> {
        serde_json::from_value(row.details.clone()).map_err(|_| ChangeError::NotFound.into())
    };
    match asked {
        ThingAsked::DeleteUser { .. } | ThingAsked::ChangeUser { access: Some(_), .. } => {
            let user = user()?;
            if user.is_owner || user.is(&account.username) {
                return Err(actions::Error::Own);
            }
        }
        ThingAsked::ChangeRole { role, .. } | ThingAsked::DeleteRole { role, .. } => {
            // Whose roles are not known could be just these.
            let has_it = match own(rows, account).await? {
                Some(own) => own.roles.iter().any(|(id, _)| id == role),
                None => true,
            };
            let fixed: Role = serde_json::from_value(row.details.clone()).map_err(|_| ChangeError::NotFound)?;
            if has_it || fixed.is_fixed() {
                return Err(actions::Error::Own);
            }
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let pairs = pairs
            .iter()
            .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
        Typed::new(pairs)
    }

    #[test]
    fn roles_that_are_not_there_are_left_out() {
        let form = [
            ("first_name", "Bob"),
            ("last_name", "B"),
            ("locale", "de"),
            ("roles", "2"),
            ("roles", "9"),
        ];
        let person = person(&typed(&form), &[1, 2]).unwrap();
        assert_eq!(person.access.roles, [2]);
        assert!(!person.access.is_enabled);
        assert_eq!(super::person(&typed(&form[1..]), &[]).unwrap_err().0[0].0, "first_name");
    }

    #[test]
    fn an_address_has_one_sign_and_a_host() {
        assert!(mail(&typed(&[("email", "bob@north.test")])).is_ok());
        for bad in ["", "bob", "@north.test", "bob@north", "a b@north.test", "a@b@c.d"] {
            assert!(mail(&typed(&[("email", bad)])).is_err(), "{bad}");
        }
    }

    #[test]
    fn permissions_are_gathered_by_part_of_the_api() {
        let known = ["/v1/tags:READ", "/v1/tags:CREATE", "/v1/users:READ"].map(str::to_owned);
        let form = [
            ("name", "Tagger"),
            ("permissions", "/v1/tags:READ"),
            ("permissions", "/v1/x:READ"),
            ("tags", "7"),
        ];
        let (name, rights) = role(&typed(&form), &known, &[7]).unwrap();
        assert_eq!((name.as_str(), rights.permissions.len()), ("Tagger", 1));
        let one = &rights.permissions[0];
        assert_eq!(
            (one.api.as_str(), one.actions.join(",").as_str(), one.tags.as_slice()),
            ("/v1/tags", "READ", &[7][..])
        );
        let empty = role(&typed(&[("name", "Nothing")]), &known, &[]).unwrap_err();
        assert_eq!(empty, Rejected::one("permissions", Reason::NothingTicked));
    }
}
