//! Reports on paper: what a document says, composed for the typesetter. One report, or all of a client's of a month
//! behind a cover.
//!
//! The graphs have the geometry of the page's. Nothing is calculated here but how figures are written.

mod cover;
mod graphs;
mod link;
mod names;
mod outages;
mod words;

use app::text::{Lang, in_language, t_with};
use chrono_tz::Tz;
use entity::{Tenant, tenant_logo};
use paper::{Block, Colour, Document as Paper, Picture, Properties, Typeset, typeset};

use sea_orm::DbErr;

use crate::{
    domain::reports::{Document, Stored},
    keyring::hex,
    site::Site,
};

pub use graphs::measurements;
pub use names::{file_name, file_name_of_month, plain};
pub use paper::Fonts;

/// The provider's looks.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// `#rrggbb`; none for Mainstay's own.
    pub accent: Option<String>,
    /// `#rrggbb`, of what is drawn beside the first curve of a graph; none for Mainstay's own.
    pub second_colour: Option<String>,
    /// A PNG or JPEG file.
    pub logo: Option<Vec<u8>>,
}

impl Brand {
    /// The looks of the tenant of `rows`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(rows: &Tenant<'_>) -> Result<Self, DbErr> {
        let logo = rows.find::<tenant_logo::Entity>().one().await?;
        let own = rows.own().await?;
        Ok(Self {
            accent: own.accent,
            second_colour: own.second_colour,
            logo: logo.map(|logo| logo.bytes),
        })
    }
}

/// Who reads what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The provider and its client, who know what is paid.
    Ours,
    /// Whoever has a share link: nothing of money.
    Anyone,
}

/// How it is printed.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub lang: Lang,
    pub audience: Audience,
    /// Reports of the client and month for which there was no room: the cover says so.
    pub left_out: u64,
}

/// A report to print.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    pub document: &'a Document,
    /// Another revision counts by now.
    pub is_superseded: bool,
    /// SHA-256 of the document, as it is kept with it.
    pub digest: &'a [u8],
}

impl<'a> From<&'a Stored> for Sheet<'a> {
    fn from(stored: &'a Stored) -> Self {
        Self {
            document: &stored.document,
            is_superseded: stored.head.superseded_at.is_some(),
            digest: &stored.head.digest,
        }
    }
}

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    #[error("there is no report to print")]
    Nothing,
    #[error("the report can't be typeset")]
    Typeset(#[from] paper::Error),
}

/// Room for the logo, in points.
const LOGO: (f32, f32) = (150.0, 44.0);

/// Prints `sheets`, which are of one client and month, in their order. It works for some milliseconds a sheet: not on a
/// thread that answers requests.
///
/// # Errors
/// When there is no sheet, or more pages than a document may have.
pub fn print(fonts: &Fonts, brand: &Brand, sheets: &[Sheet<'_>], options: Options) -> Result<Typeset, PrintError> {
    let first = sheets.first().ok_or(PrintError::Nothing)?;
    let document = in_language(options.lang, || compose(brand, first, sheets, options));
    Ok(typeset(&document, fonts)?)
}

/// Prints reports of the tenant of `rows` under its brand, on a thread of its own.
///
/// # Errors
/// When the database does not answer, or as [`print()`].
pub async fn print_for(
    site: &Site,
    rows: &Tenant<'_>,
    stored: Vec<Stored>,
    options: Options,
) -> anyhow::Result<Vec<u8>> {
    let brand = Brand::of(rows).await?;
    let site = site.clone();
    let printing = tokio::task::spawn_blocking(move || {
        let sheets: Vec<Sheet<'_>> = stored.iter().map(Sheet::from).collect();
        print(&site.fonts, &brand, &sheets, options)
    });
    Ok(printing.await??.bytes)
}

fn compose(brand: &Brand, first: &Sheet<'_>, sheets: &[Sheet<'_>], options: Options) -> Paper {
    let report = first.document;
    let zone = zone(report);
    let month = words::month(report);
    let newest = sheets.iter().map(|sheet| sheet.document.made_at).max();
    let title = t_with("paper-title", &[("month", month.as_str().into())]);
    let whose = match sheets {
        [_] => report.link.name.as_str(),
        _ => report.client.as_str(),
    };
    let mut properties = Properties::new(&format!("{title} · {whose}"), options.lang.code(), &report.provider);
    properties.created = newest;
    let mut paper = Paper::new(properties);
    if let Some(accent) = brand.accent.as_deref().and_then(Colour::parse) {
        paper.accent = accent;
    }
    paper.header.left = report.provider.clone();
    paper.header.right = format!("{title} · {whose}");
    let made = words::moment(newest.unwrap_or(report.made_at), zone);
    paper.footer.left = match sheets {
        [_] => t_with(
            "paper-footer-revision",
            &[("revision", report.revision.into()), ("made", made.into())],
        ),
        _ => t_with("paper-footer-made", &[("made", made.into())]),
    };
    paper.footer.below = match sheets {
        [only] => t_with("paper-footer-digest", &[("digest", hex(only.digest).into())]),
        _ => t_with("paper-footer-pages-digest", &[("digest", "{digest}".into())]),
    };
    paper.footer.page = t_with(
        "paper-footer-page",
        &[("page", "{page}".into()), ("pages", "{pages}".into())],
    );
    let logo = brand
        .logo
        .as_deref()
        .and_then(|file| Picture::read(file, &report.provider, LOGO.0, LOGO.1).ok());
    if let [only] = sheets {
        paper.blocks.push(cover::masthead(logo, only, &title));
        link::blocks(&mut paper.blocks, only, zone, options.audience);
    } else {
        cover::blocks(&mut paper.blocks, logo, sheets, &title, options);
        for sheet in sheets {
            paper.blocks.push(Block::PageBreak);
            link::opening(&mut paper.blocks, sheet, zone);
            link::blocks(&mut paper.blocks, sheet, zone, options.audience);
        }
    }
    if let Some(second) = brand.second_colour.as_deref().and_then(Colour::parse) {
        for block in &mut paper.blocks {
            if let Block::Chart(chart) = block
                && let Some(curve) = chart.curves.get_mut(1)
            {
                curve.colour = Some(second);
            }
        }
    }
    paper
}

fn zone(document: &Document) -> Tz {
    document.zone.parse().unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests;
