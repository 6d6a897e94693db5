//! Checks and cleans a server's text before a patient reads it. Ids are not changed here.

/// The longest text shown, in characters. No name or address is longer, but a hostile text may be.
const LONGEST: usize = 300;

/// The longest link accepted, in bytes. Video links are long, but browsers and proxies have limits, too.
const LONGEST_LINK: usize = 4096;

/// Cleans a text to be shown: line breaks and tabs become spaces, characters that are invisible or change the reading
/// direction are removed, the ends are trimmed, and the text is cut after 300 characters.
pub(crate) fn clean(raw: &str) -> String {
    let seen = raw.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|&c| !is_hidden(c));
    let mut text: String = seen.skip_while(|&c| c == ' ').take(LONGEST).collect();
    text.truncate(text.trim_end().len());
    text
}

/// A link that a patient may follow: `https:` with a host and no hidden characters, else `None`.
pub(crate) fn link(raw: &str) -> Option<String> {
    let link = raw.trim();
    let scheme = link.get(..8)?;
    (scheme.eq_ignore_ascii_case("https://")
        && link.len() > 8
        && link.len() <= LONGEST_LINK
        && !link.chars().any(|c| c.is_whitespace() || is_hidden(c)))
    .then(|| link.into())
}

/// The link of a waiting room: one that [`link`] accepts, or, if the Visit host is on this machine too
/// (`is_local`), an `http:` link to this machine.
pub(crate) fn room(raw: &str, is_local: bool) -> Option<String> {
    link(raw).or_else(|| {
        is_local.then_some(())?;
        let plain = raw.trim().strip_prefix("http://")?;
        let authority = plain.split(['/', '?', '#']).next()?;
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        };
        // The rest of the address must follow the rules of any link.
        ["localhost", "127.0.0.1", "[::1]"].contains(&host).then_some(())?;
        link(&["https://", plain].concat()).map(|_| raw.trim().into())
    })
}

/// Whether a character is a control character, a zero-width character, a tag, or a mark or override of direction.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        for (raw, seen) in [
            ("  Northlake Clinic Ballard ", "Northlake Clinic Ballard"),
            ("Dana\u{202e} dleiftihW", "Dana dleiftihW"),
            ("\u{2066}Dana\u{2069}\u{200b} Whit\u{ad}field\u{feff}", "Dana Whit\u{ad}field"),
            ("Dana\u{0}\u{7}\u{1b}[31m", "Dana[31m"),
            ("1450 NW Market St\r\nSuite 2\t", "1450 NW Market St  Suite 2"),
            ("Dana\u{a0}Whitfield\u{2028}MD\u{85}", "Dana Whitfield MD"),
            ("flu\u{e0041}\u{e0042} shot\u{180e}\u{61c}", "flu shot"),
            ("\u{200b} \u{202e} ", ""),
            ("José Ñandú 李 🩺", "José Ñandú 李 🩺"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ] {
            assert_eq!(clean(raw), seen, "{raw:?}");
        }
    }

    #[test]
    fn a_text_ends_after_300_characters_whatever_their_bytes() {
        assert_eq!(clean(&"é".repeat(300)).chars().count(), 300);
        assert_eq!(clean(&"🩺".repeat(100_000)).chars().count(), 300);
        assert_eq!(clean(&[&" ".repeat(400), "Dana"].concat()), "Dana", "what is trimmed does not count");
        assert_eq!(clean(&["D".repeat(299), " W".into()].concat()).len(), 299, "no blank at the cut");
    }

    #[test]
    fn only_https_links_with_a_host_are_followed() {
        for good in
            ["https://meet.example/j/99120", " HTTPS://meet.example/j?pwd=a%20b#x ", "https://m.example/会"]
        {
            assert_eq!(link(good).as_deref(), Some(good.trim()), "{good}");
        }
        for bad in [
            "",
            "https:",
            "https://",
            "http://meet.example",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//meet.example",
            "meet.example",
            "https:/meet.example",
            "https:\\\\meet.example",
            "ftp://meet.example",
            "https://meet.example/\u{202e}x",
            "https://meet.exam\u{200b}ple",
            "https://meet.example/a b",
            "https://meet\n.example",
            "ｈttps://meet.example",
            "é",
        ] {
            assert_eq!(link(bad), None, "{bad:?}");
        }
        assert_eq!(link(&["https://", &"x".repeat(5000)].concat()), None);
    }

    #[test]
    fn a_room_may_also_be_on_this_machine() {
        for good in [
            "https://visit.northlake.example/v/0f6e5c1d",
            "http://localhost/v/1",
            " http://127.0.0.1:8787/v/1?x=y#z ",
            "http://[::1]:8787",
            "http://localhost:8787/@/0f6e5c1d",
            "http://[::1]",
        ] {
            assert_eq!(room(good, true).as_deref(), Some(good.trim()), "{good}");
        }
        for bad in [
            "http://visit.northlake.example/v/1",
            "http://localhost.evil.example/",
            "http://localhost@evil.example/",
            "http://localhost:80@evil.example/",
            "http://evil.example/localhost",
            "http://localhost\\@evil.example/",
            "http://localhost:/v",
            "http://localhost/a b",
            "http://localhost/\u{202e}",
            "HTTP://localhost/",
            "http://",
            "ftp://localhost/",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(room(bad, true), None, "{bad:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn clean_text_is_clean_and_stays_as_it_is(raw in any::<String>()) {
            let text = clean(&raw);
            prop_assert!(text.chars().count() <= 300);
            prop_assert!(!text.chars().any(is_hidden));
            prop_assert_eq!(clean(&text), text);
        }
    }
}
