//! Renders every sample of every page and checks what no page may get wrong.

use std::collections::HashSet;

use app::samples::{self, HOSTILE};
use scraper::{Html, Selector};

#[expect(clippy::unwrap_used, reason = "a selector that does not parse is a broken test")]
fn select(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

fn each(check: impl Fn(&str, &str, &Html)) {
    for sample in samples::all() {
        let name = sample.name;
        let html = sample.html();
        let document = Html::parse_document(&html);
        check(name, &html, &document);
    }
}

#[test]
fn no_text_becomes_an_element() {
    each(|name, html, document| {
        assert_eq!(
            document.select(&select("script:not([src])")).count(),
            0,
            "{name}: inline script"
        );
        assert_eq!(
            document.select(&select("img[src=x]")).count(),
            0,
            "{name}: an element out of a text"
        );
        assert!(!html.contains("<script>"), "{name}");
    });
}

#[test]
fn a_hostile_text_in_a_text_area_is_kept_as_it_was_typed() {
    let sample = samples::all()
        .into_iter()
        .find(|sample| sample.name == "components-hostile")
        .unwrap();
    let document = Html::parse_document(&sample.html());
    let area = document.select(&select("textarea[name=notes]")).next().unwrap();
    assert_eq!(area.text().collect::<String>().trim_start_matches('\n'), HOSTILE);
    let name = document.select(&select("input[name=name]")).next().unwrap();
    assert_eq!(name.attr("value"), Some(HOSTILE));
}

#[test]
fn every_page_is_a_document_with_one_heading() {
    each(|name, html, document| {
        assert!(
            html.starts_with("<!DOCTYPE html><html lang=\"en\""),
            "{name}: {}",
            &html[..60]
        );
        assert!(html.ends_with("</html>") && !html.contains("<!>"), "{name}");
        assert_eq!(document.select(&select("h1")).count(), 1, "{name}");
        assert_eq!(document.select(&select("main")).count(), 1, "{name}");
        assert!(
            document
                .select(&select("title"))
                .next()
                .is_some_and(|title| title.text().count() > 0),
            "{name}"
        );
    });
}

#[test]
fn the_content_security_policy_has_nothing_to_refuse() {
    each(|name, _, document| {
        assert_eq!(document.select(&select("[style], style")).count(), 0, "{name}");
        for element in document.select(&select("*")) {
            let handler = element
                .value()
                .attrs()
                .find(|(attribute, _)| attribute.starts_with("on"));
            assert_eq!(handler, None, "{name}");
        }
    });
}

#[test]
fn every_input_has_a_label_and_every_id_is_one() {
    each(|name, _, document| {
        let labels: HashSet<_> = document
            .select(&select("label"))
            .filter_map(|label| label.attr("for"))
            .collect();
        for input in document.select(&select("input:not([type=hidden]), select, textarea")) {
            let id = input.attr("id").unwrap_or_default();
            assert!(labels.contains(id), "{name}: no label for {:?}", input.html());
        }
        let mut seen = HashSet::new();
        let ids: HashSet<_> = document
            .select(&select("[id]"))
            .filter_map(|element| element.attr("id"))
            .inspect(|id| assert!(seen.insert(*id), "{name}: #{id} twice"))
            .collect();
        for element in document.select(&select("[aria-describedby], [aria-labelledby]")) {
            for id in [element.attr("aria-describedby"), element.attr("aria-labelledby")]
                .into_iter()
                .flatten()
                .flat_map(str::split_whitespace)
            {
                assert!(ids.contains(id), "{name}: nothing is #{id}");
            }
        }
    });
}

#[test]
fn a_table_that_is_focused_to_be_scrolled_holds_nothing_else_to_focus() {
    let found = std::cell::Cell::new(0);
    each(|name, _, document| {
        for frame in document.select(&select(".table-frame[tabindex]")) {
            let inside = frame.select(&select("a, button, input, summary")).next();
            assert!(inside.is_none(), "{name}");
            found.set(found.get() + 1);
        }
    });
    assert!(found.get() > 0);
}

#[test]
fn every_button_and_link_has_a_name() {
    each(|name, _, document| {
        for element in document.select(&select("a, button, summary")) {
            let named = element.attr("aria-label").is_some() || element.text().any(|text| !text.trim().is_empty());
            assert!(named, "{name}: {}", element.html());
        }
    });
}

#[test]
fn every_error_of_a_form_names_its_field_and_leads_to_it() {
    each(|name, _, document| {
        for link in document.select(&select("[data-error-summary] li a")) {
            let id = link.attr("href").unwrap().trim_start_matches('#');
            let field = document.select(&select(&format!("[id='{id}']"))).next();
            let field = field.unwrap_or_else(|| panic!("{name}: nothing is #{id}"));
            let group = field
                .ancestors()
                .filter_map(scraper::ElementRef::wrap)
                .find(|element| element.value().name() == "fieldset");
            let legend = group.and_then(|group| group.select(&select("legend")).next());
            let label = document.select(&select(&format!("label[for='{id}']"))).next();
            // Of several to choose from, the legend is the name; of a row of fields, it is a part of each's name.
            let is_choice = matches!(field.attr("type"), Some("radio" | "checkbox"));
            let text = link.text().collect::<String>().to_lowercase();
            for (named, end) in [
                (label.filter(|_| !is_choice), ": "),
                (legend, if is_choice { ": " } else { "" }),
            ] {
                // What is wrong with an interface is said above the fields of its block, which bears its name.
                if let Some(name_of) = named.and_then(|label| label.text().next()).map(str::trim) {
                    let name_of = [&name_of.to_lowercase(), end].concat();
                    assert!(text.contains(&name_of), "{name}: {text:?} does not name {name_of:?}");
                }
            }
        }
    });
}
