//! Pictures in the file, their transparency as a mask; and drawings.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject};

use crate::{
    block::{Coding, Pixels},
    document::Paper,
};

pub(super) fn picture(pixels: &Pixels) -> XObject {
    let (channels, content, opacity, filter) = match &pixels.coding {
        Coding::Deflated {
            channels,
            colours,
            opacity,
        } => (*channels, colours, opacity.as_ref(), "FlateDecode"),
        Coding::Jpeg { channels, file } => (*channels, file, None, "DCTDecode"),
    };
    let mut dict = image(pixels, channels, filter);
    if let Some(opacity) = opacity {
        let stream = ExternalStream {
            dict: image(pixels, 1, "FlateDecode"),
            content: opacity.to_vec(),
            compress: false,
        };
        dict.insert("SMask".to_owned(), DictItem::Stream { stream });
    }
    object(dict, content.to_vec())
}

fn image(pixels: &Pixels, channels: u8, filter: &str) -> BTreeMap<String, DictItem> {
    let space = if channels == 1 { "DeviceGray" } else { "DeviceRGB" };
    let entries = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(pixels.width))),
        ("Height", DictItem::Int(i64::from(pixels.height))),
        ("BitsPerComponent", DictItem::Int(8)),
        ("ColorSpace", name(space)),
        ("Interpolate", DictItem::Bool(true)),
        ("Filter", name(filter)),
    ];
    entries.map(|(key, value)| (key.to_owned(), value)).into()
}

/// A drawing of the whole page, in tenths of points.
pub(super) fn drawing(content: &str, paper: &Paper) -> XObject {
    let numbers = |numbers: &[f32]| DictItem::Array(numbers.iter().map(|number| DictItem::Real(*number)).collect());
    let entries = [
        ("Type", name("XObject")),
        ("Subtype", name("Form")),
        (
            "BBox",
            numbers(&[0.0, 0.0, (paper.width * 10.0).ceil(), (paper.height * 10.0).ceil()]),
        ),
        ("Matrix", numbers(&[0.1, 0.0, 0.0, 0.1, 0.0, 0.0])),
        ("Resources", DictItem::Dict { map: BTreeMap::new() }),
    ];
    let dict = entries.map(|(key, value)| (key.to_owned(), value)).into();
    object(dict, content.as_bytes().to_vec())
}

fn object(dict: BTreeMap<String, DictItem>, content: Vec<u8>) -> XObject {
    let compress = !dict.contains_key("Filter");
    let stream = ExternalStream {
        dict,
        content,
        compress,
    };
    XObject::External(ExternalXObject {
        stream,
        width: None,
        height: None,
        dpi: None,
    })
}

fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}
