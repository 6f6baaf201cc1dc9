//! A database that goes over to its standby: two real servers, one of which takes over what the other writes.

use std::sync::Arc;

use crate::bench::CONFIG;
use crate::halls::Hall;
use crate::installed::wait_for;
use crate::postgres_server::{Database, Server};

/// A hall on a server of its own with a standby; the source names both.
fn hall() -> Option<(Hall, Arc<Server>)> {
    let database = Database::alone()?;
    let standby = database.server.standby();
    let hall = Hall::of(Some(database), "timestamp");
    let (first, second) = (hall.database.as_ref().unwrap().server.port, standby.port);
    let lines = hall.lines().replace(
        &format!("host = \"localhost\"\nport = {first}\n"),
        &format!("host = [\"localhost:{first}\", \"localhost:{second}\"]\n"),
    );
    assert!(lines.contains("localhost:"), "{lines}");
    hall.run(
        "create table cases (number varchar(40) primary key, item text, clerk text, applied TIME, accepted TIME,
             result text, finished TIME, applicant text, changed TIME);
         create table events (id integer primary key, number text, kind text, stage text, at TIME, clerk text,
             note text, amount text, changed TIME);",
    );
    let reads = CONFIG.split_once("sweep_at = \"never\"").unwrap().1;
    // Everything is read in every round, so that whatever is missing would be missed.
    hall.spec_of(&format!("{lines}sweep_at = \"00:00\"\n"), reads);
    Some((hall, standby))
}

fn accept(hall: &Hall, numbers: std::ops::Range<u32>, at: &str) {
    for number in numbers {
        hall.run(&format!(
            "insert into cases (number, item, clerk, applied, accepted, applicant, changed)
             values ('A-{number}', 'I20', '0731', '{at}', '{at}', '某申请人', '{at}')"
        ));
    }
}

/// Waits until the standby has received (`receive`) or shows (`replay`) all that the primary has written.
fn catches_up(hall: &Hall, standby: &Server, what: &str) {
    let end = hall.database.as_ref().unwrap().run("select pg_current_wal_lsn()");
    let asked = format!("select pg_last_wal_{what}_lsn() >= '{end}'");
    wait_for("the standby", || Some(()).filter(|()| standby.psql("postgres", &asked).as_deref() == Ok("t")));
}

/// Why the source is dark, as the ledger has it.
fn dark(hall: &Hall) -> Vec<String> {
    hall.city.ledger("SELECT coalesce(message, '') FROM source_health WHERE source = 'approval'")
}

fn accused(hall: &Hall) -> Vec<String> {
    let words = ["vanished-record", "source-suspect", "changed-after"];
    hall.city.findings().into_iter().filter(|it| words.iter().any(|word| it.contains(word))).collect()
}

/// The primary dies while its standby is behind: what was read before is not gone, so nobody is accused and nothing is judged by less
/// than was known; once it has caught up, and when it was made the primary, it is read as if nothing had been.
#[test]
fn a_standby_that_is_behind_accuses_nobody() {
    let Some((mut hall, standby)) = hall() else { return };
    accept(&hall, 1..4, "2011-09-26 10:00:00");
    accept(&hall, 4..7, "2011-10-10 11:00:00");
    catches_up(&hall, &standby, "replay");
    hall.city.rounds_on(&["2011-10-11", "2011-10-12"]);
    standby.psql("postgres", "select pg_wal_replay_pause()").unwrap();
    wait_for("the pause", || {
        Some(()).filter(|()| {
            standby.psql("postgres", "select pg_get_wal_replay_pause_state()").as_deref() == Ok("paused")
        })
    });
    // A case is decided and more come; the standby hears of all of it and shows nothing.
    hall.run("update cases set result = 'granted', finished = '2011-10-12 15:00:00', changed = '2011-10-12 15:00:00' where number = 'A-2'");
    accept(&hall, 7..20, "2011-10-12 16:00:00");
    catches_up(&hall, &standby, "receive");
    hall.city.rounds_on(&["2011-10-13"]);
    let before = (hall.city.findings(), hall.city.ledger("SELECT value FROM cursor ORDER BY read"));
    let primary = hall.database.as_ref().unwrap().server.clone();
    primary.die();
    hall.city.rounds_on(&["2011-10-14"]);
    let text = dark(&hall).join("");
    assert!(text.contains("standby that has not yet taken over"), "{text}");
    assert_eq!(
        (accused(&hall), hall.city.ledger("SELECT value FROM cursor ORDER BY read")),
        (vec![], before.1)
    );
    standby.psql("postgres", "select pg_wal_replay_resume()").unwrap();
    let name = hall.database.as_ref().unwrap().name.clone();
    let shown = || standby.psql(&name, "select count(*) from cases").ok();
    wait_for("the standby", || shown().filter(|count| count == "19"));
    hall.city.rounds_on(&["2011-10-17"]);
    assert_eq!((dark(&hall), accused(&hall)), (vec![String::new()], vec![]), "it has caught up");
    assert_eq!(hall.city.ledger("SELECT count(*) FROM \"case\""), ["19"]);
    standby.psql("postgres", "select pg_promote()").unwrap();
    wait_for("the promotion", || {
        Some(()).filter(|()| standby.psql("postgres", "select pg_is_in_recovery()").as_deref() == Ok("f"))
    });
    standby
        .psql(&name, "update cases set result = 'granted', finished = '2011-10-17 16:00:00', changed = '2011-10-17 16:00:00' where number = 'A-3'")
        .unwrap();
    hall.city.rounds_on(&["2011-10-18", "2011-10-19"]);
    assert_eq!((dark(&hall), accused(&hall)), (vec![String::new()], vec![]), "it is the primary now");
    let open: Vec<String> = hall
        .city
        .findings()
        .into_iter()
        .filter(|it| it.contains("time-limit") && it.ends_with("open"))
        .collect();
    assert!(open.iter().any(|it| it.starts_with("A-1 ")), "{open:?}");
    assert!(!open.iter().any(|it| it.starts_with("A-2 ")), "{open:?}");
    // What the standby lost for good when it took over is told: that is no lag any more.
    standby.psql(&name, "delete from cases where number in ('A-4', 'A-5', 'A-6', 'A-7', 'A-8')").unwrap();
    hall.city.rounds_on(&["2011-10-20", "2011-10-21"]);
    assert!(!accused(&hall).is_empty(), "{:?}", hall.city.findings());
}
