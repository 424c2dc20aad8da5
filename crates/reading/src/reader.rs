//! The one way in.

use std::borrow::Cow;

use crate::language::{Detector, SUPPORTED};
use crate::model::Workspace;
use crate::polarity::{Page, TrainedPolarity, Verdict};
use crate::signals::{self, Grade, Hit, Signals, Telling};
use crate::text::{self, Tokens};
use crate::{
    Context, Emotions, Head, Intent, ModelVersion, Probability, Reading, Sentiment, SentimentLabel, intents,
    urgency,
};

/// What a reading says where no model could be loaded.
const RULES: &str = "rules-1";

/// Reads texts. Making one is the dear part; reading with it is cheap, so keep it.
#[derive(Debug)]
pub struct Reader {
    detector: Detector,
    signals: Signals,
    polarity: TrainedPolarity,
}

/// Room to work in, kept from one text to the next by whoever reads many: see [`Reader::read_with`].
#[derive(Debug, Default)]
pub struct Scratch {
    tokens: Tokens,
    signals: signals::Scratch,
    hits: Vec<Hit>,
    model: Workspace,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader with the model that ships.
    #[must_use]
    pub fn new() -> Self {
        Self { detector: Detector::new(), signals: Signals::new(), polarity: TrainedPolarity::new() }
    }

    /// Reads one text in what is known of it. Never fails: what cannot be read says so. Of a text longer than
    /// [`crate::READ_LIMIT`] bytes the beginning is read.
    #[must_use]
    pub fn read(&self, text: &str, context: &Context) -> Reading {
        self.read_with(&mut Scratch::default(), text, context)
    }

    /// The same, in room that was used before: no buffer is made anew for each text.
    #[must_use]
    #[inline(never)] // into a caller that is built for size, it would lose its vector instructions
    pub fn read_with(&self, scratch: &mut Scratch, text: &str, context: &Context) -> Reading {
        let text = text::bounded(text);
        let Scratch { tokens, signals, hits, model } = scratch;
        tokens.read(text);
        let language = self.detector.detect(text, tokens, context.language.as_deref());
        self.signals.find(text, tokens, language.code.as_str(), signals, hits);
        // The rules alone know English only.
        let supported = match self.polarity.name() {
            Some(_) => SUPPORTED.contains(&language.code.as_str()),
            None => language.code.as_str() == "en",
        };
        let (mut verdict, learnt) = if supported {
            self.polarity.judge(&Page { tokens, language: &language.code }, model)
        } else {
            (Verdict::default(), None)
        };
        let ironic = temper(&mut verdict, hits);
        if ironic {
            // Mock praise calms nobody.
            hits.retain(|hit| !matches!(hit.code(), "praise" | "closed"));
        } else {
            hits.retain(|hit| hit.code() != "irony");
        }
        let urgency = urgency::weigh(hits, context, learnt.as_ref());
        let mut intents = intents::intents(hits, learnt.as_ref());
        if ironic {
            intents.retain(|intent| !matches!(intent, Intent::Praise | Intent::Thanks));
        }
        if supported && verdict.complaint >= 0.5 && !intents.contains(&Intent::Complaint) {
            intents.insert(0, Intent::Complaint);
        }
        let emotion = |index: usize| Probability::new(verdict.emotions.0[index]);
        Reading {
            model: ModelVersion(Cow::Borrowed(self.polarity.name().unwrap_or(RULES))),
            language,
            sentiment: sentiment(&verdict, supported),
            emotions: Emotions {
                anger: emotion(0),
                frustration: emotion(1),
                sadness: emotion(2),
                fear: emotion(3),
                joy: emotion(4),
                gratitude: emotion(5),
                surprise: emotion(6),
                optimism: emotion(7),
            },
            intents,
            complaint: Probability::new(verdict.complaint),
            irony: Probability::new(verdict.irony),
            offensive: Probability::new(verdict.offensive),
            urgency,
            evidence: verdict.evidence,
        }
    }
}

/// Signals of harm: praise beside them is not meant.
const TROUBLE: [&str; 9] = [
    "outage",
    "lost_stolen_damaged",
    "money",
    "stranded",
    "repeated_contact",
    "account_access",
    "safety",
    "discrimination",
    "waiting",
];

/// Lets the signals correct the words: praise beside trouble is irony, and trouble is a complaint. True for irony.
fn temper(verdict: &mut Verdict, hits: &[Hit]) -> bool {
    let trouble = hits.iter().any(|hit| hit.grade >= Grade::High && TROUBLE.contains(&hit.code()));
    let cue = hits.iter().find(|hit| hit.code() == "irony").map(|hit| hit.grade);
    let ironic = match cue {
        // Words that nobody means.
        Some(Grade::Critical) => true,
        // Words that hardly anybody means: an event nobody wants is enough, unless its victim asks or says thank you.
        Some(Grade::High) => trouble || (unwanted(hits) && !civil(hits)),
        Some(_) => trouble,
        None => false,
    };
    if ironic {
        verdict.irony = verdict.irony.max(0.7);
        if verdict.positive > verdict.negative {
            std::mem::swap(&mut verdict.positive, &mut verdict.negative);
        }
        if verdict.neutral > verdict.negative {
            std::mem::swap(&mut verdict.neutral, &mut verdict.negative);
        }
        verdict.complaint = verdict.complaint.max(0.6);
    } else if asks_plainly(verdict, hits) {
        std::mem::swap(&mut verdict.neutral, &mut verdict.negative);
    } else if trouble && verdict.negative > verdict.positive {
        verdict.complaint = verdict.complaint.max(0.5 * (1.0 + verdict.negative)).min(1.0);
    }
    let hardly_meant = cue.is_some_and(|grade| grade >= Grade::High);
    if !ironic && !hardly_meant && verdict.positive > verdict.negative && !unwelcome(hits) {
        verdict.irony = verdict.irony.min(PRAISE_IS_IRONIC);
        verdict.evidence.retain(|evidence| evidence.head != Head::Irony);
    }
    ironic
}

/// How likely at most praise is mocking where nothing unwelcome stands beside it. In the tweets that irony was learnt from "love"
/// is what gives it away, for half of them are ironic; of customers who write no more than that they love it, hardly any
/// mock.
const PRAISE_IS_IRONIC: f32 = 0.3;

/// Whether anything is told that might be mocked, however small.
fn unwelcome(hits: &[Hit]) -> bool {
    hits.iter().any(|hit| TROUBLE.contains(&hit.code()))
}

/// Events that nobody wants, if only a little.
const UNWANTED: [&str; 5] = ["waiting", "lost_stolen_damaged", "stranded", "outage", "repeated_contact"];

fn unwanted(hits: &[Hit]) -> bool {
    hits.iter().any(|hit| {
        hit.grade >= Grade::Normal && hit.telling == Telling::Plain && UNWANTED.contains(&hit.code())
    })
}

fn civil(hits: &[Hit]) -> bool {
    hits.iter().any(|hit| {
        hit.grade >= Grade::Normal
            && hit.telling == Telling::Plain
            && matches!(hit.code(), "question" | "help_request" | "closed")
    })
}

/// Asking after something one waits for, without a word that carries a feeling, is neutral however long the wait: the
/// urgency says the rest.
fn asks_plainly(verdict: &Verdict, hits: &[Hit]) -> bool {
    let any = |codes: &[&str]| hits.iter().any(|hit| codes.contains(&hit.code()));
    let furious = any(&["fury", "leaving", "going_public", "legal", "discrimination", "safety"]);
    !verdict.charged
        && verdict.negative > verdict.neutral
        && any(&["waiting"])
        && any(&["question"])
        && !furious
}

fn sentiment(verdict: &Verdict, supported: bool) -> Sentiment {
    if !supported {
        let third = Probability::new(1.0 / 3.0);
        return Sentiment {
            label: SentimentLabel::Unknown,
            negative: third,
            neutral: third,
            positive: third,
        };
    }
    let label = if verdict.neutral >= verdict.negative && verdict.neutral >= verdict.positive {
        SentimentLabel::Neutral
    } else if verdict.negative >= verdict.positive {
        SentimentLabel::Negative
    } else {
        SentimentLabel::Positive
    };
    let negative = Probability::new(verdict.negative);
    let positive = Probability::new(verdict.positive);
    // The rounding goes to the middle, so that the three still make one.
    Sentiment { label, negative, neutral: Probability::new(1.0 - negative.get() - positive.get()), positive }
}
