//! Whether a note says who approved, and that it was somebody else than the handler.

use crate::domain::registry::{Contact, Role};

/// Offices that approve, as they stand in a note.
const OFFICES: [&str; 18] = [
    "局长",
    "厅长",
    "市长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "州长",
    "处长",
    "科长",
    "所长",
    "院长",
    "站长",
    "会长",
    "主任",
    "书记",
    "负责人",
    "领导",
];
/// What they do.
const APPROVED: [&str; 5] = ["批", "核准", "同意", "准予", "签"];
/// Who is no approver, whatever he agrees to.
const OTHERS: [&str; 8] = ["申请人", "申请单位", "当事人", "承办人", "经办人", "本人", "自己", "窗口"];

/// Whether a note names an approver other than the handler `own`: by an office (局长王某批准, 分管副局长), or by a name that stands in
/// the contacts, of nobody who handles cases. A reason alone (案情复杂, 同意延期) names nobody.
pub(super) fn names_another(note: &str, own: &str, contacts: &[Contact]) -> bool {
    let name = |contact: &Contact| {
        let name = contact.name.split(['（', '(']).next().unwrap_or_default().trim().to_owned();
        (name.chars().count() > 1).then_some(name)
    };
    let of = |handles: &dyn Fn(&Contact) -> bool| -> Vec<String> {
        contacts.iter().filter(|contact| handles(contact)).filter_map(name).collect()
    };
    let (handlers, heads) = (
        of(&|contact| contact.role == Role::Handler),
        of(&|contact| matches!(contact.role, Role::UnitLead | Role::Leader)),
    );
    let clauses = note.split(|c: char| c.is_whitespace() || "，,。；;、（）()：:".contains(c));
    clauses.filter(|clause| !clause.is_empty()).any(|clause| {
        let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
        let named = |names: &[String]| names.iter().any(|name| clause.contains(name.as_str()));
        let his_own = !own.is_empty() && clause.contains(own) || named(&handlers) || has(&OTHERS);
        let by_office = has(&OFFICES) && has(&APPROVED) || OFFICES.iter().any(|it| clause.ends_with(it));
        !his_own && (named(&heads) || by_office)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    fn contact(role: Role, name: &str) -> Contact {
        Contact {
            unit: None,
            region: None,
            role,
            name: name.into(),
            address: "a@example.gov.cn".into(),
            language: Language::Chinese,
            valid_from: None,
            valid_until: None,
            stand_in: None,
        }
    }

    /// M2: an office or a head of the contacts is named; a reason, an agreement of nobody, the applicant's and the handler's own name
    /// under whatever title are not.
    #[test]
    fn an_approver_is_named_by_his_office_or_his_name() {
        let contacts = [
            contact(Role::Handler, "张三（规划科）"),
            contact(Role::UnitLead, "李四"),
            contact(Role::Admin, ""),
        ];
        let names = |note: &str| names_another(note, "0731", &contacts);
        for note in
            ["局长王某批准", "案情复杂，经分管副局长同意", "批准人：李四", "王局长", "李四 2011-10-12 批"]
        {
            assert!(names(note), "{note}");
        }
        for note in [
            "",
            "案情复杂",
            "同意延期",
            "案情复杂，同意延长十日",
            "0731批准",
            "张三批准",
            "张三局长批准",
            "报局长审阅材料",
            "申请人负责人同意",
            "本人批准",
        ] {
            assert!(!names(note), "{note}");
        }
    }

    /// A contact of one letter is no name that could be told from a word.
    #[test]
    fn one_letter_is_no_name() {
        let named = |name: &str| names_another("李四同意", "张三", &[contact(Role::UnitLead, name)]);
        assert_eq!([named("李"), named("李四"), named("李四（副局长）")], [false, true, true]);
    }

    /// Of whom nobody knows who handled the case, his own name cannot be told from the note.
    #[test]
    fn a_handler_without_a_name_is_named_by_nothing() {
        let named = |own: &str| names_another("王局长批准", own, &[]);
        assert_eq!([named(""), named("张三"), named("王局长")], [true, true, false]);
    }
}
