//! When letters leave, and so from when on their readers have time to answer.

use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;

/// When the next letter on a card can leave: now in office hours and before them, else on the next working day.
pub fn next_letter(policy: &Policy, now: &Now) -> Moment {
    let (today, time) = (now.today(), now.instant.time());
    let hours = policy.counting.hours.on(&policy.calendar, today);
    if policy.calendar.day(today).working && time < hours.closing() {
        return Moment::instant(now.instant);
    }
    let next = policy.calendar.after(today, 1).unwrap_or(today);
    Moment::day(next, policy.zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::tests::policy;

    /// What is entered by the end of a working day leaves on it; after it, on a Saturday and on a day off, on the next working day. So the day
    /// by which an objection is to be decided is the same in the receipt and in the letter.
    #[test]
    fn the_next_letter_leaves_in_office_hours() {
        let policy = policy(&[]);
        let next = |at: &str| {
            let local = chrono::NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M").unwrap();
            let now = Now { instant: Moment::local(local, policy.zone).at(), replay: false };
            next_letter(&policy, &now).date().to_string()
        };
        let closing = policy.counting.hours.on(&policy.calendar, "2011-10-28".parse().unwrap()).closing();
        let (before, at) = (closing - chrono::TimeDelta::minutes(1), closing);
        let friday = |time: chrono::NaiveTime| next(&format!("2011-10-28 {}", time.format("%H:%M")));
        assert_eq!([next("2011-10-28 07:00"), friday(before)], ["2011-10-28", "2011-10-28"]);
        assert_eq!([friday(at), next("2011-10-29 10:00"), next("2011-10-30 10:00")], ["2011-10-31"; 3]);
    }
}
