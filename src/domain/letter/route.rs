//! Who is told what (发送对象): roles by card, contacts by unit and region.

use super::news::News;
use super::reach::{self, Reach, admins, answers_for, each_once, lost, reached};
use super::taken_back;
use crate::domain::card::Card;
use crate::domain::coverage::upward;
use crate::domain::finding::{Event, Standing};
use crate::domain::plan::question::Asks;
use crate::domain::policy::{Policy, Route};
use crate::domain::registry::{Contact, Role};
use crate::domain::rules::{
    CHANGED_AFTER, DATA_FAULT, LEDGER_BEGUN, LEDGER_REPLACED, OWN, SOURCE_SUSPECT, TOLD_TO_REVIEW,
    handed_over, met_unseen, vanished,
};
use crate::domain::text::{Text, say};

/// Contacts to be told of a piece of news. Matters of our own running go to the administrators; where nobody of
/// the right role can be told of the unit, they are told too, so that no card falls silent.
pub fn recipients<'p>(policy: &'p Policy, news: &News, reach: &Reach<'_>) -> Vec<&'p Contact> {
    let admins = || admins(policy, reach);
    let supervisors = || readers(policy, &[Role::Supervisor], reach);
    if [SOURCE_SUSPECT, LEDGER_BEGUN, LEDGER_REPLACED].contains(&news.rule.as_str()) {
        // A row that somebody deletes to be rid of a case may be all that is missing, and another ledger knows of no card: who
        // supervises learns of it too.
        return each_once(admins().into_iter().chain(supervisors()));
    }
    let to_review = news.standing == Standing::Pending && TOLD_TO_REVIEW.contains(&news.rule.as_str());
    if to_review || (news.rule == met_unseen::ID && !news.is_withdrawal()) {
        // What waits for review is no matter of a unit yet, and what fell due unseen is of a source: whoever supervises reviews it.
        let told = supervisors();
        return if told.is_empty() { admins() } else { told };
    }
    if OWN.contains(&news.rule.as_str()) {
        return admins();
    }
    if news.event == Event::Referred {
        // For those who supervise the unit; what is wrong with a source is for all of them, and for who looks after it.
        let of_source = news.together.is_some();
        let supervises = |contact: &&Contact| of_source || answers_for(policy, contact, news.unit.as_deref());
        let told = supervisors().into_iter().filter(supervises);
        let told = each_once(told.chain(of_source.then(admins).into_iter().flatten()));
        return if told.is_empty() { admins() } else { told };
    }
    if news.is_withdrawal() {
        // A card is taken back from everybody who was told of it, and from nobody else: also from those who no longer hold
        // the role. Where nobody has taken the place of an address that is gone, the administrators are told.
        let (told, lost) = taken_back::of_withdrawal(policy, news, reach);
        return each_once(told.into_iter().chain(lost.then(admins).into_iter().flatten()));
    }
    let meant = meant(policy, news);
    let told = reached(policy, &meant, reach);
    // Where nobody leads the unit the clerk alone would know of the card.
    let leads = |contact: &&Contact| contact.role == Role::UnitLead;
    let vacant =
        news.unit.is_some() && roles(policy, news).contains(&Role::UnitLead) && !meant.iter().any(leads);
    if told.is_empty() || vacant || lacks_item(policy, news) {
        return each_once(told.into_iter().chain(admins()));
    }
    told
}

/// Whether a case was newly found to be of an item that the catalogue lacks: whoever looks after the catalogue can add it, and the clerk
/// who typed the code cannot.
pub(super) fn lacks_item(policy: &Policy, news: &News) -> bool {
    let is_known = |code: &String| policy.registry.items.contains_key(code);
    news.rule == DATA_FAULT
        && matches!(news.event, Event::Raised | Event::Reopened)
        && news.item.as_ref().is_some_and(|code| !is_known(code))
}

/// The roles that a piece of news concerns.
fn roles(policy: &Policy, news: &News) -> Vec<Role> {
    let mut roles = match news {
        // What waits for a decision is no matter of the unit, but for its card that may fall.
        _ if news.asks && news.event != Event::Contested => vec![Role::Supervisor],
        // Who has a case now is told of it with the lead of the unit, as of a card, though it is none.
        _ if news.rule == handed_over::ID => reach::roles(&policy.routing, Card::Yellow),
        _ => reach::roles(&policy.routing, news.card),
    };
    match news.event {
        Event::Unanswered => roles.extend(&policy.routing.unanswered),
        Event::Contested => roles.push(Role::Supervisor),
        // Who issued it learns that the record was changed further.
        Event::Grown if news.rule == CHANGED_AFTER => roles.push(Role::Supervisor),
        // Whether a case goes on under another number only he can decide, and best before a limit passes.
        Event::Raised | Event::Reopened if vanished::may_go_on(&news.rule, &news.why) => {
            roles.push(Role::Supervisor);
        }
        _ => {}
    }
    let routed: Vec<&Route> =
        policy.routing.routes.iter().filter(|route| route.covers(policy, news)).collect();
    if let Some(alone) = routed.iter().rev().find(|route| route.instead) {
        roles.clone_from(&alone.to);
    }
    roles.extend(routed.iter().filter(|route| !route.instead).flat_map(|route| &route.to));
    roles
}

/// Whom a piece of news concerns by role, whether or not they can be reached.
fn meant<'p>(policy: &'p Policy, news: &News) -> Vec<&'p Contact> {
    let (roles, registry) = (roles(policy, news), &policy.registry);
    // An order to finish a case is for the unit that has it, whoever's card it is on.
    let ordered = news.ordered_elsewhere();
    let concerns = |contact: &&Contact| {
        let finishes = ordered.is_some() && contact.unit.as_deref() == ordered;
        roles.contains(&contact.role) && (finishes || answers_for(policy, contact, news.unit.as_deref()))
    };
    registry.contacts.iter().filter(concerns).collect()
}

impl Route {
    /// Whether a piece of news goes by it.
    fn covers(&self, policy: &Policy, news: &News) -> bool {
        let region = news.unit.as_ref().and_then(|code| policy.registry.units.get(code));
        let in_region = |code: &String| {
            upward(&policy.registry, region.map(|unit| unit.region.as_str())).any(|above| above == *code)
        };
        self.unit.as_ref().is_none_or(|code| news.unit.as_ref() == Some(code))
            && self.region.as_ref().is_none_or(in_region)
            && self.item.as_ref().is_none_or(|code| news.item.as_ref() == Some(code))
            && self.rule.as_ref().is_none_or(|id| *id == news.rule)
            && self.card.is_none_or(|card| news.card >= card)
    }
}

/// The contacts of some roles, or who stands in for them, each address once: the readers of digest and bulletin.
pub fn readers<'p>(policy: &'p Policy, roles: &[Role], reach: &Reach<'_>) -> Vec<&'p Contact> {
    let registry = &policy.registry;
    let meant = registry.contacts.iter().filter(|contact| roles.contains(&contact.role));
    each_once(meant.filter_map(|contact| reach.reader(registry, contact)))
}

/// The readers of what goes to some roles as a whole, as [`readers`]; and the administrators where one of them cannot be reached, and nobody
/// beside or above.
pub fn readers_or_admins<'p>(policy: &'p Policy, roles: &[Role], reach: &Reach<'_>) -> Vec<&'p Contact> {
    let meant = policy.registry.contacts.iter().filter(|contact| roles.contains(&contact.role));
    reached(policy, &meant.collect::<Vec<_>>(), reach)
}

/// Why a contact is told of a piece of news: by which role, and what of.
pub fn why_told(policy: &Policy, contact: &Contact, news: &News, reach: &Reach<'_>) -> Text {
    if OWN.contains(&news.rule.as_str()) || news.together.is_some() {
        return say!("told-own");
    }
    let (is, role) = (contact.role, contact.role.text());
    let routed =
        policy.routing.routes.iter().any(|route| route.to.contains(&is) && route.covers(policy, news));
    if news.event == Event::Referred && is == Role::Supervisor {
        say!("told-referred", role)
    } else if reach::roles(&policy.routing, news.card).contains(&is) {
        say!("told-card", role, card = news.card.text())
    } else if let Some(question) = news.question.filter(|_| is == Role::Supervisor) {
        match question.asks {
            Asks::Withdrawal => say!("told-withdrawal", role),
            Asks::Objection => say!("told-objection", role),
        }
    } else if news.event == Event::Grown && is == Role::Supervisor {
        say!("told-grown", role)
    } else if vanished::may_go_on(&news.rule, &news.why) && is == Role::Supervisor {
        say!("told-may_go_on", role)
    } else if routed {
        say!("told-route", role)
    } else if news.event == Event::Unanswered && policy.routing.unanswered.contains(&is) {
        if news.asks { say!("told-not_decided", role) } else { say!("told-not_answered", role) }
    } else if is == Role::Admin && lacks_item(policy, news) {
        say!("told-lacks_item")
    } else if is == Role::Admin {
        match lost(policy, &meant(policy, news), reach).first() {
            Some(lost) => say!("told-takes_no_letters", address = &lost.address),
            None => say!("told-nobody_else"),
        }
    } else {
        say!("told-stand_in")
    }
}

#[cfg(test)]
pub mod tests;
