//! In whatever order rows arrive, with whatever stamps, what is found in the end is what one full reading finds.

use proptest::prelude::*;

use crate::bench::Bench;

/// A row that is written by a statement, at a round, under a stamp of its own.
#[derive(Debug, Clone)]
struct Write {
    sql: String,
    round: usize,
}

/// The rounds of the week after everything happened; the last one sweeps.
const ROUNDS: [&str; 5] = ["2011-10-24", "2011-10-25", "2011-10-26", "2011-10-27", "2011-10-28"];

/// How the stamp of a row lies to the day on which it is written: on it, late by hours, shared with others, or far behind
/// the watermark, where only the sweep looks.
fn stamp(round: usize, kind: u8) -> String {
    match kind {
        0 => format!("2011-10-{} 08:00:00", 24 + round),
        1 => format!("2011-10-{} 20:00:00", 23 + round),
        2 => "2011-10-24 00:00:00".to_owned(),
        _ => "2011-09-01 00:00:00".to_owned(),
    }
}

/// The row of a case is written when it is accepted.
fn accepted(name: &str, begun: u32, stamp: &str) -> String {
    format!(
                "INSERT INTO cases (number, item, clerk, applied, accepted, changed)
                 VALUES ('{name}', 'I20', '0731', '2011-10-{begun:02} 09:00:00', '2011-10-{begun:02} 09:30:00', '{stamp}')
                 ON CONFLICT (number) DO UPDATE SET clerk = excluded.clerk,
                     applied = excluded.applied, accepted = excluded.accepted, changed = excluded.changed"
            )
}

/// The rows of one case, each written at a round: accepted, a stage, special procedures side by side, a hand-over, another
/// item, decided or not, accepted again or not.
fn case(number: usize) -> impl Strategy<Value = Vec<Write>> {
    let rows = prop::collection::vec((0..ROUNDS.len(), 0u8..4), 10);
    let decided = prop_oneof![Just(None), (10u32..22).prop_map(Some)];
    let more = (any::<bool>(), any::<bool>(), any::<bool>(), 0u32..8, any::<bool>());
    (8u32..15, rows, decided, any::<bool>(), more).prop_map(move |(begun, rows, decided, step, more)| {
        let (pause, beside, again, handed, moved) = more;
        let name = format!("C{number}");
        let mut writes = Vec::new();
        let mut row = |place: usize, sql: &dyn Fn(&str) -> String| {
            let (round, kind) = rows[place];
            writes.push(Write { sql: sql(&stamp(round, kind)), round });
        };
        row(0, &|stamp| accepted(&name, begun, stamp));
        let event_of = |kind: &str, stage: &str, day: u32, note: &str, unit: &str, stamp: &str| {
            format!(
                "INSERT INTO events (number, kind, stage, at, clerk, note, unit, changed)
                 VALUES ('{name}', '{kind}', '{stage}', '2011-10-{day:02} 15:00:00', '0732', '{note}', nullif('{unit}', ''), '{stamp}')"
            )
        };
        let event = |kind: &str, day: u32, note: &str, stamp: &str| event_of(kind, "审查", day, note, "", stamp);
        if step {
            row(1, &|stamp| event("step", begun + 1, "", stamp));
        }
        if pause {
            row(2, &|stamp| event("paused", begun + 2, "特告〔2011〕26号", stamp));
            row(3, &|stamp| event("resumed", begun + 5, "", stamp));
        }
        if beside {
            row(5, &|stamp| event_of("paused", "检测", begun + 3, "特告〔2011〕27号", "", stamp));
            row(6, &|stamp| event_of("resumed", "检测", begun + 6, "", "", stamp));
        }
        if handed > 0 {
            row(7, &|stamp| event_of("step", "移交", begun + handed, "", "U2", stamp));
        }
        if moved {
            row(8, &|stamp| {
                format!(
                    "INSERT INTO cases (number, item, changed) VALUES ('{name}', 'I60', '{stamp}')
                     ON CONFLICT (number) DO UPDATE SET item = 'I60', changed = max(changed, excluded.changed)"
                )
            });
        }
        if let (Some(day), true) = (decided, again) {
            row(9, &|stamp| event("accepted", day.max(begun + 6) + 1, "", stamp));
        }
        if let Some(day) = decided {
            let day = day.max(begun + 6);
            row(4, &|stamp| {
                format!(
                    "INSERT INTO cases (number, item, result, finished, changed)
                     VALUES ('{name}', 'I20', 'granted', '2011-10-{day:02} 16:00:00', '{stamp}')
                     ON CONFLICT (number) DO UPDATE SET result = excluded.result, finished = excluded.finished,
                         changed = excluded.changed"
                )
            });
        }
        writes
    })
}

/// A case whose end is typed as a word that is no time, mended at a later round or never.
fn doubtful(number: usize) -> impl Strategy<Value = Vec<Write>> {
    let garbled = prop_oneof![Just("未定"), Just("2011-10-32 09:00"), Just("3020-01-01")];
    let mended = prop_oneof![Just(None), (1..ROUNDS.len(), 10u32..29).prop_map(Some)];
    (8u32..15, (0u8..4, 0u8..4), garbled, mended).prop_map(move |(begun, (first, then), garbled, mended)| {
        let name = format!("D{number}");
        let row = |finished: &str, stamp: &str| {
            format!(
                "INSERT INTO cases (number, item, clerk, applied, accepted, result, finished, changed)
                 VALUES ('{name}', 'I20', '0731', '2011-10-{begun:02} 09:00:00', '2011-10-{begun:02} 09:30:00', 'granted',
                     '{finished}', '{stamp}')
                 ON CONFLICT (number) DO UPDATE SET finished = excluded.finished, changed = excluded.changed"
            )
        };
        let mut writes = vec![Write { sql: row(garbled, &stamp(0, first)), round: 0 }];
        if let Some((round, day)) = mended {
            let finished = format!("2011-10-{:02} 16:00:00", day.min(23 + round as u32));
            writes.push(Write { sql: row(&finished, &stamp(round, then)), round });
        }
        writes
    })
}

/// What stands in the end: open and waiting findings, and cards of cases that were closed late, each with the unit that it is
/// held against. What was found on the way and has fallen since is no part of it, nor are the rules that ask what was seen when.
fn standing(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || rule || ' ' || clock, card, standing, unit_code FROM findings
         WHERE (standing IN ('open', 'pending') OR (standing = 'resolved' AND rule = 'time-limit' AND card <> 'notice'))
             AND rule NOT IN ('late-entry', 'entered-together', 'seen-finished', 'changed-after-fact', 'backdated-entry')
         ORDER BY 1, 2",
    )
}

/// Cards of which only a witness can know that they do not fall by themselves.
fn contested(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || rule || ' ' || clock FROM findings WHERE standing = 'pending-withdrawal'",
    )
}

fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    city.configure("amount = \"amount\" }", "amount = \"amount\", unit = \"unit\" }");
    city.configure("codes = { step", "codes = { accepted = \"accepted\", step");
    city.approval("ALTER TABLE events ADD COLUMN unit TEXT");
    city
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_changes_nothing(
        writes in (case(0), case(1), case(2), case(3), case(4), case(5), doubtful(6), doubtful(7))
            .prop_map(|(a, b, c, d, e, f, g, h)| [a, b, c, d, e, f, g, h].concat())
            .prop_shuffle(),
        of_days in any::<bool>()
    ) {
        // A column in which every time is midnight is one of days, whichever row comes first.
        let writes: Vec<Write> = writes.into_iter().map(|write| if of_days {
            Write { sql: write.sql.replace(" 16:00:00'", " 00:00:00'"), ..write }
        } else {
            write
        }).collect();
        let (mut slowly, mut at_once) = (city(), city());
        for (round, day) in ROUNDS.iter().enumerate() {
            for write in writes.iter().filter(|write| write.round == round) {
                slowly.approval(&write.sql);
                at_once.approval(&write.sql);
            }
            slowly.rounds_on(&[day]);
        }
        slowly.rounds_on(&["2011-10-29", "2011-10-31"]);
        at_once.rounds_on(&["2011-10-31"]);
        let asked = contested(&slowly);
        let told = |line: &String| asked.iter().any(|key| line.split('|').next() == Some(key.as_str()));
        let of = |city: &Bench| standing(city).into_iter().filter(|line| !told(line)).collect::<Vec<_>>();
        prop_assert_eq!(of(&slowly), of(&at_once));
        prop_assert!(contested(&at_once).is_empty());
        for city in [&slowly, &at_once] {
            let kept = city.ledger(
                "SELECT item, cases, required, present, traces, timed, timely FROM item_count WHERE cases > 0",
            );
            let counted = city.ledger(
                "SELECT item_code, count(*), sum(required), sum(present), sum(traces), sum(timed), sum(timely)
                 FROM case_measures GROUP BY item_code",
            );
            prop_assert_eq!(kept, counted, "the sums are those of the list");
            let kept = city.ledger("SELECT item, day, cases FROM item_day WHERE cases > 0");
            let counted =
                city.ledger("SELECT item, day, count(*) FROM (SELECT item_code AS item, begun_on AS day FROM case_measures
                 UNION ALL SELECT c.item, r.begun_on FROM later_run AS r JOIN \"case\" AS c ON c.id = r.case_id) GROUP BY 1, 2 ORDER BY 1, 2");
            prop_assert_eq!(kept, counted);
        }
    }
}
