//! That a visitor means the thing that they are about to lose, and is who they were: its name is typed again, and their
//! password.

use app::{text::Lang, ui::FormState};

use super::{Error, guard::SignedIn};
use crate::{
    domain::{identity, typed::Typed},
    site::Site,
};

/// Whether both are right; what is wrong is put by the fields `confirm` and `password`.
pub(super) async fn is_sure(
    site: &Site,
    signed_in: &SignedIn,
    name: &str,
    typed: &Typed,
    lang: Lang,
    form: &mut FormState,
) -> Result<bool, Error> {
    if typed.get("confirm") != name.trim() {
        form.reject("confirm", lang.t("wrong-name"));
        return Ok(false);
    }
    match site
        .identity
        .confirm_password(&signed_in.visitor, typed.text("password"))
        .await
    {
        Ok(()) => return Ok(true),
        Err(identity::Error::WrongPassword) => form.reject("password", lang.t("password-wrong")),
        Err(identity::Error::TooManyTries) => form.reject("password", lang.t("password-too-many")),
        Err(error) => return Err(error.into()),
    }
    Ok(false)
}
