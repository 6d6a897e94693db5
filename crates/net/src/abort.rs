//! A handle with which a caller aborts a request.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Lets a caller abort its request, with every attempt at it. A read that other callers share goes on for them. All
/// clones abort the same request.
#[derive(Clone, Default)]
pub struct Abort(Rc<Inner>);

#[derive(Default)]
struct Inner {
    aborted: Cell<bool>,
    stop: RefCell<Option<Box<dyn FnOnce()>>>,
}

impl Abort {
    /// Aborts the request, since its answer is no longer needed.
    pub fn abort(&self) {
        self.0.aborted.set(true);
        if let Some(stop) = self.0.stop.take() {
            stop();
        }
    }

    /// Whether the request was aborted.
    pub fn is_aborted(&self) -> bool {
        self.0.aborted.get()
    }

    /// Sets the function that stops the attempt or pause that is running now.
    pub(crate) fn stop_by(&self, stop: impl FnOnce() + 'static) {
        self.0.stop.replace(Some(Box::new(stop)));
    }
}
