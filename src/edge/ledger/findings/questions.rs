//! What waits for a supervisor's decision: whether a card falls, and objections. Untouched, both are reminded of and go one level
//! up like cards that nobody answered.

use super::super::cases::judgements::Entry;
use super::super::events::any;
use super::super::stored::moment;
use super::super::{Ledger, LedgerError, RoundId, cannot};
use crate::domain::case_file::CaseFile;
use crate::domain::finding::Event;
use crate::domain::now::Now;
use crate::domain::plan::question::Question;
use crate::domain::plan::reminders::{self, Unanswered};
use crate::domain::policy::Policy;

impl Ledger {
    /// Reminds the supervisors of what waits for their decision, and tells those one level up when its day has passed.
    pub fn press_for_decisions(
        &mut self,
        policy: &Policy,
        round: RoundId,
        now: &Now,
    ) -> Result<(), LedgerError> {
        let mut due = Vec::new();
        for (question, card) in self.questions(policy)? {
            if let Some(press) = reminders::of(&card, policy, now) {
                due.push((card.finding, press, question.why(press, policy, now)));
            }
        }
        if due.is_empty() {
            return Ok(());
        }
        let fail = cannot("remind of what waits for a decision");
        let at = now.instant.to_rfc3339();
        let tx = self.db.transaction().map_err(&fail)?;
        let entry = Entry { tx: &tx, round, policy: &policy.version, at: &at, recent: now.today() };
        for (finding, press, why) in &due {
            entry.event_as_it_is(*finding, press.event(), why).map_err(&fail)?;
        }
        tx.commit().map_err(&fail)
    }

    /// The questions that a letter told of, each as a card that is not answered.
    fn questions(&self, policy: &Policy) -> Result<Vec<(Question, Unanswered)>, LedgerError> {
        // What was reminded of before the question began, was something else.
        let [asks, presses] = [Event::ASKS, Event::PRESSES].map(any);
        let [reminded, unanswered] = Event::PRESSES.map(|event| any([event]));
        let sql = &format!("WITH asked AS (
                SELECT id, contested_at, appealed_at, coalesce(contested_at, appealed_at) AS since FROM finding INDEXED BY finding_contested
                    WHERE contested_at IS NOT NULL
                UNION ALL SELECT id, NULL, appealed_at, appealed_at FROM finding INDEXED BY finding_appealed
                    WHERE appealed_at IS NOT NULL AND contested_at IS NULL AND standing IN ('open', 'resolved'))
            SELECT q.id, q.contested_at, q.appealed_at,
                (SELECT min(l.sent_at) FROM finding_event AS e JOIN letter_event AS t ON t.event_id = e.id JOIN letter AS l ON l.id = t.letter_id
                    WHERE e.finding_id = q.id AND e.event IN ({asks}) AND julianday(e.at) >= julianday(q.since)),
                (SELECT max(e.at) FROM finding_event AS e WHERE e.finding_id = q.id AND e.event IN ({presses})
                    AND julianday(e.at) > julianday(q.since)),
                (SELECT count(*) FROM finding_event AS e WHERE e.finding_id = q.id AND e.event = {reminded}
                    AND julianday(e.at) > julianday(q.since)),
                EXISTS (SELECT 1 FROM finding_event AS e WHERE e.finding_id = q.id AND e.event = {unanswered}
                    AND julianday(e.at) > julianday(q.since))
            FROM asked AS q ORDER BY q.id");
        struct Waiting {
            finding: i64,
            times: [Option<String>; 4],
            reminders: u32,
            raised_up: bool,
        }
        let rows: Vec<Waiting> = self.list("read what waits for a decision", sql, [], |row| {
            let times = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
            Ok(Waiting { finding: row.get(0)?, times, reminders: row.get(5)?, raised_up: row.get(6)? })
        })?;
        let mut questions = Vec::new();
        for Waiting { finding, times, reminders, raised_up } in rows {
            let mut read = [None; 4];
            for (read, text) in read.iter_mut().zip(times) {
                *read = text.map(|text| moment(&text, self.zone)).transpose()?;
            }
            let [contested, appealed, told, reminded] = read;
            let (Some(question), Some(told)) = (Question::of(contested, appealed, told), told) else {
                continue;
            };
            let answer_due = question.decide_by(policy);
            questions
                .push((question, Unanswered { finding, told, answer_due, reminded, reminders, raised_up }));
        }
        Ok(questions)
    }

    /// Whether a finding may go by what was on record when it was told: it is in question, or was upheld.
    pub fn rests_on_its_telling(&self, finding: i64) -> Result<bool, LedgerError> {
        let sql =
            "SELECT 1 FROM finding WHERE id = ?1 AND (contested_at IS NOT NULL OR upheld_at IS NOT NULL)";
        Ok(!self.list("look what a finding rests on", sql, [finding], |_| Ok(()))?.is_empty())
    }

    /// The case that a finding is on, with all that is known of it.
    pub fn file_of(&self, finding: i64) -> Result<Option<CaseFile>, LedgerError> {
        let sql = "SELECT case_id FROM finding WHERE id = ?1 AND case_id IS NOT NULL";
        let case: Vec<i64> = self.list("find the case of a finding", sql, [finding], |row| row.get(0))?;
        case.first().map(|case| self.case_file(*case)).transpose()
    }
}
