//! Codes of a source that its mapping does not know, each once, with the one that was probably meant.

use std::collections::BTreeSet;

use crate::domain::record::Rejected;
use crate::domain::record::mapping::{KindSpec, ReadSpec};
use crate::domain::text::{Text, nearest, say};

/// Codes that are named; an export of another table may have a new one in each row.
const NAMED: usize = 20;

/// Codes that no mapping knows, each with its column.
#[derive(Default)]
pub(super) struct UnknownCodes(BTreeSet<(String, String)>);

impl UnknownCodes {
    /// Takes the code of a cell; `false`: something else is wrong with it.
    pub(super) fn take(&mut self, cell: &Rejected) -> bool {
        let Some(code) = &cell.unmapped else { return false };
        self.0.insert((cell.column.clone().unwrap_or_default(), code.clone()));
        true
    }

    /// What there is to say of them.
    pub(super) fn said(&self, read: &ReadSpec) -> Vec<Text> {
        let mut said: Vec<Text> =
            self.0.iter().take(NAMED).map(|(column, code)| of_one(read, column, code)).collect();
        if self.0.len() > NAMED {
            said.push(say!("check-more_codes", count = self.0.len() - NAMED));
        }
        said
    }

    /// Whether there are any.
    pub(super) fn any(&self) -> bool {
        !self.0.is_empty()
    }
}

fn of_one(read: &ReadSpec, column: &str, code: &str) -> Text {
    let what = say!("check-unknown_code", column, code);
    match nearest(code, known(read, column)) {
        Some(known) => say!("config-hinted", what, hint = say!("config-meant", known)),
        None => what,
    }
}

/// The codes that a read knows in a column.
fn known<'r>(read: &'r ReadSpec, column: &str) -> Vec<&'r str> {
    let mut known = Vec::new();
    for trace in &read.traces {
        if let KindSpec::Coded { column: own, codes, .. } = &trace.kind
            && own.eq_ignore_ascii_case(column)
        {
            known.extend(codes.keys().map(String::as_str));
        }
        if let Some((own, codes)) = &trace.outcome
            && own.eq_ignore_ascii_case(column)
        {
            known.extend(codes.keys().map(String::as_str));
        }
    }
    known
}
