//! Pictures in the file, their transparency as a mask.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject};

use crate::block::{Coding, Pixels};

pub(super) fn object(pixels: &Pixels) -> XObject {
    let (channels, content, opacity, coded) = match &pixels.coding {
        Coding::Raw {
            channels,
            colours,
            opacity,
        } => (*channels, colours, opacity.as_ref(), false),
        Coding::Jpeg { channels, file } => (*channels, file, None, true),
    };
    let mut dict = image(pixels, channels);
    if coded {
        dict.insert("Filter".to_owned(), name("DCTDecode"));
    }
    if let Some(opacity) = opacity {
        let stream = ExternalStream {
            dict: image(pixels, 1),
            content: opacity.clone(),
            compress: true,
        };
        dict.insert("SMask".to_owned(), DictItem::Stream { stream });
    }
    XObject::External(ExternalXObject {
        stream: ExternalStream {
            dict,
            content: content.clone(),
            compress: !coded,
        },
        width: None,
        height: None,
        dpi: None,
    })
}

fn image(pixels: &Pixels, channels: u8) -> BTreeMap<String, DictItem> {
    let space = if channels == 1 { "DeviceGray" } else { "DeviceRGB" };
    let entries = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(pixels.width))),
        ("Height", DictItem::Int(i64::from(pixels.height))),
        ("BitsPerComponent", DictItem::Int(8)),
        ("ColorSpace", name(space)),
        ("Interpolate", DictItem::Bool(true)),
    ];
    entries.map(|(key, value)| (key.to_owned(), value)).into()
}

fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}
