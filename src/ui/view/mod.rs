//! The one view type below the components: a tree of [`Node`]s that Leptos mounts like any other view.
//!
//! Leptos gives every shape of element a type of its own, and code with it. Components are Leptos' own here, down to the
//! sections of a step; the elements below them are all of one type ([`El`]), which costs a few KB in all. Elements only
//! ever come from `createElement`, so that pages with Trusted Types can show them.
//!
//! - [`element`] describes: elements, attributes, listeners, keys.
//! - [`drawn`] patches: what is in the DOM keeps its nodes, and with them the focus and what is typed.
//!
//! ```ignore
//! // A section: draws itself again whenever a signal that it reads changes.
//! live(move || el("p", "fat-quiet").text(count.get().to_string()).into())
//! ```
//!
//! Knows nothing of words, booking or steps.

mod drawn;
mod element;
mod focus;

pub use drawn::{Shown, show};
pub use element::{El, Node, el, live, named, nothing, part, unchanged};
