//! One client user: what they may do where, and what can be done about their way in.

use leptos::prelude::*;

use crate::{
    admin::people::{client_roles, role_word},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Choice, Crumb, ErrorSummary, FormActions, FormState, Icon, Kind, Layout, Notice, SelectField,
        Tone,
    },
};

pub use crate::admin::staff::show::{AccessHrefs, Facts, access_actions, facts};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 2] = [("client", "people-client"), ("role", "people-role")];

/// A place at a client.
#[derive(Clone, Debug)]
pub struct Membership {
    pub client: String,
    pub client_id: String,
    pub client_href: String,
    pub role: String,
    pub archived: bool,
}

/// The page. Without `memberships_action` the places can only be read; `elsewhere` are the clients to add.
#[component]
pub fn ClientUserPage(
    person: Facts,
    memberships: Vec<Membership>,
    memberships_action: Option<String>,
    elsewhere: Vec<Choice>,
    form: FormState,
    /// They are on the staff too, where their role is this.
    staff: Option<String>,
    hrefs: AccessHrefs,
) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("clients"), "/admin/clients"),
        Crumb::new(t("people-client-users"), "/admin/client-users"),
    ];
    let title = person.name.clone();
    let badge = person.access.badge().into_any();
    let actions = access_actions(hrefs).into_any();
    let staff = staff.map(|role| {
        view! { <Notice tone=Tone::Info title=t("people-also-staff")>{t("people-also-staff-text")}" "<strong>{role_word(&role)}</strong></Notice> }
    });
    let add = memberships_action.clone().filter(|_| !elsewhere.is_empty()).map(|action| {
        let role = Some(form.value("role")).filter(|role| !role.is_empty()).unwrap_or_else(|| "viewer".to_owned());
        view! {
            <Card title=t("people-add-place")>
                <form method="post" action=action class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <SelectField name="client" label=t("people-client") choices=elsewhere value=form.value("client") error=form.error("client")
                        empty=t("people-choose-client") required=true/>
                    <SelectField name="role" label=t("people-role") choices=client_roles() value=role error=form.error("role") required=true/>
                    <FormActions><Button label=t("people-add-place") icon=Icon::Plus/></FormActions>
                </form>
            </Card>
        }
    });
    let rows = memberships
        .into_iter()
        .enumerate()
        .map(|(at, membership)| place(at, membership, memberships_action.clone()))
        .collect_view();
    view! {
        <Layout title=title crumbs=crumbs badge=badge actions=actions>
            {staff}
            {facts(person)}
            <Card title=t("people-clients") flush=true><ul class="rows">{rows}</ul></Card>
            {add}
        </Layout>
    }
}

/// One place with its role: a form of its own, so that one change is one change.
fn place(at: usize, membership: Membership, action: Option<String>) -> impl IntoView {
    let Membership {
        client,
        client_id,
        client_href,
        role,
        archived,
    } = membership;
    let id = format!("role-{at}");
    let label_for = id.clone();
    let edit = match action.filter(|_| !archived) {
        None => view! { <span>{role_word(&role)}</span> }.into_any(),
        Some(action) => {
            let options = client_roles().into_iter().map(|choice| {
                let selected = choice.value == role.as_str();
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            });
            view! {
                <form method="post" action=action class="row-form">
                    <input type="hidden" name="client" value=client_id/>
                    <label class="hidden" for=label_for>{t("people-role")}" – "{client.clone()}</label>
                    <select id=id name="role">{options.collect_view()}</select>
                    <Button label=t("save") name="do" value="change"/>
                    <Button label=t("people-remove") name="do" value="remove" kind=Kind::Quiet/>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <span><a href=client_href>{client}</a>{archived.then(|| view! { " "<span class="muted small">{t("clients-archived")}</span> })}</span>
            {edit}
        </li>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "clients",
        ..samples::page(Area::Admin)
    };
    let membership = |client: &str, role: &str, archived| Membership {
        client: client.to_owned(),
        client_id: "1".to_owned(),
        client_href: "/admin/clients/1".to_owned(),
        role: role.to_owned(),
        archived,
    };
    let elsewhere = || vec![Choice::new("3", "City of Lübeck")];
    vec![
        Sample::new("client-user", page(), move || {
            let memberships = vec![
                membership("Acme Logistics GmbH", "owner", false),
                membership("Bergmann & Söhne", "viewer", false),
                membership("Old Harbour Ltd", "viewer", true),
            ];
            view! {
                <ClientUserPage person=crate::admin::staff::show::sample_facts("Alice Hartmann") memberships=memberships
                    memberships_action=Some("/m".to_owned()) elsewhere=elsewhere() form=FormState::new() staff=Some("viewer".to_owned())
                    hrefs=crate::admin::staff::show::sample_hrefs()/>
            }
        }),
        Sample::new("client-user-hostile", page(), move || {
            let mut form = FormState::new().with("client", HOSTILE);
            form.reject("client", HOSTILE);
            view! {
                <ClientUserPage person=crate::admin::staff::show::sample_facts(HOSTILE) memberships=vec![membership(HOSTILE, HOSTILE, false)]
                    memberships_action=Some("/m".to_owned()) elsewhere=elsewhere() form=form staff=None hrefs=AccessHrefs::default()/>
            }
        }),
    ]
}
