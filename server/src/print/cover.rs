//! The cover of a document of several links, and the opening of each document.

use app::text::{t, t_count, t_with};
use paper::{Block, Callout, Cell, Column, Heading, Level, Masthead, Paragraph, Picture, Row, Table, Tile, Tone};

use super::{Audience, Options, Sheet, words, zone};
use crate::domain::{
    money::{Currency, Money},
    reports::document::Called,
};

/// Whose document it is, and what.
pub(super) fn masthead(logo: Option<Picture>, sheet: &Sheet<'_>, title: &str) -> Block {
    Block::Masthead(Masthead {
        logo,
        organisation: sheet.document.provider.clone(),
        title: title.to_owned(),
        subtitle: format!("{} · {}", sheet.document.link.name, words::link_line(sheet.document)),
    })
}

/// The summary of all links.
pub(super) fn blocks(
    blocks: &mut Vec<Block>,
    logo: Option<Picture>,
    sheets: &[Sheet<'_>],
    title: &str,
    options: Options,
) {
    let Some(first) = sheets.first() else { return };
    blocks.push(Block::Masthead(Masthead {
        logo,
        organisation: first.document.provider.clone(),
        title: title.to_owned(),
        subtitle: first.document.client.clone(),
    }));
    blocks.push(Block::Tiles(tiles(sheets, options.audience)));
    let breached: Vec<_> = sheets
        .iter()
        .filter(|sheet| sheet.document.called() == Called::Breached)
        .map(|sheet| sheet.document.link.name.as_str())
        .collect();
    if !breached.is_empty() {
        blocks.push(Block::Callout(Callout {
            tone: Tone::Bad,
            title: t_count("paper-breached", breached.len() as u64).into_owned(),
            text: breached.join(", "),
        }));
    }
    blocks.push(Block::Heading(Heading::new(Level::Second, t("nav-links"))));
    blocks.push(Block::Table(table(sheets)));
    if options.left_out > 0 {
        blocks.push(Block::Paragraph(Paragraph::new(&t_count(
            "paper-left-out",
            options.left_out,
        ))));
    }
    let zone = zone(first.document);
    let period = first.document.figures.uptime.period;
    let [from, to] = [period.start(), period.end()].map(crate::domain::calendar::instant);
    blocks.push(Block::Paragraph(Paragraph::quiet(&t_with(
        "paper-cover-method",
        &[
            ("period", words::between(from, to, zone).into()),
            ("zone", first.document.zone.as_str().into()),
        ],
    ))));
}

fn tiles(sheets: &[Sheet<'_>], audience: Audience) -> Vec<Tile> {
    let met = sheets
        .iter()
        .filter(|sheet| sheet.document.called() == Called::Met)
        .count();
    let is_breached = sheets.iter().any(|sheet| sheet.document.called() == Called::Breached);
    let down = |sheet: &&Sheet<'_>| sheet.document.figures.uptime.down;
    let outages = |sheet: &Sheet<'_>| sheet.document.figures.uptime.outages.len() as u64;
    let mut tiles = vec![
        Tile {
            label: t("paper-links-met").to_owned(),
            figure: t_with("paper-of", &[("some", met.into()), ("all", sheets.len().into())]),
            word: match sheets
                .iter()
                .filter(|sheet| sheet.document.called() == Called::Breached)
                .count()
            {
                0 => t("paper-no-breach").to_owned(),
                breached => t_count("paper-breaches", breached as u64).into_owned(),
            },
            tone: match met {
                _ if is_breached => Tone::Bad,
                all if all == sheets.len() => Tone::Good,
                _ => Tone::Plain,
            },
        },
        Tile {
            label: t("report-down").to_owned(),
            figure: words::seconds(sheets.iter().map(|sheet| down(&sheet)).sum()),
            word: t_count("report-outage-count", sheets.iter().map(outages).sum()).into_owned(),
            tone: Tone::Plain,
        },
    ];
    if let Some(worst) = sheets.iter().max_by_key(down).filter(|sheet| down(sheet) > 0) {
        tiles.push(Tile {
            label: t("paper-worst").to_owned(),
            figure: words::percent(worst.document.figures.uptime.share()),
            word: worst.document.link.name.clone(),
            tone: Tone::Plain,
        });
    }
    let credits: i64 = sheets
        .iter()
        .filter_map(|sheet| sheet.document.figures.credit)
        .map(|credit| credit.amount)
        .sum();
    if credits > 0 && audience == Audience::Ours {
        let currency = sheets.first().map_or("EUR", |sheet| sheet.document.currency.as_str());
        tiles.push(Tile {
            label: t("report-credit").to_owned(),
            figure: Money::new(credits, Currency::of_kept(currency)).to_string(),
            word: t("paper-credit-proposed").to_owned(),
            tone: Tone::Plain,
        });
    }
    tiles
}

fn table(sheets: &[Sheet<'_>]) -> Table {
    let row = |sheet: &Sheet<'_>| {
        let (document, figures) = (sheet.document, &sheet.document.figures);
        let target = document
            .promised
            .as_ref()
            .and_then(|promised| promised.thresholds.uptime);
        let (tone, word) = words::called(document.called());
        Row::new(vec![
            Cell::new(&document.link.name),
            Cell::new(&words::percent(figures.uptime.share())),
            Cell::new(&target.map_or_else(words::dash, |target| format!("{target}\u{a0}%"))),
            Cell::new(&words::seconds(figures.uptime.down)),
            Cell::new(&words::milliseconds(figures.quality.latency_us())),
            Cell::new(&words::percent(figures.quality.loss())),
            Cell::toned(tone, word),
        ])
    };
    Table {
        columns: vec![
            Column::new(t("report-link"), 3.8),
            Column::figures(t("report-uptime"), 1.4),
            Column::figures(t("report-promised"), 1.3),
            Column::figures(t("report-down"), 1.6),
            Column::figures(t("latency"), 1.3),
            Column::figures(t("loss"), 1.2),
            Column::new(t("report-verdict"), 1.7),
        ],
        rows: sheets.iter().map(row).collect(),
        empty: String::new(),
    }
}
