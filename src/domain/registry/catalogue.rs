//! The catalogue has versions: a case keeps the limits that were in force when it began.

use chrono::{Days, NaiveDate};

use super::{Item, Items};

/// Why several entries of one item are not its versions, one after the other; each completes a sentence about the later entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotInTurn {
    /// The version before it has no last day.
    NoEnd,
    /// It has no first day.
    NoBeginning,
    /// It begins before the version before it has ended.
    Overlap(NaiveDate),
}

/// Makes one item of the entries of one code, each with its first and last day.
///
/// # Errors
/// The position of the entry at fault, in the order given, and what is wrong with it.
pub fn in_turn(entries: Vec<Item>) -> Result<Item, (usize, NotInTurn)> {
    let mut entries: Vec<(usize, Item)> = entries.into_iter().enumerate().collect();
    entries.sort_by_key(|(_, item)| item.valid_from);
    for pair in entries.windows(2) {
        let ((_, before), (at, after)) = (&pair[0], &pair[1]);
        match (before.valid_until, after.valid_from) {
            (_, None) => return Err((*at, NotInTurn::NoBeginning)),
            (None, _) => return Err((*at, NotInTurn::NoEnd)),
            (Some(until), Some(from)) if from <= until => return Err((*at, NotInTurn::Overlap(until))),
            _ => {}
        }
    }
    let mut items = entries.into_iter().map(|(_, item)| item);
    let mut last = items.next_back().expect("there is at least one entry");
    last.earlier = items.collect();
    Ok(last)
}

/// Gives each item of a catalogue that names no versions itself those that are known of it: what it said until now holds for
/// what began before `today`, from which on the new words hold. An item that it names no more ended the day before: what had
/// begun keeps its limits, and what begins later uses an item out of force.
pub fn carry(items: &mut Items, known: &Items, today: NaiveDate) {
    for (code, item) in items.iter_mut().filter(|(_, item)| item.earlier.is_empty()) {
        let Some(known) = known.get(code) else { continue };
        if item.says_as(known) {
            item.earlier.clone_from(&known.earlier);
            continue;
        }
        let yesterday = today - Days::new(1);
        let mut earlier = known.earlier.clone();
        let began_today = earlier.last().is_some_and(|last| last.valid_until == Some(yesterday));
        if !began_today {
            let ended = Item { earlier: Vec::new(), as_met: Vec::new(), ..known.clone() };
            earlier.push(Item { valid_until: Some(yesterday), ..ended });
        } else if earlier.last().is_some_and(|last| item.says_as(last)) {
            earlier.pop(); // What was changed on one day and changed back never held.
        }
        item.earlier = earlier;
    }
    let yesterday = today - Days::new(1);
    for (code, known) in known.iter().filter(|(code, _)| !items.contains_key(*code)).collect::<Vec<_>>() {
        let valid_until = Some(known.valid_until.map_or(yesterday, |until| until.min(yesterday)));
        items.insert(code.clone(), Item { valid_until, ..known.clone() });
    }
    items.sort_unstable_keys();
}

impl Item {
    /// Whether two versions judge a case alike.
    pub(super) fn says_as(&self, other: &Self) -> bool {
        let terms = |item: &Self| {
            let Self { promised, statutory, basis, stages, fee, .. } = item.clone();
            (promised, statutory, basis, stages, fee, item.category.clone(), item.case_type)
        };
        terms(self) == terms(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::registry::{CaseType, Channel};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn item(promised: &str, from: Option<&str>, until: Option<&str>) -> Item {
        Item {
            code: "SG".into(),
            name: "施工许可".into(),
            unit: "U1".into(),
            category: "行政许可".into(),
            case_type: CaseType::Promised,
            promised: Some(promised.parse().unwrap()),
            statutory: None,
            basis: None,
            stages: Vec::new(),
            fee: None,
            channel: Channel::System,
            exemption: None,
            valid_from: from.map(day),
            valid_until: until.map(day),
            season: None,
            earlier: Vec::new(),
            as_met: Vec::new(),
        }
    }

    fn promised(item: &Item, on: &str) -> String {
        item.on(|| Some(day(on))).promised.as_ref().unwrap().to_string()
    }

    /// DESIGN section 4: the catalogue's own limits in force at the start event govern; at the bound the day before, the day,
    /// the day after.
    #[test]
    fn entries_with_consecutive_days_are_versions() {
        let old = || item("7wd", Some("2008-01-01"), Some("2011-09-29"));
        let versions = in_turn(vec![item("3wd", Some("2011-09-30"), None), old()]).unwrap();
        for (on, limit) in
            [("2001-01-01", "7wd"), ("2011-09-29", "7wd"), ("2011-09-30", "3wd"), ("2011-10-01", "3wd")]
        {
            assert_eq!(promised(&versions, on), limit, "{on}");
        }
        let wrong = |from| in_turn(vec![old(), item("3wd", from, None)]).unwrap_err();
        assert_eq!(wrong(Some("2011-09-29")), (1, NotInTurn::Overlap(day("2011-09-29"))));
        // Without a first day it sorts before the other, which then lacks the end of the one before it.
        assert_eq!(wrong(None), (0, NotInTurn::NoEnd));
        assert_eq!(
            in_turn(vec![item("7wd", None, None), item("3wd", None, None)]).unwrap_err().1,
            NotInTurn::NoBeginning
        );
    }

    #[test]
    fn a_change_without_days_holds_from_the_day_on_which_it_is_met() {
        let known = Items::from([("SG".to_owned(), item("7wd", None, None))]);
        let mut items = Items::from([("SG".to_owned(), item("3wd", None, None))]);
        carry(&mut items, &known, day("2011-09-30"));
        for (on, limit) in [("2011-09-29", "7wd"), ("2011-09-30", "3wd"), ("2011-10-01", "3wd")] {
            assert_eq!(promised(&items["SG"], on), limit, "{on}");
        }
        // The same words on a later day carry on.
        let known = items;
        let mut same = Items::from([("SG".to_owned(), item("3wd", None, None))]);
        carry(&mut same, &known, day("2011-10-08"));
        assert_eq!(same, known);
        // Changed back on the same day: nothing ever held.
        let mut back = Items::from([("SG".to_owned(), item("7wd", None, None))]);
        carry(&mut back, &known, day("2011-09-30"));
        assert!(back["SG"].earlier.is_empty());
        // And on a later day there are three.
        let mut third = Items::from([("SG".to_owned(), item("5wd", None, None))]);
        carry(&mut third, &known, day("2011-10-10"));
        for (on, limit) in [("2011-09-29", "7wd"), ("2011-10-09", "3wd"), ("2011-10-10", "5wd")] {
            assert_eq!(promised(&third["SG"], on), limit, "{on}");
        }
        // Named no more: it ended the day before, and is carried on so.
        let mut gone = Items::new();
        carry(&mut gone, &Items::from([("SG".to_owned(), item("7wd", None, None))]), day("2011-10-10"));
        assert_eq!(gone, Items::from([("SG".to_owned(), item("7wd", None, Some("2011-10-09")))]));
        let dated = Items::from([("SG".to_owned(), item("7wd", None, Some("2012-12-31")))]);
        let mut sooner = Items::new();
        carry(&mut sooner, &dated, day("2011-10-10"));
        assert_eq!(sooner, gone, "sooner than its own last day");
        let mut later = Items::new();
        carry(&mut later, &gone, day("2011-12-01"));
        assert_eq!(later, gone);
        // Another name or fee collector is no other promise.
        let mut renamed =
            Items::from([("SG".to_owned(), Item { name: "另名".into(), ..item("7wd", None, None) })]);
        carry(&mut renamed, &Items::from([("SG".to_owned(), item("7wd", None, None))]), day("2011-10-10"));
        assert!(renamed["SG"].earlier.is_empty());
    }
}
