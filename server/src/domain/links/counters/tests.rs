//! Each way in which counters lie, and any input at all.

use proptest::prelude::*;

use super::*;

fn reading(at: i64, octets: u64, uptime: u64) -> Reading {
    Reading {
        at: DateTime::from_timestamp(1_775_000_000 + at, 0).unwrap(),
        uptime: Some(uptime),
        interface_id: "*3".to_owned(),
        counters: Counters {
            rx_octets: Some(octets),
            ..Counters::default()
        },
        link_downs: None,
        last_link_down: None,
        last_link_up: None,
    }
}

fn stamp(text: &str) -> Option<NaiveDateTime> {
    Some(text.parse().unwrap())
}

fn rx(before: &Reading, after: &Reading, wire: Wire) -> (Option<u64>, Result<u32, NoRate>, bool) {
    let delta = Delta::between(Some(before), after, wire);
    (delta.counters.rx_octets, delta.rate_seconds, delta.wrapped)
}

const ANY_WIRE: Wire = Wire {
    bits_per_second: None,
    may_count_in_32_bits: false,
};

const OLD_100M: Wire = Wire {
    bits_per_second: Some(100_000_000),
    may_count_in_32_bits: true,
};

#[test]
fn a_first_reading_tells_nothing() {
    let delta = Delta::between(None, &reading(0, 5, 5), ANY_WIRE);
    assert_eq!(delta.rate_seconds, Err(NoRate::FirstReading));
    assert_eq!(delta.counters, Counters::default());
}

#[test]
fn a_reboot_is_seen_even_if_the_counter_went_up() {
    let delta = Delta::between(
        Some(&reading(0, 1_000, 864_000)),
        &reading(300, 5_000_000, 170),
        ANY_WIRE,
    );
    assert_eq!(delta.counters.rx_octets, Some(5_000_000));
    assert_eq!(delta.rate_seconds, Err(NoRate::Reboot));
    assert_eq!(delta.down_seconds, Some(130));
}

#[test]
fn a_reboot_right_after_the_last_answer_is_seen() {
    let delta = Delta::between(Some(&reading(0, 1_000, 864_000)), &reading(300, 5_000, 295), ANY_WIRE);
    assert_eq!(delta.rate_seconds, Err(NoRate::Reboot));
    assert_eq!(delta.down_seconds, Some(5));
}

#[test]
fn a_reboot_in_a_long_gap_is_seen_though_the_uptime_is_higher() {
    let delta = Delta::between(Some(&reading(0, 1_000, 100)), &reading(3600, 5_000, 1800), ANY_WIRE);
    assert_eq!(delta.rate_seconds, Err(NoRate::Reboot));
    // Only failed polls could tell how much of the half hour was its own.
    assert_eq!(delta.down_seconds, None);
    let reboot = delta.reboot.unwrap();
    let first_failure = reading(900, 0, 0).at;
    let booted = Slot::from_instant(reboot.booted_at);
    assert_eq!(
        reboot.slots_down(first_failure),
        Slot::from_instant(first_failure)..booted
    );
    let long_ago = first_failure - TimeDelta::days(1_000);
    let most = i64::from(booted.number() - reboot.slots_down(long_ago).start.number());
    assert_eq!(most, LONGEST_PROOF_DAYS * 86_400 / Slot::SECONDS);
}

#[test]
fn a_32_bit_counter_wraps_if_the_wire_could_carry_it() {
    let (before, after) = (reading(0, 4_294_000_000, 100_000), reading(300, 500_000, 100_300));
    assert_eq!(rx(&before, &after, OLD_100M), (Some(1_467_296), Ok(300), true));
    assert_eq!(
        rx(&before, &after, ANY_WIRE),
        (Some(500_000), Err(NoRate::Reset), false)
    );
    // 4.2 GB do not pass through 100 Mbit/s in five minutes.
    let low = reading(0, 60_000_000, 100_000);
    assert_eq!(rx(&low, &after, OLD_100M), (Some(500_000), Err(NoRate::Reset), false));
}

#[test]
fn an_interface_that_was_made_anew_counts_from_zero() {
    let after = Reading {
        interface_id: "*F0".to_owned(),
        link_downs: Some(2),
        ..reading(300, 7_000, 100_300)
    };
    let delta = Delta::between(Some(&reading(0, 5_000, 100_000)), &after, ANY_WIRE);
    assert_eq!(
        (delta.counters.rx_octets, delta.rate_seconds),
        (Some(7_000), Err(NoRate::Reset))
    );
    assert_eq!((delta.flaps, delta.down_seconds), (Some(2), None));
}

#[test]
fn what_the_router_does_not_tell_is_not_zero() {
    let mut silent = reading(300, 9, 100_300);
    silent.counters.rx_octets = None;
    let delta = Delta::between(Some(&reading(0, 5, 100_000)), &silent, ANY_WIRE);
    assert_eq!(delta.counters, Counters::default());
    assert_eq!((delta.flaps, delta.down_seconds), (None, None));
}

#[test]
fn more_than_the_wire_carries_is_no_volume_at_all() {
    let wire = Wire {
        may_count_in_32_bits: false,
        ..OLD_100M
    };
    let found = rx(&reading(0, 0, 100_000), &reading(300, 10_000_000_000, 100_300), wire);
    assert_eq!(found, (None, Err(NoRate::Implausible), false));
}

#[test]
fn a_wire_without_a_speed_bounds_nothing() {
    let wire = Wire {
        bits_per_second: Some(0),
        may_count_in_32_bits: true,
    };
    let found = rx(&reading(0, 0, 100_000), &reading(300, 900, 100_300), wire);
    assert_eq!(found, (Some(900), Ok(300), false));
}

#[test]
fn a_queue_may_drop_more_than_the_wire_carries() {
    let (mut before, mut after) = (reading(0, 0, 100_000), reading(300, 0, 100_300));
    (before.counters.tx_drops, after.counters.tx_drops) = (Some(0), Some(900_000_000));
    (before.counters.tx_packets, after.counters.tx_packets) = (Some(0), Some(900_000_000));
    let delta = Delta::between(Some(&before), &after, OLD_100M);
    assert_eq!(delta.counters.tx_drops, Some(900_000_000));
    assert_eq!(delta.counters.tx_packets, None);
}

#[test]
fn readings_out_of_order_tell_nothing() {
    let found = rx(&reading(300, 5, 100_300), &reading(300, 9, 100_300), ANY_WIRE);
    assert_eq!(found, (None, Err(NoRate::ClockWentBack), false));
}

#[test]
fn one_drop_between_two_polls_is_timed_by_its_stamps() {
    let before = Reading {
        link_downs: Some(83),
        last_link_down: stamp("2017-10-04T20:11:00"),
        last_link_up: stamp("2017-10-04T20:11:03"),
        ..reading(0, 0, 100_000)
    };
    let after = Reading {
        link_downs: Some(84),
        last_link_down: stamp("2017-10-04T21:18:35"),
        last_link_up: stamp("2017-10-04T21:19:20"),
        ..reading(300, 0, 100_300)
    };
    let told = |before: &Reading, after: &Reading| {
        let delta = Delta::between(Some(before), after, ANY_WIRE);
        (delta.flaps, delta.down_seconds)
    };
    assert_eq!(told(&before, &after), (Some(1), Some(45)));
    let twice = Reading {
        link_downs: Some(85),
        ..after.clone()
    };
    assert_eq!(told(&before, &twice), (Some(2), None));
    let still_down = Reading {
        last_link_up: before.last_link_up,
        ..after.clone()
    };
    assert_eq!(told(&before, &still_down), (Some(1), None));
    let clock_moved = Reading {
        last_link_up: stamp("2017-10-04T22:19:20"),
        ..after.clone()
    };
    assert_eq!(told(&before, &clock_moved), (Some(1), None));
    assert_eq!(
        told(
            &before,
            &Reading {
                at: after.at,
                ..before.clone()
            }
        ),
        (Some(0), Some(0))
    );
    let first_ever = Reading {
        last_link_down: None,
        last_link_up: None,
        ..before.clone()
    };
    assert_eq!(told(&first_ever, &after), (Some(1), Some(45)));
}

fn any_reading() -> impl Strategy<Value = Reading> {
    let counter = || prop::option::of(prop_oneof![any::<u64>(), 0..5_000_000_000u64, Just(u64::MAX)]);
    let moment =
        || prop::option::of((0..2_000_000_000i64).prop_map(|s| DateTime::from_timestamp(s, 0).unwrap().naive_utc()));
    let uptime = prop::option::of(prop_oneof![any::<u64>(), 0..5_000u64]);
    (
        -3_000_000..3_000_000i64,
        uptime,
        "[*][1-2]",
        prop::array::uniform8(counter()),
        counter(),
        moment(),
        moment(),
    )
        .prop_map(
            |(at, uptime, interface_id, c, link_downs, last_link_down, last_link_up)| Reading {
                at: DateTime::from_timestamp_millis(1_775_000_000_000 + at).unwrap(),
                uptime,
                interface_id,
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
                link_downs,
                last_link_down,
                last_link_up,
            },
        )
}

proptest! {
    #[test]
    fn nothing_panics_and_no_rate_is_absurd(
        before in any_reading(),
        after in any_reading(),
        speed in prop::option::of(prop_oneof![any::<u64>(), 1_000_000..10_000_000_000u64]),
        may_count_in_32_bits: bool,
    ) {
        let wire = Wire { bits_per_second: speed, may_count_in_32_bits };
        let delta = Delta::between(Some(&before), &after, wire);
        for octets in [delta.counters.rx_octets, delta.counters.tx_octets] {
            if let Some(rate) = delta.bits_per_second(octets) {
                // Twice the speed, and half a second of rounding in one.
                prop_assert!(rate <= wire.speed().unwrap_or(FASTEST_INTERFACE).saturating_mul(4));
            }
        }
        if let Ok(seconds) = delta.rate_seconds {
            prop_assert!((1..=HEARTBEAT_SECONDS as u32).contains(&seconds));
        }
        if let Some(down) = delta.down_seconds {
            prop_assert!(i64::from(down) <= (after.at - before.at).num_seconds());
        }
    }

    #[test]
    fn steady_counters_give_their_exact_rate(start in 0..u64::MAX / 2, rate in 0..10_000_000u64, seconds in 1..=600u32) {
        let after = reading(seconds.into(), start + rate * u64::from(seconds), 100_000 + u64::from(seconds));
        let delta = Delta::between(Some(&reading(0, start, 100_000)), &after, ANY_WIRE);
        prop_assert_eq!(delta.bits_per_second(delta.counters.rx_octets), Some(rate * 8));
    }
}
