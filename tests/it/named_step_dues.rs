//! Issue 13: the due day of a step, which another event names: an acceptance for the decision, an inspection for the next one.

use crate::alike::with_halls;
use crate::bench::Bench;
use jianchad::testing::domain::text::Language;

const STEPS: &str = "{ \"决定\" = \"decide_by\", charged = \"pay_by\", \"审查\" = \"check_by\" }";

/// A hall whose events name due days of other steps.
fn hall(steps: &str) -> Bench {
    let mut city = with_halls("log.csv");
    city.configure("shape = \"wide\"", "shape = \"long\"\nkey = [\"id\"]");
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (before, _) = text.split_once("traces = ").unwrap();
    let traces = format!(
        "traces = [{{ kind_from = \"what\", codes = {{ a = \"accepted\", s = \"step\", d = \"decided\", n = \"decided:refused\", c = \"charged\", \
         w = \"withdrawn\", p = \"paused\", r = \"resumed\" }}, at = \"at\", stage = \"stage\", step_dues = {steps} }}]\n"
    );
    city.write("jianchad.toml", &format!("{before}{traces}"));
    city
}

/// Rows `case what stage at decide_by pay_by check_by`, each with its place as its key.
fn write(city: &Bench, rows: &[&str]) {
    let mut text = "id,no,item,what,stage,at,decide_by,pay_by,check_by\n".to_owned();
    for (id, row) in rows.iter().enumerate() {
        let (case, rest) = row.split_once(',').unwrap();
        text += &format!("{id},{case},I20,{rest}\n");
    }
    city.write("log.csv", &text);
}

fn found(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || card || ' ' || standing || ' ' || why FROM findings WHERE rule = 'step-due' ORDER BY 1",
    )
}

fn open(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number FROM findings WHERE rule = 'step-due' AND standing = 'open' ORDER BY 1")
}

/// The acceptance names the days of two steps, in two columns: done the day before, on the day, the day after; not done on the day and the
/// day after it. A case that ended before owes no decision; a payment is owed after it, but not where it was refused or withdrawn.
#[test]
fn an_event_names_the_due_days_of_two_others() {
    let mut city = hall(STEPS);
    let rows = [
        "A1,a,,2011-10-10 09:00,2011-10-13,2011-10-13,",
        "A1,d,,2011-10-12 16:00,,,",
        "A1,c,,2011-10-13 16:00,,,",
        "A2,a,,2011-10-10 09:00,2011-10-12,2011-10-12,",
        "A2,d,,2011-10-13 08:00,,,",
        "A2,c,,2011-10-13 09:00,,,",
        "A3,a,,2011-10-10 09:00,2011-10-13,2011-10-13,",
        "A4,a,,2011-10-10 09:00,2011-10-13,2011-10-13,",
        "A4,d,,2011-10-12 16:00,,,",
        "A5,a,,2011-10-10 09:00,2011-10-13,2011-10-13,",
        "A5,n,,2011-10-12 16:00,,,",
        "A6,a,,2011-10-10 09:00,2011-10-13,2011-10-13,",
        "A6,w,,2011-10-12 16:00,,,",
        "A7,a,,2011-10-10 09:00,,,",
        "A8,a,,2011-10-10 09:00,2011-10-12 15:59,,",
        "A8,d,决定,2011-10-12 16:00,,,",
    ];
    write(&city, &rows);
    city.restart().rounds_on(&["2011-10-13"]);
    let late = [
        "A2 notice open “收费”的期限为 2011-10-12，实际办理时间为 2011-10-13 09:00；“决定”的期限为 2011-10-12，实际办理时间为 2011-10-13 08:00",
        "A8 notice open “决定”的期限为 2011-10-12 15:59，实际办理时间为 2011-10-12 16:00",
    ];
    assert_eq!(found(&city), late, "A3 and A4 have the day");
    write(&city, &[&rows[..], &["A9,a,,2011-10-13 10:00,,,"]].concat());
    city.rounds_on(&["2011-10-14"]);
    let both = "A3 notice open “收费”的期限为 2011-10-13，到期（或者办结时）仍未办理；“决定”的期限为 2011-10-13，到期（或者办结时）仍未办理";
    let paid = "A4 notice open “收费”的期限为 2011-10-13，到期（或者办结时）仍未办理";
    assert_eq!(found(&city), [late[0], both, paid, late[1]]);
    // Done late it stays found.
    let done = [&rows[..], &["A9,a,,2011-10-13 10:00,,,", "A4,c,,2011-10-14 10:00,,,"]].concat();
    write(&city, &done);
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(open(&city), ["A2", "A3", "A4", "A8"]);
}

/// A day typed anew before it passes counts as it was typed; one moved or emptied afterwards, or whose event is taken out, lifts nothing,
/// and neither does a later event that names another day. One that is entered before it passed puts it off.
#[test]
fn a_named_day_that_passed_is_not_lifted() {
    let mut city = hall(STEPS);
    let accepted = |number: u32, due: &str| format!("M{number},a,,2011-10-10 09:00,{due},,");
    let write = |city: &Bench, dues: [&str; 4], more: &[&str]| {
        let rows: Vec<String> = (1..).zip(dues).map(|(number, due)| accepted(number, due)).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).chain(more.iter().copied()).collect();
        write(city, &rows);
    };
    let due = "2011-10-12";
    write(&city, [due; 4], &[]);
    city.restart().rounds_on(&["2011-10-11"]);
    let put_off = "M2,s,会审,2011-10-12 10:00,2011-10-19,,";
    write(&city, ["2011-10-19", due, due, due], &[put_off]);
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    write(&city, ["2011-10-19", due, due, due], &[put_off, "M9,a,,2011-10-13 10:00,,,"]);
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(open(&city), ["M3", "M4"]);
    // M3 is emptied, M4 says that another event named a later day in time.
    let back = "M4,s,会审,2011-10-12 10:00,2011-10-25,,";
    write(&city, ["2011-10-19", due, "", due], &[put_off, "M9,a,,2011-10-13 10:00,,,", back]);
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(open(&city), ["M3", "M4"]);
    write(
        &city,
        ["2011-10-19", due, "2011-10-25", "2011-10-25"],
        &[put_off, "M9,a,,2011-10-13 10:00,,,", back],
    );
    city.rounds_on(&["2011-10-18", "2011-10-19"]);
    assert_eq!(open(&city), ["M3", "M4"], "M1 and M2 have the day");
    let said =
        city.ledger("SELECT why FROM findings WHERE rule = 'changed-after-fact' AND case_number = 'M3'");
    assert!(said.concat().contains("环节“决定”的期限2011-10-12 改为 环节“决定”的期限2011-10-25"), "{said:?}");
    write(
        &city,
        ["2011-10-19", due, "2011-10-25", "2011-10-25"],
        &[put_off, "M9,a,,2011-10-13 10:00,,,", back, "M8,a,,2011-10-19 10:00,,,"],
    );
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(open(&city), ["M1", "M2", "M3", "M4"]);
}

/// A step that came before its day was named was done; one inspection names the day of the next, which the next answers and nothing
/// before it; accepted again, a case owes its decision again.
#[test]
fn a_day_is_answered_by_the_step_that_it_asks_for() {
    let mut city = hall(STEPS);
    let rows = [
        // The step came first; the day is named again behind it.
        "F1,s,审查,2011-10-10 08:30,,,",
        "F1,a,,2011-10-10 09:00,,,2011-10-11",
        "F1,s,会审,2011-10-12 09:00,,,2011-10-11",
        // Each inspection names the next.
        "F2,a,,2011-10-10 09:00,,,",
        "F2,s,审查,2011-10-10 10:00,,,2011-10-11",
        "F2,s,审查,2011-10-11 10:00,,,2011-10-12",
        "F3,a,,2011-10-10 09:00,,,",
        "F3,s,审查,2011-10-10 10:00,,,2011-10-11",
        "F3,s,审查,2011-10-11 10:00,,,2011-10-13",
        // Two runs.
        "F4,a,,2011-10-10 09:00,2011-10-11,,",
        "F4,d,,2011-10-11 09:00,,,",
        "F4,a,,2011-10-11 10:00,2011-10-12,,",
        "F5,a,,2011-10-10 09:00,2011-10-11,,",
        "F5,d,,2011-10-11 09:00,,,",
        "F5,a,,2011-10-11 10:00,2011-10-13,,",
        "F6,a,,2011-10-10 09:00,2011-10-11,,",
        "F6,w,,2011-10-11 09:00,,,",
        "F6,a,,2011-10-12 10:00,2011-10-13,,",
        // A special procedure does not move a day that somebody named.
        "F7,a,,2011-10-10 09:00,2011-10-12,,",
        "F7,p,检测,2011-10-11 09:00,,,",
        "F8,a,,2011-10-13 09:00,,,",
    ];
    write(&city, &rows);
    city.restart().rounds_on(&["2011-10-13"]);
    assert_eq!(open(&city), ["F2", "F4", "F7"]);
}

/// A day before the event that names it could not be met: it is told to be mended, and is no delay; mended, the right day counts. It takes
/// the place of no day that passed.
#[test]
fn a_day_before_its_own_event_is_to_be_mended() {
    let mut city = hall(STEPS);
    let write = |city: &Bench, dues: [&str; 3]| {
        let row = |(number, due): (u32, &str)| format!("B{number},a,,2011-10-10 09:00,{due},,");
        let rows: Vec<String> = (1..).zip(dues).map(row).collect();
        write(city, &rows.iter().map(String::as_str).collect::<Vec<_>>());
    };
    write(&city, ["2011-10-09", "2011-10-10", "2011-10-11"]);
    city.restart().rounds_on(&["2011-10-10"]);
    let absurd = "B1 notice open “受理”（2011-10-10 09:00）写明“决定”的期限为 2011-10-09，早于“受理”本身";
    assert_eq!(found(&city), [absurd], "the day of the event itself is one");
    let letters = city.ledger("SELECT text FROM letters WHERE kind = 'alert' AND to_name = '张三（规划科）'");
    let letters = letters.concat();
    assert!(letters.contains("请核实该期限") && !letters.contains("逾期原因"), "{letters}");
    write(&city, ["2011-10-14", "2011-10-10", "2011-10-11"]);
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(open(&city), ["B2"]);
    write(&city, ["2011-10-14", "2011-10-09", "2011-10-09"]);
    city.rounds_on(&["2011-10-12"]);
    let undone =
        |number, day| format!("{number} notice open “决定”的期限为 {day}，到期（或者办结时）仍未办理");
    assert_eq!(found(&city)[1..], [undone("B2", "2011-10-10"), undone("B3", "2011-10-11")]);
}

/// A name that no row can ever bear accuses everybody: it is a mistake, with its line and the nearest name.
#[test]
fn a_step_that_nobody_can_do_is_a_mistake() {
    let said = |steps: &str| {
        let city = hall(steps);
        let loaded = jianchad::testing::service::load(&city.path("jianchad.toml"));
        loaded.err().map(|error| error.for_operator(Language::English)).unwrap_or_default()
    };
    assert_eq!(said(STEPS), "");
    let city = hall("{ chargd = \"pay_by\" }");
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let line = text.lines().position(|line| line.contains("chargd")).unwrap() + 1;
    let wrong = said("{ chargd = \"pay_by\" }");
    assert!(wrong.contains(&format!("jianchad.toml:{line}:")), "{wrong}");
    assert!(wrong.contains("did you mean `charged`?"), "{wrong}");
    for name in ["step", "没有的环节"] {
        let wrong = said(&format!("{{ \"{name}\" = \"pay_by\" }}"));
        assert!(wrong.contains(&format!("there is no step `{name}`")), "{wrong}");
    }
}

/// A column whose times are all midnight is one of days: the day is met through the whole of it.
#[test]
fn midnights_are_days() {
    let mut city = hall(STEPS);
    let rows = [
        "N1,a,,2011-10-10 09:00,2011-10-12 00:00:00,,",
        "N1,d,,2011-10-12 16:00,,,",
        "N2,a,,2011-10-10 09:00,2011-10-12 00:00:00,,",
    ];
    write(&city, &rows);
    city.restart().rounds_on(&["2011-10-12"]);
    write(&city, &[&rows[..], &["N3,a,,2011-10-12 10:00,,,"]].concat());
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(open(&city), ["N2"]);
}

/// A due day that cannot be read is a fault of the record and not emptied by that: emptied then, it counts as it was.
#[test]
fn a_spoilt_day_stays_as_it_was() {
    let mut city = hall(STEPS);
    let row = |due: &str, pay: &str| format!("S1,a,,2011-10-10 09:00,{due},{pay},");
    write(&city, &[&row("2011-10-12", "2011-10-14")]);
    city.restart().rounds_on(&["2011-10-10"]);
    write(&city, &[&row("###", "2011-10-14")]);
    city.rounds_on(&["2011-10-12"]);
    write(&city, &[&row("###", "2011-10-14"), "S2,a,,2011-10-12 10:00,,,"]);
    city.rounds_on(&["2011-10-13"]);
    let why = "SELECT rule || ' ' || why FROM findings WHERE standing = 'open' ORDER BY 1";
    let faults = city.ledger(why);
    assert!(
        faults.len() == 1 && faults[0].starts_with("data-fault") && faults[0].contains("decide_by"),
        "{faults:?}"
    );
    write(&city, &[&row("", "2011-10-14"), "S2,a,,2011-10-12 10:00,,,"]);
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.ledger(why), ["step-due “决定”的期限为 2011-10-12，到期（或者办结时）仍未办理"]);
}
