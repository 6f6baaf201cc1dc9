//! That no ledger stands where the configuration says, and which others lie beside it.

use std::io::Write;
use std::path::Path;

use super::line;
use crate::edge::config::Config;
use crate::edge::ledger::others_in;
use crate::failure::Failure;

/// Ledgers that are named one by one.
const NAMED: usize = 5;

/// Says that a ledger will be begun, if there is none yet.
pub(super) fn write(config: &Config, file: &Path, chinese: bool, out: &mut dyn Write) -> Result<(), Failure> {
    if config.ledger.exists() {
        return Ok(());
    }
    let folder = |path: &Path| {
        path.parent()
            .map(|folder| if folder == Path::new("") { Path::new(".").to_owned() } else { folder.to_owned() })
    };
    let folders: Vec<_> = [folder(&config.ledger), folder(file)].into_iter().flatten().collect();
    let folders: Vec<&Path> = folders.iter().map(|folder| &**folder).collect();
    let others = others_in(&folders, &config.ledger);
    let named: Vec<String> = others.iter().take(NAMED).map(|other| other.display().to_string()).collect();
    let count = others.len();
    let words = match (chinese, count) {
        (true, 0) => "尚不存在，首轮将新建；首次安装即如此".to_owned(),
        (true, _) => format!(
            "尚不存在，首轮将新建，不知此前告知过的监察牌。另有台账{count}个：{}；如应沿用，请将 ledger 指向原台账",
            named.join("、")
        ),
        (false, 0) => {
            "there is none yet: the first round begins one, as at every first installation".to_owned()
        }
        (false, _) => format!(
            "there is none yet: the first round begins one, which knows of no card told before; there are {count} other(s): {}; try: name \
             the one to go on with (`ledger`)",
            named.join(", ")
        ),
    };
    Ok(line(if chinese { "新台账" } else { "new ledger" }, &words, out)?)
}
