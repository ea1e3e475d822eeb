//! One's own page: name, time zone, password, and the browsers where one is signed in.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    page::{Area, page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Button, Card, Cell, Choice, Column, ErrorSummary, FormActions, FormState, HeadCell, Kind, Layout, LinkButton,
        SelectField, Table, When,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 1] = [("zone", "profile-zone")];

/// A browser where one is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// What the button posts as `session`.
    pub name: String,
    /// What the browser says of itself.
    pub browser: String,
    pub address: String,
    pub seen_at: DateTime<Utc>,
    /// It is the one that asks.
    pub is_this: bool,
}

/// Where the page's links and buttons lead. The last two take a POST.
#[derive(Clone, Debug)]
pub struct Urls {
    pub password: String,
    pub end_session: String,
    pub sign_out_everywhere: String,
    /// Client users choose there which mails they get.
    pub notifications: Option<String>,
}

/// The page. The form posts `zone` to the page's own address; empty stands for the provider's zone.
#[component]
pub fn Profile(
    name: String,
    mail: String,
    form: FormState,
    zones: Vec<&'static str>,
    sessions: Vec<Session>,
    urls: Urls,
) -> impl IntoView {
    let choices = zones.into_iter().map(|zone| Choice::new(zone, zone)).collect();
    // Operators are nobody's customers and nobody's staff.
    let default_zone = match page().area {
        Area::Operator => t("profile-zone-utc"),
        Area::Portal | Area::Admin | Area::Public => t("profile-zone-default"),
    };
    let Urls {
        password,
        end_session,
        sign_out_everywhere,
        notifications,
    } = urls;
    let notifications = notifications.map(|href| {
        view! { <Card title=t("wishes")><LinkButton label=t("mail-choose") href=href/></Card> }
    });
    let rows = sessions.into_iter().map(move |session| {
        let end = if session.is_this {
            view! { <span class="muted">{t("profile-this-browser")}</span> }.into_any()
        } else {
            view! {
                <form method="post" action=end_session.clone()>
                    <Button label=t("profile-end-session") name="session" value=session.name/>
                </form>
            }
            .into_any()
        };
        view! {
            <tr>
                <HeadCell>{browser_name(&session.browser)}</HeadCell>
                <Cell of=t("profile-address")>{session.address}</Cell>
                <Cell of=t("profile-seen")><When at=session.seen_at/></Cell>
                <Cell of=t("profile-action")>{end}</Cell>
            </tr>
        }
    });
    let columns = vec![
        Column::text(t("profile-browser")),
        Column::text(t("profile-address")),
        Column::text(t("profile-seen")),
        Column::text(t("profile-action")),
    ];
    view! {
        <Layout title=name lead=mail>
            <div class="stack">
                <Card title=t("profile-zone")>
                    <form method="post" class="stack">
                        <ErrorSummary form=form.clone() labels=&LABELS/>
                        <SelectField name="zone" label=t("profile-zone") choices=choices value=form.value("zone")
                            empty=default_zone error=form.error("zone")/>
                        <FormActions><Button label=t("save") kind=Kind::Primary/></FormActions>
                    </form>
                </Card>
                {notifications}
                <Card title=t("profile-password")>
                    <LinkButton label=t("password-change") href=password/>
                </Card>
                <Card title=t("profile-sessions")>
                    <Table caption=t("profile-sessions") columns=columns>{rows.collect_view()}</Table>
                    <form method="post" action=sign_out_everywhere>
                        <FormActions><Button label=t("profile-sign-out-everywhere") kind=Kind::Danger/></FormActions>
                    </form>
                </Card>
            </div>
        </Layout>
    }
}

/// A browser as people call theirs ("Firefox on Linux"), from what it says of itself; what is not known is shown as it came.
fn browser_name(agent: &str) -> String {
    // Each of these also claims to be those after it, so the order decides.
    let browsers = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let of = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    match (of(&browsers), of(&systems)) {
        (Some(browser), Some(system)) => t_with(
            "profile-browser-on",
            &[("browser", browser.into()), ("system", system.into())],
        ),
        _ => agent.to_owned(),
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let sample = |name, area, text: &'static str| {
        let session = move |is_this| Session {
            name: text.to_owned(),
            browser: text.to_owned(),
            address: "198.51.100.7".to_owned(),
            seen_at: samples::page(area).now,
            is_this,
        };
        Sample::new(name, samples::page(area), move || {
            let urls = Urls {
                password: "/portal/password".to_owned(),
                end_session: "/portal/profile/end-session".to_owned(),
                sign_out_everywhere: "/portal/sign-out-everywhere".to_owned(),
                notifications: (area == Area::Portal).then(|| "/portal/notifications".to_owned()),
            };
            let mut form = FormState::new().with("zone", "Europe/Berlin");
            form.reject("zone", text);
            view! {
                <Profile name=text.to_owned() mail=text.to_owned() form=form zones=vec!["Europe/Berlin", "UTC"]
                    sessions=vec![session(true), session(false)] urls=urls/>
            }
        })
    };
    vec![
        sample("profile", Area::Portal, "Firefox on Linux"),
        sample("profile-hostile", Area::Admin, HOSTILE),
    ]
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn a_browser_is_called_by_its_name_or_by_what_it_says() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";
        assert_eq!(browser_name(chrome), "Chrome on Linux");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
        assert_eq!(browser_name(safari), "Safari on iPhone");
        assert_eq!(browser_name("curl/8.14.1"), "curl/8.14.1");
    }
}
