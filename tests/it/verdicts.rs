//! What governs a case is what was in force when it began, and what was said when it was told.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::{Bench, ITEMS, moment};
use crate::post_office::keyboard;

const LEAD: &str = "lead.u1@example.gov.cn";
const SUPERVISOR: &str = "supervisor@example.gov.cn";

/// The cards of a case: clock, card, standing.
fn cards(city: &Bench, case: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT clock || ' ' || card || ' ' || standing FROM findings WHERE case_number = '{case}' AND rule = 'time-limit' ORDER BY clock"
    ))
}

fn due(city: &Bench, case: &str, clock: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT substr(due_at, 1, 10) FROM deadlines WHERE case_number = '{case}' AND clock = '{clock}'"
    ))
}

/// Alerts to an address since a moment: subject and text.
fn alerts(city: &Bench, address: &str, since: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT subject || char(10) || text FROM letters WHERE kind = 'alert' AND to_address = '{address}' AND written_at >= '{since}'
         ORDER BY letter"
    ))
}

fn decide(city: &Bench, action: &CardAction, at: &str) {
    let finding = city.ledger("SELECT finding FROM findings WHERE standing = 'pending-withdrawal'").remove(0);
    let at = moment(at).instant;
    let finding = finding.parse().unwrap();
    let done = Done { finding, action, by: "孙七", why: "核对档案", order_due: None, at };
    keyboard(city).enter_deed(&done).unwrap();
}

/// A city that knows when results were entered.
fn with_entry_times() -> Bench {
    let mut city = Bench::new();
    city.configure("at = \"finished\" }", "at = \"finished\", recorded = \"changed\" }");
    city
}

// ---- the catalogue has versions (DESIGN section 4)

/// A promise made shorter never makes a running case late: what began before the day of the change keeps what was promised.
#[test]
fn a_shorter_promise_is_for_what_begins_from_then_on() {
    let mut city = Bench::new();
    city.licence("BEFORE", "2011-09-26 10:00:00").licence("EVE", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-10"]);
    city.write("registry/items.csv", &ITEMS.replace("10个工作日", "3个工作日"));
    city.licence("DAY", "2011-10-11 09:00:00").licence("AFTER", "2011-10-12 09:00:00");
    city.restart().rounds_on(&["2011-10-11", "2011-10-12", "2011-10-13"]);
    let days = ["BEFORE", "EVE", "DAY", "AFTER"].map(|case| due(&city, case, "promise").concat());
    assert_eq!(days, ["2011-10-13", "2011-10-24", "2011-10-14", "2011-10-17"]);
    assert!(city.ledger("SELECT 1 FROM findings WHERE card <> 'notice'").is_empty(), "{:?}", city.findings());
    assert_eq!(
        city.ledger("SELECT case_number, clock, due_before, due_after, why FROM deadline_changes WHERE due_before IS NOT NULL"),
        [""; 0]
    );
    // And so it stays after a restart, whatever else changes.
    city.write("registry/items.csv", &ITEMS.replace("10个工作日", "5个工作日"));
    city.restart().rounds_on(&["2011-10-14"]);
    assert_eq!(due(&city, "BEFORE", "promise"), ["2011-10-13"]);
    assert_eq!(due(&city, "AFTER", "promise"), ["2011-10-17"], "three days were promised on that day");
}

/// A promise made longer wipes no card that was earned; a law's limit made shorter gives none.
#[test]
fn a_longer_promise_wipes_no_card() {
    for (from, to) in [("10个工作日", "15个工作日"), ("20个工作日", "11个工作日")] {
        let mut city = Bench::new();
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-14"]);
        assert_eq!(cards(&city, "A"), ["promise yellow open"]);
        city.write("registry/items.csv", &ITEMS.replace(from, to));
        city.restart().rounds_on(&["2011-10-17", "2011-10-18"]);
        assert_eq!(cards(&city, "A"), ["promise yellow open"], "{to}");
        assert_eq!(due(&city, "A", "statutory"), ["2011-10-27"]);
        assert!(alerts(&city, LEAD, "2011-10-15").iter().all(|mail| !mail.contains("撤销")));
    }
}

/// Two rows of one item with consecutive days of validity are its versions; without them they are a mistake.
#[test]
fn the_catalogue_may_say_from_when_a_limit_holds() {
    let mut city = Bench::new();
    let two = |until: &str, from: &str| {
        format!(
            "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,法定时限,办理渠道,有效期起,有效期止\n\
             I20,施工许可,U1,行政许可,承诺件,10个工作日,20个工作日,审批系统,2008-01-01,{until}\n\
             I20,施工许可,U1,行政许可,承诺件,3个工作日,20个工作日,审批系统,{from},\n"
        )
    };
    city.write("registry/items.csv", &two("2011-10-10", "2011-10-11"));
    for (case, day) in [("EVE", 10), ("DAY", 11), ("AFTER", 12)] {
        city.accepted(case, "I20", &format!("2011-10-{day} 09:00:00"));
    }
    city.rounds_on(&["2011-10-13"]);
    let days = ["EVE", "DAY", "AFTER"].map(|case| due(&city, case, "promise").concat());
    assert_eq!(days, ["2011-10-24", "2011-10-14", "2011-10-17"]);
    for (until, from, wrong) in [("2011-10-11", "2011-10-11", "has ended"), ("", "2011-10-11", "no last day")]
    {
        city.write("registry/items.csv", &two(until, from));
        let refused = jianchad::testing::service::load(&city.path("jianchad.toml"))
            .unwrap_err()
            .for_operator(jianchad::testing::domain::text::Language::English);
        assert!(refused.contains("items.csv:3") && refused.contains(wrong), "{refused}");
    }
}

/// A break in which nobody looked, and then days on which the source had not changed: it is watched again from the first of them on. What
/// was typed after the letter is known to have been typed after it, whether anybody looked in between or not.
#[test]
fn a_source_that_has_not_changed_is_watched_after_a_break() {
    for (days, watched) in
        [(&["2011-10-24", "2011-10-25"][..], ["1 to 5", "6 to "]), (&[], ["1 to 5", "6 to "])]
    {
        let mut city = Bench::new();
        city.licence("LATE", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-14", "2011-10-15", "2011-10-16", "2011-10-17", "2011-10-18"])
            .rounds_on(days);
        let spans = "SELECT from_round || ' to ' || coalesce(to_round, '') FROM source_span ORDER BY 1";
        assert_eq!(city.ledger(spans)[0], if days.is_empty() { "1 to " } else { "1 to 5" });
        city.approval(
            "UPDATE cases SET result = 'granted', finished = '2011-10-12 10:00:00', changed = '2011-10-25 16:00:00' WHERE number = 'LATE'",
        );
        city.rounds_on(&["2011-10-26"]);
        assert_eq!(city.ledger(spans), watched);
        assert_eq!(cards(&city, "LATE"), ["promise yellow pending-withdrawal"]);
    }
}

// ---- who may lift a card (DESIGN section 5)

/// A decision typed after the card had been told, with a day inside the limit, lifts nothing: the supervisor has both before
/// him, the card counts as before, and he is reminded until he decides.
#[test]
fn what_is_entered_after_the_letter_lifts_no_card() {
    let mut city = with_entry_times();
    city.licence("A", "2011-09-26 10:00:00").licence("B", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    city.approval("UPDATE cases SET result = 'granted', finished = '2011-10-12 09:00:00', changed = '2011-10-14 15:00:00' WHERE number = 'A'");
    // An ordinary late decision ends a card as ever.
    city.decided("B", "2011-10-14 15:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city, "A"), ["promise yellow pending-withdrawal"]);
    assert_eq!(cards(&city, "B"), ["promise yellow resolved"]);
    assert_eq!(
        city.ledger("SELECT yellow, pending_withdrawal FROM unit_ranking WHERE unit_code = 'U1'"),
        ["2|1"]
    );
    let told = alerts(&city, SUPERVISOR, "2011-10-17");
    assert_eq!(told.len(), 1);
    for part in [
        "待核撤",
        "10月14日09:05告知之后录入的记录",
        "告知时的记录：无此记录",
        "现有记录：10月12日09:00决定，10月14日15:00录入",
    ] {
        assert!(told[0].contains(part), "{part} in {}", told[0]);
    }
    assert!(!told[0].contains(" B"), "nothing is to be decided of it");
    assert!(alerts(&city, "lead.u2@example.gov.cn", "2011-10-17").is_empty());
    // Nobody decides: a reminder after two working days, to the supervisor and not to the unit.
    city.rounds_on(&["2011-10-18"]);
    assert!(alerts(&city, SUPERVISOR, "2011-10-18").is_empty());
    city.rounds_on(&["2011-10-19"]);
    let reminded = alerts(&city, SUPERVISOR, "2011-10-19");
    assert!(reminded.len() == 1 && reminded[0].contains("自10月17日09:05起待核撤"), "{reminded:?}");
    assert!(alerts(&city, LEAD, "2011-10-19").iter().all(|mail| !mail.contains("待核撤")));
    // Withdrawn by the supervisor, it is told to all who were told.
    decide(&city, &CardAction::Revoke, "2011-10-20 09:00");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(cards(&city, "A"), ["promise yellow revoked"]);
    for reader in [LEAD, "handler.u1@example.gov.cn", SUPERVISOR] {
        assert!(alerts(&city, reader, "2011-10-20").concat().contains("撤销"), "{reader}");
    }
    assert_eq!(
        city.ledger("SELECT yellow, pending_withdrawal FROM unit_ranking WHERE unit_code = 'U1'"),
        ["1|0"]
    );
}

/// Upheld, the card counts for good; the same record does not raise the question again, another one does.
#[test]
fn a_card_that_is_upheld_stays_until_something_else_is_entered() {
    let mut city = with_entry_times();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    city.approval("UPDATE cases SET result = 'granted', finished = '2011-10-12 09:00:00', changed = '2011-10-14 15:00:00'");
    city.rounds_on(&["2011-10-17"]);
    decide(&city, &CardAction::Uphold, "2011-10-17 15:00");
    city.rounds_on(&["2011-10-18", "2011-10-19", "2011-10-20"]);
    assert_eq!(cards(&city, "A"), ["promise yellow resolved"], "the case is over, and the card counts");
    // It is to be answered from the decision on, and nobody objected.
    let told = alerts(&city, LEAD, "2011-10-18").concat();
    assert!(told.contains("核定维持") && !told.contains("申诉未获支持"), "{told}");
    assert!(!told.contains("逾期未反馈") && !told.contains("超期 0") && !told.contains("超期0"), "{told}");
    assert!(!alerts(&city, SUPERVISOR, "2011-10-18").concat().contains("待核撤"));
    city.approval("UPDATE cases SET finished = '2011-10-11 09:00:00', changed = '2011-10-20 10:00:00'");
    city.rounds_on(&["2011-10-21"]);
    assert_eq!(cards(&city, "A"), ["promise yellow pending-withdrawal"]);
}

/// What was entered in time and came late acts at once; a time of entry at which the row was not there counts for nothing, and
/// is found. The letter of 2011-10-14 left at 09:05; the source was read before on the 13th.
#[test]
fn the_time_of_entry_decides_and_is_believed_only_where_it_can_be() {
    for (entered, standing, found) in [
        ("2011-10-13 16:00:00", "promise yellow revoked", false),
        ("2011-10-14 09:04:59", "promise yellow revoked", false),
        ("2011-10-14 09:05:01", "promise yellow pending-withdrawal", false),
        // It was not there on the 17th: nobody entered it on the 13th, and late entry is no excuse either.
        ("2011-10-12 10:00:00", "promise yellow pending-withdrawal", true),
    ] {
        let mut city = with_entry_times();
        city.configure("watermark = \"changed\"", "");
        city.configure("sweep_at = \"never\"", "sweep_at = \"never\"\nlag = \"LAG\"");
        city.configure("LAG", if found { "0s" } else { "5d" });
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-13", "2011-10-14"]);
        if found {
            city.rounds_on(&["2011-10-17"]);
        } else {
            // What lags five days behind gives its cards five days later.
            city.rounds_on(&["2011-10-17", "2011-10-18", "2011-10-19"]);
        }
        let told = city.ledger("SELECT substr(min(written_at), 1, 16) FROM letters WHERE kind = 'alert' AND subject LIKE '%黄牌%'");
        let entered = if found {
            entered.to_owned()
        } else {
            entered.replace("2011-10-14 09:0", &format!("{} 09:0", &told[0][..10]))
        };
        city.approval(&format!(
            "UPDATE cases SET result = 'granted', finished = '2011-10-12 09:00:00', changed = '{entered}'"
        ));
        city.rounds_on(&["2011-10-20"]);
        assert_eq!(cards(&city, "A"), [standing], "{entered}, told {told:?}");
        let backdated = city.ledger("SELECT standing, why FROM findings WHERE rule = 'backdated-entry'");
        assert_eq!(!backdated.is_empty(), found, "{entered}: {backdated:?}");
        assert!(!found || backdated[0].contains("2011-10-17 09:05 读取时尚无此记录"), "{backdated:?}");
    }
}

/// Whatever the fact: a special procedure, an acceptance moved or emptied, another item, an extension.
#[test]
fn no_fact_of_any_kind_lifts_a_card_by_itself() {
    let facts = [
        "INSERT INTO events (number, kind, stage, at, clerk, note, changed) VALUES
             ('A', 'paused', '检测', '2011-10-10 09:00:00', '0731', '特告〔2011〕26号', '2011-10-17 08:00:00')",
        "UPDATE cases SET accepted = '2011-10-12 10:00:00', applied = '2011-10-12 10:00:00', changed = '2011-10-17 08:00:00'",
        "UPDATE cases SET item = 'I60', changed = '2011-10-17 08:00:00'",
        "UPDATE cases SET result = 'withdrawn', finished = '2011-10-13 10:00:00', changed = '2011-10-17 08:00:00'",
        "INSERT INTO events (number, kind, stage, at, clerk, note, changed) VALUES
             ('A', 'extended', '', '2011-10-13 09:00:00', '李局长', '案情复杂', '2011-10-17 08:00:00')",
    ];
    for fact in facts {
        let mut city = Bench::new();
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-14"]);
        city.approval(fact);
        city.rounds_on(&["2011-10-17"]);
        let held = city.ledger("SELECT standing FROM findings WHERE rule = 'time-limit' AND card = 'yellow'");
        assert_eq!(held, ["pending-withdrawal"], "{fact}: {:?}", city.findings());
        assert!(!alerts(&city, SUPERVISOR, "2011-10-17").is_empty(), "{fact}");
        // Taken back, the question is over.
        if fact.starts_with("UPDATE cases SET item") {
            city.approval("UPDATE cases SET item = 'I20', changed = '2011-10-18 08:00:00'");
            city.rounds_on(&["2011-10-18"]);
            assert_eq!(cards(&city, "A"), ["promise yellow open"]);
        }
    }
}

/// An acceptance taken out again helps nobody, though the application still stands: it counts on as it was said, and the record is
/// at fault.
#[test]
fn an_acceptance_that_is_taken_out_lifts_nothing() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    city.approval("UPDATE cases SET accepted = NULL, changed = '2011-10-17 08:00:00'");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city, "A"), ["promise yellow open"]);
    assert_eq!(city.ledger("SELECT standing FROM findings WHERE rule = 'data-fault'"), ["open"]);
}

/// Before any letter on the card has left, what was entered acts at once; so does another calendar at any time.
#[test]
fn before_the_letter_and_by_the_calendar_a_card_falls_at_once() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.round("2011-10-14 00:30");
    assert_eq!(cards(&city, "A"), ["promise yellow open"]);
    city.approval("UPDATE cases SET result = 'granted', finished = '2011-10-12 09:00:00', changed = '2011-10-14 07:00:00'");
    city.round("2011-10-14 09:05");
    assert_eq!(cards(&city, "A"), ["promise yellow revoked"]);
    assert!(alerts(&city, LEAD, "2011-10-14").is_empty());
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    let off = "[[year]]\nyear = 2011\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\noff = [\"2011-10-10\", \"2011-10-11\", \"2011-10-12\", \"2011-10-13\"]\n";
    city.write("calendar.d/outage.toml", off);
    city.restart().round("2011-10-14 15:00");
    assert_eq!(cards(&city, "A"), ["promise yellow revoked"]);
    assert!(alerts(&city, LEAD, "2011-10-14T12").concat().contains("工作日历更新"));
}

/// A notice that comes late corrects a card of a closed case too; what was met stays met.
#[test]
fn a_late_calendar_corrects_closed_cases_with_a_card() {
    let mut city = Bench::new();
    city.licence("LATE", "2011-09-26 10:00:00").licence("MET", "2011-09-26 10:00:00");
    city.decided("MET", "2011-10-13 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    city.decided("LATE", "2011-10-14 10:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city, "LATE"), ["promise yellow resolved"]);
    let year = "[[year]]\nyear = 2011\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\n";
    // A day after both ends moves nothing.
    city.write("calendar.d/outage.toml", &format!("{year}off = [\"2011-10-18\"]\n"));
    city.restart().rounds_on(&["2011-10-19"]);
    assert_eq!(cards(&city, "LATE"), ["promise yellow resolved"]);
    city.write("calendar.d/outage.toml", &format!("{year}off = [\"2011-10-12\"]\n"));
    city.restart().rounds_on(&["2011-10-20"]);
    assert_eq!(cards(&city, "LATE"), ["promise yellow revoked"]);
    assert!(cards(&city, "MET").is_empty());
    let taken_back = alerts(&city, LEAD, "2011-10-20").concat();
    assert!(taken_back.contains("撤销") && taken_back.contains("工作日历更新"), "{taken_back}");
}

// ---- how far a source can be believed (DESIGN section 5)

/// A nightly exchange: a decision typed in time and delivered at night is no yellow at midnight; without one the card comes with
/// the delivery.
#[test]
fn passing_time_gives_a_card_only_up_to_the_last_delivery() {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"never\"\ndelivers = \"batch\"");
    city.licence("TIMELY", "2011-09-26 10:00:00").licence("LATE", "2011-09-26 10:00:00");
    city.round("2011-10-13 22:00");
    city.accepted("X", "I60", "2011-10-13 21:00:00");
    city.round("2011-10-13 22:10");
    // Both were due on 13 October. Nothing was delivered since.
    city.round("2011-10-14 00:30");
    city.round("2011-10-14 10:00");
    assert!(cards(&city, "LATE").iter().all(|card| !card.contains("yellow")), "{:?}", city.findings());
    city.approval("UPDATE cases SET result = 'granted', finished = '2011-10-13 16:00:00', changed = '2011-10-14 21:00:00' WHERE number = 'TIMELY'");
    city.round("2011-10-14 22:00");
    assert_eq!(cards(&city, "LATE"), ["promise yellow open"]);
    assert!(cards(&city, "TIMELY").iter().all(|card| !card.contains("yellow")), "{:?}", city.findings());
    let health = city.ledger("SELECT delivers, substr(delivered_at, 1, 16) FROM source_health");
    assert_eq!(health, ["batch|2011-10-14T22:00"]);
}

/// A source that is no longer configured is read by nobody: passing time gives its cases no card.
#[test]
fn a_source_that_was_taken_out_earns_no_cards() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-12"]);
    city.configure("[source.approval]", "[source.renamed]");
    city.configure("[[source.approval.read]]", "[[source.renamed.read]]");
    city.restart().rounds_on(&["2011-10-13"]);
    crate::adopt::said(&crate::adopt::jianchad(&city, &["adopt", "--by", "王", "--why", "x"]));
    city.rounds_on(&["2011-10-14", "2011-10-28"]);
    let held = "SELECT clock || ' ' || card || ' ' || count(*) FROM findings WHERE card <> 'notice' GROUP BY clock, card ORDER BY 1";
    assert_eq!(city.ledger(held), ["promise yellow 1", "statutory red 1"], "of the source that is read");
}

/// A file tells what was so when it was written.
#[test]
fn a_file_is_believed_up_to_the_time_at_which_it_was_written() {
    let mut city = Bench::new();
    let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let forest = "[source.forest]\nkind = \"csv\"\npath = \"forest.csv\"\n[[source.forest.read]]\nshape = \"wide\"\ncase = \"no\"\n\
                  item = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }, { kind = \"decided\", at = \"decided\" }]\n";
    city.write("jianchad.toml", &format!("{text}\n{forest}"));
    let written = |city: &Bench, row: &str, at: &str| {
        city.write("forest.csv", &format!("no,item,accepted,decided\n{row}\n"));
        let seconds = u64::try_from(moment(at).instant.timestamp()).unwrap();
        let file = File::options().write(true).open(city.path("forest.csv")).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    };
    written(&city, "F,I20,2011-09-26 10:00,", "2011-10-13 18:00");
    city.restart().rounds_on(&["2011-10-14", "2011-10-17"]);
    assert!(cards(&city, "F").iter().all(|card| !card.contains("yellow")), "{:?}", city.findings());
    written(&city, "F,I20,2011-09-26 10:00,", "2011-10-17 18:00");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(cards(&city, "F"), ["promise yellow open"]);
    assert_eq!(
        city.ledger("SELECT substr(delivered_at, 12) FROM source_health WHERE source = 'forest'"),
        ["18:00:00+08:00"],
        "in the zone of the ledger"
    );
    // A file's time is as easily set back as any other, and takes nothing back that was believed before.
    written(&city, "F,I20,2011-09-26 10:00,2011-10-12 09:00", "2011-10-12 18:00");
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(cards(&city, "F"), ["promise yellow pending-withdrawal"]);
}

/// What was entered in time and came with the next delivery was entered in time, though a round read the source between.
#[test]
fn what_a_delivery_brings_was_entered_since_the_one_before() {
    let mut city = with_entry_times();
    city.configure("sweep_at = \"never\"", "sweep_at = \"never\"\ndelivers = \"batch\"");
    city.licence("A", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-10", "2011-10-11", "2011-10-12", "2011-10-13"]);
    city.approval("UPDATE cases SET result = 'granted', finished = '2011-10-12 16:00:00', changed = '2011-10-12 16:05:00'");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.ledger("SELECT 1 FROM findings WHERE rule = 'backdated-entry'"), [""; 0]);
    let db = rusqlite::Connection::open(city.path("ledger.db")).unwrap();
    for sql in ["UPDATE delivery SET at = '2011-10-14'", "DELETE FROM delivery"] {
        assert!(db.execute(sql, []).is_err(), "{sql}");
    }
}

/// An extension moves the limit: granted after the letter, it lifts nothing by itself, whenever it was asked for. One that the
/// record dates before the case began extends nothing.
#[test]
fn what_moves_the_limit_after_the_letter_is_weighed_too() {
    let mut city = Bench::new();
    city.configure("amount = \"amount\" }]", "amount = \"amount\", asked = \"note\" }]");
    let extended = |city: &Bench, case: &str, at: &str, asked: &str| {
        city.approval(&format!(
            "INSERT INTO events (number, kind, stage, at, clerk, amount, note, changed)
             VALUES ('{case}', 'extended', NULL, '{at}', '李局长', '10', '{asked}', '{at}')"
        ));
    };
    city.licence("A", "2011-09-26 10:00:00").licence("EARLY", "2011-09-26 10:00:00");
    extended(&city, "EARLY", "2011-09-23 10:00:00", "2011-09-22 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(cards(&city, "EARLY"), ["promise yellow open"]);
    assert_eq!(cards(&city, "A"), ["promise yellow open"]);
    extended(&city, "A", "2011-10-14 15:00:00", "2011-10-12 10:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city, "A"), ["promise yellow pending-withdrawal"]);
}

/// No line of a mapping lifts a card that was told: what it makes of the record is a question like any other.
#[test]
fn another_mapping_lifts_no_card_by_itself() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00").event("A", "step", "审查", "2011-10-12 09:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(cards(&city, "A"), ["promise yellow open"]);
    city.configure("codes = { step = \"step\"", "codes = { step = \"decided\"");
    city.restart().rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city, "A"), ["promise yellow pending-withdrawal"]);
    assert!(alerts(&city, SUPERVISOR, "2011-10-17").concat().contains("按更改后的映射读出"));
}

// ---- a hand-over is an event (DESIGN section 5, runs)

/// Tickets: each event names the unit that has the case from there on.
fn tickets() -> Bench {
    let mut city = Bench::new();
    city.configure(
        "key = [\"id\"]\ncase = \"number\"",
        "key = [\"id\"]\ncase = \"number\"\nitem = \"item\"\nunit = \"unit\"",
    );
    city.approval(
        "ALTER TABLE events ADD COLUMN unit TEXT; ALTER TABLE events ADD COLUMN item TEXT DEFAULT 'I20'",
    );
    city.configure("codes = { step", "codes = { accepted = \"accepted\", step");
    city
}

fn ticket(city: &Bench, kind: &str, unit: &str, at: &str) {
    city.approval(&format!(
        "INSERT INTO events (number, kind, stage, at, clerk, unit, changed) VALUES ('T', '{kind}', '审查', '{at}', '0731', '{unit}', '{at}')"
    ));
}

/// The lateness of a run is that of the unit that had the case when it fell due, whether it is read in one go or as it grew; the
/// one that has it now is told that it has it, and until when.
#[test]
fn lateness_is_that_of_the_unit_that_had_the_case_when_it_fell_due() {
    for as_it_grew in [false, true] {
        let mut city = tickets();
        ticket(&city, "accepted", "U1", "2011-09-26 10:00:00");
        if as_it_grew {
            city.rounds_on(&["2011-09-27", "2011-10-14"]);
        }
        ticket(&city, "step", "U2", "2011-10-17 09:00:00");
        city.rounds_on(&["2011-10-18"]);
        let held = "SELECT rule, clock, card, unit_code FROM findings ORDER BY 1, 2";
        assert_eq!(
            city.ledger(held),
            ["handed-over||notice|U2", "time-limit|promise|yellow|U1"],
            "as it grew: {as_it_grew}"
        );
        let new_holder = alerts(&city, "lead.u2@example.gov.cn", "2011-10-18").concat();
        assert!(
            new_holder.contains("由市住建局移交市林业局办理") && new_holder.contains("10月27日到期"),
            "{new_holder}"
        );
        assert!(!new_holder.contains("黄牌"), "{new_holder}");
        assert!(alerts(&city, "lead.u3@example.gov.cn", "2011-10-18").is_empty());
        assert_eq!(
            city.ledger(
                "SELECT clock, unit_code FROM deadlines WHERE clock IN ('promise', 'statutory') ORDER BY 1"
            ),
            ["promise|U1", "statutory|U2"]
        );
        // What falls due with the second unit is its own, and the hand-over counts against nobody.
        city.rounds_on(&["2011-10-28"]);
        assert_eq!(city.ledger("SELECT unit_code FROM findings WHERE card = 'red'"), ["U2"]);
        let ranking = city.ledger(
            "SELECT unit_code, red, yellow, notice FROM unit_ranking WHERE red + yellow + notice > 0",
        );
        assert_eq!(ranking, ["U1|0|1|0", "U2|1|0|0"]);
    }
}

/// What is no matter of time stays with the unit that had the case at the fact, read in one go or as it grew: a fee that the first
/// unit took, and not one that the second takes with the very event that hands the case over.
#[test]
fn a_fee_is_that_of_the_unit_that_took_it() {
    for (as_it_grew, taken_by, unit) in [(false, "U1", "U1"), (true, "U1", "U1"), (false, "U2", "U2")] {
        let mut city = tickets();
        let items = crate::bench::ITEMS.replace("受理;审查,,审批系统", "受理;审查,50,审批系统");
        city.write("registry/items.csv", &items);
        ticket(&city, "accepted", "U1", "2011-09-26 10:00:00");
        ticket(&city, "charged", taken_by, "2011-09-26 11:00:00");
        city.approval("UPDATE events SET note = '80' WHERE kind = 'charged'");
        if as_it_grew {
            city.rounds_on(&["2011-09-27"]);
        }
        ticket(&city, "step", "U2", "2011-09-28 09:00:00");
        city.rounds_on(&["2011-09-29"]);
        let held = "SELECT rule, unit_code FROM findings ORDER BY 1";
        assert_eq!(
            city.ledger(held),
            [format!("fee|{unit}"), "handed-over|U2".into()],
            "{as_it_grew} {taken_by}"
        );
        let told = alerts(&city, "handler.u2@example.gov.cn", "2011-09-26").concat();
        assert_eq!(told.contains("收费不符") || told.contains("实收"), unit == "U2", "{told}");
    }
}

/// A finding that names no moment of its own stays with the unit that it was found with, whoever has the case later.
#[test]
fn what_was_found_with_a_unit_stays_with_it() {
    let mut city = tickets();
    ticket(&city, "accepted", "U1", "2011-09-26 10:00:00");
    ticket(&city, "extended", "U1", "2011-09-27 10:00:00");
    city.approval("UPDATE events SET amount = '30wd' WHERE kind = 'extended'");
    city.rounds_on(&["2011-09-28"]);
    ticket(&city, "step", "U2", "2011-09-29 09:00:00");
    city.rounds_on(&["2011-09-30"]);
    let held = "SELECT unit_code, standing FROM findings WHERE rule = 'extension-misuse'";
    assert_eq!(city.ledger(held), ["U1|open"]);
}

/// A hand-over that is entered after the card was told, and dated before it fell due, passes no blame on by itself.
#[test]
fn a_hand_over_dated_back_passes_no_blame_on() {
    let mut city = tickets();
    ticket(&city, "accepted", "U1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    city.approval(
        "INSERT INTO events (number, kind, stage, at, clerk, unit, changed)
         VALUES ('T', 'step', '审查', '2011-10-10 09:00:00', '0731', 'U2', '2011-10-17 08:00:00')",
    );
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(
        city.ledger("SELECT unit_code, standing FROM findings WHERE card = 'yellow'"),
        ["U1|pending-withdrawal"]
    );
}

/// Without a unit on the event that it began with, a case is that of its own row, else of the catalogue, until an event names
/// another: what is typed after the letter takes the card to nobody.
#[test]
fn an_event_hands_a_case_over_from_then_on() {
    let mut city = tickets();
    city.approval(
        "INSERT INTO events (number, kind, stage, at, clerk, changed) VALUES ('T', 'accepted', '收件', '2011-09-26 10:00:00', '0731', '2011-09-26 10:00:00')",
    );
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    ticket(&city, "step", "U2", "2011-10-14 13:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(
        city.ledger("SELECT rule, unit_code, standing FROM findings WHERE card = 'yellow' OR rule = 'handed-over' ORDER BY 1"),
        ["handed-over|U2|open", "time-limit|U1|open"]
    );
    assert!(alerts(&city, "lead.u2@example.gov.cn", "2011-10-15").concat().contains("接续办理"));
}

/// A unit that the registry does not know is a fault of the record, and holds no case.
#[test]
fn a_unit_that_nobody_knows_takes_no_card() {
    let mut city = tickets();
    ticket(&city, "accepted", "U1", "2011-09-26 10:00:00");
    ticket(&city, "step", "QQ", "2011-09-28 09:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(
        city.ledger("SELECT rule, unit_code FROM findings WHERE standing = 'open' ORDER BY 1"),
        ["data-fault|U1", "time-limit|U1"]
    );
}

// ---- a case can live twice

/// Decided, closed or withdrawn and accepted again under its number is a second run, with days of its own; each counts.
#[test]
fn a_case_accepted_again_runs_a_second_time() {
    let mut city = Bench::new();
    city.configure("codes = { step", "codes = { accepted = \"accepted\", closed = \"closed\", step");
    city.licence("A", "2011-09-01 09:00:00").decided("A", "2011-09-08 10:00:00");
    city.event("A", "accepted", "", "2011-09-26 09:00:00");
    city.licence("W", "2011-09-01 09:00:00").finished("W", "withdrawn", "2011-09-15 10:00:00");
    city.event("W", "accepted", "", "2011-09-26 09:00:00").event("W", "closed", "", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(due(&city, "A", "promise"), ["2011-09-16"]);
    assert_eq!(due(&city, "A", "promise#2"), ["2011-10-13"]);
    assert_eq!(cards(&city, "A"), ["promise#2 yellow open"]);
    assert_eq!(cards(&city, "W"), [""; 0], "withdrawn in time, and finished in time");
    assert_eq!(city.ledger("SELECT state FROM cases ORDER BY case_number"), ["open", "closed"]);
    // Withdrawn on the last day but one, and filed again.
    assert_eq!(
        city.ledger("SELECT case_number, standing FROM findings WHERE rule = 'refiled'"),
        ["W|pending"]
    );
    let sums = "SELECT sum(cases) FROM item_day";
    assert_eq!(city.ledger(sums), ["4"], "four runs began");
    assert_eq!(
        city.ledger("SELECT kind, sum(cases) FROM item_end GROUP BY 1"),
        ["closed|1", "decided|1", "withdrawn|1"]
    );
    city.event("A", "closed", "", "2011-10-14 15:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city, "A"), ["promise#2 yellow resolved"]);
    assert_eq!(
        city.ledger("SELECT kind, sum(cases) FROM item_end GROUP BY 1"),
        ["closed|2", "decided|1", "withdrawn|1"]
    );
}
