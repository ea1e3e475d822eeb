//! Lists of people: searched, filtered and sorted, as pure functions over all of them.

use entity::ClientId;

use super::Person;

/// Whose list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Everybody with a place on the staff.
    Staff,
    /// Everybody with a place at a client.
    Clients,
    /// Everybody with a place at this client.
    Client(ClientId),
}

/// Which people are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    All,
    /// They can sign in.
    Active,
    /// They were given a password that they have not changed yet.
    Waiting,
    Disabled,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Name,
    Mail,
    LastSignIn,
}

/// What is asked of a list.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Part of a name or mail address, in any case.
    pub search: String,
    pub shown: Shown,
    pub by: By,
    pub descending: bool,
}

/// The people who match, in order.
#[must_use]
pub fn list(people: Vec<Person>, of: Of, query: &Query) -> Vec<Person> {
    let search = query.search.trim().to_lowercase();
    let mut rows: Vec<_> = people
        .into_iter()
        .filter(|person| match of {
            Of::Staff => person.staff_role.is_some(),
            Of::Clients => !person.clients.is_empty(),
            Of::Client(id) => person.clients.iter().any(|(client, _)| *client == id),
        })
        .filter(|person| {
            let account = &person.account;
            match query.shown {
                Shown::All => true,
                Shown::Active => account.disabled_at.is_none(),
                Shown::Waiting => account.disabled_at.is_none() && account.must_change_password,
                Shown::Disabled => account.disabled_at.is_some(),
            }
        })
        .filter(|person| {
            let holds = |text: &str| text.to_lowercase().contains(&search);
            search.is_empty() || holds(&person.account.name) || holds(&person.account.mail)
        })
        .collect();
    rows.sort_by_cached_key(|person| (person.account.name.to_lowercase(), person.account.id));
    match query.by {
        By::Name => {}
        By::Mail => rows.sort_by(|a, b| a.account.mail.cmp(&b.account.mail)),
        By::LastSignIn => rows.sort_by_key(|person| person.account.last_sign_in_at),
    }
    if query.descending {
        rows.reverse();
    }
    rows
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use entity::AccountId;

    use super::{super::Account, *};

    fn person(name: &str, staff: bool, client: Option<ClientId>, hours: Option<i64>) -> Person {
        Person {
            account: Account {
                id: AccountId::new(),
                mail: format!("{}@example.net", name.to_lowercase()),
                name: name.to_owned(),
                must_change_password: hours.is_none(),
                created_at: DateTime::UNIX_EPOCH,
                last_sign_in_at: hours.map(|hours| DateTime::UNIX_EPOCH + TimeDelta::hours(hours)),
                disabled_at: (name == "Dora").then_some(DateTime::UNIX_EPOCH),
            },
            staff_role: staff.then(|| "viewer".to_owned()),
            clients: client.into_iter().map(|id| (id, "owner".to_owned())).collect(),
        }
    }

    #[test]
    fn people_are_listed_by_place_searched_filtered_and_sorted() {
        let (one, two) = (ClientId::new(), ClientId::new());
        let people = vec![
            person("Bob", false, Some(one), Some(2)),
            person("alice", true, Some(two), Some(3)),
            person("Carol", true, None, None),
            person("Dora", false, Some(one), Some(1)),
        ];
        let names = |of: Of, query: Query| {
            let rows = list(people.clone(), of, &query);
            rows.into_iter().map(|person| person.account.name).collect::<Vec<_>>()
        };
        assert_eq!(names(Of::Staff, Query::default()), ["alice", "Carol"]);
        assert_eq!(names(Of::Clients, Query::default()), ["alice", "Bob", "Dora"]);
        assert_eq!(
            names(
                Of::Client(one),
                Query {
                    descending: true,
                    ..Query::default()
                }
            ),
            ["Dora", "Bob"]
        );
        assert_eq!(
            names(
                Of::Clients,
                Query {
                    by: By::LastSignIn,
                    ..Query::default()
                }
            ),
            ["Dora", "Bob", "alice"]
        );
        assert_eq!(
            names(
                Of::Clients,
                Query {
                    shown: Shown::Disabled,
                    ..Query::default()
                }
            ),
            ["Dora"]
        );
        assert_eq!(
            names(
                Of::Staff,
                Query {
                    shown: Shown::Waiting,
                    ..Query::default()
                }
            ),
            ["Carol"]
        );
        assert_eq!(
            names(
                Of::Clients,
                Query {
                    search: "ALICE@".to_owned(),
                    ..Query::default()
                }
            ),
            ["alice"]
        );
    }
}
