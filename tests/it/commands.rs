//! The program itself, as it is called from a shell.

use std::process::{Command, Output};

use crate::bench::Bench;

fn jianchad(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.env_remove("JIANCHAD_CONFIG").env("JIANCHAD_LANG", "en");
    command.args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A city with a late case, judged as of 2011-10-28.
fn city() -> (Bench, String) {
    let city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let config = city.path("jianchad.toml").display().to_string();
    let done = jianchad(&["once", "--at", "2011-10-28T09:05", "-c", &config]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    (city, config)
}

/// Every limit of the library can be listed and read in full; a folder of one's own takes its place.
#[test]
fn the_law_can_be_looked_up() {
    let list = text(&jianchad(&["law", "--at", "2011-09-26", "--format", "csv"]).stdout);
    assert!(list.contains("XG2,") && list.contains("XK6,") && !list.contains("XG6,"), "{list}");
    assert!(list.find("XK2,") < list.find("XK10,"), "{list}");
    let page = text(&jianchad(&["law", "XK6", "--lang", "zh-CN"]).stdout);
    assert!(page.starts_with("XK6  《行政许可法》第四十二条第一款\n"), "{page}");
    assert!(page.contains("须经本行政机关负责人批准") && page.contains("须书面告知申请人"), "{page}");
    let versions = text(&jianchad(&["law", "XG6"]).stdout);
    assert!(versions.contains("15 working days") && versions.contains("20 working days"), "{versions}");
    let dated = text(&jianchad(&["law", "XK15", "--lang", "zh-CN"]).stdout);
    assert!(dated.contains("记录载明的日期（date:expiry）"), "whoever maps it needs its name: {dated}");
    let json = text(&jianchad(&["law", "FY8", "--format", "json"]).stdout);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["rules"][1]["on_expiry"], "accepted-from-expiry");
    let unknown = jianchad(&["law", "XK99"]);
    assert_eq!(unknown.status.code(), Some(66));

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ours.toml"), "law = \"本市规定\"\n[rule.A]\nlimit = \"20\"\n")
        .unwrap();
    let folder = folder.path().display().to_string();
    let refused = jianchad(&["law", "--statutes", &folder]);
    let said = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(78));
    assert!(said.contains("ours.toml:3: rule.A.limit") && said.contains("`starts`"), "{said}");
}

/// A calendar file is weighed before anybody counts by it: what it holds, or all that is wrong with it.
#[test]
fn a_calendar_file_is_checked() {
    let whole = concat!(env!("CARGO_MANIFEST_DIR"), "/config/calendar/cn.toml");
    let good = text(&jianchad(&["calendar", "check", whole]).stdout);
    assert!(good.contains("2011: 250 working days, 16 weekdays off, 6 weekend days worked"), "{good}");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("local.toml");
    let local = |day: &str| {
        let text = format!(
            "[[year]]\nyear = 2011\nsource = \"x\"\n[[year.holiday]]\nname = \"州庆\"\noff = [\"{day}\"]\n"
        );
        std::fs::write(&file, text).unwrap();
        jianchad(&["calendar", "check", &file.display().to_string(), "--over"])
    };
    let over = text(&local("2011-09-28").stdout);
    assert_eq!(over.lines().nth(1), Some("2011-09-28 becomes a day off 州庆"), "{over}");
    let refused = local("2011-02-30");
    assert_eq!(refused.status.code(), Some(78));
    assert!(text(&refused.stderr).contains("line 6"), "{}", text(&refused.stderr));
    // By itself it is no calendar: it neither balances nor names a notice.
    let alone = jianchad(&["calendar", "check", &file.display().to_string()]);
    assert!(text(&alone.stderr).contains("no `notice`"), "{}", text(&alone.stderr));
}

#[test]
fn findings_come_as_table_json_and_csv() {
    let (_city, config) = city();
    let table = text(&jianchad(&["findings", "-c", &config]).stdout);
    assert!(table.contains("2011-10-27") && table.contains("市住建局"), "{table}");
    let json = text(&jianchad(&["findings", "-c", &config, "--format", "json"]).stdout);
    let list: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(list[0]["card"], "red");
    assert_eq!(list[1]["clock"], "promise");
    let csv = text(&jianchad(&["findings", "-c", &config, "--format", "csv", "--card", "yellow"]).stdout);
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.starts_with("finding,card,standing,case_number,"), "{csv}");
}

/// One table or none: what has several says so, and where each can be had.
#[test]
fn status_is_no_csv() {
    let (_city, config) = city();
    let refused = jianchad(&["status", "-c", &config, "--format", "csv"]);
    assert_eq!((refused.status.code(), text(&refused.stdout)), (Some(2), String::new()));
    assert!(text(&refused.stderr).contains("--format json"), "{}", text(&refused.stderr));
}

/// A name that is nearly one of the registry's is answered with that one; one that is like none is not.
#[test]
fn a_silence_for_nobody_names_the_nearest() {
    let (_city, config) = city();
    let add = |unit: &str| {
        let said = jianchad(&[
            "silence",
            "add",
            "-c",
            &config,
            "--by",
            "A",
            "--why",
            "B",
            "--until",
            "2099-01-01",
            "--unit",
            unit,
        ]);
        (said.status.code(), text(&said.stderr))
    };
    let (code, said) = add("U11");
    assert!(code == Some(66) && said.contains("is `U1` meant?"), "{said}");
    let (code, said) = add("完全不同的名称");
    assert!(code == Some(66) && !said.contains("meant"), "{said}");
}

#[test]
fn columns_line_up_under_chinese_text() {
    let (_city, config) = city();
    let table = text(&jianchad(&["findings", "-c", &config, "--lang", "zh-CN"]).stdout);
    let column = |line: &str| {
        let at = line.find("2011-10").unwrap();
        unicode_width(&line[..at])
    };
    let rows: Vec<&str> = table.lines().filter(|line| line.contains("A-1")).collect();
    assert_eq!(rows.len(), 2, "{table}");
    assert_eq!(column(rows[0]), column(rows[1]), "{table}");
}

/// Columns a terminal needs: two for a Chinese character.
fn unicode_width(text: &str) -> usize {
    text.chars().map(|c| if c > '\u{2e80}' { 2 } else { 1 }).sum()
}

#[test]
fn explain_counts_the_days_one_by_one() {
    let (_city, config) = city();
    let page = text(&jianchad(&["explain", "A-1", "-c", &config, "--as-of", "2011-10-28T09:05"]).stdout);
    for line in [
        "2011-10-08 Sat — worked, make-up for 国庆节 — day 5 of 20",
        "2011-10-27 Thu — day 20 of 20",
        "《行政许可法》第四十二条",
        "raised  red  time limit statutory",
        "supervisor@example.gov.cn",
    ] {
        assert!(page.contains(line), "`{line}` is missing in:\n{page}");
    }
    let json = text(&jianchad(&["explain", "A-1", "-c", &config, "--format", "json"]).stdout);
    let page: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(page["clocks"][0]["due_at"], "2011-10-13");
    let letter: Vec<&str> =
        page["story"]["letters"][0].as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
    let [written, to, subject, state] = letter[..] else { panic!("{letter:?}") };
    assert!(written.starts_with("2011-10-") && to.contains("@example.gov.cn>"), "{letter:?}");
    assert!(subject.starts_with('【') && ["sent", "waiting"].contains(&state), "{letter:?}");
    let unknown = jianchad(&["explain", "A-9", "-c", &config]);
    assert_eq!(unknown.status.code(), Some(66));
    assert_eq!(text(&unknown.stderr), "jianchad: the ledger knows no case `A-9`\n");
}

#[test]
fn status_and_coverage_answer() {
    let (_city, config) = city();
    let status = text(&jianchad(&["status", "-c", &config]).stdout);
    assert!(status.contains("approval") && status.contains("1 cases (1 open, 0 data faults)"), "{status}");
    let coverage = text(&jianchad(&["coverage", "-c", &config, "--by", "unit", "--format", "csv"]).stdout);
    assert!(coverage.contains("2011-10-28,items,市住建局 (U1),1,1,100.0,"), "{coverage}");
    let missing = text(&jianchad(&["coverage", "--missing", "-c", &config]).stdout);
    assert!(missing.contains("ITAX") && missing.contains("exempt"), "{missing}");
}

/// A ledger's time runs one way.
#[test]
fn a_round_in_the_past_of_the_ledger_is_refused() {
    let (city, config) = city();
    let back = jianchad(&["once", "--at", "2011-10-01", "-c", &config]);
    assert_eq!(back.status.code(), Some(2));
    assert!(text(&back.stderr).contains("give --ledger"), "{}", text(&back.stderr));
    let scratch = city.path("scratch.db").display().to_string();
    let there = jianchad(&["once", "--at", "2011-10-12", "--ledger", &scratch, "-c", &config]);
    assert!(there.status.success(), "{}", text(&there.stderr));
    assert_eq!(crate::bench::query(&city.path("scratch.db"), "SELECT card FROM findings"), ["notice"]);
}

#[test]
fn a_bad_configuration_says_everything_at_once_and_ends_with_78() {
    let city = Bench::new();
    let config = city.path("jianchad.toml");
    let text_of = std::fs::read_to_string(&config).unwrap();
    let spoilt = text_of.replace("kind = \"sqlite\"", "kind = \"oracle\"").replace("ledger =", "leger =");
    std::fs::write(&config, format!("poll_every = \"1s\"\n{spoilt}")).unwrap();
    let done = jianchad(&["check-config", "-c", &config.display().to_string()]);
    assert_eq!(done.status.code(), Some(78));
    let told = text(&done.stderr);
    for words in
        ["must be from 10s to 1d", "did you mean `ledger`?", "no kind of source `oracle`", "3 mistakes"]
    {
        assert!(told.contains(words), "`{words}` is missing in:\n{told}");
    }
}

#[test]
fn without_a_ledger_the_answer_says_how_to_make_one() {
    let city = Bench::new();
    let config = city.path("jianchad.toml").display().to_string();
    let done = jianchad(&["status", "-c", &config]);
    assert_eq!(done.status.code(), Some(66));
    assert!(text(&done.stderr).contains("jianchad once"), "{}", text(&done.stderr));
}

#[test]
fn a_test_letter_leaves_by_the_configured_way() {
    let city = Bench::new();
    let config = city.path("jianchad.toml").display().to_string();
    std::fs::create_dir(city.path("mail")).unwrap();
    let done = jianchad(&["mail", "test", "--to", "admin@example.gov.cn", "-c", &config]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(city.letters().len(), 1);
}

#[test]
fn completions_and_man_pages_come_from_the_commands() {
    let shell = text(&jianchad(&["completions", "bash"]).stdout);
    assert!(shell.contains("check-config"));
    let folder = tempfile::tempdir().unwrap();
    let done = jianchad(&["man", &folder.path().display().to_string()]);
    assert!(done.status.success());
    let page = std::fs::read_to_string(folder.path().join("jianchad-explain.1")).unwrap();
    assert!(page.contains("as\\-of") && page.contains("\n.SH SYNOPSIS\n"), "{page}");
    // In Chinese nothing is left of the words that are put around those of the commands.
    assert!(jianchad(&["man", &folder.path().display().to_string(), "--lang", "zh-CN"]).status.success());
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let page = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(page.contains("\n.SH 名称\n") && page.contains("\n.SH 概要\n"), "{page}");
        let headings = page.lines().filter_map(|line| line.strip_prefix(".SH "));
        assert!(headings.clone().all(|heading| !heading.is_ascii()), "{page}");
        let markup = |line: &str| line.starts_with(['.', '\\', '<', '[']);
        let prose = page.lines().filter(|line| line.is_ascii() && line.contains(' ') && !markup(line));
        assert_eq!(prose.collect::<Vec<_>>(), [""; 0], "{page}");
        assert!(!page.contains("[default:"), "{page}");
    }
}

/// Whoever reads Chinese reads what was done, what was refused and what to try in Chinese, and whoever reads English in English.
#[test]
fn what_is_done_and_refused_is_said_in_the_readers_language() {
    let (city, config) = city();
    let add = ["silence", "add", "--unit", "U1", "--until", "2011-12-01", "--by", "孙七", "--why", "x"];
    let said = |arguments: &[&str], language: &str| {
        let done = jianchad(&[arguments, &["-c", &config, "--lang", language]].concat());
        text(&[done.stdout, done.stderr].concat())
    };
    let no_unit = add.map(|argument| if argument == "U1" { "U9" } else { argument });
    let scratch = city.path("scratch.db").display().to_string();
    let once = ["once", "--at", "2011-10-12", "--ledger", &scratch];
    let asked: [(&[&str], &str, &str); 7] = [
        (&no_unit, "没有单位“U9”", "there is no unit `U9`"),
        (
            &["silence", "end", "9", "--by", "孙七"],
            "用 jianchad silence list 查看",
            "`jianchad silence list` shows",
        ),
        (&["mail", "show", "99"], "没有编号为 99 的邮件", "there is no letter 99"),
        (&["mail", "retry", "99"], "邮件 99 既非待发，也未被拒", "no letter 99 waits or was refused"),
        (&["explain", "X-1"], "台账中没有办件“X-1”", "the ledger knows no case `X-1`"),
        (&["report", "digest", "--period", "2011-09-01"], "没有写过每日监察", "no digest was written"),
        (&once, "截至 2011-10-12 23:59：读取记录", "as of 2011-10-12 23:59: "),
    ];
    for (arguments, chinese, english) in asked {
        for (language, expected) in [("zh-CN", chinese), ("en", english)] {
            let said = said(arguments, language);
            assert!(said.contains(expected), "{arguments:?}: {said}");
        }
    }
}
