//! The configuration in force, kept as a copy beside the ledger: what only reads works by it while a file has a mistake.
//!
//! The copy holds the files as they were read, each with its length, and ends with a checksum. No secret is among them: passwords
//! and keys are in files of their own, which are not read for it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use ring::digest::{SHA256, digest};
use toml::de::DeTable;

use super::files::{Files, Taken};
use super::{Config, read_by};
use crate::domain::text::{Text, say};
use crate::edge::{operator, plain_file};

/// What the copy begins with; another number is another form.
const HEAD: &str = "jianchad configuration 1";
/// Where the shipped configuration has its ledger.
const SHIPPED: &str = "/var/lib/jianchad/ledger.db";

/// A configuration that was taken over once, read from its copy.
#[derive(Debug)]
pub struct InForce {
    /// The configuration.
    pub config: Config,
    /// When it was first taken over, in the zone of the installation: `2011-10-14 09:05`.
    pub at: String,
}

/// The file beside a ledger that holds the copy.
fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push("-config");
    PathBuf::from(name)
}

/// Keeps a configuration that was taken over at a moment, once. One that is kept already keeps its moment.
///
/// # Errors
/// Those of the system; and where a path cannot be written as a line of text.
pub fn keep(config: &Config, at: &str) -> io::Result<()> {
    let (of, place) = (std::path::absolute(&config.file)?, beside(&config.ledger));
    let taken = config.files.noted();
    config.files.forget();
    let same = |copy: &Kept| copy.of == of && copy.taken == taken;
    if plain_file::read(&place).ok().and_then(|bytes| Kept::parse(&bytes)).is_some_and(|copy| same(&copy)) {
        return Ok(());
    }
    let copy = Kept { of, at: at.to_owned(), taken };
    plain_file::replace(&place, &copy.written()?)
}

/// The configuration in force of a file that cannot be used: the one kept last beside a ledger that the file names, or that lies
/// where it would by default. A copy beside another ledger than its own is none.
///
/// # Errors
/// Where there are copies and none can be used: which one, and why.
pub fn in_force(file: &Path) -> Result<Option<InForce>, Text> {
    let Ok(of) = std::path::absolute(file) else { return Ok(None) };
    let (mut found, mut faults): (Option<InForce>, Vec<Text>) = (None, Vec::new());
    for ledger in ledgers(file) {
        let place = beside(&ledger);
        let bytes = match plain_file::read(&place) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => continue,
            Err(error) => {
                faults.push(say!(
                    "failure-copy_unread",
                    file = place.display().to_string(),
                    why = operator::why(&error)
                ));
                continue;
            }
        };
        let Some(copy) = Kept::parse(&bytes) else {
            faults.push(say!("failure-copy_damaged", file = place.display().to_string()));
            continue;
        };
        if copy.of != of {
            continue;
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        let (config, problems) = read_by(Files::kept(folder, copy.taken), file, None);
        match config.filter(|_| !problems.any()) {
            Some(config) if config.ledger != ledger => {
                faults.push(say!("failure-copy_other", file = place.display().to_string()));
            }
            Some(config) if found.as_ref().is_none_or(|known| known.at < copy.at) => {
                found = Some(InForce { config, at: copy.at });
            }
            Some(_) => {}
            None => faults.push(say!("failure-copy_unusable", file = place.display().to_string())),
        }
    }
    match (found, faults.into_iter().next()) {
        (None, Some(fault)) => Err(fault),
        (found, _) => Ok(found),
    }
}

/// Where the ledger may lie: as the file says as far as it can be read, beside it, and where it is shipped.
fn ledgers(file: &Path) -> Vec<PathBuf> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let text = plain_file::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_default();
    let (table, _) = DeTable::parse_recoverable(text.strip_prefix('\u{feff}').unwrap_or(&text));
    let said = table.get_ref().get("ledger").and_then(|at| at.get_ref().as_str().map(str::to_owned));
    let mut ledgers: Vec<PathBuf> = said.map(|said| folder.join(said)).into_iter().collect();
    ledgers.extend([folder.join("ledger.db"), PathBuf::from(SHIPPED)]);
    ledgers.dedup();
    ledgers
}

/// What a copy says.
struct Kept {
    /// The configuration file, as an absolute path.
    of: PathBuf,
    at: String,
    taken: Taken,
}

impl Kept {
    fn written(&self) -> io::Result<Vec<u8>> {
        let mut out = format!("{HEAD}\nat {}\nof {}\n", self.at, line(&self.of)?).into_bytes();
        for (path, bytes) in &self.taken.files {
            out.extend_from_slice(format!("file {} {}\n", bytes.len(), line(path)?).as_bytes());
            out.extend_from_slice(bytes);
            out.push(b'\n');
        }
        for (path, names) in &self.taken.folders {
            out.extend_from_slice(format!("folder {} {}\n", names.len(), line(path)?).as_bytes());
            for name in names {
                out.extend_from_slice(format!("{}\n", line(name)?).as_bytes());
            }
        }
        let sum = checksum(&out);
        out.extend_from_slice(format!("end {sum}\n").as_bytes());
        Ok(out)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.strip_suffix(b"\n")?.iter().rposition(|byte| *byte == b'\n')? + 1;
        let (body, end) = bytes.split_at(end);
        let sum = std::str::from_utf8(end).ok()?.strip_prefix("end ")?.strip_suffix('\n')?;
        if checksum(body) != sum {
            return None;
        }
        let mut rest = Rest(body);
        if rest.line()? != HEAD {
            return None;
        }
        let at = rest.line()?.strip_prefix("at ")?.to_owned();
        let of = PathBuf::from(rest.line()?.strip_prefix("of ")?);
        let mut taken = Taken::default();
        while !rest.0.is_empty() {
            let mut words = rest.line()?.splitn(3, ' ');
            let (what, length, path) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
            match what {
                "file" => drop(taken.files.insert(path.into(), rest.bytes(length)?)),
                "folder" => {
                    let names = (0..length).map(|_| rest.line().map(PathBuf::from));
                    taken.folders.insert(path.into(), names.collect::<Option<_>>()?);
                }
                _ => return None,
            }
        }
        Some(Self { of, at, taken })
    }
}

/// What of a copy has not been read yet.
struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn line(&mut self) -> Option<&'b str> {
        let end = self.0.iter().position(|byte| *byte == b'\n')?;
        let (line, rest) = self.0.split_at(end);
        self.0 = &rest[1..];
        std::str::from_utf8(line).ok()
    }

    /// So many bytes, and the end of the line after them.
    fn bytes(&mut self, length: usize) -> Option<Vec<u8>> {
        let bytes = self.0.get(..length)?.to_vec();
        self.0 = self.0.get(length..)?.strip_prefix(b"\n")?;
        Some(bytes)
    }
}

/// A path as the rest of a line.
fn line(path: &Path) -> io::Result<&str> {
    let text = path.to_str().filter(|text| !text.contains(char::is_control));
    text.ok_or_else(|| {
        io::Error::new(ErrorKind::InvalidInput, format!("the path {path:?} is no line of text"))
    })
}

fn checksum(bytes: &[u8]) -> String {
    digest(&SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy() -> Kept {
        let mut taken = Taken::default();
        taken.files.insert("jianchad.toml".into(), b"office = \"x\"\nfile 3 y\n".to_vec());
        taken.files.insert("/srv/registry/units.csv".into(), vec![0xB5, 0xA5, b'\n', 0, 0xFF]);
        taken.files.insert("registry/empty.csv".into(), Vec::new());
        taken.folders.insert("calendar.d".into(), vec!["2027.toml".into(), "a b.toml".into()]);
        taken.folders.insert("pages".into(), Vec::new());
        Kept { of: "/etc/jianchad/jianchad.toml".into(), at: "2011-10-14 09:05".into(), taken }
    }

    /// Files of any bytes come back as they were; a copy in which any byte is another, or that is cut off anywhere, is none.
    #[test]
    fn a_copy_reads_back_whole_or_not_at_all() {
        let written = copy().written().unwrap();
        let back = Kept::parse(&written).unwrap();
        assert_eq!((back.of, back.at, back.taken), (copy().of, copy().at, copy().taken));
        for at in 0..written.len() {
            assert!(Kept::parse(&written[..at]).is_none(), "cut at {at}");
            let mut other = written.clone();
            other[at] ^= 1;
            assert!(Kept::parse(&other).is_none(), "another byte at {at}");
        }
    }

    /// A copy of another form is none, though its checksum is right; neither is one that promises more than it has.
    #[test]
    fn a_copy_of_another_form_is_none() {
        let sealed = |body: &str| format!("{body}end {}\n", checksum(body.as_bytes())).into_bytes();
        let parsed = |body: &str| Kept::parse(&sealed(body)).is_some();
        assert!(parsed(&format!("{HEAD}\nat x\nof /y\n")));
        for body in [
            "jianchad configuration 2\nat x\nof /y\n".to_owned(),
            format!("{HEAD}\nat x\nof /y\nfile 99999999999 z\nshort\n"),
            format!("{HEAD}\nat x\nof /y\nfile -1 z\n\n"),
            format!("{HEAD}\nat x\nof /y\nfolder 18446744073709551615 z\n"),
            format!("{HEAD}\nat x\nof /y\nlink 1 z\n"),
            format!("{HEAD}\nat x\n"),
            String::new(),
        ] {
            assert!(!parsed(&body), "{body}");
        }
    }

    /// A path that would be two lines cannot be written, and costs no more than the copy.
    #[test]
    fn a_path_of_two_lines_is_refused() {
        let mut copy = copy();
        copy.taken.files.insert("a\nfile 0 b".into(), Vec::new());
        assert!(copy.written().is_err());
    }
}
