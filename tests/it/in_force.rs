//! While a file of the configuration has a mistake, commands that only read go by the configuration in force, and say so; whatever
//! enters, judges or checks something does not.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::bench::Bench;

fn by(city: &Bench, language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(arguments).arg("--config").arg(city.path("jianchad.toml"));
    command.env("JIANCHAD_LANG", language).output().unwrap()
}

fn jianchad(city: &Bench, arguments: &[&str]) -> Output {
    by(city, "en", arguments)
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A city with a case that is late, whose configuration was taken over by a round.
fn city() -> Bench {
    let city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    once(&city);
    city
}

fn once(city: &Bench) {
    let done = jianchad(city, &["once", "--at", "2011-10-28T09:05"]);
    assert!(done.status.code().is_some_and(|code| code < 2), "{}", errors(&done));
}

fn text(city: &Bench) -> (PathBuf, String) {
    let file = city.path("jianchad.toml");
    let text = fs::read_to_string(&file).unwrap();
    (file, text)
}

const READING: [&[&str]; 16] = [
    &["status", "--format", "json"],
    &["findings"],
    &["findings", "--unit", "市住建局"],
    &["explain", "A-1"],
    &["explain", "none"],
    &["coverage"],
    &["coverage", "--missing"],
    &["card", "show", "1"],
    &["card", "review"],
    &["plan"],
    &["plan", "--routes"],
    &["mail", "queue"],
    &["mail", "show", "1"],
    &["silence", "list"],
    &["sample", "--month", "2011-10", "--seed", "x"],
    &["report", "digest", "--period", "2011-10-28"],
];

/// A text without its times of day: some commands say as of when they speak, and a minute may turn between two of them.
fn without_times(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for at in 2..chars.len().saturating_sub(2) {
        let digits = [at - 2, at - 1, at + 1, at + 2].iter().all(|place| chars[*place].is_ascii_digit());
        if chars[at] == ':' && digits {
            chars[at - 2..=at + 2].fill('-');
        }
    }
    chars.into_iter().collect()
}

/// A slip of the pen, a file that is no TOML, a registry that lost a column, a file that is gone: what only reads says word for word what it
/// said before, ends with the same code, and says in a line of its own which file is bad and how to see why.
#[test]
fn what_only_reads_goes_by_the_configuration_in_force() {
    let city = city();
    let before: Vec<Output> = READING.iter().map(|command| jianchad(&city, command)).collect();
    assert!(before[1].stdout.len() > 100 && before[4].status.code() == Some(66), "{before:#?}");
    let (file, good) = text(&city);
    let units = city.path("registry/units.csv");
    let registry = fs::read_to_string(&units).unwrap();
    let spoilt: [(&PathBuf, Option<String>); 4] = [
        (&file, Some(good.replace("office =", "ofice ="))),
        (&file, Some(format!("]] {good}"))),
        (&units, Some(registry.replace("单位编码", "编码"))),
        (&file, None),
    ];
    for (bad, content) in spoilt {
        match &content {
            Some(content) => fs::write(bad, content).unwrap(),
            None => fs::remove_file(bad).unwrap(),
        }
        for (command, before) in READING.iter().zip(&before) {
            let now = jianchad(&city, command);
            let told = errors(&now);
            let first = told.lines().next().unwrap_or_default();
            assert!(first.contains(&bad.display().to_string()), "{command:?}: {told}");
            assert!(
                first.contains("in force") && first.contains("check-config --config"),
                "{command:?}: {told}"
            );
            assert_eq!(now.status.code(), before.status.code(), "{command:?}: {told}");
            let (now, before) =
                [&now, before].map(|it| without_times(&String::from_utf8_lossy(&it.stdout))).into();
            assert_eq!(now, before, "{command:?}");
        }
        let told = errors(&by(&city, "zh-CN", &["findings"]));
        assert!(told.contains("有误，以下内容按现行配置") && told.lines().count() == 1, "{told}");
        fs::write(&file, &good).unwrap();
        fs::write(&units, &registry).unwrap();
    }
    assert_eq!(errors(&jianchad(&city, &["findings"])), "", "mended");
}

/// What enters, judges or checks something ends with 78, and the ledger stays as it was.
#[test]
fn nothing_is_entered_or_judged_by_a_copy() {
    let city = city();
    let (file, good) = text(&city);
    fs::write(&file, good.replace("office =", "ofice =")).unwrap();
    let ledger = || city.ledger("SELECT (SELECT count(*) FROM rounds), (SELECT count(*) FROM deeds)");
    let before = ledger();
    let deed = ["--by", "李四", "--why", "已办"];
    for command in [
        vec!["check-config"],
        vec!["once"],
        vec!["run"],
        [&["card", "answer", "1"][..], &deed].concat(),
        [&["silence", "add", "--unit", "U1", "--until", "2011-11-30"][..], &deed].concat(),
        [&["source", "accept", "approval"][..], &deed].concat(),
        [&["time", "accept"][..], &deed].concat(),
        [&["ledger", "accept"][..], &deed].concat(),
        vec!["adopt"],
        vec!["mail", "retry"],
        vec!["mail", "test", "--to", "a@example.gov.cn"],
        vec!["report", "bulletin", "--period", "2011-10", "--send"],
    ] {
        let done = jianchad(&city, &command);
        assert_eq!(done.status.code(), Some(78), "{command:?}: {}", errors(&done));
        assert!(errors(&done).contains("did you mean `office`?"), "{command:?}: {}", errors(&done));
    }
    assert_eq!(ledger(), before);
}

/// The copy is that of the last start or reload: read by user and group alone, without password or key; and a start by the same files leaves it
/// as it is.
#[test]
fn the_copy_is_the_last_one_taken_over_and_holds_no_secret() {
    let mut city = Bench::with(
        "[mail.smtp]\nhost = \"localhost\"\nport = 9\ntls = \"none\"\nuser = \"jianchad\"\npassword_file = \"secret\"",
    );
    city.write("secret", "hunter2-geheim");
    city.licence("A-1", "2011-09-26 10:00:00");
    once(&city);
    let copy = city.path("ledger.db-config");
    let read = || String::from_utf8_lossy(&fs::read(&copy).unwrap()).into_owned();
    assert!(read().contains("市住建局") && !read().contains("hunter2"), "{}", read());
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o640);
    // The moment is the first at which it was taken over.
    let first = read();
    assert!(first.contains("\nat 20"), "{first}");
    let written = fs::metadata(&copy).unwrap().modified().unwrap();
    once(&city);
    assert_eq!((read(), fs::metadata(&copy).unwrap().modified().unwrap()), (first, written));
    city.configure("示范市效能监察室", "另一个监察室");
    once(&city);
    assert!(read().contains("另一个监察室"), "{}", read());
    // A ledger to look back with is no place of it.
    let trial = city.path("trial.db");
    let done = jianchad(&city, &["once", "--at", "2011-10-28T09:05", "--ledger", trial.to_str().unwrap()]);
    assert!(done.status.code().is_some_and(|code| code < 2) && !city.path("trial.db-config").exists());
}

/// A copy that is damaged, of another form, no file, of another configuration or of another ledger stands in for nothing: the command ends with
/// the mistakes of the file, and says what is wrong with the copy.
#[test]
fn a_copy_that_is_not_what_it_says_stands_in_for_nothing() {
    let city = city();
    let (file, good) = text(&city);
    fs::write(&file, good.replace("office =", "ofice =")).unwrap();
    let copy = city.path("ledger.db-config");
    let whole = fs::read(&copy).unwrap();
    let refused = |why: &str| {
        let done = jianchad(&city, &["findings"]);
        let told = errors(&done);
        assert_eq!((done.status.code(), done.stdout.len()), (Some(78), 0), "{why}: {told}");
        assert!(told.contains("did you mean `office`?") && told.contains(why), "{why}: {told}");
    };
    let as_text = String::from_utf8(whole.clone()).unwrap();
    for damaged in [
        as_text.replace("市住建局", "市住建厅"),
        as_text.replacen("configuration 1", "configuration 2", 1),
        as_text.lines().take(20).collect(),
        String::new(),
    ] {
        fs::write(&copy, damaged).unwrap();
        refused("is damaged, or of another version");
    }
    fs::remove_file(&copy).unwrap();
    fs::create_dir(&copy).unwrap();
    refused("it is a folder, and no file");
    fs::remove_dir(&copy).unwrap();
    refused("cannot be used");
    // Another city's copy is of a configuration elsewhere.
    let other = self::city();
    fs::copy(other.path("ledger.db-config"), &copy).unwrap();
    refused("cannot be used");
    // Its own, put beside a ledger that the bad file names.
    fs::write(&file, good.replace("office =", "ofice =").replace("\"ledger.db\"", "\"others.db\"")).unwrap();
    fs::remove_file(&copy).unwrap();
    fs::write(city.path("others.db-config"), &whole).unwrap();
    refused("is of another ledger");
    // With the copy at its place the ledger that the bad file names is not looked at: the one in force is.
    fs::write(&copy, &whole).unwrap();
    let done = jianchad(&city, &["findings"]);
    assert!(done.status.success() && done.stdout.len() > 100, "{}", errors(&done));
    assert!(!city.path("others.db").exists());
}
