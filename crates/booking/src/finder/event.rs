//! What happens to the finder: what the patient looks for, and answers to its reads.

use crate::api::Answer;
use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, RegionCode, VisitType};
use crate::on_demand::Qualifier;
use crate::request::RequestId;
use crate::search::Search;
use crate::settings::Way;

/// One thing that happened.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Event {
    /// An answer came.
    Answered(RequestId, Answer),
    /// The time asked for by [`super::command::Command::Later`] has passed.
    Ticked(RequestId),
    /// The part that carries out [`super::order::Order`]s, which [`super::command::Command::Load`] asked for.
    Loaded {
        /// Whether it could be had.
        is_there: bool,
    },
    /// Another visit type.
    PickType(VisitType),
    /// Narrow or widen the times on screen.
    Narrow(Filter),
    /// More days.
    More,
    /// Another of the page's ways to be seen.
    Take(Way),
    /// A ZIP or a town was typed.
    Seek(String),
    /// The position of the device, in degrees.
    SeekPoint(f64, f64),
    /// Another search around the place.
    Refine(Box<Search>),
    /// One of the brand's clinics, or `None` to choose again.
    PickClinic(Option<DepartmentIdentifier>),
    /// The region the patient is in.
    PickRegion(RegionCode),
    /// For whom an on-demand visit is.
    ForWhom(Qualifier),
    /// The page is looked at again, or is online again.
    Wake,
    /// Try what failed once more.
    Retry,
    /// The host wants the times read again.
    Refresh,
}
