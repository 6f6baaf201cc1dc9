//! What the digest says of our own: a calendar that runs out, silences in force, letters that wait or go nowhere.

use super::{Ledger, LedgerError};
use crate::domain::letter::LetterKind;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::rules::{calendar_ends, ledger_begun};
use crate::domain::text::Language;

/// Waiting letters that are named one by one.
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
            .map(|why| why.words(Language::of(chinese)).to_owned())
            .collect();
        warnings.extend(self.time_said(now)?.iter().map(|said| said.words(Language::of(chinese))));
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
        warnings.extend(self.unasked_changes(policy, now)?.iter().map(|it| it.words(Language::of(chinese))));
        if let Some(began) = self.begun_on(now)?.filter(|began| ledger_begun::stands(*began, now.today())) {
            let path = self.path().display().to_string();
            warnings.push(ledger_begun::in_digest(&path, began).words(Language::of(chinese)).to_owned());
        }
        warnings.extend(self.replaced_by(now)?.map(|why| why.words(Language::of(chinese)).to_owned()));
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
        let (count, named) =
            (waiting.len(), waiting.iter().filter(|line| line.kind == LetterKind::Alert).take(NAMED));
        for line in named {
            let (to, subject) = (&line.to_name, &line.subject);
            warnings.push(say(
                format!("待发（共 {count} 封）：{to}，{subject}"),
                format!("waiting ({count} in all): {to}, {subject}"),
            ));
        }
        Ok(warnings)
    }
}
