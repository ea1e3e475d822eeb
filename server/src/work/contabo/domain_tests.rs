//! Domains and their contacts, against a Contabo that forgets its answers on purpose.

use chrono::NaiveDate;
use entity::{action::ActionState, contabo_change, contabo_change::ChangeOf};
use fakes::contabo::{Fault, Rule};

use super::{domains, tests::Ground};
use crate::{
    domain::contabo::{
        accounts::Credentials,
        actions::{self, NameServer, ThingAsked},
        domains::REASONS,
        resources::{Contact, Contacts, Domain, Reach, Who},
    },
    work::contabo::domains::NoAnswer,
};

const NAME: &str = "example.net";

fn reach(city: &str) -> Reach {
    Reach {
        email: "hostmaster@example.net".to_owned(),
        gender: "na".to_owned(),
        street: "Harbour Road".to_owned(),
        street_number: "1".to_owned(),
        zip_code: "EX1 1AA".to_owned(),
        city: city.to_owned(),
        country: "GB".to_owned(),
        phone: ("44".to_owned(), "1632960000".to_owned()),
        ..Reach::default()
    }
}

fn create(organization: &str) -> ThingAsked {
    let who = Who {
        kind: "organization".to_owned(),
        first_name: "Olga".to_owned(),
        last_name: "Owner".to_owned(),
        organization: organization.to_owned(),
    };
    ThingAsked::CreateContact {
        name: who.name(),
        who,
        reach: reach("Exampleton"),
    }
}

fn servers(names: &[&str]) -> Vec<NameServer> {
    let one = |name: &&str| NameServer {
        name: (*name).to_owned(),
        ipv4: Vec::new(),
        ipv6: Vec::new(),
    };
    names.iter().map(one).collect()
}

fn all(id: &str) -> Contacts {
    Contacts {
        owner: id.to_owned(),
        admin: id.to_owned(),
        tech: id.to_owned(),
        zone: id.to_owned(),
    }
}

fn order(domain: &str, contact: &str, is_transfer: bool) -> ThingAsked {
    ThingAsked::OrderDomain {
        domain: domain.to_owned(),
        is_transfer,
        contacts: all(contact),
        servers: servers(&["ns1.contabo.net", "ns2.contabo.net"]),
    }
}

impl Ground {
    async fn contact(&self, name: &str) -> Option<Contact> {
        let all = self.things::<Contact>().await.into_iter();
        all.map(|one| one.thing).find(|contact| contact.who.name() == name)
    }

    async fn domain(&self) -> Domain {
        let all = self.things::<Domain>().await.into_iter();
        all.map(|one| one.thing).find(|domain| domain.name == NAME).unwrap()
    }

    async fn is_done(&self, asked: ThingAsked) {
        let id = self.ask_thing(asked.clone()).await;
        let ended = self.finish(id).await;
        assert_eq!((ended.state, ended.error), (ActionState::Done, None), "{asked:?}");
    }

    /// With a contact and a domain that has it.
    async fn with_domain() -> Self {
        let ground = Self::new().await;
        ground.is_done(create("Example Networks")).await;
        let contact = ground.contact("Example Networks").await.unwrap();
        ground.is_done(order(NAME, &contact.id, false)).await;
        ground
    }

    /// Lets everything be read again.
    async fn read_all(&self) {
        self.pass(1_801);
        self.read().await;
    }
}

#[tokio::test]
async fn a_domain_is_ordered_once_whatever_becomes_of_the_answer() {
    for fault in [Fault::DropAfter, Fault::ErrorAfter, Fault::HangAfter] {
        let ground = Ground::new().await;
        ground.is_done(create("Example Networks")).await;
        let contact = ground.contact("Example Networks").await.unwrap().id;
        ground.contabo.inject(Rule::at("orderDomain", fault.clone()).once());
        ground.is_done(order(NAME, &contact, false)).await;
        assert_eq!(ground.sent("orderDomain"), 1, "{fault:?}");
        let domain = ground.domain().await;
        assert_eq!(
            (domain.status.as_str(), &domain.contacts),
            ("ready", &all(&contact)),
            "{fault:?}"
        );
        // What is here is not bought again, be it with other name servers.
        let again = ground.try_ask_thing(order(NAME, "CH2", true), Some("code")).await;
        assert!(matches!(again, Err(actions::Error::Change(_))), "{again:?}");
    }
    // Not done: it says so, and is not sent again by itself.
    let ground = Ground::new().await;
    ground.is_done(create("Example Networks")).await;
    let contact = ground.contact("Example Networks").await.unwrap().id;
    ground.contabo.inject(Rule::at("orderDomain", Fault::DropBefore).once());
    let id = ground.ask_thing(order(NAME, &contact, false)).await;
    // While it waits, another order of the same is none.
    let again = ground.try_ask_thing(order(NAME, &contact, true), None).await;
    assert!(matches!(again, Err(actions::Error::AlreadyAsked)), "{again:?}");
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ground.sent("orderDomain")), (ActionState::Failed, 1));
    assert!(ground.things::<Domain>().await.is_empty());
    // What Contabo refuses is said in its words.
    let id = ground.ask_thing(order("taken.example", &contact, false)).await;
    let ended = ground.finish(id).await;
    assert!(ended.error.is_some_and(|why| why.contains("not available")));
}

#[tokio::test]
async fn a_domain_is_moved_here_with_a_code_that_is_forgotten_then() {
    let ground = Ground::new().await;
    ground.is_done(create("Example Networks")).await;
    let contact = ground.contact("Example Networks").await.unwrap().id;
    let asked = order(NAME, &contact, true);
    let id = ground.try_ask_thing(asked, Some("T0P-secret")).await.unwrap();
    let waiting = ground.action(id).await;
    let sealed = waiting.secret_sealed.unwrap();
    assert!(!waiting.arguments.to_string().contains("T0P-secret"));
    assert!(!sealed.windows(10).any(|part| part == b"T0P-secret"));
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.secret_sealed), (ActionState::Done, None));
    assert_eq!(ground.domain().await.status, "transferring in");
    // It is read more often until it is here.
    ground.pass(2 * 86_400);
    ground.read().await;
    ground.pass(200);
    ground.read().await;
    assert_eq!(ground.domain().await.status, "ready");
    // A wrong code shows at the domain.
    let wrong = order("wrong.example", &contact, true);
    let id = ground.try_ask_thing(wrong, Some("wrong")).await.unwrap();
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    let domains = ground.things::<Domain>().await;
    let wrong = &domains
        .iter()
        .find(|one| one.thing.name == "wrong.example")
        .unwrap()
        .thing;
    assert_eq!(
        (wrong.status.as_str(), wrong.error.as_deref()),
        ("error", Some("The auth code is not valid"))
    );
}

#[tokio::test]
async fn name_servers_and_contacts_change_and_a_lost_answer_is_settled_by_looking() {
    let ground = Ground::with_domain().await;
    ground.contabo.inject(Rule::at("updateDomain", Fault::DropAfter).once());
    let domain = NAME.to_owned();
    let set = ThingAsked::SetNameServers {
        domain: domain.clone(),
        servers: vec![
            NameServer {
                name: "ns1.example.net".to_owned(),
                ipv4: vec!["192.0.2.1".to_owned()],
                ipv6: Vec::new(),
            },
            servers(&["ns2.contabo.net"]).remove(0),
        ],
    };
    ground.is_done(set).await;
    assert_eq!(ground.sent("updateDomain"), 1);
    assert_eq!(
        ground.domain().await.name_servers,
        ["ns1.example.net", "ns2.contabo.net"]
    );
    ground.is_done(create("Other Networks")).await;
    let other = ground.contact("Other Networks").await.unwrap().id;
    let contacts = Contacts {
        tech: other.clone(),
        ..ground.domain().await.contacts
    };
    // Not done at first: sent again once that is known.
    ground
        .contabo
        .inject(Rule::at("updateDomain", Fault::DropBefore).once());
    ground.is_done(ThingAsked::SetContacts { domain, contacts }).await;
    assert_eq!(ground.sent("updateDomain"), 3);
    let seen = ground.domain().await;
    assert_eq!(
        (seen.contacts.tech.as_str(), seen.name_servers.len()),
        (other.as_str(), 2)
    );
}

#[tokio::test]
async fn a_cancellation_says_when_it_ends_and_is_taken_back() {
    let ground = Ground::with_domain().await;
    let cancel = |on| ThingAsked::CancelDomain {
        domain: NAME.to_owned(),
        reason: REASONS[6].to_owned(),
        text: "The campaign is over".to_owned(),
        on,
    };
    let keep = || ThingAsked::RevokeCancellation {
        domain: NAME.to_owned(),
    };
    let early = ground.try_ask_thing(keep(), None).await;
    assert!(matches!(early, Err(actions::Error::Change(_))), "{early:?}");
    ground.contabo.inject(Rule::at("cancelDomain", Fault::DropAfter).once());
    ground.is_done(cancel(None)).await;
    assert_eq!(ground.sent("cancelDomain"), 1);
    let ends = ground.domain().await.cancels_at.unwrap();
    assert_eq!(ends.date_naive(), NaiveDate::from_ymd_opt(2027, 5, 15).unwrap());
    let again = ground.try_ask_thing(cancel(None), None).await;
    assert!(matches!(again, Err(actions::Error::AlreadyCancelled)));
    ground
        .contabo
        .inject(Rule::at("revokeCancelDomain", Fault::ErrorAfter).once());
    ground.is_done(keep()).await;
    assert_eq!(ground.domain().await.cancels_at, None);
    // On a day of one's own.
    let day = NaiveDate::from_ymd_opt(2026, 8, 1);
    ground.is_done(cancel(day)).await;
    assert_eq!(ground.domain().await.cancels_at.map(|at| at.date_naive()), day);
    ground.pass(90 * 86_400);
    ground.read_all().await;
    assert!(ground.domain().await.is_over());
    let over = ground.try_ask_thing(keep(), None).await;
    assert!(matches!(over, Err(actions::Error::Change(_))), "{over:?}");
}

#[tokio::test]
async fn a_transfer_away_is_seen_and_answered_once() {
    let ground = Ground::with_domain().await;
    let reject = || ThingAsked::RejectTransfer {
        domain: NAME.to_owned(),
    };
    let accept = || ThingAsked::AcceptTransfer {
        domain: NAME.to_owned(),
    };
    let nobody = ground.try_ask_thing(accept(), None).await;
    assert!(matches!(nobody, Err(actions::Error::Change(_))), "{nobody:?}");
    ground.contabo.panel().begin_transfer_out(NAME).unwrap();
    ground.read_all().await;
    let seen = ground.domain().await;
    assert!(seen.leaves && seen.leaves_since.is_some(), "{seen:?}");
    ground
        .contabo
        .inject(Rule::at("revokeDomainTransferOut", Fault::DropAfter).once());
    let id = ground.ask_thing(reject()).await;
    let both = ground.try_ask_thing(accept(), None).await;
    assert!(matches!(both, Err(actions::Error::AlreadyAsked)), "{both:?}");
    assert_eq!(ground.finish(id).await.state, ActionState::Done);
    assert_eq!(ground.sent("revokeDomainTransferOut"), 1);
    let seen = ground.domain().await;
    assert_eq!((seen.leaves, seen.status.as_str()), (false, "ready"));
    // The second time it goes. An account without the list says it by the domain.
    ground
        .contabo
        .inject(Rule::at("listPendingActions", Fault::Refuse(403, "No".to_owned())));
    ground.contabo.panel().begin_transfer_out(NAME).unwrap();
    ground.read_all().await;
    assert!(ground.domain().await.leaves);
    ground
        .contabo
        .inject(Rule::at("confirmDomainTransferOut", Fault::DropAfter).once());
    ground.is_done(accept()).await;
    assert_eq!(ground.sent("confirmDomainTransferOut"), 1);
    assert!(ground.domain().await.is_over());
}

#[tokio::test]
async fn contacts_are_made_once_changed_made_the_default_and_deleted() {
    let ground = Ground::new().await;
    ground.contabo.inject(Rule::at("createHandle", Fault::DropAfter).once());
    ground.is_done(create("Example Networks")).await;
    assert_eq!(ground.sent("createHandle"), 1);
    let id = ground
        .try_ask_thing(create("Other Networks"), Some("IT-12345"))
        .await
        .unwrap();
    let ended = ground.finish(id).await;
    assert_eq!((ended.state, ended.secret_sealed), (ActionState::Done, None));
    let other = ground.contact("Other Networks").await.unwrap();
    assert!(!other.is_default && ground.contact("Example Networks").await.unwrap().is_default);
    let (contact, name) = (other.id.clone(), other.who.name());
    ground.contabo.inject(Rule::at("updateHandle", Fault::DropAfter).once());
    ground
        .is_done(ThingAsked::ChangeContact {
            contact: contact.clone(),
            name: name.clone(),
            reach: reach("Newtown"),
        })
        .await;
    assert_eq!(ground.sent("updateHandle"), 1);
    assert_eq!(ground.contact("Other Networks").await.unwrap().reach.city, "Newtown");
    let default = ThingAsked::MakeDefaultContact {
        contact: contact.clone(),
        name: name.clone(),
    };
    ground.is_done(default.clone()).await;
    assert!(ground.contact("Other Networks").await.unwrap().is_default);
    let again = ground.try_ask_thing(default, None).await;
    assert!(matches!(again, Err(actions::Error::Change(_))), "{again:?}");
    // Contabo keeps what a domain has.
    ground.is_done(order(NAME, &contact, false)).await;
    let delete = ThingAsked::DeleteContact { contact, name };
    let id = ground.ask_thing(delete.clone()).await;
    let ended = ground.finish(id).await;
    assert!(ended.error.is_some_and(|why| why.contains("used by a domain")));
    ground.contabo.panel().delete_domain(NAME).unwrap();
    ground.read_all().await;
    ground.is_done(delete).await;
    assert!(ground.contact("Other Networks").await.is_none());
}

#[tokio::test]
async fn domains_are_in_the_mirror_and_a_role_that_may_not_see_them_leaves_the_rest() {
    let ground = Ground::with_domain().await;
    let changes = async || {
        let rows = ground.site.db.tenant(ground.tenant);
        let all = rows.find::<contabo_change::Entity>().all().await.unwrap();
        all.into_iter()
            .filter(|change| change.kind == "domain")
            .map(|change| (change.what, change.after))
            .collect::<Vec<_>>()
    };
    ground.contabo.panel().begin_transfer_out(NAME).unwrap();
    ground.read_all().await;
    let found = changes().await;
    let changed = found.iter().find(|(what, _)| *what == ChangeOf::Changed).unwrap();
    assert_eq!(changed.1.as_ref().unwrap()["leaves"], true);
    ground.contabo.panel().delete_domain(NAME).unwrap();
    ground
        .contabo
        .inject(Rule::at("listDomains", Fault::Refuse(403, "No".to_owned())));
    ground.contabo.panel().new_instance("second", "V153", "EU");
    ground.read_all().await;
    assert_eq!(ground.things::<Domain>().await.len(), 1, "what is not seen is not gone");
    ground.contabo.clear();
    ground.read_all().await;
    assert!(ground.things::<Domain>().await.is_empty());
    assert!(changes().await.iter().any(|(what, _)| *what == ChangeOf::Vanished));
}

#[tokio::test]
async fn a_page_is_told_whether_a_name_is_free_and_gets_a_code() {
    let ground = Ground::with_domain().await;
    let known = fakes::contabo::AccountSpec::default();
    let credentials = Credentials {
        client_id: known.client_id,
        client_secret: known.client_secret.into(),
        username: known.user,
        password: known.password.into(),
    };
    let client = ground.site.contabo.with(&credentials).unwrap();
    assert!(domains::is_free(&client, "free.example").await.unwrap());
    assert!(!domains::is_free(&client, "taken.example").await.unwrap());
    let one = domains::make_code(&client, NAME, contabo::RequestId::random())
        .await
        .unwrap();
    let two = domains::make_code(&client, NAME, contabo::RequestId::random())
        .await
        .unwrap();
    use secrecy::ExposeSecret;
    assert_ne!(one.expose_secret(), two.expose_secret());
    let nobodys = domains::make_code(&client, "else.example", contabo::RequestId::random()).await;
    assert!(matches!(nobodys, Err(NoAnswer::Refused(_))), "{nobodys:?}");
}
