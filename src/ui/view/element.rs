//! Describes what to draw, as a tree of [`Node`]s.

use std::borrow::Cow;
use std::mem;

use web_sys::Event;

/// Text of an element or an attribute.
pub type Text = Cow<'static, str>;

/// A node of the tree.
pub enum Node {
    /// See [`nothing`].
    Nothing,
    /// An element.
    El(El),
    /// See [`live`].
    Live(Box<dyn FnMut() -> Node + Send>),
    /// See [`part`].
    Part(u32, Box<dyn FnOnce() -> Node + Send>),
    /// See [`unchanged`].
    Unchanged,
}

/// An element with attributes, listeners, and either a text or children. Attributes that begin with a dot are properties.
///
/// A text beside other children gets a `span` of its own: page translators replace text nodes, so a text is only changed by
/// replacing everything in its element.
///
/// ```ignore
/// el("button", "fat-link").attr("type", "button").on("click", press).text(label)
/// ```
///
/// It is boxed, and built by functions that are never inlined, to keep the wasm small: the steps are long chains of these
/// calls.
pub struct El(pub(super) Box<Parts>);

pub(super) struct Parts {
    pub tag: &'static str,
    pub key: u32,
    pub attributes: Vec<(&'static str, Text)>,
    pub listeners: Vec<(&'static str, Handler)>,
    /// The element's whole text; empty if it has children.
    pub text: Text,
    pub children: Vec<Node>,
    pub focus: u32,
}

/// What happens on an event.
pub type Handler = Box<dyn Handle>;

/// A closure with a single method to call it. A `dyn Fn` has three (`call`, `call_mut`, `call_once`), and the
/// closure's whole code would be compiled into each of them.
pub trait Handle: Send {
    /// Handles the event.
    fn handle(&self, event: Event);
}

impl<F: Fn(Event) + Send> Handle for F {
    fn handle(&self, event: Event) {
        self(event);
    }
}

/// An empty place, where an element may come later.
pub fn nothing() -> Node {
    Node::Nothing
}

/// Leaves what was drawn unchanged. For a section whose step is about to leave the screen: the state already belongs to another
/// step, and the section is removed together with its step.
pub fn unchanged() -> Node {
    Node::Unchanged
}

/// Draws a part of the tree again whenever a signal that it reads changes, and patches the DOM.
///
/// The root of what is drawn may be an element, nothing or a [`part`]. Signals made within are disposed of before the next
/// drawing; make them outside, in the component.
pub fn live(draw: impl FnMut() -> Node + Send + 'static) -> Node {
    Node::Live(Box::new(draw))
}

/// A component inside something that is drawn again: made when its key first appears, kept as it is while the key stays,
/// and disposed of, signals and all, once the key is gone. The key must differ from those of its siblings, and
/// must not be 0.
///
/// ```ignore
/// live(move || {
///     let days = dates.get().into_iter().map(|date| part(key(date), move || Day(DayProps { date })));
///     el("div", "fat-days").children(days.collect()).into()
/// })
/// ```
///
/// What `make` captures is what the component gets: pass signals for whatever changes while the key stays.
pub fn part(key: u32, make: impl FnOnce() -> Node + Send + 'static) -> Node {
    Node::Part(key, Box::new(make))
}

/// An element with a class of the stylesheet; an empty class is left out.
#[inline(never)]
pub fn el(tag: &'static str, class: &'static str) -> El {
    let attributes = if class.is_empty() { Vec::new() } else { vec![("class", class.into())] };
    let (listeners, children) = (Vec::new(), Vec::new());
    El(Box::new(Parts { tag, key: 0, attributes, listeners, text: "".into(), children, focus: 0 }))
}

/// Makes a key from a name.
#[inline(never)]
pub fn text_key(what: &str) -> u32 {
    // FNV-1a. Two elements that share a key by chance are patched into one another, as if they had no keys.
    what.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)).max(1)
}

impl Node {
    /// The key of an element or a part; 0 for all else.
    pub(super) fn key(&self) -> u32 {
        match self {
            Self::El(el) => el.0.key,
            Self::Part(key, _) => *key,
            Self::Nothing | Self::Live(_) | Self::Unchanged => 0,
        }
    }
}

impl El {
    /// Sets the key; 0 is none. A new drawing finds the element among its siblings by the key, and never patches it into an
    /// element with another key. Give every button a key, unless every button at that position does the same thing.
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

    /// Sets an attribute or a property to a text made at run time.
    #[inline(never)]
    pub fn attr_text(mut self, name: &'static str, value: String) -> Self {
        self.0.attributes.push((name, value.into()));
        self
    }

    /// Sets an attribute without a value, or leaves it out.
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// Sets the name under which host pages style the element (`::part`).
    pub fn part(self, name: &'static str) -> Self {
        self.attr("part", name)
    }

    /// Listens for an event; an element has one listener for each kind.
    #[inline(never)]
    pub fn on(mut self, event: &'static str, handler: Handler) -> Self {
        self.0.listeners.push((event, handler));
        self
    }

    /// Appends an element.
    #[inline(never)]
    pub fn child(self, child: El) -> Self {
        self.node(Node::El(child))
    }

    /// Appends an element, or an empty place, so that the following siblings keep their positions.
    #[inline(never)]
    pub fn maybe(self, child: Option<El>) -> Self {
        self.node(child.into())
    }

    /// Appends text.
    #[inline(never)]
    pub fn text(mut self, text: String) -> Self {
        if self.0.children.is_empty() && self.0.text.is_empty() {
            self.0.text = text.into();
            return self;
        }
        self.child(el("span", "").text(text))
    }

    /// Appends any node, such as a component.
    #[inline(never)]
    pub fn node(mut self, child: Node) -> Self {
        self.make_room();
        self.0.children.push(child);
        self
    }

    /// Appends children.
    #[inline(never)]
    pub fn children(mut self, mut children: Vec<Node>) -> Self {
        self.make_room();
        self.0.children.append(&mut children);
        self
    }

    /// Moves the text into an element of its own, before siblings are appended.
    fn make_room(&mut self) {
        if !self.0.text.is_empty() {
            let mut own = el("span", "");
            own.0.text = mem::take(&mut self.0.text);
            self.0.children.push(Node::El(own));
        }
    }

    /// Moves the focus to the element whenever the number changes; 0 never does.
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

impl From<Option<El>> for Node {
    fn from(el: Option<El>) -> Self {
        el.map_or(Self::Nothing, Self::El)
    }
}
