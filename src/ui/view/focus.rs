//! Where the focus goes when what is drawn changes. What leaves the page never has it: a screen reader that is still there would
//! look for another place by itself, and find nothing new in the focus that follows. So the focus goes to the frame first, which
//! stays, and from there, a moment later, to where it belongs. See docs/decisions/0038.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::platform::clock::sleep;
use crate::platform::focus::{focus_in_place, holder};
use crate::platform::spawn;

/// Milliseconds until a screen reader has followed the focus into the frame.
const MOMENT: i32 = 60;
/// Milliseconds until the heading takes the focus that nothing has asked for; more than two moments.
const LEFT_OVER: i32 = 150;

thread_local! {
    /// How often something has asked for the focus.
    static ASKED: Cell<u32> = const { Cell::new(0) };
    /// What asked last: of several in one step it is the one that gets it.
    static LATEST: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// The frame that all of a widget is drawn in, with the focus on it.
fn waiting_frame(node: &Element) -> Option<Element> {
    let frame = node.closest(".fat-frame").ok()??;
    has_it(&frame).then_some(frame)
}

fn has_it(frame: &Element) -> bool {
    holder(frame).is_some_and(|holder| frame.is_same_node(Some(&holder)))
}

/// Once what is being drawn is in the page, and whoever is at work has finished.
pub fn focus_soon(node: &Element) {
    let node: HtmlElement = node.clone().unchecked_into();
    ASKED.set(ASKED.get().wrapping_add(1));
    LATEST.set(Some(node.clone()));
    spawn(Box::pin(async move {
        if let Some(frame) = waiting_frame(&node) {
            sleep(MOMENT).await;
            let is_latest = LATEST.with_borrow(|latest| {
                latest
                    .as_ref()
                    .is_none_or(|latest| node.is_same_node(Some(latest)) || !frame.contains(Some(latest)))
            });
            if !is_latest {
                return;
            }
            // The patient has gone on by the keyboard.
            if !has_it(&frame) {
                LATEST.take();
                return;
            }
        }
        let _ = node.focus();
        // What it is, and what is typed there, is nobody's to keep.
        LATEST.with_borrow_mut(|latest| {
            latest.take_if(|latest| latest.is_same_node(Some(&node)));
        });
    }));
}

/// Before something goes: if it holds the focus, the frame takes that over, and the step's heading after it, unless something
/// else asks for it. A refresh sends nobody back to the top of the page.
pub fn keep_focus(going: &Element) {
    let Some(holder) = holder(going) else { return };
    if !going.contains(Some(&holder)) {
        return;
    }
    let Ok(Some(frame)) = going.closest(".fat-frame") else { return };
    focus_in_place(&frame);
    spawn(Box::pin(async move {
        loop {
            let before = ASKED.get();
            sleep(LEFT_OVER).await;
            if !has_it(&frame) {
                return;
            }
            // Somebody asked meanwhile, and is about to have it.
            if ASKED.get() == before {
                break;
            }
        }
        if let Ok(Some(heading)) = frame.query_selector("[part~=heading]") {
            let _ = heading.unchecked_into::<HtmlElement>().focus();
        }
    }));
}
