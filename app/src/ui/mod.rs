//! The kit that pages are made of: one file a component, each with its styles in `style/<name>.css`.
//!
//! Components take owned values and texts that are already in the visitor's language. They hold no
//! domain: a page says which [`State`] a link is in, the kit knows how a state looks.
//! `/dev/components` ([`crate::dev::components`]) shows and uses all of them; copy from there.
//!
//! A page is a component of owned props inside a [`Layout`], with `samples()` beside it that
//! [`crate::samples::all`] lists, and is served with `render(page, || view! { <LinkPage …/> })`:
//!
//! ```
//! use app::{samples, t, page::{Area, render}, ui::{Card, Layout, State, StateBadge}};
//! use leptos::prelude::*;
//!
//! #[component]
//! fn LinkPage(name: String, state: State) -> impl IntoView {
//!     let badge = view! { <StateBadge state=state/> }.into_any();
//!     view! { <Layout title=name badge=badge><Card title=t("nav-links")>"…"</Card></Layout> }
//! }
//!
//! let html = render(samples::page(Area::Portal), || view! { <LinkPage name="Berlin".to_owned() state=State::Up/> });
//! assert!(html.starts_with("<!DOCTYPE html>"));
//! ```
//!
//! - A text with values that repeat in rows goes through [`crate::t_count`], never `t_with`, which costs microseconds.
//! - Optional views (`badge`, `actions`) are given as `AnyView` without `Some`; optional texts take a `&'static str`,
//!   a `String` or an option of either ([`OptionalText`]).
//! - No `style` attribute, no inline script, no `<textarea>` outside `text_area.rs`: a test reads all samples for that.
//! - A part that changes while one looks at it is a [`Live`]; the events it follows are described there.

pub mod badge;
pub mod breadcrumbs;
pub mod button;
pub mod card;
pub mod check_list;
pub mod code;
pub mod danger_confirm;
pub mod field;
pub mod form;
pub mod graph;
pub mod icon;
pub mod key_values;
pub mod layout;
pub mod list;
pub mod live;
pub mod markup;
pub mod meter;
pub mod nav;
pub mod notice;
pub mod number;
pub mod optional;
pub mod table;
pub mod tabs;
pub mod text_area;
pub mod time;
pub mod tooltip;

pub use badge::{State, StateBadge};
pub use breadcrumbs::{Breadcrumbs, Crumb};
pub use button::{Button, Kind, LinkButton};
pub use card::{Card, EmptyState, Stat, Stats};
pub use check_list::{CheckList, Tick};
pub use code::{Code, CodeBlock, CopyField};
pub use danger_confirm::DangerConfirm;
pub use field::{Checkbox, Choice, DateTimeField, NumberField, PasswordField, RadioGroup, SelectField, TextField};
pub use form::{ErrorSummary, FieldError, FormActions, FormState};
pub use icon::{Icon, Pictogram};
pub use key_values::{KeyValue, KeyValues};
pub use layout::Layout;
pub(crate) use list::encode;
pub use list::{Direction, ListState};
pub use live::Live;
pub use markup::Markup;
pub use meter::{Meter, Progress};
pub use nav::NavItem;
pub use notice::{Notice, Tone};
pub use number::{Bytes, Milliseconds, Percent, Rate};
pub use optional::OptionalText;
pub use table::{Cell, Column, FilterBar, HeadCell, NumberCell, Pagination, Table};
pub use tabs::{Tab, Tabs};
pub use text_area::TextAreaField;
pub use time::{Duration, Elapsed, When};
pub use tooltip::Tooltip;
