//! Controls: buttons, fields, choices, alerts, skeletons. They know nothing of booking or the network, and have no texts of
//! their own.

pub mod form;
mod phone;
pub mod view;
pub mod watch;

use view::{El, Node, el, text_key};
use web_sys::Event;

/// How prominent a button is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The step's main action.
    Primary,
    /// Another action.
    Plain,
    /// Looks like a link.
    Link,
}

/// What happens on a press.
pub type Press = Box<dyn Act>;

/// A closure with a single method to call it. A `dyn Fn` has three (`call`, `call_mut`, `call_once`), and the
/// closure's whole code would be compiled into each of them.
pub trait Act: Send {
    /// Runs the closure.
    fn act(&self);
}

impl<F: Fn() + Send> Act for F {
    fn act(&self) {
        self();
    }
}

/// A button.
#[inline(never)]
pub fn button(weight: Weight, label: String, press: Press) -> El {
    let (class, part) = match weight {
        Weight::Primary => ("fat-button fat-primary", "button button-primary"),
        Weight::Plain => ("fat-button", "button"),
        Weight::Link => ("fat-link", "button"),
    };
    el("button", class)
        .attr("type", "button")
        .part(part)
        .on("click", Box::new(move |_: Event| press.act()))
        .text(label)
}

/// A text in an element of its own.
#[inline(never)]
pub fn text(tag: &'static str, class: &'static str, text: String) -> El {
    el(tag, class).text(text)
}

/// A paragraph.
pub fn line(class: &'static str, line: String) -> El {
    text("p", class, line)
}

/// One paragraph for each line; empty lines are left out.
#[inline(never)]
pub fn lines(lines: Vec<String>) -> El {
    let lines = lines.into_iter().filter(|line| !line.is_empty()).map(|text| line("", text).into());
    el("div", "").children(lines.collect())
}

/// A heading; levels above 6 become 6.
pub fn heading(level: u16, class: &'static str, words: String) -> El {
    const TAGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    text(TAGS[usize::from(level.clamp(1, 6)) - 1], class, words)
}

/// An alert: what happened, and what the patient can do.
pub fn alert(class: &'static str, what: String) -> El {
    el("div", class).part("alert").child(line("", what))
}

/// A phone number as a link; plain text if it is not certain what a phone would dial.
pub fn phone(number: String) -> El {
    match phone::link(&number) {
        Some(link) => text("a", "fat-phone", number).attr_text("href", link),
        None => text("span", "", number),
    }
}

/// A skeleton of days that are being loaded, with a text below that says what is happening.
pub fn skeleton(what: String) -> El {
    let times = || {
        el("div", "fat-skeleton-times")
            .children((0..4).map(|_| el("div", "fat-skeleton-time").into()).collect())
    };
    el("div", "fat-waiting")
        .child(
            el("div", "fat-skeleton")
                .attr("aria-hidden", "true")
                .child(el("div", "fat-skeleton-day"))
                .child(times())
                .child(times()),
        )
        .child(line("fat-quiet", what))
}

/// A question and the controls of its answer.
pub fn group(class: &'static str, legend: String) -> El {
    el("fieldset", class).child(text("legend", "fat-legend", legend))
}

/// A row of choices.
pub fn choices(all: Vec<Node>) -> El {
    el("div", "fat-choices").children(all)
}

/// One choice of a group: a native control in a label large enough for a finger, with an optional second line. It takes the
/// focus when the number `focus` changes.
#[inline(never)]
pub fn choice(
    kind: &'static str,
    name: &'static str,
    on: bool,
    label: String,
    more: Option<String>,
    focus: u32,
    press: Press,
) -> El {
    let input = el("input", "fat-tick")
        .attr("type", kind)
        .attr("name", name)
        .attr(".checked", if on { "1" } else { "" });
    let input = input.focus(focus).on("change", Box::new(move |_: Event| press.act()));
    let key = text_key(&label);
    let label = text("span", "fat-choice-text", label);
    let label = match more {
        Some(more) => label.child(text("small", "", more)),
        None => label,
    };
    el("label", "fat-choice").key(key).child(input).child(label)
}
