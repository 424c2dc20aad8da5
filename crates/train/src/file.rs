//! Writes the model file that the engine reads: rounded, in the order `earshot_reading::model` expects.

use earshot_reading::model::{ATTENTIONS, EMBEDDING_ONE, Mix, OUTPUTS, push_variable, wrap};

use crate::deep::{Net, Place};
use crate::wide::Wide;

/// The largest weight of an n-gram is stored as this: coarser steps cost nothing that can be measured, and pack to two thirds
/// of what all 8 bits do.
const LARGEST: f32 = 23.0;

/// The whole file.
#[must_use]
pub fn write(
    name: &str,
    fingerprints: &[u32],
    net: &Net,
    wide: &[u8],
    mixes: &[[Mix; OUTPUTS]; 2],
) -> Vec<u8> {
    let mut payload = Vec::new();
    for one in mixes.iter().flatten() {
        floats(&mut payload, &[one.deep, one.wide, one.bias]);
    }
    payload.extend((fingerprints.len() as u32).to_le_bytes());
    let mut last = 0;
    for fingerprint in fingerprints {
        push_variable(&mut payload, fingerprint - last);
        last = *fingerprint;
    }
    deep(&mut payload, net);
    payload.extend(wide);
    wrap(name, &payload)
}

fn floats(into: &mut Vec<u8>, floats: &[f32]) {
    for float in floats {
        into.extend(float.to_le_bytes());
    }
}

fn deep(into: &mut Vec<u8>, net: &Net) {
    let shape = net.shape;
    for size in [shape.width, shape.channels, shape.hidden] {
        into.extend((size as u16).to_le_bytes());
    }
    let mut steps = Vec::new();
    for row in net.embeddings.chunks_exact(shape.width) {
        let step = Net::step(row);
        steps.push((step * EMBEDDING_ONE).round() as u8);
        let level = |value: f32| ((value / step).round().clamp(-7.0, 7.0) as i8 + 8) as u8;
        into.extend(row.as_chunks::<2>().0.iter().map(|[low, high]| level(*low) | level(*high) << 4));
    }
    into.extend(steps);
    let places = shape.places();
    for (place, columns) in [
        (&places.near, shape.channels),
        (&places.far, shape.channels),
        (&places.attention, ATTENTIONS),
        (&places.hidden, shape.hidden),
        (&places.output, OUTPUTS),
    ] {
        layer(into, net, place, columns);
    }
}

/// Scales, biases, then a row of 8-bit weights an output.
fn layer(into: &mut Vec<u8>, net: &Net, place: &Place, columns: usize) {
    let weights = &net.dense[place.weights.clone()];
    let row = |column: usize| (0..place.inputs).map(move |input| weights[input * place.outputs + column]);
    let scales: Vec<f32> = (0..columns)
        .map(|column| row(column).fold(1e-9_f32, |most, weight| most.max(weight.abs())) / 127.0)
        .collect();
    floats(into, &scales);
    floats(into, &net.dense[place.biases.clone()][..columns]);
    for (column, scale) in scales.iter().enumerate() {
        into.extend(row(column).map(|weight| (weight / scale).round() as i8 as u8));
    }
}

/// The wide half's part of the file: the weights of every output that `pruning` chose.
#[must_use]
pub fn wide(wide: &Wide, chosen: &[Vec<usize>]) -> Vec<u8> {
    let mut payload = Vec::new();
    let mut scales = [0.0_f32; OUTPUTS];
    for (output, buckets) in chosen.iter().enumerate() {
        // The strongest in a thousand are cut rather than making every other step coarser.
        let mut sizes: Vec<f32> = buckets.iter().map(|bucket| wide.rows[*bucket][output].abs()).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        let most = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(0.0);
        scales[output] = most / LARGEST;
    }
    floats(&mut payload, &scales);
    floats(&mut payload, &wide.biases);
    for (output, buckets) in chosen.iter().enumerate() {
        payload.extend((buckets.len() as u32).to_le_bytes());
        let mut last = 0;
        for bucket in buckets {
            push_variable(&mut payload, (bucket - last) as u32);
            last = *bucket;
        }
        let weight =
            |bucket: &usize| (wide.rows[*bucket][output] / scales[output]).round().clamp(-LARGEST, LARGEST);
        payload.extend(buckets.iter().map(|bucket| weight(bucket) as i8 as u8));
    }
    payload
}
