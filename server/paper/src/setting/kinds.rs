//! The kinds of text that there are: few, told apart by size and weight.

use super::Type;
use crate::{
    colour::{INK, QUIET},
    text::Style,
};

const fn ink(style: Style, leading: f32) -> Type {
    let colour = INK;
    Type { style, leading, colour }
}

const fn quiet(style: Style, leading: f32) -> Type {
    let colour = QUIET;
    Type { style, leading, colour }
}

pub(super) const TITLE: Type = ink(Style::bold(25.0), 32.0);
pub(super) const SUBTITLE: Type = quiet(Style::regular(12.0), 18.0);
pub(super) const ORGANISATION: Type = ink(Style::bold(11.0), 15.0);
pub(super) const HEADING_1: Type = ink(Style::bold(18.0), 24.0);
pub(super) const HEADING_2: Type = ink(Style::bold(12.5), 17.0);
pub(super) const HEADING_3: Type = ink(Style::bold(9.6), 14.0);
pub(super) const LEAD: Type = ink(Style::regular(11.5), 17.5);
pub(super) const BODY: Type = ink(Style::regular(9.4), 14.2);
pub(super) const BODY_BOLD: Type = ink(Style::bold(9.4), 14.2);
pub(super) const NOTE: Type = quiet(Style::regular(8.2), 12.2);
pub(super) const LABEL: Type = quiet(Style::regular(7.8), 11.0);
pub(super) const CELL: Type = ink(Style::regular(8.6), 12.0);
pub(super) const CELL_BOLD: Type = ink(Style::bold(8.6), 12.0);
pub(super) const CELL_HEAD: Type = quiet(Style::bold(7.6), 10.6);
pub(super) const AXIS: Type = quiet(Style::regular(7.0), 10.0);
pub(super) const EDGE: Type = quiet(Style::regular(7.4), 10.4);
