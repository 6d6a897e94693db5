//! The commands that the finder returns. The finder itself sends no request and starts no timer: the widget's `app`
//! carries out each command, and reports the answer to each read with an [`super::event::Event`].

use crate::api::Read;
use crate::notice::Notice;
use crate::on_demand::{OnDemandVisit, Practice};
use crate::request::RequestId;

/// One thing for the widget to do.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Command {
    /// Perform a read.
    Read {
        /// The id that [`super::event::Event::Answered`] repeats.
        id: RequestId,
        /// What to read.
        read: Read,
        /// Do not use a shared or remembered answer.
        fresh: bool,
    },
    /// Cancel a request: its answer is no longer needed.
    Cancel(RequestId),
    /// Report [`super::event::Event::Ticked`] after some time.
    Later {
        /// The id that [`super::event::Event::Ticked`] repeats.
        id: RequestId,
        /// How long to wait.
        seconds: u32,
    },
    /// Load the part of the wasm that carries out [`super::order::Order`]s. [`super::event::Event::Loaded`] reports
    /// whether it is loaded.
    Load,
    /// Report a notice to the host page.
    Notify(Notice),
    /// Begin the errand for a line that the patient joins.
    Join(Box<OnDemandVisit>, Box<Practice>),
}
