//! `check-config` says of whom nobody would read a card.

use crate::adopt::{jianchad, said};
use crate::bench::{Bench, UNITS};

const SUPERVISOR: &str = ",,监察人员,监察室,supervisor@example.gov.cn,中文\n";

/// What is warned of with other lines in the place of the supervisor.
fn warned(lines: &str) -> Vec<String> {
    let city = Bench::new();
    let contacts = std::fs::read_to_string(city.path("registry/contacts.csv")).unwrap();
    assert!(contacts.contains(SUPERVISOR));
    city.write("registry/contacts.csv", &contacts.replace(SUPERVISOR, lines));
    city.write("registry/units.csv", &format!("{UNITS}T1,东乡政府,431001,市直\n"));
    let warnings = said(&jianchad(&city, &["check-config"]));
    warnings.lines().filter(|line| line.contains("supervisor")).map(str::to_owned).collect()
}

/// A supervisor of everything, of the city with what lies below it, and one of a unit beside another of the rest say nothing; one
/// of the township leaves the city out, and one of a single unit all others.
#[test]
fn regions_without_a_supervisor_are_named() {
    let of = |unit: &str, region: &str| format!("{unit},{region},监察人员,监察室,s@example.gov.cn,中文\n");
    for nothing in [of("", ""), of("", "431000")] {
        assert_eq!(warned(&nothing), [""; 0], "{nothing}");
    }
    for (lines, regions, left) in [
        (of("", "431001"), "1 region: 示范市;", "东乡"),
        (of("T1", ""), "1 region: 示范市;", "东乡"),
        (of("U1", ""), "2 regions: 示范市, 东乡;", "西乡"),
    ] {
        let said = warned(&lines);
        assert!(said.len() == 1 && said[0].contains(regions) && !said[0].contains(left), "{lines}{said:?}");
    }
    let none = warned("");
    assert!(none.len() == 1 && none[0].contains("name no supervisor who holds the role today"), "{none:?}");
}
