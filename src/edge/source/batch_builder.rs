//! Rows become batches on their way to whoever takes them.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::mem;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{BATCH, SMALL_BATCH};
use crate::domain::digest::digest;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::record::mapping::ReadSpec;
use crate::domain::record::{Batch, Fact, Rejected, Written};

/// Contents remembered at most, to tell rows apart that say the same: events of a case stand close together.
const ALIKE: usize = 500_000;

/// How much of what a read names is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// What is there from where it was left.
    Rest,
}

impl Extent {
    /// That of a read that begins at a mark, where it has one.
    pub fn since<T>(mark: Option<&T>) -> Self {
        mark.map_or(Self::Whole, |_| Self::Rest)
    }
}

/// Collects what one reading yields.
pub(super) struct BatchBuilder<'a> {
    take: &'a mut dyn FnMut(Batch) -> ControlFlow<()>,
    now: Moment,
    filling: Batch,
    /// Rows of a batch at most.
    room: usize,
    full: Vec<Batch>,
    /// How often each content was met in what is read, where rows have no key; `None` where they have one.
    alike: Option<HashMap<u64, u32>>,
    /// The codes of the catalogue, where some read has an item for rows of which it knows none.
    catalogue: Option<Arc<BTreeSet<String>>>,
    /// The item of such rows of what is read.
    item: Option<String>,
    /// Rows seen.
    pub rows: u64,
    /// The newest time seen that is not after the present.
    pub newest: Option<Moment>,
    /// `take` broke off.
    pub stopped: bool,
}

impl<'a> BatchBuilder<'a> {
    /// Nothing gathered yet.
    pub fn new(now: &Now, take: &'a mut dyn FnMut(Batch) -> ControlFlow<()>) -> Self {
        let now = Moment::instant(now.instant);
        let (filling, full) = (Batch::default(), Vec::new());
        let (room, alike, catalogue, item) = (BATCH, None, None, None);
        Self { take, now, filling, room, full, alike, catalogue, item, rows: 0, newest: None, stopped: false }
    }

    /// The same where a catalogue says which items there are.
    pub fn of_catalogue(self, catalogue: Option<Arc<BTreeSet<String>>>) -> Self {
        Self { catalogue, ..self }
    }

    /// The rows that follow belong to this read.
    pub fn begin(&mut self, read: u16, spec: &ReadSpec, extent: Extent) {
        self.filling.read = read;
        self.filling.written = Written::NoFile;
        self.room = match extent {
            Extent::Whole => BATCH,
            Extent::Rest => SMALL_BATCH,
        };
        self.alike = spec.is_known_by_content().then(HashMap::new);
        self.item = spec.of_case.item.clone();
    }

    /// The rows that follow stand in another file, whose contents were written then: what it tells once more is no second row. What was
    /// added before has been handed on.
    pub fn next_file(&mut self, written: Written) {
        self.filling.written = written;
        if let Some(alike) = &mut self.alike {
            alike.clear();
        }
    }

    /// Whether a moment lies after the present.
    pub fn is_future(&self, moment: &Moment) -> bool {
        moment.order(&self.now) == Ordering::Greater
    }

    /// Takes note of a time the source told.
    pub fn saw(&mut self, moment: Moment) {
        let newer = self.newest.is_none_or(|newest| moment.at() > newest.at());
        if newer && !self.is_future(&moment) {
            self.newest = Some(moment);
        }
    }

    /// One more row.
    pub fn add(&mut self, row: Result<Fact, Box<Rejected>>) {
        self.rows += 1;
        match row {
            Ok(mut fact) => {
                self.tell_apart(&mut fact);
                if let (Some(known), Some(otherwise)) = (&self.catalogue, &self.item)
                    && let Some(header) = &mut fact.header
                    && !header.item.is_empty()
                    && !known.contains(&header.item)
                {
                    header.item.clone_from(otherwise);
                }
                for trace in fact.traces.iter().filter_map(|(_, trace)| trace.as_ref()) {
                    self.saw(trace.recorded.unwrap_or(trace.occurred));
                }
                self.filling.facts.push(fact);
            }
            Err(rejected) => self.filling.rejected.push(*rejected),
        }
        if self.filling.facts.len() + self.filling.rejected.len() >= self.room {
            self.close();
        }
    }

    /// Rows without a key of their own are known by what they say and, where several say the same, by their place among these.
    fn tell_apart(&mut self, fact: &mut Fact) {
        let Some(alike) = &mut self.alike else { return };
        if alike.len() >= ALIKE {
            alike.clear();
        }
        for (slot, _) in fact.traces.iter_mut().filter(|(slot, _)| !slot.row.is_empty()) {
            let part = slot.part.to_le_bytes();
            let parts: [&[u8]; 3] = [fact.case.as_bytes(), slot.row.as_bytes(), &part];
            let times = alike.entry(digest(&parts)).or_default();
            *times += 1;
            if *times > 1 {
                slot.row = format!("{}#{times}", slot.row).into();
            }
        }
    }

    fn close(&mut self) {
        let next = Batch { read: self.filling.read, written: self.filling.written, ..Batch::default() };
        self.full.push(mem::replace(&mut self.filling, next));
    }

    /// How many full batches wait to be handed on.
    pub fn waiting(&self) -> usize {
        self.full.len()
    }

    /// Hands on the full batches; `false` once `take` broke off.
    pub fn hand_on(&mut self) -> bool {
        for batch in self.full.drain(..) {
            self.stopped = self.stopped || (self.take)(batch).is_break();
        }
        !self.stopped
    }

    /// Hands on everything, at the end of a read or where nothing should wait.
    pub fn hand_on_all(&mut self) -> bool {
        if !self.filling.facts.is_empty() || !self.filling.rejected.is_empty() {
            self.close();
        }
        self.hand_on()
    }
}
