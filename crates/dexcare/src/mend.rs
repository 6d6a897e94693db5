//! Mends a body that `serde_json` rejects, so that one bad string or number does not make the whole body unreadable.
//!
//! A control character inside a string is escaped, which keeps the text. Any other string or number that the parser
//! rejects (half a surrogate pair, an unknown escape, `007`) becomes `null`, or `""` if it is the name of a member.
//! Nothing else changes, so a body that is cut short is still rejected.

use crate::value::Value;

/// The body, with every string and number in a form that `serde_json` reads.
pub(crate) fn mend(body: &str) -> String {
    let mut mended = String::new();
    let mut rest = body;
    while let Some(first) = rest.chars().next() {
        let is_string = first == '"';
        let token;
        (token, rest) = if is_string {
            let Some(string) = string(rest) else { break };
            string
        } else {
            let is_number = begins_number(first);
            let is_end = |c| if is_number { !continues_number(c) } else { c == '"' || begins_number(c) };
            let (token, rest) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
            (token.into(), rest)
        };
        let is_refused = (is_string || begins_number(first)) && Value::from_str(&token).is_none();
        let is_name = is_string && rest.trim_start().starts_with(':');
        mended.push_str(if !is_refused {
            &token
        } else if is_name {
            "\"\""
        } else {
            "null"
        });
    }
    mended.push_str(rest);
    mended
}

/// The string at the start of `body`, with its control characters escaped, and what follows; `None` if the string does
/// not end.
fn string(body: &str) -> Option<(String, &str)> {
    let mut token = String::from('"');
    let mut chars = body.chars();
    chars.next();
    loop {
        match chars.next()? {
            '"' => {
                token.push('"');
                return Some((token, chars.as_str()));
            }
            '\\' => token.extend(['\\', chars.next()?]),
            c @ '\0'..' ' => {
                token.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                token.extend(char::from_digit(u32::from(c) & 15, 16));
            }
            c => token.push(c),
        }
    }
}

fn begins_number(c: char) -> bool {
    matches!(c, '-' | '0'..='9')
}

fn continues_number(c: char) -> bool {
    begins_number(c) || matches!(c, '+' | '.' | 'e' | 'E')
}

#[cfg(test)]
mod tests;
