//! Evidence from outside the approval system.

use std::process::Command;

use crate::bench::Bench;

/// A city with a list of tickets, whose numbers are noted at acceptance, and a licence register by case number.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("by = \"clerk\" },", "by = \"clerk\", note = \"applicant\" },");
    let lists = "[source.tickets]\nkind = \"csv\"\npath = \"tickets.csv\"\nsettle = \"0s\"\n\
                 [[source.tickets.evidence]]\nlist = \"叫号\"\nkey = \"ticket\"\nat = \"taken\"\nitem = \"item\"\nmatch = \"accepted\"\n\
                 within = \"10d\"\nwait = \"2d\"\n\
                 [source.register]\nkind = \"csv\"\npath = \"register.csv\"\nsettle = \"0s\"\n\
                 [[source.register.evidence]]\nlist = \"证照\"\nkey = \"case\"\nat = \"issued\"\nunit = \"unit\"\nmatch = \"number\"\n\
                 [source.approval]";
    city.configure("[source.approval]", lists);
    city.write("tickets.csv", "ticket,taken,item\n").write("register.csv", "case,issued,unit\n");
    city
}

fn found(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || coalesce(unit_name, '') || ' ' || standing || ' ' || why FROM findings
         WHERE rule = 'off-system' ORDER BY finding",
    )
}

/// U1 (六), R10 Art. 7: what was handled outside the system leaves its ticket all the same. A case that comes late takes its
/// ticket with it.
#[test]
fn evidence_without_a_case_is_found_until_the_case_comes() {
    let mut city = city();
    city.write(
        "tickets.csv",
        "ticket,taken,item\nT1,2011-10-10 09:00,I20\nT2,2011-10-10 10:00,I20\nT3,2011-10-10 11:00,I60\nT4,2011-10-12 09:00,I20\n,2011-10-12,I20\n",
    );
    city.licence("A", "2011-10-10 09:30:00").approval("UPDATE cases SET applicant = 'T1'");
    city.licence("OLD", "2011-09-20 09:30:00")
        .approval("UPDATE cases SET applicant = 'T3' WHERE number = 'OLD'");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(found(&city), [""; 0], "a ticket may wait for two days");
    let share = || {
        city.ledger(
            "SELECT scope || ' ' || name || ' ' || numerator || '/' || denominator || ' ' || unknown FROM coverage
             WHERE measure = 'cases' AND scope IN ('all', 'unit') AND day = (SELECT max(day) FROM coverage) ORDER BY 1",
        )
    };
    assert_eq!(share(), ["all  1/1 3", "unit U1 1/1 2", "unit U2 0/0 1"]);
    assert_eq!(city.ledger("SELECT reason FROM quarantine"), ["tickets.csv line 6, column `ticket`: no key"]);
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(
        found(&city),
        [
            "叫号 I20 市住建局 pending 2011-10-10 至 2011-10-10 的“叫号”中有 1 条没有对应办件，如 T2",
            "叫号 I60 市林业局 pending 2011-10-10 至 2011-10-10 的“叫号”中有 1 条没有对应办件，如 T3"
        ],
        "a case of three weeks ago is another matter"
    );
    city.licence("LATE", "2011-10-10 10:30:00");
    city.approval("UPDATE cases SET applicant = 'T2', changed = '2011-10-14 09:00:00' WHERE number = 'LATE'");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(
        city.ledger("SELECT key, case_number FROM evidence_matches ORDER BY key"),
        ["T1|A", "T2|LATE", "T3|", "T4|"]
    );
    let standing =
        city.ledger("SELECT case_number, standing FROM findings WHERE rule = 'off-system' ORDER BY finding");
    assert_eq!(standing, ["叫号 I20|resolved", "叫号 I60|pending"]);
    city.rounds_on(&["2011-10-17"]);
    let share = city.ledger(
        "SELECT numerator, denominator, unknown FROM coverage WHERE measure = 'cases' AND scope = 'all' AND day = '2011-10-17'",
    );
    assert_eq!(share, ["2|4|0"]);
}

/// Tickets begin anew each morning: T1 of one day is not T1 of the next, and a case goes to the nearest.
#[test]
fn tickets_of_one_number_are_told_apart_by_their_days() {
    let mut city = city();
    let tickets = |days: &[&str]| {
        let rows: Vec<String> = days.iter().map(|day| format!("T1,2011-10-{day} 09:00,I20\n")).collect();
        format!("ticket,taken,item\n{}", rows.concat())
    };
    city.write("tickets.csv", &tickets(&["10", "11"]));
    for day in [11, 12] {
        city.licence(&format!("D{day}"), &format!("2011-10-{day} 09:30:00"));
        city.approval(&format!("UPDATE cases SET applicant = 'T1' WHERE number = 'D{day}'"));
    }
    city.rounds_on(&["2011-10-12"]);
    let matches = "SELECT key, day, case_number FROM evidence_matches ORDER BY day";
    assert_eq!(
        city.ledger(matches),
        ["T1|2011-10-10|", "T1|2011-10-11|D11"],
        "D12 lies nearer to the ticket of the 11th, which has its case"
    );
    city.write("tickets.csv", &tickets(&["10", "11", "12"]));
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(city.ledger(matches), ["T1|2011-10-10|", "T1|2011-10-11|D11", "T1|2011-10-12|D12"]);
    let sums = "SELECT day, pieces, matched FROM evidence_day WHERE list = '叫号' ORDER BY day";
    assert_eq!(city.ledger(sums), ["2011-10-10|1|0", "2011-10-11|1|1", "2011-10-12|1|1"]);
}

/// A list that numbers its pieces: what is corrected of one replaces it.
#[test]
fn a_piece_that_has_a_number_of_its_own_can_be_corrected() {
    let mut city = city();
    city.configure("key = \"ticket\"", "key = \"ticket\"\nid = \"no\"");
    city.write("tickets.csv", "no,ticket,taken,item\n1,T1,2011-10-10 09:00,I20\n2,T1,2011-10-10 09:00,I20\n");
    city.licence("A", "2011-10-10 09:30:00").approval("UPDATE cases SET applicant = 'T1'");
    city.rounds_on(&["2011-10-10"]);
    let pieces = "SELECT day, case_number FROM evidence_matches ORDER BY 1, 2";
    assert_eq!(city.ledger(pieces), ["2011-10-10|A", "2011-10-10|A"], "two tickets for one matter");
    city.write("tickets.csv", "no,ticket,taken,item\n1,T1,2011-10-10 09:00,I20\n2,T9,2011-10-09 09:00,I20\n");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.ledger(pieces), ["2011-10-09|", "2011-10-10|A"]);
    assert_eq!(city.ledger("SELECT sum(pieces), sum(matched) FROM evidence_day"), ["2|1"]);
}

/// Two lists by the same key: how many cases there are in all, by Chapman; the ledger's own are a part of them.
#[test]
fn two_lists_give_an_estimate_of_all_cases() {
    let mut city = city();
    city.configure("match = \"accepted\"\n", "match = \"number\"\n");
    let rows = |numbers: &mut dyn Iterator<Item = u32>, rest: &str| -> String {
        numbers.map(|number| format!("N{number}x,2011-10-10 09:00,{rest}\n")).collect()
    };
    city.write("tickets.csv", &format!("ticket,taken,item\n{}", rows(&mut (0..200), "I20")));
    city.write("register.csv", &format!("case,issued,unit\n{}", rows(&mut (150..300), "U1")));
    for number in (0..300).step_by(2) {
        city.licence(&format!("N{number}x"), "2011-10-10 09:30:00");
    }
    city.rounds_on(&["2011-10-12"]);
    let output = Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(["coverage", "--estimate", "--at", "2011-10-12", "--format", "csv", "-c"])
        .arg(city.path("jianchad.toml"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let line = said.lines().nth(1).unwrap_or_default();
    // 201 · 151 / 51 − 1; 150 of 594.1 cases are known.
    assert!(
        line.starts_with("证照,叫号,2011-10-10,2011-10-10,150,200,50,594.1,500.5,731.4,")
            && line.ends_with("150,25.2"),
        "{said}"
    );
}

/// Two lists share what evidence and cases would share: by the normal form of their keys, or as they stand where either is matched exactly.
#[test]
fn two_lists_that_spell_their_keys_otherwise_share_them() {
    for (exactly, expected) in [("", "2,3,2,"), ("match_exactly = true\n", "2,3,0,")] {
        let mut city = city();
        city.configure("match = \"accepted\"\n", &format!("match = \"number\"\n{exactly}"));
        let tickets = ["住建〔2011〕1号", "住建[2011]2号"];
        let licences = ["住建(2011) 1号", "住建［２０１１］２号", "住建［２０１１］３号"];
        let rows = |numbers: &[&str], rest: &str| -> String {
            numbers.iter().map(|number| format!("{number},2011-10-10 09:00,{rest}\n")).collect()
        };
        city.write("tickets.csv", &format!("ticket,taken,item\n{}", rows(&tickets, "I20")));
        city.write("register.csv", &format!("case,issued,unit\n{}", rows(&licences, "U1")));
        city.rounds_on(&["2011-10-12"]);
        let output = Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(["coverage", "--estimate", "--at", "2011-10-12", "--format", "csv", "-c"])
            .arg(city.path("jianchad.toml"))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let counts = said.lines().nth(1).and_then(|line| line.split("2011-10-10,2011-10-10,").nth(1));
        let turned: Vec<&str> = expected.split(',').collect();
        let other = format!("{},{},{},", turned[1], turned[0], turned[2]);
        assert!(
            counts.is_some_and(|it| it.starts_with(expected) || it.starts_with(&other)),
            "{exactly}: {said}"
        );
    }
}

/// A ticket is noted as clerks write it: with a word, two at once, a window behind it. Whoever lists a day's tickets in one note covers
/// none of them, and a ticket that nobody noted is found.
#[test]
fn tickets_are_noted_in_many_ways() {
    let mut city = city();
    let tickets =
        ["A002", "A003", "A004", "A005", "A-008", "A009", "A010", "A011", "B1", "B2", "B3", "B4", "3", "T99"];
    let rows = tickets.map(|ticket| format!("{ticket},2011-10-10 09:00,I20\n")).concat();
    city.write("tickets.csv", &format!("ticket,taken,item\n{rows}"));
    let notes = [
        "A002号",
        "票号A003",
        "A004、A005",
        "A008",
        "A-009",
        "A010/窗口3",
        "叫号：A011，现场取件",
        "B1、B2、B3、B4",
    ];
    for (number, note) in notes.into_iter().enumerate() {
        city.licence(&format!("C{number}"), "2011-10-10 09:30:00");
        city.approval(&format!("UPDATE cases SET applicant = '{note}' WHERE number = 'C{number}'"));
    }
    city.rounds_on(&["2011-10-13"]);
    let without = "SELECT key FROM evidence_matches WHERE case_number IS NULL ORDER BY 1";
    assert_eq!(city.ledger(without), ["3", "B1", "B2", "B3", "B4", "T99"]);
    let with = "SELECT key || ' ' || case_number FROM evidence_matches WHERE key IN ('A-008', 'A004', 'A005', 'A009') ORDER BY 1";
    assert_eq!(city.ledger(with), ["A-008 C3", "A004 C2", "A005 C2", "A009 C4"]);
    assert_eq!(found(&city).len(), 1);
}
