//! What the digest says of our own: a calendar that runs out, silences in force, letters that wait or go nowhere.

use super::pressing::NOT_AWAITED;
use super::{Ledger, LedgerError};
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::rules::calendar_ends;

/// Waiting letters, and unanswered cards, that are named one by one.
const NAMED: usize = 5;

impl Ledger {
    pub(super) fn warnings(
        &self,
        policy: &Policy,
        chinese: bool,
        now: &Now,
    ) -> Result<Vec<String>, LedgerError> {
        let say = |zh: String, en: String| if chinese { zh } else { en };
        let mut warnings: Vec<String> = calendar_ends::judge(&policy.calendar, now)
            .iter()
            .map(|why| why.words(chinese).to_owned())
            .collect();
        if let Some(waiting) = self.waiting_adoption()? {
            let before = waiting.before.as_deref().unwrap_or_default();
            let kept = self.policy(before)?;
            let judges = kept.is_some_and(|kept| policy.clone().still_judging_by(before, &kept).is_some());
            let (would, as_of) = (waiting.effect.words(), &waiting.effect.as_of);
            let meanwhile = if judges {
                ("仍按原规则监察", "the old ones judge")
            } else {
                ("暂停研判，仅读取记录", "nothing is judged, and reading goes on")
            };
            warnings.insert(
                0,
                say(
                    format!("监察规则有改动，待确认生效；确认前{}。如生效（{as_of}推算）：{}。", meanwhile.0, would.zh),
                    format!(
                        "other rules wait to be adopted; until then {}. They would do this, as of {as_of}: {}.",
                        meanwhile.1, would.en
                    ),
                ),
            );
        }
        for line in self.silences_on(now.today())? {
            let silence = &line.silence;
            let scope = [&silence.unit, &silence.item, &silence.rule, &silence.subject];
            let scope = scope.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
            let (until, by, why, hidden) = (silence.until, &silence.by, &silence.why, line.hidden);
            warnings.push(say(
                format!("静默生效：{scope}，至 {until}（{by}：{why}），已暂不告知 {hidden} 条"),
                format!("silenced: {scope} until {until} ({by}: {why}); {hidden} events kept back"),
            ));
        }
        for (address, why) in self.suspended()? {
            warnings.push(say(
                format!("邮箱{address}拒收监察邮件，系统不再向该邮箱发送邮件"),
                format!("{address} refuses letters, nothing is sent there: {why}"),
            ));
        }
        let waiting = self.letters_waiting()?;
        let (count, named) = (waiting.len(), waiting.iter().filter(|line| line.kind == "alert").take(NAMED));
        for line in named {
            let (to, subject) = (&line.to_name, &line.subject);
            warnings.push(say(
                format!("待发（共 {count} 封）：{to}，{subject}"),
                format!("waiting ({count} in all): {to}, {subject}"),
            ));
        }
        warnings.extend(self.unanswered_warning(chinese, now)?);
        Ok(warnings)
    }

    /// That cards have not been answered by their day.
    fn unanswered_warning(&self, chinese: bool, now: &Now) -> Result<Option<String>, LedgerError> {
        let (count, first) = self.unanswered_cards(now)?;
        let more = count > first.len() as u64;
        let words = if chinese {
            format!("逾期未反馈的红黄牌{count}张：{}{}", first.join("、"), if more { "等" } else { "" })
        } else {
            let (names, others) = (first.join(", "), if more { " and others" } else { "" });
            let cards = if count == 1 { "card has" } else { "cards have" };
            format!("{count} red or yellow {cards} not been answered in time: {names}{others}")
        };
        Ok((count > 0).then_some(words))
    }

    /// How many cards were to be answered by an earlier day, and the first of them with their units.
    fn unanswered_cards(&self, now: &Now) -> Result<(u64, Vec<String>), LedgerError> {
        let sql = "SELECT f.subject, coalesce(u.name, f.unit, ''), count(*) OVER () FROM finding AS f LEFT JOIN unit AS u ON u.code = f.unit
                   WHERE f.told_at IS NOT NULL AND f.answered_at IS NULL AND f.standing IN ('open', 'resolved') AND f.contested_at IS NULL AND f.card <> 'notice'
                       AND substr(f.answer_due, 1, 10) < ?1 AND NOT {not_awaited}
                   ORDER BY f.answer_due, f.id LIMIT ?2";
        let sql = &sql.replace("{not_awaited}", NOT_AWAITED);
        let values = rusqlite::params![now.today().to_string(), NAMED as i64];
        let rows = self.list("list the unanswered cards", sql, values, |row| {
            let (subject, unit): (String, String) = (row.get(0)?, row.get(1)?);
            let name = match (subject.is_empty(), unit.is_empty()) {
                (false, false) => format!("{subject}（{unit}）"),
                _ => subject + &unit,
            };
            Ok((name, row.get(2)?))
        })?;
        let count = rows.first().map_or(0, |(_, count)| *count);
        Ok((count, rows.into_iter().map(|(name, _)| name).collect()))
    }
}
