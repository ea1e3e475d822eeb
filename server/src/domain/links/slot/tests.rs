//! Slots at their edges, and the merging of polls.

use proptest::prelude::*;

use super::*;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn polled(state: SampleState, octets: Option<u64>, seconds: Option<u32>) -> Sample {
    Sample {
        counters: Counters {
            rx_octets: octets,
            tx_octets: octets,
            ..Counters::default()
        },
        rate_seconds: seconds,
        ..Sample::new(Slot::from_number(0), state)
    }
}

fn any_sample() -> impl Strategy<Value = Sample> {
    let state = prop::sample::select(vec![
        SampleState::Up,
        SampleState::Down,
        SampleState::Disabled,
        SampleState::Unknown,
    ]);
    let counters = prop::array::uniform8(any::<Option<u64>>());
    let probes = (
        any::<Option<[u32; 3]>>(),
        any::<Option<(u32, u32)>>(),
        any::<u32>(),
        any::<u32>(),
    );
    let rest = (any::<Option<u32>>(), any::<Option<u32>>(), prop::option::of(0..=300u32));
    (state, counters, probes, rest).prop_map(|(state, c, (rtt, jitter, sent, received), rest)| Sample {
        counters: Counters {
            rx_octets: c[0],
            tx_octets: c[1],
            rx_packets: c[2],
            tx_packets: c[3],
            rx_errors: c[4],
            tx_errors: c[5],
            rx_drops: c[6],
            tx_drops: c[7],
        },
        latency: rtt.map(|mut rtt| {
            rtt.sort_unstable();
            Latency {
                min_us: rtt[0],
                avg_us: rtt[1],
                max_us: rtt[2],
            }
        }),
        jitter: jitter.map(|(mean_us, differences)| Jitter { mean_us, differences }),
        probes_sent: sent,
        probes_received: received.min(sent),
        rate_seconds: rest.0,
        flaps: rest.1,
        down_seconds: rest.2,
        ..Sample::new(Slot::from_number(7), state)
    })
}

#[test]
fn a_slot_begins_on_a_multiple_of_five_minutes() {
    let slot = Slot::from_instant(utc("2026-04-10T08:04:59.999Z"));
    assert_eq!(slot.start(), utc("2026-04-10T08:00:00Z"));
    assert_eq!(slot.end(), utc("2026-04-10T08:05:00Z"));
    assert_eq!(Slot::from_instant(slot.end()), slot.plus(1));
    assert_eq!(Slot::from_second(-1), Slot::from_number(-1));
}

#[test]
fn the_furthest_slots_have_their_times() {
    for number in [i32::MIN, i32::MAX] {
        let slot = Slot::from_number(number);
        assert_eq!(Slot::from_instant(slot.start()), slot);
        assert!(slot.start() < slot.end());
    }
    assert_eq!(Slot::from_second(i64::MAX), Slot::from_number(i32::MAX));
}

#[test]
fn a_sample_from_the_slot_after_the_next_is_refused() {
    let now = utc("2026-04-10T08:03:00Z");
    assert!(Slot::accept(utc("2026-04-10T08:09:59Z"), now).is_ok());
    assert_eq!(Slot::accept(utc("2026-04-10T08:10:00Z"), now), Err(FromTheFuture));
    assert!(Slot::accept(utc("2020-01-01T00:00:00Z"), now).is_ok());
}

#[test]
fn down_beats_up_beats_unknown() {
    use SampleState::{Disabled, Down, Unknown, Up};
    for (a, b, expected) in [
        (Up, Down, Down),
        (Unknown, Up, Up),
        (Unknown, Down, Down),
        (Disabled, Up, Up),
        (Disabled, Unknown, Disabled),
    ] {
        assert_eq!(merge(polled(a, None, None), polled(b, None, None)).state, expected);
    }
}

#[test]
fn volumes_add_and_the_rate_needs_the_seconds_of_both() {
    let up = |octets, seconds| polled(SampleState::Up, octets, seconds);
    let both = merge(up(Some(10), Some(60)), up(Some(30), Some(61)));
    assert_eq!((both.counters.rx_octets, both.rate_seconds), (Some(40), Some(121)));
    let after_a_reboot = merge(up(Some(10), None), up(Some(30), Some(60)));
    assert_eq!(
        (after_a_reboot.counters.rx_octets, after_a_reboot.rate_seconds),
        (Some(40), None)
    );
    let after_a_failed_poll = merge(up(None, None), up(Some(30), Some(120)));
    assert_eq!(
        (after_a_failed_poll.counters.rx_octets, after_a_failed_poll.rate_seconds),
        (Some(30), Some(120))
    );
}

#[test]
fn one_direction_that_is_known_only_at_times_has_no_rate() {
    let mut half = polled(SampleState::Up, Some(10), Some(60));
    half.counters.tx_octets = None;
    assert_eq!(
        merge(half, polled(SampleState::Up, Some(10), Some(60))).rate_seconds,
        None
    );
}

#[test]
fn latency_is_weighted_by_replies() {
    let probed = |avg_us, received| Sample {
        latency: Some(Latency {
            min_us: avg_us - 5,
            avg_us,
            max_us: avg_us + 5,
        }),
        probes_sent: 10,
        probes_received: received,
        ..Sample::new(Slot::from_number(0), SampleState::Up)
    };
    let merged = merge(probed(100, 9), probed(200, 1));
    assert_eq!(
        merged.latency,
        Some(Latency {
            min_us: 95,
            avg_us: 110,
            max_us: 205
        })
    );
    assert_eq!((merged.probes_sent, merged.probes_received), (20, 10));
}

#[test]
fn jitter_is_the_mean_step_between_consecutive_replies() {
    assert_eq!(Jitter::of(&[]), None);
    assert_eq!(Jitter::of(&[10]), None);
    assert_eq!(
        Jitter::of(&[10, 14, 8]),
        Some(Jitter {
            mean_us: 5,
            differences: 2
        })
    );
    assert_eq!(
        Jitter::of(&[0, u32::MAX]),
        Some(Jitter {
            mean_us: u32::MAX,
            differences: 1
        })
    );
}

proptest! {
    #[test]
    fn the_order_of_polls_does_not_matter(a in any_sample(), b in any_sample(), c in any_sample()) {
        prop_assert_eq!(merge(a, b), merge(b, a));
        let (left, right) = (merge(merge(a, b), c), merge(a, merge(b, c)));
        prop_assert_eq!(left.state, right.state);
        prop_assert_eq!(left.counters, right.counters);
        prop_assert_eq!(left.flaps, right.flaps);
    }

    #[test]
    fn a_merged_latency_lies_between_its_bounds(a in any_sample(), b in any_sample()) {
        if let Some(latency) = merge(a, b).latency {
            prop_assert!(latency.min_us <= latency.avg_us && latency.avg_us <= latency.max_us);
        }
    }

    #[test]
    fn a_latency_of_replies_lies_between_its_bounds(replies in prop::collection::vec(any::<u32>(), 1..50)) {
        let latency = Latency::of(&replies).unwrap();
        prop_assert!(latency.min_us <= latency.avg_us && latency.avg_us <= latency.max_us);
    }
}
