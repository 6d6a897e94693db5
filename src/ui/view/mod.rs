//! The one view type below the components: a tree of [`Node`]s that Leptos mounts like any other view.
//!
//! Leptos compiles a type and code of its own for every shape of element. Here components, down to the sections of a step, are
//! Leptos components; the elements below them all have one type ([`El`]), which costs a few KB in all. Elements are only made
//! with `createElement`, so that pages with Trusted Types can show them.
//!
//! - [`element`] describes: elements, attributes, listeners, keys.
//! - [`drawn`] patches: what is in the DOM keeps its nodes, and with them the focus and what is typed.
//!
//! ```ignore
//! // A section: draws itself again whenever a signal that it reads changes.
//! live(move || el("p", "fat-quiet").text(count.get().to_string()).into())
//! ```
//!
//! This module knows nothing of words, booking or steps.

mod drawn;
mod element;
mod focus;

pub use drawn::{Shown, show};
pub use element::{El, Node, el, live, nothing, part, text_key, unchanged};
