//! The password of a login, read from its file whenever a server is asked.

use std::path::Path;

use super::fault::Fault;
use crate::edge::plain_file;

/// The password without the line end that an editor leaves behind it; nothing where no file is named.
///
/// # Errors
/// [`Fault::Password`] when its file cannot be read, or nothing stands in it.
pub(super) fn read(file: Option<&Path>) -> Result<Vec<u8>, Fault> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let failed = |why| Fault::Password { file: file.to_owned(), why };
    let mut secret = plain_file::read(file).map_err(failed)?;
    for end in [b'\n', b'\r'] {
        if secret.last() == Some(&end) {
            secret.pop();
        }
    }
    if secret.is_empty() {
        return Err(failed(std::io::Error::new(std::io::ErrorKind::InvalidData, "it is empty")));
    }
    Ok(secret)
}
