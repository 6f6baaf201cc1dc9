//! What of a source moves judgements: how its records are read, how far it is believed and how closely it is watched. Where it
//! lies and what it is called do not.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::care::Care;
use super::mapping::{KindSpec, ReadSpec, Shape, SourceSpec, TraceSpec, brings_cases};
use super::{Outcome, TraceKind};

/// The terms on which a source's word is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTerms {
    /// Word of its kind: what is read from a table is not read from a file.
    pub kind: String,
    /// Zone of times without an offset.
    pub zone: String,
    /// What it tells was delivered by others, in batches.
    pub batch: bool,
    /// By how much it lags behind what it tells of.
    pub lag: Duration,
    /// How closely it is watched.
    #[serde(default, skip_serializing_if = "Care::is_usual")]
    pub care: Care,
    /// What is read, and what its columns and codes mean.
    pub reads: Vec<ReadSpec>,
    /// It is no longer in the configuration: nobody reads it, and its cases are judged no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// What another mapping of a source may move, as far as that can be said before it is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remapping {
    /// What is known of its cases may become something else.
    pub records: bool,
    /// Rows come in that were set aside for want of a meaning; what is known stays.
    pub set_aside: bool,
    /// What is known of evidence (佐证) may become something else.
    pub evidence: bool,
    /// It is watched less closely: rows of it may vanish, change or stay away unseen, or cards wait for deliveries.
    pub unwatched: bool,
}

impl SourceTerms {
    /// The terms of a source as configured.
    pub fn of(spec: &SourceSpec) -> Self {
        let SourceSpec { connection, zone, batch, lag, reads, .. } = spec;
        let (kind, zone, reads) =
            (connection.kind().word().to_owned(), zone.name().to_owned(), reads.clone());
        Self { kind, zone, batch: *batch, lag: *lag, care: Care::of(spec), reads, removed: false }
    }

    /// The source as configured, read and believed on these terms; `None`: it is of another kind now, or of a zone that is not
    /// known here.
    pub fn under(&self, spec: &SourceSpec) -> Option<SourceSpec> {
        let Self { kind, zone, batch, lag, care, reads, removed: _ } = self;
        let zone = zone.parse().ok().filter(|_| kind == spec.connection.kind().word())?;
        let Care { sweep_at, sweep_back_days, may_shrink, overdue_after } = *care;
        let spec = SourceSpec { sweep_at, sweep_back_days, may_shrink, overdue_after, ..spec.clone() };
        Some(SourceSpec { zone, batch: *batch, lag: *lag, reads: reads.clone(), ..spec })
    }

    /// Whether a row of it tells of the acceptance and of the decision of its case, so that one without the other is left empty.
    pub fn tells_from_beginning_to_end(&self) -> bool {
        let wide = self.reads.iter().filter(|read| read.evidence.is_none() && read.shape == Shape::Wide);
        let tells = |read: &ReadSpec, kind| read.traces.iter().any(|it| it.may_tell(kind));
        let ends = |read: &ReadSpec| tells(read, TraceKind::Decided) || tells(read, TraceKind::Closed);
        { wide }.any(|read| tells(read, TraceKind::Accepted) && ends(read))
    }

    /// What the mapping of `new` may move.
    pub fn remapped(&self, new: &Self) -> Remapping {
        let anew = self.kind != new.kind || self.zone != new.zone;
        let fit = |evidence: bool| {
            let of = |terms: &Self| -> Vec<ReadSpec> {
                let reads = terms.reads.iter().filter(|read| read.evidence.is_some() == evidence);
                reads.map(judging).collect()
            };
            let (old, new) = (of(self), of(new));
            if anew || old.len() != new.len() {
                return if old.is_empty() && new.is_empty() { Fit::Same } else { Fit::Other };
            }
            old.iter().zip(&new).map(|(old, new)| Fit::of(old, new)).max().unwrap_or(Fit::Same)
        };
        let (cases, evidence) = (fit(false), fit(true));
        Remapping {
            records: cases == Fit::Other,
            set_aside: cases == Fit::Widened || evidence == Fit::Widened,
            evidence: evidence == Fit::Other,
            unwatched: (new.is_awaited() && !self.is_awaited())
                || new.care.is_laxer_than(&self.care)
                || (new.is_awaited() && new.care.waits_longer_than(&self.care)),
        }
    }

    /// Whether cards wait for its deliveries.
    fn is_awaited(&self) -> bool {
        self.batch && brings_cases(&self.reads)
    }
}

/// How a read is to what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It says the same.
    Same,
    /// It says the same of every row that it understood, and understands more.
    Widened,
    /// It may say something else.
    Other,
}

impl Fit {
    fn of(old: &ReadSpec, new: &ReadSpec) -> Self {
        if old == new {
            return Self::Same;
        }
        let mut narrowed = new.clone();
        if new.times.starts_with(&old.times) {
            narrowed.times.clone_from(&old.times);
        }
        for (old, new) in old.traces.iter().zip(&mut narrowed.traces) {
            narrow(old, new);
        }
        if narrowed == *old { Self::Widened } else { Self::Other }
    }
}

/// Takes the codes away that a trace has got besides those it had. A code is not new to it where others had a meaning already.
fn narrow(old: &TraceSpec, new: &mut TraceSpec) {
    if let (
        KindSpec::Coded { codes, otherwise: None, .. },
        KindSpec::Coded { codes: more, otherwise: None, .. },
    ) = (&old.kind, &mut new.kind)
    {
        more.retain(|code, _| codes.contains_key(code));
    }
    if let (Some((_, codes)), Some((_, more))) = (&old.outcome, &mut new.outcome) {
        let known = |code: &String, codes: &BTreeMap<String, Option<Outcome>>| {
            codes.contains_key(code) || code.parse::<Outcome>().is_ok()
        };
        more.retain(|code, _| known(code, codes));
    }
}

/// A read without what nobody judges by.
fn judging(read: &ReadSpec) -> ReadSpec {
    ReadSpec { name: String::new(), display: None, ..read.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Meaning;
    use crate::domain::record::mapping::{Cell, EvidenceSpec, MatchBy, ReadFrom, Shape, TimeFormat};
    use crate::domain::record::watermark_kind::WatermarkKind;

    fn codes(words: &[(&str, &str)], otherwise: Option<&str>) -> KindSpec {
        let meaning = |word: &str| word.parse::<Meaning>().unwrap();
        let codes = words.iter().map(|(code, word)| ((*code).to_owned(), Some(meaning(word)))).collect();
        KindSpec::Coded { column: "result".into(), codes, otherwise: otherwise.map(meaning) }
    }

    fn read(kind: KindSpec) -> ReadSpec {
        ReadSpec {
            name: "cases".into(),
            from: ReadFrom::Table("cases".into()),
            watermark: None,
            watermark_kind: WatermarkKind::Time,
            key: Vec::new(),
            shape: Shape::Wide,
            case: "number".into(),
            item: Some(Cell::Column("item".into())),
            unit: None,
            display: None,
            earlier: None,
            dates: Vec::new(),
            times: vec![TimeFormat::Iso],
            traces: vec![TraceSpec::new(kind, "finished".into())],
            gone: None,
            nothing: crate::domain::record::nothing::usual(),
            nothing_in: std::collections::BTreeMap::new(),
            zones: std::collections::BTreeMap::new(),
            of_case: crate::domain::record::of_case::OfCase::default(),
            evidence: None,
        }
    }

    fn terms(reads: Vec<ReadSpec>) -> SourceTerms {
        let (kind, zone) = ("sqlite".to_owned(), "Asia/Shanghai".to_owned());
        SourceTerms {
            kind,
            zone,
            batch: false,
            lag: Duration::ZERO,
            care: Care::default(),
            reads,
            removed: false,
        }
    }

    const NOTHING: Remapping =
        Remapping { records: false, set_aside: false, evidence: false, unwatched: false };
    const RECORDS: Remapping = Remapping { records: true, ..NOTHING };
    const SET_ASIDE: Remapping = Remapping { set_aside: true, ..NOTHING };

    /// A code that got its meaning lets rows in and changes none that was understood; a code that gets another meaning, or that
    /// had one by `otherwise`, may move a case.
    #[test]
    fn a_code_that_had_no_meaning_moves_only_what_was_set_aside() {
        let known = codes(&[("1", "decided")], None);
        let old = terms(vec![read(known)]);
        let to = |kind: KindSpec| old.remapped(&terms(vec![read(kind)]));
        assert_eq!(to(codes(&[("1", "decided"), ("2", "withdrawn")], None)), SET_ASIDE);
        assert_eq!(to(codes(&[("1", "withdrawn")], None)), RECORDS);
        assert_eq!(to(codes(&[("2", "decided")], None)), RECORDS, "a code that lost its meaning");
        assert_eq!(to(codes(&[("1", "decided")], Some("step"))), RECORDS);
        let otherwise = terms(vec![read(codes(&[("1", "decided")], Some("step")))]);
        let added = terms(vec![read(codes(&[("1", "decided"), ("2", "withdrawn")], Some("step")))]);
        assert_eq!(otherwise.remapped(&added), RECORDS, "it was a step before");
    }

    /// The name of a read and the name that is shown in letters judge nothing; a further way of writing times is tried after the
    /// others only; another column, zone, kind or read may move everything.
    #[test]
    fn what_judges_nothing_moves_nothing() {
        let one = || read(codes(&[("1", "decided")], None));
        let old = terms(vec![one()]);
        let to = |change: fn(&mut ReadSpec)| {
            let mut new = one();
            change(&mut new);
            old.remapped(&terms(vec![new]))
        };
        assert_eq!(to(|read| read.display = Some("applicant".into())), Remapping::default());
        assert_eq!(to(|read| read.name = "another".into()), Remapping::default());
        assert_eq!(to(|read| read.times.push(TimeFormat::EpochSeconds)), SET_ASIDE);
        assert_eq!(to(|read| read.times.insert(0, TimeFormat::EpochSeconds)), RECORDS);
        assert_eq!(to(|read| read.traces[0].at = "begun".into()), RECORDS);
        assert_eq!(to(|read| drop(read.zones.insert("finished".into(), "UTC".into()))), RECORDS);
        assert_eq!(to(|read| read.traces[0].recorded = Some("typed".into())), RECORDS);
        assert_eq!(old.remapped(&terms(vec![one(), one()])), RECORDS);
        assert_eq!(old.remapped(&SourceTerms { zone: "UTC".into(), ..old.clone() }), RECORDS);
        assert_eq!(old.remapped(&SourceTerms { kind: "csv".into(), ..old.clone() }), RECORDS);
        let believed = SourceTerms { lag: Duration::from_secs(60), ..old.clone() };
        assert_eq!(old.remapped(&believed), Remapping::default(), "that is weighed case by case");
    }

    /// A source that is watched less closely moves nothing that is known of it, and may move what is not found any more.
    #[test]
    fn a_source_that_is_watched_less_closely_may_move_cases() {
        let old = terms(vec![read(codes(&[("1", "decided")], None))]);
        let care = Care { sweep_at: None, ..Care::default() };
        let lax = SourceTerms { care, ..old.clone() };
        assert_eq!(old.remapped(&lax), Remapping { unwatched: true, ..NOTHING });
        assert_eq!(lax.remapped(&old), NOTHING);
    }

    /// A live source that becomes one of deliveries gives no card before the next; one that becomes live, and evidence, keep none
    /// back. Three working days without one are usual, also where none was waited for.
    #[test]
    fn a_source_of_which_cards_wait_for_deliveries_may_move_cases() {
        let live = terms(vec![read(codes(&[("1", "decided")], None))]);
        let awaited = |overdue_after: u32| SourceTerms {
            batch: true,
            care: Care { overdue_after, ..Care::default() },
            ..live.clone()
        };
        let unwatched = |old: &SourceTerms, new: &SourceTerms| old.remapped(new).unwatched;
        assert_eq!([2, 3, 4].map(|days| unwatched(&live, &awaited(days))), [true; 3]);
        assert_eq!([2, 3, 4].map(|days| unwatched(&awaited(3), &awaited(days))), [false, false, true]);
        assert!(!unwatched(&awaited(4), &live) && !unwatched(&awaited(4), &awaited(4)));
        let list = EvidenceSpec {
            list: "号票".into(),
            by: MatchBy::Number,
            exactly: false,
            has_rows: false,
            within_days: 1,
            wait_days: 1,
        };
        let evidence = || terms(vec![ReadSpec { evidence: Some(list.clone()), ..live.reads[0].clone() }]);
        assert!(!unwatched(&evidence(), &SourceTerms { batch: true, ..evidence() }), "it brings no cases");
    }

    /// The terms kept as text are the terms; usual care leaves the text as it was before it was kept.
    #[test]
    fn terms_can_be_kept_as_text() {
        let old = terms(vec![read(codes(&[("1", "decided"), ("2", "decided:refused")], Some("step")))]);
        let text = serde_json::to_string(&old).unwrap();
        assert_eq!(serde_json::from_str::<SourceTerms>(&text).unwrap(), old);
        assert!(!text.contains("care"), "{text}");
        let care = Care { sweep_at: None, may_shrink: "5".parse().unwrap(), ..Care::default() };
        let lax = SourceTerms { care, ..old };
        let text = serde_json::to_string(&lax).unwrap();
        assert_eq!(serde_json::from_str::<SourceTerms>(&text).unwrap(), lax);
    }
}
