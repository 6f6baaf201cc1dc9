//! Whether rows to come are read by another mapping as they would be by the one in force. What the rows say that are there, a
//! reading for trial shows; what the others will say, nobody can know but by the mapping itself.

use super::mapping::ReadSpec;
use super::terms::SourceTerms;

impl SourceTerms {
    /// Whether every row to come that says something by these terms says the same by the new ones, as soon: codes and ways of writing
    /// times may come in addition, and a read may do without its watermark, as it is read whole then.
    pub fn reads_rows_to_come_alike(&self, new: &Self) -> bool {
        let mut whole = new.clone();
        for (old, new) in self.reads.iter().zip(&mut whole.reads) {
            if new.watermark.is_none() {
                (new.watermark, new.watermark_kind) = (old.watermark.clone(), old.watermark_kind);
            }
        }
        !self.remapped(&whole).records
    }

    /// Whether evidence (佐证) is read otherwise by the new terms.
    pub fn reads_evidence_otherwise(&self, new: &Self) -> bool {
        let of = |terms: &Self| -> Vec<ReadSpec> {
            terms.reads.iter().filter(|read| read.evidence.is_some()).cloned().collect()
        };
        of(self) != of(new)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;
    use crate::domain::record::care::Care;
    use crate::domain::record::mapping::{KindSpec, ReadFrom, Shape, TimeFormat, TraceSpec};
    use crate::domain::record::watermark_kind::WatermarkKind;

    fn terms(change: impl FnOnce(&mut ReadSpec)) -> SourceTerms {
        let codes = BTreeMap::from([("1".to_owned(), Some("decided".parse().unwrap()))]);
        let kind = KindSpec::Coded { column: "result".into(), codes, otherwise: None };
        let mut read = ReadSpec {
            name: "cases".into(),
            from: ReadFrom::Table("cases".into()),
            watermark: Some("changed".into()),
            watermark_kind: WatermarkKind::Time,
            key: Vec::new(),
            shape: Shape::Wide,
            case: "number".into(),
            item: None,
            unit: None,
            display: None,
            earlier: None,
            dates: Vec::new(),
            times: vec![TimeFormat::Iso],
            traces: vec![TraceSpec::new(kind, "finished".into())],
            gone: None,
            nothing: crate::domain::record::nothing::usual(),
            nothing_in: BTreeMap::new(),
            zones: BTreeMap::new(),
            of_case: crate::domain::record::of_case::OfCase::default(),
            evidence: None,
        };
        change(&mut read);
        let (kind, zone) = ("sqlite".to_owned(), "Asia/Shanghai".to_owned());
        let (care, reads) = (Care::default(), vec![read]);
        SourceTerms { kind, zone, batch: false, lag: Duration::ZERO, care, reads, removed: false }
    }

    /// Issue 11: a mapping that says of rows to come what it said so far need not wait. A column, a code, a watermark that is another
    /// may say something else of one of them, whatever those say that are there.
    #[test]
    fn only_a_watermark_less_leaves_rows_to_come_as_they_are() {
        let old = terms(|_| {});
        let alike = |change: fn(&mut ReadSpec)| old.reads_rows_to_come_alike(&terms(change));
        assert!(alike(|_| {}) && alike(|read| read.watermark = None));
        assert!(!alike(|read| read.watermark = Some("touched".into())), "some might be missed");
        assert!(!alike(|read| read.watermark_kind = WatermarkKind::Sequence), "likewise");
        assert!(!terms(|read| read.watermark = None).reads_rows_to_come_alike(&old), "likewise");
        assert!(!alike(|read| read.traces[0].at = "closed".into()));
        let another = |read: &mut ReadSpec| {
            let codes = BTreeMap::from([("1".to_owned(), Some("step".parse().unwrap()))]);
            read.traces[0].kind = KindSpec::Coded { column: "result".into(), codes, otherwise: None };
            read.watermark = None;
        };
        assert!(!alike(another));
    }
}
