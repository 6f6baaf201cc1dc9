//! Rows of a case are gone from their source.

use super::data_fault::meanwhile;
use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::Vanished;
use crate::domain::clock::Reading;
use crate::domain::finding::Breach;
use crate::domain::policy::Policy;
use crate::domain::text::{Kept, Text, say};

pub(in crate::domain) const RULE: Rule = Rule {
    id: "vanished-record",
    meaning: "A sweep (`sweep_at`) no longer found rows that had been read, or the source marks them as deleted. The case goes on \
              by what they said last: its clocks run and give their cards, so a deletion ends no limit. The finding is to \
              be answered and is reminded of like a card. It ends by itself when the rows are there again; who withdraws it \
              (`card revoke`) says that they were rightly deleted, and they count no more. A row that comes back under \
              another key with the same content is the same row; one with other content that takes its place is a change \
              (`changed-after-fact`). A case that went over to another table of its source has not vanished, where a row \
              there that was read later tells the same of it. A case that came since it was last there and says what it said \
              (the same item, times, stages and names) is named beside it: its number may have been corrected. Whether that is so a \
              person decides; nothing is merged. If a mail had told of the case before, its time is named.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[Property::NeedsWitness, Property::AsksForAnswer],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    breach(matter.policy, matter.vanished, matter.clocks).into_iter().collect()
}

/// Whether what a rule found names a case under whose number one that is gone may go on.
pub(in crate::domain) fn may_go_on(rule: &str, why: &Kept) -> bool {
    rule == RULE.id && why.text.as_ref().is_some_and(|text| text.says("vanished-likely"))
}

/// The breach of a case of which rows are missing, with the days on which its clocks end meanwhile.
pub(in crate::domain) fn breach(
    policy: &Policy,
    missing: Option<&Vanished>,
    clocks: &[Reading<'_>],
) -> Option<Breach> {
    let missing = missing?;
    let (rows, when) = (missing.rows, missing.missed_at);
    let why = match missing.told_at {
        None => say!("vanished", rows, when),
        Some(told) => say!("vanished-told", rows, when, told),
    };
    let why = match &missing.likely[..] {
        [] => why,
        likely => {
            say!("vanished-likely", why, numbers = Text::list(likely.iter().map(Text::from), "list-comma"))
        }
    };
    let card = policy.rules.get(RULE.id).map_or(Card::Notice, |setting| setting.card);
    let why = meanwhile(why, say!("meanwhile-settled"), clocks);
    Some(Breach { rule: RULE.id, clock: String::new(), card, ongoing: true, passed: true, unit: None, why })
}
