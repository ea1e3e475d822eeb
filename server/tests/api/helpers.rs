//! The program under test, its cast, and their browsers.

use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};
use entity::{AccountId, ClientId, Db, TenantId, account, client, operator, tenant};
use reqwest::{
    Client, Response, StatusCode,
    cookie::{CookieStore, Jar},
    header::{HOST, LOCATION},
    redirect::Policy,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, sea_query::Expr,
};
use server::{
    clock::Clock,
    config::{Given, Settings},
    database,
    domain::{
        audit::Actor,
        identity::{Appointer, ClientRole, Cost, Identity, NewPerson, StaffRole},
        links::retention,
    },
    site::Site,
    startup::{Application, Parts},
    web::area::Area,
};
use uuid::Uuid;

/// The password of everybody in the cast.
pub(crate) const PASSWORD: &str = "a password for the tests";

/// The host of the tenant that most tests look at.
pub(crate) const NORTH: &str = "north.test";

/// The host of the other tenant.
pub(crate) const SOUTH: &str = "south.test";

/// The program, running until it is dropped.
pub(crate) struct TestApp {
    pub(crate) site: Site,
    pub(crate) north: TenantId,
    pub(crate) south: TenantId,
    pub(crate) acme: ClientId,
    pub(crate) address: String,
    _data: tempfile::TempDir,
}

/// One browser: it keeps cookies and says that its requests come from our own pages.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) client: Client,
    pub(crate) jar: Arc<Jar>,
    address: String,
    host: &'static str,
}

/// Starts the program with the whole cast in it.
pub(crate) async fn spawn_app() -> TestApp {
    spawn_app_with(|_| {}).await
}

/// The same, after a change of its settings.
pub(crate) async fn spawn_app_with(change: impl FnOnce(&mut Settings)) -> TestApp {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let data = tempfile::tempdir().unwrap();
    let mut settings = Settings::from_given(Given {
        data: Some(data.path().to_owned()),
        listen: Some(([127, 0, 0, 1], 0).into()),
        database_url: fresh_database().await,
        database_connections: Some(4),
        web_threads: Some(1),
        // Nothing leaves loopback, and nobody listens there.
        contabo_api: Some("http://127.0.0.1:9/".to_owned()),
        contabo_sign_in: Some("http://127.0.0.1:9/".to_owned()),
        ..Given::default()
    })
    .unwrap();
    // So that the walk finds the developers' pages, too.
    settings.demo = true;
    settings.password_cost = Cost {
        memory: 64,
        passes: 1,
        lanes: 1,
    };
    change(&mut settings);
    let clock = Clock::fixed(at_start());
    let site = Site::open(settings, clock, true).await.unwrap();
    let north = create_tenant(&site.db, "north", NORTH).await;
    let south = create_tenant(&site.db, "south", SOUTH).await;
    let acme = create_client(&site.db, north, "Acme").await;
    let globex = create_client(&site.db, north, "Globex").await;
    let initech = create_client(&site.db, south, "Initech").await;
    let by = system();
    for (tenant, mail, role) in [
        (north, "alice@north.test", StaffRole::Owner),
        (north, "adam@north.test", StaffRole::Admin),
        (north, "otto@north.test", StaffRole::Operator),
        (north, "bob@north.test", StaffRole::Viewer),
        (south, "charlie@south.test", StaffRole::Owner),
    ] {
        site.identity
            .create_staff_user(tenant, &by, person(mail), role)
            .await
            .unwrap();
    }
    for (tenant, client, mail, role) in [
        (north, acme, "dana@acme.test", ClientRole::Owner),
        (north, acme, "dora@acme.test", ClientRole::Viewer),
        (north, globex, "eve@globex.test", ClientRole::Owner),
        (south, initech, "carol@initech.test", ClientRole::Owner),
    ] {
        site.identity
            .create_client_user(tenant, &by, &[client], person(mail), role)
            .await
            .unwrap();
    }
    site.identity
        .create_operator(person("olga@mainstay.test"))
        .await
        .unwrap();
    for tenant in [north, south] {
        let done = [(account::Column::MustChangePassword, Expr::value(false))];
        let all = account::Column::MustChangePassword.eq(true);
        site.db
            .tenant(tenant)
            .update_where::<account::Entity>(all, done)
            .await
            .unwrap();
    }
    operator::Entity::update_many()
        .col_expr(operator::Column::MustChangePassword, Expr::value(false))
        .exec(all_tenants(&site.db))
        .await
        .unwrap();
    let application = Application::build(site.clone(), Parts::WebOnly).unwrap();
    let address = format!("http://{}", application.address());
    tokio::spawn(application.run());
    TestApp {
        site,
        north,
        south,
        acme,
        address,
        _data: data,
    }
}

/// When the clock stands.
pub(crate) fn at_start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 4, 9, 0, 0).unwrap()
}

/// The command line, which may everything.
pub(crate) fn system() -> Appointer {
    Appointer {
        actor: Actor::system("tests"),
        role: StaffRole::Owner,
    }
}

/// Somebody new, with the password of the cast.
pub(crate) fn person(mail: &str) -> NewPerson {
    let user = mail.split('@').next().unwrap();
    NewPerson {
        mail: mail.to_owned(),
        name: format!("{}{}", user[..1].to_uppercase(), &user[1..]),
        password: PASSWORD.to_owned(),
        zone: None,
    }
}

async fn fresh_database() -> Option<String> {
    let server = std::env::var("TEST_DATABASE_URL").ok()?;
    let name = format!("test_{}", Uuid::new_v4().simple());
    let admin = database::open(&server, 1).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    all_tenants(&admin).execute_unprepared(&create).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    Some(format!("{base}/{name}"))
}

/// The database behind everybody's back.
pub(crate) fn all_tenants(db: &Db) -> &DatabaseConnection {
    #[expect(clippy::disallowed_methods, reason = "tests look at all tenants at once")]
    db.write_across_tenants()
}

/// Another tenant, with nothing in it.
pub(crate) async fn create_tenant(db: &Db, slug: &str, host: &str) -> TenantId {
    let id = TenantId::new();
    let row = tenant::Model {
        id,
        slug: slug.to_owned(),
        name: slug.to_owned(),
        host: Some(host.to_owned()),
        zone: "Europe/Berlin".to_owned(),
        poll_seconds: 300,
        accent: None,
        second_colour: None,
        logo: None,
        private_ranges: None,
        sample_months: retention::DEFAULT_MONTHS,
        currency: "EUR".to_owned(),
        created_at: at_start(),
    };
    let rows = db.begin_with_new_tenant(row).await.unwrap();
    rows.commit().await.unwrap();
    id
}

pub(crate) async fn create_client(db: &Db, tenant: TenantId, name: &str) -> ClientId {
    let id = ClientId::new();
    let row = client::ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        reference: Set(None),
        notes: Set(String::new()),
        created_at: Set(at_start()),
        archived_at: Set(None),
        ..Default::default()
    };
    db.tenant(tenant).insert::<client::Entity, _>(row).await.unwrap();
    id
}

impl TestApp {
    /// A browser that looks at the site of `host`, signed in nowhere.
    pub(crate) fn browser(&self, host: &'static str) -> Browser {
        let jar = Arc::new(Jar::default());
        let client = Client::builder()
            .cookie_provider(Arc::clone(&jar))
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Browser {
            client,
            jar,
            address: self.address.clone(),
            host,
        }
    }

    /// A browser of somebody who is signed in.
    pub(crate) async fn signed_in(&self, host: &'static str, area: Area, mail: &str) -> Browser {
        let browser = self.browser(host);
        let answer = browser.sign_in(area, mail, PASSWORD).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{mail} signs in to {area:?}");
        browser
    }

    pub(crate) async fn alice(&self) -> Browser {
        self.signed_in(NORTH, Area::Admin, "alice@north.test").await
    }

    pub(crate) async fn bob(&self) -> Browser {
        self.signed_in(NORTH, Area::Admin, "bob@north.test").await
    }

    pub(crate) async fn charlie(&self) -> Browser {
        self.signed_in(SOUTH, Area::Admin, "charlie@south.test").await
    }

    pub(crate) async fn dana(&self) -> Browser {
        self.signed_in(NORTH, Area::Portal, "dana@acme.test").await
    }

    pub(crate) async fn eve(&self) -> Browser {
        self.signed_in(NORTH, Area::Portal, "eve@globex.test").await
    }

    pub(crate) async fn olga(&self) -> Browser {
        self.signed_in(NORTH, Area::Operator, "olga@mainstay.test").await
    }

    /// The identity functions, as the program itself calls them.
    pub(crate) fn identity(&self) -> &Identity {
        &self.site.identity
    }

    /// The id of an account in the north.
    pub(crate) async fn client(&self, name: &str) -> ClientId {
        let rows = self.site.db.tenant(self.north);
        let named = rows.find::<client::Entity>().filter(client::Column::Name.eq(name));
        named.one().await.unwrap().unwrap().id
    }

    pub(crate) async fn account(&self, mail: &str) -> AccountId {
        let rows = account::Entity::find().filter(account::Column::Mail.eq(mail));
        rows.one(all_tenants(&self.site.db)).await.unwrap().unwrap().id
    }
}

impl Browser {
    /// The same browser on another site.
    pub(crate) fn on(&self, host: &'static str) -> Self {
        Self { host, ..self.clone() }
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(reqwest::Method::GET, path).send().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let request = self
            .request(reqwest::Method::POST, path)
            .header("sec-fetch-site", "same-origin");
        request.form(form).send().await.unwrap()
    }

    pub(crate) async fn sign_in(&self, area: Area, mail: &str, password: &str) -> Response {
        self.post(&area.sign_in(), &[("mail", mail), ("password", password)])
            .await
    }

    /// A request as it comes, without what a browser says of its origin.
    pub(crate) fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        request.header(HOST, self.host)
    }

    /// What the browser sends as cookies.
    pub(crate) fn cookies(&self) -> String {
        let sent = self.jar.cookies(&self.address.parse().unwrap());
        sent.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// Takes a cookie as if it had been set.
    pub(crate) fn take_cookie(&self, cookie: &str) {
        self.jar.add_cookie_str(cookie, &self.address.parse().unwrap());
    }
}

/// Where a redirect leads.
pub(crate) fn location(answer: &Response) -> &str {
    let header = answer.headers().get(LOCATION);
    header.map_or("", |value| value.to_str().unwrap())
}

/// That the answer is a redirect to `path`.
#[track_caller]
pub(crate) fn assert_redirect(answer: &Response, path: &str) {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(answer), path);
}
