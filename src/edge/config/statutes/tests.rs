mod bounds;

use chrono::NaiveDate;

use super::*;
use crate::domain::statute::{Mark, NotGoverned};
use crate::domain::text::Language;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn governing(id: &str, start: &str) -> Result<&'static Statute, NotGoverned> {
    embedded().governing(id, day(start))
}

fn problems(text: &str) -> Vec<String> {
    let file =
        ("mine.toml".to_owned(), format!("law = \"某法\"\nlaw_en = \"A Law\"\nsource = \"x\"\n{text}"));
    let problems = parse(Path::new(""), &[file]).unwrap_err();
    problems
        .list()
        .iter()
        .map(|it| format!("{} {}: {}", it.line.unwrap_or(0), it.key, it.message.words(Language::English)))
        .collect()
}

const GOOD: &str = "article = \"一\"\narticle_en = \"1\"\nstep = \"办\"\nstep_en = \"do\"\nvalid_from = 2010-01-01\n\
                    starts = [\"accepted\"]\nstops = [\"decided\"]\nlimit = \"20wd\"\n";

/// Every file that ships is read, and every file of the folder ships.
#[test]
fn the_embedded_library_is_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/statutes");
    assert_eq!(read(&folder).unwrap(), *embedded());
    let rules = &embedded().rules;
    for id in ["XK2", "XK3", "XK6", "XK7", "XK8", "XK9", "XK10", "XK12", "XK15", "XK16"] {
        assert!(rules.contains_key(id), "{id}");
    }
    assert!((1..=8).all(|number| rules.contains_key(&format!("XG{number}"))));
}

/// 《行政许可法》第四十二条、第四十四条、第四十五条.
#[test]
fn the_licensing_law_says_what_it_says() {
    let xk6 = governing("XK6", "2011-09-26").unwrap();
    assert_eq!(
        (xk6.limit.to_string(), xk6.starts.clone()),
        ("20wd".into(), vec![Mark::Kind(crate::domain::record::TraceKind::Accepted)])
    );
    assert_eq!(xk6.extension.as_ref().unwrap().by.to_string(), "10wd");
    assert!(xk6.exclusion.as_ref().unwrap().notice_required);
    assert_eq!(governing("XK9", "2011-09-26").unwrap().limit.to_string(), "10wd");
    assert_eq!(governing("XK13", "2011-09-26").unwrap().direction, Direction::Back);
    assert_eq!(governing("XK15", "2011-09-26").unwrap().on_expiry, Expiry::Granted);
}

/// 《政府信息公开条例》: a request of the last day of the old text has 15 working days, one of the next day 20.
#[test]
fn the_text_in_force_at_the_start_governs() {
    for asked in ["XG2", "XG6"] {
        let old = governing(asked, "2019-05-14").unwrap();
        let new = governing(asked, "2019-05-15").unwrap();
        assert_eq!((old.id.as_str(), old.limit.to_string()), ("XG2", "15wd".into()));
        assert_eq!((new.id.as_str(), new.limit.to_string()), ("XG6", "20wd".into()));
    }
    // 《行政复议法》: deemed accepted from receipt before 2024, from the end of the five days since.
    assert_eq!(governing("FY2", "2023-12-31").unwrap().on_expiry, Expiry::AcceptedFromReceipt);
    assert_eq!(governing("FY2", "2024-01-01").unwrap().on_expiry, Expiry::AcceptedFromEnd);
    // 信访条例, then 信访工作条例.
    assert_eq!(governing("XF7", "2022-04-30").unwrap().law.zh, "信访条例");
    assert_eq!(governing("XF2", "2022-05-01").unwrap().law.zh, "信访工作条例");
}

#[test]
fn what_no_text_governs_is_said() {
    let before = governing("XK6", "2004-06-30").unwrap_err().to_string();
    assert_eq!(before, "`XK6` was not in force on 2004-06-30: it is in force since 2004-07-01");
    assert!(governing("XK99", "2011-01-01").unwrap_err().to_string().contains("jianchad law"));
}

#[test]
fn every_mistake_is_named_with_its_line() {
    let found = problems(
        "[rule.A]\narticle = \"一\"\narticle_en = \"1\"\nstep = \"办\"\nvalid_from = 2011-02-30\n\
         starts = [\"acepted\"]\nstops = [\"decided\"]\nlimit = \"20\"\nlimt = \"3wd\"\n",
    )
    .join("\n");
    for part in [
        "valid_from",
        "`acepted` is no kind of trace",
        "step_en: this key is missing",
        "did you mean `limit`?",
    ] {
        assert!(found.contains(part), "{part} in {found}");
    }
    assert!(found.contains("`20` is no limit"), "{found}");
}

#[test]
fn versions_meet_without_a_gap_or_an_overlap() {
    let pair = |last: &str, first: &str| {
        let old = format!("[rule.A]\n{GOOD}{last}\n");
        let new = format!("[rule.B]\n{}follows = \"A\"\n", GOOD.replace("2010-01-01", first));
        old + &new
    };
    let meets = (
        "mine.toml".to_owned(),
        format!(
            "law = \"某法\"\nlaw_en = \"A Law\"\nsource = \"x\"\n{}",
            pair("valid_to = 2011-12-31", "2012-01-01")
        ),
    );
    assert_eq!(parse(Path::new(""), &[meets]).unwrap().versions("A").len(), 2);
    let gap = problems(&pair("valid_to = 2011-12-30", "2012-01-01"));
    assert!(gap[0].contains("no version is in force, from 2011-12-31 to 2011-12-31"), "{gap:?}");
    assert!(problems(&pair("valid_to = 2012-01-01", "2012-01-01"))[0].contains("overlaps `A`"));
    assert!(problems(&pair("", "2012-01-01"))[0].contains("has no last day"));
    assert!(problems(&format!("[rule.B]\n{GOOD}follows = \"A\"\n"))[0].contains("which is not here"));
    assert!(problems(&format!("[rule.A]\n{GOOD}valid_to = 2009-12-31\n"))[0].contains("before the first"));
}

#[test]
fn an_extension_is_of_the_limit_s_unit_and_has_an_approver() {
    let found = problems(&format!("[rule.A]\n{GOOD}extension = \"10d\"\n")).join("\n");
    assert!(found.contains("another unit") && found.contains("extension_approver"), "{found}");
}

proptest::proptest! {
    /// Whatever stands in a file, it is read or refused with words, and never a panic.
    #[test]
    fn no_text_is_too_strange(text in ".{0,200}", key in "[a-z_]{1,12}", value in "[ -~]{0,20}") {
        // Read or refused is all one here: what must not come is a panic.
        let _ = parse(Path::new(""), &[("a.toml".into(), text)]);
        let file = format!("law = \"a\"\nlaw_en = \"b\"\n[rule.A]\n{GOOD}{key} = {value:?}\n");
        // The same of one strange key in a rule that is sound otherwise.
        let _ = parse(Path::new(""), &[("a.toml".into(), file)]);
    }
}
