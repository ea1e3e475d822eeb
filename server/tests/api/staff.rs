//! What tests of the staff's network pages share: a router and a link that are there, a fake to ask, a job to run, a
//! page to read.

use entity::{LinkId, RouterId};
use fakes::router::{InterfaceSpec, Router, RouterSpec};
use reqwest::Response;
use scraper::{Html, Selector};
use server::{
    domain::{
        audit::Actor,
        refusal::Typed,
        routers::{
            change,
            setup::{Credentials, SetUp},
        },
    },
    work::{collector::check::RouterCheck, queue::Queue, runner::Nudge},
};
use uuid::Uuid;

use crate::helpers::{TestApp, spawn_app_with};

/// The program, which may ask routers on loopback.
pub(crate) async fn spawn_app_beside_fakes() -> TestApp {
    spawn_app_with(|settings| settings.allow_loopback = true).await
}

/// A fake router with three ports.
pub(crate) async fn fake(app: &TestApp) -> Router {
    let clock = app.site.clock.clone();
    let spec = RouterSpec {
        interfaces: (1..=3).map(InterfaceSpec::ether).collect(),
        tls_port: Some(0),
        ..RouterSpec::new("edge")
    };
    let clock = fakes::clock::Clock::from_fn(move || clock.now().timestamp_millis());
    Router::start(spec, clock).await.unwrap()
}

/// Fields of a form.
pub(crate) fn typed(fields: &[(&str, &str)]) -> Typed {
    let pairs = fields
        .iter()
        .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
    Typed::new(pairs)
}

/// A router of the north that nobody answers for.
pub(crate) async fn router(app: &TestApp) -> RouterId {
    let name = Uuid::new_v4().to_string();
    let typed = typed(&[
        ("name", &name),
        ("host", "127.0.0.1"),
        ("tls", "pin"),
        ("username", "mainstay"),
        ("password", "secret"),
    ]);
    let (setup, credentials) = (SetUp::read(&typed).unwrap(), Credentials::read(&typed).unwrap());
    change::create(&app.site, app.north, &Actor::system("tests"), setup, &credentials)
        .await
        .unwrap()
}

/// A link of Acme's on a router of its own.
pub(crate) async fn link(app: &TestApp) -> LinkId {
    let router = router(app).await;
    app.add_link(app.north, app.acme, router, &Uuid::new_v4().to_string())
        .await
}

/// Does the checks that were asked for.
pub(crate) async fn run_checks(app: &TestApp) {
    let queue = Queue::new(app.site.db.clone(), app.site.clock.clone(), Nudge::default());
    queue.with::<RouterCheck>(app.site.clone()).step().await.unwrap();
}

/// A page, parsed.
pub(crate) struct Seen(Html);

impl Seen {
    pub(crate) async fn of(answer: Response) -> Self {
        Self(Html::parse_document(&answer.text().await.unwrap()))
    }

    /// The texts of all elements that match, without white space around them.
    pub(crate) fn all(&self, css: &str) -> Vec<String> {
        let selector = Selector::parse(css).unwrap();
        let texts = self.0.select(&selector).map(|one| one.text().collect::<String>());
        texts.map(|text| text.trim().to_owned()).collect()
    }

    /// The text of the whole page.
    pub(crate) fn text(&self) -> String {
        self.all("main").concat()
    }

    /// What a field holds.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let selector = Selector::parse(&format!("[name='{name}']")).unwrap();
        let field = self.0.select(&selector).next()?;
        Some(field.attr("value").unwrap_or_default().to_owned())
    }

    /// How many elements match.
    pub(crate) fn count(&self, css: &str) -> usize {
        self.0.select(&Selector::parse(css).unwrap()).count()
    }
}
