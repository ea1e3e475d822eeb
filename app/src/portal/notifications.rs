//! Which mails a client's user wants.

use leptos::prelude::*;

use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Button, Card, Checkbox, Crumb, FormActions, Kind, Layout},
};

/// One kind of mail and what was chosen.
#[derive(Clone, Debug)]
pub struct Wish {
    /// `breach`, `report`, `maintenance` or `server`.
    pub kind: Kinds,
    pub wanted: bool,
    /// Whether with the PDF; none where there is none.
    pub pdf: Option<bool>,
}

/// The kinds that one chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds {
    Breach,
    Report,
    Maintenance,
    Server,
}

impl Kinds {
    /// The name of its box, and of the one for its PDF.
    pub fn fields(self) -> (&'static str, &'static str) {
        match self {
            Self::Breach => ("breach", "breach_pdf"),
            Self::Report => ("report", "report_pdf"),
            Self::Maintenance => ("maintenance", "maintenance_pdf"),
            Self::Server => ("server", "server_pdf"),
        }
    }

    /// What such mails tell, as the label of a box.
    pub fn label(self) -> &'static str {
        match self {
            Self::Breach => t("wish-breach"),
            Self::Report => t("wish-report"),
            Self::Maintenance => t("wish-maintenance"),
            Self::Server => t("wish-server"),
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Breach => t("wish-breach-hint"),
            Self::Report => t("wish-report-hint"),
            Self::Maintenance => t("wish-maintenance-hint"),
            Self::Server => t("wish-server-hint"),
        }
    }
}

/// The page. Boxes that are not ticked are not sent.
#[component]
pub fn Notifications(wishes: Vec<Wish>, mail: String, profile_href: String) -> impl IntoView {
    let wishes = wishes.into_iter().map(|wish| {
        let (name, pdf_name) = wish.kind.fields();
        let pdf = wish.pdf.map(|pdf| {
            view! { <div class="mail-wish-pdf"><Checkbox name=pdf_name label=t("wish-pdf") checked=pdf/></div> }
        });
        view! {
            <div class="mail-wish" role="group" aria-label=wish.kind.label()>
                <Checkbox name=name label=wish.kind.label() hint=wish.kind.hint() checked=wish.wanted/>
                {pdf}
            </div>
        }
    });
    let lead = t_with("wishes-lead", &[("mail", mail.into())]);
    view! {
        <Layout title=t("wishes") lead=lead crumbs=vec![Crumb::new(t("profile"), profile_href)]>
            <Card>
                <form method="post" class="stack">
                    {wishes.collect_view()}
                    <FormActions><Button label=t("save") kind=Kind::Primary/></FormActions>
                </form>
            </Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let sample = |name, mail: &'static str| {
        Sample::new(name, samples::page(Area::Portal), move || {
            let wish = |kind, wanted, pdf| Wish { kind, wanted, pdf };
            let wishes = vec![
                wish(Kinds::Breach, true, Some(false)),
                wish(Kinds::Report, true, Some(true)),
                wish(Kinds::Maintenance, false, None),
                wish(Kinds::Server, true, None),
            ];
            view! { <Notifications wishes=wishes mail=mail.to_owned() profile_href="/portal/profile".to_owned()/> }
        })
    };
    vec![
        sample("notifications", "alice@acme.example"),
        sample("notifications-hostile", HOSTILE),
    ]
}
