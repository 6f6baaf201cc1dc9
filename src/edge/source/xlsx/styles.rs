//! In which way numbers are shown: that a number is a day, and nothing else tells it from one.

use std::collections::HashMap;

use super::fault::BookFault;
use super::xml::{Next, Xml, attributes};
use crate::domain::text::say;

/// Formats and styles at most: spreadsheets have no more than 65,490.
const MOST: usize = 70_000;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// As a number.
    #[default]
    Number,
    /// As a number of so many digits at least, with zeros before it.
    Digits(u8),
    /// As a day.
    Day,
    /// As a time, with or without its day.
    Time,
    /// As hours that have passed.
    Elapsed,
}

/// The styles of a workbook, by their number.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Shown>);

impl Styles {
    /// Reads them.
    pub fn read(mut xml: Xml<'_>) -> Result<Self, BookFault> {
        let (mut formats, mut styles) = (HashMap::new(), Vec::new());
        let mut in_cells = false;
        let number = |text: Option<String>| text.and_then(|text| text.trim().parse::<u32>().ok());
        loop {
            let next = xml.next()?;
            if let Next::Start(tag) | Next::Empty(tag) = &next {
                match tag.local_name().as_ref() {
                    "numFmt" => {
                        let [id, code] = attributes(tag, ["numFmtId", "formatCode"])?;
                        if let (Some(id), Some(code)) = (number(id), code) {
                            formats.insert(id, of_code(&code));
                        }
                    }
                    // Named styles stand in a list of their own, and cells do not name them.
                    "cellXfs" => in_cells = true,
                    "cellStyleXfs" | "cellStyles" | "dxfs" => in_cells = false,
                    "xf" if in_cells => {
                        let [id] = attributes(tag, ["numFmtId"])?;
                        styles.push(number(id).unwrap_or_default());
                    }
                    _ => {}
                }
            }
            if formats.len() > MOST || styles.len() > MOST {
                return Err(BookFault::Refused(say!("fault-book_styles")));
            }
            if matches!(next, Next::Eof) {
                let shown = |id: &u32| formats.get(id).copied().unwrap_or_else(|| built_in(*id));
                return Ok(Self(styles.iter().map(shown).collect()));
            }
        }
    }

    /// How a cell of a style shows its number.
    pub fn shown(&self, style: Option<usize>) -> Shown {
        self.0.get(style.unwrap_or(0)).copied().unwrap_or_default()
    }
}

/// Formats that no workbook spells out, with those of Chinese spreadsheets.
fn built_in(id: u32) -> Shown {
    match id {
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shown::Day,
        18..=22 | 32..=35 | 45 | 47 | 55 | 56 => Shown::Time,
        46 => Shown::Elapsed,
        _ => Shown::Number,
    }
}

/// What a format shows: `yyyy"年"m"月"d"日"`, `[$-804]yyyy/m/d h:mm`, `[h]:mm`, `000000`, `#,##0.00`.
fn of_code(code: &str) -> Shown {
    let (mut day, mut time, mut bare) = (false, false, String::new());
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            // What stands behind it is for numbers below zero.
            ';' => break,
            '"' => _ = signs.find(|sign| *sign == '"'),
            '\\' | '_' | '*' => _ = signs.next(),
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let unit = inside.to_lowercase();
                if ["h", "hh", "m", "mm", "s", "ss"].contains(&unit.as_str()) {
                    return Shown::Elapsed;
                }
            }
            'y' | 'Y' | 'd' | 'D' => day = true,
            'h' | 'H' | 's' | 'S' => time = true,
            'm' | 'M' => {
                // Months or minutes: what stands beside them says which.
                bare.push('m');
            }
            sign => bare.push(sign),
        }
    }
    match (day, time) {
        (_, true) => Shown::Time,
        (true, false) => Shown::Day,
        (false, false) if bare.contains('m') => Shown::Day,
        (false, false) if bare.len() > 1 && bare.bytes().all(|sign| sign == b'0') => {
            u8::try_from(bare.len()).map_or(Shown::Number, Shown::Digits)
        }
        (false, false) => Shown::Number,
    }
}
