//! Things of a Contabo account that are no servers, as the staff's pages name them.

use app::admin::Subject;
use entity::action;

use crate::{domain::contabo::actions::ThingAsked, web::route};

/// What an action is about that is about no server, with the way to its page.
pub(super) fn subject(row: &action::Model) -> Option<Subject> {
    let asked = ThingAsked::of(row).ok()?;
    Some(Subject {
        name: asked.about().name.to_owned(),
        href: route::AdminContaboAccount {
            contabo_account: row.contabo_account_id,
        }
        .to_string(),
    })
}
