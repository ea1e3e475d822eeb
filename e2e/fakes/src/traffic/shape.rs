//! The rhythms of a day and a week, as shares of what a link could carry.

use super::Both;

/// Who uses a link, which decides when it is busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Busy from nine to six, Monday to Friday, with a dip at lunch.
    Office,
    /// Peaks between eight and eleven in the evening, fuller at weekends.
    Residential,
    /// Flat day and night.
    DataCentre,
    /// Next to nothing by day, the customer's backup from one to five at night.
    NightBackup,
    /// Keep-alives and little else.
    Idle,
}

impl Shape {
    /// Every shape, for fleets and tests.
    pub const ALL: [Self; 5] = [
        Self::Office,
        Self::Residential,
        Self::DataCentre,
        Self::NightBackup,
        Self::Idle,
    ];

    /// Per mille of the ceiling at a local time given in seconds since the epoch, between the
    /// hours in a straight line.
    pub(super) fn level(self, local_seconds: i64) -> u64 {
        let here = self.at_hour(local_seconds.div_euclid(3_600));
        let next = self.at_hour(local_seconds.div_euclid(3_600) + 1);
        let into = local_seconds.rem_euclid(3_600) as u64;
        (here * (3_600 - into) + next * into) / 3_600
    }

    fn at_hour(self, hour: i64) -> u64 {
        // The epoch was a Thursday.
        let weekday = (hour.div_euclid(24) + 3).rem_euclid(7);
        let (week, weekend) = self.hours();
        let hours = if weekday < 5 { week } else { weekend };
        u64::from(hours[hour.rem_euclid(24) as usize])
    }

    fn hours(self) -> (&'static [u16; 24], &'static [u16; 24]) {
        match self {
            Self::Office => (
                &[
                    30, 25, 25, 25, 25, 30, 50, 120, 310, 520, 600, 620, 540, 480, 590, 630, 600, 500, 310, 160, 100,
                    70, 50, 40,
                ],
                &[
                    30, 25, 25, 25, 25, 25, 30, 35, 50, 70, 80, 80, 75, 70, 70, 65, 60, 50, 45, 40, 40, 35, 35, 30,
                ],
            ),
            Self::Residential => (
                &[
                    300, 190, 120, 90, 80, 90, 130, 190, 220, 230, 240, 250, 270, 270, 280, 310, 360, 430, 520, 620,
                    690, 710, 620, 450,
                ],
                &[
                    380, 260, 170, 110, 90, 90, 110, 160, 240, 320, 380, 410, 430, 440, 450, 460, 490, 540, 610, 680,
                    720, 730, 660, 510,
                ],
            ),
            Self::DataCentre => (
                &[
                    420, 415, 410, 405, 400, 405, 410, 420, 430, 440, 445, 450, 450, 450, 450, 450, 445, 440, 440, 440,
                    435, 435, 430, 425,
                ],
                &[
                    410, 405, 400, 400, 400, 400, 400, 405, 410, 415, 420, 420, 420, 420, 420, 420, 420, 420, 420, 420,
                    420, 415, 415, 410,
                ],
            ),
            Self::NightBackup => (
                &[
                    80, 640, 700, 690, 650, 220, 25, 20, 25, 35, 40, 40, 35, 35, 40, 40, 35, 30, 20, 15, 15, 15, 20, 30,
                ],
                &[
                    80, 640, 700, 700, 700, 690, 300, 20, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 15,
                    30,
                ],
            ),
            Self::Idle => (&[6; 24], &[5; 24]),
        }
    }

    /// Per mille of the level in each direction.
    pub(super) fn direction_share(self) -> Both {
        let (rx, tx) = match self {
            Self::Office => (350, 1_000),
            Self::Residential => (130, 1_000),
            Self::DataCentre => (1_000, 850),
            Self::NightBackup => (1_000, 90),
            Self::Idle => (900, 1_000),
        };
        Both { rx, tx }
    }

    pub(super) fn octets_per_packet(self) -> u64 {
        match self {
            Self::Office => 710,
            Self::Residential => 930,
            Self::DataCentre => 840,
            Self::NightBackup => 1_190,
            Self::Idle => 120,
        }
    }
}
