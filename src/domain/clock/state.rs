//! One clock as it stands on one case at one moment.

use std::cmp::Ordering;

use chrono::{DateTime, FixedOffset};

use crate::domain::calendar::Calendar;
use crate::domain::card::Card;
use crate::domain::count::{Asked, Due, Pause};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::policy::ClockRule;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::statute::{Expiry, Keeper};
use crate::domain::text::{Text, words};

use super::doubt::{Disregarded, Doubtful};
use super::excess::Excess;

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 未开始: no trace has started it.
    NotStarted,
    /// 计时中.
    Running,
    /// 暂停: inside a special procedure.
    Paused,
    /// 按期.
    Met,
    /// 超期办结: stopped after its due moment.
    MetLate,
    /// 超期: still running after its due moment.
    Overdue,
    /// 终止: the matter was withdrawn in time.
    Void,
}

words!(State {
    NotStarted = "not_started", "未开始";
    Running = "running", "计时中";
    Paused = "paused", "暂停";
    Met = "met", "按期";
    MetLate = "met_late", "超期办结";
    Overdue = "overdue", "超期";
    Void = "void", "终止";
});

/// Which part of a case a clock runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// All of it.
    Whole,
    /// The n-th of several runs, from 1: one special procedure after the other, or a case accepted again.
    Run(u32),
    /// One stage (环节) of its item.
    Stage(&'a str),
}

/// One clock as it stands on one case at one moment.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// Its declaration.
    pub rule: &'a ClockRule,
    /// What it runs on.
    pub part: Part<'a>,
    /// Which run of the case, from 1: a case may be accepted again after its end.
    pub run: u32,
    /// The limit that runs.
    pub limit: Limit,
    /// Clause of the limit: the item's own, else the clock's.
    pub basis: &'a str,
    /// Who must keep it.
    pub keeper: Keeper,
    /// The working days it is counted by.
    pub calendar: &'a Calendar,
    /// Where it stands.
    pub state: State,
    /// What started it; what it is counted back from, for a clock that is.
    pub started: Option<Moment>,
    /// The clock by whose passing the case counts as accepted, where that started this one (D5).
    pub deemed: Option<&'a ClockRule>,
    /// What stopped it.
    pub stopped: Option<(Moment, TraceKind)>,
    /// Where it ends, at the latest defensible. While a pause is open: where it would end if the pause ended now.
    pub due: Option<Due>,
    /// What is doubtful, where that makes two dates of one.
    pub doubt: Option<Box<Doubtful>>,
    /// What is left out, in order: special procedures and corrections; the last may still be open.
    pub pauses: Vec<Pause>,
    /// Since when the open pause runs.
    pub paused_since: Option<Moment>,
    /// Extensions counted in.
    pub extensions: Vec<Limit>,
    /// Where their traces stand among those of the case.
    pub extended: Vec<usize>,
    /// Extensions recorded and not counted, with the reason why.
    pub disregarded: Vec<Disregarded>,
    /// What more was paused, or is to be, than is left out.
    pub excess: Vec<Excess>,
    /// When a correction was asked for, or brought, that begins nothing anew: the clock had begun anew once already.
    pub vain_correction: Option<Moment>,
    /// The card it gives by the card table.
    pub card: Option<Card>,
    /// From when on it gives each card, unless it is stopped before; notice first.
    pub gives_from: [Option<DateTime<FixedOffset>>; 3],
    /// Next instant at which passing time alone can change the card.
    pub next_change_at: Option<DateTime<FixedOffset>>,
}

impl Reading<'_> {
    /// When the applicant is taken to have given the matter up: a limit of his own passed, and nothing was done after it.
    pub fn given_up(&self, traces: &[Trace]) -> Option<Moment> {
        let due = self.due.filter(|_| self.rule.on_expiry == Expiry::GivenUp)?.at;
        let goes_on = traces.iter().any(|trace| trace.occurred.order(&due) == Ordering::Greater);
        (self.state == State::Overdue && !goes_on).then_some(due)
    }

    /// Enters a card that it gives from an instant on, unless it is stopped.
    pub(super) fn awaits(&mut self, card: Card, begins: DateTime<FixedOffset>) {
        if self.stopped.is_none() {
            let from = &mut self.gives_from[card as usize];
            *from = Some(from.map_or(begins, |earlier| earlier.min(begins)));
        }
    }

    /// The highest card that it has still to give, unless it is stopped before.
    pub fn highest_to_come(&self) -> Option<Card> {
        self.cards_to_come().last().map(|(card, _)| card)
    }

    /// The cards that it has still to give above the one it gives, and from when on, the lowest first.
    pub fn cards_to_come(&self) -> impl DoubleEndedIterator<Item = (Card, DateTime<FixedOffset>)> {
        let above = |(card, _): &(Card, _)| Some(*card) > self.card;
        self.cards().filter(above)
    }

    /// The cards that it gives or has still to give unless it is stopped, and from when on, the lowest first.
    pub fn cards(&self) -> impl DoubleEndedIterator<Item = (Card, DateTime<FixedOffset>)> {
        let all = [Card::Notice, Card::Yellow, Card::Red].into_iter().zip(self.gives_from);
        all.filter_map(|(card, from)| Some((card, from?)))
    }

    /// Whether the due moment has been passed, be the clock stopped or not.
    pub fn late(&self) -> bool {
        matches!(self.state, State::MetLate | State::Overdue)
    }

    /// Whether it was running at a moment: begun, and not stopped before.
    pub fn runs_at(&self, moment: Moment) -> bool {
        self.started.is_some_and(|start| start.order(&moment) != Ordering::Greater)
            && self.stopped.is_none_or(|(stop, _)| stop.order(&moment) != Ordering::Less)
    }

    /// Its due moment, if it is fixed: while a pause is open it moves with every day.
    pub fn fixed_due(&self) -> Option<Moment> {
        self.due.filter(|_| self.paused_since.is_none() || self.late()).map(|due| due.at)
    }

    /// Its due moment as it stood at a moment, before what was left out from then on.
    pub fn due_before(&self, moment: Moment, zone: chrono_tz::Tz) -> Option<Moment> {
        let earlier = |pause: &&Pause| pause.from.order(&moment) == Ordering::Less;
        let pauses: Vec<Pause> = self.pauses.iter().filter(earlier).copied().collect();
        let asked = Asked { pauses: &pauses, ..self.asked()? };
        self.rule.counting.due(self.calendar, zone, &asked).ok().map(|due| due.at)
    }

    /// What names it among the clocks of its case: `special`, `special#2`, `stage#审查`.
    pub fn key(&self) -> String {
        match self.part {
            Part::Whole | Part::Run(0 | 1) => self.rule.id.clone(),
            Part::Run(number) => format!("{}#{number}", self.rule.id),
            Part::Stage(stage) if self.run > 1 => format!("{}#{stage}#{}", self.rule.id, self.run),
            Part::Stage(stage) => format!("{}#{stage}", self.rule.id),
        }
    }

    /// Whether `key` names it.
    pub fn has_key(&self, key: &str) -> bool {
        let (id, part) = key.split_once('#').unwrap_or((key, ""));
        id == self.rule.id
            && match self.part {
                Part::Whole | Part::Run(0 | 1) => part.is_empty(),
                Part::Run(number) => part.parse() == Ok(number),
                Part::Stage(stage) => match (part.strip_prefix(stage), self.run) {
                    (Some(rest), 0 | 1) => rest.is_empty(),
                    (Some(rest), run) => rest.strip_prefix('#').is_some_and(|rest| rest.parse() == Ok(run)),
                    (None, _) => false,
                },
            }
    }

    /// Name of the clock.
    pub fn name(&self) -> Text {
        self.rule.name_of(&self.key())
    }

    /// What was counted, as it is asked of [`Counting`](crate::domain::count::Counting); `None` before the start.
    pub fn asked(&self) -> Option<Asked<'_>> {
        let (limit, extensions, pauses) = (&self.limit, &self.extensions[..], &self.pauses[..]);
        Some(Asked { start: self.started?, limit, extensions, pauses })
    }
}
