//! Which of the settings' brands a post names.

use std::collections::BTreeMap;

use earshot_mention::{Brand, BrandId, BrandMatcher, Side};

use crate::letters::LETTERS;

/// The brands of the settings, ready to be looked for.
#[derive(Debug, Default)]
pub(crate) struct Brands {
    /// `None` where there is none to look for, or the settings hold brands that cannot be told apart.
    matcher: Option<BrandMatcher>,
    names: BTreeMap<BrandId, String>,
}

impl Brands {
    pub(crate) fn new(brands: &[Brand]) -> Self {
        // The options check brands when they are entered; a post is worth reading whether or not they are in order.
        let matcher = if brands.is_empty() { None } else { BrandMatcher::with_letters(brands, LETTERS).ok() };
        let names = brands.iter().map(|brand| (brand.id.clone(), brand.name.clone())).collect();
        Self { matcher, names }
    }

    /// The name of the brand that the text names: ours before a competitor's, else the first.
    pub(crate) fn named_in(&self, text: &str) -> Option<String> {
        let found = self.matcher.as_ref()?.find(text);
        let brand = found.iter().find(|found| found.side == Side::Ours).or(found.first())?;
        self.names.get(&brand.brand).cloned()
    }

    /// Whether the text addresses one of our handles, which makes it a post to us.
    pub(crate) fn are_addressed_in(&self, text: &str) -> bool {
        let Some(matcher) = &self.matcher else { return false };
        matcher.find(text).iter().any(|found| {
            let start = found.span.start as usize;
            let written_at = text.get(start..).is_some_and(|rest| rest.starts_with('@'));
            let behind_at = text.get(..start).is_some_and(|before| before.ends_with('@'));
            found.side == Side::Ours && (written_at || behind_at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brands() -> Brands {
        Brands::new(
            &serde_json::from_str::<Vec<Brand>>(
                r#"[{"id":"fjordjet","name":"Fjordjet","side":"competitor","aliases":["Fjordjet"]},
                    {"id":"northwind","name":"Northwind Air","aliases":["Northwind Air"],"handles":["northwindair"]}]"#,
            )
            .unwrap(),
        )
    }

    #[test]
    fn ours_goes_before_a_competitors() {
        for (text, brand) in [
            ("Fjordjet was late, Northwind Air was not", Some("Northwind Air")),
            ("Fjordjet was late", Some("Fjordjet")),
            ("the train was late", None),
        ] {
            assert_eq!(brands().named_in(text).as_deref(), brand, "{text}");
        }
    }

    #[test]
    fn a_handle_makes_it_a_post_to_us() {
        for (text, addressed) in [
            ("@northwindair where is my bag", true),
            ("where is my bag @NorthwindAir?", true),
            ("Northwind Air lost my bag", false),
            ("@fjordjet lost my bag", false),
        ] {
            assert_eq!(brands().are_addressed_in(text), addressed, "{text}");
        }
    }

    #[test]
    fn without_brands_nothing_is_named() {
        assert_eq!(Brands::new(&[]).named_in("@northwindair"), None);
        assert!(!Brands::new(&[]).are_addressed_in("@northwindair"));
    }
}
