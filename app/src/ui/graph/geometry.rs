//! Where everything in a graph is: positions only, in units with the origin at the top left.
//!
//! Both painters, the page's and the PDF's, read this; neither works anything out again.

use chrono::{DateTime, Utc};

use super::{BandKind, Hue, Limit, LimitKind, Plot, Point, Series, TimeTick, scale::Scale, time_axis};
use crate::text::Text;

/// A place, in units.
pub type Place = (f64, f64);

/// The room that a graph has, in units.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    pub width: f64,
    pub height: f64,
    /// Left free above the highest tick for its label.
    pub top: f64,
    /// Left free for the time axis.
    pub bottom: f64,
}

/// The page's graphs.
pub const PAGE_ROOM: Room = Room {
    width: 800.0,
    height: 280.0,
    top: 22.0,
    bottom: 28.0,
};

/// A horizontal line with its label.
#[derive(Clone, Debug)]
pub struct Line {
    pub y: f64,
    pub label: String,
    /// The zero line is drawn stronger.
    pub zero: bool,
}

/// A tick of the time axis.
#[derive(Clone, Debug)]
pub struct Tick {
    pub x: f64,
    pub tick: TimeTick,
}

/// One series: for each stretch without a gap, its line, the area between it and zero, and the area between minimum and
/// maximum; and the line of what it is compared with.
#[derive(Clone, Debug)]
pub struct Curve {
    pub hue: Hue,
    pub lines: Vec<Vec<Place>>,
    pub areas: Vec<Vec<Place>>,
    pub spreads: Vec<Vec<Place>>,
    pub earlier: Vec<Vec<Place>>,
}

/// A stretch of time from `x` on.
#[derive(Clone, Copy, Debug)]
pub struct Stripe {
    pub kind: BandKind,
    /// Within the graph.
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub x: f64,
    pub width: f64,
}

/// A limit within the axis.
#[derive(Clone, Debug)]
pub struct LimitLine {
    pub y: f64,
    pub label: Text,
    /// Whether the label is below the line and not above it: away from zero where there is room, because much goes on
    /// around zero.
    pub label_below: bool,
    pub kind: LimitKind,
}

/// The room of a label below its line.
const LABEL: f64 = 20.0;

/// The whole graph.
#[derive(Clone, Debug)]
pub struct Geometry {
    pub room: Room,
    pub plot_top: f64,
    pub plot_bottom: f64,
    pub values: Vec<Line>,
    pub times: Vec<Tick>,
    pub stripes: Vec<Stripe>,
    pub curves: Vec<Curve>,
    /// Limits far beyond what was measured are not here: they would press the curves flat, and the legend names them.
    pub limits: Vec<LimitLine>,
}

impl Geometry {
    /// Lays `plot` out in `room`.
    pub fn new(plot: &Plot, room: Room) -> Self {
        let place = Placing::new(plot, room);
        let limits = plot.limits.iter().filter(|limit| place.holds(limit)).map(|limit| {
            let y = place.y(limit.value, limit.below);
            LimitLine {
                y,
                label: limit.label.clone(),
                label_below: limit.below && y + LABEL < room.height - room.bottom,
                kind: limit.kind,
            }
        });
        Self {
            room,
            plot_top: room.top,
            plot_bottom: room.height - room.bottom,
            values: place
                .scale
                .ticks
                .iter()
                .map(|tick| Line {
                    y: place.y(*tick, false),
                    label: plot.unit.write_tick(tick.abs()),
                    zero: *tick == 0.0,
                })
                .collect(),
            times: time_axis::ticks(plot.from, plot.to, plot.zone)
                .into_iter()
                .map(|tick| Tick {
                    x: place.x(tick.at),
                    tick,
                })
                .collect(),
            stripes: plot
                .bands
                .iter()
                .filter_map(|band| {
                    let (from, to) = (band.from.max(plot.from), band.to.min(plot.to));
                    // What lasted a minute of thirty days must still be seen.
                    (from < to).then(|| Stripe {
                        kind: band.kind,
                        from,
                        to,
                        x: place.x(from),
                        width: (place.x(to) - place.x(from)).max(1.5),
                    })
                })
                .collect(),
            curves: plot
                .series
                .iter()
                .map(|series| {
                    let mut curve = Curve {
                        hue: series.hue,
                        lines: Vec::new(),
                        areas: Vec::new(),
                        spreads: Vec::new(),
                        earlier: Vec::new(),
                    };
                    for run in runs(&series.points, plot) {
                        place.run(run, series.below, plot, &mut curve);
                    }
                    for run in runs(&earlier(series), plot) {
                        curve
                            .earlier
                            .push(place.line(run, series.below, plot, |point| point.avg));
                    }
                    curve
                })
                .collect(),
            limits: limits.collect(),
        }
    }
}

/// What was then, at the times of now.
fn earlier(series: &Series) -> Vec<Point> {
    let values = series.earlier.iter().flat_map(|earlier| &earlier.values);
    let points = series.points.iter().zip(values).map(|(point, value)| Point {
        t: point.t,
        min: None,
        avg: *value,
        max: None,
    });
    points.collect()
}

/// The stretches of points that follow each other without a gap.
fn runs<'a>(points: &'a [Point], plot: &Plot) -> impl Iterator<Item = &'a [Point]> {
    let longest = plot.step + plot.step / 2;
    points
        .chunk_by(move |a, b| a.avg.is_some() && b.avg.is_some() && b.t - a.t <= longest)
        .filter(|run| run.first().is_some_and(|point| point.avg.is_some()))
}

/// From times and values to places.
struct Placing {
    scale: Scale,
    room: Room,
    from: DateTime<Utc>,
    seconds: f64,
}

impl Placing {
    fn new(plot: &Plot, room: Room) -> Self {
        let highest = |below: bool| {
            let series = || plot.series.iter().filter(|series| series.below == below);
            let now = series().flat_map(|series| &series.points);
            let now = now.filter_map(|point| point.max.or(point.avg));
            let then = series().flat_map(|series| &series.earlier);
            let then = then.flat_map(|earlier| earlier.values.iter().copied().flatten());
            let measured = now.chain(then).fold(0.0, f64::max);
            let limits = plot
                .limits
                .iter()
                .filter(|limit| limit.below == below)
                .map(|limit| limit.value);
            // A limit belongs on the axis unless the curve would fill less than a quarter of it.
            limits
                .filter(|limit| measured == 0.0 || *limit <= measured * 4.0)
                .fold(measured, f64::max)
        };
        let seconds = (plot.to - plot.from).num_seconds().max(1) as f64;
        Self {
            scale: Scale::around(highest(false), highest(true), 5.0),
            room,
            from: plot.from,
            seconds,
        }
    }

    fn holds(&self, limit: &Limit) -> bool {
        limit.value
            <= if limit.below {
                self.scale.below
            } else {
                self.scale.above
            }
    }

    fn x(&self, at: DateTime<Utc>) -> f64 {
        let share = (at - self.from).num_seconds() as f64 / self.seconds;
        share.clamp(0.0, 1.0) * self.room.width
    }

    fn y(&self, value: f64, below: bool) -> f64 {
        let value = if below { -value } else { value };
        let height = self.room.height - self.room.top - self.room.bottom;
        let share = (self.scale.above - value) / (self.scale.above + self.scale.below);
        self.room.top + share.clamp(0.0, 1.0) * height
    }

    fn line(&self, run: &[Point], below: bool, plot: &Plot, value: fn(&Point) -> Option<f64>) -> Vec<Place> {
        let mut places: Vec<_> = run
            .iter()
            .filter_map(|point| value(point).map(|value| (self.x(point.t), self.y(value, below))))
            .collect();
        // A value holds for its whole slot; this also makes a lone one visible.
        if let (Some(last), Some(&(_, y))) = (run.last(), places.last()) {
            places.push((self.x(last.t + plot.step), y));
        }
        places
    }

    fn run(&self, run: &[Point], below: bool, plot: &Plot, curve: &mut Curve) {
        let line = |value| self.line(run, below, plot, value);
        let average = line(|point| point.avg);
        let (lowest, highest) = (
            line(|point| point.min.or(point.avg)),
            line(|point| point.max.or(point.avg)),
        );
        if run.iter().any(|point| point.min.is_some() || point.max.is_some()) {
            curve
                .spreads
                .push(highest.into_iter().chain(lowest.into_iter().rev()).collect());
        }
        if let (Some(&(first, _)), Some(&(last, _))) = (average.first(), average.last()) {
            let zero = self.y(0.0, false);
            curve
                .areas
                .push(average.iter().copied().chain([(last, zero), (first, zero)]).collect());
        }
        curve.lines.push(average);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::graph::{Band, Earlier, Unit};
    use chrono::{TimeDelta, TimeZone};

    fn plot(values: &[Option<f64>]) -> Plot {
        let from = Utc.with_ymd_and_hms(2026, 11, 21, 0, 0, 0).unwrap();
        let step = TimeDelta::minutes(5);
        let points = (0..)
            .zip(values)
            .map(|(n, avg)| Point {
                t: from + step * n,
                min: None,
                avg: *avg,
                max: None,
            })
            .collect();
        Plot {
            unit: Unit::Count,
            from,
            to: from + TimeDelta::hours(1),
            zone: Tz::UTC,
            step,
            series: vec![Series {
                overall: None,
                earlier: None,
                name: "in".into(),
                hue: Hue::First,
                below: false,
                points,
            }],
            limits: Vec::new(),
            bands: Vec::new(),
        }
    }
    use chrono_tz::Tz;

    #[test]
    fn missing_values_are_gaps_and_never_lines() {
        let geometry = Geometry::new(
            &plot(&[Some(1.0), Some(2.0), None, Some(3.0), None, None, Some(1.0)]),
            PAGE_ROOM,
        );
        let lengths: Vec<_> = geometry.curves[0].lines.iter().map(Vec::len).collect();
        assert_eq!(lengths, [3, 2, 2]);
    }

    #[test]
    fn what_was_earlier_lies_at_the_same_places_with_its_own_gaps() {
        let mut plot = plot(&[Some(1.0), None, Some(1.0)]);
        plot.series[0].earlier = Some(Earlier {
            name: "in before".into(),
            values: vec![Some(3.0), Some(8.0), None],
            overall: None,
            is_alike: true,
        });
        let geometry = Geometry::new(&plot, PAGE_ROOM);
        let curve = &geometry.curves[0];
        assert_eq!(curve.earlier.len(), 1);
        assert_eq!(curve.earlier[0].len(), 3);
        assert_eq!(curve.earlier[0][0].0, curve.lines[0][0].0);
        // The axis has room for both.
        assert!(curve.earlier[0].iter().all(|(_, y)| *y >= PAGE_ROOM.top));
        assert!(curve.earlier[0][1].1 < curve.earlier[0][0].1);
    }

    #[test]
    fn points_too_far_apart_are_not_joined() {
        let mut plot = plot(&[Some(1.0), Some(2.0)]);
        plot.series[0].points[1].t += TimeDelta::minutes(20);
        assert_eq!(Geometry::new(&plot, PAGE_ROOM).curves[0].lines.len(), 2);
    }

    #[test]
    fn a_limit_is_drawn_unless_it_would_press_the_curve_flat() {
        let mut plot = plot(&[Some(40.0)]);
        plot.limits = vec![
            Limit {
                label: "near".into(),
                value: 100.0,
                below: false,
                kind: LimitKind::Agreed,
            },
            Limit {
                label: "far".into(),
                value: 1000.0,
                below: false,
                kind: LimitKind::Agreed,
            },
        ];
        let limits = Geometry::new(&plot, PAGE_ROOM).limits;
        assert_eq!(
            limits.iter().map(|limit| limit.label.as_ref()).collect::<Vec<_>>(),
            ["near"]
        );
    }

    #[test]
    fn a_label_is_away_from_zero_and_never_on_the_time_axis() {
        let mut plot = plot(&[Some(100.0)]);
        let limit = |value, below| Limit {
            label: "limit".into(),
            value,
            below,
            kind: LimitKind::Percentile,
        };
        plot.limits = vec![limit(90.0, false), limit(20.0, true), limit(99.0, true)];
        plot.series.push(Series {
            below: true,
            ..plot.series[0].clone()
        });
        let below: Vec<_> = Geometry::new(&plot, PAGE_ROOM)
            .limits
            .iter()
            .map(|limit| limit.label_below)
            .collect();
        assert_eq!(below, [false, true, false]);
    }

    #[test]
    fn a_band_is_cut_to_the_graph_and_never_too_thin_to_see() {
        let mut plot = plot(&[Some(1.0)]);
        let second = TimeDelta::seconds(1);
        plot.bands = vec![
            Band {
                kind: BandKind::Outage,
                from: plot.from - TimeDelta::days(1),
                to: plot.from + second,
            },
            Band {
                kind: BandKind::Outage,
                from: plot.to + second,
                to: plot.to + second * 2,
            },
        ];
        let stripes = Geometry::new(&plot, PAGE_ROOM).stripes;
        assert_eq!(stripes.len(), 1);
        assert_eq!((stripes[0].x, stripes[0].width), (0.0, 1.5));
    }

    #[test]
    fn any_values_stay_within_the_room() {
        let geometry = Geometry::new(&plot(&[Some(f64::INFINITY), Some(-5.0), Some(1e300)]), PAGE_ROOM);
        for (x, y) in geometry.curves[0].lines.iter().flatten() {
            assert!(
                (0.0..=PAGE_ROOM.width).contains(x) && (0.0..=PAGE_ROOM.height).contains(y),
                "{x} {y}"
            );
        }
    }
}
