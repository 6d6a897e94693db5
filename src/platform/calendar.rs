//! Writes a visit as the text of a calendar file (iCalendar, RFC 5545). [`super::download`] saves the file.

use booking::time::Moment;

/// The largest number of octets in a line before it is folded, without the line break.
const WIDTH: usize = 75;

/// What the calendar shows, in the patient's language.
pub struct Entry<'a> {
    /// A globally unique id.
    pub uid: &'a str,
    /// When the file was made, in seconds since 1970.
    pub made: i64,
    /// When the visit begins.
    pub start: i64,
    /// When the visit ends, if that is known.
    pub end: Option<i64>,
    /// The title.
    pub title: &'a str,
    /// Where the visit is; empty if it has no place.
    pub place: &'a str,
    /// The description.
    pub about: &'a str,
}

/// The text of the file. Times are in UTC: every calendar shows them in its owner's zone, and the file needs no zone rules.
pub fn file(entry: &Entry) -> String {
    let mut text = String::new();
    let utc = |at: i64| -> String {
        let told = Moment { at, offset: 0 }.to_rfc3339();
        told.chars().filter(|c| !matches!(c, '-' | ':')).collect()
    };
    let mut line = |name: &str, value: &str| push_line(&mut text, &[name, ":", value].concat());
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//find-a-time//find-a-time//EN");
    line("BEGIN", "VEVENT");
    line("UID", entry.uid);
    line("DTSTAMP", &utc(entry.made));
    line("DTSTART", &utc(entry.start));
    if let Some(end) = entry.end {
        line("DTEND", &utc(end));
    }
    for (name, value) in [("SUMMARY", entry.title), ("LOCATION", entry.place), ("DESCRIPTION", entry.about)] {
        if !value.is_empty() {
            line(name, &escaped(value));
        }
    }
    line("END", "VEVENT");
    line("END", "VCALENDAR");
    text
}

/// Escapes a TEXT value (RFC 5545 §3.3.11), line feeds included; all other control characters are left out.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\n' => text.push_str("\\n"),
            '\\' | ';' | ',' => {
                text.push('\\');
                text.push(c);
            }
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    text
}

/// Appends a line, folded between characters (RFC 5545 §3.1).
fn push_line(text: &mut String, line: &str) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > WIDTH {
            text.push_str("\r\n ");
            // The space of a continuation line counts.
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3:40 in the afternoon in Seattle on December 8, 2026.
    const TUESDAY: i64 = 1_796_773_200;

    fn visit<'a>(title: &'a str, about: &'a str) -> Entry<'a> {
        let place = "Northlake Clinic Ballard, 1450 NW Market St, Suite 2, Seattle, WA 98107";
        Entry {
            uid: "5f0c9f2c@find-a-time",
            made: TUESDAY - 86_400,
            start: TUESDAY,
            end: Some(TUESDAY + 1800),
            title,
            place,
            about,
        }
    }

    /// Reads a file as a calendar does (RFC 5545 §3.1, §3.3.11).
    fn read(file: &str) -> Vec<(String, String)> {
        let unfolded = file.replace("\r\n ", "");
        let lines = unfolded.strip_suffix("\r\n").unwrap().split("\r\n");
        let plain = |value: &str| {
            value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        };
        lines
            .map(|line| line.split_once(':').unwrap())
            .map(|(name, value)| (name.into(), plain(value)))
            .collect()
    }

    #[test]
    fn a_calendar_reads_when_and_where_it_is() {
        let told =
            read(&file(&visit("Visit with Dana Whitfield, MD", "Bring a photo ID.\nCall: 206-555-0142")));
        let of = |name: &str| told.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        assert_eq!(of("DTSTART"), Some("20261208T234000Z"));
        assert_eq!(of("DTEND"), Some("20261209T001000Z"));
        assert_eq!(of("DTSTAMP"), Some("20261207T234000Z"));
        assert_eq!(of("UID"), Some("5f0c9f2c@find-a-time"));
        assert_eq!(of("SUMMARY"), Some("Visit with Dana Whitfield, MD"));
        assert_eq!(
            of("LOCATION"),
            Some("Northlake Clinic Ballard, 1450 NW Market St, Suite 2, Seattle, WA 98107")
        );
        assert_eq!(of("DESCRIPTION"), Some("Bring a photo ID.\nCall: 206-555-0142"));
        assert_eq!(told.first().map(|(name, value)| [name.as_str(), value]), Some(["BEGIN", "VCALENDAR"]));
        assert_eq!(told.last().map(|(name, value)| [name.as_str(), value]), Some(["END", "VCALENDAR"]));
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let about =
            "Traiga una identificación con foto; si tiene seguro médico, traiga también su tarjeta. ñ"
                .repeat(3);
        let file = file(&visit("Cita", &about));
        for line in file.split("\r\n") {
            assert!(line.len() <= WIDTH, "{line}");
        }
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "every line ends in both");
        assert!(read(&file).contains(&("DESCRIPTION".into(), about)));
    }

    #[test]
    fn nothing_in_a_text_begins_a_line_of_its_own() {
        let file = file(&visit("Visit\r\nATTENDEE:mailto:x@example.com", "a;b,c\\d"));
        assert!(!file.contains("\r\nATTENDEE"));
        assert!(file.contains("SUMMARY:Visit\\nATTENDEE:mailto:x@example.com\r\n"));
        assert!(file.contains("DESCRIPTION:a\\;b\\,c\\\\d\r\n"));
    }

    #[test]
    fn without_an_end_there_is_none() {
        let entry = Entry { end: None, about: "", ..visit("Visit", "") };
        let file = file(&entry);
        assert!(!file.contains("DTEND") && !file.contains("DESCRIPTION"));
    }
}
