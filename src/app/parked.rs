//! Keeps widgets whose element has left the page while a booking or a cancel is being sent, or while there is an
//! outcome. A widget is kept in memory only, until its element is put back, another element that looks for the same
//! continues with it, or the patient leaves the page.

use std::cell::RefCell;

use booking::journey::event::Event;

use super::carry_out::run;
use super::effects::Effects;
use crate::host::bridge::Bridge;
use crate::host::config;
use crate::platform::clock;

thread_local! {
    static PARKED: RefCell<Vec<Effects>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a widget.
pub fn keep(effects: Effects) {
    PARKED.with_borrow_mut(|parked| parked.push(effects));
}

/// Takes the widget that an element continues: its own, else the latest one that looked for the same in the same
/// environment. If the attributes of a widget's own element changed while a booking was being sent, or after the element
/// had left, the widget is also that of an element with the new attributes.
pub fn take(bridge: &Bridge) -> Option<Effects> {
    if PARKED.with_borrow(Vec::is_empty) {
        return None;
    }
    let read = |bridge: &Bridge| config::read(&|name| bridge.attribute(name), clock::now()).0;
    let now = read(bridge);
    let is_alike = |effects: &Effects| {
        [effects.config(), read(&effects.bridge())].iter().any(|before| {
            config::is_same_system(before.as_ref(), now.as_ref())
                && before
                    .as_ref()
                    .zip(now.as_ref())
                    .is_some_and(|(before, now)| before.settings.looks_for_the_same(&now.settings))
        })
    };
    PARKED.with_borrow_mut(|parked| {
        let own = parked.iter().rposition(|effects| effects.bridge().is_same(bridge));
        let place = own.or_else(|| parked.iter().rposition(is_alike))?;
        Some(parked.remove(place))
    })
}

/// Passes an event that concerns the whole page to all parked widgets, whatever they look for: the next element may
/// show any of them. A widget that need not be kept any more ends.
///
/// `event` makes the event for each widget: code that copies any event would make the wasm 2 KB larger.
pub fn send(event: &dyn Fn() -> Event) {
    let mut left = PARKED.take();
    left.retain(|effects| {
        run(effects, event());
        let is_kept = effects.is_to_keep();
        if !is_kept {
            effects.end();
        }
        is_kept
    });
    PARKED.with_borrow_mut(|parked| {
        left.append(parked);
        *parked = left;
    });
}
