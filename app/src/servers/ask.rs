//! The page before something is asked of a server: what will happen, what is needed for it, and a button.

use leptos::prelude::*;

use super::{
    template::{Template, sample_template, template_choice, told},
    values::sample_values,
    words::Act,
};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, CheckList, Choice, Crumb, DangerConfirm, ErrorSummary, FormActions, FormState, Kind, Layout,
        LinkButton, Notice, PasswordField, SelectField, TextField, Tick, Tone,
    },
};

/// What is asked of which server.
#[derive(Clone, Debug)]
pub struct Ask {
    pub act: Act,
    /// The server's name, which is typed again where something is lost.
    pub server: String,
    /// The server's page; it is asked for below that.
    pub href: String,
    pub list_href: String,
    /// Id and name of the snapshot that it is about.
    pub snapshot: Option<(String, String)>,
    /// Why the visitor can't ask for anything.
    pub locked: Option<String>,
    /// The provider has switched it off for this client.
    pub is_off: bool,
    /// Ids and names of what can be installed.
    pub images: Vec<(String, String)>,
    /// Ids and names of keys that can be put in.
    pub keys: Vec<(String, String)>,
    /// Ids of those that were ticked.
    pub ticked: Vec<String>,
    /// Ids and names of templates for what the new system is told.
    pub templates: Vec<(String, String)>,
    /// The one that was chosen.
    pub template: Option<Template>,
    /// What it can be tied to or taken from: ids and names of networks, firewalls or addresses.
    pub things: Vec<(String, String)>,
    /// Why Contabo would not do it now.
    pub impossible: Option<String>,
}

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 11] = [
    ("display_name", "server-display-name"),
    ("name", "server-snapshot-name"),
    ("description", "server-snapshot-description"),
    ("image", "server-image"),
    ("default_user", "server-default-user"),
    ("ssh_keys", "server-ssh-keys"),
    ("user_data", "server-user-data"),
    ("confirm", "server-type-name"),
    ("password", "server-your-password"),
    ("thing", "server-of-which"),
    ("ptr", "reverse-name"),
];

/// The page, posting to its own path.
#[component]
pub fn AskPage(ask: Ask, form: FormState) -> impl IntoView {
    let act = ask.act;
    let title = t_with(
        "server-ask-title",
        &[("act", act.label().into()), ("server", ask.server.clone().into())],
    );
    let crumbs = vec![
        Crumb::new(t("nav-servers"), ask.list_href.clone()),
        Crumb::new(ask.server.clone(), ask.href.clone()),
    ];
    let content = if ask.is_off {
        let href = ask.href;
        view! { <Notice tone=Tone::Warning>{t("server-refused-off")}</Notice><p><LinkButton label=t("back") href=href/></p> }.into_any()
    } else if let Some(because) = ask.locked {
        let href = ask.href;
        let why = t_with("server-refused-locked", &[("because", because.into())]);
        view! { <Notice tone=Tone::Warning>{why}</Notice><p><LinkButton label=t("back") href=href/></p> }.into_any()
    } else if let Some(why) = ask.impossible {
        let href = ask.href;
        view! { <Notice tone=Tone::Warning title=t("move-not-now")>{why}</Notice><p><LinkButton label=t("back") href=href/></p> }
            .into_any()
    } else if act == Act::Reinstall && ask.images.is_empty() {
        let href = ask.href;
        view! { <Notice tone=Tone::Warning>{t("server-no-images")}</Notice><p><LinkButton label=t("back") href=href/></p> }
            .into_any()
    } else if act.chooses() && ask.things.is_empty() {
        let href = ask.href;
        view! { <Notice tone=Tone::Warning>{t("server-nothing-to-choose")}</Notice><p><LinkButton label=t("back") href=href/></p> }
            .into_any()
    } else if act == Act::Start || act.asks_first() {
        question(ask, form).into_any()
    } else {
        whole_form(ask, form).into_any()
    };
    view! { <Layout title=title crumbs=crumbs>{content}</Layout> }
}

fn question(ask: Ask, form: FormState) -> impl IntoView {
    let (question, text) = match ask.act {
        Act::Start => ("server-start-question", t("server-start-text")),
        Act::Stop => ("server-stop-question", t("server-stop-text")),
        Act::Shutdown => ("server-shutdown-question", t("server-shutdown-text")),
        Act::Rescue => ("server-rescue-question", t("server-rescue-text")),
        Act::ResetPassword => ("server-reset-password-question", t("server-reset-password-text")),
        _ => ("server-restart-question", t("server-restart-text")),
    };
    let question = t_with(question, &[("name", ask.server.into())]);
    let action = [&ask.href, "/act/", ask.act.name()].concat();
    let keys = keys_field(ask.keys, &ask.ticked, &form);
    view! {
        <DangerConfirm question=question consequence=text label=ask.act.label() action=action cancel_href=ask.href>
            <ErrorSummary form=form labels=&LABELS/>
            {keys}
        </DangerConfirm>
    }
}

fn whole_form(ask: Ask, form: FormState) -> impl IntoView {
    let act = ask.act;
    let text = match act {
        Act::Reinstall => t("server-reinstall-text"),
        Act::Rename => t("server-rename-text"),
        Act::Cancel => t("server-cancel-text"),
        Act::TakeSnapshot => t("server-take-snapshot-text"),
        Act::RenameSnapshot => t("server-rename-snapshot-text"),
        Act::RollBack => t("server-roll-back-text"),
        Act::JoinNetwork => t("server-join-network-text"),
        Act::LeaveNetwork => t("server-leave-network-text"),
        Act::JoinFirewall => t("server-join-firewall-text"),
        Act::LeaveFirewall => t("server-leave-firewall-text"),
        Act::AssignVip => t("address-text"),
        Act::UnassignVip => t("server-unassign-address-text"),
        Act::SetReverseName => t("server-set-reverse-name-text"),
        Act::RemoveReverseName => t("server-remove-reverse-name-text"),
        Act::BuyAddOn => t("server-buy-add-on-text"),
        Act::ChangeRegion => t("server-move-text"),
        _ => t("server-delete-snapshot-text"),
    };
    let text = match act.asks_twice() {
        true => view! { <Notice tone=Tone::Warning>{text}</Notice> }.into_any(),
        false => view! { <p class="muted">{text}</p> }.into_any(),
    };
    let of = ask.snapshot.as_ref().map(|(id, name)| {
        let (id, name) = (
            id.clone(),
            t_with("server-of-snapshot", &[("name", name.clone().into())]),
        );
        view! { <p><strong>{name}</strong></p><input type="hidden" name="snapshot" value=id/> }
    });
    let action = [&ask.href, "/act/", act.name()].concat();
    let sure = act
        .asks_twice()
        .then(|| sure(t("server-type-name"), &ask.server, &form));
    let href = ask.href.clone();
    let choice = (act == Act::Reinstall).then(|| {
        let chosen = ask.template.as_ref().map(|template| template.id.clone());
        template_choice(&ask.templates, chosen, Vec::new())
    });
    let kind = if act.destroys() { Kind::Danger } else { Kind::Primary };
    let fields = fields(ask, &form);
    view! {
        {choice}
        <form method="post" action=action class="stack wide">
            <ErrorSummary form=form labels=&LABELS/>
            <Card>{text}{of}{fields}{sure}</Card>
            <FormActions><Button label=act.label() kind=kind/><LinkButton label=t("cancel") href=href/></FormActions>
        </form>
    }
}

fn fields(ask: Ask, form: &FormState) -> impl IntoView + use<> {
    match ask.act {
        Act::Rename => view! {
            <TextField name="display_name" label=t("server-display-name") hint=t("server-display-name-hint") max_length=255
                value=form.value("display_name") error=form.error("display_name")/>
        }
        .into_any(),
        Act::TakeSnapshot | Act::RenameSnapshot => view! {
            <TextField name="name" label=t("server-snapshot-name") hint=t("server-snapshot-name-hint") required=true max_length=30
                value=form.value("name") error=form.error("name")/>
            <TextField name="description" label=t("server-snapshot-description") max_length=255
                value=form.value("description") error=form.error("description")/>
        }
        .into_any(),
        Act::Reinstall => {
            let images = ask.images.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
            let users = ["root", "admin"].map(|user| Choice::new(user, user)).into();
            let keys = keys_field(ask.keys, &ask.ticked, form);
            let told = told(ask.template, t("server-user-data-hint"), form);
            view! {
                <SelectField name="image" label=t("server-image") choices=images required=true empty=t("server-image-choose")
                    value=form.value("image") error=form.error("image")/>
                <SelectField name="default_user" label=t("server-default-user") hint=t("server-default-user-hint") choices=users required=true
                    value=form.value("default_user") error=form.error("default_user")/>
                {keys}
                {told}
            }
            .into_any()
        }
        act if act.chooses() => {
            let things = ask.things.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
            let name = (act == Act::SetReverseName).then(|| {
                view! {
                    <TextField name="ptr" label=t("reverse-name") hint=t("reverse-name-hint") required=true mono=true max_length=253
                        value=form.value("ptr") error=form.error("ptr")/>
                }
            });
            // Nobody moves a server to the region that happens to be the first.
            let empty = (act == Act::ChangeRegion).then(|| t("move-choose"));
            view! {
                <SelectField name="thing" label=t("server-of-which") choices=things required=true empty=empty
                    value=form.value("thing") error=form.error("thing")/>
                {name}
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

fn keys_field(keys: Vec<(String, String)>, ticked: &[String], form: &FormState) -> Option<impl IntoView + use<>> {
    let some = !keys.is_empty();
    let ticks: Vec<_> = keys
        .into_iter()
        .map(|(value, label)| Tick {
            ticked: ticked.contains(&value),
            value,
            label,
            note: None,
        })
        .collect();
    let error = form.error("ssh_keys");
    some.then(|| view! { <CheckList name="ssh_keys" label=t("server-ssh-keys") ticks=ticks error=error/> })
}

/// That the visitor means the thing of this name, and is who they were.
pub(crate) fn sure(label: &'static str, name: &str, form: &FormState) -> impl IntoView + use<> {
    let hint: Text = t_with("server-type-name-hint", &[("name", name.to_owned().into())]).into();
    view! {
        <TextField name="confirm" label=label hint=hint required=true value=form.value("confirm") error=form.error("confirm")/>
        <PasswordField name="password" label=t("server-your-password") hint=t("server-your-password-hint") autocomplete="current-password"
            required=true error=form.error("password")/>
    }
}

/// The page as it could be served, for each that is asked.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        ..samples::page(Area::Portal)
    };
    let ask = |act, text: Option<&str>| {
        let named = |usual: &str| text.unwrap_or(usual).to_owned();
        Ask {
            act,
            server: named("web-1"),
            href: "/portal/servers/1".to_owned(),
            list_href: "/portal/servers".to_owned(),
            snapshot: matches!(act, Act::RenameSnapshot | Act::RollBack | Act::DeleteSnapshot)
                .then(|| ("7".to_owned(), named("before the upgrade"))),
            locked: None,
            is_off: false,
            images: vec![
                ("1".to_owned(), named("Debian 13")),
                ("2".to_owned(), named("Ubuntu 24.04")),
            ],
            keys: match act {
                Act::Reinstall => vec![("4".to_owned(), named("Alice's laptop")), ("5".to_owned(), named("CI"))],
                _ => Vec::new(),
            },
            ticked: vec!["4".to_owned()],
            templates: vec![("8".to_owned(), named("Hardened Ubuntu"))],
            template: None,
            things: vec![("1".to_owned(), named("backend")), ("2".to_owned(), named("lab"))],
            impossible: None,
        }
    };
    let with_template = move |text: Option<&str>| Ask {
        template: Some(sample_template(text)),
        ..ask(Act::Reinstall, text)
    };
    let sample = |name, act, text: Option<&'static str>| {
        Sample::new(name, page(), move || {
            let mut form = FormState::new().with("default_user", "root");
            if let Some(text) = text {
                for field in [
                    "display_name",
                    "name",
                    "description",
                    "image",
                    "user_data",
                    "confirm",
                    "ptr",
                ] {
                    form.set(field, text);
                }
                form.reject("confirm", "This is not the name of the server.");
                form.reject("password", "This is not your password.");
                form.reject("image", "Choose one of the images.");
            }
            let ask = ask(act, text);
            view! { <AskPage ask=ask form=form/> }
        })
    };
    vec![
        sample("server-ask-start", Act::Start, None),
        sample("server-ask-stop", Act::Stop, None),
        sample("server-ask-shutdown", Act::Shutdown, None),
        sample("server-ask-restart", Act::Restart, None),
        sample("server-ask-rescue", Act::Rescue, None),
        sample("server-ask-reset-password", Act::ResetPassword, None),
        sample("server-ask-rename", Act::Rename, None),
        sample("server-ask-cancel", Act::Cancel, None),
        sample("server-ask-take-snapshot", Act::TakeSnapshot, None),
        sample("server-ask-rename-snapshot", Act::RenameSnapshot, None),
        sample("server-ask-roll-back", Act::RollBack, None),
        sample("server-ask-delete-snapshot", Act::DeleteSnapshot, None),
        sample("server-ask-join-network", Act::JoinNetwork, None),
        sample("server-ask-leave-network", Act::LeaveNetwork, None),
        sample("server-ask-join-firewall", Act::JoinFirewall, None),
        sample("server-ask-leave-firewall", Act::LeaveFirewall, None),
        sample("server-ask-assign-address", Act::AssignVip, None),
        sample("server-ask-unassign-address", Act::UnassignVip, None),
        sample("server-ask-buy-add-on", Act::BuyAddOn, None),
        sample("server-ask-change-region", Act::ChangeRegion, None),
        Sample::new("server-ask-change-region-hostile", page(), move || {
            let ask = Ask {
                impossible: Some(HOSTILE.to_owned()),
                ..ask(Act::ChangeRegion, Some(HOSTILE))
            };
            view! { <AskPage ask=ask form=FormState::new()/> }
        }),
        sample("server-ask-remove-reverse-name", Act::RemoveReverseName, None),
        Sample::new("server-ask-reverse-name-hostile", page(), move || {
            let mut form = FormState::new().with("ptr", HOSTILE);
            form.reject("thing", HOSTILE);
            form.reject("ptr", HOSTILE);
            let ask = ask(Act::SetReverseName, Some(HOSTILE));
            view! { <AskPage ask=ask form=form/> }
        }),
        sample("server-ask-reinstall", Act::Reinstall, None),
        sample("server-ask-reinstall-hostile", Act::Reinstall, Some(HOSTILE)),
        Sample::new("server-ask-template", page(), move || {
            view! { <AskPage ask=with_template(None) form=FormState::new()/> }
        }),
        Sample::new("server-ask-template-hostile", page(), move || {
            let mut form = FormState::new();
            for wanted in sample_values(None) {
                form.set(wanted.field, HOSTILE);
                form.reject(wanted.field, [HOSTILE, ": ", HOSTILE].concat());
            }
            view! { <AskPage ask=with_template(Some(HOSTILE)) form=form/> }
        }),
        Sample::new("server-ask-no-images", page(), move || {
            let ask = Ask {
                images: Vec::new(),
                ..ask(Act::Reinstall, None)
            };
            view! { <AskPage ask=ask form=FormState::new()/> }
        }),
        Sample::new("server-ask-locked-hostile", page(), move || {
            let ask = Ask {
                locked: Some(HOSTILE.to_owned()),
                is_off: false,
                ..ask(Act::Restart, Some(HOSTILE))
            };
            view! { <AskPage ask=ask form=FormState::new()/> }
        }),
    ]
}
