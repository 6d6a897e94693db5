//! Equal public reads of a page are one request, however many widgets ask; an answer is good for a minute.
//!
//! Only public reads: nothing that came with a token is ever remembered.

use std::rc::Rc;

use dexcare::Request;
use dexcare::exchange::{NoAnswer, Reply, Response};

use crate::{Abort, Deadline, Io, Net, Now, Once, Outgoing, Tier};

/// Milliseconds an answer is good for.
const GOOD_FOR: f64 = 60_000.0;
/// Milliseconds for which a read under way is as good as a fresh one.
const JUST_NOW: f64 = 50.0;

/// What one asker waits for.
type Mine = Once<Reply>;

/// The reads under way, and the answers that are still good.
#[derive(Default)]
pub struct Reads(Vec<Read>);

struct Read {
    outgoing: Rc<Outgoing>,
    /// When it was asked for, by a widget or by the script ahead of it.
    asked: Now,
    state: State,
}

enum State {
    UnderWay { askers: Vec<Mine>, abort: Abort },
    Answered(Response),
}

/// What is to be had without another request.
enum Found {
    Nothing,
    /// The asker was added to those of a read under way.
    Joined,
    Answer(Response),
}

impl Reads {
    /// Joins an equal read, or finds its answer. A fresh answer is one that was asked for just now, and is still to come.
    fn find(&mut self, outgoing: &Outgoing, fresh: bool, now: Now, mine: &Mine) -> Found {
        self.0.retain(|read| read.is_under_way() || now.since(read.asked) < GOOD_FOR);
        for read in self.0.iter_mut().rev().filter(|read| *read.outgoing == *outgoing) {
            match &mut read.state {
                State::UnderWay { askers, .. } if !fresh || now.since(read.asked) < JUST_NOW => {
                    askers.push(mine.clone());
                    return Found::Joined;
                }
                State::Answered(response) if !fresh => return Found::Answer(response.clone()),
                _ => {}
            }
        }
        Found::Nothing
    }

    /// Gives every asker the reply. A whole 2xx is kept.
    fn answer(&mut self, outgoing: &Rc<Outgoing>, reply: &Reply) {
        let Some(place) = self.0.iter().position(|read| Rc::ptr_eq(&read.outgoing, outgoing)) else { return };
        // An answer that was cut off for its length is empty: it is not worth keeping.
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

    /// Whatever is remembered is from before something changed: the next to ask reads it anew.
    pub fn forget(&mut self) {
        self.0.retain(Read::is_under_way);
    }

    /// One asker less; returns how to stop the read if that was the last one.
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
    /// Joins an equal read, uses an answer that is still good, or asks (where the script sent the read ahead, that is the first attempt).
    /// Whoever asks waits until its own deadline, whoever began the read.
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
        // Aborted before its first poll: nothing would take this asker off the read again.
        if abort.is_aborted() {
            return Err(NoAnswer);
        }
        let outgoing = tier.outgoing(request, None).ok_or(NoAnswer)?;
        let mine = Mine::default();
        let found = self.reads.borrow_mut().find(&outgoing, fresh, now, &mine);
        match found {
            Found::Answer(response) => return Ok(response),
            Found::Joined => {}
            Found::Nothing => self.ask(outgoing, fresh, now, &mine),
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

    /// Begins a read. Others may join it late, with a deadline of their own: it goes on while anybody waits.
    fn ask(&self, outgoing: Outgoing, fresh: bool, now: Now, mine: &Mine) {
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
        // Stopping it calls into the world: nothing is borrowed meanwhile.
        if let Some(abort) = last {
            abort.abort();
        }
    }
}
