//! Sorting, once: each use of the standard library's sort brings some 4 KB of code of its own into the wasm, and the
//! lists here are short or all but sorted.

/// Puts items in order, equal ones as they came. Quick where few are out of place; where all are, the comparisons are few and
/// the items move as one.
pub(crate) fn insertion<T: Copy>(items: &mut [T], mut before: impl FnMut(T, T) -> bool) {
    for end in 1..items.len() {
        let item = items[end];
        if before(item, items[end - 1]) {
            let place = items[..end].partition_point(|known| !before(item, *known));
            items.copy_within(place..end, place + 1);
            items[place] = item;
        }
    }
}

/// The order of items by a number, equal ones as they came: what a server sends may be in any order, and long.
pub(crate) fn by_number(numbers: impl Iterator<Item = i64>) -> Vec<usize> {
    let mut order: Vec<(i64, usize)> = numbers.enumerate().map(|(place, number)| (number, place)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, place)| place).collect()
}
