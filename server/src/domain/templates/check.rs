//! What is wrong with a template, or looks so: as YAML, as a cloud-config, and between its text and its variables.

use std::collections::BTreeSet;

use super::{
    holes::{self, Into, Piece},
    modules::{self, Shape},
    render,
    variables::{Kind, Values, Variable},
    yaml::{self, Data, Node, NotYaml, Style},
};

/// Characters of a template, and of what is made of one: Contabo's own limit is not known, this is cloud-init's habit.
pub const MOST_TEXT: usize = 48_000;

/// The line that says what the text is.
const HEADER: &str = "#cloud-config";

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// From 1; none: of the whole.
    pub line: Option<usize>,
    pub what: What,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Nothing is there.
    Empty,
    TooLong {
        most: usize,
    },
    /// Signs that no file has.
    Unprintable,
    /// The first line is not `#cloud-config`.
    NoHeader,
    NotYaml(NotYaml),
    /// Lists and texts have no keys.
    NotKeys,
    /// A key is not what its module expects.
    WrongShape {
        key: String,
        wanted: &'static [Shape],
    },
    /// One of a list is not what its module expects.
    WrongItem {
        key: &'static str,
        wanted: &'static [Shape],
    },
    /// One of a list lacks what it must have.
    Lacks {
        key: &'static str,
        field: &'static str,
    },
    /// A place for a variable that there is not.
    Undeclared(String),
    /// What shall be made of a value is not known.
    UnknownInto(String),
    /// No place is for this variable.
    Unused(String),
    /// A place that no value can be put into safely.
    Unsafe,
    /// No module reads this key.
    UnknownKey {
        key: String,
        nearest: Option<&'static str>,
    },
    /// A text goes into a command as it is: whoever fills it in can run others.
    NotAShellWord(String),
}

impl Finding {
    /// Whether it can't be kept like this. What is not is only said.
    #[must_use]
    pub fn is_error(&self) -> bool {
        !matches!(self.what, What::UnknownKey { .. } | What::NotAShellWord(_))
    }
}

/// Everything found in a template.
#[must_use]
pub fn template(text: &str, variables: &[Variable]) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(what) = whole(text) {
        return vec![Finding { line: None, what }];
    }
    let hidden = holes::disguised(text);
    let tree = match yaml::read(&hidden) {
        Ok(tree) => tree,
        Err(bad) => return vec![not_yaml(bad)],
    };
    if let Some(tree) = &tree {
        places(tree, variables, &mut found);
        commands(tree, variables, &mut found);
        document(tree, variables, &mut found);
    }
    for variable in variables {
        let used = tree.as_ref().is_some_and(|tree| names(tree).contains(&variable.name));
        if !used {
            let what = What::Unused(variable.name.clone());
            found.push(Finding { line: None, what });
        }
    }
    if found.iter().all(|finding| !finding.is_error())
        && render::fill(text, &Values::sample(variables), MOST_TEXT).is_err()
    {
        found.push(Finding {
            line: None,
            what: What::Unsafe,
        });
    }
    found.sort_by_key(|finding| (!finding.is_error(), finding.line));
    found
}

/// Everything found in a text that was made of a template, or typed.
#[must_use]
pub fn text(text: &str) -> Vec<Finding> {
    if let Some(what) = whole(text) {
        return vec![Finding { line: None, what }];
    }
    let mut found = Vec::new();
    match yaml::read(text) {
        Ok(Some(tree)) => document(&tree, &[], &mut found),
        Ok(None) => {}
        Err(bad) => found.push(not_yaml(bad)),
    }
    found.sort_by_key(|finding| (!finding.is_error(), finding.line));
    found
}

fn not_yaml(bad: NotYaml) -> Finding {
    Finding {
        line: Some(bad.line),
        what: What::NotYaml(bad),
    }
}

/// What is wrong with a text before it is read as anything.
fn whole(text: &str) -> Option<What> {
    if text.trim().is_empty() {
        return Some(What::Empty);
    }
    if text.chars().count() > MOST_TEXT {
        return Some(What::TooLong { most: MOST_TEXT });
    }
    let strange =
        |sign: char| (sign.is_control() && !matches!(sign, '\n' | '\t')) || "\u{2028}\u{2029}\u{FEFF}".contains(sign);
    if text.chars().any(strange) || holes::has_disguise(text) {
        return Some(What::Unprintable);
    }
    (text.lines().next().map(str::trim_end) != Some(HEADER)).then_some(What::NoHeader)
}

/// The names that places in the text are for.
fn names(tree: &Node) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    tree.walk(&mut |node| {
        for piece in node.text().and_then(holes::pieces).into_iter().flatten() {
            if let Piece::Hole(hole) = piece {
                names.insert(hole.name);
            }
        }
    });
    names
}

/// Places for what there is not.
fn places(tree: &Node, variables: &[Variable], found: &mut Vec<Finding>) {
    tree.walk(&mut |node| {
        for piece in node.text().and_then(holes::pieces).into_iter().flatten() {
            let Piece::Hole(hole) = piece else { continue };
            if !variables.iter().any(|variable| variable.name == hole.name) {
                let what = What::Undeclared(hole.name);
                found.push(Finding {
                    line: Some(node.line),
                    what,
                });
            } else if let Into::Unknown(into) = hole.into {
                let what = What::UnknownInto(into);
                found.push(Finding {
                    line: Some(node.line),
                    what,
                });
            }
        }
    });
}

/// Texts that go into commands as they are.
fn commands(tree: &Node, variables: &[Variable], found: &mut Vec<Finding>) {
    let is_free = |name: &str| {
        let variable = variables.iter().find(|variable| variable.name == name);
        variable.is_some_and(|variable| matches!(variable.kind, Kind::Text | Kind::Password))
    };
    for key in ["runcmd", "bootcmd"] {
        let Some(Node {
            data: Data::List(commands),
            ..
        }) = tree.get(key)
        else {
            continue;
        };
        // One that is a list of words is run without a shell.
        for command in commands {
            for piece in command.text().and_then(holes::pieces).into_iter().flatten() {
                if let Piece::Hole(hole) = piece
                    && hole.into == Into::Value
                    && is_free(&hole.name)
                {
                    let what = What::NotAShellWord(hole.name);
                    found.push(Finding {
                        line: Some(command.line),
                        what,
                    });
                }
            }
        }
    }
}

/// What a document is not that cloud-init wants of it.
fn document(tree: &Node, variables: &[Variable], found: &mut Vec<Finding>) {
    let Data::Map(pairs) = &tree.data else {
        if shape(tree, variables) != Some(Shape::Nothing) {
            found.push(Finding {
                line: Some(tree.line),
                what: What::NotKeys,
            });
        }
        return;
    };
    for (key, value) in pairs {
        let Some(name) = key.text().filter(|name| *name != "<<") else {
            continue;
        };
        match modules::expects(name) {
            None => {
                let what = What::UnknownKey {
                    key: holes::undisguised(name),
                    nearest: modules::nearest(name),
                };
                found.push(Finding {
                    line: Some(key.line),
                    what,
                });
            }
            Some(wanted) if !wanted.is_empty() => {
                let is = shape(value, variables);
                if is.is_some_and(|is| is != Shape::Nothing && !wanted.contains(&is)) {
                    let what = What::WrongShape {
                        key: name.to_owned(),
                        wanted,
                    };
                    found.push(Finding {
                        line: Some(value.line),
                        what,
                    });
                }
            }
            Some(_) => {}
        }
    }
    for (key, wanted, field) in ITEMS {
        let Some(Node {
            data: Data::List(items),
            ..
        }) = tree.get(key)
        else {
            continue;
        };
        for item in items {
            match shape(item, variables) {
                Some(Shape::Map) if field.is_some_and(|field| item.get(field).is_none()) => {
                    let what = What::Lacks {
                        key,
                        field: field.unwrap_or_default(),
                    };
                    found.push(Finding {
                        line: Some(item.line),
                        what,
                    });
                }
                Some(is) if !wanted.contains(&is) => {
                    found.push(Finding {
                        line: Some(item.line),
                        what: What::WrongItem { key, wanted },
                    });
                }
                _ => {}
            }
        }
    }
}

/// The lists that are used most: what each of them holds, and what a mapping in it must have.
const ITEMS: [(&str, &[Shape], Option<&str>); 7] = [
    ("packages", &[Shape::Text, Shape::List, Shape::Map], None),
    ("runcmd", &[Shape::Text, Shape::List], None),
    ("bootcmd", &[Shape::Text, Shape::List], None),
    ("users", &[Shape::Text, Shape::Map], Some("name")),
    ("write_files", &[Shape::Map], Some("path")),
    ("ssh_authorized_keys", &[Shape::Text], None),
    ("mounts", &[Shape::List], None),
];

/// What a part is; none where that is seen only later.
fn shape(node: &Node, variables: &[Variable]) -> Option<Shape> {
    let (value, style) = match &node.data {
        Data::List(_) => return Some(Shape::List),
        Data::Map(_) => return Some(Shape::Map),
        Data::Alias => return None,
        Data::Text { value, style } => (value, *style),
    };
    if style != Style::Plain {
        return Some(Shape::Text);
    }
    if let Some([Piece::Hole(hole)]) = holes::pieces(value).as_deref() {
        let variable = variables.iter().find(|variable| variable.name == hole.name)?;
        return Some(match variable.kind {
            _ if hole.into != Into::Value => Shape::Text,
            Kind::Number => Shape::Number,
            Kind::YesNo => Shape::YesNo,
            Kind::SshKeys => Shape::List,
            Kind::Text | Kind::Choice | Kind::HostName | Kind::Password | Kind::TimeZone => Shape::Text,
        });
    }
    Some(match value.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Shape::Nothing,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Shape::YesNo,
        // As the reader that cloud-init has takes them.
        "yes" | "Yes" | "YES" | "no" | "No" | "NO" | "on" | "On" | "ON" | "off" | "Off" | "OFF" => Shape::YesNo,
        number if number.parse::<i64>().is_ok() => Shape::Number,
        _ => Shape::Text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, kind: Kind) -> Variable {
        Variable {
            name: name.to_owned(),
            label: name.to_owned(),
            kind,
            default: String::new(),
            required: true,
            choices: Vec::new(),
        }
    }

    fn found(text: &str, variables: &[Variable]) -> Vec<(Option<usize>, What)> {
        template(text, variables)
            .into_iter()
            .map(|finding| (finding.line, finding.what))
            .collect()
    }

    #[test]
    fn a_good_one_has_nothing_to_complain_of() {
        let text = "#cloud-config\nhostname: {{host}}\npackage_update: true\npackages: [nginx]\n\
                    ssh_authorized_keys: {{keys}}\nwrite_files:\n  - path: /etc/x\n    content: |\n      port {{port}}\n\
                    runcmd:\n  - [echo, \"{{said}}\"]\n  - echo {{said|shell}}\n";
        let variables = [
            variable("host", Kind::HostName),
            variable("keys", Kind::SshKeys),
            variable("port", Kind::Number),
            variable("said", Kind::Text),
        ];
        assert_eq!(found(text, &variables), []);
    }

    #[test]
    fn the_first_line_and_the_yaml_are_looked_at_first() {
        assert_eq!(found("", &[]), [(None, What::Empty)]);
        assert_eq!(found("hostname: a\n", &[]), [(None, What::NoHeader)]);
        assert_eq!(found("#cloud-config\n- a\n", &[]), [(Some(2), What::NotKeys)]);
        assert_eq!(found("#cloud-config\na: \u{7}\n", &[]), [(None, What::Unprintable)]);
        let bad = found("#cloud-config\npackages: [a\nb: c\n", &[]);
        assert!(matches!(bad.as_slice(), [(Some(_), What::NotYaml(_))]), "{bad:?}");
        let long = format!("#cloud-config\n# {}", "x".repeat(MOST_TEXT));
        assert_eq!(found(&long, &[]), [(None, What::TooLong { most: MOST_TEXT })]);
    }

    #[test]
    fn keys_that_no_module_reads_are_warned_about() {
        let all = template("#cloud-config\npackage:\n  - a\nfoo_bar_baz: 1\n", &[]);
        assert!(all.iter().all(|finding| !finding.is_error()));
        let nearest = all.iter().map(|finding| match &finding.what {
            What::UnknownKey { nearest, .. } => (finding.line, *nearest),
            other => panic!("{other:?}"),
        });
        assert_eq!(
            nearest.collect::<Vec<_>>(),
            [(Some(2), Some("packages")), (Some(4), None)]
        );
    }

    #[test]
    fn what_is_not_what_its_module_expects_is_wrong() {
        let text = "#cloud-config\npackages: nginx\nruncmd:\n  - echo: a\nusers:\n  - groups: sudo\nwrite_files:\n  - /etc/x\nhostname: [a]\n";
        let all = found(text, &[]);
        assert_eq!(all.len(), 5, "{all:?}");
        assert!(matches!(&all[0], (Some(2), What::WrongShape { key, .. }) if key == "packages"));
        assert!(matches!(all[1], (Some(4), What::WrongItem { key: "runcmd", .. })));
        assert!(matches!(
            all[2],
            (
                Some(6),
                What::Lacks {
                    key: "users",
                    field: "name"
                }
            )
        ));
    }

    #[test]
    fn text_and_variables_belong_to_each_other() {
        let text =
            "#cloud-config\n# {{comment}}\nhostname: {{host}}\nfqdn: \"{{host|loud}}\"\nruncmd: ['echo {{free}}']\n";
        let variables = [variable("free", Kind::Text), variable("comment", Kind::Text)];
        let all = found(text, &variables);
        assert!(all.contains(&(Some(3), What::Undeclared("host".to_owned()))), "{all:?}");
        assert!(all.contains(&(None, What::Unused("comment".to_owned()))));
        assert!(all.contains(&(Some(5), What::NotAShellWord("free".to_owned()))));
        let all = found(text, &[variable("host", Kind::HostName)]);
        assert!(all.contains(&(Some(4), What::UnknownInto("loud".to_owned()))));
    }
}
