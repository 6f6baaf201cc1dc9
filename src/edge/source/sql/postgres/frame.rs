//! Messages of PostgreSQL's protocol: cut out of what came, and the two that make up a result. Whatever a server sends, nothing is read
//! past its end, and nothing is kept beyond a bound.

use super::super::bytes::{Reader, Unread};
use super::super::session::Ranges;
use crate::domain::text::{Text, say};

/// Largest message that is taken, in bytes.
const LARGEST: usize = 64 << 20;

/// Bytes before a message's own: its tag and its length.
const HEAD: usize = 5;

/// What came, up to the end of the last message that was taken.
#[derive(Default)]
pub(super) struct Inbox(Unread);

/// A column as a result announces it.
pub(super) struct Announced<'a> {
    pub name: &'a [u8],
    /// Object id of its type.
    pub type_id: u32,
}

impl Inbox {
    /// Adds what came.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.add(bytes);
    }

    /// The next message with its head, if all of it came. `Err`: none can come of this.
    pub fn next(&mut self) -> Result<Option<(u8, &[u8])>, Text> {
        let waiting = &self.0.bytes[self.0.taken..];
        let Some(length) = waiting.get(1..HEAD).and_then(|length| length.try_into().ok()) else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(length) as usize;
        if length < HEAD - 1 {
            return Err(say!("foreign-too_short"));
        }
        if length > LARGEST {
            return Err(say!("foreign-too_long"));
        }
        let begin = self.0.taken;
        let end = begin + 1 + length;
        if self.0.bytes.len() < end {
            return Ok(None);
        }
        self.0.taken = end;
        Ok(Some((self.0.bytes[begin], &self.0.bytes[begin..end])))
    }
}

/// Reads on behind the head of a message.
fn behind_head(message: &[u8]) -> Reader<'_> {
    Reader::of(message, HEAD)
}

fn short(reader: &mut Reader<'_>) -> Option<u16> {
    reader.some().map(u16::from_be_bytes)
}

fn long(reader: &mut Reader<'_>) -> Option<u32> {
    reader.some().map(u32::from_be_bytes)
}

/// The columns of a result (`RowDescription`); `None`: it is none.
pub(super) fn columns(message: &[u8]) -> Option<Vec<Announced<'_>>> {
    let mut reader = behind_head(message);
    let count = short(&mut reader)?;
    let mut columns = Vec::new();
    for _ in 0..count {
        let name = reader.name()?;
        reader.take(6)?;
        let type_id = long(&mut reader)?;
        reader.take(8)?;
        columns.push(Announced { name, type_id });
    }
    Some(columns)
}

/// Where the cells of a row (`DataRow`) stand in its message; `None`: it is none of so many columns.
pub(super) fn cells(message: &[u8], columns: usize, into: &mut Ranges) -> Option<()> {
    into.clear();
    let mut reader = behind_head(message);
    if usize::from(short(&mut reader)?) != columns {
        return None;
    }
    for _ in 0..columns {
        let length = long(&mut reader)?;
        into.push(match length {
            u32::MAX => None,
            length => {
                let begin = reader.at;
                reader.take(length as usize)?;
                Some((begin, reader.at))
            }
        });
    }
    Some(())
}

/// The fields of a refusal (`ErrorResponse`): its code and its words.
pub(super) fn refusal(message: &[u8]) -> (String, &[u8]) {
    let (mut code, mut words) = (String::new(), &b""[..]);
    let mut reader = behind_head(message);
    while let Some(kind) = reader.take(1)
        && kind != [0]
        && let Some(value) = reader.name()
    {
        match kind {
            b"C" => code = String::from_utf8_lossy(value).into_owned(),
            b"M" => words = value,
            _ => {}
        }
    }
    (code, words)
}

/// A setting that the server tells (`ParameterStatus`): name and value.
pub(super) fn setting(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = behind_head(message);
    Some((reader.name()?, reader.name()?))
}

/// What a server asks of who logs in (`Authentication…`): its number, and what belongs to it.
pub(super) fn asked(message: &[u8]) -> Option<(u32, &[u8])> {
    let mut reader = behind_head(message);
    let number = long(&mut reader)?;
    Some((number, message.get(reader.at..)?))
}

/// The mechanisms of login that a server has; `None`: that is no list of names.
pub(super) fn mechanisms(list: &[u8]) -> Option<Vec<String>> {
    let mut reader = Reader::of(list, 0);
    let mut names = Vec::new();
    loop {
        let name = reader.name()?;
        if name.is_empty() {
            return (!names.is_empty() && reader.is_through()).then_some(names);
        }
        let readable = name.len() > 2 && name.iter().all(u8::is_ascii_graphic);
        names.push(readable.then(|| String::from_utf8_lossy(name).into_owned())?);
    }
}

/// How many rows a statement gave, by its last word (`CommandComplete`).
pub(super) fn rows_of(message: &[u8]) -> Option<usize> {
    let tag = behind_head(message).name()?;
    std::str::from_utf8(tag).ok()?.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn message(tag: u8, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 4).unwrap().to_be_bytes();
        [&[tag][..], &length, body].concat()
    }

    /// Takes all that can be taken, as a conversation does.
    fn take_all(inbox: &mut Inbox) -> Result<usize, Text> {
        let mut count = 0;
        while let Some((_, message)) = inbox.next()? {
            let mut ranges = Ranges::new();
            for columns in [0, 1, 3] {
                if cells(message, columns, &mut ranges).is_some() {
                    assert_eq!(ranges.len(), columns);
                    assert!(
                        ranges.iter().flatten().all(|(begin, end)| begin <= end && *end <= message.len())
                    );
                }
            }
            assert!(columns(message).is_none_or(|columns| columns.len() <= message.len()));
            let (code, words) = refusal(message);
            assert!(code.len() <= 3 * message.len() && words.len() <= message.len());
            assert!(setting(message).is_none_or(|(name, value)| name.len() + value.len() < message.len()));
            assert!(asked(message).is_none_or(|(_, rest)| rest.len() + 9 == message.len()));
            assert!(mechanisms(message).is_none_or(|names| names.concat().len() < message.len()));
            rows_of(message);
            count += 1;
        }
        Ok(count)
    }

    /// A message is taken when all of it has come, in whatever pieces.
    #[test]
    fn a_message_is_taken_whole() {
        let row = message(b'D', &[0, 3, 0, 0, 0, 1, b'a', 255, 255, 255, 255, 0, 0, 0, 0]);
        let mut inbox = Inbox::default();
        for byte in &row[..row.len() - 1] {
            inbox.add(&[*byte]);
            assert!(inbox.next().unwrap().is_none());
        }
        inbox.add(&[&row[row.len() - 1..], b"Z"].concat());
        let mut ranges = Ranges::new();
        let (tag, taken) = inbox.next().unwrap().unwrap();
        assert_eq!((tag, cells(taken, 3, &mut ranges)), (b'D', Some(())));
        assert_eq!(ranges, [Some((11, 12)), None, Some((20, 20))]);
        assert_eq!(cells(taken, 2, &mut ranges), None, "it has other columns than were announced");
        assert_eq!(inbox.0.bytes[inbox.0.taken..], *b"Z");
    }

    /// What a message promises is no reason to wait for it without end, nor to make room for it.
    #[test]
    fn a_message_without_end_is_refused_before_it_comes() {
        for (length, refused) in
            [(3, true), (4, false), (64 << 20, false), ((64 << 20) + 1, true), (u32::MAX, true)]
        {
            let mut inbox = Inbox::default();
            inbox.add(&[&[b'D'][..], &length.to_be_bytes()].concat());
            assert_eq!(inbox.next().is_err(), refused, "{length}");
            assert!(inbox.0.bytes.capacity() < 100);
        }
    }

    proptest! {
        /// A hostile server: whatever it sends, nothing is read past its end.
        #[test]
        fn bytes_of_any_kind_never_lead_astray(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut inbox = Inbox::default();
            inbox.add(&bytes);
            // Taken or refused is all one here: what must not come is a panic.
            let _ = take_all(&mut inbox);
        }

        /// The same of messages with a right length and any content.
        #[test]
        fn messages_of_any_kind_never_lead_astray(
            messages in prop::collection::vec((any::<u8>(), prop::collection::vec(prop_oneof![Just(0_u8), Just(255), 0_u8..4, any::<u8>()], 0..60)), 1..6)
        ) {
            let mut inbox = Inbox::default();
            for (tag, body) in &messages {
                inbox.add(&message(*tag, body));
            }
            prop_assert_eq!(take_all(&mut inbox), Ok(messages.len()));
        }
    }
}
