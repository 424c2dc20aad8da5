//! What the popup knows and shows.

use std::collections::{BTreeMap, HashMap};

use earshot_api::{Counts, ListQuery, MentionView, Shelf};
use earshot_client::{Client, Connection};
use earshot_corrections::{Correction, Corrections};
use earshot_desk::{Command, StaffId};
use earshot_mention::{MentionId, Platform, Timestamp};
use earshot_reading::Level;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::answers::Draft;
use crate::browser::clock;

/// How things stand with the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// The settings are being read.
    Starting,
    /// None is set.
    NoWorkspace,
    /// Asked for the first time, nothing to show yet.
    Loading,
    /// What is shown was so at this time.
    Live { at: Timestamp },
    /// Nobody answers; what is shown, if anything, was so at this time.
    Offline { showing: Option<Timestamp> },
    /// The key is not accepted.
    Unauthorised,
    /// The workspace answers, but not with a list: in its own words.
    Trouble { said: String, showing: Option<Timestamp> },
}

/// One row: its mention changes in place.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: MentionId,
    pub(crate) view: ArcRwSignal<MentionView>,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) search: String,
    pub(crate) platform: Option<Platform>,
    pub(crate) level: Option<Level>,
}

/// Something to tell, for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Toast {
    pub(crate) said: String,
    pub(crate) can_undo: bool,
    pub(crate) is_problem: bool,
}

/// What was done and can be taken back.
#[derive(Debug, Clone)]
pub(crate) enum Taken {
    /// A step with a mention, and the commands that take it back.
    Step { id: MentionId, back: Vec<Command> },
    /// A correction, and what it stands in for.
    Said { put: Box<Correction>, before: Option<Box<Correction>> },
}

/// What the popup knows that nothing on the screen shows.
#[derive(Debug, Default)]
pub(crate) struct Unseen {
    pub(crate) connection: Option<Connection>,
    /// The number of the newest question; answers to older ones are out of date.
    pub(crate) question: u64,
    /// Steps that the desk has not answered yet.
    pub(crate) steps_under_way: u32,
    /// How often a step began or ended: what was asked before the last time may not know of it.
    pub(crate) turns: u64,
    /// Mentions that stay in sight until the shelf is left.
    pub(crate) stays: Vec<MentionId>,
    pub(crate) taken: Vec<Taken>,
    /// Why nothing can be corrected: what is kept cannot be read, and is not to be overwritten.
    pub(crate) cannot_correct: Option<String>,
    /// Mentions whose answer the workspace has not taken yet.
    pub(crate) sending: Vec<MentionId>,
    /// Mentions whose answer is asked after.
    pub(crate) followed: Vec<MentionId>,
    /// How many pages of the list are shown.
    pub(crate) pages: usize,
}

/// What the popup knows and shows. Copies share it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) link: RwSignal<Link>,
    pub(crate) name: RwSignal<String>,
    pub(crate) you: RwSignal<StaffId>,
    pub(crate) counts: RwSignal<Option<Counts>>,
    pub(crate) shelf: RwSignal<Shelf>,
    pub(crate) filter: RwSignal<Filter>,
    pub(crate) rows: RwSignal<Vec<Row>>,
    pub(crate) has_more: RwSignal<bool>,
    pub(crate) selected: RwSignal<Option<MentionId>>,
    pub(crate) is_open: RwSignal<bool>,
    pub(crate) is_searching: RwSignal<bool>,
    pub(crate) shows_keys: RwSignal<bool>,
    /// The platforms of all mentions that were seen since the popup opened, by the names that people know.
    pub(crate) platforms: RwSignal<BTreeMap<String, Platform>>,
    pub(crate) drafts: RwSignal<HashMap<MentionId, String>>,
    /// Whether the open mention is being answered, and what is written.
    pub(crate) is_answering: RwSignal<bool>,
    pub(crate) answers: RwSignal<HashMap<MentionId, Draft>>,
    /// What somebody at this computer says of which words.
    pub(crate) corrections: RwSignal<Corrections>,
    pub(crate) is_correcting: RwSignal<bool>,
    pub(crate) toast: RwSignal<Option<Toast>>,
    pub(crate) now: RwSignal<Timestamp>,
    pub(crate) unseen: StoredValue<Unseen>,
    pub(crate) timers: StoredValue<Timers, LocalStorage>,
}

/// Timers that a newer one replaces; dropping one stops it.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    pub(crate) clock: Option<Timeout>,
    pub(crate) toast: Option<Timeout>,
    pub(crate) search: Option<Timeout>,
    pub(crate) draft: Option<Timeout>,
    pub(crate) answer: Option<Timeout>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            link: RwSignal::new(Link::Starting),
            name: RwSignal::new(String::new()),
            you: RwSignal::new(StaffId(String::new())),
            counts: RwSignal::new(None),
            shelf: RwSignal::new(Shelf::Urgent),
            filter: RwSignal::new(Filter::default()),
            rows: RwSignal::new(Vec::new()),
            has_more: RwSignal::new(false),
            selected: RwSignal::new(None),
            is_open: RwSignal::new(false),
            is_searching: RwSignal::new(false),
            shows_keys: RwSignal::new(false),
            platforms: RwSignal::new(BTreeMap::new()),
            drafts: RwSignal::new(HashMap::new()),
            is_answering: RwSignal::new(false),
            answers: RwSignal::new(HashMap::new()),
            corrections: RwSignal::new(Corrections::default()),
            is_correcting: RwSignal::new(false),
            toast: RwSignal::new(None),
            now: RwSignal::new(clock::now()),
            unseen: StoredValue::new(Unseen { pages: 1, ..Unseen::default() }),
            timers: StoredValue::new_local(Timers::default()),
        }
    }

    /// The desk that the popup provides to its parts.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    pub(crate) fn client(self) -> Option<Client> {
        self.unseen.with_value(|unseen| unseen.connection.clone()).map(Client::new)
    }

    pub(crate) fn query(self, limit: u16, cursor: Option<String>) -> ListQuery {
        let filter = self.filter.get_untracked();
        let search = filter.search.trim();
        ListQuery {
            shelf: Some(self.shelf.get_untracked()),
            level: filter.level,
            platform: filter.platform,
            search: (!search.is_empty()).then(|| search.to_owned()),
            limit: Some(limit),
            cursor,
        }
    }

    pub(crate) fn row(self, id: &MentionId) -> Option<Row> {
        self.rows.with_untracked(|rows| rows.iter().find(|row| row.id == *id).cloned())
    }

    /// The selected row; `None` where nothing is shown.
    pub(crate) fn selected_row(self) -> Option<Row> {
        self.selected.get_untracked().and_then(|id| self.row(&id))
    }

    pub(crate) fn ids(self) -> Vec<MentionId> {
        self.rows.with_untracked(|rows| rows.iter().map(|row| row.id.clone()).collect())
    }

    /// A step begins: what was asked until now is out of date.
    pub(crate) fn begin_step(self) {
        self.unseen.update_value(|unseen| {
            unseen.steps_under_way += 1;
            unseen.turns += 1;
            unseen.question += 1;
        });
    }

    /// A step has ended, well or not.
    pub(crate) fn end_step(self) {
        self.unseen.update_value(|unseen| {
            unseen.steps_under_way = unseen.steps_under_way.saturating_sub(1);
            unseen.turns += 1;
            unseen.question += 1;
        });
    }

    /// Tells something, for as long as it takes to read.
    pub(crate) fn tell(self, toast: Toast) {
        let millis = if toast.is_problem { 12_000 } else { 7_000 };
        self.toast.set(Some(toast));
        let timer = Timeout::new(millis, move || self.toast.set(None));
        self.timers.update_value(|timers| timers.toast = Some(timer));
    }

    pub(crate) fn tell_problem(self, said: impl Into<String>) {
        self.tell(Toast { said: said.into(), can_undo: false, is_problem: true });
    }
}
