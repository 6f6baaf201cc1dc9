//! `jianchad forget --person` erases people, and says what it leaves: no word by which others are told is struck out of their letters, no
//! longer name with it, and what a kill cut short is finished by the same command.

use std::fs;

use jianchad::testing::domain::erased::stays::Stays;
use jianchad::testing::edge::ledger::{Erasure, Person, Whose};

use crate::bench::{Bench, moment};
use crate::suspect::jianchad;

const LETTERS: &str = "SELECT subject || text || html FROM letter ORDER BY id";
const BY: &str = "SELECT DISTINCT by FROM case_timeline WHERE by <> '0731' ORDER BY by";
const NOTES: &str = "SELECT DISTINCT note FROM case_timeline WHERE note IS NOT NULL ORDER BY note";

/// A late case A, of which a letter quotes the note and the name shown, and others by whoever is given.
fn city(handlers: &[&str]) -> Bench {
    shown(handlers, |_| "店".to_owned())
}

/// The same with a name shown for the case of each.
fn shown(handlers: &[&str], name: impl Fn(&str) -> String) -> Bench {
    let mut city = Bench::new();
    city.configure("table = \"cases\"", "table = \"cases\"\nname = \"办件\"\ndisplay = \"applicant\"");
    city.licence("A", "2011-09-26 10:00:00");
    city.approval("UPDATE cases SET clerk = '王伟', applicant = '王伟的厂房' WHERE number = 'A'");
    for (place, handler) in handlers.iter().enumerate() {
        city.licence(&format!("王伟-{place}"), "2011-09-26 10:00:00");
        city.approval(&format!(
            "UPDATE cases SET clerk = '{handler}', applicant = '{}' WHERE number = '王伟-{place}';
             INSERT INTO events (number, kind, stage, at, clerk, note, changed) VALUES
                 ('王伟-{place}', 'step', '审查', '2011-09-27 09:00:00', '{handler}', '经{handler}核对', '2011-09-26 10:00:00');",
            name(handler)
        ));
    }
    city.rounds_on(&["2011-10-12", "2011-10-13", "2011-11-01"]);
    city
}

fn forget(city: &mut Bench, whose: &[&str]) -> (Option<i32>, String) {
    city.restart();
    let deed = ["--by", "监察员", "--why", "依申请删除", "--yes", "--lang", "zh-CN"];
    jianchad(city, &[&["forget"], whose, &deed].concat())
}

/// Whoever may erase must not be able to strike out of letters who was late, at what, with which card, when: nothing is written, and what
/// to do is said. It is so too where a record has such a word for a name.
#[test]
fn a_word_of_ours_is_refused_as_a_name() {
    let mut city = city(&["市住建局", "黄牌", "2011-10-12", "王伟-0"]);
    let (letters, by) = (city.ledger(LETTERS), city.ledger(BY));
    assert!(letters.iter().any(|letter| letter.contains("市住建局") && letter.contains("施工许可")));
    let words = [
        "市住建局",
        "住建",
        "施工许可",
        "黄牌",
        "红牌",
        "示范市",
        "示范市效能监察室",
        "东乡",
        "承诺时限",
        "审查",
        "431000",
        "2011-10-12",
        "10月12日",
        "approval",
        "王伟-0",
        "行政许可法",
    ];
    for word in words {
        let (code, said) = forget(&mut city, &["--person", word]);
        assert_eq!(code, Some(2), "{word}: {said}");
        assert!(said.contains("不能按姓名删除") && said.contains("--only-records"), "{word}: {said}");
    }
    assert_eq!((city.ledger(LETTERS), city.ledger(BY)), (letters.clone(), by));
    assert_eq!(city.ledger("SELECT count(*) FROM erasures"), ["0"]);
    for word in ["黄牌", "市住建局"] {
        let (code, said) = forget(&mut city, &["--person", word, "--only-records"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains(&format!("语句中保留：{word}")), "{said}");
        assert!(!city.ledger(BY).contains(&word.to_owned()), "{:?}", city.ledger(BY));
    }
    for word in ["黄牌", "市住建局", "施工许可"] {
        let with = |letters: &[String]| letters.iter().filter(|letter| letter.contains(word)).count();
        assert_eq!(with(&city.ledger(LETTERS)), with(&letters), "{word}");
    }
}

/// A case is erased whole, and a unit that its record has for a handler stays the unit in what letters say of it.
#[test]
fn a_case_with_a_word_of_ours_for_a_name_leaves_the_word_in_letters() {
    let mut city = city(&["市住建局"]);
    let with = |city: &Bench| city.ledger(LETTERS).iter().filter(|it| it.contains("市住建局")).count();
    let before = with(&city);
    let (code, said) = forget(&mut city, &["--case", "王伟-0"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("语句中保留：市住建局"), "{said}");
    let by = city.ledger(BY);
    assert!(!by.contains(&"市住建局".to_owned()) && by.iter().any(|by| by.starts_with("〔已删除")), "{by:?}");
    assert_eq!(with(&city), before);
}

/// A name that nobody has is a slip: nothing is entered unless it is meant for what comes, and that touches no letter.
#[test]
fn a_name_that_nobody_has_erases_nothing() {
    let mut city = city(&[]);
    let (code, said) = forget(&mut city, &["--person", "查无此人"]);
    assert_eq!(code, Some(66), "{said}");
    assert!(said.contains("未作任何删除") && said.contains("--in-advance"), "{said}");
    let entered = "SELECT (SELECT count(*) FROM erasures), (SELECT count(*) FROM erased_name), (SELECT count(*) FROM deeds)";
    assert_eq!(city.ledger(entered), ["0|0|0"]);
    let letters = city.ledger(LETTERS);
    let (code, said) = forget(&mut city, &["--person", "查无此人", "--in-advance"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(city.ledger(entered), ["1|1|1"]);
    assert_eq!(city.ledger(LETTERS), letters);
    city.licence("B", "2011-11-01 10:00:00");
    city.approval("UPDATE cases SET clerk = '查无此人' WHERE number = 'B'");
    city.rounds_on(&["2011-11-02"]);
    assert_eq!(city.ledger("SELECT count(*) FROM case_timeline WHERE by LIKE '〔已删除%'"), ["1"]);
    assert_eq!(forget(&mut city, &["--person", "查无此人"]).0, Some(0), "it is known by now");
    let contact = forget(&mut city, &["--person", "孙七"]);
    assert_eq!(contact.0, Some(0), "{contact:?}");
    assert!(contact.1.contains("contacts.csv"), "{contact:?}");
}

/// 王伟 is erased and 王伟明 is not, in records, notes, letters and what is read again; numbers stay, and what stays is said.
#[test]
fn a_longer_name_stays_and_what_is_left_is_said() {
    let mut city = shown(&["王伟明", "王 伟", "王伟"], |handler| format!("{handler}的店"));
    let (code, said) = forget(&mut city, &["--person", "王伟"]);
    assert_eq!(code, Some(0), "{said}");
    for left in [
        "编号中仍有该姓名，共 3 个：王伟-0、王伟-1、王伟-2",
        "未删除：王伟明（共 1 个）",
        "另一种写法，未删除：王 伟",
    ] {
        assert!(said.contains(left), "{left}: {said}");
    }
    let kept = |city: &Bench| {
        let (by, notes) = (city.ledger(BY), city.ledger(NOTES));
        let is_mark = |text: &&String| text.starts_with("〔已删除");
        assert_eq!((by.len(), by.iter().filter(is_mark).count()), (3, 1), "{by:?}");
        assert_eq!((notes.len(), notes.iter().filter(is_mark).count()), (3, 1), "{notes:?}");
        for text in ["王伟明", "王 伟"] {
            assert!(
                by.iter().any(|by| by == text) && notes.contains(&format!("经{text}核对")),
                "{by:?} {notes:?}"
            );
        }
        assert!(!city.ledger("SELECT display FROM \"case\"").iter().any(|shown| shown.contains("王伟的")));
    };
    kept(&city);
    let letters = city.ledger(LETTERS).concat();
    assert!(letters.contains("王伟明的店") && letters.contains("王伟-0"), "{letters}");
    assert!(!letters.contains("王伟的"));
    let revisions = "SELECT count(*) FROM trace WHERE revision > 0";
    let before = city.ledger(revisions);
    city.approval(
        "UPDATE cases SET changed = '2011-11-02 08:00:00'; UPDATE events SET changed = '2011-11-02 08:00:00'",
    );
    city.rounds_on(&["2011-11-02"]);
    kept(&city);
    assert_eq!(city.ledger(revisions), before, "read again they are no change");
}

/// Killed when the ledger had it and the folder of letters not yet: that is said until the same command has done the rest.
#[test]
fn what_a_kill_cut_short_is_finished_by_the_same_command() {
    let mut city = city(&[]);
    let holding = |city: &Bench| {
        let files =
            fs::read_dir(city.path("mail")).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
        files.filter(|mail| String::from_utf8_lossy(mail).contains("Message-ID")).count()
    };
    let mails = holding(&city);
    let (whose, stays) = (Person { name: "王伟", in_advance: false, only_records: false }, Stays::default());
    let at = moment("2011-11-01 10:00").instant;
    let erasure =
        Erasure { whose: Whose::Person(whose), by: "监察员", why: "依申请删除", at, stays: &stays };
    let erased = city.service().ledger.erase(&erasure).unwrap().unwrap();
    assert!(!erased.left.is_empty());
    city.rounds_on(&["2011-11-02"]);
    let told = |city: &Bench, day: &str| {
        city.ledger(&format!(
            "SELECT count(*) > 0 FROM letters WHERE kind = 'digest' AND written_at LIKE '{day}%' AND text LIKE '%删除尚未完成%'"
        ))
    };
    assert_eq!(told(&city, "2011-11-02"), ["1"]);
    let (before, said) = (holding(&city), jianchad(&city, &["status", "--lang", "zh-CN"]).1);
    assert!(before >= mails && said.contains("删除尚未完成"), "{said}");
    let (code, said) = forget(&mut city, &["--person", "王伟"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(&format!("移除 {} 封", erased.left.len())), "{said}");
    assert_eq!(holding(&city), before - erased.left.len());
    assert!(!jianchad(&city, &["status", "--lang", "zh-CN"]).1.contains("删除尚未完成"));
    city.rounds_on(&["2011-11-03"]);
    assert_eq!(told(&city, "2011-11-03"), ["0"]);
}

/// A number that is spelled otherwise is named; so is a case that has the same number but for that.
#[test]
fn a_number_in_another_spelling_is_named() {
    let mut city = city(&[]);
    city.licence("建〔2011〕1号", "2011-11-01 10:00:00");
    city.licence("建[2011]1号", "2011-11-01 10:00:00");
    city.approval("UPDATE cases SET clerk = '赵钱孙' WHERE number LIKE '建%'");
    city.rounds_on(&["2011-11-02"]);
    let (code, said) = forget(&mut city, &["--case", "建【2011】１号"]);
    assert_eq!(code, Some(66), "{said}");
    assert!(said.contains("建〔2011〕1号") && said.contains("建[2011]1号"), "{said}");
    let (code, said) = forget(&mut city, &["--case", "建〔2011〕1号"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("未删除：建[2011]1号"), "{said}");
    let (code, said) = forget(&mut city, &["--case", "建[2011]1号"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("未删除：建"), "{said}");
}
