//! Regions of which no supervisor would read a card.

use std::collections::BTreeSet;
use std::io::Write;

use chrono::NaiveDate;

use super::SHOWN;
use crate::domain::letter::reach::is_supervised;
use crate::domain::policy::Policy;
use crate::domain::registry::Role;
use crate::failure::Failure;

/// Warns where the contacts name no supervisor at all, or none for a unit of a region.
pub(super) fn write(
    policy: &Policy,
    today: NaiveDate,
    chinese: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let registry = &policy.registry;
    let supervises = |role: Role| role == Role::Supervisor;
    if !registry.contacts.iter().any(|contact| supervises(contact.role) && contact.serves(today)) {
        let said = if chinese {
            "注意：通讯录中没有现任的监察人员：无人阅看每日监察、审核发牌和核定撤销；请在 contacts.csv 中补填角色为“监察人员”的联系人"
        } else {
            "warning: the contacts name no supervisor who holds the role today: nobody reads the digest, issues what waits or decides \
             whether a card falls; try: add a contact with the role `supervisor` to contacts.csv"
        };
        return Ok(writeln!(out, "{said}")?);
    }
    let alone = registry.units.values().filter(|unit| !is_supervised(policy, &unit.code, today));
    let regions: BTreeSet<&str> = alone.map(|unit| unit.region.as_str()).collect();
    if regions.is_empty() {
        return Ok(());
    }
    let name =
        |code: &&str| registry.regions.get(*code).map_or_else(|| (*code).to_owned(), |it| it.name.clone());
    let shown: Vec<String> = regions.iter().take(SHOWN).map(name).collect();
    let count = regions.len();
    let more = |more: &'static str| if count > SHOWN { more } else { "" };
    if chinese {
        let (shown, more) = (shown.join("、"), more("等"));
        return Ok(writeln!(
            out,
            "注意：{count}个区划有单位而无监察人员：{shown}{more}；其监察牌无人监督，请在 contacts.csv 中补填"
        )?);
    }
    Ok(writeln!(
        out,
        "warning: no supervisor is named for units of {count} region(s): {}{}; try: add a contact with the role `supervisor` for \
         each, or for the region above them, to contacts.csv",
        shown.join(", "),
        more(", …")
    )?)
}
