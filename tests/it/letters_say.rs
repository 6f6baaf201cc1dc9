//! What letters say: the digest begins with what wants doing, the clerk gets the count, an appeal holds the day, lists are workbooks.

use std::io::Write;
use std::process::{Command, Stdio};

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::{Done, Ledger};

use crate::bench::{Bench, moment};
use crate::installed::skip;

fn last(city: &Bench, kind: &str, address: &str) -> String {
    let sql = "SELECT text FROM letters WHERE kind = ? AND to_address LIKE ? ORDER BY letter DESC LIMIT 1";
    let sql = sql.replacen('?', &format!("'{kind}'"), 1).replacen('?', &format!("'{address}%'"), 1);
    city.ledger(&sql).join("")
}

/// Issue of mails, 13.4: red cards by name with item, unit, lateness and whose turn it is, before all figures; then what was not
/// answered, what will be late, coverage; units without cards are one line.
#[test]
fn the_digest_begins_with_what_wants_doing() {
    let mut city = Bench::new();
    city.licence("R-1", "2011-09-26 10:00:00");
    city.licence("S-1", "2011-10-24 10:00:00");
    city.rounds_on(&["2011-10-28", "2011-11-01"]);
    let said = last(&city, "digest", "supervisor");
    let red = "R-1 · 施工许可 · 市住建局 · 法定时限超期3个工作日 · 待市住建局于11月4日前反馈";
    assert!(said.contains(red), "{said}");
    let order = [
        "未结红牌（1件）",
        "未来五个工作日内到期的未办结办件",
        "== 覆盖率变化 ==",
        "== 各单位情况 ==",
        "== 覆盖率 ==",
    ];
    let places: Vec<_> =
        order.iter().map(|head| said.find(head).unwrap_or_else(|| panic!("{head}: {said}"))).collect();
    assert!(places.is_sorted(), "{places:?} {said}");
    assert!(said.contains("其余2个单位没有监察牌：市林业局、市国税局"), "{said}");
    city.rounds_on(&["2011-11-07"]);
    let said = last(&city, "digest", "supervisor");
    assert!(said.contains("市住建局应于11月4日前反馈，已逾期"), "{said}");
    assert!(
        !last(&city, "digest", "supervisor").contains("隔离记录"),
        "rows in quarantine are the administrator's"
    );
    assert!(last(&city, "digest", "admin").contains("Rows in quarantine: 0"));
}

/// The unit finds the count day by day under the card, and until when to appeal; a supervisor does not.
#[test]
fn the_clerk_gets_the_count() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-28"]);
    let clerk = last(&city, "alert", "handler.u1");
    for line in [
        "逐日计时：法定时限",
        "10月8日周六：国庆节调休上班，第5日/共20日",
        "申诉方式：对监察牌有异议的，于11月4日（含当日）前",
    ] {
        assert!(clerk.contains(line), "{line}: {clerk}");
    }
    let supervisor = last(&city, "alert", "supervisor");
    assert!(!supervisor.contains("逐日计时：") && !supervisor.contains("申诉方式"), "{supervisor}");
    let page = city
        .ledger("SELECT html FROM letter WHERE kind = 'alert' AND to_address LIKE 'handler.u1%'")
        .join("");
    assert!(page.contains("<details") && page.contains("<summary>逐日计时：法定时限</summary>"), "{page}");
}

/// While an appeal waits to be decided nobody is pressed for an answer, also when the card is told anew as red; upheld, the day
/// begins anew.
#[test]
fn the_day_by_which_to_answer_rests_while_an_appeal_runs() {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-24", "2011-10-25"]);
    let deed = |city: &Bench, action: &CardAction, at: &str| {
        let mut ledger = Ledger::at_keyboard(&city.path("ledger.db"), chrono_tz::Asia::Shanghai).unwrap();
        let (by, why, at) = ("钱八", "计时有误", moment(at).instant);
        ledger.enter_deed(&Done { finding: 1, action, by, why, order_due: None, at }).unwrap();
    };
    deed(&city, &CardAction::Appeal, "2011-10-26 10:00");
    // Told anew meanwhile, as by an escalation.
    city.ledger("UPDATE finding SET answered_at = NULL, reminders = 0");
    for day in ["26", "27", "28", "31"] {
        city.rounds_on(&[&format!("2011-10-{day}")]);
    }
    city.rounds_on(&["2011-11-01", "2011-11-02", "2011-11-03"]);
    let pressed = "SELECT count(*) FROM letters WHERE kind = 'alert' AND written_at > '2011-10-26' AND to_address LIKE 'handler%'";
    assert_eq!(city.ledger(pressed), ["0"]);
    assert!(!last(&city, "digest", "supervisor").contains("逾期未反馈的红黄牌"));
    deed(&city, &CardAction::Uphold, "2011-11-03 15:00");
    city.rounds_on(&["2011-11-04"]);
    assert_eq!(city.ledger("SELECT answer_due FROM findings WHERE case_number = 'A'"), ["2011-11-11"]);
    assert!(last(&city, "alert", "handler.u1").contains("请于11月11日（含当日）前书面反馈"));
}

/// Reads the first sheet of a workbook: the type and the text of each cell, and how it prints.
const READER: &str = r#"
import io, re, sys, zipfile
book = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
strings = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode())
sheet = book.read("xl/worksheets/sheet1.xml").decode()
for kind, value in re.findall(r'<c r="B\d+"[^>]*?(?: t="(\w+)")?><v>(\d+)</v>', sheet):
    print(kind, strings[int(value)] if kind == "s" else value)
print(*[word for word in ['paperSize="9"', 'orientation="landscape"', 'fitToHeight="0"'] if word in sheet])
print("formulas", sheet.count("<f>"))
"#;

/// A number of 18 digits and what looks like a formula are texts in the list of a storm, and its pages print on A4 across.
#[test]
fn numbers_of_cases_survive_a_spreadsheet() {
    let mut city = Bench::new();
    let numbers = ["431002201109260001", "431002201109260002", "+1", "=1+1", "@x", "-5", "000123"];
    for number in numbers {
        city.licence(number, "2011-09-26 10:00:00");
    }
    city.rounds_on(&["2011-10-14"]);
    let content =
        city.ledger("SELECT hex(content) FROM letter_attachment WHERE name LIKE '%.xlsx' LIMIT 1").remove(0);
    let bytes: Vec<u8> = (0..content.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&content[at..at + 2], 16).unwrap())
        .collect();
    let python =
        Command::new("python3").args(["-c", READER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut python) = python else { return skip("python3 is not installed") };
    python.stdin.take().unwrap().write_all(&bytes).unwrap();
    let said = String::from_utf8(python.wait_with_output().unwrap().stdout).unwrap();
    for number in numbers {
        assert!(said.lines().any(|line| line == format!("s {number}")), "{number}: {said}");
    }
    assert!(
        said.contains("paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"\nformulas 0"),
        "{said}"
    );
}

/// `--excel`: a byte order mark, and a long number as a text; not with another format beside it.
#[test]
fn a_list_opens_in_excel_as_it_is() {
    let mut city = Bench::new();
    city.licence("431002201109260001", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-28"]);
    let config = city.path("jianchad.toml");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
        command.arg("findings").args(arguments).args(["--config", config.to_str().unwrap()]).output().unwrap()
    };
    let text = String::from_utf8(run(&["--excel"]).stdout).unwrap();
    assert!(text.starts_with("\u{feff}finding,card,standing,case,unit,item,"), "{text}");
    assert!(text.contains(r#","=""431002201109260001""","#), "{text}");
    let plain = String::from_utf8(run(&["--format", "csv"]).stdout).unwrap();
    assert!(plain.starts_with("finding,") && plain.contains(",431002201109260001,"), "{plain}");
    assert!(!run(&["--excel", "--format", "json"]).status.success());
}
