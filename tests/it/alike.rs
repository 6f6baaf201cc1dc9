//! What stands twice in a source: rows alike.

use crate::bench::{Bench, ITEMS};

/// A city that also reads files of payments without keys, the item with a fee of 200.
fn with_payments() -> Bench {
    let mut city = Bench::new();
    city.write("registry/items.csv", &ITEMS.replace("受理;审查,,审批系统", "受理;审查,200,审批系统"));
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let paid = "[source.paid]\nkind = \"csv\"\npath = \"paid\"\nsettle = \"0s\"\n[[source.paid.read]]\nshape = \"wide\"\ncase = \"no\"\n\
                item = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }]\n[[source.paid.read]]\nshape = \"long\"\ncase = \"no\"\n\
                traces = [{ kind = \"charged\", at = \"paid\", by = \"clerk\", note = \"sum\" }]\n";
    city.write("jianchad.toml", &format!("{text}\n{paid}"));
    city.restart();
    city
}

fn payments(city: &Bench) -> Vec<String> {
    city.ledger("SELECT count(*), sum(note) FROM case_timeline WHERE kind = 'charged'")
}

/// Issue 13: rows without a key are told apart by content and place: two payments of one day, kind and hand are two, and the file
/// read again, whole or in another file that tells of them once more, adds nothing.
#[test]
fn two_payments_alike_are_two_and_stay_two() {
    let mut city = with_payments();
    let head = "no,item,accepted,paid,sum,clerk\n";
    let row = |sum: &str| format!("P1,I20,2011-10-10,2011-10-10,{sum},0731\n");
    city.write("paid/1.csv", &format!("{head}{}{}", row("100"), row("100")));
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(payments(&city), ["2|200"]);
    assert_eq!(city.ledger("SELECT rule FROM findings WHERE rule IN ('fee', 'changed-after-fact')"), [""; 0]);
    city.write("paid/2.csv", &format!("{head}{}{}", row("100"), row("100")));
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(payments(&city), ["2|200"], "another file tells of them once more");
    city.write("paid/2.csv", &format!("{head}{}{}{}", row("100"), row("100"), row("100")));
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(payments(&city), ["3|300"]);
    assert_eq!(city.ledger("SELECT rule FROM findings WHERE rule = 'fee'"), ["fee"]);
    let read = std::fs::read(city.path("paid/1.csv")).unwrap();
    std::fs::write(city.path("paid/1.csv"), read).unwrap();
    city.restart().rounds_on(&["2011-10-14"]);
    assert_eq!(payments(&city), ["3|300"]);
}
