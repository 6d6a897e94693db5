//! The one view type below the components.

mod drawn;
mod element;

pub use element::{El, Node, el, live, named, nothing};
