//! Forms: what was typed, by field, with what is wrong with it. A rejected form is the same page again, with 422.
//!
//! What a field may hold is decided by the domain's types; a handler parses into them and puts their complaints here.

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::{Payload, UrlEncoded},
};
use app::text::Text;
use futures_util::{FutureExt, TryFutureExt, future::LocalBoxFuture};

use super::guard::Admitted;
use crate::domain::identity::Who;

/// The longest form that is read, in bytes.
const MOST_BYTES: usize = 64 * 1024;

/// The same from the staff: a maintenance window may name each of tens of thousands of links.
const MOST_BYTES_OF_STAFF: usize = 2 * 1024 * 1024;

/// The fields of a form with their values, in the order in which they were sent.
pub(super) type Pairs = Vec<(String, String)>;

/// Reads the form that was sent. One that is too long is 413.
pub(super) fn pairs(
    request: &HttpRequest,
    payload: &mut Payload,
) -> LocalBoxFuture<'static, Result<Pairs, actix_web::Error>> {
    let extensions = request.extensions();
    let visitor = extensions.get::<Admitted>().map(|Admitted(visitor)| &visitor.who);
    let most = match visitor {
        Some(Who::Staff { .. }) => MOST_BYTES_OF_STAFF,
        Some(Who::Client { .. } | Who::Operator(_)) | None => MOST_BYTES,
    };
    UrlEncoded::new(request, payload).limit(most).err_into().boxed_local()
}

/// The fields of one form.
pub trait Field: Copy + PartialEq + 'static {
    /// All of them.
    const ALL: &'static [Self];

    /// The name in the HTML.
    fn name(self) -> &'static str;

    /// Whether it is never put into a page again.
    fn is_secret(self) -> bool {
        false
    }
}

/// A form as it was sent. A field that is missing is empty, and an unknown one is not looked at.
#[derive(Clone)]
pub struct FormState<F: Field> {
    values: Vec<(F, String)>,
    errors: Vec<(F, Text)>,
    general: Option<Text>,
}

impl<F: Field> Default for FormState<F> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            errors: Vec::new(),
            general: None,
        }
    }
}

impl<F: Field> FormState<F> {
    /// An empty form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a value to begin with.
    #[must_use]
    pub fn with(mut self, field: F, value: impl Into<String>) -> Self {
        self.values.push((field, value.into()));
        self
    }

    /// What was typed, without spaces around it.
    #[must_use]
    pub fn text(&self, field: F) -> &str {
        self.raw(field).trim()
    }

    /// What was typed, to the letter: for passwords.
    #[must_use]
    pub fn raw(&self, field: F) -> &str {
        let found = self.values.iter().find(|(known, _)| *known == field);
        found.map_or("", |(_, value)| value)
    }

    /// All values of a field that may be ticked more than once.
    pub fn all(&self, field: F) -> impl Iterator<Item = &str> {
        self.values
            .iter()
            .filter(move |(known, _)| *known == field)
            .map(|(_, value)| value.as_str())
    }

    /// Says what is wrong with a field, in the language of the page.
    pub fn reject(&mut self, field: F, complaint: impl Into<Text>) {
        self.errors.push((field, complaint.into()));
    }

    /// Says what is wrong with the form as a whole.
    pub fn reject_all(&mut self, complaint: impl Into<Text>) {
        self.general = Some(complaint.into());
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty() && self.general.is_none()
    }

    /// As the page shows it: what was typed but for secrets, and what is wrong.
    #[must_use]
    pub fn into_shown(self) -> app::ui::FormState {
        let mut shown = app::ui::FormState::new();
        for field in F::ALL {
            shown.set(field.name(), self.shown(*field));
        }
        for (field, complaint) in self.errors {
            shown.reject(field.name(), complaint);
        }
        if let Some(complaint) = self.general {
            shown.reject_all(complaint);
        }
        shown
    }

    /// What to show in a field: never a secret.
    #[must_use]
    pub fn shown(&self, field: F) -> String {
        if field.is_secret() {
            String::new()
        } else {
            self.raw(field).to_owned()
        }
    }

    fn of(pairs: Pairs) -> Self {
        let values = pairs.into_iter().filter_map(|(name, value)| {
            let field = F::ALL.iter().find(|field| field.name() == name)?;
            Some((*field, value))
        });
        Self {
            values: values.collect(),
            ..Self::default()
        }
    }
}

impl<F: Field> FromRequest for FormState<F> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        pairs(request, payload).map_ok(Self::of).boxed_local()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, PartialEq)]
    enum Signing {
        Mail,
        Password,
    }

    impl Field for Signing {
        const ALL: &'static [Self] = &[Self::Mail, Self::Password];

        fn name(self) -> &'static str {
            match self {
                Self::Mail => "mail",
                Self::Password => "password",
            }
        }

        fn is_secret(self) -> bool {
            self == Self::Password
        }
    }

    #[test]
    fn a_form_keeps_what_was_typed_but_for_secrets() {
        let pairs = [("mail", " a@b "), ("password", " x "), ("else", "y")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut form = FormState::<Signing>::of(pairs.to_vec());
        assert_eq!(form.text(Signing::Mail), "a@b");
        assert_eq!(form.raw(Signing::Password), " x ");
        assert_eq!(form.shown(Signing::Mail), " a@b ");
        assert_eq!(form.shown(Signing::Password), "");
        assert!(form.is_valid());
        form.reject(Signing::Mail, "No.");
        assert!(!form.is_valid());
        let shown = form.into_shown();
        assert!(shown.error("mail").is_some());
        assert_eq!(shown.error("password"), None);
    }
}
