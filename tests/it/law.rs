//! Clocks taken from the statutes, on real records.

use crate::bench::Bench;

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
    city.configure("[source.approval]", CLOCKS);
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
