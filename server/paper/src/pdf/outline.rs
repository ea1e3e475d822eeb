//! The list of chapters that viewers show beside the pages: one link each, in a document of many.

use lopdf::{Document as File, Object, ObjectId, dictionary};

use super::properties::text;
use crate::page::Chapter;

pub(super) fn add(file: &mut File, chapters: &[Chapter]) {
    // A list of one is no help.
    if chapters.len() < 2 {
        return;
    }
    let pages: Vec<ObjectId> = file.page_iter().collect();
    let outline = file.new_object_id();
    let ids: Vec<ObjectId> = chapters.iter().map(|_| file.new_object_id()).collect();
    for (at, (chapter, id)) in chapters.iter().zip(&ids).enumerate() {
        let Some(page) = pages.get(chapter.page) else { continue };
        // Where it begins, at the magnification that the reader has.
        let place: Vec<Object> = vec![
            (*page).into(),
            "XYZ".into(),
            Object::Null,
            Object::Real(chapter.y),
            Object::Null,
        ];
        let mut entry = dictionary! {
            "Title" => text(&chapter.title),
            "Parent" => outline,
            "Dest" => place,
        };
        if let Some(before) = at.checked_sub(1).and_then(|at| ids.get(at)) {
            entry.set("Prev", *before);
        }
        if let Some(next) = ids.get(at + 1) {
            entry.set("Next", *next);
        }
        file.objects.insert(*id, Object::Dictionary(entry));
    }
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else {
        return;
    };
    let root = dictionary! {
        "Type" => "Outlines",
        "First" => *first,
        "Last" => *last,
        "Count" => ids.len() as i64,
    };
    file.objects.insert(outline, Object::Dictionary(root));
    if let Ok(catalog) = file.catalog_mut() {
        catalog.set("Outlines", outline);
    }
}
