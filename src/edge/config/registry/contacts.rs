//! Contacts, and whether every unit can be reached.

use super::header::Columns;
use super::sheet::{Declared, Row, Sheet};
use crate::domain::coverage::upward;
use crate::domain::letter::address;
use crate::domain::policy::Routing;
use crate::domain::registry::{Contact, Region, Registry, Role, Unit};
use crate::domain::text::{Text, say};

pub(super) const COLUMNS: Columns = Columns {
    needed: &["role", "name", "address"],
    all: &[
        ("unit", &["单位", "单位编码"]),
        ("region", &["区划", "区划代码"]),
        ("role", &["角色"]),
        ("name", &["姓名", "名称"]),
        ("address", &["邮箱", "电子邮箱", "邮件地址"]),
        ("language", &["语言"]),
        ("valid_from", &["任职起"]),
        ("valid_until", &["任职止"]),
        ("stand_in", &["代办人", "代办人邮箱"]),
    ],
};

pub(super) fn read(
    sheet: &Sheet<'_>,
    units: &Declared<'_, Unit>,
    regions: &Declared<'_, Region>,
) -> Vec<Contact> {
    let mut contacts = Vec::new();
    for row in sheet.rows() {
        let unit = row.cell("unit").map(str::to_owned);
        if let Some(none) = unit.as_ref().and_then(|code| units.lacks(code, say!("config-no_unit", code))) {
            row.wrong("unit", none);
        }
        let region = row.cell("region").map(str::to_owned);
        let lacks = |code: &str| regions.lacks(code, say!("config-no_region", code));
        if let Some(none) = region.as_deref().and_then(lacks) {
            row.wrong("region", none);
        }
        let (role, name) = (row.needed::<Role>("role"), row.required("name"));
        let addresses =
            addresses(row).into_iter().map(|it| as_before(row, &contacts, it)).collect::<Vec<_>>();
        let language = row.parsed("language").unwrap_or_default();
        let (Some(role), Some(name)) = (role, name) else { continue };
        let (valid_from, valid_until) = (row.parsed("valid_from"), row.parsed("valid_until"));
        if let (Some(from), Some(until)) = (valid_from, valid_until)
            && until < from
        {
            row.wrong("valid_until", say!("config-until_before", until, from));
        }
        let stand_in = stand_in(row);
        contacts.extend(addresses.into_iter().map(|address| Contact {
            unit: unit.clone(),
            region: region.clone(),
            role,
            name: name.to_owned(),
            address,
            language,
            valid_from,
            valid_until,
            stand_in: stand_in.clone(),
        }));
    }
    for row in sheet.rows().filter(|_| sheet.whole) {
        // What is no address at all was told with its own row.
        let given = row.cell("stand_in").and_then(|cell| address::single(cell).ok());
        let known = |address: &String| contacts.iter().any(|it| it.address.eq_ignore_ascii_case(address));
        if let Some(address) = given.filter(|address| !known(address)) {
            row.wrong("stand_in", say!("config-no_contact", address));
        }
    }
    // Whoever stands in is told at the address at which he is told of his own matters.
    for place in 0..contacts.len() {
        let Some(given) = contacts[place].stand_in.take() else { continue };
        let spelled = contacts.iter().find(|it| it.address.eq_ignore_ascii_case(&given));
        contacts[place].stand_in = Some(spelled.map_or(given, |contact| contact.address.clone()));
    }
    contacts
}

/// An address as it was written first, where that differs only in capitals: one mailbox, one letter.
fn as_before(row: Row<'_>, contacts: &[Contact], address: String) -> String {
    let Some(before) = contacts.iter().find(|it| it.address.eq_ignore_ascii_case(&address)) else {
        return address;
    };
    if before.address != address {
        row.warn("address", say!("config-other_capitals", address, before = &before.address));
    }
    before.address.clone()
}

/// The addresses of a contact; where the cell holds a mistake, the cell, so that nobody is told besides that nobody is told.
fn addresses(row: Row<'_>) -> Vec<String> {
    let Some(cell) = row.required("address") else { return Vec::new() };
    let found = address::several(cell).unwrap_or_else(|error| {
        row.wrong("address", Text::from(error));
        vec![cell.to_owned()]
    });
    for address in found.iter().filter(|found| address::is_foreign(found) && address::single(found).is_ok()) {
        row.warn("address", say!("config-foreign_address", address));
    }
    found
}

fn stand_in(row: Row<'_>) -> Option<String> {
    address::single(row.cell("stand_in")?).map_err(|error| row.wrong("stand_in", Text::from(error))).ok()
}

/// Every unit with items must have somebody who is told of its red cards, and there must be somebody who looks after
/// the system.
pub(super) fn reachable(sheet: &Sheet<'_>, registry: &Registry, routing: &Routing) {
    let roles = crate::domain::letter::reach::roles(routing, crate::domain::card::Card::Red);
    for unit in registry.units.values() {
        let in_region = |code: &String| upward(registry, Some(&unit.region)).any(|above| above == *code);
        let told = |contact: &Contact| {
            roles.contains(&contact.role)
                && contact.unit.as_ref().is_none_or(|code| *code == unit.code)
                && contact.region.as_ref().is_none_or(in_region)
        };
        let has_items = registry.items.values().any(|item| item.unit == unit.code);
        if has_items && !registry.contacts.iter().any(told) {
            sheet.wrong("unit", say!("config-nobody_told", code = &unit.code, name = &unit.name));
        }
    }
    if !registry.contacts.iter().any(|contact| contact.role == Role::Admin) {
        sheet.wrong("role", say!("config-no_admin"));
    }
}
