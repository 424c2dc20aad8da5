//! What the desk does with each command in each state, as a manager would tell it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use earshot_desk::{
    Admission, Command, Event, Happening, Outcome, Refusal, Role, StaffId, StaffMember, State, Ticket,
};
use earshot_mention::{Deadline, MentionId, Targets, Timestamp};
use earshot_reading::Level;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_seconds(minute * 60)
}

fn id(name: &str) -> StaffId {
    StaffId::parse(name).unwrap()
}

fn member(name: &str, role: Role) -> StaffMember {
    StaffMember { id: id(name), role }
}

fn ida() -> StaffMember {
    member("ida", Role::Staff)
}

fn admission(native: &str, level: Level, score: u8) -> Admission {
    let id = MentionId::parse(&format!("x.{native}")).unwrap();
    Admission { id, level, score, received: at(0), flagged_by: None }
}

fn ticket(state: State) -> Ticket {
    let (ticket, _) = Ticket::admit(admission("1001", Level::High, 70), &Targets::default(), at(1));
    Ticket { state, ..ticket }
}

fn held_by(name: &str) -> State {
    State::Claimed { by: id(name), since: at(2) }
}

fn resolved_by(name: &str) -> State {
    State::Resolved { by: id(name), at: at(3), outcome: Outcome::Answered }
}

fn dismissed_by(name: &str) -> State {
    State::Dismissed { by: id(name), at: at(3) }
}

#[test]
fn a_mention_waits_from_the_moment_it_reached_us() {
    let (ticket, event) = Ticket::admit(admission("1001", Level::High, 70), &Targets::default(), at(1));
    assert_eq!(ticket.state, State::Waiting);
    assert_eq!(ticket.admitted, at(1));
    assert_eq!(ticket.deadline, Deadline(at(60)));
    assert_eq!(event, Event { at: at(1), by: None, happening: Happening::Admitted });
}

#[test]
fn history_remembers_who_flagged_it() {
    let flagged = Admission { flagged_by: Some(id("ida")), ..admission("1001", Level::Low, 10) };
    let (_, event) = Ticket::admit(flagged, &Targets::default(), at(1));
    assert_eq!(event.by, Some(id("ida")));
}

#[test]
fn an_edit_moves_a_mention_to_where_its_new_words_put_it() {
    let held = ticket(held_by("ida"));
    for (case, level, score, edited, deadline) in [
        ("calmer: the person has waited since the first version", Level::Low, 10, at(5), at(60)),
        ("more urgent: counted from the edit", Level::Critical, 95, at(5), at(20)),
        ("more urgent after the deadline has passed: it stays passed", Level::Critical, 95, at(90), at(60)),
    ] {
        let reread = held.reread(&admission("1001", level, score), &Targets::default(), edited);
        assert_eq!(
            (reread.level, reread.score, reread.deadline),
            (level, score, Deadline(deadline)),
            "{case}"
        );
        assert_eq!((&reread.state, reread.admitted), (&held.state, held.admitted), "{case}");
    }
}

/// What is expected of a command: the state that follows with an event or without, or a refusal.
#[derive(Debug)]
enum Then {
    Becomes(State, Happening),
    StaysAsItIs,
    Refused(Refusal),
}

#[test]
fn every_command_in_every_state() {
    use Then::{Becomes, Refused, StaysAsItIs};
    let now = at(5);
    let answered = Outcome::Answered;
    let boss = || member("mia", Role::Manager);
    let admin = || member("ada", Role::Admin);
    let resolve = || Command::Resolve { outcome: answered };
    let resolves = |name: &str| {
        Becomes(
            State::Resolved { by: id(name), at: now, outcome: answered },
            Happening::Resolved { outcome: answered },
        )
    };
    let dismisses = |name: &str| Becomes(State::Dismissed { by: id(name), at: now }, Happening::Dismissed);
    let ben_has_it = || Refused(Refusal::HeldBy { by: id("ben"), since: at(2) });
    let note = || Command::Note { text: " called her back ".into() };
    let noted = |state: State| Becomes(state, Happening::Noted { text: "called her back".into() });

    let cases = [
        // Claim
        (
            State::Waiting,
            Command::Claim,
            ida(),
            Becomes(State::Claimed { by: id("ida"), since: now }, Happening::Claimed),
        ),
        (held_by("ida"), Command::Claim, ida(), StaysAsItIs),
        (held_by("ben"), Command::Claim, ida(), ben_has_it()),
        (held_by("ben"), Command::Claim, boss(), ben_has_it()),
        (resolved_by("ida"), Command::Claim, ida(), Refused(Refusal::Closed)),
        (dismissed_by("ida"), Command::Claim, ida(), Refused(Refusal::Closed)),
        // Release
        (State::Waiting, Command::Release, ida(), Refused(Refusal::NotHeld)),
        (held_by("ida"), Command::Release, ida(), Becomes(State::Waiting, Happening::Released)),
        (held_by("ben"), Command::Release, ida(), ben_has_it()),
        (held_by("ben"), Command::Release, boss(), Becomes(State::Waiting, Happening::Released)),
        (held_by("ben"), Command::Release, admin(), Becomes(State::Waiting, Happening::Released)),
        (resolved_by("ida"), Command::Release, ida(), Refused(Refusal::Closed)),
        // Note
        (State::Waiting, note(), ida(), noted(State::Waiting)),
        (held_by("ben"), note(), ida(), noted(held_by("ben"))),
        (resolved_by("ben"), note(), ida(), noted(resolved_by("ben"))),
        (
            State::Waiting,
            Command::Note { text: " \n".into() },
            ida(),
            Refused(Refusal::NoteLength { bytes: 0 }),
        ),
        (
            State::Waiting,
            Command::Note { text: "é".repeat(2001) },
            ida(),
            Refused(Refusal::NoteLength { bytes: 4002 }),
        ),
        // Resolve
        (State::Waiting, resolve(), ida(), resolves("ida")),
        (held_by("ida"), resolve(), ida(), resolves("ida")),
        (held_by("ben"), resolve(), ida(), ben_has_it()),
        (held_by("ben"), resolve(), boss(), resolves("mia")),
        (resolved_by("ida"), resolve(), ida(), StaysAsItIs),
        (
            resolved_by("ida"),
            Command::Resolve { outcome: Outcome::Elsewhere },
            ida(),
            Refused(Refusal::Closed),
        ),
        (resolved_by("ben"), resolve(), ida(), Refused(Refusal::Closed)),
        (dismissed_by("ida"), resolve(), ida(), Refused(Refusal::Closed)),
        // Dismiss
        (State::Waiting, Command::Dismiss, ida(), dismisses("ida")),
        (held_by("ida"), Command::Dismiss, ida(), dismisses("ida")),
        (held_by("ben"), Command::Dismiss, ida(), ben_has_it()),
        (held_by("ben"), Command::Dismiss, admin(), dismisses("ada")),
        (dismissed_by("ida"), Command::Dismiss, ida(), StaysAsItIs),
        (dismissed_by("ben"), Command::Dismiss, ida(), Refused(Refusal::Closed)),
        (resolved_by("ida"), Command::Dismiss, ida(), Refused(Refusal::Closed)),
        // Reopen
        (State::Waiting, Command::Reopen, ida(), Refused(Refusal::Open)),
        (held_by("ida"), Command::Reopen, ida(), Refused(Refusal::Open)),
        (resolved_by("ben"), Command::Reopen, ida(), Becomes(State::Waiting, Happening::Reopened)),
        (dismissed_by("ben"), Command::Reopen, ida(), Becomes(State::Waiting, Happening::Reopened)),
    ];
    for (state, command, who, then) in cases {
        let before = ticket(state);
        let case = format!("{who:?} gives {command:?} when {:?}", before.state);
        let expected = match then {
            Becomes(state, happening) => {
                let event = Event { at: now, by: Some(who.id.clone()), happening };
                Ok((Ticket { state, ..before.clone() }, Some(event)))
            }
            StaysAsItIs => Ok((before.clone(), None)),
            Refused(refusal) => Err(refusal),
        };
        assert_eq!(before.apply(&command, &who, now), expected, "{case}");
    }
}

#[test]
fn of_two_who_claim_the_second_learns_who_was_first() {
    let (first, _) = ticket(State::Waiting).apply(&Command::Claim, &ida(), at(2)).unwrap();
    let refusal = first.apply(&Command::Claim, &member("ben", Role::Staff), at(3)).unwrap_err();
    assert_eq!(refusal, Refusal::HeldBy { by: id("ida"), since: at(2) });
    assert_eq!(
        refusal.to_string(),
        "ida holds this mention; ask them to release it, or have a manager do so"
    );
}

#[test]
fn the_longest_note_fits() {
    let note = Command::Note { text: "a".repeat(Command::LONGEST_NOTE) };
    assert!(ticket(State::Waiting).apply(&note, &ida(), at(2)).is_ok());
}

#[test]
fn the_desk_is_worked_from_the_most_urgent_to_the_least() {
    let placed = |native: &str, level, score, deadline| {
        let (ticket, _) = Ticket::admit(admission(native, level, score), &Targets::default(), at(0));
        Ticket { deadline: Deadline(at(deadline)), ..ticket }
    };
    let in_order = [
        placed("critical-late", Level::Critical, 90, 99),
        placed("high-soon", Level::High, 60, 10),
        placed("high-later-strong", Level::High, 70, 20),
        placed("high-later-weak-a", Level::High, 60, 20),
        placed("high-later-weak-b", Level::High, 60, 20),
        placed("normal-overdue", Level::Normal, 40, 1),
        placed("low", Level::Low, 10, 1),
    ];
    let mut shuffled = in_order.clone();
    shuffled.reverse();
    shuffled.swap(1, 4);
    shuffled.sort_by_key(Ticket::place);
    assert_eq!(shuffled, in_order);
}

#[test]
fn what_the_worker_stores_keeps_its_shape() {
    let golden = r#"{"id":"x.1001","level":"high","score":70,"admitted":60000,"deadline":3600000,"state":{"is":"claimed","by":"ida","since":120000}}"#;
    let stored = ticket(held_by("ida"));
    assert_eq!(serde_json::to_string(&stored).unwrap(), golden);
    assert_eq!(serde_json::from_str::<Ticket>(golden).unwrap(), stored);

    let event = Event {
        at: at(2),
        by: Some(id("ida")),
        happening: Happening::Resolved { outcome: Outcome::Elsewhere },
    };
    let golden = r#"{"at":120000,"by":"ida","what":"resolved","outcome":"elsewhere"}"#;
    assert_eq!(serde_json::to_string(&event).unwrap(), golden);
    assert_eq!(serde_json::from_str::<Event>(golden).unwrap(), event);
}
