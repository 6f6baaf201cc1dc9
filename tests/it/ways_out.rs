//! Issue 14.5: what a clerk may type to get out of a limit. None of it lifts a card or ends the counting, whenever it is typed, one by
//! one or all at once, and the supervisor is told.

use crate::bench::Bench;

/// What is typed into the record of A-1, accepted on 2011-09-26 and due on 10-13 by the promise and 10-27 by the law.
const TYPED: [(&str, &str); 7] = [
    (
        "a step in 2030",
        "INSERT INTO events (number, kind, stage, at, clerk, changed) VALUES ('A-1', 'step', '决定', '2030-01-01 10:00:00', '0731', '{}')",
    ),
    ("applied after accepted", "UPDATE cases SET applied = '2011-10-20 10:00:00', changed = '{}'"),
    (
        "an end before the start",
        "UPDATE cases SET result = 'granted', finished = '2011-09-01 10:00:00', changed = '{}'",
    ),
    (
        "a withdrawal before the start",
        "UPDATE cases SET result = 'withdrawn', finished = '2011-09-01 10:00:00', changed = '{}'",
    ),
    (
        "9999 working days more",
        "INSERT INTO events (number, kind, stage, at, clerk, note, amount, changed) VALUES ('A-1', 'extended', '', '2011-10-11 10:00:00', '李局长', '批字9号', '9999wd', '{}')",
    ),
    (
        "an open pause with an invented number",
        "INSERT INTO events (number, kind, stage, at, clerk, note, changed) VALUES ('A-1', 'paused', '检测', '2011-10-11 10:00:00', '0731', '特告〔2011〕999号', '{}')",
    ),
    (
        "a hundred pauses",
        "WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 99) INSERT INTO events (number, kind, stage, at, clerk, note, changed) SELECT 'A-1', iif(n % 2, 'resumed', 'paused'), '检测', datetime('2011-10-11 10:00:00', n || ' minutes'), '0731', '特告〔2011〕' || n || '号', '{}' FROM n",
    ),
];

/// Rounds on the days about the limits, and every four weeks after them.
fn on(city: &mut Bench) {
    city.rounds_on(&["2011-10-13", "2011-10-14", "2011-10-17", "2011-10-27", "2011-10-28"]);
    for month in 1..7_u64 {
        let day = chrono::NaiveDate::from_ymd_opt(2011, 10, 28).unwrap() + chrono::Days::new(month * 28);
        city.rounds_on(&[&day.to_string()]);
    }
}

fn cards(city: &Bench) -> Vec<String> {
    city.ledger("SELECT clock || ' ' || card FROM findings WHERE rule = 'time-limit' AND standing IN ('open', 'pending-withdrawal') ORDER BY 1")
}

/// Whether the case got the cards of its limits, or, where a procedure holds them up that nobody ends, the card of that procedure:
/// what it holds up is doubtful from then on, and warned of by the days without it.
fn is_late(city: &Bench) -> bool {
    let cards = cards(city);
    let has = |card: &str| cards.iter().any(|found| found == card);
    (has("promise yellow") && has("statutory red"))
        || (has("special yellow") && cards.iter().any(|it| it.starts_with("promise ")))
}

/// Alerts on the case to whoever supervises, since a day.
fn told(city: &Bench, since: &str) -> usize {
    let sql = format!(
        "SELECT letter FROM letters WHERE to_address = 'supervisor@example.gov.cn' AND kind = 'alert' AND written_at >= '{since}' AND text LIKE '%A-1%'"
    );
    city.ledger(&sql).len()
}

fn typed(what: &[&str], before: &[&str], at: &str) -> Bench {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    city.rounds_on(before);
    for sql in what {
        city.approval(&sql.replace("{}", at));
    }
    city
}

/// Typed before the limit: the case is late all the same, sooner or later, and its supervisor hears of it.
#[test]
fn nothing_typed_before_the_limit_ends_the_counting() {
    for (what, sql) in TYPED {
        let mut city = typed(&[sql], &["2011-10-11"], "2011-10-11 11:00:00");
        on(&mut city);
        assert!(is_late(&city), "{what}: {:?}", city.findings());
        assert!(told(&city, "2011-10-11") > 0, "{what}");
    }
}

/// Typed after the letter of the yellow card: that card stands on every day, whoever waits, and a supervisor is told in the days after.
#[test]
fn nothing_typed_after_the_letter_lifts_a_card() {
    let all: Vec<&str> = TYPED
        .iter()
        .map(|(_, sql)| *sql)
        .filter(|sql| !sql.starts_with("UPDATE cases SET result = 'withdrawn'"))
        .collect();
    let one_by_one = TYPED.iter().map(|(what, sql)| (*what, vec![*sql]));
    for (what, sql) in one_by_one.chain([("all at once", all)]) {
        let mut city = typed(&sql, &["2011-10-14"], "2011-10-14 11:00:00");
        for day in ["2011-10-17", "2011-10-18", "2011-10-26", "2011-10-27"] {
            city.rounds_on(&[day]);
            assert!(
                cards(&city).contains(&"promise yellow".to_owned()),
                "{what}, {day}: {:?}",
                city.findings()
            );
        }
        assert!(told(&city, "2011-10-15") > 0, "{what}: {:?}", city.findings());
        on(&mut city);
        assert!(is_late(&city), "{what}: {:?}", city.findings());
    }
}
