//! What a report's figures were calculated from, as two digests: of what was measured and of what was agreed. Whoever
//! has the same samples and the same agreement gets the same.

use entity::link_edge::{self, EdgeSource};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    Agreed,
    document::{FacesWord, Inputs, Promised},
};
use crate::{
    domain::{
        links::{
            block::{self, Day},
            store,
        },
        sla::{
            calculation::Inputs as Read,
            intervals::{Interval, Intervals},
            uptime::Terms,
        },
    },
    keyring::hex,
};

/// The digests of what was read and agreed.
pub(super) fn of(terms: &Terms, agreed: &Agreed, promised: Option<&Promised>, read: &Read) -> Inputs {
    Inputs {
        samples: read
            .samples
            .iter()
            .filter(|sample| sample.slot.touches(terms.window()))
            .count(),
        measured: measured(read),
        agreed: digest_of_agreed(terms, agreed, promised),
    }
}

/// Over the samples, a UTC day at a time as sealed blocks have theirs, and over the edges.
pub(super) fn measured(read: &Read) -> String {
    let mut hash = Sha256::new();
    hash.update(b"mainstay report samples 1\n");
    for day in read
        .samples
        .chunk_by(|one, other| Day::of(one.slot) == Day::of(other.slot))
    {
        hash.update(Day::of(day[0].slot).number().to_le_bytes());
        hash.update(block::digest(day));
    }
    for edge in &read.edges {
        hash.update(edge_bytes(edge));
    }
    hex(&hash.finalize())
}

fn edge_bytes(edge: &link_edge::Model) -> [u8; 24] {
    let became = block::state_number(store::state(edge.became));
    let is_exact = i64::from(edge.source != EdgeSource::Poll);
    let mut bytes = [0; 24];
    for (place, value) in bytes.chunks_exact_mut(8).zip([edge.at.timestamp(), became, is_exact]) {
        place.copy_from_slice(&value.to_le_bytes());
    }
    bytes
}

fn digest_of_agreed(terms: &Terms, agreed: &Agreed, promised: Option<&Promised>) -> String {
    #[derive(Serialize)]
    struct Hashed<'a> {
        period: Interval,
        window: Interval,
        scheduled: Intervals,
        maintenance: Intervals,
        exclusions: Intervals,
        zone: &'a str,
        faces: FacesWord,
        committed: [i64; 2],
        monthly_fee: Option<i64>,
        currency: &'a str,
        promised: Option<&'a Promised>,
    }
    let window = terms.window();
    let link = &agreed.link;
    let hashed = Hashed {
        period: terms.period,
        window,
        scheduled: terms.scheduled(),
        maintenance: terms.maintenance.intersect(&window.into()),
        exclusions: terms.exclusions.intersect(&window.into()),
        zone: agreed.zone.name(),
        faces: link.faces.into(),
        committed: [link.committed_down_bps, link.committed_up_bps],
        monthly_fee: link.monthly_fee_minor,
        currency: &agreed.currency,
        promised,
    };
    // Nothing in it can fail to be JSON; if it could, it would be none of what was agreed.
    hex(&Sha256::digest(serde_json::to_vec(&hashed).unwrap_or_default()))
}
