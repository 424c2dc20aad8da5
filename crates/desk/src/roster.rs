//! The staff list that a worker is given: who has a key, and what they may do.

use serde::{Deserialize, Serialize};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};

use crate::{KeyHash, Role, StaffId, StaffKey, StaffMember};

/// One line of the staff list: `{"name":"ida","role":"staff","hash":"<64 hex digits>"}`. `earshot key` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// Who.
    pub name: StaffId,
    /// What they may do.
    pub role: Role,
    /// The hash of their key.
    pub hash: KeyHash,
}

/// Everybody who has a key to one workspace. A JSON array of [`RosterEntry`]. Somebody may stand in it twice with two
/// hashes, so that a key can be replaced without locking its owner out.
#[derive(Debug, Clone, Default)]
pub struct StaffRoster {
    entries: Vec<(KeyHash, StaffMember)>,
}

impl StaffRoster {
    /// Reads a staff list.
    ///
    /// # Errors
    /// Where it is no JSON array of entries, where a name or a hash is not one, or where somebody has two roles. The
    /// error names the entry by its number and never repeats its content: people paste keys where hashes belong.
    pub fn parse(json: &str) -> Result<Self, RosterError> {
        let entries: Vec<RosterEntry> = serde_json::from_str(json)
            .map_err(|error| RosterError::Unreadable { line: error.line(), column: error.column() })?;
        Self::of(entries)
    }

    /// Makes a roster of its entries.
    ///
    /// # Errors
    /// Those of [`StaffRoster::parse`], the unreadable aside.
    pub fn of(entries: impl IntoIterator<Item = RosterEntry>) -> Result<Self, RosterError> {
        let mut roster = Self::default();
        for (index, RosterEntry { name, role, hash }) in entries.into_iter().enumerate() {
            let entry = index + 1;
            let id = StaffId::parse(&name.0).map_err(|_| RosterError::Name { entry })?;
            if !hash.is_well_formed() {
                return Err(RosterError::Hash { entry });
            }
            if roster.entries.iter().any(|(_, earlier)| earlier.id == id && earlier.role != role) {
                return Err(RosterError::TwoRoles { name: id, entry });
            }
            roster.entries.push((hash, StaffMember { id, role }));
        }
        Ok(roster)
    }

    /// Who holds this key; `None` where nobody does. Looks at every entry whoever it is, so that the time taken tells
    /// nothing of who was found.
    #[must_use]
    pub fn authenticate(&self, key: &StaffKey) -> Option<&StaffMember> {
        let hash = key.hash();
        let nobody = u64::MAX;
        let mut found = nobody;
        for (index, (known, member)) in (0_u64..).zip(&self.entries) {
            // The hash covers the name inside the key, so a renamed entry lets nobody in under a new name.
            let same: Choice = known.0.as_bytes().ct_eq(hash.0.as_bytes())
                & member.id.0.as_bytes().ct_eq(key.owner().0.as_bytes());
            found = u64::conditional_select(&found, &index, same);
        }
        usize::try_from(found).ok().and_then(|index| self.entries.get(index)).map(|(_, member)| member)
    }

    /// Everybody on the list, in its order; who has two keys stands there twice.
    pub fn members(&self) -> impl Iterator<Item = &StaffMember> {
        self.entries.iter().map(|(_, member)| member)
    }
}

/// Why a staff list cannot be used. Entries count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RosterError {
    /// No JSON of the right shape. The parser's own words are left out because they may quote a key.
    #[error(
        "the staff list breaks off at line {line}, column {column}: it must be a JSON array of \
         {{\"name\",\"role\",\"hash\"}} entries, role one of staff, manager, admin, as `earshot key` prints them"
    )]
    Unreadable {
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
    },
    /// A name that nobody can have.
    #[error("entry {entry} of the staff list has a name that is not 1 to 32 of a-z, 0-9 and -")]
    Name {
        /// Which entry.
        entry: usize,
    },
    /// Not the hash of a key.
    #[error(
        "entry {entry} of the staff list has a hash that is not 64 lower-case hex digits; store the roster entry that \
         `earshot key` prints, never the key itself"
    )]
    Hash {
        /// Which entry.
        entry: usize,
    },
    /// One person, two roles.
    #[error(
        "entry {entry} of the staff list gives {name} a second role; give all entries of a person the same one"
    )]
    TwoRoles {
        /// Who.
        name: StaffId,
        /// Which entry.
        entry: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, byte: u8) -> StaffKey {
        StaffKey::generate(&StaffId::parse(name).unwrap(), [byte; 32]).unwrap()
    }

    fn entry(key: &StaffKey, role: Role) -> RosterEntry {
        RosterEntry { name: key.owner().clone(), role, hash: key.hash() }
    }

    fn json(entries: &[RosterEntry]) -> String {
        serde_json::to_string(entries).unwrap()
    }

    #[test]
    fn a_key_opens_for_its_owner_alone() {
        let (ida, ben, stranger) = (key("ida", 1), key("ben", 2), key("ida", 3));
        let roster =
            StaffRoster::parse(&json(&[entry(&ida, Role::Staff), entry(&ben, Role::Manager)])).unwrap();
        assert_eq!(roster.authenticate(&ida).unwrap().id, StaffId("ida".into()));
        assert_eq!(roster.authenticate(&ben).unwrap().role, Role::Manager);
        assert_eq!(roster.authenticate(&stranger), None);
    }

    #[test]
    fn nobody_is_on_an_empty_list() {
        let roster = StaffRoster::parse("[]").unwrap();
        assert_eq!(roster.authenticate(&key("ida", 1)), None);
    }

    #[test]
    fn an_old_and_a_new_key_both_open_while_they_are_exchanged() {
        let (old, new) = (key("ida", 1), key("ida", 2));
        let roster =
            StaffRoster::parse(&json(&[entry(&old, Role::Staff), entry(&new, Role::Staff)])).unwrap();
        assert!(roster.authenticate(&old).is_some());
        assert!(roster.authenticate(&new).is_some());
    }

    #[test]
    fn a_hash_stored_under_another_name_lets_nobody_in() {
        let ida = key("ida", 1);
        let renamed = RosterEntry { name: StaffId("ben".into()), role: Role::Admin, hash: ida.hash() };
        assert_eq!(StaffRoster::of([renamed]).unwrap().authenticate(&ida), None);
    }

    #[test]
    fn the_stored_shape_stays() {
        let roster = StaffRoster::parse(&format!(
            r#"[{{"name":"ida","role":"staff","hash":"{}"}}]"#,
            key("ida", 1).hash().0
        ))
        .unwrap();
        assert_eq!(roster.members().count(), 1);
    }

    #[test]
    fn a_list_that_cannot_be_used_says_which_entry_and_never_quotes_it() {
        let (ida, other) = (key("ida", 1), key("ida", 2));
        let hash = ida.hash().0;
        let cases = [
            ("not JSON", "staff".to_owned(), RosterError::Unreadable { line: 1, column: 1 }),
            (
                "the key instead of the list",
                format!("{:?}", ida.expose()),
                RosterError::Unreadable { line: 1, column: 74 },
            ),
            (
                "the key instead of its hash",
                format!(r#"[{{"name":"ida","role":"staff","hash":"{}"}}]"#, ida.expose()),
                RosterError::Hash { entry: 1 },
            ),
            (
                "a name with a space",
                format!(r#"[{{"name":"ida b","role":"staff","hash":"{hash}"}}]"#),
                RosterError::Name { entry: 1 },
            ),
            (
                "two roles",
                json(&[entry(&ida, Role::Staff), entry(&other, Role::Admin)]),
                RosterError::TwoRoles { name: StaffId("ida".into()), entry: 2 },
            ),
        ];
        for (case, list, expected) in cases {
            let error = StaffRoster::parse(&list).unwrap_err();
            assert_eq!(error, expected, "{case}");
            assert!(!error.to_string().contains("esk_"), "{case}: {error}");
        }
        let unknown_role = format!(r#"[{{"name":"ida","role":"chief","hash":"{hash}"}}]"#);
        assert!(matches!(StaffRoster::parse(&unknown_role), Err(RosterError::Unreadable { .. })));
    }
}
