//! The reasons of rows that are in quarantine, and of findings and due moments, without what was erased.

use std::collections::BTreeMap;

use rusqlite::params;

use super::super::events::rules;
use super::{Eraser, scope_of};
use crate::domain::erased::literal::Literal;
use crate::domain::erased::{Field, NameStands};
use crate::domain::rules::KNOWN_BY_TEXT;
use crate::domain::text::{Kept, Sentence, Text, say};

/// The literals that a reason may quote, the longest first: the first characters of a long one too. Words of ours stay.
pub(super) fn quoted(found: &BTreeMap<String, Literal>) -> Vec<Literal> {
    const QUOTED: usize = 40;
    let looked_for = || found.values().filter(|literal| !literal.ours);
    let mut all: Vec<Literal> = looked_for().cloned().collect();
    let short = |literal: &Literal| {
        let begins: String = literal.text.chars().take(QUOTED).collect();
        (begins.len() < literal.text.len()).then(|| Literal { text: begins, ..literal.clone() })
    };
    all.extend(looked_for().filter_map(short));
    all.sort_by_key(|literal| std::cmp::Reverse(literal.text.len()));
    all
}

/// A text without any of the literals; `None`: it has none of them.
pub(super) fn without(text: &str, literals: &[Literal]) -> Option<String> {
    let mut said: Option<String> = None;
    for literal in literals {
        said = literal.replaced_in(said.as_deref().unwrap_or(text)).or(said);
    }
    said
}

/// The literals as they stand in JSON.
fn in_json(literals: &[Literal]) -> Vec<Literal> {
    let json = |text: &str| {
        let quoted = serde_json::json!(text).to_string();
        quoted[1..quoted.len() - 1].to_owned()
    };
    literals.iter().map(|literal| literal.written(json)).collect()
}

/// A row that gives a reason, as it is to stand.
struct Reason {
    id: i64,
    zh: String,
    en: String,
    data: Option<String>,
}

impl Eraser<'_> {
    /// Reasons of rows in quarantine: all of a case, or those that name somebody.
    pub(super) fn quarantine(&mut self, case: Option<i64>) -> rusqlite::Result<()> {
        let of = match case {
            Some(_) => "(source_id, case_number) = (SELECT source_id, number FROM \"case\" WHERE id = ?1)",
            None => "?1 IS NULL",
        };
        let sql = format!(
            "SELECT id, reason, coalesce(reason_zh, reason), reason_data, row, case_number, column_name, unmapped_code
             FROM quarantine_row WHERE {of}"
        );
        let mut find = self.tx.prepare(&sql)?;
        let mut rows = find.query(params![case])?;
        let mut taken: Vec<(String, String)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, en, zh): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let data: Option<String> = row.get(3)?;
            let place: String = row.get(4)?;
            let more: [Option<String>; 3] = [row.get(5)?, row.get(6)?, row.get(7)?];
            // As the intake does it.
            let known = more.iter().flatten().chain([&place]).map(String::as_str).collect::<Vec<_>>();
            let before = Kept::new(Sentence { zh, en }, data.as_deref());
            let names = |text: &str| self.marks.names(text, NameStands::Anywhere);
            let after: Text = match &before.text {
                Some(text) => {
                    let mut quoted = |text: &str, mark: &str| taken.push((text.to_owned(), mark.to_owned()));
                    self.marks.in_reason(text.clone(), scope_of(case), &known, &mut quoted)
                }
                // Of an earlier program: nobody can tell what of it is a quotation.
                None if case.is_some() || names(&before.words.en) || names(&before.words.zh) => {
                    say!("forget-reason", mark = self.marks.name(&before.words.en))
                }
                None => continue,
            };
            let Sentence { zh, en } = after.sentence();
            if en == before.words.en && zh == before.words.zh {
                continue;
            }
            let sql = "UPDATE quarantine_row SET reason = ?2, reason_zh = ?3, reason_data = ?4 WHERE id = ?1";
            self.tx.prepare_cached(sql)?.execute(params![id, en, zh, after.data()])?;
            self.texts += 1;
        }
        for (text, mark) in taken {
            self.erased(Some(&text), Some(&mark), Field::Note(None))?;
        }
        Ok(())
    }

    /// What findings on a case, and the moves of its due moments, quote of it; `None`: those of all cases.
    pub(super) fn reasons(&mut self, case: Option<i64>) -> rusqlite::Result<()> {
        let of = if case.is_some() {
            "finding_id IN (SELECT id FROM finding WHERE case_id = ?1)"
        } else {
            "?1 IS NULL"
        };
        self.reasons_in("finding_event", of, case)?;
        self.reasons_in("deadline_change", if case.is_some() { "case_id = ?1" } else { "?1 IS NULL" }, case)
    }

    fn reasons_in(&mut self, table: &str, of: &str, case: Option<i64>) -> rusqlite::Result<()> {
        let literals = quoted(&self.found);
        if literals.is_empty() {
            return Ok(());
        }
        let data_literals = in_json(&literals);
        let sql = format!("SELECT id, why, why_en, why_data FROM {table} WHERE {of}");
        let mut find = self.tx.prepare(&sql)?;
        let mut rows = find.query(params![case])?;
        let mut changed: Vec<Reason> = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, zh, en): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let data: Option<String> = row.get(3)?;
            let after = [without(&zh, &literals), without(&en, &literals)];
            let data_after = data.as_deref().and_then(|data| without(data, &data_literals));
            if after.iter().all(Option::is_none) && data_after.is_none() {
                continue;
            }
            let [zh_after, en_after] = after;
            let (zh, en) = (zh_after.unwrap_or(zh), en_after.unwrap_or(en));
            changed.push(Reason { id, zh, en, data: data_after.or(data) });
        }
        let sql = format!("UPDATE {table} SET why = ?2, why_en = ?3, why_data = ?4 WHERE id = ?1");
        for Reason { id, zh, en, data } in changed {
            self.tx.prepare_cached(&sql)?.execute(params![id, zh, en, data])?;
            self.texts += 1;
        }
        Ok(())
    }

    /// What findings over many cases, which no case has, quote in their reasons and are known by.
    pub(super) fn over_cases(&mut self) -> rusqlite::Result<()> {
        self.reasons_in(
            "finding_event",
            "finding_id IN (SELECT id FROM finding WHERE case_id IS NULL) AND ?1 IS NULL",
            None,
        )?;
        let sql = format!(
            "SELECT id, subject FROM finding WHERE case_id IS NULL AND rule IN ({})",
            rules(KNOWN_BY_TEXT)
        );
        let mut find = self.tx.prepare(&sql)?;
        let known: Vec<(i64, String)> =
            find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        for (id, subject) in known {
            let begins = |text: &str| text.chars().take(40).collect::<String>();
            let named = |Literal { text, mark, .. }: &Literal| {
                let (short, as_mark) = (begins(text), begins(mark));
                let behind = subject.strip_suffix(&short).filter(|unit| unit.ends_with(' '));
                let before = || subject.strip_prefix(text.as_str()).filter(|rest| rest.starts_with(' '));
                behind.map(|unit| format!("{unit}{as_mark}")).or_else(|| Some(format!("{mark}{}", before()?)))
            };
            if let Some(subject) = self.found.values().find_map(named) {
                let sql = "UPDATE finding SET subject = ?2 WHERE id = ?1";
                self.tx.prepare_cached(sql)?.execute(params![id, subject])?;
                self.texts += 1;
            }
        }
        Ok(())
    }
}
