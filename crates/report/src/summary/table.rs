//! Writes the figures as tables for a terminal.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, Table};

use super::figures::{Figures, percent};
use super::shown;

/// How many groups have a column in the table over time, so that it fits a terminal.
const MOST_COLUMNS: usize = 5;

/// The tables as text: of the groups, and over time. Also says how many visits have no date.
pub fn show(figures: &Figures) -> String {
    let mut parts =
        vec![format!("{}: {} visits", shown(&figures.file), figures.rows), groups(figures).to_string()];
    if let Some(time) = over_time(figures) {
        parts.push(time.to_string());
    }
    let undated = figures.over_time.as_ref().map_or(0, |time| time.undated);
    if undated > 0 {
        parts.push(format!("{undated} visits have no date that can be read"));
    }
    parts.join("\n")
}

fn empty() -> Table {
    let mut table = Table::new();
    table.load_preset(UTF8_FULL_CONDENSED);
    table
}

fn number(value: &impl ToString) -> Cell {
    Cell::new(value.to_string()).set_alignment(CellAlignment::Right)
}

fn groups(figures: &Figures) -> Table {
    let mut table = empty();
    let statuses = figures.statuses.iter().map(|name| name.as_deref().map_or("other".to_owned(), shown));
    let head = figures.by.iter().map(|name| shown(name)).chain(["visits".to_owned(), "share".to_owned()]);
    table.set_header(head.chain(statuses));
    for group in &figures.groups {
        let cells = group.values.iter().map(|value| Cell::new(shown(value)));
        let cells = cells.chain([number(&group.visits), number(&percent(group.share))]);
        table.add_row(cells.chain(group.statuses.iter().map(number)));
    }
    if let Some(others) = &figures.others {
        let mut cells = vec![Cell::new(format!("{} more", others.groups))];
        cells.resize(figures.by.len(), Cell::new(""));
        cells.extend([number(&others.visits), number(&percent(others.share))]);
        table.add_row(cells.into_iter().chain(others.statuses.iter().map(number)));
    }
    table
}

fn over_time(figures: &Figures) -> Option<Table> {
    let time = figures.over_time.as_ref()?;
    let mut table = empty();
    let named = figures
        .groups
        .iter()
        .take(MOST_COLUMNS)
        .map(|group| group.values.iter().map(|value| shown(value)).collect::<Vec<_>>().join(", "));
    table.set_header([time.unit.name().to_owned(), "visits".to_owned()].into_iter().chain(named));
    for stretch in &time.stretches {
        let cells = [Cell::new(time.unit.label(stretch.start)), number(&stretch.visits)];
        table.add_row(cells.into_iter().chain(stretch.groups.iter().take(MOST_COLUMNS).map(number)));
    }
    Some(table)
}
