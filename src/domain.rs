//! The law: values in, values out. Nothing here asks the time or touches disk, network or environment. It stands in floors: each
//! part uses only what comes before it in this list, which is also the order in which to read it.

/// Words of values, and sentences in both languages.
pub mod text;

/// The instant and the day of a round: time enters as a value.
pub mod now;

/// Steps of the machine's clock, and what confirms them.
pub mod time_step;

/// A short digest of texts.
pub mod digest;

/// The wall clock of a zone.
mod zone;

/// A moment of a record: an instant, or a bare day.
pub mod moment;

/// A part of every year.
pub mod season;

/// A limit: an amount and a unit.
pub mod limit;

/// A card, and how a rule gives one.
pub mod card;

/// Working days.
pub mod calendar;

/// What a source says: cases, traces, cells that cannot be read.
pub mod record;

/// Personal text that was erased, and what stands in its place.
pub mod erased;

/// Who does what, within which limits, and who is told.
pub mod registry;

/// Days as letters and sentences write them.
mod days;

/// Counting from a start, a limit, pauses and extensions to a due moment.
pub mod count;

/// The law's limits, article by article.
pub mod statute;

/// Everything that judges, as one value with one version.
pub mod policy;

/// One limit running on one case.
pub mod clock;

/// A finding: its key, its standing, its changes.
pub mod finding;

/// What is known of a case when it is judged.
pub mod case_file;

/// Facts of many cases.
pub mod stock;

/// Why a finding is raised: one file per rule.
pub mod rules;

/// The rules over many cases, one after the other.
pub mod patterns;

/// What a round will do with a case.
pub mod plan;

/// A change of what judges, and whether it waits for a person.
pub mod adoption;

/// What a person does with a card.
pub mod card_action;

/// How much of the work is visible.
pub mod coverage;

/// The figures of a period.
pub mod bulletin;

/// How things stand at one moment.
pub mod overview;

/// Letters: who is told what, in which words.
pub mod letter;

/// What nobody is told for a while.
pub mod silence;

/// Cases drawn for inspection.
pub mod sample;
