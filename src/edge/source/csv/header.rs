//! The row that names the columns: where it stands, what divides its cells, and which is which.

use super::super::SourceError;
use super::super::files::Found;
use super::super::folder::Pass;
use super::super::table::{Above, Header, TableRow, twice};
use super::rows::{Ending, Record, Rows};
use super::text::TextFault;
use crate::domain::record::apply::Bound;
use crate::domain::record::value::quoted;
use crate::domain::text::{Text as Said, say};

/// What may divide cells where the delimiter that was set divides none.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads on to the header row, or to the first below it that has all columns of the mapping where only a title stands between, and binds
/// the mapping to it. Of a header that `delimiter` does not divide what does divide it is found out.
pub(super) fn bind(
    pass: &Pass<'_>,
    found: &Found,
    (rows, header_row): (&mut Rows<'_>, u32),
    spoilt: impl Fn(TextFault) -> SourceError,
) -> Result<Header, SourceError> {
    let record = &mut Record::default();
    let no_header = |line, what: Said| SourceError::Text { path: found.path.clone(), line, what };
    let (mut before, header_row) = (0, u64::from(header_row));
    let mut above = Above::default();
    loop {
        if !rows.next(record).map_err(&spoilt)? || record.ending == Ending::OpenQuote {
            let beyond = || match header_row {
                0 | 1 => no_header(1, say!("fault-no_header")),
                row => no_header(row, say!("fault-header_beyond", row)),
            };
            return Err(above.first().unwrap_or_else(beyond));
        }
        // A line `sep=;` is for spreadsheets, and no row.
        if let Some(delimiter) = record.separator().filter(|_| record.line == 1) {
            rows.divide_by(delimiter);
            before = 1;
            continue;
        }
        if record.line < header_row + before || record.is_blank(2) {
            continue;
        }
        let names = record.names();
        let misfit = match fitting(pass, &names) {
            Ok(Fit { bound, names, delimiter }) => {
                if let Some(name) = twice(pass, &names) {
                    return Err(no_header(record.line, say!("fault-two_alike", which = quoted(name))));
                }
                let (file, line, mut notes) = (&found.name, record.line - before, Vec::new());
                if let Some(delimiter) = delimiter {
                    rows.divide_by(delimiter);
                    let mark =
                        if delimiter == b'\t' { "\\t".to_owned() } else { char::from(delimiter).to_string() };
                    notes.push(say!("reading-divided_by", file, mark));
                }
                if !above.is_empty() {
                    notes.push(say!("reading-header_below", file, line));
                }
                return Ok(Header { bound, names, notes });
            }
            Err(misfit) => misfit,
        };
        above.add(&names, || {
            if let Some(name) = twice(pass, &names) {
                return no_header(record.line, say!("fault-two_alike", which = quoted(name)));
            }
            let (path, read) = (found.path.clone(), pass.read.name.clone());
            SourceError::Unbound { path, read, faults: misfit }
        })?;
    }
}

/// A row of names that the mapping fits.
struct Fit {
    /// The mapping, bound to it.
    bound: Bound,
    names: Vec<String>,
    /// What divides it, where that is not what was set.
    delimiter: Option<u8>,
}

/// The mapping bound to a row of names, which may be divided otherwise than was set.
fn fitting(pass: &Pass<'_>, names: &[String]) -> Result<Fit, Said> {
    let bind = |names: &[String]| Bound::new(pass.read, pass.number, pass.zone(), names);
    let misfit = match bind(names) {
        Ok(bound) => return Ok(Fit { bound, names: names.to_vec(), delimiter: None }),
        Err(misfit) => misfit,
    };
    let [undivided] = names else { return Err(misfit.without_names()) };
    for delimiter in DELIMITERS {
        let parts = undivided.split(char::from(delimiter));
        let names: Vec<String> = parts.map(|name| name.trim().trim_matches('"').trim().to_owned()).collect();
        if names.len() > 1
            && let Ok(bound) = bind(&names)
        {
            return Ok(Fit { bound, names, delimiter: Some(delimiter) });
        }
    }
    Err(misfit.without_names())
}
