//! How whoever asked for a request gives it up.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Lets whoever asked for a request give it up; every attempt of it stops. All clones are the same.
#[derive(Clone, Default)]
pub struct Abort(Rc<Inner>);

#[derive(Default)]
struct Inner {
    aborted: Cell<bool>,
    stop: RefCell<Option<Box<dyn FnOnce()>>>,
}

impl Abort {
    /// Nobody waits for it any more.
    pub fn abort(&self) {
        self.0.aborted.set(true);
        if let Some(stop) = self.0.stop.take() {
            stop();
        }
    }

    /// Whether it was given up.
    pub fn is_aborted(&self) -> bool {
        self.0.aborted.get()
    }

    /// How to stop what is running now.
    pub(crate) fn stop_by(&self, stop: impl FnOnce() + 'static) {
        self.0.stop.replace(Some(Box::new(stop)));
    }
}
