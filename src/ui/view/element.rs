//! The one kind of element the widget is built of: a tree of [`Node`]s, drawn and patched by
//! [`super::drawn`].
//!
//! Leptos makes a type, and code, of every shape of element, and a `<template>`'s `innerHTML` of those without a
//! dynamic part. A page with Trusted Types refuses the latter, and a phone downloads the former. Elements of one type
//! cost a few KB in all, and only ever come from `createElement`.
//!
//! Knows nothing of words, booking or steps.

use std::borrow::Cow;

use web_sys::Event;

/// Text of an element or an attribute.
pub type Text = Cow<'static, str>;

/// Anything that can stand in the tree.
pub enum Node {
    /// A text, or with an empty one a place where an element may come later.
    Text(Text),
    /// An element.
    El(El),
    /// Drawn again whenever a signal it reads changes.
    Live(Box<dyn FnMut() -> Node + Send>),
}

/// An element with attributes, listeners and children. Attributes that begin with a dot are properties.
///
/// In a box, and built by functions that are never inlined: the steps are long chains of these calls.
pub struct El(pub(super) Box<Parts>);

pub(super) struct Parts {
    pub tag: &'static str,
    pub key: u32,
    pub attributes: Vec<(&'static str, Text)>,
    pub listeners: Vec<(&'static str, Handler)>,
    pub children: Vec<Node>,
    pub focus: u32,
}

/// What happens on an event.
pub type Handler = Box<dyn Fn(Event) + Send>;

/// A place where nothing is, yet.
pub fn nothing() -> Node {
    Node::Text("".into())
}

/// A part of the tree that follows the signals it reads.
pub fn live(draw: impl FnMut() -> Node + Send + 'static) -> Node {
    Node::Live(Box::new(draw))
}

/// An element with a class of the stylesheet; an empty one is left out.
#[inline(never)]
pub fn el(tag: &'static str, class: &'static str) -> El {
    let attributes = if class.is_empty() { Vec::new() } else { vec![("class", class.into())] };
    El(Box::new(Parts { tag, key: 0, attributes, listeners: Vec::new(), children: Vec::new(), focus: 0 }))
}

/// A key of what something stands for.
#[inline(never)]
pub fn named(what: &str) -> u32 {
    // FNV-1a. Two that share a key by chance are patched into one another, as if they had none.
    what.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)).max(1)
}

impl Node {
    /// That of an element; 0 for all else.
    pub(super) fn key(&self) -> u32 {
        match self {
            Self::El(el) => el.0.key,
            _ => 0,
        }
    }
}

impl El {
    /// Elements with different keys are never made into one another; one with a key is found again among its siblings.
    /// 0 is none. Whatever can be pressed has one, unless what it does is the same at its place whatever it says.
    pub fn key(mut self, key: u32) -> Self {
        self.0.key = key;
        self
    }

    /// Sets an attribute or, with a dot before its name, a property.
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: &'static str) -> Self {
        self.0.attributes.push((name, value.into()));
        self
    }

    /// The same, of text that is made up as it goes.
    #[inline(never)]
    pub fn attr_text(mut self, name: &'static str, value: String) -> Self {
        self.0.attributes.push((name, value.into()));
        self
    }

    /// An attribute that is there or not.
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// The name under which host pages style it (`::part`).
    pub fn part(self, name: &'static str) -> Self {
        self.attr("part", name)
    }

    /// Calls back; the one listener of its kind.
    #[inline(never)]
    pub fn on(mut self, event: &'static str, handler: Handler) -> Self {
        self.0.listeners.push((event, handler));
        self
    }

    /// Appends an element.
    #[inline(never)]
    pub fn child(mut self, child: El) -> Self {
        self.0.children.push(Node::El(child));
        self
    }

    /// Appends an element that is there or not; its place is kept, so that what follows stays what it is.
    #[inline(never)]
    pub fn maybe(mut self, child: Option<El>) -> Self {
        self.0.children.push(child.map_or_else(nothing, Node::El));
        self
    }

    /// Appends text.
    #[inline(never)]
    pub fn text(mut self, text: String) -> Self {
        self.0.children.push(Node::Text(text.into()));
        self
    }

    /// Appends anything.
    pub fn node(mut self, child: Node) -> Self {
        self.0.children.push(child);
        self
    }

    /// Appends children.
    #[inline(never)]
    pub fn children(mut self, mut children: Vec<Node>) -> Self {
        self.0.children.append(&mut children);
        self
    }

    /// Moves the focus here whenever the number is a new one; 0 never does.
    pub fn focus(mut self, stamp: u32) -> Self {
        self.0.focus = stamp;
        self
    }
}

impl From<El> for Node {
    fn from(el: El) -> Self {
        Self::El(el)
    }
}
