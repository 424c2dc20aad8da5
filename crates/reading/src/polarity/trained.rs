//! The trained model, steadied by the lexicon.
//!
//! The model says most; the lexicon's own verdict is mixed into the sentiment, which keeps words that no training text had
//! from being read as nothing. What the model learnt from English alone (irony, offence, what the writer wants, urgency, and
//! the emotions that the other languages' sets do not have) is asked of English alone.

use super::rules::LexiconPolarity;
use super::{Page, Polarity, Verdict};
use crate::model::{
    self, COMPLAINT, EMOTIONS, INTENTS, IRONY, Model, OFFENSIVE, Outputs, URGENCY, Workspace, sigmoid,
};
use crate::{Evidence, Head, Span};

/// How much the lexicon's logarithms count beside the model's logits: in English, and in the other languages, of which it knows
/// the emoji only.
const LEXICON_SHARES: [f32; 2] = [0.3, 0.0];
/// How much the model's logits count then, so that both together are no surer than they are right.
const MODEL_SHARES: [f32; 2] = [0.88, 0.95];
/// Added to the logits of negative, neutral and positive, in English: away from neutral and a little towards negative, for a
/// false alarm costs a look and a false calm a customer. It makes the three recalls more alike, on brands never trained on too.
const LEAN: [f32; 3] = [0.05, -0.1, 0.0];
/// Added to a complaint's logit: a false alarm costs a look, a missed one a customer, and posts to a brand are complaints
/// more often than the texts the model was calibrated on.
const COMPLAINT_LEAN: f32 = 0.35;
/// Added to irony's logit: half of the posts it was learnt from are ironic, far more than a desk gets.
const IRONY_LEAN: f32 = -0.9;
/// An emotion is shown its words from this probability on.
const SHOWN: f32 = 0.4;
/// How many stretches are named for one score.
const MOST_SPANS: usize = 3;
/// A stretch is named if it carried at least this share of what the strongest did.
const LEAST_SHARE: f32 = 0.3;
/// Emotions that the sets in other languages have: anger, sadness, fear, joy, surprise.
const IN_EVERY_LANGUAGE: [usize; 5] = [0, 2, 3, 4, 6];

/// What the model learnt besides how the writer feels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Learnt {
    /// The expected urgency level, 0 (none) to 4 (critical).
    pub(crate) urgency: f32,
    /// The logits of at least low, normal, high, critical.
    pub(crate) levels: [f32; 4],
    /// In the order of [`crate::Intent`].
    pub(crate) intents: [f32; 17],
    /// The words that carried the urgency most.
    pub(crate) urgent_words: Option<Span>,
}

/// The model, and the lexicon beside it.
#[derive(Debug)]
pub(crate) struct TrainedPolarity {
    lexicon: LexiconPolarity,
    model: Option<&'static Model>,
}

impl TrainedPolarity {
    pub(crate) fn new() -> Self {
        Self { lexicon: LexiconPolarity, model: model::shipped() }
    }

    /// Its name, if there is one.
    pub(crate) fn name(&self) -> Option<&'static str> {
        self.model.map(Model::name)
    }

    /// What page and words say, and for English what else was learnt.
    pub(crate) fn judge(&self, page: &Page<'_>, workspace: &mut Workspace) -> (Verdict, Option<Learnt>) {
        let lexicon = self.lexicon.judge(page);
        let Some(model) = self.model else { return (lexicon, None) };
        let english = page.language.as_str() == "en";
        let outputs = model.read(page.tokens, english, workspace);
        let mut verdict = lexicon.clone();
        [verdict.negative, verdict.neutral, verdict.positive] = mixed(&outputs, &lexicon, english);
        for (emotion, output) in EMOTIONS.enumerate() {
            let probability = outputs.probability(output);
            let shown = &mut verdict.emotions.0[emotion];
            if english {
                *shown = probability;
            } else if IN_EVERY_LANGUAGE.contains(&emotion) {
                *shown = shown.max(probability);
            }
        }
        if english {
            verdict.complaint = sigmoid(outputs.logits[COMPLAINT] + COMPLAINT_LEAN);
            verdict.irony = sigmoid(outputs.logits[IRONY] + IRONY_LEAN);
            verdict.offensive = outputs.probability(OFFENSIVE).max(0.9 * lexicon.offensive);
        } else {
            verdict.complaint =
                (0.85 * verdict.negative).max(0.7 * verdict.negative + 0.3 * verdict.emotions.0[1]);
        }
        let mut carried = Carried { model, page, workspace, weights: Vec::new() };
        carried.evidence(&mut verdict);
        let learnt = english.then(|| Learnt {
            urgency: outputs.urgency(),
            levels: std::array::from_fn(|at| outputs.logits[URGENCY.start + at]),
            intents: std::array::from_fn(|at| outputs.probability(INTENTS.start + at)),
            urgent_words: carried.strongest(URGENCY.start + 2),
        });
        (verdict, learnt)
    }
}

/// The three probabilities from the model's logits and the lexicon's logarithms.
fn mixed(outputs: &Outputs, lexicon: &Verdict, english: bool) -> [f32; 3] {
    let [lexicon_share, model_share] =
        [LEXICON_SHARES, MODEL_SHARES].map(|shares| shares[usize::from(!english)]);
    let mut both = *outputs;
    for (logit, says) in both.logits.iter_mut().zip([lexicon.negative, lexicon.neutral, lexicon.positive]) {
        *logit = model_share * *logit + lexicon_share * says.max(1e-4).ln();
    }
    if english {
        for (logit, lean) in both.logits.iter_mut().zip(LEAN) {
            *logit += lean;
        }
    }
    both.sentiment()
}

/// Which words carried what, by the half of the model that can say.
struct Carried<'a> {
    model: &'a Model,
    page: &'a Page<'a>,
    workspace: &'a Workspace,
    weights: Vec<f32>,
}

impl Carried<'_> {
    fn evidence(&mut self, verdict: &mut Verdict) {
        verdict.evidence.clear();
        let (negative, positive) = (verdict.negative, verdict.positive);
        if negative >= verdict.neutral || negative > 0.35 {
            self.add(verdict, Head::Negative, 0, Some(2));
        }
        if positive >= verdict.neutral || positive > 0.35 {
            self.add(verdict, Head::Positive, 2, Some(0));
        }
        for (emotion, head) in super::emotion::HEADS.into_iter().enumerate() {
            if verdict.emotions.0[emotion] >= SHOWN {
                self.add(verdict, head, EMOTIONS.start + emotion, None);
            }
        }
        if verdict.irony >= 0.5 {
            self.add(verdict, Head::Irony, IRONY, None);
        }
    }

    fn weigh(&mut self, towards: usize, away: Option<usize>) {
        self.weights.clear();
        self.weights.resize(self.page.tokens.items().len(), 0.0);
        self.model.carried(self.workspace, towards, away, &mut self.weights);
    }

    fn add(&mut self, verdict: &mut Verdict, head: Head, towards: usize, away: Option<usize>) {
        self.weigh(towards, away);
        let mut most = 0.0_f32;
        for _ in 0..MOST_SPANS {
            let Some((at, weight)) = largest(&self.weights) else { break };
            most = most.max(weight);
            if weight < LEAST_SHARE * most {
                break;
            }
            self.weights[at] = 0.0;
            let span = self.page.tokens.items()[at].span();
            verdict.evidence.push(Evidence { head, span, weight: weight.min(1.0) });
        }
    }

    fn strongest(&mut self, output: usize) -> Option<Span> {
        self.weigh(output, None);
        let (at, _) = largest(&self.weights)?;
        Some(self.page.tokens.items()[at].span())
    }
}

/// The largest weight above 0 and where it is.
fn largest(weights: &[f32]) -> Option<(usize, f32)> {
    let (at, weight) =
        weights.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    (weight > 0.0).then_some((at, weight))
}
