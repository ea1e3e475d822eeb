//! A small line without axes, for cards: whether it moves, and where it is missing.

use html_escape::encode_double_quoted_attribute as escape;
use leptos::prelude::*;

use super::{
    Hue,
    svg::{Drawing, path, put},
};
use crate::text::Text;

const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 40.0;

/// Equally spaced values, oldest first; `None` is a gap. `label` says in words what it shows.
#[component]
pub fn Sparkline(values: Vec<Option<f64>>, #[prop(into)] label: Text, #[prop(optional)] hue: Hue) -> impl IntoView {
    view! { <div class="sparkline" inner_html=paint(&values, &label, hue).into_string()></div> }
}

fn paint(values: &[Option<f64>], label: &str, hue: Hue) -> Drawing {
    let highest = values
        .iter()
        .flatten()
        .copied()
        .filter(|value| value.is_finite())
        .fold(0.0, f64::max);
    let step = WIDTH / (values.len().max(2) - 1) as f64;
    let y = |value: f64| {
        let share = if highest > 0.0 && value.is_finite() {
            (value / highest).clamp(0.0, 1.0)
        } else {
            0.0
        };
        HEIGHT - 2.0 - share * (HEIGHT - 4.0)
    };
    let (mut line, mut area) = (String::new(), String::new());
    let placed: Vec<_> = values
        .iter()
        .enumerate()
        .map(|(at, value)| value.map(|value| (at as f64 * step, y(value))))
        .collect();
    for run in placed.split(Option::is_none) {
        let places: Vec<_> = run.iter().flatten().copied().collect();
        if let (Some(&(first, _)), Some(&(last, _))) = (places.first(), places.last()) {
            path(&mut line, &places, false);
            let closed: Vec<_> = places
                .iter()
                .copied()
                .chain([(last, HEIGHT), (first, HEIGHT)])
                .collect();
            path(&mut area, &closed, true);
        }
    }
    let mut svg = String::with_capacity(line.len() + area.len() + 300);
    put(
        &mut svg,
        format_args!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\" class=\"{}\"><path class=\"curve-area\" d=\"{area}\"/><path class=\"curve-line\" d=\"{line}\"/></svg>",
            escape(label),
            hue.class(),
        ),
    );
    Drawing::from_escaped(svg)
}
