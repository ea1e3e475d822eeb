//! How the provider looks: colours and logo, and the money of its links.

use std::io::Cursor;

use entity::link;
use image::{GrayImage, ImageFormat};
use reqwest::{Method, Response, StatusCode};
use server::web::area::Area;

use crate::{
    helpers::{Browser, NORTH, SOUTH, assert_redirect, spawn_app},
    network::{self, Seen},
};

const BRAND: &str = "/admin/settings/brand";

/// A grey picture.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    GrayImage::new(width, height)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// Sends a file as a browser does.
async fn send(browser: &Browser, file: &[u8]) -> Response {
    let mut body = b"--x\r\ncontent-disposition: form-data; name=\"logo\"; filename=\"logo.png\"\r\n\r\n".to_vec();
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let request = browser
        .request(Method::POST, &format!("{BRAND}/logo"))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=x");
    request.body(body).send().await.unwrap()
}

async fn complaint(answer: Response, field: &str) -> String {
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    Seen::of(answer).await.all(&format!("#{field}-error")).concat()
}

#[tokio::test]
async fn a_logo_is_on_every_page_of_its_tenant_until_it_is_removed() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    assert_redirect(&send(&alice, &png(64, 16)).await, BRAND);
    let page = Seen::of(alice.get(BRAND).await).await;
    assert!(page.all("main").concat().contains("64 × 16"));
    let logo = page.attributes("header .brand-logo", "src").concat();
    assert!(logo.starts_with("/brand/logo-"), "{logo}");
    for path in ["/admin/sign-in", "/portal/sign-in"] {
        let page = Seen::of(app.browser(NORTH).get(path).await).await;
        assert_eq!(page.attributes(".brand-logo", "src"), [logo.as_str()], "{path}");
    }
    let picture = app.browser(NORTH).get(&logo).await;
    for (header, value) in [
        ("content-type", "image/png"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(picture.headers()[header], value);
    }
    assert!(image::load_from_memory(&picture.bytes().await.unwrap()).is_ok());
    // Nothing of another picture, and nothing on another tenant's host.
    for (host, path) in [(SOUTH, logo.as_str()), (NORTH, "/brand/logo-00"), (NORTH, "/brand/x")] {
        assert_eq!(
            app.browser(host).get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_redirect(&alice.post(&format!("{BRAND}/logo/remove"), &[]).await, BRAND);
    assert_eq!(app.browser(NORTH).get(&logo).await.status(), StatusCode::NOT_FOUND);
    let page = Seen::of(alice.get(BRAND).await).await;
    assert!(page.attributes(".brand-logo", "src").is_empty());
    let log = alice.get("/admin/audit?kind=settings").await.text().await.unwrap();
    assert_eq!(log.matches("64 × 16 px").count(), 2, "kept, and removed");
}

#[tokio::test]
async fn a_file_that_is_no_fitting_picture_is_refused_with_the_reason() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    for (file, said) in [
        (Vec::new(), "Choose a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "SVG"),
        (b"hello".to_vec(), "neither PNG nor JPEG"),
        (png(8, 8), "8 × 8"),
        (vec![0; 300 * 1024], "256 KiB"),
        (vec![0; 3 * 1024 * 1024], "256 KiB"),
    ] {
        let complaint = complaint(send(&alice, &file).await, "logo").await;
        assert!(complaint.contains(said), "{complaint}");
    }
    let no_file = alice.post(&format!("{BRAND}/logo"), &[("logo", "x")]).await;
    assert!(complaint(no_file, "logo").await.contains("Choose a picture"));
    assert_eq!(
        send(&app.bob().await, &png(64, 16)).await.status(),
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn a_tenants_colour_is_a_sheet_of_its_own_that_browsers_keep() {
    let app = spawn_app().await;
    let alice = app.alice().await;
    let form = |accent, second| [("accent", accent), ("second_colour", second)];
    let complaint = complaint(alice.post(BRAND, &form("#ffd400", "")).await, "accent").await;
    assert!(complaint.contains("1.2") && complaint.contains('#'), "{complaint}");
    assert_redirect(&alice.post(BRAND, &form("#8B0000", "#0A5C53")).await, BRAND);
    let page = Seen::of(alice.get(BRAND).await).await;
    assert_eq!(page.attributes("#second_colour", "value"), ["#0a5c53"]);
    let sheets = page.attributes("link[rel=stylesheet]", "href");
    assert!(sheets.contains(&"/assets/tenant/8b0000-1.css".to_owned()), "{sheets:?}");
    let sheet = app.browser(NORTH).get("/assets/tenant/8b0000-1.css").await;
    assert_eq!(sheet.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert!(sheet.text().await.unwrap().contains("--accent-light: #8b0000"));
    let too_light = app.browser(NORTH).get("/assets/tenant/ffd400-1.css").await;
    assert_eq!(too_light.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_links_fee_is_in_the_tenants_currency_which_does_not_change_its_size() {
    let app = spawn_app().await;
    let alice = app.signed_in(NORTH, Area::Admin, "alice@north.test").await;
    let (link, acme) = (network::link(&app).await, app.acme.to_string());
    let row = app.site.db.tenant(app.north).get::<link::Entity>(link).await.unwrap();
    let router = row.unwrap().router_id.to_string();
    let path = format!("/admin/links/{link}");
    let save = async |fee: &str| {
        let form = [
            ("client", acme.as_str()),
            ("router", &router),
            ("interface", "ether1"),
            ("name", "Depot"),
            ("kind", "ILL"),
            ("faces", "customer"),
            ("down", "100"),
            ("up", "50"),
            ("fee", fee),
        ];
        alice.post(&format!("{path}/edit"), &form).await
    };
    for (typed, said) in [
        ("1.234,56", "one decimal mark"),
        ("1.234", "2 digits"),
        ("99999999999", "any fee"),
    ] {
        let complaint = complaint(save(typed).await, "fee").await;
        assert!(complaint.contains(said), "{typed}: {complaint}");
    }
    assert_redirect(&save("1234,5").await, &path);
    let form = Seen::of(alice.get(&format!("{path}/edit")).await).await;
    assert_eq!(form.value("fee").as_deref(), Some("1234.50"));
    let page = alice.get(&path).await.text().await.unwrap();
    assert!(page.contains("EUR\u{a0}1,234.50") && page.contains("monthly fee"));
    let currency = async |code| {
        let settings = [
            ("name", "north"),
            ("zone", "Europe/Berlin"),
            ("currency", code),
            ("poll_seconds", "300"),
            ("sample_months", "36"),
        ];
        alice.post("/admin/settings", &settings).await
    };
    let refused = complaint(currency("JPY").await, "currency").await;
    assert!(refused.contains("One link has a fee"), "{refused}");
    complaint(currency("XAU").await, "currency").await;
    assert_redirect(&currency("CHF").await, "/admin/settings");
    assert!(
        alice
            .get(&path)
            .await
            .text()
            .await
            .unwrap()
            .contains("CHF\u{a0}1,234.50")
    );
    assert_redirect(&save("").await, &path);
    assert_redirect(&currency("JPY").await, "/admin/settings");
}
