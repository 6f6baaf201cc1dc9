//! A table of questions: the same rows come back with their answers, a bad row with the reason.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use chrono_tz::Tz;
use csv::{ByteRecord, ReaderBuilder, WriterBuilder};

use super::typed::{moment, pause, written};
use super::{Done, DueError};
use crate::domain::calendar::Calendar;
use crate::domain::count::{Asked, Counting, Due};
use crate::domain::limit::Limit;
use crate::domain::text::{Fault, Language, Text, say};
use crate::edge::operator;

/// The columns read, and whether a table must have them.
const ASKED: [(&str, bool); 5] =
    [("start", true), ("limit", true), ("start_day_counts", false), ("pauses", false), ("extension", false)];

/// The columns added.
const ADDED: [&str; 3] = ["due", "provisional", "error"];

/// What all rows are counted by.
pub(super) struct Table<'a> {
    pub calendar: &'a Calendar,
    pub counting: &'a Counting,
    pub zone: Tz,
    pub language: Language,
}

impl Table<'_> {
    /// Answers a file, or stdin for `-`. A file to write to appears whole or not at all.
    pub(super) fn run(
        &self,
        file: &Path,
        to: Option<&Path>,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<Done, DueError> {
        let stdin = file == Path::new("-");
        let name = if stdin { "stdin".to_owned() } else { file.display().to_string() };
        let unread = |cause: io::Error| DueError::Read { name: name.clone(), cause: operator::why(&cause) };
        let input: Box<dyn Read> =
            if stdin { Box::new(io::stdin().lock()) } else { Box::new(File::open(file).map_err(unread)?) };
        let (rows, bad) = match to {
            None => self.answer(input, &name, out, "stdout")?,
            Some(path) => {
                let target = path.display().to_string();
                let unwritten = |cause| DueError::Write { name: target.clone(), cause };
                let mut part = path.as_os_str().to_owned();
                part.push(".part");
                let mut whole = BufWriter::new(File::create(&part).map_err(unwritten)?);
                let counts = self.answer(input, &name, &mut whole, &target)?;
                whole
                    .into_inner()
                    .map_err(|cause| unwritten(cause.into_error()))?
                    .sync_all()
                    .map_err(unwritten)?;
                std::fs::rename(&part, path).map_err(unwritten)?;
                counts
            }
        };
        if bad == 0 {
            return Ok(Done::Well);
        }
        let summary = say!("due-bad_of", bad, rows).words(self.language) + "\n";
        err.write_all(summary.as_bytes())
            .map_err(|cause| DueError::Write { name: "stderr".into(), cause })?;
        Ok(Done::BadRows(bad))
    }

    /// Rows answered, and how many of them were bad.
    pub(super) fn answer(
        &self,
        input: impl Read,
        name: &str,
        out: &mut dyn Write,
        target: &str,
    ) -> Result<(u64, u64), DueError> {
        let unread = |fault: csv::Error| DueError::Read { name: name.to_owned(), cause: no_table(&fault) };
        let unwritten = |cause: csv::Error| DueError::Write { name: target.to_owned(), cause: cause.into() };
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(input);
        let mut writer = WriterBuilder::new().buffer_capacity(1 << 16).from_writer(out);
        let header = reader.byte_headers().map_err(unread)?.clone();
        let columns = columns(&header, name)?;
        let mut head = header.clone();
        ADDED.iter().for_each(|added| head.push_field(added.as_bytes()));
        writer.write_byte_record(&head).map_err(unwritten)?;
        let (mut row, mut result) = (ByteRecord::new(), ByteRecord::new());
        let (mut rows, mut bad) = (0, 0);
        while reader.read_byte_record(&mut row).map_err(unread)? {
            let answer = if row.len() == header.len() {
                self.question(&row, &columns)
            } else {
                Err(say!("due-row_length", fields = row.len(), header = header.len()))
            };
            rows += 1;
            bad += u64::from(answer.is_err());
            result.clear();
            (0..header.len()).for_each(|field| result.push_field(row.get(field).unwrap_or_default()));
            match answer {
                Ok(due) => {
                    result.push_field(written(&due.at).as_bytes());
                    result.push_field(if due.provisional { b"yes" } else { b"" });
                    result.push_field(b"");
                }
                Err(why) => ["", "", &why.words(self.language)]
                    .iter()
                    .for_each(|field| result.push_field(field.as_bytes())),
            }
            writer.write_byte_record(&result).map_err(unwritten)?;
        }
        writer.flush().map_err(|cause| DueError::Write { name: target.to_owned(), cause })?;
        Ok((rows, bad))
    }

    fn question(&self, row: &ByteRecord, columns: &[Option<usize>; 5]) -> Result<Due, Text> {
        let field = |number: usize| {
            let bytes = columns[number].and_then(|column| row.get(column)).unwrap_or_default();
            let text = std::str::from_utf8(bytes);
            text.map(str::trim).map_err(|_| say!("due-not_utf8", column = ASKED[number].0))
        };
        let start = moment(field(0)?, self.zone)?;
        let limit: Limit = field(1)?.parse::<Limit>().map_err(Text::from)?;
        let list = |text: &'_ str| -> Vec<String> {
            text.split([';', '；'])
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let pauses =
            list(field(3)?).iter().map(|text| pause(text, self.zone)).collect::<Result<Vec<_>, _>>()?;
        let extensions =
            list(field(4)?).iter().map(|text| text.parse()).collect::<Result<Vec<Limit>, Fault>>()?;
        let asked = Asked { start, limit: &limit, extensions: &extensions, pauses: &pauses };
        let counts = truth(field(2)?)?.unwrap_or(self.counting.start_day_counts);
        let due = if counts == self.counting.start_day_counts {
            self.counting.due(self.calendar, self.zone, &asked)
        } else {
            let counting = Counting { start_day_counts: counts, ..self.counting.clone() };
            counting.due(self.calendar, self.zone, &asked)
        };
        due.map_err(Text::from)
    }
}

/// Yes, no, or left open.
fn truth(text: &str) -> Result<Option<bool>, Text> {
    match text.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "true" | "1" | "yes" | "是" => Ok(Some(true)),
        "false" | "0" | "no" | "否" => Ok(Some(false)),
        _ => Err(say!("due-no_truth", text)),
    }
}

/// Why a table cannot be read on.
fn no_table(fault: &csv::Error) -> Text {
    match fault.kind() {
        csv::ErrorKind::Io(fault) => operator::why(fault),
        _ => say!("due-no_csv", words = fault.to_string()),
    }
}

/// The places of the columns asked for.
fn columns(header: &ByteRecord, name: &str) -> Result<[Option<usize>; 5], DueError> {
    let names: Vec<_> = header
        .iter()
        .map(|field| {
            String::from_utf8_lossy(field).trim_start_matches('\u{feff}').trim().to_ascii_lowercase()
        })
        .collect();
    let refuse = |cause: Text| DueError::Read { name: name.to_owned(), cause };
    if let Some(taken) = ADDED.iter().find(|added| names.iter().any(|name| name == *added)) {
        return Err(refuse(say!("due-column_taken", column = *taken)));
    }
    let mut columns = [None; 5];
    for (column, (wanted, needed)) in columns.iter_mut().zip(ASKED) {
        *column = names.iter().position(|name| name == wanted);
        if names.iter().filter(|name| *name == wanted).count() > 1 {
            return Err(refuse(say!("due-column_twice", column = wanted)));
        }
        if needed && column.is_none() {
            let found = names.join(", ");
            return Err(refuse(say!("due-column_missing", column = wanted, found)));
        }
    }
    Ok(columns)
}
