//! What the first bytes of a file say of its encoding.

use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::lines::OfTwo;

/// How many bytes are looked at for a mark.
const HEAD: u64 = 1024;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InEncoding {
    /// Everything is in one.
    All(&'static Encoding),
    /// Some lines are in UTF-8 and some in GB18030.
    EachLine(OfTwo),
}

/// The encoding that a byte order mark names, or that the zero bytes of UTF-16 without one show.
pub(super) fn marked(bytes: impl Read) -> io::Result<Option<&'static Encoding>> {
    let mut begin = Vec::new();
    bytes.take(HEAD).read_to_end(&mut begin)?;
    let marked = Encoding::for_bom(&begin).map(|(encoding, _)| encoding);
    Ok(marked.or_else(|| utf16_without_mark(&begin)))
}

/// In UTF-16 one of the two bytes of each digit, comma and line end is zero, always the same one; in other texts hardly any is.
fn utf16_without_mark(begin: &[u8]) -> Option<&'static Encoding> {
    let (units, _) = begin.as_chunks::<2>();
    let zeros = |at: usize| units.iter().filter(|unit| unit[at] == 0).count();
    let is_many = |zeros: usize| zeros >= 2 && zeros >= units.len() / 16;
    match (zeros(0), zeros(1)) {
        (0, second) if is_many(second) => Some(UTF_16LE),
        (first, 0) if is_many(first) => Some(UTF_16BE),
        _ => None,
    }
}
