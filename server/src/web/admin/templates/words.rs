//! What was found in a template, as sentences.

use app::{
    admin::templates::Found,
    text::{Lang, Text},
};

use crate::domain::templates::{
    NotYaml, Shape, Why,
    check::{Finding, What},
};

pub(in crate::web) fn found(lang: Lang, all: Vec<Finding>) -> Vec<Found> {
    let found = all.into_iter().map(|finding| Found {
        line: finding.line,
        is_error: finding.is_error(),
        text: what(lang, finding.what),
    });
    found.collect()
}

fn what(lang: Lang, what: What) -> Text {
    let key = match what {
        What::Empty => "template-found-empty",
        What::TooLong { most } => return lang.t_with("template-found-too-long", &[("most", most.into())]).into(),
        What::Unprintable => "template-found-unprintable",
        What::NoHeader => "template-found-no-header",
        What::NotYaml(bad) => return not_yaml(lang, bad),
        What::NotKeys => "template-found-not-keys",
        What::WrongShape { key, wanted } => {
            let values = [("key", key.into()), ("wanted", shapes(lang, wanted).into())];
            return lang.t_with("template-found-wrong-shape", &values).into();
        }
        What::WrongItem { key, wanted } => {
            let values = [("key", key.into()), ("wanted", shapes(lang, wanted).into())];
            return lang.t_with("template-found-wrong-item", &values).into();
        }
        What::Lacks { key, field } => {
            let values = [("key", key.into()), ("field", field.into())];
            return lang.t_with("template-found-lacks", &values).into();
        }
        What::Undeclared(name) => {
            return lang
                .t_with("template-found-undeclared", &[("name", name.into())])
                .into();
        }
        What::UnknownInto(into) => {
            return lang
                .t_with("template-found-unknown-into", &[("into", into.into())])
                .into();
        }
        What::Unused(name) => return lang.t_with("template-found-unused", &[("name", name.into())]).into(),
        What::Unsafe => "template-found-unsafe",
        What::UnknownKey { key, nearest: None } => {
            return lang.t_with("template-found-unknown-key", &[("key", key.into())]).into();
        }
        What::UnknownKey {
            key,
            nearest: Some(nearest),
        } => {
            let values = [("key", key.into()), ("nearest", nearest.into())];
            return lang.t_with("template-found-unknown-key-near", &values).into();
        }
        What::NotAShellWord(name) => {
            return lang
                .t_with("template-found-not-a-shell-word", &[("name", name.into())])
                .into();
        }
    };
    lang.t(key).into()
}

fn not_yaml(lang: Lang, bad: NotYaml) -> Text {
    match bad.why {
        Why::Syntax(why) => {
            let values = [("column", bad.column.into()), ("why", why.into())];
            lang.t_with("template-found-not-yaml", &values).into()
        }
        Why::SecondDocument => lang.t("template-found-second-document").into(),
        Why::Twice(key) => lang.t_with("template-found-twice", &[("key", key.into())]).into(),
        Why::TooDeep => lang.t("template-found-too-deep").into(),
        Why::Tag(tag) => lang.t_with("template-found-tag", &[("tag", tag.into())]).into(),
    }
}

/// As `a list or a text`.
fn shapes(lang: Lang, wanted: &[Shape]) -> String {
    let word = |shape: &Shape| {
        let key = match shape {
            Shape::Text => "shape-text",
            Shape::Number => "shape-number",
            Shape::YesNo => "shape-yes-no",
            Shape::List => "shape-list",
            Shape::Map => "shape-map",
            Shape::Nothing => "shape-nothing",
        };
        lang.t(key).to_owned()
    };
    let or = |one: String, other: String| lang.t_with("shape-or", &[("one", one.into()), ("other", other.into())]);
    wanted.iter().map(word).reduce(or).unwrap_or_default()
}
