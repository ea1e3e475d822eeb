//! The tenant's own images at Contabo, which new systems are made of: the list, one of them, and the forms.
//!
//! A file is never sent from here: Contabo fetches it from an address.

pub mod form;
pub mod list;
pub mod show;

use leptos::prelude::*;

use crate::{
    samples::Sample,
    t, t_with,
    text::Text,
    ui::{Crumb, Meter, State, StateBadge},
};

/// How far Contabo is with fetching an image.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Contabo's word.
    pub status: String,
    /// MB that have arrived, and that there are.
    pub arrived: Option<u64>,
    pub size: Option<u64>,
    /// Why it failed.
    pub error: Option<String>,
}

impl Arrival {
    pub(crate) fn badge(&self) -> impl IntoView + use<> {
        let (state, label): (State, Text) = match self.status.to_lowercase().as_str() {
            _ if self.error.is_some() => (State::Down, t("image-failed").into()),
            "downloaded" => (State::Up, t("image-ready").into()),
            "error" => (State::Down, t("image-failed").into()),
            "downloading" => (State::Maintenance, t("image-arriving").into()),
            "pending" => (State::Maintenance, t("image-pending").into()),
            "" => (State::Unknown, t("server-not-said").into()),
            _ => (State::Unknown, self.status.clone().into()),
        };
        view! { <StateBadge state=state label=label/> }
    }

    /// How much has arrived, where it is not all of it.
    pub(crate) fn progress(&self) -> Option<impl IntoView + use<>> {
        let (arrived, size) = (self.arrived?, self.size.filter(|size| *size > 0)?);
        (arrived < size && self.error.is_none()).then(|| {
            let shown = t_with(
                "image-arrived",
                &[("arrived", room(arrived).into()), ("size", room(size).into())],
            );
            view! { <Meter label=t("image-progress") value=arrived as f64 max=size as f64 shown=shown/> }
        })
    }
}

/// MB, as GB where it is that much.
pub(crate) fn room(mb: u64) -> String {
    match mb {
        0..1_000 => format!("{mb}\u{a0}MB"),
        _ => format!("{}.{}\u{a0}GB", mb / 1_000, mb % 1_000 / 100),
    }
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("images"), "/admin/images")]
}

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [list::samples(), show::samples(), form::samples()]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_as_round_as_it_is_large() {
        assert_eq!((room(0).as_str(), room(999).as_str()), ("0\u{a0}MB", "999\u{a0}MB"));
        assert_eq!(
            (room(1_250).as_str(), room(25_000).as_str()),
            ("1.2\u{a0}GB", "25.0\u{a0}GB")
        );
    }
}
