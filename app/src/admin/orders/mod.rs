//! What is bought at Contabo: the list, the forms, and the page of one order, on which it is confirmed and followed.
//!
//! Amounts come as they are shown: nothing here calculates.

pub mod form;
pub mod list;
pub mod show;

use chrono::{DateTime, Utc};

use crate::{
    admin::Subject,
    samples, t,
    text::Text,
    ui::{Crumb, State},
};

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nobody has confirmed it.
    Draft,
    Queued,
    Sending,
    HeldUp,
    Unclear,
    Accepted,
    UnderWay,
    /// Contabo waits for money or a proof.
    Awaiting,
    Done,
    Failed,
    Withdrawn,
}

impl Progress {
    /// The word, in the page's language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => t("order-draft"),
            Self::Queued => t("order-queued"),
            Self::Sending => t("order-sending"),
            Self::HeldUp => t("order-held-up"),
            Self::Unclear => t("order-unclear"),
            Self::Accepted => t("order-accepted"),
            Self::UnderWay => t("order-under-way"),
            Self::Awaiting => t("order-awaiting"),
            Self::Done => t("order-done"),
            Self::Failed => t("order-failed"),
            Self::Withdrawn => t("order-withdrawn"),
        }
    }

    /// What that means, in a sentence or two.
    pub fn text(self) -> &'static str {
        match self {
            Self::Draft => t("order-draft-text"),
            Self::Queued => t("order-queued-text"),
            Self::Sending => t("order-sending-text"),
            Self::HeldUp => t("order-held-up-text"),
            Self::Unclear => t("order-unclear-text"),
            Self::Accepted => t("order-accepted-text"),
            Self::UnderWay => t("order-under-way-text"),
            Self::Awaiting => t("order-awaiting-text"),
            Self::Done => t("order-done-text"),
            Self::Failed => t("order-failed-text"),
            Self::Withdrawn => t("order-withdrawn-text"),
        }
    }

    /// Its colour and shape.
    pub fn state(self) -> State {
        match self {
            Self::Draft | Self::Withdrawn => State::Disabled,
            Self::Queued | Self::Sending | Self::Accepted | Self::UnderWay => State::Maintenance,
            Self::HeldUp | Self::Unclear | Self::Awaiting => State::Degraded,
            Self::Done => State::Up,
            Self::Failed => State::Down,
        }
    }

    /// Whether something still becomes of it by itself.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Draft | Self::Done | Self::Failed | Self::Withdrawn)
    }
}

/// An order, as lists and its own page show it.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its own address, without a slash at the end; what is done with it lies below.
    pub href: String,
    /// What it is to be called.
    pub name: String,
    /// The product, or what stands for it.
    pub what: String,
    /// None: nobody's yet.
    pub client: Option<Subject>,
    pub account: String,
    pub by: String,
    pub at: DateTime<Utc>,
    pub progress: Progress,
    /// Contabo's word for what was ordered, where it says more than ours.
    pub says: Option<String>,
    pub error: Option<String>,
    /// Each month; none: not known.
    pub cost: Option<String>,
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("nav-orders"), "/admin/orders")]
}

/// What an order is for, by the word that addresses have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Instance,
    Storage,
}

impl What {
    /// As addresses have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Instance => "instance",
            Self::Storage => "storage",
        }
    }

    fn title(self) -> Text {
        match self {
            Self::Instance => t("order-instance").into(),
            Self::Storage => t("order-storage").into(),
        }
    }
}

fn sample_order(text: &str, progress: Progress) -> Order {
    Order {
        href: "/admin/orders/1".to_owned(),
        name: text.to_owned(),
        what: "Cloud VPS 4".to_owned(),
        client: Some(Subject {
            name: format!("Acme {text}").trim_end().to_owned(),
            href: "/admin/clients/1".to_owned(),
        }),
        account: "Contabo Europe".to_owned(),
        by: "Alice Hartmann".to_owned(),
        at: samples::now() - chrono::TimeDelta::minutes(4),
        progress,
        says: (progress == Progress::Awaiting).then(|| "pending_payment".to_owned()),
        error: (progress == Progress::Failed).then(|| format!("Contabo refused: {text}")),
        cost: (progress != Progress::Queued).then(|| "EUR 4.50".to_owned()),
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<samples::Sample> {
    [list::samples(), form::samples(), show::samples()]
        .into_iter()
        .flatten()
        .collect()
}
