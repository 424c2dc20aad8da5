//! Finds every brand of a workspace in one pass over a text.

use aho_corasick::{AhoCorasick, MatchKind};

use super::fold::{Case, Folded, is_word, joins};
use super::letters::Letters;
use super::{Alias, Brand, BrandId, BrandMatch, Side};

/// Finds every brand of a workspace in one pass over a text: its aliases as whole words, its handles behind `@`, its
/// hashtags behind `#`. Of names that overlap the leftmost counts, and of those that start together the longest, so
/// "Northwind Air Cargo" is not also "Northwind Air". Time is linear in the text.
#[derive(Debug)]
pub struct BrandMatcher {
    automaton: AhoCorasick,
    /// What each pattern of the automaton stands for.
    patterns: Vec<Pattern>,
    brands: Vec<(BrandId, Side)>,
    letters: Letters,
}

#[derive(Debug)]
struct Pattern {
    brand: usize,
    kind: PatternKind,
}

#[derive(Debug)]
enum PatternKind {
    /// A name; with its exact writing where capitals matter.
    Alias(Option<String>),
    Handle,
    Hashtag,
    Exclusion,
}

/// A name found, before it is known which of those that overlap counts. Ranges are in the folded text.
#[derive(Debug)]
struct Candidate {
    start: usize,
    end: usize,
    brand: usize,
}

impl BrandMatcher {
    /// Prepares the brands of a workspace. Costs far more than a search: keep it.
    ///
    /// # Errors
    /// Where a name is empty or two brands share an id.
    pub fn new(brands: &[Brand]) -> Result<Self, BrandError> {
        Self::with_letters(brands, Letters::TABLES)
    }

    /// The same with what the caller knows of letters.
    ///
    /// # Errors
    /// Where a name is empty or two brands share an id.
    pub fn with_letters(brands: &[Brand], letters: Letters) -> Result<Self, BrandError> {
        let mut written = Vec::new();
        let mut patterns = Vec::new();
        for (index, brand) in brands.iter().enumerate() {
            if brands[..index].iter().any(|other| other.id == brand.id) {
                return Err(BrandError::SharedId { id: brand.id.clone() });
            }
            for (field, text, kind) in names(brand, letters) {
                let text = Folded::new(&text, Case::Folded, letters).as_str().to_owned();
                if !text.chars().any(|letter| is_word(letter, letters)) {
                    return Err(BrandError::EmptyName { brand: brand.id.clone(), field });
                }
                written.push(text);
                patterns.push(Pattern { brand: index, kind });
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&written)
            .map_err(|cause| BrandError::TooMany { cause })?;
        let brands = brands.iter().map(|brand| (brand.id.clone(), brand.side)).collect();
        Ok(Self { automaton, patterns, brands, letters })
    }

    /// Every place where `text` names a brand, in the order of the text, none overlapping another.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<BrandMatch> {
        let folded = Folded::new(text, Case::Folded, self.letters);
        let mut candidates = self.candidates(text, &folded);
        // Ours first where one writing is ours and a competitor's: better one look too many.
        candidates.sort_by_key(|found| {
            (found.start, usize::MAX - found.end, self.brands[found.brand].1 == Side::Competitor, found.brand)
        });
        let mut matches = Vec::new();
        let mut free_from = 0;
        for found in candidates {
            if found.start < free_from {
                continue;
            }
            let Some(span) = folded.original(found.start, found.end) else { continue };
            free_from = found.end;
            let (brand, side) = self.brands[found.brand].clone();
            matches.push(BrandMatch { brand, side, span });
        }
        matches
    }

    /// Every whole name that no exclusion covers.
    fn candidates(&self, text: &str, folded: &Folded) -> Vec<Candidate> {
        let mut names = Vec::new();
        let mut exclusions = vec![Vec::new(); self.brands.len()];
        for found in self.automaton.find_overlapping_iter(folded.as_str()) {
            let (start, end) = (found.start(), found.end());
            let Pattern { brand, kind } = &self.patterns[found.pattern().as_usize()];
            if !is_whole(folded, start, end, kind) {
                continue;
            }
            match kind {
                PatternKind::Exclusion => exclusions[*brand].push((start, end)),
                PatternKind::Alias(Some(exact)) if !is_written(text, folded, start, end, exact) => {}
                _ => names.push(Candidate { start, end, brand: *brand }),
            }
        }
        let exclusions: Vec<Cover> = exclusions.into_iter().map(Cover::new).collect();
        names.retain(|found| !exclusions[found.brand].covers(found.start, found.end));
        names
    }
}

/// Everything that a brand's patterns are made of.
fn names(brand: &Brand, letters: Letters) -> impl Iterator<Item = (&'static str, String, PatternKind)> {
    let aliases = brand.aliases.iter().map(move |Alias { text, case_matters }| {
        let text = text.trim();
        let exact = case_matters.then(|| Folded::new(text, Case::Kept, letters).as_str().to_owned());
        ("aliases", text.to_owned(), PatternKind::Alias(exact))
    });
    let handles = brand.handles.iter().map(|handle| ("handles", marked('@', handle), PatternKind::Handle));
    let hashtags = brand.hashtags.iter().map(|tag| ("hashtags", marked('#', tag), PatternKind::Hashtag));
    let exclusions = brand.exclusions.iter().map(|phrase| {
        let phrase = phrase.trim().to_owned();
        ("exclusions", phrase, PatternKind::Exclusion)
    });
    aliases.chain(handles).chain(hashtags).chain(exclusions)
}

/// A handle or hashtag with its mark, whether or not it was given with it.
fn marked(mark: char, name: &str) -> String {
    let name = name.trim();
    format!("{mark}{}", name.strip_prefix(mark).unwrap_or(name))
}

/// Whether the name found stands there as a whole, and as what it is.
fn is_whole(folded: &Folded, start: usize, end: usize, kind: &PatternKind) -> bool {
    let letters = folded.letters();
    let Some(found) = folded.as_str().get(start..end) else { return false };
    let (first, last) = (found.chars().next(), found.chars().next_back());
    let goes_on = folded.after(end).zip(last).is_some_and(|(after, last)| joins(last, after, letters));
    if goes_on {
        return false;
    }
    let mut before = folded.before(start);
    match (before.next(), first) {
        (None, _) | (_, None) => true,
        // `@northwind` is the account of that handle, whoever that is; `help@northwind.example` is us.
        (Some('@'), _) if matches!(kind, PatternKind::Alias(_)) => {
            before.next().is_some_and(|letter| is_word(letter, letters))
        }
        // `ida@northwindair` is an address, not a handle.
        (Some(before), Some('@')) => !is_word(before, letters),
        (Some(before), Some('#')) => !is_word(before, letters),
        (Some(before), Some(first)) => !joins(before, first, letters),
    }
}

/// Whether the name is written exactly so, capitals and all.
fn is_written(text: &str, folded: &Folded, start: usize, end: usize, exact: &str) -> bool {
    let words = folded.original(start, end).and_then(|span| span.of(text));
    words.is_some_and(|words| Folded::new(words, Case::Kept, folded.letters()).as_str() == exact)
}

/// Stretches of a text, to ask whether one of them covers another stretch.
#[derive(Debug)]
struct Cover {
    /// By their start, each with the furthest end of it and those before.
    stretches: Vec<(usize, usize)>,
}

impl Cover {
    fn new(mut stretches: Vec<(usize, usize)>) -> Self {
        stretches.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut stretches {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { stretches }
    }

    fn covers(&self, start: usize, end: usize) -> bool {
        let earlier = self.stretches.partition_point(|(from, _)| *from <= start);
        earlier.checked_sub(1).is_some_and(|last| self.stretches[last].1 >= end)
    }
}

/// Why brands cannot be looked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BrandError {
    /// Two brands with one id.
    #[error("two brands have the id {:?}; give each its own", id.0)]
    SharedId {
        /// The id.
        id: BrandId,
    },
    /// A name without a letter or digit in it.
    #[error("the brand {:?} has an entry among its {field} without a letter or digit; write it out or remove it", brand.0)]
    EmptyName {
        /// Which brand.
        brand: BrandId,
        /// Which list of its names.
        field: &'static str,
    },
    /// More names than can be looked for at once.
    #[error("the brands have too many names to look for at once; remove some")]
    TooMany {
        /// What the search said.
        #[source]
        cause: aho_corasick::BuildError,
    },
}
