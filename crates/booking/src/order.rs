//! Sorting, once: each use of the standard library's sort brings some 4 KB of code of its own into the wasm, and the
//! lists here are short or all but sorted.

/// Puts items in order, equal ones as they came. Quick where few are out of place.
pub(crate) fn insertion<T: Copy>(items: &mut [T], mut before: impl FnMut(T, T) -> bool) {
    for end in 1..items.len() {
        let mut place = end;
        while place > 0 && before(items[place], items[place - 1]) {
            items.swap(place, place - 1);
            place -= 1;
        }
    }
}

/// The order of items by a number, equal ones as they came: what a server sends may be in any order, and long.
pub(crate) fn by_number(numbers: impl Iterator<Item = i64>) -> Vec<usize> {
    let mut order: Vec<(i64, usize)> = numbers.enumerate().map(|(place, number)| (number, place)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, place)| place).collect()
}
