//! Bytes of a server: what came and was not taken yet, and reading on in a message. Nothing is read past its end.

/// What came, up to the end of what was taken last.
#[derive(Default)]
pub(super) struct Unread {
    pub bytes: Vec<u8>,
    pub taken: usize,
}

impl Unread {
    /// Adds what came.
    pub fn add(&mut self, bytes: &[u8]) {
        if self.taken > 0 {
            self.bytes.drain(..self.taken);
            self.taken = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }
}

/// Reads on in a message.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    /// How far it has read.
    pub at: usize,
}

impl<'a> Reader<'a> {
    /// From a place of a message on.
    pub fn of(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// So many bytes; `None`: there are fewer.
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    /// The bytes of a number.
    pub fn some<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    /// Up to a zero byte.
    pub fn name(&mut self) -> Option<&'a [u8]> {
        let rest = self.bytes.get(self.at..)?;
        let end = rest.iter().position(|byte| *byte == 0)?;
        self.at += end + 1;
        Some(&rest[..end])
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at = self.bytes.len();
        rest
    }

    /// Whether nothing is left.
    pub fn is_through(&self) -> bool {
        self.at == self.bytes.len()
    }
}
