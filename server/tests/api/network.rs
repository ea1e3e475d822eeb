//! What tests of the staff's network pages share: a router and a link that are there, a fake to ask, a job to run, a
//! page to read.

use chrono::Duration;
use entity::{LinkId, RouterId, link};
use fakes::router::{InterfaceSpec, Router, RouterSpec};
use reqwest::Response;
use scraper::{Html, Selector};
use sea_orm::ActiveValue::Set;
use server::{
    domain::{
        audit::Actor,
        routers::{
            change,
            setup::{Credentials, SetUp},
        },
        typed::Typed,
    },
    work::{collector::check::RouterCheck, queue::Queue, runner::Nudge},
};
use uuid::Uuid;

use crate::helpers::{TestApp, at_start, spawn_app_with};

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

/// A link of Acme's that counts since an hour.
pub(crate) async fn link(app: &TestApp) -> LinkId {
    let router = router(app).await;
    let rows = app.site.db.begin(app.north).await.unwrap();
    let id = LinkId::new();
    let row = link::ActiveModel {
        tenant_id: Set(app.north),
        id: Set(id),
        client_id: Set(app.acme),
        router_id: Set(router),
        name: Set(id.to_string()),
        reference: Set(None),
        kind: Set("ILL".to_owned()),
        interface_name: Set("ether1".to_owned()),
        interface_id: Set(None),
        default_name: Set(None),
        faces: Set(link::Faces::Customer),
        committed_down_bps: Set(100_000_000),
        committed_up_bps: Set(50_000_000),
        sla_profile_id: Set(None),
        monthly_fee_minor: Set(None),
        ping_target: Set(None),
        activated_at: Set(Some(at_start() - Duration::hours(1))),
        deactivated_at: Set(None),
        created_at: Set(at_start()),
        archived_at: Set(None),
    };
    rows.insert_all::<link::Entity, _>([row]).await.unwrap();
    rows.config_changed().await.unwrap();
    rows.commit().await.unwrap();
    app.site.board.refresh(app.north).await.unwrap();
    id
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

    /// An attribute of all elements that match and have it.
    pub(crate) fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(css).unwrap();
        let values = self.0.select(&selector).filter_map(|one| one.attr(name));
        values.map(ToOwned::to_owned).collect()
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
