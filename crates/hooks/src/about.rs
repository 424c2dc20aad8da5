//! What a person setting up a platform needs to know of its webhooks; the README's table is printed from this.

/// What a person setting up a platform needs to know of its webhooks. One line of the README's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// The platform as people write it.
    pub name: &'static str,
    /// Where the platform documents its webhooks.
    pub docs: &'static str,
    /// How the address is confirmed when it is first set, and later.
    pub handshake: &'static str,
    /// What proves the sender.
    pub signature: &'static str,
    /// What becomes a post.
    pub events: &'static str,
    /// What the platform tells of edits.
    pub edits: &'static str,
    /// What the platform tells of deletions.
    pub deletes: &'static str,
    /// How soon it wants its answer, and what it does when there is none.
    pub deadline: &'static str,
}
