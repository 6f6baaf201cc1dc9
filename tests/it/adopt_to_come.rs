//! A change that takes cards from running clocks before any of them is due, or puts them off, is weighed by the cases that lose
//! them; what the yearly calendar puts off is only shown.

use crate::adopt::{jianchad, said};
use crate::bench::Bench;

const PROMISE_OFF: &str = "[[clock]]\nid = \"promise\"\noff = true\n";
/// The card table without its red line: what is late by law is as late as what was promised.
const NO_RED: &str = "[[cards.line]]\ncard = \"yellow\"\nclock = \"statutory\"\nwhen = \"passed\"\n";

/// So many cases accepted on 26 September and none of them due: promised by 13 October, by law due on the 27th.
fn running(cases: usize) -> Bench {
    let mut city = Bench::new();
    for number in 0..cases {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&["2011-09-27"]);
    city
}

fn configure<'a>(city: &'a mut Bench, lines: &str) -> &'a mut Bench {
    city.configure("[source.approval]", &format!("{lines}[source.approval]"))
}

fn red_when(when: &str) -> String {
    format!("[[cards.line]]\ncard = \"red\"\nclock = \"statutory\"\nwhen = \"{when}\"\n")
}

/// What the promise that ships leaves out, and what extends it.
const AS_SHIPPED: &str = "pause_causes = [\"听证\", \"招标\", \"拍卖\", \"检验\", \"检测\", \"检疫\", \"鉴定\", \"专家评审\"]\n\
                          pause_notice = true\nextension = \"10wd\"\nextension_of = \"statutory\"\n\
                          extension_approver = \"本行政机关负责人\"\n";

/// The promise with another limit, and cards as ever.
fn promise(limit: &str) -> String {
    format!(
        "[[clock]]\nid = \"promise\"\nname = \"承诺时限\"\nstarts = [\"accepted\"]\n\
         stops = [\"decided\", \"closed\", \"withdrawn\"]\nlimit = \"{limit}\"\n{AS_SHIPPED}"
    )
}

/// A notice of working days that closes October's weekdays from the tenth to a last one.
fn closed(city: &mut Bench, last: u32) {
    let weekday = |day: &u32| ![15, 16, 22, 23].contains(day);
    let off: Vec<String> = (10..=last).filter(weekday).map(|day| format!("\"2011-10-{day}\"")).collect();
    let off = off.join(", ");
    let year = format!(
        "[[year]]\nyear = 2011\nsource = \"公告\"\n[[year.holiday]]\nname = \"放假\"\noff = [{off}]\n"
    );
    city.write("calendar.d/closed.toml", &year);
    city.restart();
}

/// Last step: what became of the change, cases of which cards would never come, cases of which they would come later.
fn step(city: &Bench) -> String {
    let sql =
        "SELECT event, json_extract(effect, '$.dropped'), json_extract(effect, '$.put_off') FROM adoption
               WHERE before IS NOT NULL ORDER BY id DESC LIMIT 1";
    city.ledger(sql).concat()
}

fn of(city: &Bench, ends: &str) -> usize {
    city.findings().iter().filter(|line| line.ends_with(ends)).count()
}

/// Issue 11, point 1: no line of configuration moves a card unseen. A red line taken out, a clock switched off and a warning that
/// is given no more take from each running case a card to come: five cases go at once, and with six the cards come as ever.
#[test]
fn cards_that_would_never_come_are_weighed_before_they_are_due() {
    let no_warning = "[[cards.line]]\ncard = \"yellow\"\nclock = \"promise\"\nwhen = \"passed\"\n";
    for lines in [NO_RED, PROMISE_OFF, no_warning] {
        for (cases, becomes) in [(5, "adopted|5|0"), (6, "waits|6|0")] {
            let mut city = running(cases);
            configure(&mut city, lines).rounds_on(&["2011-09-28"]);
            assert_eq!(step(&city), becomes, "{lines}");
        }
    }
    let mut city = running(6);
    configure(&mut city, NO_RED).rounds_on(&["2011-09-28", "2011-10-14", "2011-10-27", "2011-10-28"]);
    assert_eq!((of(&city, "promise yellow open"), of(&city, "statutory red open")), (6, 6));
}

/// What waits names the cards and the days, to whoever adopts and to whoever reads the digest, and to no unit.
#[test]
fn the_preview_names_the_cards_that_would_never_come_or_later() {
    let mut city = running(6);
    configure(&mut city, NO_RED).rounds_on(&["2011-09-28"]);
    let shown = said(&jianchad(&city, &["status"]));
    for part in [
        "6 cases have running clocks of which cards to come would never come",
        "A000 (statutory limit: red (still to come) → none)",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let told = |address: &str| {
        let sql = format!(
            "SELECT count(*) > 0 FROM letters WHERE to_address LIKE '{address}'
                 AND text LIKE '%6件在办件的计时此后本应发出的监察牌将不再发出%'"
        );
        city.ledger(&sql).concat()
    };
    assert_eq!([told("supervisor@%"), told("%.u1@%")], ["1", "0"]);
    let mut city = running(6);
    configure(&mut city, &red_when("+3wd")).rounds_on(&["2011-09-28"]);
    let status = said(&jianchad(&city, &["status"]));
    for part in [
        "6 cases have running clocks of which cards to come would come later",
        "A000 (statutory limit: red (from 2011-10-28) → red (from 2011-11-01))",
    ] {
        assert!(status.contains(part), "{part} in {status}");
    }
}

/// A limit that is longer by a day and a red card that comes a day after the due day put a card off; a shorter limit does not, nor
/// does a warning on a later day of the same limit, nor a card that is graver from its day on.
#[test]
fn cards_that_would_come_later_are_weighed_before_they_are_due() {
    for (lines, becomes) in [
        (promise("9wd"), "adopted|0|0"),
        (promise("10wd"), "adopted|0|0"),
        (promise("11wd"), "waits|0|6"),
        (red_when("passed"), "adopted|0|0"),
        (red_when("+1wd"), "adopted|0|0"),
        (red_when("+2wd"), "waits|0|6"),
        (
            "[[cards.line]]\ncard = \"notice\"\nclock = \"promise\"\nwhen = \"-1wd\"\n[[cards.line]]\n\
             card = \"red\"\nclock = \"promise\"\nwhen = \"passed\"\n"
                .into(),
            "adopted|0|0",
        ),
    ] {
        let mut city = running(6);
        configure(&mut city, &lines).rounds_on(&["2011-09-28"]);
        assert_eq!(step(&city), becomes, "{lines}");
    }
}

/// A clock under another id, with the same limit, cards and beginning, takes the place of the one that is switched off.
#[test]
fn a_clock_that_takes_the_place_of_another_takes_no_card() {
    for (limit, becomes) in [("10wd", "adopted|0|0"), ("11wd", "waits|0|6")] {
        let mut city = running(6);
        let own = format!(
            "{PROMISE_OFF}[[clock]]\nid = \"own\"\nname = \"承诺时限\"\nstarts = [\"accepted\"]\n\
             stops = [\"decided\"]\nlimit = \"{limit}\"\n{AS_SHIPPED}\
             cards = [{{ card = \"notice\", when = \"-2wd\" }}, {{ card = \"yellow\", when = \"passed\" }}]\n"
        );
        configure(&mut city, &own).rounds_on(&["2011-09-28"]);
        assert_eq!(step(&city), becomes, "{limit}");
    }
}

/// DESIGN 5: "calendars act at once". A notice that closes a week puts every card off, and moves none unseen: the days are shown.
/// One that puts cards off by more than ten days, which no holiday does, is weighed like a longer limit.
#[test]
fn the_yearly_notice_is_shown_and_a_closure_beyond_any_holiday_is_weighed() {
    // The promise's card comes on the 14th; 7, 8 and 11 days later with the office closed to these days.
    for (last, becomes) in [(14, "adopted|0|0"), (17, "adopted|0|0"), (18, "waits|0|6")] {
        let mut city = running(6);
        closed(&mut city, last);
        city.rounds_on(&["2011-09-28"]);
        assert_eq!(step(&city), becomes, "closed to the {last}th");
        let moved = city.ledger("SELECT due_moved FROM adoptions WHERE before IS NOT NULL");
        assert_eq!(moved, ["6"], "{last}");
    }
}

/// A longer limit does not hide behind a notice of the same day, and a notice is no reason to ask about another change.
#[test]
fn a_notice_of_the_same_day_hides_nothing() {
    let another = "[rules.late-entry]\nmode = \"off\"\n";
    for (lines, becomes) in [
        (promise("11wd"), "waits|0|6"),
        (NO_RED.to_owned(), "waits|6|0"),
        (promise("10wd"), "adopted|0|0"),
        (another.to_owned(), "adopted|0|0"),
    ] {
        let mut city = running(6);
        closed(&mut city, 14);
        configure(&mut city, &lines).rounds_on(&["2011-09-28"]);
        assert_eq!(step(&city), becomes, "{lines}");
    }
}

/// A source that is believed less far gives its cards later: by a day it is weighed, by the hours of one day it is not.
#[test]
fn a_longer_lag_puts_cards_off() {
    for (lag, becomes) in [("23h", "adopted|0|0"), ("24h", "waits|0|6")] {
        let mut city = running(6);
        city.configure("path = \"approval.db\"", &format!("path = \"approval.db\"\nlag = \"{lag}\""));
        city.rounds_on(&["2011-09-28"]);
        assert_eq!(step(&city), becomes, "{lag}");
    }
}

/// A case of which a card moves now counts for that and not twice; a case that is decided, and a clock that has given its highest,
/// have nothing to lose.
#[test]
fn a_case_counts_once_and_only_for_what_is_to_come() {
    let mut city = running(12);
    for number in 0..6 {
        city.decided(&format!("A{number:03}"), "2011-10-10 10:00:00");
    }
    city.rounds_on(&["2011-10-11", "2011-10-14", "2011-10-28"]);
    assert_eq!(of(&city, "statutory red open"), 6);
    configure(&mut city, &promise("30wd")).rounds_on(&["2011-10-31"]);
    assert_eq!(step(&city), "waits|0|0", "six yellow cards fall");
    let mut city = running(6);
    for number in 0..6 {
        city.decided(&format!("A{number:03}"), "2011-10-10 10:00:00");
    }
    city.rounds_on(&["2011-10-11"]);
    configure(&mut city, NO_RED).rounds_on(&["2011-10-12"]);
    assert_eq!(step(&city), "adopted|0|0");
}
