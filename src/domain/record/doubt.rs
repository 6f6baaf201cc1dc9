//! Cells of a row that cannot be read: each costs what it says, and nothing else of the row.

use super::{Rejected, Slot, Trace};

/// What cannot be read of a row whose case is known. What was known of it stays: what cannot be read is nothing that was taken
/// out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InDoubt {
    /// The cells, each with its column and the reason.
    pub cells: Vec<Rejected>,
    /// Slots of which nothing can be said.
    pub slots: Vec<Slot>,
    /// Parts of the header.
    pub header: Vec<HeaderPart>,
    /// Parts of traces that are there otherwise, each with the trace's place in [`Fact::traces`](super::Fact::traces).
    pub traces: Vec<(usize, TracePart)>,
}

/// A part of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderPart {
    Item,
    Unit,
    Display,
    Earlier,
    /// A date of the record, by its name.
    Date(String),
}

/// A part of a trace without which it is a trace all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TracePart {
    Stage,
    Recorded,
    By,
    Note,
    Amount,
    Outcome,
    Unit,
    Asked,
    Serial,
    Due,
    /// One of the due days of other steps.
    StepDues,
}

impl InDoubt {
    /// The parts in doubt of the trace at a place of the row.
    pub fn of_trace(&self, place: usize) -> impl Iterator<Item = TracePart> {
        self.traces.iter().filter(move |(of, _)| *of == place).map(|(_, part)| *part)
    }
}

impl HeaderPart {
    /// Takes the part over from what was known before; `None`: nothing was.
    pub fn keep(&self, header: &mut super::Header, known: Option<&super::Header>) {
        match self {
            Self::Item => header.item = known.map(|it| it.item.clone()).unwrap_or_default(),
            Self::Unit => header.unit = known.and_then(|it| it.unit.clone()),
            Self::Display => header.display = known.and_then(|it| it.display.clone()),
            Self::Earlier => header.earlier = known.and_then(|it| it.earlier.clone()),
            Self::Date(name) => {
                if let Some(at) = known.and_then(|it| it.date(name)) {
                    header.dates.push((name.clone(), at));
                }
            }
        }
    }
}

impl TracePart {
    /// Takes the part over from what was known of the same slot, if that was a trace of the same kind.
    pub fn keep(self, trace: &mut Trace, known: &Trace) {
        if trace.kind != known.kind {
            return;
        }
        match self {
            Self::Stage => trace.stage.clone_from(&known.stage),
            Self::Recorded => trace.recorded = known.recorded,
            Self::By => trace.by.clone_from(&known.by),
            Self::Note => trace.note.clone_from(&known.note),
            Self::Amount => trace.amount.clone_from(&known.amount),
            Self::Outcome => trace.outcome = known.outcome,
            Self::Unit => trace.unit.clone_from(&known.unit),
            Self::Asked => trace.asked = known.asked,
            Self::Serial => trace.serial.clone_from(&known.serial),
            Self::Due => trace.due = known.due,
            Self::StepDues => {
                let unsaid = |(step, _): &&(String, _)| trace.step_due(step).is_none();
                let kept: Vec<_> = known.step_dues.iter().filter(unsaid).cloned().collect();
                trace.step_dues.extend(kept);
                trace.step_dues.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;
    use crate::domain::moment::Moment;
    use crate::domain::record::Header;

    /// What cannot be read is nothing that was taken out: each part of a case's row stays as it was known, and a part that was not
    /// known stays away.
    #[test]
    fn a_part_of_the_header_in_doubt_stays_as_it_was_known() {
        let day = |text: &str| Moment::parse(text, Shanghai).unwrap();
        let known = Header {
            item: "I20".into(),
            unit: Some("U2".into()),
            dates: vec![("expiry".into(), day("2012-03-01")), ("hearing".into(), day("2011-10-20"))],
            display: Some("某公司".into()),
            earlier: Some("A0".into()),
        };
        let parts = || {
            [HeaderPart::Item, HeaderPart::Unit, HeaderPart::Display, HeaderPart::Earlier]
                .into_iter()
                .chain(["expiry", "hearing", "deferred"].map(|name| HeaderPart::Date(name.into())))
        };
        let (mut row, mut first) = (Header::default(), Header::default());
        for part in parts() {
            part.keep(&mut row, Some(&known));
            part.keep(&mut first, None);
        }
        assert_eq!(row, known);
        assert_eq!(first, Header::default());
    }
}
