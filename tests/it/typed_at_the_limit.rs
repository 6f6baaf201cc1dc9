//! What is typed when a limit ends and dated back: a special procedure or extension that was not there, an acceptance taken for none. And
//! what was there and is only put right.

use crate::bench::{Bench, ITEMS};

/// A city whose case A, accepted on 26 September, is due on 13 October; the last working day before that is the 12th. Events say when
/// they were typed where `recorded`.
fn city(recorded: bool) -> Bench {
    let mut city = Bench::new();
    city.configure("codes = { step", "codes = { applied = \"applied\", accepted = \"accepted\", step");
    city.approval("ALTER TABLE events ADD COLUMN typed TEXT; ALTER TABLE cases ADD COLUMN typed TEXT");
    if recorded {
        city.configure("at = \"at\", stage", "at = \"at\", recorded = \"typed\", stage");
        city.configure("at = \"accepted\", by", "at = \"accepted\", recorded = \"typed\", by");
    }
    city.licence("A", "2011-09-26 10:00:00");
    city.approval("UPDATE events SET typed = at; UPDATE cases SET typed = accepted");
    city.rounds_on(&["2011-09-27"]);
    city
}

/// An event of A by a head, with cause and number, which is first there for the next round.
fn typed(city: &Bench, kind: &str, at: &str, typed: &str, there: &str) {
    city.approval(&format!(
        "INSERT INTO events (number, kind, stage, at, clerk, note, typed, changed)
         VALUES ('A', '{kind}', '检测', '{at}', '李局长', '特告〔2011〕26号', nullif('{typed}', ''), '{there}')"
    ));
}

/// A special procedure of A from one time to another, typed in one sitting.
fn procedure(city: &Bench, from: &str, to: &str, there: &str) {
    typed(city, "paused", from, "", there);
    typed(city, "resumed", to, "", there);
}

/// A round each morning of October up to a round.
fn daily(city: &mut Bench, until: &str) {
    for day in 10..=14 {
        let morning = format!("2011-10-{day} 09:05");
        if morning.as_str() < until {
            city.round(&morning);
        }
    }
    city.round(until);
}

fn found(city: &Bench, rule: &str) -> Vec<String> {
    city.ledger(&format!("SELECT why FROM findings WHERE rule = '{rule}' AND standing = 'pending'"))
}

/// Letters that waited for a supervisor are no letters to the unit.
fn is_told_to_those_who_review(city: &Bench) {
    let told = "SELECT DISTINCT to_address FROM letters WHERE text LIKE '%另有1件的监察事项待审核后发出%'";
    assert!(city.ledger(told).contains(&"supervisor@example.gov.cn".to_owned()), "{:?}", city.ledger(told));
    for unit in ["handler.u1@example.gov.cn", "lead.u1@example.gov.cn"] {
        assert!(!city.ledger(told).contains(&unit.to_owned()), "{unit}");
    }
}

/// H4: a special procedure of 28 September to 10 October puts off the limit by days; it is first there for one round and was not for the
/// one before. From the last working day but one on that is a hint to the supervisor; before, and where the source lags, it is none.
#[test]
fn a_procedure_that_was_not_there_when_its_limit_ended_waits_for_the_supervisor() {
    for (lag, last, again, waits) in [
        ("0s", "2011-10-11 16:00", "2011-10-12 09:05", false),
        ("0s", "2011-10-12 09:05", "2011-10-12 16:00", true),
        ("0s", "2011-10-13 09:05", "2011-10-13 16:00", true),
        ("0s", "2011-10-14 00:10", "2011-10-14 09:05", true),
        ("1d", "2011-10-12 09:05", "2011-10-12 16:00", false),
        ("1d", "2011-10-13 09:05", "2011-10-13 16:00", true),
    ] {
        let mut city = city(false);
        city.configure("sweep_at = \"never\"", &format!("sweep_at = \"never\"\nlag = \"{lag}\""));
        daily(&mut city, last);
        procedure(&city, "2011-09-28 09:00:00", "2011-10-10 17:00:00", &again.replace(" 09:05", " 08:59"));
        city.round(again);
        let said = found(&city, "backdated-entry");
        assert_eq!(!said.is_empty(), waits, "{lag} {last}: {:?}", city.findings());
        let read = if lag == "0s" { last } else { "2011-10-12 09:05" };
        let words = format!(
            "特别程序开始 记为 2011-09-28 09:00（{read} 读取时尚无此记录）；不计该记录，承诺时限于 2011-10-13 到期"
        );
        assert!(!waits || said[0].contains(&words), "{words} in {said:?}");
        if waits {
            city.rounds_on(&["2011-10-17"]);
            is_told_to_those_who_review(&city);
        }
        let yellow = "SELECT count(*) FROM findings WHERE card <> 'notice' AND standing = 'open'";
        assert_eq!(city.ledger(yellow), ["0"], "the days count until somebody decides");
    }
}

/// The other side: an honest office types the next working day what it began; what a source holds when it is first read, what puts off
/// nothing that mattered, and what was typed by its own day is nobody's ruse.
#[test]
fn a_procedure_typed_the_next_day_read_first_or_needed_by_nobody_is_no_hint() {
    for (from, waits) in [("2011-10-12 10:00:00", false), ("2011-10-11 10:00:00", true)] {
        let mut city = city(false);
        city.rounds_on(&["2011-10-10", "2011-10-11", "2011-10-12", "2011-10-13"]);
        typed(&city, "paused", from, "", "2011-10-13 11:00:00");
        city.round("2011-10-13 16:00");
        assert_eq!(!found(&city, "backdated-entry").is_empty(), waits, "{from}: {:?}", city.findings());
    }
    let mut first = Bench::new();
    first.licence("A", "2011-09-26 10:00:00").paused("A", "2011-09-28 10:00:00");
    first.rounds_on(&["2011-10-13"]);
    assert_eq!(found(&first, "backdated-entry"), [""; 0], "what a first reading brings");
    let mut decided = city(false);
    decided.rounds_on(&["2011-10-12", "2011-10-13"]);
    decided.decided("A", "2011-10-13 10:00:00");
    procedure(&decided, "2011-09-28 09:00:00", "2011-10-10 17:00:00", "2011-10-13 10:00:00");
    decided.round("2011-10-13 16:00");
    assert_eq!(found(&decided, "backdated-entry"), [""; 0], "decided in time without it");
    let mut early = city(false);
    early.rounds_on(&["2011-09-28"]);
    procedure(&early, "2011-09-28 10:00:00", "2011-10-10 17:00:00", "2011-09-28 16:00:00");
    early.rounds_on(&["2011-09-29", "2011-10-12", "2011-10-13"]);
    assert_eq!(found(&early, "backdated-entry"), [""; 0], "it was there all the time");
    let mut within = city(false);
    within.configure("[rules.ledger-begun]", "[rules.late-entry]\nwithin = \"7wd\"\n[rules.ledger-begun]");
    within.rounds_on(&["2011-10-10", "2011-10-13"]);
    procedure(&within, "2011-09-30 09:00:00", "2011-10-10 17:00:00", "2011-10-13 10:00:00");
    within.round("2011-10-13 16:00");
    assert_eq!(found(&within, "backdated-entry"), [""; 0], "as late as the setting allows");
}

/// Where the row says truly when it was typed it was typed then, whatever the reading before says; and of a card that was told the
/// supervisor is asked by the card alone.
#[test]
fn a_time_of_entry_is_believed_and_a_told_card_asks_for_itself() {
    for (entered, waits) in [("2011-10-11 16:00:00", false), ("2011-10-12 09:00:00", true)] {
        let mut city = city(true);
        city.rounds_on(&["2011-10-10", "2011-10-11"]);
        typed(&city, "paused", "2011-09-28 09:00:00", entered, "2011-10-12 09:00:00");
        city.rounds_on(&["2011-10-12"]);
        assert_eq!(!found(&city, "backdated-entry").is_empty(), waits, "{entered}: {:?}", city.findings());
    }
    let mut told = city(false);
    told.rounds_on(&["2011-10-13", "2011-10-14"]);
    procedure(&told, "2011-09-28 09:00:00", "2011-10-10 17:00:00", "2011-10-14 10:00:00");
    told.round("2011-10-14 15:00");
    assert_eq!(found(&told, "backdated-entry"), [""; 0]);
    let pending = "A time-limit promise yellow pending-withdrawal".to_owned();
    assert!(told.findings().contains(&pending), "{:?}", told.findings());
}

/// An extension puts off a limit likewise. Its hint is that of an entry dated back, also where the row says truly when it was typed, if
/// its case came with the first reading, of which `late-entry` says nothing.
#[test]
fn an_extension_that_was_not_there_when_its_limit_ended_waits_for_the_supervisor() {
    for (recorded, at, last, waits) in [
        (false, "2011-10-09 10:00:00", "2011-10-11 16:00", false),
        (false, "2011-10-09 10:00:00", "2011-10-12 09:05", true),
        (false, "2011-10-11 10:00:00", "2011-10-13 09:05", true),
        (false, "2011-10-12 10:00:00", "2011-10-13 09:05", false),
        (true, "2011-10-09 10:00:00", "2011-10-12 09:05", true),
    ] {
        let mut city = city(recorded);
        daily(&mut city, last);
        let entered = if recorded { "2011-10-13 10:00:00" } else { "" };
        typed(&city, "extended", at, entered, "2011-10-13 10:00:00");
        city.round("2011-10-13 16:00");
        let said = found(&city, "backdated-entry");
        assert_eq!(!said.is_empty(), waits, "{recorded} {at} {last}: {:?}", city.findings());
        let entry = if recorded {
            "2011-10-13 10:00 录入".to_owned()
        } else {
            format!("{last} 读取时尚无此记录")
        };
        let words = format!("（{entry}）；不计该记录，承诺时限于 2011-10-13 到期");
        assert!(!waits || said[0].contains(&words), "{said:?}");
        if waits {
            city.rounds_on(&["2011-10-14"]);
            is_told_to_those_who_review(&city);
        }
    }
}

/// H8: what was accepted is to be decided; taken for not accepted on the last working day of its limit or the one before, or typed then and
/// dated back, it waits for the supervisor as a withdrawal does. An application that was not accepted in time is lawful.
#[test]
fn what_was_accepted_and_at_its_limit_was_not_waits_for_the_supervisor() {
    for (at, last, again, waits) in [
        ("2011-10-11 16:00:00", "2011-10-11 09:05", "2011-10-12 09:05", false),
        ("2011-10-12 16:00:00", "2011-10-12 09:05", "2011-10-13 09:05", true),
        ("2011-10-13 16:00:00", "2011-10-13 09:05", "2011-10-14 09:05", true),
        ("2011-10-14 08:30:00", "2011-10-13 09:05", "2011-10-14 09:05", false),
        ("2011-09-28 10:00:00", "2011-10-11 09:05", "2011-10-12 09:05", false),
        ("2011-09-28 10:00:00", "2011-10-12 09:05", "2011-10-13 09:05", true),
    ] {
        let mut city = city(false);
        daily(&mut city, last);
        typed(&city, "not_accepted", at, "", &again.replace("09:05", "08:59"));
        city.round(again);
        city.rounds_on(&["2011-10-17"]);
        let said = found(&city, "withdrawn-at-limit");
        assert_eq!(!said.is_empty(), waits, "{at} {last}: {:?}", city.findings());
        assert!(
            !waits || said[0].contains("受理之后又不予受理") && said[0].contains("2011-10-13 到期"),
            "{said:?}"
        );
        let late = city.findings().iter().any(|line| line.contains("time-limit promise yellow"));
        assert_eq!(late, at.starts_with("2011-10-14"), "{at}: {:?}", city.findings());
        if waits {
            is_told_to_those_who_review(&city);
        }
    }
    let mut city = city(false);
    city.approval(
        "INSERT INTO cases (number, item, clerk, applied, changed) VALUES ('B', 'I20', '0731', '2011-10-08 10:00:00', '2011-10-08 10:00:00');
         INSERT INTO events (number, kind, at, clerk, note, changed) VALUES ('B', 'not_accepted', '2011-10-13 10:00:00', '0731', '材料不齐', '2011-10-13 10:00:00')",
    );
    city.rounds_on(&["2011-10-10", "2011-10-13"]);
    city.round("2011-10-13 16:00");
    assert_eq!(found(&city, "withdrawn-at-limit"), [""; 0], "an application answered on its last day");
}

/// M6: an acceptance that was read is put right to an earlier hour, by which its case is due no later; the time of entry of the row stays.
/// That is a change, and no false time of entry. One that moves the time of entry too is.
#[test]
fn an_acceptance_put_right_to_an_earlier_time_is_changed_and_not_dated_back() {
    for (entered, backdated) in [("2011-09-26 10:00:00", false), ("2011-09-26 09:20:00", true)] {
        let mut city = city(true);
        city.rounds_on(&["2011-09-28"]);
        city.approval(&format!(
            "UPDATE cases SET accepted = '2011-09-26 09:20:00', applied = '2011-09-26 09:00:00', typed = '{entered}', changed = '2011-09-28 10:00:00'"
        ));
        city.rounds_on(&["2011-09-29"]);
        let said = found(&city, "backdated-entry");
        assert_eq!(!said.is_empty(), backdated, "{entered}: {said:?}");
        let words = "而 2011-09-28 09:05 读取时该记录所载时间为 2011-09-26 10:00";
        assert!(!backdated || said[0].contains(words), "{said:?}");
        let changed = found(&city, "changed-after-fact").concat();
        assert!(changed.contains("受理时间 2011-09-26 10:00 改为 2011-09-26 09:20"), "{changed}");
    }
}

/// M2: the handler typed an extension whose note says who approved it, by his office or as a head of the contacts; a reason alone, and the
/// handler's own name from the contacts, say nobody.
#[test]
fn an_approver_in_the_note_is_an_approver() {
    for (note, waits) in [
        ("局长王某批准", false),
        ("案情复杂，批准人：李四", false),
        ("案情复杂", true),
        ("张三批准", true),
        ("张三局长批准", true),
        ("", true),
    ] {
        let mut city = city(false);
        city.approval(&format!(
            "INSERT INTO events (number, kind, at, clerk, note, changed)
             VALUES ('A', 'extended', '2011-09-28 10:00:00', '0731', nullif('{note}', ''), '2011-09-28 10:00:00')"
        ));
        city.rounds_on(&["2011-09-29"]);
        let said = found(&city, "dummy-values");
        assert_eq!(!said.is_empty(), waits, "{note}: {said:?}");
    }
}

/// M8, rule special-unpaired: rows of their own hold the beginning of a special procedure and an end of its name before it. It leaves
/// nothing out, the handler is told that the days do not fit, and what is late has its card; put right, it counts.
#[test]
fn a_procedure_that_ended_before_it_began_holds_nothing_up() {
    for (end, backwards) in [("2011-10-09 10:00:00", true), ("2011-10-10 16:00:00", false)] {
        let mut city = city(false);
        typed(&city, "paused", "2011-10-10 09:00:00", "", "2011-10-10 16:00:00");
        typed(&city, "resumed", end, "", "2011-10-10 16:00:00");
        city.rounds_on(&["2011-10-11", "2011-10-13"]);
        let unpaired =
            city.ledger("SELECT why FROM findings WHERE rule = 'special-unpaired' AND standing = 'open'");
        assert_eq!(!unpaired.is_empty(), backwards, "{end}: {:?}", city.findings());
        let yellow = |city: &Bench| city.findings().contains(&"A time-limit promise yellow open".to_owned());
        assert!(!yellow(&city), "{:?}", city.findings());
        city.rounds_on(&["2011-10-14"]);
        assert_eq!(yellow(&city), backwards, "{end}: {:?}", city.findings());
        let asked =
            city.ledger("SELECT text FROM letters WHERE to_address = 'handler.u1@example.gov.cn'").concat();
        assert_eq!(asked.contains("特别程序记录不成对"), backwards, "{asked}");
    }
}

/// M1, docs/operations.md: a stage that may be left out takes no time of the promise, and neither does one that is a special procedure;
/// what is left must lie within it, to the day.
#[test]
fn stages_that_take_no_time_of_the_promise_do_not_count_in_their_sum() {
    for (stages, refused) in [
        ("检测?:90个工作日", false),
        ("受理;检测:90个工作日;审查:10个工作日", false),
        ("听证?:20个工作日;审查:10个工作日", false),
        ("检测|专家评审:30个工作日", false),
        ("复核?:20个工作日;审查:10个工作日", false),
        ("检测?:90个工作日;审查:11个工作日", true),
        ("检测|书面核查:11个工作日", true),
        ("检测报告审查:11个工作日", true),
    ] {
        let city = Bench::new();
        city.write("registry/items.csv", &ITEMS.replace("受理;审查", stages));
        let read = jianchad::testing::service::load(&city.path("jianchad.toml"));
        let said = read.err().map(|it| it.for_operator(jianchad::testing::domain::text::Language::English));
        let sum = said
            .as_ref()
            .is_some_and(|it| it.contains("the stages take 11wd together, more than the promised 10wd"));
        assert_eq!((said.is_some(), sum), (refused, refused), "{stages}: {said:?}");
    }
}
