//! The events of the finder: what the patient and the host page do, and the answers to its reads.

use crate::api::Answer;
use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, RegionCode, VisitType};
use crate::on_demand::Qualifier;
use crate::request::RequestId;
use crate::search::Search;
use crate::settings::Way;

/// One event for the finder.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Event {
    /// The answer to a read.
    Answered(RequestId, Answer),
    /// The time asked for by [`super::command::Command::Later`] has passed.
    Ticked(RequestId),
    /// The part of the wasm that [`super::command::Command::Load`] asked for is loaded, or could not be.
    Loaded {
        /// Whether the part is loaded.
        is_there: bool,
    },
    /// Choose another visit type.
    PickType(VisitType),
    /// Filter the times on screen.
    Narrow(Filter),
    /// Show more days.
    More,
    /// Show another of the page's ways to be seen.
    Take(Way),
    /// Search around a ZIP code or a town that the patient typed.
    Seek(String),
    /// Search around the position of the device, in degrees.
    SeekPoint(f64, f64),
    /// Change the search around a place: its filters, its radius, or the place.
    Refine(Box<Search>),
    /// Show only the times of this clinic of the brand; `None` = show those of all its clinics.
    PickClinic(Option<DepartmentIdentifier>),
    /// Pick the region that the patient is in.
    PickRegion(RegionCode),
    /// Choose whether the on-demand visit is for an adult or a child.
    ForWhom(Qualifier),
    /// The page became visible or online again.
    Wake,
    /// Retry what failed.
    Retry,
    /// The host page asked for fresh times.
    Refresh,
}
