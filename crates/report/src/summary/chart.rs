//! Draws charts as inline SVG: with a title and a description for screen readers, and with text in the picture
//! for prints without color. A table follows every chart, so color alone never conveys a fact.

use std::fmt::Write;

/// The colors of the parts. Each has a contrast of at least 4.5 to 1 with white, for text on it and for paper, and
/// people with impaired color vision can distinguish it from the others.
const COLOURS: [&str; 7] = ["#1f5fa8", "#b0480f", "#20704a", "#7a3f9d", "#7d6200", "#a02060", "#3f6670"];

/// The color of "other", the sum of the rest.
const GREY: &str = "#59626b";

const WIDTH: f64 = 760.0;

/// One bar or column: its label, and the value of each part.
pub struct Bar {
    /// Text before the bar.
    pub label: String,
    /// The value of each part, in the order of the legend.
    pub parts: Vec<u64>,
    /// Text after the bar.
    pub value: String,
}

/// The texts of a picture.
pub struct Words<'a> {
    /// Prefix of the ids in the picture; every picture of a page has its own.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Description.
    pub description: &'a str,
}

/// A name in the legend, and whether its part is the sum of all parts without a name of their own.
pub type Name = (String, bool);

/// Escapes text for HTML and for attributes; control characters become U+FFFD.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

fn colour(place: usize, (_, is_rest): &Name) -> &'static str {
    if *is_rest { GREY } else { COLOURS[place % COLOURS.len()] }
}

/// The label, cut to at most `most` characters and escaped; the table has it in full.
fn clipped(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return escaped(label);
    }
    let start: String = label.chars().take(most.saturating_sub(1)).collect();
    escaped(&format!("{}…", start.trim_end()))
}

#[allow(clippy::cast_precision_loss, reason = "no chart shows 2^53 of anything")]
fn real(count: u64) -> f64 {
    count as f64
}

#[allow(clippy::cast_precision_loss, reason = "no chart has 2^53 bars")]
fn place(count: usize) -> f64 {
    count as f64
}

fn svg(words: &Words, height: f64, inside: &str) -> String {
    let Words { id, title, description } = words;
    format!(
        "<svg role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\" viewBox=\"0 0 {WIDTH} {height:.0}\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{inside}</svg>",
        escaped(title),
        escaped(description)
    )
}

fn legend(names: &[Name]) -> (String, f64) {
    const ROOM: f64 = 250.0;
    const ROW: f64 = 22.0;
    let mut inside = String::new();
    let mut rows = 0.0;
    for (number, name) in names.iter().enumerate() {
        let (x, y) = (place(number % 3) * ROOM, place(number / 3) * ROW);
        let _ = write!(
            inside,
            "<rect x=\"{x:.0}\" y=\"{:.0}\" width=\"13\" height=\"13\" fill=\"{}\"/>\
             <text x=\"{:.0}\" y=\"{:.0}\">{}</text>",
            y + 2.0,
            colour(number, name),
            x + 20.0,
            y + 13.0,
            clipped(&name.0, 30)
        );
        rows = y + ROW;
    }
    (inside, rows + 6.0)
}

/// Draws horizontal bars. With `is_whole` all bars have the same length, to show shares. There is a legend if
/// there is more than one name.
pub fn bars(words: &Words, names: &[Name], bars: &[Bar], is_whole: bool) -> String {
    const ROW: f64 = 34.0;
    const LEFT: f64 = 200.0;
    const LONGEST: f64 = 430.0;
    let (mut inside, top) = if names.len() > 1 { legend(names) } else { (String::new(), 0.0) };
    let most = bars.iter().map(|bar| bar.parts.iter().sum::<u64>()).max().unwrap_or(0);
    for (row, bar) in bars.iter().enumerate() {
        let y = top + place(row) * ROW;
        let total = bar.parts.iter().sum::<u64>();
        let whole = if is_whole { total } else { most };
        let _ = write!(
            inside,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
            LEFT - 10.0,
            y + 20.0,
            clipped(&bar.label, 26)
        );
        let mut x = LEFT;
        for (number, part) in bar.parts.iter().enumerate().filter(|(_, part)| **part > 0) {
            let width = LONGEST * real(*part) / real(whole.max(1));
            let name = names.get(number);
            let fill = name.map_or(COLOURS[0], |name| colour(number, name));
            let _ = write!(
                inside,
                "<rect x=\"{x:.1}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"24\" fill=\"{fill}\" stroke=\"#fff\"/>",
                y + 3.0
            );
            if is_whole && width > 44.0 {
                let percent = 100.0 * real(*part) / real(whole.max(1));
                let _ = write!(
                    inside,
                    "<text class=\"in\" x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{percent:.0} %</text>",
                    x + width / 2.0,
                    y + 20.0
                );
            }
            x += width;
        }
        let _ =
            write!(inside, "<text x=\"{:.1}\" y=\"{:.0}\">{}</text>", x + 8.0, y + 20.0, escaped(&bar.value));
    }
    svg(words, top + place(bars.len()) * ROW + 4.0, &inside)
}

/// Draws vertical columns over time; the parts of each are stacked.
pub fn columns(words: &Words, names: &[Name], columns: &[Bar]) -> String {
    const LEFT: f64 = 56.0;
    const HEIGHT: f64 = 220.0;
    let (mut inside, top) = if names.len() > 1 { legend(names) } else { (String::new(), 0.0) };
    let top = top + 14.0;
    let most = columns.iter().map(|column| column.parts.iter().sum::<u64>()).max().unwrap_or(0);
    let step = tick(most);
    let highest = most.div_ceil(step).max(1) * step;
    let y_of = |count: u64| top + HEIGHT * (1.0 - real(count) / real(highest));
    for mark in 0..=highest / step {
        let y = y_of(mark * step);
        let _ = write!(
            inside,
            "<line x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#c5ccd3\"/>\
             <text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + 4.0,
            mark * step
        );
    }
    let room = (WIDTH - LEFT) / place(columns.len().max(1));
    let width = (room * 0.78).min(56.0);
    // Label every n-th column, so that a label has the 70 units of room that it needs, and labels do not overlap.
    let every = (1..=columns.len()).find(|every| place(*every) * room >= 70.0).unwrap_or(1);
    for (number, column) in columns.iter().enumerate() {
        let x = LEFT + room * place(number) + (room - width) / 2.0;
        let mut below = 0;
        for (part, count) in column.parts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let fill = names.get(part).map_or(COLOURS[0], |name| colour(part, name));
            let (y, end) = (y_of(below + count), y_of(below));
            // A thin column with an outline would be nothing but outline.
            let stroke = if width > 6.0 { " stroke=\"#fff\"" } else { "" };
            let _ = write!(
                inside,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{fill}\"{stroke}/>",
                end - y
            );
            below += count;
        }
        if number % every == 0 {
            let _ = write!(
                inside,
                "<text x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
                x + width / 2.0,
                top + HEIGHT + 20.0,
                escaped(&column.label)
            );
        }
    }
    svg(words, top + HEIGHT + 30.0, &inside)
}

/// The distance between grid lines: 1, 2 or 5 times a power of ten, so that at most five lines are above 0.
fn tick(most: u64) -> u64 {
    let powers = (0..19).map(|power| 10_u64.pow(power));
    let steps = powers.flat_map(|power| [1, 2, 5].map(|step| step * power));
    let mut steps = steps.filter(|step| most.div_ceil(*step) <= 5);
    steps.next().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{clipped, escaped, tick};

    #[test]
    fn text_stays_text() {
        assert_eq!(
            escaped("<b a=\"1\" b='2'>&\u{1b}"),
            "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;\u{fffd}"
        );
        assert_eq!(clipped("<script>alert(1)</script>", 9), "&lt;script&gt;…");
    }

    #[test]
    fn lines_are_round_numbers_apart() {
        assert_eq!([0, 1, 5, 6, 11, 99, 240_000].map(tick), [1, 1, 1, 2, 5, 20, 50_000]);
    }
}
