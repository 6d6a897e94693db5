//! Equal public reads of a page are sent as one request, however many widgets ask; an answer is kept for a minute.
//!
//! Only public reads: an answer to a request with a token is never kept.

use std::rc::Rc;

use dexcare::Request;
use dexcare::exchange::{NoAnswer, Reply, Response};

use crate::{Abort, ClockReading, Deadline, Io, Net, Once, Outgoing, Tier};

/// Milliseconds for which an answer is used again.
const GOOD_FOR: f64 = 60_000.0;
/// Milliseconds for which a running read counts as fresh.
const JUST_NOW: f64 = 50.0;

/// The value that one caller waits for.
type Mine = Once<Reply>;

/// The running reads, and the answers that are still kept.
#[derive(Default)]
pub struct Reads(Vec<Read>);

struct Read {
    outgoing: Rc<Outgoing>,
    /// When the read was asked for, by a widget or by the script in advance.
    asked: ClockReading,
    state: State,
}

enum State {
    UnderWay { askers: Vec<Mine>, abort: Abort },
    Answered(Response),
}

/// What can be used without another request.
enum Lookup {
    Nothing,
    /// The caller now waits for a running read.
    Joined,
    Answer(Response),
}

impl Reads {
    /// Joins an equal read that is running, or finds its answer. If the answer must be fresh, only a running read that
    /// was asked for just now will do.
    fn find(&mut self, outgoing: &Outgoing, fresh: bool, now: ClockReading, mine: &Mine) -> Lookup {
        self.0.retain(|read| read.is_under_way() || now.since(read.asked) < GOOD_FOR);
        for read in self.0.iter_mut().rev().filter(|read| *read.outgoing == *outgoing) {
            match &mut read.state {
                State::UnderWay { askers, .. } if !fresh || now.since(read.asked) < JUST_NOW => {
                    askers.push(mine.clone());
                    return Lookup::Joined;
                }
                State::Answered(response) if !fresh => return Lookup::Answer(response.clone()),
                _ => {}
            }
        }
        Lookup::Nothing
    }

    /// Passes the reply to every caller that waits. A whole 2xx is kept.
    fn answer(&mut self, outgoing: &Rc<Outgoing>, reply: &Reply) {
        let Some(place) = self.0.iter().position(|read| Rc::ptr_eq(&read.outgoing, outgoing)) else { return };
        // The body of an answer that was too long is empty: do not keep it.
        let good = reply
            .as_ref()
            .ok()
            .filter(|response| (200..300).contains(&response.status) && !response.body.is_empty());
        let read = self.0.remove(place);
        if let State::UnderWay { askers, .. } = read.state {
            for asker in askers {
                asker.set(reply.clone());
            }
        }
        if let Some(response) = good {
            self.0.insert(place, Read { state: State::Answered(response.clone()), ..read });
        }
    }

    /// Forgets all answers, since something has changed: the next read of each is sent again.
    pub fn forget(&mut self) {
        self.0.retain(Read::is_under_way);
    }

    /// Removes a caller from the read that it waits for. Returns how to stop the read if no caller is left.
    fn leave(&mut self, mine: &Mine) -> Option<Abort> {
        let place = self.0.iter_mut().position(|read| match &mut read.state {
            State::UnderWay { askers, .. } => {
                let before = askers.len();
                askers.retain(|asker| !asker.is(mine));
                before > 0 && askers.is_empty()
            }
            State::Answered(_) => false,
        })?;
        match self.0.remove(place).state {
            State::UnderWay { abort, .. } => Some(abort),
            State::Answered(_) => None,
        }
    }
}

impl Read {
    fn is_under_way(&self) -> bool {
        matches!(self.state, State::UnderWay { .. })
    }
}

impl<I: Io> Net<I> {
    /// Joins an equal read, uses an answer that is still kept, or sends the read (if the script sent it in advance,
    /// that is the first attempt). Every caller waits until its own deadline, whoever began the read.
    pub(crate) async fn read_shared(
        &self,
        tier: &Tier,
        request: &Request,
        fresh: bool,
        deadline: Deadline,
        abort: &Abort,
    ) -> Reply {
        let now = self.io.now();
        let left = deadline.left(now.elapsed).ok_or(NoAnswer)?;
        // An aborted caller must not join: nothing would remove it from the read again.
        if abort.is_aborted() {
            return Err(NoAnswer);
        }
        let outgoing = tier.outgoing(request, None).ok_or(NoAnswer)?;
        let mine = Mine::default();
        let found = self.reads.borrow_mut().find(&outgoing, fresh, now, &mine);
        match found {
            Lookup::Answer(response) => return Ok(response),
            Lookup::Joined => {}
            Lookup::Nothing => self.ask(outgoing, fresh, now, &mine),
        }
        let (late, aborted) = (mine.clone(), mine.clone());
        let _timer = self.io.after(left, move || late.set(Err(NoAnswer)));
        let net = self.clone();
        abort.stop_by(move || {
            net.leave(&aborted);
            aborted.set(Err(NoAnswer));
        });
        let reply = mine.get().await;
        self.leave(&mine);
        reply
    }

    /// Begins a read. It goes on while any caller waits, since others may join later with deadlines of their own.
    fn ask(&self, outgoing: Outgoing, fresh: bool, now: ClockReading, mine: &Mine) {
        let oldest = if fresh { JUST_NOW } else { GOOD_FOR };
        let age = self.io.sent_ahead(&outgoing.url, oldest).filter(|age| *age <= oldest);
        let asked = age.map_or(now, |age| now.ago(age));
        let (outgoing, abort) = (Rc::new(outgoing), Abort::default());
        let state = State::UnderWay { askers: vec![mine.clone()], abort: abort.clone() };
        self.reads.borrow_mut().0.push(Read { outgoing: outgoing.clone(), asked, state });
        let net = self.clone();
        self.io.spawn(Box::pin(async move {
            let reply = net.read_alone(&outgoing, Deadline::from(now.elapsed), &abort).await;
            net.reads.borrow_mut().answer(&outgoing, &reply);
        }));
    }

    fn leave(&self, mine: &Mine) {
        let last = self.reads.borrow_mut().leave(mine);
        // Release the borrow first: stopping the read calls foreign code.
        if let Some(abort) = last {
            abort.abort();
        }
    }
}
