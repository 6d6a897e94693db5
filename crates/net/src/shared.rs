//! Shares public reads among all widgets of a page: equal reads are sent as one request, and its answer is kept
//! for a minute.
//!
//! Only public reads: an answer to a request with a token is never kept.

use std::rc::Rc;

use dexcare::Request;
use dexcare::exchange::{NoAnswer, Reply, Response};

use crate::{Abort, ClockReading, Deadline, Io, Net, Once, Outgoing, Tier};

/// How many milliseconds after its request an answer is still used for other reads.
const GOOD_FOR: f64 = 60_000.0;
/// A caller who wants a fresh answer may join a running read that began less than this many milliseconds ago.
const JUST_NOW: f64 = 50.0;

/// The reply that one caller waits for.
type Mine = Once<Reply>;

/// The running reads, and the answers that are still kept.
#[derive(Default)]
pub struct Reads(Vec<Read>);

struct Read {
    outgoing: Rc<Outgoing>,
    /// When a widget asked for the read, or when the script sent it in advance.
    asked: ClockReading,
    state: State,
}

enum State {
    UnderWay { askers: Vec<Mine>, abort: Abort },
    Answered(Response),
}

/// The result of looking for a read that can be used instead of sending another request.
enum Lookup {
    Nothing,
    /// The caller has joined a running read, and waits for its answer.
    Joined,
    Answer(Response),
}

impl Reads {
    /// Joins an equal read that is running, or finds the kept answer of one. If the answer must be fresh, only a
    /// running read that began just now can be joined.
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

    /// Passes the reply to every caller that waits for it. Keeps the reply if it is a 2xx with a body.
    fn answer(&mut self, outgoing: &Rc<Outgoing>, reply: &Reply) {
        let Some(place) = self.0.iter().position(|read| Rc::ptr_eq(&read.outgoing, outgoing)) else { return };
        // Do not keep an answer without a body: an answer that was too long has no body here.
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

    /// Forgets all kept answers, since a write may have changed what they say. The next read of each is sent.
    pub fn forget(&mut self) {
        self.0.retain(Read::is_under_way);
    }

    /// Removes a caller from the read that it waits for. If no other caller waits for the read, removes the read too,
    /// and returns how to stop it.
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
    /// Joins an equal read, uses an answer that is still kept, or sends the read. If the script has sent the read in
    /// advance, that request counts as the first attempt. Every caller waits at most until its own deadline, whoever
    /// began the read.
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
        // A caller that was aborted must not join a read: nothing would remove it from the read again.
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

    /// Begins a read, with a deadline of its own: other callers may join the read, and wait longer than the first one.
    /// The read is stopped before its deadline only if nobody waits for it any more.
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
        // Release the borrow first: stopping the read calls a function of the `Io`, which may call this code again.
        if let Some(abort) = last {
            abort.abort();
        }
    }
}
