//! Writes the alert mails of a round: one a recipient, the most pressing case first.

mod facts;
mod subject;

use std::collections::BTreeMap;

use serde::Serialize;

use super::list::attachment;
use super::news::{Draft, News, Running};
use super::page::phrase;
use super::route::{Reach, recipients};
use super::{Address, Letter, message_id};
use crate::domain::count::Asked;
use crate::domain::finding::{Card, Standing};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::registry::{Contact, Language};
use crate::domain::rules::{self, CALENDAR_ENDS, MAIL_REFUSED, SOURCE_DARK, handed_over, time_limit::short};

/// Cases shown in the mail itself; beyond it the mail is folded and the whole list attached.
const SHOWN: usize = 20;
/// Cases in the attached list: some 3 MB. A mail server takes 10 MB and refuses for good what is larger.
const LISTED: usize = 10_000;

/// What letters are written with.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'d> {
    /// What judges, and whom it tells.
    pub policy: &'d Policy,
    /// Right-hand side of Message-IDs.
    pub id_domain: &'d str,
    /// Who can be reached.
    pub reach: Reach<'d>,
    /// Since when nothing ran, if what is told comes late for it.
    pub away: Option<&'d str>,
    /// As of when.
    pub now: &'d Now,
}

/// Writes one letter per recipient for what is news.
pub fn write<'n>(news: &'n BTreeMap<i64, News>, desk: Desk<'n>) -> impl Iterator<Item = Draft> + 'n {
    let mut by_reader: BTreeMap<&str, (&Contact, Vec<&News>)> = BTreeMap::new();
    for piece in news.values() {
        for contact in recipients(desk.policy, piece, &desk.reach) {
            let entry = by_reader.entry(&contact.address).or_insert((contact, Vec::new()));
            // One person may hold several roles; a piece of news reaches them once.
            if entry.1.last().is_none_or(|known| known.event_id != piece.event_id) {
                entry.1.push(piece);
            }
        }
    }
    by_reader.into_values().map(move |(contact, news)| letter(contact, &news, desk))
}

/// One case in a mail, in the reader's language.
#[derive(Serialize)]
struct Entry {
    mark: String,
    colour: &'static str,
    subject: String,
    display: Option<String>,
    item: String,
    unit: String,
    why: String,
    also: Vec<String>,
    facts: Vec<(String, String)>,
    todo: String,
}

#[derive(Serialize)]
struct View {
    subject: String,
    greeting: String,
    lead: String,
    late: Option<String>,
    folded: Option<String>,
    answerable: bool,
    cases: Vec<Entry>,
    table: String,
    signature: String,
}

/// The letter that tells a contact some news.
pub fn letter(contact: &Contact, news: &[&News], desk: Desk<'_>) -> Draft {
    let Desk { policy, id_domain, away, now, .. } = desk;
    let language = contact.language;
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "alert", name, values);
    let groups = by_case(news);
    let answer_due = answer_due(policy, now);
    let answer_by =
        answer_due.map_or_else(|| policy.answer_within.words(language == Language::Chinese), short);
    let writer = Writer { policy, language, now, answer_by };
    let shown: Vec<Entry> = groups.iter().take(SHOWN).map(|group| writer.entry(group)).collect();
    let subject = writer.subject(&groups);
    let folded = (groups.len() > SHOWN).then(|| {
        let name = if groups.len() > LISTED { "folded_twice" } else { "folded" };
        let [count, shown, listed] = [groups.len(), SHOWN, LISTED].map(|number| number.to_string());
        say(name, &[("count", &count), ("shown", &shown), ("listed", &listed)])
    });
    let as_of = now.instant.format("%Y-%m-%d %H:%M").to_string();
    let view = View {
        subject: subject.clone(),
        greeting: say("greeting", &[("name", &contact.name)]),
        lead: say("lead", &[("as_of", &as_of)]),
        late: away.map(|since| say("found_late", &[("since", since)])),
        answerable: groups.iter().any(|group| group[0].card > Card::Notice),
        cases: shown,
        table: say("table", &[("table", &policy.cards.name), ("policy", &policy.version)]),
        signature: say("signature", &[("office", &policy.office)]),
        folded,
    };
    let attachments = if groups.len() > SHOWN {
        let name = say("attachment", &[("day", &now.today().to_string())]);
        vec![attachment(name, writer.rows(&groups))]
    } else {
        Vec::new()
    };
    let highest = news.iter().map(|piece| piece.card).max().unwrap_or(Card::Notice);
    let letter = Letter {
        message_id: message_id("alert", &contact.address, now, id_domain),
        to: Address { name: contact.name.clone(), address: contact.address.clone() },
        subject,
        text: policy.pages.render("alert.txt", language, &view),
        html: policy.pages.render("alert.html", language, &view),
        attachments,
        written_at: now.instant,
        thread: None,
    };
    let events =
        news.iter().flat_map(|piece| piece.stands_for.iter().copied().chain([piece.event_id])).collect();
    Draft { kind: "alert", urgency: 2 - highest as u8, letter, events, answer_due }
}

/// News of the same case stands together, its highest card first; withdrawn cards come last.
fn by_case<'n>(news: &[&'n News]) -> Vec<Vec<&'n News>> {
    let mut groups: BTreeMap<_, Vec<&News>> = BTreeMap::new();
    for piece in news {
        // Two offices may use the same number.
        groups.entry((&piece.subject, &piece.unit)).or_default().push(piece);
    }
    let mut groups: Vec<Vec<&News>> = groups.into_values().collect();
    let rank = |piece: &&News| (piece.event == "revoked", std::cmp::Reverse(piece.card), piece.event_id);
    for group in &mut groups {
        group.sort_by_key(rank);
    }
    let due = |piece: &News| piece.deadline.as_ref().and_then(|running| running.due).map(|due| due.date());
    groups.sort_by_key(|group| {
        let first = group[0];
        (first.event == "revoked", std::cmp::Reverse(first.card), due(first), first.event_id)
    });
    groups
}

struct Writer<'a> {
    policy: &'a Policy,
    language: Language,
    now: &'a Now,
    /// When an answer to a card of this letter is due.
    answer_by: String,
}

/// When answers to cards told now are due; `None` where the calendar does not reach so far.
fn answer_due(policy: &Policy, now: &Now) -> Option<Moment> {
    let start = Moment::instant(now.instant);
    let asked = Asked { start, limit: &policy.answer_within, extensions: &[], pauses: &[] };
    policy.counting.due(&policy.calendar, policy.zone, &asked).ok().map(|due| due.at)
}

impl Writer<'_> {
    fn say(&self, name: &str, values: &[(&str, &str)]) -> String {
        phrase(self.language, "alert", name, values)
    }

    fn chinese(&self) -> bool {
        self.language == Language::Chinese
    }

    fn card(&self, card: Card) -> &'static str {
        if self.chinese() { card.zh() } else { card.word() }
    }

    fn unit(&self, news: &News) -> String {
        let unit = news.unit.as_ref().and_then(|code| self.policy.registry.units.get(code));
        unit.map(|unit| unit.name.clone()).or_else(|| news.unit.clone()).unwrap_or_default()
    }

    fn item(&self, news: &News) -> String {
        let item = news.item.as_ref().and_then(|code| self.policy.registry.items.get(code));
        item.map(|item| item.name.clone()).or_else(|| news.item.clone()).unwrap_or_default()
    }

    fn entry(&self, group: &[&News]) -> Entry {
        let news = group[0];
        let revoked = news.event == "revoked";
        let colour = match (revoked, news.card) {
            (true, _) => "#546e7a",
            (_, Card::Red) => "#b00020",
            (_, Card::Yellow) => "#a86500",
            (_, Card::Notice) => "#1565c0",
        };
        let chinese = self.chinese();
        let also = group[1..].iter().map(|piece| piece.why.words(chinese).to_owned());
        Entry {
            mark: self.mark(news),
            colour,
            subject: news.subject.clone(),
            display: news.display.clone(),
            item: self.item(news),
            unit: self.unit(news),
            why: news.why.words(chinese).to_owned(),
            also: group
                .iter()
                .flat_map(|piece| [self.note(piece), self.silenced(piece)])
                .flatten()
                .chain(also)
                .collect(),
            facts: self.facts(news),
            todo: self.todo(news),
        }
    }

    /// What was done with the card, and by whom.
    fn note(&self, news: &News) -> Option<String> {
        let (by, words) = news.note.as_ref()?;
        let words = words.words(self.chinese());
        Some(match by {
            Some(by) => self.say("said_by", &[("by", by), ("words", words)]),
            None => words.to_owned(),
        })
    }

    /// That it was found while a silence held.
    fn silenced(&self, news: &News) -> Option<String> {
        Some(self.say("silenced", &[("until", &news.silenced?.to_string())]))
    }

    fn todo(&self, news: &News) -> String {
        let due = news.deadline.as_ref().and_then(|running| running.due).map(short).unwrap_or_default();
        let order = news.order_due.map(short).unwrap_or_default();
        let answer = news.answer_due.map_or_else(|| self.answer_by.clone(), short);
        let name = match (news.event.as_str(), news.rule.as_str()) {
            ("revoked", _) => "revoked_todo",
            ("reminded", _) if news.standing == Standing::PendingWithdrawal => "contested_todo",
            ("reminded" | "unanswered", _) => "reminded_todo",
            ("ordered", _) => "ordered_todo",
            ("upheld", _) => "upheld_todo",
            ("contested", _) => "contested_todo",
            (_, handed_over::ID) => "handed_todo",
            (_, SOURCE_DARK) => "source_todo",
            (_, CALENDAR_ENDS) => "calendar_todo",
            (_, MAIL_REFUSED) => "refused_todo",
            (_, rules::CLOCK_STOPPED) => "stopped_todo",
            (_, "data-fault") => "fault_todo",
            (_, "missing-step") => "missing_todo",
            (_, "doubtful-fact") => "doubt_todo",
            (_, "deemed-granted") => "granted_todo",
            _ if news.card == Card::Notice => "notice_todo",
            _ if news.standing == Standing::Open => "overdue_todo",
            _ => "late_todo",
        };
        let answer = if name == "reminded_todo" { &answer } else { &self.answer_by };
        let values =
            [("due", due.as_str()), ("answer", answer), ("order", &order), ("card", self.card(news.card))];
        self.say(name, &values)
    }

    fn mark(&self, news: &News) -> String {
        let card = self.card(news.card);
        match news.event.as_str() {
            "revoked" => self.say("revoked_mark", &[("card", card)]),
            "moved" => self.say("moved_mark", &[("card", card)]),
            event @ ("contested" | "grown" | "reminded" | "unanswered" | "ordered" | "upheld") => {
                self.say(&format!("{event}_mark"), &[("card", card)])
            }
            _ if news.rule == handed_over::ID => self.say("handed_mark", &[]),
            _ => card.to_owned(),
        }
    }

    /// Every piece of news as a row of the attached list, headings first.
    fn rows<'n>(&'n self, groups: &'n [Vec<&'n News>]) -> impl Iterator<Item = [String; 10]> + 'n {
        let columns = ["card", "case", "item", "unit", "rule", "limit", "started", "due", "state", "todo"];
        let headings = columns.map(|name| self.say(name, &[]));
        std::iter::once(headings).chain(groups.iter().take(LISTED).flatten().map(|news| self.row(news)))
    }

    fn row(&self, news: &News) -> [String; 10] {
        let running = news.deadline.as_ref();
        let limit = running.map(|running| running.limit.words(self.chinese())).unwrap_or_default();
        let started = running.map(|running| short(running.started)).unwrap_or_default();
        let due = running.and_then(|running| running.due).map(short).unwrap_or_default();
        let rule = rules::name(&news.rule, self.chinese()).to_owned();
        let why = news.why.words(self.chinese()).to_owned();
        let (item, unit, todo) = (self.item(news), self.unit(news), self.todo(news));
        [self.mark(news), news.subject.clone(), item, unit, rule, limit, started, due, why, todo]
    }
}
