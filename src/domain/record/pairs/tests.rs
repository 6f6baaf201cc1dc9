//! 《行政许可法》第四十五条 leaves out the time of each procedure; nothing says that they exclude each other.

use chrono_tz::Asia::Shanghai;

use super::super::chronological;
use super::*;
use crate::domain::moment::Moment;
use TraceKind::{Paused, Resumed};

/// A trace from `2011-10-10`, with what `by` says: `s=7` a serial number, `r=3` a row, `检测` a stage.
fn trace(kind: TraceKind, day: &str, by: &[&str]) -> Trace {
    let mut trace = Trace::new(kind, Moment::parse(day, Shanghai).unwrap());
    for it in by {
        match it.split_once('=') {
            Some(("s", serial)) => trace.serial = Some(serial.into()),
            Some(("p", place)) => trace.entry.place = Some((0, place.parse().unwrap())),
            Some(("u", day)) => {
                trace.entry.unseen_at = Moment::parse(&format!("2011-10-{day}"), Shanghai);
            }
            Some((_, row)) => trace.entry.row = Some((1, row.into())),
            None if *it == "any" => trace.resumes_any = true,
            None => trace.stage = Some((*it).into()),
        }
    }
    trace
}

/// Pairs by their days, `10-?` for one that is open; and what is left over.
fn found(traces: &[(TraceKind, &str, &[&str])]) -> (Vec<String>, Vec<String>) {
    let day = |at: &str| format!("2011-10-{at}");
    let mut traces: Vec<Trace> = traces.iter().map(|(kind, at, by)| trace(*kind, &day(at), by)).collect();
    chronological(&mut traces);
    let Pairs { pairs, odd } = procedures(&traces);
    let day = |at: usize| traces[at].occurred.date().format("%d").to_string();
    let pair = |pair: &Pair| format!("{}-{}", day(pair.begun), pair.ended.map_or("?".into(), day));
    let left = |odd: &Odd| match *odd {
        Odd::NoBeginning(end) => format!("no beginning {}", day(end)),
        Odd::Twice(first, again) => format!("twice {} {}", day(first), day(again)),
        Odd::Again(first, again) => format!("again {} {}", day(first), day(again)),
        Odd::Backwards(begun, end) => format!("backwards {} {}", day(begun), day(end)),
    };
    (pairs.iter().map(pair).collect(), odd.iter().map(left).collect())
}

/// Issue 13 (`resumes = "any"`): whatever comes next of the case ends it, be it another beginning; an end of its own that comes later says
/// nothing, and one that has no beginning at all is odd all the same. The last goes on.
#[test]
fn whatever_comes_next_ends_what_resumes_with_anything() {
    let traces: &[(TraceKind, &str, &[&str])] = &[
        (Resumed, "09", &[]),
        (Paused, "10", &["any", "s=1"]),
        (TraceKind::Step, "12", &[]),
        (Resumed, "13", &["s=1"]),
        (Paused, "14", &["any"]),
        (Paused, "17", &["any"]),
        (Paused, "18", &[]),
        (Resumed, "20", &[]),
        (Paused, "21", &["any"]),
    ];
    let (pairs, odd) = found(traces);
    assert_eq!(pairs, ["10-12", "14-17", "17-18", "18-20", "21-?"]);
    assert_eq!(odd, ["no beginning 09"]);
}

/// H5: by bare days, what stands later in the file on the day of the beginning ends it, and what stands before it or at another read's place does
/// not; likewise at one moment. In a file that has the newest first, later is further up; and what was read later comes later, wherever it stands.
#[test]
fn of_one_day_what_is_told_later_ends_it() {
    use TraceKind::{Accepted, Decided, Step};
    let moment = "10T09:00:00+08:00";
    for at in ["10", moment] {
        let case = |rows: &[(TraceKind, &str, &[&str])]| found(rows).0;
        let (first, last) = ((Accepted, "08", &[][..]), (Decided, "20", &[][..]));
        assert_eq!(
            case(&[first, (Paused, at, &["any", "p=2"]), (Step, at, &["p=3"]), last]),
            ["10-10"],
            "{at}"
        );
        assert_eq!(
            case(&[first, (Paused, at, &["any", "p=3"]), (Step, at, &["p=2"]), last]),
            ["10-20"],
            "{at}"
        );
        assert_eq!(case(&[first, (Paused, at, &["any", "p=2"]), (Step, at, &[]), last]), ["10-20"], "{at}");
        let newest_first = [
            (Accepted, "08", &["p=9"][..]),
            (Paused, at, &["any", "p=3"]),
            (Step, at, &["p=2"]),
            (Step, "20", &["p=1"]),
        ];
        assert_eq!(case(&newest_first), ["10-10"], "{at}");
        let read_later = [(Paused, at, &["any", "p=3", "u=10"][..]), (Step, at, &["p=2", "u=11"]), last];
        assert_eq!(case(&read_later), ["10-10"], "{at}");
    }
    // The beginning and the end of a case stand where its life has them, wherever the file has them.
    let accepted =
        [(Paused, "10", &["any", "p=1"][..]), (Accepted, "10", &["p=2"]), (Decided, "20", &["p=3"])];
    assert_eq!(found(&accepted).0, ["10-20"]);
}

#[test]
fn by_serial_number_before_all_else() {
    let traces: &[(TraceKind, &str, &[&str])] = &[
        (Paused, "10", &["s=1", "检测"]),
        (Paused, "12", &["s=2", "专家评审"]),
        (Resumed, "14", &["s=2", "检测"]),
        (Resumed, "21", &["s=1", "检测"]),
    ];
    assert_eq!(found(traces).0, ["10-21", "12-14"]);
    // Two serial numbers never fit, whatever else does; one without any fits by what it has.
    let foreign: &[(TraceKind, &str, &[&str])] =
        &[(Paused, "10", &["s=1", "检测"]), (Resumed, "14", &["s=2", "检测"])];
    assert_eq!(found(foreign), (vec!["10-?".into()], vec!["no beginning 14".into()]));
    let bare: &[(TraceKind, &str, &[&str])] = &[(Paused, "10", &["s=1"]), (Resumed, "14", &[])];
    assert_eq!(found(bare).0, ["10-14"]);
}

#[test]
fn a_row_that_holds_both_pairs_with_itself() {
    let traces: &[(TraceKind, &str, &[&str])] = &[
        (Paused, "10", &["r=a"]),
        (Paused, "12", &["r=b"]),
        (Resumed, "13", &["r=b"]),
        (Resumed, "21", &["r=a"]),
    ];
    assert_eq!(found(traces).0, ["10-21", "12-13"]);
    // Of two rows one goes on: the end of the other is not its own.
    assert_eq!(found(&traces[..3]).0, ["10-?", "12-13"]);
}

#[test]
fn by_stage_where_nothing_better_says() {
    let traces: &[(TraceKind, &str, &[&str])] = &[
        (Paused, "10", &["检测"]),
        (Paused, "12", &["专家评审"]),
        (Resumed, "14", &["专家评审"]),
        (Resumed, "21", &["检测"]),
    ];
    assert_eq!(found(traces).0, ["10-21", "12-14"]);
    // An end of another name that begins elsewhere in the case is another's end.
    let other: &[(TraceKind, &str, &[&str])] = &[
        (Paused, "10", &["检测"]),
        (Paused, "12", &["专家评审"]),
        (Resumed, "14", &["专家评审"]),
        (Resumed, "15", &["专家评审"]),
    ];
    assert_eq!(found(other), (vec!["10-?".into(), "12-14".into()], vec!["no beginning 15".into()]));
    // A name that nothing else bears says nothing.
    assert_eq!(found(&[(Paused, "10", &["检测"]), (Resumed, "14", &["恢复"])]).0, ["10-14"]);
}

/// In the order of time the first that begins is the first that ends: the union is the same whichever is meant.
#[test]
fn in_the_order_of_time_at_last() {
    let overlap: &[(TraceKind, &str, &[&str])] =
        &[(Paused, "10", &[]), (Paused, "12", &[]), (Resumed, "14", &[]), (Resumed, "21", &[])];
    assert_eq!(found(overlap).0, ["10-14", "12-21"]);
    // They touch on one day.
    let touch: &[(TraceKind, &str, &[&str])] =
        &[(Paused, "10", &[]), (Resumed, "14", &[]), (Paused, "14", &[]), (Resumed, "21", &[])];
    assert_eq!(found(touch).0, ["10-14", "14-21"]);
    // Within one day.
    assert_eq!(found(&[(Paused, "10", &[]), (Resumed, "10", &[])]).0, ["10-10"]);
}

#[test]
fn an_end_without_a_beginning_costs_nobody_else() {
    let traces: &[(TraceKind, &str, &[&str])] =
        &[(Resumed, "09", &[]), (Paused, "10", &[]), (Resumed, "14", &[]), (Resumed, "15", &[])];
    assert_eq!(
        found(traces),
        (vec!["10-14".into()], vec!["no beginning 09".into(), "no beginning 15".into()])
    );
}

#[test]
fn one_procedure_that_begins_twice_costs_only_itself() {
    let traces: &[(TraceKind, &str, &[&str])] = &[
        (Paused, "10", &["s=1"]),
        (Paused, "11", &["s=2"]),
        (Paused, "12", &["s=1"]),
        (Resumed, "14", &["s=1"]),
        (Resumed, "21", &["s=2"]),
    ];
    assert_eq!(found(traces), (vec!["11-21".into()], vec!["twice 10 12".into()]));
    // The same beginning, told twice, is one; and what has ended may begin again.
    let same: &[(TraceKind, &str, &[&str])] =
        &[(Paused, "10", &["s=1"]), (Paused, "10", &["s=1"]), (Resumed, "14", &["s=1"])];
    assert_eq!(found(same), (vec!["10-14".into()], vec![]));
    let again: &[(TraceKind, &str, &[&str])] = &[
        (Paused, "10", &["s=1"]),
        (Resumed, "14", &["s=1"]),
        (Paused, "14", &["s=1"]),
        (Resumed, "21", &["s=1"]),
    ];
    assert_eq!(found(again), (vec!["10-14".into(), "14-21".into()], vec![]));
}

#[test]
fn an_end_before_its_beginning_ends_nothing() {
    for by in ["s=1", "r=a"] {
        let traces: &[(TraceKind, &str, &[&str])] = &[
            (Resumed, "10", &[by]),
            (Paused, "14", &[by]),
            (Paused, "15", &["检测"]),
            (Resumed, "21", &["检测"]),
        ];
        assert_eq!(found(traces), (vec!["15-21".into()], vec!["backwards 14 10".into()]), "{by}");
    }
}

/// A beginning without a number that nothing ends holds no limit open for good: of one that began twice, the end belongs to the
/// last beginning, and while it goes on the first counts, so that to begin again gives no more time.
#[test]
fn what_begins_again_without_a_number_costs_only_itself() {
    let stage: &[&str] = &["检测"];
    let other: &[&str] = &["专家评审"];
    for by in [stage, &[]] {
        let traces: &[(TraceKind, &str, &[&str])] = &[
            (Paused, "10", by),
            (Paused, "11", other),
            (Paused, "12", by),
            (Resumed, "14", by),
            (Resumed, "21", other),
        ];
        assert_eq!(
            found(traces),
            (vec!["11-21".into(), "12-14".into()], vec!["again 10 12".into()]),
            "{by:?}"
        );
    }
    // Three times, and one end: the last.
    let thrice: &[(TraceKind, &str, &[&str])] =
        &[(Paused, "10", stage), (Paused, "12", stage), (Paused, "13", stage), (Resumed, "14", stage)];
    assert_eq!(found(thrice), (vec!["13-14".into()], vec!["again 10 12".into(), "again 12 13".into()]));
    // While it goes on: the first. Without a name they may be two, and are left out together from the first on anyway.
    assert_eq!(found(&thrice[..2]), (vec!["10-?".into()], vec!["again 10 12".into()]));
    let nameless: &[(TraceKind, &str, &[&str])] = &[(Paused, "10", &[]), (Paused, "12", &[])];
    assert_eq!(found(nameless), (vec!["10-?".into(), "12-?".into()], vec![]));
    // On the day on which the first ended, or after it, another has begun.
    for again in ["14", "15"] {
        let one_after_the_other: &[(TraceKind, &str, &[&str])] =
            &[(Paused, "10", stage), (Resumed, "14", stage), (Paused, again, stage)];
        assert_eq!(found(one_after_the_other), (vec!["10-14".into(), format!("{again}-?")], vec![]));
    }
    // Where rows hold both they say what is their own, and so do numbers.
    let rows: &[(TraceKind, &str, &[&str])] = &[
        (Paused, "10", &["r=a", "检测"]),
        (Paused, "12", &["r=b", "检测"]),
        (Resumed, "14", &["r=a", "检测"]),
    ];
    assert_eq!(found(rows), (vec!["10-14".into(), "12-?".into()], vec![]));
    let numbered: &[(TraceKind, &str, &[&str])] =
        &[(Paused, "10", stage), (Paused, "12", &["s=2", "检测"]), (Resumed, "14", stage)];
    assert_eq!(found(numbered), (vec!["10-14".into(), "12-?".into()], vec![]));
}

/// Rows of a case, each with its day and what it bears.
type Rows<'a> = &'a [(TraceKind, &'a str, &'a [&'a str])];

/// M8, rule special-unpaired: of one name, an end before its beginning leaves nothing out, whatever rows hold them. On the day of the
/// beginning it ends it; an end that another beginning may have had, one of another name or number, and one that has a later end beside
/// it cost the procedure that goes on nothing.
#[test]
fn an_end_of_the_same_name_before_its_beginning_leaves_nothing_out() {
    let name: &[&str] = &["检测"];
    let both = |end: &'static str| [(Resumed, end, name), (Paused, "12", name)];
    assert_eq!(found(&both("11")), (vec![], vec!["backwards 12 11".into()]));
    assert_eq!(found(&both("12")), (vec!["12-12".into()], vec![]));
    assert_eq!(found(&both("13")), (vec!["12-13".into()], vec![]));
    let again = [(Resumed, "09", name), (Paused, "12", name), (Paused, "14", name)];
    assert_eq!(found(&again), (vec![], vec!["again 12 14".into(), "backwards 12 09".into()]));
    let beside = [(Resumed, "11", name), (Paused, "12", name), (Paused, "13", &["鉴定"][..])];
    assert_eq!(found(&beside), (vec!["13-?".into()], vec!["backwards 12 11".into()]));
    let left: [(&str, Rows<'_>); 4] = [
        (
            "ended twice",
            &[(Paused, "08", name), (Resumed, "09", name), (Resumed, "10", name), (Paused, "12", name)][..],
        ),
        ("another name", &[(Resumed, "10", &["鉴定"]), (Paused, "12", name)]),
        ("no name", &[(Resumed, "10", &[]), (Paused, "12", &[])]),
        ("another number", &[(Resumed, "10", &["s=1", "检测"]), (Paused, "12", &["s=2", "检测"])]),
    ];
    for (what, traces) in left {
        let (pairs, odd) = found(traces);
        assert_eq!(
            (pairs.last().map(String::as_str), &odd[..]),
            (Some("12-?"), &["no beginning 10".to_owned()][..]),
            "{what}"
        );
    }
}
