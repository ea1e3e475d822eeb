//! Windows that repeat: what is typed of them, and what is made of it.

use super::*;

#[tokio::test]
async fn windows_of_a_series_are_made_ahead_once_and_each_is_its_own() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db).await;
    let (db, tenant, actor) = (&scene.db, scene.tenant, Actor::system("test"));
    let weekly = series::Draft {
        title: "Firmware".to_owned(),
        starts: "2026-11-24T02:00".to_owned(),
        minutes: "120".to_owned(),
        repeats: "weekly".to_owned(),
        every: "1".to_owned(),
        days: vec!["TU".to_owned()],
        ends: "never".to_owned(),
        covers: "all".to_owned(),
        ..series::Draft::default()
    };
    let board = scene.board().await;
    let plan = weekly.check(&board, now()).unwrap();
    let id = series::create(db, tenant, board.zone, &actor, now(), plan)
        .await
        .unwrap();
    let windows = async || {
        let rows = db.tenant(tenant);
        let all = rows
            .find::<maintenance_window::Entity>()
            .filter(maintenance_window::Column::SeriesId.eq(id))
            .order_by(maintenance_window::Column::OccursAt, sea_orm::Order::Asc);
        all.all().await.unwrap()
    };
    let made = windows().await;
    assert_eq!(made.len(), 13);
    assert!(made.iter().all(|one| one.approved_at.is_none()));
    assert_eq!(made[0].starts_at.to_rfc3339(), "2026-11-24T01:00:00+00:00");
    assert_eq!((made[0].ends_at - made[0].starts_at).num_minutes(), 120);
    let listed = list::windows(&*scene.board().await, "", now()).coming.len();
    assert_eq!(listed, 1, "the next stands for all");
    series::approve(db, tenant, &actor, now(), id).await.unwrap();
    assert_eq!(scene.hours_out().await, 2, "one is in November");
    // One is moved and one cancelled: neither is made again.
    let board = scene.board().await;
    let moved = approved("2026-11-25T02:00", "2026-11-25T03:00")
        .check(&board, now())
        .unwrap();
    change(db, tenant, &actor, now(), made[0].id, moved).await.unwrap();
    cancel(db, tenant, &actor, now(), made[12].id, decides(""))
        .await
        .unwrap();
    let week_after = now() + TimeDelta::days(8);
    assert_eq!(series::make_ahead(db, tenant, board.zone, now()).await.unwrap(), 0);
    assert_eq!(series::make_ahead(db, tenant, board.zone, week_after).await.unwrap(), 1);
    assert_eq!(series::make_ahead(db, tenant, board.zone, week_after).await.unwrap(), 0);
    let made = windows().await;
    assert_eq!(made.len(), 14);
    assert!(made[13].approved_at.is_some(), "as the series is");
    series::end(db, tenant, &actor, week_after, id).await.unwrap();
    let going_on = windows()
        .await
        .into_iter()
        .filter(|one| one.cancelled_at.is_none())
        .count();
    assert_eq!(going_on, 1, "what has begun stays");
    assert_eq!(series::make_ahead(db, tenant, board.zone, week_after).await.unwrap(), 0);
    let again = series::end(db, tenant, &actor, week_after, id).await;
    assert!(matches!(again, Err(Error::Conflict)));
}

#[tokio::test]
async fn what_is_typed_of_a_series_is_checked_field_by_field() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db).await;
    let board = scene.board().await;
    let good = series::Draft {
        title: "Firmware".to_owned(),
        starts: "2026-11-24T02:00".to_owned(),
        minutes: "120".to_owned(),
        repeats: "rule".to_owned(),
        rule: "FREQ=MONTHLY;BYDAY=1SU".to_owned(),
        covers: "all".to_owned(),
        ..series::Draft::default()
    };
    assert!(good.check(&board, now()).is_ok());
    let wrong = |change: fn(&mut series::Draft)| {
        let mut draft = good.clone();
        change(&mut draft);
        let rejected = draft.check(&board, now()).unwrap_err().0;
        assert_eq!(rejected.len(), 1, "{rejected:?}");
        rejected.into_iter().next().unwrap()
    };
    assert_eq!(
        wrong(|draft| draft.minutes = "0".to_owned()),
        ("minutes", Reason::NotMinutes)
    );
    assert_eq!(
        wrong(|draft| draft.minutes = "44641".to_owned()),
        ("minutes", Reason::NotMinutes)
    );
    assert_eq!(
        wrong(|draft| draft.starts = "2026-11-20T02:00".to_owned()),
        ("starts", Reason::Past)
    );
    assert_eq!(
        wrong(|draft| draft.repeats = "hourly".to_owned()),
        ("repeats", Reason::NotAChoice)
    );
    assert_eq!(
        wrong(|draft| draft.rule = "FREQ=DAILY;BYHOUR=2".to_owned()),
        ("rule", Reason::Rule(BadRule::Unsupported("BYHOUR".to_owned())))
    );
    assert_eq!(
        wrong(|draft| draft.rule = "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30".to_owned()),
        ("rule", Reason::Never)
    );
    let plain = |change: fn(&mut series::Draft)| {
        let mut draft = series::Draft {
            repeats: "daily".to_owned(),
            every: "1".to_owned(),
            ends: "never".to_owned(),
            ..good.clone()
        };
        change(&mut draft);
        draft.check(&board, now()).err().map(|rejected| rejected.0)
    };
    assert_eq!(plain(|_| {}), None);
    assert_eq!(
        plain(|draft| draft.every = "0".to_owned()),
        Some(vec![("every", Reason::NotANumber)])
    );
    let until_yesterday = plain(|draft| {
        draft.ends = "on".to_owned();
        draft.until = "2026-11-20".to_owned();
    });
    assert_eq!(until_yesterday, Some(vec![("ends", Reason::Never)]));
    let so_many = plain(|draft| {
        draft.ends = "after".to_owned();
        draft.times = "many".to_owned();
    });
    assert_eq!(so_many, Some(vec![("times", Reason::NotANumber)]));
}
