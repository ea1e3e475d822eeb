//! What only staff see of a server and do with it: whose it is, its lock, what was found changed at Contabo.

use leptos::prelude::*;

use crate::{
    admin::{
        Subject,
        instances::changes::{Changed, of_one_server},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Choice, Code, Crumb, ErrorSummary, FormActions, FormState, KeyValue, KeyValues, Kind, Layout,
        LinkButton, SelectField, TextField,
    },
};

/// What only staff see of a server.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Name and address of the client that has it.
    pub client: Option<(String, String)>,
    /// The name of the account at Contabo.
    pub account: String,
    /// Contabo's number of it.
    pub contabo_id: i64,
    /// Whether the visitor may give, take and lock it.
    pub manages: bool,
    /// What was found changed at Contabo, the newest first.
    pub changes: Vec<Changed>,
    /// What it costs each month, what its client pays, and what is left; what is not known is none.
    pub money: [Option<String>; 3],
    /// The order that it came of.
    pub order_href: Option<String>,
    /// The tags that it has at Contabo.
    pub tags: Vec<Subject>,
}

pub(super) fn provider_cards(href: &str, locked: bool, provider: Provider) -> impl IntoView + use<> {
    let client = match provider.client {
        Some((name, href)) => view! { <a href=href>{name}</a> }.into_any(),
        None => t("server-nobody").into_any(),
    };
    let actions = provider.manages.then(|| {
        let lock = match locked {
            true => {
                let href = [href, "/unlock"].concat();
                view! { <form method="post" action=href><Button label=t("server-unlock")/></form> }.into_any()
            }
            false => {
                let href = [href, "/lock"].concat();
                view! { <LinkButton label=t("server-lock") href=href/> }.into_any()
            }
        };
        view! { {lock}<LinkButton label=t("offers") href=[href, "/offers"].concat()/><LinkButton label=t("server-give") href=[href, "/give"].concat()/> }
    });
    let actions = actions.into_any();
    // Everybody on the staff may look at what was checked.
    let checks = [href, "/checks"].concat();
    let number = provider.contabo_id.to_string();
    let order = provider
        .order_href
        .map(|href| view! { <KeyValue label=t("server-order")><a href=href>{t("server-order-show")}</a></KeyValue> });
    let tags = match provider.tags.is_empty() {
        true => view! { <span class="muted">{t("tags-on-none")}</span> }.into_any(),
        false => {
            let tags = provider.tags.into_iter();
            let tags = tags.map(|tag| view! { <a href=tag.href>{tag.name}</a>" " });
            tags.collect_view().into_any()
        }
    };
    let [cost, sales, margin] = provider.money.map(|amount| match amount {
        Some(amount) => view! { <span class="figure">{amount}</span> }.into_any(),
        None => view! { <span class="muted">{t("product-no-price")}</span> }.into_any(),
    });
    view! {
        <Card title=t("server-staff") actions=actions>
            <KeyValues>
                <KeyValue label=t("servers-client")>{client}</KeyValue>
                <KeyValue label=t("server-account")>{provider.account}</KeyValue>
                <KeyValue label=t("server-own-id")><Code text=number/></KeyValue>
                <KeyValue label=t("server-cost")>{cost}</KeyValue>
                <KeyValue label=t("server-sales")>{sales}</KeyValue>
                <KeyValue label=t("server-margin")>{margin}</KeyValue>
                {order}
                <KeyValue label=t("checks")><a href=checks>{t("checks-show")}</a></KeyValue>
                <KeyValue label=t("tags")>{tags}</KeyValue>
            </KeyValues>
        </Card>
        {changes_card(provider.changes)}
    }
}

fn changes_card(changes: Vec<Changed>) -> impl IntoView {
    let title = t("server-changes");
    if changes.is_empty() {
        return view! { <Card title=title><p class="muted">{t("server-changes-none")}</p></Card> }.into_any();
    }
    view! { <Card title=title flush=true>{of_one_server(title, changes)}</Card> }.into_any()
}

/// The fields of the two forms and the keys of their labels.
const LABELS: [(&str, &str); 2] = [("client", "servers-client"), ("because", "server-lock-because")];

/// Gives the server to a client, or takes it back; posts to the page's own address.
#[component]
pub fn Give(server: String, href: String, clients: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let choices = clients.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    let fields = form.clone();
    let field = view! {
        <SelectField name="client" label=t("servers-client") choices=choices value=fields.value("client") error=fields.error("client")
            empty=t("server-give-nobody") required=true/>
    };
    one_field(
        server,
        href,
        form,
        (t("server-give"), t("server-give-text"), t("save")),
        field.into_any(),
    )
}

/// Locks the server for its client; posts to the page's own address.
#[component]
pub fn Lock(server: String, href: String, form: FormState) -> impl IntoView {
    let field = view! {
        <TextField name="because" label=t("server-lock-because") value=form.value("because") error=form.error("because") required=true max_length=300/>
    };
    one_field(
        server,
        href,
        form,
        (t("server-lock"), t("server-lock-text"), t("server-lock")),
        field.into_any(),
    )
}

fn one_field(
    server: String,
    href: String,
    form: FormState,
    (title, text, label): (&'static str, &'static str, &'static str),
    field: AnyView,
) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-servers"), "/admin/servers"),
        Crumb::new(server, href.clone()),
    ];
    view! {
        <Layout title=title lead=text crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>{field}</Card>
                <FormActions><Button label=label kind=Kind::Primary/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        ..samples::page(Area::Admin)
    };
    let href = || "/admin/servers/1".to_owned();
    let clients = |name: &str| vec![("1".to_owned(), "Acme".to_owned()), ("2".to_owned(), name.to_owned())];
    let lock = |name, server: &'static str, because: &'static str| {
        Sample::new(name, page(), move || {
            let mut form = FormState::new().with("because", because);
            form.reject("because", "Please fill this in.");
            view! { <Lock server=server.to_owned() href=href() form=form/> }
        })
    };
    vec![
        Sample::new("server-give", page(), move || {
            let form = FormState::new().with("client", "1");
            view! { <Give server="web-1".to_owned() href=href() clients=clients("Globex") form=form/> }
        }),
        Sample::new("server-give-hostile", page(), move || {
            let form = FormState::new().with("client", HOSTILE);
            view! { <Give server=HOSTILE.to_owned() href=href() clients=clients(HOSTILE) form=form/> }
        }),
        lock("server-lock", "web-1", ""),
        lock("server-lock-hostile", HOSTILE, HOSTILE),
    ]
}
