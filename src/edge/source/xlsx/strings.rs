//! The texts that cells share, one behind the other in one piece of memory.

use super::archive::Archive;
use super::fault::BookFault;
use super::xml::{Next, Xml};
use crate::domain::text::say;

/// Bytes that the part may unpack to; bytes of text and texts that are kept.
const UNPACKED: u64 = 1 << 30;
const KEPT: usize = 128 << 20;
const TEXTS: usize = 8 << 20;

/// Texts by their number.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Reads them. How many there are to be nobody is believed.
    pub fn read(archive: &Archive<'_>, part: &str) -> Result<Self, BookFault> {
        let Some(part) = archive.part(part, UNPACKED)? else { return Ok(Self::default()) };
        let (mut xml, mut strings) = (Xml::new(part)?, Self::default());
        loop {
            match xml.next()? {
                Next::Start(tag) if tag.local_name().as_ref() == "si" => xml.rich(&mut strings.text)?,
                Next::Empty(tag) if tag.local_name().as_ref() == "si" => {}
                Next::Eof => return Ok(strings),
                _ => continue,
            }
            if strings.text.len() > KEPT || strings.ends.len() == TEXTS {
                return Err(BookFault::Refused(say!("fault-book_texts", most = KEPT >> 20)));
            }
            strings.ends.push(u32::try_from(strings.text.len()).expect("it is bounded"));
        }
    }

    /// The text of a number.
    pub fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)? as usize;
        let begin = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some(&self.text[begin..end])
    }
}
