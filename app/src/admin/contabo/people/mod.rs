//! Who may use an account at Contabo, and their roles there. They are people of the provider's, and none of Mainstay's.
//!
//! Contabo says whether somebody has a second factor and has proven the mail address; it does not say when they signed
//! in last.

pub mod list;
pub mod role;
pub mod user;

use crate::{samples::Sample, t, ui::Crumb};

/// The account whose people they are.
#[derive(Clone, Debug)]
pub struct Of {
    pub name: String,
    /// The account's page; theirs lies below that.
    pub href: String,
}

impl Of {
    fn crumbs(&self, with_people: bool) -> Vec<Crumb> {
        let mut crumbs = vec![
            Crumb::new(t("contabo-accounts"), "/admin/contabo"),
            Crumb::new(self.name.clone(), self.href.clone()),
        ];
        if with_people {
            crumbs.push(Crumb::new(t("contabo-people"), self.people()));
        }
        crumbs
    }

    fn people(&self) -> String {
        [&self.href, "/people"].concat()
    }
}

fn sample_of(text: &str) -> Of {
    Of {
        name: text.to_owned(),
        href: "/admin/contabo/1".to_owned(),
    }
}

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [list::samples(), user::samples(), role::samples()]
        .into_iter()
        .flatten()
        .collect()
}
