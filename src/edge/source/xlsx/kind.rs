//! What lies under the name of a workbook: others are said to be what they are.

use std::fs::File;
use std::os::unix::fs::FileExt;

use encoding_rs::GB18030;

use super::fault::BookFault;
use crate::domain::text::say;
use crate::edge::plain_file::known_kind;

/// How a workbook begins, and one of old Office or one that is sealed by a password.
const WORKBOOK: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
const OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What one of these has in its directory that is sealed.
const SEALED: &str = "EncryptedPackage";

/// Bytes that are looked at: of the beginning, and of one that may be sealed.
const HEAD: usize = 4096;
const PIECE: usize = 64 * 1024;
const LOOKED_AT: u64 = 256 << 20;

/// Whether a file begins as a workbook does.
///
/// # Errors
/// What it is instead.
pub(super) fn is_workbook(file: &File) -> Result<(), BookFault> {
    let mut head = vec![0; HEAD];
    let length = file.read_at(&mut head, 0)?;
    head.truncate(length);
    if WORKBOOK.iter().any(|begins| head.starts_with(begins)) {
        return Ok(());
    }
    if head.is_empty() {
        return Err(BookFault::Broken(say!("fault-book_empty")));
    }
    if head.starts_with(OFFICE) {
        let what = if is_sealed(file)? { say!("fault-book_sealed") } else { say!("fault-book_old") };
        return Err(BookFault::Refused(what));
    }
    if let Some(what) = known_kind::no_table(file)? {
        return Err(BookFault::Refused(what));
    }
    // The last character may be cut.
    let head = &head[..head.len().saturating_sub(4).max(1)];
    let is_text = !head.contains(&0)
        && (std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true)
            || !GB18030.decode_without_bom_handling(head).1);
    Err(if is_text {
        BookFault::Refused(say!("fault-book_text"))
    } else {
        BookFault::Broken(say!("fault-book_none"))
    })
}

/// Whether a file of old Office holds a workbook that is sealed by a password.
fn is_sealed(file: &File) -> Result<bool, BookFault> {
    let name: Vec<u8> = SEALED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (mut piece, mut at) = (vec![0; PIECE], 0);
    while at < LOOKED_AT {
        let length = file.read_at(&mut piece, at)?;
        if piece[..length].windows(name.len()).any(|bytes| bytes == name) {
            return Ok(true);
        }
        if length < name.len() {
            break;
        }
        // A name may stand across two pieces.
        at += (length - name.len() + 1) as u64;
    }
    Ok(false)
}
