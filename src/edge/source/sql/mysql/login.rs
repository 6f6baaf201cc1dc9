//! Proofs of a password, as MySQL's ways of logging in want them.

use ring::digest::{Context, Digest, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};

/// A way of logging in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plugin {
    /// `mysql_native_password`.
    Native,
    /// `caching_sha2_password`, the way of MySQL 8.
    CachingSha2,
    /// `mysql_clear_password`: the password itself.
    Clear,
}

impl Plugin {
    /// By its name, if it is known here.
    pub fn of(name: &[u8]) -> Option<Self> {
        match name {
            b"mysql_native_password" => Some(Self::Native),
            b"caching_sha2_password" => Some(Self::CachingSha2),
            b"mysql_clear_password" => Some(Self::Clear),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "mysql_native_password",
            Self::CachingSha2 => "caching_sha2_password",
            Self::Clear => "mysql_clear_password",
        }
    }

    /// The proof of a password, mixed with what the server said; of an empty one there is none.
    pub fn proof(self, secret: &[u8], salt: &[u8]) -> Vec<u8> {
        if secret.is_empty() {
            return Vec::new();
        }
        match self {
            Self::Native => {
                let first = digest(&SHA1_FOR_LEGACY_USE_ONLY, secret);
                let second = digest(&SHA1_FOR_LEGACY_USE_ONLY, first.as_ref());
                let mut mixed = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
                mixed.update(salt);
                mixed.update(second.as_ref());
                both(&first, &mixed.finish())
            }
            Self::CachingSha2 => {
                let first = digest(&SHA256, secret);
                let second = digest(&SHA256, digest(&SHA256, secret).as_ref());
                let mut mixed = Context::new(&SHA256);
                mixed.update(second.as_ref());
                mixed.update(salt);
                both(&first, &mixed.finish())
            }
            Self::Clear => [secret, b"\0"].concat(),
        }
    }
}

fn both(one: &Digest, other: &Digest) -> Vec<u8> {
    one.as_ref().iter().zip(other.as_ref()).map(|(one, other)| one ^ other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that keeps SHA-1 twice, or SHA-256 twice, finds the password proved by its own arithmetic.
    #[test]
    fn what_a_server_keeps_shows_that_the_proof_is_right() {
        let (secret, salt) = (&b"s3cret"[..], &b"01234567890123456789"[..]);
        let undo = |proof: Vec<u8>, mixed: Digest| {
            proof.iter().zip(mixed.as_ref()).map(|(a, b)| a ^ b).collect::<Vec<_>>()
        };
        let stored = digest(&SHA1_FOR_LEGACY_USE_ONLY, digest(&SHA1_FOR_LEGACY_USE_ONLY, secret).as_ref());
        let mixed = digest(&SHA1_FOR_LEGACY_USE_ONLY, &[salt, stored.as_ref()].concat());
        let first = undo(Plugin::Native.proof(secret, salt), mixed);
        assert_eq!(digest(&SHA1_FOR_LEGACY_USE_ONLY, &first).as_ref(), stored.as_ref());
        let stored = digest(&SHA256, digest(&SHA256, secret).as_ref());
        let mixed = digest(&SHA256, &[stored.as_ref(), salt].concat());
        let first = undo(Plugin::CachingSha2.proof(secret, salt), mixed);
        assert_eq!(digest(&SHA256, &first).as_ref(), stored.as_ref());
        assert!(
            Plugin::Native.proof(b"", salt).is_empty() && Plugin::CachingSha2.proof(b"", salt).is_empty()
        );
    }
}
