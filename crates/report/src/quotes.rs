//! Finds out whether CSV text ends inside a quoted cell, which means that the file was cut off. The CSV reader reports
//! no error for such a file.

use std::io::{self, Read};

/// Follows the quotes of a CSV text that comes in pieces.
#[derive(Clone, Copy, Default)]
pub struct Quotes {
    is_inside: bool,
    /// The last byte so far; `None` at the start.
    last: Option<u8>,
    /// Whether `last` is a quote that closed a cell. A second quote right after it means an escaped quote: still inside.
    has_just_closed: bool,
}

impl Quotes {
    /// Reads the next piece of the text.
    pub fn feed(&mut self, piece: &[u8]) {
        let mut closed_at = None;
        for at in memchr::memchr_iter(b'"', piece) {
            let before = if at == 0 { self.last } else { piece.get(at - 1).copied() };
            if self.is_inside {
                self.is_inside = false;
                closed_at = Some(at);
                continue;
            }
            let follows_close = match at.checked_sub(1) {
                None => self.has_just_closed,
                Some(place) => closed_at == Some(place),
            };
            // A quote in the middle of an unquoted cell is a character like any other.
            self.is_inside = follows_close || matches!(before, None | Some(b',' | b'\n' | b'\r'));
        }
        if let Some(last) = piece.last() {
            self.last = Some(*last);
            self.has_just_closed = closed_at == Some(piece.len() - 1);
        }
    }

    /// Whether the text so far ends inside a quoted cell.
    pub fn is_inside(self) -> bool {
        self.is_inside
    }

    /// Whether the text so far ends with a line feed.
    pub fn ends_line(self) -> bool {
        self.last == Some(b'\n')
    }
}

/// A reader that skips a byte order mark, and follows the quotes of what it reads.
pub struct Watched<R> {
    inner: R,
    /// The bytes that were read to look for a byte order mark, and that the caller still has to get; empty if they
    /// were the mark.
    head: Vec<u8>,
    has_begun: bool,
    is_over: bool,
    length: u64,
    /// Whether the first line ends in CR LF; `None` before its end.
    has_cr_lf: Option<bool>,
    quotes: Quotes,
}

const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

impl<R: Read> Watched<R> {
    /// Wraps a reader that is at its start.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            head: Vec::new(),
            has_begun: false,
            is_over: false,
            length: 0,
            has_cr_lf: None,
            quotes: Quotes::default(),
        }
    }

    /// Whether the text has ended inside a quoted cell.
    pub fn is_cut(&self) -> bool {
        self.is_over && self.quotes.is_inside()
    }

    /// Whether the CSV reader, having consumed `taken` bytes, is also past the row's trailing line feed.
    pub fn has_passed_line_feed(&self, taken: u64) -> bool {
        let is_unended = self.is_over && taken == self.length && !self.quotes.ends_line();
        // With CR LF, the CSV reader ends a row at CR, and reads LF with the next row.
        !is_unended && self.has_cr_lf != Some(true) && !self.is_cut()
    }

    fn begin(&mut self) -> io::Result<()> {
        let mut head = Vec::with_capacity(MARK.len());
        self.inner.by_ref().take(MARK.len() as u64).read_to_end(&mut head)?;
        if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is UTF-16; save it as UTF-8"));
        }
        if head != MARK {
            self.head = head;
        }
        self.has_begun = true;
        Ok(())
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.has_begun {
            self.begin()?;
        }
        let count = if self.head.is_empty() {
            self.inner.read(buffer)?
        } else {
            let count = self.head.len().min(buffer.len());
            buffer[..count].copy_from_slice(&self.head[..count]);
            self.head.drain(..count);
            count
        };
        let piece = &buffer[..count];
        if self.has_cr_lf.is_none()
            && let Some(at) = memchr::memchr(b'\n', piece)
        {
            let before = if at == 0 { self.quotes.last } else { piece.get(at - 1).copied() };
            self.has_cr_lf = Some(before == Some(b'\r'));
        }
        self.is_over = count == 0 && !buffer.is_empty();
        self.length += count as u64;
        self.quotes.feed(piece);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::{Quotes, Watched};
    use std::io::Read;

    /// Reads the text at once and byte by byte; both must give the same result.
    fn ends_inside(text: &str) -> bool {
        let (mut whole, mut bytes) = (Quotes::default(), Quotes::default());
        whole.feed(text.as_bytes());
        text.as_bytes().chunks(1).for_each(|byte| bytes.feed(byte));
        assert_eq!(whole.is_inside(), bytes.is_inside(), "{text}");
        whole.is_inside()
    }

    #[test]
    fn only_an_open_quoted_cell_counts_as_inside() {
        for whole in
            ["", "a,b\n1,2", "\"a\"", "a,\"b\"\"c\"\n", "\"\"\"\"", "5\" pipe,x\n", "x,\"\"", "\"a\"b\",c"]
        {
            assert!(!ends_inside(whole), "{whole}");
        }
        for cut in ["\"", "a,\"b", "a\n\"b\nc", "\"a\"\"", "a,\"b\",\"", "\"a\"\"b", "\r\"x,"] {
            assert!(ends_inside(cut), "{cut}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_left_out() {
        for (bytes, expected) in [
            (&b"\xEF\xBB\xBF\"a\",b\n"[..], Some("\"a\",b\n")),
            (b"a", Some("a")),
            (b"", Some("")),
            (b"\xFF\xFEa\0", None),
        ] {
            let mut text = String::new();
            let mut reader = Watched::new(bytes);
            let read = reader.read_to_string(&mut text).ok().map(|_| text.as_str());
            assert_eq!(read, expected);
            assert!(!reader.is_cut());
        }
    }
}
