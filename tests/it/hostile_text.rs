//! What people read is not written by the record: line breaks, marks of direction, commands to terminals, formulas.

use std::process::Command;

use crate::bench::Bench;

/// What a clerk types who wants a line of his own, another reading direction, a cleared screen, a formula.
const SLY: &str = "=HYPERLINK(1)\nFORGED\r\nFORGED\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{200b}\u{7}x";

/// A city in which everything that a record says is sly, and a case of it late.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("item = \"item\"", "item = \"item\"\nunit = \"applicant\"");
    let sly = SLY.replace('\'', "''");
    city.licence("A", "2011-09-26 10:00:00");
    city.approval(&format!(
        "UPDATE cases SET number = '{sly}', clerk = '{sly}', applicant = '{sly}';
         UPDATE events SET number = '{sly}', clerk = '{sly}', stage = '{sly}', note = '{sly}';
         INSERT INTO cases (number, item, clerk, applied, accepted, applicant, changed)
             VALUES ('B', '{sly}', '{sly}', '2011-09-26 10:00:00', '2011-09-26 10:00:00', '{sly}', '2011-09-26 10:00:00');
         INSERT INTO events (number, kind, stage, at, clerk, note, amount, changed)
             VALUES ('B', '{sly}', '{sly}', '2011-09-27 10:00:00', '{sly}', '{sly}', '{sly}', '2011-09-27 10:00:00'),
                    ('B', 'extended', '{sly}', '{sly}', '{sly}', '{sly}', '{sly}', '2011-09-27 10:00:00')",
    ));
    city.rounds_on(&["2011-10-14", "2011-10-28", "2011-11-01"]);
    assert!(city.ledger("SELECT count(*) FROM findings WHERE card = 'red'")[0] != "0");
    city.restart();
    city
}

/// What stands in a text that nobody sees, or that commands whatever shows it.
fn unseen(text: &str) -> Vec<char> {
    let hidden = |c: &char| {
        c.is_control() && *c != '\n'
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(hidden).collect()
}

fn forged(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.trim_start().starts_with("FORGED")).collect()
}

fn said(city: &Bench, arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(arguments)
        .args(["--config".as_ref(), city.path("jianchad.toml").as_os_str()])
        .output()
        .unwrap();
    assert!(
        run.status.code().is_some_and(|code| code < 2),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8(run.stdout).unwrap()
}

/// Issue 14.6: in a text mail and its subject.
#[test]
fn a_record_writes_no_line_of_a_mail() {
    let city = city();
    let letters = city.ledger("SELECT subject || char(10) || text FROM letters");
    assert!(letters.iter().any(|text| text.contains("=HYPERLINK")), "the case is told of");
    for text in letters {
        assert_eq!(forged(&text), [""; 0], "{text}");
        assert!(unseen(&text).is_empty(), "{text}");
    }
}

/// Nothing that a record says turns the text of a page round, hides in it or commands what shows it: alerts, digests, bulletins, and
/// what is attached.
#[test]
fn a_record_hides_nothing_in_a_page() {
    let city = city();
    for kind in ["alert", "digest", "bulletin"] {
        let letters = city.ledger(&format!("SELECT html FROM letter WHERE kind = '{kind}'"));
        assert!(!letters.is_empty(), "{kind}");
        for html in letters {
            assert!(unseen(&html).is_empty(), "{kind}: {:?} in {html}", unseen(&html));
        }
    }
    let alerts = city.ledger("SELECT html FROM letter WHERE kind = 'alert' AND html LIKE '%HYPERLINK%'");
    assert!(alerts.iter().any(|html| html.contains("\u{fffd}[2J")), "what was taken out is seen: {alerts:?}");
    for file in city.ledger("SELECT name || coalesce(as_text, '') FROM letter_attachment") {
        assert!(unseen(&file).is_empty() && forged(&file).is_empty(), "{file}");
    }
}

/// Issue 14.6: at the terminal, whatever is shown there.
#[test]
fn a_record_commands_no_terminal_and_writes_no_line_there() {
    let city = city();
    for language in ["zh-CN", "en"] {
        for arguments in [
            &["findings", "--all"][..],
            &["explain", "B"],
            &["explain", SLY],
            &["status"],
            &["coverage"],
            &["card", "review"],
        ] {
            let text = said(&city, &[arguments, &["--lang", language]].concat());
            assert_eq!(forged(&text), [""; 0], "{arguments:?}: {text}");
            assert!(unseen(&text).is_empty(), "{arguments:?}: {text}");
        }
    }
}

/// Issue 14.6: in tables for spreadsheets no cell is a formula, and no row has a line of its own.
#[test]
fn a_record_is_no_formula_and_no_row_of_a_table() {
    let city = city();
    for format in ["csv", "gbt39046"] {
        let text = said(&city, &["findings", "--all", "--format", format]);
        let mut rows = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let mut found = 0;
        for row in rows.records() {
            for cell in row.unwrap().iter() {
                found += usize::from(cell.contains("HYPERLINK"));
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{format}: {cell:?}");
                assert!(!cell.contains('\n') && unseen(cell).is_empty(), "{format}: {cell:?}");
            }
        }
        assert!(found > 0, "{format}: {text}");
    }
}

/// Issue 14.6: a file is named in the journal and in mails, so its name must be one that can be read.
#[test]
fn a_file_with_a_name_that_cannot_be_read_is_refused() {
    let mut city = Bench::new();
    let drop = "[source.drop]\nkind = \"csv\"\npath = \"drop\"\nsettle = \"0s\"\n[[source.drop.read]]\nshape = \"wide\"\ncase = \"number\"\nitem_is = \"I20\"\n\
                traces = [{ kind = \"accepted\", at = \"accepted\" }]\n[source.approval]";
    city.configure("[source.approval]", drop);
    city.write("drop/a\nFORGED\u{1b}[2J.csv", "number,accepted\nA,2011-09-26 10:00:00\n");
    city.rounds_on(&["2011-10-14"]);
    let health = city.ledger("SELECT message FROM source_health WHERE source = 'drop'").join("\n");
    assert!(health.contains("its name holds characters that are not seen"), "{health}");
    assert_eq!((forged(&health), unseen(&health)), (vec![], vec![]), "{health}");
    assert_eq!(city.ledger("SELECT count(*) FROM cases"), ["0"]);
}

/// What stands in a cell that cannot be read is for whoever mends the mapping, and goes into no mail.
#[test]
fn no_mail_quotes_a_row_that_was_set_aside() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.approval(
        "INSERT INTO events (number, kind, at, changed) VALUES ('A', 'QZ-secret-code', '2011-09-27 10:00:00', '2011-09-27 10:00:00'),
             ('A', 'step', 'QZ-secret-time', '2011-09-27 10:00:00'), ('A', 'extended', '2011-09-27 10:00:00', '2011-09-27 10:00:00');
         UPDATE events SET amount = 'QZ-secret-amount' WHERE kind = 'extended'",
    );
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert!(city.ledger("SELECT count(*) FROM quarantine WHERE reason LIKE '%QZ-secret%'")[0] != "0");
    let told = "SELECT to_address || ': ' || kind || ': ' || subject FROM letter WHERE text || html LIKE '%QZ-secret%' AND to_address NOT LIKE 'admin%'";
    assert_eq!(city.ledger(told), [""; 0]);
}

/// Issue 14.6: `mask = true` hides identity numbers in all that is mailed, and in nothing without it; the ledger keeps the number.
#[test]
fn a_case_numbered_by_a_person_is_masked_in_mails() {
    for (line, hidden) in [("[mail]\n", false), ("[mail]\nmask = true\n", true)] {
        let mut city = Bench::new();
        city.configure("[mail]\n", line);
        for number in ["431002198001011234", "431002-19800101-1235"] {
            city.licence(number, "2011-09-26 10:00:00");
        }
        city.rounds_on(&["2011-10-14"]);
        let mails = city.ledger("SELECT subject || text || html FROM letter").join("\n");
        for (plain, masked) in
            [("431002198001011234", "431002********1234"), ("431002-19800101-1235", "431002-********-1235")]
        {
            assert_eq!((mails.contains(plain), mails.contains(masked)), (!hidden, hidden), "{mails}");
            assert_eq!(
                city.ledger(&format!("SELECT count(*) FROM cases WHERE case_number = '{plain}'")),
                ["1"]
            );
        }
    }
}
