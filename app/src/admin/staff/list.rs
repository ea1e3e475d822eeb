//! Everybody on the staff.

use leptos::prelude::*;

use crate::{
    admin::people::{self, PersonRow, Place},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{Card, EmptyState, FilterBar, Icon, Kind, Layout, LinkButton, ListState, Pagination, SelectField},
};

/// The page. There is always somebody: whoever looks at it.
#[component]
pub fn StaffUsers(list: ListState, rows: Vec<PersonRow>, add_href: Option<Text>) -> impl IntoView {
    let add = add_href
        .map(|href| view! { <LinkButton label=t("people-add-staff") href=href icon=Icon::Plus kind=Kind::Primary/> });
    let actions = view! { {add} }.into_any();
    let empty = rows.is_empty();
    let chosen = list.filter("state");
    view! {
        <Layout title=t("people-staff") lead=t("people-staff-lead") actions=actions>
            <Card flush=true>
                <FilterBar list=list.clone() search_label=t("people-search")>
                    <SelectField name="state" label=t("people-access") choices=people::access_choices() value=chosen empty=t("list-any") required=true/>
                </FilterBar>
                {people::table(t("people-staff"), rows, false, Some(list.clone()))}
                {empty.then(|| view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> })}
                <Pagination list=list/>
            </Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "staff",
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/staff".to_owned(),
        page: 1,
        per_page: 50,
        total,
        ..ListState::default()
    };
    let on_staff = |row: PersonRow, role: &str| PersonRow {
        places: vec![Place {
            client: None,
            role: role.to_owned(),
        }],
        ..row
    };
    vec![
        Sample::new("staff", page(), move || {
            let rows = people::sample_rows()
                .into_iter()
                .zip(["owner", "admin", "viewer"])
                .map(|(row, role)| on_staff(row, role));
            view! { <StaffUsers list=list(3) rows=rows.collect() add_href=Some("/admin/staff/new".into())/> }
        }),
        Sample::new("staff-hostile", page(), move || {
            let row = PersonRow {
                name: HOSTILE.to_owned(),
                mail: HOSTILE.to_owned(),
                ..people::sample_rows().remove(0)
            };
            view! { <StaffUsers list=list(1) rows=vec![on_staff(row, HOSTILE)] add_href=None/> }
        }),
    ]
}
