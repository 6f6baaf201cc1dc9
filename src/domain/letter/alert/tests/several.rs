//! Several findings of one case in one letter.

use super::*;

/// Told and not answered is said of the finding that was told: of another of the same case under 另, by its name.
#[test]
fn what_was_told_of_one_finding_does_not_stand_under_another() {
    let fresh = late("raised");
    let said =
        Sentence { zh: "10月20日11:00已告知，至今没有反馈".into(), en: "told 2011-10-20".into() };
    let why = Sentence { zh: "受理时间早于申请时间".into(), en: "out of order".into() };
    let old = News {
        event_id: 2,
        rule: "data-fault".into(),
        clock: String::new(),
        card: Card::Notice,
        deadline: None,
        note: Some((None, said)),
        why,
        ..late("unanswered")
    };
    let unit = |language| contact(Role::UnitLead, "李四", language);
    let zh = write_all(&unit(Language::Chinese), &[&fresh, &old], "2011-10-25 09:05").text;
    assert!(zh.contains("另：数据差错：受理时间早于申请时间；10月20日11:00已告知，至今没有反馈\n"), "{zh}");
    assert_eq!(zh.matches("已告知").count(), 1, "{zh}");
    let gone = News { event: "revoked".into(), standing: Standing::Revoked, note: None, ..old.clone() };
    let text = write_all(&unit(Language::Chinese), &[&fresh, &gone], "2011-10-25 09:05").text;
    assert!(text.contains("另：数据差错：撤销理由：受理时间早于申请时间\n"), "{text}");
    let en = write_all(&unit(Language::English), &[&fresh, &old], "2011-10-25 09:05").text;
    assert!(en.contains("Also: data fault: out of order; told 2011-10-20\n"), "{en}");
    assert_eq!(en.matches("told 2011-10-20").count(), 1, "{en}");
}
