//! Images: Contabo's own, and the account's, which Contabo downloads from an address.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, ImageId, RequestId, TagId, operations};
use chrono::{DateTime, Utc};
use serde::Serialize;

words! {
    /// What kind of system.
    OsType {
        Windows = "Windows",
        Linux = "Linux",
    }
}

words! {
    /// What kind of file.
    ImageFormat {
        Iso = "iso",
        Qcow2 = "qcow2",
    }
}

answer! {
    /// An image.
    Image {
        image_id: ImageId,
        name: String,
        description: String,
        /// Where it came from.
        url: Option<String>,
        /// How much of it has arrived, of [`Image::size_mb`].
        uploaded_size_mb: Option<f64>,
        size_mb: Option<f64>,
        os_type: Option<OsType>,
        version: Option<String>,
        format: Option<ImageFormat>,
        /// In words that are nowhere listed, such as `downloaded`.
        status: Option<String>,
        error_message: Option<String>,
        /// Whether it is Contabo's.
        standard_image: Option<bool>,
        creation_date: Option<DateTime<Utc>>,
        last_modified_date: Option<DateTime<Utc>>,
        tags: Vec<TagOnImage>,
    }
}

answer! {
    /// A tag that an image has.
    TagOnImage {
        tag_id: TagId,
        tag_name: String,
    }
}

answer! {
    /// How much room the account's own images have.
    CustomImages {
        current_images_count: Option<i64>,
        total_size_mb: Option<f64>,
        used_size_mb: Option<f64>,
        free_size_mb: Option<f64>,
    }
}

answer! {
    /// The id of an image that is being downloaded.
    NewImageId {
        image_id: ImageId,
    }
}

filter! {
    /// Which images.
    ImageFilter {
        name: Option<String>,
        standard_image: Option<bool>,
        search: Option<String>,
    }
}

/// An image to download.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewImage {
    pub name: String,
    pub description: Option<String>,
    /// A direct address that ends in `.iso` or `.qcow2`; anything else is refused with 415.
    pub url: String,
    pub os_type: OsType,
    pub version: String,
}

/// What changes of its naming.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ImageChange {
    pub name: Option<String>,
    pub description: Option<String>,
}

group! {
    /// Images.
    Images, images
}

impl Images<'_> {
    lists!(IMAGES_LIST, ImageFilter => Image, by |image: &Image| image.image_id.clone());

    /// One image.
    pub async fn get(&self, id: &ImageId) -> Result<Image, Error> {
        self.client.read(&operations::IMAGES_GET, &[id]).one().await
    }

    /// Has Contabo download an image.
    pub async fn create(&self, new: &NewImage, request_id: RequestId) -> Result<NewImageId, Error> {
        self.client
            .change(&operations::IMAGES_CREATE, &[], request_id)
            .body(new)
            .one()
            .await
    }

    /// Names an own image anew.
    pub async fn update(&self, id: &ImageId, change: &ImageChange, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::IMAGES_UPDATE, &[id], request_id)
            .body(change)
            .done()
            .await
    }

    /// Deletes an own image.
    pub async fn delete(&self, id: &ImageId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::IMAGES_DELETE, &[id], request_id)
            .done()
            .await
    }

    /// The room for own images.
    pub async fn stats(&self) -> Result<CustomImages, Error> {
        self.client.read(&operations::IMAGES_STATS, &[]).one().await
    }
}
