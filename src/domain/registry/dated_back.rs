//! Versions of the catalogue that are dated back: cases met before they were known keep what the catalogue said then.

use std::iter;

use chrono::{DateTime, Days, FixedOffset, NaiveDate};

use super::{AsMet, Item, Items};

/// When a change of the catalogue was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// The day from which on words without days hold.
    pub day: NaiveDate,
    /// The last round before; `None`: there was none.
    pub after: Option<DateTime<FixedOffset>>,
}

/// Has the cases met before keep what was known of the days before a change, where it says something else of them: a shorter
/// promise makes no running case late, and a longer one wipes no card, whatever days somebody typed. Gives whether it does.
pub fn keep(items: &mut Items, known: &Items, met: Met) -> bool {
    let mut dated_back = false;
    for (code, item) in items.iter_mut() {
        let Some(before) = known.get(code) else { continue };
        if item.agrees(before, None) {
            item.as_met.clone_from(&before.as_met);
            continue;
        }
        let new = Item { as_met: Vec::new(), ..item.clone() };
        let contradicts = !new.agrees(before, Some(met.day));
        dated_back |= contradicts;
        let just_before =
            met.after.filter(|_| contradicts).map(|until| AsMet { until, item: before.clone() });
        let kept = before.as_met.iter().cloned().chain(just_before);
        item.as_met = kept.map(|it| AsMet { item: from_day(&it.item, &new, met.day), ..it }).collect();
        item.as_met.retain(|kept| !kept.item.agrees(&new, None));
        item.as_met.dedup_by(|later, earlier| {
            let same = later.item.agrees(&earlier.item, None);
            earlier.until = if same { later.until } else { earlier.until };
            same
        });
    }
    dated_back
}

/// What one entry says of the days before `day`, and another from then on.
fn from_day(before: &Item, new: &Item, day: NaiveDate) -> Item {
    let last = day - Days::new(1);
    let begun = before.versions().filter(|version| version.valid_from.is_none_or(|from| from < day));
    let plain = |version: &Item| Item { earlier: Vec::new(), as_met: Vec::new(), ..version.clone() };
    let ended = begun.map(|version| {
        let valid_until = Some(version.valid_until.map_or(last, |until| until.min(last)));
        Item { valid_until, ..plain(version) }
    });
    let since = new.earlier.iter().filter(|version| version.valid_until.is_some_and(|until| until >= day));
    Item { earlier: ended.chain(since.map(plain)).collect(), ..plain(new) }
}

impl Item {
    /// The entry as it goes for a case that was met at a moment.
    pub fn for_met(&self, met: DateTime<FixedOffset>) -> &Self {
        self.as_met.iter().find(|kept| met <= kept.until).map_or(self, |kept| &kept.item)
    }

    /// Its versions in order of time.
    pub fn versions(&self) -> impl Iterator<Item = &Self> {
        self.earlier.iter().chain(iter::once(self))
    }

    /// Whether two entries say the same of every day, or of every one before a day.
    fn agrees(&self, other: &Self, before: Option<NaiveDate>) -> bool {
        let bounds =
            |version: &Self| [version.valid_from, version.valid_until.and_then(|until| until.succ_opt())];
        let turns = self.versions().chain(other.versions()).flat_map(bounds).flatten();
        let mut days = turns.chain([NaiveDate::MIN]).filter(|day| before.is_none_or(|before| *day < before));
        days.all(|day| {
            let (one, two) = (self.on(|| Some(day)), other.on(|| Some(day)));
            one.offered_on(day) == two.offered_on(day) && one.says_as(two)
        })
    }

    fn offered_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::registry::{CaseType, Channel};

    fn at(text: &str) -> DateTime<FixedOffset> {
        text.parse().unwrap()
    }

    fn met(day: &str) -> Met {
        Met { day: day.parse().unwrap(), after: Some(at(&format!("{day}T08:00:00+08:00"))) }
    }

    /// Versions with their promise, first and last day.
    fn item(versions: &[(&str, Option<&str>, Option<&str>)]) -> Item {
        let day = |text: &&str| text.parse().unwrap();
        let mut all: Vec<Item> = versions
            .iter()
            .map(|(promise, from, until)| Item {
                code: "SG".into(),
                name: "施工许可".into(),
                unit: "U1".into(),
                category: "行政许可".into(),
                case_type: CaseType::Promised,
                promised: Some(promise.parse().unwrap()),
                statutory: None,
                basis: None,
                stages: Vec::new(),
                fee: None,
                channel: Channel::System,
                exemption: None,
                valid_from: from.as_ref().map(day),
                valid_until: until.as_ref().map(day),
                season: None,
                earlier: Vec::new(),
                as_met: Vec::new(),
            })
            .collect();
        let last = all.pop().unwrap();
        Item { earlier: all, ..last }
    }

    fn kept(known: Item, new: &Item, met: Met) -> (Item, bool) {
        let mut items = Items::from([("SG".to_owned(), new.clone())]);
        let dated_back = keep(&mut items, &Items::from([("SG".to_owned(), known)]), met);
        (items.shift_remove("SG").unwrap(), dated_back)
    }

    /// What a case is promised that was met at a moment and began on a day.
    fn promise(item: &Item, met: &str, began: &str) -> String {
        let version = item.for_met(at(met)).on(|| Some(began.parse().unwrap()));
        version.promised.as_ref().unwrap().to_string()
    }

    /// A case keeps what the catalogue said when it was met; at the bounds of the version's first day and of the moment at which
    /// it became known, what comes before, on it and after it. A second run that begins later goes by what was said then.
    #[test]
    fn what_was_met_before_keeps_what_was_said() {
        let new = item(&[("7wd", None, Some("2026-11-09")), ("3wd", Some("2026-11-10"), None)]);
        let (item, dated_back) = kept(item(&[("7wd", None, None)]), &new, met("2026-11-16"));
        assert!(dated_back);
        let (before, on, after) =
            ("2026-11-16T07:59:59+08:00", "2026-11-16T08:00:00+08:00", "2026-11-16T08:00:01+08:00");
        for began in ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-15"] {
            assert_eq!([before, on].map(|met| promise(&item, met, began)), ["7wd", "7wd"], "{began}");
        }
        let began = ["2026-11-09", "2026-11-10", "2026-11-11"];
        assert_eq!(began.map(|began| promise(&item, after, began)), ["7wd", "3wd", "3wd"]);
        let second_run = ["2026-11-15", "2026-11-16", "2026-11-17"];
        assert_eq!(second_run.map(|began| promise(&item, before, began)), ["7wd", "3wd", "3wd"]);
        // Met once more it is no change, and keeps what it keeps.
        assert_eq!(kept(item.clone(), &new, met("2026-12-01")), (item, false));
    }

    /// A version from the day on which it is met on, or later, is dated back to nothing; one of the day before is.
    #[test]
    fn only_days_that_are_past_are_dated_back() {
        let known = || item(&[("7wd", None, None)]);
        for (until, from, dated_back) in [
            ("2026-11-14", "2026-11-15", true),
            ("2026-11-15", "2026-11-16", false),
            ("2026-11-16", "2026-11-17", false),
        ] {
            let new = item(&[("7wd", None, Some(until)), ("3wd", Some(from), None)]);
            let (item, found) = kept(known(), &new, met("2026-11-16"));
            assert_eq!((found, item.as_met.is_empty()), (dated_back, !dated_back), "{from}");
        }
    }

    /// Dated back twice, and taken back: each case keeps what was said when it was met, and what says the same is kept once.
    #[test]
    fn later_changes_reach_what_is_kept_only_from_their_day_on() {
        let first = item(&[("7wd", None, None)]);
        let second = item(&[("7wd", None, Some("2026-11-09")), ("3wd", Some("2026-11-10"), None)]);
        let third = item(&[("7wd", None, Some("2026-11-09")), ("1wd", Some("2026-11-10"), None)]);
        let (after_two, _) = kept(first.clone(), &second, met("2026-11-16"));
        let (after_three, _) = kept(after_two.clone(), &third, met("2026-11-20"));
        let moments = ["2026-11-16T08:00:00+08:00", "2026-11-20T08:00:00+08:00", "2026-11-20T08:00:01+08:00"];
        assert_eq!(moments.map(|met| promise(&after_three, met, "2026-11-12")), ["7wd", "3wd", "1wd"]);
        assert_eq!(moments.map(|met| promise(&after_three, met, "2026-11-20")), ["1wd", "1wd", "1wd"]);
        // The first words come back on a later day: what was met under them all along, and since, agrees.
        let (back, dated_back) = kept(after_two, &first, met("2026-11-20"));
        assert!(dated_back);
        assert_eq!(moments.map(|met| promise(&back, met, "2026-11-12")), ["7wd", "3wd", "7wd"]);
    }

    /// What the new entry says of the day on which it is met is kept with what comes after it, be it that day alone; what the old one
    /// said from that day on is not.
    #[test]
    fn from_the_day_on_which_it_is_met_the_new_entry_holds() {
        let began = ["2026-11-15", "2026-11-16", "2026-11-17"];
        let new = item(&[
            ("7wd", None, Some("2026-11-09")),
            ("5wd", Some("2026-11-10"), Some("2026-11-16")),
            ("3wd", Some("2026-11-17"), None),
        ]);
        let (one, _) = kept(item(&[("7wd", None, None)]), &new, met("2026-11-16"));
        assert_eq!(began.map(|day| promise(&one, "2026-11-16T08:00:00+08:00", day)), ["7wd", "5wd", "3wd"]);
        let known = item(&[("7wd", None, Some("2026-11-15")), ("5wd", Some("2026-11-16"), None)]);
        let new = item(&[("6wd", None, Some("2026-11-15")), ("3wd", Some("2026-11-16"), None)]);
        let (two, _) = kept(known, &new, met("2026-11-16"));
        assert_eq!(began.map(|day| promise(&two, "2026-11-16T08:00:00+08:00", day)), ["7wd", "3wd", "3wd"]);
        assert_eq!(
            two.as_met[0].item.earlier.len(),
            1,
            "of the old entry nothing is kept but what it said before"
        );
    }
}
