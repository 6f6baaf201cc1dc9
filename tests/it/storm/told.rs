//! What both cities of the storm found and told, and how it is compared: the mail server of the one puts letters off, that of its twin
//! does not.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::bench::Bench;

/// A reader and a finding on a case.
type Told = (String, String);

/// Pairs of what a query gives: the first two columns of three, and the third.
fn pairs(city: &Bench, sql: &str) -> BTreeMap<Told, String> {
    let pair = |line: String| {
        let [reader, finding, rest] = line.splitn(3, '|').collect::<Vec<_>>()[..] else { panic!("{line}") };
        ((reader.to_owned(), finding.to_owned()), rest.to_owned())
    };
    city.ledger(sql).into_iter().map(pair).collect()
}

const FINDING: &str = "f.subject || ' ' || f.rule || ' ' || f.clock";
const TOLD_OF: &str = "FROM letter AS l JOIN letter_event AS t ON t.letter_id = l.id JOIN finding_event AS e ON e.id = t.event_id
    JOIN finding AS f ON f.id = e.finding_id WHERE f.case_id IS NOT NULL";
const TOLD: &str = "FROM letter AS l JOIN letter_event AS t ON t.letter_id = l.id JOIN finding_event AS e ON e.id = t.event_id
    JOIN finding AS f ON f.id = e.finding_id
    WHERE l.state = 'sent' AND f.case_id IS NOT NULL AND e.event NOT IN ('reminded', 'unanswered')";

/// When the first letter left that told of an event, as what is typed afterwards is judged by it: when it was written, or, where it
/// waited ten minutes, when it left.
const FIRST_TOLD: &str = "min(iif(julianday(coalesce(l.sent_at, l.handed_at)) - julianday(l.written_at) < 10.0 / 1440, l.written_at,
        coalesce(l.sent_at, l.handed_at)))";

/// A finding on a case, by case, rule and clock.
type Of = (String, String);

/// When each card was told, by the event that gave it: each has its own, as a card that has risen is weighed by both.
fn told_at(city: &Bench) -> BTreeMap<Of, BTreeMap<String, String>> {
    let sql = format!(
        "SELECT f.subject, f.rule || ' ' || f.clock, e.event || ' ' || e.card || ' ' || e.at || '|' || coalesce((SELECT {FIRST_TOLD}
             FROM letter_event AS t JOIN letter AS l ON l.id = t.letter_id WHERE t.event_id = e.id), '')
         FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id
         WHERE f.case_id IS NOT NULL AND e.event IN ('raised', 'escalated', 'reopened')"
    );
    let mut told: BTreeMap<Of, BTreeMap<String, String>> = BTreeMap::new();
    for line in city.ledger(&sql) {
        let [case, finding, event, at] = line.splitn(4, '|').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        told.entry((case.to_owned(), finding.to_owned()))
            .or_default()
            .insert(event.to_owned(), at.to_owned());
    }
    told
}

fn instant(at: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(at).unwrap_or_else(|error| panic!("{at}: {error}"))
}

/// The findings that were told at another time by the server that puts off, each with the first of these times.
pub fn told_otherwise(killed: &Bench, twin: &Bench) -> BTreeMap<Of, DateTime<FixedOffset>> {
    let (here, there) = (told_at(killed), told_at(twin));
    let mut otherwise = BTreeMap::new();
    for of in here.keys().chain(there.keys()) {
        let [one, other] = [&here, &there].map(|told| told.get(of).cloned().unwrap_or_default());
        for event in one.keys().chain(other.keys()) {
            let times = [&one, &other].map(|told| told.get(event).filter(|at| !at.is_empty()));
            let [one, other] = times.map(|at| at.map(|at| instant(at)));
            let near = one.zip(other).map(|(one, other)| (one - other).abs() < TimeDelta::minutes(10));
            if let Some(first) = one.into_iter().chain(other).min().filter(|_| near != Some(true)) {
                let since = otherwise.entry(of.clone()).or_insert(first);
                *since = first.min(*since);
            }
        }
    }
    otherwise
}

/// When something of each case was read last that was not on record before.
fn last_entered(city: &Bench) -> BTreeMap<String, DateTime<FixedOffset>> {
    let sql = "SELECT c.number, r.started_at FROM (SELECT case_id, round_id FROM trace UNION SELECT case_id, round_id FROM case_change
                   UNION SELECT case_id, round_id FROM vanished_row UNION SELECT case_id, back_round FROM vanished_row) AS n
               JOIN \"case\" AS c ON c.id = n.case_id JOIN round AS r ON r.id = n.round_id";
    let mut last = BTreeMap::new();
    for line in city.ledger(sql) {
        let (case, at) = line.split_once('|').unwrap();
        let entered = last.entry(case.to_owned()).or_insert_with(|| instant(at));
        *entered = instant(at).max(*entered);
    }
    last
}

/// Findings that were told at another time by the server that puts off, where something was entered on their case since: what comes
/// before the one letter and after the other. Where nothing was, the time of the letter is no matter, and all is to be the same.
pub fn left_out(killed: &Bench, twin: &Bench) -> BTreeSet<Of> {
    let entered = [killed, twin].map(last_entered);
    let since = |(case, _): &Of, at: &DateTime<FixedOffset>| {
        entered.iter().any(|entered| entered.get(case).is_some_and(|entered| entered >= at))
    };
    told_otherwise(killed, twin).into_iter().filter(|(of, at)| since(of, at)).map(|(of, _)| of).collect()
}

/// The findings but for some, as `case rule clock card standing`. Those of what fell due while nobody looked are named by the cases in
/// them, as a card of which somebody was told by then is none.
pub fn findings(city: &Bench, but: &BTreeSet<Of>) -> BTreeSet<String> {
    let (met, told) = ("met-unseen", "time-limit");
    let sql = format!(
        "SELECT case_number, rule || ' ' || clock, card || ' ' || standing FROM findings WHERE rule <> '{met}'
         UNION ALL SELECT case_number, '{told} ' || clock, '{met} ' || source || ' ' || substr(last_read_at, 1, 16) FROM met_unseen"
    );
    let of = |line: String| {
        let [case, finding, stands] = line.splitn(3, '|').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let left_out = but.contains(&(case.to_owned(), finding.to_owned()));
        (!left_out).then(|| format!("{case} {finding} {stands}"))
    };
    city.ledger(&sql).into_iter().filter_map(of).collect()
}

/// What each reader was told last of each finding on a case, by letters that left.
pub fn last_told(city: &Bench) -> BTreeMap<Told, String> {
    pairs(city, &format!("SELECT l.to_address, {FINDING}, e.event {TOLD} ORDER BY e.id"))
}

/// Readers who do not know the last state of a card: whoever knows it where nobody killed, has a letter on it that was written since,
/// as a letter that was put off is written anew. What was over before anything left is told to nobody.
pub fn left_behind(killed: &Bench, twin: &Bench, but: &BTreeSet<Of>) -> Vec<String> {
    let (told, known) = (last_told(killed), last_told(twin));
    // A letter that reminds of a card says the day that holds, and so stands for the news of one that moved while it waited.
    let sent = "AND l.state = 'sent' GROUP BY 1, 2";
    let written =
        pairs(killed, &format!("SELECT l.to_address, {FINDING}, max(l.written_at) {TOLD_OF} {sent}"));
    let happened = pairs(
        killed,
        &format!(
            "SELECT {FINDING}, e.event, max(e.at) FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id GROUP BY 1, 2"
        ),
    );
    let stands = pairs(
        killed,
        &format!("SELECT {FINDING}, '', f.standing FROM finding AS f WHERE f.case_id IS NOT NULL"),
    );
    let standing = |finding: &str| stands[&(finding.to_owned(), String::new())].as_str();
    let mut behind = Vec::new();
    let left_out: BTreeSet<String> = but.iter().map(|(case, finding)| format!("{case} {finding}")).collect();
    for ((reader, finding), event) in known.iter().filter(|((_, finding), _)| !left_out.contains(finding)) {
        let of = (reader.clone(), finding.clone());
        let since = happened.get(&(finding.clone(), event.clone()));
        let knows = match (written.get(&of), since) {
            // A letter may be written by a clock that has gone back behind what it tells.
            (Some(written), Some(since)) => written >= since || told.get(&of) == Some(event),
            (None, _) => ["resolved", "revoked"].contains(&standing(finding)),
            (Some(_), None) => false,
        };
        if !knows {
            let (written, told) = (written.get(&of), told.get(&of));
            behind.push(format!("{reader} {finding}: {event} of {since:?}, told {told:?} by {written:?}"));
        }
    }
    let unknown = told.iter().filter(|(of, _)| !known.contains_key(*of));
    let stale = unknown.filter(|((_, finding), event)| {
        standing(finding) == "revoked" && *event != "revoked" && !left_out.contains(finding)
    });
    behind.extend(
        stale.map(|((reader, finding), event)| format!("{reader} {finding}: withdrawn, told {event}")),
    );
    behind
}

/// All that decides about a subject: what was read of it and by which round, what was found and told and by which letters; of the
/// stretches in which its source was not read, when they were, and how often rounds ran around them.
pub fn life(city: &Bench, subject: &str) -> Vec<String> {
    let name = subject.split(' ').next().unwrap();
    let letters = "SELECT group_concat(l.id || ' ' || l.to_address || ' ' || l.state || ' ' || l.written_at || ' ' || coalesce(l.sent_at, '-'), ', ')
         FROM letter_event AS t JOIN letter AS l ON l.id = t.letter_id WHERE t.event_id = e.id";
    let of = format!("WHERE f.subject = '{name}' OR f.subject LIKE '{name} %'");
    let queries = [
        format!("SELECT 'finding', f.id, f.rule || ' ' || f.clock, f.card, f.standing, 'told ' || coalesce(f.told_at, '-'),
             'contested ' || coalesce(f.contested_at, '-'), 'upheld ' || coalesce(f.upheld_at, '-') FROM finding AS f {of} ORDER BY f.id"),
        format!("SELECT e.at, 'event', e.id, e.event, f.rule || ' ' || f.clock, e.card, e.why_en, ({letters})
             FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id {of} ORDER BY e.id"),
        format!("SELECT r.started_at, 'read by round ' || t.round_id || iif(r.finished_at IS NULL, ', cut short', ''), t.kind, t.occurred_at, t.read, t.row,
             t.part, t.revision FROM trace AS t JOIN \"case\" AS c ON c.id = t.case_id JOIN round AS r ON r.id = t.round_id WHERE c.number = '{name}' ORDER BY t.id"),
        format!("SELECT r.started_at, 'header by round ' || h.round_id, h.item, h.dates FROM case_change AS h JOIN \"case\" AS c ON c.id = h.case_id
             JOIN round AS r ON r.id = h.round_id WHERE c.number = '{name}' ORDER BY h.id"),
        format!("SELECT 'vanished', v.read, v.row, v.round_id, v.back_round FROM vanished_row AS v JOIN \"case\" AS c ON c.id = v.case_id
             WHERE c.number = '{name}' ORDER BY v.id"),
        format!("SELECT 'unseen', m.* FROM met_unseen AS m WHERE '{name}' IN (m.case_number, m.source)"),
        format!("SELECT 'not read', b.after_round, a.started_at, b.ended_round, e.started_at, b.looked FROM blindness AS b JOIN source AS s ON s.id = b.source_id
             JOIN round AS a ON a.id = b.after_round LEFT JOIN round AS e ON e.id = b.ended_round
             WHERE s.name = '{name}' OR EXISTS (SELECT 1 FROM met_unseen WHERE case_number = '{name}') ORDER BY b.id"),
        format!("SELECT 'rounds', substr(started_at, 1, 16), min(id) || ' to ' || max(id), count(finished_at) || ' of ' || count(*) || ' to their end'
             FROM round WHERE EXISTS (SELECT 1 FROM source WHERE name = '{name}') GROUP BY 2 ORDER BY min(id)"),
    ];
    queries.iter().flat_map(|sql| city.ledger(sql)).collect()
}
