//! What is typed when a limit ends and dated back: a special procedure or extension that was not there, an acceptance taken for none. And
//! what was there and is only put right.

use crate::bench::Bench;

/// A city whose case A, accepted on 26 September, is due on 13 October; the last working day before that is the 12th. Events say when
/// they were typed where `recorded`.
fn city(recorded: bool) -> Bench {
    let mut city = Bench::new();
    city.configure("codes = { step", "codes = { applied = \"applied\", accepted = \"accepted\", step");
    city.approval("ALTER TABLE events ADD COLUMN typed TEXT; ALTER TABLE cases ADD COLUMN typed TEXT");
    if recorded {
        city.configure("at = \"at\", stage", "at = \"at\", recorded = \"typed\", stage");
        city.configure("at = \"accepted\", by", "at = \"accepted\", recorded = \"typed\", by");
    }
    city.licence("A", "2011-09-26 10:00:00");
    city.approval("UPDATE events SET typed = at; UPDATE cases SET typed = accepted");
    city.rounds_on(&["2011-09-27"]);
    city
}

fn found(city: &Bench, rule: &str) -> Vec<String> {
    city.ledger(&format!("SELECT why FROM findings WHERE rule = '{rule}' AND standing = 'pending'"))
}

/// M6: an acceptance that was read is put right to an earlier hour, by which its case is due no later; the time of entry of the row stays.
/// That is a change, and no false time of entry. One that moves the time of entry too is.
#[test]
fn an_acceptance_put_right_to_an_earlier_time_is_changed_and_not_dated_back() {
    for (entered, backdated) in [("2011-09-26 10:00:00", false), ("2011-09-26 09:20:00", true)] {
        let mut city = city(true);
        city.rounds_on(&["2011-09-28"]);
        city.approval(&format!(
            "UPDATE cases SET accepted = '2011-09-26 09:20:00', applied = '2011-09-26 09:00:00', typed = '{entered}', changed = '2011-09-28 10:00:00'"
        ));
        city.rounds_on(&["2011-09-29"]);
        let said = found(&city, "backdated-entry");
        assert_eq!(!said.is_empty(), backdated, "{entered}: {said:?}");
        let words = "而 2011-09-28 09:05 读取时该记录所载时间为 2011-09-26 10:00";
        assert!(!backdated || said[0].contains(words), "{said:?}");
        let changed = found(&city, "changed-after-fact").concat();
        assert!(changed.contains("受理时间 2011-09-26 10:00 改为 2011-09-26 09:20"), "{changed}");
    }
}
