//! Which mentions get flagged, and for which reasons. The policy is data; its defaults suit a small company.

use earshot_reading::{Intent, Level, Probability, Reading, SentimentLabel, Stars};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Channel, FlagReason, Kind, Post, Text, Visibility};

/// Which mentions get flagged. In JSON every field may be left out; `null` turns off a rule that has a threshold.
///
/// Whatever it says, mentions of safety, of the law or the press, and of discrimination get flagged: their cost when
/// overlooked is not a matter of taste.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Flag what is at least this urgent. `normal`: whoever waits for something.
    pub urgency_from: Level,
    /// Flag complaints from this probability on, 0 to 1, urgent or not. 0.6.
    #[serde(deserialize_with = "probability")]
    pub complaint_from: Option<Probability>,
    /// Flag reviews with this many stars or fewer, 1 to 5. 2.
    pub stars_at_most: Option<Stars>,
    /// Flag reviews of four or five stars whose words complain: the stars were a slip, or the matter is fresh. Yes.
    pub stars_and_text_disagree: bool,
    /// Flag displeased posts of authors with this many followers or more. 5,000.
    pub negative_from_followers: Option<u64>,
    /// Flag displeased posts with this many likes, shares and answers together or more. 50.
    pub negative_from_reactions: Option<u64>,
    /// Flag questions and calls for help that reach us through a channel of ours. Yes.
    pub questions: bool,
    /// Flag what reaches us through a channel of ours in words that the engine cannot read, from this many letters on;
    /// messages to us with any. 8: shorter comments are mostly laughter and names.
    pub not_read_from_letters: Option<u32>,
    /// Flag messages to us that have no words: a photo of what went wrong. Yes.
    pub messages_without_words: bool,
    /// Flag happy posts from this probability on, 0 to 1, so that somebody can say thanks. Off: on a good day praise
    /// would bury those who wait.
    #[serde(deserialize_with = "probability")]
    pub praise_from: Option<Probability>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            urgency_from: Level::Normal,
            complaint_from: Some(Probability::new(0.6)),
            stars_at_most: Stars::new(2),
            stars_and_text_disagree: true,
            negative_from_followers: Some(5_000),
            negative_from_reactions: Some(50),
            questions: true,
            not_read_from_letters: Some(8),
            messages_without_words: true,
            praise_from: None,
        }
    }
}

/// A probability that is one: 60 for 60 % would otherwise count as 1 and turn the rule off unseen.
fn probability<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Probability>, D::Error> {
    let Some(value) = Option::<f32>::deserialize(deserializer)? else { return Ok(None) };
    if (0.0..=1.0).contains(&value) {
        Ok(Some(Probability::new(value)))
    } else {
        Err(D::Error::custom(format_args!(
            "a probability is 0 to 1, such as 0.6, not {value}; null turns the rule off"
        )))
    }
}

/// What the policy decides of a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Somebody should look at it, for these reasons, most telling first. Never empty.
    Flag(Vec<FlagReason>),
    /// Nobody needs to.
    Pass,
}

/// A rule: whether a mention meets it under a policy.
type Rule = fn(&Policy, &Post, &Reading) -> bool;

/// Every rule by the reason it gives, the most telling first.
const RULES: [(FlagReason, Rule); 13] = [
    (FlagReason::SAFETY, |_, _, reading| wants(reading, Intent::Safety)),
    (FlagReason::LEGAL_OR_PRESS, |_, _, reading| wants(reading, Intent::LegalPress)),
    (FlagReason::DISCRIMINATION, |_, _, reading| wants(reading, Intent::Discrimination)),
    (FlagReason::URGENT, |policy, _, reading| reading.urgency.level >= policy.urgency_from),
    (FlagReason::LOW_STARS, Policy::has_low_stars),
    (FlagReason::COMPLAINT, |policy, _, reading| is_meant(reading) && policy.complains(reading)),
    (FlagReason::NEGATIVE_REACH, |policy, post, reading| {
        is_meant(reading) && is_displeased(reading) && policy.is_widely_seen(post)
    }),
    (FlagReason::STARS_AND_TEXT_DISAGREE, Policy::stars_and_text_disagree),
    (FlagReason::ASKED_US, Policy::asks_us),
    (FlagReason::TEXT_NOT_DELIVERED, |_, post, _| post.text == Text::NotDelivered),
    (FlagReason::NO_WORDS, |policy, post, _| policy.messages_without_words && is_message_without_words(post)),
    (FlagReason::NOT_READ, Policy::somebody_should_read),
    (FlagReason::PRAISE, Policy::is_praise),
];

impl Policy {
    /// Decides one mention. That it is about us is settled before.
    #[must_use]
    pub fn decide(&self, post: &Post, reading: &Reading) -> Verdict {
        let met = RULES.into_iter().filter(|(_, rule)| rule(self, post, reading));
        let reasons: Vec<FlagReason> = met.map(|(reason, _)| reason).collect();
        if reasons.is_empty() { Verdict::Pass } else { Verdict::Flag(reasons) }
    }

    fn complains(&self, reading: &Reading) -> bool {
        self.complaint_from.is_some_and(|from| reading.complaint >= from)
    }

    fn has_low_stars(&self, post: &Post, _: &Reading) -> bool {
        post.stars.zip(self.stars_at_most).is_some_and(|(stars, most)| stars <= most)
    }

    fn stars_and_text_disagree(&self, post: &Post, reading: &Reading) -> bool {
        let many = post.stars.is_some_and(|stars| stars.get() >= 4);
        self.stars_and_text_disagree && many && (is_displeased(reading) || self.complains(reading))
    }

    fn asks_us(&self, post: &Post, reading: &Reading) -> bool {
        let asks = wants(reading, Intent::Question) || wants(reading, Intent::HelpRequest);
        self.questions && asks && is_meant(reading) && post.channel == Channel::Ours
    }

    fn is_praise(&self, _: &Post, reading: &Reading) -> bool {
        let happy = reading.sentiment.label == SentimentLabel::Positive;
        happy && is_meant(reading) && self.praise_from.is_some_and(|from| reading.sentiment.positive >= from)
    }

    fn is_widely_seen(&self, post: &Post) -> bool {
        if post.visibility == Visibility::Direct {
            return false;
        }
        let at_least = |count: u64, from: Option<u64>| from.is_some_and(|from| count >= from);
        let reactions = [post.reach.likes, post.reach.shares, post.reach.replies];
        let reactions = reactions.into_iter().flatten().fold(0, u64::saturating_add);
        at_least(post.author.followers.unwrap_or(0), self.negative_from_followers)
            || at_least(reactions, self.negative_from_reactions)
    }

    fn somebody_should_read(&self, post: &Post, reading: &Reading) -> bool {
        let Some(from) = self.not_read_from_letters else { return false };
        if post.channel != Channel::Ours || reading.sentiment.label != SentimentLabel::Unknown {
            return false;
        }
        let from = if post.visibility == Visibility::Direct { 1 } else { from.max(1) };
        let mut letters = post.text.as_str().chars().filter(|letter| letter.is_alphabetic());
        usize::try_from(from - 1).is_ok_and(|before| letters.nth(before).is_some())
    }
}

fn wants(reading: &Reading, intent: Intent) -> bool {
    reading.intents.contains(&intent)
}

/// Not an advertisement: those ask questions and complain about others for a living.
fn is_meant(reading: &Reading) -> bool {
    reading.intents.first() != Some(&Intent::SpamOrIrrelevant)
}

fn is_displeased(reading: &Reading) -> bool {
    reading.sentiment.label == SentimentLabel::Negative
}

fn is_message_without_words(post: &Post) -> bool {
    post.kind == Kind::Message && post.channel == Channel::Ours && post.text == Text::None
}
