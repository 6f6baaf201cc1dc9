//! A change that moves nothing by the record as it stands, and by which rows to come could end or put off what runs, is weighed by
//! the cases on whose clocks they could.

use crate::adopt::{jianchad, said};
use crate::bench::Bench;

/// So many cases accepted on 26 September and none of them due, where no change passes without a person.
fn running(cases: usize) -> Bench {
    let mut city = Bench::new();
    for number in 0..cases {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    let own = [clock("promise", "promised", ENDS, "10wd"), clock("statutory", "statutory", ENDS, "10wd")];
    let text = format!(
        "[supervision]\nreview_above = \"0\"\n[rules.missing-step]\nmode = \"off\"\n{}[mail]",
        own.concat()
    );
    city.configure("[mail]", &text);
    city.rounds_on(&["2011-09-27"]);
    city
}

const ENDS: &str = "\"decided\", \"closed\", \"withdrawn\"";

fn clock(id: &str, limit: &str, stops: &str, extension: &str) -> String {
    format!(
        "[[clock]]\nid = \"{id}\"\nname = \"时限\"\nbasis = \"依据\"\nstarts = [\"accepted\"]\nstops = [{stops}]\n\
         limit = \"{limit}\"\nextension = \"{extension}\"\n"
    )
}

/// Last step: what became of the change, and cases with a way out.
fn step(city: &Bench) -> String {
    let sql = "SELECT event, json_extract(effect, '$.ways_out') FROM adoption WHERE before IS NOT NULL ORDER BY id DESC LIMIT 1";
    city.ledger(sql).concat()
}

/// What becomes of a change of the file.
fn becomes(city: &mut Bench, from: &str, to: &str) -> String {
    city.configure(from, to).rounds_on(&["2011-09-28"]);
    step(city)
}

fn supervision(line: &str) -> String {
    format!("review_above = \"0\"\n{line}")
}

/// Issue 11, point 1: no line of configuration moves a card unseen. Any step ends the clock.
#[test]
fn an_end_more_waits_for_a_person() {
    let (from, to) = (format!("stops = [{ENDS}]"), format!("stops = [{ENDS}, \"step\"]"));
    let mut city = running(2);
    assert_eq!(becomes(&mut city, &from, &to), "waits|2");
    // What waits does not judge: the step ends nothing, and the cards come as ever.
    city.event("A000", "step", "审查", "2011-09-29 09:00:00");
    city.rounds_on(&["2011-09-30", "2011-10-14", "2011-10-28"]);
    let of = |ends: &str| city.findings().iter().filter(|line| line.ends_with(ends)).count();
    assert_eq!((of("promise yellow open"), of("statutory red open")), (2, 2));
    assert_eq!(becomes(&mut running(2), &format!("stops = [{ENDS}]"), "stops = [\"decided\"]"), "adopted|0");
}

/// Issue 11, point 1: 9, 10 and 11 days more.
#[test]
fn a_longer_extension_waits_for_a_person_and_a_shorter_one_does_not() {
    for (days, then) in [("9wd", "adopted|0"), ("11wd", "waits|2"), ("300wd", "waits|2")] {
        let to = format!("extension = \"{days}\"");
        assert_eq!(becomes(&mut running(2), "extension = \"10wd\"", &to), then, "{days}");
    }
}

/// Issue 11, point 1: a row with a code that is not listed keeps the cards of its case away for so long. 4, 5 and 6 days.
#[test]
fn a_longer_wait_for_the_meaning_of_a_code_waits_for_a_person() {
    for (days, then) in [("4wd", "adopted|0"), ("6wd", "waits|2"), ("500wd", "waits|2")] {
        let to = supervision(&format!("answer_within = \"{days}\""));
        assert_eq!(becomes(&mut running(2), "review_above = \"0\"", &to), then, "{days}");
    }
    // A case that waits already waits for longer.
    let mut city = running(1);
    city.event("A000", "??", "", "2011-09-26 11:00:00");
    city.rounds_on(&["2011-09-27"]);
    assert_eq!(
        becomes(&mut city, "review_above = \"0\"", &supervision("answer_within = \"6wd\"")),
        "waits|1"
    );
}

/// Issue 11, point 1: a special procedure is believed for so long at most, or where its record says nothing.
#[test]
fn special_procedures_that_are_believed_for_longer_wait_for_a_person() {
    for (line, then) in [
        ("pause_at_most = \"59wd\"", "adopted|0"),
        ("pause_at_most = \"61wd\"", "waits|2"),
        ("pause_at_most = \"9000wd\"", "waits|2"),
        ("pause_limit = \"14wd\"", "adopted|0"),
        ("pause_limit = \"16wd\"", "waits|2"),
    ] {
        assert_eq!(becomes(&mut running(2), "review_above = \"0\"", &supervision(line)), then, "{line}");
    }
}

/// A clause bounds special procedures for all clocks of an item: a clock more that gives them longer than the setting, though it
/// gives no card, is a way out for the others; one that gives them no longer is none.
#[test]
fn a_new_clock_that_bounds_special_procedures_for_all_waits_for_a_person() {
    for (limit, then) in [("15wd", "adopted|0"), ("16wd", "waits|2"), ("900wd", "waits|2")] {
        let own = clock("own", "30wd", "\"decided\"", "10wd");
        let to = format!("{own}pause_limit = \"{limit}\"\ncards = \"none\"\n[mail]");
        assert_eq!(becomes(&mut running(2), "[mail]", &to), then, "{limit}");
    }
}

/// What is only called otherwise, a clock more, and cases that are over wait for nobody.
#[test]
fn a_new_name_and_a_new_clock_wait_for_nobody() {
    for (from, to) in [
        ("name = \"时限\"".to_owned(), "name = \"办理时限\"".to_owned()),
        ("basis = \"依据\"".to_owned(), "basis = \"新依据\"".to_owned()),
        (
            "[mail]".to_owned(),
            format!("{}cards = \"none\"\n[mail]", clock("own", "30wd", "\"decided\", \"step\"", "90wd")),
        ),
    ] {
        assert_eq!(becomes(&mut running(2), &from, &to), "adopted|0", "{to}");
    }
    let mut city = running(2);
    city.decided("A000", "2011-09-27 11:00:00").decided("A001", "2011-09-27 11:00:00");
    city.rounds_on(&["2011-09-28"]);
    assert_eq!(becomes(&mut city, "extension = \"10wd\"", "extension = \"300wd\""), "adopted|0");
}

/// The preview says why in both languages, each case once, though both its clocks are concerned.
#[test]
fn the_preview_says_that_rows_to_come_could_take_cards_away() {
    let mut city = running(3);
    becomes(&mut city, "extension = \"10wd\"", "extension = \"300wd\"");
    let shown = said(&jianchad(&city, &["status"]));
    for part in [
        "3 cases run on clocks whose end, extension, special procedures",
        "red (still to come) → depends on rows to come",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let told = city.ledger(
        "SELECT count(*) > 0 FROM letters WHERE text LIKE '%3件在办件的计时，其停止、延长、特别程序%'",
    );
    assert_eq!(told.concat(), "1");
}

/// Issue 11, point 1: a longer time for a stage (环节时限) that no case has reached puts no card off: whatever days the catalogue gives
/// the new words, a case goes on by those that it was met under, so the change waits for nobody. A case met later goes by the
/// new ones.
#[test]
fn a_longer_time_for_a_stage_to_come_is_for_cases_to_come() {
    let stages = |days: u32| format!("受理;审查:5个工作日;决定:{days}个工作日");
    let items = |days: u32, from: &str| {
        let header =
            "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,法定时限,必经环节,办理渠道,有效期起\n";
        format!(
            "{header}I20,施工许可,U1,行政许可,承诺件,10个工作日,20个工作日,{},审批系统,{from}\n",
            stages(days)
        )
    };
    for from in ["", "2011-09-01"] {
        let mut city = running(0);
        let stage = "[[clock]]\nid = \"stage\"\nname = \"环节时限\"\nstarts = [\"accepted\"]\nstops = [\"decided\"]\n\
                     limit = \"stage\"\ncards = [{ card = \"yellow\", when = \"passed\" }]\n[mail]";
        city.write("registry/items.csv", &items(3, "")).accepted("A", "I20", "2011-09-27 08:00:00");
        city.configure("[mail]", stage).restart().rounds_on(&["2011-09-27"]);
        city.write("registry/items.csv", &items(5, from));
        city.restart().rounds_on(&["2011-09-28"]);
        assert_eq!(step(&city), "adopted|0", "{from}");
        city.accepted("B", "I20", "2011-09-28 15:00:00");
        for case in ["A", "B"] {
            city.event(case, "step", "审查", "2011-09-29 09:00:00");
        }
        city.rounds_on(&["2011-09-30"]);
        let due = "SELECT case_number || ' ' || due_at FROM deadlines WHERE clock = 'stage#决定' ORDER BY 1";
        let due = city.ledger(due);
        assert_eq!(due, ["A 2011-10-09", "B 2011-10-11"], "{from}");
    }
}
