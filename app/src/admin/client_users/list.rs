//! The users of all clients.

use leptos::prelude::*;

use crate::{
    admin::people::{self, PersonRow},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{Card, Crumb, EmptyState, FilterBar, Icon, Kind, Layout, LinkButton, ListState, Pagination, SelectField},
};

/// The page. `add_href` is there if the visitor may add one.
#[component]
pub fn ClientUsers(list: ListState, rows: Vec<PersonRow>, add_href: Option<Text>) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("clients"), "/admin/clients")];
    let add = add_href
        .map(|href| view! { <LinkButton label=t("people-add-user") href=href icon=Icon::Plus kind=Kind::Primary/> });
    let actions = view! { {add} }.into_any();
    let body = if rows.is_empty() && !list.is_filtered() {
        view! { <Card><EmptyState title=t("people-no-client-users") text=t("people-no-client-users-text") icon=Icon::Users/></Card> }.into_any()
    } else {
        let empty = rows.is_empty();
        let chosen = list.filter("state");
        view! {
            <Card flush=true>
                <FilterBar list=list.clone() search_label=t("people-search")>
                    <SelectField name="state" label=t("people-access") choices=people::access_choices() value=chosen empty=t("list-any") required=true/>
                </FilterBar>
                {people::table(t("people-client-users"), rows, true, Some(list.clone()))}
                {empty.then(|| view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> })}
                <Pagination list=list/>
            </Card>
        }
        .into_any()
    };
    view! { <Layout title=t("people-client-users") lead=t("people-client-users-lead") crumbs=crumbs actions=actions>{body}</Layout> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "clients",
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/client-users".to_owned(),
        page: 1,
        per_page: 50,
        total,
        ..ListState::default()
    };
    vec![
        Sample::new("client-users", page(), move || {
            view! { <ClientUsers list=list(3) rows=people::sample_rows() add_href=Some("/admin/client-users/new".into())/> }
        }),
        Sample::new(
            "client-users-none",
            page(),
            move || view! { <ClientUsers list=list(0) rows=vec![] add_href=None/> },
        ),
        Sample::new("client-users-hostile", page(), move || {
            let rows = vec![PersonRow {
                name: HOSTILE.to_owned(),
                mail: HOSTILE.to_owned(),
                ..people::sample_rows().remove(2)
            }];
            view! { <ClientUsers list=list(1) rows=rows add_href=None/> }
        }),
    ]
}
