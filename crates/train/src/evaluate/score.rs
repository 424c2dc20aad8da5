//! The figures: how often right, how far off, how sure.

use crate::random::Random;

/// Gold and guessed classes of some texts.
#[derive(Debug, Clone, Default)]
pub struct Guesses {
    /// How many classes there are.
    pub classes: usize,
    /// Gold, guess.
    pub pairs: Vec<(usize, usize)>,
}

/// A figure in percent, with the 95 % interval of 400 bootstrap samples.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// The figure itself.
    pub value: f32,
    /// The interval.
    pub low: f32,
    /// The interval.
    pub high: f32,
}

impl std::fmt::Display for Figure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:.1} ({:.1}-{:.1})", self.value, self.low, self.high)
    }
}

impl Guesses {
    /// No text yet.
    #[must_use]
    pub fn new(classes: usize) -> Self {
        Self { classes, pairs: Vec::new() }
    }

    /// One more text.
    pub fn add(&mut self, gold: usize, guess: usize) {
        self.pairs.push((gold, guess));
    }

    /// Texts by gold (rows) and guess (columns).
    #[must_use]
    pub fn confusion(&self) -> Vec<Vec<usize>> {
        let mut table = vec![vec![0; self.classes]; self.classes];
        for (gold, guess) in &self.pairs {
            table[*gold][*guess] += 1;
        }
        table
    }

    /// Precision and recall of one class, percent.
    #[must_use]
    pub fn precision_recall(&self, class: usize) -> (f32, f32) {
        let hit = self.count(|gold, guess| gold == class && guess == class);
        let share = |of: f32| 100.0 * hit / of.max(1.0);
        (share(self.count(|_, guess| guess == class)), share(self.count(|gold, _| gold == class)))
    }

    /// F1 of one class, percent.
    #[must_use]
    pub fn f1(&self, class: usize) -> f32 {
        let hit = self.count(|gold, guess| gold == class && guess == class);
        let either = self.count(|_, guess| guess == class) + self.count(|gold, _| gold == class);
        200.0 * hit / either.max(1.0)
    }

    /// Mean F1 of all classes.
    #[must_use]
    pub fn macro_f1(&self) -> f32 {
        (0..self.classes).map(|class| self.f1(class)).sum::<f32>() / self.classes as f32
    }

    /// Mean recall of all classes.
    #[must_use]
    pub fn macro_recall(&self) -> f32 {
        (0..self.classes).map(|class| self.precision_recall(class).1).sum::<f32>() / self.classes as f32
    }

    /// The share that is right.
    #[must_use]
    pub fn accuracy(&self) -> f32 {
        100.0 * self.count(|gold, guess| gold == guess) / (self.pairs.len() as f32).max(1.0)
    }

    /// The share that is at most one class off, where classes are levels.
    #[must_use]
    pub fn within_one(&self) -> f32 {
        100.0 * self.count(|gold, guess| gold.abs_diff(guess) <= 1) / (self.pairs.len() as f32).max(1.0)
    }

    /// Cohen's kappa with quadratic weights.
    #[must_use]
    pub fn kappa(&self) -> f32 {
        let total = self.pairs.len() as f32;
        let table = self.confusion();
        let (mut seen, mut by_chance) = (0.0, 0.0);
        for gold in 0..self.classes {
            for guess in 0..self.classes {
                let weight = (gold.abs_diff(guess) as f32).powi(2);
                let row: usize = table[gold].iter().sum();
                let column: usize = table.iter().map(|row| row[guess]).sum();
                seen += weight * table[gold][guess] as f32;
                by_chance += weight * row as f32 * column as f32 / total.max(1.0);
            }
        }
        1.0 - seen / f32::max(by_chance, 1e-6)
    }

    /// A figure with its interval.
    #[must_use]
    pub fn figure(&self, of: impl Fn(&Self) -> f32) -> Figure {
        let mut random = Random::new(1, 7);
        let mut samples: Vec<f32> = (0..400)
            .map(|_| {
                let pairs =
                    (0..self.pairs.len()).map(|_| self.pairs[random.below(self.pairs.len())]).collect();
                of(&Self { classes: self.classes, pairs })
            })
            .collect();
        samples.sort_unstable_by(f32::total_cmp);
        let at = |share: f32| samples.get((share * samples.len() as f32) as usize).copied().unwrap_or(0.0);
        Figure { value: of(self), low: at(0.025), high: at(0.975) }
    }

    fn count(&self, which: impl Fn(usize, usize) -> bool) -> f32 {
        self.pairs.iter().filter(|(gold, guess)| which(*gold, *guess)).count() as f32
    }
}

/// Expected calibration error in percent: how far stated certainty is from being right, over ten bins (Guo et al., 2017).
#[must_use]
pub fn calibration_error(sure_and_right: &[(f32, bool)]) -> f32 {
    let mut bins = [(0.0_f32, 0.0_f32, 0.0_f32); 10];
    for (sure, right) in sure_and_right {
        let bin = &mut bins[((sure * 10.0) as usize).min(9)];
        bin.0 += sure;
        bin.1 += f32::from(u8::from(*right));
        bin.2 += 1.0;
    }
    100.0 * bins.iter().map(|(sure, right, _)| (sure - right).abs()).sum::<f32>()
        / (sure_and_right.len() as f32).max(1.0)
}

/// How the share that is right grows when the engine may keep silent: the certainty asked for, the share it then speaks on,
/// and the share of that which is right.
#[must_use]
pub fn coverage(sure_and_right: &[(f32, bool)]) -> Vec<(f32, f32, f32)> {
    [0.0, 0.5, 0.6, 0.7, 0.8, 0.9]
        .into_iter()
        .map(|least| {
            let spoken: Vec<bool> =
                sure_and_right.iter().filter(|(sure, _)| *sure >= least).map(|(_, right)| *right).collect();
            let right = spoken.iter().filter(|right| **right).count() as f32;
            (
                least,
                100.0 * spoken.len() as f32 / (sure_and_right.len() as f32).max(1.0),
                100.0 * right / (spoken.len() as f32).max(1.0),
            )
        })
        .collect()
}

/// Pearson's r.
#[must_use]
pub fn correlation(pairs: &[(f32, f32)]) -> f32 {
    let count = (pairs.len() as f32).max(1.0);
    let mean = |of: fn(&(f32, f32)) -> f32| pairs.iter().map(of).sum::<f32>() / count;
    let (a, b) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let (mut both, mut first, mut second) = (0.0_f64, 0.0_f64, 0.0_f64);
    for pair in pairs {
        let (x, y) = (f64::from(pair.0 - a), f64::from(pair.1 - b));
        both += x * y;
        first += x * x;
        second += y * y;
    }
    (both / (first * second).sqrt().max(1e-12)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guesses(pairs: &[(usize, usize)]) -> Guesses {
        Guesses { classes: 3, pairs: pairs.to_vec() }
    }

    #[test]
    fn figures_are_what_the_books_say() {
        let some = guesses(&[(0, 0), (0, 1), (1, 1), (2, 2)]);
        assert_eq!(some.accuracy(), 75.0);
        assert!((some.macro_recall() - 83.333).abs() < 0.01);
        assert!((some.macro_f1() - (66.667 + 66.667 + 100.0) / 3.0).abs() < 0.01);
        assert_eq!(some.within_one(), 100.0);
        assert!((guesses(&[(0, 0), (1, 1), (2, 2)]).kappa() - 1.0).abs() < 1e-6);
        assert!(guesses(&[(0, 2), (2, 0)]).kappa() < 0.0);
    }

    #[test]
    fn certainty_that_is_always_met_has_no_error() {
        let met: Vec<(f32, bool)> = (0..100).map(|at| (0.75, at % 4 != 0)).collect();
        assert!(calibration_error(&met) < 1e-3);
        assert!((calibration_error(&[(0.9, false), (0.9, false)]) - 90.0).abs() < 1e-3);
    }

    #[test]
    fn silence_makes_it_more_often_right() {
        let some = [(0.9, true), (0.4, false)];
        assert_eq!(coverage(&some)[0], (0.0, 100.0, 50.0));
        assert_eq!(coverage(&some)[1], (0.5, 50.0, 100.0));
    }

    #[test]
    fn a_straight_line_correlates() {
        assert!((correlation(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]) - 1.0).abs() < 1e-6);
    }
}
