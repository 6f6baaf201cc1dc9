//! Every source opened as it is configured: whether its tables, columns and codes are there, and its first rows as the cases they
//! become. Nothing is kept, and nothing is written.

use std::collections::BTreeSet;
use std::io::Write;
use std::time::Duration;

use chrono_tz::Tz;

use super::codes::UnknownCodes;
use super::fact::shown;
use crate::domain::now::{Clock, Now};
use crate::domain::policy::Policy;
use crate::domain::record::connection::SourceKind;
use crate::domain::record::mapping::{ReadSpec, SourceSpec};
use crate::domain::record::{Batch, Fact, Rejected};
use crate::domain::text::{Language, Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::source::{self, FirstRows, Remark, SourceError, within};
use crate::failure::{ExitCode, Failure};

/// Rows that are shown of a read.
const ROWS: usize = 3;
/// The same of a program, of which nothing else can be looked at.
const OF_PROGRAM: usize = 10;

/// Files that are named as they cannot be read.
const FILES: usize = 20;

/// Files that are named as they are none of the source's.
const PASSED_OVER: usize = 8;

/// A source that gives no row for so long is left.
const AT_MOST: Duration = Duration::from_secs(30);

/// Looks into every source, each read for itself, so that no mistake hides another.
///
/// # Errors
/// Where a read cannot be read: the configuration does not fit what is there.
pub(super) fn look(
    policy: &Policy,
    sources: &[SourceSpec],
    now: &Now,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (mut failed, mut warned) = (0_u32, false);
    for spec in sources {
        let Some(warns) = about(spec, policy.zone, language, out)? else {
            failed += 1;
            continue;
        };
        warned |= warns;
        for read in &spec.reads {
            let (source, name) = (&spec.name, &read.name);
            writeln!(out, "{}", say!("check-source", source, read = name).words(language))?;
            let one = SourceSpec { reads: vec![read.clone()], ..spec.clone() };
            match first_rows(&one, now) {
                Ok(seen) => {
                    rows(&seen, policy, language, out)?;
                    let no_times = seen.no_times(read);
                    if let Some(why) = &no_times {
                        writeln!(out, "  ! {}", why.words(language))?;
                    }
                    for code in seen.codes.said(read) {
                        writeln!(out, "  ! {}", code.words(language))?;
                    }
                    failed +=
                        u32::from(!seen.found.unread.is_empty() || no_times.is_some() || seen.codes.any());
                }
                Err(error) => {
                    failed += 1;
                    writeln!(out, "  ! {}", error.for_operator().words(language))?;
                }
            }
        }
    }
    match failed {
        0 if warned => Err(Failure::new(ExitCode::Partly, say!("check-wants").words(language))),
        0 => Ok(()),
        failed => Err(Failure::new(ExitCode::Config, say!("check-unread", count = failed).words(language))),
    }
}

/// Says what the source says of itself; whether something should be done about it. `None`: it could not be asked at all.
fn about(
    spec: &SourceSpec,
    zone: Tz,
    language: Language,
    out: &mut dyn Write,
) -> Result<Option<bool>, Failure> {
    if !spec.connection.kind().is_server() {
        return Ok(Some(false));
    }
    writeln!(out, "{}", say!("check-server", source = &spec.name).words(language))?;
    // Their clock is compared with ours of this very moment.
    let asked = source::looked_at(spec, AT_MOST, &|| SystemClock::new(zone).now());
    match &asked {
        Ok(remarks) => {
            for Remark { text, warning } in remarks {
                let mark = if *warning { "!" } else { "·" };
                writeln!(out, "  {mark} {}", text.words(language))?;
            }
        }
        Err(error) => writeln!(out, "  ! {}", error.for_operator().words(language))?,
    }
    Ok(asked.ok().map(|remarks| remarks.iter().any(|remark| remark.warning)))
}

/// What the first rows of a read say.
#[derive(Default)]
struct Seen {
    /// Rows that are shown.
    most: usize,
    facts: Vec<Fact>,
    /// Some trace says a time.
    has_time: bool,
    /// Columns in which something cannot be read.
    in_doubt: BTreeSet<String>,
    /// Why others cannot be read.
    reasons: Vec<Text>,
    /// Codes that the mapping does not know.
    codes: UnknownCodes,
    found: FirstRows,
}

fn first_rows(spec: &SourceSpec, now: &Now) -> Result<Seen, SourceError> {
    let most = if spec.connection.kind() == SourceKind::Program { OF_PROGRAM } else { ROWS };
    let mut seen = Seen { most, ..Seen::default() };
    seen.found = within(AT_MOST, &|| false, |over| {
        let mut source = source::open(spec);
        source.end_when(over);
        source.first_rows(now, &mut |batch| seen.take(batch))
    })?;
    Ok(seen)
}

impl Seen {
    fn take(&mut self, batch: Batch) {
        for cell in batch.facts.iter().flat_map(|fact| fact.in_doubt.iter()).flat_map(|it| &it.cells) {
            self.refuse(cell);
        }
        for row in &batch.rejected {
            self.refuse(row);
        }
        self.has_time |= batch.facts.iter().any(|fact| fact.traces.iter().any(|(_, trace)| trace.is_some()));
        let room = self.most.saturating_sub(self.facts.len());
        self.facts.extend(batch.facts.into_iter().take(room));
    }
}

impl Seen {
    fn refuse(&mut self, cell: &Rejected) {
        if !self.codes.take(cell) {
            self.reasons.push(cell.reason.clone());
        }
        self.in_doubt.extend(cell.column.clone());
    }

    /// That not one time of the traces of a read can be read, and some stand there.
    fn no_times(&self, read: &ReadSpec) -> Option<Text> {
        let columns = read.traces.iter().map(|trace| &trace.at).filter(|it| self.in_doubt.contains(*it));
        let columns: BTreeSet<&String> = columns.collect();
        let named = Text::list(columns.iter().map(|name| say!("cell-quoted", shown = *name)), "list-comma");
        (!self.has_time && !columns.is_empty()).then(|| say!("check-no_times", columns = named))
    }
}

fn rows(seen: &Seen, policy: &Policy, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    let found = &seen.found;
    if seen.facts.is_empty() && seen.reasons.is_empty() && !seen.codes.any() && found.unread.is_empty() {
        writeln!(out, "  {}", say!("check-no_rows").words(language))?;
    }
    for fact in &seen.facts {
        writeln!(out, "  {}", shown(fact, policy, language))?;
    }
    for reason in seen.reasons.iter().take(ROWS) {
        writeln!(out, "  ! {}", reason.words(language))?;
    }
    if seen.reasons.len() > ROWS {
        let more = say!("check-more_unread", count = seen.reasons.len() - ROWS);
        writeln!(out, "  ! {}", more.words(language))?;
    }
    for why in found.unread.iter().take(FILES) {
        writeln!(out, "  ! {}", why.words(language))?;
    }
    if found.unread.len() > FILES {
        let more = say!("check-more_files", count = found.unread.len() - FILES);
        writeln!(out, "  ! {}", more.words(language))?;
    }
    if !found.passed_over.is_empty() {
        let names = found.passed_over.iter().take(PASSED_OVER).map(|name| Text::from(name.as_str()));
        let names = Text::list(names, "list-comma");
        let said = match found.passed_over.len().saturating_sub(PASSED_OVER) {
            0 => say!("check-passed_over", names),
            more => say!("check-passed_over_more", names, more),
        };
        writeln!(out, "  ! {}", said.words(language))?;
    }
    if !found.never_seen.is_empty() {
        let names = Text::list(found.never_seen.iter().map(|name| Text::from(name.as_str())), "list-comma");
        writeln!(out, "  ! {}", say!("status-never_seen", names).words(language))?;
    }
    if found.older > 0 {
        writeln!(out, "  · {}", say!("check-older_files", count = found.older).words(language))?;
    }
    Ok(())
}
