//! How wide the net's layers are, and where each layer's weights lie among all.

use std::ops::Range;

use earshot_reading::model::{OUTPUTS, POOLS};

/// Widths; each a multiple of eight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Of a piece's embedding.
    pub width: usize,
    /// Of the convolutions.
    pub channels: usize,
    /// Of the layer before the outputs.
    pub hidden: usize,
}

/// Where one layer's weights and biases lie.
#[derive(Debug, Clone)]
pub struct Place {
    /// Numbers in.
    pub inputs: usize,
    /// Numbers out.
    pub outputs: usize,
    /// `inputs` rows of `outputs` weights.
    pub weights: Range<usize>,
    /// One an output.
    pub biases: Range<usize>,
}

/// Every layer.
#[derive(Debug, Clone)]
pub struct Places {
    /// Over three pieces.
    pub near: Place,
    /// Over five, every other.
    pub far: Place,
    /// How much each place of the text is attended to.
    pub attention: Place,
    /// From the pooled text.
    pub hidden: Place,
    /// To the logits.
    pub output: Place,
    /// Weights and biases together.
    pub total: usize,
}

/// Attention scores are kept in rows of eight, of which four are in use.
pub(super) const ATTENTION_COLUMNS: usize = 8;

impl Shape {
    /// Where each layer lies.
    #[must_use]
    pub fn places(self) -> Places {
        let mut at = 0;
        let mut place = |inputs: usize, outputs: usize| {
            let weights = at..at + inputs * outputs;
            let biases = weights.end..weights.end + outputs;
            at = biases.end;
            Place { inputs, outputs, weights, biases }
        };
        let near = place(3 * self.width, self.channels);
        let far = place(3 * self.channels, self.channels);
        let attention = place(self.channels, ATTENTION_COLUMNS);
        let hidden = place(POOLS * self.channels, self.hidden);
        let output = place(self.hidden, OUTPUTS);
        Places { near, far, attention, hidden, output, total: at }
    }
}
