//! A calendar file as written.

use serde::Deserialize;
use toml::Spanned;

use super::Problem;
use crate::edge::config::syntax::syntax;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    /// Years without any holiday, first and last: `"2010/2012"`.
    pub plain: Option<Spanned<String>>,
    #[serde(default)]
    pub year: Vec<Year>,
}

/// One notice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Year {
    pub year: Spanned<i32>,
    pub notice: Option<String>,
    pub source: Option<String>,
    pub public_holidays: Option<i32>,
    pub extra: Option<Extra>,
    #[serde(default)]
    pub holiday: Vec<Holiday>,
}

/// Days off that a later notice gave beyond the public holidays.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Extra {
    pub days: i32,
    /// Read so that it must be there: the balance may only differ by somebody's word.
    #[serde(rename = "notice")]
    pub _notice: String,
    #[serde(rename = "reason")]
    pub _reason: String,
}

/// The days of one holiday.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holiday {
    pub name: String,
    #[serde(default)]
    pub off: Vec<Spanned<String>>,
    #[serde(default)]
    pub worked: Vec<Spanned<String>>,
}

impl Written {
    pub(super) fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        toml::from_str(text).map_err(|cause| {
            let line = cause.span().map(|span| line_of(text, span.start));
            vec![Problem { line, message: syntax(cause.message()) }]
        })
    }
}

/// The line, from 1, that holds a place of the text.
pub(super) fn line_of(text: &str, place: usize) -> usize {
    text.as_bytes().iter().take(place).filter(|byte| **byte == b'\n').count() + 1
}
