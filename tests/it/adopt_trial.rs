//! Before another mapping of a source is adopted, the source is read by it for trial: what would come, fall and be put off is said
//! case by case, and nothing of it is kept.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jianchad::testing::domain::text::{Language, Text};
use jianchad::testing::round::Watch;

use crate::adopt::{jianchad, said};
use crate::bench::Bench;

const REFUSED: &str = "refused = \"decided\"";
const NO_END: &str = "refused = \"step\"";

/// Eight cases accepted on 26 September and promised by 13 October, all decided in time: one was refused, seven granted.
fn decided() -> Bench {
    let mut city = Bench::new();
    for number in 0..8 {
        let number = format!("A{number:03}");
        city.accepted(&number, "I20", "2011-09-26 10:00:00");
        let result = if number == "A000" { "refused" } else { "granted" };
        city.finished(&number, result, "2011-10-10 10:00:00");
    }
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&["2011-10-14"]);
    city
}

/// The same eight, none of them decided: each has a yellow card.
fn late() -> Bench {
    let mut city = Bench::new();
    for number in 0..8 {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&["2011-10-14"]);
    city
}

/// A number of the last change, as it was last worked out when it was entered.
fn foreseen(city: &Bench, what: &str) -> String {
    let of = format!("SELECT json_extract(effect, '$.{what}') FROM adoption ORDER BY id DESC LIMIT 1");
    city.ledger(&of).concat()
}

/// Why a source was not read for trial.
fn untried(city: &Bench, language: Language) -> String {
    let kept = foreseen(city, "at_stake[0].untried");
    serde_json::from_str::<Text>(&kept).map_or(kept, |why| why.words(language))
}

fn steps(city: &Bench) -> Vec<String> {
    city.ledger("SELECT event FROM adoptions WHERE before IS NOT NULL")
}

fn cards(city: &Bench) -> Vec<String> {
    city.findings()
        .into_iter()
        .filter(|line| line.contains("time-limit") && !line.contains("notice"))
        .collect()
}

/// Issue 11: with a ledger at hand check-config says exactly which card a changed code moves, and of no other case; neither the
/// source nor the ledger is written to, and nothing lies about afterwards.
#[test]
fn check_config_says_which_case_a_changed_code_moves() {
    let mut city = decided();
    city.configure(REFUSED, NO_END);
    let bytes = |name: &str| std::fs::read(city.path(name)).unwrap();
    let before = (bytes("ledger.db"), bytes("approval.db"));
    let is_own = |name: &str| !name.ends_with("-wal") && !name.ends_with("-shm");
    let files = || {
        let files = std::fs::read_dir(city.path("")).unwrap().map(|file| file.unwrap().file_name());
        files.filter(|name| is_own(&name.to_string_lossy())).count()
    };
    let count = files();
    let checked = said(&jianchad(&city, &["check-config"]));
    let trial = "all its 8 rows were read so for trial, of which nothing was kept: of 8 cases known 1 are read otherwise, \
                 0 are new, 0 are no longer there, the first: A000";
    assert!(checked.contains(trial), "{checked}");
    assert!(checked.contains("it concerns 7 cases (0 with an open card)"), "{checked}");
    assert!(checked.contains("red: 1 appear") && checked.contains("this one waits"), "{checked}");
    let moved =
        |checked: &str, case: &str| checked.lines().any(|line| line.contains(case) && line.contains("limit"));
    assert!(moved(&checked, "A000") && !moved(&checked, "A001"), "{checked}");
    let chinese = said(&jianchad(&city, &["check-config", "--lang", "zh-CN"]));
    for part in ["已按新映射试读全部8行（不存入台账）", "已知办件8件中1件读得不同", "如A000", "涉及办件7件"]
    {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
    assert!((bytes("ledger.db"), bytes("approval.db")) == before);
    assert_eq!(files(), count);
}

/// What is foreseen in a round is what comes when it is adopted; until then the ledger knows nothing of the other reading. The
/// digest and `adopt` say it, and those who would be told are.
#[test]
fn what_a_trial_foresees_is_what_comes() {
    let mut city = decided();
    city.configure(REFUSED, NO_END);
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(steps(&city), ["waits"]);
    let counts = ["raised", "withdrawn", "higher", "lower", "contested", "withheld", "at_stake[0].cases"];
    assert_eq!(counts.map(|what| foreseen(&city, what)), ["1", "0", "0", "0", "0", "0", "7"]);
    assert_eq!(cards(&city), [""; 0]);
    let traces = "SELECT count(*) FROM case_timeline WHERE case_number = 'A000' AND kind = 'step'";
    assert_eq!(city.ledger(traces), ["0"]);
    let digest =
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' ORDER BY letter DESC LIMIT 1");
    let digest = digest.concat();
    assert!(digest.contains("试读") && digest.contains("1件读得不同") && digest.contains("A000"), "{digest}");
    let shown = said(&jianchad(&city, &["adopt", "--by", "王", "--why", "refused 不是终结"]));
    assert!(shown.contains("1 are read otherwise"), "{shown}");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(cards(&city), ["A000 time-limit promise yellow open"]);
}

/// A card that would fall, one that a supervisor would be asked of and cards to come that would not come are told apart from those
/// that stay, and a case that moves counts once.
#[test]
fn what_falls_and_what_no_longer_comes_is_said() {
    let mut city = late();
    // Granted in the new system's words, which nobody knows yet: one in time, one too late, one before its day.
    city.configure("granted = \"decided\"", "granted = \"decided\", R1 = \"step\"");
    city.accepted("B000", "I20", "2011-10-10 10:00:00");
    city.finished("B000", "R1", "2011-10-14 10:00:00");
    city.finished("A000", "R1", "2011-10-12 10:00:00").finished("A001", "R1", "2011-10-14 15:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city).len(), 8, "{:?}", cards(&city));
    city.configure("R1 = \"step\"", "R1 = \"decided\"");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(foreseen(&city, "cases"), "9", "each case is looked at once");
    let fallen = ["withdrawn", "contested", "dropped", "at_stake[0].cases", "at_stake[0].trial.differ"];
    let foreseen: Vec<String> = fallen.iter().map(|what| foreseen(&city, what)).collect();
    assert_eq!((steps(&city).last().map(String::as_str), &foreseen[4][..]), (Some("waits"), "3"));
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "新系统"]));
    city.rounds_on(&["2011-10-19"]);
    let open = cards(&city).iter().filter(|line| line.ends_with("yellow open")).count();
    let asked = cards(&city).iter().filter(|line| line.ends_with("pending-withdrawal")).count();
    assert_eq!((8 - open - asked).to_string(), foreseen[0], "{:?} {foreseen:?}", cards(&city));
    assert_eq!((asked.to_string(), &foreseen[2][..]), (foreseen[1].clone(), "1"), "{foreseen:?}");
    assert_eq!(foreseen[3], "6", "three of nine move");
}

/// A mapping that by the trial moves nothing, and by which rows to come are read as before, waits for nobody: it is in force at once,
/// and the steps say so. Where rows to come are read otherwise it waits all the same, and says that nothing moves now.
#[test]
fn what_moves_nothing_now_nor_later_is_adopted_at_once() {
    let mut city = late();
    city.configure(
        "table = \"cases\"\nshape = \"wide\"\nwatermark = \"changed\"",
        "table = \"cases\"\nshape = \"wide\"",
    );
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(
        (steps(&city), foreseen(&city, "at_stake[0].trial.rows")),
        (vec!["adopted".into()], "8".into())
    );
    assert_eq!(foreseen(&city, "at_stake[0].cases"), "0");
    city.configure("at = \"accepted\"", "at = \"applied\"");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(steps(&city).last().map(String::as_str), Some("waits"));
    let counts = ["raised", "withdrawn", "at_stake[0].cases", "at_stake[0].trial.differ"];
    assert_eq!(counts.map(|what| foreseen(&city, what)), ["0", "0", "8", "0"]);
}

/// A code that never occurred moves nothing that is there, and the next row may have it: whatever the trial shows, it waits.
#[test]
fn a_code_that_no_row_has_waits_all_the_same() {
    let mut city = late();
    city.configure(REFUSED, NO_END);
    city.rounds_on(&["2011-10-17"]);
    assert_eq!((steps(&city), foreseen(&city, "at_stake[0].cases")), (vec!["waits".into()], "8".into()));
}

/// Cases that only one of both mappings finds are counted and named; what was typed since the last round is laid at no mapping's
/// door.
#[test]
fn cases_that_come_and_go_are_counted() {
    let mut city = late();
    city.approval(
        "CREATE VIEW ours AS SELECT * FROM cases WHERE number NOT IN ('A007', 'OLD')
         UNION ALL SELECT 'B' || number, item, clerk, applied, accepted, result, finished, applicant, changed FROM cases WHERE number = 'A007'",
    );
    city.configure("table = \"cases\"", "table = \"ours\"");
    city.accepted("NEW", "I20", "2011-10-14 15:00:00").decided("A003", "2011-10-14 16:00:00");
    city.accepted("OLD", "I20", "2011-09-26 10:00:00");
    city.approval("UPDATE cases SET changed = '2011-10-14 17:00:00' WHERE number = 'OLD'");
    city.rounds_on(&["2011-10-17"]);
    let trial = |what: &str| foreseen(&city, &format!("at_stake[0].trial.{what}"));
    assert_eq!(["differ", "newly", "gone"].map(trial), ["0", "1", "2"]);
    assert_eq!(trial("named"), "[\"A007\",\"BA007\",\"OLD\"]");
    let counts = ["raised", "withdrawn", "withheld"].map(|what| foreseen(&city, what));
    assert_eq!(counts, ["1", "0", "1"], "what nobody knows yet has a card to come, too");
}

/// A source that cannot be read by the other mapping waits as before, with the reason; one that can be read by that alone is compared
/// with what was known.
#[test]
fn what_cannot_be_read_for_trial_says_why() {
    let mut city = late();
    city.configure("at = \"accepted\"", "at = \"angenommen\"");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(steps(&city), ["waits"]);
    assert_eq!(foreseen(&city, "at_stake[0].cases"), "8");
    let why = untried(&city, Language::English);
    assert!(why.contains("angenommen"), "{why}");
    let checked = said(&jianchad(&city, &["check-config"]));
    assert!(
        checked.contains("it could not be read for trial") && checked.contains("angenommen"),
        "{checked}"
    );
    assert!(city.ledger("SELECT message FROM source_health").concat().is_empty(), "it is read as before");
    city.approval("ALTER TABLE cases RENAME COLUMN accepted TO angenommen");
    city.rounds_on(&["2011-10-18"]);
    let waiting = city.ledger("SELECT value FROM meta WHERE key = 'waiting_effect'").concat();
    assert!(waiting.contains("\"gone\":null") && waiting.contains("\"differ\":0"), "{waiting}");
}

/// A program that judges otherwise cannot say what the old one would make of a case: the change waits, and says so.
#[test]
fn beside_another_program_nothing_is_tried() {
    let mut city = late();
    city.restart();
    rusqlite::Connection::open(city.path("ledger.db"))
        .unwrap()
        .execute_batch(
            "INSERT INTO policy SELECT 'before', calendar, adopted_at, json_set(content, '$.judging', 0) FROM policy LIMIT 1;
             UPDATE meta SET value = 'before' WHERE key = 'policy'",
        )
        .unwrap();
    city.configure(REFUSED, NO_END);
    city.rounds_on(&["2011-10-17"]);
    assert_eq!((steps(&city), foreseen(&city, "at_stake[0].cases")), (vec!["waits".into()], "8".into()));
    let why = untried(&city, Language::English);
    assert!(why.contains("this program judges otherwise"), "{why}");
}

/// A trial costs a reading, so a change that waits is tried once a day and not in every round.
#[test]
fn a_change_that_waits_is_tried_once_a_day() {
    let mut city = decided();
    city.configure(REFUSED, NO_END);
    city.rounds_on(&["2011-10-17"]);
    city.finished("A001", "refused", "2011-10-10 11:00:00");
    let shown = |city: &Bench| {
        let of = "SELECT json_extract(substr(value, instr(value, ' ')), '$.at_stake[0].trial.differ') FROM meta WHERE key = 'waiting_effect'";
        city.ledger(of).concat()
    };
    city.round("2011-10-17 15:00");
    assert_eq!((shown(&city).as_str(), foreseen(&city, "at_stake[0].trial.differ").as_str()), ("", "1"));
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(shown(&city), "2");
}

/// A folder of CSV files is read for trial as a database is.
#[test]
fn a_folder_of_files_is_read_for_trial_too() {
    let mut city = Bench::new();
    let file = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (before, _) = file.split_once("[source.approval]").unwrap();
    let csv = "[rules.missing-step]\nmode = \"off\"\n[source.files]\nkind = \"csv\"\npath = \"drop\"\ndelivers = \"live\"\nsettle = \"0s\"\n\
               [[source.files.read]]\nshape = \"wide\"\ncase = \"no\"\nitem = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }, \
               { kind_from = \"result\", codes = { ok = \"decided\", no = \"decided\" }, at = \"finished\" }]\n";
    city.write("jianchad.toml", &format!("{before}{csv}"));
    let rows: String = (0..8)
        .map(|row| {
            let result = if row == 0 { "no" } else { "ok" };
            format!("F-{row},I20,2011-09-26 10:00,{result},2011-10-10 10:00\n")
        })
        .collect();
    city.write("drop/1.csv", &format!("no,item,accepted,result,finished\n{rows}"));
    city.restart().rounds_on(&["2011-10-14"]);
    assert_eq!(city.ledger("SELECT count(*) FROM cases"), ["8"]);
    city.configure("no = \"decided\"", "no = \"step\"");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(steps(&city), ["waits"]);
    let counts = ["raised", "at_stake[0].trial.differ", "at_stake[0].trial.gone", "at_stake[0].cases"];
    assert_eq!(counts.map(|what| foreseen(&city, what)), ["1", "1", "0", "7"]);
}

/// A query that counts without end before its first row.
const NEVER_A_ROW: &str = "query = \"select * from cases where (with recursive c(x) as (select 1 union all select x + 1 from c) \
                           select count(*) from c) > 0\"\nname = \"cases\"\nshape = \"wide\"";

/// Has no time for a trial, or stops the round when it was asked so often.
pub struct Hurry {
    trial: Duration,
    stops_at: u64,
    asked: AtomicU64,
}

impl Hurry {
    pub fn new(trial: Duration, stops_at: u64) -> Self {
        Self { trial, stops_at, asked: AtomicU64::new(0) }
    }
}

impl Watch for Hurry {
    fn goes_on(&self, _rows: u64, _cases: u64) {}

    fn stop(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) >= self.stops_at
    }

    fn trial_at_most(&self) -> Duration {
        self.trial
    }
}

/// Supervision goes on beside a mapping that nobody adopted and whose query never gives a row: the trial is given up, the change
/// waits with that reason, the old mapping gives the card of that day, and no later round of the day tries again.
#[test]
fn a_query_that_never_gives_a_row_waits_and_holds_up_nobody() {
    let mut city = late();
    city.accepted("B000", "I20", "2011-09-27 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert!(!cards(&city).iter().any(|card| card.starts_with("B000")), "{:?}", cards(&city));
    city.configure("table = \"cases\"\nshape = \"wide\"", NEVER_A_ROW);
    city.watched_round("2011-10-17 09:05", &Hurry::new(Duration::from_millis(200), u64::MAX)).unwrap();
    assert_eq!((steps(&city), foreseen(&city, "at_stake[0].cases")), (vec!["waits".into()], "9".into()));
    let why = [Language::English, Language::Chinese].map(|language| untried(&city, language));
    assert!(why[0].contains("took longer than 0.2 s and was given up; try: "), "{why:?}");
    assert!(why[1].contains("试读超过0.2秒未读完，已放弃"), "{why:?}");
    let card = "B000 time-limit promise yellow open".to_owned();
    assert!(cards(&city).contains(&card), "{:?}", cards(&city));
    assert!(city.ledger("SELECT message FROM source_health").concat().is_empty(), "it is read as before");
    // Would it be tried again, this round would not end before two hours.
    city.watched_round("2011-10-17 15:00", &Hurry::new(Duration::from_secs(7200), u64::MAX)).unwrap();
    assert_eq!(steps(&city), ["waits"]);
}

/// A round that is told to stop ends while such a query runs, and nothing is settled by it.
#[test]
fn a_stop_ends_a_query_that_never_gives_a_row() {
    let mut city = late();
    city.configure("table = \"cases\"\nshape = \"wide\"", NEVER_A_ROW);
    city.watched_round("2011-10-17 09:05", &Hurry::new(Duration::from_secs(7200), 10)).unwrap();
    assert_eq!(steps(&city), [""; 0]);
}
