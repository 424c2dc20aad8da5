//! Emotions.

use std::path::Path;

use earshot_reading::{Emotions, Reading};

use super::{Engine, Guesses, Section, table};
use crate::example::{EMOTION_NAMES, FOUR};
use crate::{TrainError, Use, sets};
use earshot_reading::model::EMOTIONS;

/// In the order of the outputs.
fn shares(reading: &Reading) -> [f32; 8] {
    let Emotions { anger, frustration, sadness, fear, joy, gratitude, surprise, optimism } = reading.emotions;
    [anger, frustration, sadness, fear, joy, gratitude, surprise, optimism].map(|one| one.get())
}

pub(super) fn measure(engine: &mut Engine, data: &Path) -> Result<Vec<Section>, TrainError> {
    let mut four = Guesses::new(4);
    let mut each: Vec<(&'static str, Vec<Guesses>)> = Vec::new();
    for example in sets::all(data)?.iter().filter(|example| example.used == Use::Validate) {
        if let Some(gold) = example.four.and_then(|four| four.iter().position(|share| *share == 1.0)) {
            let shares = shares(&engine.read(&example.text));
            let guess = (0..4)
                .max_by(|a, b| {
                    shares[FOUR[*a] - EMOTIONS.start].total_cmp(&shares[FOUR[*b] - EMOTIONS.start])
                })
                .unwrap_or(0);
            four.add(gold, guess);
        } else if ["goemotions", "brighter_emotions"].contains(&example.set) {
            let shares = shares(&engine.read(&example.text));
            let name = match (example.set, example.language) {
                ("goemotions", _) => "GoEmotions",
                (_, "en") => "BRIGHTER en",
                (_, "de") => "BRIGHTER de",
                (_, "es") => "BRIGHTER es",
                (_, "pt") => "BRIGHTER pt",
                (_, "hi") => "BRIGHTER hi",
                _ => "BRIGHTER ar",
            };
            let found = each.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                each.push((name, vec![Guesses::new(2); 8]));
                each.len() - 1
            });
            for (emotion, guesses) in each[found].1.iter_mut().enumerate() {
                let target = example.targets[EMOTIONS.start + emotion];
                if !target.is_nan() {
                    guesses.add(usize::from(target > 0.5), usize::from(shares[emotion] >= 0.5));
                }
            }
        }
    }
    let mut body = format!(
        "TweetEval emotion (one of anger, joy, optimism, sadness; {} texts of the validation split): macro F1 **{}**\n\n",
        four.pairs.len(),
        four.figure(Guesses::macro_f1)
    );
    let head: Vec<&str> = ["F1 at 0.5"].into_iter().chain(EMOTION_NAMES).collect();
    let lines: Vec<Vec<String>> = each
        .iter()
        .map(|(name, guesses)| {
            let cell = |one: &Guesses| {
                if one.pairs.is_empty() { String::new() } else { format!("{:.0}", one.f1(1)) }
            };
            [(*name).to_owned()].into_iter().chain(guesses.iter().map(cell)).collect()
        })
        .collect();
    body.push_str(&table(&head, &lines));
    Ok(vec![Section { title: "Emotions".to_owned(), body }])
}
