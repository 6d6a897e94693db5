//! A value that tasks wait for.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A value that is set once, with the tasks that wait for it. All clones share the value.
pub struct Once<T>(Rc<RefCell<(Option<T>, Vec<Waker>)>>);

impl<T> Clone for Once<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(Rc::new(RefCell::new((None, Vec::new()))))
    }
}

impl<T: Clone> Once<T> {
    /// Sets the value, unless it is set already.
    pub fn set(&self, value: T) {
        let waiting = {
            let mut held = self.0.borrow_mut();
            held.0.get_or_insert(value);
            std::mem::take(&mut held.1)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Whether both are clones of the same `Once`.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Waits for the value.
    pub async fn get(&self) -> T {
        std::future::poll_fn(|context| {
            let mut held = self.0.borrow_mut();
            match &held.0 {
                Some(value) => Poll::Ready(value.clone()),
                None => {
                    held.1.push(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}
