//! Reads the value of one attribute, and reports what cannot be used.

use booking::settings::{Choice, Number};

use super::diagnosis::{Diagnosis, Level};

/// Reads attributes, and collects what is wrong with them.
pub struct Reader<'a> {
    /// The value of an attribute by its name, as the page wrote it.
    pub attribute: &'a dyn Fn(&str) -> Option<String>,
    /// What was wrong so far.
    pub found: Vec<Diagnosis>,
}

impl Reader<'_> {
    /// An attribute's value, trimmed; `None` if it is empty or missing.
    pub fn text(&self, name: &str) -> Option<String> {
        let text = (self.attribute)(name)?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.into())
    }

    /// Reports a value that cannot be used, and what the attribute takes.
    pub fn bad(&mut self, name: &str, got: &str, takes: &str) {
        // Somebody may have pasted a whole page into the attribute; the first 60 characters are enough.
        let short: String = got.chars().take(60).collect();
        let mut found = Diagnosis::new(
            "bad-attribute",
            Level::Warning,
            &[name, ": got \"", &short, "\""],
            &[name, " takes ", takes],
        );
        // These attributes have no default, so the patient cannot find what the page offers.
        if matches!(name, "api" | "npi" | "practice") {
            found.level = Level::Error;
        }
        self.found.push(found);
    }

    /// Reports an attribute whose feature is not built yet.
    pub fn not_yet(&mut self, name: &str) {
        self.found.push(Diagnosis::new(
            "not-yet",
            Level::Info,
            &[name, " is not available in this version and is ignored"],
            &["Remove it, or wait for a version whose notes name it."],
        ));
    }

    /// Reports an attribute that is ignored because of another one.
    pub fn ignored(&mut self, name: &str, because: &str) {
        self.found.push(Diagnosis::new(
            "ignored-attribute",
            Level::Warning,
            &[name, " is ignored beside ", because],
            &["Remove one of the two; mode=\"both\" offers npi with near, and either with practice."],
        ));
    }

    /// Reports a setting that needs an attribute which is missing or cannot be used.
    pub fn lacks(&mut self, what: &str, needs: &str) {
        self.found.push(Diagnosis::new(
            "needs-attribute",
            Level::Error,
            &[what, " needs ", needs, ", which is missing or cannot be used"],
            &["Set ", needs, "."],
        ));
    }

    /// The parts of a value that takes several, without empty ones.
    pub fn list(&self, name: &str, separator: char) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        let parts = text.split(|c: char| c == separator || (separator == ' ' && c.is_whitespace()));
        parts.map(str::trim).filter(|part| !part.is_empty()).map(Into::into).collect()
    }

    /// The value of an attribute that takes one word of a list, spelled as in the list; `None` if the attribute is
    /// missing or cannot be used.
    pub fn choice(&mut self, choice: Choice) -> Option<&'static str> {
        let text = self.text(choice.name)?;
        let word = choice.values.iter().find(|word| word.eq_ignore_ascii_case(&text));
        if word.is_none() {
            self.bad(choice.name, &text, choice.listed);
        }
        word.copied()
    }

    /// The value of an attribute that takes a whole number; the default if the attribute is missing or cannot be
    /// used.
    pub fn number(&mut self, Number { name, least, most, default }: Number) -> u16 {
        let Some(text) = self.text(name) else { return default };
        match text.parse() {
            Ok(number) if (least..=most).contains(&number) => number,
            _ => {
                let takes = ["a whole number from ", &least.to_string(), " to ", &most.to_string()].concat();
                self.bad(name, &text, &takes);
                default
            }
        }
    }

    /// Whether a boolean attribute is set: it is present, and not `"false"`.
    pub fn flag(&self, name: &str) -> bool {
        (self.attribute)(name).is_some_and(|value| !value.trim().eq_ignore_ascii_case("false"))
    }

    /// The key that names a clinician's line (at most 80 characters, API reference §2.27).
    pub fn line_key(&mut self) -> Option<String> {
        let key = self.text("clinician-line")?;
        if key.chars().count() <= 80 {
            return Some(key);
        }
        self.bad("clinician-line", &key, "a key of at most 80 characters, agreed with DexCare");
        None
    }

    /// A header's value. Other characters than printable ASCII are rejected: a header with them would make every request fail.
    pub fn header(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return Some(text);
        }
        self.bad(name, &text, "plain letters, digits and punctuation");
        None
    }

    /// The Visit host, without the `/api/9` that some pages add.
    pub fn visits(&mut self) -> Option<String> {
        let address = self.address("visits")?;
        let Some(host) = address.strip_suffix("/api/9") else { return Some(address) };
        self.found.push(Diagnosis::new(
            "visits-version",
            Level::Warning,
            &["visits is used without /api/9"],
            &["Give the host alone: each call names its own version."],
        ));
        Some(without_slashes(host))
    }

    /// An address with `https`, or with `http` on loopback; without credentials, query and fragment.
    pub fn address(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        if is_address(&text) {
            return Some(without_slashes(&text));
        }
        self.bad(
            name,
            &text,
            "an address with https (http only on localhost, 127.0.0.1 and [::1]), without a query",
        );
        None
    }
}

/// Removes the slashes at the end of an address, so that a path can be added. Never inlined, so that the wasm has
/// this code once.
#[inline(never)]
fn without_slashes(address: &str) -> String {
    address.trim_end_matches('/').into()
}

/// Whether a text is an address that requests may go to; see [`Reader::address`].
pub(super) fn is_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !port.is_empty() => host,
        Some(_) if !authority.ends_with(']') => return false,
        _ => authority,
    };
    let plain = !host.is_empty()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "@?#\\<>\"".contains(c));
    let loopback = ["localhost", "127.0.0.1", "[::1]"].iter().any(|known| known.eq_ignore_ascii_case(host));
    plain && (scheme.eq_ignore_ascii_case("https") || (scheme.eq_ignore_ascii_case("http") && loopback))
}
