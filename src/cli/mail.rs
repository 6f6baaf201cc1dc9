//! `jianchad mail`: the outbox, one letter, another try, and a test letter through the configured way.

use std::io::Write;

use clap::{Args, Subcommand};
use serde_json::json;

use super::table::List;
use super::{Common, LangOption, Show, not_found};
use crate::domain::letter::LetterKind;
use crate::domain::letter::address::single;
use crate::domain::letter::{Address, Letter, Outcome, message_id};
use crate::domain::now::Clock;
use crate::domain::text::{Language, Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::ledger::{AttemptLine, Ledger, WholeLetter};
use crate::edge::notify;
use crate::failure::{ExitCode, Failure};
use crate::service;

/// Letters.
#[derive(Debug, Args)]
pub(crate) struct Mail {
    #[command(subcommand)]
    action: CardAction,
}

#[derive(Debug, Subcommand)]
enum CardAction {
    /// Lists the letters that wait, and why.
    Queue {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        show: Show,
        /// Those that were refused for good instead.
        #[arg(long)]
        refused: bool,
    },
    /// Lets letters be tried at once: all that wait, one by its number (also a refused one), or those of an address that
    /// was suspended.
    Retry {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        lang_option: LangOption,
        /// Number of the letter.
        letter: Option<i64>,
        /// An address that may have letters again.
        #[arg(long, conflicts_with = "letter")]
        address: Option<String>,
    },
    /// Shows one letter with every attempt to send it.
    Show {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        lang_option: LangOption,
        /// Number of the letter.
        letter: i64,
    },
    /// Sends one test letter through the configured way and says what came of it.
    Test {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        lang_option: LangOption,
        /// To whom.
        #[arg(long, value_name = "ADDRESS")]
        to: String,
    },
}

impl Mail {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.action {
            CardAction::Queue { common, show, refused } => {
                queue(common, *show, if *refused { Letters::Refused } else { Letters::Waiting }, out)
            }
            CardAction::Retry { common, lang_option, letter, address } => {
                retry(common, lang_option.language(), *letter, address.as_deref(), out)
            }
            CardAction::Show { common, lang_option, letter } => {
                show(common, lang_option.language(), *letter, out)
            }
            CardAction::Test { common, lang_option, to } => test(common, lang_option.language(), to, out),
        }
    }
}

/// Which letters are listed.
#[derive(Clone, Copy)]
enum Letters {
    Waiting,
    Refused,
}

fn queue(common: &Common, show: Show, letters: Letters, out: &mut dyn Write) -> Result<(), Failure> {
    let config = common.to_read(show.lang_option.language())?;
    let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
    let columns = [
        ("letter", say!("column-letter")),
        ("to", say!("column-recipient")),
        ("subject", say!("column-subject")),
        ("written_at", say!("column-written")),
        ("attempts", say!("column-tries")),
        ("next_try_at", say!("column-next_try")),
        ("last_outcome", say!("column-last_outcome")),
    ];
    let mut list = List::new(columns, show.lang_option.language()).leaving_out(&[
        "written_at",
        "last_outcome",
        "attempts",
    ]);
    let people = show.format().is_for_people();
    let minute =
        |at: String| if people { at.chars().take(16).collect::<String>().replace('T', " ") } else { at };
    let lines = match letters {
        Letters::Waiting => ledger.letters_waiting()?,
        Letters::Refused => ledger.letters_refused()?,
    };
    for line in lines {
        list.push(vec![
            json!(line.letter),
            json!(line.to_address),
            json!(line.subject),
            json!(minute(line.written_at)),
            json!(line.attempts),
            json!(line.next_try_at.map(minute)),
            json!(line.last_outcome.map(|said| said.words(show.lang_option.language()))),
        ]);
    }
    list.write(show.format(), out)
}

fn retry(
    common: &Common,
    language: Language,
    letter: Option<i64>,
    address: Option<&str>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let config = service::load(&common.config)?;
    let mut ledger = Ledger::at_keyboard(&config.ledger, config.policy.zone)?;
    if let Some(address) = address {
        // The ledger knows it as the contacts give it, which is not always as it is typed.
        let written = single(address).unwrap_or_else(|_| address.to_owned());
        if !ledger.restore_address(address)? && !ledger.restore_address(&written)? {
            return Err(not_found(say!("mail-not_refused", address).words(language)));
        }
        return Ok(writeln!(out, "{}", say!("mail-restored", address).words(language))?);
    }
    match (ledger.retry_letters(letter)?, letter) {
        (0, Some(letter)) => Err(not_found(say!("mail-not_waiting", letter).words(language))),
        (count, _) => Ok(writeln!(out, "{}", say!("mail-retried", count).words(language))?),
    }
}

fn show(common: &Common, language: Language, letter: i64, out: &mut dyn Write) -> Result<(), Failure> {
    let config = common.to_read(language)?;
    let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
    let Some(WholeLetter { line, text, attempts }) = ledger.letter(letter)? else {
        return Err(not_found(say!("mail-unknown", letter).words(language)));
    };
    let state = letter_state(&line.state).words(language);
    writeln!(out, "{} <{}>  {}  {state}", line.to_name, line.to_address, line.written_at)?;
    for AttemptLine { at, said } in &attempts {
        writeln!(out, "  {at}  {}", said.words(language))?;
    }
    Ok(writeln!(out, "{}\n\n{text}", line.subject)?)
}

fn test(common: &Common, language: Language, to: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let config = service::load(&common.config)?;
    let clock = SystemClock::new(config.policy.zone);
    let now = clock.now();
    let to = &single(to).map_err(|error| Failure::new(ExitCode::Usage, Text::from(error)))?;
    // Whoever gets it reads one of the languages.
    let in_all = |text: Text, between| {
        let said = Language::ALL.iter().map(|(language, ..)| text.words(*language));
        said.collect::<Vec<_>>().join(between)
    };
    let text = in_all(say!("mail-test", office = &config.policy.office), "\n") + "\n";
    let letter = Letter {
        message_id: message_id(LetterKind::Test, to, &now, &config.sender.list_id),
        to: Address { name: String::new(), address: to.to_owned() },
        subject: in_all(say!("mail-test_subject"), " / "),
        html: format!("<!doctype html><meta charset=\"utf-8\"><p>{}</p>", text.replace('\n', "<br>")),
        text,
        attachments: Vec::new(),
        written_at: now.instant,
        thread: None,
    };
    let mut mailer = notify::open(&config.way, &config.sender)?;
    let outcome = mailer.send(&letter, &clock);
    mailer.finish();
    let way = notify::describe(&config.way);
    match outcome {
        Outcome::Sent { reply } => Ok(writeln!(out, "{}", say!("mail-sent", way, reply).words(language))?),
        Outcome::TryLater { why, .. } => Err(Failure::new(ExitCode::Unavailable, why)),
        Outcome::Uncertain { why } | Outcome::TooLarge { why } | Outcome::Refused { why, .. } => {
            Err(Failure::new(ExitCode::Partly, why))
        }
    }
}

/// The state of a letter as people read it.
pub(super) fn letter_state(word: &str) -> Text {
    match word {
        "queued" => say!("mail-state_queued"),
        "sent" => say!("mail-state_sent"),
        "refused" => say!("mail-state_refused"),
        other => other.into(),
    }
}
