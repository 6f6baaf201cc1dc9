//! `jianchad calendar load`: a new notice is put in force, after everybody has seen what it changes.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::cli::progress::Progress;
use crate::cli::table::List;
use crate::cli::{Common, Format, Tongue};
use crate::domain::finding::Card;
use crate::domain::moment::Moment;
use crate::domain::now::{Clock, Now};
use crate::domain::plan::{CaseFile, Preview, preview};
use crate::domain::policy::Policy;
use crate::domain::rules::{self, time_limit::short};
use crate::edge::clock::SystemClock;
use crate::edge::config::calendars::FOLDER;
use crate::edge::config::{self, Config};
use crate::edge::ledger::{Ledger, LedgerError};
use crate::failure::{ExitCode, Failure};
use crate::house::{self, House};
use crate::round;

/// Show which open cases a calendar file moves and which cards come and go, and then put it in force
#[derive(Debug, Args)]
pub struct Load {
    #[command(flatten)]
    common: Common,
    /// The file: a year's notice, a local holiday, a closure, to be laid over the calendar
    file: PathBuf,
    /// Put it in force without asking
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    tongue: Tongue,
}

/// Cases shown; beyond it only their number.
const SHOWN: usize = 20;

impl Load {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let now_in_force = house::load(&self.common.config)?;
        let then = config::load_with(&self.common.config, Some(&self.file)).map_err(|problems| {
            let sentence = format!("`{}` cannot be put in force\n\n{problems}", self.file.display());
            Failure::new(ExitCode::Config, sentence)
        })?;
        let name = self.file.file_name().filter(|_| self.file.extension().is_some_and(|end| end == "toml"));
        let Some(name) = name else {
            let sentence = format!("`{}` is not called something.toml", self.file.display());
            return Err(Failure::new(ExitCode::Usage, sentence));
        };
        let folder = self.common.config.parent().unwrap_or(Path::new(".")).join(FOLDER);
        let target = folder.join(name);
        self.show(&now_in_force, &then, out)?;
        if !self.agreed(out)? {
            let said =
                ("未作任何改动；确认后加 --yes 生效。", "Nothing was changed; --yes puts it in force.");
            writeln!(out, "{}", self.say(said))?;
            return Ok(());
        }
        put(&self.file, &folder, &target)?;
        writeln!(out, "{} {}", self.say(("已存入", "kept as")), target.display())?;
        self.judge_anew(out)
    }

    fn say<'t>(&self, (zh, en): (&'t str, &'t str)) -> &'t str {
        if self.tongue.chinese() { zh } else { en }
    }

    /// Which open cases move, and which cards appear or fall.
    fn show(&self, old: &Config, new: &Config, out: &mut dyn Write) -> Result<(), Failure> {
        let (before, after) = (old.policy.calendar.version(), new.policy.calendar.version());
        writeln!(out, "{} {before} → {after}", self.say(("工作日历", "calendar")))?;
        let ledger = match Ledger::read_only(&old.ledger, old.policy.zone) {
            Ok(ledger) => ledger,
            Err(LedgerError::Missing { .. }) => {
                writeln!(
                    out,
                    "{}",
                    self.say(("尚无台账，没有在办件。", "There is no ledger yet, so no open case."))
                )?;
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        let now = SystemClock::new(old.policy.zone).now();
        let mut seen = Seen::new(self.tongue.chinese());
        let progress = Progress::new("calendar");
        let mut last = 0;
        loop {
            let files = ledger.open_cases(last, 1_000)?;
            let Some(file) = files.last() else { break };
            last = file.id;
            for file in &files {
                seen.take(file, &old.policy, &new.policy, &now);
            }
            round::Watch::goes_on(&progress, 0, files.len() as u64);
        }
        progress.clear();
        seen.write(out)
    }

    fn agreed(&self, out: &mut dyn Write) -> Result<bool, Failure> {
        if self.yes || !std::io::stdin().is_terminal() {
            return Ok(self.yes);
        }
        write!(out, "{} [y/N] ", self.say(("现在生效吗？", "Put it in force now?")))?;
        out.flush()?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        Ok(answer.trim().eq_ignore_ascii_case("y"))
    }

    /// Open cases are judged anew by a round: here and now, or by the daemon when it is told to read its files again.
    fn judge_anew(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = house::load(&self.common.config)?;
        match Ledger::open(&config.ledger, config.policy.zone) {
            Err(LedgerError::Held { .. }) => {
                let said = (
                    "台账由正在运行的 jianchad 持有：执行 systemctl reload jianchad 即重新计算在办件。",
                    "The ledger is held by the running jianchad: `systemctl reload jianchad` judges the open cases anew.",
                );
                writeln!(out, "{}", self.say(said))?;
                return Ok(());
            }
            opened => drop(opened?),
        }
        let mut house = House::open(&config)?;
        let now = house.clock.now();
        let progress = Progress::new("round");
        let tally = round::run(&mut house, &now, &progress)?;
        progress.clear();
        let counts = [tally.cases_judged, tally.raised + tally.escalated, tally.resolved, tally.revoked];
        let [judged, raised, resolved, revoked] = counts;
        if self.tongue.chinese() {
            writeln!(
                out,
                "已重新计算 {judged} 件：新增或升级 {raised} 项，了结 {resolved} 项，撤销 {revoked} 项"
            )?;
        } else {
            writeln!(
                out,
                "{judged} cases judged anew: {raised} findings raised, {resolved} resolved, {revoked} withdrawn"
            )?;
        }
        Ok(())
    }
}

/// The file into the drop-in folder, whole or not at all.
fn put(file: &Path, folder: &Path, target: &Path) -> Result<(), Failure> {
    let copy = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut part = target.as_os_str().to_owned();
        part.push(".part");
        std::fs::copy(file, &part)?;
        std::fs::rename(&part, target)
    };
    copy().map_err(|error| {
        let sentence = format!("cannot keep the calendar file as `{}`: {error}", target.display());
        Failure::new(ExitCode::Unavailable, sentence)
            .with_remedy("run it as a user who may write to the folder of the configuration file")
    })
}

/// What was seen over all open cases.
struct Seen {
    chinese: bool,
    cases: u64,
    moved: u64,
    /// By card: how many appear, how many fall.
    cards: [[u64; 2]; 3],
    list: List,
    shown: usize,
}

impl Seen {
    fn new(chinese: bool) -> Self {
        let columns = [
            ("case_number", "办件编号", "case"),
            ("what", "计时或规则", "clock or rule"),
            ("before", "现行", "now"),
            ("after", "新日历", "new calendar"),
        ];
        Self { chinese, cases: 0, moved: 0, cards: [[0; 2]; 3], list: List::new(&columns, chinese), shown: 0 }
    }

    fn take(&mut self, file: &CaseFile, old: &Policy, new: &Policy, now: &Now) {
        let Preview { moves, cards } = preview(file, old, new, now);
        self.cases += 1;
        self.moved += u64::from(!moves.is_empty());
        let show = self.shown < SHOWN && !(moves.is_empty() && cards.is_empty());
        self.shown += usize::from(show);
        let name = |key: &str| {
            new.clock(key, None).map_or_else(|| key.to_owned(), |rule| rule.name_of(key, self.chinese))
        };
        let day = |day: Option<Moment>| day.map(short);
        for (key, before, after) in moves.iter().filter(|_| show) {
            self.list.push(vec![
                json!(file.number),
                json!(name(key)),
                json!(day(*before)),
                json!(day(*after)),
            ]);
        }
        for (rule, clock, before, after) in &cards {
            if let Some(card) = after {
                self.cards[*card as usize][0] += 1;
            }
            if let Some(card) = before {
                self.cards[*card as usize][1] += 1;
            }
            if show {
                let what =
                    if clock.is_empty() { rules::name(rule, self.chinese).to_owned() } else { name(clock) };
                let word =
                    |card: Option<Card>| card.map(|card| if self.chinese { card.zh() } else { card.word() });
                self.list.push(vec![
                    json!(file.number),
                    json!(what),
                    json!(word(*before)),
                    json!(word(*after)),
                ]);
            }
        }
    }

    fn write(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let Self { cases, moved, .. } = self;
        if self.chinese {
            writeln!(out, "在办件 {cases} 件，其中 {moved} 件到期日变动")?;
        } else {
            writeln!(out, "{cases} open cases, of which {moved} are due at another moment")?;
        }
        for card in [Card::Red, Card::Yellow, Card::Notice] {
            let [appear, fall] = self.cards[card as usize];
            if appear + fall > 0 && self.chinese {
                writeln!(out, "{}：新增 {appear}，消失 {fall}", card.zh())?;
            } else if appear + fall > 0 {
                writeln!(out, "{card}: {appear} appear, {fall} fall")?;
            }
        }
        if self.shown > 0 { self.list.write(Format::Table, out) } else { Ok(()) }
    }
}
