//! What a round costs, measured against yardsticks of the same run; see docs/performance.md.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

mod city;
mod memory;
mod servers;
mod source;
mod yardstick;

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use jianchad::testing::domain::case_file::CaseFile;
use jianchad::testing::domain::clock;
use jianchad::testing::domain::finding::Event;
use jianchad::testing::domain::letter::news::News;
use jianchad::testing::domain::letter::page::Pages;
use jianchad::testing::domain::letter::reach::Reach;
use jianchad::testing::domain::letter::relay::Sender;
use jianchad::testing::domain::letter::{Address, example};
use jianchad::testing::domain::letter::{LetterContext, alert};
use jianchad::testing::domain::plan::{self};
use jianchad::testing::domain::record::chronological;
use jianchad::testing::domain::text::Language;
use jianchad::testing::edge::ledger::Tally;
use jianchad::testing::edge::notify::mime;
use jianchad::testing::round::{self, Watch};
use rusqlite::Connection;

use city::{City, moment};
use servers::Server;
use source::Source;

/// Changed rounds of each size; the median counts.
const ROUNDS: u64 = 7;

/// What the command line asks for.
struct Asked {
    cases: u64,
    small: u64,
    per_day: u64,
    seed: u64,
    check: bool,
    servers: bool,
    folder: PathBuf,
}

/// One goal and what was measured.
struct Goal {
    what: String,
    measured: f64,
    limit: f64,
    unit: &'static str,
}

/// Times of a long round's parts.
struct Parts {
    start: Instant,
    read: Mutex<Duration>,
    judged: Mutex<Duration>,
}

impl Parts {
    fn new() -> Self {
        Self { start: Instant::now(), read: Mutex::default(), judged: Mutex::default() }
    }
}

impl Watch for Parts {
    fn goes_on(&self, rows: u64, _cases: u64) {
        let part = if rows > 0 { &self.read } else { &self.judged };
        *part.lock().expect("no thread panics here") = self.start.elapsed();
    }

    fn stop(&self) -> bool {
        false
    }
}

fn main() -> ExitCode {
    let asked = match asked() {
        Ok(Some(asked)) => asked,
        Ok(None) => return ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(2);
        }
    };
    let folder = asked.folder.join("jianchad-bench");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of an earlier run can be removed");
    }
    let goals = if asked.servers { from_servers(&asked, &folder) } else { measure(&asked, &folder) };
    fs::remove_dir_all(&folder).expect("the folder of this run can be removed");
    let held = show(&goals);
    if asked.check && !held { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Reads the command line; `None` where cargo only asks whether the tests pass.
fn asked() -> Result<Option<Asked>, String> {
    let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
    let (mut check, mut servers) = (false, false);
    let mut folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--check" => check = true,
            "--servers" => servers = true,
            "--bench" => {}
            "--test" => return Ok(None),
            "--quick" => drop(numbers.insert("--cases".into(), 100_000)),
            "--folder" => folder = words.next().ok_or("--folder wants a folder")?.into(),
            "--cases" | "--small" | "--per-day" | "--seed" => {
                let value = words.next().and_then(|value| value.parse().ok());
                numbers.insert(word.clone(), value.ok_or_else(|| format!("{word} wants a number"))?);
            }
            _ => {
                return Err(format!(
                    "`{word}` is not known; there are --check --quick --servers --cases --small --per-day --seed --folder"
                ));
            }
        }
    }
    let number = |name: &str, otherwise: u64| numbers.get(name).copied().unwrap_or(otherwise);
    // A case has five rows: so many have a million.
    let cases = number("--cases", if servers { 200_000 } else { 1_000_000 });
    let small = number("--small", cases / 10);
    // Fifty working days in the smaller source, so that both have days long past and days still open.
    let per_day = number("--per-day", small / 50).max(1);
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seed = number("--seed", since.map_or(0, |since| since.as_nanos() as u64));
    Ok(Some(Asked { cases, small, per_day, seed, check, servers, folder }))
}

fn measure(asked: &Asked, folder: &Path) -> Vec<Goal> {
    let Asked { cases, small, per_day, seed, .. } = *asked;
    println!("{cases} and {small} cases, {per_day} a working day, seed {seed}");
    let place = |name: &str| {
        let place = folder.join(name);
        fs::create_dir_all(&place).expect("the folder for the measurements can be written");
        place
    };
    let (large, little) = (place("large"), place("small"));
    let large_source = Source::make(&large.join("approval.db"), cases, per_day, seed);
    let small_source = Source::make(&little.join("approval.db"), small, per_day, seed ^ 1);
    let mut city = City::new(&large.join("city"), &large_source);
    let mut village = City::new(&little.join("city"), &small_source);

    let mut goals = Vec::new();
    let first = first_read(&mut village, &small_source);
    println!("first read of {small}: {first:.2?}");
    let first = first_read(&mut city, &large_source);
    let bare = yardstick::insert(&city.ledger(), &large.join("bare.db")).expect("a bare insert works");
    println!("first read of {cases}: {first:.2?}; bare insert of {} rows: {:.2?}", bare.rows, bare.time);
    let goal = |what: &str, measured, limit, unit| Goal { what: what.into(), measured, limit, unit };
    let ratio = first.as_secs_f64() / bare.time.as_secs_f64();
    goals.push(goal("first read / bare insert of the same rows", ratio, 4.0, "x"));

    let (nanoseconds, whole) = judging_time(&mut city);
    goals.push(goal("one clock evaluated", nanoseconds, 500.0, "ns"));
    goals.push(goal("a case judged, rules, marks and all / its clocks alone", whole, 2.0, "x"));

    goals.push(goal("a storm letter of 5,000 cases composed", storm(&mut city), 200.0, "ms"));

    let (at_large, at_small) = changed_rounds(&mut city, &large_source, &mut village, &small_source);
    let ratio = at_large.as_secs_f64() / at_small.as_secs_f64();
    let changes = changes(&large_source);
    goals.push(goal(&format!("round of {changes} changes, {cases} / {small} cases"), ratio, 1.6, "x"));
    goals.push(goal("quiet round", quiet_round(&mut city, &large_source), 20.0, "ms"));
    city.close();
    village.close();

    let memory = City::new(&large.join("memory"), &large_source);
    let at = large_source.end().format("%Y-%m-%dT%H:%M").to_string();
    let reading = memory::of_a_first_read(&memory.config(), &at);
    goals.push(goal("highest resident memory of a first read", reading, 200.0, "MiB"));
    let (idle, highest) = memory::of_the_idle_daemon(&memory.config(), folder, &at);
    println!("the daemon's first round over the ledger took it up to {highest:.1} MiB");
    goals.push(goal("resident memory of the idle daemon", idle, 40.0, "MiB"));
    goals
}

/// First reads of the same rows from an SQLite file and from servers, in turn; the median counts.
fn from_servers(asked: &Asked, folder: &Path) -> Vec<Goal> {
    const TIMES: usize = 3;
    let Asked { cases, per_day, seed, .. } = *asked;
    let place = |name: &str| {
        let place = folder.join(name);
        fs::create_dir_all(&place).expect("the folder for the measurements can be written");
        place
    };
    let source = Source::make(&place("city").join("approval.db"), cases, per_day, seed);
    let servers = [
        ("PostgreSQL", Server::postgres(&place("postgres"))),
        ("MariaDB", Server::mariadb(&place("mariadb"))),
    ];
    for (name, server) in &servers {
        match server {
            Some(server) => {
                println!("{name}: {} rows", server.fill(&folder.join("city/approval.db")));
            }
            None => println!("{name} is not installed: not measured"),
        }
    }
    let at = source.end().format("%Y-%m-%dT%H:%M").to_string();
    let here = |name: &str| folder.join("city").join(name);
    let mut file = Vec::new();
    let mut others: [Vec<Duration>; 2] = Default::default();
    for time in 0..TIMES {
        let mut city = City::new(&here(&format!("file-{time}")), &source);
        file.push(first_read(&mut city, &source));
        for (at, (name, server)) in servers.iter().enumerate() {
            let Some(server) = server else { continue };
            let mut city = City::over(&here(&format!("{name}-{time}")), &source, &server.lines());
            others[at].push(first_read(&mut city, &source));
        }
    }
    println!("first read from a file: {file:.2?}");
    let file = median(file);
    let mut goals = Vec::new();
    for ((name, server), times) in servers.iter().zip(others) {
        let Some(server) = server else { continue };
        println!("first read from {name}: {times:.2?}");
        let ratio = median(times).as_secs_f64() / file.as_secs_f64();
        let what = format!("first round of {cases} cases, {name} / SQLite");
        goals.push(Goal { what, measured: ratio, limit: 1.3, unit: "x" });
        let city = City::over(&here(&format!("{name}-memory")), &source, &server.lines());
        let measured = memory::of_a_first_read(&city.config(), &at);
        let what = format!("highest resident memory, {name}");
        goals.push(Goal { what, measured, limit: 200.0, unit: "MiB" });
    }
    goals
}

fn count(ledger: &Path, sql: &str) -> u64 {
    let db = Connection::open(ledger).expect("the ledger can be opened");
    db.query_row(sql, [], |row| row.get(0)).expect("the ledger can be asked")
}

/// One round at a moment, with its time.
fn timed(city: &mut City, watch: &dyn Watch) -> (Tally, Duration) {
    let now = city.now();
    let service = city.service();
    let start = Instant::now();
    let tally = round::run(service, &now, watch).expect("the round works");
    (tally, start.elapsed())
}

/// The whole first round, from opening the service to closing the ledger.
fn first_read(city: &mut City, source: &Source) -> Duration {
    city.set_time(moment(source.end() - chrono::Duration::minutes(1)));
    let parts = Parts::new();
    city.service();
    let (tally, round) = timed(city, &parts);
    city.close();
    let whole = parts.start.elapsed();
    let read = *parts.read.lock().expect("no thread panics here");
    let judged = *parts.judged.lock().expect("no thread panics here");
    println!(
        "  read {read:.2?}, judged {:.2?}, measured and written {:.2?}; closed {:.2?}",
        judged - read,
        round.saturating_sub(judged),
        whole.saturating_sub(round)
    );
    println!("  {tally:?}");
    let ledger = city.ledger();
    assert_eq!(tally.cases_judged, source.cases, "every case is judged");
    assert_eq!(tally.rows_rejected, 0);
    assert_eq!(count(&ledger, "SELECT count(*) FROM \"case\" WHERE unjudged = 0"), source.cases);
    assert!(
        count(&ledger, "SELECT count(*) FROM deadline") >= 2 * source.cases,
        "at least promise and law run"
    );
    let traces = count(&ledger, "SELECT count(*) FROM trace");
    assert!(traces > source.cases * 11 / 2, "{traces} traces");
    assert!(tally.raised > source.cases / 50, "{} findings", tally.raised);
    assert!(tally.letters > 40, "{} letters", tally.letters);
    whole
}

/// Nanoseconds for one clock, over the last cases of the ledger; and how many times as long the whole judgement of a case
/// takes as its clocks.
fn judging_time(city: &mut City) -> (f64, f64) {
    let now = city.now();
    let service = city.service();
    let newest =
        i64::try_from(count(service.ledger.path(), "SELECT max(id) FROM \"case\"")).expect("few cases");
    let mut files: Vec<_> = (newest - 20_000..newest)
        .map(|id| service.ledger.case_file(id.max(1)).expect("the case is there"))
        .collect();
    files.iter_mut().for_each(|file| chronological(&mut file.traces));
    let header = |file: &CaseFile| file.header.clone().expect("every case has a header");
    let items: Vec<_> = files.iter().map(|file| &service.policy.registry.items[&header(file).item]).collect();
    let (mut times, mut wholes, mut evaluated) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let mut clocks = 0;
        let start = Instant::now();
        for (CaseFile { header, traces, .. }, item) in files.iter().zip(&items) {
            let header = header.as_ref().expect("every case has a header");
            clocks += black_box(clock::read(&service.policy, item, header, traces, &now)).len();
        }
        times.push(start.elapsed());
        assert!(clocks >= 2 * files.len(), "at least promise and law run");
        evaluated = clocks;
        let start = Instant::now();
        let mut counted = 0;
        for file in &mut files {
            let judgement = plan::judge(file, &service.policy, &now);
            counted += usize::from(black_box(judgement).counted.is_some());
        }
        wholes.push(start.elapsed());
        assert_eq!(counted, files.len(), "every case was judged by every rule");
    }
    let (time, whole) = (median(times), median(wholes));
    let each = |time: Duration| time.as_nanos() as usize / files.len();
    println!(
        "{evaluated} clocks on {} cases: {} ns a case for the clocks, {} ns for the whole judgement",
        files.len(),
        each(time),
        each(whole)
    );
    (time.as_nanos() as f64 / evaluated as f64, whole.as_secs_f64() / time.as_secs_f64())
}

/// Milliseconds to write one letter that tells of 5,000 cases, with its list, as bytes of a mail.
fn storm(city: &mut City) -> f64 {
    const CASES: i64 = 5_000;
    let now = city.now();
    let policy = &city.service().policy;
    let suspended = BTreeMap::new();
    let reach = Reach { today: now.today(), suspended: &suspended };
    let pages = &Pages::default();
    let context = LetterContext {
        policy,
        pages,
        id_domain: "example.org",
        workbook: |sheets| jianchad::testing::edge::report::xlsx::workbook(sheets).expect("it is written"),
        reach,
        away: None,
        now: &now,
    };
    let items: Vec<_> = policy.registry.items.values().collect();
    let news: Vec<News> = (0..CASES)
        .map(|number| {
            let item = items[number as usize % items.len()];
            News {
                event_id: number,
                subject: format!("2011-{number:06}"),
                unit: Some(item.unit.clone()),
                item: Some(item.code.clone()),
                display: None,
                note: None,
                silenced: None,
                told: Vec::new(),
                ..example::piece(Event::Raised, now.instant)
            }
        })
        .collect();
    let reader = example::reader(Language::Chinese);
    let sender = Sender {
        from: Address { name: String::new(), address: "jianchad@example.org".into() },
        reply_to: None,
        list_id: "example.org".into(),
        dkim: None,
    };
    let pieces: Vec<&News> = news.iter().collect();
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let draft = alert::letter(&reader, &pieces, context);
        let bytes = mime::bytes(&draft.letter, &sender).expect("the letter is a mail");
        let time = start.elapsed();
        let rows = String::from_utf8_lossy(&draft.letter.attachments[0].content).lines().count();
        assert_eq!((rows, bytes.is_empty()), (CASES as usize + 1, false), "every case is on the list");
        time
    });
    median(times.collect()).as_secs_f64() * 1000.0
}

/// How many cases a changed round changes: half a day's, 1,000 in the full run.
fn changes(source: &Source) -> u64 {
    source.per_day / 2
}

/// Medians of rounds with changes, in turn on both ledgers; every round on other cases.
fn changed_rounds(
    city: &mut City,
    city_source: &Source,
    village: &mut City,
    village_source: &Source,
) -> (Duration, Duration) {
    let mut times = [Vec::new(), Vec::new()];
    let changes = changes(city_source);
    for number in 0..=ROUNDS {
        for (turn, (city, source)) in
            [(&mut *city, city_source), (&mut *village, village_source)].into_iter().enumerate()
        {
            let at = source.end() + chrono::Duration::minutes(10 * number as i64 - 9);
            let changed = source.change(number, changes, at);
            assert_eq!(changed, changes, "all were done before");
            city.set_time(moment(at + chrono::Duration::minutes(1)));
            let (tally, time) = timed(city, &Parts::new());
            assert!(tally.cases_judged >= changes, "{tally:?}");
            let new = "SELECT count(*) FROM trace WHERE round_id = (SELECT max(id) FROM round)";
            assert_eq!(count(&city.ledger(), new), 2 * changes);
            // The first round after the cities' start warms both up.
            if number > 0 {
                times[turn].push(time);
            }
            println!(
                "  changed round {number}: {time:.2?} {} rows, {} cases",
                tally.rows_read, tally.cases_judged
            );
        }
    }
    let [large, small] = times.map(median);
    println!("round of {changes} changes: {large:.2?} and {small:.2?}");
    (large, small)
}

/// Milliseconds of a round in which nothing happened; and for the record, of one where the source was written to
/// but holds nothing new.
fn quiet_round(city: &mut City, source: &Source) -> f64 {
    let mut quiet = |touch: bool| {
        let times = (0..ROUNDS).map(|_| {
            if touch {
                source.touch();
            }
            let (tally, time) = timed(city, &Parts::new());
            assert_eq!((tally.cases_judged, tally.letters), (0, 0), "{tally:?}");
            time
        });
        median(times.collect())
    };
    let time = quiet(false);
    println!("quiet round: {time:.2?}; with the last day read again: {:.2?}", quiet(true));
    time.as_secs_f64() * 1000.0
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Prints the goals; gives whether all hold.
fn show(goals: &[Goal]) -> bool {
    println!("\n{:<52} {:>12} {:>12}", "goal", "measured", "limit");
    let mut all = true;
    for Goal { what, measured, limit, unit } in goals {
        let held = measured <= limit;
        all &= held;
        let word = if held { "held" } else { "NOT HELD" };
        println!(
            "{what:<52} {:>12} {:>12}  {word}",
            format!("{measured:.2} {unit}"),
            format!("{limit} {unit}")
        );
    }
    all
}
