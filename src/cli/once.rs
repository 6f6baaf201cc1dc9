//! `jianchad once`: one round, then exit; for cron, and for looking back.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::{Common, LangOption, progress::Progress};
use crate::domain::letter::relay::Way;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::text::{Language, say};
use crate::edge::clock::SystemClock;
use crate::edge::ledger::Ledger;
use crate::failure::{ExitCode, Failure};
use crate::round;
use crate::service::{self, Service};

/// One round, then exit.
#[derive(Debug, Args)]
pub(crate) struct Once {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    lang_option: LangOption,
    /// Judges as of this moment (2011-12-31, 2011-12-31T09:00): what lies after it is not yet there. Letters then
    /// leave only into a folder, never through a mail server.
    #[arg(long, value_name = "MOMENT")]
    at: Option<String>,
    /// Another ledger than the configured one: a scratch one for looking back.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
}

impl Once {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let mut config = service::load(&self.common.config)?;
        let language = self.lang_option.language();
        if let Some(ledger) = &self.ledger {
            config.ledger.clone_from(ledger);
        }
        Ledger::may_be_written(&config.ledger)?;
        let mut service = Service::open(&config)?;
        if self.ledger.is_none() {
            service::keep(&config, &service.clock.now());
        }
        let now = match &self.at {
            Some(text) => as_of(text, config.policy.zone, language)?,
            None => service.clock.now(),
        };
        if now.replay {
            service.clock = Box::new(SystemClock::set_to(now, config.policy.zone));
            refuse_to_go_back(&service, &now, language)?;
            if matches!(config.way, Way::Smtp(_)) {
                service.mailer = None;
            }
        }
        let progress = Progress::new("round");
        // Where another source is slow what can be judged is judged and told first.
        if service.sources.len() > 1 {
            progress.leave_out_slow();
        }
        let mut tally = round::run(&mut service, &now, &progress)?;
        progress.wait_for_slow();
        while service.sources.iter().any(|lane| lane.left_out || lane.going.is_some()) {
            tally.add(&round::run(&mut service, &now, &progress)?);
        }
        progress.clear();
        let done = say!(
            "once-done",
            at = now.instant.format("%Y-%m-%d %H:%M").to_string(),
            rows = tally.rows_read,
            rejected = tally.rows_rejected,
            judged = tally.cases_judged,
            raised = tally.raised,
            escalated = tally.escalated,
            resolved = tally.resolved,
            revoked = tally.revoked,
            letters = tally.letters
        );
        if let Some(held) = service.ledger.held_time()? {
            return Err(Failure::new(ExitCode::Unavailable, held.said().words(language)));
        }
        writeln!(out, "{}", done.words(language))?;
        what_waits(&service, &now, language, out)?;
        let overview = service.ledger.overview(&service.policy, language, &now)?;
        for source in overview.sources.iter().filter(|source| source.state != "ok") {
            let message = source.message.as_deref().unwrap_or_default();
            let state = super::attention::source_state(&source.state);
            let said = say!("once-source", source = &source.name, state, message);
            writeln!(out, "{}", said.words(language))?;
        }
        super::attention::wanted(&overview, language)
    }
}

/// What waits for a person: letters of a ledger that was replaced, a change of what judges.
fn what_waits(service: &Service, now: &Now, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let mail = service.ledger.held_mail()?.filter(|mail| mail.holds(now));
    let mail = mail.and_then(|mail| mail.said(now));
    let change = service.waits.then(|| say!("once-change_waits"));
    for said in mail.into_iter().chain(change) {
        writeln!(out, "{}", said.words(language))?;
    }
    Ok(())
}

/// A moment given by hand: a bare day means its last second.
pub(super) fn as_of(text: &str, zone: chrono_tz::Tz, language: Language) -> Result<Now, Failure> {
    let spaced = text.replace(' ', "T");
    let day = spaced.parse::<chrono::NaiveDate>().ok().and_then(|day| day.and_hms_opt(23, 59, 59));
    let minute = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|form| chrono::NaiveDateTime::parse_from_str(&spaced, form).ok());
    let local = day.or(minute).map(|naive| Moment::local(naive, zone));
    let moment = local.or_else(|| Moment::parse(&spaced, zone)).ok_or_else(|| {
        Failure::new(ExitCode::Usage, say!("once-no_moment", text).words(language))
            .with_remedy(say!("once-no_moment_remedy").words(language))
    })?;
    Ok(Now { instant: moment.at(), replay: true })
}

/// A ledger's time runs one way: a round before its last one would record what it could not know.
fn refuse_to_go_back(service: &Service, now: &Now, language: Language) -> Result<(), Failure> {
    let Some((started, _)) = service.ledger.last_round()? else { return Ok(()) };
    let last = chrono::DateTime::parse_from_rfc3339(&started).is_ok_and(|last| last > now.instant);
    if !last {
        return Ok(());
    }
    let ledger = service.ledger.path().display().to_string();
    let sentence = say!("once-back", ledger, at = started).words(language);
    Err(Failure::new(ExitCode::Usage, sentence).with_remedy(say!("once-back_remedy").words(language)))
}
