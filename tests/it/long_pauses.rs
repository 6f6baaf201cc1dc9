//! What the record of a special procedure grants is believed up to a bound, seen from outside; and what only infers reaches a
//! supervisor.

use crate::adopt::{jianchad, said};
use crate::bench::Bench;

const LEAD: &str = "lead.u1@example.gov.cn";
const HANDLER: &str = "handler.u1@example.gov.cn";
const SUPERVISOR: &str = "supervisor@example.gov.cn";

fn special(city: &Bench, case: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT clock || ' ' || card || ' ' || standing FROM findings
         WHERE clock LIKE 'special%' AND case_number = '{case}' ORDER BY 1"
    ))
}

fn procedure(city: &Bench, case: &str, stage: &str, amount: Option<&str>, from: &str, to: Option<&str>) {
    for (kind, at, amount) in [("paused", Some(from), amount), ("resumed", to, None)] {
        let Some(at) = at else { continue };
        let amount = amount.map_or("NULL".to_owned(), |amount| format!("'{amount}'"));
        city.approval(&format!(
            "INSERT INTO events (number, kind, stage, at, clerk, note, amount, changed)
             VALUES ('{case}', '{kind}', '{stage}', '{at}', '0731', '特告〔2011〕26号', {amount}, '{at}')"
        ));
    }
}

fn yellow_letters(city: &Bench, address: &str) -> usize {
    city.subjects(address).iter().filter(|subject| subject.contains("黄牌")).count()
}

/// 优化营商环境条例 Art. 36: granted 9999 days, or ten milliards of them, a procedure is warned of and gets its card when its
/// sixty working days are over, 2011-12-31 from 2011-10-10; handler and head of the unit are told, the supervisor by his digest.
#[test]
fn a_procedure_granted_for_ever_gets_its_card() {
    let mut city = Bench::new();
    for case in ["LONG", "SHORT"] {
        city.licence(case, "2011-09-26");
    }
    procedure(&city, "LONG", "检测", Some("9999"), "2011-10-10", None);
    procedure(&city, "SHORT", "检测", Some("60"), "2011-10-10", Some("2011-12-30"));
    city.rounds_on(&["2011-10-11"]);
    let why = city.ledger("SELECT case_number, why FROM findings WHERE rule = 'special-excess'");
    assert_eq!(
        why,
        ["LONG|2011-10-10 开始的特别程序载明 9999 个工作日，只认可 60 个工作日，超出部分从严计算时不扣除"]
    );
    let told = city.subjects(HANDLER);
    assert!(told.iter().any(|subject| subject.contains("提示】")), "{told:?}");
    assert_eq!(city.subjects(LEAD), [""; 0], "a notice is the handler's");
    city.rounds_on(&["2011-12-28"]);
    assert_eq!(special(&city, "LONG"), [""; 0]);
    city.rounds_on(&["2011-12-29"]);
    assert_eq!(special(&city, "LONG"), ["special notice open"]);
    city.rounds_on(&["2011-12-31"]);
    assert_eq!(special(&city, "LONG"), ["special notice open"]);
    assert_eq!(yellow_letters(&city, LEAD), 0);
    city.rounds_on(&["2012-01-04"]);
    assert_eq!(special(&city, "LONG"), ["special yellow open"]);
    assert!(!special(&city, "SHORT").iter().any(|it| it.contains("yellow")), "{:?}", special(&city, "SHORT"));
    assert_eq!((yellow_letters(&city, LEAD), yellow_letters(&city, HANDLER)), (1, 1));
    // The strict day goes on from the bound: of ten working days four were left on 2012-01-01.
    city.rounds_on(&["2012-01-06"]);
    let doubtful = "SELECT why FROM findings WHERE rule = 'doubtful-fact' AND case_number = 'LONG'";
    let doubtful = city.ledger(doubtful).concat();
    assert!(doubtful.contains("2011-10-10 开始的特别程序，累计超过认可的 60 个工作日"), "{doubtful}");
    assert_eq!(city.ledger("SELECT count(*) FROM findings WHERE rule = 'doubtful-fact'"), ["1"]);
    // A setting gives more.
    let mut patient = Bench::new();
    patient.configure("[source.approval]", "[supervision]\npause_at_most = \"90wd\"\n[source.approval]");
    patient.licence("LONG", "2011-09-26");
    procedure(&patient, "LONG", "检测", Some("9999"), "2011-10-10", None);
    patient.rounds_on(&["2012-01-04", "2012-02-09"]);
    assert_eq!(special(&patient, "LONG"), [""; 0]);
}

/// Renewed whenever it is over, a procedure does not stop the limits for ever: the third leaves nothing out, and promise and law are
/// due as if it were not there. Of different kinds each has its own time.
#[test]
fn renewing_a_procedure_is_no_way_round_the_bound() {
    let mut city = Bench::new();
    for case in ["CHAIN", "KINDS"] {
        city.licence(case, "2011-09-26");
        let second = if case == "CHAIN" { "检测" } else { "鉴定" };
        procedure(&city, case, "检测", Some("60"), "2011-10-10", Some("2011-12-30"));
        procedure(&city, case, second, Some("60"), "2012-01-04", Some("2012-03-30"));
    }
    city.rounds_on(&["2012-01-04", "2012-01-05", "2012-01-06", "2012-01-09", "2012-01-20", "2012-01-21"]);
    let cards = |case: &str| {
        city.ledger(&format!(
            "SELECT clock || ' ' || card || ' ' || due_at FROM findings WHERE card <> 'notice' AND case_number = '{case}' ORDER BY 1"
        ))
    };
    let late = [
        "promise yellow 2012-01-06",
        "special#2 yellow 2012-01-04T17:00:00+08:00",
        "statutory red 2012-01-20",
    ];
    assert_eq!(cards("CHAIN"), late);
    assert_eq!(cards("KINDS"), [""; 0]);
    let why = city.ledger("SELECT case_number, why FROM findings WHERE rule = 'special-excess'");
    assert_eq!(why, ["CHAIN|特别程序累计已满 60 个工作日，2012-01-04 及以后又开始的不予扣除"]);
}

/// 《行政许可法》 Art. 47: a hearing has twenty working days, over with 2011-11-07 from 2011-10-10; an inspection the fifteen of the
/// setting, over with 2011-10-31.
#[test]
fn a_hearing_has_the_days_of_its_clause() {
    let mut city = Bench::new();
    for (case, stage) in [("HEARD", "听证"), ("TESTED", "检测")] {
        city.licence(case, "2011-09-26");
        procedure(&city, case, stage, None, "2011-10-10", None);
    }
    city.rounds_on(&["2011-11-01"]);
    assert_eq!(special(&city, "TESTED"), ["special yellow open"]);
    assert_eq!(special(&city, "HEARD"), [""; 0]);
    city.rounds_on(&["2011-11-03", "2011-11-07"]);
    assert_eq!(special(&city, "HEARD"), ["special notice open"]);
    city.rounds_on(&["2011-11-08"]);
    assert_eq!(special(&city, "HEARD"), ["special yellow open"]);
    let says = |case: &str, clause: &str| {
        said(&jianchad(&city, &["explain", case, "--clock", "special"])).contains(clause)
    };
    assert!(says("HEARD", "《行政许可法》第四十七条第一款"));
    assert!(says("TESTED", "《行政许可法》第四十五条") && !says("TESTED", "第四十七条"));
}

/// A finding that nobody reads supervises nobody: what only infers goes to no unit before a supervisor decides. He is told of it by name every working day until he
/// does, and the case says that it waits. What texts name as a breach is told to the handler at once.
#[test]
fn what_waits_for_a_supervisor_reaches_him() {
    let mut city = Bench::new();
    for case in ["WAITS", "BREACH"] {
        city.licence(case, "2011-09-26");
    }
    procedure(&city, "WAITS", "检测", Some("16"), "2011-09-27", None);
    city.approval(
        "INSERT INTO events (number, kind, at, clerk, amount, changed)
         VALUES ('BREACH', 'extended', '2011-09-28', '李局长', '30wd', '2011-09-28')",
    );
    city.rounds_on(&["2011-09-29", "2011-09-30"]);
    let finding = city.ledger("SELECT finding FROM findings WHERE rule = 'special-misuse'").concat();
    let line = format!("#{finding} · 9月29日 · WAITS · 市住建局 · 特别程序异常");
    let letters = |city: &Bench, address: &str, text: &str| {
        let of = format!("to_address = '{address}' AND instr(text, '{text}') > 0");
        city.ledger(&format!("SELECT count(*) FROM letters WHERE {of}")).concat()
    };
    assert_eq!(letters(&city, SUPERVISOR, &line), "2", "a digest a day");
    assert_eq!(
        (letters(&city, HANDLER, "WAITS"), letters(&city, HANDLER, "BREACH")),
        ("0".into(), "1".into())
    );
    let waits = "waits for review: nobody has been told";
    let explained = |city: &Bench, case: &str| said(&jianchad(city, &["explain", case]));
    assert!(explained(&city, "WAITS").contains(waits), "{}", explained(&city, "WAITS"));
    assert!(!explained(&city, "BREACH").contains(waits));
    let issued = jianchad(&city, &["card", "issue", &finding, "--by", "钱八", "--why", "属实"]);
    assert!(issued.status.success(), "{}", said(&issued));
    city.restart().rounds_on(&["2011-10-08"]);
    assert_eq!(
        (letters(&city, SUPERVISOR, &line), letters(&city, HANDLER, "WAITS")),
        ("2".into(), "1".into())
    );
    assert!(!explained(&city, "WAITS").contains(waits));
}
