use super::literal::{Literal, Longer};
use super::stays::{Ours, Stays};
use super::*;
use crate::domain::text::{Language, say};

fn marks() -> Marks {
    Marks::new(b"a secret", vec!["听证".into(), "检测".into()], Vec::new())
}

/// What a rule asks of a text it finds in the mark: that it says something, is the same as another, names a cause.
#[test]
fn a_mark_is_to_rules_what_the_text_was() {
    let marks = marks();
    let one = marks.of("材料不齐，张三补正");
    assert_eq!(one, marks.of("材料不齐，张三补正"));
    assert_ne!(one, marks.of("材料不齐 张三补正"), "another spelling is another text");
    assert_eq!(bare(&one), bare(&marks.of("材料不齐 张三补正")), "and the same reason");
    assert_ne!(bare(&one), bare(&marks.of("材料不齐，李四补正")));
    assert!(says_something(&one) && marks.is_mark(&one) && one.chars().count() < 40);
    let cause = marks.of("听证，申请人张三，特告26号");
    assert!(cause.contains("听证") && !cause.contains("张三") && marks.is_mark(&cause), "{cause}");
    assert_ne!(Marks::new(b"another", Vec::new(), Vec::new()).name("张三"), marks.name("张三"));
}

/// Erasing must not answer a question: a filler stays a filler, a cause without a notice stays without one, a sum stays a sum.
#[test]
fn what_says_nothing_of_anybody_stays() {
    let marks = marks();
    let stays = |text, field| marks.in_place_of(text, field).is_none();
    for filler in ["无", "/", "", "  "] {
        assert!(
            [Field::By, Field::Note(None), Field::Display].iter().all(|it| stays(filler, *it)),
            "{filler}"
        );
    }
    assert!(stays("听证", Field::Note(Some(TraceKind::Paused))) && !stays("听证26", Field::Note(None)));
    let charged = Field::Note(Some(TraceKind::Charged));
    assert!(stays("1,200.50元", charged) && !stays("1200 张三", charged));
    assert!(!stays("13800001111", Field::Note(Some(TraceKind::Paused))));
    assert!(stays(&marks.name("张三"), Field::By), "a mark is not marked again");
}

/// A record may be typed to look like a mark: what it holds besides is erased as any text.
#[test]
fn what_only_looks_like_a_mark_is_none() {
    let marks = marks();
    let mark = marks.name("张三");
    for text in [format!("{mark}李四"), format!("{BEGINS}李四〕"), format!("{BEGINS}{}〕", "z".repeat(16))]
    {
        assert!(!marks.is_mark(&text), "{text}");
        assert!(marks.in_place_of(&text, Field::By).is_some(), "{text}");
    }
    assert!(marks.is_mark(&format!("{mark}听证、检测")));
}

/// Who is erased is found again in what comes later, and nobody else is.
#[test]
fn a_person_is_known_again_and_no_other() {
    let marks = marks().with_name("张三");
    for by in ["张三", "李四、张三", "张三（规划科）"] {
        assert!(marks.if_named(by, Field::By).is_some(), "{by}");
    }
    for by in ["张三丰", "小张三", "张", "三张", ""] {
        assert!(marks.if_named(by, Field::By).is_none(), "{by}");
    }
    assert!(marks.if_named("申请人张三补交材料", Field::Note(None)).is_some());
    assert!(marks.if_named("申请人张 三补交材料", Field::Note(None)).is_none());
    assert_eq!(marks.if_named("张三", Field::By), Some(marks.name("张三")));
}

#[test]
fn a_sentence_loses_the_name_and_no_day_or_number() {
    let said = |text, what| Literal::new(what, "〔〕", Field::By).replaced_in(text);
    assert_eq!(said("由张三受理，张三决定", "张三").as_deref(), Some("由〔〕受理，〔〕决定"));
    assert_eq!(said("by 0731, at 2011-0731", "0731").as_deref(), Some("by 〔〕, at 2011-0731"));
    assert_eq!(said("2011-10-24", "2011"), None);
    assert_eq!(said("10 working days", "10"), None, "too short to be told from a number");
    assert_eq!(said("一张桌子", "张"), None);
    let note = |text, what| Literal::new(what, "〔〕", Field::Note(None)).replaced_in(text);
    assert_eq!(
        note("经领导同意，“同意”", "同意").as_deref(),
        Some("经领导同意，“〔〕”"),
        "a word of any sentence"
    );
    assert_eq!(note("经张三补正的", "张三补正").as_deref(), Some("经〔〕的"));
}

/// 王伟 is in 王伟明, who is somebody else; a sentence may name both.
#[test]
fn a_name_is_no_part_of_a_longer_one() {
    let marks = marks().with_name("王伟");
    let longer = vec![(marks.name("王伟明"), 3), (marks.name("小王伟"), 3)];
    assert!(marks.names("经王伟明补正", NameStands::Anywhere), "nobody said that it is a name");
    let marks = marks.with_longer(longer);
    for (note, named) in [
        ("经王伟明补正", false),
        ("王伟明", false),
        ("小王伟", false),
        ("经王伟补正", true),
        ("王伟", true),
        ("王伟明、王伟", true),
        ("小王伟明王伟", true),
        ("王", false),
        ("", false),
    ] {
        assert_eq!(marks.names(note, NameStands::Anywhere), named, "{note}");
    }
    assert!(
        marks.clone().with_name("王伟明").names("经王伟明补正", NameStands::Anywhere),
        "he himself may be erased too"
    );
    let mut literal = Literal::new("王伟", "〔〕", Field::By);
    literal.longer = Longer::of("王伟", ["王伟明", "王伟", "李四", "王伟-7"]).into();
    for (said, after) in [
        ("王伟明受理，王伟决定", Some("王伟明受理，〔〕决定")),
        ("王伟明受理", None),
        ("王伟-7，王伟明", None),
        ("王伟-7，王伟-8", Some("王伟-7，〔〕-8")),
        ("王伟", Some("〔〕")),
    ] {
        assert_eq!(literal.replaced_in(said).as_deref(), after, "{said}");
    }
    let spaced = literal.written(|text| text.chars().flat_map(|c| [c, ' ']).collect());
    assert_eq!(spaced.replaced_in("王 伟 明 ，王 伟 ").as_deref(), Some("王 伟 明 ，〔〕"));
}

/// By what everybody is told nobody is known.
#[test]
fn a_word_of_ours_is_nobody_s_name() {
    let word = |what, word: &str| (what, word.to_owned());
    let words = vec![word(Ours::Unit, "市住建局"), word(Ours::Item, "施工许可"), word(Ours::Item, "A101")];
    let stays = Stays { causes: vec!["踏勘论证".into()], words, people: vec!["窗口 张三".into()] };
    let ours =
        |text| stays.ours(&Literal::new(text, "〔〕", Field::By)).map(|it| it.words(Language::English));
    assert!(ours("市住建局").unwrap().contains("市住建局"));
    for word in [
        "住建",
        "许可",
        "A101",
        "黄牌",
        "踏勘",
        "2011-10-24",
        "10:00",
        "3月3日",
        "3月2日09:00",
        "100",
        "100.0%",
    ] {
        assert!(ours(word).is_some(), "{word}");
    }
    for name in ["张三", "市住建局王五", "钱多多", "0731", "13800001111", "电话13800001111", "A1012"]
    {
        assert_eq!(ours(name), None, "{name}");
    }
    for (name, told) in [("张三", true), ("窗口 张三", true), ("张", false), ("张三丰", false)] {
        assert_eq!(stays.tells(name), told, "{name}");
    }
}

#[test]
fn a_reason_keeps_its_key_and_loses_what_it_quotes() {
    let marks = marks().with_name("张三");
    let reason = say!("alert-cases", count = 2, column = "finished", value = "张三 2011", at = "2011-10-24");
    let reasoned =
        |reason: Text, scope, known: &[&str]| marks.in_reason(reason, scope, known, &mut |_, _| ());
    let all = format!("{:?}", reasoned(reason.clone(), Scope::Case, &["finished"]));
    assert!(!all.contains("张三") && all.contains("finished") && all.contains("2011-10-24"), "{all}");
    assert_eq!(reasoned(reason.clone(), Scope::Case, &[]).words(Language::English), "2 cases");
    let other = say!("alert-cases", count = 2, value = "李四");
    assert_eq!(reasoned(other.clone(), Scope::Persons, &[]), other);
    assert_ne!(reasoned(reason.clone(), Scope::Persons, &[]), reason);
    assert!(may_be_personal("1380000") && !may_be_personal("138000") && !may_be_personal("2011-10-24 09:00"));
}
