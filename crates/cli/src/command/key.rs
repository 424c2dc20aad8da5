//! `earshot key`: makes a staff key and the entry that lets its owner in.
//!
//! Prints two lines: `key: esk_…`, for its owner alone and never shown again, and `roster: {…}`, for the worker's staff
//! list, which holds the key's hash and nothing that opens anything.

use std::io::{self, Write};

use earshot_desk::{KeyError, Role, RosterEntry, StaffId, StaffIdError, StaffKey};

/// Whom the key is for.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Its owner's name, as colleagues see it: 1 to 32 of a-z, 0-9 and -.
    #[arg(long)]
    name: String,
    /// What they may do.
    #[arg(long, value_enum, default_value = "staff")]
    role: RoleName,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum RoleName {
    /// Flag, claim, note, resolve, dismiss, reopen.
    Staff,
    /// And release or close what somebody else holds.
    Manager,
    /// And everything that concerns keys and people's data.
    Admin,
}

impl From<RoleName> for Role {
    fn from(role: RoleName) -> Self {
        match role {
            RoleName::Staff => Self::Staff,
            RoleName::Manager => Self::Manager,
            RoleName::Admin => Self::Admin,
        }
    }
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MakeKeyError {
    /// No name for a member of staff.
    #[error(transparent)]
    Name(#[from] StaffIdError),
    /// No key for that name.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No randomness.
    #[error("this machine gives no random bytes ({0}): make the key on another one")]
    Random(getrandom::Error),
    /// The entry could not be written as JSON.
    #[error("the roster entry cannot be written ({0})")]
    Entry(#[source] serde_json::Error),
    /// Standard output failed.
    #[error("standard output cannot be written ({0}): check where it goes and run again")]
    Output(#[source] io::Error),
}

/// Makes a key and prints it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), MakeKeyError> {
    let name = StaffId::parse(&arguments.name)?;
    let mut random = [0; StaffKey::SECRET_BYTES];
    getrandom::fill(&mut random).map_err(MakeKeyError::Random)?;
    let lines = lines(name, arguments.role.into(), random)?;
    io::stdout().lock().write_all(lines.as_bytes()).map_err(MakeKeyError::Output)?;
    let told = "Give the key to its owner: it is shown this once and cannot be had again.\n\
                Put the roster entry into the JSON array that is the worker's secret STAFF_<WORKSPACE>.\n";
    io::stderr().lock().write_all(told.as_bytes()).map_err(MakeKeyError::Output)
}

fn lines(name: StaffId, role: Role, random: [u8; StaffKey::SECRET_BYTES]) -> Result<String, MakeKeyError> {
    let key = StaffKey::generate(&name, random)?;
    let entry = RosterEntry { name, role, hash: key.hash() };
    let entry = serde_json::to_string(&entry).map_err(MakeKeyError::Entry)?;
    Ok(format!("key: {}\nroster: {entry}\n", key.expose()))
}

#[cfg(test)]
mod tests {
    use earshot_desk::StaffRoster;

    use super::*;

    #[test]
    fn the_entry_printed_lets_the_key_printed_in() {
        let printed = lines(StaffId::parse("ida").unwrap(), Role::Manager, [7; 32]).unwrap();
        let (key, entry) = printed.trim_end().split_once('\n').unwrap();
        let key = StaffKey::parse(key.strip_prefix("key: ").unwrap()).unwrap();
        let roster = StaffRoster::parse(&format!("[{}]", entry.strip_prefix("roster: ").unwrap())).unwrap();
        let member = roster.authenticate(&key).unwrap();
        assert_eq!((member.id.0.as_str(), member.role), ("ida", Role::Manager));
    }

    #[test]
    fn the_entry_does_not_give_the_key_away() {
        let printed = lines(StaffId::parse("ida").unwrap(), Role::Staff, [0xab; 32]).unwrap();
        let entry = printed.lines().nth(1).unwrap();
        assert!(!entry.contains("abab"), "{entry}");
    }
}
