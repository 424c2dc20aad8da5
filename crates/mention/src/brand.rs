//! Which posts name us, or a competitor.

use serde::{Deserialize, Serialize};

/// One brand of ours or of a competitor, and the ways people write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// Its id in the workspace.
    pub id: BrandId,
    /// Its name as shown.
    pub name: String,
    /// Whether it is ours.
    #[serde(default)]
    pub side: Side,
    /// Words and phrases that name it.
    #[serde(default)]
    pub aliases: Vec<Alias>,
    /// Handles, without `@`.
    #[serde(default)]
    pub handles: Vec<String>,
    /// Hashtags, without `#`.
    #[serde(default)]
    pub hashtags: Vec<String>,
    /// Phrases in which an alias does not mean the brand ("paper chase").
    #[serde(default)]
    pub exclusions: Vec<String>,
}

/// A brand's id in its workspace, e.g. `northwind`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BrandId(pub String);

/// Whose brand it is. Competitors' names are kept apart as such and never reach the desk by themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Ours.
    #[default]
    Ours,
    /// A competitor's.
    Competitor,
}

/// One way of writing a brand's name. In JSON either a plain string or `{"text", "case"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The word or phrase.
    pub text: String,
    /// Whether capitals matter: "chase" the verb is not Chase the bank.
    #[serde(default)]
    pub case_matters: bool,
}

/// Where a brand was named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandMatch {
    /// Which.
    pub brand: BrandId,
    /// Whose.
    pub side: Side,
    /// The words.
    pub span: earshot_reading::Span,
}

/// Finds every brand of a workspace in one pass over a text.
#[derive(Debug)]
pub struct BrandMatcher {}
