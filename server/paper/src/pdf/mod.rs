//! From finished pages to a file: printpdf writes pages, fonts and pictures; what it has no words for, the properties,
//! the structure tree and identifiers that are the same every time, is added to its objects before they are written.

mod fonts;
mod pictures;
mod properties;
mod structure;

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Object, SaveOptions};
use printpdf::{
    BlendMode, ExtendedGraphicsState, ExtendedGraphicsStateId, Mm, PdfDocument, PdfPage, PdfSaveOptions, Pt, XObjectId,
};

use crate::{
    Typeset,
    document::Document,
    error::Error,
    page::{OVERLAY, drawing_name, name_glyphs, picture_name},
    setting::Pages,
};

/// Above this, files get hardly smaller and take twice as long: most of it is numbers.
const COMPRESSION: u32 = 4;

/// Writes the file.
pub(crate) fn assemble(document: &Document, pages: Pages) -> Result<Typeset, Error> {
    let Pages { canvas, digest } = pages;
    let mut file = PdfDocument::new(&document.properties.title);
    fonts::add(&mut file, &canvas.inked.fonts)?;
    for (number, pixels) in canvas.pictures.iter().enumerate() {
        let id = XObjectId(picture_name(number));
        file.resources.xobjects.map.insert(id, pictures::picture(pixels));
    }
    for (number, content) in canvas.drawings.iter().enumerate() {
        let id = XObjectId(drawing_name(number));
        file.resources
            .xobjects
            .map
            .insert(id, pictures::drawing(content, &document.paper));
    }
    let overlay = ExtendedGraphicsState::default().with_blend_mode(BlendMode::multiply());
    let id = ExtendedGraphicsStateId(OVERLAY.to_owned());
    file.resources.extgstates.map.insert(id, overlay);
    let (width, height) = (Mm::from(Pt(document.paper.width)), Mm::from(Pt(document.paper.height)));
    let mut marks = Vec::with_capacity(canvas.pages.len());
    for mut page in canvas.pages {
        name_glyphs(&mut page.ops, &canvas.inked);
        marks.push(page.marks);
        file.pages.push(PdfPage::new(width, height, page.ops));
    }
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut objects = file.to_lopdf_document(&options, &mut Vec::new());
    objects.version = "1.7".to_owned();
    properties::add(&mut objects, document, &digest);
    structure::add(&mut objects, &canvas.tree, &marks);
    for object in objects.objects.values_mut() {
        if let Object::Stream(stream) = object {
            compress(stream).map_err(Error::Write)?;
        }
    }
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .compression_level(COMPRESSION)
        .max_objects_per_stream(400)
        .build();
    let mut bytes = Vec::new();
    objects.save_with_options(&mut bytes, options).map_err(Error::Write)?;
    let pages = marks.len();
    Ok(Typeset { bytes, pages, digest })
}

fn compress(stream: &mut lopdf::Stream) -> std::io::Result<()> {
    if stream.dict.has(b"Filter") || !stream.allows_compression || stream.content.len() < 64 {
        return Ok(());
    }
    let mut encoder = ZlibEncoder::new(
        Vec::with_capacity(stream.content.len() / 2),
        Compression::new(COMPRESSION),
    );
    encoder.write_all(&stream.content)?;
    let compressed = encoder.finish()?;
    stream.dict.set("Filter", "FlateDecode");
    stream.set_content(compressed);
    Ok(())
}
