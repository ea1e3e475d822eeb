//! The month of each link, from sealed days; and the reports that are made of it.

use anyhow::Context;
use entity::LinkId;
use sea_orm::{ConnectionTrait, Statement, Value};
use server::domain::{
    audit::Actor,
    board::LinkNow,
    links::{block::Day, days, interruptions, slot::Slot},
    reports::{self, Document, Made},
    sla::{
        calculation::{Calculation, Inputs, TOGETHER, calculate},
        terms,
    },
};

use super::{MADE, Measured, figures::Figures};
use crate::{
    samples::{bar, ours},
    seed,
    work::Begun,
};

/// Links of which reports are made, or all samples are read: what one takes does not depend on how many there are.
const SOME: usize = 200;

/// What is copied of a link with a month of its own. `$1` is the copy, `$2` that link.
const COPIES: [&str; 2] = [
    "insert into sample_block (tenant_id, link_id, day, samples, digest, sealed_at, bytes) \
     select tenant_id, $1, day, samples, digest, sealed_at, bytes from sample_block where tenant_id = $3 and link_id = $2",
    "insert into day_summary select tenant_id, $1, COLUMNS from day_summary where tenant_id = $3 and link_id = $2",
];

/// Links that are copied in one transaction.
const OF_A_TRANSACTION: usize = 500;

/// The UTC days that the month touches.
pub(super) fn days_of(measured: &Measured<'_>) -> (Day, Day) {
    let period = measured.month.period(measured.board.zone);
    let day = |second| Day::of(Slot::from_second(second));
    (day(period.start()), day(period.end() - 1))
}

/// Seals the month of some links and copies it to the others.
pub(super) async fn fill(measured: &Measured<'_>) -> anyhow::Result<()> {
    let (first, last) = days_of(measured);
    let (made, copies) = measured.links.split_at(MADE);
    let bar_made = bar("months", measured.name, made.len());
    for (seed, link) in (0..).zip(made) {
        let rows = measured.site.db.begin(measured.tenant).await?;
        for day in first.number()..=last.number() {
            let day = Day::from_number(day);
            let slots = day.first_slot().number()..=day.last_slot().number();
            let samples: Vec<_> = slots
                .map(|number| seed::sample(Slot::from_number(number), seed))
                .collect();
            days::seal_with(&rows, *link, day, &samples, measured.site.clock.now()).await?;
        }
        rows.commit().await?;
        bar_made.inc(1);
    }
    bar_made.finish_and_clear();
    let connection = ours::connection(measured.site);
    let backend = connection.get_database_backend();
    let bar = bar("copies", measured.name, copies.len());
    let copies: Vec<(&LinkId, &LinkId)> = copies.iter().zip(made.iter().cycle()).collect();
    for some in copies.chunks(OF_A_TRANSACTION) {
        let transaction = sea_orm::TransactionTrait::begin(connection).await?;
        for (copy, of) in some {
            for statement in COPIES {
                let values: [Value; 3] = [(**copy).into(), (**of).into(), measured.tenant.into()];
                let statement = statement.replace("COLUMNS", &summary_columns());
                let statement = Statement::from_sql_and_values(backend, statement, values);
                transaction.execute_raw(statement).await?;
            }
        }
        transaction.commit().await?;
        bar.inc(some.len() as u64);
    }
    bar.finish_and_clear();
    if measured.postgres.is_some() {
        connection.execute_unprepared("vacuum analyze sample_block; ").await?;
        connection.execute_unprepared("vacuum analyze day_summary").await?;
    }
    Ok(())
}

/// All but the two that are another link's.
fn summary_columns() -> String {
    use sea_orm::{IdenStatic, Iterable};
    let columns = entity::day_summary::Column::iter().skip(2);
    columns
        .map(|column| column.as_str().to_owned())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Calculates as `mainstay sla calculate` does; and of some links from all of their samples, as reports do.
pub(super) async fn measure(figures: &mut Figures, measured: &Measured<'_>) -> anyhow::Result<()> {
    let (rows, board) = (measured.site.db.tenant(measured.tenant), measured.board);
    let links: Vec<_> = measured.links.iter().filter_map(|link| board.links.get(link)).collect();
    let bar = bar("calculating", measured.name, links.len());
    let mut calculated = Vec::with_capacity(links.len());
    let begun = Begun::now(measured.postgres)?;
    let period = measured.month.period(board.zone);
    let agreed = |now: &LinkNow| {
        let promised = board.profile_of(&now.link).map(|profile| &profile.current);
        let agreement = terms::agreement(&now.link, promised);
        (now.link.id, terms::of_link(board, &now.link, period), agreement)
    };
    for some in links.chunks(TOGETHER) {
        let some: Vec<_> = some.iter().map(|now| agreed(now)).collect();
        calculated.extend(calculate(&rows, &some).await?);
        bar.inc(some.len() as u64);
    }
    figures.month(&format!("Mainstay, {}", measured.name), begun.done(links.len())?);
    bar.finish_and_clear();
    let some = &links[..SOME.min(links.len())];
    let begun = Begun::now(measured.postgres)?;
    for (now, calculated) in some.iter().zip(&calculated) {
        let (link, terms, agreement) = agreed(now);
        let read = Inputs::read(&rows, link, terms.window()).await?;
        let edges = interruptions::seconds(&read.edges);
        let looked_at = Calculation::of(&terms, &agreement, &read.samples, &edges);
        anyhow::ensure!(looked_at == *calculated, "the figures of {} differ", now.link.name);
    }
    let who = format!("the same from all samples, {}", measured.name);
    figures.month(&who, begun.done(some.len())?);
    Ok(())
}

/// Makes reports and keeps them; gives one.
pub(super) async fn make(figures: &mut Figures, measured: &Measured<'_>) -> anyhow::Result<Option<Document>> {
    let links = &measured.links[..SOME.min(measured.links.len())];
    let (db, now) = (&measured.site.db, measured.site.clock.now());
    let actor = Actor::system("bench");
    let begun = Begun::now(measured.postgres)?;
    for link in links {
        let made = reports::make(db, measured.board, *link, measured.month, &actor, now, None).await?;
        anyhow::ensure!(matches!(made, Made::New(_)), "a report was there");
    }
    let work = begun.done(links.len())?;
    let row = ours::one(
        measured.site,
        "select cast(avg(length(document)) as bigint) as bytes from sla_report",
    )
    .await?;
    let bytes: i64 = row.try_get("", "bytes")?;
    figures.made(measured.name, work, bytes.unsigned_abs());
    let rows = db.tenant(measured.tenant);
    let first = links.first().context("a link")?;
    let stored = reports::current(&rows, *first, &measured.month.to_string()).await?;
    Ok(stored.map(|stored| stored.document))
}
