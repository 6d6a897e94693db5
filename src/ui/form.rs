//! Form fields: label above, hint below it, what is wrong below that; nothing is said while typing.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

use super::view::{El, Node, el, nothing};
use super::{Press, line, text};

/// What a field is, in the patient's words.
#[derive(Default)]
pub struct Spec {
    /// Also the `id`, unique in the shadow root.
    pub name: &'static str,
    /// Above it.
    pub label: String,
    /// Below the label; may be empty.
    pub hint: String,
    /// What is wrong with it; empty when nothing is.
    pub flaw: String,
    /// What stands in it.
    pub value: String,
    /// The browser's own word for what goes in; empty for none.
    pub autocomplete: &'static str,
    /// Which keyboard a phone shows; empty for the usual one.
    pub inputmode: &'static str,
    /// Hands the focus over when it is a new number.
    pub focus: u32,
    /// It may stay empty.
    pub optional: bool,
}

/// The text of the control that an event is about.
pub fn value_of(event: &Event) -> String {
    let value =
        event.target().and_then(|target| js_sys::Reflect::get(&target, &JsValue::from_str("value")).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// A control of a kind (`input`, `textarea`, `select`) with its name, value and what describes it.
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
        // Not `required`: the browser calls an empty field invalid then, before anybody has tried.
        control = control.attr("aria-required", "true");
    }
    if wrong {
        control = control.attr("aria-invalid", "true");
    }
    if described.is_empty() { control } else { control.attr_text("aria-describedby", described) }
}

/// A labelled field around its control.
pub fn field(spec: &Spec, control: El) -> El {
    el("div", if spec.flaw.is_empty() { "fat-field" } else { "fat-field fat-wrong" })
        .child(text("label", "fat-label", spec.label.clone()).attr("for", spec.name))
        .node(hint(spec))
        .node(flaw(spec))
        .child(control)
}

/// What helps to fill it in.
pub fn hint(spec: &Spec) -> Node {
    told(spec, "fat-hint", "-hint", &spec.hint)
}

/// What is wrong with it.
pub fn flaw(spec: &Spec) -> Node {
    told(spec, "fat-flaw", "-flaw", &spec.flaw)
}

fn told(spec: &Spec, class: &'static str, suffix: &str, words: &str) -> Node {
    if words.is_empty() {
        return nothing();
    }
    line(class, words.to_owned()).attr_text("id", [spec.name, suffix].concat()).into()
}

/// An option of a select.
pub fn option(value: String, label: String) -> Node {
    text("option", "", label).attr_text("value", value).into()
}

/// Which way an arrow key leads among things that stand beside each other; arrows flip where text runs right to left.
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
