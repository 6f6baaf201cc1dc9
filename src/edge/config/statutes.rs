//! The statute library: the files inside the program, or a folder of files of the same form in their stead.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use toml::de::DeTable;

use super::files::Files;
use super::pause_times::{pause_limit, pause_times};
use super::problems::{Problems, TomlText};
use super::syntax::syntax;
use super::written::{At, Table};
use crate::domain::digest::digest;
use crate::domain::limit::{Limit, LimitSource, LimitUnit};
use crate::domain::statute::{
    Correction, Direction, Exclusion, Expiry, Extension, Keeper, Statute, Statutes, UnitSource,
    version_faults,
};
use crate::domain::text::{Sentence, say};
use crate::edge::operator;

/// What ships inside the program.
const SHIPPED: [(&str, &str); 9] = [
    ("licensing.toml", include_str!("../../../config/statutes/licensing.toml")),
    ("disclosure.toml", include_str!("../../../config/statutes/disclosure.toml")),
    ("reconsideration.toml", include_str!("../../../config/statutes/reconsideration.toml")),
    ("petition.toml", include_str!("../../../config/statutes/petition.toml")),
    ("penalty.toml", include_str!("../../../config/statutes/penalty.toml")),
    ("compulsion.toml", include_str!("../../../config/statutes/compulsion.toml")),
    ("hunan.toml", include_str!("../../../config/statutes/hunan.toml")),
    ("sector.toml", include_str!("../../../config/statutes/sector.toml")),
    ("local.toml", include_str!("../../../config/statutes/local.toml")),
];

/// The library inside the program.
pub fn embedded() -> &'static Statutes {
    static EMBEDDED: LazyLock<Statutes> = LazyLock::new(|| {
        let files = SHIPPED.map(|(name, text)| (name.to_owned(), text.to_owned()));
        parse(Path::new("config/statutes"), &files).expect("the embedded files are read by a test")
    });
    &EMBEDDED
}

/// Reads every `.toml` file of a folder.
///
/// # Errors
/// All mistakes of all files.
pub fn read(folder: &Path) -> Result<Statutes, Problems> {
    read_by(&Files::default(), folder)
}

/// The same by the files of a configuration.
pub(super) fn read_by(files: &Files, folder: &Path) -> Result<Statutes, Problems> {
    let files = texts(files, folder).map_err(|error| {
        let mut problems = Problems::default();
        problems.add(folder, None, "", say!("config-statutes_unread", why = operator::why(&error)));
        problems
    })?;
    if files.is_empty() {
        let mut problems = Problems::default();
        problems.add(folder, None, "", say!("config-no_toml"));
        return Err(problems);
    }
    parse(folder, &files)
}

fn texts(files: &Files, folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for path in files.list(folder)? {
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            texts.push((name, files.read_to_string(&path)?));
        }
    }
    texts.sort();
    Ok(texts)
}

/// Reads the library from the texts of its files, by name.
///
/// # Errors
/// All mistakes of all files.
pub fn parse(folder: &Path, files: &[(String, String)]) -> Result<Statutes, Problems> {
    let problems = RefCell::new(Problems::default());
    let mut rules: BTreeMap<String, Statute> = BTreeMap::new();
    let mut places = BTreeMap::new();
    for (name, text) in files {
        let path = folder.join(name);
        let source = TomlText { file: &path, text: text.strip_prefix('\u{feff}').unwrap_or(text) };
        let (table, errors) = DeTable::parse_recoverable(source.text);
        for error in &errors {
            problems.borrow_mut().at(&source, &error.span().unwrap_or(0..0), "", syntax(error.message()));
        }
        let whole = Table::whole(source, table.get_ref(), &problems);
        let common = Common::read(&whole);
        for (id, table) in whole.named("rule") {
            if rules.contains_key(&id.value) {
                whole.wrong(&id, say!("config-rule_twice"));
                continue;
            }
            places.insert(id.value.clone(), (path.clone(), source.text.to_owned(), id.span.clone()));
            if let Some(rule) = rule(&id.value, &table, &common) {
                rules.insert(id.value, rule);
            }
            table.nothing_else();
        }
        whole.nothing_else();
    }
    let mut problems = problems.into_inner();
    // A rule that could not be read would make its successor look as if it followed nothing.
    if !problems.any() {
        for (id, message) in version_faults(&rules) {
            let (file, text, span) = &places[&id];
            problems.at(&TomlText { file, text }, span, &format!("rule.{id}"), message);
        }
    }
    if problems.any() {
        return Err(problems);
    }
    let content: Vec<String> = rules.values().map(|rule| format!("{rule:?}")).collect();
    Ok(Statutes { rules, version: format!("{:012x}", digest(&content) >> 16) })
}

/// What the rules of a file have in common.
struct Common {
    law: Sentence,
    source: Option<String>,
    grade: Option<char>,
}

impl Common {
    fn read(file: &Table<'_>) -> Self {
        let required = |key| file.required(key).map(|at| at.value).unwrap_or_default();
        Self {
            law: Sentence { zh: required("law"), en: required("law_en") },
            source: file.text("source").map(|at| at.value),
            grade: grade(file),
        }
    }
}

fn grade(table: &Table<'_>) -> Option<char> {
    let at = table.text("grade")?;
    match at.value.as_str() {
        "A" => Some('A'),
        "B" => Some('B'),
        "C" => Some('C'),
        _ => {
            table.wrong(&at, say!("config-grade"));
            None
        }
    }
}

fn bilingual(table: &Table<'_>, zh: &'static str, en: &'static str) -> Option<Sentence> {
    let (zh, en) = (table.required(zh), table.required(en));
    Some(Sentence { zh: zh?.value, en: en?.value })
}

fn maybe_bilingual(table: &Table<'_>, zh: &'static str, en: &'static str) -> Option<Sentence> {
    match (table.text(zh), table.text(en)) {
        (Some(zh), Some(en)) => Some(Sentence { zh: zh.value, en: en.value }),
        (None, None) => None,
        (Some(at), None) => {
            table.wrong(&at, say!("config-in_english", key = en));
            None
        }
        (None, Some(at)) => {
            table.wrong(&at, say!("config-in_chinese", key = zh));
            None
        }
    }
}

fn rule(id: &str, table: &Table<'_>, common: &Common) -> Option<Statute> {
    let limit = required_limit(table);
    let marks = |key| {
        let marks = table.parsed_list(key);
        if marks.as_ref().is_none_or(Vec::is_empty) {
            table.wrong(&table.place(), say!("config-no_marks", key));
        }
        marks
    };
    let (starts, stops) = (marks("starts"), marks("stops"));
    let (article, step) = (bilingual(table, "article", "article_en"), bilingual(table, "step", "step_en"));
    let valid_from = table.day("valid_from");
    if valid_from.is_none() {
        table.lacks(&["valid_from"], table.place(), say!("config-no_valid_from"));
    }
    let valid_to = table.day("valid_to");
    if let (Some(from), Some(to)) = (&valid_from, &valid_to)
        && to.value < from.value
    {
        table.wrong(to, say!("config-ends_first"));
    }
    let source = table.text("source").map(|at| at.value).or_else(|| common.source.clone());
    if source.is_none() {
        table.lacks(&["source"], table.place(), say!("config-no_source"));
    }
    let law = maybe_bilingual(table, "law", "law_en").unwrap_or_else(|| common.law.clone());
    let exclusion = exclusion(table, &law.zh);
    let extension = extension(table, limit.as_ref());
    Some(Statute {
        id: id.to_owned(),
        law,
        article: article?,
        step: step?,
        follows: table.text("follows").map(|at| at.value),
        valid_from: valid_from?.value,
        valid_to: valid_to.map(|at| at.value),
        starts: starts?,
        stops: stops?,
        limit: limit?.value,
        date_by_notice: table.text("date_by_notice").map(|at| at.value),
        repeats: table.truth("repeats").is_some_and(|at| at.value),
        direction: table.parsed("direction").map_or(Direction::Forward, |at| at.value),
        start_day_counts: table.truth("start_day_counts").is_some_and(|at| at.value),
        roll_last_day: table.truth("roll_last_day").is_none_or(|at| at.value),
        unit_source: table.parsed("unit_source").map_or(UnitSource::Text, |at| at.value),
        exclusion,
        extension,
        correction: table.parsed("correction").map_or(Correction::Nothing, |at| at.value),
        keeper: table.parsed("keeper").map_or(Keeper::Unit, |at| at.value),
        conditional: table.truth("conditional").is_some_and(|at| at.value),
        covered_by: table.text("covered_by").map(|at| at.value),
        on_expiry: table.parsed("on_expiry").map_or(Expiry::Overdue, |at| at.value),
        note: maybe_bilingual(table, "note", "note_en").unwrap_or_default(),
        source: source?,
        grade: grade(table).or(common.grade).unwrap_or('C'),
    })
}

fn required_limit(table: &Table<'_>) -> Option<At<LimitSource>> {
    let limit = table.parsed::<LimitSource>("limit");
    let fits = |at: &At<LimitSource>| matches!(at.value, LimitSource::Fixed(_) | LimitSource::Granted);
    if !limit.as_ref().is_some_and(fits) {
        table.lacks(&["limit"], table.place(), say!("config-no_limit"));
        return None;
    }
    limit
}

/// What is left out: a list of causes, or only a duty to tell how long.
fn exclusion(table: &Table<'_>, law: &str) -> Option<Exclusion> {
    let causes = table.texts("pauses");
    let article = table.text("pause_article");
    let notice = table.truth("pause_notice");
    let (limit, times) = (pause_limit(table), pause_times(table, law));
    let keeper = table.parsed::<Keeper>("pause_keeper");
    if causes.is_none() && notice.is_none() {
        if let Some(at) = article {
            table.wrong(&at, say!("config-no_pauses"));
        }
        return None;
    }
    Some(Exclusion {
        causes: causes.unwrap_or_default().into_iter().map(|at| at.value).collect(),
        article: article.map(|at| at.value),
        notice_required: notice.is_some_and(|at| at.value),
        limit,
        times,
        keeper: keeper.map_or(Keeper::Unit, |at| at.value),
    })
}

fn extension(table: &Table<'_>, limit: Option<&At<LimitSource>>) -> Option<Extension> {
    let by = table.parsed::<Limit>("extension");
    let times = table.number("extension_times").map_or(1, |at| at.value);
    let approver = maybe_bilingual(table, "extension_approver", "extension_approver_en");
    let by = by?;
    if let Some(limit) = limit
        && unit(&limit.value) != unit(&LimitSource::Fixed(by.value.clone()))
    {
        table.wrong(&by, say!("config-other_unit", limit = limit.value.to_string()));
    }
    if approver.is_none() {
        table.wrong(&by, say!("config-no_approver"));
    }
    Some(Extension { by: by.value, times, approver: approver? })
}

fn unit(limit: &LimitSource) -> Option<LimitUnit> {
    match limit {
        LimitSource::Fixed(Limit::Span { unit, .. }) => Some(*unit),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
