//! Each kind of mistake, in both languages; what is misspelt is no mistake twice.

use super::*;
use crate::domain::text::Language;

/// Each kind of mistake with words that its message must hold.
#[expect(clippy::too_many_lines, reason = "a table of mistakes")]
fn mistakes() -> Vec<(String, &'static [&'static str])> {
    let source = "[source.a]\nkind = \"sqlite\"\npath = \"a.db\"\n[[source.a.read]]\ntable = \"t\"\nshape = \"wide\"\n\
                  case = \"n\"\nitem_is = \"SLYW-01\"\ntraces = [{ kind = \"accepted\", at = \"a\" }]\n";
    let with = |from: &str, to: &str| format!("{LEAST}{}", source.replace(from, to));
    vec![
        (
            format!("pol_every = \"1m\"\n{LEAST}"),
            &["jianchad.toml:1: pol_every", "did you mean `poll_every`?"],
        ),
        (
            format!("{LEAST}[[clock]]\nlaw = \"XK99\"\n"),
            &["jianchad.toml:5: clock[0].law: there is no rule `XK99` in the statutes"],
        ),
        (
            format!(
                "{LEAST}[[clock]]\nid = \"a\"\nname = \"a\"\nstarts = [\"date:hearing\"]\nstops = [\"step:通知\"]\n\
                 limit = \"2oh\"\ndirection = \"back\"\n"
            ),
            &[
                "jianchad.toml:4: clock[0]: only working days, calendar days, months and years can be counted back",
            ],
        ),
        (
            format!("{LEAST}[[clock]]\nlaw = \"XK9\"\nlimit = \"3wd\"\n"),
            &["clock[0].limit: beside `law` this can only be promised or statutory"],
        ),
        (
            format!("{LEAST}[[clock]]\nlaw = \"XK9\"\ncategories = [\"行政许克\"]\n"),
            &["clock[0].categories: no item is of the category `行政许克`"],
        ),
        (format!("statutes = \"none\"\n{LEAST}[[clock]]\nlaw = \"XK9\"\n"), &["the statutes cannot be read"]),
        (format!("poll_every = \"1s\"\n{LEAST}"), &["poll_every: must be from 10s to 1d"]),
        (format!("poll_every = 5\n{LEAST}"), &["this must be a text in quotes, and is integer"]),
        (format!("zone = \"Asia/Chenzhou\"\n{LEAST}"), &["jianchad.toml:1: zone"]),
        ("[mail]\nfrom = \"a@example.gov.cn\"\n".into(), &["office: this key is missing"]),
        ("office = \"甲\"\n".into(), &["mail: this key is missing"]),
        (LEAST.replace("a@example.gov.cn", "nobody"), &["mail.from: `nobody` is no mail address"]),
        (format!("{LEAST}[cards]\npreset = \"henan\"\n"), &["no preset `henan`; there are hunan"]),
        (
            format!("{LEAST}[[cards.line]]\ncard = \"red\"\nclock = \"x\"\nwhen = \"later\"\n"),
            &["`later` is no moment of a clock"],
        ),
        (
            format!("{LEAST}[[cards.line]]\ncard = \"red\"\nclock = \"x\"\nwhen = \"passed\"\n"),
            &["jianchad.toml:6: cards.line[0].clock: there is no clock `x`; there are promise, statutory"],
        ),
        (format!("{LEAST}[rules.speed]\nmode = \"auto\"\n"), &["rules.speed: there is no such rule"]),
        (format!("{LEAST}[rules.time-limit]\ncard = \"red\"\n"), &["takes its card from the card table"]),
        (format!("{LEAST}[routing]\nred = [\"mayor\"]\n"), &["`mayor` is none of handler"]),
        (format!("{LEAST}[supervision]\nactive_within = \"3mo\"\n"), &["must be a number of calendar days"]),
        (format!("{LEAST}[counting]\noffice_hours = \"9 to 5\"\n"), &["`9 to 5` are no office hours"]),
        (
            format!("{LEAST}[counting]\noffice_hours = \"09:00-12:00; Freitag 09:00-12:00\"\n"),
            &["`Freitag` is no day of the week: write it as Fri, Mon-Thu or 周五"],
        ),
        (
            format!("{LEAST}[counting]\noffice_hours = \"03:00-03:01\"\n"),
            &[
                "jianchad.toml:5: counting.office_hours: from",
                "no day has two office hours between 06:00 and 22:00",
            ],
        ),
        (with("sqlite", "oracle"), &["no kind of source `oracle`; there are sqlite, csv"]),
        (with("shape = \"wide\"", "shape = \"wide\"\nkey = [\"id\"]"), &["only a long read has a key"]),
        (
            with("table = \"t\"", "table = \"t\"\nquery = \"select 1\""),
            &["give `table` or `query`, not both"],
        ),
        (with("table = \"t\"\n", ""), &["give the `table` (or the `query`) to read"]),
        (with("\"sqlite\"", "\"csv\""), &["a source of files has no tables"]),
        (with("accepted", "acepted"), &["`acepted` is no kind of trace; there are applied"]),
        (
            with("case = \"n\"", "case = \"n\"\nwatermark = \"w\"\ntimes = [\"%d/%m/%Y\"]"),
            &["do not sort as text"],
        ),
        (
            with("case = \"n\"", "case = \"n\"\nwatermark = \"w\"\nwatermark_kind = \"serial\""),
            &["no kind of watermark `serial`; there are time, sequence, rowversion"],
        ),
        (with("case = \"n\"", "case = \"n\"\nwatermark_kind = \"sequence\""), &["and there is none"]),
        (
            with("case = \"n\"", "case = \"n\"\nwatermark = \"w\"\nwatermark_kind = \"rowversion\""),
            &["only a PostgreSQL server says"],
        ),
        (
            with("case = \"n\"", "case = \"n\"\ntimes = [\"%Q\"]"),
            &["must be iso, epoch-s, epoch-ms, excel, excel-1904, or a pattern"],
        ),
        (
            format!("{LEAST}folder = \"mail\"\n[mail.smtp]\nhost = \"localhost\"\n"),
            &["give `folder` or [mail.smtp], not both"],
        ),
        (
            format!("{LEAST}[mail.smtp]\nhost = \"mail.example.gov.cn\"\ntls = \"none\"\n"),
            &["must not cross a network in the clear"],
        ),
        (
            format!("{LEAST}[mail.smtp]\nhost = \"localhost\"\npassword = \"x\"\n"),
            &["no password stands in this file"],
        ),
        (
            format!("{LEAST}[mail.smtp]\nhost = \"localhost\"\nuser = \"x\"\npassword_file = \".\"\n"),
            &["mail.smtp.password_file: cannot read"],
        ),
        (
            format!(
                "{}[[clock]]\nid = \"d\"\nname = \"d\"\nstarts = \"first\"\nstops = \"last\"\nlimit = \"date:end\"\n\
                 [cards]\n[[cards.line]]\ncard = \"red\"\nclock = \"d\"\nwhen = \"passed\"\n",
                with("", "")
            ),
            &["no read brings the date `end`"],
        ),
        (
            with("traces", "zones = { b = \"UTC\", a = \"Peking\" }\ntraces"),
            &["zones.b: this read takes no time from the column `b`", "zones.a: must be a zone such as"],
        ),
        (format!("{LEAST}x = \n"), &["jianchad.toml:4"]),
        (format!("{LEAST}[calendar]\nfile = \"none.toml\"\n"), &["none.toml"]),
    ]
}

#[test]
fn each_mistake_is_told_with_its_place() {
    for (text, words) in mistakes() {
        let told = told(&text);
        for word in words {
            assert!(told.contains(word), "`{word}` is missing in:\n{told}\nof\n{text}");
        }
    }
}

/// Three English words in a row outside of what is quoted or stands in brackets.
fn english(said: &str) -> Option<String> {
    let mut plain = said.to_owned();
    for (opens, closes) in [('`', '`'), ('“', '”'), ('"', '"'), ('[', ']'), ('{', '}')] {
        while let Some((begin, end)) = plain.find(opens).and_then(|begin| {
            let after = begin + opens.len_utf8();
            Some((begin, after + plain[after..].find(closes)? + closes.len_utf8()))
        }) {
            plain.replace_range(begin..end, "、");
        }
    }
    let word = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'');
    let words: Vec<&str> = plain.split(' ').collect();
    words.windows(3).find(|three| three.iter().all(word)).map(|three| three.join(" "))
}

/// A Chinese reader is told in Chinese.
#[test]
fn each_mistake_is_told_in_chinese() {
    for (text, _) in mistakes() {
        let (_folder, file) = city(&text);
        let problems = load(&file).unwrap_err();
        for problem in problems.list() {
            let said = problem.message.words(Language::Chinese);
            assert_eq!(english(&said), None, "{said}\nof\n{text}");
            let chinese = |c: char| ('\u{4e00}'..'\u{9fff}').contains(&c);
            assert!(said.contains(chinese), "{said}\nof\n{text}");
        }
        assert!(problems.words(Language::Chinese).contains("处错误"));
    }
    assert_eq!(english("没有 `this is english` 这一项，“so is this one”"), None);
    assert_eq!(english("此处 this is wrong"), Some("this is wrong".into()));
}

/// A key that is misspelt is named with the nearest that there is, and that is all: what is missing for want of it is not told too.
#[test]
fn a_misspelt_key_is_one_mistake() {
    let whole = format!(
        "{LEAST}[source.a]\nkind = \"sqlite\"\npath = \"a.db\"\n[[source.a.read]]\ntable = \"t\"\nshape = \"wide\"\n\
         case = \"n\"\nitem_is = \"SLYW-01\"\ntraces = [{{ kind_from = \"k\", codes = {{ 1 = \"accepted\" }}, at = \"a\" }}]\n\
         [[source.a.evidence]]\ntable = \"e\"\nkey = \"no\"\nat = \"a\"\nmatch = \"number\"\n"
    );
    assert_eq!(told(&whole), "in order");
    for (key, misspelt) in [
        ("office =", "ofice ="),
        ("[mail]", "[mial]"),
        ("from =", "form ="),
        ("kind = \"sqlite", "knd = \"sqlite"),
        ("path =", "pth ="),
        ("[[source.a.read]]", "[[source.a.raed]]"),
        ("table = \"t\"", "tabel = \"t\""),
        ("shape =", "shap ="),
        ("case =", "cse ="),
        ("traces =", "trace ="),
        ("kind_from =", "kind_form ="),
        ("at = \"a\" }", "att = \"a\" }"),
        ("table = \"e\"", "tabel = \"e\""),
        ("match =", "mach ="),
    ] {
        let told = told(&whole.replacen(key, misspelt, 1));
        let meant =
            key.trim_start_matches("[[source.a.").split([' ', '=', ']']).next().unwrap().trim_matches('[');
        assert!(told.contains(&format!("did you mean `{meant}`?")), "{misspelt}:\n{told}");
        assert!(told.ends_with("\n1 mistake"), "{misspelt}:\n{told}");
    }
    let section = told(&format!("{LEAST}[registy]\nfolder = \"reg\"\n"));
    assert!(section.contains("did you mean `registry`?") && section.ends_with("\n1 mistake"), "{section}");
}

/// A file in another encoding is told with the line, in words.
#[test]
fn a_file_in_gb18030_is_told_in_words() {
    let (_folder, file) = city(LEAST);
    let (bytes, ..) = encoding_rs::GB18030.encode("# 监察台账\n");
    fs::write(&file, [b"poll_every = \"1m\"\n", &*bytes].concat()).unwrap();
    let problems = load(&file).unwrap_err();
    let english = problems.words(Language::English);
    assert!(
        english.contains("jianchad.toml:2: these bytes are not UTF-8: save the file as UTF-8"),
        "{english}"
    );
    assert!(problems.words(Language::Chinese).contains("不是 UTF-8 编码"));
}
