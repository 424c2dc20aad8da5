//! Names as people type them into one field.

use earshot_mention::{Brand, BrandId};

/// The names in a field, parted by commas or lines; marks that belong to a platform are dropped, and doubles.
pub(super) fn list(typed: &str, mark: Option<char>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in typed.split([',', '\n']) {
        let name = name.trim();
        let name = mark.map_or(name, |mark| name.trim_start_matches(mark)).trim();
        // The matcher finds nothing by a name without a letter or digit.
        let can_be_found = name.chars().any(char::is_alphanumeric);
        if can_be_found && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// An id for a new brand: its name in small letters and digits, unlike any that is there.
pub(super) fn id_for(name: &str, brands: &[Brand]) -> BrandId {
    let mut plain = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let plain = match plain.trim_end_matches('-') {
        "" => "brand",
        plain => plain,
    };
    let is_free = |id: &str| !brands.iter().any(|brand| brand.id.0 == id);
    let numbered = (2..).map(|number| format!("{plain}-{number}"));
    let id = std::iter::once(plain.to_owned()).chain(numbered).find(|id| is_free(id));
    BrandId(id.unwrap_or_else(|| plain.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_names_is_read_as_meant() {
        for (typed, mark, expected) in [
            ("", None, vec![]),
            (" , ,\n", None, vec![]),
            ("Northwind, NWA\nNorthwind Air", None, vec!["Northwind", "NWA", "Northwind Air"]),
            ("@northwindair, northwindair , @nwa_help", Some('@'), vec!["northwindair", "nwa_help"]),
            ("#flynorthwind,##nwa,#", Some('#'), vec!["flynorthwind", "nwa"]),
            ("!!!, ---", None, vec![]),
        ] {
            assert_eq!(list(typed, mark), expected, "{typed}");
        }
    }

    #[test]
    fn every_brand_gets_an_id_of_its_own() {
        let brand = |id: &str| serde_json::from_value(serde_json::json!({"id": id, "name": id})).unwrap();
        assert_eq!(id_for("Northwind Air", &[]).0, "northwind-air");
        assert_eq!(id_for("  Ørsted & Søn  ", &[]).0, "rsted-s-n");
        assert_eq!(id_for("北風", &[]).0, "brand");
        assert_eq!(id_for("Nwa", &[brand("nwa"), brand("nwa-2")]).0, "nwa-3");
    }
}
