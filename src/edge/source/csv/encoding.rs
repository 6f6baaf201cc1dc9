//! In which encoding a file is: its mark says so, or it is found out. Chinese offices write UTF-8, GB18030 and UTF-16, and put together
//! what was written in several.

use encoding_rs::{GB18030, UTF_8};

use super::lines::Lines;
use super::mark::{InEncoding, marked};
use super::text::{Bytes, Text, TextFault};
use crate::domain::text::say;

/// The encoding of bytes: what their mark says, else UTF-8 if all of them are, else each line's own where some are surely in UTF-8 and
/// some in GB18030, else GB18030 if all of them are. Where a few places are in neither, the one that fits better: what stands there is
/// garbled, and the rest is not.
pub(super) fn encoding(bytes: &Bytes<'_>) -> Result<InEncoding, TextFault> {
    if let Some(marked) = marked(bytes.open()?)? {
        let fit = Text::new(bytes, marked)?.fit()?;
        if fit.malformed > 0
            && marked == UTF_8
            && let Some(two) = Lines::new(bytes.open()?).of_two()?
        {
            return Ok(InEncoding::EachLine(two));
        }
        let malformed = || TextFault::Malformed { line: fit.line, encoding: marked.name() };
        return fit.is_near().then_some(InEncoding::All(marked)).ok_or_else(malformed);
    }
    let utf8 = Text::new(bytes, UTF_8)?.fit()?;
    if utf8.malformed == 0 {
        return Ok(InEncoding::All(UTF_8));
    }
    if let Some(two) = Lines::new(bytes.open()?).of_two()? {
        return Ok(InEncoding::EachLine(two));
    }
    let gb18030 = Text::new(bytes, GB18030)?.fit()?;
    // Chinese in UTF-8 may pass for GB18030 by chance; Chinese in GB18030 hardly ever for UTF-8.
    let is_utf8 = utf8.malformed <= utf8.beyond / 10 || utf8.malformed < gb18030.malformed;
    let (nearer, fit) = if is_utf8 { (UTF_8, utf8) } else { (GB18030, gb18030) };
    if fit.is_near() {
        return Ok(InEncoding::All(nearer));
    }
    let what = say!("fault-neither_encoded", utf8 = utf8.line, gb18030 = gb18030.line);
    // The reading that went further is more likely the one that was meant.
    Err(TextFault::Spoilt { line: utf8.line.max(gb18030.line), what })
}
