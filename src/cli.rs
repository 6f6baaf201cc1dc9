//! The command line: one file per command.

mod adopt;
mod attention;
mod attribution;
mod calendar;
mod card;
mod check_config;
mod coverage;
mod demo;
mod documents;
mod due;
mod effect;
mod explain;
mod findings;
mod forget;
mod help;
mod lang_option;
mod law;
mod ledger;
mod mail;
mod once;
mod plan;
mod progress;
mod replay;
mod report;
mod sample;
mod silence;
mod source;
mod status;
mod table;
mod terminal;
mod time;
mod usage;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::text::{Fault, Language, Text, say};
use crate::edge::config::Config;
use crate::edge::ledger::Ledger;
use crate::edge::{logging, operator, plain_file};
use crate::failure::{ExitCode, Failure};
use crate::service::{self, StandsIn};
pub(crate) use lang_option::LangOption;

/// Electronic supervision (电子监察) of government approvals: due dates by law, cards, coverage, mails, a ledger.
#[derive(Debug, Parser)]
#[command(name = "jianchad", version, about, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 done in part (a bad row, a letter not taken), or something wants attention (once, status); 2 wrong usage; \
66 not found; 70 an error of jianchad's own; 74 disk, database or network failed; 77 not allowed; 78 the configuration is wrong.";

/// The daemon.
#[derive(Debug, Args)]
struct Run {
    #[command(flatten)]
    common: Common,
    /// For a rehearsal: the clock shows this moment (2011-12-31T09:00) at the start, and goes on from there.
    #[arg(long, value_name = "MOMENT")]
    from: Option<String>,
    /// Language of the journal: zh-CN or en; by default `language` of the configuration.
    #[arg(long, env = "JIANCHAD_LANG")]
    lang: Option<Language>,
}

impl Run {
    fn run(&self) -> Result<(), Failure> {
        let config = crate::service::load(&self.common.config)?;
        let (zone, language) = (config.policy.zone, config.policy.language);
        let begins = self.from.as_ref().map(|text| once::as_of(text, zone, language)).transpose()?;
        crate::daemon::run(config, begins.map(|now| Now { replay: false, ..now }), self.lang)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// A whole city in one command: registry, approval database, a month of rounds, mails and a ledger to query.
    Demo(demo::Demo),
    /// The daemon: a round every few minutes until it is told to stop.
    Run(Run),
    /// One round, then exit.
    Once(once::Once),
    /// Judges the past once more and compares: under other limits, another card table, another calendar.
    Replay(replay::Replay),
    CheckConfig(check_config::CheckConfig),
    /// A change of what judges that would move many cards: shows it, or puts it in force.
    Adopt(adopt::Adopt),
    /// Sources, open cards, coverage and outbox at a glance.
    Status(status::Status),
    /// Lists findings.
    Findings(findings::Findings),
    /// What people do with a card: issue, answer, appeal, uphold, revoke, order.
    Card(card::CardCommand),
    /// One case: traces, clocks, the day-by-day count, findings, letters.
    Explain(explain::Explain),
    /// A random list of cases for inspection by people.
    Sample(sample::Sample),
    Forget(forget::Forget),
    /// Silences: for a while nobody is told of something.
    Silence(silence::SilenceCommand),
    /// Sources that are doubted: accepts one as it is.
    Source(source::SourceCommand),
    /// The machine's clock: says that it is right after a step that is held.
    Time(time::TimeCommand),
    /// The ledger: says that it is the right one where another, or an older copy, was put in its place.
    Ledger(ledger::LedgerCommand),
    /// The figures of coverage, and who is missing.
    Coverage(coverage::CoverageCommand),
    /// A deadline calculator with its steps.
    Due(due::Due),
    /// The law's limits, article by article.
    Law(law::Law),
    /// The working days of a year or a month.
    Calendar(calendar::CalendarCommand),
    /// Who would be sent what, when and why, before anything is sent.
    Plan(plan::Plan),
    /// A digest as it went out, or the bulletin of any period.
    Report(report::Report),
    /// Letters: the outbox, one letter, another try, a test.
    Mail(mail::Mail),
    /// Prints the completions for a shell.
    Completions(documents::Completions),
    /// Writes the man pages into a folder.
    Man(documents::Man),
}

/// Where the configuration lies unless another is named.
const CONFIG: &str = "/etc/jianchad/jianchad.toml";

/// What every command that needs the configuration takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// The configuration file.
    #[arg(long, short, env = "JIANCHAD_CONFIG", default_value = CONFIG, value_name = "FILE")]
    config: PathBuf,
}

impl Common {
    /// The configuration for what only reads. Where it has mistakes, the one in force; that is said to whoever sits there, and not in
    /// the output, which may go into a file.
    fn to_read(&self, language: Language) -> Result<Config, Failure> {
        let (config, stands_in) = service::load_to_read(&self.config)?;
        if let Some(StandsIn { file, at }) = stands_in {
            let (bad, config) = (file.display().to_string(), self.config.display().to_string());
            let said = say!("in_force-stands_in", bad, at, config).words(language);
            writeln!(terminal::Terminal::new(std::io::stderr().lock()), "{said}")?;
        }
        Ok(config)
    }
}

/// How a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For Excel: CSV with a byte order mark, and long numbers as texts.
    #[value(skip)]
    Excel,
    /// For people, whatever their terminal takes.
    #[value(skip)]
    Wide,
}

impl Format {
    /// Whether it is a table for people to read.
    fn is_for_people(self) -> bool {
        [Self::Table, Self::Wide].contains(&self)
    }
}

/// What every command that shows something takes.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Show {
    /// How to show it.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    layout: Layout,
    #[command(flatten)]
    lang_option: LangOption,
}

impl Show {
    /// How to show it.
    fn format(self) -> Format {
        self.layout.or(self.format)
    }
}

/// How a list is laid out: for Excel, or for people as wide as it is.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Layout {
    /// As CSV for Excel: with a byte order mark, and numbers of more than eleven digits as texts.
    #[arg(long, conflicts_with = "format")]
    excel: bool,
    /// Every column of a table, each row on one line, however wide the terminal is.
    #[arg(long, conflicts_with = "excel")]
    wide: bool,
}

impl Layout {
    /// This, where it is asked for, else the other.
    fn or(self, format: Format) -> Format {
        match format {
            _ if self.excel => Format::Excel,
            Format::Table if self.wide => Format::Wide,
            format => format,
        }
    }
}

/// Runs the program with its arguments.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), Failure> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = LangOption::before(&arguments);
    let matches = help::in_language(Cli::command(), language).try_get_matches_from(&arguments);
    let matches = matches.unwrap_or_else(|mistake| usage::refuse(&mistake, language));
    operator::speak(LangOption::of(&matches, &arguments));
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|mistake| usage::refuse(&mistake, language));
    let daemon = matches!(cli.command, Command::Run(_));
    logging::start(if daemon { logging::Program::Daemon } else { logging::Program::Command });
    plain_file::keep_from_others();
    let mut out = terminal::Terminal::new(std::io::stdout().lock());
    let done = match cli.command {
        Command::Demo(demo) => demo.run(&mut out),
        Command::Run(run) => run.run(),
        Command::Once(once) => once.run(&mut out),
        Command::Replay(replay) => replay.run(&mut out),
        Command::CheckConfig(check) => check.run(&mut out),
        Command::Adopt(adopt) => adopt.run(&mut out),
        Command::Status(status) => status.run(&mut out),
        Command::Findings(findings) => findings.run(&mut out),
        Command::Card(card) => card.run(&mut out),
        Command::Sample(sample) => sample.run(&mut out),
        Command::Forget(forget) => forget.run(&mut out),
        Command::Silence(silence) => silence.run(&mut out),
        Command::Source(source) => source.run(&mut out),
        Command::Time(time) => time.run(&mut out),
        Command::Ledger(ledger) => ledger.run(&mut out),
        Command::Explain(explain) => explain.run(&mut out),
        Command::Coverage(coverage) => coverage.run(&mut out),
        Command::Due(due) => {
            let done = due.run(&mut out, &mut std::io::stderr()).map_err(Failure::from);
            done.and_then(|done| done.whole(due.language()))
        }
        Command::Law(law) => law.run(&mut out),
        Command::Calendar(calendar) => calendar.run(&mut out),
        Command::Plan(plan) => plan.run(&mut out),
        Command::Report(report) => report.run(&mut out),
        Command::Mail(mail) => mail.run(&mut out),
        Command::Completions(completions) => completions.run(&mut out),
        Command::Man(man) => man.run(&mut out),
    };
    match done {
        Err(failure) if failure.is_closed_pipe() => Ok(()),
        done => done,
    }
}

/// What judges now, by the ledger: the configuration may say otherwise and wait. Where nothing judges, the configuration.
pub(crate) fn in_force(ledger: &Ledger, wanted: &Policy) -> Result<Policy, Failure> {
    let version = ledger.in_force()?;
    let judging = version.map(|version| crate::round::in_force(ledger, wanted, &version)).transpose()?;
    Ok(judging.flatten().unwrap_or_else(|| wanted.clone()))
}

/// That something asked for is not there.
pub(crate) fn not_found(sentence: impl Into<Text>) -> Failure {
    Failure::new(ExitCode::NotFound, sentence)
}

/// A word of the ledger as people read it, or as it stands where it is not known.
pub(crate) fn word<T: FromStr>(word: &str, text: fn(T) -> Text) -> Text {
    word.parse().map_or_else(|_| Text::from(word), text)
}

/// A text that says something.
pub(crate) fn said(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() { Err(Fault(say!("config-say_something"))) } else { Ok(text.to_owned()) }
}
