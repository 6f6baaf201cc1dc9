//! Workbooks for tests, written part by part, so that any of them can be other than a spreadsheet would write it.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// The style of a cell that shows a day.
pub const DAY: u32 = 1;
/// One that shows a day and its time.
pub const TIME: u32 = 2;
/// One that shows a day in Chinese.
pub const CHINESE_DAY: u32 = 3;
/// One that shows a number of six digits, with zeros before it.
pub const SIX_DIGITS: u32 = 4;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A workbook that is being written.
pub struct Workbook {
    pub parts: Vec<(String, Vec<u8>)>,
}

impl Workbook {
    /// With these sheets: their names, behind a `-` where they are hidden, and their rows.
    pub fn new(sheets: &[(&str, String)]) -> Self {
        let (mut names, mut relations) = (String::new(), String::new());
        let mut parts = Vec::new();
        for (number, (name, rows)) in (1..).zip(sheets) {
            let hidden = if name.starts_with('-') { " state=\"hidden\"" } else { "" };
            let name = name.trim_start_matches('-');
            write!(names, "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"{hidden}/>")
                .unwrap();
            write!(
                relations,
                "<Relationship Id=\"r{number}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            )
            .unwrap();
            let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
            parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
        }
        for (id, kind) in [("rs", "styles"), ("rt", "sharedStrings")] {
            write!(
                relations,
                "<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{kind}.xml\"/>"
            )
            .unwrap();
        }
        let root = format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        let book = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><workbookPr/><sheets>{names}</sheets></workbook>"
        );
        let styles = format!(
            "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/>\
             <numFmt numFmtId=\"165\" formatCode=\"000000\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"
        );
        let strings = format!("<sst xmlns=\"{MAIN}\"></sst>");
        parts.extend([
            ("_rels/.rels".to_owned(), root),
            ("xl/workbook.xml".to_owned(), book),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
            ),
            ("xl/styles.xml".to_owned(), styles),
            ("xl/sharedStrings.xml".to_owned(), strings),
        ]);
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        Self {
            parts: parts
                .into_iter()
                .map(|(name, text)| (name, format!("{head}{text}").into_bytes()))
                .collect(),
        }
    }

    /// Puts something else in the place of a text of one of its parts.
    pub fn replace(mut self, part: &str, from: &str, to: &str) -> Self {
        let (_, bytes) = self.parts.iter_mut().find(|(name, _)| name == part).expect("a part of it");
        let text = String::from_utf8(std::mem::take(bytes)).unwrap();
        assert!(text.contains(from), "{text}");
        *bytes = text.replace(from, to).into_bytes();
        self
    }

    /// The archive of its parts.
    pub fn bytes(&self) -> Vec<u8> {
        archive(&self.parts)
    }
}

/// A ZIP archive of some parts.
pub fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let mut sum = flate2::Crc::new();
        sum.update(content);
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
        packed.write_all(content).unwrap();
        let packed = packed.finish().unwrap();
        let number = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
        let short = |length: usize| u16::try_from(length).unwrap().to_le_bytes();
        let at = bytes.len();
        let common = [
            &[20, 0, 0, 0, 8, 0, 0, 0, 0, 0][..],
            &sum.sum().to_le_bytes(),
            &number(packed.len()),
            &number(content.len()),
            &short(name.len()),
            &[0, 0],
        ]
        .concat();
        bytes.extend([b"PK\x03\x04", &common[..], name.as_bytes(), &packed].concat());
        directory.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &number(at), name.as_bytes()].concat());
    }
    let (count, at) = (u16::try_from(parts.len()).unwrap().to_le_bytes(), bytes.len());
    let number = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
    bytes.extend(&directory);
    bytes.extend(
        [b"PK\x05\x06\0\0\0\0", &count[..], &count, &number(directory.len()), &number(at), &[0, 0]].concat(),
    );
    bytes
}

/// A row of this number, with the cells that stand in it, each as its XML behind its column.
pub fn row(number: u32, cells: &[String]) -> String {
    row_with(number, "", cells)
}

/// The same with an attribute of its own.
pub fn row_with(number: u32, attribute: &str, cells: &[String]) -> String {
    let mut row = format!("<row r=\"{number}\" {attribute}>");
    for (column, cell) in (b'A'..).zip(cells) {
        let place = format!("r=\"{}{number}\"", char::from(column));
        row.push_str(&cell.replacen("<c", &format!("<c {place}"), 1));
    }
    row + "</row>"
}

/// A cell with a text.
pub fn text(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

/// A cell with a number, in a style.
pub fn number(number: &str, style: u32) -> String {
    format!("<c s=\"{style}\"><v>{number}</v></c>")
}

/// A cell of a kind.
pub fn of_kind(kind: &str, value: &str) -> String {
    format!("<c t=\"{kind}\"><v>{value}</v></c>")
}

/// A cell in which nothing stands.
pub fn none() -> String {
    "<c/>".to_owned()
}

/// Rows of texts, as of a CSV text.
pub fn texts(table: &str) -> String {
    let rows = (1..).zip(table.lines());
    rows.map(|(at, line)| row(at, &line.split(',').map(text).collect::<Vec<_>>())).collect()
}
