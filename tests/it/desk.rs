//! What an administrator meets at the keyboard before the first card: sources looked into, tables that fit, a digest that waits.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::bench::Bench;

fn jianchad(city: &Bench, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(arguments).arg("--config").arg(city.path("jianchad.toml"));
    command.env("JIANCHAD_LANG", "en").output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// `check-config --sources`: rows as the cases they become; a name that is not there with the nearest one that is; and nothing of it
/// without being asked, where the output is no terminal.
#[test]
fn sources_are_looked_into_before_anything_is_judged() {
    let city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let before = fs::read(city.path("approval.db")).unwrap();
    let good = jianchad(&city, &["check-config", "--sources"]);
    assert!(good.status.success() && said(&good).contains("A-1"), "{}", said(&good));
    assert!(!said(&jianchad(&city, &["check-config"])).contains("A-1"));
    assert!(!said(&jianchad(&city, &["check-config", "--only-files"])).contains("A-1"));
    let file = city.path("jianchad.toml");
    let text = fs::read_to_string(&file).unwrap();
    for (right, wrong) in
        [("table = \"cases\"", "table = \"casse\""), ("at = \"accepted\"", "at = \"acepted\"")]
    {
        assert!(text.contains(right), "{text}");
        fs::write(&file, text.replace(right, wrong)).unwrap();
        let bad = jianchad(&city, &["check-config", "--sources"]);
        let nearest = right.split('"').nth(1).unwrap();
        assert!(
            bad.status.code() == Some(78) && said(&bad).contains(&format!("`{nearest}`")),
            "{}",
            said(&bad)
        );
        // The files are in order: a source that is away must keep no reload back.
        assert!(jianchad(&city, &["check-config", "--only-files"]).status.success());
    }
    assert_eq!(fs::read(city.path("approval.db")).unwrap(), before);
    assert!(!city.path("ledger.db").exists());
}

/// What a reload asks first: a mistake ends it with 78, and neither source nor ledger is touched.
#[test]
fn a_reload_asks_for_the_files_alone() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.round("2011-10-28 09:05");
    let changed = |city: &Bench| fs::metadata(city.path("ledger.db")).unwrap().modified().unwrap();
    let before = changed(&city);
    fs::remove_file(city.path("approval.db")).unwrap();
    assert!(jianchad(&city, &["check-config", "--only-files"]).status.success());
    let file = city.path("jianchad.toml");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("office", "ofice")).unwrap();
    let bad = jianchad(&city, &["check-config", "--only-files"]);
    assert!(bad.status.code() == Some(78) && said(&bad).contains("did you mean `office`?"), "{}", said(&bad));
    assert_eq!(changed(&city), before);
}

/// Before a source has been read whole nobody knows how things stand: no digest, no coverage. The first follows the first reading.
#[test]
fn the_first_digest_waits_for_the_first_whole_reading() {
    let mut city = Bench::new();
    let away = city.path("away.db");
    fs::rename(city.path("approval.db"), &away).unwrap();
    let digests = |city: &Bench| {
        city.ledger("SELECT DISTINCT written_at FROM letters WHERE kind = 'digest' ORDER BY 1")
    };
    city.rounds_on(&["2011-10-13", "2011-10-14"]);
    assert_eq!(digests(&city), [""; 0]);
    assert_eq!(city.ledger("SELECT count(*) FROM coverage"), ["0"]);
    fs::rename(&away, city.path("approval.db")).unwrap();
    city.round("2011-10-14 09:15");
    assert_eq!(digests(&city), ["2011-10-14T09:15:00+08:00"]);
}

/// What a command shows at a terminal of so many columns.
fn at_terminal(city: &Bench, columns: u16, command: &str) -> String {
    let program = env!("CARGO_BIN_EXE_jianchad");
    let file = city.path("jianchad.toml");
    let line = format!("stty cols {columns}; {program} {command} --config {}", file.display());
    let mut script = Command::new("script");
    let shown = script.args(["-qec", &line, "/dev/null"]).env("JIANCHAD_LANG", "zh-CN").output();
    String::from_utf8(shown.unwrap().stdout).unwrap()
}

/// At a terminal of 80 columns no line of a list is wider, though case numbers, items and reasons are long; `--wide` has everything, each
/// row on one line.
#[test]
fn lists_fit_a_terminal_of_eighty_columns() {
    if !Path::new("/usr/bin/script").exists() {
        return println!("skipped: script is not installed");
    }
    let mut city = Bench::new();
    city.licence("431000-2011-建设工程施工许可-00000000001", "2011-09-26 10:00:00");
    city.licence("2011-000467", "2011-09-26 10:00:00");
    city.round("2011-10-28 09:05");
    for list in [
        "findings",
        "status",
        "coverage",
        "coverage --missing",
        "card review",
        "card show 1",
        "plan",
        "plan --routes",
        "mail queue",
        "silence list",
    ] {
        let shown = at_terminal(&city, 80, list);
        assert!(shown.contains('─'), "{list}: {shown}");
        // Sentences above and below a list are the terminal's to wrap.
        let rows =
            shown.lines().filter(|line| !line.starts_with('!') && line.contains("  ") || line.contains('─'));
        for row in rows {
            let wide: usize = row.trim_end().chars().map(|sign| if sign > '\u{2e80}' { 2 } else { 1 }).sum();
            assert!(wide <= 80, "{list}, {wide}: {row}");
        }
    }
    let line = |shown: &str| shown.lines().find(|line| line.contains("2011-000467")).unwrap().to_owned();
    let narrow = at_terminal(&city, 80, "findings");
    assert!(line(&narrow).contains("市住建局"), "{narrow}");
    assert!(
        narrow.contains("未列出：") && narrow.contains("--wide") && !narrow.contains("个工作日"),
        "{narrow}"
    );
    let wide = at_terminal(&city, 80, "findings --wide");
    assert!(
        line(&wide).contains("施工许可") && line(&wide).contains("个工作日") && !wide.contains("--wide"),
        "{wide}"
    );
    let refused = jianchad(&city, &["findings", "--wide", "--excel"]);
    assert_eq!(refused.status.code(), Some(2));
}
