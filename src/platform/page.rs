//! `fetch` and `setTimeout` by way of the element's script: the page may have replaced either, and an error that a
//! replacement throws must not unwind through this code.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::clock::Timer;

#[wasm_bindgen]
extern "C" {
    /// The script's side (`embed/net.js`). Neither method throws.
    #[derive(Clone)]
    pub type Page;

    /// Calls back once after some milliseconds. Returns a function that cancels.
    #[wasm_bindgen(method)]
    pub fn after(this: &Page, milliseconds: i32, callback: &Function) -> Function;

    /// When the script sent this read ahead of the widget, in milliseconds since 1970; not a number if it did not. One that
    /// was sent before `oldest` is aborted.
    #[wasm_bindgen(method, js_name = sentAhead)]
    pub fn sent_ahead(this: &Page, url: &str, oldest: f64) -> f64;

    /// Makes one attempt at one request. A read that the script sent ahead is not sent again: its answer is this
    /// attempt's, and its 8 seconds count from when the script sent it. Calls back once: with `null` when no answer came, else with status, seconds of
    /// `retry-after` or `null`, body, and whether the body is too long (then it is empty). Returns a function that
    /// stops the attempt without calling back.
    #[wasm_bindgen(method)]
    pub fn send(
        this: &Page,
        url: &str,
        method: &str,
        headers: &Array,
        body: Option<&str>,
        milliseconds: i32,
        callback: &Function,
    ) -> Function;
}

thread_local! {
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
}

/// Keeps the script's side, before anything else is called.
pub fn keep(page: Page) {
    PAGE.set(Some(page));
}

/// The script's side.
pub fn page() -> Option<Page> {
    PAGE.with_borrow(Clone::clone)
}

/// A value that is set once, and the tasks that wait for it. All clones share it.
pub struct OneShot<T>(Rc<RefCell<(Option<T>, Vec<Waker>)>>);

impl<T> Clone for OneShot<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Default for OneShot<T> {
    fn default() -> Self {
        Self(Rc::new(RefCell::new((None, Vec::new()))))
    }
}

impl<T: Clone> OneShot<T> {
    /// Sets the value, unless there is one.
    pub fn set(&self, value: T) {
        let waiting = {
            let mut held = self.0.borrow_mut();
            held.0.get_or_insert(value);
            std::mem::take(&mut held.1)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    /// The value, if there is one; else the task is woken once there is.
    fn poll(&self, context: &Context) -> Option<T> {
        let mut held = self.0.borrow_mut();
        if held.0.is_none() {
            held.1.push(context.waker().clone());
        }
        held.0.clone()
    }

    /// Waits for it.
    pub async fn get(&self) -> T {
        std::future::poll_fn(|context| self.poll(context).map_or(Poll::Pending, Poll::Ready)).await
    }

    /// Waits for it, so many milliseconds at most.
    pub async fn get_within(&self, milliseconds: i32) -> Option<T> {
        let over = OneShot::default();
        let done = over.clone();
        let _timer = Timer::after(milliseconds, move || done.set(()));
        std::future::poll_fn(|context| match (self.poll(context), over.poll(context)) {
            (Some(value), _) => Poll::Ready(Some(value)),
            (None, Some(())) => Poll::Ready(None),
            (None, None) => Poll::Pending,
        })
        .await
    }
}
