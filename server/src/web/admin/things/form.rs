//! Forms that ask for something of an account: what was typed is asked for, or the form is shown again with why not.

use actix_web::http::StatusCode;
use app::{
    text::{Lang, Text},
    ui::FormState,
};
use entity::ContaboAccountId;
use secrecy::SecretString;

use super::ask;
use crate::{
    domain::{
        contabo::actions::ThingAsked,
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{Error, admin, guard::Staff},
};

/// A form as it came.
pub(in crate::web::admin) struct Form<'f, R> {
    typed: &'f Typed,
    fields: &'f [&'static str],
    complaint: fn(Lang, R) -> Text,
}

/// The form once more, with the status of the page that shows it.
pub(in crate::web::admin) type Again = (StatusCode, FormState);

impl<'f, R> Form<'f, R> {
    /// `fields`: what is shown again. `complaint`: what can't be taken, in words.
    pub(in crate::web::admin) fn new(
        typed: &'f Typed,
        fields: &'f [&'static str],
        complaint: fn(Lang, R) -> Text,
    ) -> Self {
        Self {
            typed,
            fields,
            complaint,
        }
    }

    /// Asks for what was typed, of this account; or says how the form is to be shown again.
    pub(in crate::web::admin) async fn ask(
        self,
        site: &Site,
        staff: &Staff,
        lang: Lang,
        wanted: Result<(ContaboAccountId, ThingAsked), Rejected<R>>,
    ) -> Result<Result<(), Again>, Error> {
        let wanted = wanted.map(|(account, asked)| (account, asked, None));
        self.ask_with(site, staff, lang, wanted).await
    }

    /// The same with what is kept sealed until it goes to Contabo.
    pub(in crate::web::admin) async fn ask_with(
        self,
        site: &Site,
        staff: &Staff,
        lang: Lang,
        wanted: Result<(ContaboAccountId, ThingAsked, Option<SecretString>), Rejected<R>>,
    ) -> Result<Result<(), Again>, Error> {
        let (account, asked, secret) = match wanted {
            Ok(wanted) => wanted,
            Err(wrong) => {
                let form = admin::shown(self.typed, self.fields, wrong, lang, self.complaint);
                return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, form)));
            }
        };
        let refused = ask(site, staff, account, asked, secret, lang).await?;
        Ok(refused.map_err(|why| {
            let mut form = self.typed.shown(self.fields);
            form.reject_all(why);
            (StatusCode::CONFLICT, form)
        }))
    }
}
