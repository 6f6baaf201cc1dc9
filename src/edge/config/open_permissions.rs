//! What everybody on the machine can read though only few should: the ledger, letters, passwords, keys.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::written::{At, Table};
use crate::domain::text::{Text, say};

/// What others may do with a file or folder. Folders on the way may close it, until somebody opens one of them.
pub(super) fn open_to_all(path: &Path) -> Option<Text> {
    match fs::metadata(path).ok()?.permissions().mode() & 0o006 {
        0 => None,
        0o004 => Some(say!("config-may_read")),
        0o002 => Some(say!("config-may_write")),
        _ => Some(say!("config-may_both")),
    }
}

/// Warns of a file or folder that is there and open to all. `what` names it, `mode` is what to give it.
pub(super) fn warn<T>(table: &Table<'_>, at: &At<T>, path: &Path, (what, mode): (Text, &str)) {
    if let Some(may) = open_to_all(path) {
        let path = path.display().to_string();
        table.warn(at, say!("config-open_to_all", may, what, path, mode));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    #[test]
    fn what_others_may_do_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        for (mode, may) in [
            (0o640, None),
            (0o644, Some("read")),
            (0o642, Some("write")),
            (0o666, Some("read and write")),
            (0o660, None),
        ] {
            set(&file, mode);
            let said = open_to_all(&file).map(|may| may.words(Language::English));
            assert_eq!(said.as_deref(), may, "{mode:o}");
        }
        assert_eq!(open_to_all(&folder.path().join("absent")), None);
    }
}
