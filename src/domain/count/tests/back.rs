//! Counting back from an event.

use super::*;

fn back(event: &str, limit: &str) -> Due {
    let limit: Limit = limit.parse().unwrap();
    Counting::default().due_before(&embedded(), Shanghai, &at(event), &limit).unwrap()
}

/// Three working days before Wednesday 12 October 2011 is Sunday the 9th, which was worked. Working days depend on what is announced, on
/// either side of the last day of it; days of the calendar depend on nothing.
#[test]
fn working_days_back_are_sure_as_far_as_they_are_announced() {
    assert_eq!(back("2011-10-12", "3wd").at.date(), "2011-10-09".parse().unwrap());
    assert_eq!(back("2011-10-12", "3d").at.date(), "2011-10-09".parse().unwrap());
    let last = *embedded().known().end();
    let days = [last, last.succ_opt().unwrap()].map(|day| day.to_string());
    assert_eq!(days.each_ref().map(|day| back(day, "3wd").provisional), [false, true]);
    assert_eq!(days.each_ref().map(|day| back(day, "3d").provisional), [false, false]);
}

/// The make-up Sunday is said to be one where working days are counted, and is a day like another where days are.
#[test]
fn a_make_up_day_matters_to_working_days_alone() {
    let steps = |event: &str, limit: &str| {
        let steps = Counting::default()
            .steps_before(&embedded(), Shanghai, &at(event), &limit.parse().unwrap())
            .unwrap();
        let made_up = steps.into_iter().filter(|step| step.make_up);
        let mut days: Vec<String> = made_up.map(|step| step.from.to_string()).collect();
        days.dedup();
        days
    };
    assert_eq!(steps("2011-10-12", "3wd"), ["2011-10-09"]);
    assert_eq!(steps("2011-10-12", "2wd"), [""; 0]);
    assert_eq!(steps("2011-10-12", "3d"), [""; 0]);
    assert_eq!(
        [steps("2011-10-09", "1wd"), steps("2011-10-09", "1d")],
        [vec!["2011-10-09".to_owned(), "2011-10-08".to_owned()], vec![]]
    );
}
