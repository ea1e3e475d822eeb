//! Images: Contabo's own, and custom ones, which Contabo downloads at its pace into a quota.

use serde_json::{Value, json};

use super::account::Account;
use super::call::{Call, Outcome, Refusal};
use super::clock_text;
use super::form::Form;
use super::list::Filter;
use super::products::CUSTOM_IMAGES;
use super::spec::Behaviour;
use crate::noise::below;

const AUDITS: &str = "/v1/compute/images/audits";

/// What is installed when nobody says what: Ubuntu 22.04.
pub(crate) const DEFAULT: &str = "afecbb85-e2fc-46f0-9684-b46b1faf00bb";

#[derive(Clone, Debug)]
pub(crate) struct Image {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) url: String,
    pub(crate) os_type: String,
    pub(crate) version: String,
    pub(crate) format: &'static str,
    pub(crate) size_mb: u64,
    pub(crate) standard: bool,
    pub(crate) created: i64,
    pub(crate) modified: i64,
    pub(crate) error: Option<String>,
}

impl Image {
    fn uploaded_mb(&self, now: i64, behaviour: &Behaviour) -> u64 {
        if self.standard {
            return self.size_mb;
        }
        let seconds = u64::try_from((now - self.created) / 1_000).unwrap_or(0);
        (seconds * behaviour.image_mb_per_second).min(self.size_mb)
    }

    fn status(&self, now: i64, behaviour: &Behaviour) -> &'static str {
        match self.uploaded_mb(now, behaviour) {
            _ if self.error.is_some() => "error",
            uploaded if uploaded == self.size_mb => "downloaded",
            _ => "downloading",
        }
    }

    fn show(&self, now: i64, behaviour: &Behaviour) -> Value {
        json!({
            "imageId": self.id,
            "name": self.name,
            "description": self.description,
            "url": self.url,
            "sizeMb": self.size_mb,
            "uploadedSizeMb": if self.error.is_some() { 0 } else { self.uploaded_mb(now, behaviour) },
            "osType": self.os_type,
            "version": self.version,
            "format": self.format,
            "status": self.status(now, behaviour),
            "errorMessage": self.error.clone().unwrap_or_default(),
            "standardImage": self.standard,
            "creationDate": clock_text::time(self.created),
            "lastModifiedDate": clock_text::time(self.modified),
        })
    }
}

/// The ones that every account sees.
pub(crate) fn standard() -> Vec<Image> {
    let image = |(id, name, version, os_type): &(&str, &str, &str, &str)| Image {
        id: (*id).to_owned(),
        name: (*name).to_owned(),
        description: name.replace('-', " "),
        url: String::new(),
        os_type: (*os_type).to_owned(),
        version: (*version).to_owned(),
        format: "qcow2",
        size_mb: 2_252,
        standard: true,
        created: 1_650_000_000_000,
        modified: 1_750_000_000_000,
        error: None,
    };
    STANDARD.iter().map(image).collect()
}

const STANDARD: &[(&str, &str, &str, &str)] = &[
    ("d64d5c6c-9dda-4e38-8174-0ee282474d8a", "ubuntu-24.04", "24.04", "Linux"),
    (DEFAULT, "ubuntu-22.04", "22.04", "Linux"),
    ("db1409d2-ed92-4f2f-978e-7b2fa4a1ec90", "ubuntu-20.04", "20.04", "Linux"),
    ("4efbc0ba-2313-4fe1-842a-516f8652e729", "debian-12", "12", "Linux"),
    ("66abf39a-ba8b-425e-a385-8eb347ceac10", "debian-11", "11", "Linux"),
    ("81d9280e-8753-40ae-8aef-7f6e20751b85", "almalinux-9", "9", "Linux"),
    ("fe6c2c36-031e-4474-aa5c-c5297196c80e", "rocky-9", "9", "Linux"),
    ("8b7c9b2a-ca59-48a2-92ea-5180779183cc", "centos-9-stream", "9", "Linux"),
    (
        "3c879b22-5c22-4488-9ffa-6876bc04b580",
        "opensuse-leap-15.4",
        "15.4",
        "Linux",
    ),
    // Windows images exist; their ids are not published, so this one is invented.
    (
        "0d1f2c3b-4a59-4687-9b1c-2d3e4f5a6b7c",
        "windows-server-2022",
        "2022",
        "Windows",
    ),
];

impl Account {
    /// How much custom images may take: each add-on allows as much again.
    fn image_quota(&self, behaviour: &Behaviour) -> u64 {
        let add_ons = self
            .instances
            .listed()
            .iter()
            .filter(|instance| instance.has(CUSTOM_IMAGES));
        behaviour.image_quota_mb * (1 + add_ons.count() as u64)
    }

    fn image_use(&self) -> u64 {
        let custom = self.images.iter().filter(|image| !image.standard);
        custom.map(|image| image.size_mb).sum()
    }

    /// Begins a download.
    pub(crate) fn fetch_image(&mut self, name: &str, url: &str, os_type: &str, version: &str, now: i64) -> &mut Image {
        let number = self.number("image", 1).unsigned_abs();
        let image = Image {
            id: self.uuid(),
            name: name.to_owned(),
            description: String::new(),
            url: url.to_owned(),
            os_type: os_type.to_owned(),
            version: version.to_owned(),
            format: if url.ends_with(".iso") { "iso" } else { "qcow2" },
            size_mb: 600 + below(0x150, number, 1_800),
            standard: false,
            created: now,
            modified: now,
            error: None,
        };
        self.images.push(image);
        let last = self.images.len() - 1;
        &mut self.images[last]
    }
}

fn place(call: &Call<'_>) -> Result<usize, Refusal> {
    let id = call.uuid("imageId")?;
    let place = call.account.images.iter().position(|image| image.id == id);
    place.ok_or_else(|| Refusal::no_entry("Image", "imageId", id))
}

/// Where one of the account's own is; the standard ones can't be changed.
fn own(call: &Call<'_>) -> Result<usize, Refusal> {
    let place = place(call)?;
    if call.account.images[place].standard {
        return Err(Refusal::new(403, "Standard images can not be changed"));
    }
    Ok(place)
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let tags_of = |image: &Image| -> Vec<Value> {
        let mine = call.account.assignments.iter();
        let mine = mine.filter(|assignment| assignment.resource_type == "image" && assignment.resource_id == image.id);
        mine.filter_map(|assignment| {
            let tag = call.account.tags.get(&assignment.tag)?;
            Some(json!({ "tagId": assignment.tag, "tagName": tag.name }))
        })
        .collect()
    };
    let show = |image: &Image| {
        let mut shown = call.entry(image.show(call.now, call.behaviour));
        shown["tags"] = json!(tags_of(image));
        shown
    };
    let rows = call.account.images.iter().map(show).collect();
    let filters = [
        Filter::Contains("name"),
        Filter::Equals("standardImage"),
        Filter::Search(&["name", "description", "osType"]),
    ];
    call.list(rows, &filters)
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let shown = call.account.images[place(call)?].show(call.now, call.behaviour);
    Ok(call.answer(200, vec![call.entry(shown)]))
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.required_text("name", 1, 255);
    let description = form.text("description", 0, 255).unwrap_or_default();
    let url = form.required_text("url", 1, 4_096);
    let os_type = form.required_choice("osType", &["Windows", "Linux"]);
    let version = form.required_text("version", 1, 255);
    form.finish()?;
    if !url.ends_with(".iso") && !url.ends_with(".qcow2") {
        return Err(Refusal::new(415, "Unsupported Media Type"));
    }
    let quota = call.account.image_quota(call.behaviour);
    let now = call.now;
    let image = call.account.fetch_image(&name, &url, &os_type, &version, now);
    image.description = description;
    let id = image.id.clone();
    // How large it is shows once the download begins.
    if call.account.image_use() > quota
        && let Some(image) = call.account.images.last_mut()
    {
        image.error = Some("The image exceeds the storage for custom images".to_owned());
        image.size_mb = 0;
    }
    call.note(
        AUDITS,
        "CREATED",
        vec![("imageId", json!(id))],
        json!({ "new": { "name": name, "url": url } }),
    );
    Ok(call.answer(201, vec![call.entry(json!({ "imageId": id }))]))
}

pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let name = form.text("name", 1, 255);
    let description = form.text("description", 0, 255);
    form.finish()?;
    let (place, now) = (own(call)?, call.now);
    let image = &mut call.account.images[place];
    let before = image.name.clone();
    image.name = name.unwrap_or(before.clone());
    if let Some(description) = description {
        image.description = description;
    }
    image.modified = now;
    let (id, after) = (image.id.clone(), image.name.clone());
    let changes = json!({ "prev": { "name": before }, "new": { "name": after } });
    call.note(AUDITS, "UPDATED", vec![("imageId", json!(id))], changes);
    Ok(call.answer(200, vec![call.entry(json!({ "imageId": id }))]))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let image = own(call).map(|place| call.account.images.remove(place))?;
    call.note(
        AUDITS,
        "DELETED",
        vec![("imageId", json!(image.id))],
        json!({ "prev": { "name": image.name } }),
    );
    Ok(call.nothing())
}

pub(crate) fn stats(call: &mut Call<'_>) -> Outcome {
    let (total, used) = (call.account.image_quota(call.behaviour), call.account.image_use());
    let count = call.account.images.iter().filter(|image| !image.standard).count();
    let fields = json!({
        "currentImagesCount": count,
        "totalSizeMb": total,
        "usedSizeMb": used,
        "freeSizeMb": total.saturating_sub(used),
    });
    Ok(call.answer(200, vec![call.entry(fields)]))
}
