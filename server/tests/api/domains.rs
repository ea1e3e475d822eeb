//! Domains and their contacts: their pages, and what is asked for them.

use entity::{ContaboResourceId, action, audit_entry};
use fakes::contabo::{Fault, Rule};
use reqwest::{Response, StatusCode};
use sea_orm::ColumnTrait;
use server::{
    domain::contabo::{
        actions::{self, ThingAsked},
        resources::{self, Contact, Contacts, Domain, Reach, Thing, Who},
    },
    web::area::Area,
};

use crate::{
    contabo::{account, beside, read_again},
    helpers::{Browser, NORTH, PASSWORD, SOUTH, TestApp, assert_redirect, spawn_app},
    nets::kept,
    servers::{contabo_account, server},
};

/// Contabo's id of [`contact`].
const CONTACT: &str = "CH400001";

pub(crate) async fn contact(app: &TestApp) -> ContaboResourceId {
    let contact = Contact {
        id: CONTACT.to_owned(),
        is_default: true,
        who: Who {
            kind: "organization".to_owned(),
            first_name: "Olga".to_owned(),
            last_name: "Owner".to_owned(),
            organization: "Example Networks".to_owned(),
        },
        reach: Reach {
            email: "hostmaster@example.net".to_owned(),
            gender: "na".to_owned(),
            country: "GB".to_owned(),
            ..Reach::default()
        },
    };
    kept(app, Thing::Contact, contact).await
}

async fn domain_that(app: &TestApp, change: impl FnOnce(&mut Domain)) -> ContaboResourceId {
    let id = CONTACT.to_owned();
    let mut domain = Domain {
        name: "example.net".to_owned(),
        status: "ready".to_owned(),
        name_servers: vec!["ns1.contabo.net".to_owned(), "ns2.contabo.net".to_owned()],
        contacts: Contacts {
            owner: id.clone(),
            admin: id.clone(),
            tech: id.clone(),
            zone: id,
        },
        ..Domain::default()
    };
    change(&mut domain);
    kept(app, Thing::Domain, domain).await
}

pub(crate) async fn domain(app: &TestApp) -> ContaboResourceId {
    domain_that(app, |_| {}).await
}

/// One that somebody wants to take away.
async fn leaving(app: &TestApp) -> ContaboResourceId {
    domain_that(app, |domain| {
        domain.status = "transferring out".to_owned();
        domain.leaves = true;
    })
    .await
}

async fn asked(app: &TestApp, thing: Thing) -> Vec<(action::Model, ThingAsked)> {
    let rows = app.site.db.tenant(app.north);
    let found = actions::of_thing(&rows, thing, None, 100).await.unwrap();
    let found = found.into_iter().map(|row| {
        let asked = ThingAsked::of(&row).unwrap();
        (row, asked)
    });
    found.collect()
}

/// A page as it came.
struct Seen {
    status: StatusCode,
    html: String,
}

impl Seen {
    async fn of(answer: Response) -> Self {
        Self {
            status: answer.status(),
            html: answer.text().await.unwrap(),
        }
    }
}

async fn admin(app: &TestApp) -> Browser {
    app.signed_in(NORTH, Area::Admin, "adam@north.test").await
}

#[tokio::test]
async fn who_may_only_look_sees_domains_and_has_no_buttons() {
    let app = spawn_app().await;
    let (contact, domain) = (contact(&app).await, leaving(&app).await);
    let bob = app.signed_in(NORTH, Area::Admin, "bob@north.test").await;
    for page in [
        "/admin/domains".to_owned(),
        "/admin/domains/contacts".to_owned(),
        format!("/admin/domains/{domain}"),
        format!("/admin/domains/contacts/{contact}"),
    ] {
        let seen = Seen::of(bob.get(&page).await).await;
        assert_eq!(seen.status, StatusCode::OK, "{page}");
        assert!(seen.html.contains("Example Networks"), "{page}");
        for word in [
            "/find\"",
            "/edit\"",
            "/delete\"",
            "/cancel\"",
            "/code\"",
            "/transfer",
            "/name-servers\"",
        ] {
            assert!(!seen.html.contains(word), "{page} has {word}");
        }
    }
    for page in ["cancel", "transfer", "transfer/reject", "code", "revoke-cancellation"] {
        let answer = bob.post(&format!("/admin/domains/{domain}/{page}"), &[]).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{page}");
    }
    // Another tenant's staff find nothing.
    let charlie = app.signed_in(SOUTH, Area::Admin, "charlie@south.test").await;
    for page in [
        format!("/admin/domains/{domain}"),
        format!("/admin/domains/contacts/{contact}"),
    ] {
        assert_eq!(charlie.get(&page).await.status(), StatusCode::NOT_FOUND);
    }
    assert!(
        !Seen::of(charlie.get("/admin/domains").await)
            .await
            .html
            .contains("example.net")
    );
    // The one thing is not the other.
    let adam = admin(&app).await;
    let mixed = adam.get(&format!("/admin/domains/{contact}")).await;
    assert_eq!(mixed.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_domain_that_somebody_wants_stands_out_and_is_answered() {
    let app = spawn_app().await;
    server(&app, app.north, None).await;
    let id = leaving(&app).await;
    let adam = admin(&app).await;
    let page = format!("/admin/domains/{id}");
    for at in ["/admin", "/admin/domains", &page] {
        let seen = Seen::of(adam.get(at).await).await.html;
        assert!(seen.contains("Without an answer the domain is lost"), "{at}");
    }
    // Letting it go needs its name and a password.
    let transfer = format!("{page}/transfer");
    let wrong = [("confirm", "example.org"), ("password", PASSWORD)];
    assert_eq!(
        adam.post(&transfer, &wrong).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let wrong = [("confirm", "example.net"), ("password", "nope")];
    assert_eq!(
        adam.post(&transfer, &wrong).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert!(asked(&app, Thing::Domain).await.is_empty());
    assert_redirect(&adam.post(&format!("{transfer}/reject"), &[]).await, &page);
    // Only one answer.
    let right = [("confirm", "example.net"), ("password", PASSWORD)];
    assert_eq!(adam.post(&transfer, &right).await.status(), StatusCode::CONFLICT);
    let found = asked(&app, Thing::Domain).await;
    assert!(
        matches!(&found[..], [(_, ThingAsked::RejectTransfer { .. })]),
        "{found:?}"
    );
    // Of one that nobody wants, nothing is asked.
    domain(&app).await;
    let answer = adam.post(&format!("{transfer}/reject"), &[]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert!(Seen::of(answer).await.html.contains("Nobody waits for an answer"));
    assert!(
        !Seen::of(adam.get("/admin").await)
            .await
            .html
            .contains("Without an answer")
    );
}

#[tokio::test]
async fn name_servers_and_contacts_are_checked_before_contabo_is_asked() {
    let app = spawn_app().await;
    let (id, _) = (domain(&app).await, contact(&app).await);
    let adam = admin(&app).await;
    let page = format!("/admin/domains/{id}");
    let wrong = [("servers", "ns1.contabo.net\nns1.example.net")];
    let answer = adam.post(&format!("{page}/name-servers"), &wrong).await;
    let seen = Seen::of(answer).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.html.contains("needs its address") && seen.html.contains("ns1.example.net"));
    let right = [("servers", "ns1.contabo.net\r\nns1.example.net 192.0.2.1")];
    assert_redirect(&adam.post(&format!("{page}/name-servers"), &right).await, &page);
    let forged = [
        ("owner", CONTACT),
        ("admin", CONTACT),
        ("tech", "CH9"),
        ("zone", CONTACT),
    ];
    let answer = adam.post(&format!("{page}/contacts"), &forged).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let right = ["owner", "admin", "tech", "zone"].map(|field| (field, CONTACT));
    assert_redirect(&adam.post(&format!("{page}/contacts"), &right).await, &page);
    let found = asked(&app, Thing::Domain).await;
    let [
        (_, ThingAsked::SetContacts { .. }),
        (_, ThingAsked::SetNameServers { servers, .. }),
    ] = &found[..]
    else {
        panic!("{found:?}");
    };
    assert_eq!(servers[1].ipv4, ["192.0.2.1"]);
}

#[tokio::test]
async fn a_domain_is_cancelled_with_a_reason_its_name_and_a_password_and_kept_again() {
    let app = spawn_app().await;
    let id = domain(&app).await;
    let adam = admin(&app).await;
    let (page, cancel) = (format!("/admin/domains/{id}"), format!("/admin/domains/{id}/cancel"));
    let no_reason = [("confirm", "example.net"), ("password", PASSWORD)];
    assert_eq!(
        adam.post(&cancel, &no_reason).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let no_name = [("reason", "6"), ("reason_text", "It is over"), ("password", PASSWORD)];
    let seen = Seen::of(adam.post(&cancel, &no_name).await).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.html.contains("It is over") && !seen.html.contains(PASSWORD));
    let right = [
        ("reason", "6"),
        ("reason_text", "It is over"),
        ("confirm", "example.net"),
        ("password", PASSWORD),
    ];
    assert_redirect(&adam.post(&cancel, &right).await, &page);
    assert_eq!(adam.post(&cancel, &right).await.status(), StatusCode::CONFLICT);
    // What is not cancelled can't be kept.
    let answer = adam.post(&format!("{page}/revoke-cancellation"), &[]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    domain_that(&app, |domain| domain.cancels_at = Some(app.site.clock.now())).await;
    assert!(
        Seen::of(adam.get(&page).await)
            .await
            .html
            .contains("Take the cancellation back")
    );
    assert_redirect(&adam.post(&format!("{page}/revoke-cancellation"), &[]).await, &page);
    let found = asked(&app, Thing::Domain).await;
    let [
        (_, ThingAsked::RevokeCancellation { .. }),
        (_, ThingAsked::CancelDomain { reason, text, .. }),
    ] = &found[..]
    else {
        panic!("{found:?}");
    };
    assert_eq!((reason.as_str(), text.as_str()), ("Other", "It is over"));
    // Of one that is over, nothing can be asked.
    domain_that(&app, |domain| domain.status = "transferred".to_owned()).await;
    assert_eq!(adam.post(&cancel, &right).await.status(), StatusCode::CONFLICT);
    assert!(!Seen::of(adam.get(&page).await).await.html.contains("/cancel\""));
}

const FORM: [(&str, &str); 12] = [
    ("of", "organization"),
    ("first_name", "Olga"),
    ("last_name", "Owner"),
    ("organization", "Other Networks"),
    ("email", "hostmaster@example.net"),
    ("gender", "na"),
    ("street", "Harbour Road"),
    ("street_number", "1"),
    ("zip_code", "EX1 1AA"),
    ("city", "Exampleton"),
    ("country", "gb"),
    ("phone_prefix", "+44"),
];

#[tokio::test]
async fn contacts_are_made_changed_and_deleted_and_a_fiscal_code_is_shown_nowhere() {
    let app = spawn_app().await;
    let id = contact(&app).await;
    domain(&app).await;
    let account = contabo_account(&app, app.north).await.to_string();
    let adam = admin(&app).await;
    let mut form = FORM.to_vec();
    form.extend([("account", account.as_str()), ("phone", "none"), ("pin", "IT-SECRET")]);
    let seen = Seen::of(adam.post("/admin/domains/contacts/new", &form).await).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.html.contains("Other Networks") && !seen.html.contains("IT-SECRET"));
    form.retain(|(field, _)| *field != "phone");
    form.push(("phone", "1632 960000"));
    let answer = adam.post("/admin/domains/contacts/new", &form).await;
    assert_redirect(&answer, "/admin/domains/contacts");
    let page = format!("/admin/domains/contacts/{id}");
    assert_redirect(&adam.post(&format!("{page}/edit"), &form).await, &page);
    // It is the default already.
    let answer = adam.post(&format!("{page}/default"), &[]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let question = Seen::of(adam.get(&format!("{page}/delete")).await).await.html;
    assert!(question.contains("example.net"), "what has it is said before");
    let answer = adam.post(&format!("{page}/delete"), &[]).await;
    assert_redirect(&answer, "/admin/domains/contacts");
    let found = asked(&app, Thing::Contact).await;
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[2].0.secret_sealed.is_some() && !found[2].0.arguments.to_string().contains("IT-SECRET"));
    let rows = app.site.db.tenant(app.north);
    let entries = rows.find::<audit_entry::Entity>().all().await.unwrap();
    assert!(entries.iter().all(|entry| !format!("{entry:?}").contains("IT-SECRET")));
}

#[tokio::test]
async fn a_name_is_looked_for_and_bought_once_all_of_it_was_confirmed() {
    let (app, fake) = beside(&[]).await;
    let account = account(&app, app.north).await;
    read_again(&app, account).await;
    let rows = app.site.db.begin(app.north).await.unwrap();
    let made = Contact {
        id: CONTACT.to_owned(),
        is_default: true,
        ..Contact::default()
    };
    resources::keep(&rows, account, &[made], app.site.clock.now())
        .await
        .unwrap();
    rows.commit().await.unwrap();
    let adam = admin(&app).await;
    let id = account.to_string();
    let find = async |name: &str| {
        let typed = [("account", id.as_str()), ("domain", name)];
        Seen::of(adam.post("/admin/domains/find", &typed).await).await
    };
    assert_eq!(find("no domain").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(find("Free.Example").await.html.contains("free.example is free"));
    assert!(find("taken.example").await.html.contains("taken.example is not free"));
    fake.inject(
        Rule::at(
            "validateDomainAvailability",
            Fault::Refuse(403, "Not with this role".to_owned()),
        )
        .once(),
    );
    assert!(find("free.example").await.html.contains("Not with this role"));

    let order = format!("/admin/domains/order?account={id}&domain=free.example&kind=move");
    let page = Seen::of(adam.get(&order).await).await.html;
    assert!(page.contains("Move free.example here") && page.contains("ns1.contabo.net"));
    let mut form = vec![("servers", "ns1.contabo.net\nns2.contabo.net")];
    form.extend(["owner", "admin", "tech", "zone"].map(|field| (field, CONTACT)));
    let confirm = Seen::of(adam.post(&order, &form).await).await;
    assert_eq!(confirm.status, StatusCode::OK);
    assert!(confirm.html.contains("does not say how much"));
    form.extend([("confirmed", "yes"), ("confirm", "free.example")]);
    // Neither the code nor a password.
    assert_eq!(
        adam.post(&order, &form).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    form.push(("auth_code", "T0P-secret"));
    let wrong = Seen::of(adam.post(&order, &form).await).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.html.contains("T0P-secret"), "it is typed anew");
    assert!(asked(&app, Thing::Domain).await.is_empty());
    form.push(("password", PASSWORD));
    assert_redirect(&adam.post(&order, &form).await, "/admin/domains");
    // Sent again, it is the same order.
    assert_eq!(adam.post(&order, &form).await.status(), StatusCode::CONFLICT);
    let found = asked(&app, Thing::Domain).await;
    let [(row, ThingAsked::OrderDomain { is_transfer: true, .. })] = &found[..] else {
        panic!("{found:?}");
    };
    assert!(row.secret_sealed.is_some() && !row.arguments.to_string().contains("T0P-secret"));
    // What the address does not name is not ordered.
    let forged = "/admin/domains/order?account=1&domain=free.example&kind=move";
    assert_eq!(
        adam.post(forged, &form).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let rows = app.site.db.tenant(app.north);
    let entries = rows.find::<audit_entry::Entity>().all().await.unwrap();
    assert!(entries.iter().all(|entry| !format!("{entry:?}").contains("T0P-secret")));
    actions::withdraw(
        &app.site.db,
        app.north,
        &server::domain::audit::Actor::system("tests"),
        app.site.clock.now(),
        row.id,
        None,
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_transfer_code_is_made_on_demand_shown_once_and_kept_nowhere() {
    let (app, fake) = beside(&[]).await;
    let account = account(&app, app.north).await;
    let client = app.site.contabo.with(&crate::contabo::credentials()).unwrap();
    let order = contabo::NewDomain {
        domain: "example.net".to_owned(),
        auth_code: None,
        handles: fake_contact(&client).await,
        nameservers: Vec::new(),
        resource_type: None,
        resource_id: None,
    };
    client
        .domains()
        .order(&order, contabo::RequestId::random())
        .await
        .unwrap();
    read_again(&app, account).await;
    let rows = app.site.db.tenant(app.north);
    let id = resources::one_there::<Domain>(&rows, account, "example.net")
        .await
        .unwrap()
        .unwrap()
        .id;
    let adam = admin(&app).await;
    let page = format!("/admin/domains/{id}/code");
    assert!(
        Seen::of(adam.get(&page).await)
            .await
            .html
            .contains("Make a transfer code")
    );
    let answer = adam.post(&page, &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let seen = Seen::of(answer).await.html;
    let field = seen.split("id=\"transfer-code\"").nth(1).unwrap();
    let code = field.split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let code = code.unwrap().to_owned();
    assert_eq!(code.len(), 12, "{seen}");
    assert_eq!(fake.requests_to("getAuthCode").len(), 1);
    let noted = rows
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::Action.eq("domain.make_code"));
    let noted = noted.all().await.unwrap();
    assert_eq!(noted.len(), 1);
    assert!(!format!("{noted:?}").contains(&code));
    assert!(
        !Seen::of(adam.get(&format!("/admin/domains/{id}")).await)
            .await
            .html
            .contains(&code)
    );
    fake.inject(Rule::at("getAuthCode", Fault::Refuse(422, "Locked by the registry".to_owned())).once());
    let answer = adam.post(&page, &[]).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert!(Seen::of(answer).await.html.contains("Locked by the registry"));
}

async fn fake_contact(client: &contabo::Client) -> contabo::DomainHandles {
    let new = contabo::NewHandle {
        handle_type: contabo::HandleType::Person,
        first_name: "Paul".to_owned(),
        last_name: "Porter".to_owned(),
        organization: None,
        details: contabo::HandleChange {
            email: "paul@example.net".to_owned(),
            gender: contabo::Gender::NotSaid,
            birth_info: None,
            address: contabo::HandleAddress {
                street: "Harbour Road".to_owned(),
                street_number: "1".to_owned(),
                city: "Exampleton".to_owned(),
                zip_code: "EX1".to_owned(),
                country: "GB".to_owned(),
                ..contabo::HandleAddress::default()
            },
            phone: contabo::HandlePhone {
                prefix: "44".to_owned(),
                number: "1632960000".to_owned(),
            },
            fax: None,
            nic_it_entity_type: None,
            pin: None,
        },
    };
    let made = client
        .handles()
        .create(&new, contabo::RequestId::random())
        .await
        .unwrap();
    let id = Some(made.handle_id);
    contabo::DomainHandles {
        owner: id.clone(),
        admin: id.clone(),
        tech: id.clone(),
        zone: id,
    }
}
