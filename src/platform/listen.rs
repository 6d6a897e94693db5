//! Listeners for events of the window and the document, removed when they are dropped.

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

/// A listener, which is removed when it is dropped.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    callback: Closure<dyn FnMut()>,
}

impl Listener {
    fn on(target: EventTarget, name: &'static str, what: impl FnMut() + 'static) -> Self {
        let callback = Closure::new(what);
        // The browser's own method cannot fail. If the page has replaced it by one that fails, the widget only
        // misses the event.
        let _ = target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
        Self { target, name, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, self.callback.as_ref().unchecked_ref());
    }
}

/// Calls `what` whenever the page may be visible or online again.
pub fn on_wake(what: impl Fn() + Clone + 'static) -> Vec<Listener> {
    let Some(window) = super::window() else { return Vec::new() };
    let mut listeners: Vec<Listener> = ["focus", "online", "pageshow"]
        .into_iter()
        .map(|name| Listener::on(window.clone().into(), name, what.clone()))
        .collect();
    if let Some(document) = window.document() {
        listeners.push(Listener::on(document.into(), "visibilitychange", what));
    }
    listeners
}
