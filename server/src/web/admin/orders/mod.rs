//! The staff's pages about orders at Contabo.

pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod show;

use app::{
    admin::{
        Subject,
        orders::{Order as Shown, Progress, What},
    },
    text::{Lang, Text},
};
use entity::{
    ContaboOrderId, contabo_account,
    contabo_order::{self, OrderState},
};

use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            catalogue::Side,
            orders::{self, Reason, Wanted, next::stage},
            quotas::Full,
        },
    },
    web::{admin::complaint, route},
};

/// The entry of the navigation.
const AT: &str = "orders";

fn page_of(order: ContaboOrderId) -> String {
    route::AdminOrder { order }.to_string()
}

/// What an order is for, by its word in addresses.
fn what(name: &str) -> What {
    match name {
        "storage" => What::Storage,
        _ => What::Instance,
    }
}

/// What is ordered, in a few words that are data of Contabo's.
fn title(row: &contabo_order::Model) -> String {
    match Wanted::of(row) {
        Ok(Wanted::Instance(instance)) => format!("{}, {}", instance.product_name, instance.region),
        Ok(Wanted::Storage(storage)) => {
            format!("{} TB, {}", orders::Storage::tb(storage.steps), storage.region)
        }
        Err(_) => String::new(),
    }
}

fn progress(row: &contabo_order::Model) -> Progress {
    match row.state {
        OrderState::Draft => Progress::Draft,
        OrderState::Queued => Progress::Queued,
        OrderState::Done => Progress::Done,
        OrderState::Failed => Progress::Failed,
        OrderState::Withdrawn => Progress::Withdrawn,
        OrderState::Placing => match row.stage.as_str() {
            stage::HELD_UP => Progress::HeldUp,
            stage::UNCLEAR => Progress::Unclear,
            _ => Progress::Sending,
        },
        OrderState::Following => match row.stage.as_str() {
            stage::AWAITING => Progress::Awaiting,
            stage::UNDER_WAY => Progress::UnderWay,
            _ => Progress::Accepted,
        },
    }
}

fn shown(board: &Snapshot, accounts: &[contabo_account::Model], row: &contabo_order::Model) -> Shown {
    let account = accounts.iter().find(|account| account.id == row.contabo_account_id);
    let client = row.client_id.and_then(|id| board.clients.get(&id));
    let cost = orders::price(row).total(Side::Cost).ok();
    Shown {
        href: page_of(row.id),
        name: row.display_name.clone(),
        what: title(row),
        client: client.map(|client| Subject {
            name: client.name.clone(),
            href: route::AdminClient { client: client.id }.to_string(),
        }),
        account: account.map(|account| account.name.clone()).unwrap_or_default(),
        by: row.ordered_by_name.clone(),
        at: row.ordered_at,
        progress: progress(row),
        says: row.contabo_says.clone().filter(|_| row.state == OrderState::Following),
        error: row.error.clone(),
        cost: cost.map(|amount| amount.month().to_string()),
    }
}

/// Which quota is in the way.
pub(in crate::web) fn of_quota(lang: Lang, full: Full) -> Text {
    match full {
        Full::Instances(most) => lang.t_count("quota-full-servers", most.unsigned_abs().into()),
        Full::Storage(steps) => {
            let most = orders::Storage::tb(steps.into()).to_string();
            lang.t_with("quota-full-storage", &[("most", most.into())]).into()
        }
        Full::Snapshots(most) => lang.t_count("server-snapshots-full", most.unsigned_abs().into()),
    }
}

pub(in crate::web) fn complain(lang: Lang, reason: Reason) -> Text {
    let key = match reason {
        Reason::Text(bad) => return complaint::text(lang, bad),
        Reason::NotAChoice => lang.t("not-a-choice"),
        Reason::NameTaken => lang.t("order-name-taken"),
        Reason::NotASize => lang.t("order-not-a-size"),
        Reason::CeilingTooLow => lang.t("order-ceiling-too-low"),
    };
    key.into()
}
