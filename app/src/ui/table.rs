//! Tables of rows that the server has sorted, filtered and cut into pages.
//!
//! On a phone a row becomes a card: each cell then shows its column's name, which is why cells are told it.

use leptos::prelude::*;

use super::{Direction, Icon, ListState, Markup, Pictogram};
use crate::{t, t_count, text::Text};

/// A column's heading.
#[derive(Clone, Debug)]
pub struct Column {
    label: Text,
    key: Option<&'static str>,
    number: bool,
}

impl Column {
    /// A column of words.
    pub fn text(label: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            key: None,
            number: false,
        }
    }

    /// A column of figures, which stand at the right.
    pub fn number(label: impl Into<Text>) -> Self {
        Self {
            number: true,
            ..Self::text(label)
        }
    }

    /// Lets the visitor sort by it, as `key` in the query.
    #[must_use]
    pub fn sorted_by(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
    }
}

/// A table with its name for screen readers. Its rows (`<tr>` of [`HeadCell`], [`Cell`], [`NumberCell`]) are the children.
#[component]
pub fn Table(
    #[prop(into)] caption: Text,
    columns: Vec<Column>,
    #[prop(optional)] list: ListState,
    /// Wider than many windows, so that it is scrolled, and nothing in its rows is there to be focused.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let (class, focus) = match wide {
        true => ("table-frame table-wide", Some("0")),
        false => ("table-frame", None),
    };
    let region = wide.then(|| caption.clone());
    let head = columns.into_iter().map(|column| heading(column, &list)).collect_view();
    view! {
        <div class=class tabindex=focus role=focus.map(|_| "region") aria-label=region>
            <table class="table">
                <caption class="hidden">{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

fn heading(column: Column, list: &ListState) -> impl IntoView + use<> {
    let class = column.number.then_some("number");
    let Some(key) = column.key else {
        return view! { <th scope="col" class=class>{column.label}</th> }.into_any();
    };
    let current = list
        .sort
        .filter(|(sorted, _)| *sorted == key)
        .map(|(_, direction)| direction);
    let (aria, icon) = match current {
        Some(Direction::Ascending) => (Some("ascending"), Icon::ArrowUp),
        Some(Direction::Descending) => (Some("descending"), Icon::ArrowDown),
        None => (None, Icon::Sort),
    };
    view! {
        <th scope="col" class=class aria-sort=aria><a href=list.sort_href(key)>{column.label}<Pictogram icon=icon/></a></th>
    }
    .into_any()
}

/// The cell that names its row.
#[component]
pub fn HeadCell<V: IntoView + 'static>(children: TypedChildren<V>) -> impl IntoView {
    view! { <th scope="row">{children.into_inner()()}</th> }
}

/// A cell of words under the column `of`.
#[component]
pub fn Cell<V: IntoView + 'static>(#[prop(into)] of: Text, children: TypedChildren<V>) -> impl IntoView {
    view! { <td data-label=of>{children.into_inner()()}</td> }
}

/// A cell with a figure under the column `of`.
#[component]
pub fn NumberCell<V: IntoView + 'static>(#[prop(into)] of: Text, children: TypedChildren<V>) -> impl IntoView {
    view! { <td class="number" data-label=of>{children.into_inner()()}</td> }
}

impl Markup {
    /// A [`Cell`] with what `content` writes.
    pub fn cell(&mut self, of: &str, content: impl FnOnce(&mut Self)) -> &mut Self {
        self.raw("<td data-label=\"").text(of).raw("\">");
        content(self);
        self.raw("</td>")
    }

    /// A [`NumberCell`] with what `content` writes.
    pub fn number_cell(&mut self, of: &str, content: impl FnOnce(&mut Self)) -> &mut Self {
        self.raw("<td class=\"number\" data-label=\"").text(of).raw("\">");
        content(self);
        self.raw("</td>")
    }
}

/// Search and filters above a list: a form that asks for the same path again. The children are more fields
/// (`<SelectField>`); the order is kept, the page starts over.
#[component]
pub fn FilterBar(
    list: ListState,
    #[prop(optional, into)] search_label: Option<Text>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let query = list.filter("q");
    let filtered = list.is_filtered();
    let (action, clear) = (list.path.clone(), list.path);
    view! {
        <form class="filter-bar" method="get" action=action role="search">
            {search_label.map(|label| view! {
                <div class="field filter-search">
                    <label for="q">{label}</label>
                    <input id="q" name="q" type="search" value=query autocomplete="off" data-shortcut="/"/>
                </div>
            })}
            {children.map(|children| children())}
            {list.sort.map(|sort| view! { <input type="hidden" name="sort" value=ListState::sort_value(sort)/> })}
            <div class="filter-actions">
                <button type="submit" class="button"><Pictogram icon=Icon::Search/><span>{t("filter-apply")}</span></button>
                {filtered.then(|| view! { <a class="button button-quiet" href=clear>{t("filter-clear")}</a> })}
            </div>
        </form>
    }
}

/// Which rows are shown, and the way to the others; nothing where there are none.
#[component]
pub fn Pagination(list: ListState) -> impl IntoView {
    if list.total == 0 {
        return ().into_any();
    }
    let (first, last) = list.shown();
    let (page, pages) = (list.page.max(1), list.pages());
    let rows = format!("{first}–{last} ");
    let step = |label: &'static str, icon: Icon, to: u32, possible: bool| {
        if possible {
            let rel = if to < page { "prev" } else { "next" };
            view! { <a class="button" rel=rel href=list.page_href(to)><Pictogram icon=icon/><span>{label}</span></a> }
                .into_any()
        } else {
            view! { <span class="button" aria-disabled="true"><Pictogram icon=icon/><span>{label}</span></span> }
                .into_any()
        }
    };
    view! {
        <nav class="pagination" aria-label=t("pagination")>
            <p class="pagination-rows">{rows}{t_count("pagination-of", list.total)}</p>
            {(pages > 1).then(|| view! {
                <div class="pagination-steps">
                    {step(t("pagination-previous"), Icon::Left, page.saturating_sub(1), page > 1)}
                    <span>{format!("{page} / {pages}")}</span>
                    {step(t("pagination-next"), Icon::Right, page + 1, page < pages)}
                </div>
            })}
        </nav>
    }
    .into_any()
}
