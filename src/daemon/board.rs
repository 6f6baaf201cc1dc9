//! What stands beside the service in `systemctl status`.

use tokio::time::Instant;

use super::above;
use crate::domain::text::{Text, say};
use crate::edge::ledger::{LedgerError, Tally};
use crate::edge::operator::{self, words};
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
                let Tally { rows_read: rows, cases_judged: judged, raised, escalated, letters, .. } = *tally;
                self.round = words(&say!("journal-round", rows, judged, raised, escalated, letters));
                tracing::info!("{}", self.round);
            }
            Ok(None) => {}
            Err(error) => {
                let failure = Failure::new(ExitCode::Unavailable, error.said());
                let failure = failure.because(error.cause()).with_remedy(error.remedy());
                tracing::error!("{}", above(&say!("journal-round_failed"), &failure));
                let why = failure.in_one_line(operator::language());
                self.round = words(&say!("journal-round_failed_status", why));
            }
        }
    }

    pub(super) fn show(&self, service: &Service, round_due: Instant) {
        let until = round_due.saturating_duration_since(Instant::now());
        let at = service.clock.now().instant + until;
        let at = at.format("%H:%M:%S").to_string();
        let mut parts = vec![say!("journal-next_round", round = &self.round, at)];
        let going = service.sources.iter().filter(|lane| lane.is_going());
        for (name, going) in going.filter_map(|lane| Some((&lane.spec().name, lane.going.as_ref()?))) {
            let (since, rows) = (going.now.instant.format("%H:%M:%S").to_string(), going.rows);
            parts.push(say!("journal-being_read", source = name, since, rows));
        }
        // A ledger that cannot be read has been told of already.
        if let Some(waiting) = service.ledger.waiting().ok().filter(|waiting| waiting.letters > 0) {
            parts.push(say!("journal-letters_wait", letters = waiting.letters));
        }
        if service.ledger.held_time().is_ok_and(|held| held.is_some()) {
            parts.push(say!("journal-clock_stepped"));
        }
        let now = service.clock.now();
        if service.ledger.held_mail().is_ok_and(|held| held.is_some_and(|held| held.holds(&now))) {
            parts.push(say!("journal-mail_held"));
        }
        if service.waits {
            parts.push(say!("journal-change_waits"));
        }
        if let Some(why) = &self.refused {
            parts.push(say!("journal-reload_refused", why));
        }
        systemd::status(&words(&Text::list(parts, "list-semicolon")));
    }
}
