//! What the targets share: a small city whose files they replace, and what must hold of every reading.

use std::cell::OnceCell;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use jianchad::testing::domain::now::Now;
use jianchad::testing::domain::record::Batch;
use jianchad::testing::domain::record::mapping::SourceSpec;
use jianchad::testing::domain::text::Language;
use jianchad::testing::edge::config::{self, Problems};
use jianchad::testing::edge::source::{self, Cursors, Reading};
use tempfile::TempDir;

const FILES: [(&str, &str); 5] = [
    ("jianchad.toml", include_str!("../city/jianchad.toml")),
    ("registry/regions.csv", include_str!("../../config/examples/city/regions.csv")),
    ("registry/units.csv", include_str!("../../config/examples/city/units.csv")),
    ("registry/items.csv", include_str!("../../config/examples/city/items.csv")),
    ("registry/contacts.csv", include_str!("../../config/examples/city/contacts.csv")),
];

/// No message to a person is longer than a screen: 24 lines of 80 columns, some of them two columns wide.
const SCREEN: usize = 24 * 80;

/// A configuration with its registry and sources, in a folder of its own.
pub struct City {
    folder: TempDir,
}

impl City {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("registry")).expect("a folder for the registry");
        let city = Self { folder };
        for (name, text) in FILES {
            city.write(name, text.as_bytes());
        }
        city
    }

    /// Replaces one of its files.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).expect("a file in a temporary folder");
    }

    /// What one of its files holds.
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("a file of the city")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Its configuration file.
    pub fn configuration(&self) -> PathBuf {
        self.path("jianchad.toml")
    }

    fn source(&self, name: &str) -> SourceSpec {
        let sources = config::load(&self.configuration()).expect("a city in order").sources;
        sources.into_iter().find(|spec| spec.name == name).expect("a source of the city")
    }
}

thread_local! {
    static CITY: OnceCell<City> = const { OnceCell::new() };
}

/// Works with the city of this process.
pub fn in_city<T>(work: impl FnOnce(&City) -> T) -> T {
    CITY.with(|city| work(city.get_or_init(City::new)))
}

/// Loads the configuration, which must be taken or refused with every mistake named in words that fit a screen.
pub fn load(file: &Path) {
    let told = config::load(file);
    let problems = told.as_ref().map_or_else(Problems::list, |config| config.warnings.as_slice());
    for problem in problems {
        assert_fits(&problem.to_string());
    }
}

/// Reads a file as the source of that name, twice: a reading may fail, but it is the same again, loses no row that it
/// counts, and says nothing longer than a screen.
pub fn read(source: &str, file: &str, bytes: &[u8]) {
    thread_local! {
        static SPECS: OnceCell<[SourceSpec; 3]> = const { OnceCell::new() };
    }
    in_city(|city| {
        city.write(file, bytes);
        SPECS.with(|specs| {
            let specs = specs.get_or_init(|| ["csv", "xes", "xlsx"].map(|name| city.source(name)));
            let spec = specs.iter().find(|spec| spec.name == source).expect("one of the three");
            let first = once(spec);
            assert_eq!(first, once(spec), "read again");
            if let Ok((reading, batches)) = first {
                reading.notes.iter().for_each(|note| assert_fits(&note.words(Language::English)));
                let told: usize = batches.iter().map(|batch| batch.facts.len() + batch.rejected.len()).sum();
                assert!(told as u64 <= reading.rows * spec.reads.len() as u64, "more facts than rows");
            }
        });
    });
}

fn once(spec: &SourceSpec) -> Result<(Reading, Vec<Batch>), String> {
    let instant = DateTime::parse_from_rfc3339("2026-06-01T10:00:00+08:00").expect("a moment");
    let mut batches = Vec::new();
    let reading = source::open(spec).read(&Cursors::new(), &Now { instant, replay: false }, &mut |batch| {
        batches.push(batch);
        ControlFlow::Continue(())
    });
    reading.map(|reading| (reading, batches)).map_err(|error| {
        let text = error.to_string();
        assert_fits(&text);
        text
    })
}

/// That a text for a person is not longer than a screen.
pub fn assert_fits(text: &str) {
    assert!(text.chars().count() <= SCREEN, "{} characters: {text}", text.chars().count());
}

/// A workbook whose parts are these, one behind the other behind zero bytes: its sheet, its shared texts, its styles, the book.
pub fn workbook(bytes: &[u8]) -> Vec<u8> {
    const NAMES: [&str; 4] =
        ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"];
    const BOOK: &[u8] = br#"<workbook><sheets><sheet name="S" id="s"/></sheets></workbook>"#;
    const LEADS: &[u8] = br#"<x><Relationship Id="s" Type="/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="y" Type="/styles" Target="styles.xml"/></x>"#;
    let given = bytes.splitn(4, |byte| *byte == 0).chain(std::iter::repeat(&[][..]));
    let mut parts: Vec<(&str, &[u8])> = NAMES.into_iter().zip(given).collect();
    if parts[3].1.is_empty() {
        parts[3].1 = BOOK;
    }
    parts.push(("xl/_rels/workbook.xml.rels", LEADS));
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    let number = |length: usize| u32::try_from(length).expect("inputs are short").to_le_bytes();
    let short = |length: usize| u16::try_from(length).expect("names are short").to_le_bytes();
    for (name, content) in &parts {
        let (at, size, sum) = (archive.len(), number(content.len()), crc(content).to_le_bytes());
        let common =
            [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &sum, &size, &size, &short(name.len()), &[0, 0]].concat();
        archive.extend([b"PK\x03\x04", &common[..], name.as_bytes(), content].concat());
        directory.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &number(at), name.as_bytes()].concat());
    }
    let (count, length, at) = (short(parts.len()), number(directory.len()), number(archive.len()));
    archive.extend(directory);
    archive.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &length, &at, &[0, 0]].concat());
    archive
}

/// The sum by which an archive knows a part again.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}
