//! A reply's way to the platform: told as a customer would see it, who is never to be answered twice.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::time::Duration;

use earshot_desk::{
    Admission, Begun, Happening, Heard, MOST_LOOKS, MOST_TRIES, NewReply, Patience, Refusal, Reply, ReplyKey,
    ReplyState, Role, Seen, Sending, StaffId, StaffMember, State, Ticket,
};
use earshot_mention::{MentionId, Targets, Timestamp};
use earshot_reading::Level;
use proptest::prelude::*;

const PATIENCE: Patience = Patience { answer: Duration::from_secs(8), look: Duration::from_secs(30) };

fn at(second: i64) -> Timestamp {
    Timestamp::from_seconds(second)
}

fn member(name: &str, role: Role) -> StaffMember {
    StaffMember { id: StaffId::parse(name).unwrap(), role }
}

fn ida() -> StaffMember {
    member("ida", Role::Staff)
}

fn ben() -> StaffMember {
    member("ben", Role::Staff)
}

fn mona() -> StaffMember {
    member("mona", Role::Manager)
}

fn ticket(state: State) -> Ticket {
    let id = MentionId::parse("x.1001").unwrap();
    let admission = Admission { id, level: Level::High, score: 70, received: at(0), flagged_by: None };
    let (ticket, _) = Ticket::admit(admission, &Targets::default(), at(1));
    Ticket { state, ..ticket }
}

fn new(key: &str, text: &str) -> NewReply {
    NewReply { key: ReplyKey::parse(key).unwrap(), text: text.into(), privately: false }
}

fn reply(by: &str, state: ReplyState) -> Reply {
    Reply {
        key: ReplyKey::parse("first-key").unwrap(),
        by: StaffId::parse(by).unwrap(),
        at: at(5),
        text: "On our way.".into(),
        privately: false,
        state,
    }
}

fn sending(tries: u8, looks: u8) -> Sending {
    Sending { reply: reply("ida", ReplyState::Pending), tries, looks, due: Some(at(43)) }
}

fn sent(second: i64, id: Option<&str>) -> ReplyState {
    ReplyState::Sent { at: at(second), id: id.map(str::to_owned), permalink: None }
}

fn refused() -> ReplyState {
    ReplyState::Refused { at: at(6), why: "no".into() }
}

#[test]
fn who_answers_a_waiting_mention_holds_it() {
    let begun = ticket(State::Waiting).answer(&[], new("first-key", "On our way."), &ida(), at(5), PATIENCE);
    let Begun::New { ticket, claimed, sending } = begun.unwrap() else { panic!("nobody answered it before") };
    assert_eq!(ticket.state, State::Claimed { by: ida().id, since: at(5) });
    assert_eq!(claimed.unwrap().happening, Happening::Claimed);
    assert_eq!((sending.reply.state, sending.tries), (ReplyState::Pending, 1));
    // Whoever finds it then finds what a crash left.
    assert_eq!(sending.due, Some(at(5 + 8 + 30)));
}

#[test]
fn one_of_two_who_answer_wins_and_the_other_is_told_who() {
    let held = || State::Claimed { by: ida().id, since: at(2) };
    let closed = State::Dismissed { by: ida().id, at: at(3) };
    let unknown = || ReplyState::Unknown { at: at(9) };
    let by_ida = || Refusal::HeldBy { by: ida().id, since: at(2) };
    for (case, state, earlier, who, refusal) in [
        ("ida holds it", held(), vec![], ben(), Some(by_ida())),
        ("ida holds it, and a manager would answer too", held(), vec![], mona(), Some(by_ida())),
        ("her own", held(), vec![], ida(), None),
        ("closed", closed, vec![], ida(), Some(Refusal::Closed)),
        (
            "her own is on its way",
            held(),
            vec![reply("ida", ReplyState::Pending)],
            ida(),
            Some(Refusal::BeingAnswered { by: ida().id }),
        ),
        (
            "given back while an answer is on its way",
            State::Waiting,
            vec![reply("ida", ReplyState::Pending)],
            ben(),
            Some(Refusal::BeingAnswered { by: ida().id }),
        ),
        (
            "nobody knows what became of the last",
            held(),
            vec![reply("ida", unknown())],
            ida(),
            Some(Refusal::FateUnknown { by: ida().id }),
        ),
        ("the last was refused", held(), vec![reply("ida", refused())], ida(), None),
        (
            "the last was said, and there is more to say",
            held(),
            vec![reply("ida", sent(6, None))],
            ida(),
            None,
        ),
    ] {
        let begun = ticket(state).answer(&earlier, new("second-key", "Again."), &who, at(10), PATIENCE);
        assert_eq!(begun.err(), refusal, "{case}");
    }
}

#[test]
fn a_repeated_request_sends_nothing() {
    let held = ticket(State::Claimed { by: ida().id, since: at(2) });
    for state in [ReplyState::Pending, sent(6, None), refused(), ReplyState::Unknown { at: at(6) }] {
        let earlier = [reply("ida", state)];
        let again = held.answer(&earlier, new("first-key", "On our way."), &ida(), at(10), PATIENCE);
        assert_eq!(again, Ok(Begun::Known));
        let other = held.answer(&earlier, new("first-key", "Other words."), &ida(), at(10), PATIENCE);
        assert_eq!(other, Err(Refusal::KeyTaken));
    }
}

#[test]
fn what_was_heard_decides() {
    let said = Heard::Said { id: Some("7".into()), permalink: None };
    let before = || Heard::SaidBefore { why: "no".into() };
    let no = ReplyState::Refused { at: at(10), why: "no".into() };
    for (case, tries, heard, state, due) in [
        ("said", 1, said, sent(10, Some("7")), None),
        ("refused", 1, Heard::Refused { why: "no".into() }, no.clone(), None),
        ("said before, by somebody else", 1, before(), no, None),
        ("said before: by our first try", 2, before(), sent(10, None), None),
        ("silence", 1, Heard::Nothing { can_look: true }, ReplyState::Pending, Some(at(40))),
        (
            "silence, and no way to look",
            1,
            Heard::Nothing { can_look: false },
            ReplyState::Unknown { at: at(10) },
            None,
        ),
    ] {
        let (after, event) = sending(tries, 0).heard(heard, at(10), PATIENCE);
        assert_eq!((&after.reply.state, after.due, after.tries), (&state, due, tries), "{case}");
        assert_eq!(event.is_some(), state != ReplyState::Pending, "{case}");
    }
}

#[test]
fn the_platform_is_looked_at_before_anything_is_sent_again() {
    let there = Seen::There { id: Some("7".into()), permalink: None };
    let unknown = || ReplyState::Unknown { at: at(50) };
    for (case, tries, looks, seen, state, due, tries_after) in [
        ("there", 1, 0, there, sent(50, Some("7")), None, 1),
        ("not there", 1, 0, Seen::NotThere, ReplyState::Pending, Some(at(88)), 2),
        ("not there again", MOST_TRIES, 0, Seen::NotThere, unknown(), None, MOST_TRIES),
        ("unclear", 1, 0, Seen::Unclear, ReplyState::Pending, Some(at(110)), 1),
        ("unclear again", 1, 1, Seen::Unclear, ReplyState::Pending, Some(at(170)), 1),
        ("unclear for too long", 1, MOST_LOOKS - 1, Seen::Unclear, unknown(), None, 1),
        ("no way to look", 1, 0, Seen::NoWay, unknown(), None, 1),
    ] {
        let (after, event) = sending(tries, looks).seen(seen, at(50), PATIENCE);
        assert_eq!((&after.reply.state, after.due, after.tries), (&state, due, tries_after), "{case}");
        assert_eq!(event.is_some(), state != ReplyState::Pending, "{case}");
    }
}

#[test]
fn a_person_who_looked_decides_what_is_unknown() {
    let unknown = ReplyState::Unknown { at: at(9) };
    let not_sent = ReplyState::NotSent { by: ida().id, at: at(20) };
    for (case, state, found, who, expected) in [
        ("it is there", unknown.clone(), true, ida(), Ok(Some(sent(20, None)))),
        ("it is not", unknown.clone(), false, ida(), Ok(Some(not_sent.clone()))),
        ("a manager looked", unknown.clone(), true, mona(), Ok(Some(sent(20, None)))),
        ("somebody else", unknown, true, ben(), Err(Refusal::NotYours { by: ida().id })),
        ("told again", not_sent, false, ida(), Ok(None)),
        ("on its way", ReplyState::Pending, true, ida(), Err(Refusal::BeingAnswered { by: ida().id })),
        ("refused", refused(), true, ida(), Err(Refusal::FateKnown)),
    ] {
        let sending = Sending { reply: reply("ida", state), tries: 1, looks: 0, due: None };
        let told = sending.told(found, &who, at(20));
        assert_eq!(told.map(|told| told.map(|(after, _)| after.reply.state)), expected, "{case}");
    }
}

/// What a request may come to, and what a look may show, on a platform that takes each request or does not and tells or
/// does not, and that shows what it took.
#[derive(Debug, Clone, Copy)]
struct Round {
    takes: bool,
    tells: bool,
    can_be_seen: bool,
}

fn round() -> impl Strategy<Value = Round> {
    any::<[bool; 3]>().prop_map(|[takes, tells, can_be_seen]| Round { takes, tells, can_be_seen })
}

proptest! {
    /// Whatever fails when: the platform never holds it twice, and the desk never claims what is not so.
    #[test]
    fn nobody_is_answered_twice(rounds in prop::collection::vec(round(), 40)) {
        let mut rounds = rounds.into_iter().chain(std::iter::repeat(Round { takes: true, tells: true, can_be_seen: true }));
        let (mut held, mut now) = (0, at(10));
        let mut sending = sending(1, 0);
        let mut to_send = true;
        while sending.reply.state == ReplyState::Pending {
            let round = rounds.next().unwrap();
            let tries = sending.tries;
            if std::mem::take(&mut to_send) {
                held += u8::from(round.takes);
                let heard = match round {
                    Round { tells: false, .. } => Heard::Nothing { can_look: true },
                    Round { takes: true, .. } => Heard::Said { id: None, permalink: None },
                    Round { takes: false, .. } => Heard::Refused { why: "no".into() },
                };
                sending = sending.heard(heard, now, PATIENCE).0;
            } else {
                let seen = match (round.can_be_seen, held) {
                    (false, _) => Seen::Unclear,
                    (true, 0) => Seen::NotThere,
                    (true, _) => Seen::There { id: None, permalink: None },
                };
                sending = sending.seen(seen, now, PATIENCE).0;
                to_send = sending.tries > tries;
            }
            prop_assert!(sending.tries <= MOST_TRIES && sending.looks < MOST_LOOKS);
            now = now + Duration::from_secs(60);
        }
        prop_assert!(held <= 1);
        match sending.reply.state {
            ReplyState::Sent { .. } => prop_assert_eq!(held, 1),
            ReplyState::Refused { .. } => prop_assert_eq!(held, 0),
            _ => {}
        }
        prop_assert_eq!(sending.due, None);
    }
}
