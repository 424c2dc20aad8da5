//! The trained model: what it sees of a text ([`Features`]), its file, and its reading of them ([`Outputs`]).
//!
//! Public so that the trainer makes exactly what the engine reads. Two halves read the same text, a wide one (hashed
//! n-grams) and a deep one (word pieces in order); their logits are mixed output by output with weights found on texts
//! that neither was trained on.

mod deep;
mod dot;
mod features;
mod format;
mod heads;
mod shipped;
mod vocabulary;
mod wide;

pub use deep::{ACTIVATION_ONE, ATTENTIONS, EMBEDDING_ONE, POOLS};
pub use features::{BUCKET_BITS, Extractor, Features, Gram, MOST_PIECES, Piece};
pub use format::{FORMAT, ModelError, push_variable, wrap};
pub use heads::{
    COMPLAINT, EMOTIONS, INTENTS, IRONY, OFFENSIVE, OUTPUTS, Outputs, SENTIMENT, URGENCY, exp, sigmoid,
};
pub use shipped::{shipped, shipped_bytes};
pub use vocabulary::{
    CAPITALS, ELONGATED, EMOJI, FIRST, Fingerprint, HASHTAG, LINK, LONGEST_PIECE, MENTION, NUMBER, UNKNOWN,
    Vocabulary,
};
pub use wide::share;

use deep::{Deep, Room};
use format::Input;
use wide::{Known, Wide};

/// How an output's logit comes of the two halves'.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mix {
    /// The deep half's weight.
    pub deep: f32,
    /// The wide half's weight.
    pub wide: f32,
    /// Added.
    pub bias: f32,
}

/// A model as its file describes it.
#[derive(Debug)]
pub struct Model {
    name: String,
    vocabulary: Vocabulary,
    deep: Deep,
    wide: Wide,
    /// In English, and in any other language, for which there is less to learn from.
    mixes: [[Mix; OUTPUTS]; 2],
}

/// What a model works in, kept from text to text so that reading allocates nothing.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The features of the text being read.
    pub features: Features,
    known: Vec<Known>,
    room: Room,
}

impl Model {
    /// Reads a model file.
    ///
    /// # Errors
    /// Where the file is no model, is of another format, is damaged, or contradicts itself.
    pub fn from_bytes(file: &[u8]) -> Result<Self, ModelError> {
        let (name, payload) = format::unwrap(file)?;
        let mut input = Input(payload);
        let mix = input.floats(2 * 3 * OUTPUTS)?;
        let one = |at: usize| Mix { deep: mix[at], wide: mix[at + 1], bias: mix[at + 2] };
        let mixes = std::array::from_fn(|which| std::array::from_fn(|o| one(3 * (which * OUTPUTS + o))));
        let count = input.u32()? as usize;
        let mut fingerprints = Vec::new();
        let mut last = 0_u32;
        for _ in 0..count {
            last = last.checked_add(input.variable()?).ok_or(ModelError::Shape("vocabulary"))?;
            fingerprints.push(last);
        }
        let vocabulary = Vocabulary::new(fingerprints)?;
        let deep = Deep::from_input(&mut input, vocabulary.ids())?;
        let wide = Wide::from_input(&mut input)?;
        if !input.0.is_empty() {
            return Err(ModelError::Shape("length"));
        }
        Ok(Self { name: name.to_owned(), vocabulary, deep, wide, mixes })
    }

    /// What it is called, e.g. `earshot-2026.11`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pieces it knows.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// How many n-gram buckets carry weight.
    #[must_use]
    pub fn wide_rows(&self) -> usize {
        self.wide.weights()
    }

    /// Takes in a text's tokens and reads them.
    pub(crate) fn read(
        &self,
        tokens: &crate::text::Tokens,
        english: bool,
        workspace: &mut Workspace,
    ) -> Outputs {
        workspace.features.read(tokens, english, &self.vocabulary);
        self.outputs(english, workspace)
    }

    /// Reads features made with [`Extractor`].
    #[must_use]
    pub fn read_features(&self, features: Features, english: bool, workspace: &mut Workspace) -> Outputs {
        workspace.features = features;
        self.outputs(english, workspace)
    }

    /// The two halves' logits before they are mixed: deep, wide.
    #[must_use]
    pub fn halves(&self, features: &Features) -> [[f32; OUTPUTS]; 2] {
        [
            self.deep.read(&features.pieces, &mut Room::default()),
            self.wide.read(&features.grams, &mut Vec::new()),
        ]
    }

    fn outputs(&self, english: bool, workspace: &mut Workspace) -> Outputs {
        let deep = self.deep.read(&workspace.features.pieces, &mut workspace.room);
        let wide = self.wide.read(&workspace.features.grams, &mut workspace.known);
        let logits = std::array::from_fn(|o| {
            let Mix { deep: d, wide: w, bias } = self.mixes[usize::from(!english)][o];
            d * deep[o] + w * wide[o] + bias
        });
        Outputs { logits }
    }

    /// How much each token of the text in `workspace` moved an output's logit, by the wide half, which can say:
    /// `out` gets one number a token.
    pub fn carried(&self, workspace: &Workspace, towards: usize, away: Option<usize>, out: &mut [f32]) {
        self.wide.carried(&workspace.known, workspace.features.grams.len(), towards, away, out);
    }
}
