//! A round that is cut short at any of its writes, by a kill or a full disk, is taken up by the next as if it had not begun: what was
//! found is the same, of whoever looked away as of whoever typed late.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::bench::Bench;

/// Writes in the order in which a round does them; the round gets as far as the first of a kind, which does not come about.
const WRITES: [(&str, &str); 11] = [
    ("the stretch in which nobody looked", "BEFORE INSERT ON blindness"),
    ("that nobody watched", "BEFORE UPDATE ON source_span"),
    ("the first fact", "BEFORE INSERT ON trace"),
    ("that its source is watched", "BEFORE INSERT ON source_span"),
    (
        "that its source is read again",
        "BEFORE UPDATE OF ended_round ON blindness WHEN NEW.ended_round IS NOT NULL",
    ),
    ("the first deadline", "BEFORE UPDATE ON deadline"),
    ("the first event", "BEFORE INSERT ON finding_event"),
    ("what fell due unseen", "BEFORE INSERT ON unseen_clock"),
    ("that it was gone through", "BEFORE UPDATE OF looked ON blindness WHEN NEW.looked = 1"),
    ("the first letter", "BEFORE INSERT ON letter"),
    ("its end", "BEFORE UPDATE OF finished_at ON round"),
];

/// A and B are due on 13 October, C was to be accepted on the 12th; the daemon reads every ten minutes until a moment.
fn city(last: &[&str]) -> Bench {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00").licence("B", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-11", "2011-10-12"]);
    for at in last {
        city.round(at);
    }
    city
}

/// Decisions are typed that were made before the limit passed, of a case that was there and of one that was not.
fn typed(city: &Bench) {
    city.decided("A", "2011-10-12 10:00:00");
    city.accepted("C", "I20", "2011-09-23 10:00:00").decided("C", "2011-10-11 10:00:00");
}

fn cut_short(city: &mut Bench, write: &str, at: &str) {
    let ledger = city.path("ledger.db");
    let on_ledger = |sql: &str| Connection::open(&ledger).unwrap().execute_batch(sql).unwrap();
    on_ledger(&format!("CREATE TRIGGER cut {write} BEGIN SELECT RAISE(ABORT, 'cut short'); END"));
    assert!(city.try_round(at).is_err(), "nothing was written: {write}");
    on_ledger("DROP TRIGGER cut");
    city.restart();
}

/// What was found, what fell due unseen, and what people were told of both.
fn found(city: &Bench) -> BTreeSet<String> {
    let told =
        "SELECT DISTINCT 'told ' || l.to_address || ' ' || f.subject || ' ' || f.rule || ' ' || e.event
         FROM letter_event AS t JOIN letter AS l ON l.id = t.letter_id
         JOIN finding_event AS e ON e.id = t.event_id JOIN finding AS f ON f.id = e.finding_id";
    let unseen = "SELECT source, last_read_at, read_again_at, case_number, clock, due_at FROM met_unseen";
    let unseen = city.ledger(unseen);
    assert_eq!(unseen.iter().collect::<BTreeSet<_>>().len(), unseen.len(), "each once: {unseen:?}");
    city.findings().into_iter().chain(unseen).chain(city.ledger(told)).collect()
}

/// Nobody looked from Thursday to Monday, or for a night over the end of the due day: the supervisor is told what was typed then, and
/// nobody is said to have typed late, as nobody knows when it was. That holds wherever the first round after it was cut short.
#[test]
fn a_round_cut_short_at_any_write_changes_nothing() {
    let often =
        ["2011-10-13 09:05", "2011-10-13 09:15", "2011-10-13 09:25", "2011-10-13 09:35", "2011-10-13 16:00"];
    for (last, again, unwatched) in
        [(&often[..1], "2011-10-17 09:05", true), (&often, "2011-10-14 08:40", false)]
    {
        let after = |city: &mut Bench| {
            // The source in whose reading the program ended is left out of the first round.
            city.round(again);
            city.round(again);
            city.round("2011-10-18 09:05");
            found(city)
        };
        let mut whole = city(last);
        typed(&whole);
        let expected = after(&mut whole);
        assert!(expected.iter().any(|line| line.ends_with("met-unseen notice pending")), "{expected:?}");
        for (write, trigger) in WRITES.iter().filter(|(_, on)| unwatched || !on.contains("source_span")) {
            let mut city = city(last);
            typed(&city);
            cut_short(&mut city, trigger, again);
            assert_eq!(after(&mut city), expected, "{again}, cut short before {write}");
        }
    }
}
