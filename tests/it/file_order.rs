//! Which of several files has the last word on a case, and what is no news at all: a copy, a touched file, an older version put back, a
//! file that was not written to its end. The honest case is never late by them; the late one is found.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use crate::alike::{HEAD, with_halls};
use crate::bench::{Bench, moment};

/// Due on 2011-10-31.
const OPEN: &str = "K1,I60,2011-10-10,\nL1,I60,2011-10-10,\n";
const DECIDED: &str = "K1,I60,2011-10-10,2011-10-20\nL1,I60,2011-10-10,\n";
const LATE: [&str; 1] = ["L1 yellow"];
const BOTH: [&str; 2] = ["K1 yellow", "L1 yellow"];

/// Writes a file as if at a time of the city.
fn put(city: &Bench, name: &str, text: &str, at: &str) {
    city.write(name, text);
    touch(city, name, at, 0);
}

fn touch(city: &Bench, name: &str, at: &str, seconds_later: u64) {
    let seconds = u64::try_from(moment(at).instant.timestamp()).unwrap() + seconds_later;
    let file = fs::File::options().append(true).open(city.path(name)).unwrap();
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
}

fn cards(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || ' ' || card FROM findings WHERE rule = 'time-limit' AND clock = 'promise' AND card <> 'notice' ORDER BY 1")
}

fn told(city: &Bench) -> String {
    city.ledger(
        "SELECT state || ' ' || coalesce(message, '') || ' ' || coalesce(passed_over, '') FROM source_health",
    )
    .concat()
}

fn table(rows: &str) -> String {
    format!("{HEAD}{rows}")
}

/// The file that was written last counts, whatever the names are, and whether both are read at once or one after the other; its empty
/// cell too takes away what an older file says.
#[test]
fn the_file_written_last_has_the_last_word() {
    // Neither tells of what happened after it was written.
    let (old, new) = ("2011-10-21 08:00", "2011-11-01 08:00");
    for [first, last] in
        [["drop/9月.csv", "drop/10月.csv"], ["drop/a.csv", "drop/b.csv"], ["drop/b.csv", "drop/a.csv"]]
    {
        for (before, after, found) in [(OPEN, DECIDED, &LATE[..]), (DECIDED, OPEN, &BOTH[..])] {
            for at_once in [false, true] {
                let mut city = with_halls("drop");
                put(&city, first, &table(before), old);
                if !at_once {
                    city.round("2011-10-21 09:05");
                }
                put(&city, last, &table(after), new);
                city.restart().round("2011-11-01 09:05");
                assert_eq!(cards(&city), found, "{first} {last} {at_once} {after}");
            }
        }
    }
}

/// A file that came late, with the time at which it was written, is older than what was read before it.
#[test]
fn a_file_that_comes_late_is_as_old_as_it_was_written() {
    let mut city = with_halls("drop");
    put(&city, "drop/a.csv", &table(DECIDED), "2011-11-01 08:00");
    city.round("2011-11-01 08:30");
    put(&city, "drop/b.csv", &table(OPEN), "2011-10-11 08:00");
    city.restart().round("2011-11-01 09:05");
    assert_eq!(cards(&city), LATE);
}

/// An older file that is touched, or copied under another name, is no newer than it was: the later word stands, and the late case is
/// found.
#[test]
fn a_touched_or_copied_file_says_nothing_new() {
    for copied_to in ["drop/b.csv", "drop/c.csv", "drop/0.csv"] {
        let mut city = with_halls("drop");
        put(&city, "drop/b.csv", &table(OPEN), "2011-10-11 08:00");
        city.round("2011-10-11 09:05");
        put(&city, "drop/a.csv", &table(DECIDED), "2011-10-31 08:00");
        city.round("2011-10-31 09:05");
        put(&city, copied_to, &table(OPEN), "2011-11-01 08:00");
        city.restart().round("2011-11-01 08:10");
        put(&city, "drop/a.csv", &table(&format!("{DECIDED}N1,I60,2011-10-31,\n")), "2011-11-01 08:20");
        city.restart().round("2011-11-01 09:05");
        assert_eq!(cards(&city), LATE, "{copied_to}");
        assert_eq!(city.ledger("SELECT count(*) FROM findings WHERE rule = 'changed-after-fact'"), ["0"]);
    }
}

/// Two files alike at the first reading are one and its copy.
#[test]
fn a_copy_is_as_old_as_its_original_at_a_first_reading() {
    let mut city = with_halls("drop");
    put(&city, "drop/a.csv", &table(OPEN), "2011-10-11 08:00");
    put(&city, "drop/b.csv", &table(DECIDED), "2011-10-31 08:00");
    put(&city, "drop/c.csv", &table(OPEN), "2011-11-01 08:00");
    city.round("2011-11-01 09:05");
    assert_eq!(cards(&city), LATE);
}

/// Files that were written within a minute, as whoever copies many writes them, do not say which is the later: what one of them says
/// is not taken away by an empty cell of the other. A second more, and the later one counts.
#[test]
fn files_written_at_once_take_nothing_from_one_another() {
    for (name, apart, found) in [
        ("drop/a.csv", 0, &LATE[..]),
        ("drop/c.csv", 0, &LATE),
        ("drop/a.csv", 60, &LATE),
        ("drop/a.csv", 61, &BOTH),
    ] {
        let mut city = with_halls("drop");
        put(&city, "drop/b.csv", &table(DECIDED), "2011-11-01 08:00");
        put(&city, name, &table(OPEN), "2011-11-01 08:00");
        touch(&city, name, "2011-11-01 08:00", apart);
        city.round("2011-11-01 09:05");
        assert_eq!(cards(&city), found, "{name} {apart}");
    }
}

/// A file whose time lies before what it tells of (a slow clock, unpacked, copied by a tool that sets it) has its say all the same, and
/// nobody knows whether it is the newer one: neither takes away what the other says. Written at the very time of which it tells, it was
/// written then.
#[test]
fn a_time_before_what_a_file_tells_of_says_nothing() {
    let decided = "K1,I60,2011-10-10,2011-10-20 10:00\n";
    for (at, wrong) in [("1980-01-01 08:00", true), ("2011-10-20 09:59", true), ("2011-10-20 10:00", false)] {
        for at_once in [false, true] {
            let mut city = with_halls("drop");
            put(&city, "drop/a.csv", &table(OPEN), "2011-10-11 08:00");
            if !at_once {
                city.round("2011-10-11 09:05");
            }
            put(&city, "drop/b.csv", &table(decided), at);
            city.restart().round("2011-10-20 18:00");
            put(&city, "drop/c.csv", &table("N1,I60,2011-10-31,\n"), "2011-11-01 08:20");
            city.restart().round("2011-11-01 09:05");
            assert_eq!(cards(&city), LATE, "{at} {at_once}");
        }
        // Nor does it take away by an empty cell what another says.
        let mut city = with_halls("drop");
        put(&city, "drop/a.csv", &table(decided), "2011-10-20 10:30");
        city.round("2011-10-20 10:40");
        let other = "K1,I60,2011-10-10,\nM1,I60,2011-10-10,2011-10-20 11:00\n";
        put(&city, "drop/b.csv", &table(other), if wrong { at } else { "2011-10-20 11:32" });
        city.restart().round("2011-10-20 18:00");
        put(&city, "drop/c.csv", &table("N1,I60,2011-10-31,\n"), "2011-11-01 08:20");
        city.restart().round("2011-11-01 09:05");
        let late: &[&str] = if wrong { &[] } else { &["K1 yellow"] };
        assert_eq!(cards(&city), late, "{at}");
    }
}

/// The same file written anew on a day without news is a delivery: the late case has its card, by that day and not before.
#[test]
fn a_file_written_anew_without_news_is_a_delivery() {
    for (written, found) in [("2011-10-31 08:00", &[][..]), ("2011-11-01 08:00", &LATE)] {
        let mut city = with_halls("drop");
        put(&city, "drop/a.csv", &table(DECIDED), "2011-10-28 08:00");
        city.round("2011-10-28 09:05");
        put(&city, "drop/a.csv", &table(DECIDED), written);
        city.restart().round("2011-11-01 09:05");
        assert_eq!(cards(&city), found, "{written}");
    }
}

/// Yesterday's file in the place of today's takes no decision away and is no delivery, but is named; when the file goes on the late
/// case has its card, and where it does not, the source is told to stand still.
#[test]
fn an_older_version_put_back_takes_nothing_away() {
    let mut city = with_halls("drop/a.csv");
    for (at, rows) in [("2011-10-11", OPEN), ("2011-10-28", DECIDED), ("2011-11-01", OPEN)] {
        put(&city, "drop/a.csv", &table(rows), &format!("{at} 08:00"));
        city.restart().round(&format!("{at} 09:05"));
    }
    assert_eq!(cards(&city), [""; 0]);
    assert!(told(&city).contains("a.csv"), "{}", told(&city));
    for day in ["2011-11-02", "2011-11-03"] {
        put(&city, "drop/a.csv", &table(OPEN), &format!("{day} 08:00"));
        city.restart().round(&format!("{day} 09:05"));
    }
    assert_eq!(cards(&city), [""; 0]);
    assert_eq!(
        city.ledger("SELECT rule FROM findings WHERE rule = 'source-dark' AND standing = 'open'"),
        ["source-dark"]
    );
    put(&city, "drop/a.csv", &table(&format!("{DECIDED}N1,I60,2011-11-01,\n")), "2011-11-04 08:00");
    city.restart().round("2011-11-04 09:05");
    assert_eq!(cards(&city), LATE);
}

/// A row that is changed back where the file goes on is what the office says now: its case is late, and the change is for the
/// supervisor.
#[test]
fn a_decision_taken_back_in_a_file_that_goes_on_is_a_change() {
    let mut city = with_halls("drop/a.csv");
    put(&city, "drop/a.csv", &table(DECIDED), "2011-10-28 08:00");
    city.round("2011-10-28 09:05");
    put(&city, "drop/a.csv", &table(&format!("{OPEN}N1,I60,2011-11-01,\n")), "2011-11-01 08:00");
    city.restart().round("2011-11-01 09:05");
    assert_eq!(cards(&city), BOTH);
    assert_eq!(city.ledger("SELECT case_number FROM findings WHERE rule = 'changed-after-fact'"), ["K1"]);
}

/// A file cut off within a line, that ended with the end of one before, is not read: it is named, and its cases wait, but no others.
#[test]
fn a_file_cut_off_within_a_line_holds_up_its_own_cases() {
    let rows = |decided: &str| {
        (0..9).map(|number| format!("R{number},I60,2011-10-10,{decided}\n")).collect::<String>()
    };
    let whole = table(&rows("2011-10-20"));
    for cut in [1, 2, whole.len() / 2] {
        let mut city = with_halls("drop");
        put(&city, "drop/a.csv", &table(&rows("")), "2011-10-11 08:00");
        put(&city, "drop/b.csv", &table("L1,I60,2011-10-10,\n"), "2011-10-11 08:00");
        city.round("2011-10-11 09:05");
        put(&city, "drop/a.csv", &whole[..whole.len() - cut], "2011-11-01 08:00");
        for at in ["2011-11-01 09:05", "2011-11-01 10:05"] {
            city.restart().round(at);
            assert_eq!(cards(&city), LATE, "{cut}");
            assert!(told(&city).contains("incomplete") && told(&city).contains("a.csv"), "{}", told(&city));
        }
        put(&city, "drop/a.csv", &whole, "2011-11-01 10:30");
        city.restart().round("2011-11-01 11:05");
        assert_eq!(cards(&city), LATE, "{cut}");
        assert!(!told(&city).contains("a.csv"), "{}", told(&city));
    }
}

/// Nobody waits for ever behind a file that is cut off: when its hold is over its late cases have their cards.
#[test]
fn a_file_cut_off_lets_no_late_case_off() {
    let mut city = with_halls("drop");
    put(&city, "drop/a.csv", &table(DECIDED), "2011-10-11 08:00");
    city.round("2011-10-11 09:05");
    put(&city, "drop/a.csv", table(DECIDED).trim_end(), "2011-11-01 08:00");
    city.restart().round("2011-11-01 09:05");
    assert_eq!(cards(&city), [""; 0]);
    city.restart().round("2011-11-30 09:05");
    assert_eq!(cards(&city).len(), 1, "{:?}", cards(&city));
    assert!(cards(&city)[0].starts_with("L1"));
}

/// Who never ends the last line has a whole file without it, and so has who writes it so a second time.
#[test]
fn a_file_that_never_ended_its_last_line_is_whole() {
    let (open, more) = (table(DECIDED), table(&format!("{DECIDED}N1,I60,2011-10-28,\n")));
    for (versions, found) in [
        (&[("2011-10-11", open.trim_end()), ("2011-11-01", more.trim_end())][..], &LATE[..]),
        (&[("2011-10-11", open.trim_end()), ("2011-11-01", &open[..open.len() - 20])], &LATE),
        (&[("2011-10-11", &open), ("2011-11-01", more.trim_end())], &[]),
        (&[("2011-10-11", &open), ("2011-10-28", open.trim_end()), ("2011-11-01", more.trim_end())], &LATE),
        (
            &[
                ("2011-10-11", &open),
                ("2011-10-28", open.trim_end()),
                ("2011-11-01", open[..open.len() - 2].trim_end()),
            ],
            &[],
        ),
    ] {
        let mut city = with_halls("drop");
        for (day, text) in versions {
            put(&city, "drop/a.csv", text, &format!("{day} 08:00"));
            city.restart().round(&format!("{day} 09:05"));
        }
        assert_eq!(cards(&city), found, "{versions:?}");
    }
}

/// Two rows of a case in one file of which nothing says that one is the later: what only one of them says counts, in whatever order
/// they stand; where neither says it, the case is late.
#[test]
fn of_two_rows_of_a_case_the_fuller_counts() {
    let row = |number: &str, decided: &str| format!("{number},I60,2011-10-10,{decided}\n");
    for pair in [["2011-10-20", ""], ["", "2011-10-20"]] {
        let mut city = with_halls("hall.csv");
        let twice = |number: &str, pair: [&str; 2]| pair.map(|decided| row(number, decided)).concat();
        let rows = [twice("K1", pair), twice("L1", ["", ""])].concat();
        for (day, end) in [("2011-11-01", ""), ("2011-11-02", "N1,I60,2011-11-01,\n")] {
            put(&city, "hall.csv", &table(&format!("{rows}{end}")), &format!("{day} 08:00"));
            city.restart().round(&format!("{day} 09:05"));
            assert_eq!(cards(&city), LATE, "{pair:?}");
        }
        assert_eq!(
            city.ledger("SELECT count(*) FROM findings WHERE rule = 'changed-after-fact'"),
            ["0"],
            "{pair:?}"
        );
    }
}
