//! The demo city's registry: regions, units, items, contacts, in the proportions of the 2011 report.

use super::random::Random;
use crate::domain::limit::{Limit, LimitUnit};

const UNITS: &str = include_str!("../../../config/demo/units.txt");

/// What is done about a matter; with it an item has its name.
const DEEDS: [&str; 5] = ["许可", "变更核准", "延续", "备案", "年度检验"];

/// Counties with so many townships each, 202 in all, and how many of them have a service centre, 161 in all.
const COUNTIES: [(&str, u32, u32); 11] = [
    ("北江区", 14, 14),
    ("南江区", 15, 15),
    ("桂山县", 22, 18),
    ("宜林县", 23, 17),
    ("永泉县", 21, 17),
    ("嘉田县", 12, 10),
    ("临溪县", 19, 14),
    ("汝河县", 20, 15),
    ("桂东岭县", 18, 12),
    ("安平县", 17, 13),
    ("资阳岭市", 21, 16),
];

/// Promised limits with their statutory ones, as catalogues have them.
const LIMITS: [(u32, &str); 9] = [
    (5, "20个工作日"),
    (7, "20个工作日"),
    (10, "20个工作日"),
    (15, "20个工作日"),
    (3, "20个工作日"),
    (5, "10个工作日"),
    (10, "60日"),
    (15, "2个月"),
    (20, "45个工作日"),
];

/// Items that have gone quiet: connected, and without a trace since September.
pub(super) const SILENT: [usize; 6] = [30, 100, 170, 240, 310, 380];

/// Where the former version of a licence stands, which ended on 30 November 2011, as the catalogue says, and is used a little longer.
const ENDED: usize = 259;

/// Items whose promise changes on 12 December 2011, and how.
const CHANGES: [(usize, Change); 2] = [(49, Change::Shorter), (219, Change::Longer)];

/// Limits of those items, the promise being the shorter of the two: five working days, and ten.
const CHANGING: (u32, &str) = LIMITS[0];

/// The item that has a case every day, and from December on none.
pub(super) const QUIET: usize = 205;

/// The unit, by its number, whose windows fall silent in December.
pub(super) const QUIET_UNIT: usize = 33;

/// From this item on the cases of the first instant service come from the hall's own list, which ends in November.
pub(super) const HALL: usize = 147;

/// The unit that decides whatever it decides on the last day.
pub(super) const LAST_DAY_UNIT: usize = 36;

/// An item of the catalogue whose cases are handled in the approval system.
pub(super) struct SystemItem {
    pub(super) code: String,
    /// Number of its unit in the official order, from 0.
    pub(super) unit: usize,
    /// Promised working days; `None`: due the same day.
    pub(super) promised: Option<u32>,
    /// Statutory working days, where the law counts in them.
    pub(super) statutory: Option<u32>,
    /// Stages between acceptance and decision.
    pub(super) stages: Vec<&'static str>,
    /// The catalogue offers it no longer.
    pub(super) ended: bool,
    /// Its promise changes: `promised` is the shorter one.
    pub(super) change: Option<Change>,
}

impl SystemItem {
    /// The code of its unit.
    pub(super) fn unit_code(&self) -> &str {
        &self.code[..3]
    }
}

/// How a promise changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Shorter,
    Longer,
}

/// The registry as files, and the items whose cases the approval system handles.
pub(super) struct Registry {
    pub(super) files: Vec<(&'static str, String)>,
    pub(super) items: Vec<SystemItem>,
    /// Codes of items that are handled outside the system.
    pub(super) outside: Vec<String>,
}

pub(super) fn build(random: &mut Random) -> Registry {
    let mut units = String::from("单位编码,单位名称,区划,性质\n");
    let mut contacts = String::from("单位,区划,角色,姓名,邮箱,语言\n");
    let mut catalogue = Catalogue::new();
    for (number, line) in UNITS.lines().enumerate() {
        let mut words = line.split(' ');
        let (name, kind) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let code = format!("D{:02}", number + 1);
        units.push_str(&format!("{code},{name},990000,{kind}\n"));
        contacts.push_str(&format!("{code},,承办人,{name}窗口,{code}.window@example.gov.cn,中文\n"));
        contacts.push_str(&format!("{code},,单位负责人,{name}分管领导,{code}.lead@example.gov.cn,中文\n"));
        let matters: Vec<&str> = words.next().unwrap_or_default().split(',').collect();
        match kind {
            "市直" => catalogue.municipal(number, &code, &matters, random),
            "垂管" => catalogue.vertical(&code, &matters),
            _ => {}
        }
    }
    contacts.push_str(",,监察人员,监察局值班室,supervisor@example.gov.cn,中文\n");
    contacts.push_str(",,监察人员,Deputy Supervisor,deputy@example.gov.cn,英文\n");
    contacts.push_str(",,系统管理员,信息中心,admin@example.gov.cn,中文\n");
    let files = vec![
        ("registry/regions.csv", regions()),
        ("registry/units.csv", units),
        ("registry/items.csv", catalogue.text),
        ("registry/contacts.csv", contacts),
    ];
    let items = catalogue.items.into_iter().chain(catalogue.ended).collect();
    Registry { files, items, outside: catalogue.codes }
}

fn regions() -> String {
    let mut text = String::from("区划代码,名称,级别,上级,是否有服务中心\n990000,示范市,市,,\n");
    for (county, (name, townships, centres)) in (1..).zip(COUNTIES) {
        text.push_str(&format!("9900{county:02},{name},县,990000,\n"));
        for township in 1..=townships {
            let centre = if township <= centres { "是" } else { "否" };
            let name = format!("{name}第{township}乡");
            text.push_str(&format!("9900{county:02}{township:03},{name},乡镇,9900{county:02},{centre}\n"));
        }
    }
    text
}

struct Catalogue {
    text: String,
    items: Vec<SystemItem>,
    /// Municipal items so far that are not handled in the system.
    outside: usize,
    codes: Vec<String>,
    /// The one that is offered no longer.
    ended: Option<SystemItem>,
}

impl Catalogue {
    fn new() -> Self {
        let head = "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,法定时限,设定依据,必经环节,收费标准,办理渠道,\
                    免纳入理由,批准机关,免纳入期限,有效期起,有效期止\n";
        Self { text: head.to_owned(), items: Vec::new(), outside: 0, codes: Vec::new(), ended: None }
    }

    /// A unit under the city's government: 12 or 13 items, the last two or three of them not in the system.
    fn municipal(&mut self, number: usize, unit: &str, matters: &[&str], random: &mut Random) {
        let (count, outside) = (if number < 22 { 13 } else { 12 }, if number < 17 { 3 } else { 2 });
        for place in 0..count {
            let code = format!("{unit}-{:02}", place + 1);
            let name = format!("{}{}", matters[place % 3], DEEDS[place / 3]);
            if place < count - outside {
                self.inside(number, unit, &code, &name, random);
            } else {
                self.outside(unit, &code, &name);
            }
        }
    }

    fn inside(&mut self, number: usize, unit: &str, code: &str, name: &str, random: &mut Random) {
        let changes = CHANGES.iter().find(|(place, _)| *place == self.items.len());
        let change = changes.map(|(_, change)| *change);
        if random.below(5) == 0 && change.is_none() {
            let row = format!("{code},{name},{unit},公共服务,即办件,当日,,,受理,0,审批系统,,,,,\n");
            self.text.push_str(&row);
            let (code, stages) = (code.to_owned(), Vec::new());
            let (promised, statutory, ended) = (None, None, false);
            self.items.push(SystemItem { code, unit: number, promised, statutory, stages, ended, change });
            return;
        }
        let usual = LIMITS[random.below(LIMITS.len())];
        let (promised, statutory) = if change.is_some() { CHANGING } else { usual };
        let law: Limit = statutory.parse().expect("the limits above are limits");
        let kind = if promised == 20 { "联办件" } else { "承诺件" };
        let stages = if promised >= 10 { vec!["审查", "现场踏勘"] } else { vec!["审查"] };
        let basis = if statutory.contains("工作日") {
            "《行政许可法》第四十二条"
        } else {
            "单行法律规定的时限"
        };
        let required = stages.join(";");
        if self.items.len() >= ENDED && self.ended.is_none() {
            self.ended(number, unit, code, name);
        }
        let versions = match change {
            None => vec![(promised, ",")],
            Some(Change::Shorter) => vec![(10, ",2011-12-11"), (promised, "2011-12-12,")],
            Some(Change::Longer) => vec![(promised, ",2011-12-11"), (10, "2011-12-12,")],
        };
        for (promised, valid) in versions {
            self.text.push_str(&format!(
                "{code},{name},{unit},行政许可,{kind},{promised}个工作日,{statutory},{basis},受理;{required},0,审批系统,,,,{valid}\n"
            ));
        }
        let statutory = match law {
            Limit::Span { amount, unit: LimitUnit::WorkingDays } => Some(amount),
            _ => None,
        };
        let (code, promised) = (code.to_owned(), Some(promised));
        self.items.push(SystemItem { code, unit: number, promised, statutory, stages, ended: false, change });
    }

    /// The former version of an item, which the catalogue offered until the month before: it stands beside the 610.
    fn ended(&mut self, number: usize, unit: &str, code: &str, name: &str) {
        let code = format!("{code}-2010");
        self.text.push_str(&format!(
            "{code},{name}（2010年版）,{unit},行政许可,承诺件,15个工作日,20个工作日,《行政许可法》第四十二条,受理;审查;现场踏勘,0,审批系统,,,,,2011-11-30\n"
        ));
        let (promised, statutory, stages) = (Some(15), Some(20), vec!["审查", "现场踏勘"]);
        let (ended, change) = (true, None);
        self.ended = Some(SystemItem { code, unit: number, promised, statutory, stages, ended, change });
    }

    /// Not in the system: 71 instant services with leave to stay out, 28 without.
    fn outside(&mut self, unit: &str, code: &str, name: &str) {
        let row = if self.outside < 71 {
            format!(
                "{code},{name},{unit},公共服务,即办件,当日,,,,0,线下,业务量大的即办件暂不逐件录入,市政府办公室,2012-12-31,,\n"
            )
        } else {
            let channel = if self.outside.is_multiple_of(2) { "审批系统" } else { "线下" };
            format!("{code},{name},{unit},行政许可,承诺件,10个工作日,20个工作日,,,0,{channel},,,,,\n")
        };
        self.text.push_str(&row);
        self.outside += 1;
        self.codes.push(code.to_owned());
    }

    /// A unit run from the province: 16 items in its own system.
    fn vertical(&mut self, unit: &str, matters: &[&str]) {
        for place in 0..16 {
            let action = DEEDS.get(place / 3).copied().unwrap_or("注销");
            let name = format!("{}{action}", matters[place % 3]);
            let code = format!("{unit}-{:02}", place + 1);
            self.text.push_str(&format!(
                "{code},{name},{unit},行政许可,承诺件,10个工作日,20个工作日,,,0,垂管系统,省垂管单位使用上级业务系统,市政府办公室,,,\n"
            ));
        }
    }
}
