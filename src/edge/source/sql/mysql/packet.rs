//! Packets of MySQL's protocol: cut out of what came, and those that make up a result. Whatever a server sends, nothing is read past
//! its end, and nothing is kept beyond a bound.

use super::super::bytes::{Reader, Unread};
use super::super::session::{Nature, Ranges};
use crate::domain::text::{Text, say};

/// Largest answer that is taken as one, in bytes.
const LARGEST: usize = 64 << 20;

/// A packet that is full goes on in the next.
const FULL: usize = 0x00ff_ffff;

/// Bytes before a packet's own: its length and its number.
const HEAD: usize = 4;

/// What came, up to the end of the last packet that was taken.
#[derive(Default)]
pub(super) struct Inbox {
    unread: Unread,
    /// A packet that goes on in others.
    joined: Vec<u8>,
    /// The number of the packet that was taken last.
    pub number: u8,
}

impl Inbox {
    /// Adds what came.
    pub fn add(&mut self, bytes: &[u8]) {
        self.unread.add(bytes);
    }

    /// The next packet without its head, if all of it came. `Err`: none can come of this.
    pub fn next(&mut self) -> Result<Option<&[u8]>, Text> {
        self.joined.clear();
        let (mut at, mut goes_on) = (self.unread.taken, false);
        loop {
            let Some([one, two, three, number]) =
                self.unread.bytes.get(at..at + HEAD).and_then(|head| <[u8; HEAD]>::try_from(head).ok())
            else {
                return Ok(None);
            };
            let length = u32::from_le_bytes([one, two, three, 0]) as usize;
            let (begin, end) = (at + HEAD, at + HEAD + length);
            if self.joined.len() + length > LARGEST {
                return Err(say!("foreign-too_long"));
            }
            if self.unread.bytes.len() < end {
                return Ok(None);
            }
            if length < FULL && !goes_on {
                (self.unread.taken, self.number) = (end, number);
                return Ok(Some(&self.unread.bytes[begin..end]));
            }
            self.joined.extend_from_slice(&self.unread.bytes[begin..end]);
            (at, goes_on) = (end, true);
            if length < FULL {
                (self.unread.taken, self.number) = (end, number);
                return Ok(Some(&self.joined));
            }
        }
    }
}

/// A packet as it goes out.
pub(super) fn packet(number: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len().min(FULL - 1)).expect("it is cut to three bytes").to_le_bytes();
    [&length[..3], &[number], &body[..body.len().min(FULL - 1)]].concat()
}

fn byte(reader: &mut Reader<'_>) -> Option<u8> {
    reader.some().map(u8::from_le_bytes)
}

fn short(reader: &mut Reader<'_>) -> Option<u16> {
    reader.some().map(u16::from_le_bytes)
}

/// A number of one to eight bytes that says how many it has; `Some(None)`: NULL.
fn number(reader: &mut Reader<'_>) -> Option<Option<usize>> {
    let length = match byte(reader)? {
        0xfb => return Some(None),
        0xfc => 2,
        0xfd => 3,
        0xfe => 8,
        0xff => return None,
        small => return Some(Some(small.into())),
    };
    let mut number = [0; 8];
    number[..length].copy_from_slice(reader.take(length)?);
    usize::try_from(u64::from_le_bytes(number)).ok().map(Some)
}

/// A text that says how long it is.
fn counted<'a>(reader: &mut Reader<'a>) -> Option<&'a [u8]> {
    let length = number(reader)??;
    reader.take(length)
}

/// A server's first words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Greeting {
    pub version: String,
    pub capabilities: u32,
    /// What a proof of the password is mixed with.
    pub salt: Vec<u8>,
    /// How it wants a login.
    pub plugin: String,
}

/// Reads a server's first words; `None`: they are none.
pub(super) fn greeting(packet: &[u8]) -> Option<Greeting> {
    let mut reader = Reader::of(packet, 0);
    if byte(&mut reader)? != 10 {
        return None;
    }
    let version = String::from_utf8_lossy(reader.name()?).into_owned();
    reader.take(4)?;
    let mut salt = reader.take(8)?.to_vec();
    reader.take(1)?;
    let low = short(&mut reader)?;
    reader.take(3)?;
    let high = short(&mut reader)?;
    let length = usize::from(byte(&mut reader)?);
    reader.take(10)?;
    let second = reader.take(length.saturating_sub(8).max(13))?;
    salt.extend_from_slice(second.get(..12)?);
    let plugin = String::from_utf8_lossy(reader.name().unwrap_or_default()).into_owned();
    Some(Greeting { version, capabilities: u32::from(high) << 16 | u32::from(low), salt, plugin })
}

/// A refusal: its number and its words.
pub(super) fn refusal(packet: &[u8]) -> (u16, &[u8]) {
    let mut reader = Reader::of(packet, 0);
    byte(&mut reader);
    let number = short(&mut reader).unwrap_or_default();
    let words = reader.rest();
    let words = if words.first() == Some(&b'#') { words.get(6..).unwrap_or_default() } else { words };
    (number, words)
}

/// How many columns a result has; `Some(0)`: it has none; `None`: it is no result.
pub(super) fn count(packet: &[u8]) -> Option<usize> {
    match packet.first()? {
        0 => Some(0),
        _ => number(&mut Reader::of(packet, 0))?,
    }
}

/// A column of a result: its name and what it holds.
pub(super) fn column(packet: &[u8]) -> Option<(&[u8], Nature)> {
    /// The character set of bytes that are no text.
    const BINARY: u16 = 63;
    let mut reader = Reader::of(packet, 0);
    for _ in 0..4 {
        counted(&mut reader)?;
    }
    let name = counted(&mut reader)?;
    counted(&mut reader)?;
    reader.take(1)?;
    let characters = short(&mut reader)?;
    reader.take(4)?;
    let nature = match byte(&mut reader)? {
        4 => Nature::Single,
        5 => Nature::Double,
        0..=3 | 8 | 9 | 13 | 246 => Nature::Number,
        16 => Nature::Bits,
        249..=254 if characters == BINARY => Nature::Raw,
        255 => Nature::Bytes,
        _ => Nature::Text,
    };
    Some((name, nature))
}

/// Where the cells of a row stand in its packet; `None`: it is none of so many columns.
pub(super) fn cells(packet: &[u8], columns: usize, into: &mut Ranges) -> Option<()> {
    into.clear();
    let mut reader = Reader::of(packet, 0);
    for _ in 0..columns {
        into.push(match number(&mut reader)? {
            None => None,
            Some(length) => {
                let begin = reader.at;
                reader.take(length)?;
                Some((begin, reader.at))
            }
        });
    }
    (reader.is_through()).then_some(())
}

/// Whether a packet is the end of columns or rows.
pub(super) fn is_end(packet: &[u8]) -> bool {
    packet.first() == Some(&0xfe) && packet.len() < 9
}

#[cfg(test)]
mod tests;
