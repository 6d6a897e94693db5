//! Where the focus goes when what is drawn changes. What leaves the page never has it: a screen reader that is still there would
//! look for another place by itself, and find nothing new in the focus that follows. So the focus goes to the frame first, which
//! stays, and from there, a moment later, to where it belongs. See docs/decisions/0038.

use std::cell::RefCell;

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
    /// What has asked for the focus and is about to have it: of several, the one that asked last.
    static NEXT: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Whether something in the frame is about to have the focus.
fn is_promised(frame: &Element) -> bool {
    NEXT.with_borrow(|next| next.as_ref().is_some_and(|next| frame.contains(Some(next))))
}

/// What has had its turn is not kept, with all that is typed there.
fn end_turn(node: &HtmlElement) {
    NEXT.with_borrow_mut(|next| {
        next.take_if(|next| next.is_same_node(Some(node)));
    });
}

/// The frame that all of a widget is drawn in, with the focus on it.
fn waiting_frame(node: &Element) -> Option<Element> {
    let frame = node.closest(".fat-frame").ok()??;
    has_it(&frame).then_some(frame)
}

fn has_it(frame: &Element) -> bool {
    holder(frame).is_some_and(|holder| frame.is_same_node(Some(&holder)))
}

/// Once what is being drawn is in the page, and all that goes on has finished.
pub fn focus_soon(node: &Element) {
    let node: HtmlElement = node.clone().unchecked_into();
    NEXT.set(Some(node.clone()));
    spawn(Box::pin(async move {
        let frame = waiting_frame(&node);
        if frame.is_some() {
            sleep(MOMENT).await;
        }
        end_turn(&node);
        // Unless something else asked later, or the patient has gone on by the keyboard.
        if frame.is_none_or(|frame| has_it(&frame) && !is_promised(&frame)) {
            let _ = node.focus();
        }
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
