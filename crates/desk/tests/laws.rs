//! Laws of the desk that hold whatever people do and in whatever order.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use earshot_desk::{
    Admission, Command, Happening, Outcome, Refusal, Role, StaffId, StaffMember, State, Ticket,
};
use earshot_mention::{MentionId, Targets, Timestamp};
use earshot_reading::Level;
use proptest::prelude::*;

fn waiting() -> Ticket {
    let admission = Admission {
        id: MentionId::parse("x.1001").unwrap(),
        level: Level::High,
        score: 70,
        received: Timestamp::from_seconds(0),
        flagged_by: None,
    };
    Ticket::admit(admission, &Targets::default(), Timestamp::from_seconds(0)).0
}

fn command() -> impl Strategy<Value = Command> {
    let outcome = prop_oneof![Just(Outcome::Answered), Just(Outcome::Elsewhere)];
    prop_oneof![
        3 => Just(Command::Claim),
        2 => Just(Command::Release),
        2 => "\\PC{0,20}".prop_map(|text| Command::Note { text }),
        1 => outcome.prop_map(|outcome| Command::Resolve { outcome }),
        1 => Just(Command::Dismiss),
        2 => Just(Command::Reopen),
    ]
}

fn somebody() -> impl Strategy<Value = StaffMember> {
    prop_oneof![
        Just(("ida", Role::Staff)),
        Just(("ben", Role::Staff)),
        Just(("mia", Role::Manager)),
        Just(("ada", Role::Admin))
    ]
    .prop_map(|(name, role)| StaffMember { id: StaffId::parse(name).unwrap(), role })
}

fn day_at_the_desk() -> impl Strategy<Value = Vec<(Command, StaffMember)>> {
    prop::collection::vec((command(), somebody()), 0..60)
}

fn at(step: usize) -> Timestamp {
    Timestamp::from_seconds(i64::try_from(step).unwrap() + 1)
}

/// The ticket after all that was allowed of it.
fn after(day: &[(Command, StaffMember)]) -> Ticket {
    day.iter().enumerate().fold(waiting(), |ticket, (step, (command, who))| {
        ticket.apply(command, who, at(step)).map_or_else(|_| ticket.clone(), |(next, _)| next)
    })
}

proptest! {
    /// Holding passes from one person to another only through a release, a close or a reopen: no claim ever takes a
    /// mention out of somebody's hands.
    #[test]
    fn never_two_holders(day in day_at_the_desk()) {
        let mut ticket = waiting();
        for (step, (command, who)) in day.iter().enumerate() {
            let before = ticket.state.holder().cloned();
            if let Ok((next, _)) = ticket.apply(command, who, at(step)) {
                if let (Some(before), Some(now)) = (before, next.state.holder()) {
                    prop_assert_eq!(&before, now, "{:?} took it from {:?}", who, before);
                }
                ticket = next;
            }
        }
    }

    /// Only who claims comes to hold, and only in their own name.
    #[test]
    fn nobody_is_made_to_hold(day in day_at_the_desk(), command in command(), who in somebody()) {
        let ticket = after(&day);
        if let Ok((next, _)) = ticket.apply(&command, &who, at(99))
            && next.state.holder() != ticket.state.holder()
            && let Some(holder) = next.state.holder()
        {
            prop_assert_eq!(&command, &Command::Claim);
            prop_assert_eq!(holder, &who.id);
        }
    }

    /// What identifies and orders a ticket never changes, and a refusal or a command without effect changes nothing.
    #[test]
    fn only_the_state_moves(day in day_at_the_desk()) {
        let ticket = after(&day);
        prop_assert_eq!(Ticket { state: State::Waiting, ..ticket }, waiting());
    }

    /// The state changes exactly where an event other than a note tells of it, so history explains every state.
    #[test]
    fn every_change_leaves_an_event_in_the_name_of_who_made_it(
        day in day_at_the_desk(), command in command(), who in somebody()
    ) {
        let ticket = after(&day);
        if let Ok((next, event)) = ticket.apply(&command, &who, at(99)) {
            let tells = event.as_ref().is_some_and(|event| !matches!(event.happening, Happening::Noted { .. }));
            prop_assert_eq!(tells, next.state != ticket.state);
            if let Some(event) = event {
                prop_assert_eq!(event.by, Some(who.id));
                prop_assert_eq!(event.at, at(99));
            }
        }
    }

    /// Claiming what waits and giving it back leaves it as it was.
    #[test]
    fn claim_then_release_is_identity(day in day_at_the_desk(), who in somebody()) {
        let ticket = after(&day);
        prop_assume!(ticket.state == State::Waiting);
        let (claimed, _) = ticket.apply(&Command::Claim, &who, at(98)).unwrap();
        let (released, _) = claimed.apply(&Command::Release, &who, at(99)).unwrap();
        prop_assert_eq!(released, ticket);
    }

    /// A request that was sent twice does what it did once: the repeat is refused or changes nothing (notes aside,
    /// which are additions).
    #[test]
    fn repeating_a_command_changes_nothing(day in day_at_the_desk(), command in command(), who in somebody()) {
        prop_assume!(!matches!(command, Command::Note { .. }));
        let ticket = after(&day);
        if let Ok((once, _)) = ticket.apply(&command, &who, at(98)) {
            match once.apply(&command, &who, at(99)) {
                Ok((twice, event)) => prop_assert_eq!((twice, event), (once, None)),
                Err(refusal) => prop_assert!(matches!(refusal, Refusal::NotHeld | Refusal::Open)),
            }
        }
    }

    /// Whatever happened, somebody can still bring the mention to an end.
    #[test]
    fn a_manager_can_always_close_what_is_open(day in day_at_the_desk()) {
        let ticket = after(&day);
        let mia = StaffMember { id: StaffId::parse("mia").unwrap(), role: Role::Manager };
        let closes = ticket.apply(&Command::Dismiss, &mia, at(99)).map(|(next, _)| next.state.is_open());
        if ticket.state.is_open() {
            prop_assert_eq!(closes, Ok(false));
        }
    }

    /// What is stored comes back the same.
    #[test]
    fn a_ticket_survives_storage(day in day_at_the_desk()) {
        let ticket = after(&day);
        let stored = serde_json::to_string(&ticket).unwrap();
        prop_assert_eq!(serde_json::from_str::<Ticket>(&stored).unwrap(), ticket);
    }
}
