//! The act that a clock waits for (办结、受理、送达、转报…), by what ends it, and the act that ended it.

use crate::domain::policy::{ClockRule, Trigger};
use crate::domain::record::TraceKind;
use crate::domain::registry::ItemKind;
use crate::domain::statute::{Expiry, Mark};
use crate::domain::text::{Text, say};

/// What ends a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The matter is finished (办结).
    Finish,
    /// A request or a petition is answered (答复).
    Answer,
    /// A document is delivered (送达).
    Deliver,
    /// It is decided whether an application is accepted (受理).
    Accept,
    /// The applicant is told once what is missing (补正告知).
    Ask,
    /// One of both.
    AskOrAccept,
    /// What counts as accepted by law is decided on, as the time to ask or to accept has passed (视为受理).
    Decide,
    /// A special procedure is ended.
    EndSpecial,
    /// The matter is passed on (转报).
    Forward,
    /// A stage, by its name.
    Stage(String),
    /// What the clock's name says.
    Other,
}

impl Act {
    /// The act that ends a clock.
    pub fn of(clock: &ClockRule) -> Self {
        use TraceKind::{
            Accepted, Applied, Closed, Decided, Delivered, Forwarded, NotAccepted, Resumed,
            SupplementReceived, SupplementRequested,
        };
        let of_the_matter = matches!(clock.id.as_str(), "promise" | "statutory");
        let (Trigger::Marks(marks) | Trigger::Earliest(marks)) = &clock.stops else {
            return if of_the_matter { Self::Finish } else { Self::Other };
        };
        if let [Mark::Stage(stage), ..] = &marks[..] {
            return Self::Stage(stage.clone());
        }
        let kinds: Vec<TraceKind> = marks.iter().filter_map(Mark::kind).collect();
        let has = |kind| kinds.contains(&kind);
        // What leaves the office is named first where that is what the limit is for.
        let passed_on = kinds.first() == Some(&Forwarded);
        let answered = !clock.kinds.is_empty()
            && clock.kinds.iter().all(|kind| matches!(kind, ItemKind::Disclosure | ItemKind::Petition));
        match kinds[..] {
            _ if passed_on => Self::Forward,
            _ if of_the_matter && !answered => Self::Finish,
            // What the applicant owes is not asked of the unit in its own words.
            _ if has(Applied) || has(SupplementReceived) => Self::Other,
            [Delivered] => Self::Deliver,
            [Resumed] => Self::EndSpecial,
            [SupplementRequested] => Self::Ask,
            // A petition is registered, passed on, answered: what it is stands in the clock's name.
            _ if has(Accepted) && clock.kinds[..] == [ItemKind::Petition] => Self::Other,
            _ if has(Accepted) && has(SupplementRequested) => Self::AskOrAccept,
            _ if has(Accepted) || kinds[..] == [NotAccepted] => Self::Accept,
            _ if answered && has(Decided) => Self::Answer,
            _ if of_the_matter || has(Decided) || has(Closed) => Self::Finish,
            _ => Self::Other,
        }
    }

    /// The act that a clock asks for once it has passed: where the case counts as accepted by that, its decision.
    pub fn of_passed(clock: &ClockRule) -> Self {
        match clock.on_expiry {
            Expiry::AcceptedFromReceipt | Expiry::AcceptedFromEnd => Self::Decide,
            _ => Self::of(clock),
        }
    }

    /// That it has not been done: 尚未办结.
    pub fn pending(&self) -> Text {
        match self {
            Self::Finish => say!("pending-finish"),
            Self::Answer => say!("pending-answer"),
            Self::Deliver => say!("pending-deliver"),
            Self::Accept => say!("pending-accept"),
            Self::Ask => say!("pending-ask"),
            Self::AskOrAccept => say!("pending-ask_or_accept"),
            Self::Decide => say!("pending-decide"),
            Self::EndSpecial => say!("pending-end_special"),
            Self::Forward => say!("pending-forward"),
            Self::Stage(_) | Self::Other => say!("pending-other"),
        }
    }

    /// The act that stopped a clock, by the kind of its trace, behind a day in Chinese and before it in English: 3月5日受理.
    pub fn done(&self, by: TraceKind) -> Text {
        use TraceKind::{
            Accepted, Closed, Decided, Delivered, Forwarded, NotAccepted, Resumed, Step, SupplementReceived,
            SupplementRequested, Withdrawn,
        };
        match by {
            Decided if *self == Self::Answer => say!("done-answered"),
            Decided | Closed => say!("done-finished"),
            Accepted => say!("done-accepted"),
            NotAccepted => say!("done-not_accepted"),
            SupplementRequested => say!("done-asked"),
            SupplementReceived => say!("done-received"),
            Resumed => say!("done-resumed"),
            Delivered => say!("done-delivered"),
            Forwarded => say!("done-forwarded"),
            Withdrawn => say!("done-withdrawn"),
            Step => say!("done-step"),
            _ => say!("done-other"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::tests::policy;
    use crate::domain::text::Language;

    fn clock(id: &str, stops: &str, kinds: &[ItemKind]) -> ClockRule {
        let stops = stops.split(' ').map(|mark| mark.parse::<Mark>().unwrap()).collect();
        let plain = policy(&[]).clocks.remove(0);
        ClockRule { id: id.into(), stops: Trigger::Earliest(stops), kinds: kinds.to_vec(), ..plain }
    }

    /// Only what ends with 办结 is asked to be finished (《行政许可法》第三十二条, 第四十三条, 第四十四条).
    #[test]
    fn a_clock_asks_for_what_ends_it() {
        let act = |id: &str, stops: &str| Act::of(&clock(id, stops, &[]));
        assert_eq!(act("promise", "decided closed not_accepted"), Act::Finish);
        assert_eq!(act("promise", "forwarded decided closed"), Act::Forward);
        assert_eq!(act("statutory", "decided closed"), Act::Finish);
        assert_eq!(act("XK9", "delivered"), Act::Deliver);
        assert_eq!(act("XK3", "accepted not_accepted decided closed"), Act::Accept);
        assert_eq!(act("XK2", "supplement_requested accepted not_accepted decided closed"), Act::AskOrAccept);
        assert_eq!(act("XG4", "supplement_requested"), Act::Ask);
        assert_eq!(act("FY10", "step:发送被申请人 decided closed"), Act::Stage("发送被申请人".into()));
        assert_eq!(act("special", "resumed"), Act::EndSpecial);
        assert_eq!(act("FY11", "supplement_received accepted"), Act::Other);
        assert_eq!(act("SS2", "forwarded"), Act::Forward);
        let petition = [ItemKind::Petition];
        assert_eq!(Act::of(&clock("XF4", "accepted forwarded", &petition)), Act::Other);
        assert_eq!(Act::of(&clock("XF8", "decided closed", &petition)), Act::Answer);
        assert_eq!(Act::of(&clock("promise", "decided closed", &[ItemKind::Disclosure])), Act::Answer);
    }

    /// Once its time has passed the case counts as accepted: it is to be decided, not to be accepted
    /// (《行政许可法》第三十二条, 《行政复议法》第三十条).
    #[test]
    fn what_counts_as_accepted_is_to_be_decided() {
        let mut asked = clock("XK2", "supplement_requested accepted decided", &[]);
        assert_eq!(Act::of_passed(&asked), Act::AskOrAccept);
        for expiry in [Expiry::AcceptedFromReceipt, Expiry::AcceptedFromEnd] {
            asked.on_expiry = expiry;
            assert_eq!((Act::of(&asked), Act::of_passed(&asked)), (Act::AskOrAccept, Act::Decide));
        }
    }

    /// An act is called by what it was: 办结 is said of a decision and of a closing alone.
    #[test]
    fn what_stopped_a_clock_is_called_by_its_kind() {
        for (kind, word, zh) in TraceKind::ALL {
            let said = Act::Finish.done(kind).words(Language::Chinese);
            assert_eq!(
                said == "办结",
                matches!(kind, TraceKind::Decided | TraceKind::Closed),
                "{word} {zh}: {said}"
            );
        }
        let said = |kind| [Language::Chinese, Language::English].map(|it| Act::Answer.done(kind).words(it));
        assert_eq!(said(TraceKind::Decided), ["答复", "answered"]);
        assert_eq!(said(TraceKind::Forwarded), ["转报", "passed on"]);
        assert_eq!(said(TraceKind::Resumed), ["特别程序结束", "special procedure ended"]);
    }
}
