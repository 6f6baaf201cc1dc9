//! Mistakes of the registry, and the encodings it may be written in.

use std::fs;

use super::{LEAST, city, load, root};

/// A registry file with the given text in place of the example's.
fn registry(name: &str, bytes: &[u8]) -> String {
    let (folder, file) = city(LEAST);
    fs::write(folder.path().join("registry").join(name), bytes).unwrap();
    load(&file).map_or_else(
        |problems| problems.to_string(),
        |config| format!("in order {}", config.policy.registry.units["ZJJ"].name),
    )
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of mistakes")]
fn each_mistake_of_the_registry_is_told_with_file_line_and_column() {
    let items = "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,法定时限,必经环节,办理渠道,免纳入理由,批准机关\n";
    let item = |row: &str| format!("{items}{row}\n").into_bytes();
    let contacts = "单位,区划,角色,姓名,邮箱,语言\n";
    let mistakes: Vec<(&str, Vec<u8>, &[&str])> = vec![
        (
            "items.csv",
            item("A,甲,ZJJ,许可,承诺件,5个工作日,,,审批系统,,\nA,乙,ZJJ,许可,承诺件,5个工作日,,,审批系统,,"),
            &["items.csv:3: 事项编码: the code `A` stands twice"],
        ),
        (
            "items.csv",
            item("A,甲,NO-SUCH,许可,承诺件,5个工作日,,,审批系统,,"),
            &["items.csv:2: 所属单位: there is no unit `NO-SUCH`"],
        ),
        (
            "items.csv",
            item("A,甲,ZJJ,许可,承诺件,25个工作日,20个工作日,,审批系统,,"),
            &["the promised 25wd is longer than the statutory 20wd"],
        ),
        (
            "items.csv",
            item("A,甲,ZJJ,许可,承诺件,90个工作日,60日,,审批系统,,"),
            &["the promised 90wd is longer than the statutory 60d"],
        ),
        ("items.csv", item("A,甲,ZJJ,许可,承诺件,20,,,审批系统,,"), &["`20` is no limit"]),
        (
            "items.csv",
            item("A,甲,ZJJ,许可,快办件,5个工作日,,,审批系统,,"),
            &["办件类型: `快办件` is none of"],
        ),
        ("items.csv", item("A,甲,ZJJ,许可,承诺件,5个工作日,,,线下,太忙,"), &["批准机关"]),
        (
            "items.csv",
            item("A,\"甲\n乙\",ZJJ,许可,承诺件,5个工作日,,,审批系统,,\nB,丙"),
            &["items.csv:4: 2 cells, and the header has 11"],
        ),
        (
            "contacts.csv",
            format!("{contacts},,监察人员,甲,nobody,中文\n").into_bytes(),
            &["contacts.csv:2: 邮箱: `nobody` is no mail address", "there is no admin"],
        ),
        (
            "contacts.csv",
            format!("{contacts},,系统管理员,甲,a@b.cn,中文\n,,监察人员,乙,a@b.cn；张三,中文\n").into_bytes(),
            &["contacts.csv:3: 邮箱: `张三` is no mail address"],
        ),
        (
            "contacts.csv",
            format!("{contacts}ZJJ,,单位负责人,甲,a@b,中文\n").into_bytes(),
            &["contacts.csv:2: 邮箱: `b` in `a@b` is no domain"],
        ),
        (
            "contacts.csv",
            "单位,区划,角色,姓名,邮箱,语言,代办人\n,,系统管理员,甲,a@b.cn,中文,a@b.cn;c@d.cn\n"
                .as_bytes()
                .to_vec(),
            &["contacts.csv:2: 代办人: `a@b.cn;c@d.cn` holds 2 mail addresses"],
        ),
        (
            "contacts.csv",
            format!("{contacts},,系统管理员,甲,a@b.cn,中文\n").into_bytes(),
            &["nobody can be told of the cards of `ZJJ` (市住建局)"],
        ),
        (
            "regions.csv",
            "区划代码,名称,级别,上级,是否有服务中心\n990000,市,市,990000,\n".as_bytes().to_vec(),
            &["the region `990000` stands above itself"],
        ),
        (
            "regions.csv",
            "区划代码,名称,级别,上级,是否有服务中心\n990000,市,市,,\n1,乡,乡镇,990000,\n".as_bytes().to_vec(),
            &["regions.csv:3: 是否有服务中心"],
        ),
        (
            "units.csv",
            vec![b'a', b'\n', 0xFF, 0xFF, b'\n'],
            &["units.csv:2: these bytes are neither UTF-8 nor GB18030"],
        ),
        ("units.csv", b"code,name,region,kind\n".to_vec(), &["there is no unit `ZJJ`"]),
    ];
    for (name, bytes, words) in mistakes {
        let told = registry(name, &bytes);
        for word in words {
            assert!(told.contains(word), "`{word}` is missing in:\n{told}");
        }
    }
}

/// Several addresses of one cell are as many contacts, each with all that the row says; who stands in is named by one.
#[test]
fn a_cell_of_several_addresses_gives_as_many_contacts() {
    let (folder, file) = city(LEAST);
    let text = "单位,区划,角色,姓名,邮箱,语言,代办人\n\
                ZJJ,,单位负责人,甲,\"甲<a@政务.中国>，mailto:b@example.gov.cn\u{200b}\",英文,admin@example.gov.cn\n\
                ,,系统管理员,乙,admin＠example.gov.cn,中文,\n,,监察人员,丙,c@example.gov.cn,中文,\n";
    fs::write(folder.path().join("registry/contacts.csv"), text).unwrap();
    let config = load(&file).unwrap();
    let contacts = &config.policy.registry.contacts;
    let addresses: Vec<&str> = contacts.iter().map(|contact| contact.address.as_str()).collect();
    assert_eq!(
        addresses,
        ["a@xn--zfr164b.xn--fiqs8s", "b@example.gov.cn", "admin@example.gov.cn", "c@example.gov.cn"]
    );
    for contact in &contacts[..2] {
        assert_eq!(contact.stand_in.as_deref(), Some("admin@example.gov.cn"));
        assert_eq!((contact.unit.as_deref(), contact.name.as_str()), (Some("ZJJ"), "甲"));
    }
}

/// Issue 13: a mistake is told with the line on which an editor shows it, whichever way the lines end.
#[test]
fn a_mistake_stands_in_its_line_whichever_way_lines_end() {
    let text = "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,办理渠道\nA,甲,ZJJ,许可,承诺件,5个工作日,审批系统\n\n\
                B,乙,ZJ,许可,承诺件,5个工作日,审批系统\n";
    for end in ["\n", "\r\n", "\r"] {
        let told = registry("items.csv", text.replace('\n', end).as_bytes());
        assert!(
            told.contains("items.csv:4: 所属单位: there is no unit `ZJ`; did you mean `ZJJ`?"),
            "{end:?} {told}"
        );
    }
    let spoilt = [text.replace('\n', "\r\n").as_bytes(), b"C,\xff\xff\r\n"].concat();
    assert!(registry("items.csv", &spoilt).contains("items.csv:5: these bytes are neither"));
}

/// Issue 13: what lies under the name of a file of the registry and is none is said in words, and keeps the configuration from being used.
#[test]
fn a_file_of_another_kind_is_said_to_be_what_it_is() {
    let utf16 = [0xff, 0xfe].into_iter().chain("单位".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let kinds: [(Vec<u8>, &str); 8] = [
        (b"PK\x03\x04rest".to_vec(), "this is a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "this is a workbook"),
        (b"\n<html><table>".to_vec(), "this is a page (HTML)"),
        (b"%PDF-1.4".to_vec(), "this is a document (PDF"),
        (b"SQLite format 3\0".to_vec(), "this is an SQLite database"),
        (utf16, "this is text in UTF-16"),
        (Vec::new(), "the file is empty"),
        (b"\xef\xbb\xbf\r\n".to_vec(), "the file is empty"),
    ];
    for (bytes, words) in kinds {
        let told = registry("items.csv", &bytes);
        assert!(told.contains("items.csv: ") && told.contains(words), "`{words}` is missing in:\n{told}");
    }
}

/// Issue 13: one slip in a header is one mistake, with the name that was meant, and not one for each row of this file and of those
/// that name its codes.
#[test]
fn a_slip_in_a_header_is_one_mistake() {
    let header = "事项编码,事项名称,所属单位,事项类别,办件类型,承诺时限,办理渠道,备注";
    let rows: String = (0..20).map(|at| format!("\nI{at},甲,ZJJ,许可,承诺件,5个工作日,审批系统,")).collect();
    let items = |from: &str, to: &str| registry("items.csv", (header.replace(from, to) + &rows).as_bytes());
    assert!(items("", "").starts_with("in order"));
    let lines = |told: &str| told.lines().filter(|line| line.contains(".csv")).count();
    // That of 备注 is the other.
    let told = items("事项编码", "事项编号");
    assert!(
        told.contains("items.csv:1: 事项编码: the file has no such column") && told.contains("`事项编号`"),
        "{told}"
    );
    assert_eq!(lines(&told), 2, "{told}");
    let told = items("承诺时限", "承诺期限");
    assert!(
        told.contains(
            "items.csv:1: 承诺期限: this column is not known, and the file has no column `承诺时限`"
        ),
        "{told}"
    );
    assert_eq!(lines(&told), 2, "{told}");
    // What is only somewhat alike may be something else, and is no hindrance.
    assert!(items("备注", "实施依据").starts_with("in order"));
    let text = fs::read_to_string(root().join("config/examples/city/units.csv")).unwrap();
    let told = registry("units.csv", text.replacen("单位编码", "单位编号", 1).as_bytes());
    assert!(told.contains("units.csv:1: 单位编码: the file has no such column"), "{told}");
    assert_eq!(lines(&told), 1, "{told}");
    let text = fs::read_to_string(root().join("config/examples/city/contacts.csv")).unwrap();
    let told = registry("contacts.csv", text.replacen("邮箱", "信箱", 1).as_bytes());
    assert!(told.contains("contacts.csv:1: 邮箱: the file has no such column"), "{told}");
    assert_eq!(lines(&told), 1, "{told}");
}

#[test]
fn a_registry_in_gb18030_or_with_a_mark_is_read() {
    let text = fs::read_to_string(root().join("config/examples/city/units.csv")).unwrap();
    let (chinese, _, _) = encoding_rs::GB18030.encode(&text);
    assert_eq!(registry("units.csv", &chinese), "in order 市住建局");
    assert_eq!(registry("units.csv", format!("\u{feff}{text}").as_bytes()), "in order 市住建局");
}

/// A level may be called as the state's list of divisions calls it; what is none stays a mistake.
#[test]
fn a_level_may_be_called_as_the_list_of_divisions_has_it() {
    use crate::domain::registry::Level;
    let (folder, file) = city(LEAST);
    let path = folder.path().join("registry/regions.csv");
    let text = fs::read_to_string(&path).unwrap();
    let more = "990100,甲区,市辖区,990000,\n990101,乙镇,镇,990100,是\n99010101,丙社区,社区,990101,\n";
    fs::write(&path, format!("{text}{more}")).unwrap();
    let regions = load(&file).unwrap().policy.registry.regions.clone();
    let levels = ["990100", "990101", "99010101"].map(|code| regions[code].level);
    assert_eq!(levels, [Level::County, Level::Township, Level::Village]);
    fs::write(&path, format!("{text}{}", more.replace("市辖区", "片区"))).unwrap();
    assert!(load(&file).unwrap_err().to_string().contains("片区"));
}
