//! `jianchad law`: the law's limits, listed, or one in full.

mod json;

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use self::json::as_json;
use super::table::List;
use super::{Format, Show, not_found};
use crate::domain::limit::LimitSource;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::statute::{
    Correction, Direction, Exclusion, Expiry, Extension, Keeper, Mark, Statute, Statutes, UnitSource,
};
use crate::domain::text::{Language, Text, say};
use crate::edge::config::statutes;
use crate::failure::{ExitCode, Failure};

/// Which statutes to go by.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct StatuteFiles {
    /// A folder of statute files in place of the built-in ones
    #[arg(long, value_name = "FOLDER")]
    statutes: Option<PathBuf>,
}

impl StatuteFiles {
    /// The library asked for.
    pub(crate) fn load(&self) -> Result<Statutes, Failure> {
        match &self.statutes {
            Some(folder) => statutes::read(folder)
                .map_err(|problems| Failure::new(ExitCode::Config, problems.to_string())),
            None => Ok(statutes::embedded().clone()),
        }
    }
}

/// The law's limits: all of them, or one in full
#[derive(Debug, Args)]
pub(crate) struct Law {
    /// A rule by its id, such as XK6: shown in full, with its other versions
    rule: Option<String>,
    /// Only what is in force on this day
    #[arg(long, value_name = "DATE")]
    at: Option<NaiveDate>,
    #[command(flatten)]
    files: StatuteFiles,
    #[command(flatten)]
    show: Show,
}

impl Law {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let statutes = self.files.load()?;
        let language = self.show.lang_option.language();
        let chosen: Vec<&Statute> = match (&self.rule, self.at) {
            (None, _) => statutes.rules.values().collect(),
            (Some(id), Some(day)) => {
                vec![statutes.governing(id, day).map_err(|error| not_found(Text::from(error)))?]
            }
            (Some(id), None) => statutes.versions(id),
        };
        if let (Some(id), true) = (&self.rule, chosen.is_empty()) {
            return Err(not_found(say!("law-unknown", rule = id).words(language)));
        }
        let mut chosen: Vec<_> =
            chosen.into_iter().filter(|rule| self.at.is_none_or(|day| rule.in_force(day))).collect();
        // XG2 before XG10; the versions of one rule in the order of time.
        chosen.sort_by_cached_key(|rule| {
            let (letters, number) = rule.id.split_at(rule.id.find(|c: char| c.is_ascii_digit()).unwrap_or(0));
            let (number, part) =
                number.split_at(number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len()));
            (letters.to_owned(), number.parse().unwrap_or(u32::MAX), part.to_owned(), rule.valid_from)
        });

        match (self.show.format(), &self.rule) {
            (Format::Json, _) => {
                let rules: Vec<Value> = chosen.iter().map(|rule| as_json(rule)).collect();
                let whole = json!({ "version": statutes.version, "rules": rules });
                writeln!(out, "{}", serde_json::to_string_pretty(&whole).unwrap_or_default())?;
                Ok(())
            }
            (Format::Table | Format::Wide, Some(_)) => {
                for (number, rule) in chosen.iter().enumerate() {
                    let gap = if number > 0 { "\n" } else { "" };
                    write!(out, "{gap}{}", in_full(rule, language))?;
                }
                Ok(())
            }
            (format, _) => list(&chosen, language).write(format, out),
        }
    }
}

fn list(rules: &[&Statute], language: Language) -> List {
    let columns = [
        ("rule", say!("column-law_rule")),
        ("law", say!("column-law")),
        ("article", say!("column-article")),
        ("step", say!("column-step")),
        ("limit", say!("column-limit")),
        ("keeper", say!("column-keeper")),
        ("valid_from", say!("column-valid_from")),
        ("valid_to", say!("column-valid_to")),
    ];
    let mut list = List::new(columns, language).leaving_out(&["valid_to", "keeper", "valid_from", "step"]);
    for rule in rules {
        list.push(vec![
            json!(rule.id),
            json!(rule.law.words(language)),
            json!(rule.article.words(language)),
            json!(rule.step.words(language)),
            json!(rule.limit.text().words(language)),
            json!(rule.keeper.text().words(language)),
            json!(rule.valid_from.to_string()),
            json!(rule.valid_to.map(|day| day.to_string())),
        ]);
    }
    list
}

fn marks(marks: &[Mark]) -> Text {
    Text::list(marks.iter().map(Mark::text), "list-comma")
}

/// One rule as a page: a heading, and lines of a name and what it says.
fn in_full(rule: &Statute, language: Language) -> String {
    let mut lines = vec![
        (say!("law-step"), rule.step.clone().into()),
        (say!("law-in_force"), in_force(rule)),
        (say!("law-starts"), marks(&rule.starts)),
        (say!("law-stops"), marks(&rule.stops)),
        (say!("law-limit"), limit(rule)),
        (say!("law-counted"), counting(rule)),
        (say!("law-keeper"), kept_by(rule.keeper)),
    ];
    lines.extend(rule.exclusion.as_ref().map(|it| (say!("law-left_out"), left_out(it))));
    lines.extend(rule.extension.as_ref().map(|it| (say!("law-extension"), extension(it))));
    lines.extend(correction(rule.correction).map(|words| (say!("law-correction"), words)));
    lines.push((say!("law-expiry"), expiry(rule.on_expiry)));
    if !rule.note.words(language).is_empty() {
        lines.push((say!("law-note"), rule.note.clone().into()));
    }
    lines.extend(rule.follows.as_ref().map(|earlier| (say!("law-follows"), earlier.into())));
    lines.push((say!("law-source"), format!("{} [{}]", rule.source, rule.grade).into()));

    let lines: Vec<(String, String)> =
        lines.into_iter().map(|(name, value)| (name.words(language), value.words(language))).collect();
    let widest = lines.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let title = say!("law-title", rule = &rule.id, law = rule.law.clone(), article = rule.article.clone());
    let mut page = format!("{}\n", title.words(language));
    for (name, value) in lines {
        let indent = " ".repeat(widest - name.width() + 2);
        page += &format!("  {name}{indent}{value}\n");
    }
    page
}

fn in_force(rule: &Statute) -> Text {
    let from = rule.valid_from;
    match rule.valid_to {
        Some(to) => say!("law-from_to", from, to),
        None => say!("law-from", from),
    }
}

fn limit(rule: &Statute) -> Text {
    let mut limit = rule.limit.text();
    if let LimitSource::Fixed(date @ Limit::RecordDate(_)) = &rule.limit {
        // Whoever maps it needs the name of the field.
        limit = say!("law-limit_of_field", limit, field = date.to_string());
    }
    if rule.direction == Direction::Back {
        limit = say!("law-limit_back", limit);
    }
    if rule.unit_source == UnitSource::Assumed {
        limit = say!("law-limit_assumed", limit);
    }
    limit
}

fn left_out(exclusion: &Exclusion) -> Text {
    let mut causes = Text::list(exclusion.causes.iter().map(Text::from), "list-comma");
    if let Some(article) = &exclusion.article {
        causes = say!("law-by_article", causes, article);
    }
    if let Some(limit) = &exclusion.limit {
        causes = say!("law-at_most", causes, limit = limit.text());
    }
    let named = !exclusion.causes.is_empty() || exclusion.article.is_some() || exclusion.limit.is_some();
    let times = exclusion
        .times
        .iter()
        .map(|time| say!("law-time", cause = &time.cause, length = time.limit.text(), basis = &time.basis));
    let told = exclusion.notice_required.then(|| say!("law-told_in_writing"));
    Text::list(named.then_some(causes).into_iter().chain(times).chain(told), "list-semicolon")
}

fn extension(extension: &Extension) -> Text {
    let (by, approver) = (extension.by.text(), extension.approver.clone());
    match extension.times {
        1 => say!("law-extended_once", by, approver),
        times => say!("law-extended", by, approver, times),
    }
}

fn counting(rule: &Statute) -> Text {
    let start = if rule.start_day_counts { say!("law-start_counts") } else { say!("law-start_not") };
    let calendar = matches!(
        rule.limit,
        LimitSource::Fixed(Limit::Span {
            unit: LimitUnit::CalendarDays | LimitUnit::Months | LimitUnit::Years,
            ..
        })
    );
    let roll = if rule.roll_last_day { say!("law-rolls") } else { say!("law-stays") };
    if calendar { Text::list([start, roll], "list-clause") } else { start }
}

fn kept_by(keeper: Keeper) -> Text {
    match keeper {
        Keeper::Unit => say!("law-kept_by_unit"),
        Keeper::Applicant => say!("law-kept_by_applicant"),
        Keeper::ThirdParty => say!("law-kept_by_third_party"),
    }
}

fn correction(correction: Correction) -> Option<Text> {
    match correction {
        Correction::Restart => Some(say!("law-restart")),
        Correction::RestartOnce => Some(say!("law-restart_once")),
        Correction::Pause => Some(say!("law-pause")),
        Correction::Nothing => None,
    }
}

fn expiry(expiry: Expiry) -> Text {
    match expiry {
        Expiry::Overdue => say!("law-overdue"),
        Expiry::AcceptedFromReceipt => say!("law-accepted_from_receipt"),
        Expiry::AcceptedFromEnd => say!("law-accepted_from_expiry"),
        Expiry::Granted => say!("law-granted"),
        Expiry::GivenUp => say!("law-given_up"),
    }
}
