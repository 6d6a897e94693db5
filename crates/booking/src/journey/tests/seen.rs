//! Counts what random walks have reached, and says to whom their tokens belong.

/// The person to whom a token belongs: Marta, Ruth, or somebody whose account has no record. Each token of such a
/// person belongs to a different account.
pub fn owner(token: u32) -> String {
    match token % 3 {
        1 => "p-marta".into(),
        2 => "p-ruth".into(),
        _ => format!("p-fresh{token}"),
    }
}

/// Counts what all walks have reached, to show that every guarantee was really tested.
#[derive(Default)]
pub struct Seen(pub std::collections::BTreeMap<String, usize>);

impl Seen {
    pub fn note(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }
}
