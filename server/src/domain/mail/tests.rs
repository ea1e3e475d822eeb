//! One letter of each kind, as it is painted; and who gets which.

use chrono::DateTime;
use entity::{AccountId, ClientId, ClientMemberId, Db, account, client, client_member};
use sea_orm::ActiveValue::Set;

use super::{
    letter::{Column, Letter, Part, Table},
    preferences::{self, Choice},
    *,
};
use crate::{
    clock::Clock,
    domain::{audit::Actor, identity::ClientRole},
    site::Site,
    testing::{open_site, scratch_tenant, scratch_url},
};

struct Ground {
    site: Site,
    tenant: entity::TenantId,
    _folder: tempfile::TempDir,
    _scratch: crate::testing::Scratch,
}

async fn ground() -> Ground {
    let (url, scratch) = scratch_url().await;
    let folder = tempfile::tempdir().unwrap();
    let site = open_site(&url, folder.path(), Clock::fixed(DateTime::UNIX_EPOCH)).await;
    let tenant = scratch_tenant(&site.db, "north").await;
    Ground {
        site,
        tenant,
        _folder: folder,
        _scratch: scratch,
    }
}

fn dana() -> Addressee {
    Addressee {
        account: AccountId::new(),
        client: None,
        name: "Dana".to_owned(),
        address: "dana@acme.test".to_owned(),
    }
}

/// What the other parts of Mainstay write, each kind once.
fn letters(head: &Letterhead) -> Vec<Letter> {
    let text = |text: &str| Part::Paragraph(text.to_owned());
    let breach = Letter {
        kind: MailKind::Breach,
        subject: "Service level not met: Acme · Berlin".to_owned(),
        preview: "99.81 % where 99.95 % was promised".to_owned(),
        title: "Acme · Berlin missed its service level in April".to_owned(),
        parts: vec![
            text("The link was up for less of the month than was promised."),
            Part::Facts(vec![
                ("Uptime".to_owned(), "99.81 %".to_owned()),
                ("Promised".to_owned(), "99.95 %".to_owned()),
            ]),
            Part::Button {
                label: "See the report".to_owned(),
                url: head.url("/portal/reports/1"),
            },
        ],
        attachments: vec![Attachment::Report(Uuid::nil())],
    };
    let row = |link: &str, uptime: &str| vec![link.to_owned(), uptime.to_owned(), "met".to_owned()];
    let report = Letter {
        kind: MailKind::Report,
        subject: "Service report for April 2026".to_owned(),
        preview: "2 links, all met".to_owned(),
        title: "April 2026".to_owned(),
        parts: vec![Part::Table(Table {
            columns: vec![Column::text("Link"), Column::number("Uptime"), Column::text("SLA")],
            rows: vec![
                row("Acme · Berlin", "100 %"),
                row("Acme · Hamburg, Speicherstadt", "99.97 %"),
            ],
        })],
        attachments: Vec::new(),
    };
    let maintenance = Letter {
        kind: MailKind::Maintenance,
        subject: "Planned maintenance on 12 May".to_owned(),
        preview: String::new(),
        title: "Planned maintenance".to_owned(),
        parts: vec![text(&"We replace line cards in Berlin. ".repeat(8)), text("one\ntwo")],
        attachments: Vec::new(),
    };
    vec![breach, report, maintenance, test_letter(head)]
}

#[tokio::test]
async fn a_letter_of_each_kind_says_the_same_twice_and_how_to_stop_it() {
    let ground = ground().await;
    let head = Letterhead::of(&ground.site, ground.tenant).await.unwrap();
    for letter in letters(&head) {
        let message = head.write(&letter, &dana());
        let page = scraper::Html::parse_document(message.html());
        let shown: String = page.root_element().text().collect();
        for said in [letter.title.as_str(), "north"] {
            assert!(message.text().contains(said) && shown.contains(said), "{said}");
        }
        let longest = message.text().lines().filter(|line| !line.contains("://"));
        assert!(longest.map(|line| line.chars().count()).max() <= Some(76));
        let can_be_refused = letter.kind != MailKind::Test;
        assert_eq!(message.unsubscribe_url.is_some(), can_be_refused, "{:?}", letter.kind);
        assert_eq!(message.text().contains("/unsubscribe/"), can_be_refused);
        assert_eq!(message.html().contains("/portal/notifications"), can_be_refused);
        for forbidden in ["<style", "<script", "<img", "class=", "mail-"] {
            assert!(!message.html().contains(forbidden), "{forbidden}");
        }
    }
}

#[tokio::test]
async fn a_table_stands_in_columns_in_plain_text() {
    let ground = ground().await;
    let head = Letterhead::of(&ground.site, ground.tenant).await.unwrap();
    let message = head.write(&letters(&head)[1], &dana());
    let table = "Link                            Uptime  SLA\n\
                 -----------------------------  -------  ---\n\
                 Acme · Berlin                    100 %  met\n\
                 Acme · Hamburg, Speicherstadt  99.97 %  met\n";
    assert!(message.text().contains(table), "{}", message.text());
}

#[tokio::test]
async fn what_a_name_holds_is_text_in_the_html_and_one_line_in_the_headers() {
    let ground = ground().await;
    let head = Letterhead::of(&ground.site, ground.tenant).await.unwrap();
    let hostile = "</table><script>alert(1)</script>\"'&";
    let letter = Letter {
        subject: "a\r\nBcc: eve@evil.test".to_owned(),
        title: hostile.to_owned(),
        preview: hostile.to_owned(),
        parts: vec![
            Part::Facts(vec![(hostile.to_owned(), hostile.to_owned())]),
            Part::Button {
                label: hostile.to_owned(),
                url: format!("https://x.test/\"{hostile}"),
            },
        ],
        ..letters(&head).remove(2)
    };
    let to = Addressee {
        name: "Dana\nBcc: eve@evil.test".to_owned(),
        ..dana()
    };
    let message = head.write(&letter, &to);
    assert!(!message.html().contains("<script"), "{}", message.html());
    assert_eq!(message.subject, "a Bcc: eve@evil.test");
    assert_eq!(message.to.name, "Dana Bcc: eve@evil.test");
}

async fn member(db: &Db, tenant: entity::TenantId, client: ClientId, name: &str, role: ClientRole) -> account::Model {
    let rows = db.begin(tenant).await.unwrap();
    let row = account::ActiveModel {
        id: Set(AccountId::new()),
        mail: Set(format!("{name}@acme.test")),
        name: Set(name.to_owned()),
        password_hash: Set(String::new()),
        must_change_password: Set(false),
        zone: Set(None),
        created_at: Set(DateTime::UNIX_EPOCH),
        last_sign_in_at: Set(None),
        disabled_at: Set(None),
        ..Default::default()
    };
    let account = rows.insert::<account::Entity, _>(row).await.unwrap();
    let place = client_member::ActiveModel {
        id: Set(ClientMemberId::new()),
        client_id: Set(client),
        account_id: Set(account.id),
        role: Set(role.name().to_owned()),
        created_at: Set(DateTime::UNIX_EPOCH),
        ..Default::default()
    };
    rows.insert::<client_member::Entity, _>(place).await.unwrap();
    rows.commit().await.unwrap();
    account
}

#[tokio::test]
async fn owners_are_told_and_others_who_ask_and_nobody_who_refused() {
    let Ground { site, tenant, .. } = &ground().await;
    let (db, tenant) = (&site.db, *tenant);
    let client = client::ActiveModel {
        id: Set(ClientId::new()),
        name: Set("Acme".to_owned()),
        reference: Set(None),
        notes: Set(String::new()),
        created_at: Set(DateTime::UNIX_EPOCH),
        archived_at: Set(None),
        ..Default::default()
    };
    let client = db.tenant(tenant).insert::<client::Entity, _>(client).await.unwrap().id;
    let owner = member(db, tenant, client, "owner", ClientRole::Owner).await;
    let viewer = member(db, tenant, client, "viewer", ClientRole::Viewer).await;
    let gone = member(db, tenant, client, "gone", ClientRole::Owner).await;
    let disabled = account::ActiveModel {
        tenant_id: Set(tenant),
        id: Set(gone.id),
        disabled_at: Set(Some(DateTime::UNIX_EPOCH)),
        ..Default::default()
    };
    db.tenant(tenant).update::<account::Entity, _>(disabled).await.unwrap();
    let told = async |kind| {
        let told = preferences::recipients(&db.tenant(tenant), client, kind).await.unwrap();
        let told = told.into_iter().map(|one| (one.to.name, one.attach_pdf));
        told.collect::<Vec<_>>()
    };
    assert_eq!(told(MailKind::Report).await, [("owner".to_owned(), true)]);
    assert_eq!(told(MailKind::Breach).await, [("owner".to_owned(), false)]);
    let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
    let choice = |wanted| Choice {
        wanted,
        attach_pdf: true,
    };
    let refused = [(MailKind::Breach, choice(false))];
    preferences::choose(db, tenant, &actor, now, &owner, &refused)
        .await
        .unwrap();
    let asked = [(MailKind::Breach, choice(true)), (MailKind::Maintenance, choice(true))];
    preferences::choose(db, tenant, &actor, now, &viewer, &asked)
        .await
        .unwrap();
    assert_eq!(told(MailKind::Breach).await, [("viewer".to_owned(), true)]);
    assert_eq!(
        told(MailKind::Maintenance).await,
        [("owner".to_owned(), false), ("viewer".to_owned(), false)],
        "there is no PDF of maintenance"
    );
    let held = preferences::of_account(&db.tenant(tenant), owner.id, ClientRole::Owner)
        .await
        .unwrap();
    let wanted: Vec<_> = held.iter().map(|(kind, choice)| (*kind, choice.wanted)).collect();
    assert_eq!(
        wanted,
        [
            (MailKind::Breach, false),
            (MailKind::Report, true),
            (MailKind::Maintenance, true),
            (MailKind::Server, true)
        ]
    );
}
