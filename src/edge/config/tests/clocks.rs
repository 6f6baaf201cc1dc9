//! What judges is never changed by accident: clocks add to the shipped ones, and each says which card it gives.

use super::{LEAST, city, load, told};
use crate::domain::card::Card;
use crate::domain::policy::Policy;

fn policy(text: &str) -> Policy {
    let (_folder, file) = city(&format!("{LEAST}{text}"));
    load(&file).unwrap_or_else(|problems| panic!("{problems}")).policy
}

/// The cards of a clock: card and moment.
fn cards(policy: &Policy, clock: &str) -> Vec<(Card, String)> {
    policy.cards.of(clock).iter().map(|line| (line.card, line.when.to_string())).collect()
}

fn ids(policy: &Policy) -> Vec<&str> {
    let mut ids: Vec<&str> = policy.clocks.iter().map(|clock| clock.id.as_str()).collect();
    ids.dedup();
    ids
}

const OWN: &str = "[[clock]]\nid = \"own\"\nname = \"自定\"\nstarts = [\"accepted\"]\nstops = [\"closed\"]\nlimit = \"3wd\"\n";
const YELLOW: &str = "cards = [{ card = \"yellow\", when = \"passed\" }]\n";

/// A declared clock adds to the shipped ones, and takes nothing from their cards.
#[test]
fn a_declared_clock_adds_to_the_shipped_ones() {
    let (plain, more) = (policy(""), policy(&format!("{OWN}{YELLOW}")));
    assert_eq!([ids(&plain), vec!["own"]].concat(), ids(&more));
    for clock in ["promise", "statutory"] {
        assert!(!cards(&plain, clock).is_empty());
        assert_eq!(cards(&plain, clock), cards(&more, clock));
    }
    assert_eq!(cards(&more, "own"), [(Card::Yellow, "passed".to_owned())]);
    assert_eq!((plain.cards.name.as_str(), more.cards.name.as_str()), ("hunan", "hunan (changed)"));
}

/// One with the id of a shipped clock takes its place, and has its cards unless it says others; `off` takes it away.
#[test]
fn a_shipped_clock_is_replaced_by_its_id_and_switched_off() {
    let plain = policy("");
    let replaced = policy(&OWN.replace("own", "statutory"));
    assert_eq!(replaced.clocks.iter().filter(|clock| clock.id == "statutory").count(), 1);
    assert_eq!(replaced.clock("statutory", None, None).unwrap().name_zh, "自定");
    assert_eq!(cards(&replaced, "statutory"), cards(&plain, "statutory"));
    let off = policy("[[clock]]\nid = \"statutory\"\noff = true\n");
    assert!(!ids(&off).contains(&"statutory") && ids(&off).contains(&"promise"));
    assert!(cards(&off, "statutory").is_empty());
}

/// Lines of one's own take the place of the preset's for the clocks that they name, and leave the others alone.
#[test]
fn own_lines_replace_those_of_the_clocks_they_name() {
    let plain = policy("");
    let own = policy("[[cards.line]]\ncard = \"red\"\nclock = \"promise\"\nwhen = \"+3wd\"\n");
    assert_eq!(cards(&own, "promise"), [(Card::Red, "+3wd".to_owned())]);
    assert_eq!(cards(&own, "statutory"), cards(&plain, "statutory"));
    let none = policy(&format!("{OWN}cards = \"none\"\n"));
    assert!(cards(&none, "own").is_empty() && ids(&none).contains(&"own"));
}

#[test]
fn what_would_judge_otherwise_than_it_says_is_refused() {
    for (text, words) in [
        (
            OWN.to_owned(),
            "jianchad.toml:4: clock[0]: the clock `own` gives no card: write cards = [{ card = ",
        ),
        (
            "[[clock]]\nid = \"statutary\"\noff = true\n".into(),
            "jianchad.toml:5: clock[0].id: there is no shipped clock `statutary` to switch off; did you mean `statutory`?",
        ),
        (
            "[[clock]]\nid = \"promise\"\noff = true\nname = \"x\"\n".into(),
            "clock[0].off: a clock that is off has an id and nothing else",
        ),
        ("[[clock]]\noff = true\n".into(), "clock[0].id: this key is missing"),
        (
            format!("{OWN}cards = \"no\"\n"),
            "write \"none\", or cards = [{ card = \"yellow\", when = \"passed\" }]",
        ),
        (format!("{OWN}cards = [{{ card = \"yellow\" }}]\n"), "when: this key is missing"),
        (format!("{OWN}{YELLOW}{OWN}{YELLOW}"), "there are two clocks `own`"),
        (
            format!("{OWN}{YELLOW}[[cards.line]]\ncard = \"red\"\nclock = \"own\"\nwhen = \"passed\"\n"),
            "jianchad.toml:13: cards.line[0].clock: the clock `own` says itself which cards it gives",
        ),
        (
            "[[cards.line]]\ncard = \"red\"\nclock = \"promis\"\nwhen = \"passed\"\n".into(),
            "jianchad.toml:6: cards.line[0].clock: there is no clock `promis`; did you mean `promise`?",
        ),
        (
            "[[clock]]\nid = \"promise\"\noff = true\n[[cards.line]]\ncard = \"red\"\nclock = \"promise\"\n\
             when = \"passed\"\n"
                .into(),
            "there is no clock `promise`",
        ),
    ] {
        let told = told(&format!("{LEAST}{text}"));
        assert!(told.contains(words), "`{words}` is missing in:\n{told}\nof\n{text}");
    }
}

/// What judged can be taken up again with all that a clock now says: another clock, another version.
#[test]
fn a_snapshot_carries_clocks_and_cards_whole() {
    let one = policy(&format!("{OWN}{YELLOW}kinds = [\"licence\"]\nregions = [\"43\"]\n"));
    let back = policy("").judging_by(&one.version, &one.snapshot()).unwrap();
    assert_eq!((back.clocks, back.cards), (one.clocks, one.cards));
    assert_ne!(policy(&format!("{OWN}{YELLOW}")).version, one.version);
    assert_ne!(
        policy(&format!("{OWN}cards = \"none\"\n")).version,
        policy(&format!("{OWN}{YELLOW}")).version
    );
}

/// What the promise may be lengthened by is the clause's of the matter: a clock that there is, beside an amount of its own for
/// matters whose clause gives none.
#[test]
fn a_clause_that_says_what_may_be_added_is_that_of_a_clock() {
    let clause = |text: &str| {
        let (_folder, file) = city(&format!("{LEAST}{OWN}{YELLOW}{text}"));
        load(&file).map_or_else(
            |problems| problems.to_string(),
            |config| {
                format!(
                    "{:?}",
                    config.policy.clock("own", None, None).unwrap().extends.as_ref().unwrap().clause_of
                )
            },
        )
    };
    assert_eq!(clause("extension = \"5wd\"\nextension_of = \"statutory\"\n"), "Some(\"statutory\")");
    assert_eq!(clause("extension = \"5wd\"\n"), "None");
    let slip = clause("extension = \"5wd\"\nextension_of = \"statutry\"\n");
    assert!(slip.contains("there is no clock `statutry`") && slip.contains("statutory"), "{slip}");
    let alone = clause("extension_of = \"statutory\"\n");
    assert!(alone.contains("`extension` is missing"), "{alone}");
}

/// A record is believed for sixty working days, or as long as is taken where it says nothing; an explicit bound is no shorter than
/// that. A time of a cause is a cause, a number of days and a clause.
#[test]
fn how_long_a_record_is_believed_is_no_shorter_than_what_is_taken_without_it() {
    for (text, most) in [
        ("", "60wd"),
        ("[supervision]\npause_limit = \"60wd\"\n", "60wd"),
        ("[supervision]\npause_limit = \"61wd\"\n", "61wd"),
        ("[supervision]\npause_at_most = \"15wd\"\n", "15wd"),
        ("[supervision]\npause_at_most = \"90d\"\n", "90d"),
    ] {
        assert_eq!(policy(text).pause_at_most.to_string(), most, "{text}");
    }
    for (text, wrong) in [
        ("[supervision]\npause_at_most = \"14wd\"\n", "must not be shorter than `pause_limit`"),
        ("[supervision]\npause_at_most = \"2mo\"\n", "must be a number of days"),
    ] {
        let told = told(&format!("{LEAST}{text}"));
        assert!(told.contains(wrong), "{told}");
    }
    let timed = |time: &str| format!("{OWN}{YELLOW}pause_times = [\"{time}\"]\n");
    let own = policy(&timed("听证 10wd 本市规定"));
    let own = own.clocks.iter().find(|clock| clock.id == "own").unwrap();
    let time = &own.pauses.as_ref().unwrap().times[0];
    assert_eq!((&*time.cause, time.limit.to_string(), &*time.basis), ("听证", "10wd".to_owned(), "本市规定"));
    for time in ["听证", "听证 10wd", "听证 2mo 本市规定", "10wd 听证 本市规定"] {
        let told = told(&format!("{LEAST}{}", timed(time)));
        assert!(told.contains("must be a cause, a number of days and the clause"), "{time}: {told}");
    }
}
