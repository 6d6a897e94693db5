//! Equal public reads of a page are one request, however many widgets ask; an answer is good for a minute.
//!
//! Only public reads: nothing that came with a token is ever remembered.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dexcare::Request;
use dexcare::exchange::{NoAnswer, Reply, Response};

use super::{Abort, Deadline, Tier};
use crate::platform::page::{OneShot, page};
use crate::platform::{clock, spawn};

/// Milliseconds an answer is good for.
const GOOD_FOR: f64 = 60_000.0;
/// Milliseconds for which a read under way is as good as a fresh one.
const JUST_NOW: f64 = 50.0;

struct Entry {
    /// The address, the body, and the headers that could change the answer.
    key: String,
    answer: OneShot<Result<Response, NoAnswer>>,
    /// When it was asked for, by the widget or by the script ahead of it.
    asked: f64,
    /// Stops it once nobody waits.
    abort: Abort,
    waiting: Rc<Cell<u32>>,
    /// Set with a whole 2xx; anything else is forgotten once everybody has it.
    good: Rc<Cell<bool>>,
}

thread_local! {
    static READS: RefCell<Vec<Rc<Entry>>> = const { RefCell::new(Vec::new()) };
}

/// Joins an equal read, uses a fresh answer, or asks (where the script sent the read ahead, that is the first attempt). Whoever asks waits until its own deadline, whoever began the read.
pub async fn read(tier: &Tier, request: &Request, fresh: bool, deadline: Deadline, abort: &Abort) -> Reply {
    let left = deadline.left(clock::now_ms()).ok_or(NoAnswer)?;
    // Aborted before its first poll: nothing would take this reader off the entry again.
    if abort.is_aborted() {
        return Err(NoAnswer);
    }
    let key = [
        tier.url(request).ok_or(NoAnswer)?.as_str(),
        " ",
        tier.api_key.as_deref().unwrap_or(""),
        " ",
        tier.domain.as_deref().unwrap_or(""),
        " ",
        // A search is a read by POST.
        request.body.as_deref().unwrap_or(""),
    ]
    .concat();
    let entry = find(&key, fresh).unwrap_or_else(|| ask(tier, request, key, fresh));
    entry.waiting.set(entry.waiting.get() + 1);
    let asked = entry.clone();
    abort.stop_by(move || leave(&asked));
    let answer = entry.answer.get_within(left).await;
    if abort.is_aborted() {
        return Err(NoAnswer);
    }
    leave(&entry);
    answer.unwrap_or(Err(NoAnswer))
}

fn find(key: &str, fresh: bool) -> Option<Rc<Entry>> {
    let oldest = clock::now_ms() - GOOD_FOR;
    READS.with_borrow_mut(|reads| {
        reads.retain(|entry| entry.waiting.get() > 0 || (entry.good.get() && entry.asked > oldest));
        let usable = |entry: &&Rc<Entry>| {
            // A read under way may serve a fresh one too only if it has not answered yet and was asked just now.
            entry.key == key
                && !entry.abort.is_aborted()
                && if fresh { !entry.good.get() && entry.asked > clock::now_ms() - JUST_NOW } else { true }
        };
        reads.iter().rev().find(usable).cloned()
    })
}

fn ask(tier: &Tier, request: &Request, key: String, fresh: bool) -> Rc<Entry> {
    let now = clock::now_ms();
    let oldest = now - if fresh { JUST_NOW } else { GOOD_FOR };
    let ahead = tier.url(request).zip(page()).map(|(url, page)| page.sent_ahead(&url, oldest));
    let asked = ahead.filter(|ahead| *ahead >= oldest).unwrap_or(now);
    let (abort, good) = (Abort::default(), Rc::new(Cell::new(false)));
    let (tier, request) = (tier.clone(), request.clone());
    let (running, answered) = (abort.clone(), good.clone());
    let answer = OneShot::default();
    let came = answer.clone();
    spawn(Box::pin(async move {
        // Others may join late, with a deadline of their own: the read goes on while anybody waits.
        let deadline = Deadline::from(clock::now_ms());
        let reply = tier.read_alone(&request, None, deadline, &running).await;
        // An answer that was cut off for its length is empty: it is not worth keeping.
        let is_good =
            |response: &Response| (200..300).contains(&response.status) && !response.body.is_empty();
        answered.set(reply.as_ref().is_ok_and(is_good));
        came.set(reply);
    }));
    let entry = Rc::new(Entry { key, answer, asked, abort, waiting: Rc::default(), good });
    READS.with_borrow_mut(|reads| reads.push(entry.clone()));
    entry
}

/// One asker less; the last one to leave an unfinished read stops it.
fn leave(entry: &Rc<Entry>) {
    entry.waiting.set(entry.waiting.get().saturating_sub(1));
    if entry.waiting.get() == 0 && !entry.good.get() {
        entry.abort.abort();
        READS.with_borrow_mut(|reads| reads.retain(|other| !Rc::ptr_eq(other, entry)));
    }
}
