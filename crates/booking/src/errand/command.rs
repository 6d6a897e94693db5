//! What an errand asks for. Values only: the widget's `app` carries them out, and answers each read and write with an
//! [`super::event::Event`].

use super::state::Stage;
use crate::api::{Read, Write};
use crate::ids::{SlotId, UrlName};
use crate::notice::Notice;
use crate::outcome::Refusal;
use crate::request::RequestId;
use crate::schedule::Time;

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
    /// Perform a write, once.
    Write {
        /// Answers carry it.
        id: RequestId,
        /// What.
        write: Write,
    },
    /// Nobody waits for this any more.
    Cancel(RequestId),
    /// Ask the host for a token, now, in the patient's click.
    AskToken {
        /// Answers carry it.
        id: RequestId,
    },
    /// Tell the host that a token is needed and there is none; it may give one later, as the answer.
    InviteSignIn {
        /// The answer carries it.
        id: RequestId,
    },
    /// Ask the host's card field for its token; kept for the booking that follows.
    AskCard {
        /// The answer carries it.
        id: RequestId,
    },
    /// Send an event when some time has passed.
    Later {
        /// [`super::event::Event::Ticked`] carries it.
        id: RequestId,
        /// How long.
        seconds: u32,
    },
    /// Leave for the scheduling pages with this time, its clinic's `urlName` where it is known, and the search to be
    /// repeated there, if it came from one.
    HandOff(Box<Time>, Option<UrlName>, Option<String>),
    /// Give the time to the host page; answered by [`super::event::Event::HandedOver`].
    HandOver(Box<Time>),
    /// Tell the host page.
    Tell(Notice),
    /// For the finder: it is its turn again, or something that it holds is no longer so.
    Finder(ForFinder),
    /// For the journey: the outcome that was on screen stands in brief from now on.
    PutInBrief(Box<Stage>),
}

/// What an errand has to say to the finder it came from.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum ForFinder {
    /// The patient chooses again.
    ChooseAgain,
    /// The same, and what was chosen before signing in is not there any more.
    Lost,
    /// The time has gone: it is no longer offered.
    Forget(Box<Time>),
    /// One of the slots behind a time has gone.
    ForgetSlot(SlotId),
    /// The times nearest to one that has gone are wanted, as they are now.
    ReadNearest,
    /// The line does not take the patient.
    TurnedAway(Refusal),
    /// The patient is in line: waits need not be looked at.
    Joined,
    /// A visit on demand is over: back to where lines are joined.
    BackToLine,
}

impl Command {
    /// Whether it sends a booking; what the promises of [`super`] are about.
    pub fn is_booking(&self) -> bool {
        let Self::Write { write, .. } = self else { return false };
        matches!(write, Write::BookDepartment(_) | Write::BookClinician(_) | Write::Join(_))
    }
}
