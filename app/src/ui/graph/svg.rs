//! Paints a graph's geometry as SVG. No style attributes: classes, and `style/graph.css`.
//!
//! It writes a string rather than a view, because a graph is a few numbers and thousands of commas.

use std::fmt::Write;

use html_escape::encode_double_quoted_attribute as escape;

use super::{
    BandKind, LimitKind, Plot,
    geometry::{Curve, Geometry, PAGE_ROOM, Place},
};
use crate::ui::time;

/// SVG that only this painter makes, so that nothing else gets into a page unescaped.
#[derive(Clone, Debug)]
pub(super) struct Drawing(String);

impl Drawing {
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// A drawing from its parts; they hold numbers, names of ours, and escaped texts.
    pub(super) fn from_escaped(svg: String) -> Self {
        Self(svg)
    }
}

/// Appends a path through `places`; a tenth of a unit is finer than any screen.
pub(super) fn path(svg: &mut String, places: &[Place], closed: bool) {
    for (at, (x, y)) in places.iter().enumerate() {
        svg.push(if at == 0 { 'M' } else { 'L' });
        fixed(svg, *x, 1);
        svg.push(' ');
        fixed(svg, *y, 1);
    }
    if closed && !places.is_empty() {
        svg.push('Z');
    }
}

/// Appends `value` with so many digits after the point.
///
/// A graph has thousands of numbers, and the standard library's exact formatting of them was half of what a link's
/// page costs. These are drawn and not calculated with, so the nearest will do.
fn fixed(svg: &mut String, value: f64, decimals: u32) {
    let scale = 10_u64.pow(decimals);
    let scaled = (value * scale as f64).round();
    if scaled < 0.0 {
        svg.push('-');
    }
    let number = scaled.abs() as u64;
    digits(svg, number / scale, 1);
    if decimals > 0 {
        svg.push('.');
        digits(svg, number % scale, decimals);
    }
}

/// Appends `number` with `least` digits or more.
fn digits(svg: &mut String, number: u64, least: u32) {
    if number >= 10 || least > 1 {
        digits(svg, number / 10, least.saturating_sub(1));
    }
    svg.push(char::from(b'0' + (number % 10) as u8));
}

/// Writing to a string cannot fail.
pub(super) fn put(svg: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = svg.write_fmt(text);
}

/// The graph as one `<svg>` with its name and description, and the values for the script's cross-hair.
///
/// Only the curves are in a nested drawing that stretches with the page. Lines and texts are placed by
/// percentages, so texts keep their size and patterns their shape on a phone as on a wide screen.
pub(super) fn paint(id: &str, title: &str, description: &str, plot: &Plot) -> Drawing {
    let geometry = Geometry::new(plot, PAGE_ROOM);
    let room = geometry.room;
    let across = |x: f64| x / room.width * 100.0;
    let down = |y: f64| y / room.height * 100.0;
    let (top, bottom) = (down(geometry.plot_top), down(geometry.plot_bottom));
    let mut svg = String::with_capacity(16_384);
    put(
        &mut svg,
        format_args!(
            "<svg class=\"graph-svg\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" data-from=\"{}\" data-to=\"{}\" data-unit=\"{}\" data-top=\"{top:.2}%\" data-bottom=\"{bottom:.2}%\">",
            plot.from.timestamp(),
            plot.to.timestamp(),
            plot.unit.name(),
        ),
    );
    put(
        &mut svg,
        format_args!(
            "<title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
            escape(title),
            escape(description)
        ),
    );
    patterns(&mut svg, id);

    for stripe in &geometry.stripes {
        let name = stripe.kind.name();
        let words = format!(
            "{}: {} – {}",
            stripe.kind.word(),
            time::absolute(stripe.from, plot.zone),
            time::absolute(stripe.to, plot.zone)
        );
        let place = format!("x=\"{:.2}%\" width=\"{:.2}%\"", across(stripe.x), across(stripe.width));
        let full = format!("{place} y=\"{top:.2}%\" height=\"{:.2}%\"", bottom - top);
        put(
            &mut svg,
            format_args!(
                "<g class=\"band band-{name}\"><title>{}</title><rect class=\"band-fill\" {full}/><rect fill=\"url(#{id}-{name})\" {full}/><rect class=\"band-edge\" {place} y=\"{bottom:.2}%\" height=\"4\" transform=\"translate(0 -4)\"/></g>",
                escape(&words),
            ),
        );
    }
    for line in &geometry.values {
        let class = if line.zero { "grid grid-zero" } else { "grid" };
        put(
            &mut svg,
            format_args!(
                "<line class=\"{class}\" x2=\"100%\" y1=\"{y:.2}%\" y2=\"{y:.2}%\"/>",
                y = down(line.y)
            ),
        );
    }
    for tick in &geometry.times {
        put(
            &mut svg,
            format_args!(
                "<line class=\"grid grid-time\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"{top:.2}%\" y2=\"{bottom:.2}%\"/>",
                x = across(tick.x)
            ),
        );
    }
    put(
        &mut svg,
        format_args!(
            "<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\">",
            room.width, room.height
        ),
    );
    for curve in &geometry.curves {
        self::curve(&mut svg, curve);
    }
    svg.push_str("</svg>");
    for limit in &geometry.limits {
        // At opposite ends, or those of lines that lie close would run into each other.
        let (x, anchor) = match limit.kind {
            LimitKind::Agreed => ("100%", "end"),
            LimitKind::Percentile => ("0.5%", "start"),
        };
        let shift = if limit.label_below { 14 } else { -6 };
        put(
            &mut svg,
            format_args!(
                "<line class=\"limit limit-{kind}\" x2=\"100%\" y1=\"{y:.2}%\" y2=\"{y:.2}%\"/><text class=\"limit-label\" x=\"{x}\" y=\"{y:.2}%\" dy=\"{shift}\" text-anchor=\"{anchor}\">{}</text>",
                escape(&limit.label),
                kind = limit.kind.name(),
                y = down(limit.y),
            ),
        );
    }
    // Left of the drawing, in room that the style sheet leaves, so that no curve runs through a label.
    for line in &geometry.values {
        put(
            &mut svg,
            format_args!(
                "<text class=\"axis-value\" x=\"-8\" y=\"{:.2}%\" dy=\"4\" text-anchor=\"end\">{}</text>",
                down(line.y),
                escape(&line.label)
            ),
        );
    }
    for tick in &geometry.times {
        let anchor = if across(tick.x) < 3.0 {
            "start"
        } else if across(tick.x) > 97.0 {
            "end"
        } else {
            "middle"
        };
        let class = if tick.tick.minor {
            "axis-time axis-minor"
        } else {
            "axis-time"
        };
        put(
            &mut svg,
            format_args!(
                "<text class=\"{class}\" x=\"{:.2}%\" y=\"{bottom:.2}%\" dy=\"18\" text-anchor=\"{anchor}\">{}</text>",
                across(tick.x),
                escape(&tick.tick.label),
            ),
        );
    }
    values(&mut svg, plot);
    svg.push_str("</svg>");
    Drawing(svg)
}

fn curve(svg: &mut String, curve: &Curve) {
    put(svg, format_args!("<g class=\"curve {}\">", curve.hue.class()));
    for (class, shapes, closed) in [
        ("curve-earlier", &curve.earlier, false),
        ("curve-area", &curve.areas, true),
        ("curve-spread", &curve.spreads, true),
        ("curve-line", &curve.lines, false),
    ] {
        if shapes.is_empty() {
            continue;
        }
        put(svg, format_args!("<path class=\"{class}\" d=\""));
        for places in shapes {
            path(svg, places, closed);
        }
        svg.push_str("\"/>");
    }
    svg.push_str("</g>");
}

/// What fills each kind of band, so that it is told apart without its colour.
fn patterns(svg: &mut String, id: &str) {
    svg.push_str("<defs>");
    for kind in BandKind::ALL {
        let (size, shape) = match kind {
            BandKind::Outage => (8, "M-2 2L2-2M0 8L8 0M6 10L10 6"),
            BandKind::Maintenance => (8, "M4 0V8"),
            BandKind::Disabled => (8, "M0 4H8"),
            BandKind::Missing => (10, "M5 4V6M4 5H6"),
        };
        put(
            svg,
            format_args!(
                "<pattern id=\"{id}-{name}\" class=\"hatch hatch-{name}\" width=\"{size}\" height=\"{size}\" patternUnits=\"userSpaceOnUse\"><path d=\"{shape}\"/></pattern>",
                name = kind.name(),
            ),
        );
    }
    svg.push_str("</defs>");
}

/// The averages as the script reads them: `seconds:value` with the seconds counted from the graph's begin. Then those
/// that they are compared with, one for each.
fn values(svg: &mut String, plot: &Plot) {
    for series in &plot.series {
        put(
            svg,
            format_args!(
                "<g data-series=\"{}\" data-hue=\"{}\" data-step=\"{}\" data-values=\"",
                escape(&series.name),
                series.hue.class(),
                plot.step.num_seconds(),
            ),
        );
        for point in &series.points {
            digits(svg, (point.t - plot.from).num_seconds().unsigned_abs(), 1);
            svg.push(':');
            value(svg, point.avg);
        }
        svg.push('"');
        if let Some(earlier) = &series.earlier {
            put(
                svg,
                format_args!(" data-earlier=\"{}\" data-earlier-values=\"", escape(&earlier.name)),
            );
            for then in &earlier.values {
                value(svg, *then);
            }
            svg.push('"');
        }
        svg.push_str("></g>");
    }
}

/// A value and what parts it from the next.
fn value(svg: &mut String, value: Option<f64>) {
    if let Some(value) = value {
        fixed(svg, value, if value.abs() >= 100.0 { 0 } else { 2 });
    }
    svg.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        for value in [0.0, 0.04, 0.05, 0.96, 7.0, 12.34, 99.99, 640.0, -3.25, -0.04, 1e9] {
            for decimals in [0, 1, 2] {
                let mut written = String::new();
                fixed(&mut written, value, decimals);
                let exact: f64 = format!("{value:.*}", decimals as usize).parse().unwrap();
                let step = 0.1_f64.powi(decimals as i32);
                let is: f64 = written.parse().unwrap();
                // A half may go either way.
                assert!((is - value).abs() <= step / 2.0 + 1e-9, "{written} for {value}");
                assert!((is - exact).abs() <= step + 1e-9, "{written} for {exact}");
                assert_eq!(
                    written.split('.').nth(1).map_or(0, str::len),
                    decimals as usize,
                    "{written}"
                );
            }
        }
    }
}
