//! The optimiser.

/// Adam (Kingma and Ba, 2015) over one run of weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Adam {
    /// Running means of the slopes.
    pub means: Vec<f32>,
    /// Running means of their squares.
    pub squares: Vec<f32>,
}

const MEAN_KEPT: f32 = 0.9;
const SQUARE_KEPT: f32 = 0.99;

impl Adam {
    /// For so many weights.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self { means: vec![0.0; count], squares: vec![0.0; count] }
    }

    /// Moves the weights from `at` on against their slopes.
    pub fn step(&mut self, at: usize, weights: &mut [f32], slopes: &[f32], rate: f32) {
        let state = self.means[at..].iter_mut().zip(&mut self.squares[at..]);
        for ((weight, slope), (mean, square)) in weights.iter_mut().zip(slopes).zip(state) {
            *mean = MEAN_KEPT * *mean + (1.0 - MEAN_KEPT) * slope;
            *square = SQUARE_KEPT * *square + (1.0 - SQUARE_KEPT) * slope * slope;
            *weight -= rate * *mean / (square.sqrt() + 1e-7);
        }
    }
}
