//! Rows that came back under another key: the same row, or what took its place.

use super::Trace;

/// What a row of a case says, in all its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSaid {
    /// Its key.
    pub row: String,
    /// Number of the round that first read it.
    pub since: i64,
    /// Its traces by their part, where they say something.
    pub parts: Vec<(u16, Trace)>,
}

impl RowSaid {
    /// Whether two rows say the same, word for word.
    pub fn is_same(&self, other: &Self) -> bool {
        !self.parts.is_empty() && self.parts == other.parts
    }

    /// Whether a row may have taken the place of another: the same kinds of trace, of the same stages.
    fn may_replace(&self, other: &Self) -> bool {
        let what = |(part, trace): &(u16, Trace)| (*part, trace.kind, trace.stage.clone());
        !self.parts.is_empty() && self.parts.iter().map(what).eq(other.parts.iter().map(what))
    }
}

/// A row that is gone, and the one that has come in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaced {
    /// Place of the row that is gone.
    pub gone: usize,
    /// Place of the new one.
    pub new: usize,
    /// Both say the same: only the key is another.
    pub same: bool,
}

/// Which of the `new` rows came in the place of which that are `gone`: each serves once, and what says the same goes first.
pub fn pairs(gone: &[RowSaid], new: &[RowSaid]) -> Vec<Replaced> {
    let mut found: Vec<Replaced> = Vec::new();
    for same in [true, false] {
        for (place, row) in gone.iter().enumerate() {
            if found.iter().any(|it| it.gone == place) {
                continue;
            }
            let serves = |(at, candidate): &(usize, &RowSaid)| {
                let later = candidate.since > row.since && !found.iter().any(|it| it.new == *at);
                later && if same { candidate.is_same(row) } else { candidate.may_replace(row) }
            };
            if let Some((at, _)) = new.iter().enumerate().find(serves) {
                found.push(Replaced { gone: place, new: at, same });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;
    use crate::domain::record::TraceKind;

    fn row(key: &str, since: i64, kind: TraceKind, at: &str) -> RowSaid {
        let at = Moment::parse(at, chrono_tz::Asia::Shanghai).unwrap();
        RowSaid { row: key.into(), since, parts: vec![(0, Trace::new(kind, at))] }
    }

    /// The same content under a new key is the same row; other content of the same kind has taken its place; another kind has
    /// nothing to do with it, and neither has a row that was there all along.
    #[test]
    fn a_row_comes_back_once() {
        use TraceKind::{Charged, Decided};
        let gone = [row("1", 1, Charged, "2011-10-10"), row("2", 1, Charged, "2011-10-10")];
        let same = row("7", 2, Charged, "2011-10-10");
        let other = row("8", 2, Charged, "2011-10-11");
        let found = pairs(&gone, &[other.clone(), same.clone()]);
        let pair = |gone, new, same| Replaced { gone, new, same };
        assert_eq!(found, [pair(0, 1, true), pair(1, 0, false)]);
        assert_eq!(pairs(&gone, std::slice::from_ref(&same)), [pair(0, 0, true)], "one row is not two");
        assert_eq!(pairs(&gone, &[row("7", 2, Decided, "2011-10-10")]), []);
        assert_eq!(pairs(&gone, &[row("7", 1, Charged, "2011-10-10")]), [], "it was there already");
        let empty = RowSaid { row: "9".into(), since: 2, parts: Vec::new() };
        assert_eq!(pairs(&[RowSaid { since: 1, ..empty.clone() }], &[empty]), []);
    }
}
