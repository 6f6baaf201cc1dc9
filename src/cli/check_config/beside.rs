//! That no ledger stands where the configuration says, and which others lie beside it.

use std::path::Path;

use crate::domain::text::{Text, say};
use crate::edge::config::Config;
use crate::edge::ledger::others_in;

/// Ledgers that are named one by one.
const NAMED: usize = 5;

/// That a ledger will be begun, if there is none yet.
pub(super) fn words(config: &Config, file: &Path) -> Option<Text> {
    if config.ledger.exists() {
        return None;
    }
    let folder = |path: &Path| {
        path.parent()
            .map(|folder| if folder == Path::new("") { Path::new(".").to_owned() } else { folder.to_owned() })
    };
    let folders: Vec<_> = [folder(&config.ledger), folder(file)].into_iter().flatten().collect();
    let folders: Vec<&Path> = folders.iter().map(|folder| &**folder).collect();
    let others = others_in(&folders, &config.ledger);
    let count = others.len();
    if count == 0 {
        return Some(say!("check-ledger_first"));
    }
    let named = others.iter().take(NAMED).map(|other| other.display().to_string().into());
    Some(say!("check-ledger_others", count, ledgers = Text::list(named, "list-comma")))
}
