//! What an errand asks for. Values only: the widget's `app` carries them out, and reports the answer to each read and
//! write with an [`super::event::Event`].

use super::state::Stage;
use crate::api::{Read, Write};
use crate::ids::{SlotId, UrlName};
use crate::notice::Notice;
use crate::outcome::Refusal;
use crate::request::RequestId;
use crate::schedule::Time;

/// One thing for the widget to do.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Command {
    /// Perform a read.
    Read {
        /// The answer carries this id.
        id: RequestId,
        /// What to read.
        read: Read,
        /// Do not use a shared or remembered answer.
        fresh: bool,
    },
    /// Perform a write, once.
    Write {
        /// The answer carries this id.
        id: RequestId,
        /// What to write.
        write: Write,
    },
    /// Cancel a request: its answer is no longer needed.
    Cancel(RequestId),
    /// Call `getToken` now, within the patient's click.
    AskToken {
        /// The answer carries this id.
        id: RequestId,
    },
    /// Ask the host page to sign the patient in, since there is no token. The page may answer with a token later.
    InviteSignIn {
        /// The answer carries this id.
        id: RequestId,
    },
    /// Ask the host page's card field for its token, and keep the token for the booking that follows.
    AskCard {
        /// The answer carries this id.
        id: RequestId,
    },
    /// Report [`super::event::Event::Ticked`] after some time.
    Later {
        /// [`super::event::Event::Ticked`] carries this id.
        id: RequestId,
        /// How long to wait.
        seconds: u32,
    },
    /// Leave for the scheduling pages with this time, the clinic's `urlName` if it is known, and the search context if
    /// a search found the time.
    HandOff(Box<Time>, Option<UrlName>, Option<String>),
    /// Give the time to the host page; [`super::event::Event::HandedOver`] reports whether the page took it.
    HandOver(Box<Time>),
    /// Report a notice to the host page.
    Notify(Notice),
    /// A message for the finder.
    Finder(ForFinder),
    /// For the journey: from now on, show in brief the outcome that was on screen.
    PutInBrief(Box<Stage>),
}

/// What an errand tells the finder from which its time or line came.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum ForFinder {
    /// The patient chooses again: show the finder.
    ChooseAgain,
    /// The patient chooses again, and what was chosen before signing in is no longer available.
    Lost,
    /// The time is gone: stop offering it.
    Forget(Box<Time>),
    /// One of a time's slots is gone.
    ForgetSlot(SlotId),
    /// Read the times again, for those nearest to a time that is gone.
    ReadNearest,
    /// The line refused the patient.
    TurnedAway(Refusal),
    /// The patient is in line: stop reading the waits.
    Joined,
    /// The on-demand visit is over: show the lines again.
    BackToLine,
}

impl Command {
    /// Whether this command sends a booking. The guarantees of [`super`] are about these commands.
    pub fn is_booking(&self) -> bool {
        let Self::Write { write, .. } = self else { return false };
        matches!(write, Write::BookDepartment(_) | Write::BookClinician(_) | Write::Join(_))
    }
}
