//! The commands that an errand returns. The errand itself sends no request and starts no timer: the widget's
//! `app` carries out each command, and reports the answer to each read and write with an [`super::event::Event`].

use super::state::{OutcomePeople, Stage};
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
        /// The id that the answer repeats.
        id: RequestId,
        /// What to read.
        read: Read,
        /// Do not use a shared or remembered answer.
        fresh: bool,
    },
    /// Perform a write, once.
    Write {
        /// The id that the answer repeats.
        id: RequestId,
        /// What to write.
        write: Write,
    },
    /// Cancel a request: its answer is no longer needed.
    Cancel(RequestId),
    /// Call `getToken` now: if a click led to this command, within that click.
    AskToken {
        /// The id that the answer repeats.
        id: RequestId,
    },
    /// Ask the host page to sign the patient in, since there is no token or the system refuses it. The page may answer
    /// with a token later.
    InviteSignIn {
        /// The id that the answer repeats.
        id: RequestId,
    },
    /// Ask the host page's card field for its token, and keep the token for the booking that follows.
    AskCard {
        /// The id that the answer repeats.
        id: RequestId,
    },
    /// Report [`super::event::Event::Ticked`] after some time.
    Later {
        /// The id that [`super::event::Event::Ticked`] repeats.
        id: RequestId,
        /// How long to wait.
        seconds: u32,
    },
    /// Leave for the scheduling pages with this time, the clinic's `urlName` if it is known, and the search context if
    /// a search found the time.
    HandOff(Box<Time>, Option<UrlName>, Option<String>),
    /// Pass the time to the host page, which books it; [`super::event::Event::HandedOver`] reports whether a listener
    /// of the page took the time.
    HandOver(Box<Time>),
    /// Report a notice to the host page.
    Notify(Notice),
    /// A message for the finder.
    Finder(ForFinder),
    /// A message for the journey: show in brief, from now on, the outcome that was on screen, with its people.
    PutInBrief(Box<Stage>, Box<OutcomePeople>),
}

/// A message of an errand to the finder from which its time or line came.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum ForFinder {
    /// The patient chooses again: show the finder.
    ChooseAgain,
    /// The time that the patient chose before signing in could not be brought back: show the finder, and say so.
    Lost,
    /// The time is gone: stop offering it.
    Forget(Box<Time>),
    /// One of a time's slots is gone. Its siblings may still be open.
    ForgetSlot(SlotId),
    /// Read the times again, to offer those nearest to a time that cannot be booked.
    ReadNearest,
    /// The system refused the patient a place in line: show the lines again, with the reason.
    TurnedAway(Refusal),
    /// The patient has joined a line: stop reading the waits of the lines.
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
