//! One staff user: their role, and what can be done about their way in.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    admin::people::{Access, role_word, staff_roles},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Crumb, ErrorSummary, FormActions, FormState, KeyValue, KeyValues, Kind, Layout, LinkButton,
        Notice, RadioGroup, When,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 1] = [("role", "people-role")];

/// What is known of somebody.
#[derive(Clone, Debug)]
pub struct Facts {
    pub name: String,
    pub mail: String,
    pub access: Access,
    pub created_at: DateTime<Utc>,
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// How many browsers are signed in.
    pub sessions: usize,
}

/// Where the buttons about somebody's way in lead; those that the visitor may not press are not there.
#[derive(Clone, Debug, Default)]
pub struct AccessHrefs {
    pub reset_password: Option<String>,
    pub disable: Option<String>,
    pub enable: Option<String>,
    pub end_sessions: Option<String>,
    /// Off the staff.
    pub remove: Option<String>,
}

/// The buttons. Each leads to a page that asks first.
pub fn access_actions(hrefs: AccessHrefs) -> impl IntoView {
    let button = |label: &'static str, href: Option<String>| {
        href.map(|href| view! { <LinkButton label=label href=href confirm=true/> })
    };
    view! {
        {hrefs.reset_password.map(|href| view! { <LinkButton label=t("people-reset-password") href=href/> })}
        {button(t("people-end-sessions"), hrefs.end_sessions)}
        {button(t("people-disable"), hrefs.disable)}
        {button(t("people-enable"), hrefs.enable)}
        {button(t("people-remove-staff"), hrefs.remove)}
    }
}

/// What is known of somebody, as a card.
pub fn facts(person: Facts) -> impl IntoView {
    let last = match person.last_sign_in_at {
        Some(at) => view! { <When at=at/> }.into_any(),
        None => view! { <span class="muted">{t("people-never")}</span> }.into_any(),
    };
    view! {
        <Card>
            <KeyValues>
                <KeyValue label=t("field-mail")>{person.mail}</KeyValue>
                <KeyValue label=t("people-last-sign-in")>{last}</KeyValue>
                <KeyValue label=t("people-open-sessions")><span class="figure">{person.sessions}</span></KeyValue>
                <KeyValue label=t("people-since")><When at=person.created_at/></KeyValue>
            </KeyValues>
        </Card>
    }
}

/// The page. `form` holds the role; without `may_change` it can only be read.
#[component]
pub fn StaffPage(
    person: Facts,
    form: FormState,
    may_change: bool,
    may_make_owners: bool,
    is_self: bool,
    hrefs: AccessHrefs,
) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("people-staff"), "/admin/staff")];
    let (title, badge) = (person.name.clone(), person.access.badge().into_any());
    let actions = access_actions(hrefs).into_any();
    let role = if may_change {
        view! {
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <RadioGroup name="role" label=t("people-role") choices=staff_roles(may_make_owners) value=form.value("role") error=form.error("role")/>
                <FormActions><Button label=t("people-save-role") kind=Kind::Primary/></FormActions>
            </form>
        }
        .into_any()
    } else {
        view! { <p>{role_word(&form.value("role"))}</p> }.into_any()
    };
    view! {
        <Layout title=title crumbs=crumbs badge=badge actions=actions>
            {is_self.then(|| view! { <Notice>{t("people-is-you")}</Notice> })}
            {facts(person)}
            <Card title=t("people-role")>{role}</Card>
        </Layout>
    }
}

/// Somebody for samples.
pub(crate) fn sample_facts(name: &str) -> Facts {
    Facts {
        name: name.to_owned(),
        mail: format!("{name}@northbridge.example"),
        access: Access::Active,
        created_at: samples::now() - TimeDelta::days(200),
        last_sign_in_at: Some(samples::now() - TimeDelta::minutes(12)),
        sessions: 2,
    }
}

/// All buttons, for samples.
pub(crate) fn sample_hrefs() -> AccessHrefs {
    AccessHrefs {
        reset_password: Some("/reset".to_owned()),
        disable: Some("/disable".to_owned()),
        enable: None,
        end_sessions: Some("/end".to_owned()),
        remove: None,
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "staff",
        ..samples::page(Area::Admin)
    };
    vec![
        Sample::new("staff-user", page(), || {
            let hrefs = AccessHrefs {
                remove: Some("/remove".to_owned()),
                ..sample_hrefs()
            };
            let form = FormState::new().with("role", "admin");
            view! { <StaffPage person=sample_facts("Bob Reyes") form=form may_change=true may_make_owners=true is_self=false hrefs=hrefs/> }
        }),
        Sample::new("staff-user-hostile", page(), || {
            let mut form = FormState::new().with("role", "owner");
            form.reject("role", HOSTILE);
            view! { <StaffPage person=sample_facts(HOSTILE) form=form may_change=true may_make_owners=true is_self=true hrefs=sample_hrefs()/> }
        }),
        Sample::new("staff-user-read", page(), || {
            let form = FormState::new().with("role", "owner");
            view! { <StaffPage person=sample_facts("Olga") form=form may_change=false may_make_owners=false is_self=false hrefs=AccessHrefs::default()/> }
        }),
    ]
}
