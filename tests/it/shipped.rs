//! The clocks that ship: what runs on which matter without a line of configuration, and what a line changes.

use crate::bench::Bench;

/// The example's clock for deliveries, copied into a file that knew none: it adds, and no card that stands is moved.
#[test]
fn a_clock_copied_from_the_example_withdraws_nothing() {
    let mut city = Bench::new();
    city.licence("Y", "2011-10-10 09:00:00").licence("R", "2011-09-26 09:00:00");
    city.rounds_on(&["2011-10-28"]);
    let before = city.findings();
    assert_eq!(
        before,
        [
            "R time-limit promise yellow open",
            "R time-limit statutory red open",
            "Y time-limit promise yellow open"
        ]
    );
    let example =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/jianchad.example.toml"))
            .unwrap();
    let clock = example.split("[[clock]]").find(|part| part.contains("id = \"delivery\"")).unwrap();
    let clock = clock.split("\n\n").next().unwrap();
    city.configure("[source.approval]", &format!("[[clock]]{clock}\n[source.approval]"));
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(city.findings(), before);
    assert_eq!(city.ledger("SELECT count(*) FROM findings WHERE standing = 'revoked'"), ["0"]);
}
