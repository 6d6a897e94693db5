//! A memo of one type, whatever value it holds.
//!
//! Leptos compiles a `Memo` again for each type of value, at 0.8 KB (brotli) each; the widget has some thirty. A [`Watch`]
//! keeps its value behind one type, so that each one costs only its own closure.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

/// A value computed from signals, which reports a change only when the new value differs.
///
/// ```ignore
/// let is_open = Watch::new(move || memory.opened.with(|opened| opened.contains(&date)));
/// live(move || if is_open.get() { … })
/// ```
pub struct Watch<T> {
    memo: Memo<Value>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Watch<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watch<T> {}

/// A value of any type, with the function that compares two of them.
#[derive(Clone)]
struct Value {
    held: Arc<dyn Any + Send + Sync>,
    is_same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&*self.held, &*other.held)
    }
}

fn is_same<T: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    one.downcast_ref::<T>() == other.downcast_ref::<T>()
}

/// A closure with a single method to call it. A `dyn Fn` has three (`call`, `call_mut`, `call_once`), and the
/// closure's whole code would be compiled into each of them.
trait Read: Send + Sync {
    fn read(&self) -> Value;
}

impl<F: Fn() -> Value + Send + Sync> Read for F {
    fn read(&self) -> Value {
        self()
    }
}

/// Not generic, so that it is compiled once.
#[inline(never)]
fn make(read: Box<dyn Read>) -> Memo<Value> {
    Memo::new(move |_| read.read())
}

/// Not generic either, so that it is compiled once.
#[inline(never)]
fn held(memo: Memo<Value>) -> Arc<dyn Any + Send + Sync> {
    memo.get().held
}

impl<T: PartialEq + Send + Sync + 'static> Watch<T> {
    /// Computes the value again whenever a signal that `read` reads changes.
    pub fn new(read: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let read = move || Value { held: Arc::new(read()), is_same: is_same::<T> };
        Self { memo: make(Box::new(read)), of: PhantomData }
    }

    /// Reads the value in place, and follows it.
    pub fn with<R>(self, what: impl FnOnce(&T) -> R) -> R {
        match held(self.memo).downcast_ref() {
            Some(value) => what(value),
            // Cannot happen: only `new` makes a `Watch`, with a value of this type.
            None => wasm_bindgen::throw_str("another type"),
        }
    }

    /// The value; follows it.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// Follows the value without using it. A memo that is never read is never computed and follows no signals, so this reads
    /// it.
    pub fn track(self) {
        held(self.memo);
    }
}
