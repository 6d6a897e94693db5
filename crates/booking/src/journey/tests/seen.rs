//! What random walks came upon, and whose the tokens in them are.

/// Whose a token is: Marta's, Ruth's, or of an account without a record, each such token another account's.
pub fn owner(token: u32) -> String {
    match token % 3 {
        1 => "p-marta".into(),
        2 => "p-ruth".into(),
        _ => format!("p-fresh{token}"),
    }
}

/// What was seen of all walks, so that a promise is not kept only for want of a test.
#[derive(Default)]
pub struct Seen(pub std::collections::BTreeMap<String, usize>);

impl Seen {
    pub fn note(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }
}
