//! Where looking for a time has got to. [`Stage`] is what there is to choose from, [`Board`] what is known of times and
//! places, [`Queue`] what is known of the lines.

pub use super::board::{Board, SeekTrouble};
use super::purpose::Purpose;
pub use super::queue::Queue;
use crate::notice::Finding;
use crate::on_demand::Modality;
use crate::outcome::Trouble;
use crate::request::{Awaited, RequestId};
use crate::search::Search;
use crate::settings::Way;
use crate::time::Moment;

/// Why there is nothing to choose from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// The times could not be read.
    Trouble(Trouble),
    /// There are none.
    NoTimes,
    /// The configuration names nothing to look for.
    Misconfigured,
}

/// What there is to choose from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Nothing to show yet.
    Loading,
    /// Choosing a time.
    Choosing,
    /// Joining a line: where, how, and how long it takes now.
    Queue,
    /// Nothing to choose from; phone and link.
    Unavailable(Why),
}

/// The first open time of the ways that are not on screen, each with its clinic's clock.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct FirstTimes {
    /// Of what the page names.
    pub named: Option<Moment>,
    /// Of anyone near.
    pub nearby: Option<Moment>,
}

/// The whole of the finder.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct State {
    /// What there is to choose from.
    pub stage: Stage,
    /// Times and places.
    pub board: Board,
    /// The line of the on-demand visits.
    pub queue: Queue,
    /// Which of the page's ways is chosen.
    pub way: Way,
    /// The first time each of the other ways has, for the comparison.
    pub first: FirstTimes,
    /// What was chosen before signing in could not be brought back.
    pub lost: bool,
    /// An errand is on screen instead: answers are kept, but nothing is looked for beyond them.
    pub is_hidden: bool,
    /// A line chosen before signing in, until its region is known.
    pub(crate) rejoin: Option<Modality>,
    /// The search as the patient refined it, kept while another way is on screen.
    pub(super) sought: Option<Box<Search>>,
    pub(crate) awaited: Awaited<Purpose>,
    /// The part that finds what this configuration looks for is being loaded.
    pub(super) is_loading: bool,
    /// Times of this configuration have been on screen.
    pub(super) is_shown: bool,
    /// What the page's owner has been shown of this configuration.
    pub(super) reported: Vec<Finding>,
}

impl State {
    /// Whether an answer to this request still changes anything.
    pub fn awaits(&self, id: RequestId) -> bool {
        self.awaited.contains(id)
    }
}

impl Default for State {
    fn default() -> Self {
        Self {
            stage: Stage::Loading,
            board: Board::default(),
            queue: Queue::default(),
            way: Way::default(),
            first: FirstTimes::default(),
            lost: false,
            is_hidden: false,
            rejoin: None,
            sought: None,
            awaited: Awaited::default(),
            is_loading: false,
            is_shown: false,
            reported: Vec::new(),
        }
    }
}
