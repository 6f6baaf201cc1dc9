//! What judges is never changed by accident: a change that would move more than a few open cards waits for a person.

use std::process::{Command, Output};

use crate::bench::Bench;

/// A clock of one's own, from the decision to the delivery, as the example file has one.
const DELIVERY: &str = "[[clock]]\nid = \"delivery\"\nname = \"送达时限\"\nstarts = [\"decided\"]\nstops = [\"delivered\"]\nlimit = \"10wd\"\n\
     [[cards.line]]\ncard = \"yellow\"\nclock = \"delivery\"\nwhen = \"passed\"\n";
/// A promise that gives nothing.
const NO_PROMISE: &str = "[[clock]]\nid = \"promise\"\nname = \"承诺时限\"\nstarts = [\"accepted\"]\n\
     stops = [\"decided\", \"closed\", \"withdrawn\"]\nlimit = \"promised\"\ncards = \"none\"\n";
/// The hall closed from 10 to 13 October.
const CLOSED: &str = "[[year]]\nyear = 2011\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\n\
     off = [DAYS]\n";
const DAYS: &str = "DAYS";
const DAY: &str = "2011-10-14";

/// So many cases with one yellow card each: accepted on 26 September, promised by 13 October.
fn late(cards: usize) -> Bench {
    let mut city = Bench::new();
    for number in 0..cards {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&[DAY]);
    assert_eq!(open(&city), cards);
    city
}

fn open(city: &Bench) -> usize {
    city.findings().iter().filter(|line| line.ends_with("yellow open")).count()
}

fn steps(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT event, coalesce(by, ''), open_cards, raised, withdrawn FROM adoptions WHERE before IS NOT NULL
        ",
    )
}

/// Letters that take a card back, by reader.
fn taken_back(city: &Bench, address: &str) -> usize {
    city.subjects(address).iter().filter(|subject| subject.contains("撤销")).count()
}

fn without_promise(city: &mut Bench) {
    city.configure("[source.approval]", &format!("{NO_PROMISE}[source.approval]"));
}

/// The program at work on the city's configuration.
pub fn jianchad(city: &Bench, arguments: &[&str]) -> Output {
    let config = city.path("jianchad.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(arguments).args(["-c", config.to_str().unwrap()]).env("JIANCHAD_LANG", "en");
    command.output().unwrap()
}

/// What it said, when all went well.
pub fn said(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    // 1: done, and something wants attention.
    assert!(matches!(output.status.code(), Some(0 | 1)), "{out}{err}");
    out.into_owned()
}

/// Point 1: "more than a setting, default 5 cards or 5 %, whichever is more". Four and five cards go at once, and their readers
/// are told; of six none goes, and nobody is told.
#[test]
fn up_to_five_cards_move_at_once_and_six_wait() {
    for (cards, waits) in [(4, false), (5, false), (6, true)] {
        let mut city = late(cards);
        without_promise(&mut city);
        city.rounds_on(&["2011-10-17"]);
        let (left, step) = if waits { (cards, "waits") } else { (0, "adopted") };
        assert_eq!(open(&city), left, "{cards}");
        assert_eq!(steps(&city), [format!("{step}||{cards}|0|{cards}")]);
        // Whoever was told of a yellow card is told; the supervisor hears of red ones only.
        for told in ["handler.u1@example.gov.cn", "lead.u1@example.gov.cn"] {
            assert_eq!(taken_back(&city, told), usize::from(!waits), "{cards} {told}");
        }
        for other in ["supervisor@example.gov.cn", "lead.u2@example.gov.cn"] {
            assert_eq!(taken_back(&city, other), 0, "{cards} {other}");
        }
    }
}

/// 5 % of 200 are ten: a closure of one window that takes ten cards away is in force at once, one that takes eleven waits.
#[test]
fn of_two_hundred_cards_ten_move_at_once_and_eleven_wait() {
    for (cards, waits) in [(10, false), (11, true)] {
        let mut city = late(200 - cards);
        for number in 0..cards {
            city.accepted(&format!("B{number:03}"), "INOW", "2011-10-13 10:00:00");
        }
        city.rounds_on(&["2011-10-17"]);
        assert_eq!(open(&city), 200);
        let off = [13, 14, 17, 18].map(|day| format!("\"2011-10-{day}\"")).join(", ");
        city.write("window.toml", &CLOSED.replace(DAYS, &off));
        let local = "[[calendar.local]]\nfile = \"window.toml\"\nitems = [\"INOW\"]\n[source.approval]";
        city.configure("[source.approval]", local);
        city.rounds_on(&["2011-10-18"]);
        assert_eq!(open(&city), if waits { 200 } else { 190 }, "{cards}");
        assert_eq!(taken_back(&city, "lead.u2@example.gov.cn"), usize::from(!waits), "{cards}");
    }
}

/// "Today the example's `delivery` clock, appended to the demo's file, withdraws all 64 open time cards by 44 letters": whatever
/// one appended clock does to the others, no card goes and nobody is told so.
#[test]
fn one_appended_clock_takes_no_card_away() {
    let mut city = late(8);
    city.configure("[source.approval]", &format!("{DELIVERY}[source.approval]"));
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    assert_eq!(open(&city), 8);
    for told in ["handler.u1@example.gov.cn", "lead.u1@example.gov.cn", "supervisor@example.gov.cn"] {
        assert_eq!(taken_back(&city, told), 0);
    }
}

/// A closure put into `calendar.d` by hand that takes six cards away waits, and five go; a day off that moves no card is in
/// force at once, though it moves due dates.
#[test]
fn a_calendar_beside_the_file_is_weighed_by_its_cards() {
    for (cards, waits) in [(5, false), (6, true)] {
        let mut city = late(cards);
        let off = "\"2011-10-10\", \"2011-10-11\", \"2011-10-12\", \"2011-10-13\"";
        city.write("calendar.d/closed.toml", &CLOSED.replace(DAYS, off));
        city.restart().rounds_on(&[DAY]);
        assert_eq!(open(&city), if waits { cards } else { 0 });
        assert_eq!(city.ledger("SELECT count(*) FROM deadline_changes") == ["0"], waits);
        assert_eq!(
            city.ledger("SELECT DISTINCT due_moved FROM adoptions WHERE before IS NOT NULL"),
            [cards.to_string()]
        );
    }
    let mut city = late(8);
    city.write("calendar.d/closed.toml", &CLOSED.replace(DAYS, "\"2011-10-26\""));
    city.restart().rounds_on(&[DAY]);
    assert_eq!(steps(&city), ["adopted||8|0|0"]);
}

/// Until a person adopts: reading goes on, the OLD policy gives a new card, also after a restart, and contacts are those of
/// the file. Then another process adopts beside the open service, and the next round takes the cards back.
#[test]
fn the_old_policy_judges_until_a_person_adopts_the_new_one() {
    let mut city = late(6);
    let contacts = std::fs::read_to_string(city.path("registry/contacts.csv")).unwrap();
    city.write("registry/contacts.csv", &contacts.replace("lead.u1@", "newlead.u1@"));
    without_promise(&mut city);
    city.accepted("NEW", "I20", "2011-10-08 10:00:00");
    city.rounds_on(&["2011-10-17"]);
    city.restart().rounds_on(&["2011-10-24", "2011-10-25"]);
    assert_eq!((open(&city), steps(&city)), (7, vec!["waits||6|0|6".to_owned()]));
    let told = |city: &Bench, address: &str| {
        let sql =
            format!("SELECT count(*) FROM letters WHERE to_address = '{address}' AND text LIKE '%NEW%'");
        city.ledger(&sql)[0] != "0"
    };
    assert!(told(&city, "newlead.u1@example.gov.cn") && !told(&city, "lead.u1@example.gov.cn"));
    let shown = said(&jianchad(&city, &["adopt"]));
    assert!(
        shown.contains("yellow: 0 appear, 7 fall") && shown.contains("A000") && shown.contains("--by NAME"),
        "{shown}"
    );
    assert_eq!(said(&jianchad(&city, &["adopt", "--show"])), shown);
    assert_eq!(jianchad(&city, &["adopt", "--by", "王主任"]).status.code(), Some(2), "no reason, no leave");
    let done = said(&jianchad(&city, &["adopt", "--by", "王主任", "--why", "会议纪要3号"]));
    assert!(done.contains("Noted"), "{done}");
    assert!(said(&jianchad(&city, &["adopt"])).contains("王主任 has adopted"));
    assert_eq!(open(&city), 7, "nothing moves before a round");
    city.rounds_on(&["2011-10-26"]);
    let by = city.ledger("SELECT event, by, why FROM adoptions WHERE by IS NOT NULL");
    assert_eq!(
        (open(&city), by),
        (0, vec!["allowed|王主任|会议纪要3号".into(), "adopted|王主任|会议纪要3号".into()])
    );
    assert_eq!(taken_back(&city, "handler.u1@example.gov.cn"), 1);
    assert_eq!(taken_back(&city, "handler.u2@example.gov.cn"), 0);
    assert!(said(&jianchad(&city, &["adopt"])).contains("No change of what judges waits"));
}

/// What waits is told to whoever reads the digest, and by `status` and `check-config`, with the counts and the first cases; it
/// is no matter of a unit's.
#[test]
fn digest_status_and_check_config_say_what_waits() {
    let mut city = late(6);
    without_promise(&mut city);
    let checked = said(&jianchad(&city, &["check-config"]));
    assert!(
        checked.contains("this one waits for `jianchad adopt")
            && checked.contains("yellow: 0 appear, 6 fall"),
        "{checked}"
    );
    assert_eq!(steps(&city), [""; 0], "looking changes nothing");
    city.rounds_on(&["2011-10-17"]);
    let digest =
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' ORDER BY letter DESC LIMIT 1").join("");
    for part in ["监察规则有改动，待确认生效", "仍按原规则监察", "撤销6张", "A000（承诺时限：黄牌→无）"]
    {
        assert!(digest.contains(part), "{part} in {digest}");
    }
    assert!(!digest.contains("jianchad adopt"), "{digest}");
    let units = "SELECT count(*) FROM letters WHERE to_address LIKE '%.u1@%' AND text LIKE '%待确认%'";
    assert_eq!(city.ledger(units), ["0"]);
    let status = said(&jianchad(&city, &["status"]));
    assert!(status.contains("jianchad adopt") && status.contains("6 would be withdrawn"), "{status}");
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "x"]));
    city.rounds_on(&["2011-10-18"]);
    let status = said(&jianchad(&city, &["status"]));
    assert!(!status.contains("adopt"), "{status}");
    let checked = said(&jianchad(&city, &["check-config"]));
    assert!(checked.contains("none: this judges already"), "{checked}");
}

/// A file that goes back ends the waiting by itself, and takes back a leave with it; a third policy takes the waiting one's
/// place, weighed against the one in force; and a version that is no longer in the file cannot be adopted.
#[test]
fn a_file_that_goes_back_or_on_ends_the_waiting() {
    let mut city = late(6);
    without_promise(&mut city);
    city.rounds_on(&["2011-10-17"]);
    let waiting = city.ledger("SELECT version FROM adoptions WHERE event = 'waits'").remove(0);
    // A third: the promise gives red at once, so that all six would be raised higher.
    const RED: &str = "[[cards.line]]\ncard = \"red\"\nclock = \"promise\"\nwhen = \"passed\"\n";
    city.configure(NO_PROMISE, RED);
    for arguments in [&["adopt", "--by", "王", "--why", "x"][..], &["adopt", &waiting]] {
        let refused = jianchad(&city, arguments);
        let why = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            refused.status.code() == Some(2) && why.contains("no longer what the configuration file says"),
            "{why}"
        );
    }
    city.rounds_on(&["2011-10-18"]);
    let higher = city.ledger("SELECT event, withdrawn, higher FROM adoptions WHERE before IS NOT NULL");
    assert_eq!(higher, ["waits|6|0", "waits|0|6"]);
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "x"]));
    city.configure(RED, "");
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(
        city.ledger("SELECT event FROM adoptions WHERE before IS NOT NULL"),
        ["waits", "waits", "allowed", "taken-back"]
    );
    assert_eq!(open(&city), 6);
    // The leave is spent: the same once more waits once more.
    city.configure("[source.approval]", &format!("{RED}[source.approval]"));
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(
        (open(&city), city.ledger("SELECT event FROM adoption ORDER BY id DESC LIMIT 1")),
        (6, vec!["waits".into()])
    );
}

/// Whoever has the file raises `review_above` in the same edit, or in an edit before it: the value in force decides, and the
/// laxer value is itself a change that waits.
#[test]
fn the_bound_cannot_be_raised_by_the_change_that_it_binds() {
    let mut city = late(6);
    city.configure("[mail]", "[supervision]\nreview_above = \"100%\"\n[mail]");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(steps(&city), ["waits||6|0|0"]);
    without_promise(&mut city);
    city.rounds_on(&["2011-10-18"]);
    assert_eq!((open(&city), steps(&city)), (6, vec!["waits||6|0|0".into(), "waits||6|0|6".into()]));
    // A stricter one is in force at once, and binds what comes after it.
    let mut city = late(3);
    city.configure("[mail]", "[supervision]\nreview_above = \"2\"\n[mail]");
    city.rounds_on(&["2011-10-17"]);
    without_promise(&mut city);
    city.rounds_on(&["2011-10-18"]);
    assert_eq!((open(&city), steps(&city)), (3, vec!["adopted||3|0|0".into(), "waits||3|0|3".into()]));
}

/// An upgrade that judges differently is a change like any other: what stands in the ledger is weighed against the new
/// program, and since nobody can judge as the old one did, nothing is judged meanwhile; what is read is kept.
#[test]
fn an_upgrade_that_judges_differently_waits_and_nothing_is_judged_meanwhile() {
    let older = |city: &Bench| {
        rusqlite::Connection::open(city.path("ledger.db"))
            .unwrap()
            .execute_batch(
                "INSERT OR IGNORE INTO policy SELECT 'before', calendar, adopted_at, json_remove(content, '$.judging', '$.review_above')
                     FROM policy LIMIT 1;
                 UPDATE meta SET value = 'before' WHERE key = 'policy'",
            )
            .unwrap();
    };
    let mut city = late(6);
    city.restart();
    older(&city);
    city.rounds_on(&["2011-10-17"]);
    assert_eq!((open(&city), steps(&city)), (6, vec!["adopted||6|0|0".into()]), "it moves no card");
    without_promise(&mut city);
    city.restart();
    older(&city);
    city.accepted("NEW", "I60", "2011-08-02 10:00:00");
    city.approval("UPDATE cases SET changed = '2011-10-18 08:00:00' WHERE number = 'NEW'");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(steps(&city)[1..], ["waits||6|0|6"]);
    assert_eq!(city.ledger("SELECT count(*) FROM case_timeline WHERE case_number = 'NEW'"), ["2"]);
    assert_eq!(open(&city), 6);
    assert!(!city.findings().iter().any(|line| line.starts_with("NEW")), "{:?}", city.findings());
    let digest =
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' ORDER BY letter DESC LIMIT 1").join("");
    assert!(digest.contains("暂停研判"), "{digest}");
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "x"]));
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(open(&city), 0);
    assert!(
        city.findings().contains(&"NEW time-limit statutory red open".to_owned()),
        "{:?}",
        city.findings()
    );
}

/// Six findings over many cases that a rule gives up count like any cards: a rule switched off takes none of them along unseen.
#[test]
fn a_rule_switched_off_is_weighed_by_what_it_gives_up() {
    for (cards, step) in [(5, "adopted"), (6, "waits")] {
        let mut city = late(1);
        let db = rusqlite::Connection::open(city.path("ledger.db")).unwrap();
        for number in 0..cards {
            let sql = "INSERT INTO finding (subject, rule, standing, card, passed) VALUES (?1, 'silent-item', 'open', 'notice', 1)";
            db.execute(sql, [format!("I{number}")]).unwrap();
        }
        drop(db);
        city.configure("[mail]", "[rules.silent-item]\nmode = \"off\"\n[mail]");
        city.rounds_on(&["2011-10-17"]);
        assert_eq!(steps(&city), [format!("{step}||{}|0|{cards}", 1 + cards)]);
        let why = "SELECT count(*) FROM finding_event WHERE why = '该规则已停用'";
        assert_eq!(city.ledger(why), [if step == "waits" { "0".to_owned() } else { cards.to_string() }]);
    }
}

/// `check-config` says what it cannot see of an older ledger, and the file is in order all the same.
#[test]
fn check_config_beside_an_older_ledger_says_so() {
    let mut city = late(1);
    city.restart();
    rusqlite::Connection::open(city.path("ledger.db"))
        .unwrap()
        .execute_batch("PRAGMA user_version = 5")
        .unwrap();
    let checked = said(&jianchad(&city, &["check-config"]));
    assert!(
        checked.contains("in order")
            && checked.contains("change      not known")
            && checked.contains("has schema 5"),
        "{checked}"
    );
}

/// What judged under the first release can still be read, for `explain --as-of`: what has come to a policy since has a default
/// there. It does not judge any more: this program judges differently.
#[test]
fn a_policy_of_the_first_release_can_be_read_and_judges_no_more() {
    let kept = include_str!("../data/policy-0.1.0.json");
    let city = Bench::new();
    let config =
        jianchad::testing::service::load(&city.path("jianchad.toml")).unwrap_or_else(|_| panic!("in order"));
    let then = config.policy.clone().judging_by("before", kept).unwrap();
    assert_eq!((then.version.as_str(), then.clocks.len(), then.cards.lines.len()), ("before", 2, 3));
    assert_eq!(then.review_above.to_string(), "5 or 5%");
    assert!(config.policy.still_judging_by("before", kept).is_none());
}

/// What is foreseen is what happens: where the record was edited after the card was told, so that another way of counting takes
/// the card away by the record of now and not by that of then, a supervisor is asked (待核撤), and the card does not fall. Five
/// such move at once, and six wait.
#[test]
fn a_card_that_a_supervisor_would_be_asked_about_is_not_said_to_fall() {
    for (cards, waits) in [(5, false), (6, true)] {
        let mut city = late(cards);
        city.approval("UPDATE cases SET accepted = '2011-09-26 18:30:00', changed = '2011-10-17 08:00:00'");
        city.rounds_on(&["2011-10-17"]);
        city.configure("[mail]", "[counting]\nafter_hours_moves = true\n[mail]");
        city.round("2011-10-17 10:00");
        let sql = "SELECT event, withdrawn, pending_withdrawal FROM adoptions WHERE before IS NOT NULL";
        assert_eq!(city.ledger(sql), [format!("{}|0|{cards}", if waits { "waits" } else { "adopted" })]);
        let asked = "SELECT count(*) FROM findings WHERE standing = 'pending-withdrawal'";
        assert_eq!(city.ledger(asked), [if waits { "0".to_owned() } else { cards.to_string() }]);
        if waits {
            city.round("2011-10-17 10:30");
            let effect = city.ledger("SELECT effect FROM adoption ORDER BY id DESC LIMIT 1").concat();
            assert!(
                effect.contains("effect-standing")
                    && effect.contains("待核撤")
                    && effect.contains("\"as_of\":\"2011-10-17 10:00\""),
                "{effect}"
            );
            said(&jianchad(&city, &["adopt", "--by", "王", "--why", "停电"]));
            city.round("2011-10-17 11:00");
            assert_eq!(city.ledger(asked), ["6"]);
        }
    }
}

/// A first day of supervision that lies behind the cases takes no card away that was given: none is said to fall, and none does.
/// It waits all the same, as their clocks run on.
#[test]
fn a_later_first_day_of_supervision_takes_no_card_away() {
    let mut city = late(8);
    city.configure("[mail]", "[supervision]\nfrom = 2011-10-01\n[mail]");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!((open(&city), steps(&city)), (8, vec!["waits||8|0|0".into()]));
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "x"]));
    city.rounds_on(&["2011-10-18"]);
    assert_eq!((open(&city), steps(&city).last().unwrap().as_str()), (8, "adopted|王|8|0|0"));
}

/// What is due by the rules in force and would not come is no card that falls, and counts all the same: on the day on which
/// eight statutory limits have passed, a first day of supervision that lies behind them waits.
#[test]
fn cards_that_would_not_come_are_said_so_and_count() {
    let mut city = late(8);
    city.rounds_on(&["2011-10-17", "2011-10-27"]);
    city.configure("[mail]", "[supervision]\nfrom = 2011-10-01\n[mail]");
    let checked = said(&jianchad(&city, &["check-config"]));
    assert!(
        checked.contains("8 changes of cards that are due now would not come")
            && checked.contains("red (about to be)")
            && !checked.contains("fall\n"),
        "{checked}"
    );
    city.rounds_on(&["2011-10-28"]);
    assert_eq!(steps(&city), ["waits||8|0|0"]);
    assert_eq!(city.findings().iter().filter(|line| line.ends_with("red open")).count(), 8);
}

/// Steps: how many cards come, fall or change by each.
fn moved(city: &Bench) -> Vec<String> {
    city.ledger("SELECT event, raised + withdrawn + higher + lower FROM adoptions WHERE before IS NOT NULL")
}

/// Small steps add up: three cards and, a day later, three more are six without a person, and the second change waits; three and
/// two are five. A week later the first three count no more, nor do they once a person has adopted something.
#[test]
fn several_small_changes_are_no_way_round() {
    let closure = |city: &mut Bench, item: &str, off: &[String]| {
        let off: Vec<String> = off.iter().map(|day| format!("\"{day}\"")).collect();
        city.write(&format!("{item}.toml"), &CLOSED.replace(DAYS, &off.join(", ")));
        let local =
            format!("[[calendar.local]]\nfile = \"{item}.toml\"\nitems = [\"{item}\"]\n[source.approval]");
        city.configure("[source.approval]", &local);
    };
    // Every weekday from 17 to 24 October, which is no more than a holiday.
    let off = [17, 18, 19, 20, 21, 24].map(|day| format!("2011-10-{day}"));
    for (second, day, waits) in
        [(3, "2011-10-18", true), (2, "2011-10-18", false), (3, "2011-10-24", true), (3, "2011-10-25", false)]
    {
        let mut city = Bench::new();
        for number in 0..second {
            city.accepted(&format!("A{number:03}"), "I20", "2011-09-28 10:00:00");
        }
        for number in 0..3 {
            city.accepted(&format!("B{number:03}"), "INOW", "2011-10-17 10:00:00");
        }
        city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
        city.round("2011-10-18 07:00");
        assert_eq!(open(&city), second + 3);
        closure(&mut city, "INOW", &off);
        city.round("2011-10-18 08:00");
        assert_eq!(open(&city), second);
        closure(&mut city, "I20", &off);
        city.round(&format!("{day} 09:00"));
        let step = if waits { "waits" } else { "adopted" };
        assert_eq!(moved(&city).last().unwrap(), &format!("{step}|{second}"), "{second} {day}");
        if waits {
            said(&jianchad(&city, &["adopt", "--by", "王", "--why", "停电"]));
            city.round(&format!("{day} 10:00"));
            // The three of the first change come back.
            let first = "[[calendar.local]]
file = \"INOW.toml\"
items = [\"INOW\"]
";
            city.configure(first, "");
            city.round(&format!("{day} 11:00"));
            assert_eq!(moved(&city).last().unwrap(), "adopted|3", "{day}");
        }
    }
}

/// A calendar corrects closed cases too, where it changes days inside the count of one that has a card: those cards are foreseen
/// and count like any other, though none of them is open any more.
#[test]
fn cards_of_closed_cases_that_a_calendar_takes_away_are_weighed() {
    let of = |city: &Bench, standing: &str| {
        let ends = format!("yellow {standing}");
        city.findings().iter().filter(|line| line.ends_with(&ends)).count()
    };
    for (cards, waits) in [(5, false), (6, true)] {
        let mut city = late(cards);
        for number in 0..cards {
            city.decided(&format!("A{number:03}"), "2011-10-14 10:00:00");
        }
        city.rounds_on(&["2011-10-17"]);
        assert_eq!((of(&city, "open"), of(&city, "resolved")), (0, cards));
        city.write("calendar.d/closed.toml", &CLOSED.replace(DAYS, "\"2011-10-12\""));
        city.restart().rounds_on(&["2011-10-18"]);
        assert_eq!(steps(&city), [format!("{}||0|0|{cards}", if waits { "waits" } else { "adopted" })]);
        assert_eq!(of(&city, "revoked"), if waits { 0 } else { cards });
    }
}

/// A card of which a supervisor is asked whether it falls goes with the others by a policy that would not give it, though its case
/// is closed: the preview names it, and whoever was told is told. One that the policy still gives is asked of on.
#[test]
fn a_card_in_question_goes_by_what_judges_like_any_other() {
    let mut city = late(6);
    city.accepted("HELD", "I60", "2011-09-05 10:00:00");
    city.approval("UPDATE cases SET changed = '2011-10-17 08:00:00' WHERE number = 'HELD'");
    city.rounds_on(&["2011-10-17"]);
    for (case, day) in [("A000", "28"), ("HELD", "20")] {
        city.decided(case, &format!("2011-09-{day} 10:00:00"));
        city.approval(&format!("UPDATE cases SET changed = '2011-10-17 16:00:00' WHERE number = '{case}'"));
    }
    city.rounds_on(&["2011-10-18"]);
    let asked = "SELECT case_number FROM findings WHERE standing = 'pending-withdrawal' ORDER BY 1";
    assert_eq!(city.ledger(asked), ["A000", "HELD"]);
    let longer = NO_PROMISE.replace("limit = \"promised\"\ncards = \"none\"\n", "limit = \"18wd\"\n");
    city.configure("[source.approval]", &format!("{longer}[source.approval]"));
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(steps(&city).last().unwrap(), "waits||7|0|6");
    let first = city.ledger("SELECT first_cards FROM adoptions WHERE event = 'waits'").concat();
    assert!(first.contains("A000") && !first.contains("HELD"), "{first}");
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "x"]));
    city.rounds_on(&["2011-10-20"]);
    let of = |case: &str| {
        city.ledger(&format!(
            "SELECT standing FROM findings WHERE case_number = '{case}' AND clock = 'promise'"
        ))
    };
    assert_eq!((of("A000"), of("HELD")), (vec!["revoked".into()], vec!["pending-withdrawal".into()]));
    let told = "SELECT count(*) FROM letters WHERE text LIKE '%A000%' AND text LIKE '%撤销%' AND written_at > '2011-10-20' AND to_address = 'ADDRESS'";
    for (address, times) in [
        ("handler.u1@example.gov.cn", "1"),
        ("supervisor@example.gov.cn", "1"),
        ("handler.u2@example.gov.cn", "0"),
    ] {
        assert_eq!(city.ledger(&told.replace("ADDRESS", address)), [times], "{address}");
    }
}

/// What a waiting change would do is worked out anew once a day, and said with its day; no step is added by that.
#[test]
fn what_waits_is_worked_out_anew_at_the_days_turn() {
    let mut city = late(6);
    without_promise(&mut city);
    city.rounds_on(&["2011-10-17"]);
    city.accepted("NEW", "I20", "2011-10-08 10:00:00");
    city.approval("UPDATE cases SET changed = '2011-10-17 11:00:00' WHERE number = 'NEW'");
    let digest = |city: &Bench| {
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' ORDER BY letter DESC LIMIT 1").join("")
    };
    assert!(digest(&city).contains("2011-10-17") && digest(&city).contains("撤销6张"), "{}", digest(&city));
    // NEW is due on 21 October, and has its card on the 24th.
    city.round("2011-10-17 16:00");
    city.rounds_on(&["2011-10-24", "2011-10-25"]);
    assert!(
        digest(&city).contains("如生效（2011-10-25") && digest(&city).contains("撤销7张"),
        "{}",
        digest(&city)
    );
    assert_eq!(steps(&city), ["waits||6|0|6"]);
    let status = said(&jianchad(&city, &["status"]));
    assert!(status.contains("as of 2011-10-25") && status.contains("7 would be withdrawn"), "{status}");
}
