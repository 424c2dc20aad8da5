//! Writes the model file that the engine reads: pruned, rounded, in the order `earshot_reading::model` expects.

use earshot_reading::model::{ATTENTIONS, EMBEDDING_ONE, Mix, OUTPUTS, SENTIMENT, push_variable, wrap};

use crate::deep::{Net, Place};
use crate::loss::GROUPS;
use crate::prepared::Prepared;
use crate::wide::Wide;

/// How many n-gram buckets may carry weight at all.
const BUCKETS: usize = 65_000;

/// How often is often.
const OFTEN: f32 = 60.0;

/// How many weights an output of a group keeps.
fn kept(group: &str) -> usize {
    match group {
        "sentiment" => 45_000,
        "complaint" => 8_000,
        "emotions" | "urgency" => 6_000,
        "intents" => 2_500,
        _ => 4_000,
    }
}

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

/// The wide half's part of the file: the weights that do most, over all the texts.
#[must_use]
pub fn wide(mut wide: Wide, texts: &[Prepared]) -> Vec<u8> {
    // The three sentiments exclude each other, so what all have in common says nothing: neutral needs no weights.
    for row in wide.rows.iter_mut().chain([&mut wide.biases]) {
        let neutral = row[1];
        for sentiment in &mut row[..3] {
            *sentiment -= neutral;
        }
    }
    let mut seen = vec![1.0_f32; wide.rows.len()];
    for text in texts {
        for bucket in &text.buckets {
            seen[*bucket as usize] += 1.0;
        }
    }
    // A word counts no more for being in more than so many texts, or English would crowd the others out.
    let does = |bucket: usize, output: usize| {
        let often = if output < SENTIMENT.end { seen[bucket].min(OFTEN) } else { seen[bucket] };
        wide.rows[bucket][output].abs() * often.sqrt()
    };
    let most: [f32; OUTPUTS] = std::array::from_fn(|output| {
        let sum: f32 = (0..wide.rows.len()).map(|bucket| does(bucket, output)).sum();
        sum / wide.rows.len() as f32 + 1e-9
    });
    let mut allowed: Vec<usize> = Vec::new();
    // The first half of the buckets is English's, the second the other languages'.
    for half in 0..2 {
        let size = wide.rows.len() / 2;
        let mut ranked: Vec<(f32, usize)> = (half * size..(half + 1) * size)
            .map(|bucket| {
                let others = (3..OUTPUTS).map(|output| does(bucket, output) / most[output]).sum::<f32>();
                let sentiment = (0..3).map(|output| does(bucket, output) / most[output]).sum::<f32>();
                (4.0 * sentiment + others, bucket)
            })
            .collect();
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        allowed.extend(ranked.into_iter().take(BUCKETS / 2).map(|(_, bucket)| bucket));
    }
    let mut payload = Vec::new();
    let mut scales = [0.0_f32; OUTPUTS];
    let mut chosen: Vec<Vec<usize>> = vec![Vec::new(); OUTPUTS];
    for group in &GROUPS {
        for output in group.outputs.clone() {
            let mut ranked: Vec<(f32, usize)> =
                allowed.iter().map(|bucket| (does(*bucket, output), *bucket)).collect();
            ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            ranked.truncate(kept(group.name));
            ranked.retain(|(does, _)| *does > 0.0);
            chosen[output] = ranked.into_iter().map(|(_, bucket)| bucket).collect();
            chosen[output].sort_unstable();
            // The strongest in a thousand are cut rather than making every other step coarser.
            let mut sizes: Vec<f32> =
                chosen[output].iter().map(|bucket| wide.rows[*bucket][output].abs()).collect();
            sizes.sort_unstable_by(f32::total_cmp);
            scales[output] =
                sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(0.0) / 127.0;
        }
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
            |bucket: &usize| (wide.rows[*bucket][output] / scales[output]).round().clamp(-127.0, 127.0);
        payload.extend(buckets.iter().map(|bucket| weight(bucket) as i8 as u8));
    }
    payload
}
