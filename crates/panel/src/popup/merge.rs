//! How a fresh list meets the one that is shown.

use earshot_api::MentionView;
use earshot_mention::MentionId;

/// A place in the new list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Slot {
    /// The workspace has it on this shelf, and this is what it says.
    Fresh(Box<MentionView>),
    /// It left the shelf because of what was done here; it stays where it is until the shelf is left, so that nothing
    /// vanishes from under a person's hand.
    Stays(MentionId),
}

/// The new order: what the workspace lists, with each mention that stays at the place it has now.
pub(crate) fn merge(shown: &[MentionId], stays: &[MentionId], fresh: Vec<MentionView>) -> Vec<Slot> {
    let mut missing: Vec<(usize, MentionId)> = shown
        .iter()
        .enumerate()
        .filter(|(_, id)| stays.contains(id) && !fresh.iter().any(|view| view.ticket.id == **id))
        .map(|(place, id)| (place, id.clone()))
        .collect();
    missing.sort_by_key(|(place, _)| *place);
    let mut slots: Vec<Slot> = fresh.into_iter().map(|view| Slot::Fresh(Box::new(view))).collect();
    for (place, id) in missing {
        slots.insert(place.min(slots.len()), Slot::Stays(id));
    }
    slots
}

/// What a fresh answer of a list knows less of than what is shown: it leaves out the history and how it can be answered.
pub(crate) fn keep_history(shown: &MentionView, mut fresh: MentionView) -> MentionView {
    if fresh.answering.is_none() {
        fresh.answering.clone_from(&shown.answering);
    }
    let same = fresh.ticket == shown.ticket && fresh.notes == shown.notes && fresh.reply == shown.reply;
    if fresh.history.is_empty() && same {
        fresh.history.clone_from(&shown.history);
    }
    fresh
}

/// The mention to go to when this one leaves the list: the one that takes its place, else the one before it.
pub(crate) fn neighbour(shown: &[MentionId], leaving: &MentionId) -> Option<MentionId> {
    let place = shown.iter().position(|id| id == leaving)?;
    shown.get(place + 1).or_else(|| shown.get(place.checked_sub(1)?)).cloned()
}

#[cfg(test)]
mod tests {
    use earshot_desk::State;

    use super::*;
    use crate::show::example;

    fn ids(names: &[&str]) -> Vec<MentionId> {
        names.iter().map(|name| MentionId::parse(name).unwrap()).collect()
    }

    fn merged(shown: &[&str], stays: &[&str], fresh: &[&str]) -> Vec<String> {
        let fresh = fresh.iter().map(|id| example::view(id, State::Waiting)).collect();
        merge(&ids(shown), &ids(stays), fresh)
            .into_iter()
            .map(|slot| match slot {
                Slot::Fresh(view) => view.ticket.id.to_string(),
                Slot::Stays(id) => format!("({id})"),
            })
            .collect()
    }

    #[test]
    fn the_workspace_decides_and_what_was_touched_stays_put() {
        assert_eq!(merged(&[], &[], &["x.1", "x.2"]), ["x.1", "x.2"]);
        assert_eq!(
            merged(&["x.1", "x.2", "x.3"], &["x.2"], &["x.1", "x.3", "x.4"]),
            ["x.1", "(x.2)", "x.3", "x.4"]
        );
        assert_eq!(merged(&["x.1", "x.2"], &["x.2"], &["x.2", "x.1"]), ["x.2", "x.1"]);
        assert_eq!(merged(&["x.1", "x.2"], &["x.1", "x.2"], &[]), ["(x.1)", "(x.2)"]);
        assert_eq!(merged(&["x.1"], &[], &["x.2"]), ["x.2"]);
    }

    #[test]
    fn history_is_kept_until_something_happens() {
        let mut shown = example::view("x.1", State::Waiting);
        shown.history = vec![earshot_desk::Event {
            at: shown.ticket.admitted,
            by: None,
            happening: earshot_desk::Happening::Admitted,
        }];
        let same = example::view("x.1", State::Waiting);
        assert_eq!(keep_history(&shown, same).history.len(), 1);
        let noted = MentionView { notes: 1, ..example::view("x.1", State::Waiting) };
        assert!(keep_history(&shown, noted).history.is_empty(), "out of date: ask again");
    }

    #[test]
    fn the_hand_goes_on_to_the_next_mention() {
        let shown = ids(&["x.1", "x.2", "x.3"]);
        for (leaving, next) in [("x.1", Some("x.2")), ("x.3", Some("x.2")), ("x.9", None)] {
            let next = next.map(|id| MentionId::parse(id).unwrap());
            assert_eq!(neighbour(&shown, &MentionId::parse(leaving).unwrap()), next);
        }
        assert_eq!(neighbour(&ids(&["x.1"]), &ids(&["x.1"])[0]), None);
    }
}
