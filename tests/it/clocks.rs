//! Clocks of every kind on real records: stages, hearings, joint and forwarded matters, calendars of one's own.

use jianchad::testing::domain::now::Clock;
use jianchad::testing::edge::clock::SystemClock;

use crate::bench::{Bench, ONLY_DECLARED};

fn clocks(text: &str) -> Bench {
    let mut city = Bench::new();
    city.configure("[source.approval]", &format!("{ONLY_DECLARED}{text}\n[source.approval]"));
    city
}

fn card(clock: &str) -> String {
    format!("[[cards.line]]\ncard = \"yellow\"\nclock = \"{clock}\"\nwhen = \"passed\"\n")
}

/// Stages with limits of their own in the catalogue: the examination was to take five working days and took six. The
/// mail and the finding name the stage.
#[test]
fn a_stage_over_its_time_is_found_though_the_whole_is_not() {
    let clock = "[[clock]]\nid = \"stage\"\nname = \"环节时限\"\nstarts = [\"accepted\"]\n\
                 stops = [\"decided\"]\nlimit = \"stage\"\n";
    let mut city = clocks(&format!("{clock}{}", card("stage")));
    city.write(
        "registry/items.csv",
        &crate::bench::ITEMS.replace("受理;审查", "受理;审查:5个工作日;决定:5个工作日"),
    );
    city.accepted("A", "I20", "2011-10-10 09:00:00").event("A", "step", "审查", "2011-10-18 10:00:00");
    city.decided("A", "2011-10-19 10:00:00");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(city.findings(), ["A time-limit stage#审查 yellow resolved"]);
    let why = city.ledger("SELECT why FROM findings").join("");
    assert!(why.contains("环节时限（审查） 5 个工作日，2011-10-17 到期"), "{why}");
    let mail = city.ledger("SELECT text FROM letters WHERE to_address = 'lead.u1@example.gov.cn'").join("");
    assert!(mail.contains("环节时限（审查）"), "{mail}");
}

/// The stages together must lie within the promise (P5).
#[test]
fn stages_longer_than_the_promise_are_refused() {
    let city = Bench::new();
    city.write(
        "registry/items.csv",
        &crate::bench::ITEMS.replace("受理;审查", "受理;审查:8个工作日;决定:3个工作日"),
    );
    let refused = jianchad::testing::service::load(&city.path("jianchad.toml"))
        .unwrap_err()
        .for_operator(jianchad::testing::domain::text::Language::English);
    assert!(refused.contains("the stages take 11wd together, more than the promised 10wd"), "{refused}");
}

/// 《行政许可法》第四十八条: notice of a hearing seven working days before it. The hearing of 2011-10-20 asked for it by
/// 10-11; it was given on 10-12.
#[test]
fn a_hearing_needs_its_notice_in_time() {
    let mut city = clocks(&format!("[[clock]]\nid = \"hearing\"\nlaw = \"XK13\"\n{}", card("hearing")));
    city.accepted("A", "I20", "2011-09-26 09:00:00");
    city.event("A", "step", "听证通知", "2011-10-12 10:00:00").event(
        "A",
        "step",
        "听证",
        "2011-10-20 10:00:00",
    );
    city.rounds_on(&["2011-10-21"]);
    assert_eq!(city.findings(), ["A time-limit hearing yellow resolved"]);
    let why = city.ledger("SELECT why FROM findings").join("");
    assert!(why.contains("最迟 2011-10-11 办理，2011-10-12 10:00 才办理"), "{why}");
}

/// The same while nobody has given the notice: a warning two working days before, a card the day after, and the finding is
/// over when the hearing is. No record changes meanwhile, so passing time alone has to bring each.
#[test]
fn a_hearing_without_notice_is_warned_of_and_carded() {
    let lines = "[[cards.line]]\ncard = \"notice\"\nclock = \"hearing\"\nwhen = \"-2wd\"\n";
    let mut city =
        clocks(&format!("[[clock]]\nid = \"hearing\"\nlaw = \"XK13\"\n{lines}{}", card("hearing")));
    city.configure("item = \"item\"\n", "item = \"item\"\ndates = { hearing = \"applicant\" }\n");
    city.accepted("A", "I20", "2011-09-26 09:00:00").approval("UPDATE cases SET applicant = '2011-10-20'");
    city.rounds_on(&["2011-09-30", "2011-10-08"]);
    assert_eq!(city.findings(), [""; 0]);
    city.rounds_on(&["2011-10-09"]);
    assert_eq!(city.findings(), ["A time-limit hearing notice open"]);
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.findings(), ["A time-limit hearing notice open"]);
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(city.findings(), ["A time-limit hearing yellow open"]);
    let why = city.ledger("SELECT why FROM findings").join("");
    assert!(why.contains("最迟 2011-10-11 办理，没有办理记录"), "{why}");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(city.findings(), ["A time-limit hearing yellow open"]);
    city.rounds_on(&["2011-10-21"]);
    assert_eq!(city.findings(), ["A time-limit hearing yellow resolved"]);
}

/// 《行政许可法》第四十二条第二款 and 第四十三条: a joint matter has 45 working days, a forwarded one 20 to be passed on.
/// Accepted on Monday 2011-10-10: 45 working days end on 12-12, 20 on 11-07.
#[test]
fn joint_and_forwarded_matters_have_clocks_of_their_own() {
    let of = |id: &str, law: &str, case_type: &str| {
        format!("[[clock]]\nid = \"{id}\"\nlaw = \"{law}\"\ncase_types = [\"{case_type}\"]\n")
    };
    let mut city = clocks(&format!(
        "{}{}{}{}",
        of("joint", "XK7", "joint"),
        of("pass-on", "XK8", "forwarded"),
        card("joint"),
        card("pass-on")
    ));
    let items = crate::bench::ITEMS.replace("林地审核,U2,行政许可,承诺件", "林地审核,U2,行政许可,联办件");
    city.write(
        "registry/items.csv",
        &items.replace("施工许可,U1,行政许可,承诺件", "施工许可,U1,行政许可,上报件"),
    );
    city.accepted("J", "I60", "2011-10-10 09:00:00").accepted("F", "I20", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-11-07", "2011-11-08"]);
    assert_eq!(city.findings(), ["F time-limit pass-on yellow open"]);
    city.rounds_on(&["2011-12-12"]);
    let due = city.ledger("SELECT case_number, clock, due_at FROM deadlines ORDER BY 1");
    assert_eq!(due, ["F|pass-on|2011-11-07", "J|joint|2011-12-12"]);
    assert_eq!(city.findings().len(), 1);
    city.rounds_on(&["2011-12-13"]);
    assert_eq!(city.findings()[1], "J time-limit joint yellow open");
}

/// A county's own holiday, a unit's Saturday service, an item's: each counts for its own and for nobody else. Five working
/// days from Monday 2011-10-10 end on Monday 10-17; with Saturday worked on Saturday 10-15; with Friday off on 10-18.
#[test]
fn calendars_of_regions_units_and_items_count_for_their_own() {
    let day = |kind: &str, day: &str| {
        format!(
            "[[year]]\nyear = 2011\nsource = \"公告\"\n[[year.holiday]]\nname = \"地方安排\"\n{kind} = [\"{day}\"]\n"
        )
    };
    let mut city = Bench::new();
    city.write("saturday.toml", &day("worked", "2011-10-15")).write("friday.toml", &day("off", "2011-10-14"));
    city.write(
        "registry/units.csv",
        &crate::bench::UNITS.replace("U2,市林业局,431000", "U2,东乡林业站,431001"),
    );
    let items = format!(
        "{}I5,备案,U1,其他,承诺件,5个工作日,,,,,审批系统,,,\nI6,登记,U2,其他,承诺件,5个工作日,,,,,审批系统,,,\n\
         I7,延时登记,U1,其他,承诺件,5个工作日,,,,,审批系统,,,\n",
        crate::bench::ITEMS
    );
    city.write("registry/items.csv", &items);
    for (number, item) in [("PLAIN", "I5"), ("REGION", "I6"), ("ITEM", "I7")] {
        city.accepted(number, item, "2011-10-10 09:00:00");
    }
    city.configure(
        "[mail]",
        "[[calendar.local]]\nfile = \"friday.toml\"\nregions = [\"431001\"]\n\
         [[calendar.local]]\nfile = \"saturday.toml\"\nitems = [\"I7\"]\n[mail]",
    );
    city.rounds_on(&["2011-10-11"]);
    let due = city.ledger("SELECT case_number, due_at FROM deadlines WHERE clock = 'promise' ORDER BY 1");
    assert_eq!(due, ["ITEM|2011-10-15", "PLAIN|2011-10-17", "REGION|2011-10-18"]);
    city.configure("regions = [\"431001\"]", "units = [\"U1\", \"U9\"]\nregions = [\"431009\"]");
    let refused = jianchad::testing::service::load(&city.path("jianchad.toml"))
        .unwrap_err()
        .for_operator(jianchad::testing::domain::text::Language::English);
    for part in ["calendar.local[0].units", "there is no unit `U9`", "there is no region `431009`"] {
        assert!(refused.contains(part), "{part} in {refused}");
    }
}

/// `calendar load` first shows which open cases move and which cards appear or fall, changes nothing without leave, and then
/// does it.
#[test]
fn a_notice_is_loaded_after_everybody_has_seen_what_it_changes() {
    let mut city = Bench::new();
    let today = SystemClock::new(chrono_tz::Asia::Shanghai).now().today();
    let calendar = jianchad::testing::edge::config::calendar::embedded();
    // Due today by the calendar as it is; a day off yesterday moves it to the next working day.
    let due = calendar.on_or_after(today).unwrap();
    let start = calendar.before(due, 10).unwrap();
    let (last, off) = (calendar.before(due, 1).unwrap(), calendar.before(due, 2).unwrap());
    city.licence("OPEN", &format!("{start} 10:00:00"));
    city.configure("[mail]", "[rules.calendar-ends]\nmode = \"off\"\n[mail]");
    city.round(&format!("{last} 10:00"));
    assert_eq!(city.ledger("SELECT due_at FROM deadlines WHERE clock = 'promise'"), [due.to_string()]);
    city.restart();
    let notice = format!(
        "[[year]]\nyear = {}\nsource = \"市政府公告\"\n[[year.holiday]]\nname = \"停水\"\noff = [\"{off}\"]\n",
        chrono::Datelike::year(&off)
    );
    city.write("outage.toml", &notice);
    let load = |more: &[&str]| {
        let (config, file) = (city.path("jianchad.toml"), city.path("outage.toml"));
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
        command.args(["calendar", "load", file.to_str().unwrap(), "-c", config.to_str().unwrap()]);
        let output = command.args(["--lang", "en"]).args(more).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let shown = load(&[]);
    let after = calendar.after(due, 1).unwrap();
    for part in ["1 open cases, of which 1 are due at another moment", &due.to_string(), &after.to_string()] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(shown.contains("Nothing was changed") && !city.path("calendar.d").exists(), "{shown}");
    let done = load(&["--yes", "--by", "王主任"]);
    assert!(done.contains("1 cases judged anew"), "{done}");
    assert_eq!(city.ledger("SELECT due_at FROM deadlines WHERE clock = 'promise'"), [after.to_string()]);
    assert_eq!(city.ledger("SELECT count(*) FROM deadline_changes WHERE clock = 'promise'"), ["1"]);
    let adopted = city.ledger("SELECT event, by, why FROM adoptions WHERE before IS NOT NULL");
    assert_eq!(
        adopted,
        ["allowed|王主任|calendar load outage.toml", "adopted|王主任|calendar load outage.toml"]
    );
    assert!(load(&[]).contains("It is in force already"));
    city.write("outage.toml", "[[year]]\nyear = 2011\n");
    let (config, file) = (city.path("jianchad.toml"), city.path("outage.toml"));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(["calendar", "load", "--yes", file.to_str().unwrap(), "-c", config.to_str().unwrap()]);
    assert_eq!(command.output().unwrap().status.code(), Some(78));
}

/// A new year's notice moves an open case: old and new day and the reason stand in the ledger, who was told is told again,
/// and what is closed stays as it was.
#[test]
fn a_new_calendar_moves_open_cases_and_leaves_closed_ones() {
    let mut city = Bench::new();
    // Ten working days from 2026-12-21 end on 2027-01-05, as 1 January is off by the law itself; a longer break moves that.
    city.licence("OPEN", "2026-12-21 10:00:00");
    city.licence("CLOSED", "2026-12-21 10:00:00").decided("CLOSED", "2026-12-30 10:00:00");
    city.rounds_on(&["2026-12-31"]);
    let due = "SELECT case_number, due_at, provisional FROM deadlines WHERE clock = 'promise' ORDER BY 1";
    assert_eq!(city.ledger(due), ["CLOSED|2027-01-05|1", "OPEN|2027-01-05|1"]);
    assert!(city.findings().contains(&"OPEN time-limit promise notice open".to_owned()));
    city.write(
        "calendar.d/2027.toml",
        "[[year]]\nyear = 2027\nnotice = \"试行\"\nsource = \"x\"\npublic_holidays = 1\n\
         [[year.holiday]]\nname = \"元旦\"\noff = [\"2027-01-01/2027-01-04\"]\nworked = [\"2027-01-09\"]\n",
    );
    city.restart();
    city.rounds_on(&["2026-12-31"]);
    assert_eq!(city.ledger(due), ["CLOSED|2027-01-05|1", "OPEN|2027-01-06|0"]);
    let moved = "SELECT case_number, clock, due_before, due_after, substr(why, 1, 6) FROM deadline_changes
                 WHERE clock = 'promise'";
    assert_eq!(city.ledger(moved), ["OPEN|promise|2027-01-05|2027-01-06|工作日历更新"]);
    city.rounds_on(&["2027-01-05"]);
    let told = city.ledger(
        "SELECT text FROM letters WHERE to_address = 'handler.u1@example.gov.cn' ORDER BY letter DESC LIMIT 1",
    );
    assert!(told[0].contains("提示 到期日变更") && told[0].contains("到期日由1月5日改为1月6日"), "{told:?}");
}
