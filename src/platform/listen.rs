//! Events of the window and the document that matter to a widget, heard until dropped.

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

/// A listener that goes when its owner does.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    callback: Closure<dyn FnMut()>,
}

impl Listener {
    fn on(target: EventTarget, name: &'static str, what: impl FnMut() + 'static) -> Self {
        let callback = Closure::new(what);
        // Adding cannot fail; a page that patched it gets no wake-ups.
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

/// Calls back whenever the page is looked at again or is online again.
pub fn on_wake(what: impl Fn() + Clone + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let mut listeners: Vec<Listener> = ["focus", "online", "pageshow"]
        .into_iter()
        .map(|name| Listener::on(window.clone().into(), name, what.clone()))
        .collect();
    if let Some(document) = window.document() {
        listeners.push(Listener::on(document.into(), "visibilitychange", what));
    }
    listeners
}
