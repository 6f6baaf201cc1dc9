//! Clocks taken from the statutes, on real records.

use crate::bench::{Bench, ONLY_DECLARED};

/// A city whose licences are to be delivered, and whose public services stand for requests for information.
const CLOCKS: &str = r#"[[clock]]
id = "answer"
law = "XG6"
categories = ["公共服务"]
[[clock]]
id = "delivery"
law = "XK9"
categories = ["行政许可"]
[[cards.line]]
card = "red"
clock = "answer"
when = "passed"
[[cards.line]]
card = "yellow"
clock = "delivery"
when = "passed"
[source.approval]"#;

fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("[source.approval]", &format!("{ONLY_DECLARED}{CLOCKS}"));
    city.configure("granted = \"decided\"", "granted = \"decided:granted\"");
    city
}

/// 《政府信息公开条例》 of 2007, Art. 24: 15 working days; of 2019, Art. 33: 20. The text in force at the start governs.
/// 2019-05-14 + 15 working days = 2019-06-04; 2019-05-15 + 20 = 2019-06-13 (2019-06-07 was a holiday).
#[test]
fn the_version_in_force_at_the_start_gives_the_limit_and_the_clause() {
    let mut city = city();
    for (number, at) in [("OLD", "2019-05-14 10:00:00"), ("NEW", "2019-05-15 10:00:00")] {
        city.accepted(number, "INOW", at);
    }
    city.round("2019-06-14 10:00");
    let deadlines =
        city.ledger("SELECT case_number, clock, time_limit, substr(due_at, 1, 10) FROM deadlines ORDER BY 1");
    assert_eq!(deadlines, ["NEW|answer|20wd|2019-06-13", "OLD|answer|15wd|2019-06-04"]);
    assert_eq!(city.findings(), ["NEW time-limit answer red open", "OLD time-limit answer red open"]);
    let texts =
        city.ledger("SELECT text FROM letter WHERE to_address = 'supervisor@example.gov.cn'").join("\n");
    assert!(texts.contains("2007年条例第二十四条") && texts.contains("第三十三条第二款"), "{texts}");
}

/// 《行政许可法》第四十四条: delivered within ten working days of the decision, which has a clock of its own: decided
/// on 2011-11-01, due on 2011-11-15.
#[test]
fn delivery_is_not_part_of_the_time_to_decide() {
    let mut city = city();
    city.licence("A", "2011-10-10 09:00:00").decided("A", "2011-11-01 10:00:00");
    city.round("2011-11-15 17:00");
    assert_eq!(city.findings(), [""; 0]);
    city.round("2011-11-16 09:05");
    assert_eq!(city.findings(), ["A time-limit delivery yellow open"]);
}

/// From 1 November on a missing next year is told to the administrators, once; the notice laid over the calendar ends it.
#[test]
fn the_administrators_are_told_that_the_calendar_runs_out() {
    let mut city = Bench::new();
    city.rounds_on(&["2026-10-30"]);
    assert_eq!(city.findings(), [""; 0]);
    city.rounds_on(&["2026-11-02", "2026-11-03"]);
    assert_eq!(city.findings(), ["calendar calendar-ends notice open"]);
    let told = |city: &Bench| {
        let alerts = city.subjects("admin@example.gov.cn");
        alerts.iter().filter(|subject| subject.contains("calendar is running out")).count()
    };
    assert_eq!(told(&city), 1);
    assert!(city.subjects("handler.u1@example.gov.cn").is_empty());
    city.write(
        "2027.toml",
        "[[year]]\nyear = 2027\nnotice = \"试行\"\nsource = \"x\"\npublic_holidays = 1\n\
         [[year.holiday]]\nname = \"元旦\"\noff = [\"2027-01-01\"]\n",
    );
    city.configure("[mail]", "[calendar]\noverlays = [\"2027.toml\"]\n[mail]");
    city.rounds_on(&["2026-11-04"]);
    assert_eq!(city.findings(), ["calendar calendar-ends notice resolved"]);
    assert_eq!(told(&city), 1);
}

/// 《行政许可法》第三十二条第一款第四项: nobody said within five working days what was missing, so the case counts as
/// accepted from receipt, and the twenty days run from there, not from the fifth day nor from a late acceptance.
/// Received 2011-09-26: five working days end on 2011-10-08 (a make-up Saturday), twenty on 2011-10-27. Accepted on that
/// last day it is in time, and the twenty days run from the acceptance: 2011-11-03.
#[test]
fn a_case_counts_as_accepted_from_receipt_when_nobody_said_what_was_missing() {
    let mut city = Bench::new();
    let clocks = "[[clock]]\nid = \"promise\"\noff = true\n[[clock]]\nlaw = \"XK2\"\ncategories = [\"行政许可\"]\n\
                  cards = \"none\"\n[[clock]]\nid = \"statutory\"\nlaw = \"XK6\"\n\
                  [[cards.line]]\ncard = \"red\"\nclock = \"statutory\"\nwhen = \"passed\"\n[source.approval]";
    city.configure("[source.approval]", clocks);
    for (number, accepted) in [("IN-TIME", "'2011-10-08 08:59:00'"), ("NEVER", "null"), ("LATE", "null")] {
        city.approval(&format!(
            "INSERT INTO cases (number, item, applied, accepted, changed)
             VALUES ('{number}', 'I20', '2011-09-26 10:00:00', {accepted}, '2011-10-08 09:00:00')"
        ));
    }
    let decision = "SELECT case_number, substr(started_at, 1, 10), substr(due_at, 1, 10) FROM deadlines
                    WHERE clock = 'statutory' AND started_at IS NOT NULL ORDER BY 1";
    city.rounds_on(&["2011-10-08"]);
    assert_eq!(city.ledger(decision), ["IN-TIME|2011-10-08|2011-11-03"], "the fifth day is not over");
    city.rounds_on(&["2011-10-09"]);
    let expected =
        ["IN-TIME|2011-10-08|2011-11-03", "LATE|2011-09-26|2011-10-27", "NEVER|2011-09-26|2011-10-27"];
    assert_eq!(city.ledger(decision), expected);
    city.approval("UPDATE cases SET accepted = '2011-10-12 09:00:00', changed = '2011-10-12 09:00:00' WHERE number = 'LATE'");
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(city.ledger(decision), expected, "a late acceptance does not begin the time anew");
    city.rounds_on(&["2011-10-28"]);
    assert_eq!(
        city.findings(),
        ["LATE time-limit statutory red open", "NEVER time-limit statutory red open"]
    );
    let why = city.ledger("SELECT why FROM findings WHERE case_number = 'NEVER'").join("");
    assert!(why.contains("依《行政许可法》第三十二条第一款第四项自 2011-09-26 起视为受理"), "{why}");
}

/// 《行政复议法》 of 2023, Art. 30: accepted from the end of the five days. Received 2024-03-01, the examination ends on
/// 2024-03-08, and sixty calendar days later it is 2024-05-07.
#[test]
fn a_reconsideration_counts_as_accepted_from_the_end_of_its_examination() {
    let mut city = Bench::new();
    let clocks = "[[clock]]\nid = \"promise\"\noff = true\n[[clock]]\nid = \"XK2\"\noff = true\n\
                  [[clock]]\nlaw = \"FY2\"\ncards = \"none\"\n[[clock]]\nid = \"statutory\"\nlaw = \"FY6\"\n[cards]\n[[cards.line]]\n\
                  card = \"red\"\nclock = \"statutory\"\nwhen = \"passed\"\n[source.approval]";
    city.configure("[source.approval]", clocks);
    city.approval(
        "INSERT INTO cases (number, item, applied, changed)
         VALUES ('R', 'I20', '2024-03-01 10:00:00', '2024-03-01 10:00:00')",
    );
    city.rounds_on(&["2024-03-11"]);
    let decision =
        "SELECT substr(started_at, 1, 10), substr(due_at, 1, 10) FROM deadlines WHERE clock = 'statutory'";
    assert_eq!(city.ledger(decision), ["2024-03-08|2024-05-07"]);
}

/// 《行政许可法》第五十条第二款: not decided before the licence expired on 2011-10-20, so the renewal counts as granted.
#[test]
fn a_renewal_counts_as_granted_when_the_licence_has_expired() {
    let mut city = Bench::new();
    city.configure("item = \"item\"\n", "item = \"item\"\ndates = { expiry = \"applicant\" }\n");
    let clocks = "[[clock]]\nid = \"promise\"\noff = true\n[[clock]]\nid = \"renewal\"\nlaw = \"XK15\"\ncategories = [\"行政许可\"]\n[cards]\n[[cards.line]]\n\
                  card = \"red\"\nclock = \"renewal\"\nwhen = \"passed\"\n[source.approval]";
    city.configure("[source.approval]", clocks);
    city.accepted("A", "I20", "2011-09-26 10:00:00").approval("UPDATE cases SET applicant = '2011-10-20'");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(city.findings(), [""; 0]);
    city.rounds_on(&["2011-10-21"]);
    assert_eq!(city.findings(), ["A deemed-granted renewal notice open", "A time-limit renewal red open"]);
}

/// 《行政许可法》第五十条第二款: only a renewal that was asked for before the licence expired is granted by silence: on the day
/// before and on the last day, and not on the day after.
#[test]
fn a_renewal_asked_for_too_late_is_granted_by_nobody() {
    let mut city = Bench::new();
    city.configure("item = \"item\"\n", "item = \"item\"\ndates = { expiry = \"applicant\" }\n");
    let clocks = "[[clock]]\nid = \"renewal\"\nlaw = \"XK15\"\ncards = \"none\"\n[source.approval]";
    city.configure("[source.approval]", clocks);
    for (number, at) in [("BEFORE", "2011-10-19"), ("LAST", "2011-10-20"), ("AFTER", "2011-10-21")] {
        city.accepted(number, "I20", &format!("{at} 10:00:00"));
    }
    city.approval("UPDATE cases SET applicant = '2011-10-20'");
    city.rounds_on(&["2011-10-24"]);
    assert_eq!(
        city.findings(),
        ["BEFORE deemed-granted renewal notice open", "LAST deemed-granted renewal notice open"]
    );
}

/// 《行政许可法》第五十条第二款: the day by which to decide is past with an answer, and a refusal to accept is one. Refused on the day
/// before the licence expired or on that day, nothing is granted by silence; on the day after it was. Refused and then accepted, it
/// is a second run with the limits of an acceptance.
#[test]
fn a_renewal_that_is_not_accepted_is_granted_by_nobody() {
    let mut city = Bench::new();
    city.configure("item = \"item\"\n", "item = \"item\"\ndates = { expiry = \"applicant\" }\n");
    let clocks = "[[clock]]\nid = \"renewal\"\nlaw = \"XK15\"\n\
                  cards = [{ card = \"red\", when = \"passed\" }]\n[source.approval]";
    city.configure("[source.approval]", clocks);
    for (number, refused, accepted) in [
        ("BEFORE", "2011-10-19", "NULL"),
        ("LAST", "2011-10-20", "NULL"),
        ("AFTER", "2011-10-21", "NULL"),
        ("TAKEN-UP", "2011-10-11", "'2011-10-13 09:00:00'"),
    ] {
        city.approval(&format!(
            "INSERT INTO cases (number, item, applied, accepted, applicant, changed)
             VALUES ('{number}', 'I20', '2011-10-10 09:00:00', {accepted}, '2011-10-20', '2011-10-10')"
        ));
        city.event(number, "not_accepted", "", &format!("{refused} 10:00:00"));
    }
    city.rounds_on(&["2011-10-21", "2011-10-24"]);
    let granted = "SELECT case_number, rule, standing FROM findings WHERE clock = 'renewal' ORDER BY 1, 2";
    assert_eq!(city.ledger(granted), ["AFTER|deemed-granted|resolved", "AFTER|time-limit|resolved"]);
    let again =
        "SELECT clock, state FROM deadlines WHERE case_number = 'TAKEN-UP' AND clock LIKE '%#2' ORDER BY 1";
    assert_eq!(city.ledger(again), ["promise#2|running", "statutory#2|running"]);
}

/// A clerk is asked for what the law has made of a renewal that nobody decided on, and is told of the date in his words and not in
/// those of the mapping.
#[test]
fn who_let_a_renewal_pass_is_asked_to_act_on_what_counts_as_granted() {
    let mut city = Bench::new();
    city.configure("item = \"item\"\n", "item = \"item\"\ndates = { expiry = \"applicant\" }\n");
    let clocks = "[[clock]]\nid = \"renewal\"\nlaw = \"XK15\"\n\
                  cards = [{ card = \"notice\", when = \"-2wd\" }, { card = \"red\", when = \"passed\" }]\n[source.approval]";
    city.configure("[source.approval]", clocks);
    city.accepted("A", "I20", "2011-10-10 10:00:00").approval("UPDATE cases SET applicant = '2011-10-20'");
    let told = |city: &Bench| {
        city.ledger(
            "SELECT text FROM letters WHERE to_address = 'handler.u1@example.gov.cn' ORDER BY letter DESC LIMIT 1",
        )
        .concat()
    };
    city.rounds_on(&["2011-10-19"]);
    let near = told(&city);
    assert!(near.contains("记录载明的日期") && near.contains("10月20日（含当日）前办结"), "{near}");
    assert!(!near.contains("视为准予"), "{near}");
    city.rounds_on(&["2011-10-21"]);
    let passed = told(&city);
    assert!(passed.contains("请按准予的结果办理并送达") && !passed.contains("请立即办结"), "{passed}");
    assert!(!passed.contains("expiry"), "{passed}");
}
