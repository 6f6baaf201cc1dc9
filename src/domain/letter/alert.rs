//! Writes the alert mails of a round: one a recipient, the most pressing case first.

mod act;
mod by_unit;
mod days;
mod elsewhere;
mod entry;
mod facts;
mod lateness;
mod list;
mod question;
mod subject;
mod todo;
mod writer;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use by_unit::ByUnit;
use entry::{Entry, highest};
use serde::Serialize;

use super::kind::LetterKind;
use super::list::attachment_with_text;
use super::news::{Draft, Informed, News};
use super::page::phrase;
use super::reach::admins;
use super::referred::is_one;
use super::route::recipients;
use super::taken_back::{capacities, in_place_of};
use super::{Address, Away, Letter, LetterContext, message_id};
use crate::domain::card::Card;
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::registry::{Contact, Role};
use crate::domain::rules::{OWN, handed_over};
use crate::domain::text::Language;
use writer::{LISTED, Reader, Writer};

/// Cases shown in the mail itself; beyond it the mail is folded.
const SHOWN: usize = 20;
/// Cases with all that is known of each; of more, each stands in two lines below a table by unit, and the list is attached.
const IN_FULL: usize = 5;

/// Writes one letter per recipient for what is news.
pub fn write<'n>(
    news: &'n BTreeMap<i64, News>,
    context: LetterContext<'n>,
) -> impl Iterator<Item = Draft> + 'n {
    let told = by_reader(news, |piece| recipients(context.policy, piece, &context.reach));
    told.into_values().map(move |(contact, news)| letter(contact, &news, context))
}

/// Writes what an address that is gone from the contacts was to be told, to those who are told in its place; `known` are the
/// addresses that were told of a piece of news already, by the number of its event.
pub fn write_in_place_of<'n>(
    gone: &Informed,
    news: &'n BTreeMap<i64, News>,
    known: &BTreeMap<i64, Vec<String>>,
    context: LetterContext<'n>,
) -> impl Iterator<Item = Draft> + 'n {
    let told = by_reader(news, |piece| {
        let mut readers = in_place_of(context.policy, gone, piece, &context.reach);
        if readers.is_empty() {
            readers = admins(context.policy, &context.reach);
        }
        let knows = |address| known.get(&piece.event_id).is_some_and(|it| it.contains(address));
        readers.retain(|contact| !knows(&contact.address));
        readers
    });
    told.into_values().map(move |(contact, news)| letter(contact, &news, context))
}

/// What each reader is told, by the address.
fn by_reader<'n>(
    news: &'n BTreeMap<i64, News>,
    readers: impl Fn(&'n News) -> Vec<&'n Contact>,
) -> BTreeMap<&'n str, (&'n Contact, Vec<&'n News>)> {
    let mut by_reader: BTreeMap<&str, (&Contact, Vec<&News>)> = BTreeMap::new();
    for piece in news.values() {
        for contact in readers(piece) {
            let entry = by_reader.entry(&contact.address).or_insert((contact, Vec::new()));
            // One person may hold several roles; a piece of news reaches them once.
            if entry.1.last().is_none_or(|known| known.event_id != piece.event_id) {
                entry.1.push(piece);
            }
        }
    }
    by_reader
}

#[derive(Serialize)]
struct View {
    subject: String,
    greeting: String,
    lead: String,
    late: Option<String>,
    folded: Option<String>,
    answerable: bool,
    /// How an answer is given, for who gives it; what is done with one, for those who supervise.
    how: Vec<String>,
    /// Where there are many: how many of each card, by unit.
    by_unit: Vec<ByUnit>,
    cases: Vec<Entry>,
    table: String,
    signature: String,
}

/// The letter that tells a contact some news.
pub fn letter(contact: &Contact, news: &[&News], context: LetterContext<'_>) -> Draft {
    let LetterContext { policy, pages, id_domain, workbook, away, now, .. } = context;
    let answer_due = policy.answer_by(Moment::instant(now.instant));
    let (language, role, reader) = (contact.language, contact.role, Reader::of(contact.role));
    let writer = Writer { policy, contact, language, role, reader, now, answer_due };
    let groups = writer.by_case(news);
    let say = |name: &str, values: &[(&str, &str)]| writer.say(name, values);
    let many = groups.len() > IN_FULL;
    let entry = |group: &Vec<&News>| if many { writer.brief_entry(group) } else { writer.entry(group) };
    let shown: Vec<Entry> = groups.iter().take(SHOWN).map(entry).collect();
    let subject = pages.masked(writer.subject(&groups));
    let folded = many.then(|| {
        let name = match groups.len() {
            count if count <= SHOWN => "briefly",
            count if count <= LISTED => "folded",
            _ => "folded_twice",
        };
        let [count, shown, listed] = [groups.len(), SHOWN, LISTED].map(|number| number.to_string());
        say(name, &[("count", &count), ("shown", &shown), ("listed", &listed)])
    });
    let answerable = groups
        .iter()
        .any(|group| !group[0].asks && group.iter().any(|news| Writer::asks_for_an_answer(news)));
    let view = View {
        subject: subject.clone(),
        greeting: greeting(policy, contact),
        lead: writer.lead(&groups),
        late: away.map(|away| match away {
            Away::Off { since } => say("found_late", &[("since", &writer.written(since))]),
            Away::ClockAhead { until } => say("clock_was_ahead", &[("until", &writer.written(until))]),
        }),
        answerable,
        how: if answerable { writer.how(&groups) } else { Vec::new() },
        by_unit: if many { writer.by_unit(&groups) } else { Vec::new() },
        cases: shown,
        table: table(policy, language, Some(role)),
        signature: say("signature", &[("office", &policy.office)]),
        folded,
    };
    let attachments = if many {
        let name = say("attachment", &[("day", &now.today().to_string())]);
        vec![attachment_with_text(name, &writer.sheets(&groups, pages), workbook)]
    } else {
        Vec::new()
    };
    let highest = news.iter().map(|piece| piece.card).max().unwrap_or(Card::Notice);
    let letter = Letter {
        message_id: message_id(LetterKind::Alert, &contact.address, now, id_domain),
        to: Address { name: contact.name.clone(), address: contact.address.clone() },
        subject,
        text: pages.render("alert.txt", language, &view),
        html: pages.render("alert.html", language, &view),
        attachments,
        written_at: now.instant,
        thread: None,
    };
    let events =
        news.iter().flat_map(|piece| piece.stands_for.iter().copied().chain([piece.event_id])).collect();
    let capacities = capacities(policy, contact, news, &context.reach);
    Draft { kind: LetterKind::Alert, urgency: 2 - highest as u8, letter, events, capacities, answer_due }
}

/// The table that gives the cards, by its name; the administrator reads the version of all that judges besides.
pub(super) fn table(policy: &Policy, language: Language, role: Option<Role>) -> String {
    let title = policy.cards.title().words(language);
    let values = [("table", title.as_str()), ("policy", &policy.version)];
    let name = if role == Some(Role::Admin) { "table_version" } else { "table" };
    phrase(language, "alert", name, &values)
}

/// 市住建局 李四同志, the unit by its full name; an office is no comrade, and a name that begins with its unit's does not repeat it.
fn greeting(policy: &Policy, contact: &Contact) -> String {
    let name = contact.name.as_str();
    let unit = contact.unit.as_ref().and_then(|code| policy.registry.units.get(code));
    let unit = unit.map(|unit| unit.name.as_str()).filter(|unit| !name.starts_with(unit));
    let person = name.split(['（', '(']).next().unwrap_or(name).trim();
    let greeted = if is_person(person) {
        phrase(contact.language, "alert", "comrade", &[("name", person)])
    } else {
        name.to_owned()
    };
    let greeted = unit.map_or_else(|| greeted.clone(), |unit| format!("{unit} {greeted}"));
    phrase(contact.language, "alert", "greeting", &[("name", &greeted)])
}

/// Whether a name is a person's, as far as its characters tell: two to four of them, and not an office's last.
fn is_person(name: &str) -> bool {
    const OFFICES: &str = "室局科处办组队站所委院厅部股会心口导员班岗";
    let mut characters = name.chars();
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·';
    (2..=4).contains(&name.chars().count())
        && characters.all(han)
        && !name.ends_with(|last: char| OFFICES.contains(last))
}

impl Writer<'_> {
    /// News of the same case stands together: first what still asks for something, the highest card of it, then the latest; who
    /// has the case from another unit reads that before all. Withdrawn cards come last.
    fn by_case<'n>(&self, news: &[&'n News]) -> Vec<Vec<&'n News>> {
        let mut groups: BTreeMap<_, Vec<&News>> = BTreeMap::new();
        for piece in news {
            // Two offices may use the same number.
            groups.entry((&piece.subject, &piece.unit)).or_default().push(piece);
        }
        let mut groups: Vec<Vec<&News>> = groups.into_values().collect();
        for group in &mut groups {
            group.sort_by_key(|piece| self.rank(piece));
            // Who is told of a fault as its reader and as who supervises reads it once.
            let told: Vec<i64> = group.iter().filter(|it| !is_one(it)).map(|it| it.finding).collect();
            group.retain(|piece| !is_one(piece) || !told.contains(&piece.finding));
        }
        let due =
            |piece: &News| piece.deadline.as_ref().and_then(|running| running.due).map(|due| due.date());
        groups.sort_by_key(|group| {
            let first = group[0];
            (first.is_withdrawal(), Reverse(highest(group)), due(first), first.event_id)
        });
        groups
    }

    /// What stands before what among the news of one case.
    fn rank(&self, piece: &News) -> impl Ord + use<> {
        let received = piece.rule == handed_over::ID && self.reader == Reader::Unit;
        let asks = self.asks_for_more(piece);
        let (card, event) = (Reverse(piece.card), Reverse(piece.event_id));
        (piece.is_withdrawal(), !(received && asks), !asks, card, event)
    }

    /// How to answer and, of cards, how and until when to appeal, with the count where a clock is spoken of; for those who supervise, what
    /// is done with an answer, and for whoever enters it.
    fn how(&self, groups: &[Vec<&News>]) -> Vec<String> {
        match (self.role, self.reader) {
            (Role::Admin, _) => return vec![self.say("answer_how_admin", &[])],
            (_, Reader::Supervisor) => return vec![self.say("answer_how_supervisor", &[])],
            (_, Reader::Unit) => {}
        }
        let cards = groups.iter().flatten().filter(|news| Self::asks_for_an_answer(news) && !news.asks);
        let mut days: Vec<String> =
            cards.filter_map(|news| self.appeal_by(news)).map(|due| self.days().before(due)).collect();
        days.dedup();
        let appeal = match &days[..] {
            [] => None,
            [day] => Some(self.say("appeal_how_by", &[("due", day)])),
            _ => Some(self.say("appeal_how", &[])),
        };
        let counted = groups.iter().flatten().any(|news| !news.clock.is_empty());
        let explain = counted.then(|| self.say("explain_how", &[]));
        let said = [Some(self.say("answer_how", &[])), appeal, explain];
        said.into_iter().flatten().collect()
    }

    /// What the letter is about, in a sentence.
    fn lead(&self, groups: &[Vec<&News>]) -> String {
        let own = groups.iter().all(|group| OWN.contains(&group[0].rule.as_str()));
        let gone = groups.iter().all(|group| group[0].is_withdrawal());
        let asked = groups.iter().all(|group| group[0].asks);
        let together = groups.iter().all(|group| group[0].together.is_some());
        let elsewhere = groups.iter().flatten().all(|news| self.goes_on_elsewhere(news));
        let name = match (self.role, self.reader) {
            _ if own => "lead_own",
            _ if gone => "lead_revoked",
            _ if together => "lead_together",
            (_, Reader::Unit) if asked => "lead_asked_unit",
            _ if asked => "lead_asked_supervisor",
            (Role::Admin, _) => "lead_admin",
            (_, Reader::Unit) if elsewhere => "lead_elsewhere_unit",
            (_, Reader::Unit) => "lead_unit",
            (_, Reader::Supervisor) => "lead_supervisor",
        };
        self.say(name, &[("as_of", &self.days().moment(Moment::instant(self.now.instant)))])
    }
}

#[cfg(test)]
mod tests;
