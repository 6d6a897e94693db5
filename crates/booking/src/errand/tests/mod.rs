//! The errand by itself. Whole journeys are walked in [`crate::journey`].

mod breadth;
mod system;
