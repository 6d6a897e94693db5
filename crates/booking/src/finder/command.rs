//! What the finder asks for. Values only: the widget's `app` carries them out, and answers each read with an
//! [`super::event::Event`].

use crate::api::Read;
use crate::notice::Notice;
use crate::on_demand::{Now, Practice};
use crate::request::RequestId;

/// One thing to do.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Command {
    /// Perform a read. `fresh` = no shared or remembered answer will do.
    Read {
        /// Answers carry it.
        id: RequestId,
        /// What.
        read: Read,
        /// See above.
        fresh: bool,
    },
    /// Nobody waits for this any more.
    Cancel(RequestId),
    /// Send an event when some time has passed.
    Later {
        /// [`super::event::Event::Ticked`] carries it.
        id: RequestId,
        /// How long.
        seconds: u32,
    },
    /// Load the part that carries out [`super::order::Order`]s; answered by [`super::event::Event::Loaded`].
    Load,
    /// Tell the host page.
    Tell(Notice),
    /// A line is to be joined: begin its errand.
    Join(Box<Now>, Box<Practice>),
}
