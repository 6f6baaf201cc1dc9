//! Issue 13: the due day of a single step, which its own row gives.

use crate::alike::with_halls;
use crate::bench::{Bench, ITEMS};

/// Halls whose rows have a column for the due day of one stage.
fn halls() -> Bench {
    let mut city = with_halls("hall.csv");
    let review = "{ kind = \"accepted\", at = \"accepted\" }, { kind = \"step\", stage_is = \"审查\", at = \"reviewed\", due = \"review_due\" },";
    city.configure("{ kind = \"accepted\", at = \"accepted\" },", review);
    city
}

fn write(city: &Bench, rows: &[&str]) {
    city.write("hall.csv", &format!("no,item,accepted,reviewed,review_due,decided\n{}\n", rows.join("\n")));
}

fn late(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || card || ' ' || standing || ' ' || why FROM findings WHERE rule = 'step-due' ORDER BY 1",
    )
}

/// A bare date is met through the whole day, an hour is a moment; a step without a due day is never late. What is not done is late when
/// its day has passed and not on that day, goes on until it is done, and is late then; a case that ended before owes nothing.
#[test]
fn a_step_is_late_by_the_due_day_of_its_own_row() {
    let mut city = halls();
    let rows = [
        "D1,I20,2011-10-10 09:00,2011-10-12 16:00,2011-10-12,",
        "D2,I20,2011-10-10 09:00,2011-10-12 16:00,2011-10-12 15:59,",
        "D3,I20,2011-10-10 09:00,2011-10-13 08:00,2011-10-12,",
        "D4,I20,2011-10-10 09:00,2011-10-13 08:00,,",
        "E1,I20,2011-10-10 09:00,,2011-10-13,2011-10-13 10:00",
        "U1,I20,2011-10-10 09:00,,2011-10-13,",
    ];
    write(&city, &rows);
    city.rounds_on(&["2011-10-13"]);
    let done = [
        "D2 notice open “审查”的期限为 2011-10-12 15:59，实际办理时间为 2011-10-12 16:00",
        "D3 notice open “审查”的期限为 2011-10-12，实际办理时间为 2011-10-13 08:00",
    ];
    assert_eq!(late(&city), done, "U1 has the day, and E1 ended on it");
    write(&city, &rows);
    city.rounds_on(&["2011-10-14"]);
    let undone = "U1 notice open “审查”的期限为 2011-10-13，到期（或者办结时）仍未办理";
    assert_eq!(late(&city), [&done[..], &[undone]].concat());
    write(&city, &[&rows[..5], &["U1,I20,2011-10-10 09:00,2011-10-14 10:00,2011-10-13,"]].concat());
    city.rounds_on(&["2011-10-17"]);
    let stands = city.ledger("SELECT case_number, standing FROM findings WHERE rule = 'step-due' ORDER BY 1");
    assert_eq!(stands, ["D2|open", "D3|open", "U1|open"]);
}

/// A due day moved before it passes counts as it was moved; one typed anew when it had passed lifts nothing, and is said. So does one that is
/// typed anew together with the step.
#[test]
fn a_due_day_typed_anew_after_it_passed_lifts_nothing() {
    let mut city = halls();
    let row = |number: &str, done: &str, due: &str| format!("{number},I20,2011-10-10 09:00,{done},{due},");
    let names = ["A1", "A2", "A3"];
    let rows = |city: &Bench, rows: [(&str, &str); 3]| {
        let rows: Vec<String> =
            names.iter().zip(rows).map(|(name, (done, due))| row(name, done, due)).collect();
        write(city, &rows.iter().map(String::as_str).collect::<Vec<_>>());
    };
    rows(&city, [("", "2011-10-12"), ("", "2011-10-12"), ("", "2011-10-12")]);
    city.rounds_on(&["2011-10-11"]);
    rows(&city, [("", "2011-10-19"), ("", "2011-10-12"), ("", "2011-10-12")]);
    city.rounds_on(&["2011-10-12"]);
    rows(&city, [("", "2011-10-19"), ("", "2011-10-12"), ("", "2011-10-12")]);
    city.rounds_on(&["2011-10-13"]);
    let numbers = "SELECT case_number FROM findings WHERE rule = 'step-due' AND standing = 'open' ORDER BY 1";
    assert_eq!(city.ledger(numbers), ["A2", "A3"]);
    rows(&city, [("", "2011-10-19"), ("", "2011-10-25"), ("2011-10-14 09:00", "2011-10-25")]);
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert_eq!(city.ledger(numbers), ["A2", "A3"]);
    let said =
        city.ledger("SELECT case_number || why FROM findings WHERE rule = 'changed-after-fact' ORDER BY 1");
    assert!(said.len() == 3 && said[1].contains("A2") && said[1].contains("环节“审查”的期限"), "{said:?}");
}

/// In a log each event has a due day of its own, and is judged by that.
#[test]
fn each_event_of_a_log_has_its_own() {
    let mut city = with_halls("log.csv");
    city.configure("shape = \"wide\"", "shape = \"long\"");
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (before, _) = text.split_once("traces = ").unwrap();
    let traces = "traces = [{ kind_from = \"what\", codes = { a = \"accepted\", s = \"step\" }, at = \"at\", stage = \"stage\", due = \"due\" }]\n";
    city.write("jianchad.toml", &format!("{before}{traces}"));
    city.write(
        "log.csv",
        "no,item,what,stage,at,due\nL1,I20,a,,2011-10-10 09:00,\nL1,I20,s,审查,2011-10-11 09:00,2011-10-11\n\
         L1,I20,s,核查,2011-10-12 09:00,2011-10-11\nL2,I20,a,,2011-10-10 09:00,2011-10-10\n",
    );
    city.restart().rounds_on(&["2011-10-13"]);
    assert_eq!(late(&city), ["L1 notice open “核查”的期限为 2011-10-11，实际办理时间为 2011-10-12 09:00"]);
}

/// Issue 13: a required stage that is missing though a later one is there is said of a case that runs, once it cannot only be late in being
/// typed: not on the fifth working day after the later one, but on the sixth. It is one finding with that of the end, ends when the stage
/// comes, and is not said of a stage that may be left out, or of the last one.
#[test]
fn a_stage_that_was_passed_over_is_missing_while_the_case_runs() {
    for (stages, said) in [("受理;审查;核查", true), ("受理;审查?;核查", false), ("受理;核查;审查", false)]
    {
        let mut city = Bench::new();
        city.write("registry/items.csv", &ITEMS.replace("受理;审查", stages));
        city.restart();
        for number in ["A", "B", "C"] {
            city.accepted(number, "I20", "2011-10-10 09:00").event(
                number,
                "step",
                "核查",
                "2011-10-11 10:00",
            );
        }
        city.rounds_on(&["2011-10-12", "2011-10-18"]);
        let missing = |city: &Bench| {
            city.ledger("SELECT case_number || ' ' || standing || ' ' || why FROM findings WHERE rule = 'missing-step' ORDER BY 1")
        };
        assert_eq!(missing(&city), [""; 0], "{stages}");
        city.rounds_on(&["2011-10-19"]);
        let open = "open “核查”已于 2011-10-11 10:00 办理，其前的必经环节“审查”没有办理痕迹";
        let all =
            if said { ["A", "B", "C"].map(|number| format!("{number} {open}")).to_vec() } else { Vec::new() };
        assert_eq!(missing(&city), all, "{stages}");
        if said {
            city.event("A", "step", "审查", "2011-10-11 09:00");
            city.decided("B", "2011-10-20 10:00");
            city.rounds_on(&["2011-10-20"]);
            let standing = city
                .ledger("SELECT case_number, standing FROM findings WHERE rule = 'missing-step' ORDER BY 1");
            assert_eq!(standing, ["A|resolved", "B|open", "C|open"]);
        }
    }
}

/// Issue 13: a step that never gets a row of its own in a log is late by the due day that the rows of its case carry, from the day after
/// it on; a step that was done by then is not, and neither is one of a case that ended before. Done after it, it was late. The same due day in a table of cases, for
/// steps that stand in the log beside it.
#[test]
fn a_step_that_never_gets_a_row_is_late_by_the_due_day_of_its_case() {
    let log = "no,item,what,stage,at,review_due\nS1,I20,a,,2011-10-10 09:00,2011-10-13\nS2,I20,a,,2011-10-10 09:00,2011-10-13\n\
               S2,I20,s,审查,2011-10-12 09:00,2011-10-13\nS3,I20,a,,2011-10-10 09:00,2011-10-13\nS3,I20,d,,2011-10-12 10:00,2011-10-13\n\
               S4,I20,a,,2011-10-10 09:00,\n";
    let traces = "[{ kind_from = \"what\", codes = { a = \"accepted\", s = \"step\", d = \"decided\" }, at = \"at\", stage = \"stage\" }]\n";
    let undone = ["S1 notice open “审查”的期限为 2011-10-13，到期（或者办结时）仍未办理"];
    let with = |mapping: &str| {
        let mut city = with_halls("log.csv");
        city.configure("shape = \"wide\"", "shape = \"long\"");
        let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
        let (before, _) = text.split_once("traces = ").unwrap();
        city.write("jianchad.toml", &format!("{before}{mapping}"));
        city
    };
    let mut city = with(&format!("step_dues = {{ \"审查\" = \"review_due\" }}\ntraces = {traces}"));
    city.write("log.csv", log);
    city.restart().rounds_on(&["2011-10-13"]);
    assert_eq!(late(&city), [""; 0], "the day itself");
    city.write("log.csv", &(log.to_owned() + "S5,I20,a,,2011-10-13 09:00,\n"));
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(late(&city), undone);
    city.write("log.csv", &(log.to_owned() + "S1,I20,s,审查,2011-10-14 09:00,2011-10-13\n"));
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(city.ledger("SELECT standing FROM findings WHERE rule = 'step-due'"), ["open"], "it was late");
    // A read without an item speaks of no case as a whole.
    let file = city.path("jianchad.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let at = text.rfind("item = \"item\"").unwrap();
    std::fs::write(&file, format!("{}{}", &text[..at], &text[at + "item = \"item\"".len()..])).unwrap();
    let all = jianchad::testing::service::load(&file)
        .unwrap_err()
        .for_operator(jianchad::testing::domain::text::Language::English);
    assert!(all.contains("give the read its `item`"), "{all}");
}

/// Issue 13: what is out of order because the earlier stage is missing is said once, by the rule that knows it: missing while it is, out
/// of order when it comes and came too late, and neither when it was only typed late.
#[test]
fn a_stage_that_comes_after_its_time_becomes_what_it_is() {
    let mut city = Bench::new();
    city.write("registry/items.csv", &ITEMS.replace("受理;审查", "受理;审查;核查"));
    city.restart();
    for number in ["A", "B", "C"] {
        city.accepted(number, "I20", "2011-10-10 09:00").event(number, "step", "核查", "2011-10-11 10:00");
    }
    city.rounds_on(&["2011-10-12", "2011-10-19"]);
    let open = |city: &Bench| {
        city.ledger(
            "SELECT case_number || ' ' || rule FROM findings WHERE rule IN ('missing-step', 'wrong-order') AND standing IN ('open', 'pending') ORDER BY 1",
        )
    };
    assert_eq!(open(&city), ["A missing-step", "B missing-step", "C missing-step"]);
    city.event("A", "step", "审查", "2011-10-11 09:59").event("B", "step", "审查", "2011-10-20 08:30");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(open(&city), ["B wrong-order", "C missing-step"]);
    let why = city.ledger("SELECT why FROM findings WHERE rule = 'wrong-order'").concat();
    assert!(why.contains("核查") && why.contains("审查") && why.contains("2011-10-20 08:30"), "{why}");
}

/// M2: emptied after it passed, a due day counts as one typed anew: before the next round and after it was told, in a row of the case and in
/// one of an event, also where the step is given another name at once. Emptied on the day itself it is given up, and only said.
#[test]
fn a_due_day_emptied_after_it_passed_counts_as_it_was() {
    let mut city = halls();
    let rows = |due: [&str; 3], done: &str| {
        let row = |(name, due): (&str, &str)| format!("{name},I20,2011-10-10 09:00,{done},{due},");
        ["A1", "A2", "A3"].into_iter().zip(due).map(row).collect::<Vec<String>>()
    };
    let write =
        |city: &Bench, rows: Vec<String>| write(city, &rows.iter().map(String::as_str).collect::<Vec<_>>());
    write(&city, rows(["2011-10-12", "2011-10-11", "2011-10-13"], ""));
    city.rounds_on(&["2011-10-11"]);
    write(&city, rows(["2011-10-12", "2011-10-11", "2011-10-13"], ""));
    city.rounds_on(&["2011-10-12"]);
    let numbers = "SELECT case_number FROM findings WHERE rule = 'step-due' AND standing = 'open' ORDER BY 1";
    assert_eq!(city.ledger(numbers), ["A2"]);
    write(&city, rows(["", "", ""], ""));
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(city.ledger(numbers), ["A1", "A2"], "A3 had its day still");
    write(&city, rows(["", "", ""], "2011-10-13 10:00"));
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.ledger(numbers), ["A1", "A2"]);
    let said = city.ledger("SELECT case_number FROM findings WHERE rule = 'changed-after-fact' ORDER BY 1");
    assert_eq!(said, ["A1", "A2", "A3"]);
}

/// M2: the same in a log, where each event has its own; and every change of it is said.
#[test]
fn an_event_keeps_the_due_day_that_was_emptied() {
    let mut city = with_halls("log.csv");
    city.configure("shape = \"wide\"", "shape = \"long\"\nkey = [\"id\"]");
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (before, _) = text.split_once("traces = ").unwrap();
    let traces = "traces = [{ kind_from = \"what\", codes = { a = \"accepted\", s = \"step\" }, at = \"at\", stage = \"stage\", due = \"due\" }]\n";
    city.write("jianchad.toml", &format!("{before}{traces}"));
    let log = |city: &Bench, steps: [&str; 3]| {
        let mut text = "id,no,item,what,stage,at,due\n".to_owned();
        for (id, step) in steps.into_iter().enumerate() {
            text += &format!("{id}a,L{id},I20,a,,2011-10-10 09:00,\n{id}s,L{id},I20,s,{step}\n");
        }
        city.write("log.csv", &text);
    };
    log(
        &city,
        [
            "审查,2011-10-12 09:00,2011-10-11",
            "审查,2011-10-12 09:00,2011-10-11",
            "审查,2011-10-12 09:00,2011-10-20",
        ],
    );
    city.restart().rounds_on(&["2011-10-12"]);
    let numbers = "SELECT case_number FROM findings WHERE rule = 'step-due' AND standing = 'open' ORDER BY 1";
    assert_eq!(city.ledger(numbers), ["L0", "L1"]);
    log(&city, ["审查,2011-10-12 09:00,", "初审,2011-10-12 09:00,", "审查,2011-10-12 09:00,"]);
    city.rounds_on(&["2011-10-13"]);
    log(&city, ["审查,2011-10-12 09:00,", "复审,2011-10-12 09:00,", "审查,2011-10-12 09:00,"]);
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.ledger(numbers), ["L0", "L1"]);
    let said = city.ledger(
        "SELECT case_number || ' ' || why FROM findings WHERE rule = 'changed-after-fact' ORDER BY 1",
    );
    assert_eq!(said.len(), 3);
    for (number, day) in [("L0", "2011-10-11"), ("L1", "2011-10-11"), ("L2", "2011-10-20")] {
        let changed = format!("{number} 环节“审查”的期限{day} 改为 环节“审查”的期限（空）");
        assert!(said.iter().any(|line| line.starts_with(&changed)), "{changed}: {said:?}");
    }
}

/// Low: what was done late, or not at all in a case that is over, is to be explained; only what can still be done is to be done.
#[test]
fn nobody_is_asked_to_do_what_is_done() {
    for (row, asked) in [
        ("D1,I20,2011-10-10 09:00,2011-10-13 08:00,2011-10-12,", false),
        ("E1,I20,2011-10-10 09:00,,2011-10-12,2011-10-13 08:00", false),
        ("U1,I20,2011-10-10 09:00,,2011-10-12,", true),
    ] {
        let mut city = halls();
        write(&city, &[row]);
        city.rounds_on(&["2011-10-13", "2011-10-14"]);
        let letters = city
            .ledger("SELECT text FROM letters WHERE kind = 'alert' AND to_name = '张三（规划科）'")
            .concat();
        assert!(letters.contains("请说明该环节逾期原因"), "{row}: {letters}");
        assert_eq!(letters.contains("尽快办理该环节"), asked, "{row}: {letters}");
    }
}

/// M7: what happened within one second, or within one minute where a column keeps no more, contradicts nothing and costs nobody a card; a
/// second the other way round, where both columns have seconds, does, and the sentence shows it.
#[test]
fn milliseconds_contradict_nothing() {
    let mut city = with_halls("hall.csv");
    let rows = [
        "M1,I20,2011-10-10 09:00:00.900,2011-10-10 09:00:00.100",
        "M2,I20,2011-10-10 09:00:30,2011-10-10 09:00",
        "M3,I20,2011-10-10 09:00:40,2011-10-10 09:00:20",
    ];
    let text = format!("no,item,accepted,decided\n{}\n", rows.join("\n"));
    city.write("hall.csv", &text);
    city.rounds_on(&["2011-10-11"]);
    city.write("hall.csv", &text);
    city.rounds_on(&["2011-10-26"]);
    let faults = city.ledger("SELECT case_number || ' ' || why FROM findings WHERE rule = 'data-fault'");
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].starts_with("M3 决定时间 2011-10-10 09:00:20 早于受理时间 2011-10-10 09:00:40"),
        "{faults:?}"
    );
    let cards = city.ledger("SELECT case_number, card FROM findings WHERE rule = 'time-limit'");
    assert_eq!(cards, ["M3|yellow"]);
    let met = city.ledger("SELECT case_number, state FROM deadlines WHERE clock = 'statutory' ORDER BY 1");
    assert_eq!(met[..2], ["M1|met", "M2|met"]);
}

/// Low: an acceptance that never was anything but a word for nothing is named once the case is decided, and not before; one of another source,
/// whose rows tell only of ends, is not.
#[test]
fn a_decision_without_an_acceptance_is_named() {
    for (traces, named) in [("", true), ("{ kind = \"accepted\", at = \"accepted\" }, ", false)] {
        let mut city = with_halls("hall.csv");
        if !named {
            city.configure(traces, "");
        }
        let text = |decided: &str| {
            format!(
                "no,item,accepted,decided\nN1,I20,9999-12-31,{decided}\nN2,I20,无,{decided}\nN3,I20,2011-10-10,{decided}\n"
            )
        };
        city.write("hall.csv", &text(""));
        city.rounds_on(&["2011-10-11"]);
        assert_eq!(city.ledger("SELECT rule FROM findings WHERE rule = 'data-fault'"), [""; 0]);
        city.write("hall.csv", &text("2011-10-11 10:00"));
        city.rounds_on(&["2011-10-12"]);
        let faults = city
            .ledger("SELECT case_number || ' ' || why FROM findings WHERE rule = 'data-fault' ORDER BY 1");
        let why = "有决定时间 2011-10-11 10:00，没有受理或者申请时间，无法计时";
        let all: Vec<String> =
            ["N1", "N2"].iter().filter(|_| named).map(|it| format!("{it} {why}")).collect();
        assert_eq!(faults, all);
    }
}
