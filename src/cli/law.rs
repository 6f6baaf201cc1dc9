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
use crate::domain::text::Language;
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
        let chosen: Vec<&Statute> = match (&self.rule, self.at) {
            (None, _) => statutes.rules.values().collect(),
            (Some(id), Some(day)) => {
                vec![statutes.governing(id, day).map_err(|error| not_found(error.to_string()))?]
            }
            (Some(id), None) => statutes.versions(id),
        };
        if let (Some(id), true) = (&self.rule, chosen.is_empty()) {
            return Err(not_found(format!(
                "there is no rule `{id}` in the statutes; `jianchad law` lists them"
            )));
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
        let chinese = self.show.tongue.chinese();
        match (self.show.format, &self.rule) {
            (Format::Json, _) => {
                let rules: Vec<Value> = chosen.iter().map(|rule| as_json(rule)).collect();
                let whole = json!({ "version": statutes.version, "rules": rules });
                writeln!(out, "{}", serde_json::to_string_pretty(&whole).unwrap_or_default())?;
                Ok(())
            }
            (Format::Table, Some(_)) => {
                for (number, rule) in chosen.iter().enumerate() {
                    let gap = if number > 0 { "\n" } else { "" };
                    write!(out, "{gap}{}", in_full(rule, chinese))?;
                }
                Ok(())
            }
            (format, _) => list(&chosen, chinese).write(format, out),
        }
    }
}

fn list(rules: &[&Statute], chinese: bool) -> List {
    let columns = [
        ("rule", "编号", "rule"),
        ("law", "法律法规", "law"),
        ("article", "条款", "article"),
        ("step", "应办事项", "what is to be done"),
        ("limit", "时限", "limit"),
        ("keeper", "遵守者", "kept by"),
        ("valid_from", "施行", "in force from"),
        ("valid_to", "至", "to"),
    ];
    let mut list = List::new(&columns, chinese);
    for rule in rules {
        list.push(vec![
            json!(rule.id),
            json!(rule.law.words(Language::of(chinese))),
            json!(rule.article.words(Language::of(chinese))),
            json!(rule.step.words(Language::of(chinese))),
            json!(rule.limit.text().words(Language::of(chinese))),
            json!(if chinese { rule.keeper.zh() } else { rule.keeper.word() }),
            json!(rule.valid_from.to_string()),
            json!(rule.valid_to.map(|day| day.to_string())),
        ]);
    }
    list
}

fn marks(marks: &[Mark], chinese: bool) -> String {
    let words: Vec<String> = marks.iter().map(|mark| mark.text().words(Language::of(chinese))).collect();
    words.join(if chinese { "、" } else { ", " })
}

/// One rule as a page: a heading, and lines of a name and what it says.
fn in_full(rule: &Statute, chinese: bool) -> String {
    let pick = |(zh, en): (&'static str, &'static str)| if chinese { zh } else { en };
    let mut lines = vec![
        (pick(("应办事项", "To be done")), rule.step.words(Language::of(chinese)).to_owned()),
        (pick(("施行", "In force")), in_force(rule, chinese)),
        (pick(("起算", "Starts with")), marks(&rule.starts, chinese)),
        (pick(("终止", "Ends with")), marks(&rule.stops, chinese)),
        (pick(("时限", "Limit")), limit(rule, chinese)),
        (pick(("算法", "Counted")), counting(rule, chinese)),
        (pick(("遵守者", "Kept by")), pick((rule.keeper.zh(), kept_by(rule.keeper))).to_owned()),
    ];
    lines.extend(rule.exclusion.as_ref().map(|it| (pick(("不计入", "Left out")), left_out(it, chinese))));
    lines.extend(rule.extension.as_ref().map(|it| (pick(("延长", "Extension")), extension(it, chinese))));
    let correction = match rule.correction {
        Correction::Restart => Some("the clock begins anew"),
        Correction::RestartOnce => Some("the clock begins anew, once"),
        Correction::Pause => Some("its time is left out"),
        Correction::Nothing => None,
    };
    lines.extend(
        correction.map(|en| (pick(("补正", "Correction")), pick((rule.correction.zh(), en)).to_owned())),
    );
    let expiry = pick((rule.on_expiry.zh(), expiry_in_english(rule.on_expiry)));
    lines.push((pick(("逾期", "When it has passed")), expiry.to_owned()));
    if !rule.note.words(Language::of(chinese)).is_empty() {
        lines.push((pick(("说明", "Note")), rule.note.words(Language::of(chinese)).to_owned()));
    }
    lines.extend(rule.follows.as_ref().map(|earlier| (pick(("取代", "Follows")), earlier.clone())));
    lines.push((pick(("出处", "Source")), format!("{} [{}]", rule.source, rule.grade)));

    let widest = lines.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let (law, article) = (rule.law.words(Language::of(chinese)), rule.article.words(Language::of(chinese)));
    let mut page = match chinese {
        true => format!("{}  《{law}》{article}\n", rule.id),
        false => format!("{}  {law}, {article}\n", rule.id),
    };
    for (name, value) in lines {
        let indent = " ".repeat(widest - name.width() + 2);
        page += &format!("  {name}{indent}{value}\n");
    }
    page
}

fn in_force(rule: &Statute, chinese: bool) -> String {
    let from = rule.valid_from;
    match (rule.valid_to, chinese) {
        (Some(to), true) => format!("{from} 至 {to}"),
        (Some(to), false) => format!("{from} to {to}"),
        (None, true) => format!("{from} 起"),
        (None, false) => format!("since {from}"),
    }
}

fn limit(rule: &Statute, chinese: bool) -> String {
    let mut limit = rule.limit.text().words(Language::of(chinese));
    if let LimitSource::Fixed(date @ Limit::RecordDate(_)) = &rule.limit {
        // Whoever maps it needs the name of the field.
        limit += &if chinese { format!("（{date}）") } else { format!(" ({date})") };
    }
    if rule.direction == Direction::Back {
        limit = match chinese {
            true => format!("起算事项之前至少 {limit}"),
            false => format!("at least {limit} before that event"),
        };
    }
    if rule.unit_source == UnitSource::Assumed {
        limit += if chinese {
            "（日数或单位为推定）"
        } else {
            " (the number or the unit is an assumption)"
        };
    }
    limit
}

fn left_out(exclusion: &Exclusion, chinese: bool) -> String {
    let mut text = exclusion.causes.join("、");
    if let Some(article) = &exclusion.article {
        text += &if chinese { format!("（{article}）") } else { format!(" ({article})") };
    }
    if let Some(limit) = &exclusion.limit {
        let most = limit.text().words(Language::of(chinese));
        text += &if chinese { format!("，至多 {most}") } else { format!(", {most} at most") };
    }
    for time in &exclusion.times {
        let (cause, length, basis) =
            (&time.cause, time.limit.text().words(Language::of(chinese)), &time.basis);
        text += &if chinese {
            format!("；{cause}：{length}（{basis}）")
        } else {
            format!("; {cause}: {length} ({basis})")
        };
    }
    if exclusion.notice_required {
        let parted = match (text.is_empty(), chinese) {
            (true, _) => "",
            (false, true) => "；",
            (false, false) => "; ",
        };
        text += parted;
        text += if chinese {
            "所需时间须书面告知申请人"
        } else {
            "the applicant is told in writing how long"
        };
    }
    text
}

fn extension(extension: &Extension, chinese: bool) -> String {
    let (by, approver, times) = (
        extension.by.text().words(Language::of(chinese)),
        extension.approver.words(Language::of(chinese)),
        extension.times,
    );
    match (chinese, times) {
        (true, 1) => format!("{by}，须经{approver}批准，以一次为限"),
        (true, _) => format!("{by}，须经{approver}批准，至多 {times} 次"),
        (false, 1) => format!("{by} by leave of {approver}, once"),
        (false, _) => format!("{by} by leave of {approver}, {times} times at most"),
    }
}

fn counting(rule: &Statute, chinese: bool) -> String {
    let start = match (rule.start_day_counts, chinese) {
        (true, true) => "起算日计入",
        (true, false) => "with the start day",
        (false, true) => "起算日不计入",
        (false, false) => "without the start day",
    };
    let calendar = matches!(
        rule.limit,
        LimitSource::Fixed(Limit::Span {
            unit: LimitUnit::CalendarDays | LimitUnit::Months | LimitUnit::Years,
            ..
        })
    );
    let roll = match (rule.roll_last_day, chinese) {
        (true, true) => "，末日遇休息日顺延",
        (true, false) => ", a last day off moves on",
        (false, true) => "，末日遇休息日不顺延",
        (false, false) => ", a last day off stays",
    };
    if calendar { format!("{start}{roll}") } else { start.to_owned() }
}

fn kept_by(keeper: Keeper) -> &'static str {
    match keeper {
        Keeper::Unit => "the office",
        Keeper::Applicant => "the applicant or party: it gives the office no card",
        Keeper::ThirdParty => "somebody else: it gives the office no card",
    }
}

fn expiry_in_english(expiry: Expiry) -> &'static str {
    match expiry {
        Expiry::Overdue => "overdue",
        Expiry::AcceptedFromReceipt => "counts as accepted from the day of receipt",
        Expiry::AcceptedFromExpiry => "counts as accepted from the day the limit ended",
        Expiry::Granted => "counts as granted",
        Expiry::GivenUp => "counts as given up",
    }
}
