//! Texts that nobody wrote, made of halves of those that people did: what a teacher says of them teaches the student how the
//! parts make the whole (Tang et al., "Distilling Task-Specific Knowledge from BERT into Simple Neural Networks", 2019).

use std::collections::BTreeMap;

use crate::{Example, Use};

/// What the set is called that they make.
pub const RECOMBINED: &str = "recombined";
/// The sets whose texts a teacher labelled in halves, too. (Of the first only what is not English is learnt from.)
const SETS: [&str; 2] = ["umsab_sentiment_8lang", "semeval2017_sentiment"];
/// How many places on the texts are that lend their second halves. (A whole that no teacher labelled is not learnt from.)
const DISTANCES: [usize; 3] = [1, 2, 3];
/// A text of fewer words is not cut.
const FEWEST_WORDS: usize = 6;

/// Of each training text the first half, the second, and its first half before the second of the next ones: as
/// `research/texts.py` makes them. Nothing is known of them but what a teacher says.
#[must_use]
pub fn recombined(examples: &[Example]) -> Vec<Example> {
    let mut languages: BTreeMap<&str, Vec<&Example>> = BTreeMap::new();
    for example in examples.iter().filter(|example| example.used == Use::Train && SETS.contains(&example.set))
    {
        languages.entry(example.language).or_default().push(example);
    }
    let mut made = Vec::new();
    for of in languages.values() {
        let words: Vec<Vec<&str>> =
            of.iter().map(|example| example.text.split_whitespace().collect()).collect();
        for (at, (example, own)) in of.iter().zip(&words).enumerate() {
            if own.len() < FEWEST_WORDS {
                continue;
            }
            let (first, second) = own.split_at(own.len() / 2);
            let wholes = DISTANCES.map(|distance| {
                let following = &words[(at + distance) % words.len()];
                [first, &following[following.len() / 2..]].concat()
            });
            for words in [first, second].into_iter().chain(wholes.iter().map(Vec::as_slice)) {
                made.push(Example::new(RECOMBINED, example.language, words.join(" "), Use::Train));
            }
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_stay_in_their_language() {
        let example = |set, language, text: &str| Example::new(set, language, text.to_owned(), Use::Train);
        let made = recombined(&[
            example(SETS[0], "es", "uno dos tres cuatro cinco seis"),
            example(SETS[1], "en", "one two three four five six"),
            example(SETS[0], "de", "eins zwei drei vier fünf sechs sieben"),
            example(SETS[0], "es", "siete ocho nueve"),
            example("brighter_emotions", "es", "no es del conjunto que se corta"),
        ]);
        let texts: Vec<(&str, &str)> = made.iter().map(|one| (one.language, one.text.as_str())).collect();
        assert_eq!(
            texts,
            [
                ("de", "eins zwei drei"),
                ("de", "vier fünf sechs sieben"),
                ("de", "eins zwei drei vier fünf sechs sieben"),
                ("de", "eins zwei drei vier fünf sechs sieben"),
                ("de", "eins zwei drei vier fünf sechs sieben"),
                ("en", "one two three"),
                ("en", "four five six"),
                ("en", "one two three four five six"),
                ("en", "one two three four five six"),
                ("en", "one two three four five six"),
                ("es", "uno dos tres"),
                ("es", "cuatro cinco seis"),
                ("es", "uno dos tres ocho nueve"),
                ("es", "uno dos tres cuatro cinco seis"),
                ("es", "uno dos tres ocho nueve"),
            ]
        );
    }
}
