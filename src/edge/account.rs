//! The account at the keyboard: by which login somebody enters something, and whether it may.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

use rustix::process::{getgid, getgroups, getuid};

/// The group of those who may enter what people do: card, adopt, source, silence, time, forget.
pub const SUPERVISORS: &str = "jianchad-supervisor";

/// Who enters something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Login as the system knows it, with the user as whom it acts where that is another: `wang`, `wang (jianchad)`.
    pub login: String,
    /// It came through sudo to a user that is not root.
    pub lent: bool,
    /// May enter what people do.
    pub may_enter: bool,
}

/// The account that runs this process, for entries in a file. sudo's word for whom it acts is believed where the user that it acts
/// as could write anything anyway: root, and the owner of the file.
pub fn at_keyboard(file: &Path) -> Account {
    let uid = getuid().as_raw();
    let owns = fs::metadata(file).is_ok_and(|found| found.uid() == uid);
    let through = std::env::var("SUDO_UID").ok().and_then(|uid| uid.parse().ok());
    let through = through.filter(|from: &u32| (uid == 0 || owns) && *from != uid);
    let person = through.unwrap_or(uid);
    let acting = name(uid);
    let login = if person == uid { acting } else { format!("{} ({acting})", name(person)) };
    let supervisors = entry("group", SUPERVISORS).and_then(|line| Group::parse(&line));
    let own = || getgroups().unwrap_or_default().into_iter().chain([getgid()]).map(|gid| gid.as_raw());
    let in_group = |group: &Group| {
        let user = entry("passwd", &person.to_string());
        let gid = user.as_deref().and_then(|line| line.split(':').nth(3)?.parse().ok());
        let listed =
            user.as_deref().and_then(|line| line.split(':').next()).is_some_and(|name| group.lists(name));
        listed || gid == Some(group.gid) || (person == uid && own().any(|gid| gid == group.gid))
    };
    let may_enter = uid == 0 || supervisors.as_ref().is_none_or(in_group);
    Account { login, lent: person != uid && uid != 0, may_enter }
}

/// A group, of which only number and members matter.
struct Group {
    gid: u32,
    members: Vec<String>,
}

impl Group {
    /// From its line in the system's list.
    fn parse(line: &str) -> Option<Self> {
        let mut fields = line.split(':').skip(2);
        let gid = fields.next()?.parse().ok()?;
        let members = fields.next().unwrap_or_default().split(',').map(str::to_owned).collect();
        Some(Self { gid, members })
    }

    fn lists(&self, name: &str) -> bool {
        self.members.iter().any(|member| member == name)
    }
}

/// Name of a user, or his number where nobody knows a name.
fn name(uid: u32) -> String {
    let known = entry("passwd", &uid.to_string());
    known.as_deref().and_then(|line| line.split(':').next()).map_or_else(|| uid.to_string(), str::to_owned)
}

/// The line of one user or group, by name or number: from this machine's own list, else from wherever it takes users from.
fn entry(list: &str, wanted: &str) -> Option<String> {
    let own = fs::read_to_string(Path::new("/etc").join(list)).unwrap_or_default();
    let found = own.lines().find(|line| is_of(line, wanted)).map(str::to_owned);
    found.or_else(|| {
        let asked = Command::new("/usr/bin/getent").args([list, wanted]).output().ok()?;
        let text = String::from_utf8(asked.stdout).ok().filter(|_| asked.status.success())?;
        text.lines().next().map(str::to_owned)
    })
}

/// Whether a line `name:x:number:…` is of that name or number.
fn is_of(line: &str, wanted: &str) -> bool {
    let mut fields = line.split(':');
    fields.next() == Some(wanted) || fields.nth(1) == Some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name that is part of another, or stands in another field, is not that one.
    #[test]
    fn a_line_is_of_its_name_and_number_only() {
        let line = "jianchad-supervisor:x:990:wang,li";
        assert!(is_of(line, "jianchad-supervisor") && is_of(line, "990"));
        for other in ["jianchad", "supervisor", "x", "wang", "99", ""] {
            assert!(!is_of(line, other), "{other}");
        }
        let group = Group::parse(line).unwrap();
        assert_eq!(group.gid, 990);
        assert!(group.lists("wang") && group.lists("li"));
        assert!(!group.lists("wan") && !group.lists("wang,li"));
        let empty = Group::parse("jianchad-supervisor:x:990:").unwrap();
        assert!(!empty.lists("wang"));
        assert!(Group::parse("garbage").is_none() && Group::parse("a:b:c:d").is_none());
    }
}
