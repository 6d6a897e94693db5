//! Keeps each text once, since every answer repeats the ids of clinics, clinicians, visit types and slots.
//!
//! A text is kept for the life of the page (outside a browser: of the thread), so this is for public ids only, never
//! for a patient's own data.

use std::cell::RefCell;

thread_local! {
    static KNOWN: RefCell<Table> = const { RefCell::new(Table { places: Vec::new(), held: 0 }) };
}

/// A hash table with open addressing. The number of places is a power of two, and at most half of them are used.
struct Table {
    places: Vec<Option<&'static str>>,
    held: usize,
}

/// Returns the one copy of a text, which is made if there is none yet.
pub fn interned(text: &str) -> &'static str {
    KNOWN.with_borrow_mut(|table| table.get(text))
}

impl Table {
    fn get(&mut self, text: &str) -> &'static str {
        if self.held * 2 >= self.places.len() {
            self.grow();
        }
        let place = self.place(text);
        if let Some(known) = self.places[place] {
            return known;
        }
        let kept: &'static str = Box::leak(Box::from(text));
        self.places[place] = Some(kept);
        self.held += 1;
        kept
    }

    /// The place that contains a text, or the free place for it.
    fn place(&self, text: &str) -> usize {
        let last = self.places.len() - 1;
        let mut place = hash(text) as usize & last;
        while self.places[place].is_some_and(|known| known != text) {
            place = (place + 1) & last;
        }
        place
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(64);
        let before = std::mem::replace(&mut self.places, vec![None; size]);
        for known in before.into_iter().flatten() {
            let place = self.place(known);
            self.places[place] = Some(known);
        }
    }
}

/// FNV-1a: short, and good enough for ids. A server that sends texts made to collide only slows down its own page.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once_however_often_it_comes() {
        let first = interned("NorthlakeBallard");
        let again = String::from("NorthlakeBallard");
        assert!(std::ptr::eq(first, interned(&again)));
        assert_eq!(interned(""), "");
    }

    #[test]
    fn many_texts_stay_apart() {
        let texts: Vec<String> = (0..20_000).map(|number| format!("slot-{number}")).collect();
        let kept: Vec<&'static str> = texts.iter().map(|text| interned(text)).collect();
        assert!(texts.iter().zip(&kept).all(|(text, kept)| text == kept));
        assert!(texts.iter().zip(&kept).all(|(text, kept)| std::ptr::eq(*kept, interned(text))));
    }
}
