//! One order: what it is and comes to, the button that orders it, and what becomes of it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{Order, Progress, crumbs, sample_order};
use crate::{
    admin::{
        Subject,
        audit::{Entry, recent_card, sample_entries},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Button, Card, Code, Column, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, Live, Notice,
        NumberCell, StateBadge, Table, Tone, When,
    },
};

/// What one side pays.
#[derive(Clone, Debug)]
pub enum Sum {
    Known {
        first_month: String,
        month: String,
        setup: String,
    },
    /// These have no price.
    NoPrice(Vec<String>),
    /// Amounts of different currencies have no sum.
    Currencies,
}

/// One line of the sum; amounts are those of a month of one piece.
#[derive(Clone, Debug)]
pub struct Line {
    pub what: String,
    pub quantity: i64,
    pub cost: Option<String>,
    pub sales: Option<String>,
}

/// Everything of the page beside the order itself.
#[derive(Clone, Debug)]
pub struct More {
    /// What is ordered: labels and values.
    pub facts: Vec<(&'static str, String)>,
    pub lines: Vec<Line>,
    /// What all of it comes to, as it is kept: whoever orders says with it what was shown.
    pub price: String,
    pub cost: Sum,
    pub sales: Sum,
    /// What is left each month.
    pub margin: Option<String>,
    pub confirmed: Option<(String, DateTime<Utc>)>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Contabo's id of what came of it.
    pub contabo_id: Option<String>,
    pub server: Option<Subject>,
    /// Whether the visitor may order, and take back.
    pub may_order: bool,
    pub can_be_withdrawn: bool,
    /// Whether there is a password to show to this visitor.
    pub has_password: bool,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
    /// None: the visitor may not read the log.
    pub entries: Option<Vec<Entry>>,
    pub audit_href: Option<String>,
}

/// The page.
#[component]
pub fn OrderPage(order: Order, more: More) -> impl IntoView {
    let (state, word) = (order.progress.state(), order.progress.word());
    let badge = view! { <Live id="order-badge"><StateBadge state=state label=word/></Live> }.into_any();
    let (title, lead) = (order.name.clone(), order.what.clone());
    let refused = more
        .refused
        .clone()
        .map(|why| view! { <Notice tone=Tone::Danger>{why}</Notice> });
    let now = now(&order, &more);
    let facts = facts(&order, more.facts);
    let sums = sums(more.lines, more.cost, more.sales, more.margin);
    let log = more.entries.map(|entries| recent_card(entries, more.audit_href));
    view! {
        <Layout title=title lead=lead crumbs=crumbs() badge=badge>
            {refused}
            <Live id="order-now">{now}</Live>
            <div class="columns">{facts}{sums}</div>
            {log}
        </Layout>
    }
}

/// How far it is, and what can be done about it.
fn now(order: &Order, more: &More) -> impl IntoView + use<> {
    let progress = order.progress;
    let tone = match progress {
        Progress::Failed => Tone::Danger,
        Progress::HeldUp | Progress::Unclear | Progress::Awaiting => Tone::Warning,
        _ => Tone::Info,
    };
    let says = order
        .says
        .clone()
        .map(|says| view! { <p>{t("order-says")}" "<Code text=says/></p> });
    let error = order.error.clone().map(|error| view! { <p class="reason">{error}</p> });
    let server = more.server.clone().map(|server| {
        view! { <LinkButton label=t("order-to-server") href=server.href icon=Icon::Server/> }
    });
    let password = more.has_password.then(|| {
        let action = [&order.href, "/password"].concat();
        view! { <form method="post" action=action><Button label=t("order-password") icon=Icon::Lock/></form> }
    });
    let order_it = (progress == Progress::Draft && more.may_order).then(|| {
        let action = [&order.href, "/confirm"].concat();
        let label = match &more.cost {
            Sum::Known { first_month, .. } => t_with("order-confirm-for", &[("amount", first_month.clone().into())]),
            _ => t("order-confirm").to_owned(),
        };
        view! {
            <form method="post" action=action>
                <input type="hidden" name="price" value=more.price.clone()/>
                <Button label=label kind=Kind::Primary/>
            </form>
        }
    });
    let withdraw = (more.can_be_withdrawn && more.may_order).then(|| {
        let action = [&order.href, "/withdraw"].concat();
        let label = match progress {
            Progress::Draft => t("order-discard"),
            _ => t("order-withdraw"),
        };
        view! { <form method="post" action=action><Button label=label/></form> }
    });
    let binding = (progress == Progress::Draft).then(|| view! { <p>{t("order-binding")}</p> });
    view! {
        <div class="stack">
            <Notice tone=tone title=progress.word()><p>{progress.text()}</p>{binding}{says}{error}</Notice>
            <div class="row">{order_it}{withdraw}{server}{password}</div>
        </div>
    }
}

fn facts(order: &Order, facts: Vec<(&'static str, String)>) -> impl IntoView + use<> {
    let rows = facts
        .into_iter()
        .map(|(label, value)| view! { <KeyValue label=label>{value}</KeyValue> })
        .collect_view();
    let client = match order.client.clone() {
        Some(client) => view! { <a href=client.href>{client.name}</a> }.into_any(),
        None => view! { <span class="muted">{t("fleet-nobody")}</span> }.into_any(),
    };
    let (account, by, at) = (order.account.clone(), order.by.clone(), order.at);
    view! {
        <Card title=t("order-what")>
            <KeyValues>
                {rows}
                <KeyValue label=t("order-for")>{client}</KeyValue>
                <KeyValue label=t("contabo-account")>{account}</KeyValue>
                <KeyValue label=t("order-by")>{by}" "<When at=at compact=true/></KeyValue>
            </KeyValues>
        </Card>
    }
}

fn sums(lines: Vec<Line>, cost: Sum, sales: Sum, margin: Option<String>) -> impl IntoView {
    let (what, quantity) = (t("order-what"), t("order-quantity"));
    let (cost_label, sales_label) = (t("product-cost"), t("product-price"));
    let columns = vec![
        Column::text(what),
        Column::number(quantity),
        Column::number(cost_label),
        Column::number(sales_label),
    ];
    let unknown = |amount: Option<String>| amount.unwrap_or_else(|| t("product-no-price").to_owned());
    let rows = lines.into_iter().map(|line| {
        view! {
            <tr>
                <HeadCell>{line.what}</HeadCell>
                <NumberCell of=quantity>{line.quantity}</NumberCell>
                <NumberCell of=cost_label>{unknown(line.cost)}</NumberCell>
                <NumberCell of=sales_label>{unknown(line.sales)}</NumberCell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let margin = margin.map(|margin| {
        view! { <KeyValues><KeyValue label=t("order-margin")><span class="figure">{margin}</span></KeyValue></KeyValues> }
    });
    view! {
        <Card title=t("order-sum") flush=true>
            <Table caption=t("order-sum") columns=columns>{rows}</Table>
            <div class="card-note stack">{sum(t("price-cost"), cost)}{sum(t("price-sales"), sales)}{margin}</div>
        </Card>
    }
}

fn sum(title: &'static str, sum: Sum) -> impl IntoView {
    let content = match sum {
        Sum::Known {
            first_month,
            month,
            setup,
        } => view! {
            <KeyValues>
                <KeyValue label=t("order-first-month")><strong class="figure">{first_month}</strong></KeyValue>
                <KeyValue label=t("order-each-month")><span class="figure">{month}</span></KeyValue>
                <KeyValue label=t("order-setup")><span class="figure">{setup}</span></KeyValue>
            </KeyValues>
        }
        .into_any(),
        Sum::NoPrice(what) => {
            let text = t_with("order-no-price", &[("what", what.join(", ").into())]);
            view! { <p class="muted">{text}</p> }.into_any()
        }
        Sum::Currencies => view! { <p class="muted">{t("order-currencies")}</p> }.into_any(),
    };
    view! { <h3>{title}</h3>{content} }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "orders",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let known = |amount: &str| Sum::Known {
        first_month: format!("EUR {amount}"),
        month: format!("EUR {amount}"),
        setup: "EUR 0.00".to_owned(),
    };
    let line = |text: &str, cost: Option<&str>| Line {
        what: text.to_owned(),
        quantity: 1,
        cost: cost.map(str::to_owned),
        sales: cost.map(str::to_owned),
    };
    let more = move |text: &str| More {
        facts: vec![
            (t("price-region"), text.to_owned()),
            (t("server-image"), text.to_owned()),
        ],
        lines: vec![line(text, Some("EUR 4.50")), line(text, None)],
        price: text.to_owned(),
        cost: known("4.50"),
        sales: known("9.00"),
        margin: Some("EUR 4.50".to_owned()),
        confirmed: Some((text.to_owned(), samples::now())),
        ended_at: None,
        contabo_id: Some(text.to_owned()),
        server: None,
        may_order: true,
        can_be_withdrawn: true,
        has_password: false,
        refused: None,
        entries: Some(sample_entries()),
        audit_href: Some("/admin/audit".to_owned()),
    };
    let sample = move |name, progress, change: fn(&mut More), text: &'static str| {
        Sample::new(name, page(), move || {
            let mut more = more(text);
            change(&mut more);
            view! { <OrderPage order=sample_order(text, progress) more=more/> }
        })
    };
    vec![
        sample("order-draft", Progress::Draft, |_| {}, "web-01"),
        sample(
            "order-draft-no-price",
            Progress::Draft,
            |more| {
                more.cost = Sum::NoPrice(vec!["Cloud VPS 4".to_owned()]);
                more.sales = Sum::Currencies;
                more.margin = None;
                more.refused = Some("The price list has changed. Look at the sum again.".to_owned());
            },
            "web-01",
        ),
        sample(
            "order-unclear",
            Progress::Unclear,
            |more| more.can_be_withdrawn = false,
            "web-01",
        ),
        sample(
            "order-awaiting",
            Progress::Awaiting,
            |more| more.may_order = false,
            "web-01",
        ),
        sample(
            "order-done",
            Progress::Done,
            |more| {
                more.can_be_withdrawn = false;
                more.has_password = true;
                more.server = Some(Subject {
                    name: "web-01".to_owned(),
                    href: "/admin/servers/1".to_owned(),
                });
            },
            "web-01",
        ),
        sample(
            "order-failed-hostile",
            Progress::Failed,
            |more| {
                more.refused = Some(HOSTILE.to_owned());
                more.cost = Sum::NoPrice(vec![HOSTILE.to_owned()]);
            },
            HOSTILE,
        ),
    ]
}
