//! Draws a tree of [`Node`]s in the DOM, and then patches it in place, so that the focus and what is typed stay. It implements
//! Leptos' [`Render`], so that it is mounted and follows signals like any other view.
//!
//! How a new tree changes the drawn one:
//!
//! | Drawn, then new | |
//! |---|---|
//! | element, element with the same tag and key | patched: attributes, listeners, children |
//! | child with a key | found among its siblings, at any new position |
//! | part, part with the same key | left alone; its component follows its own signals |
//! | element with a text, element with another text or with children | all that it holds is replaced |
//! | anything else | a new node is made, and the old one is removed |
//!
//! A new `Unchanged` leaves the drawn node as it is.
//!
//! No reference to a text node is kept: page translators replace text nodes by elements of their own.

use std::cell::RefCell;
use std::rc::Rc;

use any_spawner::Executor;
use leptos::prelude::Owner;
use leptos::tachys::dom::document;
use leptos::tachys::reactive_graph::RenderEffectState;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::view::{Mountable, Render};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlElement};

use super::element::{Handle, Handler, Node, Parts, Text};
use super::focus::{focus_soon, keep_focus};
use crate::platform::focus::holder;

/// A [`Node`] in the DOM.
pub enum Drawn {
    /// A placeholder for a node that may come. It is a comment, since scripts of the page neither translate nor remove
    /// comments.
    Nothing(web_sys::Comment),
    El(Box<DrawnEl>),
    Live(RenderEffectState<Drawn>),
    Part(Box<DrawnPart>),
}

/// A component in the DOM, with its key.
pub struct DrawnPart {
    key: u32,
    drawn: Drawn,
    /// Disposes of the component's signals when dropped. The field comes after `drawn`, which reads the signals, so
    /// that it is dropped after `drawn`.
    _owner: Owner,
}

pub struct DrawnEl {
    node: Element,
    tag: &'static str,
    key: u32,
    attributes: Vec<(&'static str, Text)>,
    listeners: Vec<Listener>,
    text: Text,
    children: Vec<Drawn>,
    focus: u32,
}

/// The current handler of an element's listener; each drawing replaces the handler.
type Shared = Rc<RefCell<Rc<dyn Handle>>>;

/// A listener that stays on its element while its handler changes.
struct Listener {
    node: Element,
    name: &'static str,
    handler: Shared,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    fn new(node: &Element, name: &'static str, handler: Handler) -> Self {
        let handler: Shared = Rc::new(RefCell::new(Rc::from(handler)));
        let current = Rc::clone(&handler);
        let callback = Closure::new(move |event| {
            // Cloned first: the handler may draw this element again, which replaces the handler.
            let now = Rc::clone(&current.borrow());
            now.handle(event);
        });
        // The browser's own method cannot fail. If the page has replaced it by one that fails, every button of the
        // page is broken.
        let _ = node.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
        Self { node: node.clone(), name, handler, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ =
            self.node.remove_event_listener_with_callback(self.name, self.callback.as_ref().unchecked_ref());
    }
}

fn set(node: &Element, name: &'static str, value: &str) {
    let _ = match name.strip_prefix('.') {
        Some("checked") => {
            js_sys::Reflect::set(node, &"checked".into(), &JsValue::from_bool(!value.is_empty())).map(drop)
        }
        Some(property) => js_sys::Reflect::set(node, &property.into(), &value.into()).map(drop),
        None => node.set_attribute(name, value),
    };
}

impl DrawnEl {
    fn patch(&mut self, new: Parts) {
        for (name, _) in &self.attributes {
            if !name.starts_with('.') && !new.attributes.iter().any(|(kept, _)| kept == name) {
                let _ = self.node.remove_attribute(name);
            }
        }
        for (name, value) in &new.attributes {
            // The patient may have changed a property, which the tree does not know: set it again. That costs nothing if it is
            // equal.
            if name.starts_with('.')
                || !self.attributes.iter().any(|(old, known)| old == name && known == value)
            {
                set(&self.node, name, value);
            }
        }
        self.attributes = new.attributes;
        self.listeners.truncate(new.listeners.len());
        for (place, (name, handler)) in new.listeners.into_iter().enumerate() {
            match self.listeners.get_mut(place) {
                Some(listener) if listener.name == name => {
                    *listener.handler.borrow_mut() = Rc::from(handler);
                }
                Some(listener) => *listener = Listener::new(&self.node, name, handler),
                None => self.listeners.push(Listener::new(&self.node, name, handler)),
            }
        }
        if new.text != self.text {
            self.patch_children(Vec::new());
            // This also removes what a translator has put in the text's place.
            self.node.set_text_content(Some(&new.text));
            self.text = new.text;
        }
        self.patch_children(new.children);
        if new.focus != self.focus && new.focus != 0 {
            focus_soon(&self.node);
        }
        self.focus = new.focus;
    }

    /// Patches the children. Children with a key keep their nodes at any new position: when siblings before a
    /// button come or go, the button under a finger does not become another one, and the focus moves with its
    /// element.
    fn patch_children(&mut self, new: Vec<Node>) {
        let keys: Vec<u32> = new.iter().map(Node::key).collect();
        for (place, child) in new.into_iter().enumerate() {
            let (key, still) = (child.key(), keys.get(place..).unwrap_or_default());
            let stays = |old: &Drawn| old.key() != 0 && still.contains(&old.key());
            let old = self.children.get(place..).unwrap_or_default();
            let found = if key == 0 { None } else { old.iter().position(|old| old.key() == key) };
            if let Some(found) = found {
                let mut found = place + found;
                for before in (place..found).rev() {
                    if !self.children.get(before).is_some_and(stays) {
                        self.children.remove(before).unmount();
                        found -= 1;
                    }
                }
                self.bring(found, place);
            } else if old.first().is_some_and(stays) {
                let mut fresh = child.build();
                if let Some(next) = self.children.get(place) {
                    next.insert_before_this(&mut fresh);
                }
                self.children.insert(place, fresh);
                continue;
            }
            match self.children.get_mut(place) {
                Some(drawn) => child.rebuild(drawn),
                None => {
                    let mut drawn = child.build();
                    drawn.mount(&self.node, None);
                    self.children.push(drawn);
                }
            }
        }
        for mut gone in self.children.drain(keys.len()..) {
            gone.unmount();
        }
    }

    /// Moves a child forward. If the move takes the focus from an element, that element is focused again.
    fn bring(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        let before = holder(&self.node);
        let mut child = self.children.remove(from);
        if let Some(next) = self.children.get(to) {
            next.insert_before_this(&mut child);
        }
        self.children.insert(to, child);
        if let Some(before) = before
            && holder(&self.node).as_ref() != Some(&before)
        {
            let _ = before.unchecked_into::<HtmlElement>().focus();
        }
    }
}

impl Drawn {
    /// The key of an element or a part; 0 for all else.
    fn key(&self) -> u32 {
        match self {
            Self::El(el) => el.key,
            Self::Part(part) => part.key,
            Self::Nothing(_) | Self::Live(_) => 0,
        }
    }
}

/// Makes a component under a reactive owner of its own. The current owner belongs to the drawing around it and is disposed of
/// before the next drawing, so the component's owner is a sibling of that owner instead of a child.
fn make(key: u32, make: Box<dyn FnOnce() -> Node + Send>) -> DrawnPart {
    let around = Owner::current().and_then(|drawing| drawing.parent());
    let owner = around.map_or_else(Owner::new, |around| around.child());
    let drawn = owner.with(|| make().build());
    DrawnPart { key, drawn, _owner: owner }
}

/// A tree on the page. Dropping it removes the tree and disposes of its signals.
pub struct Shown {
    drawn: Drawn,
    /// Dropped after `drawn`, which reads its signals.
    _owner: Owner,
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.drawn.unmount();
    }
}

/// Shows the tree that `make` returns, in a reactive owner of its own.
pub fn show(root: &Element, make: impl FnOnce() -> Node) -> Shown {
    // Fails if another widget of the page has initialized the executor already.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let drawn = owner.with(|| {
        let mut drawn = make().build();
        drawn.mount(root, None);
        drawn
    });
    Shown { drawn, _owner: owner }
}

impl Render for Node {
    type State = Drawn;

    fn build(self) -> Drawn {
        match self {
            Self::Nothing => Drawn::Nothing(document().create_comment("")),
            Self::Live(draw) => Drawn::Live(draw.build()),
            Self::Part(key, component) => Drawn::Part(Box::new(make(key, component))),
            Self::Unchanged => Self::Nothing.build(),
            Self::El(el) => {
                let el = *el.0;
                let node = Rndr::create_element(el.tag, None);
                let mut drawn = DrawnEl {
                    node,
                    tag: el.tag,
                    key: el.key,
                    attributes: Vec::new(),
                    listeners: Vec::new(),
                    text: "".into(),
                    children: Vec::new(),
                    focus: 0,
                };
                drawn.patch(el);
                // A select accepts its value only once it has its options.
                for (name, value) in &drawn.attributes {
                    if *name == ".value" {
                        set(&drawn.node, name, value);
                    }
                }
                Drawn::El(Box::new(drawn))
            }
        }
    }

    fn rebuild(self, drawn: &mut Drawn) {
        match (self, &mut *drawn) {
            (Self::Unchanged, _) | (Self::Nothing, Drawn::Nothing(_)) => {}
            (Self::Part(key, _), Drawn::Part(part)) if part.key == key => {}
            (Self::El(new), Drawn::El(old)) if new.0.tag == old.tag && new.0.key == old.key => {
                old.patch(*new.0);
            }
            (new, old) => {
                let mut fresh = new.build();
                old.insert_before_this(&mut fresh);
                old.unmount();
                *old = fresh;
            }
        }
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        match self {
            Self::Nothing(place) => place.remove(),
            Self::El(el) => {
                keep_focus(&el.node);
                el.node.remove();
            }
            Self::Live(state) => state.unmount(),
            Self::Part(part) => part.drawn.unmount(),
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&web_sys::Node>) {
        let node: &web_sys::Node = match self {
            Self::Nothing(place) => place,
            Self::El(el) => &el.node,
            Self::Live(state) => return state.mount(parent, marker),
            Self::Part(part) => return part.drawn.mount(parent, marker),
        };
        let _ = parent.insert_before(node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let node: &web_sys::Node = match self {
            Self::Nothing(place) => place,
            Self::El(el) => &el.node,
            Self::Live(state) => return state.insert_before_this(child),
            Self::Part(part) => return part.drawn.insert_before_this(child),
        };
        let parent = node.parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(node));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<Element> {
        match self {
            Self::Nothing(_) => Vec::new(),
            Self::El(el) => vec![el.node.clone()],
            Self::Live(state) => state.elements(),
            Self::Part(part) => part.drawn.elements(),
        }
    }
}
