//! The state of the finder. [`Stage`] says what there is to choose from, [`Board`] contains times and places, [`Queue`]
//! the lines.

pub use super::board::{Board, PlaceError};
use super::purpose::Purpose;
pub use super::queue::Queue;
use crate::notice::Finding;
use crate::on_demand::Modality;
use crate::outcome::ApiError;
use crate::request::{Awaited, RequestId};
use crate::search::Search;
use crate::settings::Way;
use crate::time::Moment;

/// Why there is nothing to choose from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnavailableReason {
    /// The times, the practice, or the part of the wasm that the configuration needs could not be loaded.
    Error(ApiError),
    /// There are no times.
    NoTimes,
    /// The configuration names nothing to look for.
    Misconfigured,
}

/// What there is to choose from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Nothing can be shown yet.
    Loading,
    /// Choosing a time.
    Choosing,
    /// Choosing a line: region, modality, and the wait now.
    Queue,
    /// Nothing can be chosen; the phone number and a link are shown.
    Unavailable(UnavailableReason),
}

/// The first open time of each way, for comparing the ways; `None` = not known. While a way is on screen, its entry may
/// be out of date.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct FirstTimes {
    /// The first time of the page's target when the patient last left it, with the offset of the clinic's clock.
    pub named: Option<Moment>,
    /// The first time of any clinician nearby, with the offset in the response.
    pub nearby: Option<Moment>,
}

/// The whole state of the finder.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct State {
    /// What there is to choose from.
    pub stage: Stage,
    /// Times and places.
    pub board: Board,
    /// The practice and its lines.
    pub queue: Queue,
    /// The way to be seen that is on screen.
    pub way: Way,
    /// The first times of the ways, for comparing them.
    pub first: FirstTimes,
    /// Whether the time or line that the patient chose before signing in could not be brought back.
    pub lost: bool,
    /// Whether an errand is on screen instead of the finder. The finder then keeps the answers that come, but sends
    /// no further reads.
    pub is_hidden: bool,
    /// The modality of the line that the patient chose before a full-page sign-in, until the line can be joined.
    pub(crate) rejoin: Option<Modality>,
    /// The search around a place as the patient changed it. It is kept while another way is on screen.
    pub(super) sought: Option<Box<Search>>,
    pub(crate) awaited: Awaited<Purpose>,
    /// Whether the part of the wasm that this configuration needs is being loaded.
    pub(super) is_loading: bool,
    /// Whether times or lines of this configuration have been on screen.
    pub(super) is_shown: bool,
    /// The findings that were reported for this configuration.
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
