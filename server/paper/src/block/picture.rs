//! A picture: a logo. PNG is decoded here, and made smaller where it is larger than paper shows; JPEG goes into the file
//! as it is.

use std::{
    io::{Cursor, Write},
    sync::Arc,
};

use flate2::{Compression, write::ZlibEncoder};

/// Larger files are refused before anything is read.
const LARGEST_FILE: usize = 8 * 1024 * 1024;
/// More pixels on a side are refused.
const LONGEST_SIDE: u32 = 8_192;
/// More pixels on a side than this are not seen at a logo's size.
const SHARP_SIDE: usize = 640;

/// A picture that can be set.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What it shows, for those who can't see it.
    pub alternative: String,
    /// The largest size in points; its shape is kept.
    pub width: f32,
    pub height: f32,
    pub(crate) pixels: Pixels,
}

/// What is in the file.
#[derive(Clone, Debug)]
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) coding: Coding,
}

#[derive(Clone, Debug)]
pub(crate) enum Coding {
    /// Rows of `channels` bytes a pixel (1 grey, 3 colours), and the same rows of how opaque each is; compressed once, as a
    /// logo is set many times.
    Deflated {
        channels: u8,
        colours: Arc<[u8]>,
        opacity: Option<Arc<[u8]>>,
    },
    Jpeg {
        channels: u8,
        file: Arc<[u8]>,
    },
}

/// A picture that cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("the picture is larger than allowed")]
    TooLarge,
    #[error("the picture is neither PNG nor JPEG")]
    UnknownKind,
    #[error("the picture could not be read")]
    Png(#[source] png::DecodingError),
    #[error("the picture is damaged, or of a kind that paper can't show")]
    Damaged,
}

impl Picture {
    /// Reads a PNG or JPEG file.
    pub fn read(file: &[u8], alternative: &str, width: f32, height: f32) -> Result<Self, PictureError> {
        if file.len() > LARGEST_FILE {
            return Err(PictureError::TooLarge);
        }
        let pixels = if file.starts_with(b"\x89PNG\r\n\x1a\n") {
            read_png(file)?
        } else if file.starts_with(&[0xff, 0xd8]) {
            read_jpeg(file)?
        } else {
            return Err(PictureError::UnknownKind);
        };
        Ok(Self {
            alternative: alternative.to_owned(),
            width,
            height,
            pixels,
        })
    }

    /// Its size in points within `width`.
    pub(crate) fn size(&self, width: f32, height: f32) -> (f32, f32) {
        let positive = |size: f32, most: f32| if size > 0.0 { size.min(most) } else { most };
        let (most_wide, most_high) = (positive(self.width, width), positive(self.height, height));
        let shape = self.pixels.width as f32 / self.pixels.height as f32;
        let wide = most_wide.min(most_high * shape);
        (wide, wide / shape)
    }
}

fn read_png(file: &[u8]) -> Result<Pixels, PictureError> {
    let mut decoder = png::Decoder::new_with_limits(
        Cursor::new(file),
        png::Limits {
            bytes: 64 * 1024 * 1024,
        },
    );
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(PictureError::Png)?;
    let info = reader.info();
    if info.width > LONGEST_SIDE
        || info.height > LONGEST_SIDE
        || u64::from(info.width) * u64::from(info.height) > 16_000_000
    {
        return Err(PictureError::TooLarge);
    }
    let size = reader.output_buffer_size().ok_or(PictureError::TooLarge)?;
    let mut buffer = vec![0; size];
    let frame = reader.next_frame(&mut buffer).map_err(PictureError::Png)?;
    let samples = frame.color_type.samples();
    if frame.width == 0 || frame.height == 0 || frame.bit_depth != png::BitDepth::Eight {
        return Err(PictureError::Damaged);
    }
    let step = (frame.width.max(frame.height) as usize).div_ceil(SHARP_SIDE);
    let (width, height) = (
        (frame.width as usize).div_ceil(step),
        (frame.height as usize).div_ceil(step),
    );
    let channels = if samples >= 3 { 3 } else { 1 };
    let transparent = samples == 2 || samples == 4;
    let mut colours = Vec::with_capacity(width * height * channels);
    let mut opacity = Vec::with_capacity(if transparent { width * height } else { 0 });
    for row in 0..height {
        for column in 0..width {
            // The mean of the pixels that become one, each as much as it is opaque.
            let mut sums = [0_u64; 3];
            let (mut weight, mut count) = (0_u64, 0_u64);
            for y in row * step..((row + 1) * step).min(frame.height as usize) {
                for x in column * step..((column + 1) * step).min(frame.width as usize) {
                    let at = y * frame.line_size + x * samples;
                    let pixel = buffer.get(at..at + samples).ok_or(PictureError::Damaged)?;
                    let opaque = if transparent {
                        u64::from(pixel[samples - 1])
                    } else {
                        255
                    };
                    for (sum, part) in sums.iter_mut().zip(&pixel[..channels]) {
                        *sum += u64::from(*part) * opaque;
                    }
                    weight += opaque;
                    count += 1;
                }
            }
            colours.extend(sums[..channels].iter().map(|sum| (sum / weight.max(1)) as u8));
            if transparent {
                opacity.push((weight / count.max(1)) as u8);
            }
        }
    }
    Ok(Pixels {
        width: width as u32,
        height: height as u32,
        coding: Coding::Deflated {
            channels: channels as u8,
            colours: deflated(&colours)?,
            opacity: if transparent { Some(deflated(&opacity)?) } else { None },
        },
    })
}

fn deflated(bytes: &[u8]) -> Result<Arc<[u8]>, PictureError> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).map_err(|_| PictureError::Damaged)?;
    Ok(encoder.finish().map_err(|_| PictureError::Damaged)?.into())
}

/// Finds the size in the frame header; everything else is the viewer's.
fn read_jpeg(file: &[u8]) -> Result<Pixels, PictureError> {
    let mut at = 2;
    loop {
        let byte = |offset: usize| file.get(at + offset).copied().ok_or(PictureError::Damaged);
        if byte(0)? != 0xff {
            return Err(PictureError::Damaged);
        }
        let marker = byte(1)?;
        match marker {
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            0xd9 | 0xda => return Err(PictureError::Damaged),
            _ => {
                let length = usize::from(u16::from_be_bytes([byte(2)?, byte(3)?]));
                // Baseline, extended and progressive: what PDF viewers decode.
                if matches!(marker, 0xc0..=0xc2) {
                    let height = u32::from(u16::from_be_bytes([byte(5)?, byte(6)?]));
                    let width = u32::from(u16::from_be_bytes([byte(7)?, byte(8)?]));
                    let channels = byte(9)?;
                    if byte(4)? != 8 || width == 0 || height == 0 || !matches!(channels, 1 | 3) {
                        return Err(PictureError::Damaged);
                    }
                    if width > LONGEST_SIDE || height > LONGEST_SIDE {
                        return Err(PictureError::TooLarge);
                    }
                    return Ok(Pixels {
                        width,
                        height,
                        coding: Coding::Jpeg {
                            channels,
                            file: file.into(),
                        },
                    });
                }
                if length < 2 {
                    return Err(PictureError::Damaged);
                }
                at += 2 + length;
            }
        }
    }
}

impl Pixels {
    /// All of it, for a digest.
    pub(crate) fn bytes(&self) -> [&[u8]; 2] {
        match &self.coding {
            Coding::Jpeg { file, .. } => [file, &[]],
            Coding::Deflated { colours, opacity, .. } => [colours, opacity.as_deref().unwrap_or_default()],
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn png(kind: png::ColorType, width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(kind);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().expect("header");
        writer.write_image_data(pixels).expect("pixels");
        writer.finish().expect("end");
        file
    }

    fn inflated(bytes: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(bytes), &mut plain).expect("deflated");
        plain
    }

    #[test]
    fn colours_and_opacity_of_a_png_are_kept() {
        let file = png(png::ColorType::Rgba, 2, 1, &[255, 0, 0, 255, 0, 0, 255, 64]);
        let picture = Picture::read(&file, "", 100.0, 100.0).expect("picture");
        let Coding::Deflated {
            channels,
            colours,
            opacity,
        } = &picture.pixels.coding
        else {
            panic!("{picture:?}")
        };
        assert_eq!((*channels, inflated(colours)), (3, vec![255, 0, 0, 0, 0, 255]));
        assert_eq!(opacity.as_deref().map(inflated), Some(vec![255, 64]));
        assert_eq!(picture.size(50.0, 50.0), (50.0, 25.0));
    }

    #[test]
    fn a_large_png_is_made_smaller_and_keeps_its_shape() {
        let file = png(png::ColorType::Grayscale, 2_000, 1_000, &vec![128; 2_000_000]);
        let picture = Picture::read(&file, "", 100.0, 100.0).expect("picture");
        assert_eq!((picture.pixels.width, picture.pixels.height), (500, 250));
        let Coding::Deflated {
            channels: 1,
            colours,
            opacity: None,
        } = &picture.pixels.coding
        else {
            panic!("{picture:?}")
        };
        assert!(inflated(colours).iter().all(|grey| *grey == 128));
    }

    #[test]
    fn a_jpeg_is_taken_as_it_is_and_a_damaged_one_refused() {
        let head = [
            0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 20, 0, 40, 3,
        ];
        let picture = Picture::read(&head, "", 100.0, 100.0).expect("picture");
        assert_eq!((picture.pixels.width, picture.pixels.height), (40, 20));
        for end in 2..head.len() {
            assert!(Picture::read(&head[..end], "", 1.0, 1.0).is_err(), "{end}");
        }
    }

    #[test]
    fn other_files_are_refused() {
        assert!(matches!(
            Picture::read(b"<svg/>", "", 1.0, 1.0),
            Err(PictureError::UnknownKind)
        ));
        assert!(matches!(
            Picture::read(&vec![0; LARGEST_FILE + 1], "", 1.0, 1.0),
            Err(PictureError::TooLarge)
        ));
    }

    proptest! {
        #[test]
        fn no_damage_to_a_file_is_more_than_an_error(at in 0_usize..200, byte in any::<u8>(), cut in 0_usize..200) {
            let mut file = png(png::ColorType::GrayscaleAlpha, 3, 3, &[7; 18]);
            let at = at % file.len();
            file[at] = byte;
            let _ = Picture::read(&file, "", f32::NAN, -1.0);
            file.truncate(file.len() - cut.min(file.len()));
            let _ = Picture::read(&file, "", 1.0, 1.0);
            let _ = read_jpeg(&file);
        }
    }
}
