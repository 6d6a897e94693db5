//! Controls: buttons, fields, choices, alerts, the shape of what is coming. No booking, no network, no words of their own.

pub mod form;
pub mod view;
pub mod watch;

use view::{El, Node, el, named};
use web_sys::Event;

/// How much a button asks for attention.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do in a step.
    Primary,
    /// Another thing to do.
    Plain,
    /// In running text.
    Link,
}

/// What happens on a press.
pub type Press = Box<dyn Act>;

/// A closure behind one method: `dyn Fn` has three, and each is compiled with all that the closure does.
pub trait Act: Send {
    /// Does it.
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

/// A paragraph each, empty ones left out.
#[inline(never)]
pub fn lines(lines: Vec<String>) -> El {
    let lines = lines.into_iter().filter(|line| !line.is_empty()).map(|text| line("", text).into());
    el("div", "").children(lines.collect())
}

/// A heading; levels beyond 6 are 6.
pub fn heading(level: u8, class: &'static str, words: String) -> El {
    const TAGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    text(TAGS[usize::from(level.clamp(1, 6)) - 1], class, words)
}

/// Something to be noticed: what happened, what is safe, what to do.
pub fn alert(class: &'static str, what: String) -> El {
    el("div", class).part("alert").child(line("", what))
}

/// The number of a phone as a link; as plain text when it has too few digits to call.
pub fn phone(number: String) -> El {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 7 {
        return text("span", "", number);
    }
    let country = if digits.len() == 10 && !number.contains('+') { "tel:+1" } else { "tel:+" };
    text("a", "fat-phone", number).attr_text("href", [country, &digits].concat())
}

/// The shape of days to come, with what is happening said below.
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

/// One choice of a group, a native control in a label as large as a finger; with a second line that may be missing.
/// It takes the focus when the stamp is a new one.
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
    let key = named(&label);
    let label = text("span", "fat-choice-text", label);
    let label = match more {
        Some(more) => label.child(text("small", "", more)),
        None => label,
    };
    el("label", "fat-choice").key(key).child(input).child(label)
}
