//! Writes the figures as one HTML page, without scripts, fonts or requests. Each chart is followed by its table, for screen
//! readers and for paper.

use std::fmt::Write;

use chrono::Utc;

use super::chart::{Bar, Name, Words, bars, columns, escaped};
use super::figures::{Figures, OverTime, percent};
use super::shown;

/// How many groups a bar chart shows at most, and how many a chart over time. The tables of bar charts have all listed
/// groups; the table over time has the groups of its chart.
const MOST_BARS: usize = 15;
const MOST_SERIES: usize = 6;

const STYLE: &str = include_str!("page.css");

/// The whole HTML page.
pub fn page(figures: &Figures) -> String {
    let by = figures.by.join(", ");
    let title = format!("Visits by {by}");
    let mut body = head(figures, &title);
    if figures.rows == 0 {
        body.push_str("<p>The file has no visits.</p>");
    } else {
        body.push_str(&counts(figures, &by));
        if !figures.statuses.is_empty() {
            body.push_str(&endings(figures, &by));
        }
        if let Some(time) = &figures.over_time {
            body.push_str(&course(figures, time, &by));
        }
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n",
        escaped(&title)
    )
}

fn head(figures: &Figures, title: &str) -> String {
    let mut facts = vec![("File", figures.file.clone()), ("Visits", figures.rows.to_string())];
    if let Some(time) = &figures.over_time {
        facts.push((
            "Days",
            format!("{} to {}", time.first.format("%-d %b %Y"), time.last.format("%-d %b %Y")),
        ));
        if time.undated > 0 {
            facts.push(("Without a date", time.undated.to_string()));
        }
    }
    for (name, choice) in [("Date column", &figures.date), ("Status column", &figures.status)] {
        if let Some(choice) = choice {
            let guessed = if choice.guessed { " (guessed)" } else { "" };
            facts.push((name, format!("{}{guessed}", choice.column)));
        }
    }
    facts.push(("Made", Utc::now().format("%-d %b %Y, %H:%M UTC").to_string()));
    let mut html = format!("<h1>{}</h1>\n<dl>", escaped(title));
    for (name, value) in facts {
        let _ = write!(html, "<div><dt>{name}</dt><dd>{}</dd></div>", escaped(&value));
    }
    html.push_str("</dl>\n");
    html
}

fn label(values: &[String]) -> String {
    values.iter().map(|value| shown(value)).collect::<Vec<_>>().join(", ")
}

fn status_names(figures: &Figures) -> Vec<Name> {
    let name = |name: &Option<String>| match name {
        Some(name) => (shown(name), false),
        None => ("other".to_owned(), true),
    };
    figures.statuses.iter().map(name).collect()
}

/// A chart and its table, under a heading.
fn figure(heading: &str, id: &str, picture: &str, note: Option<String>, table: &str) -> String {
    let heading = escaped(heading);
    let note = note.map(|note| format!("<p>{}</p>", escaped(&note))).unwrap_or_default();
    format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>\n\
         <div class=\"wide\" role=\"region\" aria-label=\"{heading}: chart\" tabindex=\"0\"><figure>{picture}</figure></div>\n\
         {note}<div class=\"wide\" role=\"region\" aria-label=\"{heading}: table\" tabindex=\"0\">{table}</div>\n</section>\n"
    )
}

/// A table. The first `heads` cells of each row are its row headers.
fn table(caption: &str, names: &[String], heads: usize, rows: &[Vec<String>]) -> String {
    let mut html = format!("<table><caption>{}</caption><thead><tr>", escaped(caption));
    for (place, name) in names.iter().enumerate() {
        let class = if place < heads { "" } else { " class=\"number\"" };
        let _ = write!(html, "<th scope=\"col\"{class}>{}</th>", escaped(name));
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for (place, cell) in row.iter().enumerate() {
            let cell = escaped(cell);
            let _ = match place {
                place if place < heads => write!(html, "<th scope=\"row\">{cell}</th>"),
                _ => write!(html, "<td class=\"number\">{cell}</td>"),
            };
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    html
}

fn left_out(shown: usize, all: usize, what: &str) -> Option<String> {
    (shown < all).then(|| format!("The chart shows the {shown} largest {what}; the table lists {all}."))
}

/// The row headers of the last row of a table, which sums up the groups that are not listed.
fn more(figures: &Figures, groups: u64) -> Vec<String> {
    let mut cells = vec![format!("{groups} more")];
    cells.resize(figures.by.len(), "–".to_owned());
    cells
}

fn counts(figures: &Figures, by: &str) -> String {
    let lines: Vec<Bar> = figures
        .groups
        .iter()
        .take(MOST_BARS)
        .map(|group| Bar {
            label: label(&group.values),
            parts: vec![group.visits],
            value: format!("{} · {}", group.visits, percent(group.share)),
        })
        .collect();
    let first = figures.groups.first();
    let description = first.map_or_else(String::new, |group| {
        let (name, share) = (label(&group.values), percent(group.share));
        format!("Bars, the longest first: {name} with {} visits, {share} of all.", group.visits)
    });
    let words = Words { id: "count", title: &format!("Visits by {by}"), description: &description };
    let picture = bars(&words, &[], &lines, false);
    let names: Vec<String> =
        figures.by.iter().cloned().chain(["Visits".to_owned(), "Share".to_owned()]).collect();
    let listed = figures.groups.iter().map(|group| {
        let cells = group.values.iter().map(|value| shown(value));
        cells.chain([group.visits.to_string(), percent(group.share)]).collect()
    });
    let others = figures.others.iter().map(|others| {
        let mut cells = more(figures, others.groups);
        cells.extend([others.visits.to_string(), percent(others.share)]);
        cells
    });
    let rows: Vec<Vec<String>> = listed.chain(others).collect();
    let caption = format!("Visits by {by}");
    let table = table(&caption, &names, figures.by.len(), &rows);
    figure(
        "How many visits",
        "how-many",
        &picture,
        left_out(lines.len(), figures.groups.len(), "groups"),
        &table,
    )
}

fn endings(figures: &Figures, by: &str) -> String {
    let names = status_names(figures);
    let lines: Vec<Bar> = figures
        .groups
        .iter()
        .take(MOST_BARS)
        .map(|group| Bar {
            label: label(&group.values),
            parts: group.statuses.clone(),
            value: group.visits.to_string(),
        })
        .collect();
    let listed: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    let description = format!("Each bar is all visits of a group, divided by status: {}.", listed.join(", "));
    let title = format!("Status of visits, by {by}");
    let picture =
        bars(&Words { id: "status", title: &title, description: &description }, &names, &lines, true);
    let head: Vec<String> =
        figures.by.iter().cloned().chain(names.into_iter().map(|(name, _)| name)).collect();
    let share =
        |count: u64, whole: u64| format!("{count} ({})", percent(super::figures::share(count, whole)));
    let listed = figures.groups.iter().map(|group| {
        let cells = group.values.iter().map(|value| shown(value));
        cells.chain(group.statuses.iter().map(|count| share(*count, group.visits))).collect()
    });
    let others = figures.others.iter().map(|others| {
        let mut cells = more(figures, others.groups);
        cells.extend(others.statuses.iter().map(|count| share(*count, others.visits)));
        cells
    });
    let rows: Vec<Vec<String>> = listed.chain(others).collect();
    let table = table(&title, &head, figures.by.len(), &rows);
    figure(
        "How they stand",
        "how-they-stand",
        &picture,
        left_out(lines.len(), figures.groups.len(), "groups"),
        &table,
    )
}

fn course(figures: &Figures, time: &OverTime, by: &str) -> String {
    let series = figures.groups.len().min(MOST_SERIES);
    let mut names: Vec<Name> =
        figures.groups.iter().take(series).map(|group| (label(&group.values), false)).collect();
    let has_rest = figures.groups.len() > series || figures.others.is_some();
    if has_rest {
        names.push(("all others".to_owned(), true));
    }
    let parts = |visits: u64, groups: &[u64]| {
        let mut parts: Vec<u64> = groups.iter().take(series).copied().collect();
        if has_rest {
            parts.push(visits - parts.iter().sum::<u64>());
        }
        parts
    };
    let stretches: Vec<Bar> = time
        .stretches
        .iter()
        .map(|stretch| Bar {
            label: time.unit.short_label(stretch.start),
            parts: parts(stretch.visits, &stretch.groups),
            value: String::new(),
        })
        .collect();
    let busiest = time.stretches.iter().max_by_key(|stretch| stretch.visits);
    let description = busiest.map_or_else(String::new, |stretch| {
        let (unit, when) = (time.unit.name(), time.unit.label(stretch.start));
        format!("Columns, one for each {unit}. The most visits, {}: {when}.", stretch.visits)
    });
    let title = format!("Visits by {} and {by}", time.unit.name());
    let picture =
        columns(&Words { id: "time", title: &title, description: &description }, &names, &stretches);
    let mut head = vec![time.unit.name().to_owned(), "Visits".to_owned()];
    head.extend(names.iter().map(|(name, _)| name.clone()));
    let rows: Vec<Vec<String>> = time
        .stretches
        .iter()
        .zip(&stretches)
        .map(|(stretch, bar)| {
            let mut cells = vec![time.unit.label(stretch.start), stretch.visits.to_string()];
            cells.extend(bar.parts.iter().map(u64::to_string));
            cells
        })
        .collect();
    let table = table(&title, &head, 1, &rows);
    figure("Over time", "over-time", &picture, None, &table)
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::summary::figures::tests::figures;

    #[test]
    fn cells_of_the_file_stay_text() {
        let hostile =
            "product,status,createdAt\n\"<script>alert('x')</script>\",\"\"\"><img src=x>\",2026-11-02\n";
        let page = page(&figures(hostile, &["--by", "product"]));
        assert!(!page.contains("<script") && !page.contains("<img"));
        assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
    }

    #[test]
    fn every_chart_has_words_and_a_table_and_every_id_is_its_own() {
        let text = "product,status,createdAt\nflushot,done,2026-11-02\nquality,done,2026-11-03\n";
        let page = page(&figures(text, &["--by", "product"]));
        for (what, count) in [("<svg", 3), ("<title id=", 3), ("<desc id=", 3), ("<table>", 3)] {
            assert_eq!(page.matches(what).count(), count, "{what}");
        }
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("url("));
    }

    #[test]
    fn a_file_without_visits_has_a_page_without_charts() {
        let page = page(&figures("product\n", &["--by", "product"]));
        assert!(page.contains("no visits") && !page.contains("<svg"));
    }
}
