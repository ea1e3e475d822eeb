//! A report as HTML for WeasyPrint: the tables, the calendar and the graphs of ours, with as many points at the same
//! places. It need not be pretty, only as much work.

use std::fmt::Write;

use app::ui::graph::{
    Plot,
    geometry::{Geometry, PAGE_ROOM, Place},
};
use server::{domain::reports::Document, print};

const STYLE: &str = "@page { size: A4; margin: 18mm; @bottom-right { content: 'Page ' counter(page) ' of ' counter(pages) } } \
    body { font: 9pt 'Noto Sans', sans-serif } table { width: 100%; border-collapse: collapse } \
    th, td { text-align: left; padding: 3pt; border-bottom: 0.5pt solid #ccc } h2 { font-size: 11pt } \
    .calendar td { width: 14.2%; background: #dff0e4 } svg { width: 100% }";

/// Writes `document` as one page of HTML.
pub(super) fn page(document: &Document) -> String {
    let mut html = format!(
        "<!doctype html><html lang=en><title>SLA report</title><style>{STYLE}</style><p>{} · {}<h1>SLA report {}</h1>",
        document.provider, document.client, document.month
    );
    let figures = document.figures.to_json();
    let said = |name: &str| match &figures[name] {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let targets = [
        ("Uptime", "uptime_pct"),
        ("Latency", "latency_ms"),
        ("Jitter", "jitter_ms"),
        ("Loss", "loss_pct"),
    ];
    let targets = targets.map(|(name, key)| vec![name.to_owned(), said(key), said("verdict")]);
    table(&mut html, "Targets", &["Metric", "Measured", "Verdict"], targets);
    calendar(&mut html, document);
    let measured = print::measurements(document);
    graph(&mut html, "Traffic", &measured.traffic());
    graph(&mut html, "Latency", &measured.latency());
    let outages = document.outages.iter().map(|outage| {
        let about = outage.cause.clone().unwrap_or_default();
        vec![
            outage.from.to_string(),
            outage.to.to_string(),
            outage.counted_seconds.to_string(),
            about,
        ]
    });
    table(&mut html, "Outages", &["From", "To", "Counted", "About"], outages);
    let names = [
        "accountable_s",
        "up_s",
        "down_s",
        "unknown_s",
        "excluded_s",
        "coverage_pct",
        "rx_octets",
        "tx_octets",
        "rx_95_bps",
        "tx_95_bps",
        "billed_95_bps",
    ];
    let rows = names.map(|name| vec![name.to_owned(), said(name)]);
    table(&mut html, "Figures", &["Figure", "Value"], rows);
    let inputs = &document.inputs;
    let _ = write!(
        html,
        "<h2>Method</h2><p>{} samples. {} {}",
        inputs.samples, inputs.measured, inputs.agreed
    );
    html
}

fn table(html: &mut String, title: &str, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    let _ = write!(html, "<h2>{title}</h2><table><thead><tr>");
    for cell in head {
        let _ = write!(html, "<th>{cell}</th>");
    }
    html.push_str("</tr></thead>");
    for row in rows {
        html.push_str("<tr>");
        for cell in row {
            let _ = write!(html, "<td>{cell}</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
}

fn calendar(html: &mut String, document: &Document) {
    html.push_str("<h2>Days</h2><table class=calendar>");
    for week in document.days.chunks(7) {
        html.push_str("<tr>");
        for day in week {
            let known = (day.up_seconds + day.down_seconds).max(1);
            let share = day.up_seconds as f64 / known as f64 * 100.0;
            let _ = write!(html, "<td>{}<br>{share:.2} %</td>", day.date);
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
}

fn graph(html: &mut String, title: &str, plot: &Plot) {
    let geometry = Geometry::new(plot, PAGE_ROOM);
    let (width, height) = (geometry.room.width, geometry.room.height);
    let _ = write!(html, "<h2>{title}</h2><svg viewBox='0 0 {width} {height}'>");
    for line in &geometry.values {
        let y = line.y;
        let _ = write!(
            html,
            "<path d='M0 {y}H{width}' stroke='#ccc'/><text x='2' y='{y}' font-size='11'>{}</text>",
            line.label
        );
    }
    for tick in &geometry.times {
        let _ = write!(
            html,
            "<text x='{}' y='{}' font-size='11'>{}</text>",
            tick.x, height, tick.tick.label
        );
    }
    for stripe in &geometry.stripes {
        let _ = write!(
            html,
            "<rect x='{}' y='0' width='{}' height='{height}' fill='#fdd'/>",
            stripe.x, stripe.width
        );
    }
    for curve in &geometry.curves {
        for area in curve.areas.iter().chain(&curve.spreads) {
            let _ = write!(
                html,
                "<polygon points='{}' fill='#08f' fill-opacity='0.2'/>",
                points(area)
            );
        }
        for line in &curve.lines {
            let _ = write!(html, "<polyline points='{}' fill='none' stroke='#04a'/>", points(line));
        }
    }
    html.push_str("</svg>");
}

fn points(places: &[Place]) -> String {
    let places = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}"));
    places.collect::<Vec<_>>().join(" ")
}
