//! Acceptances and decisions in files of their own: each read of a folder takes the files that have its columns.

use crate::bench::Bench;

const READS: &str = "[source.hall]
kind = \"csv\"
path = \"drop\"
settle = \"0s\"
[[source.hall.read]]
name = \"受理\"
shape = \"wide\"
case = \"no\"
item = \"item\"
traces = [{ kind = \"accepted\", at = \"accepted\" }]
[[source.hall.read]]
name = \"办结\"
shape = \"wide\"
case = \"no\"
traces = [{ kind = \"decided\", at = \"decided\" }]
[source.approval]";

fn city(reads: &str) -> Bench {
    let mut city = Bench::new();
    city.configure("[source.approval]", reads);
    city
}

/// Two cases that are due on 13 October, of which one is decided in time.
fn delivered() -> Bench {
    let city = city(READS);
    city.write("drop/受理.csv", "no,item,accepted\nA,I20,2011-09-26\nB,I20,2011-09-26\n");
    city.write("drop/办结.csv", "no,decided\nA,2011-10-11\n");
    city
}

fn health(city: &Bench) -> Vec<String> {
    city.ledger("SELECT state FROM source_health WHERE source = 'hall'")
}

fn states(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || ' ' || state FROM cases WHERE source = 'hall' ORDER BY 1")
}

/// The case that was decided has its decision and the other its card, day by day, also when a file is written once more. A file that
/// no read can take is named, and one that was read before and has lost a column is not passed over for another read.
#[test]
fn each_read_takes_the_files_that_have_its_columns() {
    let mut city = delivered();
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    assert_eq!((health(&city), states(&city)), (vec!["ok".into()], vec!["A closed".into(), "B open".into()]));
    city.write("drop/受理.csv", "no,item,accepted\nA,I20,2011-09-26\nB,I20,2011-09-26\nC,I20,2011-10-14\n");
    city.rounds_on(&["2011-10-14"]);
    let late = "SELECT case_number FROM findings WHERE rule = 'time-limit' AND card = 'yellow'";
    assert_eq!(city.ledger(late), ["B"]);
    city.write("drop/办结.csv", "no,decided\nA,2011-10-11\nB,2011-10-14\n");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(
        (health(&city), states(&city)),
        (vec!["ok".into()], vec!["A closed".into(), "B closed".into(), "C open".into()])
    );
    city.write("drop/其他.csv", "no,other\nA,2011-10-11\n");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(health(&city), ["incomplete"], "no read takes it");
    std::fs::remove_file(city.path("drop/其他.csv")).unwrap();
    city.write("drop/受理.csv", "no,decided\nA,2011-10-11\n");
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(health(&city), ["incomplete"], "it was read for its acceptances before");
}

/// A source of whose cases nobody can say the item can never have one that is judged: its decisions belong to the source of the
/// cases. One read of several may lack the item.
#[test]
fn a_source_without_any_item_is_warned_of() {
    let second = READS.replace(
        "[[source.hall.read]]\nname = \"办结\"",
        "[source.ends]\nkind = \"csv\"\npath = \"ends\"\n[[source.ends.read]]",
    );
    for (reads, warnings) in [(READS, 0), (second.as_str(), 1)] {
        let city = city(reads);
        let config = city.path("jianchad.toml").display().to_string();
        let checked = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(["check-config", "--lang", "zh-CN", "-c", &config])
            .output()
            .unwrap();
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&checked.stdout),
            String::from_utf8_lossy(&checked.stderr)
        );
        assert_eq!(said.matches("均未说明办件属于哪个事项").count(), warnings, "{said}");
        assert_eq!(checked.status.code(), Some(0), "{said}");
    }
}
