//! What a record grants is typed by the office that it gives time to: it is believed up to a bound. Accepted 2011-09-26; sixty
//! working days from 2011-10-10 are over with 2011-12-31, a make-up Saturday.

use super::*;
use crate::domain::clock::{Doubt, Excess};
use crate::domain::limit::LimitUnit;
use crate::domain::statute::PauseTime;

const CAUSES: [&str; 4] = ["听证", "检测", "鉴定", "专家评审"];

/// A special procedure by its stage and granted length, from a day to a day.
type Procedure<'p> = (&'p str, Option<Amount>, &'p str, Option<&'p str>);

fn traces(procedures: &[Procedure<'_>]) -> Vec<Trace> {
    let mut traces = vec![trace(Accepted, "2011-09-26")];
    for (number, (stage, amount, from, to)) in procedures.iter().enumerate() {
        let named = |kind, day: &str| Trace {
            stage: Some((*stage).to_owned()),
            serial: Some(number.to_string()),
            ..trace(kind, day)
        };
        traces.push(Trace { amount: amount.clone(), ..named(Paused, from) });
        traces.extend(to.map(|day| named(Resumed, day)));
    }
    chronological(&mut traces);
    traces
}

/// The promise of sixty working days, and the special procedures, of which the clause names causes.
fn with_special() -> Policy {
    let mut policy = policy(HUNAN);
    let causes = CAUSES.map(str::to_owned).to_vec();
    let mut special = policy.clocks[0].clone();
    special.id = "special".into();
    (special.starts, special.stops) = (event(Paused), event(Resumed));
    (special.limit, special.repeats, special.pauses) = (LimitSource::Granted, true, None);
    let mut promise = policy.clocks[0].clone();
    promise.pauses = Some(PauseRule { causes, ..PauseRule::default() });
    policy.clocks = vec![promise, special].into();
    let line = |(card, when): &(Card, &str)| CardLine {
        card: *card,
        clock: "special".into(),
        when: when.parse().unwrap(),
        without: None,
    };
    policy.cards.lines.extend(HUNAN.iter().map(line));
    policy
}

fn event(kind: TraceKind) -> Trigger {
    Trigger::Marks(vec![Mark::Kind(kind)])
}

/// What a case shows at a moment: what is doubtful of the promise, what is too much of it, and due days with cards of the
/// special procedures.
struct Shown {
    doubts: Vec<Doubt>,
    excess: Vec<Excess>,
    due: String,
    special: Vec<(String, Option<Card>)>,
}

fn shown_by(policy: &Policy, item: &Item, traces: &[Trace], when: &str) -> Shown {
    let now = Now { instant: at(when).at(), replay: false };
    let readings = read(policy, item, &Header::default(), traces, &now);
    let (special, promise): (Vec<_>, Vec<_>) = readings.iter().partition(|it| it.rule.id == "special");
    let day = |it: &&Reading<'_>| (it.due.unwrap().at.date().to_string(), it.card);
    Shown {
        doubts: promise[0].doubt.as_ref().map(|it| it.reasons.clone()).unwrap_or_default(),
        excess: promise[0].excess.clone(),
        due: promise[0].due.unwrap().at.to_string(),
        special: special.iter().map(day).collect(),
    }
}

fn shown(procedures: &[Procedure<'_>], when: &str) -> Shown {
    shown_by(&with_special(), &item("60wd"), &traces(procedures), when)
}

fn wd(amount: u32) -> Limit {
    Limit::Span { amount, unit: LimitUnit::WorkingDays }
}

/// 优化营商环境条例 Art. 36: each procedure within a limit. One granted 9999 days is believed for sixty working days: from then on
/// it is doubtful, as one without an end is, and gets its card. Said at once, and not of one that keeps within.
#[test]
fn a_granted_length_is_believed_up_to_a_bound() {
    let long = [("检测", Some(Amount::Bare(9999)), "2011-10-10", None)];
    let from = at("2011-10-10");
    let granted = Excess::Granted { from, granted: wd(9999), at_most: wd(60) };
    for (when, doubtful, card) in [
        ("2011-10-11 09:00:00", false, None),
        ("2011-12-28 17:00:00", false, None),
        ("2011-12-30 09:00:00", false, Some(Card::Notice)),
        ("2011-12-31 23:59:59", false, Some(Card::Notice)),
        ("2012-01-01 00:00:00", true, Some(Card::Yellow)),
        ("2013-06-03 09:00:00", true, Some(Card::Yellow)),
    ] {
        let shown = shown(&long, when);
        let doubt = Doubt::Beyond { from, at_most: wd(60) };
        assert_eq!(shown.doubts.contains(&doubt), doubtful && when > "2012-01-04", "{when}");
        assert_eq!(shown.special, [("2011-12-31".to_owned(), card)], "{when}");
        assert_eq!(shown.excess, std::slice::from_ref(&granted), "{when}");
    }
    for granted in [59, 60] {
        let within = [("检测", Some(Amount::Bare(granted)), "2011-10-10", Some("2011-12-30"))];
        let shown = shown(&within, "2012-06-01 09:00:00");
        assert_eq!((shown.doubts, shown.excess), (Vec::new(), Vec::new()), "{granted}");
    }
    // Ended in time, nothing is too much; ended after the bound, granted or not, it is as doubtful as one that goes on.
    let ended = |amount, to| {
        let shown = shown(&[("检测", amount, "2011-10-10", Some(to))], "2012-06-01 09:00:00");
        (!shown.doubts.is_empty(), !shown.excess.is_empty())
    };
    assert_eq!(ended(Some(Amount::Bare(9999)), "2011-12-31"), (false, false));
    assert_eq!(ended(Some(Amount::Bare(9999)), "2012-01-04"), (true, true));
    assert_eq!(ended(None, "2011-12-31"), (false, false));
    assert_eq!(ended(None, "2012-01-04"), (true, false));
}

/// What is closed on top of it is no way out: the strict day is that of the bound.
#[test]
fn a_case_closed_within_a_long_pause_stays_doubtful() {
    let mut rows = traces(&[("检测", Some(Amount::Bare(9999)), "2011-10-10", None)]);
    rows.push(trace(Decided, "2012-12-03"));
    let shown = shown_by(&with_special(), &item("20wd"), &rows, "2013-01-04 09:00:00");
    assert_eq!(shown.doubts, [Doubt::Beyond { from: at("2011-10-10"), at_most: wd(60) }]);
    assert_eq!(shown.special, [("2011-12-31".to_owned(), Some(Card::Yellow))]);
}

/// Lengths that nobody means: none of them is believed for longer, and none brings the count down. A zero is no length.
#[test]
fn an_absurd_length_is_no_longer_than_the_bound() {
    let years = Amount::Limit("9999y".parse().unwrap());
    let hours = Amount::Limit("9999oh".parse().unwrap());
    for amount in [Amount::Bare(u32::MAX), Amount::Bare(10_000), Amount::Bare(61), years, hours] {
        let shown = shown(&[("检测", Some(amount.clone()), "2011-10-10", None)], "2012-01-06 09:00:00");
        assert_eq!(shown.special, [("2011-12-31".to_owned(), Some(Card::Yellow))], "{amount:?}");
    }
    for amount in [Amount::Bare(0), Amount::Limit(Limit::RecordDate("expiry".into()))] {
        let shown = shown(&[("检测", Some(amount.clone()), "2011-10-10", None)], "2011-11-01 09:00:00");
        assert_eq!(shown.special, [("2011-10-31".to_owned(), Some(Card::Yellow))], "{amount:?}");
    }
}

/// Renewed row by row it is one procedure: what those of its kind before it took, first and last day included, is no longer there
/// for it, and what begins when all is taken leaves nothing out and is late on the day after. From 10-10 to 12-28 are 58.
#[test]
fn a_chain_of_one_kind_is_believed_together() {
    let sixty = || Some(Amount::Bare(60));
    let used_up = Excess::UsedUp { from: at("2012-01-04"), at_most: wd(60) };
    for (ended, due, excess) in [
        ("2011-12-28", "2012-01-06", vec![]),
        ("2011-12-29", "2012-01-05", vec![]),
        ("2011-12-30", "2012-01-04", vec![used_up.clone()]),
        ("2011-12-31", "2012-01-04", vec![used_up.clone()]),
    ] {
        let chain = [("检测", sixty(), "2011-10-10", Some(ended)), ("检测", sixty(), "2012-01-04", None)];
        let on = |day: &str, time: &str| shown(&chain, &format!("{day} {time}"));
        assert!(on(due, "17:00:00").special[1].1 < Some(Card::Yellow), "{ended}");
        let late = on("2012-01-09", "09:00:00");
        assert_eq!(late.special[1], (due.to_owned(), Some(Card::Yellow)), "{ended}");
        assert_eq!(late.excess, excess, "{ended}");
        let alone = shown(&chain[..1], "2012-01-09 09:00:00").due;
        assert_eq!(late.due == alone, !excess.is_empty(), "{ended}: {} {alone}", late.due);
    }
    // Shorter ones, thirty days each: what is left counts from the second.
    let halves = [("检测", sixty(), "2011-10-10", Some("2011-11-18")), ("检测", sixty(), "2011-11-21", None)];
    assert_eq!(
        shown(&halves, "2012-01-04 09:00:00").special[1],
        ("2011-12-31".to_owned(), Some(Card::Yellow))
    );
    assert_eq!(shown(&halves, "2011-12-31 09:00:00").special[1].1, Some(Card::Notice));
}

/// A procedure a day, begun and ended on it, takes that day: the sixty-first leaves nothing out.
#[test]
fn a_procedure_a_day_is_a_chain_too() {
    let calendar = embedded();
    let day = |day: &chrono::NaiveDate| calendar.day(*day).working;
    let days = at("2011-10-10").date().iter_days().filter(day).take(61).map(|it| it.to_string());
    let days: Vec<String> = days.collect();
    let one = |day: &'static str| ("检测", Some(Amount::Bare(1)), day, Some(day));
    let rows: Vec<Procedure<'_>> = days.iter().map(|it| one(String::leak(it.clone()))).collect();
    assert_eq!(shown(&rows[..60], "2012-03-01 09:00:00").excess, []);
    let last = Excess::UsedUp { from: at("2011-12-31"), at_most: wd(60) };
    assert_eq!(shown(&rows, "2012-03-01 09:00:00").excess, [last]);
}

/// Side by side or one behind the other, procedures of different kinds have each their own time; all kinds together three times
/// that of one, so that a new name does not begin it anew for ever.
#[test]
fn different_kinds_have_their_own_time() {
    let long = |kind, from, to| (kind, Some(Amount::Bare(60)), from, to);
    let beside =
        [long("检测", "2011-10-10", Some("2011-12-20")), long("鉴定", "2011-10-10", Some("2011-12-20"))];
    let mut behind = vec![
        long("检测", "2011-10-10", Some("2011-12-20")),
        long("鉴定", "2011-12-21", Some("2012-03-01")),
        long("听证", "2012-03-02", Some("2012-05-18")),
    ];
    for rows in [&beside[..], &behind[..]] {
        let shown = shown(rows, "2012-06-01 09:00:00");
        assert_eq!((shown.doubts, shown.excess), (Vec::new(), Vec::new()), "{rows:?}");
        assert!(shown.special.iter().all(|(_, card)| *card != Some(Card::Yellow)), "{:?}", shown.special);
    }
    behind.push(long("专家评审", "2012-05-21", None));
    let shown = shown(&behind, "2012-08-01 09:00:00");
    assert_eq!(shown.doubts, [Doubt::Beyond { from: at("2012-05-21"), at_most: wd(180) }]);
    assert_eq!(shown.special[3].1, Some(Card::Yellow));
}

/// Another number is not another kind, another name is; a second run of the case begins anew.
#[test]
fn a_number_makes_no_other_kind_and_a_second_run_does() {
    let behind = |second| {
        let rows = [
            ("踏勘1", Some(Amount::Bare(60)), "2011-10-10", Some("2011-12-30")),
            (second, Some(Amount::Bare(60)), "2012-01-04", None),
        ];
        shown(&rows, "2012-02-01 09:00:00").special[1].0.clone()
    };
    assert_eq!(behind("第二次踏勘"), "2012-01-04");
    assert_eq!(behind("踏勘 2"), "2012-01-04");
    assert_eq!(behind("勘界"), "2012-03-31");
    let mut rows = traces(&[
        ("检测", Some(Amount::Bare(60)), "2011-10-10", Some("2011-12-30")),
        ("检测", Some(Amount::Bare(60)), "2012-01-05", None),
    ]);
    rows.extend([trace(Decided, "2012-01-03"), trace(Accepted, "2012-01-04")]);
    chronological(&mut rows);
    let shown = shown_by(&with_special(), &item("60wd"), &rows, "2012-02-01 09:00:00");
    assert_eq!(shown.special[1].0, "2012-04-01");
}

/// 《行政许可法》 Art. 47: a hearing is held within twenty working days, where its record gives no length; what no clause names has
/// the catalogue's, else the setting's. The record's own goes before, up to the clause's bound, else the catalogue's, else the
/// setting.
#[test]
fn what_a_procedure_may_take_is_the_clauses_the_catalogues_or_the_settings() {
    let by = |stage: Option<&str>, note: Option<&str>, granted: Option<u32>, cap: Option<&str>| {
        let mut policy = with_special();
        let mut clocks = policy.clocks.to_vec();
        let pauses = clocks[0].pauses.as_mut().unwrap();
        let basis = "《行政许可法》第四十七条第一款".to_owned();
        pauses.times = vec![PauseTime { cause: "听证".into(), limit: wd(20), basis }];
        pauses.cap = cap.map(|cap| cap.parse().unwrap());
        policy.clocks = clocks.into();
        let mut item = item("60wd");
        item.stages = vec!["检测?:30个工作日".parse().unwrap()];
        let begun = Trace {
            stage: stage.map(str::to_owned),
            note: note.map(str::to_owned),
            amount: granted.map(Amount::Bare),
            ..trace(Paused, "2011-10-10")
        };
        let rows = [trace(Accepted, "2011-09-26"), begun];
        let shown = shown_by(&policy, &item, &rows, "2011-10-11 09:00:00");
        shown.special[0].0.clone()
    };
    for (stage, note, granted, cap, due) in [
        (Some("听证"), None, None, None, "2011-11-07"),
        (None, Some("听证通知书 3 号"), None, None, "2011-11-07"),
        (Some("举行听证"), None, None, None, "2011-11-07"),
        (Some("鉴定"), Some("鉴字 3 号"), None, None, "2011-10-31"),
        (None, None, None, None, "2011-10-31"),
        (Some("检测"), None, None, None, "2011-11-21"),
        (Some("检测"), None, Some(40), None, "2011-11-21"),
        (Some("检测"), None, Some(10), None, "2011-10-24"),
        (Some("听证"), None, Some(40), None, "2011-12-05"),
        (Some("听证"), None, None, Some("5wd"), "2011-10-17"),
        (Some("听证"), None, Some(40), Some("5wd"), "2011-10-17"),
    ] {
        assert_eq!(by(stage, note, granted, cap), due, "{stage:?} {note:?} {granted:?} {cap:?}");
    }
}

/// What lasts clearly less than it may is taken without counting its bound. Where the first day counts, ten days from 2011-10-10 are
/// over with 10-19, which is left out whole: the day before, the day, the day after.
#[test]
fn an_end_near_the_bound_is_counted() {
    let mut policy = with_special();
    policy.pause_at_most = "10d".parse().unwrap();
    policy.clocks[0].counting.start_day_counts = true;
    let beyond = Doubt::Beyond { from: at("2011-10-10"), at_most: policy.pause_at_most.clone() };
    let doubts = |end: &str| {
        let traces = traces(&[("检测", None, "2011-10-10", Some(end))]);
        shown_by(&policy, &item("60wd"), &traces, "2011-10-21 09:00:00").doubts
    };
    for (end, doubtful) in [("2011-10-18", false), ("2011-10-19", false), ("2011-10-20", true)] {
        assert_eq!(doubts(end).contains(&beyond), doubtful, "{end}: {:?}", doubts(end));
    }
}
