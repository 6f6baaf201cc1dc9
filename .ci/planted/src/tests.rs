//! Runs tests with a fault on, and keeps what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::likely::Likely;

/// Tests that a fault is not tried against: they start servers, kill the program, or look at the sources.
const LEFT_OUT: [&str; 19] = [
    "architecture",
    "booted",
    "documents",
    "hostile_files",
    "imports",
    "installed",
    "kill",
    "language_files",
    "mail_servers",
    "mysql",
    "postfix",
    "postgres",
    "program",
    "server_",
    "signatures",
    "slow_sources",
    "smtp",
    "spam",
    "words_in_code",
];
/// How long a test may take with no fault, and all that are tried from outside against one.
const LONGEST: Duration = Duration::from_secs(90);
/// Beyond this and ten times what they take without a fault, tests hang.
const PATIENCE: Duration = Duration::from_secs(20);
/// Tests run beside each other.
const BESIDE: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Unit,
    Outside,
}

impl Kind {
    pub fn named(name: &str) -> Result<Self, Box<dyn Error>> {
        match name {
            "lib" => Ok(Self::Unit),
            "it" => Ok(Self::Outside),
            _ => Err("lib or it".into()),
        }
    }

    fn name(self) -> &'static str {
        if self == Self::Unit { "lib" } else { "it" }
    }

    /// How many tests are started in one process, the first time and afterwards.
    fn at_once(self) -> (usize, usize) {
        if self == Self::Unit { (12, 60) } else { (1, 2) }
    }
}

/// Where the planted tree, its tests and what came of them are.
pub struct Work {
    folder: PathBuf,
}

/// A test that runs with no fault, and how long it takes.
#[derive(Clone)]
pub struct Test {
    pub name: String,
    pub takes: f64,
}

impl Work {
    pub fn open(folder: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self { folder: fs::canonicalize(folder)? })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The program of tests that cargo built, by its messages.
    fn program(&self, kind: Kind) -> Result<PathBuf, Box<dyn Error>> {
        let built = fs::read_to_string(self.file("build.jsonl"))?;
        let is_it = |it: &Value| (it["target"]["name"] == "it") == (kind == Kind::Outside);
        let messages = built.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let tests = messages.filter(|it| it["profile"]["test"] == true && is_it(it));
        let last = tests.filter_map(|it| it["executable"].as_str().map(PathBuf::from)).last();
        last.ok_or_else(|| "no tests were built".into())
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.file("tree")).env("RUST_MIN_STACK", "8388608").stderr(Stdio::null());
        command
    }

    /// Runs tests. `None` where they hang.
    fn run(
        &self,
        program: &Path,
        tests: &[&str],
        (key, value): (&str, &str),
        limit: Duration,
    ) -> Result<Option<(bool, String)>, Box<dyn Error>> {
        let mut command = self.command(program);
        command.args(["--exact", "--test-threads=1"]).args(tests).env(key, value).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut output = child.stdout.take().ok_or("no output")?;
        let reader = std::thread::spawn(move || {
            let mut said = String::new();
            let _ = output.read_to_string(&mut said);
            said
        });
        let Some(succeeds) = ends_within(&mut child, limit)? else { return Ok(None) };
        Ok(Some((succeeds, reader.join().unwrap_or_default())))
    }

    /// Finds out which faults make a difference to which test.
    pub fn reach(&self, kind: Kind) -> Result<(), Box<dyn Error>> {
        let program = self.program(kind)?;
        let listed = self.command(&program).args(["--list"]).output()?;
        let listed = String::from_utf8(listed.stdout)?;
        let done: BTreeSet<String> = self.reached(kind).into_iter().map(|(test, _)| test.name).collect();
        let left_out = |name: &str| kind == Kind::Outside && LEFT_OUT.iter().any(|it| name.starts_with(it));
        let names = listed.lines().filter_map(|line| line.strip_suffix(": test"));
        let names: Vec<&str> = names.filter(|it| !left_out(it) && !done.contains(*it)).collect();
        let kept = Mutex::new(appended(&self.file(&format!("reach-{}.jsonl", kind.name())))?);
        beside(&names, |place, name| {
            let seen = self.file(&format!("seen-{}-{place}", kind.name()));
            let seen_name = seen.display().to_string();
            let began = Instant::now();
            let asked = self.run(&program, &[name], ("PLANTED_REACH", &seen_name), LONGEST)?;
            let mut takes = began.elapsed();
            let mut sound = asked.is_some_and(|(succeeds, _)| succeeds);
            if !sound {
                // Asking twice may be what it minds.
                let began = Instant::now();
                sound = self
                    .run(&program, &[name], ("PLANTED", "0"), LONGEST)?
                    .is_some_and(|(succeeds, _)| succeeds);
                takes = began.elapsed();
            }
            let faults: BTreeSet<u32> = fs::read_to_string(&seen)
                .unwrap_or_default()
                .lines()
                .filter_map(|it| it.parse().ok())
                .collect();
            let _ = fs::remove_file(&seen);
            let line =
                json!({ "test": name, "sound": sound, "takes": takes.as_secs_f64(), "faults": faults });
            writeln!(kept.lock().map_err(|_| "poisoned")?, "{line}")?;
            Ok(())
        })
    }

    /// The tests that were asked, with the faults that make a difference to those that are sound.
    fn reached(&self, kind: Kind) -> Vec<(Test, Vec<u32>)> {
        let kept = fs::read_to_string(self.file(&format!("reach-{}.jsonl", kind.name()))).unwrap_or_default();
        let read = |line: &str| {
            let it: Value = serde_json::from_str(line).ok()?;
            let faults = it["faults"].as_array().filter(|_| it["sound"] == true);
            let faults =
                faults.into_iter().flatten().filter_map(|it| u32::try_from(it.as_u64()?).ok()).collect();
            Some((Test { name: it["test"].as_str()?.to_owned(), takes: it["takes"].as_f64()? }, faults))
        };
        kept.lines().filter_map(read).collect()
    }

    fn faults(&self) -> Result<BTreeMap<u32, String>, Box<dyn Error>> {
        let list = fs::read_to_string(self.file("faults.tsv"))?;
        let read = |line: &str| {
            let (number, rest) = line.split_once('\t')?;
            Some((number.parse().ok()?, rest.to_owned()))
        };
        Ok(list.lines().filter_map(read).collect())
    }

    /// What came of each fault: a word, and the whole line.
    fn results(&self, kind: Kind) -> BTreeMap<u32, String> {
        let kept = fs::read_to_string(self.file(&format!("results-{}.tsv", kind.name()))).unwrap_or_default();
        let read = |line: &str| {
            let mut parts = line.split('\t');
            Some((parts.next()?.parse().ok()?, parts.next()?.to_owned()))
        };
        kept.lines().filter_map(read).collect()
    }

    /// Tries every fault that no test has noticed yet.
    pub fn try_all(&self, kind: Kind) -> Result<(), Box<dyn Error>> {
        let program = self.program(kind)?;
        let mut tests: BTreeMap<u32, Vec<Test>> = BTreeMap::new();
        for (test, faults) in self.reached(kind) {
            for fault in faults {
                tests.entry(fault).or_default().push(test.clone());
            }
        }
        let (done, of_units) = (self.results(kind), self.results(Kind::Unit));
        let noticed = |it: &u32| kind == Kind::Outside && of_units.get(it).is_some_and(|it| it != "survived");
        let faults = self.faults()?;
        let likely = Likely::of(&faults, &tests);
        let open: Vec<u32> =
            faults.keys().copied().filter(|it| !done.contains_key(it) && !noticed(it)).collect();
        let kept = Mutex::new(appended(&self.file(&format!("results-{}.tsv", kind.name())))?);
        beside(&open, |_, fault| {
            let mut tests = tests.get(fault).cloned().unwrap_or_default();
            likely.sort(&faults[fault], &mut tests);
            let (verdict, by, tried) = self.try_one(*fault, kind, &program, &tests)?;
            let line = format!("{fault}\t{verdict}\t{by}\t{tried}/{}\t{}", tests.len(), faults[fault]);
            writeln!(kept.lock().map_err(|_| "poisoned")?, "{line}")?;
            Ok(())
        })?;
        self.share()
    }

    fn try_one(
        &self,
        fault: u32,
        kind: Kind,
        program: &Path,
        tests: &[Test],
    ) -> Result<(&'static str, String, usize), Box<dyn Error>> {
        let (first, then) = kind.at_once();
        let (mut tried, began) = (0, Instant::now());
        while tried < tests.len() && (kind == Kind::Unit || began.elapsed() < LONGEST) {
            let most = if tried == 0 { first } else { then };
            let some = &tests[tried..tests.len().min(tried + most)];
            tried += some.len();
            let takes: f64 = some.iter().map(|it| it.takes).sum();
            let names: Vec<&str> = some.iter().map(|it| &*it.name).collect();
            let limit = PATIENCE + Duration::from_secs_f64(takes * 10.0);
            match self.run(program, &names, ("PLANTED", &fault.to_string()), limit)? {
                None => return Ok(("hangs", names[0].to_owned(), tried)),
                Some((false, said)) => {
                    let failed =
                        said.lines().find_map(|it| it.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
                    return Ok(("noticed", failed.unwrap_or(names[0]).to_owned(), tried));
                }
                Some((true, _)) => {}
            }
        }
        Ok(("survived", String::new(), tried))
    }

    /// How many of all faults are noticed, and by what.
    pub fn share(&self) -> Result<(), Box<dyn Error>> {
        let (all, units, outside) = (self.faults()?, self.results(Kind::Unit), self.results(Kind::Outside));
        let is_noticed = |word: Option<&String>| word.is_some_and(|it| it != "survived");
        let by_units = all.keys().filter(|it| is_noticed(units.get(it))).count();
        let by_outside =
            all.keys().filter(|it| !is_noticed(units.get(it)) && is_noticed(outside.get(it))).count();
        let survived = all.keys().filter(|it| outside.get(it).is_some_and(|it| it == "survived")).count();
        let open = all.len() - by_units - by_outside - survived;
        println!(
            "{} faults: {by_units} noticed by unit tests, {by_outside} from outside, {survived} by none",
            all.len()
        );
        // Those that unit tests do not notice are tried last: a share of some of them says nothing of all.
        if open > 0 {
            println!("{open} not tried to the end yet");
        } else {
            println!("{:.1} % noticed", (by_units + by_outside) as f64 * 100.0 / all.len().max(1) as f64);
        }
        Ok(())
    }
}

fn appended(path: &Path) -> Result<File, std::io::Error> {
    OpenOptions::new().create(true).append(true).open(path)
}

/// Whether a process succeeds; `None` where it does not end in time and was killed.
fn ends_within(child: &mut Child, limit: Duration) -> Result<Option<bool>, std::io::Error> {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if began.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Does something with each of many, some beside each other; the first error ends it.
fn beside<T: Sync>(
    many: &[T],
    each: impl Fn(usize, &T) -> Result<(), Box<dyn Error>> + Sync,
) -> Result<(), Box<dyn Error>> {
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(None::<String>));
    std::thread::scope(|scope| {
        for _ in 0..BESIDE {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = many.get(place) else { return };
                    if let (Err(error), Ok(mut failed)) = (each(place, one), failed.lock()) {
                        *failed = Some(error.to_string());
                        next.store(many.len(), Ordering::Relaxed);
                    }
                }
            });
        }
    });
    failed.into_inner()?.map_or(Ok(()), |error| Err(error.into()))
}
