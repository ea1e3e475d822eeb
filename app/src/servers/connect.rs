//! How one gets onto a server: the command for it, the rescue system, and its network as files.

use leptos::prelude::*;

use crate::{
    t, t_with,
    ui::{Card, CodeBlock},
};

/// What the help is made of.
#[derive(Clone, Debug, Default)]
pub struct Connect {
    /// The addresses as short as they can be written, those to use first.
    pub hosts: Vec<String>,
    /// Who signs in at first, if Contabo says so.
    pub user: Option<String>,
    pub is_windows: bool,
    pub netplan: Option<String>,
    pub ifupdown: Option<String>,
}

pub(super) fn connect_card(connect: Connect) -> impl IntoView {
    let Connect {
        hosts,
        user,
        is_windows,
        netplan,
        ifupdown,
    } = connect;
    let way = if hosts.is_empty() {
        view! { <p class="muted">{t("server-connect-none")}</p> }.into_any()
    } else if is_windows {
        let user = user.unwrap_or_else(|| "administrator".to_owned());
        view! { <p>{t_with("server-connect-windows", &[("user", user.into())])}</p> }.into_any()
    } else {
        let unknown = user
            .is_none()
            .then(|| view! { <p class="muted">{t("server-connect-user")}</p> });
        let user = user.unwrap_or_else(|| "USER".to_owned());
        let lines: Vec<_> = hosts.iter().map(|host| format!("ssh {user}@{host}")).collect();
        view! { <p>{t("server-connect-ssh-text")}</p><CodeBlock id="connect-ssh" label=t("server-connect-ssh") text=lines.join("\n")/>{unknown} }
            .into_any()
    };
    let network = netplan
        .zip(ifupdown)
        .filter(|_| !is_windows)
        .map(|(netplan, ifupdown)| {
            view! {
                <details class="more">
                    <summary>{t("server-network-help")}</summary>
                    <div class="stack">
                        <p>{t("server-network-text")}</p>
                        <CodeBlock id="connect-netplan" label=t("server-netplan") text=netplan/>
                        <CodeBlock id="connect-ifupdown" label=t("server-ifupdown") text=ifupdown/>
                    </div>
                </details>
            }
        });
    view! {
        <Card title=t("server-connect")>
            <div class="stack">
                {way}
                <details class="more">
                    <summary>{t("server-rescue-help")}</summary>
                    <ol class="server-steps">
                        <li>{t("server-rescue-help-1")}</li>
                        <li>{t("server-rescue-help-2")}</li>
                        <li>{t("server-rescue-help-3")}</li>
                        <li>{t("server-rescue-help-4")}</li>
                    </ol>
                </details>
                {network}
            </div>
        </Card>
    }
}
