//! The kit that pages are made of: one file a component, each with its styles in `style/<name>.css`.
//!
//! Components take owned values and texts that are already in the visitor's language. They hold no
//! domain: a page says which [`State`] a link is in, the kit knows how a state looks.
//! `/dev/components` shows all of them.

pub mod badge;
pub mod breadcrumbs;
pub mod button;
pub mod card;
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
pub use code::{Code, CopyField};
pub use danger_confirm::DangerConfirm;
pub use field::{
    Checkbox, Choice, DateTimeField, NumberField, PasswordField, RadioGroup, SelectField, TextField,
};
pub use form::{ErrorSummary, FieldError, FormActions, FormState};
pub use icon::{Icon, Pictogram};
pub use key_values::{KeyValue, KeyValues};
pub use layout::Layout;
pub use list::{Direction, ListState};
pub use live::Live;
pub use meter::{Meter, Progress};
pub use nav::NavItem;
pub use notice::{Notice, Tone};
pub use number::{Bytes, Milliseconds, Percent, Rate};
pub use optional::OptionalText;
pub use table::{Cell, Column, FilterBar, HeadCell, NumberCell, Pagination, Table};
pub use tabs::{Tab, Tabs};
pub use text_area::TextAreaField;
pub use time::{Duration, When};
pub use tooltip::Tooltip;
