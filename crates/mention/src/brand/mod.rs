//! Which posts name us, or a competitor.

mod fold;
mod letters;
mod matcher;

use serde::{Deserialize, Serialize};

pub use letters::Letters;
pub use matcher::{BrandError, BrandMatcher};

/// One brand of ours or of a competitor, and the ways people write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// Its id in the workspace.
    pub id: BrandId,
    /// Its name as shown. Matched only where it stands among the aliases too.
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

/// One way of writing a brand's name. In JSON either a plain string or `{"text", "case_matters"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "AliasJson", into = "AliasJson")]
pub struct Alias {
    /// The word or phrase.
    pub text: String,
    /// Whether capitals matter: "chase" the verb is not Chase the bank.
    pub case_matters: bool,
}

impl Alias {
    /// An alias that may be written in any case.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), case_matters: false }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "an alias is a string, or {\"text\": \"Chase\", \"case_matters\": true}")]
enum AliasJson {
    Plain(String),
    Full {
        text: String,
        #[serde(default)]
        case_matters: bool,
    },
}

impl From<AliasJson> for Alias {
    fn from(json: AliasJson) -> Self {
        match json {
            AliasJson::Plain(text) => Self::new(text),
            AliasJson::Full { text, case_matters } => Self { text, case_matters },
        }
    }
}

impl From<Alias> for AliasJson {
    fn from(alias: Alias) -> Self {
        match alias {
            Alias { text, case_matters: false } => Self::Plain(text),
            Alias { text, case_matters } => Self::Full { text, case_matters },
        }
    }
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
