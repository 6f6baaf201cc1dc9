//! `check-config --sources`: what does not fit is a mistake, each named once, with what was probably meant.

use std::process::Command;

use crate::bench::Bench;

fn sources(city: &Bench) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(["check-config", "--sources", "--config"]).arg(city.path("jianchad.toml"));
    let output = command.env("JIANCHAD_LANG", "en").output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

/// A city with a long read over a folder of tables.
fn tables(rows: &str) -> Bench {
    let mut city = Bench::new();
    let source = "[source.drop]\nkind = \"csv\"\npath = \"drop\"\nsettle = \"0s\"\n[[source.drop.read]]\nshape = \"long\"\n\
                  case = \"编号\"\nitem_is = \"I20\"\ntraces = [{ kind_from = \"环节\", codes = { \"受理\" = \"accepted\", \
                  \"办结\" = \"decided\" }, at = \"时间\", by = \"经办人\" }]\n[source.approval]";
    city.configure("[source.approval]", source);
    city.write("drop/a.csv", &format!("编号,环节,时间,经办人\n{rows}"));
    city
}

/// Issue 13: a code that no mapping knows is named once however many rows have it, with the nearest that is known, and is a mistake.
#[test]
fn a_code_that_no_mapping_knows_is_named_once() {
    let good = "A,受理,2011-09-26,王\n";
    assert_eq!(sources(&tables(good)).0, Some(0));
    let rows: String = (0..30).map(|at| format!("B{at},办 结,2011-09-27,王\n")).collect();
    let (code, said) =
        sources(&tables(&format!("{good}{rows}C,受里,2011-09-27,王\nD,听证会,2011-09-27,王\n")));
    assert_eq!(code, Some(78), "{said}");
    for (unknown, meant) in
        [("办 结", "; did you mean `办结`?"), ("受里", "; did you mean `受理`?"), ("听证会", "\n")]
    {
        let line = format!("the code `{unknown}` in column 环节 is in no mapping{meant}");
        assert_eq!(said.matches(&line).count(), 1, "{line}: {said}");
        assert_eq!(said.matches(unknown).count(), 1, "{said}");
    }
}

/// Issue 13: of several columns that are not there, each is told with the nearest.
#[test]
fn each_column_that_is_not_there_is_told_with_the_nearest() {
    let city = tables("");
    city.write("drop/a.csv", "编号,环节,时间点,经办\nA,受理,2011-09-26,王\n");
    let (code, said) = sources(&city);
    assert_eq!(code, Some(78), "{said}");
    for pair in ["is `时间点` meant by `时间`?", "is `经办` meant by `经办人`?"] {
        assert!(said.contains(pair), "{pair}: {said}");
    }
}

/// Issue 13: the ninth file that is not read is counted.
#[test]
fn files_that_are_not_read_are_counted() {
    for (files, part) in [(8, "8.txt\n"), (9, "8.txt and 1 more\n"), (11, "8.txt and 3 more\n")] {
        let city = tables("A,受理,2011-09-26,王\n");
        (1..=files).for_each(|at| _ = city.write(&format!("drop/{at:02}.txt"), "x"));
        let said = sources(&city).1;
        assert!(said.contains(part), "{files}: {said}");
    }
}

/// Issue 13: a header row that is set beyond the end of a file is told as that.
#[test]
fn a_header_row_beyond_the_end_is_told() {
    let mut city = tables("A,受理,2011-09-26,王\n");
    for (row, code, part) in
        [(2, 78, "there is no column"), (3, 78, "ends before line 3, in which `header_row`")]
    {
        city.configure(
            "settle = \"0s\"\n[[source.drop",
            &format!("settle = \"0s\"\nheader_row = {row}\n[[source.drop"),
        );
        let (ended, said) = sources(&city);
        assert!(ended == Some(code) && said.contains(part), "{row}: {ended:?} {said}");
        city.configure(&format!("header_row = {row}\n"), "");
    }
}

/// Issue 13: an item or unit that is written for all rows and stands in no registry is warned of with the nearest; the other sources go on.
#[test]
fn an_item_of_all_rows_that_no_catalogue_has_is_warned_of() {
    let mut city = tables("A,受理,2011-09-26,王\n");
    for (from, to, told) in [
        ("item_is = \"I20\"", "item_is = \"I2O\"", "item_is: there is no item `I2O`; did you mean `I20`?"),
        ("item_is = \"I2O\"", "item_is = \"I20\"\nunit_is = \"U!\"", "unit_is: there is no unit `U!`"),
    ] {
        city.write(
            "jianchad.toml",
            &std::fs::read_to_string(city.path("jianchad.toml")).unwrap().replace(from, to),
        );
        let (code, said) = sources(&city);
        assert!(code == Some(0) && said.contains(told), "{code:?} {said}");
    }
    city.configure("unit_is = \"U!\"", "unit_is = \"U1\"");
    assert_eq!(sources(&city).0, Some(0));
}

/// Issue 13: a slip in the name of an attribute of an event log is a mistake with the nearest name.
#[test]
fn a_wrong_attribute_of_a_log_is_a_mistake() {
    let mut city = Bench::new();
    let source = "[source.log]\nkind = \"xes\"\npath = \"log\"\nsettle = \"0s\"\n[[source.log.read]]\nshape = \"long\"\n\
                  case = \"case:concept:name\"\nitem_is = \"I20\"\ntraces = [{ kind_from = \"concept:name\", codes = { accept = \"accepted\" }, \
                  at = \"time:timestamp\" }]\n[source.approval]";
    city.configure("[source.approval]", source);
    let log = "<log><trace><string key=\"concept:name\" value=\"A\"/><event><string key=\"concept:name\" value=\"accept\"/>\
               <date key=\"time:timestamp\" value=\"2011-09-26T09:00:00+08:00\"/></event></trace></log>\n";
    city.write("log/a.xes", log);
    let (code, said) = sources(&city);
    assert_eq!(code, Some(0), "{said}");
    for (right, wrong) in [
        ("at = \"time:timestamp\"", "at = \"time:stamp\""),
        ("kind_from = \"concept:name\"", "kind_from = \"concept:nmae\""),
        ("case = \"case:concept:name\"", "case = \"case:name\""),
    ] {
        city.configure(right, wrong);
        let (code, said) = sources(&city);
        let name = |text: &str| text.split('"').nth(1).unwrap().to_owned();
        let told = format!("is `{}` meant by `{}`?", name(right), name(wrong));
        assert!(code == Some(78) && said.contains(&told), "{told}: {code:?} {said}");
        city.configure(wrong, right);
    }
}
