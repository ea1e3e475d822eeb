//! Templates that come with Mainstay, to be copied: good beginnings in our own words.
//!
//! A copy is the tenant's own. It remembers of which version it is one, so that a page can say that there is a newer.

use super::variables::{Kind, Variable};

/// One of them.
#[derive(Clone, Debug)]
pub struct Shipped {
    /// Its name in addresses and in the table. Never change it.
    pub key: &'static str,
    /// One more with each change.
    pub version: i32,
    pub name: &'static str,
    pub description: &'static str,
    pub text: &'static str,
    pub variables: Vec<Variable>,
}

/// All of them.
#[must_use]
pub fn all() -> Vec<Shipped> {
    let host = || of("host_name", "Host name", Kind::HostName).required();
    let zone = || of("time_zone", "Time zone", Kind::TimeZone).with("Etc/UTC").required();
    let keys = || of("ssh_keys", "SSH keys that may sign in", Kind::SshKeys).required();
    let user = || of("user", "User with these keys", Kind::Text).with("ops").required();
    vec![
        Shipped {
            key: "hardened-ubuntu",
            version: 1,
            name: "Hardened Ubuntu",
            description: "SSH with keys alone, a firewall that lets in nothing else, fail2ban, and updates that install themselves. \
                          For Ubuntu 22.04 and later.",
            text: include_str!("hardened-ubuntu.yaml"),
            variables: vec![
                host(),
                user(),
                keys(),
                zone(),
                of("reboot", "Reboot by itself after updates that need it", Kind::YesNo)
                    .with("yes")
                    .required(),
                of("reboot_at", "When it reboots", Kind::Choice)
                    .among(&["02:00", "03:00", "04:00", "05:00"])
                    .with("04:00")
                    .required(),
            ],
        },
        Shipped {
            key: "docker-host",
            version: 1,
            name: "Docker host",
            description: "Docker from the packages of Debian or Ubuntu, with logs that don't fill the disk, and a user who may use it.",
            text: include_str!("docker-host.yaml"),
            variables: vec![
                host(),
                user(),
                keys(),
                zone(),
                of("log_size", "Megabytes of one log file", Kind::Number)
                    .with("20")
                    .required(),
            ],
        },
        Shipped {
            key: "cloudpanel-n8n",
            version: 1,
            name: "CloudPanel with n8n",
            description: "The control panel CloudPanel, and the automation n8n in Docker behind it. For a fresh Ubuntu 24.04 or Debian 12; \
                          the domain's DNS must lead to the server for a certificate.",
            text: include_str!("cloudpanel-n8n.yaml"),
            variables: vec![
                of("domain", "Domain of n8n", Kind::HostName).required(),
                of("mail", "Mail address of the panel's administrator", Kind::Text).required(),
                of("admin", "User name of the panel's administrator", Kind::Text)
                    .with("admin")
                    .required(),
                of(
                    "admin_password",
                    "Password of the panel's administrator",
                    Kind::Password,
                ),
                of("site_password", "Password of the site's user", Kind::Password),
                of("database", "Database of the panel", Kind::Choice)
                    .among(&["MARIADB_11.4", "MARIADB_10.11", "MYSQL_8.4", "MYSQL_8.0"])
                    .with("MARIADB_10.11")
                    .required(),
                zone(),
                keys(),
            ],
        },
    ]
}

/// The one of this key.
#[must_use]
pub fn named(key: &str) -> Option<Shipped> {
    all().into_iter().find(|shipped| shipped.key == key)
}

fn of(name: &str, label: &str, kind: Kind) -> Variable {
    Variable {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        default: String::new(),
        required: false,
        choices: Vec::new(),
    }
}

impl Variable {
    fn required(mut self) -> Self {
        self.required = true;
        self
    }

    fn with(mut self, default: &str) -> Self {
        default.clone_into(&mut self.default);
        self
    }

    fn among(mut self, choices: &[&str]) -> Self {
        self.choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{check, render, variables::Values},
        *,
    };

    #[test]
    fn each_is_right_as_it_is_and_once_it_is_filled_in() {
        for shipped in all() {
            let found = check::template(shipped.text, &shipped.variables);
            assert_eq!(found, [], "{}", shipped.key);
            let made = render::fill(shipped.text, &Values::sample(&shipped.variables), check::MOST_TEXT).unwrap();
            assert_eq!(check::text(&made), [], "{}", shipped.key);
            assert!(!made.contains("{{"), "{}: {made}", shipped.key);
        }
    }

    #[test]
    fn hostile_values_change_no_document() {
        let hostile = "\"'; reboot #\\ : - {a: b}";
        for shipped in all() {
            let typed = |_: usize, variable: &Variable| match variable.kind {
                Kind::HostName => "a.example",
                Kind::SshKeys => "",
                Kind::Choice | Kind::Number | Kind::YesNo | Kind::TimeZone => "",
                Kind::Text | Kind::Password => hostile,
            };
            let open: Vec<Variable> = shipped
                .variables
                .iter()
                .cloned()
                .map(|one| Variable { required: false, ..one })
                .collect();
            let values = Values::read(&open, typed).unwrap();
            let made = render::fill(shipped.text, &values, check::MOST_TEXT).unwrap();
            // What was left empty may be of another kind; nothing else is wrong.
            assert!(
                check::text(&made)
                    .iter()
                    .all(|found| !matches!(found.what, check::What::NotYaml(_))),
                "{made}"
            );
        }
    }
}
