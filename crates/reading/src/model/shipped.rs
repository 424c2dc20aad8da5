//! The model that ships, inside the program.

use std::sync::OnceLock;

use super::Model;

static FILE: &[u8] = include_bytes!("../../model/earshot.model");

/// The model that ships, unpacked when it is first asked for. `None` only where the program was built with a file that
/// this code cannot read, which a test rules out; the lexicon then reads alone.
#[must_use]
pub fn shipped() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Model::from_bytes(FILE).ok()).as_ref()
}

/// How many bytes its file has.
#[must_use]
pub fn shipped_bytes() -> usize {
    FILE.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_that_ships_can_be_read() {
        assert_eq!(Model::from_bytes(FILE).map(|model| model.name().starts_with("earshot-")), Ok(true));
    }
}
