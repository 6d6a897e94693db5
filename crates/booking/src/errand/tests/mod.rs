//! Tests of the errand alone. Whole journeys are tested in [`crate::journey`].

mod breadth;
mod system;
