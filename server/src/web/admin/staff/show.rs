//! `GET` and `POST /admin/staff/{staff_user}`: who they are, and which role they have.

use actix_web::{HttpResponse, web};
use app::{
    admin::staff::show::{AccessHrefs, Facts, StaffPage},
    ui::FormState,
};
use entity::AccountId;
use leptos::prelude::*;

use crate::{
    domain::{
        identity::{Error as IdentityError, StaffRole},
        people::Person,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            asked::Typed,
            people::access::{self, OnStaff},
        },
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    account: web::Path<AccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let person = access::find::<OnStaff>(&staff, *account).await?;
    let facts = access::facts(&site, &staff, &person).await?;
    let form = FormState::new().with("role", person.staff_role.clone().unwrap_or_default());
    Ok(page.at("staff").ok(|| view(form, facts, &staff, &person)))
}

/// Gives another role.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    account: web::Path<AccountId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let person = access::find::<OnStaff>(&staff, *account).await?;
    let mut form = typed.shown(&["role"]);
    match typed.text("role").parse::<StaffRole>() {
        Err(_) => form.reject("role", page.lang().t("people-choose-role")),
        Ok(role) => {
            let (tenant, by) = (staff.tenant.tenant.id, staff.appointer());
            match site
                .identity
                .appoint_staff_user(tenant, &by, *account, Some(role))
                .await
            {
                Ok(()) => {
                    return Ok(see_other_telling(
                        route::AdminStaffUser { staff_user: *account },
                        "done-role-changed",
                    ));
                }
                Err(IdentityError::LastOwner) => form.reject("role", page.lang().t("people-last-owner")),
                Err(IdentityError::NotAllowed) => form.reject("role", page.lang().t("people-role-not-yours")),
                Err(error) => return Err(error.into()),
            }
        }
    }
    let facts = access::facts(&site, &staff, &person).await?;
    Ok(page.at("staff").unprocessable(|| view(form, facts, &staff, &person)))
}

fn view(form: FormState, facts: Facts, staff: &Staff, person: &Person) -> impl IntoView + use<> {
    let role = person
        .staff_role
        .as_deref()
        .and_then(|role| role.parse::<StaffRole>().ok());
    let may_change = staff.role.may_appoint(role, role);
    let may_make_owners = staff.role.may_appoint(None, Some(StaffRole::Owner));
    let is_self = person.account.id == staff.account;
    let hrefs = AccessHrefs {
        remove: (may_change && !is_self).then(|| {
            route::AdminStaffRemove {
                staff_user: person.account.id,
            }
            .to_string()
        }),
        ..access::hrefs::<OnStaff>(staff, person)
    };
    view! {
        <StaffPage person=facts form=form may_change=may_change may_make_owners=may_make_owners is_self=is_self hrefs=hrefs/>
    }
}
