//! Silence: the rate of false alarms, and how soon what stops is seen.

use super::*;

/// A generator of the standard library's own kind is enough: splitmix64.
struct Chance(u64);

impl Chance {
    fn of(&mut self, share: f64) -> bool {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64 <= share
    }
}

/// The stated rate, by simulation: things that are as busy as ever raise at most one alarm in two hundred years each.
#[test]
fn false_alarms_are_as_rare_as_stated() {
    let mut chance = Chance(2011);
    let (mut alarms, mut years) = (0, 0.0);
    for share in [0.15, 0.3, 0.5, 0.8, 0.95] {
        for _ in 0..40 {
            let days: Vec<u64> = (0..1250).map(|_| u64::from(chance.of(share))).collect();
            let mut ringing = false;
            for today in 250..days.len() {
                let rings = Run::last(&days[today - 250..today]).speaks();
                alarms += usize::from(rings && !ringing);
                ringing = rings;
            }
            years += 4.0;
        }
    }
    assert!(years > 700.0);
    assert!(f64::from(u32::try_from(alarms).unwrap()) / years <= FALSE_ALARMS, "{alarms} in {years} years");
}

/// Counted by hand for the last: 20 of 229 days had a case, so p = 209.5/230, and pⁿ ≤ 0.005 / (250 · 20.5/230) from n = 91.
#[test]
fn what_stops_is_seen_the_sooner_the_busier_it_was() {
    let noticed = |every: usize| {
        let past: Vec<u64> = (0..240).map(|day| u64::from(day % every == 0)).collect();
        (1..240).find(|idle| {
            let mut days = past.clone();
            let last = days.iter().rposition(|cases| *cases > 0).unwrap();
            days.truncate(last + 1);
            days.extend(vec![0; *idle]);
            Run::last(&days).speaks()
        })
    };
    assert_eq!((noticed(1), noticed(2), noticed(5), noticed(12)), (Some(2), Some(15), Some(41), Some(91)));
    assert_eq!(noticed(40), None, "six cases in a year are no past to go by");
}

/// With 59 days of a past nothing is said, with 60 it is; with nine days on which there was a case neither, with ten it is. As long as the
/// longest silence before says nothing, a day longer does. The chance of a false alarm is the stated one at most.
#[test]
fn silence_speaks_from_each_of_its_bounds_on() {
    let speaks = |days, longest, active| Run { days, longest, active }.speaks();
    assert_eq!([59, 60, 61].map(|all| speaks(100, 0, (all, all))), [false, true, true]);
    assert_eq!([9, 10, 11].map(|active| speaks(2000, 0, (active, 240))), [false, true, true]);
    assert_eq!([19, 20, 21].map(|days| speaks(days, 20, (240, 240))), [false, false, true]);
}

/// What an item is not offered on is no silence: the day before its first, the first, the last, the day after. What is counted as known is
/// what the registry and the sources have by that name.
#[test]
fn an_item_is_expected_from_its_first_day_to_its_last() {
    let day = |text: &str| format!("2011-10-{text}").parse::<NaiveDate>().unwrap();
    let mut policy = crate::domain::clock::tests::policy(&[]);
    let mut item = crate::domain::clock::tests::item("20wd");
    (item.valid_from, item.valid_until) = (Some(day("11")), Some(day("13")));
    policy.registry.items.insert("I".into(), item);
    let mut stock = Stock::default();
    let source = crate::domain::stock::SourceOf { name: "hall".into(), dark: false, newest: Some(day("14")) };
    stock.sources.insert("I".into(), source);
    stock.begun.insert("I".into(), [(day("10"), 1), (day("12"), 2), (day("14"), 1)].into());
    let past = Past {
        stock: &stock,
        policy: &policy,
        today: day("14"),
        days: ["10", "11", "12", "13", "14"].map(day).into(),
        dark: BTreeSet::new(),
        named: BTreeSet::new(),
    };
    assert_eq!(past.by_day(Level::Item, "I"), [None, Some(0), Some(2), Some(0), None]);
    let known = [
        (Level::Source, "hall"),
        (Level::Source, "I"),
        (Level::Item, "I"),
        (Level::Item, "hall"),
        (Level::Unit, "hall"),
    ];
    assert_eq!(known.map(|(level, name)| past.is_known(level, name)), [true, false, true, false, false]);
}
