//! The new password of a server, shown once.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, CopyField, Crumb, Layout, LinkButton, Notice, Tone},
};

/// The page. It is not kept anywhere, so it can't be asked for again.
#[component]
pub fn NewPassword(
    server: String,
    href: String,
    /// Who signs in with it, if that is known.
    user: Option<String>,
    /// None: they sign in with a key.
    password: Option<String>,
    /// Those that were made up for what the system was told, with what they are for.
    others: Vec<(String, String)>,
) -> impl IntoView {
    let user = user.map(|user| view! { <CopyField id="user" label=t("server-new-password-user") value=user/> });
    const IDS: [&str; 12] = [
        "made-1", "made-2", "made-3", "made-4", "made-5", "made-6", "made-7", "made-8", "made-9", "made-10", "made-11",
        "made-12",
    ];
    let others = IDS.into_iter().zip(others);
    let others = others.map(|(id, (label, value))| view! { <CopyField id=id label=label value=value/> });
    let others = others.collect_view();
    let password =
        password.map(|value| view! { <CopyField id="new-password" label=t("server-new-password-value") value=value/> });
    let back = href.clone();
    view! {
        <Layout title=t("server-new-password") crumbs=vec![Crumb::new(server, href)]>
            <Card>
                <div class="stack">
                    <Notice tone=Tone::Warning>{t("server-new-password-text")}</Notice>
                    {user}
                    {password}
                    {others}
                    <div class="form-actions"><LinkButton label=t("server-new-password-back") href=back/></div>
                </div>
            </Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        ..samples::page(Area::Portal)
    };
    let sample = |name, server: &'static str, user: Option<&'static str>| {
        Sample::new(name, page(), move || {
            let (user, password) = (user.map(str::to_owned), Some("aB2cd#EfG3hk".to_owned()));
            let others = vec![(server.to_owned(), "zY9xw#VuT8sr".to_owned())];
            view! { <NewPassword server=server.to_owned() href="/portal/servers/1".to_owned() user=user password=password others=others/> }
        })
    };
    vec![
        sample("server-password", "web-1", Some("root")),
        sample("server-password-hostile", HOSTILE, Some(HOSTILE)),
    ]
}
