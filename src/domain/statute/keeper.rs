//! Who must keep a limit.

use crate::domain::text::words;

/// Who must keep a limit. One that somebody else must keep gives the unit no card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Keeper {
    /// The office that handles the matter.
    #[default]
    Unit,
    /// The applicant, or the party of a penalty.
    Applicant,
    /// Somebody else: a third party, a respondent, another organ.
    ThirdParty,
}

words!(Keeper {
    Unit = "unit", "办理机关";
    Applicant = "applicant", "申请人、当事人";
    ThirdParty = "third-party", "第三方";
});
