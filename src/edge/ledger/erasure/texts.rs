//! The texts that the mapping took: who did it, notes, names that are shown.

use rusqlite::params;

use super::{Eraser, Person, scope_of};
use crate::domain::erased::Field;
use crate::domain::erased::literal::Literal;

/// Where one text stands in a table: its rows by number, its column, and what field it is.
const PLAIN: [(&str, &str, Field); 4] = [
    ("\"case\"", "display", Field::Display),
    ("case_change", "display", Field::Display),
    ("recent_end", "by", Field::By),
    ("recent_end", "note", Field::Note(None)),
];

/// Whether whoever is erased was known before records were searched for him.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// He was erased before, or is told.
    Before,
    /// He is no more than a word, unless records name him.
    FromRecordsAlone,
}

/// A revision of a trace.
struct Place {
    case: i64,
    read: i64,
    row: String,
    part: i64,
    revision: i64,
}

impl Eraser<'_> {
    /// Erases what a case's mapping took, and what is quoted of it.
    pub(super) fn case(&mut self, case: i64, erasure: i64) -> rusqlite::Result<()> {
        let sql = "INSERT INTO erased_case (case_id, erasure_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.tx.prepare_cached(sql)?.execute([case, erasure])?;
        self.traces("case_id = ?1 AND ?2 IS NOT NULL", Some(case), "")?;
        for (table, column, field) in PLAIN {
            let key = if table == "\"case\"" { "id" } else { "case_id" };
            self.plain([table, column], &format!("{key} = ?1 AND ?2 IS NOT NULL"), field, Some(case), "")?;
        }
        self.quarantine(Some(case))?;
        self.reasons(Some(case))
    }

    /// Erases whatever names a person. Gives whether records do, or did.
    pub(super) fn person(
        &mut self,
        person: &Person<'_>,
        known: Known,
        erasure: i64,
    ) -> rusqlite::Result<bool> {
        let name = person.name;
        let sql = "INSERT INTO erased_name (name, characters, erasure_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        let characters = name.chars().count() as i64;
        self.tx.prepare_cached(sql)?.execute(params![self.marks.name(name), characters, erasure])?;
        let names = "?1 IS NULL AND (instr(by, ?2) > 0 OR instr(note, ?2) > 0)";
        self.traces(names, None, name)?;
        for (table, column, field) in PLAIN {
            self.plain(
                [table, column],
                &format!("?1 IS NULL AND instr({column}, ?2) > 0"),
                field,
                None,
                name,
            )?;
        }
        self.quarantine(None)?;
        let found = known == Known::Before || self.texts > 0;
        self.look_for(name, &self.marks.name(name), Field::By)?;
        if let Some(literal) = self.found.get_mut(name) {
            literal.ours |= person.only_records || !found;
        }
        self.reasons(None)?;
        Ok(found)
    }

    /// A text was erased.
    pub(super) fn erased(
        &mut self,
        text: Option<&str>,
        mark: Option<&String>,
        field: Field,
    ) -> rusqlite::Result<()> {
        if let (Some(text), Some(mark)) = (text, mark) {
            self.look_for(text, mark, field)?;
            self.texts += 1;
        }
        Ok(())
    }

    /// Has a text looked for in sentences.
    fn look_for(&mut self, text: &str, mark: &str, field: Field) -> rusqlite::Result<()> {
        let mut literal = Literal::new(text, mark, field);
        if self.found.get(text).is_some_and(|known| literal.alone || !known.alone) {
            return Ok(());
        }
        literal.ours = self.stays.ours(&literal).is_some();
        literal.longer = self.longer(text)?.into();
        self.found.insert(text.to_owned(), literal);
        Ok(())
    }

    fn traces(&mut self, of: &str, case: Option<i64>, name: &str) -> rusqlite::Result<()> {
        let sql = format!(
            "SELECT case_id, read, row, part, revision, kind, by, note FROM trace
             WHERE (by IS NOT NULL OR note IS NOT NULL) AND {of}"
        );
        let mut changed: Vec<(Place, [Option<String>; 2])> = Vec::new();
        let mut find = self.tx.prepare(&sql)?;
        let mut rows = find.query(params![case, name])?;
        while let Some(row) = rows.next()? {
            let (case_id, read, key, part) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let place = Place { case: case_id, read, row: key, part, revision: row.get(4)? };
            let kind: Option<String> = row.get(5)?;
            let (by, note): (Option<String>, Option<String>) = (row.get(6)?, row.get(7)?);
            let kind = kind.and_then(|word| word.parse().ok());
            let marks = [
                self.marks.within(scope_of(case), by.as_deref(), Field::By),
                self.marks.within(scope_of(case), note.as_deref(), Field::Note(kind)),
            ];
            self.erased(by.as_deref(), marks[0].as_ref(), Field::By)?;
            self.erased(note.as_deref(), marks[1].as_ref(), Field::Note(kind))?;
            if let (Some(note), Some(_), Some(kind)) = (&note, &marks[1], kind) {
                self.spelled(kind.word(), note)?;
            }
            if marks.iter().any(Option::is_some) {
                changed.push((place, marks));
            }
        }
        let sql = "UPDATE trace SET by = coalesce(?6, by), note = coalesce(?7, note)
                   WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND part = ?4 AND revision = ?5";
        for (Place { case, read, row, part, revision }, [by, note]) in changed {
            self.tx.prepare_cached(sql)?.execute(params![case, read, row, part, revision, by, note])?;
        }
        Ok(())
    }

    /// Evidence finds the case by the marks of the keys that its note names from now on.
    fn spelled(&self, kind: &str, note: &str) -> rusqlite::Result<()> {
        let gone = "DELETE FROM note_form WHERE kind = ?1 AND note = ?2 RETURNING form";
        let forms: Vec<String> = {
            let mut gone = self.tx.prepare_cached(gone)?;
            gone.query_map([kind, note], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        for form in forms {
            let sql = "INSERT INTO note_form VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
            let values = [kind, &self.marks.of(&form), &self.marks.of(note)];
            self.tx.prepare_cached(sql)?.execute(values)?;
        }
        Ok(())
    }

    fn plain(
        &mut self,
        [table, column]: [&str; 2],
        of: &str,
        field: Field,
        case: Option<i64>,
        name: &str,
    ) -> rusqlite::Result<()> {
        let kind = if table == "recent_end" { "kind" } else { "NULL" };
        let sql = format!("SELECT rowid, {column}, {kind} FROM {table} WHERE {column} IS NOT NULL AND {of}");
        let mut find = self.tx.prepare(&sql)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let rows: Vec<(i64, String, Option<String>)> =
            find.query_map(params![case, name], read)?.collect::<Result<_, _>>()?;
        let sql = format!("UPDATE {table} SET {column} = ?2 WHERE rowid = ?1");
        for (id, text, kind) in rows {
            let field = match field {
                Field::Note(_) => Field::Note(kind.and_then(|word| word.parse().ok())),
                other => other,
            };
            let mark = self.marks.within(scope_of(case), Some(&text), field);
            self.erased(Some(&text), mark.as_ref(), field)?;
            if let Some(mark) = mark {
                self.tx.prepare_cached(&sql)?.execute(params![id, mark])?;
            }
        }
        Ok(())
    }
}
