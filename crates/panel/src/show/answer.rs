//! How far the answering of a mention has come, and what can be done about it.

use earshot_api::{Answering, MentionView, Terms};
use earshot_desk::{ReplyState, StaffId, State};
use earshot_mention::Timestamp;

use super::names;

/// What the answer's box shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The workspace has not said yet how it can be answered.
    Asking,
    /// Words can be written and sent.
    Write {
        /// For everybody, where that can be.
        publicly: Option<Terms>,
        /// For the author alone, where that can be.
        privately: Option<Terms>,
        /// What became of the try before, where it was not said.
        before: Option<String>,
    },
    /// Not from here: copy the words and open the post.
    Elsewhere {
        /// Why.
        detail: String,
    },
    /// An answer is on its way.
    OnItsWay {
        /// Its words.
        text: String,
    },
    /// It is said.
    Said {
        at: Timestamp,
        /// Where it can be read.
        permalink: Option<String>,
        text: String,
        privately: bool,
    },
    /// Nobody knows whether it is said: somebody must look.
    LookFirst {
        /// The words to look for.
        text: String,
        /// Who sent it.
        by: StaffId,
    },
    /// Somebody else has it.
    HeldBy { by: StaffId },
    /// It is closed.
    Closed,
}

/// What the answer's box shows of this mention to this person.
pub(crate) fn stage(view: &MentionView, you: &StaffId) -> Stage {
    // What became of an answer comes before who has the mention: it was sent, or may have been.
    if let Some(reply) = &view.reply {
        let text = reply.text.clone();
        match &reply.state {
            ReplyState::Pending => return Stage::OnItsWay { text },
            ReplyState::Unknown { .. } => return Stage::LookFirst { text, by: reply.by.clone() },
            ReplyState::Sent { at, permalink, .. } => {
                return Stage::Said {
                    at: *at,
                    permalink: permalink.clone(),
                    text,
                    privately: reply.privately,
                };
            }
            ReplyState::Refused { .. } | ReplyState::NotSent { .. } => {}
        }
    }
    write(view, you)
}

/// The same where another answer is wanted after one that was said.
pub(crate) fn write(view: &MentionView, you: &StaffId) -> Stage {
    match &view.ticket.state {
        State::Claimed { by, .. } if by != you => return Stage::HeldBy { by: by.clone() },
        State::Resolved { .. } | State::Dismissed { .. } => return Stage::Closed,
        State::Waiting | State::Claimed { .. } => {}
    }
    match &view.answering {
        None if view.history.is_empty() => Stage::Asking,
        // The whole mention came without it: a workspace that answers nobody.
        None => Stage::Elsewhere {
            detail: "This workspace answers no platform from here: copy the words and open the post."
                .to_owned(),
        },
        Some(Answering::Elsewhere { detail, .. }) => Stage::Elsewhere { detail: detail.clone() },
        Some(Answering::Here { publicly, privately }) => {
            Stage::Write { publicly: *publicly, privately: *privately, before: before(view) }
        }
    }
}

fn before(view: &MentionView) -> Option<String> {
    let platform = names::platform(&view.mention.post.id.platform);
    match &view.reply.as_ref()?.state {
        ReplyState::Refused { why, .. } => Some(format!("{platform} did not take it: {why}")),
        ReplyState::NotSent { by, .. } => {
            Some(format!("{} looked: the answer is not there. It can be sent again.", names::person(by)))
        }
        _ => None,
    }
}

/// What a row says of an answer.
pub(crate) fn chip(state: &ReplyState) -> Option<&'static str> {
    match state {
        ReplyState::Pending => Some("answer on its way"),
        ReplyState::Refused { .. } => Some("answer refused"),
        ReplyState::Unknown { .. } => Some("look: was it said?"),
        ReplyState::Sent { .. } => Some("answered"),
        ReplyState::NotSent { .. } => None,
    }
}

/// From this share of the room on, the box says how much is left.
const NEARLY_FULL: usize = 5;

/// How much room is left, in characters as the platform counts them, where it is time to say so; below 0 where the words
/// are too long.
pub(crate) fn room(text: &str, terms: Terms) -> Option<i64> {
    let longest = i64::from(terms.longest);
    let left = longest - i64::try_from(text.trim().chars().count()).unwrap_or(i64::MAX);
    (left <= longest / NEARLY_FULL as i64).then_some(left)
}

#[cfg(test)]
mod tests {
    use earshot_api::Elsewhere;
    use earshot_desk::{Reply, ReplyKey};

    use super::*;
    use crate::show::example;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);
    const TERMS: Terms = Terms { longest: 280, until: None };

    fn ida() -> StaffId {
        StaffId("ida".into())
    }

    fn view(state: State, reply: Option<ReplyState>) -> MentionView {
        let reply = reply.map(|state| Reply {
            key: ReplyKey::parse("6f9c2b1e-0d5a").unwrap(),
            by: ida(),
            at: NOW,
            text: "On our way.".into(),
            privately: false,
            state,
        });
        let answering = Some(Answering::Here { publicly: Some(TERMS), privately: None });
        MentionView { reply, answering, ..example::view("x.1", state) }
    }

    fn mine() -> State {
        State::Claimed { by: ida(), since: NOW }
    }

    fn writing(before: Option<&str>) -> Stage {
        Stage::Write { publicly: Some(TERMS), privately: None, before: before.map(str::to_owned) }
    }

    #[test]
    fn who_may_answer_gets_the_box() {
        let tom = StaffId("tom".into());
        for (state, shown) in [
            (State::Waiting, writing(None)),
            (mine(), writing(None)),
            (State::Claimed { by: tom.clone(), since: NOW }, Stage::HeldBy { by: tom }),
            (State::Dismissed { by: ida(), at: NOW }, Stage::Closed),
        ] {
            assert_eq!(stage(&view(state, None), &ida()), shown);
        }
    }

    #[test]
    fn what_became_of_an_answer_decides_what_can_be_done() {
        let text = || "On our way.".to_owned();
        let unknown = ReplyState::Unknown { at: NOW };
        let sent = ReplyState::Sent { at: NOW, id: None, permalink: Some("https://x.example/1".into()) };
        let refused = ReplyState::Refused { at: NOW, why: "the token has expired; renew it.".into() };
        for (state, shown) in [
            (ReplyState::Pending, Stage::OnItsWay { text: text() }),
            (unknown, Stage::LookFirst { text: text(), by: ida() }),
            (
                sent,
                Stage::Said {
                    at: NOW,
                    permalink: Some("https://x.example/1".into()),
                    text: text(),
                    privately: false,
                },
            ),
            (refused, writing(Some("X did not take it: the token has expired; renew it."))),
            (
                ReplyState::NotSent { by: ida(), at: NOW },
                writing(Some("Ida looked: the answer is not there. It can be sent again.")),
            ),
        ] {
            assert_eq!(stage(&view(mine(), Some(state)), &ida()), shown);
        }
    }

    #[test]
    fn without_a_token_the_way_is_the_post_itself() {
        let mut view = view(mine(), None);
        view.answering =
            Some(Answering::Elsewhere { why: Elsewhere::NoToken, detail: "No token is set.".into() });
        assert_eq!(stage(&view, &ida()), Stage::Elsewhere { detail: "No token is set.".into() });
        view.answering = None;
        assert_eq!(stage(&view, &ida()), Stage::Asking);
        view.history =
            vec![earshot_desk::Event { at: NOW, by: None, happening: earshot_desk::Happening::Admitted }];
        assert!(matches!(stage(&view, &ida()), Stage::Elsewhere { .. }), "a workspace of an older version");
    }

    #[test]
    fn room_is_told_when_it_runs_out() {
        for (letters, told) in [(0, None), (223, None), (224, Some(56)), (280, Some(0)), (300, Some(-20))] {
            assert_eq!(room(&"ø".repeat(letters), TERMS), told, "{letters}");
        }
        assert_eq!(room(&format!("  {}  ", "ø".repeat(280)), TERMS), Some(0), "blanks around are not sent");
    }
}
