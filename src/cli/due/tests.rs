use clap::Parser;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    command: Due,
}

fn told(arguments: &str) -> Result<String, String> {
    let lang_option = if arguments.contains("--lang") { "" } else { " --lang zh-CN" };
    let line = Line::try_parse_from(format!("due {arguments}{lang_option}").split_whitespace());
    let line = line.map_err(|cause| cause.to_string())?;
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let language = line.command.language();
    line.command.run(&mut out, &mut err).map_err(|error| error.said().0.words(language))?;
    Ok(String::from_utf8(out).unwrap())
}

/// What a table becomes, and how many of its rows were bad.
fn table(text: &str) -> Result<(String, Done), String> {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in.csv"), folder.path().join("out.csv"));
    std::fs::write(&input, text).unwrap();
    let line = Line::parse_from([
        "due".as_ref(),
        "--batch".as_ref(),
        input.as_os_str(),
        "-o".as_ref(),
        output.as_os_str(),
        "--lang".as_ref(),
        "en".as_ref(),
    ]);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let done = line.command.run(&mut out, &mut err).map_err(|error| {
        let (said, why) = error.said();
        why.unwrap_or(said).words(Language::English)
    })?;
    assert!(out.is_empty());
    assert_eq!(done != Done::Well, !err.is_empty());
    Ok((std::fs::read_to_string(output).unwrap(), done))
}

/// `due` shows the due moment and the count, day by day.
#[test]
fn a_question_gets_its_due_moment_and_its_count() {
    let text = told("--from 2011-09-26 --limit 20wd --extension 10wd").unwrap();
    assert!(text.starts_with("到期 2011-11-10\n"), "{text}");
    assert!(text.contains("\n2011-10-08 周六 国庆节调休上班 第 5 日/共 30 日\n"), "{text}");
    assert!(text.contains("起算日不计入，至当日24时止"), "{text}");
    let text = told("--from 2011-09-30T16:30 --limit 2oh --lang en").unwrap();
    assert!(
        text.starts_with("Due 2011-10-08T10:30\nCounted in office hours 09:00-12:00,13:00-17:00\n"),
        "{text}"
    );
}

#[test]
fn flags_change_the_count() {
    let first = |arguments: &str| told(arguments).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(first("--from 2011-09-26 --limit 20wd --start-day-counts"), "到期 2011-10-26");
    assert_eq!(first("--from 2011-08-02 --limit 60d --no-roll"), "到期 2011-10-01");
    assert_eq!(first("--from 2011-09-26 --limit 20wd --day-end closing"), "到期 2011-10-27T17:00");
    assert_eq!(first("--from 2011-09-26T08:00 --limit 1oh --hours 08:00-12:00"), "到期 2011-09-26T09:00");
    assert_eq!(first("--from 2011-09-26 --limit 20wd --pause 2011-10-10/2011-10-21"), "到期 2011-11-10");
    assert_eq!(first("--from 2011-09-26T16:30:30 --limit 1oh"), "到期 2011-09-27T09:30:30");
    assert_eq!(first("--from 2011-09-26T08:30:00Z --limit 2oh"), "到期 2011-09-27T10:30");
}

#[test]
fn past_the_announced_years_the_answer_is_marked() {
    assert!(
        told("--from 2026-12-30 --limit 5wd").unwrap().contains("\n暂定：日历载有 2004-01-01 至 2026-12-31")
    );
    assert!(told("--from 2026-12-30 --limit 5wd --lang en").unwrap().contains("\nProvisional: "));
    assert!(told("--from 2026-12-30 --limit 5wd --format json").unwrap().contains("\"provisional\": true"));
    assert!(!told("--from 2011-12-30 --limit 5wd").unwrap().contains("暂定"));
}

#[test]
fn json_carries_every_step() {
    let answer: serde_json::Value =
        serde_json::from_str(&told("--from 2011-09-26 --limit 20wd --format json").unwrap()).unwrap();
    assert_eq!(answer["due"], "2011-10-27");
    let counted: Vec<_> =
        answer["steps"].as_array().unwrap().iter().filter(|it| it["what"] == "counted").collect();
    assert_eq!(counted.len(), 20);
    assert_eq!((&counted[4]["from"], &counted[4]["make_up"]), (&"2011-10-08".into(), &true.into()));
}

#[test]
fn what_cannot_be_asked_is_refused_in_a_sentence() {
    let refused = |arguments: &str| told(&format!("{arguments} --lang en")).unwrap_err();
    let chinese = told("--from 2011-02-30 --limit 20wd").unwrap_err();
    assert!(chinese.starts_with("“2011-02-30”不是存在的日期"), "{chinese}");
    assert!(refused("--from 2011-02-30 --limit 20wd").starts_with("`2011-02-30` is no date that exists"));
    assert!(refused("--from 2011-09-26 --limit 20").contains("`20` is no limit"));
    assert!(refused("--from 2011-09-26 --limit 20wd --extension 5d").contains("give both in the same unit"));
    assert!(refused("--from 2011-09-26 --limit 20wd --pause 2011-10-10").contains("is no pause"));
    assert!(refused("--from 2011-09-26 --limit 20wd --pause 2011-10-10/2011-10-09").contains("ends before"));
    assert!(refused("--from 2011-09-26 --limit 1oh --hours 9-12").contains("are no office hours"));
    assert!(refused("--from 2011-09-26").contains("--limit"));
    assert!(refused("--from 2011-09-26 --limit 1wd --calendar no.toml").contains("no.toml cannot be used"));
}

/// `due --batch` writes the same rows with a column `due`; one bad row is reported without stopping the rest.
#[test]
fn a_table_comes_back_with_its_answers() {
    let (text, done) = table(
        "\u{feff}limit,start,note,pauses,extension,start_day_counts\n\
         20wd,2011-09-26,\"a, b\",,,\n\
         20wd,2011-09-26,,2011-10-10/2011-10-21,,false\n\
         20wd,2011-09-26,,,10wd,0\n\
         20wd,2011-09-26,,,,yes\n\
         2oh,2011-09-30T16:30,,2011-10-08T09:00/2011-10-08T09:30;2011-10-08T10:00/2011-10-08T10:10,,\n\
         20xx,2011-09-26,,,,\n\
         20wd,2011-02-30,,,,\n\
         20wd,2011-09-26,short\n\
         5wd,2026-12-30,,,,\n",
    )
    .unwrap();
    assert_eq!(done, Done::BadRows(3));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 10);
    assert!(lines[0].ends_with("start_day_counts,due,provisional,error"));
    assert_eq!(lines[1], "20wd,2011-09-26,\"a, b\",,,,2011-10-27,,");
    assert!(lines[2].ends_with(",2011-11-10,,"));
    assert!(lines[3].ends_with(",2011-11-10,,"));
    assert!(lines[4].ends_with(",2011-10-26,,"));
    assert!(lines[5].ends_with(",2011-10-08T11:10,,"));
    assert!(lines[6].starts_with("20xx,2011-09-26,,,,,,,\"`20xx` is no limit"));
    assert!(lines[7].contains("is no date"));
    assert!(lines[8].contains("the row has 3 fields, the header 6"));
    assert!(lines[9].ends_with(",2027-01-07,yes,"));
}

#[test]
fn a_table_needs_only_start_and_limit() {
    let (text, done) = table("start,limit\n2011-09-26,20wd\n").unwrap();
    assert_eq!(
        (text.as_str(), done),
        ("start,limit,due,provisional,error\n2011-09-26,20wd,2011-10-27,,\n", Done::Well)
    );
    assert!(table("start,length\n2011-09-26,20wd\n").unwrap_err().contains("no column `limit`"));
    assert!(table("start,limit,due\n2011-09-26,20wd,\n").unwrap_err().contains("a column `due` already"));
    assert!(table("").unwrap_err().contains("no column `start`"));
}

#[test]
fn a_table_that_is_not_there_is_named() {
    let english = told("--batch no/such.csv --lang en").unwrap_err();
    assert_eq!(english, "the table no/such.csv cannot be read");
    assert_eq!(told("--batch no/such.csv").unwrap_err(), "无法读取表“no/such.csv”");
}

/// 《行政许可法》第四十二条第一款 and the two texts of 《政府信息公开条例》: the version in force on the first day.
#[test]
fn a_rule_of_the_law_gives_the_limit_and_names_the_clause() {
    let text = told("--from 2011-09-26 --law XK6").unwrap();
    assert!(
        text.starts_with("到期 2011-10-27\n依据 《行政许可法》第四十二条第一款：20 个工作日（XK6）\n"),
        "{text}"
    );
    let limit = |text: String| text.lines().nth(1).unwrap().to_owned();
    assert!(limit(told("--from 2019-05-14 --law XG6").unwrap()).contains("15 个工作日（XG2）"));
    assert!(limit(told("--from 2019-05-15 --law XG6").unwrap()).contains("20 个工作日（XG6）"));
    // 《行政许可法》第四十八条: seven working days before a hearing on Monday 2011-09-26 is Thursday 2011-09-15.
    let notice = told("--from 2011-09-26 --law XK13").unwrap();
    assert!(notice.starts_with("到期 2011-09-15\n"), "{notice}");
    assert!(
        notice.contains("2011-09-26 周一 事项发生日") && notice.contains("2011-09-15 周四 第 7 日/共 7 日"),
        "{notice}"
    );
    let extended = told("--from 2011-09-26 --law XK6 --extension 10wd").unwrap();
    assert_eq!(extended.lines().next(), told("--from 2011-09-26 --limit 30wd").unwrap().lines().next());
    for (arguments, why) in [
        ("--from 2011-09-26 --law XK6 --extension 11wd", "allows an extension of 10wd"),
        ("--from 2011-09-26 --law XK9 --extension 1wd", "allows no extension"),
        ("--from 2011-09-26 --law XK10", "as long as its record grants"),
        ("--from 2004-06-30 --law XK6", "not in force on 2004-06-30"),
        ("--from 2011-09-26 --law XK99", "no rule `XK99`"),
        ("--from 2011-09-26 --law XK6 --limit 3wd", "cannot be used with"),
    ] {
        let said = told(&format!("{arguments} --lang en")).unwrap_err();
        assert!(said.contains(why), "{arguments}: {said}");
    }
}

/// 《政府信息公开条例》第三十二条、第三十三条第三款: no more than fifteen working days of asking others are left out: from 2024-03-05 to
/// 03-25, and what lies after counts again, as the daemon counts it.
#[test]
fn a_clause_bounds_what_pauses_leave_out() {
    let text = told("--from 2024-03-01 --law XG6 --pause 2024-03-05/2024-04-05").unwrap();
    assert!(text.starts_with("到期 2024-04-22\n"), "{text}");
    assert!(text.contains("累计扣除以 15 个工作日 为限，2024-03-25 之后的时间继续计入"), "{text}");
    let within = told("--from 2024-03-01 --law XG6 --pause 2024-03-05/2024-03-25").unwrap();
    assert!(within.starts_with("到期 2024-04-22\n") && !within.contains("为限"), "{within}");
    assert!(
        told("--from 2024-03-01 --limit 20wd --pause 2024-03-05/2024-04-05")
            .unwrap()
            .starts_with("到期 2024-04-30\n")
    );
}
