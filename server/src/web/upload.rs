//! A file that was sent with a form.
//!
//! It is held in memory, so it has a ceiling; larger things than pictures would need another way.

use std::time::Duration;

use actix_multipart::{Multipart, MultipartError};
use actix_web::{HttpRequest, web::Payload};
use futures_util::TryStreamExt;
use tokio::time::timeout;

use super::Error;

/// How long sending it may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much more than the most is read and dropped, so that the browser hears what is wrong instead of a broken line.
const DROPPED: usize = 16 * 1024 * 1024;

/// The file in `field`: empty where none was chosen, and one byte longer than `most` where it is too long.
///
/// # Errors
/// [`Error::TooLarge`] when it goes on and on, or takes longer than a minute.
pub(super) async fn file(request: &HttpRequest, payload: Payload, field: &str, most: usize) -> Result<Vec<u8>, Error> {
    let form = Multipart::new(request.headers(), payload);
    match timeout(PATIENCE, read(form, field, most)).await {
        Ok(Ok(Some(file))) => Ok(file),
        // What is no such form has no file in it.
        Ok(Err(_)) => Ok(Vec::new()),
        Ok(Ok(None)) | Err(_) => Err(Error::TooLarge),
    }
}

/// None when it goes on and on.
async fn read(mut form: Multipart, name: &str, most: usize) -> Result<Option<Vec<u8>>, MultipartError> {
    let (mut file, mut seen) = (Vec::new(), 0);
    while let Some(mut field) = form.try_next().await? {
        let wanted = field.name() == Some(name);
        while let Some(part) = field.try_next().await? {
            seen += part.len();
            if seen > most + DROPPED {
                return Ok(None);
            }
            if wanted {
                let room = (most + 1).saturating_sub(file.len());
                file.extend(part.iter().take(room));
            }
        }
    }
    Ok(Some(file))
}
