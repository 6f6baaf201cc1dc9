//! The header of a file of the registry: which column stands where, and which name is a slip of the pen. One slip is one mistake,
//! however many rows there are.

use csv::StringRecord;

use crate::domain::text::{Text, distance, nearest, say};

/// A column: its name in English, and its names in Chinese.
pub(super) type Column = (&'static str, &'static [&'static str]);

/// The columns of a file.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    /// Every column that is known.
    pub all: &'static [Column],
    /// English names of those without which no row says anything.
    pub needed: &'static [&'static str],
}

/// A header as it was understood.
pub(super) struct Header {
    /// For each column its place in the file.
    pub places: Vec<Option<usize>>,
    /// No column is missing that every row needs.
    pub whole: bool,
    /// English names of columns that stand there under a misspelt name.
    pub misspelt: Vec<&'static str>,
    /// What is wrong with it.
    pub faults: Vec<HeaderFault>,
}

/// What is wrong with a column.
pub(super) struct HeaderFault {
    /// The column.
    pub column: String,
    /// What.
    pub message: Text,
    /// It is no more than a warning.
    pub is_warning: bool,
}

/// Shortest name of a column that is taken for a misspelt one by one letter, in characters: shorter ones are alike by chance.
const TELLING: usize = 3;

fn is_named(column: &Column, header: &str) -> bool {
    column.0 == header || column.1.contains(&header)
}

/// What a column is called in a file with such a header.
pub(super) fn usual_name(column: &Column, headers: &StringRecord) -> &'static str {
    let chinese = !headers.iter().all(str::is_ascii);
    column.1.first().filter(|_| chinese).unwrap_or(&column.0)
}

/// Understands the header of a file.
pub(super) fn understood(columns: &Columns, headers: &StringRecord) -> Header {
    let at = |column: &Column| headers.iter().position(|header| is_named(column, header));
    let places: Vec<Option<usize>> = columns.all.iter().map(at).collect();
    let mut absent: Vec<&Column> = columns
        .all
        .iter()
        .zip(&places)
        .filter(|(_, place)| place.is_none())
        .map(|(column, _)| column)
        .collect();
    let is_needed = |column: &Column| columns.needed.contains(&column.0);
    let (mut faults, mut lacking, mut misspelt) = (Vec::new(), Vec::new(), Vec::new());
    for (at, header) in headers.iter().enumerate() {
        if let Some(column) = columns.all.iter().find(|column| is_named(column, header)) {
            if headers.iter().take(at).any(|earlier| is_named(column, earlier)) {
                let message = say!("config-column_twice");
                faults.push(HeaderFault { column: header.to_owned(), message, is_warning: false });
            }
            continue;
        }
        let names = absent.iter().flat_map(|column| column.1.iter().chain([&column.0]).copied());
        let Some(meant) = nearest(header, names) else {
            let message = say!("config-unknown_column");
            faults.push(HeaderFault { column: header.to_owned(), message, is_warning: true });
            continue;
        };
        let place =
            absent.iter().position(|column| is_named(column, meant)).expect("it is one of their names");
        let column = absent.remove(place);
        if is_needed(column) {
            lacking.push((column, Some(header)));
            continue;
        }
        let slip = distance(header, meant) == 1 && header.chars().count() >= TELLING;
        let message = match slip {
            true => say!("config-column_misspelt", column = meant),
            false => say!("config-unknown_column_meant", column = meant),
        };
        misspelt.extend(slip.then_some(column.0));
        faults.push(HeaderFault { column: header.to_owned(), message, is_warning: !slip });
    }
    lacking.extend(absent.into_iter().filter(|column| is_needed(column)).map(|column| (column, None)));
    let whole = lacking.is_empty();
    faults.extend(lacking.into_iter().map(|(column, header)| {
        let message = match header {
            Some(header) => say!("config-no_column_meant", header),
            None => say!("config-no_column"),
        };
        HeaderFault { column: usual_name(column, headers).to_owned(), message, is_warning: false }
    }));
    Header { places, whole, misspelt, faults }
}
