//! The XML of a part, element by element, within bounds: no element, text or nesting fills the memory.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::decode::Utf8;
use super::fault::BookFault;
use crate::domain::text::say;
use crate::edge::operator::refusal;

/// Longest tag or stretch of text, in bytes.
const LONGEST: usize = 1 << 20;
/// Longest text of a cell, in bytes: spreadsheets have no more than 32,767 characters.
const LONGEST_TEXT: usize = 128 << 10;
/// Elements stand in one another no deeper.
const DEEPEST: u32 = 100;

/// A part on its way.
pub(super) struct Xml<'a> {
    reader: Reader<Counted<'a>>,
    buffer: Vec<u8>,
    since: Rc<Cell<usize>>,
    depth: u32,
}

/// What comes next.
pub(super) enum Next<'x> {
    /// An element begins.
    Start(BytesStart<'x>),
    /// An element that has nothing in it.
    Empty(BytesStart<'x>),
    /// The innermost element ends.
    End,
    /// Text of it.
    Text(Cow<'x, str>),
    /// Nothing, for whoever reads cells.
    Other,
    /// The part ends.
    Eof,
}

impl<'a> Xml<'a> {
    /// A part from its beginning.
    pub fn new(part: impl Read + 'a) -> Result<Self, BookFault> {
        let since = Rc::new(Cell::new(0));
        let text = BufReader::new(Utf8::new(Box::new(part) as Box<dyn Read + 'a>)?);
        let reader = Reader::from_reader(Counted { inner: text, since: Rc::clone(&since) });
        Ok(Self { reader, buffer: Vec::new(), since, depth: 0 })
    }

    /// The next element or text.
    pub fn next(&mut self) -> Result<Next<'_>, BookFault> {
        self.buffer.clear();
        self.since.set(0);
        Ok(match self.reader.read_event_into(&mut self.buffer)? {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(BookFault::Refused(say!("fault-book_deep")));
                }
                Next::Start(tag)
            }
            Event::Empty(tag) => Next::Empty(tag),
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Next::End
            }
            Event::Text(text) => Next::Text(text.into_inner()),
            Event::CData(text) => Next::Text(text.into_inner()),
            Event::GeneralRef(name) => Next::Text(meant(&name)?),
            // What declares entities of its own is no office's.
            Event::DocType(_) => return Err(BookFault::Refused(say!("fault-book_doctype"))),
            Event::Eof if self.depth > 0 => return Err(BookFault::Broken(say!("fault-book_form"))),
            Event::Eof => Next::Eof,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Next::Other,
        })
    }

    /// Adds the text of the element that has begun, to its end.
    pub fn plain(&mut self, into: &mut String) -> Result<(), BookFault> {
        let (outer, begin) = (self.depth, into.len());
        loop {
            let depth = self.depth;
            match self.next()? {
                Next::End if depth == outer => return Ok(()),
                Next::Text(text) => add(into, begin, &text)?,
                _ => {}
            }
        }
    }

    /// The same of an element of texts in different letters (`t`, each maybe in an `r`), without how they are read aloud (`rPh`).
    pub fn rich(&mut self, into: &mut String) -> Result<(), BookFault> {
        let (outer, begin) = (self.depth, into.len());
        let (mut in_text, mut aloud) = (None, None);
        loop {
            let depth = self.depth;
            match self.next()? {
                Next::Start(tag) => match tag.local_name().as_ref() {
                    "t" if aloud.is_none() => in_text = Some(depth + 1),
                    "rPh" => aloud = aloud.or(Some(depth + 1)),
                    _ => {}
                },
                Next::End => {
                    in_text = in_text.filter(|at| *at != depth);
                    aloud = aloud.filter(|at| *at != depth);
                    if depth == outer {
                        unwritten(into, begin);
                        return Ok(());
                    }
                }
                Next::Text(text) if in_text.is_some() => add(into, begin, &text)?,
                _ => {}
            }
        }
    }

    /// Goes to the end of the element that has begun.
    pub fn skip(&mut self) -> Result<(), BookFault> {
        let outer = self.depth;
        loop {
            let depth = self.depth;
            if matches!(self.next()?, Next::End) && depth == outer {
                return Ok(());
            }
        }
    }
}

fn add(into: &mut String, begin: usize, text: &str) -> Result<(), BookFault> {
    if into.len() - begin + text.len() > LONGEST_TEXT {
        return Err(BookFault::Refused(say!("fault-book_long_text")));
    }
    into.push_str(text);
    Ok(())
}

/// What a reference in a text means.
fn meant(name: &str) -> Result<Cow<'static, str>, BookFault> {
    let unknown = || BookFault::Broken(say!("fault-book_form"));
    let Some(number) = name.strip_prefix('#') else {
        return quick_xml::escape::resolve_xml_entity(name).map(Cow::Borrowed).ok_or_else(unknown);
    };
    let number = match number.strip_prefix('x') {
        Some(number) => u32::from_str_radix(number, 16),
        None => number.parse(),
    };
    let sign = number.ok().and_then(char::from_u32).filter(|sign| *sign != '\0');
    sign.map(|sign| Cow::Owned(sign.to_string())).ok_or_else(unknown)
}

/// What stands as `_x000D_` in a text, as XML has no sign for it.
pub(super) fn unwritten(text: &mut String, begin: usize) {
    if !text[begin..].contains("_x") {
        return;
    }
    let mut plain = String::with_capacity(text.len() - begin);
    let mut rest = &text[begin..];
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let digits = rest.get(2..6).filter(|_| rest.get(6..7) == Some("_"));
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32) {
            Some(sign) => {
                plain.push(sign);
                rest = &rest[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    plain.push_str(rest);
    text.truncate(begin);
    text.push_str(&plain);
}

/// Attributes of a tag that are looked at.
const ATTRIBUTES: usize = 200;

/// The attributes of some names, whatever stands before a colon in them; of two of one name the first.
pub(super) fn attributes<const N: usize>(
    tag: &BytesStart<'_>,
    names: [&str; N],
) -> Result<[Option<String>; N], BookFault> {
    let form = || BookFault::Broken(say!("fault-book_form"));
    let mut found = [const { None }; N];
    for attribute in tag.attributes().with_checks(false).take(ATTRIBUTES) {
        let attribute = attribute.map_err(|_| form())?;
        let place = names.iter().position(|name| *name == attribute.key.local_name().as_ref());
        let Some(place) = place.filter(|place| found[*place].is_none()) else { continue };
        let text = quick_xml::escape::unescape(&attribute.value).map_err(|_| form())?;
        found[place] = Some(text.into_owned());
    }
    Ok(found)
}

/// Whether an attribute says yes.
pub(super) fn is_true(attribute: Option<&str>) -> bool {
    matches!(attribute, Some("1" | "true" | "on"))
}

/// A text whose stretches have an end: [`io::ErrorKind::InvalidInput`] where one has none.
struct Counted<'a> {
    inner: BufReader<Utf8<Box<dyn Read + 'a>>>,
    since: Rc<Cell<usize>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.len().min(into.len());
        into[..length].copy_from_slice(&self.fill_buf()?[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since.get() > LONGEST {
            return Err(refusal(io::ErrorKind::InvalidInput, say!("fault-book_long")));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.since.set(self.since.get().saturating_add(amount));
        self.inner.consume(amount);
    }
}
