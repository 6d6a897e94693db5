//! What a journey asks for: the commands of its machines, except those that one machine sends to the other.

use crate::{errand, finder};

/// One command, and the machine that it comes from. An errand's commands use the environment that its time came from,
/// even if the page has changed to another one since.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Command {
    /// A command of the finder.
    Finder(finder::command::Command),
    /// A command of the errand.
    Errand(errand::command::Command),
}
