//! Pages: what is drawn on them, what each mark means to a screen reader, and how a document flows over them.

mod canvas;
mod drawing;
mod flow;
mod ink;
mod shapes;
mod stand_in;
mod tags;

pub(crate) use canvas::{Canvas, OVERLAY, Stroke, drawing_name, picture_name};
pub(crate) use flow::{Flow, Piece, Repeated, together};
pub(crate) use ink::{InkedFont, font_name, name_glyphs};
pub(crate) use tags::{Child, Kind, NodeId, Tree};
