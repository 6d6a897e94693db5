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

/// Takes the widget that an element continues: its own, else the latest one that looked for the same in the same environment.
pub fn take(bridge: &Bridge) -> Option<Effects> {
    if PARKED.with_borrow(Vec::is_empty) {
        return None;
    }
    let (config, _) = config::read(&|name| bridge.attribute(name), clock::now());
    let is_alike = |effects: &Effects| {
        let before = effects.config();
        config::is_same_system(before.as_ref(), config.as_ref())
            && before
                .zip(config.as_ref())
                .is_some_and(|(before, now)| before.settings.looks_for_the_same(&now.settings))
    };
    PARKED.with_borrow_mut(|parked| {
        let own = parked.iter().rposition(|effects| effects.bridge().is_same(bridge));
        let place = own.or_else(|| parked.iter().rposition(is_alike))?;
        Some(parked.remove(place))
    })
}

/// Passes an event that concerns the whole page to all parked widgets, whatever they look for: the next element may show any
/// of them. A widget that need not be kept any more ends.
pub fn send(event: &Event) {
    let mut left = PARKED.take();
    left.retain(|effects| {
        run(effects, event.clone());
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
