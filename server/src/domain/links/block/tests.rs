//! A day that was packed is read back.

use proptest::prelude::*;

use super::*;

const DAY: i32 = 20_778;

fn any_day() -> impl Strategy<Value = Vec<Sample>> {
    let one = (
        prop::option::weighted(0.9, any::<[u32; 4]>()),
        prop::option::weighted(0.8, any::<[u32; 3]>()),
        0..4_i64,
        prop::option::weighted(0.9, 0..=5_u32),
        any::<bool>(),
    );
    prop::collection::vec(one, SLOTS as usize).prop_map(|slots| {
        slots
            .into_iter()
            .zip(Day::from_number(DAY).first_slot().number()..)
            .filter(|((.., looked), _)| *looked)
            .map(|((counted, latency, number, received, _), slot)| Sample {
                counters: Counters {
                    rx_octets: counted.map(|counted| u64::from(counted[0]) << 20),
                    tx_octets: counted.map(|counted| counted[1].into()),
                    rx_packets: counted.map(|counted| counted[2].into()),
                    tx_packets: counted.map(|counted| counted[3].into()),
                    rx_errors: Some(0),
                    ..Counters::default()
                },
                rate_seconds: counted.map(|_| 300),
                latency: latency.map(|[min_us, avg_us, max_us]| Latency { min_us, avg_us, max_us }),
                jitter: latency.map(|[mean_us, ..]| Jitter {
                    mean_us,
                    differences: 4,
                }),
                probes_sent: if received.is_some() { 5 } else { 0 },
                probes_received: received.unwrap_or(0),
                flaps: received,
                down_seconds: received.map(|received| received * 7),
                ..Sample::new(Slot::from_number(slot), state(Some(number)).unwrap())
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_day_is_read_back(samples in any_day()) {
        let bytes = write(&samples);
        let back = read(&bytes, Day::from_number(DAY), Part::Whole).unwrap();
        prop_assert_eq!(&back, &samples);
        prop_assert_eq!(digest(&back), digest(&samples));
        prop_assert_eq!(write(&back), bytes);
    }

    #[test]
    fn a_part_says_of_its_fields_what_the_whole_says(samples in any_day()) {
        let bytes = write(&samples);
        let states = read(&bytes, Day::from_number(DAY), Part::States).unwrap();
        prop_assert!(states.iter().zip(&samples).all(|(part, whole)| (part.slot, part.state) == (whole.slot, whole.state)));
        let measurements = read(&bytes, Day::from_number(DAY), Part::Measurements).unwrap();
        prop_assert!(measurements.iter().zip(&samples).all(|(part, whole)| (part.latency, part.rate_seconds, part.counters.rx_octets) == (whole.latency, whole.rate_seconds, whole.counters.rx_octets)));
    }

    #[test]
    fn the_hours_of_a_day_are_read_back_and_add_up_to_it(samples in any_day()) {
        let hours = hours(&samples, Day::from_number(DAY));
        prop_assert_eq!(read_hours(&write_hours(&hours)).unwrap(), hours);
        let mut sum = Totals::default();
        for hour in &hours {
            sum.add(hour);
        }
        prop_assert_eq!(sum, Totals::of(&samples));
    }

    #[test]
    fn another_value_is_another_digest(samples in any_day(), at in any::<prop::sample::Index>()) {
        prop_assume!(!samples.is_empty());
        let mut changed = samples.clone();
        let at = at.index(changed.len());
        changed[at].counters.rx_errors = Some(1);
        prop_assert_ne!(digest(&changed), digest(&samples));
    }
}

#[test]
fn a_block_is_not_taken_for_one_of_another_day() {
    let day = Day::from_number(DAY);
    let bytes = write(&[Sample::new(day.last_slot(), SampleState::Up)]);
    assert!(read(&bytes, day, Part::Whole).is_ok());
    assert!(read(&bytes, Day::from_number(DAY + 1), Part::Whole).is_err());
}

#[test]
fn days_before_1970_are_days() {
    assert_eq!(Day::of(Slot::from_number(-1)).number(), -1);
    assert_eq!(Day::of(Slot::from_number(-1)).first_slot().number(), -288);
}
