//! Mail addresses as people write them into a cell (邮箱): several in one, with names, from an address book or a web page.

use std::net::Ipv4Addr;

use thiserror::Error;

use crate::domain::text::{Text, say};

/// Longest part before the @, in bytes (RFC 5321, section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// Why a text gives no mail address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressError {
    /// There is none in it.
    #[error("`{text}` is no mail address: write it as name@example.gov.cn")]
    NoAddress {
        /// The part that is none.
        text: String,
    },
    /// What stands behind the @ is no name of a mail server.
    #[error("`{domain}` in `{text}` is no domain: write the address as name@example.gov.cn")]
    NoDomain {
        /// The part of the text.
        text: String,
        /// What stands behind the @.
        domain: String,
    },
    /// An address stands where the name of its owner should.
    #[error(
        "`{text}` names one address before the brackets and another in them: leave one, or separate them by `;`"
    )]
    TwoMeanings {
        /// The part of the text.
        text: String,
    },
    /// There are several where one is meant.
    #[error("`{text}` holds {count} mail addresses, and only one can stand here")]
    Several {
        /// The text.
        text: String,
        /// How many.
        count: usize,
    },
}

impl From<AddressError> for Text {
    fn from(error: AddressError) -> Self {
        match error {
            AddressError::NoAddress { text } => say!("wrong-no_address", text),
            AddressError::NoDomain { text, domain } => say!("wrong-no_domain", text, domain),
            AddressError::TwoMeanings { text } => say!("wrong-two_addresses", text),
            AddressError::Several { text, count } => say!("wrong-several_addresses", text, count),
        }
    }
}

/// The addresses of a cell in their order, each once: separated by `;`, `,`, `、`, their full-width forms, blanks or line
/// breaks. Full-width characters, `mailto:`, names with angle brackets and characters without width are cleaned away; a
/// domain in other letters becomes its form in ASCII (xn--).
///
/// # Errors
/// See [`AddressError`]. A cell is read as a whole or not at all: of two addresses none is left out unseen.
pub fn several(cell: &str) -> Result<Vec<String>, AddressError> {
    let clean = plain(cell);
    let mut found: Vec<String> = Vec::new();
    for part in clean.split([';', ',', '、', '\n', '\r', '\t']).map(str::trim) {
        for address in addresses_of(part)? {
            if !found.contains(&address) {
                found.push(address);
            }
        }
    }
    if found.is_empty() {
        return Err(AddressError::NoAddress { text: cell.escape_debug().to_string() });
    }
    Ok(found)
}

/// The only address of a text.
///
/// # Errors
/// See [`AddressError`].
pub fn single(text: &str) -> Result<String, AddressError> {
    let mut found = several(text)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        count => Err(AddressError::Several { text: text.to_owned(), count }),
    }
}

/// Whether only a server that takes addresses in other letters than ASCII (SMTPUTF8) can have it.
pub fn is_foreign(address: &str) -> bool {
    !address.is_ascii()
}

/// What is seen of a text: full-width forms as their ASCII ones, no characters without width.
fn plain(text: &str) -> String {
    let seen = text.chars().filter(|c| !without_width(*c));
    seen.map(|c| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '。' | '｡' => '.',
        '､' => '、',
        '〈' | '《' => '<',
        '〉' | '》' => '>',
        '\r' | '\n' | '\t' => c,
        c if c.is_whitespace() => ' ',
        c => c,
    })
    .collect()
}

/// Characters that come along unseen when an address is copied: zero-width ones, marks of direction, soft hyphens.
fn without_width(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The addresses of a part between separators: those in brackets with the names before them dropped, else its words.
fn addresses_of(part: &str) -> Result<Vec<String>, AddressError> {
    if !part.contains(['<', '>']) {
        return part.split_whitespace().map(|word| sound(word, part)).collect();
    }
    let none = || AddressError::NoAddress { text: part.to_owned() };
    let mut found = Vec::new();
    let mut rest = part;
    while !rest.trim().is_empty() {
        let (name, behind) = rest.split_once('<').ok_or_else(none)?;
        let (inside, after) = behind.split_once('>').ok_or_else(none)?;
        let address = sound(inside.trim(), part)?;
        // An address book writes the address itself for the name of somebody without one.
        let named = name.trim().trim_matches(['"', '\'']);
        if named.contains('@') && sound(named, part).as_ref() != Ok(&address) {
            return Err(AddressError::TwoMeanings { text: part.to_owned() });
        }
        found.push(address);
        rest = after;
    }
    Ok(found)
}

/// One address as it goes to a server.
fn sound(word: &str, part: &str) -> Result<String, AddressError> {
    let none = || AddressError::NoAddress { text: part.to_owned() };
    let link = word.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let bare = if link { word[7..].split('?').next().unwrap_or_default() } else { word };
    let (local, domain) = bare.rsplit_once('@').ok_or_else(none)?;
    let whole = local.len() <= LONGEST_LOCAL && local.split('.').all(|atom| !atom.is_empty());
    if !whole || !local.chars().all(|c| c == '.' || stands_in_atom(c)) {
        return Err(none());
    }
    let wrong = || AddressError::NoDomain { text: part.to_owned(), domain: domain.to_owned() };
    Ok(format!("{local}@{}", server(domain).ok_or_else(wrong)?))
}

/// The domain in ASCII; a server may also be named by its number.
fn server(domain: &str) -> Option<String> {
    let number = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(number) = number {
        return number.parse::<Ipv4Addr>().ok().map(|number| format!("[{number}]"));
    }
    let given = domain.is_ascii().then(|| domain.to_owned());
    let ascii = idna::domain_to_ascii_strict(domain).ok()?;
    ascii.contains('.').then(|| given.unwrap_or(ascii))
}

/// RFC 5322 `atext`, and with RFC 6531 letters and digits of all scripts.
fn stands_in_atom(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: [&str; 2] = ["zjj.a@example.gov.cn", "zjj.b@example.gov.cn"];

    #[test]
    fn a_cell_with_several_addresses_gives_each_once_in_its_order() {
        for cell in [
            "zjj.a@example.gov.cn;zjj.b@example.gov.cn",
            "zjj.a@example.gov.cn,zjj.b@example.gov.cn",
            "zjj.a@example.gov.cn、zjj.b@example.gov.cn、",
            "zjj.a@example.gov.cn，zjj.b@example.gov.cn",
            "zjj.a@example.gov.cn； zjj.b@example.gov.cn；zjj.a@example.gov.cn",
            "zjj.a@example.gov.cn zjj.b@example.gov.cn",
            "zjj.a@example.gov.cn\u{3000}zjj.b@example.gov.cn",
            "zjj.a@example.gov.cn\r\nzjj.b@example.gov.cn\n",
            "甲 <zjj.a@example.gov.cn>, \"乙\"<zjj.b@example.gov.cn>",
            "甲<zjj.a@example.gov.cn> 乙<mailto:zjj.b@example.gov.cn>",
        ] {
            assert_eq!(several(cell).unwrap(), TWO, "{cell:?}");
        }
    }

    #[test]
    fn what_came_along_when_an_address_was_copied_is_cleaned_away() {
        for text in [
            "zjj.a@example.gov.cn",
            "zjj.a@example.gov.cn\u{200b}",
            "\u{feff}zjj.a@exa\u{200d}mple.gov.cn\u{202c}",
            "ｚｊｊ．ａ＠ｅｘａｍｐｌｅ．ｇｏｖ．ｃｎ",
            "zjj.a＠example。gov．cn",
            "mailto:zjj.a@example.gov.cn",
            "MAILTO:zjj.a@example.gov.cn?subject=x&body=y",
            "住建窗口<zjj.a@example.gov.cn>",
            "住建窗口＜zjj.a@example.gov.cn＞",
            "住建 窗口 《zjj.a@example.gov.cn》",
            "zjj.a@example.gov.cn <mailto:zjj.a@example.gov.cn>",
            "\u{a0}zjj.a@example.gov.cn\u{a0}",
        ] {
            assert_eq!(single(text).as_deref(), Ok(TWO[0]), "{text:?}");
        }
    }

    /// RFC 5891: names of hosts in other letters go over the wire in ASCII.
    #[test]
    fn a_domain_in_other_letters_becomes_its_form_in_ascii() {
        assert_eq!(single("a@政务.中国").unwrap(), "a@xn--zfr164b.xn--fiqs8s");
        assert_eq!(single("a@xn--zfr164b.xn--fiqs8s").unwrap(), "a@xn--zfr164b.xn--fiqs8s");
        assert!(!is_foreign("a@xn--zfr164b.xn--fiqs8s") && is_foreign("窗口@example.gov.cn"));
        assert_eq!(single("窗口@政务。中国").unwrap(), "窗口@xn--zfr164b.xn--fiqs8s");
    }

    #[test]
    fn what_is_no_address_is_refused_and_none_of_several_is_left_out() {
        for text in [
            "",
            "\u{200b}",
            ";；、",
            "13800000000",
            "nobody",
            "@example.gov.cn",
            "a@",
            "a@example",
            "a@example.gov.cn.",
            "a@.example.gov.cn",
            "a@exa_mple.gov.cn",
            "a@-example.gov.cn",
            "a..b@example.gov.cn",
            ".a@example.gov.cn",
            "a@b@example.gov.cn",
            "a @example.gov.cn",
            "张三 a@example.gov.cn",
            "a@example.gov.cn;张三",
            "a@example.gov.cn/b@example.gov.cn",
            "a@example.gov.cn>",
            "<a@example.gov.cn",
            "<>",
            "甲<a@example.gov.cn>乙",
            "b@example.gov.cn <a@example.gov.cn>",
            "a@[300.1.1.1]",
            "a(b)@example.gov.cn",
            "a\"b@example.gov.cn",
            "a\u{7}@example.gov.cn",
            "mailto:",
            "http://example.gov.cn/a@b",
        ] {
            assert!(several(text).is_err(), "{text:?} gave {:?}", several(text));
        }
        assert!(several(&format!("{}@example.gov.cn", "a".repeat(LONGEST_LOCAL))).is_ok());
        assert!(several(&format!("{}@example.gov.cn", "a".repeat(LONGEST_LOCAL + 1))).is_err());
        assert!(matches!(single(&TWO.join(";")), Err(AddressError::Several { count: 2, .. })));
    }
}
