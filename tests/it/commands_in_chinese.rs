//! Every command with its common mistakes, as somebody reads it who reads Chinese: no sentence is in English.

use std::process::{Command, Stdio};

use crate::bench::Bench;
use crate::said_in_chinese::{english, without_quotes};

/// What a command says, and its exit code.
fn said(city: &Bench, arguments: &str, lang: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.env_remove("JIANCHAD_LANG").env_remove("LC_MESSAGES").env_remove("LANG").env_remove("LC_ALL");
    command
        .env("JIANCHAD_CONFIG", city.path("jianchad.toml"))
        .envs(lang.iter().copied())
        .stdin(Stdio::null());
    let output = command.args(arguments.split_whitespace()).output().unwrap();
    (output.status.code(), String::from_utf8([output.stderr, output.stdout].concat()).unwrap())
}

/// Without what is quoted, what is typed and how a command is written.
fn sentences(text: &str) -> String {
    let lines =
        text.lines().filter(|line| !line.contains("用法：") && !line.trim_start().starts_with("jianchad"));
    let unquoted = lines.map(|line| line.split('`').step_by(2).collect::<Vec<_>>().join(" ； "));
    without_quotes(&unquoted.collect::<Vec<_>>().join("\n"))
}

const CHINESE: [(&str, &str); 1] = [("LC_ALL", "zh_CN.UTF-8")];

/// Commands with their exit codes, and what each must say.
const COMMANDS: [(&str, i32, &str); 47] = [
    ("--help", 0, "命令："),
    ("card --help", 0, "红黄牌的处理"),
    ("findings --help", 0, "列出监察事项"),
    ("help due", 0, "时限计算器"),
    ("", 2, "用法："),
    ("bogus", 2, "没有命令“bogus”"),
    ("finding", 2, "是否应为 findings？"),
    ("findings --bogus", 2, "没有参数 --bogus"),
    ("findings --card blue", 2, "不在可写的值之内"),
    ("findings --format xml", 2, "可写：table, json, csv"),
    ("findings --rule xx", 2, "没有监察点“xx”"),
    ("findings --rule time-limt", 2, "time-limit"),
    ("findings --unit NOPE", 2, "单位"),
    ("status --format csv", 2, "status"),
    ("explain", 2, "缺少必需的参数"),
    ("explain NOPE", 66, "NOPE"),
    ("card show 999", 66, "999"),
    ("card show abc", 2, "不是整数"),
    ("card answer 1 --by x", 2, "--why"),
    ("card answer 1 --by= --why y", 2, "不能为空"),
    ("card order 1 --within abc --by x --why y", 2, "不是时限"),
    ("silence add --until 2011-13-01 --unit U1 --by x --why y", 2, "不是日期"),
    ("silence add --until 2001-01-01 --unit NOPE --by x --why y", 66, "NOPE"),
    ("silence add --until 2001-01-01 --rule time-limit --by x --why y", 2, "静默须在今天至"),
    ("silence add --until 2001-01-01 --by x --why y", 2, "静默一切"),
    ("silence add --until 2001-01-01 --rule time-limt --by x --why y", 66, "time-limit"),
    ("card order 1 --within 200d --by x --why y", 2, "超过90日"),
    ("silence end 77 --by x --why y", 2, "--why"),
    ("source accept none --by x --why y", 66, "none"),
    ("time accept --by x --why y", 66, "系统时间"),
    ("ledger accept --by x --why y", 66, "无法确认台账"),
    ("source accept approvl --by x --why y", 66, "是否为 approval？"),
    ("mail show 999", 66, "999"),
    ("mail retry 999", 66, "999"),
    ("mail test --to nobody", 2, "不是邮箱地址"),
    ("report bulletin --period 2011-13", 2, "不是期间"),
    ("due --from 2011-09-26 --limit 20", 2, "不是时限"),
    ("due --from 2011-09-26 --law XX9", 2, "法规库中没有 `XX9`"),
    ("law XX9", 66, "XX9"),
    ("law XK6 --at 1990-01-01", 66, "没有施行"),
    ("calendar", 2, "缺少必需的参数"),
    ("calendar check /none/none.toml", 78, "无法读取日历文件"),
    ("once --at yesterday", 2, "yesterday"),
    ("status -c /none/none.toml", 78, "无法读取"),
    ("plan", 0, ""),
    ("status", 0, "正常"),
    ("check-config", 0, "文件夹"),
];

/// Issue 12.2: what a Chinese reader meets at the command line is Chinese.
#[test]
fn commands_and_their_mistakes_are_told_in_chinese() {
    let city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    assert_eq!(said(&city, "once --at 2011-10-28T09:05", &CHINESE).0, Some(0));
    let mut wrong = Vec::new();
    for (arguments, code, part) in COMMANDS {
        let (ended, text) = said(&city, arguments, &CHINESE);
        let found = english(&sentences(&text));
        if ended != Some(code) && code != 0 || !text.contains(part) || !found.is_empty() {
            wrong.push(format!("jianchad {arguments}: {ended:?}, not {code}; {part}; {found:?}:\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Whoever asks otherwise, and whoever reads English, is heard.
    let asked = |arguments, lang: &[(&str, &str)]| said(&city, arguments, lang).1;
    assert!(asked("findings --bogus --lang zh-CN", &[]).contains("没有参数"));
    assert!(asked("findings --bogus --lang=zh-CN", &[]).contains("没有参数"));
    assert!(asked("findings --bogus", &[("JIANCHAD_LANG", "zh-CN")]).contains("没有参数"));
    assert!(asked("findings --bogus --lang en", &CHINESE).contains("unexpected argument"));
    assert!(asked("findings --help", &[]).contains("Lists findings"));
}

/// Each mistake of the configuration that an administrator makes is told in Chinese, by every command that reads it.
#[test]
fn a_configuration_that_cannot_be_used_is_told_in_chinese() {
    let mut city = Bench::new();
    city.configure("[mail]", "[mial]");
    let (code, text) = said(&city, "check-config", &CHINESE);
    assert_eq!(code, Some(78), "{text}");
    assert!(text.contains("是否应为 `mail`？") && text.contains("共 1 处错误"), "{text}");
    assert_eq!(english(&sentences(&text)), [""; 0], "{text}");
    let told = said(&city, "check-config", &[]).1;
    assert!(told.contains("did you mean `mail`?") && told.contains("1 mistake\n"), "{told}");
}
