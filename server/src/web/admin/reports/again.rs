//! `POST /admin/reports/{report}/again`: makes another revision, by what was agreed then or by what is agreed today.

use actix_web::{HttpResponse, web};
use app::{
    admin::reports::again::{Again, Difference},
    text::Lang,
    ui::{FormState, number},
};
use entity::{SlaProfileVersionId, SlaReportId, link::Faces};

use super::{
    find,
    show::{Forms, answer},
};
use crate::{
    domain::{
        board::Snapshot,
        calendar::Month,
        money::{Currency, Money},
        problem::Problem,
        reports::{self, Agreed, Made, Stored, Which, make},
        typed::{Checks, Rejected, Typed, block, line},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, complaint},
        context::Visit,
        guard::Staff,
        route, see_other_telling,
    },
};

/// The longest reason, in characters.
const REASON: usize = 500;

/// A form that nobody has filled in.
pub(super) fn fresh() -> FormState {
    FormState::new().with("agreement", "then")
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    visit: Visit,
    id: web::Path<SlaReportId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let stored = find(&staff, *id).await?;
    let again = match check(&typed) {
        Ok(again) => again,
        Err(wrong) => {
            let fields = ["agreement", "reason"];
            let forms = Forms {
                again: admin::shown(&typed, &fields, wrong, page.lang(), complaint::of_network),
                ..Forms::default()
            };
            return answer((&site, &staff, &visit), stored, None, forms, page).await;
        }
    };
    let month: Month = stored.head.month.parse().map_err(Error::internal)?;
    let board = admin::board(&site, &staff).await?;
    let (link, now) = (stored.head.link_id, site.clock.now());
    let made = make(&site.db, &board, link, month, &staff.actor(), now, Some(again)).await?;
    let (Made::New(made) | Made::There(made)) = made;
    Ok(see_other_telling(
        route::AdminReport { report: made },
        "done-report-made",
    ))
}

/// A form without a choice has nothing to choose: today nothing else is agreed.
fn check(typed: &Typed) -> Result<reports::Again, Rejected<Problem>> {
    let mut checks = Checks::default();
    let agreement = match typed.get("agreement") {
        "" | "then" => Some(Which::Then),
        "today" => Some(Which::Today),
        _ => checks.keep("agreement", Err(Problem::NotAChoice)),
    };
    let reason = block(typed.get("reason"), REASON).and_then(|text| line(&text.replace('\n', " "), REASON));
    let reason = checks.keep("reason", reason);
    match (agreement, reason) {
        (Some(agreement), Some(reason)) => Ok(reports::Again { reason, agreement }),
        _ => Err(checks.rejected()),
    }
}

/// The form below a report, with what is agreed otherwise today.
pub(super) async fn card(
    (site, staff): (&Site, &Staff),
    stored: &Stored,
    form: FormState,
    lang: Lang,
) -> Result<Again, Error> {
    let board = admin::board(site, staff).await?;
    let link = &board.links.get(&stored.head.link_id).ok_or(Error::NotFound)?.link;
    let then = Agreed::then(&staff.tenant.rows(), &board, link, stored).await?;
    let today = Agreed::today(&board, link);
    let report = stored.head.id;
    Ok(Again {
        href: route::AdminReportAgain { report }.to_string().into(),
        form,
        revision: stored.head.revision,
        differences: differences(&board, &then, &today, lang),
    })
}

fn differences(board: &Snapshot, then: &Agreed, today: &Agreed, lang: Lang) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |what: &'static str, differs: bool, words: &dyn Fn(&Agreed) -> String| {
        if differs {
            found.push(Difference {
                what: lang.t(what).into(),
                then: words(then),
                today: words(today),
            });
        }
    };
    let (link, new) = (&then.link, &today.link);
    let none = || lang.t("not-agreed").to_owned();
    let rate = |bps: i64| match bps > 0 {
        true => number::rate(bps as f64),
        false => none(),
    };
    compare("report-profile", wording(then) != wording(today), &|agreed| {
        let version = |version: i32| lang.t_with("report-version", &[("version", version.into())]);
        wording(agreed).map_or_else(none, |(name, number, _)| format!("{name}, {}", version(number)))
    });
    compare("link-fee", fee(then) != fee(today), &|agreed| {
        fee(agreed).map_or_else(none, |fee| fee.to_string())
    });
    compare("settings-currency", then.currency != today.currency, &|agreed| {
        agreed.currency.clone()
    });
    let committed = (link.committed_down_bps, new.committed_down_bps);
    compare("link-committed-down", committed.0 != committed.1, &|agreed| {
        rate(agreed.link.committed_down_bps)
    });
    let committed = (link.committed_up_bps, new.committed_up_bps);
    compare("link-committed-up", committed.0 != committed.1, &|agreed| {
        rate(agreed.link.committed_up_bps)
    });
    compare("link-faces", link.faces != new.faces, &|agreed| {
        let side = match agreed.link.faces {
            Faces::Customer => lang.t("link-faces-customer"),
            Faces::Network => lang.t("link-faces-network"),
        };
        side.to_owned()
    });
    compare("settings-zone", then.zone != today.zone, &|agreed| {
        agreed.zone.name().to_owned()
    });
    compare("report-client", link.client_id != new.client_id, &|agreed| {
        let client = board.clients.get(&agreed.link.client_id);
        client.map_or_else(String::new, |client| client.name.clone())
    });
    compare("router", link.router_id != new.router_id, &|agreed| {
        let router = board.routers.get(&agreed.link.router_id);
        router.map_or_else(String::new, |now| now.router.name.clone())
    });
    found
}

/// The profile's name, and which of its wordings.
fn wording(agreed: &Agreed) -> Option<(&str, i32, SlaProfileVersionId)> {
    let (name, wording) = agreed.wording.as_ref()?;
    Some((name, wording.version, wording.id))
}

fn fee(agreed: &Agreed) -> Option<Money> {
    let currency = Currency::of_kept(&agreed.currency);
    agreed.link.monthly_fee_minor.map(|minor| Money::new(minor, currency))
}
