//! Deleting a thing of an account: the question, and then asking for it. It goes the same way for all kinds; each says
//! where its pages are and what is asked.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        Subject,
        things::delete::{DeletePage, Doomed},
    },
    text::Lang,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use crate::{
    domain::contabo::{
        actions::ThingAsked,
        resources::{Kind, Mirrored},
    },
    site::Site,
    web::{Error, Page, admin::things, guard::Staff, see_other_telling},
};

/// What the deletion of a thing asks and says.
pub(in crate::web) struct Deletion {
    /// The entry of the navigation.
    pub(in crate::web) at: &'static str,
    pub(in crate::web) doomed: Doomed,
    pub(in crate::web) name: String,
    /// Its page.
    pub(in crate::web) href: String,
    /// Where the deletion is posted to.
    pub(in crate::web) action: String,
    /// Where one is afterwards.
    pub(in crate::web) list: String,
    pub(in crate::web) asked: ThingAsked,
}

/// A kind whose things can be deleted by staff.
pub(in crate::web) trait Deletable: Kind {
    /// None: this one can't be.
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion>
    where
        Self: Sized;

    /// What uses it, to be told before.
    async fn uses(_site: &Site, _staff: &Staff, _found: &Mirrored<Self>, _lang: Lang) -> Result<Vec<Subject>, Error>
    where
        Self: Sized,
    {
        Ok(Vec::new())
    }
}

/// The question before it is deleted.
pub(in crate::web) async fn get<K: Deletable>(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<K>(&staff, *id).await?;
    let deletion = K::deletion(&found).ok_or(Error::NotFound)?;
    let uses = K::uses(&site, &staff, &found, page.lang()).await?;
    Ok(question(page, deletion, uses, None))
}

/// Deletes it.
pub(in crate::web) async fn post<K: Deletable>(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<K>(&staff, *id).await?;
    let deletion = K::deletion(&found).ok_or(Error::NotFound)?;
    let asked = deletion.asked.clone();
    match things::ask(&site, &staff, found.account, asked, None, page.lang()).await? {
        Ok(()) => Ok(see_other_telling(deletion.list, "done-thing-asked")),
        Err(why) => {
            let uses = K::uses(&site, &staff, &found, page.lang()).await?;
            Ok(question(page, deletion, uses, Some(why)))
        }
    }
}

/// The page of the question, perhaps with why what was just tried was not done.
pub(in crate::web) fn question(
    page: Page,
    deletion: Deletion,
    uses: Vec<Subject>,
    refused: Option<String>,
) -> HttpResponse {
    let status = match refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let (doomed, name, href, action) = (deletion.doomed, deletion.name, deletion.href, deletion.action);
    page.at(deletion.at).with_status(status, move || {
        view! { <DeletePage doomed=doomed name=name href=href action=action refused=refused uses=uses/> }
    })
}
