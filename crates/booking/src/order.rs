//! The sort functions of this crate. Each further use of the standard library's sort adds some 4 KB of code to the
//! wasm, so only [`by_number`] uses it. Short or almost sorted lists use [`insertion`].

/// Sorts items; equal items keep their order. Fast if few items are out of place. Even if all of them are, it
/// makes few comparisons, and moves items in blocks.
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

/// Returns the positions of the numbers, from the least to the greatest; equal numbers keep their order. Unlike
/// [`insertion`], this is also fast for long lists in any order, which a server may send.
pub(crate) fn by_number(numbers: impl Iterator<Item = i64>) -> Vec<usize> {
    let mut order: Vec<(i64, usize)> = numbers.enumerate().map(|(place, number)| (number, place)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, place)| place).collect()
}
