//! Primary keys of MySQL: by which of them a table can be read in pages, and how their values are written back so that the server
//! compares them as it puts its rows in order.

use super::super::session::{KeyColumn, KeyKind};
use super::notation::{hex, text};

/// Bytes up to which the server puts texts in order (`max_sort_length`, which is at least so much unless somebody lowers it).
const SORTED: u64 = 1024;

/// What is asked of each column of a primary key, in its order: the tables are `s` and `c`.
pub(super) const ASKED: &str =
    "s.column_name, lower(c.data_type), lower(c.character_set_name), s.sub_part, c.character_octet_length";

/// The columns of a key by what was [`ASKED`] of them; none where one of them cannot be written back.
pub(super) fn columns(
    rows: Vec<Vec<Option<String>>>,
    zone: &str,
    quote: impl Fn(&str) -> String,
) -> Vec<KeyColumn> {
    let column = |row: Vec<Option<String>>| {
        let [name, kind, encoding, part, longest] = <[_; 5]>::try_from(row).ok()?;
        // The beginnings of two texts do not say in which order they are.
        if part.is_some() {
            return None;
        }
        let short = longest.and_then(|it| it.parse::<u64>().ok()).is_none_or(|bytes| bytes <= SORTED);
        let column = quote(&name?);
        let (exact, kind) = match (kind?.as_str(), encoding) {
            ("tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "decimal" | "year", _) => {
                (column.clone(), KeyKind::Number)
            }
            // Their order is that of their places in the list and not of their words.
            ("enum" | "set", _) => (format!("cast({column} as unsigned)"), KeyKind::Number),
            ("char" | "varchar", Some(encoding)) if short && is_word(&encoding) => {
                (format!("cast({column} as binary)"), KeyKind::Bytes(format!("_{encoding} ")))
            }
            ("binary" | "varbinary", _) if short => (column.clone(), KeyKind::Bytes(String::new())),
            ("date" | "datetime" | "time" | "uuid" | "inet4" | "inet6", _) => (column.clone(), KeyKind::Text),
            // Where clocks are put back, one local time is two.
            ("timestamp", _) if zone.starts_with(['+', '-']) => (column.clone(), KeyKind::Text),
            _ => return None,
        };
        Some(KeyColumn { column, exact, kind })
    };
    rows.into_iter().map(column).collect::<Option<_>>().unwrap_or_default()
}

fn is_word(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A value of a key as a statement has it; `None`: it is none.
pub(super) fn literal(kind: &KeyKind, value: &[u8]) -> Option<String> {
    match kind {
        KeyKind::Number => {
            let number = std::str::from_utf8(value).ok()?;
            let digits = number.strip_prefix('-').unwrap_or(number);
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            (is_number && !digits.is_empty()).then(|| number.to_owned())
        }
        KeyKind::Text => Some(text(std::str::from_utf8(value).ok()?)),
        KeyKind::Bytes(encoding) => Some(format!("{encoding}x'{}'", hex(value))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(
        kind: &str,
        encoding: Option<&str>,
        part: Option<&str>,
        longest: Option<&str>,
        zone: &str,
    ) -> Option<KeyKind> {
        let row = [Some("k"), Some(kind), encoding, part, longest].map(|it| it.map(str::to_owned)).to_vec();
        columns(vec![row], zone, |name| format!("`{name}`")).pop().map(|column| column.kind)
    }

    /// Only what can be written back as the server compares it is read in pages.
    #[test]
    fn a_key_is_gone_on_with_as_it_is_compared() {
        let of = |kind| kind_of(kind, None, None, None, "+08:00");
        for kind in ["int", "decimal", "year", "enum", "set"] {
            assert_eq!(of(kind), Some(KeyKind::Number), "{kind}");
        }
        for kind in ["float", "double", "bit", "json", "point", "blob", "text", ""] {
            assert_eq!(of(kind), None, "{kind}");
        }
        let text = |part, longest| kind_of("varchar", Some("latin1"), part, Some(longest), "+08:00");
        assert_eq!(text(None, "1024"), Some(KeyKind::Bytes("_latin1 ".to_owned())));
        assert_eq!([text(None, "1025"), text(Some("20"), "40")], [None, None]);
        assert_eq!(kind_of("varchar", Some("x' or"), None, Some("9"), "+08:00"), None);
        let stamp = |zone| kind_of("timestamp", None, None, None, zone);
        assert_eq!([stamp("+08:00"), stamp("Europe/Berlin")], [Some(KeyKind::Text), None]);
        let hidden = vec![vec![Some("k".to_owned()), None, None, None, None]];
        assert_eq!(columns(hidden, "+08:00", str::to_owned), Vec::new(), "what this login does not see");
    }

    #[test]
    fn a_value_of_a_key_is_written_whole() {
        let number = |value: &str| literal(&KeyKind::Number, value.as_bytes());
        assert_eq!(number("18446744073709551615").as_deref(), Some("18446744073709551615"));
        assert_eq!(number("-1.50").as_deref(), Some("-1.50"));
        for none in ["", "-", "1 or 1", "1e5", "x'00'"] {
            assert_eq!(number(none), None, "{none}");
        }
        let bytes = literal(&KeyKind::Bytes("_latin1 ".to_owned()), b"\xbd\xa8\xff");
        assert_eq!(bytes.as_deref(), Some("_latin1 x'bda8ff'"), "bytes that are no text in any encoding");
        assert_eq!(literal(&KeyKind::Text, b"2026-01-01").as_deref(), Some("'2026-01-01'"));
    }
}
