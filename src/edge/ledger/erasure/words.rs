//! Letters without what was erased. One that waits is sent without it; one that left stays as it is in the mailbox it went to.

use rusqlite::params;

use super::super::stored::instant;
use super::super::{LedgerError, cannot};
use super::reasons::{quoted, without};
use super::{Eraser, Left};
use crate::domain::erased::literal::Literal;

/// Letters that may say what was erased.
#[derive(Debug, Clone, Copy)]
pub(super) enum LettersOf<'n> {
    /// All.
    All,
    /// Those that tell of a case of this number, or name it.
    Number(&'n str),
    /// Those that tell of findings on a case.
    Findings(i64),
}

/// How the words of a letter are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As text.
    Text,
    /// As a page, with tags.
    Page,
}

/// A text as a page writes it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

/// A page or text as it is read: without tags, breaks and spaces, which may stand within what was erased; and where each of its bytes
/// stands.
fn as_read(text: &str, form: Form) -> (String, Vec<usize>) {
    let page = form == Form::Page;
    let (mut shown, mut places, mut tag) = (String::new(), Vec::new(), false);
    for (at, c) in text.char_indices() {
        let is_tag = tag || page && c == '<';
        tag = page && if tag { c != '>' } else { c == '<' };
        if !(is_tag || c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}')) {
            shown.push(c);
            places.extend(at..at + c.len_utf8());
        }
    }
    (shown, places)
}

impl Eraser<'_> {
    /// Takes what was erased out of the letters that tell of a case, or out of all. Gives those that had left.
    pub(super) fn letters(&mut self, of: LettersOf<'_>, changed: &mut u64) -> Result<Vec<Left>, LedgerError> {
        let fail = cannot("erase personal text in letters");
        let literals = quoted(&self.found);
        let (case, number) = match of {
            LettersOf::All => (None, None),
            LettersOf::Number(number) => (None, Some(number)),
            LettersOf::Findings(case) => (Some(case), None),
        };
        if literals.is_empty() {
            return Ok(Vec::new());
        }
        let pages: Vec<Literal> = literals.iter().map(|literal| literal.written(escaped)).collect();
        let sql = "SELECT id, subject, text, html, message_id, to_address, written_at, handed_at IS NOT NULL OR sent_at IS NOT NULL
                   FROM letter WHERE (?1 IS NULL AND ?2 IS NULL) OR instr(subject, ?2) > 0 OR instr(text, ?2) > 0 OR id IN (SELECT t.letter_id FROM letter_event AS t
                       JOIN finding_event AS e ON e.id = t.event_id JOIN finding AS f ON f.id = e.finding_id WHERE f.case_id = ?1
                           OR f.case_id IN (SELECT id FROM \"case\" WHERE number = ?2))";
        let mut find = self.tx.prepare(sql).map_err(&fail)?;
        let mut rows = find.query(params![case, number]).map_err(&fail)?;
        let mut left = Vec::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let id: i64 = row.get(0).map_err(&fail)?;
            let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
            let (subject, words, html) = (text(1)?, text(2)?, text(3)?);
            let after = [
                without(&subject, &literals),
                whole(&words, &literals, &literals, Form::Text),
                whole(&html, &pages, &literals, Form::Page),
            ];
            let files = self.attachments(id, &literals).map_err(&fail)?;
            if after.iter().all(Option::is_none) && !files {
                continue;
            }
            let [subject_after, words_after, html_after] = after;
            let sql = "UPDATE letter SET subject = ?2, text = ?3, html = ?4 WHERE id = ?1";
            let values = params![
                id,
                subject_after.unwrap_or(subject),
                words_after.unwrap_or(words),
                html_after.unwrap_or(html)
            ];
            self.tx.prepare_cached(sql).and_then(|mut it| it.execute(values)).map_err(&fail)?;
            *changed += 1;
            if row.get(7).map_err(&fail)? {
                left.push(Left { message_id: text(4)?, address: text(5)?, written_at: instant(&text(6)?)? });
            }
        }
        Ok(left)
    }

    /// A list that goes with a letter becomes a table in text, as a workbook cannot be changed in its place.
    fn attachments(&self, letter: i64, literals: &[Literal]) -> rusqlite::Result<bool> {
        let sql = "SELECT place, name, coalesce(as_text, iif(media_type LIKE 'text/%', CAST(content AS TEXT), NULL))
                   FROM letter_attachment WHERE letter_id = ?1 AND shown_as IS NULL";
        let mut find = self.tx.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let files: Vec<(i64, String, Option<String>)> =
            find.query_map([letter], read)?.collect::<Result<_, _>>()?;
        let mut changed = false;
        for (place, name, text) in files {
            let Some(after) = text.and_then(|text| without(&text, literals)) else { continue };
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let sql =
                "UPDATE letter_attachment SET name = ?3, media_type = 'text/csv', content = ?4, as_text = ?5
                       WHERE letter_id = ?1 AND place = ?2";
            let values = params![letter, place, format!("{stem}.csv"), after.as_bytes(), after];
            self.tx.prepare_cached(sql)?.execute(values)?;
            changed = true;
        }
        Ok(changed)
    }
}

/// A text without the literals as it writes them, and without those that can be read in it, broken by lines or tags, which stay.
fn whole(text: &str, written: &[Literal], read: &[Literal], form: Form) -> Option<String> {
    let mut after = without(text, written);
    let mut shown = as_read(after.as_deref().unwrap_or(text), form);
    for literal in read.iter().filter(|literal| literal.is_anywhere()) {
        let bare = |text: &str| match form {
            Form::Text => as_read(text, Form::Text).0,
            Form::Page => as_read(&escaped(text), Form::Text).0,
        };
        if let Some(rest) = broken(after.as_deref().unwrap_or(text), &shown, &literal.written(bare), form) {
            shown = as_read(&rest, form);
            after = Some(rest);
        }
    }
    after
}

/// A text without a literal that can be read in what is `shown` of it.
fn broken(
    text: &str,
    (shown, places): &(String, Vec<usize>),
    literal: &Literal,
    form: Form,
) -> Option<String> {
    let found = literal.places(shown);
    let (mut said, mut from) = (String::new(), 0);
    for at in &found {
        let (first, last) = (places[*at], places[at + literal.text.len() - 1] + 1);
        said.push_str(&text[from..first]);
        said.push_str(&literal.mark);
        if form == Form::Page {
            said.extend(text[first..last].split_inclusive('>').filter_map(|it| it.get(it.find('<')?..)));
        }
        from = last;
    }
    said.push_str(&text[from..]);
    (!found.is_empty()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::erased::Field;

    fn erased(text: &str, form: Form) -> Option<String> {
        let literals = [Literal::new("张三的厂房", "〔〕", Field::Display)];
        whole(text, &literals, &literals, form)
    }

    /// A line that breaks within it, or a tag, does not keep what was erased; and what is beside it stays.
    #[test]
    fn what_is_broken_over_lines_or_tags_is_erased_and_the_rest_stays() {
        assert_eq!(erased("办件 张三的厂房：超期", Form::Text).as_deref(), Some("办件 〔〕：超期"));
        assert_eq!(erased("办件 张三的\n  厂房：超期", Form::Text).as_deref(), Some("办件 〔〕：超期"));
        let page = "<p>张三<b>的</b>厂 房</p><p>张\n三的<br>厂房，李四</p>";
        assert_eq!(erased(page, Form::Page).as_deref(), Some("<p>〔〕<b></b></p><p>〔〕<br>，李四</p>"));
        assert_eq!(
            erased("<p title='张三的厂房'>x</p>", Form::Page).as_deref(),
            Some("<p title='〔〕'>x</p>")
        );
        assert_eq!(erased("李四的厂房", Form::Text), None);
        assert_eq!(as_read("a <b\nc> d\u{200b}e", Form::Page), ("ade".to_owned(), vec![0, 8, 12]));
    }
}
