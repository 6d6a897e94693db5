//! What a journey asks for: what its machines do, but for what they say to each other.

use crate::{errand, finder};

/// One thing to do, and for which machine. What an errand asks for goes where its time came from, also after the page
/// has turned to another environment.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Command {
    /// For the finder.
    Finder(finder::command::Command),
    /// For the errand.
    Errand(errand::command::Command),
}
