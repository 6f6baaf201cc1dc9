//! What says of which case, item and unit a row is, where it does not stand in one column.

use serde::{Deserialize, Serialize};

/// What of a row's case stands in several columns, in the file's name, or is the same for all rows that leave it out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OfCase {
    /// Further columns of the case's number, behind the first: its parts are joined by `/`.
    #[serde(default)]
    pub number: Vec<String>,
    /// The item of rows that name none, or one that the catalogue does not know.
    #[serde(default)]
    pub item: Option<String>,
    /// The unit of rows that name none.
    #[serde(default)]
    pub unit: Option<String>,
    /// Where in its file's name the unit stands.
    #[serde(default)]
    pub unit_in_name: Option<NamePattern>,
    /// Its rows find a case only by its number as it stands.
    #[serde(default)]
    pub exactly: bool,
}

impl OfCase {
    /// Whether each stands in a column of its own, as it usually does.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// The part of a file's name that is a unit's code.
const UNIT: &str = "{unit}";

/// How file names are made: `{unit}` stands for a unit's code, `*` for anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NamePattern(String);

impl NamePattern {
    /// `None`: it does not have `{unit}` once.
    pub fn new(pattern: &str) -> Option<Self> {
        (pattern.matches(UNIT).count() == 1).then(|| Self(pattern.to_owned()))
    }

    /// The unit's code in a name that is made so; of several the shortest.
    pub fn unit<'n>(&self, name: &'n str) -> Option<&'n str> {
        let (before, after) = self.0.split_once(UNIT)?;
        let ends = || name.char_indices().map(|(at, _)| at).chain([name.len()]);
        ends().filter(|begin| fits(before, &name[..*begin])).find_map(|begin| {
            let end = ends().find(|end| *end > begin && fits(after, &name[*end..]))?;
            Some(name[begin..end].trim())
        })
    }
}

/// Whether a text is made as a pattern says, in which `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(head) else { return false };
    text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| fits(rest, &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::NamePattern;

    /// Issue 13: a part of the file's name can give the unit; a name that is made otherwise gives none.
    #[test]
    fn a_unit_stands_in_a_name() {
        let unit = |pattern: &str, name| NamePattern::new(pattern).unwrap().unit(name).map(str::to_owned);
        assert_eq!(unit("{unit}.csv", "ZJJ.csv").as_deref(), Some("ZJJ"));
        assert_eq!(unit("办件_{unit}_*.csv", "办件_ZJJ_2011-10.csv").as_deref(), Some("ZJJ"));
        assert_eq!(
            unit("*-{unit}.csv", "2011-10-ZJJ.csv").as_deref(),
            Some("10-ZJJ"),
            "the first `-` that fits"
        );
        for name in ["ZJJ.txt", "办件_.csv", ".csv"] {
            assert_eq!(unit("{unit}.csv", name).filter(|_| name != "办件_.csv"), None, "{name}");
        }
        assert!(NamePattern::new("*.csv").is_none() && NamePattern::new("{unit}{unit}").is_none());
    }
}
