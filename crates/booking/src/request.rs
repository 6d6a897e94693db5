//! The requests that a state machine waits for. Each has an id and a purpose; the purpose decides how the answer is
//! handled.

/// The id of a request, which its answer repeats. An answer whose id is not awaited is ignored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RequestId(pub u32);

/// Gives each request its id. All machines of a widget share one counter, so that the id of an answer also shows
/// which machine sent the request.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct RequestIds(u32);

impl RequestIds {
    /// A new id.
    pub fn fresh(&mut self) -> RequestId {
        self.0 += 1;
        RequestId(self.0)
    }

    /// The latest id; 0 before the first.
    pub fn last(&self) -> u32 {
        self.0
    }
}

/// The requests that a machine waits for, each with its purpose.
///
/// ```
/// use booking::request::{Awaited, RequestIds};
///
/// let (mut ids, mut awaited) = (RequestIds::default(), Awaited::default());
/// let (times, name) = (ids.fresh(), ids.fresh());
/// awaited.add(times, "the times");
/// awaited.add(name, "the clinic's name");
///
/// assert_eq!(awaited.settle(times), Some("the times"));
/// // A second answer to the same request finds no purpose, so it changes nothing.
/// assert_eq!(awaited.settle(times), None);
///
/// assert_eq!(awaited.cancel(|purpose| purpose.contains("name")), [name]);
/// assert!(!awaited.contains(name));
/// ```
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Awaited<P>(Vec<(RequestId, P)>);

impl<P> Default for Awaited<P> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<P> Awaited<P> {
    /// Adds a request to wait for.
    pub fn add(&mut self, id: RequestId, purpose: P) {
        self.0.push((id, purpose));
    }

    /// Removes a request whose answer has come, and returns its purpose.
    pub fn settle(&mut self, id: RequestId) -> Option<P> {
        let place = self.0.iter().position(|(awaited, _)| *awaited == id)?;
        Some(self.0.remove(place).1)
    }

    /// Removes the requests that `which` selects; returns their ids, the oldest first.
    pub fn cancel(&mut self, which: impl Fn(&P) -> bool) -> Vec<RequestId> {
        let mut cancelled = Vec::new();
        self.0.retain(|(id, purpose)| {
            let goes = which(purpose);
            if goes {
                cancelled.push(*id);
            }
            !goes
        });
        cancelled
    }

    /// Whether the machine waits for a request that `which` selects.
    pub fn any(&self, which: impl Fn(&P) -> bool) -> bool {
        self.0.iter().any(|(_, purpose)| which(purpose))
    }

    /// Whether an answer to this request still changes anything.
    pub fn contains(&self, id: RequestId) -> bool {
        self.0.iter().any(|(awaited, _)| *awaited == id)
    }

    /// All awaited requests, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &(RequestId, P)> {
        self.0.iter()
    }
}
