//! Items (事项目录).

use std::collections::BTreeMap;

use super::header::Columns;
use super::sheet::{Declared, Row, Sheet};
use crate::domain::limit::Limit;
use crate::domain::registry::catalogue::{NotInTurn, in_turn};
use crate::domain::registry::{CaseType, Exemption, Item, Items, Stage, Unit};
use crate::domain::text::say;

pub(super) const COLUMNS: Columns = Columns {
    needed: &["code", "name", "unit", "category", "case_type", "channel"],
    all: &[
        ("code", &["事项编码", "事项代码"]),
        ("name", &["事项名称", "名称"]),
        ("unit", &["所属单位", "单位编码", "单位"]),
        ("category", &["事项类别", "类别"]),
        ("case_type", &["办件类型"]),
        ("promised", &["承诺时限"]),
        ("statutory", &["法定时限"]),
        ("basis", &["设定依据", "法律依据", "依据"]),
        ("stages", &["必经环节", "环节"]),
        ("fee", &["收费标准", "收费"]),
        ("channel", &["办理渠道", "渠道"]),
        ("exempt_reason", &["免纳入理由", "豁免理由"]),
        ("exempt_by", &["批准机关", "豁免批准机关"]),
        ("exempt_until", &["免纳入期限", "豁免期限"]),
        ("valid_from", &["有效期起", "生效日期"]),
        ("valid_until", &["有效期止", "失效日期"]),
        ("season", &["办理季节"]),
    ],
};

/// Stages of items that declare none of their own, by case type.
pub(super) type Usual = BTreeMap<CaseType, Vec<Stage>>;

/// What the catalogue is read beside.
pub(super) struct Beside<'a> {
    pub units: &'a Declared<'a, Unit>,
    pub usual: &'a Usual,
    /// Causes of special procedures that a clock leaves out: a stage of such a name takes no time of the promise.
    pub causes: &'a [String],
}

pub(super) fn read(sheet: &Sheet<'_>, beside: &Beside<'_>) -> Items {
    let mut entries: BTreeMap<String, Vec<(Row<'_>, Item)>> = BTreeMap::new();
    for row in sheet.rows() {
        let Some(item) = item(&row, beside) else { continue };
        entries.entry(item.code.clone()).or_default().push((row, item));
    }
    let mut items = Items::new();
    for (code, entries) in entries {
        let (rows, versions): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        match in_turn(versions) {
            Ok(item) => drop(items.insert(code, item)),
            Err((at, why)) => {
                let why = match why {
                    NotInTurn::Overlap(until) => say!("config-overlap", until),
                    NotInTurn::NoEnd => say!("config-no_end"),
                    NotInTurn::NoBeginning => say!("config-no_beginning"),
                };
                rows[at].wrong("code", say!("config-versions", code, why));
            }
        }
    }
    items
}

fn item(row: &Row<'_>, beside: &Beside<'_>) -> Option<Item> {
    let (code, name, unit) = (row.required("code"), row.required("name"), row.required("unit"));
    let lacks = |code: &str| beside.units.lacks(code, say!("config-no_unit", code));
    if let Some(none) = unit.and_then(lacks) {
        row.wrong("unit", none);
    }
    let category = row.required("category");
    let case_type = row.needed::<CaseType>("case_type");
    let (promised, statutory) = limits(row, case_type);
    let channel = row.needed("channel");
    let exemption = exemption(row);
    let usual = case_type.and_then(|case_type| beside.usual.get(&case_type)).map_or(&[][..], Vec::as_slice);
    let stages = stages(row, usual);
    if let Some(promised) = &promised {
        check_sum(row, promised, &stages, beside.causes);
    }
    let (valid_from, valid_until) = (row.parsed("valid_from"), row.parsed("valid_until"));
    if let (Some(from), Some(until)) = (valid_from, valid_until)
        && until < from
    {
        row.wrong("valid_until", say!("config-item_ends", until, from));
    }
    Some(Item {
        code: code?.to_owned(),
        name: name?.to_owned(),
        unit: unit?.to_owned(),
        category: category?.to_owned(),
        case_type: case_type?,
        promised,
        statutory,
        basis: row.cell("basis").map(str::to_owned),
        stages,
        fee: row.cell("fee").map(str::to_owned),
        channel: channel?,
        exemption,
        valid_from,
        valid_until,
        season: row.parsed("season"),
        earlier: Vec::new(),
        as_met: Vec::new(),
    })
}

/// The stages in order, `受理;审查:5个工作日;听证?;现场核查|书面核查;决定:2个工作日`; without any, those of the case type.
fn stages(row: &Row<'_>, usual: &[Stage]) -> Vec<Stage> {
    let mut stages = Vec::new();
    let cell = row.cell("stages").unwrap_or_default();
    for text in cell.split([';', '；']).map(str::trim).filter(|text| !text.is_empty()) {
        match text.parse() {
            Ok(stage) => stages.push(stage),
            Err(error) => row.wrong("stages", error),
        }
    }
    if cell.trim().is_empty() { usual.to_vec() } else { stages }
}

/// Together the stages must not take longer than the office promises (P5). What may be left out need not take any time, and what a
/// special procedure takes is left out of the promise.
fn check_sum(row: &Row<'_>, promised: &Limit, stages: &[Stage], causes: &[String]) {
    let Limit::Span { amount: whole, unit } = promised else { return };
    let special = |stage: &Stage| stage.names.iter().all(|name| causes.iter().any(|it| it == name.as_str()));
    let amount = |stage: &Stage| match stage.limit {
        Some(Limit::Span { amount, unit: own }) if own == *unit => amount,
        _ => 0,
    };
    let counted = stages.iter().filter(|stage| !stage.optional && !special(stage));
    let sum: u32 = counted.map(amount).sum();
    if sum > *whole {
        let sum = Limit::Span { amount: sum, unit: *unit };
        let (sum, promised) = (sum.to_string(), promised.to_string());
        row.wrong("stages", say!("config-stages_sum", sum, promised));
    }
}

/// Both limits. An instant item is due the same day unless it says otherwise; any other needs a limit; and what is
/// promised must lie within the law.
fn limits(row: &Row<'_>, case_type: Option<CaseType>) -> (Option<Limit>, Option<Limit>) {
    let mut promised = row.parsed::<Limit>("promised");
    let statutory = row.parsed::<Limit>("statutory");
    if promised.is_none() && row.cell("promised").is_none() && case_type == Some(CaseType::Instant) {
        promised = Some(Limit::SameDay);
    }
    let written = row.cell("promised").is_some()
        || row.cell("statutory").is_some()
        || row.is_misspelt("promised")
        || row.is_misspelt("statutory");
    if promised.is_none() && statutory.is_none() && !written {
        row.warn("promised", say!("config-no_limits"));
    }
    if let (Some(own), Some(law)) = (&promised, &statutory) {
        match own.is_longer_than(law) {
            Some(true) => row.wrong(
                "promised",
                say!("config-promised_longer", own = own.to_string(), law = law.to_string()),
            ),
            Some(false) => {}
            None => row
                .warn("promised", say!("config-incomparable", own = own.to_string(), law = law.to_string())),
        }
    }
    (promised, statutory)
}

fn exemption(row: &Row<'_>) -> Option<Exemption> {
    let (reason, by) = (row.cell("exempt_reason"), row.cell("exempt_by"));
    let until = row.parsed("exempt_until");
    match (reason, by) {
        (Some(reason), Some(by)) => {
            Some(Exemption { reason: reason.to_owned(), granted_by: by.to_owned(), until })
        }
        (Some(_), None) => {
            row.wrong("exempt_by", say!("config-exempt_by"));
            None
        }
        (None, Some(_)) => {
            row.wrong("exempt_reason", say!("config-exempt_reason"));
            None
        }
        (None, None) if row.cell("exempt_until").is_some() => {
            row.wrong("exempt_reason", say!("config-exempt_both"));
            None
        }
        (None, None) => None,
    }
}
