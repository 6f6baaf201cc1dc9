//! The clock of an approval system runs ahead of ours: the administrator is told, and nobody is accused; a clerk alone makes no clock.

use crate::bench::Bench;

/// Two working days on which each of some clerks accepts a case every half hour, typed so many minutes ahead, with a round ten minutes
/// after the beginning of each half hour.
fn days(clerks: &[(&str, i64)]) -> Bench {
    let mut city = Bench::new();
    city.licence("OLD", "2011-10-10 08:00:00");
    city.round("2011-10-11 08:30");
    let mut number = 0;
    for day in ["2011-10-11", "2011-10-12"] {
        for half in 18..24 {
            let begins = half * 30;
            for (clerk, ahead) in clerks {
                number += 1;
                let at = begins + 5 + ahead;
                let case = format!("C-{number:02}");
                city.licence(&case, &format!("{day} {:02}:{:02}:00", at / 60, at % 60));
                city.approval(&format!("UPDATE cases SET clerk = '{clerk}' WHERE number = '{case}'"));
            }
            city.round(&format!("{day} {:02}:{:02}", (begins + 10) / 60, (begins + 10) % 60));
        }
    }
    city.round("2011-10-13 08:30");
    city
}

fn standing(city: &Bench, rule: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT count(*) FROM findings WHERE rule = '{rule}' AND standing IN ('open', 'pending')"
    ))
}

/// Three clerks, all half an hour ahead: it is the clock. The administrator is told once, what stood against the first is taken back, and
/// nobody waits to be reviewed. With the clock put right it is over.
#[test]
fn a_clock_that_runs_ahead_accuses_nobody() {
    let mut city = days(&[("张三", 30), ("李四", 30), ("王五", 30)]);
    for rule in ["entered-ahead", "data-fault"] {
        assert_eq!(standing(&city, rule), ["0"], "{rule}: {:?}", city.findings());
    }
    assert_eq!(standing(&city, "source-clock"), ["1"]);
    let told = "SELECT to_address, count(*) FROM letters WHERE kind = 'alert' AND text LIKE '%minutes after it was read%' GROUP BY 1";
    assert_eq!(city.ledger(told), ["admin@example.gov.cn|1"]);
    for number in 0..40 {
        let at = 9 * 60 + number * 10;
        city.licence(&format!("D-{number:02}"), &format!("2011-10-13 {:02}:{:02}:00", at / 60, at % 60));
        city.approval(&format!("UPDATE cases SET clerk = '{}' WHERE number = 'D-{number:02}'", number % 4));
        city.round(&format!("2011-10-13 {:02}:{:02}", (at + 5) / 60, (at + 5) % 60));
    }
    assert_eq!(standing(&city, "source-clock"), ["0"], "put right");
}

/// One clerk of three who types ahead is found as ever, and so are two in an office of two: neither is a clock.
#[test]
fn a_clerk_alone_makes_no_clock() {
    for clerks in
        [&[("张三", 30), ("李四", 0), ("王五", 0)][..], &[("张三", 30), ("李四", 30)], &[("张三", 30)]]
    {
        let city = days(clerks);
        assert_eq!(standing(&city, "source-clock"), ["0"], "{clerks:?}");
        let ahead = clerks.iter().filter(|(_, ahead)| *ahead > 0).count() * 12;
        assert_eq!(standing(&city, "entered-ahead"), [ahead.to_string()], "{clerks:?}");
    }
}
