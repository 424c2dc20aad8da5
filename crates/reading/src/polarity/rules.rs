//! Sentiment from a lexicon and rules, after Hutto and Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment
//! Analysis of Social Media Text" (ICWSM 2014): negation, degree words, contrast, capitals, long letters, exclamation.

use super::emotion::{self, HEADS};
use super::lexicon::{self, Lexicon, Turn};
use super::{EmotionScores, Page, Polarity, Verdict};
use crate::text::{Kind, Token};
use crate::{Evidence, Head, Span};

/// How far back a negator or degree word reaches, in words.
const REACH: usize = 3;
/// What is left of a valence under a negator.
const NEGATED: f32 = -0.74;
/// How much a degree word adds.
const DEGREE: f32 = 0.29;
/// What capitals among small letters add.
const CAPITALS: f32 = 0.73;
/// What a long letter adds.
const ELONGATED: f32 = 0.3;
/// What each exclamation mark adds, up to four.
const EXCLAMATION: f32 = 0.29;
/// Before and after the last "but".
const CONTRAST: (f32, f32) = (0.5, 1.5);
/// How quickly sums saturate.
const SATURATION: f32 = 15.0;
/// How many words are named as evidence for the sentiment.
const MOST_EVIDENCE: usize = 8;

/// Lexicons and rules.
#[derive(Debug, Default)]
pub(crate) struct LexiconPolarity;

struct Charged {
    span: Span,
    place: usize,
    valence: f32,
}

impl Polarity for LexiconPolarity {
    fn judge(&self, page: &Page<'_>) -> Verdict {
        let code = page.language.as_str();
        let english = code == "en";
        let mixed_case = mixes_case(page.tokens.items());
        let mut charged: Vec<Charged> = Vec::new();
        let mut verdict = Verdict::default();
        // The last few words' turns, newest last.
        let mut recent: [Option<Turn>; REACH] = [None; REACH];
        let mut contrast = None;
        let mut exclamations = 0.0_f32;
        let mut calm = EmotionScores([1.0; 8]);
        let mut inoffensive = 1.0_f32;
        for (place, token) in page.tokens.items().iter().enumerate() {
            match token.kind {
                Kind::Punctuation => {
                    match page.tokens.normal(token) {
                        "!" => exclamations += token.value,
                        "." | "\n" | "?" => recent = [None; REACH],
                        _ => {}
                    }
                    continue;
                }
                Kind::Mention | Kind::Address | Kind::Number => continue,
                Kind::Word | Kind::Hashtag | Kind::Emoji | Kind::Emoticon => {}
            }
            let lexicon: Option<&Lexicon> =
                if token.is_word() { english.then(lexicon::english) } else { Some(lexicon::faces()) };
            let entry = lexicon
                .and_then(|lexicon| page.tokens.look_up(token, |word| lexicon.get(word)).copied())
                .unwrap_or_default();
            if token.is_word() {
                if entry.turn == Some(Turn::Contrast) {
                    contrast = Some(charged.len());
                }
                if entry.valence != 0.0 && !(entry.turn.is_some() && entry.turn != Some(Turn::More)) {
                    let valence = turned(entry.valence, &recent, token, mixed_case);
                    charged.push(Charged { span: token.span(), place, valence });
                }
            } else if entry.valence != 0.0 {
                charged.push(Charged { span: token.span(), place, valence: entry.valence });
            }
            let negated = recent.contains(&Some(Turn::Negator));
            if let Some(weights) = page.tokens.look_up(token, |word| emotion::weights(word, english)) {
                for (head, weight) in weights.0.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
                    let weight = if negated { weight * 0.25 } else { *weight };
                    calm.0[head] *= 1.0 - weight;
                    if weight >= 0.5 && verdict.evidence.len() < MOST_EVIDENCE {
                        verdict.evidence.push(Evidence { head: HEADS[head], span: token.span(), weight });
                    }
                }
            }
            if english && token.is_word() {
                inoffensive *= 1.0
                    - page
                        .tokens
                        .look_up(token, |word| Some(emotion::insult(word)).filter(|i| *i > 0.0))
                        .unwrap_or(0.0);
            }
            if token.is_word() {
                recent.rotate_left(1);
                recent[REACH - 1] = entry.turn;
            }
        }
        weigh(&mut verdict, &mut charged, contrast, exclamations);
        // Without a word list nobody can say that no word carries a feeling.
        verdict.charged |= !english;
        let shown = |head: usize| 1.0 - calm.0[head];
        for head in 0..HEADS.len() {
            verdict.emotions.0[head] = shown(head);
        }
        verdict.offensive = 1.0 - inoffensive;
        verdict.complaint =
            (0.85 * verdict.negative).max(0.7 * verdict.negative + 0.3 * verdict.emotions.0[1]);
        verdict
    }
}

/// A valence after the words before it and the way it is written.
fn turned(valence: f32, recent: &[Option<Turn>; REACH], token: &Token, mixed_case: bool) -> f32 {
    let mut size = valence.abs();
    for (distance, turn) in recent.iter().rev().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "at most three")]
        let fade = 1.0 - 0.05 * distance as f32;
        match turn {
            Some(Turn::More) => size += DEGREE * fade,
            Some(Turn::Less) => size -= DEGREE * fade,
            _ => {}
        }
    }
    if token.capitals && mixed_case {
        size += CAPITALS;
    }
    if token.elongated {
        size += ELONGATED;
    }
    let negated = recent.contains(&Some(Turn::Negator));
    size.max(0.1) * valence.signum() * if negated { NEGATED } else { 1.0 }
}

/// Sums the charged words up into the three probabilities, and names them as evidence.
fn weigh(verdict: &mut Verdict, charged: &mut [Charged], contrast: Option<usize>, exclamations: f32) {
    if let Some(turn) = contrast {
        for (index, word) in charged.iter_mut().enumerate() {
            word.valence *= if index < turn { CONTRAST.0 } else { CONTRAST.1 };
        }
    }
    let mut sum: f32 = charged.iter().map(|word| word.valence).sum();
    if sum != 0.0 {
        sum += sum.signum() * EXCLAMATION * exclamations.min(4.0);
    }
    let compound = sum / (sum * sum + SATURATION).sqrt();
    // Multinomial logistic regression of the SemEval 2017 labels on the compound and its size.
    let size = compound.abs();
    let negative = (NEGATIVE[0] + NEGATIVE[1] * compound + NEGATIVE[2] * size).exp();
    let positive = (POSITIVE[0] + POSITIVE[1] * compound + POSITIVE[2] * size).exp();
    let whole = 1.0 + negative + positive;
    verdict.negative = negative / whole;
    verdict.positive = positive / whole;
    verdict.neutral = 1.0 / whole;
    verdict.charged = !charged.is_empty();
    charged.sort_by(|a, b| b.valence.abs().total_cmp(&a.valence.abs()).then(a.place.cmp(&b.place)));
    verdict.evidence.extend(charged.iter().take(MOST_EVIDENCE).map(|word| Evidence {
        head: if word.valence < 0.0 { Head::Negative } else { Head::Positive },
        span: word.span,
        weight: (word.valence.abs() / 4.0).min(1.0),
    }));
}

/// Constant, compound, its size: log-odds against neutral.
const NEGATIVE: [f32; 3] = [-1.1, -2.6, 0.2];
const POSITIVE: [f32; 3] = [-1.2, 2.6, 0.6];

/// Small and capital words both, so that capitals mean something.
fn mixes_case(tokens: &[Token]) -> bool {
    let mut words = tokens.iter().filter(|token| token.kind == Kind::Word).map(|token| token.capitals);
    let Some(first) = words.next() else { return false };
    words.any(|capitals| capitals != first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LanguageCode;
    use crate::text::Tokens;

    fn judge(language: &'static str, text: &str) -> Verdict {
        let mut tokens = Tokens::default();
        tokens.read(text);
        LexiconPolarity.judge(&Page { tokens: &tokens, language: &LanguageCode::new(language) })
    }

    fn balance(language: &'static str, text: &str) -> f32 {
        let verdict = judge(language, text);
        verdict.positive - verdict.negative
    }

    #[test]
    fn words_turn_each_other() {
        // Each pair: the first is the friendlier one.
        for (friendlier, other) in [
            ("The crew was good", "The crew was not good"),
            ("The crew was very good", "The crew was good"),
            ("The food was bad but the crew was great", "The crew was great but the food was bad"),
            ("The crew was GREAT", "The crew was great"),
            ("The crew was great!!!", "The crew was great"),
            ("The crew was greaaaat", "The crew was great"),
            ("not bad at all", "bad at all"),
            ("landed 😍", "landed 😡"),
            ("landed :)", "landed :("),
        ] {
            assert!(balance("en", friendlier) > balance("en", other), "{friendlier} / {other}");
        }
    }

    #[test]
    fn other_languages_have_faces_only() {
        assert!(balance("de", "gelandet 😍") > balance("de", "gelandet 😡"));
        assert_eq!(balance("de", "der Flug war wunderbar"), balance("de", "der Flug war schrecklich"));
    }

    #[test]
    fn evidence_points_at_the_words() {
        let text = "The food was horrible";
        let verdict = judge("en", text);
        let words: Vec<_> = verdict
            .evidence
            .iter()
            .filter(|one| one.head == Head::Negative)
            .map(|one| one.span.of(text))
            .collect();
        assert_eq!(words, [Some("horrible")]);
    }
}
