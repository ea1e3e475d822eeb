//! Every route of `routes.rs`, asked for as nobody, as each role, and as other tenants' users. What to expect follows
//! from what the route says it needs and from the table of roles.
//!
//! A new route fails two of these tests until it is looked at: add its line to `routes.txt`, and, if its path has a new
//! kind of parameter, a thing of that kind to [`thing`].

use chrono::Duration;
use entity::{
    MaintenanceSeriesId, MaintenanceWindowId, MetricsTokenId, SlaProfileId, account, link, metrics_token, sla_report,
};
use reqwest::{Method, Response, StatusCode};
use sea_orm::{ActiveValue::Set, Order};
use server::{
    domain::{
        audit::Actor,
        identity::{ClientRole, StaffRole},
        links::slot::{SampleState, Slot},
        maintenance,
        settings::logo::{self, Logo},
        shares,
        signing::Signer,
        sla_profiles,
        tenant_metrics::tokens,
    },
    web::{
        area::Area,
        guard::Needs,
        routes::{self, RouteSpec},
    },
};

use crate::{
    brand::png,
    contabo, domains,
    helpers::{Browser, NORTH, SOUTH, TestApp, at_start, location, person, spawn_app, system},
    kept, mail, nets,
    network::{self, router},
    orders,
    reports::report_of,
    schedules, servers,
    shares::some_link,
    storages, tasks, templates,
};
use uuid::Uuid;

/// Somebody who tries every route.
#[derive(Clone, Copy, Debug)]
enum Walker {
    Nobody,
    Staff(&'static str, StaffRole),
    Client(&'static str, ClientRole),
    Operator(&'static str),
    /// Signed in to the other tenant's site, and then on this one with the same cookies.
    Stranger(Area, &'static str),
}

const WALKERS: [Walker; 11] = [
    Walker::Nobody,
    Walker::Staff("bob@north.test", StaffRole::Viewer),
    Walker::Staff("otto@north.test", StaffRole::Operator),
    Walker::Staff("adam@north.test", StaffRole::Admin),
    Walker::Staff("alice@north.test", StaffRole::Owner),
    Walker::Client("dora@acme.test", ClientRole::Viewer),
    Walker::Client("derek@acme.test", ClientRole::Operator),
    Walker::Client("dana@acme.test", ClientRole::Owner),
    Walker::Operator("olga@mainstay.test"),
    Walker::Stranger(Area::Admin, "charlie@south.test"),
    Walker::Stranger(Area::Portal, "carol@initech.test"),
];

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The handler ran, whatever it thought of an empty form.
    Runs,
    SignIn,
    Forbidden,
    NotFound,
    /// A session is no token.
    NoToken,
}

impl Walker {
    /// A browser of this walker in which nothing has been done yet.
    async fn browser(self, app: &TestApp) -> Browser {
        match self {
            Self::Nobody => app.browser(NORTH),
            Self::Staff(mail, _) => app.signed_in(NORTH, Area::Admin, mail).await,
            Self::Client(mail, _) => app.signed_in(NORTH, Area::Portal, mail).await,
            Self::Operator(mail) => app.signed_in(NORTH, Area::Operator, mail).await,
            Self::Stranger(area, mail) => app.signed_in(SOUTH, area, mail).await.on(NORTH),
        }
    }

    fn expects(self, needs: Needs) -> Outcome {
        if needs == Needs::MetricsToken {
            return Outcome::NoToken;
        }
        let Some(area) = needs.area() else {
            return Outcome::Runs;
        };
        let allowed = match (self, needs) {
            (Self::Staff(..), Needs::SignedIn(Area::Admin))
            | (Self::Client(..), Needs::SignedIn(Area::Portal))
            | (Self::Operator(_), Needs::SignedIn(Area::Operator) | Needs::Operator) => true,
            (Self::Staff(_, role), Needs::Staff(permission)) => role.allows(permission),
            (Self::Client(_, role), Needs::Client(permission)) => role.allows(permission),
            _ => {
                assert!(!self.is_at_home_in(area));
                return Outcome::SignIn;
            }
        };
        if allowed { Outcome::Runs } else { Outcome::Forbidden }
    }

    fn is_at_home_in(self, area: Area) -> bool {
        match self {
            Self::Nobody | Self::Stranger(..) => false,
            Self::Staff(..) => area == Area::Admin,
            Self::Client(..) => area == Area::Portal,
            Self::Operator(_) => area == Area::Operator,
        }
    }
}

async fn spawn_app_with_everybody() -> TestApp {
    let app = spawn_app().await;
    let derek = person("derek@acme.test");
    let role = ClientRole::Operator;
    let created = app
        .identity()
        .create_client_user(app.north, &system(), &[app.acme], derek, role)
        .await
        .unwrap();
    let rows = app.site.db.tenant(app.north);
    let row = account::ActiveModel {
        id: Set(created.account),
        must_change_password: Set(false),
        ..Default::default()
    };
    rows.update::<account::Entity, _>(row).await.unwrap();
    app
}

/// An SLA profile that nobody has touched.
async fn profile(app: &TestApp) -> SlaProfileId {
    let draft = sla_profiles::Draft {
        name: Uuid::now_v7().to_string(),
        uptime: "99.9".to_owned(),
        hours: "always".to_owned(),
        unreachable: "unknown".to_owned(),
        disabled: "excluded".to_owned(),
        measured: "slots".to_owned(),
        percentile: "greater".to_owned(),
        ..Default::default()
    };
    let (site, actor) = (&app.site, Actor::system("tests"));
    let id = sla_profiles::create(&site.db, app.north, &actor, at_start(), draft.check().unwrap())
        .await
        .unwrap();
    site.board.refresh(app.north).await.unwrap();
    id
}

/// A maintenance window of tomorrow.
async fn window(app: &TestApp) -> MaintenanceWindowId {
    let (site, actor) = (&app.site, Actor::system("tests"));
    let draft = maintenance::Draft {
        title: "Fibre work".to_owned(),
        starts: "2026-05-05T01:00".to_owned(),
        ends: "2026-05-05T05:00".to_owned(),
        covers: "all".to_owned(),
        ..Default::default()
    };
    let board = site.board.snapshot(app.north, at_start()).await.unwrap();
    let plan = draft.check(&board, at_start()).unwrap();
    let id = maintenance::create(&site.db, app.north, &actor, at_start(), plan)
        .await
        .unwrap();
    site.board.refresh(app.north).await.unwrap();
    id
}

/// A series of windows that goes on.
async fn series(app: &TestApp) -> MaintenanceSeriesId {
    let (site, actor) = (&app.site, Actor::system("tests"));
    let draft = maintenance::series::Draft {
        title: "Backups".to_owned(),
        starts: "2026-06-01T02:00".to_owned(),
        minutes: "30".to_owned(),
        repeats: "monthly".to_owned(),
        every: "1".to_owned(),
        ends: "never".to_owned(),
        covers: "all".to_owned(),
        ..Default::default()
    };
    let board = site.board.snapshot(app.north, at_start()).await.unwrap();
    let plan = draft.check(&board, at_start()).unwrap();
    maintenance::series::create(&site.db, app.north, board.zone, &actor, at_start(), plan)
        .await
        .unwrap()
}

/// The one token of the north.
async fn token(app: &TestApp) -> MetricsTokenId {
    let (site, rows) = (&app.site, app.site.db.tenant(app.north));
    for old in tokens::list(&rows).await.unwrap() {
        rows.delete::<metrics_token::Entity>(old.id).await.unwrap();
    }
    let (actor, name) = (Actor::system("tests"), Uuid::now_v7().to_string());
    tokens::create(&site.db, app.north, &actor, at_start(), &name)
        .await
        .unwrap();
    tokens::list(&rows).await.unwrap()[0].id
}

/// The name of the north's logo.
async fn logo(app: &TestApp) -> String {
    let (site, actor) = (&app.site, Actor::system("tests"));
    let picture = Logo::read(&png(64, 16)).unwrap();
    logo::keep(&site.db, app.north, &actor, at_start(), picture)
        .await
        .unwrap();
    let own = site.db.tenant(app.north).own().await.unwrap();
    format!("logo-{}", own.logo.unwrap())
}

/// A second of an outage of the link that was made last, which comes before it in a path.
async fn outage(app: &TestApp) -> i64 {
    let rows = app.site.db.tenant(app.north);
    let newest = rows.find::<link::Entity>().order_by(link::Column::Id, Order::Desc);
    let link = newest.one().await.unwrap().unwrap().id;
    let state = |back| if back == 1 { SampleState::Down } else { SampleState::Up };
    app.add_samples(app.north, link, 3, |back| Some(state(back))).await;
    Slot::from_instant(app.site.clock.now()).plus(-2).start().timestamp()
}

/// A report of Acme's. Nothing that the walk asks for changes it.
async fn report(app: &TestApp) -> sla_report::Model {
    let rows = app.site.db.tenant(app.north);
    if let Some(report) = rows.find::<sla_report::Entity>().one().await.unwrap() {
        return report;
    }
    let router = app.add_router_named(&Uuid::now_v7().to_string()).await;
    let name = Uuid::now_v7().to_string();
    let link = app.add_link(app.north, app.acme, router, &name).await;
    let id = report_of(app, link).await;
    rows.get::<sla_report::Entity>(id).await.unwrap().unwrap()
}

/// Something of the north for a parameter of a path: Acme's where clients have it.
async fn thing(app: &TestApp, parameter: &str) -> String {
    match parameter {
        "asset" => assets::by_name("style.css").unwrap().hashed.to_owned(),
        "client" => app.acme.to_string(),
        // Not of the cast: what is done to them must not keep the cast from signing in.
        "client_user" => {
            let (by, new) = (system(), person(&format!("{}@acme.test", Uuid::now_v7())));
            app.identity()
                .create_client_user(app.north, &by, &[app.acme], new, ClientRole::Viewer)
                .await
                .unwrap()
                .account
                .to_string()
        }
        "staff_user" => {
            let (by, new) = (system(), person(&format!("{}@north.test", Uuid::now_v7())));
            let made = app.identity().create_staff_user(app.north, &by, new, StaffRole::Viewer);
            made.await.unwrap().account.to_string()
        }
        "sla_profile" => profile(app).await.to_string(),
        "window" => window(app).await.to_string(),
        "report" => report(app).await.id.to_string(),
        // Of a report of Acme's.
        "month" => report(app).await.month,
        "share_link" => some_link(app, report(app).await.id).await.to_string(),
        "share" => {
            let link = some_link(app, report(app).await.id).await;
            let signer = Signer::of(&app.site.db, &app.site.keyring, app.north, at_start()).await;
            shares::sign(&signer.unwrap(), link)
        }
        "logo" => logo(app).await,
        "series" => series(app).await.to_string(),
        "style" => "2456d6-1.css".to_owned(),
        "account" => app.account("dora@acme.test").await.to_string(),
        "metrics_token" => token(app).await.to_string(),
        "mail" => mail::sent(app).await.to_string(),
        "token" => mail::token(app, "dora@acme.test").await,
        // New ones each time: some routes archive them.
        "contabo_account" => contabo::account(app, app.north).await.to_string(),
        "router" => router(app).await.to_string(),
        "link" => network::link(app).await.to_string(),
        "outage" => outage(app).await.to_string(),
        "instance" => servers::server(app, app.north, Some(app.acme)).await.to_string(),
        "action" => servers::asked(app).await.to_string(),
        "schedule" => schedules::schedule(app).await.to_string(),
        "kind" => "restart".to_owned(),
        // At a Contabo that is away.
        "check_set" | "check" | "remedy" => "1".to_owned(),
        "product" => orders::product(app).await.to_string(),
        "order" => orders::order(app).await.to_string(),
        "storage" => storages::storage(app, app.north, Some(app.acme)).await.to_string(),
        "task" => tasks::task(app, app.north).await.to_string(),
        "template" => templates::template(app, app.north).await.to_string(),
        "network" | "thing" => nets::network(app).await.to_string(),
        "contabo_user" => kept::user(app).await.to_string(),
        "contabo_role" => kept::role(app).await.to_string(),
        "image" => kept::image(app).await.to_string(),
        "secret" => kept::secret(app).await.to_string(),
        "tag" => kept::tag(app).await.to_string(),
        "firewall" => nets::firewall(app).await.to_string(),
        "address" => nets::address(app).await.to_string(),
        "zone" => nets::zone(app).await.to_string(),
        "domain" => domains::domain(app).await.to_string(),
        "domain_contact" => domains::contact(app).await.to_string(),
        "record" => nets::RECORD.to_string(),
        "thing_action" => nets::asked(app).await.to_string(),
        unknown => panic!("say in `thing` which {unknown} the walk shall ask for"),
    }
}

async fn path_of(app: &TestApp, route: &RouteSpec) -> String {
    let mut path = String::new();
    for segment in route.path.split('/').skip(1) {
        path.push('/');
        // Some names of files end behind their parameter.
        match segment.strip_prefix('{').and_then(|segment| segment.split_once('}')) {
            Some((parameter, end)) => {
                path.push_str(&thing(app, parameter).await);
                path.push_str(end);
            }
            None => path.push_str(segment),
        }
    }
    path
}

async fn ask(browser: &Browser, route: &RouteSpec, path: &str) -> Response {
    match route.method.as_str() {
        "GET" => browser.get(path).await,
        _ => browser.post(path, &[]).await,
    }
}

fn outcome(route: &RouteSpec, answer: &Response) -> Outcome {
    let to_sign_in = Area::ALL
        .iter()
        .any(|area| location(answer).starts_with(&area.sign_in()));
    // Whoever has signed out is led to the sign-in: that is the handler at work. A guard sends no cookie.
    let signed_out = route.path.contains("/sign-out") && answer.headers().contains_key("set-cookie");
    match answer.status() {
        StatusCode::FORBIDDEN => Outcome::Forbidden,
        StatusCode::NOT_FOUND => Outcome::NotFound,
        StatusCode::UNAUTHORIZED => Outcome::NoToken,
        StatusCode::SEE_OTHER if to_sign_in && !signed_out => Outcome::SignIn,
        status if status.is_server_error() => panic!("{route:?} answers {status}"),
        _ => Outcome::Runs,
    }
}

#[tokio::test]
async fn every_route_answers_each_visitor_as_the_table_of_roles_says() {
    let app = spawn_app_with_everybody().await;
    for walker in WALKERS {
        // Signing in with an empty form counts as a failure of the address: by now they are forgotten.
        app.site.clock.advance(Duration::hours(1));
        let mut browser = walker.browser(&app).await;
        for route in routes::list() {
            let path = path_of(&app, &route).await;
            let answer = ask(&browser, &route, &path).await;
            let (seen, expected) = (outcome(&route, &answer), walker.expects(route.needs));
            assert_eq!(seen, expected, "{walker:?} asks for {} {}", route.method, route.path);
            if route.path.contains("/sign-out") {
                browser = walker.browser(&app).await;
            }
        }
    }
}

#[tokio::test]
async fn nothing_of_one_tenant_is_found_by_another() {
    let app = spawn_app_with_everybody().await;
    let owners = [
        (Area::Admin, "charlie@south.test"),
        (Area::Portal, "carol@initech.test"),
    ];
    for (area, mail) in owners {
        let browser = app.signed_in(SOUTH, area, mail).await;
        for route in routes::list() {
            if route.path.contains('{') && route.needs.area() == Some(area) {
                let path = path_of(&app, &route).await;
                let answer = ask(&browser, &route, &path).await;
                assert_eq!(outcome(&route, &answer), Outcome::NotFound, "{mail} asks for {route:?}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_of_one_client_is_found_by_another() {
    let app = spawn_app_with_everybody().await;
    let eve = app.eve().await;
    for route in routes::list() {
        if route.path.contains('{') && route.needs.area() == Some(Area::Portal) {
            let path = path_of(&app, &route).await;
            let answer = ask(&eve, &route, &path).await;
            assert_eq!(outcome(&route, &answer), Outcome::NotFound, "Eve asks for {route:?}");
        }
    }
}

#[test]
fn every_route_is_on_the_list_that_was_reviewed() {
    let lines = routes::list()
        .into_iter()
        .map(|route| format!("{} {} {:?}\n", route.method, route.path, route.needs));
    let list: String = lines.collect();
    let reviewed = include_str!("routes.txt");
    assert_eq!(
        list, reviewed,
        "the routes have changed: look at what the new ones need, then write it to routes.txt"
    );
}

#[test]
fn a_route_of_an_area_needs_a_visitor_of_that_area() {
    for route in routes::list() {
        let Some(area) = Area::of(route.path) else { continue };
        if route.path != area.sign_in() {
            assert_eq!(route.needs.area(), Some(area), "{route:?}");
        }
        assert!([Method::GET, Method::POST].contains(&Method::from_bytes(route.method.as_str().as_bytes()).unwrap()));
    }
}

#[test]
fn routes_are_registered_in_one_file() {
    let web = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut folders = vec![web];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("routes.rs") {
                let code = std::fs::read_to_string(&path).unwrap();
                assert!(
                    !code.contains("web::resource(") && !code.contains(".route("),
                    "{}",
                    path.display()
                );
            }
        }
    }
}
