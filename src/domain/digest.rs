//! A short digest (FNV-1a, 64 bits): the same in every version, and no secret hangs on it.

const BEGIN: u64 = 0xcbf2_9ce4_8422_2325;

/// Goes on with a digest over further bytes.
fn over(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// A digest of bytes that come piece by piece; where one piece ends does not count.
#[derive(Debug, Clone, Copy)]
pub struct Running(u64);

impl Default for Running {
    fn default() -> Self {
        Self(BEGIN)
    }
}

impl Running {
    /// The next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| over(hash, *byte));
    }

    /// Of all so far.
    pub const fn digest(self) -> u64 {
        self.0
    }
}

/// Digest of several texts; where one ends and the next begins counts too.
pub fn digest<P: AsRef<[u8]>>(parts: &[P]) -> u64 {
    const END: &[u8] = &[0xFF];
    let bytes = parts.iter().flat_map(|part| part.as_ref().iter().chain(END));
    bytes.fold(BEGIN, |hash, byte| over(hash, *byte))
}

#[cfg(test)]
mod tests {
    use super::{Running, digest};

    #[test]
    fn pieces_of_bytes_come_to_the_same() {
        let of = |pieces: &[&[u8]]| {
            let mut running = Running::default();
            pieces.iter().for_each(|piece| running.add(piece));
            running.digest()
        };
        assert_eq!(of(&[b"ab", b"", b"c"]), of(&[b"abc"]));
        assert_ne!(of(&[b"abc"]), of(&[b"abd"]));
    }

    #[test]
    fn the_border_between_texts_counts() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest::<&str>(&[]), 0xcbf2_9ce4_8422_2325);
    }
}
