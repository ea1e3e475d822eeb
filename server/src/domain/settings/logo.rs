//! A tenant's logo: whether what was sent is a picture that can be shown, and where it is kept.
//!
//! A picture is decoded and written anew, so that what is served is pixels alone: no metadata, and nothing that only
//! looked like a picture. SVG is not taken, because it can hold programs.

use std::{fmt::Write as _, io::Cursor};

use chrono::{DateTime, Utc};
use entity::{Db, TenantId, tenant, tenant_logo};
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, metadata::Orientation};
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::domain::{
    audit::{self, Actor, Subject},
    typed::ChangeError,
};

/// The longest file that is taken.
pub const MOST_BYTES: usize = 256 * 1024;

/// The longest that a picture may be once it is written anew: every page asks for it.
const MOST_WRITTEN: usize = 1024 * 1024;

/// Pixels that each side may have.
pub const SIDE: std::ops::RangeInclusive<u32> = 16..=2000;

/// What decoding may need: four times what a picture of the greatest size has.
const MOST_MEMORY: u64 = 4 * 2000 * 2000 * 8;

/// Bytes of the digest that its address carries.
const DIGEST: usize = 16;

/// Why a logo was not changed.
pub type Error = ChangeError<BadLogo>;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadLogo {
    /// None was chosen.
    #[error("no file was sent")]
    Missing,
    /// Longer than [`MOST_BYTES`].
    #[error("the file is too long")]
    TooLong,
    /// Longer than [`MOST_WRITTEN`] once it is written anew.
    #[error("the picture is too long as it is written")]
    TooMuch,
    /// A drawing in SVG.
    #[error("SVG is not taken")]
    Svg,
    /// Neither PNG nor JPEG.
    #[error("neither PNG nor JPEG")]
    NotAPicture,
    /// It begins like a picture and can't be read to its end.
    #[error("the picture is broken")]
    Broken,
    /// A side is not in [`SIDE`].
    #[error("{width} × {height} pixels")]
    Size {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
}

/// A picture that can be shown, written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    media_type: &'static str,
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

impl Logo {
    /// Reads a file. Takes some tenths of a second for the greatest, so not on a thread that answers.
    ///
    /// # Errors
    /// Any [`BadLogo`].
    pub fn read(file: &[u8]) -> Result<Self, BadLogo> {
        if file.is_empty() {
            return Err(BadLogo::Missing);
        }
        if file.len() > MOST_BYTES {
            return Err(BadLogo::TooLong);
        }
        let format = match image::guess_format(file) {
            Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => format,
            _ if is_svg(file) => return Err(BadLogo::Svg),
            _ => return Err(BadLogo::NotAPicture),
        };
        let picture = decode(file, format)?;
        let (width, height) = (picture.width(), picture.height());
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).map_err(|_| BadLogo::Broken)?;
        if bytes.get_ref().len() > MOST_WRITTEN {
            return Err(BadLogo::TooMuch);
        }
        Ok(Self {
            media_type: format.to_mime_type(),
            width,
            height,
            bytes: bytes.into_inner(),
        })
    }

    fn digest(&self) -> String {
        let mut text = String::new();
        for byte in Sha256::digest(&self.bytes).iter().take(DIGEST) {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

/// The pixels, turned as the camera says, after its size is known to be one that is taken.
fn decode(file: &[u8], format: ImageFormat) -> Result<DynamicImage, BadLogo> {
    let broken = |_: ImageError| BadLogo::Broken;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let reader = ImageReader::with_format(Cursor::new(file), format);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if !SIDE.contains(&width) || !SIDE.contains(&height) {
        return Err(BadLogo::Size { width, height });
    }
    decoder.set_limits(limits).map_err(broken)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Whether the first part of a file has the element of a drawing.
fn is_svg(file: &[u8]) -> bool {
    let begin = file.get(..1024).unwrap_or(file);
    String::from_utf8_lossy(begin).to_lowercase().contains("<svg")
}

/// Keeps a logo in the place of the one before.
///
/// # Errors
/// When the database fails.
pub async fn keep(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>, logo: Logo) -> Result<(), Error> {
    let digest = logo.digest();
    replace(db, tenant, actor, now, Some((logo, digest))).await
}

/// Removes the logo: pages have the tenant's initial instead.
///
/// # Errors
/// When the database fails.
pub async fn remove(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>) -> Result<(), Error> {
    replace(db, tenant, actor, now, None).await
}

async fn replace(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    logo: Option<(Logo, String)>,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let own = rows.own().await?;
    let digest = logo.as_ref().map(|(_, digest)| digest.clone());
    if own.logo == digest {
        return Ok(());
    }
    // The tenant's row first: two that change the logo at once wait for each other there.
    let row = tenant::ActiveModel {
        logo: Set(digest),
        ..Default::default()
    };
    rows.update_own(row).await?;
    let before = rows.get::<tenant_logo::Entity>(tenant).await?;
    if before.is_some() {
        rows.delete::<tenant_logo::Entity>(tenant).await?;
    }
    let mut after = None;
    if let Some((logo, _)) = logo {
        let row = tenant_logo::ActiveModel {
            media_type: Set(logo.media_type.to_owned()),
            width: Set(i32::try_from(logo.width).unwrap_or(i32::MAX)),
            height: Set(i32::try_from(logo.height).unwrap_or(i32::MAX)),
            bytes: Set(logo.bytes),
            changed_at: Set(now),
            ..Default::default()
        };
        after = Some(rows.insert::<tenant_logo::Entity, _>(row).await?);
    }
    let subject = Subject {
        kind: "settings",
        id: None,
        name: &own.name,
    };
    let (old, new) = (fields(before.as_ref()), fields(after.as_ref()));
    audit::conclude(rows, actor, now, "settings.change", subject, Some(old), Some(new)).await?;
    Ok(())
}

fn fields(row: Option<&tenant_logo::Model>) -> Value {
    let about = row.map(|row| format!("{} × {} px, {} bytes", row.width, row.height, row.bytes.len()));
    json!({ "logo": about })
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, RgbaImage};

    use super::*;
    use crate::testing::{scratch_db, scratch_tenant};

    fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_is_written_anew_and_what_hung_on_it_is_gone() {
        let mut sent = file(RgbaImage::new(320, 80), ImageFormat::Png);
        sent.extend(b"<script>alert(1)</script>");
        let logo = Logo::read(&sent).unwrap();
        assert_eq!((logo.media_type, logo.width, logo.height), ("image/png", 320, 80));
        assert!(!String::from_utf8_lossy(&logo.bytes).contains("script"));
        let logo = Logo::read(&file(GrayImage::new(16, 2000), ImageFormat::Jpeg)).unwrap();
        assert_eq!((logo.media_type, logo.width, logo.height), ("image/jpeg", 16, 2000));
    }

    #[test]
    fn what_is_no_picture_of_a_fitting_size_is_refused_with_the_reason() {
        let png = |width, height| file(GrayImage::new(width, height), ImageFormat::Png);
        let cut = png(64, 64);
        for (sent, wrong) in [
            (Vec::new(), BadLogo::Missing),
            (vec![0; MOST_BYTES + 1], BadLogo::TooLong),
            (b"<?xml version=\"1.0\"?><SVG xmlns=\"x\"/>".to_vec(), BadLogo::Svg),
            (b"GIF89a\x01\x00\x01\x00".to_vec(), BadLogo::NotAPicture),
            (b"hello".to_vec(), BadLogo::NotAPicture),
            (cut[..cut.len() / 2].to_vec(), BadLogo::Broken),
            (png(15, 80), BadLogo::Size { width: 15, height: 80 }),
            (
                png(40, 2001),
                BadLogo::Size {
                    width: 40,
                    height: 2001,
                },
            ),
        ] {
            assert_eq!(Logo::read(&sent), Err(wrong));
        }
    }

    #[tokio::test]
    async fn a_logo_is_kept_replaced_and_removed() {
        let (db, _scratch) = scratch_db().await;
        let north = scratch_tenant(&db, "north").await;
        let (actor, now, rows) = (Actor::system("test"), DateTime::UNIX_EPOCH, db.tenant(north));
        let mut digests = Vec::new();
        for side in [16, 32, 32] {
            let logo = Logo::read(&file(GrayImage::new(side, side), ImageFormat::Png)).unwrap();
            keep(&db, north, &actor, now, logo).await.unwrap();
            let row = rows.get::<tenant_logo::Entity>(north).await.unwrap().unwrap();
            assert_eq!(row.width, i32::try_from(side).unwrap());
            digests.push(rows.own().await.unwrap().logo.unwrap());
        }
        assert!(digests[0] != digests[1] && digests[1] == digests[2]);
        remove(&db, north, &actor, now).await.unwrap();
        assert_eq!(rows.own().await.unwrap().logo, None);
        assert!(rows.get::<tenant_logo::Entity>(north).await.unwrap().is_none());
        let entries = rows.find::<entity::audit_entry::Entity>().count().await.unwrap();
        assert_eq!(entries, 3);
    }
}
