//! What shall be ordered. Sending the form orders nothing yet: the next page shows all of it with its sum.

use leptos::prelude::*;

use super::{What, crumbs};
use crate::{
    admin::{
        products::term_word,
        templates::preview::{Filled, filled_in},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::{
        template::{Template, sample_template, template_choice, told},
        words::region_word,
    },
    t,
    ui::{
        Button, Card, CheckList, Checkbox, Choice, EmptyState, ErrorSummary, FormActions, FormState, Icon, Kind,
        Layout, LinkButton, SelectField, TextField, Tick,
    },
};

/// What there is to choose from: values and names.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    pub products: Vec<(String, String)>,
    pub regions: Vec<String>,
    pub terms: Vec<i32>,
    pub images: Vec<(String, String)>,
    pub keys: Vec<(String, String)>,
    pub add_ons: Vec<(String, String)>,
    pub clients: Vec<(String, String)>,
    /// Those of keys and add-ons that were ticked.
    pub ticked: Vec<String>,
    /// Templates for what a new system is told: ids and names.
    pub templates: Vec<(String, String)>,
    /// The one that was chosen.
    pub template: Option<Template>,
}

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 12] = [
    ("product", "order-product"),
    ("region", "price-region"),
    ("months", "price-term"),
    ("image", "server-image"),
    ("default_user", "server-default-user"),
    ("display_name", "order-name"),
    ("ssh_keys", "server-ssh-keys"),
    ("user_data", "server-user-data"),
    ("client", "client"),
    ("size", "order-size"),
    ("grows", "order-grows"),
    ("grows_to", "order-grows-to"),
];

/// The form. `order` is the order's own id: a form that is sent twice is one order. `account`: id and name.
#[component]
pub fn OrderForm(
    what: What,
    order: String,
    account: (String, String),
    offered: Offered,
    form: FormState,
    /// What the template becomes with what was typed, after that was asked for.
    #[prop(optional_no_strip)]
    filled: Option<Filled>,
) -> impl IntoView {
    let (account, account_name) = account;
    let choice = (what == What::Instance).then(|| {
        let chosen = offered.template.as_ref().map(|template| template.id.clone());
        let kept = vec![
            ("what", what.name().to_owned()),
            ("account", account.clone()),
            ("product", form.value("product")),
            ("client", form.value("client")),
        ];
        template_choice(&offered.templates, chosen, kept)
    });
    let preview = offered.template.is_some().then(|| {
        view! { <Button label=t("template-preview") name="preview" value="yes"/> }
    });
    let filled = filled.map(filled_in);
    let whose = whose(offered.clients.clone(), &form);
    let summary = form.clone();
    let fields = match what {
        What::Instance => instance(offered, &form).into_any(),
        What::Storage => storage(offered, &form).into_any(),
    };
    view! {
        <Layout title=what.title() lead=account_name crumbs=crumbs()>
            {choice}
            <form method="post" action="/admin/orders/new" class="stack wide">
                <input type="hidden" name="order" value=order/>
                <input type="hidden" name="account" value=account/>
                <input type="hidden" name="what" value=what.name()/>
                <ErrorSummary form=summary labels=&LABELS/>
                {fields}
                <Card title=t("order-for")>{whose}</Card>
                <FormActions><Button label=t("order-next") kind=Kind::Primary/>{preview}<LinkButton label=t("cancel") href="/admin/orders"/></FormActions>
                <p class="muted small">{t("order-next-text")}</p>
            </form>
            {filled}
        </Layout>
    }
}

fn choices(pairs: Vec<(String, String)>) -> Vec<Choice> {
    pairs
        .into_iter()
        .map(|(value, name)| Choice::new(value, name))
        .collect()
}

fn region_field(regions: Vec<String>, form: &FormState) -> impl IntoView + use<> {
    let regions = regions
        .into_iter()
        .map(|region| Choice::new(region.clone(), region_word(&region)))
        .collect();
    view! { <SelectField name="region" label=t("price-region") choices=regions required=true value=form.value("region") error=form.error("region")/> }
}

fn name_field(form: &FormState) -> impl IntoView + use<> {
    view! {
        <TextField name="display_name" label=t("order-name") hint=t("order-name-hint") required=true max_length=255
            value=form.value("display_name") error=form.error("display_name")/>
    }
}

fn instance(offered: Offered, form: &FormState) -> impl IntoView + use<> {
    let ticks = |pairs: Vec<(String, String)>| -> Vec<Tick> {
        let ticks = pairs.into_iter().map(|(value, label)| Tick {
            ticked: offered.ticked.contains(&value),
            value,
            label,
            note: None,
        });
        ticks.collect()
    };
    let (keys, add_ons) = (ticks(offered.keys), ticks(offered.add_ons));
    let keys = (!keys.is_empty()).then(|| {
        view! { <CheckList name="ssh_keys" label=t("server-ssh-keys") hint=t("order-keys-hint") ticks=keys error=form.error("ssh_keys")/> }
    });
    let add_ons = (!add_ons.is_empty()).then(
        || view! { <CheckList name="add_ons" label=t("order-add-ons") ticks=add_ons error=form.error("add_ons")/> },
    );
    let (name, region) = (name_field(form), region_field(offered.regions, form));
    let told = told(offered.template, t("order-user-data-hint"), form);
    let terms = offered
        .terms
        .into_iter()
        .map(|months| Choice::new(months.to_string(), term_word(months)))
        .collect();
    let users = ["root", "admin", "administrator"]
        .map(|user| Choice::new(user, user))
        .into();
    let plan = view! {
        {name}
        <SelectField name="product" label=t("order-product") choices=choices(offered.products) required=true empty=t("order-choose")
            value=form.value("product") error=form.error("product")/>
        {region}
        <SelectField name="months" label=t("price-term") hint=t("order-term-hint") choices=terms required=true
            value=form.value("months") error=form.error("months")/>
        {add_ons}
    };
    let system = view! {
        <SelectField name="image" label=t("server-image") choices=choices(offered.images) required=true empty=t("server-image-choose")
            value=form.value("image") error=form.error("image")/>
        <SelectField name="default_user" label=t("server-default-user") hint=t("server-default-user-hint") choices=users required=true
            value=form.value("default_user") error=form.error("default_user")/>
        {keys}
        {told}
    };
    view! { <Card title=t("order-plan")>{plan}</Card><Card title=t("order-system")>{system}</Card> }
}

fn storage(offered: Offered, form: &FormState) -> impl IntoView + use<> {
    let (name, region) = (name_field(form), region_field(offered.regions, form));
    let fields = view! {
        {name}
        {region}
        <TextField name="size" label=t("order-size") hint=t("order-size-hint") required=true max_length=10 value=form.value("size") error=form.error("size")/>
        <Checkbox name="grows" label=t("order-grows") hint=t("order-grows-hint") checked=!form.value("grows").is_empty() error=form.error("grows")/>
        <TextField name="grows_to" label=t("order-grows-to") max_length=10 value=form.value("grows_to") error=form.error("grows_to")/>
    };
    view! { <Card title=t("order-room")>{fields}</Card> }
}

fn whose(clients: Vec<(String, String)>, form: &FormState) -> impl IntoView + use<> {
    view! {
        <SelectField name="client" label=t("client") hint=t("order-for-hint") choices=choices(clients) required=true empty=t("order-for-nobody")
            value=form.value("client") error=form.error("client")/>
    }
}

/// In which account, where there are several; asked before the form, which offers what that account has.
#[component]
pub fn OrderAccount(what: What, accounts: Vec<(String, String)>) -> impl IntoView {
    let accounts = choices(accounts);
    view! {
        <Layout title=what.title() crumbs=crumbs()>
            <form method="get" action="/admin/orders/new" class="stack wide">
                <input type="hidden" name="what" value=what.name()/>
                <Card><SelectField name="account" label=t("contabo-account") hint=t("order-account-hint") choices=accounts required=true/></Card>
                <FormActions><Button label=t("order-next") kind=Kind::Primary/><LinkButton label=t("cancel") href="/admin/orders"/></FormActions>
            </form>
        </Layout>
    }
}

/// Why nothing can be ordered yet.
#[component]
pub fn OrderNothing(what: What, has_account: bool) -> impl IntoView {
    let (title, text, label, href) = match has_account {
        true => (
            t("order-no-products"),
            t("order-no-products-text"),
            t("nav-products"),
            "/admin/products",
        ),
        false => (
            t("order-no-account"),
            t("order-no-account-text"),
            t("contabo-accounts"),
            "/admin/contabo",
        ),
    };
    view! {
        <Layout title=what.title() crumbs=crumbs()>
            <Card><EmptyState title=title text=text icon=Icon::Server><LinkButton label=label href=href/></EmptyState></Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "orders",
        ..samples::page(Area::Admin)
    };
    let pair = |text: &str| vec![("1".to_owned(), text.to_owned()), ("2".to_owned(), format!("{text} 2"))];
    let offered = move |text: &str| Offered {
        products: pair(text),
        regions: vec!["EU".to_owned(), text.to_owned()],
        terms: vec![1, 12],
        images: pair(text),
        keys: pair(text),
        add_ons: pair(text),
        clients: pair(text),
        ticked: vec!["1".to_owned()],
        templates: pair(text),
        template: None,
    };
    let account = |text: &str| ("1".to_owned(), text.to_owned());
    let hostile = |fields: &[&'static str]| {
        let mut form = FormState::new();
        for field in fields {
            form.set(field, HOSTILE);
            form.reject(field, HOSTILE);
        }
        form.reject_all(HOSTILE);
        form
    };
    vec![
        Sample::new("order-new", page(), move || {
            let form = FormState::new().with("months", "1").with("default_user", "root");
            view! { <OrderForm what=What::Instance order="1".to_owned() account=account("Main") offered=offered("Acme") form=form/> }
        }),
        Sample::new("order-new-template", page(), move || {
            let offered = Offered {
                template: Some(sample_template(None)),
                ..offered("Acme")
            };
            let filled = Some(Filled {
                text: "#cloud-config\nhostname: \"web-1\"\n".to_owned(),
                found: Vec::new(),
            });
            view! {
                <OrderForm what=What::Instance order="1".to_owned() account=account("Main") offered=offered form=FormState::new() filled=filled/>
            }
        }),
        Sample::new("order-new-template-hostile", page(), move || {
            let mut form = FormState::new();
            for wanted in sample_template(None).wanted {
                form.set(wanted.field, HOSTILE);
                form.reject(wanted.field, [HOSTILE, ": ", HOSTILE].concat());
            }
            let offered = Offered {
                template: Some(sample_template(Some(HOSTILE))),
                ..offered(HOSTILE)
            };
            let filled = Some(Filled {
                text: HOSTILE.to_owned(),
                found: Vec::new(),
            });
            view! {
                <OrderForm what=What::Instance order=HOSTILE.to_owned() account=account(HOSTILE) offered=offered form=form filled=filled/>
            }
        }),
        Sample::new("order-new-hostile", page(), move || {
            let form = hostile(&[
                "product",
                "region",
                "months",
                "image",
                "default_user",
                "display_name",
                "user_data",
                "client",
            ]);
            view! { <OrderForm what=What::Instance order=HOSTILE.to_owned() account=account(HOSTILE) offered=offered(HOSTILE) form=form/> }
        }),
        Sample::new("order-storage", page(), move || {
            let mut form = FormState::new().with("size", "0.3").with("grows", "yes");
            form.reject("size", "Give a size in steps of 0.25 TB.");
            view! { <OrderForm what=What::Storage order="1".to_owned() account=account("Main") offered=offered("Acme") form=form/> }
        }),
        Sample::new("order-storage-hostile", page(), move || {
            let form = hostile(&["display_name", "region", "size", "grows_to", "client"]);
            view! { <OrderForm what=What::Storage order=HOSTILE.to_owned() account=account(HOSTILE) offered=offered(HOSTILE) form=form/> }
        }),
        Sample::new("order-account", page(), move || {
            view! { <OrderAccount what=What::Instance accounts=pair("Main")/> }
        }),
        Sample::new("order-account-hostile", page(), move || {
            view! { <OrderAccount what=What::Storage accounts=pair(HOSTILE)/> }
        }),
        Sample::new(
            "order-no-account",
            page(),
            || view! { <OrderNothing what=What::Instance has_account=false/> },
        ),
        Sample::new(
            "order-no-products",
            page(),
            || view! { <OrderNothing what=What::Storage has_account=true/> },
        ),
    ]
}
