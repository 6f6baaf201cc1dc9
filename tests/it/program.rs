//! A program as a source: whatever it writes, keeps open or leaves behind, its rows are read whole or it is dark with the reason.

use std::fs;
use std::ops::ControlFlow;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jianchad::testing::domain::record::mapping::SourceSpec;
use jianchad::testing::domain::text::Language;
use jianchad::testing::edge::source::{self, Cursors, SourceError, within};
use jianchad::testing::round::{self, Watch};
use serde_json::Value;

use crate::adopt::jianchad as run;
use crate::bench::{Bench, moment};
use crate::halls::{CASES, EVENTS, Hall, NOW, Told};
use crate::installed::wait_for;

/// A program in the city's folder, by what it does once it was told what is asked. The shell runs it, so that no file is run that is
/// just being written.
fn script(city: &Bench, does: &str) -> String {
    city.write("read.sh", &format!("read -r asked\n{does}\n"));
    "kind = \"program\"\ncommand = [\"/bin/sh\", \"read.sh\"]\ndirectory = \".\"\n".to_owned()
}

/// A program that is one source of its own.
fn spec(hall: &Hall, does: &str, more: &str, reads: &str) -> SourceSpec {
    let lines = script(&hall.city, does);
    hall.spec_of(&format!("{lines}{more}\n"), reads)
}

fn hall() -> Hall {
    Hall::of(None, "text")
}

/// Rows of a case, as a shell writes them.
fn row(no: &str) -> String {
    format!(
        "echo '{{\"no\": \"{no}\", \"item\": \"i1\", \"accepted\": \"2011-11-01 09:00\", \"closed\": null, \
         \"changed\": \"2011-11-30 10:00:00\"}}'"
    )
}

fn rows(number: u64) -> String {
    format!("echo '{{\"rows\": {number}}}'")
}

/// Why it is dark; no cursor is given then.
fn refusal(spec: &SourceSpec) -> String {
    let mut told = Told::default();
    let refused = told.try_read(&mut *source::open(spec), &moment(NOW));
    let Err(why) = refused else { panic!("it was read: {:?}", told.traces) };
    assert!(told.cursors.is_empty());
    why.for_operator().words(Language::English)
}

/// The same of a program that would go on for ever: it is ended a while after it has said that it does nothing more.
fn ended(city: &Bench, spec: &SourceSpec) -> SourceError {
    let mut source = source::open(spec);
    let (looks, ready) = (AtomicU32::new(0), city.path("ready"));
    let while_after = || ready.exists() && looks.fetch_add(1, Ordering::Relaxed) > 20;
    within(Duration::from_secs(60), &while_after, |over| {
        source.end_when(over);
        source.read(&Cursors::new(), &moment(NOW), &mut |_| ControlFlow::Continue(()))
    })
    .unwrap_err()
}

/// Waits until a process has ended whose number stands in a file of the city: whoever is killed has not ended at once.
fn ends(city: &Bench, file: &str) {
    let number = fs::read_to_string(city.path(file)).unwrap_or_else(|_| panic!("{file} was not written"));
    wait_for(&format!("the end of {file}"), || {
        let stat = fs::read_to_string(format!("/proc/{}/stat", number.trim())).unwrap_or_default();
        // Its name stands in brackets; behind it comes its state. One that has ended may wait for whoever looks after it.
        let runs = stat.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with(['Z', 'X']));
        (!runs).then_some(())
    });
}

/// Each row is one line, and the number of rows stands behind them.
#[test]
fn rows_and_their_number_are_read() {
    let hall = hall();
    let does = format!("{}\n{}\n{}", row("A1"), row("A2"), rows(2));
    let mut told = Told::default();
    let reading = told.read(&mut *source::open(&spec(&hall, &does, "", CASES)), &moment(NOW));
    assert_eq!((reading.rows, reading.whole.len(), reading.stopped), (2, 1, false));
    assert_eq!(
        told.traces(),
        ["A1 accepted 2011-11-01T09:00:00+08:00", "A2 accepted 2011-11-01T09:00:00+08:00"]
    );
    // An empty table is one that says so; the last line need not end.
    let empty = spec(&hall, "printf '{\"rows\": 0}'", "", CASES);
    assert_eq!(Told::default().read(&mut *source::open(&empty), &moment(NOW)).rows, 0);
}

/// Issue 15: without the number of its rows, or with another one, a reading is broken, and never an empty table; and so is whatever
/// is no row.
#[test]
fn what_is_no_table_is_refused_in_words() {
    let hall = hall();
    let one = row("A1");
    let with = |from: &str, to: &str| format!("{}\n{}", one.replace(from, to), rows(1));
    for (does, words) in [
        ("exit 0".to_owned(), "ended before it said how many rows of `cases` there are"),
        (one.clone(), "ended before it said how many rows of `cases` there are"),
        (format!("{one}\n{}", rows(2)), "says that `cases` has 2 rows, and gave 1"),
        (rows(1), "says that `cases` has 1 rows, and gave 0"),
        ("echo hello".to_owned(), "line 1 of /bin/sh is no JSON object"),
        (format!("{one}\necho\n{}", rows(1)), "line 2 of /bin/sh is no JSON object"),
        ("printf '{\"no\": \"A'".to_owned(), "ended before it said how many rows"),
        ("printf '{\"no\": \"A'; kill -9 $$".to_owned(), "was ended by signal 9"),
        (format!("{one}\nkill -SEGV $$"), "was ended by signal 11"),
        ("echo 'ORA-12541: no\u{1b}[2J listener' >&2; exit 3".to_owned(), "failed and ended with code 3"),
        (format!("{one}\n{}\nexit 4", rows(1)), "failed and ended with code 4"),
        (format!("{one}\n{}\necho more", rows(1)), "line 3 of /bin/sh comes behind the last row"),
        (format!("{one}\n{}\n{}", rows(1), rows(1)), "line 3 of /bin/sh comes behind the last row"),
        (with("{\"no\"", "{\"no\": 1, \"no\""), "line 1 of /bin/sh names `no` twice"),
        (with("\"i1\"", "[\"i1\"]"), "a list or an object in `item`"),
        (with("\"A1\"", "4.310021980010113e17"), "a number in `no` that has lost its last digits"),
        (with("\"item\"", "\"titem\""), "has no `item`; it has `titem`"),
        ("head -c 1100000 /dev/zero | tr '\\0' x".to_owned(), "line 1 of /bin/sh is longer than 1 MiB"),
        ("head -c 3000000 /dev/zero | tr '\\0' x; echo".to_owned(), "line 1 of /bin/sh is longer than 1 MiB"),
        ("exec /nowhere/at/all".to_owned(), "failed and ended with code 127"),
        ("printf '{\"no\": \"\\325\\134\\042'; echo".to_owned(), "line 1 of /bin/sh is not UTF-8"),
    ] {
        let said = refusal(&spec(&hall, &does, "", CASES));
        assert!(said.contains(words), "{does}: {said}");
        assert!(!said.contains('\u{1b}'), "{said}");
        assert_eq!(said.contains("it said: ORA-12541: no�[2J listener"), does.contains("ORA"), "{said}");
    }
}

/// Of a megabyte no more is taken than fits a line; up to there it does.
#[test]
fn a_line_may_be_a_mebibyte() {
    let hall = hall();
    let line = |bytes: usize| {
        let rest = bytes - one_of("").len();
        let pad = format!("head -c {rest} /dev/zero | tr '\\0' x");
        let (before, after) = one_of("|").split_once('|').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        format!("printf '{before}'; {pad}; echo '{after}'\n{}", rows(1))
    };
    let read = |bytes| {
        let spec = spec(&hall, &line(bytes), "", CASES);
        Told::default().try_read(&mut *source::open(&spec), &moment(NOW)).is_ok()
    };
    assert_eq!((read((1 << 20) - 1), read(1 << 20), read((1 << 20) + 1)), (true, true, false));
}

/// A row with something that nobody asked for.
fn one_of(more: &str) -> String {
    format!(
        "{{\"no\": \"A1\", \"item\": \"i1\", \"accepted\": null, \"closed\": null, \"changed\": null, \"more\": \"{more}\"}}"
    )
}

/// A cell that cannot be read costs that cell, and one in another encoding is read by it.
#[test]
fn a_cell_that_is_no_text_costs_itself() {
    let hall = hall();
    // 受 in GB18030, where UTF-8 was to stand.
    let does = format!(
        "{}\n{}",
        row("A1").replace("echo '", "printf '").replace("\"i1\"", "\"\\312\\334\"").replace("}'", "}\\n'"),
        rows(1)
    );
    let mut lost = Told::default();
    lost.read(&mut *source::open(&spec(&hall, &does, "", CASES)), &moment(NOW));
    assert_eq!((lost.traces().len(), lost.doubts.len()), (1, 1), "{lost:?}");
    let mut known = Told::default();
    let encoded = spec(&hall, &does, "encoding = \"gb18030\"", CASES);
    known.read(&mut *source::open(&encoded), &moment(NOW));
    assert_eq!((known.items["A1"].as_str(), known.doubts.len()), ("受", 0));
}

/// What it may take ends it: memory by its own failing, the processor by a signal.
#[test]
fn what_takes_too_much_is_ended() {
    let hall = hall();
    let hog = "x=$(head -c 300000000 /dev/zero | tr '\\0' x); echo \"${#x}\"";
    let said = refusal(&spec(&hall, hog, "memory_at_most = 64", CASES));
    assert!(said.contains("ended with code") || said.contains("ended by signal"), "{said}");
    let said = refusal(&spec(&hall, "while :; do :; done", "processor_at_most = \"1s\"", CASES));
    assert!(said.contains("computed for longer than 1 s"), "{said}");
    let limits = "(ulimit -n; ulimit -c; ulimit -t; ulimit -v) >limits";
    let counted = spec(&hall, &format!("{limits}\n{}", rows(0)), "", CASES);
    Told::default().read(&mut *source::open(&counted), &moment(NOW));
    let limits = fs::read_to_string(hall.city.path("limits")).unwrap();
    assert_eq!(limits.lines().collect::<Vec<_>>(), ["256", "0", "600", "1048576"]);
}

/// Whatever does not end is ended when its time is up, with all that it began, also where it will not hear of it.
#[test]
fn what_does_not_end_is_ended_with_all_that_it_began() {
    let hall = hall();
    let (one, all) = (row("A1"), rows(1));
    let pids = "echo $$ >own; sleep 1000 >/dev/null 2>&1 & echo $! >child";
    for (does, words) in [
        (format!("{pids}\nwait"), "the reading of /bin/sh was ended"),
        (format!("{pids}\n{one}\nwait"), "the reading of /bin/sh was ended"),
        (format!("trap '' TERM\n{pids}\nwhile :; do wait; done"), "the reading of /bin/sh was ended"),
        (format!("{pids}\n{one}\n{all}\nwait"), "gave all its rows and does not end"),
        (format!("{pids}\n{one}\n{all}\nexec >&-\nwait"), "gave all its rows and does not end"),
        (format!("{pids}\nexec >&-\nwait"), "ended before it said how many rows"),
        (format!("{pids}\nexec >&- 2>&-\nwait"), "ended before it said how many rows"),
    ] {
        let does = does.replacen("wait", ": >ready\nwait", 1);
        let said = ended(&hall.city, &spec(&hall, &does, "", CASES)).for_operator().words(Language::English);
        assert!(said.contains(words), "{does}: {said}");
        ["own", "child"].iter().for_each(|file| ends(&hall.city, file));
        ["own", "child", "ready"].iter().for_each(|file| fs::remove_file(hall.city.path(file)).unwrap());
    }
}

/// A process that left its group and keeps the output open keeps nobody waiting, and is ended too; and so is one that a program leaves
/// behind that is in order.
#[test]
fn what_is_left_behind_is_ended() {
    let hall = hall();
    let (one, all) = (row("A1"), rows(1));
    let stray = "setsid sh -c 'echo $$ >stray; exec sleep 1000'";
    let wait = "while ! [ -s stray ]; do :; done";
    let open = format!("{one}\n{all}\n({stray} &)\n{wait}");
    let said = refusal(&spec(&hall, &open, "", CASES));
    assert!(said.contains("left others running that keep its output open"), "{said}");
    ends(&hall.city, "stray");
    fs::remove_file(hall.city.path("stray")).unwrap();
    let closed = format!("{one}\n{all}\n({stray} >/dev/null 2>&1 </dev/null &)\n{wait}");
    let reading = Told::default().read(&mut *source::open(&spec(&hall, &closed, "", CASES)), &moment(NOW));
    assert_eq!(reading.rows, 1);
    ends(&hall.city, "stray");
    // Before its rows are through.
    fs::remove_file(hall.city.path("stray")).unwrap();
    let early = format!("{one}\n({stray} &)\n{wait}");
    assert!(refusal(&spec(&hall, &early, "", CASES)).contains("left others running"));
    ends(&hall.city, "stray");
    // One that is for ever turning into another program, and has no environment while it does.
    fs::remove_file(hall.city.path("stray")).unwrap();
    hall.city.write("turn.sh", "[ -s stray ] || echo $$ >stray\nexec sh turn.sh\n");
    let turning = format!("{one}\n{all}\n(setsid sh turn.sh >/dev/null 2>&1 </dev/null &)\n{wait}");
    assert_eq!(
        Told::default().read(&mut *source::open(&spec(&hall, &turning, "", CASES)), &moment(NOW)).rows,
        1
    );
    ends(&hall.city, "stray");
}

/// Rows without end end when nobody wants more, and what it says without end fills nothing.
#[test]
fn what_is_written_without_end_is_bounded() {
    let hall = hall();
    let endless = format!("echo $$ >own\nwhile :; do {}; done", row("A1"));
    let mut batches = 0;
    let mut source = source::open(&spec(&hall, &endless, "", CASES));
    let reading = source.read(&Cursors::new(), &moment(NOW), &mut |_| {
        batches += 1;
        if batches == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let reading = reading.unwrap();
    assert_eq!((reading.stopped, reading.cursors), (true, Cursors::new()));
    ends(&hall.city, "own");
    let loud = format!(
        "head -c 20000000 /dev/zero | tr '\\0' x >&2; echo the end >&2; {}; {}; exit 7",
        row("A1"),
        rows(1)
    );
    let said = refusal(&spec(&hall, &loud, "", CASES));
    assert!(said.contains("code 7") && said.len() < 1500, "{said}");
}

/// It gets the settings that it is given by name, an ordinary environment, and nothing else of ours: no file, no folder, no secret
/// that others could see.
#[test]
fn it_is_told_what_it_is_to_know_and_nothing_else() {
    let hall = hall();
    hall.city.write("secret", "hunter2\n");
    hall.city.write("elsewhere/empty", "");
    fs::set_permissions(hall.city.path("secret"), fs::Permissions::from_mode(0o600)).unwrap();
    let does = format!(
        "tr '\\0' '\\n' </proc/$$/environ >../environment; tr '\\0' ' ' </proc/$$/cmdline >../line; pwd >../folder
         ls -l /proc/$$/fd >../open; printf '%s' \"$asked\" >../asked; ps -o pgid= -p $$ >../group 2>/dev/null || :; echo $$ >../own
         {}\n{}",
        row("A1"),
        rows(1)
    );
    let more = "environment = { ORACLE_HOME = \"/opt/oracle\", LANG = \"zh_CN.UTF-8\" }\ncredentials = { password = \"file:secret\" }\n";
    let lines = script(&hall.city, &does)
        .replace("directory = \".\"", "directory = \"elsewhere\"")
        .replace("\"read.sh\"", "\"../read.sh\", \"--dsn\", \"it's $HOME; `x`\"");
    let spec = hall.spec_of(&format!("{lines}{more}"), CASES);
    let mut told = Told::default();
    let mut source = source::open(&spec);
    told.read(&mut *source, &moment(NOW));
    let text = |file: &str| fs::read_to_string(hall.city.path(file)).unwrap();
    let mut environment: Vec<String> = text("environment").lines().map(str::to_owned).collect();
    environment.sort();
    let marked = environment.iter().position(|it| it.starts_with("JIANCHAD_READING=")).unwrap();
    environment.remove(marked);
    assert_eq!(
        environment,
        ["LANG=zh_CN.UTF-8", "ORACLE_HOME=/opt/oracle", "PATH=/usr/local/bin:/usr/bin:/bin"]
    );
    assert_eq!(text("line").trim(), "/bin/sh ../read.sh --dsn it's $HOME; `x`");
    assert!(text("folder").trim().ends_with("/elsewhere"));
    let open = text("open");
    assert!(!open.contains(".db") && !open.contains("socket:"), "{open}");
    assert!(text("group").trim().is_empty() || text("group").trim() == text("own").trim());
    let asked: Value = serde_json::from_str(&text("asked")).unwrap();
    assert_eq!(asked["credentials"]["password"], "hunter2");
    assert_eq!(asked["zone"], "Asia/Shanghai");
    let read = &asked["reads"][0];
    assert_eq!((&read["name"], &read["table"]), (&Value::from("cases"), &Value::from("cases")));
    assert_eq!((&read["watermark"], read.get("since")), (&Value::from("changed"), None));
    let mut columns: Vec<&str> =
        read["columns"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    columns.sort_unstable();
    assert_eq!(columns, ["accepted", "changed", "closed", "item", "no"]);
    // The next time it is asked for what changed, with a day more; who ignores that is right all the same.
    let reading = told.read(&mut *source, &moment(NOW));
    let asked: Value = serde_json::from_str(&text("asked")).unwrap();
    assert_eq!(asked["reads"][0]["since"], "2011-11-29 10:00");
    assert_eq!((reading.rows, reading.whole.len(), told.traces().len()), (1, 0, 1));
    fs::remove_file(hall.city.path("secret")).unwrap();
    let why = told.try_read(&mut *source, &moment(NOW)).unwrap_err().for_operator().words(Language::English);
    assert!(why.contains("its secret cannot be read from"), "{why}");
}

/// Whoever does not read what he is told is told nothing, and is right.
#[test]
fn a_program_need_not_listen() {
    let hall = hall();
    hall.city.write("read.sh", &format!("exec <&-\n{}\n{}\n", row("A1"), rows(1)));
    let lines = "kind = \"program\"\ncommand = [\"/bin/sh\", \"read.sh\"]\ndirectory = \".\"\n";
    for _ in 0..20 {
        assert_eq!(
            Told::default().read(&mut *source::open(&hall.spec_of(lines, CASES)), &moment(NOW)).rows,
            1
        );
    }
}

/// Several reads come one after another, each under its name and with its number; others are passed over.
#[test]
fn several_reads_come_under_their_names() {
    let hall = hall();
    let read = |name: &str| format!("echo '{{\"read\": \"{name}\"}}'");
    let event = "echo '{\"id\": 1, \"no\": \"A1\", \"stage\": \"s\", \"at\": \"2011-11-02 09:00\", \"changed\": null}'";
    let both = format!("{CASES}{EVENTS}");
    let cases = format!("{}\n{}\n{}", read("cases"), row("A1"), rows(1));
    let events = format!("{}\n{event}\n{}", read("events"), rows(1));
    let foreign = format!("{}\necho '{{\"x\": 1}}'\n{}", read("notes"), rows(1));
    for does in [format!("{cases}\n{events}"), format!("{foreign}\n{cases}\n{foreign}\n{events}\n{foreign}")]
    {
        let mut told = Told::default();
        let reading = told.read(&mut *source::open(&spec(&hall, &does, "", &both)), &moment(NOW));
        assert_eq!((reading.rows, reading.whole.len(), told.traces().len()), (2, 2, 2), "{does}");
    }
    for (does, words) in [
        (cases.clone(), "ended before it said how many rows of `events`"),
        (format!("{events}\n{cases}"), "ended before it said how many rows of `events`"),
        (
            format!("{}\n{}", row("A1"), rows(1)),
            "line 1 of /bin/sh gives a row before it is said of which read",
        ),
        (format!("{cases}\n{event}\n{}", rows(1)), "line 4 of /bin/sh"),
        (
            format!("{}\n{}\n{events}", read("cases"), row("A1")),
            "ended before it said how many rows of `cases`",
        ),
        (
            format!("{foreign}\n{}\necho '{{\"x\": 1}}'\n{}", read("notes"), rows(2)),
            "`notes` has 2 rows, and gave 1",
        ),
    ] {
        let said = refusal(&spec(&hall, &does, "", &both));
        assert!(said.contains(words), "{does}: {said}");
    }
}

/// A program that somebody else could change is not run; neither is one that is none.
#[test]
fn only_a_program_that_nobody_else_can_change_is_run() {
    let hall = hall();
    hall.city.write("reader", "#!/bin/sh\necho '{\"rows\": 0}'\n");
    let lines = "kind = \"program\"\ncommand = [\"reader\"]\n";
    let mode =
        |mode| fs::set_permissions(hall.city.path("reader"), fs::Permissions::from_mode(mode)).unwrap();
    for (bits, words) in [(0o644, "it is not executable"), (0o757, "everybody may write to")] {
        mode(bits);
        let said = refusal(&hall.spec_of(lines, CASES));
        assert!(said.contains(words), "{said}");
        let checked = run(&hall.city, &["check-config"]);
        let checked =
            String::from_utf8_lossy(&checked.stdout).into_owned() + &String::from_utf8_lossy(&checked.stderr);
        assert!(checked.contains(words) && checked.contains("command"), "{checked}");
    }
    fs::remove_file(hall.city.path("reader")).unwrap();
    assert!(refusal(&hall.spec_of(lines, CASES)).contains("is not run"));
    let away =
        format!("{}directory = \"nowhere\"\n", script(&hall.city, "").replace("directory = \".\"\n", ""));
    assert!(refusal(&hall.spec_of(&away, CASES)).contains("cannot be started in"));
}

/// What is told of it to whom.
struct Waits;

impl Watch for Waits {
    fn goes_on(&self, _rows: u64, _cases: u64) {}

    fn stop(&self) -> bool {
        false
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(1_500)
    }
}

const AGENCY: &str = "[[source.agency.read]]\nshape = \"wide\"\ncase = \"number\"\nitem = \"item\"\n\
    traces = [{ kind = \"accepted\", at = \"accepted\" }]\n[source.approval]";

/// A city with a program beside its database.
fn beside(does: &str, more: &str) -> Bench {
    let mut city = Bench::new();
    let lines = script(&city, does);
    city.configure("[source.approval]", &format!("[source.agency]\n{lines}{more}\n{AGENCY}"));
    city.licence("A-1", "2011-09-26 10:00:00");
    city
}

fn agency(city: &Bench) -> String {
    city.ledger("SELECT state || ': ' || coalesce(message, '') FROM source_health WHERE source = 'agency'")
        .join("")
}

const LATE: &str = "A-1 time-limit promise yellow open";

/// Issue 15: its crash is a dark source and no more. The other source is judged and told in the same round; what it said itself only
/// the administrator reads; it is in order again as soon as it is.
#[test]
fn a_crash_is_a_dark_source_and_no_more() {
    let good = "echo '{\"number\": \"X-1\", \"item\": \"I20\", \"accepted\": \"2011-09-26 10:00\"}'; echo '{\"rows\": 1}'";
    let mut city = beside(good, "");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(agency(&city), "ok: ");
    let cursors =
        || "SELECT * FROM cursor WHERE source_id = (SELECT id FROM source WHERE name = 'agency')".to_owned();
    let before = city.ledger(&cursors());
    script(&city, "echo 'hunter2: no listener' >&2; kill -SEGV $$");
    city.rounds_on(&["2011-10-17", "2011-10-18", "2011-10-19"]);
    // The limit of its own case passes meanwhile.
    let waits = "X-1 time-limit promise notice open";
    assert_eq!(city.findings(), [LATE, waits, "agency source-dark notice open"]);
    assert!(
        agency(&city).contains("was ended by signal 11; it said: hunter2: no listener"),
        "{}",
        agency(&city)
    );
    assert_eq!((city.ledger(&cursors()), before.len()), (before, 1));
    let readers =
        city.ledger("SELECT DISTINCT to_address FROM letter WHERE subject || text || html LIKE '%hunter2%'");
    assert_eq!(readers, ["admin@example.gov.cn"]);
    script(&city, good);
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(agency(&city), "ok: ");
    assert!(
        city.findings().contains(&"X-1 time-limit promise yellow open".to_owned()),
        "{:?}",
        city.findings()
    );
}

/// It says nothing for ever: the others are judged in the same round, and it is dark once its time is up.
#[test]
fn one_that_hangs_keeps_nobody_waiting() {
    let mut city = beside("echo $$ >own\nsleep 1000", "silent_at_most = \"3s\"");
    city.watched_round("2011-10-19 09:05", &Waits).unwrap();
    assert_eq!(city.findings(), [LATE]);
    assert!(!city.subjects("handler.u1@example.gov.cn").is_empty());
    assert!(round::read_on(city.service(), &Waits, Duration::from_secs(60)).unwrap());
    city.watched_round("2011-10-19 09:06", &Waits).unwrap();
    assert!(agency(&city).contains("gave no row for 3 s"), "{}", agency(&city));
    ends(&city, "own");
    // The reason that it knows itself goes before that its time was up.
    let rows = "echo '{\"rows\": 0}'; sleep 1000";
    let mut city = beside(rows, "silent_at_most = \"2s\"");
    city.round("2011-10-19 09:05");
    assert!(agency(&city).contains("gave all its rows and does not end"), "{}", agency(&city));
}

/// All mistakes of a program's keys at once, each with its line and the nearest name.
#[test]
fn the_keys_of_a_program() {
    let city = Bench::new();
    let check = |lines: &str| {
        let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
        let whole = text.replace("[source.approval]", &format!("[source.agency]\n{lines}\n{AGENCY}"));
        city.write("other.toml", &whole);
        let said = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(["check-config", "--config"])
            .arg(city.path("other.toml"))
            .env("JIANCHAD_LANG", "en")
            .output()
            .unwrap();
        String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr)
    };
    let said = check(
        "kind = \"program\"\npath = \"x\"\ncommand = [\"/bin/sh\", \"--password=hunter2\"]\nmemory_at_most = 15\n\
         processor_at_most = \"0s\"\nenvironment = { PATH = \"/x\", \"a b\" = \"c\", DB_PASSWORD = \"y\" }\n\
         credentials = { password = \"hunter2\" }\ndirectry = \"/\"\ndelimiter = \",\"\nencoding = \"klingon\"",
    );
    for words in [
        "a program has no path",
        "everybody on the machine sees the arguments",
        "from 16 to 1048576 MiB",
        "from 1s to 86400s",
        "PATH is set for every program",
        "letters, digits and _",
        "hand a password over by `credentials`, and let",
        "no password stands in this file",
        "directory",
        "delimiter",
        "encoding",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(check("kind = \"program\"").contains("name the program and its arguments"));
    assert!(check("kind = \"program\"\ncommand = []").contains("name the program and its arguments"));
    let misspelt = check("kind = \"program\"\ncomand = [\"/bin/sh\"]");
    assert!(misspelt.contains("command") && !misspelt.contains("name the program and"), "{misspelt}");
    assert!(check("kind = \"progam\"\ncommand = [\"/bin/sh\"]").contains("program"));
    assert!(check("kind = \"program\"\ncommand = [\"/no/where\"]").contains("is not there (yet)"));
}

/// Whoever sets it up sees ten of its cases.
#[test]
fn whoever_sets_it_up_sees_its_cases() {
    let does = "i=0; while [ $i -lt 12 ]; do
        echo \"{\\\"number\\\": \\\"X-$i\\\", \\\"item\\\": \\\"I20\\\", \\\"accepted\\\": \\\"2011-10-10 10:00\\\"}\"; i=$((i + 1)); done
        echo '{\"rows\": 12}'";
    let city = beside(does, "");
    let check = || {
        let said = run(&city, &["check-config", "--sources"]);
        String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr)
    };
    let said = check();
    assert!(said.contains("X-0") && said.contains("X-9") && !said.contains("X-10"), "{said}");
    script(&city, "echo 'no\u{1b}[2Jthing' >&2; exit 1");
    let said = check();
    assert!(said.contains("failed and ended with code 1; it said: no�[2Jthing"), "{said}");
}

/// The reader that comes with it, with a driver that stands in for Oracle's: the password is handed over, marks are compared as
/// times, whole numbers keep their digits.
#[test]
fn the_reader_for_oracle_speaks_as_its_driver_does() {
    let Some(python) = crate::halls::python() else { return };
    let hall = hall();
    hall.run(
        "create table CASES(NO numeric primary key, ITEM text, ACCEPTED text, CLOSED text, CHANGED text);
         insert into CASES values(431002198001011234, 'i1', '2011-11-01 09:00:00', null, '2011-11-30 10:00:00')",
    );
    hall.city.write("stub/oracledb.py", STUB);
    hall.city.write("secret", "s3cret\n");
    let reader = concat!(env!("CARGO_MANIFEST_DIR"), "/config/examples/readers/database.py");
    let lines = format!(
        "kind = \"program\"\ncommand = [\"{python}\", \"{reader}\", \"oracle\", \"--dsn\", \"10.1.2.6/HALL\", \"--user\", \"JIANCHAD\"]\n\
         directory = \".\"\nenvironment = {{ PYTHONPATH = \"stub\" }}\ncredentials = {{ password = \"file:secret\" }}\n"
    );
    let mut source = source::open(&hall.spec_of(&lines, CASES));
    let mut told = Told::default();
    told.read(&mut *source, &moment(NOW));
    assert_eq!(told.traces(), ["431002198001011234 accepted 2011-11-01T09:00:00+08:00"]);
    told.read(&mut *source, &moment(NOW));
    let log = fs::read_to_string(hall.city.path("log")).unwrap();
    let log: Vec<&str> = log.lines().collect();
    assert_eq!(log[0], "connect JIANCHAD s3cret 10.1.2.6/HALL");
    assert_eq!(log[1], "set transaction read only");
    assert!(
        log.iter().any(|it| it.ends_with("or \"CHANGED\" is null [datetime.datetime(2011, 11, 29, 10, 0)]")),
        "{log:?}"
    );
    hall.city.write("stub/oracledb.py", "def connect(**_):\n    raise RuntimeError('DPY-6005: cannot connect (CONNECTION_ID=x1==).\\nrefused')\nDATETIME = 1\nclass defaults: pass\n");
    let why = told.try_read(&mut *source, &moment(NOW)).unwrap_err().for_operator().words(Language::English);
    assert!(why.contains("it said: RuntimeError: DPY-6005: cannot connect. refused"), "{why}");
}

/// What stands in for Oracle's driver: it notes what it is asked, and asks an SQLite file.
const STUB: &str = r#"
import datetime, sqlite3
class defaults: fetch_decimals = False; fetch_lobs = True
DATETIME = "time"
def note(text):
    with open("log", "a") as log: log.write(text + "\n")
class Cursor:
    def __init__(self, inner): self.inner = inner
    def execute(self, sql, marks=()):
        note(" ".join(sql.split()) + (" " + repr(list(marks)) if marks else ""))
        if sql.startswith("set transaction"): return
        marks = [str(it) if isinstance(it, datetime.datetime) else it for it in marks]
        self.inner.execute(sql.replace(":1", "?"), marks)
    @property
    def description(self):
        return [(name[0], "time" if name[0] == "CHANGED" else "text") for name in self.inner.description]
    def fetchmany(self, rows): return self.inner.fetchmany(rows)
class Connection:
    def __init__(self): self.inner = sqlite3.connect("hall.db")
    def cursor(self): return Cursor(self.inner.cursor())
def connect(user, password, dsn):
    note(f"connect {user} {password} {dsn}")
    assert defaults.fetch_decimals and not defaults.fetch_lobs
    return Connection()
"#;
