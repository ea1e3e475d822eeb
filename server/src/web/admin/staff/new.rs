//! `GET` and `POST /admin/staff/new`

use actix_web::{HttpResponse, web};
use app::{
    admin::{people::first_password::Among, staff::form::StaffForm},
    ui::FormState,
};
use leptos::prelude::*;

use crate::{
    domain::{
        identity::{Error as IdentityError, NewPerson, StaffRole},
        people::{Draft, first_password},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, complaint, people::show_password, reject},
        context::Visit,
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(staff: Staff, page: Page) -> HttpResponse {
    let form = FormState::new().with("role", StaffRole::Viewer.name());
    page.at("staff").ok(|| view(form, &staff))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    visit: Visit,
    page: Page,
) -> Result<HttpResponse, Error> {
    let mut form = typed.shown(&["mail", "name", "role"]);
    let draft = Draft {
        mail: typed.text("mail"),
        name: typed.text("name"),
    };
    let person = draft
        .check()
        .map_err(|wrong| reject(&mut form, wrong, page.lang(), complaint::of_person))
        .ok();
    let role = typed.text("role").parse::<StaffRole>();
    let role = role
        .map_err(|_| form.reject("role", page.lang().t("people-choose-role")))
        .ok();
    let Some(((mail, name), role)) = person.zip(role) else {
        return Ok(page.at("staff").unprocessable(|| view(form, &staff)));
    };
    let password = first_password().map_err(|error| Error::internal(error.to_string()))?;
    let new = NewPerson {
        mail: mail.clone(),
        name: name.clone(),
        password: password.clone(),
        zone: None,
    };
    let (tenant, by) = (staff.tenant.tenant.id, staff.appointer());
    match site.identity.create_staff_user(tenant, &by, new, role).await {
        Ok(created) if created.was_there => {
            let to = route::AdminStaffUser {
                staff_user: created.account,
            };
            return Ok(see_other_telling(to, "done-person-known"));
        }
        Ok(created) => {
            let shown = (name, mail, password);
            return Ok(show_password(visit, page, Among::Staff, created.account, shown));
        }
        Err(IdentityError::MailTaken) => form.reject("mail", page.lang().t("people-mail-taken-staff")),
        Err(IdentityError::NotAllowed) => form.reject("role", page.lang().t("people-role-not-yours")),
        Err(error) => return Err(error.into()),
    }
    Ok(page.at("staff").unprocessable(|| view(form, &staff)))
}

fn view(form: FormState, staff: &Staff) -> impl IntoView + use<> {
    let may_make_owners = staff.role.may_appoint(None, Some(StaffRole::Owner));
    view! { <StaffForm form=form may_make_owners=may_make_owners/> }
}
