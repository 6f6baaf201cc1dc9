//! Regions and units.

use std::collections::BTreeMap;

use super::header::Columns;
use super::sheet::{Declared, Sheet};
use crate::domain::registry::{Level, Region, Unit};
use crate::domain::text::say;

pub(super) const REGION_COLUMNS: Columns = Columns {
    needed: &["code", "name", "level"],
    all: &[
        ("code", &["区划代码", "代码", "区划编码"]),
        ("name", &["名称", "区划名称"]),
        ("level", &["级别", "层级"]),
        ("parent", &["上级", "上级区划", "上级代码"]),
        ("service_centre", &["是否有服务中心", "服务中心", "政务服务中心"]),
    ],
};

pub(super) const UNIT_COLUMNS: Columns = Columns {
    needed: &["code", "name", "region", "kind"],
    all: &[
        ("code", &["单位编码", "单位代码"]),
        ("name", &["单位名称", "名称"]),
        ("region", &["区划", "区划代码"]),
        ("kind", &["性质", "单位性质"]),
    ],
};

/// What divisions of a level are called besides, as the state's list of them has it.
const CALLED: [(&str, Level); 14] = [
    ("自治区", Level::Province),
    ("直辖市", Level::Province),
    ("地级市", Level::City),
    ("自治州", Level::City),
    ("盟", Level::City),
    ("区", Level::County),
    ("市辖区", Level::County),
    ("县级市", Level::County),
    ("旗", Level::County),
    ("乡", Level::Township),
    ("镇", Level::Township),
    ("苏木", Level::Township),
    ("社区", Level::Village),
    ("行政村", Level::Village),
];

pub(super) fn regions(sheet: &Sheet<'_>) -> BTreeMap<String, Region> {
    let mut regions: BTreeMap<String, Region> = BTreeMap::new();
    let mut parents = Vec::new();
    for row in sheet.rows() {
        let (code, name) = (row.required("code"), row.required("name"));
        let called =
            CALLED.iter().find(|(word, _)| row.cell("level") == Some(*word)).map(|(_, level)| *level);
        let level = called.or_else(|| row.needed::<Level>("level"));
        let parent = row.cell("parent").map(str::to_owned);
        let service_centre = row.cell("service_centre").and_then(|cell| match cell {
            "yes" | "true" | "1" | "是" | "有" => Some(true),
            "no" | "false" | "0" | "否" | "无" => Some(false),
            other => {
                row.wrong("service_centre", say!("config-yes_or_no", text = other));
                None
            }
        });
        let (Some(code), Some(name), Some(level)) = (code, name, level) else { continue };
        if level == Level::Township && row.cell("service_centre").is_none() {
            row.wrong("service_centre", say!("config-service_centre"));
        }
        parents.push((row, parent.clone()));
        let region = Region { code: code.to_owned(), name: name.to_owned(), level, parent, service_centre };
        if regions.insert(code.to_owned(), region).is_some() {
            row.wrong("code", say!("config-code_twice", code));
        }
    }
    for (row, parent) in parents {
        let known = Declared { all: &regions, whole: sheet.whole };
        if let Some(none) = parent.and_then(|code| known.lacks(&code, say!("config-no_region", code = &code)))
        {
            row.wrong("parent", none);
        }
    }
    no_circles(sheet, &mut regions);
    regions
}

/// A region above itself would never end; the circle is reported and cut.
fn no_circles(sheet: &Sheet<'_>, regions: &mut BTreeMap<String, Region>) {
    let circular = |code: &str, regions: &BTreeMap<String, Region>| {
        let mut above = regions.get(code).and_then(|region| region.parent.as_deref());
        let mut steps = 0;
        while let Some(next) = above {
            steps += 1;
            if next == code || steps > regions.len() {
                return next == code;
            }
            above = regions.get(next).and_then(|region| region.parent.as_deref());
        }
        false
    };
    for code in regions.keys().cloned().collect::<Vec<_>>() {
        if circular(&code, regions) {
            sheet.wrong("parent", say!("config-circle", code = &code));
            if let Some(region) = regions.get_mut(&code) {
                region.parent = None;
            }
        }
    }
}

pub(super) fn units(sheet: &Sheet<'_>, regions: &Declared<'_, Region>) -> BTreeMap<String, Unit> {
    let mut units = BTreeMap::new();
    for (row, order) in sheet.rows().zip(0..) {
        let (code, name) = (row.required("code"), row.required("name"));
        let (region, kind) = (row.required("region"), row.needed("kind"));
        let lacks = |code: &str| regions.lacks(code, say!("config-no_region", code));
        if let Some(none) = region.and_then(lacks) {
            row.wrong("region", none);
        }
        let (Some(code), Some(name), Some(region), Some(kind)) = (code, name, region, kind) else { continue };
        let unit =
            Unit { code: code.to_owned(), name: name.to_owned(), region: region.to_owned(), kind, order };
        if units.insert(code.to_owned(), unit).is_some() {
            row.wrong("code", say!("config-code_twice", code));
        }
    }
    units
}
