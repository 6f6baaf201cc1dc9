//! What stands beside the service in `systemctl status`.

use tokio::time::Instant;

use crate::edge::ledger::{LedgerError, Tally};
use crate::edge::systemd;
use crate::failure::{ExitCode, Failure};
use crate::service::Service;

/// What stands beside the service in `systemctl status`.
#[derive(Default)]
pub(super) struct Board {
    /// What the last round did.
    round: String,
    /// Why the configuration as it now stands in its file is not in force.
    pub(super) refused: Option<String>,
}

impl Board {
    pub(super) fn enter(&mut self, result: &Result<Option<Tally>, LedgerError>) {
        match result {
            Ok(Some(tally)) => {
                let Tally { rows_read, cases_judged, raised, escalated, letters, .. } = tally;
                self.round = format!(
                    "{rows_read} rows, {cases_judged} cases judged, {raised} findings raised, {escalated} \
                     escalated, {letters} letters"
                );
                tracing::info!("{}", self.round);
            }
            Ok(None) => {}
            Err(error) => {
                let failure = Failure::caused(ExitCode::Unavailable, error).with_remedy(error.remedy());
                tracing::error!(
                    "a round failed; nothing was lost, the next one begins again:\n{}",
                    failure.for_operator()
                );
                self.round = format!("the last round failed: {}", failure.in_one_line());
            }
        }
    }

    pub(super) fn show(&self, service: &Service, round_due: Instant) {
        let until = round_due.saturating_duration_since(Instant::now());
        let at = service.clock.now().instant + until;
        let mut line = format!("{}; next round {}", self.round, at.format("%H:%M:%S"));
        let going = service.sources.iter().filter(|lane| lane.is_going());
        for (name, going) in going.filter_map(|lane| Some((&lane.spec().name, lane.going.as_ref()?))) {
            let (since, rows) = (going.now.instant.format("%H:%M:%S"), going.rows);
            line.push_str(&format!("; `{name}` is being read since {since}, {rows} rows so far"));
        }
        // A ledger that cannot be read has been told of already.
        if let Some(waiting) = service.ledger.waiting().ok().filter(|waiting| waiting.letters > 0) {
            line.push_str(&format!("; {} letters wait to be sent", waiting.letters));
        }
        if service.ledger.held_time().is_ok_and(|held| held.is_some()) {
            line.push_str(
                "; the machine's clock stepped and is not believed: `jianchad status` says what to do",
            );
        }
        if service.waits {
            line.push_str("; a change of what judges waits for `jianchad adopt`");
        }
        if let Some(why) = &self.refused {
            line.push_str(&format!("; reload refused, the configuration of before stays in force: {why}"));
        }
        systemd::status(&line);
    }
}
