//! The commands that a journey returns: those of its two machines, except those that one machine sends to the
//! other.

use crate::{errand, finder};

/// One command, and the machine that it comes from. The widget carries out an errand's commands in the
/// environment that the errand's time came from, even if the page has changed to another environment since.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Command {
    /// A command of the finder.
    Finder(finder::command::Command),
    /// A command of the errand.
    Errand(errand::command::Command),
}
