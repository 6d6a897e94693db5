//! Form fields: the label, below it the hint, then the flaw, then the control. No flaw appears while the patient types.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

use super::view::{El, Node, el, nothing};
use super::{Press, line, text};

/// A field's texts and attributes.
#[derive(Default)]
pub struct Spec {
    /// The name, which is also the `id`; unique in the shadow root.
    pub name: &'static str,
    /// The text above the field.
    pub label: String,
    /// The text below the label; may be empty.
    pub hint: String,
    /// What is wrong with the field; empty if nothing is.
    pub flaw: String,
    /// The current value.
    pub value: String,
    /// The value of `autocomplete`; empty for none.
    pub autocomplete: &'static str,
    /// Which keyboard a phone shows; empty for the usual one.
    pub inputmode: &'static str,
    /// Moves the focus to the field when the number changes.
    pub focus: u32,
    /// Whether the field is optional.
    pub optional: bool,
}

/// The value of an event's control.
pub fn value_of(event: &Event) -> String {
    let value =
        event.target().and_then(|target| js_sys::Reflect::get(&target, &JsValue::from_str("value")).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// A control (`tag` is `input`, `textarea` or `select`) with its name, value and description.
pub fn control(tag: &'static str, spec: &Spec, typed: Box<dyn Fn(String) + Send>, left: Press) -> El {
    let wrong = !spec.flaw.is_empty();
    let described = match (spec.hint.is_empty(), wrong) {
        (true, false) => String::new(),
        (false, false) => [spec.name, "-hint"].concat(),
        (true, true) => [spec.name, "-flaw"].concat(),
        (false, true) => [spec.name, "-hint ", spec.name, "-flaw"].concat(),
    };
    let mut control = el(tag, "fat-input")
        .part("field")
        .attr("id", spec.name)
        .attr("name", spec.name)
        .attr_text(".value", spec.value.clone())
        .focus(spec.focus)
        .on(
            if tag == "select" { "change" } else { "input" },
            Box::new(move |event: Event| typed(value_of(&event))),
        )
        .on("blur", Box::new(move |_: Event| left.act()));
    for (name, value) in [("autocomplete", spec.autocomplete), ("inputmode", spec.inputmode)] {
        if !value.is_empty() {
            control = control.attr(name, value);
        }
    }
    if tag == "input" {
        control = control.attr("type", "text");
    }
    if !spec.optional {
        // Not `required`: with that the browser reports an empty field as invalid before the patient has tried.
        control = control.attr("aria-required", "true");
    }
    if wrong {
        control = control.attr("aria-invalid", "true");
    }
    if described.is_empty() { control } else { control.attr_text("aria-describedby", described) }
}

/// A field: the control with its label, hint and flaw.
pub fn field(spec: &Spec, control: El) -> El {
    el("div", if spec.flaw.is_empty() { "fat-field" } else { "fat-field fat-wrong" })
        .child(text("label", "fat-label", spec.label.clone()).attr("for", spec.name))
        .node(hint(spec))
        .node(flaw(spec))
        .child(control)
}

/// Draws a field's hint; nothing if it has none.
pub fn hint(spec: &Spec) -> Node {
    note(spec, "fat-hint", "-hint", &spec.hint)
}

/// Draws a field's flaw; nothing if it has none.
pub fn flaw(spec: &Spec) -> Node {
    note(spec, "fat-flaw", "-flaw", &spec.flaw)
}

fn note(spec: &Spec, class: &'static str, suffix: &str, words: &str) -> Node {
    if words.is_empty() {
        return nothing();
    }
    line(class, words.to_owned()).attr_text("id", [spec.name, suffix].concat()).into()
}

/// An option of a select.
pub fn option(value: String, label: String) -> Node {
    text("option", "", label).attr_text("value", value).into()
}

/// By how many items (1 or -1) an arrow key moves in a row of items; reversed if text runs from right to left. `None`
/// for any other key.
pub fn arrow(event: &Event, among: &Element) -> Option<i32> {
    let key = event.dyn_ref::<web_sys::KeyboardEvent>()?.key();
    let forward = match key.as_str() {
        "ArrowRight" => 1,
        "ArrowLeft" => -1,
        _ => return None,
    };
    let flipped = among.matches(":dir(rtl)").unwrap_or(false);
    Some(if flipped { -forward } else { forward })
}
