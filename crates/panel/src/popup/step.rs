//! One step that a person takes with a mention: what it will look like, what to say of it, and how to take it back.

use earshot_desk::{Command, Outcome, Role, StaffId, StaffMember, State, Ticket};
use earshot_mention::Timestamp;

use crate::show::{moment, names};

/// What the ticket will look like if the desk agrees, by the desk's own rules. `None` where only the desk can tell: it may
/// let a manager do what it refuses others.
pub(crate) fn foresee(ticket: &Ticket, command: &Command, you: &StaffId, now: Timestamp) -> Option<Ticket> {
    let you = StaffMember { id: you.clone(), role: Role::Staff };
    ticket.apply(command, &you, now).ok().map(|(ticket, _)| ticket)
}

/// The commands that take a step back, in order; none where a step cannot be taken back.
pub(crate) fn inverse(before: &State, command: &Command, you: &StaffId) -> Vec<Command> {
    match command {
        Command::Claim => vec![Command::Release],
        Command::Release => vec![Command::Claim],
        // The desk reopens to nobody; who held it takes it again.
        Command::Resolve { .. } | Command::Dismiss if before.holder() == Some(you) => {
            vec![Command::Reopen, Command::Claim]
        }
        Command::Resolve { .. } | Command::Dismiss => vec![Command::Reopen],
        Command::Reopen => match before {
            State::Resolved { outcome, .. } => vec![Command::Resolve { outcome: *outcome }],
            State::Dismissed { .. } => vec![Command::Dismiss],
            State::Waiting | State::Claimed { .. } => Vec::new(),
        },
        Command::Note { .. } => Vec::new(),
    }
}

/// What to say when it is done.
pub(crate) fn done(command: &Command) -> &'static str {
    match command {
        Command::Claim => "Claimed: it is yours now.",
        Command::Release => "Given back to those who wait.",
        Command::Note { .. } => "Note kept.",
        Command::Resolve { outcome: Outcome::Answered } => "Resolved.",
        Command::Resolve { outcome: Outcome::Elsewhere } => "Resolved elsewhere.",
        Command::Dismiss => "Dismissed.",
        Command::Reopen => "Open again.",
    }
}

/// What to say when somebody was faster.
pub(crate) fn overtaken(state: &State, you: &StaffId, now: Timestamp) -> String {
    match state {
        State::Claimed { by, since } if by != you => {
            format!("{} took this one {}.", names::person(by), moment::ago(*since, now))
        }
        State::Resolved { by, at, .. } => {
            format!("{} resolved this one {}.", names::person(by), moment::ago(*at, now))
        }
        State::Dismissed { by, at } => {
            format!("{} dismissed this one {}.", names::person(by), moment::ago(*at, now))
        }
        State::Claimed { .. } => "You hold this one already.".to_owned(),
        State::Waiting => "Somebody gave this one back in the meantime. It waits again.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::example;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    fn ida() -> StaffId {
        StaffId("ida".into())
    }

    fn tom() -> StaffId {
        StaffId("tom".into())
    }

    fn held_by(who: StaffId) -> State {
        State::Claimed { by: who, since: NOW }
    }

    #[test]
    fn every_step_can_be_taken_back_to_where_it_started() {
        let closed = State::Dismissed { by: ida(), at: NOW };
        for (before, command) in [
            (State::Waiting, Command::Claim),
            (held_by(ida()), Command::Release),
            (State::Waiting, Command::Resolve { outcome: Outcome::Answered }),
            (held_by(ida()), Command::Resolve { outcome: Outcome::Answered }),
            (State::Waiting, Command::Dismiss),
            (held_by(ida()), Command::Dismiss),
            (closed, Command::Reopen),
        ] {
            let ticket = example::ticket(before.clone(), NOW);
            let after = foresee(&ticket, &command, &ida(), NOW).unwrap();
            let back = inverse(&before, &command, &ida())
                .iter()
                .fold(after, |ticket, command| foresee(&ticket, command, &ida(), NOW).unwrap());
            assert_eq!(back, ticket, "{command:?}");
        }
    }

    #[test]
    fn what_another_holds_is_not_foreseen() {
        let ticket = example::ticket(held_by(tom()), NOW);
        assert_eq!(foresee(&ticket, &Command::Claim, &ida(), NOW), None);
    }

    #[test]
    fn who_was_faster_is_named() {
        let later = Timestamp::from_seconds(1_790_000_130);
        assert_eq!(overtaken(&held_by(tom()), &ida(), later), "Tom took this one 2 minutes ago.");
        assert_eq!(
            overtaken(&State::Dismissed { by: tom(), at: NOW }, &ida(), later),
            "Tom dismissed this one 2 minutes ago."
        );
    }
}
