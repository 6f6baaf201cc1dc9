//! How a source is read and how far it is believed judges too: another mapping, `lag` or `delivers` that would move more than
//! a few open cards waits for a person, and until then the old one reads.

use crate::adopt::{jianchad, said};
use crate::bench::Bench;

/// What `accepted` is read from, and what it might be read from.
const ACCEPTED: &str = "at = \"accepted\"";
const APPLIED: &str = "at = \"applied\"";
const CODES: &str = "granted = \"decided\"";

/// So many cases with one yellow card each: accepted on 26 September, promised by 13 October.
fn late(cards: usize) -> Bench {
    let mut city = Bench::new();
    for number in 0..cards {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(open(&city), cards);
    city
}

fn open(city: &Bench) -> usize {
    city.findings().iter().filter(|line| line.ends_with("yellow open")).count()
}

/// The steps of every change so far, with what rests on sources that are mapped differently.
fn steps(city: &Bench) -> Vec<String> {
    city.ledger("SELECT event, withdrawn, at_stake FROM adoptions WHERE before IS NOT NULL")
}

/// When a case was accepted, as it is read now.
fn accepted_at(city: &Bench, case: &str) -> String {
    let of = format!("FROM case_timeline WHERE case_number = '{case}' AND kind = 'accepted' AND current");
    city.ledger(&format!("SELECT occurred_at {of}")).concat()
}

/// Point 1: what comes of another mapping is known only when it is read, and so each case that rests on it counts for a card:
/// with five it reads at once, with six the old one goes on reading, also after a restart, until a person adopts.
#[test]
fn another_mapping_waits_where_more_than_a_few_cases_rest_on_it() {
    for (cards, waits) in [(5, false), (6, true)] {
        let mut city = late(cards);
        city.configure(ACCEPTED, APPLIED);
        let checked = said(&jianchad(&city, &["check-config"]));
        assert!(
            checked.contains("source `approval` is mapped differently")
                && checked.contains(&format!("{cards} cases ({cards} with an open card)"))
                && checked.contains("this one waits") == waits,
            "{checked}"
        );
        let chinese = said(&jianchad(&city, &["check-config", "--lang", "zh-CN"]));
        assert!(
            ["无误", "规则改动", "数据源“approval”的映射有改动"].iter().all(|part| chinese.contains(part)),
            "{chinese}"
        );
        city.approval(
            "INSERT INTO cases (number, item, applied, accepted, changed)
             VALUES ('NEW', 'I20', '2011-10-10 10:00:00', '2011-10-17 08:00:00', '2011-10-17 08:00:00')",
        );
        city.rounds_on(&["2011-10-17"]);
        city.restart().rounds_on(&["2011-10-18"]);
        let read = accepted_at(&city, "NEW");
        assert!(read.starts_with(if waits { "2011-10-17" } else { "2011-10-10" }), "{read}");
        let step = if waits { "waits" } else { "adopted" };
        assert_eq!(steps(&city), [format!("{step}|0|{cards}")]);
        assert_eq!(open(&city), cards);
        if !waits {
            continue;
        }
        let digest =
            city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' ORDER BY letter DESC LIMIT 1").join("");
        assert!(digest.contains("数据源“approval”的映射有改动") && digest.contains("6件"), "{digest}");
        let shown = said(&jianchad(&city, &["adopt", "--by", "王", "--why", "x"]));
        assert!(shown.contains("mapped differently"), "{shown}");
        city.rounds_on(&["2011-10-19"]);
        assert!(accepted_at(&city, "NEW").starts_with("2011-10-10"), "{}", accepted_at(&city, "NEW"));
        assert_eq!(steps(&city)[1..], ["allowed|0|7", "adopted|0|7"]);
    }
}

/// Closed cases are read again too, and cards may come on them: they count as well.
#[test]
fn closed_cases_rest_on_a_mapping_as_open_ones_do() {
    for (cases, waits) in [(5, false), (6, true)] {
        let mut city = Bench::new();
        for number in 0..cases {
            let number = format!("A{number:03}");
            city.accepted(&number, "I20", "2011-09-26 10:00:00").decided(&number, "2011-09-27 10:00:00");
        }
        city.rounds_on(&["2011-10-14"]);
        city.configure(ACCEPTED, APPLIED);
        city.rounds_on(&["2011-10-17"]);
        assert_eq!(steps(&city), [format!("{}|0|{cases}", if waits { "waits" } else { "adopted" })]);
    }
}

/// What a mapping calls things, what it shows in letters, where the source lies, a comment and another name that says the old one
/// judge nothing; a first start has nothing to compare with.
#[test]
fn a_comment_a_path_and_a_name_wait_for_nobody() {
    let mut city = late(8);
    assert_eq!(steps(&city), [""; 0]);
    std::fs::copy(city.path("approval.db"), city.path("moved.db")).unwrap();
    city.configure("path = \"approval.db\"", "path = \"moved.db\" # it was moved");
    city.configure("table = \"cases\"", "table = \"cases\"\nname = \"办件\"\ndisplay = \"applicant\"");
    city.rounds_on(&["2011-10-17"]);
    assert!(steps(&city).iter().all(|step| step == "adopted|0|0"), "{:?}", steps(&city));
    let mut city = late(8);
    city.configure("[[source.approval.read]]", "[[source.hall.read]]");
    city.configure("[source.approval]", "[source.hall]\nwas = \"approval\"");
    city.rounds_on(&["2011-10-17"]);
    assert!(steps(&city).iter().all(|step| step == "adopted|0|0"), "{:?}", steps(&city));
}

/// A code that got its meaning changes nothing that was understood: it is weighed by what the rows that were set aside do to their
/// cases when they come in. Five end at once before their cards have come, and six wait.
#[test]
fn a_code_that_got_its_meaning_is_weighed_by_what_was_set_aside() {
    for (rows, waits) in [(0, false), (5, false), (6, true)] {
        let mut city = late(8);
        for number in 0..rows {
            let number = format!("Q{number}");
            city.accepted(&number, "I20", "2011-10-17 08:00:00").finished(
                &number,
                "odd",
                "2011-10-17 08:30:00",
            );
        }
        city.rounds_on(&["2011-10-17"]);
        assert_eq!(city.ledger("SELECT count(*) FROM quarantine WHERE open"), [rows.to_string()]);
        city.configure(CODES, "granted = \"decided\", odd = \"decided\"");
        city.rounds_on(&["2011-10-18"]);
        let step = if waits { "waits" } else { "adopted" };
        let of = "json_extract(effect, '$.dropped') FROM adoption WHERE before IS NOT NULL";
        assert_eq!(city.ledger(&format!("SELECT event, {of}")), [format!("{step}|{rows}")]);
        let left = if waits { rows } else { 0 };
        assert_eq!(city.ledger("SELECT count(*) FROM quarantine WHERE open"), [left.to_string()]);
    }
}

/// A source that lags by more is believed less far, and what fell due since earns no card: a line that takes six cards away
/// waits, and five go. Shorter or longer, it is what comes and goes that counts.
#[test]
fn a_longer_lag_is_weighed_by_the_cards_that_it_takes_away() {
    for (cards, waits) in [(5, false), (6, true)] {
        let mut city = late(cards);
        city.configure("path = \"approval.db\"", "path = \"approval.db\"\nlag = \"30d\"");
        city.rounds_on(&["2011-10-17", "2011-10-18"]);
        let step = if waits { "waits" } else { "adopted" };
        assert_eq!(steps(&city), [format!("{step}|{cards}|0")]);
        assert_eq!(open(&city), if waits { cards } else { 0 });
        if waits {
            said(&jianchad(&city, &["adopt", "--by", "王", "--why", "每月交换"]));
            city.rounds_on(&["2011-10-19"]);
            assert_eq!(open(&city), 0);
        }
    }
    // One hour takes nothing away.
    let mut city = late(8);
    city.configure("path = \"approval.db\"", "path = \"approval.db\"\nlag = \"1h\"");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!((open(&city), steps(&city)), (8, vec!["adopted|0|0".into()]));
}

/// So does a source that is said to be filled in batches, while nothing newer was delivered; put back, nothing waits.
#[test]
fn another_way_of_delivery_is_weighed_alike() {
    let mut city = Bench::new();
    for number in 0..6 {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    assert_eq!(open(&city), 6);
    city.configure("path = \"approval.db\"", "path = \"approval.db\"\ndelivers = \"batch\"");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!((open(&city), steps(&city)), (6, vec!["waits|6|0".into()]));
    city.configure("delivers = \"batch\"", "");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(steps(&city)[1..], ["taken-back|6|0"]);
}

/// A source that is taken out of the file and put in again with another mapping is weighed as one that stayed.
#[test]
fn to_take_a_source_out_and_put_it_in_again_is_no_way_round() {
    let mut city = late(6);
    let with = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (before, _) = with.split_once("[source.approval]").unwrap();
    city.write("jianchad.toml", before);
    city.restart().rounds_on(&["2011-10-17"]);
    city.write("jianchad.toml", &with.replace(ACCEPTED, APPLIED));
    city.restart().rounds_on(&["2011-10-18"]);
    assert_eq!(steps(&city).last().map(String::as_str), Some("waits|0|6"), "{:?}", steps(&city));
}

/// A source of another kind under the old name cannot be read by the old mapping: until a person adopts it is not read, and
/// its cases get no card.
#[test]
fn another_kind_of_source_is_not_read_before_it_is_adopted() {
    let mut city = late(6);
    city.accepted("NEW", "I20", "2011-10-08 10:00:00");
    let file = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (before, _) = file.split_once("[source.approval]").unwrap();
    let csv = "[source.approval]\nkind = \"csv\"\npath = \"records.csv\"\n[[source.approval.read]]\nshape = \"wide\"\ncase = \"no\"\n\
               item = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }]\n";
    city.write("jianchad.toml", &format!("{before}{csv}"));
    city.write("records.csv", "no,item,accepted\nF-1,I60,2011-10-17 08:00\n");
    city.restart().rounds_on(&["2011-10-17", "2011-10-18"]);
    assert_eq!((open(&city), steps(&city)), (6, vec!["waits|0|6".into()]));
    assert_eq!(city.ledger("SELECT count(*) FROM cases WHERE case_number IN ('F-1', 'NEW')"), ["0"]);
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "改为文件交换"]));
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(city.ledger("SELECT count(*) FROM cases WHERE case_number = 'F-1'"), ["1"]);
}

/// A ledger from before the terms of sources were kept has none to compare with: an upgrade alone waits for nobody.
#[test]
fn a_policy_of_before_the_terms_were_kept_waits_for_nobody() {
    let mut city = late(6);
    city.restart();
    rusqlite::Connection::open(city.path("ledger.db"))
        .unwrap()
        .execute_batch(
            "INSERT INTO policy SELECT 'before', calendar, adopted_at, json_remove(content, '$.sources') FROM policy LIMIT 1;
             UPDATE meta SET value = 'before' WHERE key = 'policy'",
        )
        .unwrap();
    city.rounds_on(&["2011-10-17"]);
    assert_eq!((open(&city), steps(&city)), (6, vec!["adopted|0|0".into()]));
}

const TAKEN: &str = "{ kind = \"accepted\", at = \"accepted\"";
const WRONG: &str = "{ kind = \"applied\", at = \"accepted\"";

/// Cards by rule, clock and standing, with their number.
fn counts(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT clock, card, standing, count(*) FROM findings WHERE rule = 'time-limit' AND card <> 'notice' GROUP BY 1, 2, 3 ORDER BY 1, 3",
    )
}

/// To put a mapping back acts like a change of policy: what was given only by the wrong one is withdrawn at once with that
/// reason, everybody who was told is told, and nobody is asked of each card. What the office types meanwhile, or in that very
/// round, is a question all the same.
#[test]
fn a_mapping_that_is_put_back_takes_its_cards_with_it() {
    let mut city = Bench::new();
    for number in 0..6 {
        city.accepted(&format!("A{number}"), "I20", "2011-10-10 10:00:00");
    }
    city.accepted("LATE", "I20", "2011-09-26 10:00:00").accepted("TYPED", "I20", "2011-09-26 10:00:00");
    city.configure("codes = { step", "codes = { accepted = \"accepted\", step");
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&["2011-10-11", "2011-10-14", "2011-10-17"]);
    assert_eq!(counts(&city), ["promise|yellow|open|2"]);
    city.configure(TAKEN, WRONG);
    city.restart().rounds_on(&["2011-10-18"]);
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "误改"]));
    city.rounds_on(&["2011-10-19"]);
    assert!(counts(&city).contains(&"XK2|yellow|open|8".to_owned()), "{:?}", counts(&city));
    city.configure(WRONG, TAKEN);
    city.restart().rounds_on(&["2011-10-20"]);
    city.finished("TYPED", "granted", "2011-10-12 10:00:00");
    city.approval("UPDATE cases SET changed = '2011-10-20 16:00:00' WHERE number = 'TYPED'");
    assert!(counts(&city).contains(&"XK2|yellow|open|8".to_owned()), "it waits: {:?}", counts(&city));
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "改回"]));
    city.rounds_on(&["2011-10-21"]);
    let left = ["XK2|yellow|revoked|8", "promise|yellow|open|1", "promise|yellow|pending-withdrawal|1"];
    assert_eq!(counts(&city), left);
    let asked = "SELECT DISTINCT case_number FROM findings WHERE standing = 'pending-withdrawal'";
    assert_eq!(city.ledger(asked), ["TYPED"]);
    let why = city.ledger("SELECT DISTINCT why FROM finding_history WHERE event = 'revoked'");
    assert!(why.iter().all(|why| why.contains("数据源“approval”改按新的映射读取")), "{why:?}");
    let told = |address: &str| {
        let of = format!("to_address = '{address}' AND written_at > '2011-10-21'");
        city.ledger(&format!("SELECT subject FROM letters WHERE {of}")).concat()
    };
    assert!(told("handler.u1@example.gov.cn").contains("撤销"), "{}", told("handler.u1@example.gov.cn"));
    assert!(!told("handler.u2@example.gov.cn").contains("撤销"));
}

/// What moves by another mapping says so, and not that other rules judge.
#[test]
fn a_due_day_that_a_mapping_moves_says_so() {
    let mut city = Bench::new();
    for number in ["A000", "A001"] {
        city.accepted(number, "I20", "2011-09-26 10:00:00");
    }
    // From the first reading on: a day that is changed later is a finding, which another mapping would take away.
    city.approval("UPDATE cases SET applied = '2011-09-23 10:00:00'");
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&["2011-10-14"]);
    city.configure(ACCEPTED, APPLIED);
    city.rounds_on(&["2011-10-17"]);
    let why = city.ledger("SELECT DISTINCT why FROM deadline_changes");
    assert_eq!(why, ["数据源“approval”改按新的映射读取"]);
    // What moves later moves by something else.
    city.write("calendar.d/closed.toml", "[[year]]\nyear = 2011\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\noff = [\"2011-10-26\"]\n");
    city.restart().rounds_on(&["2011-10-18"]);
    let why = city.ledger("SELECT why FROM deadline_changes ORDER BY at DESC LIMIT 1").concat();
    assert!(why.starts_with("工作日历更新"), "{why}");
}

/// What becomes of a change by which the source is watched otherwise: the last step, and cases that it concerns.
fn watched(city: &Bench) -> String {
    let sql = "SELECT event, coalesce(json_extract(effect, '$.at_stake[0].unwatched'), 0) FROM adoption
                   WHERE before IS NOT NULL ORDER BY id DESC LIMIT 1";
    city.ledger(sql).concat()
}

/// Cases that the last change puts off, and those that are at stake besides.
fn counted(city: &Bench) -> String {
    let put_off = "SELECT json_extract(effect, '$.put_off') FROM adoption WHERE before IS NOT NULL ORDER BY id DESC LIMIT 1";
    city.ledger(&format!("SELECT ({put_off}), at_stake FROM adoptions WHERE before IS NOT NULL"))
        .pop()
        .unwrap()
}

/// Issue 11, point 1: whoever deletes rows first has them not looked for. No sweep, a later one, a larger part that may be missing
/// and fewer days back wait where more than five cases run; what is stricter and what is as it was do not.
#[test]
fn a_source_that_is_watched_less_closely_waits() {
    let never = "sweep_at = \"never\"";
    for (before, after, becomes) in [
        ("sweep_at = \"02:00\"", never, "waits|6"),
        ("sweep_at = \"02:00\"", "sweep_at = \"02:01\"", "waits|6"),
        ("sweep_at = \"02:00\"", "sweep_at = \"01:59\"", "adopted|0"),
        (never, "sweep_at = \"23:59\"", "adopted|0"),
        (never, "sweep_at = \"never\"\nmay_shrink = \"3 or 10%\"", "waits|6"),
        (never, "sweep_at = \"never\"\nmay_shrink = \"1 or 10%\"", "adopted|0"),
        (never, "sweep_at = \"never\"\nsweep_back = \"89d\"", "waits|6"),
        (never, "sweep_at = \"never\"\nsweep_back = \"91d\"", "adopted|0"),
    ] {
        let mut city = Bench::new();
        city.configure(never, before);
        for number in 0..6 {
            city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
        }
        city.rounds_on(&["2011-09-27"]);
        city.configure(before, after).rounds_on(&["2011-09-28"]);
        assert_eq!(watched(&city), becomes, "{before} → {after}");
    }
}

/// Five cases go at once; of six the sweeps of before go on meanwhile and find what was deleted, who supervises is told of either
/// and the unit is not, and after the adoption nothing is looked for.
#[test]
fn the_sweeps_of_before_go_on_until_a_person_adopts() {
    for (cases, waits) in [(5, false), (6, true)] {
        let mut city = Bench::new();
        city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
        for number in 0..cases {
            city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
        }
        city.rounds_on(&["2011-09-27"]);
        city.configure("sweep_at = \"02:00\"", "sweep_at = \"never\"").restart();
        city.approval("DELETE FROM cases WHERE number = 'A000'");
        city.rounds_on(&["2011-09-28"]);
        let vanished = city.findings().iter().filter(|it| it.contains("vanished-record")).count();
        assert_eq!((vanished, watched(&city).starts_with("waits")), (usize::from(waits), waits), "{cases}");
        assert_eq!(
            counted(&city),
            format!("0|{cases}"),
            "the view tells of cases that are watched less closely"
        );
        let told = |address: &str, part: &str| {
            let sql = format!(
                "SELECT count(*) > 0 FROM letters WHERE to_address LIKE '{address}' AND text LIKE '%{part}%记录被删改或停报可能不被发现%'"
            );
            city.ledger(&sql).concat()
        };
        let [unasked, asked] = if waits { ["0", "1"] } else { ["1", "0"] };
        let why = [told("supervisor@%", "自动生效，未经人工确认"), told("supervisor@%", "待确认生效")];
        assert_eq!(why, [unasked, asked], "{cases}");
        assert_eq!(told("%.u1@%", ""), "0");
        if waits {
            said(&jianchad(&city, &["adopt", "--by", "王", "--why", "x"]));
            city.approval("DELETE FROM cases WHERE number = 'A001'");
            city.rounds_on(&["2011-09-29"]);
            let found = city.findings().iter().filter(|it| it.contains("vanished-record")).count();
            assert_eq!(found, 1, "the new terms look for nothing");
        }
    }
}

/// Of five cases whose source is watched less closely, three lose their card by a closure: each counts once, whatever happens to it,
/// and a sixth makes the change wait.
#[test]
fn a_case_that_loses_a_card_counts_once_beside_its_source() {
    for (running, becomes) in [(2, "adopted"), (3, "waits")] {
        let mut city = Bench::new();
        city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
        city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
        for number in 0..3 {
            city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
        }
        for number in 0..running {
            city.accepted(&format!("B{number:03}"), "I60", "2011-10-13 10:00:00");
        }
        city.rounds_on(&["2011-10-14"]);
        assert_eq!(open(&city), 3);
        city.configure("sweep_at = \"02:00\"", "sweep_at = \"never\"");
        city.write(
            "window.toml",
            "[[year]]\nyear = 2011\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\noff = [\"2011-10-13\", \"2011-10-14\", \"2011-10-17\"]\n",
        );
        let local = "[[calendar.local]]\nfile = \"window.toml\"\nitems = [\"I20\"]\n[source.approval]";
        city.configure("[source.approval]", local);
        city.rounds_on(&["2011-10-17"]);
        let taken = city
            .ledger("SELECT event, withdrawn + lower, at_stake FROM adoptions WHERE before IS NOT NULL")
            .pop();
        assert_eq!(taken, Some(format!("{becomes}|3|{running}")));
    }
}

/// Whoever lets a delivery stay away for longer stops cards without a word: that waits too, and of a live database it says nothing.
#[test]
fn a_delivery_that_may_stay_away_longer_waits() {
    for (before, after, becomes) in [("3wd", "4wd", "waits|6"), ("3wd", "2wd", "adopted|0")] {
        let lines = |days: &str| {
            format!("path = \"approval.db\"\ndelivers = \"batch\"\noverdue_after = \"{days}\"\n")
        };
        let mut city = Bench::new();
        city.configure("path = \"approval.db\"\n", &lines(before));
        for number in 0..6 {
            city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
        }
        city.rounds_on(&["2011-09-27"]);
        city.configure(&lines(before), &lines(after)).rounds_on(&["2011-09-28"]);
        assert_eq!(watched(&city), becomes, "{before} → {after}");
    }
}

/// Issue 11, point 1: on a quiet day, with no card due, a live source that becomes one of deliveries puts off every card to come. A
/// case that is put off is not counted once more as one that runs: five go at once, six wait and get their cards on their day; what
/// becomes live counts for nothing.
#[test]
fn a_source_that_is_no_longer_live_waits_before_any_card_is_due() {
    let (live, batch) = ("path = \"approval.db\"\n", "path = \"approval.db\"\ndelivers = \"batch\"\n");
    for (cases, lines, becomes) in [
        (5, "", "adopted|5"),
        (6, "", "waits|6"),
        (6, "overdue_after = \"9999wd\"\n", "waits|6"),
        (6, "overdue_after = \"1wd\"\n", "waits|6"),
    ] {
        let mut city = Bench::new();
        for number in 0..cases {
            city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
        }
        city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
        city.rounds_on(&["2011-09-27"]);
        city.configure(live, &format!("{batch}{lines}")).restart().rounds_on(&["2011-09-28"]);
        assert_eq!(watched(&city), becomes, "{lines}");
        assert_eq!(counted(&city), format!("{cases}|0"), "{lines}");
        city.rounds_on(&["2011-10-14"]);
        let waits = becomes.starts_with("waits");
        assert_eq!(open(&city), if waits { cases } else { 0 }, "{lines}");
    }
    let mut city = Bench::new();
    city.configure(live, batch);
    for number in 0..6 {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    city.rounds_on(&["2011-09-27"]);
    city.configure(batch, live).rounds_on(&["2011-09-28"]);
    assert_eq!(watched(&city), "adopted|0");
}
