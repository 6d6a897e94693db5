//! A world with simulated time: clocks, timers, tasks, and a server that does what the test decides.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};

use dexcare::Request;
use dexcare::exchange::{NoAnswer, Reply, Response};
use net::{Abort, Attempt, ClockReading, Credential, Io, Net, Outgoing, Tier};

/// 7 December 2026, 17:00 UTC, in milliseconds.
const NINE_IN_SEATTLE: f64 = 1_796_662_800_000.0;

/// What a server does with an attempt.
#[derive(Clone, Debug)]
pub struct Does {
    /// Milliseconds until the server answers.
    pub after: i32,
    /// `None` = the connection breaks instead.
    pub status: Option<u16>,
    pub body: &'static str,
    pub retry_after: Option<u32>,
    pub is_cut: bool,
}

/// The server never answers.
pub const SILENT: Does = says(i32::MAX, 200);

/// The server answers with a status after so many milliseconds.
pub const fn says(after: i32, status: u16) -> Does {
    Does { after, status: Some(status), body: "{}", retry_after: None, is_cut: false }
}

/// The connection breaks after so many milliseconds.
pub const fn breaks(after: i32) -> Does {
    Does { status: None, ..says(after, 0) }
}

/// An attempt as it was sent.
pub struct Sent {
    pub at: i32,
    pub within: i32,
    pub outgoing: Outgoing,
    /// Whether the script had sent the read before the wasm asked for it.
    pub was_ahead: bool,
    /// When the attempt ended, and whether it was aborted; otherwise it was answered, or ran out of time.
    pub end: Rc<Cell<Option<(i32, bool)>>>,
}

type Job = Box<dyn FnOnce()>;
type Task = Pin<Box<dyn Future<Output = ()>>>;
type Server = dyn FnMut(&Outgoing, usize) -> Does;

#[derive(Default)]
struct Inner {
    elapsed: Cell<i32>,
    /// Milliseconds by which the device's clock has been put forward.
    put_forward: Cell<f64>,
    random: Cell<f64>,
    due: RefCell<BTreeMap<(i32, u64), Job>>,
    numbers: Cell<u64>,
    tasks: RefCell<Vec<(Task, Arc<Woken>)>>,
    server: RefCell<Option<Box<Server>>>,
    sent: RefCell<Vec<Sent>>,
    ahead: RefCell<Vec<(String, ClockReading)>>,
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The simulated world, which all clones share.
#[derive(Clone, Default)]
pub struct World(Rc<Inner>);

/// A timer; dropping it cancels it.
pub struct Timer(World, (i32, u64));

impl Drop for Timer {
    fn drop(&mut self) {
        self.0.0.due.borrow_mut().remove(&self.1);
    }
}

impl World {
    /// Makes a world. `server` decides what happens to each attempt, and also gets the number of attempts before it.
    /// Random pauses have their greatest length.
    pub fn new(server: impl FnMut(&Outgoing, usize) -> Does + 'static) -> Self {
        let world = Self::default();
        world.0.random.set(1.0);
        world.0.server.replace(Some(Box::new(server)));
        world
    }

    pub fn roll(&self, random: f64) {
        self.0.random.set(random);
    }

    /// Milliseconds since the page began.
    pub fn time(&self) -> i32 {
        self.0.elapsed.get()
    }

    /// Puts the device's clock forward, but not the clock of [`ClockReading::elapsed`].
    pub fn put_clock_forward(&self, milliseconds: f64) {
        self.0.put_forward.set(self.0.put_forward.get() + milliseconds);
    }

    /// Makes the script send a read before the wasm asks for it.
    pub fn send_ahead(&self, url: &str) {
        let now = self.now();
        self.0.ahead.borrow_mut().push((url.into(), now));
    }

    /// Runs `job` at `time`.
    pub fn at(&self, time: i32, job: impl FnOnce() + 'static) {
        self.schedule(time, Box::new(job));
    }

    fn schedule(&self, time: i32, job: Job) -> (i32, u64) {
        let number = self.0.numbers.get();
        self.0.numbers.set(number + 1);
        self.0.due.borrow_mut().insert((time, number), job);
        (time, number)
    }

    /// Lets time pass until nothing more happens.
    pub fn run(&self) {
        loop {
            self.run_tasks();
            let Some(((time, _), job)) = self.0.due.borrow_mut().pop_first() else { break };
            self.0.elapsed.set(time);
            job();
        }
        assert!(self.0.tasks.borrow().is_empty(), "a task waits for ever");
    }

    fn run_tasks(&self) {
        loop {
            let place =
                self.0.tasks.borrow().iter().position(|(_, woken)| woken.0.swap(false, Ordering::Relaxed));
            let Some(place) = place else { break };
            // Take the task out of the list while it runs, since it may add other tasks to the list.
            let (mut task, woken) = self.0.tasks.borrow_mut().remove(place);
            let waker = Waker::from(woken.clone());
            if task.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
                self.0.tasks.borrow_mut().push((task, woken));
            }
        }
    }

    /// The attempts that were sent.
    pub fn sent(&self) -> std::cell::Ref<'_, Vec<Sent>> {
        self.0.sent.borrow()
    }
}

impl Io for World {
    type Timer = Timer;

    fn now(&self) -> ClockReading {
        let elapsed = f64::from(self.time());
        ClockReading { elapsed, device: NINE_IN_SEATTLE + elapsed + self.0.put_forward.get() }
    }

    fn random(&self) -> f64 {
        self.0.random.get()
    }

    fn after(&self, milliseconds: i32, what: impl FnOnce() + 'static) -> Timer {
        Timer(self.clone(), self.schedule(self.time() + milliseconds, Box::new(what)))
    }

    fn send(
        &self,
        outgoing: &Outgoing,
        milliseconds: i32,
        came: impl FnOnce(Option<Attempt>) + 'static,
    ) -> impl FnOnce() + 'static {
        let before = self.sent().len();
        let does = self.0.server.borrow_mut().as_mut().unwrap()(outgoing, before);
        let mut ahead = self.0.ahead.borrow_mut();
        let was_ahead = ahead.iter().any(|(url, _)| *url == outgoing.url);
        ahead.retain(|(url, _)| *url != outgoing.url);
        let (end, within) = (Rc::new(Cell::new(None)), milliseconds);
        let sent = Sent { at: self.time(), within, outgoing: outgoing.clone(), was_ahead, end: end.clone() };
        self.0.sent.borrow_mut().push(sent);
        let (world, ended) = (self.clone(), end.clone());
        let timer = self.after(does.after.min(milliseconds), move || {
            ended.set(Some((world.time(), false)));
            came(does.status.filter(|_| does.after < milliseconds).map(|status| Attempt {
                reply: Ok(Response { status, body: does.body.into() }),
                retry_after: does.retry_after,
                is_cut: does.is_cut,
            }));
        });
        let world = self.clone();
        move || {
            drop(timer);
            if end.get().is_none() {
                end.set(Some((world.time(), true)));
            }
        }
    }

    fn sent_ahead(&self, url: &str, oldest: f64) -> Option<f64> {
        let mut ahead = self.0.ahead.borrow_mut();
        let now = self.now();
        let age = |at: &ClockReading| f64::max(now.elapsed - at.elapsed, now.device - at.device);
        let found = ahead.iter().find(|(other, _)| other == url).map(|(_, at)| age(at));
        ahead.retain(|(other, at)| other != url || age(at) <= oldest);
        found
    }

    fn spawn(&self, task: Task) {
        self.0.tasks.borrow_mut().push((task, Arc::new(Woken(AtomicBool::new(true)))));
    }
}

/// The result of a request, once there is one: when it came, and the reply.
#[derive(Clone, Default)]
pub struct PendingReply(Rc<RefCell<Option<(i32, Reply)>>>);

impl PendingReply {
    /// When the result came, and the status; 0 = no answer.
    pub fn get(&self) -> Option<(i32, u16)> {
        self.0
            .borrow()
            .as_ref()
            .map(|(at, reply)| (*at, reply.as_ref().map_or(0, |response| response.status)))
    }

    /// The text of the answer.
    pub fn words(&self) -> Option<String> {
        let heard = self.0.borrow();
        let (_, reply) = heard.as_ref()?;
        reply.as_ref().ok().map(|response| String::from_utf8(response.body.clone()).unwrap())
    }

    /// Whether the request has ended without an answer.
    pub fn is_nothing(&self) -> bool {
        matches!(*self.0.borrow(), Some((_, Err(NoAnswer))))
    }
}

/// How a request is made: whether its answer must be fresh, and with which token.
#[derive(Clone, Copy, Default)]
pub struct How {
    pub fresh: bool,
    pub token: Option<&'static str>,
}

/// Sends a request at a given time, with its own deadline.
pub fn ask(world: &World, net: &Net<World>, at: i32, request: &Request, how: How) -> (PendingReply, Abort) {
    ask_tier(world, net, at, tier(), request, how)
}

/// As [`ask`], with another tier.
pub fn ask_tier(
    world: &World,
    net: &Net<World>,
    at: i32,
    tier: Tier,
    request: &Request,
    how: How,
) -> (PendingReply, Abort) {
    let (heard, abort) = (PendingReply::default(), Abort::default());
    let (net, request, tells, gives_up) = (net.clone(), request.clone(), heard.clone(), abort.clone());
    let (then, clock) = (world.clone(), world.clone());
    let header = |token| Credential { name: "authorization", value: format!("Bearer {token}") };
    world.at(at, move || {
        then.spawn(Box::pin(async move {
            let (patient, deadline) = (how.token.map(header), net.deadline());
            let reply = net.perform(&tier, &request, patient.as_ref(), how.fresh, deadline, &gives_up).await;
            tells.0.replace(Some((clock.time(), reply)));
        }));
    });
    (heard, abort)
}

/// The tier of an ordinary page.
pub fn tier() -> Tier {
    Tier {
        api: "https://api.example".into(),
        visits: Some("https://visit.example".into()),
        product: "flu".into(),
        domain: None,
        api_key: None,
    }
}
