//! Title, language, author and date; and the file's identifiers, which come from what is in it.

use lopdf::{Document as File, Object, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use crate::document::Document;

pub(super) fn add(file: &mut File, document: &Document, digest: &str) {
    let properties = &document.properties;
    let mut information = dictionary! {
        "Title" => text(&properties.title),
        "Author" => text(&properties.author),
        "Producer" => text("Mainstay"),
    };
    let created = properties
        .created
        .map(|created| created.format("D:%Y%m%d%H%M%SZ").to_string());
    if let Some(created) = &created {
        information.set("CreationDate", Object::string_literal(created.as_str()));
        information.set("ModDate", Object::string_literal(created.as_str()));
    }
    let information = file.add_object(information);
    // printpdf's own says the time of writing and has no way to leave it out.
    if let Ok(before) = file.trailer.get(b"Info").and_then(Object::as_reference) {
        file.objects.remove(&before);
    }
    file.trailer.set("Info", information);

    let identifier = Sha256::new()
        .chain_update(digest)
        .chain_update(&properties.title)
        .chain_update(&properties.author)
        .chain_update(&properties.language)
        .chain_update(created.unwrap_or_default())
        .finalize();
    let identifier = Object::String(identifier[..16].to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![identifier.clone(), identifier]);

    let language = Object::string_literal(properties.language.as_str());
    if let Ok(catalog) = file.catalog_mut() {
        catalog.set("Lang", language);
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
    }
}

/// Text that is not in the content: UTF-16 with its mark.
pub(super) fn text(text: &str) -> Object {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}
