//! Moves the focus when the drawn tree changes. An element must not have the focus when it is removed: a screen reader would
//! then pick another place by itself, and not announce the focus that follows. So the focus moves to the frame first, which
//! stays, and a moment later to its target. See docs/decisions/0038.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::platform::clock::sleep;
use crate::platform::focus::{focus_in_place, holder};
use crate::platform::spawn;

/// Milliseconds until a screen reader has followed the focus into the frame.
const MOMENT: i32 = 60;
/// Milliseconds after which the heading gets the focus, if no element asks for it; more than twice `MOMENT`.
const LEFT_OVER: i32 = 150;

thread_local! {
    /// The element that is about to get the focus; of several, the one that asked last.
    static NEXT: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Whether an element in the frame is about to get the focus.
fn is_promised(frame: &Element) -> bool {
    NEXT.with_borrow(|next| next.as_ref().is_some_and(|next| frame.contains(Some(next))))
}

/// Drops the reference to an element that no longer waits for the focus, so that what was typed there is not kept
/// in memory.
fn end_turn(node: &HtmlElement) {
    NEXT.with_borrow_mut(|next| {
        next.take_if(|next| next.is_same_node(Some(node)));
    });
}

/// The widget's frame, if the focus is on it.
fn waiting_frame(node: &Element) -> Option<Element> {
    let frame = node.closest(".fat-frame").ok()??;
    has_it(&frame).then_some(frame)
}

fn has_it(frame: &Element) -> bool {
    holder(frame).is_some_and(|holder| frame.is_same_node(Some(&holder)))
}

/// Focuses an element once it is in the page and the current task has ended.
pub fn focus_soon(node: &Element) {
    let node: HtmlElement = node.clone().unchecked_into();
    NEXT.set(Some(node.clone()));
    spawn(Box::pin(async move {
        let frame = waiting_frame(&node);
        if frame.is_some() {
            sleep(MOMENT).await;
        }
        end_turn(&node);
        // Do not focus the element if another one asked later, or if the patient has moved the focus by keyboard.
        if frame.is_none_or(|frame| has_it(&frame) && !is_promised(&frame)) {
            let _ = node.focus();
        }
    }));
}

/// Keeps the focus in the widget. Call this before an element is removed. If the element has the focus, the focus
/// moves to the frame, and then to the step's heading unless another element asks for it. So a refresh does not
/// move the focus to the top of the page.
pub fn keep_focus(going: &Element) {
    let Some(holder) = holder(going) else { return };
    if !going.contains(Some(&holder)) {
        return;
    }
    let Ok(Some(frame)) = going.closest(".fat-frame") else { return };
    focus_in_place(&frame);
    spawn(Box::pin(async move {
        loop {
            sleep(LEFT_OVER).await;
            if !has_it(&frame) {
                return;
            }
            if !is_promised(&frame) {
                break;
            }
        }
        if let Ok(Some(heading)) = frame.query_selector("[part~=heading]") {
            let _ = heading.unchecked_into::<HtmlElement>().focus();
        }
    }));
}
