//! The one time that a password is shown to whoever hands it to its owner.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{Card, CopyField, Crumb, Kind, Layout, LinkButton, Notice, Tone},
};

/// Where somebody is in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    Staff,
    ClientUsers,
}

impl Among {
    /// The way back up to the list.
    pub(crate) fn crumb(self) -> Crumb {
        match self {
            Self::Staff => Crumb::new(t("people-staff"), "/admin/staff"),
            Self::ClientUsers => Crumb::new(t("people-client-users"), "/admin/client-users"),
        }
    }
}

/// The page that answers the form: reloading it does not bring the password back.
#[component]
pub fn FirstPassword(
    among: Among,
    name: String,
    mail: String,
    password: String,
    sign_in_url: String,
    done_href: Text,
) -> impl IntoView {
    let title = t_with("people-password-for", &[("name", name.into())]);
    view! {
        <Layout title=title crumbs=vec![among.crumb()]>
            <Card>
                <div class="stack">
                    <Notice tone=Tone::Warning title=t("people-password-once")>{t("people-password-once-text")}</Notice>
                    <CopyField id="first-password" label=t("people-first-password") value=password/>
                    <CopyField id="sign-in-mail" label=t("field-mail") value=mail/>
                    <CopyField id="sign-in-url" label=t("people-sign-in-at") value=sign_in_url/>
                    <div><LinkButton label=t("people-password-done") href=done_href kind=Kind::Primary/></div>
                </div>
            </Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "staff",
        ..samples::page(Area::Admin)
    };
    let sample = |name, who: &'static str| {
        Sample::new(name, page(), move || {
            view! {
                <FirstPassword among=Among::Staff name=who.to_owned() mail=who.to_owned() password="k7mwp-3xqzt-9bhrd-vn4cy".to_owned()
                    sign_in_url="https://portal.northbridge.example/admin/sign-in".to_owned() done_href="/admin/staff/1".into()/>
            }
        })
    };
    vec![
        sample("first-password", "Bob Reyes"),
        sample("first-password-hostile", HOSTILE),
    ]
}
