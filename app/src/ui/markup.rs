//! Markup written straight into a string, for what one page shows hundreds of times.
//!
//! A view allocates several times for each element: rendering a list of a hundred links took six times as long that
//! way. So long tables and the small parts that repeat in them are written with this, and everything else is a view.

use leptos::tachys::html::InertElement;

/// Markup as it will be sent. What is not written in the source can only come in as text, which is escaped.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Room for `bytes`, so that a long table does not move while it grows.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Markup as the source has it.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// A text, between elements or as an attribute's value in double quotes.
    pub fn text(&mut self, text: &str) -> &mut Self {
        html_escape::encode_double_quoted_attribute_to_string(text, &mut self.0);
        self
    }

    /// To be placed among views.
    pub fn into_view(self) -> InertElement {
        InertElement::new(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::HOSTILE;
    use scraper::{Html, Selector};

    #[test]
    fn a_text_stays_a_text_between_elements_and_in_an_attribute() {
        let mut markup = Markup::default();
        markup
            .raw("<p title=\"")
            .text(HOSTILE)
            .raw("\">")
            .text(HOSTILE)
            .raw("</p>");
        let page = Html::parse_fragment(&markup.0);
        let paragraph = page.select(&Selector::parse("p").unwrap()).next().unwrap();
        assert_eq!(paragraph.attr("title"), Some(HOSTILE));
        assert_eq!(paragraph.inner_html().matches('<').count(), 0);
        assert_eq!(paragraph.text().collect::<String>(), HOSTILE);
    }
}
