//! Requests that a state machine waits for: each has an id, and what it is for decides what its answer changes.

/// Ties an answer to its request; an answer whose id is no longer awaited is dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RequestId(pub u32);

/// Numbers requests; one for all machines of a widget, so that an id says whose request it is.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct RequestIds(u32);

impl RequestIds {
    /// An id that was not used before.
    pub fn fresh(&mut self) -> RequestId {
        self.0 += 1;
        RequestId(self.0)
    }

    /// The id used last; 0 before the first.
    pub fn last(&self) -> u32 {
        self.0
    }
}

/// The requests a machine waits for, with what each is for.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Awaited<P>(Vec<(RequestId, P)>);

impl<P> Default for Awaited<P> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<P> Awaited<P> {
    /// Begins to wait.
    pub fn add(&mut self, id: RequestId, purpose: P) {
        self.0.push((id, purpose));
    }

    /// Takes a request off the list: its answer has come.
    pub fn settle(&mut self, id: RequestId) -> Option<P> {
        let place = self.0.iter().position(|(awaited, _)| *awaited == id)?;
        Some(self.0.remove(place).1)
    }

    /// Stops waiting for those that `which` names; returns their ids, the oldest first.
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

    /// Whether one is awaited that `which` names.
    pub fn any(&self, which: impl Fn(&P) -> bool) -> bool {
        self.0.iter().any(|(_, purpose)| which(purpose))
    }

    /// Whether an answer to this request still changes anything.
    pub fn contains(&self, id: RequestId) -> bool {
        self.0.iter().any(|(awaited, _)| *awaited == id)
    }

    /// All of them, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &(RequestId, P)> {
        self.0.iter()
    }
}
