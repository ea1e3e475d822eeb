//! `GET` and `POST /admin/staff/{staff_user}/remove`: off the staff.

use actix_web::{HttpResponse, web};
use app::admin::confirm::Question;
use entity::AccountId;

use crate::{
    site::Site,
    web::{
        Error, Page,
        admin::people::access::{self, OnStaff},
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(
    staff: Staff,
    account: web::Path<AccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let person = access::find::<OnStaff>(&staff, *account).await?;
    let question = Question::RemoveFromStaff {
        who: person.account.name,
    };
    Ok(access::confirm::<OnStaff>(question, *account, "remove", page))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    account: web::Path<AccountId>,
) -> Result<HttpResponse, Error> {
    access::find::<OnStaff>(&staff, *account).await?;
    let tenant = staff.tenant.tenant.id;
    site.identity
        .appoint_staff_user(tenant, &staff.appointer(), *account, None)
        .await?;
    Ok(see_other_telling(route::AdminStaff, "done-staff-removed"))
}
