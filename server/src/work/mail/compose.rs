//! From a row to what goes over the wire: headers, both texts, files.

use entity::mail;
use lettre::{
    Address, Message,
    address::Envelope,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use super::route::Route;

/// A file as it is attached.
#[derive(Clone, Debug)]
pub struct File {
    /// As it is offered to be saved.
    pub name: String,
    /// As `application/pdf`.
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

/// The mail, always the same for the same row, route and files.
pub(super) fn compose(row: &mail::Model, route: &Route, files: Vec<File>) -> anyhow::Result<(Envelope, Vec<u8>)> {
    let to: Address = row.to_address.parse()?;
    let name = (!row.to_name.is_empty()).then(|| row.to_name.clone());
    let mut builder = Message::builder()
        .from(route.from.clone())
        .to(Mailbox::new(name, to.clone()))
        .subject(row.subject.as_str())
        .message_id(Some(row.message_id.clone()))
        .date(row.created_at.into())
        // RFC 3834: programs that answer for people on holiday leave it alone.
        .raw_header(header("Auto-Submitted", "auto-generated")?);
    if let Some(reply_to) = &route.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    if let Some(url) = &row.unsubscribe_url {
        // RFC 8058: mail programs offer to refuse such mails by one request.
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{url}>"))?)
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    // Fixed, so that a second try sends the same octets. No text holds the mail's own id.
    let boundary = |part: &str| format!("{}-{part}", row.id);
    let texts = MultiPart::alternative()
        .boundary(boundary("texts"))
        .singlepart(SinglePart::plain(row.text_body.clone()))
        .singlepart(SinglePart::html(row.html_body.clone()));
    let message = if files.is_empty() {
        builder.multipart(texts)?
    } else {
        let mut mixed = MultiPart::mixed().boundary(boundary("files")).multipart(texts);
        for file in files {
            let kind = ContentType::parse(file.content_type)?;
            mixed = mixed.singlepart(Attachment::new(file.name).body(file.bytes, kind));
        }
        builder.multipart(mixed)?
    };
    let envelope = Envelope::new(Some(route.from.email.clone()), vec![to])?;
    Ok((envelope, message.formatted()))
}

/// A header whose value is ours, and ASCII.
fn header(name: &'static str, value: &str) -> anyhow::Result<HeaderValue> {
    let name = HeaderName::new_from_ascii(name.to_owned())?;
    Ok(HeaderValue::new(name, value.to_owned()))
}
