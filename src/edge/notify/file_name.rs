//! The name of a file as it stands in the headers of its part, for mail programs old and new: `name` with encoded words (RFC 2047),
//! which old ones read, `filename*` (RFC 2231), and a `filename` in ASCII for those that read neither.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use lettre::message::header::{Header, HeaderName, HeaderValue};

/// Longest name, in bytes: with every byte encoded it stays on one line.
const LONGEST: usize = 120;
/// Bytes that one encoded word holds, so that it is no longer than 75 characters (RFC 2047, section 2).
const WORD: usize = 42;
/// What a name in ASCII begins with where the given one cannot be written so.
const FALLBACK: &str = "jianchad";

/// A value that is encoded by hand.
macro_rules! encoded_by_hand {
    ($name:ident, $header:literal, $meaning:literal) => {
        #[doc = $meaning]
        #[derive(Clone)]
        pub(super) struct $name(HeaderValue);

        impl $name {
            fn of(encoded: String) -> Self {
                let name = HeaderName::new_from_ascii_str($header);
                Self(HeaderValue::dangerous_new_pre_encoded(name, encoded.clone(), encoded))
            }
        }

        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($header)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self::of(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                self.0.clone()
            }
        }
    };
}

encoded_by_hand!(Kind, "Content-Type", "The media type of a file, with its name.");
encoded_by_hand!(Disposition, "Content-Disposition", "Where a file is shown, with its name.");

impl Kind {
    /// Of a media type that can be read.
    pub fn new(media_type: &str, name: &str) -> Self {
        let name = short(name);
        if is_plain(name) {
            return Self::of(format!("{media_type};\r\n name=\"{name}\""));
        }
        Self::of(format!("{media_type};\r\n name=\"{}\"", encoded_words(name)))
    }
}

impl Disposition {
    /// `how` is `attachment` or `inline`. The full name stands first: who reads both takes the first.
    pub fn new(how: &str, name: &str) -> Self {
        let name = short(name);
        if is_plain(name) {
            return Self::of(format!("{how};\r\n filename=\"{name}\""));
        }
        let (full, plain) = (percent(name), ascii(name));
        Self::of(format!("{how};\r\n filename*=UTF-8''{full};\r\n filename=\"{plain}\""))
    }
}

/// A name as long as it fits; its ending stays.
fn short(name: &str) -> &str {
    match name.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= LONGEST).last() {
        Some(end) => &name[..end],
        None => name,
    }
}

/// Whether a name stands in every header as it is.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

/// A name as encoded words, each a whole number of characters.
fn encoded_words(name: &str) -> String {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if words.last().is_some_and(|word| word.len() + c.len_utf8() > WORD) {
            words.push(String::new());
        }
        words.last_mut().expect("there is one from the first").push(c);
    }
    let encoded = |word: &String| format!("=?UTF-8?B?{}?=", BASE64.encode(word));
    words.iter().map(encoded).collect::<Vec<_>>().join("\r\n ")
}

/// A name with all but letters, digits and `._-` as `%E7`.
fn percent(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").expect("a text takes what is written to it");
        }
    }
    text
}

/// What of a name is plain, so that date and kind of the file can be told: `jianchad-2011-10-14.xlsx`.
fn ascii(name: &str) -> String {
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((&plain, "bin"));
    let stem = stem.trim_matches(['.', '_', '-']);
    if stem.is_empty() { format!("{FALLBACK}.{ending}") } else { format!("{FALLBACK}-{stem}.{ending}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(header: &impl Header) -> String {
        format!("{:?}", header.display())
    }

    /// RFC 2047 for `name`, RFC 2231 for `filename*`, and a name in ASCII behind it; a name that is plain needs neither.
    #[test]
    fn a_name_stands_in_both_forms_and_in_ascii() {
        let kind = said(&Kind::new("application/x", "监察清单-2011-10-14.xlsx"));
        assert!(kind.contains("name=\\\"=?UTF-8?B?55uR5a+f5riF5Y2VLTIwMTEtMTAtMTQueGxzeA==?=\\\""), "{kind}");
        let shown = said(&Disposition::new("attachment", "监察清单-2011-10-14.xlsx"));
        let full = "filename*=UTF-8''%E7%9B%91%E5%AF%9F%E6%B8%85%E5%8D%95-2011-10-14.xlsx;";
        assert!(
            shown.contains(full) && shown.contains("filename=\\\"jianchad-2011-10-14.xlsx\\\""),
            "{shown}"
        );
        let plain = said(&Disposition::new("inline", "ages.png"));
        assert!(plain.contains("filename=\\\"ages.png\\\"") && !plain.contains('*'), "{plain}");
    }

    /// What no header takes is encoded, and a name that is too long is cut between two characters.
    #[test]
    fn no_name_breaks_its_header() {
        for name in ["a\"b;c\\.csv", "清单", "", &"字".repeat(300)] {
            let (kind, shown) = (Kind::new("a/b", name), Disposition::new("attachment", name));
            let text = said(&kind) + &said(&shown);
            assert!(text.is_ascii() && !text.contains("b;c"), "{text}");
        }
        assert!(encoded_words(&"字".repeat(40)).lines().all(|line| line.trim().len() <= 75));
        assert_eq!(short(&"字".repeat(300)).chars().count(), 40);
        assert_eq!((ascii("清单.csv").as_str(), ascii("清单").as_str()), ("jianchad.csv", "jianchad.bin"));
    }
}
