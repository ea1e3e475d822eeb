//! Where the use of a link is going, in the customer's directions.

use app::measured::trend;
use chrono::{DateTime, Utc};
use entity::link;

use super::directions;
use crate::{
    domain::links::{
        status,
        trend::{Course, Direction, LEAST_WEEKS, Reach, Trend},
    },
    site::Site,
    web::Error,
};

/// The trend of a link, while it is in service.
pub(in crate::web) async fn trend(
    site: &Site,
    link: &link::Model,
    now: DateTime<Utc>,
) -> Result<Option<trend::Trend>, Error> {
    if !status::is_active(link, now) {
        return Ok(None);
    }
    let found = site.trends.of(link, now).await?;
    Ok(Some(shown(link, &found, now)))
}

fn shown(link: &link::Model, found: &Trend, now: DateTime<Utc>) -> trend::Trend {
    let direction = |direction: &Direction, committed: i64| trend::Direction {
        weeks: direction.weeks().to_vec(),
        committed: committed as f64,
        course: match direction.course() {
            Course::TooShort(known) => trend::Course::TooShort {
                known,
                needed: LEAST_WEEKS,
            },
            Course::Level => trend::Course::Level {
                mean: direction.mean().unwrap_or_default(),
            },
            Course::Unsteady => trend::Course::Unsteady,
            Course::Line(line) => {
                let (change, bound) = line.slope();
                let reach = (committed > 0).then(|| found.reach(direction, committed as f64, now));
                trend::Course::Changes {
                    now: found.at(direction, &line, now),
                    change: change * WEEKS_A_MONTH,
                    bound: bound * WEEKS_A_MONTH,
                    reach: reach.flatten().map(reached),
                }
            }
        },
    };
    let [received, sent] = found.directions();
    let (download, upload) = directions(link.faces, received, sent);
    trend::Trend {
        download: direction(download, link.committed_down_bps),
        upload: direction(upload, link.committed_up_bps),
    }
}

/// Of a mean month: 365.2425 days of twelve months.
const WEEKS_A_MONTH: f64 = 365.2425 / 12.0 / 7.0;

fn reached(reach: Reach) -> trend::Reach {
    match reach {
        Reach::Likely {
            earliest,
            likeliest,
            latest,
        } => trend::Reach::Likely {
            earliest,
            likeliest,
            latest,
        },
        Reach::NotBefore(earliest) => trend::Reach::NotBefore(earliest),
        Reach::Beyond(last) => trend::Reach::Beyond(last),
    }
}
