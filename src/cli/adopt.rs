//! `jianchad adopt`: a person puts in force a change of what judges that would move many cards.

use std::io::Write;

use clap::Args;

use super::progress::Progress;
use super::{Common, Tongue, effect};
use crate::domain::adoption::Effect;
use crate::domain::now::Clock;
use crate::edge::clock::SystemClock;
use crate::edge::ledger::{Adoption, Ledger, Step};
use crate::failure::{ExitCode, Failure};
use crate::house;
use crate::round::{self, Proposal};

/// Shows which change of what judges waits, and what it would do; with --by and --why it judges from the next round on.
///
/// Clocks, card table, rules, calendar, registry, how a source is read and how far it is believed, or a new version of this
/// program: a change that would move more open cards
/// than `review_above` is not judged by until somebody adopts it.
#[derive(Debug, Args)]
pub(crate) struct Adopt {
    #[command(flatten)]
    common: Common,
    /// The version that was looked at: refused if the configuration file now says something else.
    version: Option<String>,
    /// Who adopts it.
    #[arg(long, value_name = "NAME", value_parser = super::said, requires = "why")]
    by: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", value_parser = super::said, requires = "by")]
    why: Option<String>,
    /// Only show what waits, as without --by.
    #[arg(long, conflicts_with = "by")]
    show: bool,
    #[command(flatten)]
    tongue: Tongue,
}

impl Adopt {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let mut config = house::load(&self.common.config)?;
        let mut ledger = match &self.by {
            Some(_) => Ledger::at_keyboard(&config.ledger, config.policy.zone)?,
            None => Ledger::at_hand(&config.ledger, config.policy.zone)?,
        };
        let now = SystemClock::new(config.policy.zone).now();
        config.policy = round::carried(&ledger, &config.policy, &now)?;
        let version = &config.policy.version;
        let last = ledger.last_adoption()?;
        let in_force = ledger.in_force()?;
        self.refuse_another(version, last.as_ref().filter(|last| last.step == Step::Waits))?;
        if in_force.as_ref().is_none_or(|before| before == version) {
            let said = ("没有待确认的规则改动。", "No change of what judges waits.");
            return Ok(writeln!(out, "{}", self.say(said))?);
        }
        let known = last.filter(|last| last.version == *version && last.before == in_force);
        if let Some(allowed) = known.as_ref().filter(|last| last.step == Step::Allowed) {
            let (by, why) = (allowed.by.as_deref().unwrap_or_default(), &allowed.why);
            if self.tongue.chinese() {
                writeln!(out, "{version} 已由{by}确认（{why}），下一轮起生效。")?;
            } else {
                writeln!(out, "{by} has adopted {version} ({why}); it judges from the next round on.")?;
            }
            return Ok(());
        }
        // What it would do is worked out anew: cases have moved since a round met it.
        let met = known.filter(|last| last.step == Step::Waits);
        let progress = Progress::new("adopt");
        let proposal = round::propose(&ledger, &config.policy, &now, &progress)?;
        progress.clear();
        let (effect, waits) =
            proposal.map_or_else(Default::default, |Proposal { effect, waits, .. }| (effect, waits));
        let waits = waits || met.is_some();
        self.show_change(in_force.as_deref().unwrap_or_default(), version, &effect, waits, out)?;
        let (Some(by), Some(why)) = (self.by.clone(), self.why.clone()) else { return Ok(()) };
        let leave = Adoption {
            step: Step::Allowed,
            version: version.clone(),
            before: in_force,
            by: Some(by),
            why,
            effect,
        };
        ledger.note_adoption(&leave, &now)?;
        let said = (
            "已记录；下一轮起生效（systemctl reload jianchad 立即开始一轮）。",
            "Noted: it judges from the next round on (`systemctl reload jianchad` starts one).",
        );
        Ok(writeln!(out, "{}", self.say(said))?)
    }

    fn say<'t>(&self, (zh, en): (&'t str, &'t str)) -> &'t str {
        if self.tongue.chinese() { zh } else { en }
    }

    /// What is adopted is what was looked at, and what the file says.
    fn refuse_another(&self, version: &str, waiting: Option<&Adoption>) -> Result<(), Failure> {
        let looked_at = self.version.as_deref().filter(|looked_at| *looked_at != version);
        let waiting = waiting.map(|waiting| waiting.version.as_str()).filter(|waits| *waits != version);
        let Some(other) = looked_at.or(waiting.filter(|_| self.by.is_some())) else { return Ok(()) };
        let sentence =
            format!("{other} is no longer what the configuration file says: that is {version} now");
        Err(Failure::new(ExitCode::Usage, sentence).with_remedy(
            "`systemctl reload jianchad` (or `jianchad once`), then `jianchad adopt` shows what the new one would do",
        ))
    }

    fn show_change(
        &self,
        before: &str,
        version: &str,
        change: &Effect,
        waits: bool,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        writeln!(out, "{} {before} → {version}", self.say(("监察规则", "what judges")))?;
        effect::write(change, self.tongue.chinese(), out)?;
        if self.by.is_some() {
            return Ok(());
        }
        let said = if waits {
            (
                "待确认：jianchad adopt --by 姓名 --why 理由",
                "It waits for `jianchad adopt --by NAME --why TEXT`.",
            )
        } else {
            ("下一轮起自动生效。", "The next round adopts it by itself.")
        };
        Ok(writeln!(out, "{}", self.say(said))?)
    }
}
