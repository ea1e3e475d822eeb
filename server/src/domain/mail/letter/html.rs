//! A letter as HTML for mail programs: tables and inline styles, since some know nothing of either style sheets or
//! newer layouts. No pictures, no fonts, nothing from the network: it looks the same where those are refused.

use std::fmt::Write;

use html_escape::{encode_double_quoted_attribute as attribute, encode_text};

use super::{Frame, Letter, Part, Table};

const FONT: &str = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK: &str = "#171b22";
const MUTED: &str = "#566070";
const LINE: &str = "#e1e5eb";
const GROUND: &str = "#f6f7f9";

/// An outer table, which programs need to be told is no table of data.
const LAYOUT: &str = "role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"";

pub(super) fn paint(frame: &Frame<'_>, letter: &Letter) -> String {
    let mut html = String::with_capacity(6_000);
    let Frame {
        lang,
        tenant,
        accent,
        why,
        links,
        ..
    } = frame;
    let (subject, title) = (encode_text(&letter.subject), encode_text(&letter.title));
    let (tenant, preview) = (encode_text(tenant), encode_text(&letter.preview));
    // Writing to a string can't fail.
    let _ = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light\"><title>{subject}</title></head>\n\
         <body style=\"margin:0;padding:0;background:{GROUND}\">\
         <div style=\"display:none;max-height:0;overflow:hidden\">{preview}</div>\n\
         <table {LAYOUT} style=\"background:{GROUND}\"><tr><td align=\"center\" style=\"padding:24px 12px\">\n\
         <table {LAYOUT} style=\"max-width:600px;background:#ffffff;border:1px solid {LINE};border-top:4px solid {accent}\">\n\
         <tr><td style=\"padding:20px 28px 0;{FONT};font-size:15px;font-weight:600;color:{MUTED}\">{tenant}</td></tr>\n\
         <tr><td style=\"padding:12px 28px 24px;{FONT};font-size:16px;line-height:24px;color:{INK}\">\n\
         <h1 style=\"margin:0 0 16px;font-size:22px;line-height:28px;font-weight:600;color:{INK}\">{title}</h1>\n",
    );
    for part in &letter.parts {
        match part {
            Part::Paragraph(text) => paragraph(&mut html, text),
            Part::Facts(facts) => table_of_facts(&mut html, facts),
            Part::Table(table) => table_of_rows(&mut html, table),
            Part::Links(links) => list_of_links(&mut html, frame, links),
            Part::Button { label, url } => button(&mut html, frame, label, url),
        }
    }
    let _ = write!(
        html,
        "</td></tr></table>\n<table {LAYOUT} style=\"max-width:600px\"><tr>\
         <td style=\"padding:16px 28px;{FONT};font-size:13px;line-height:20px;color:{MUTED}\">{}",
        encode_text(why),
    );
    for (at, (label, url)) in links.iter().enumerate() {
        let before = if at == 0 { "<br>" } else { " &middot; " };
        let _ = write!(
            html,
            "{before}<a href=\"{}\" style=\"color:{MUTED}\">{}</a>",
            attribute(url),
            encode_text(label),
        );
    }
    html.push_str("</td></tr></table>\n</td></tr></table></body></html>\n");
    html
}

fn paragraph(html: &mut String, text: &str) {
    let text = encode_text(text).replace('\n', "<br>");
    let _ = writeln!(html, "<p style=\"margin:0 0 16px\">{text}</p>");
}

fn table_of_facts(html: &mut String, facts: &[(String, String)]) {
    let _ = write!(
        html,
        "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;{FONT};font-size:15px;line-height:22px\">"
    );
    for (name, value) in facts {
        let _ = write!(
            html,
            "<tr><th align=\"left\" valign=\"top\" width=\"40%\" style=\"padding:6px 12px 6px 0;border-bottom:1px solid {LINE};font-weight:400;color:{MUTED}\">{}</th>\
             <td valign=\"top\" style=\"padding:6px 0;border-bottom:1px solid {LINE}\">{}</td></tr>",
            encode_text(name),
            encode_text(value).replace('\n', "<br>"),
        );
    }
    html.push_str("</table>\n");
}

fn table_of_rows(html: &mut String, table: &Table) {
    let align = |number: bool| if number { "right" } else { "left" };
    let _ = write!(
        html,
        "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;{FONT};font-size:14px;line-height:20px\"><tr>"
    );
    for column in &table.columns {
        let _ = write!(
            html,
            "<th align=\"{}\" style=\"padding:6px 8px;border-bottom:2px solid {LINE};font-weight:600;color:{MUTED}\">{}</th>",
            align(column.number),
            encode_text(&column.title),
        );
    }
    html.push_str("</tr>");
    for row in &table.rows {
        html.push_str("<tr>");
        for (cell, column) in row.iter().zip(&table.columns) {
            let _ = write!(
                html,
                "<td align=\"{}\" valign=\"top\" style=\"padding:6px 8px;border-bottom:1px solid {LINE}\">{}</td>",
                align(column.number),
                encode_text(cell),
            );
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>\n");
}

fn list_of_links(html: &mut String, frame: &Frame<'_>, links: &[(String, String)]) {
    html.push_str("<p style=\"margin:0 0 16px\">");
    for (label, url) in links {
        let (url, accent, label) = (attribute(url), frame.accent, encode_text(label));
        let _ = write!(html, "<a href=\"{url}\" style=\"color:{accent}\">{label}</a><br>");
    }
    html.push_str("</p>\n");
}

fn button(html: &mut String, frame: &Frame<'_>, label: &str, url: &str) {
    let Frame { accent, ink, .. } = frame;
    let _ = writeln!(
        html,
        "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:8px 0 20px\"><tr>\
         <td bgcolor=\"{accent}\" style=\"background:{accent};border-radius:6px\">\
         <a href=\"{}\" style=\"display:inline-block;padding:12px 22px;{FONT};font-size:16px;font-weight:600;color:{ink};text-decoration:none\">{}</a>\
         </td></tr></table>",
        attribute(url),
        encode_text(label),
    );
}
