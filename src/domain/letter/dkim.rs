//! DKIM (RFC 6376, Ed25519 after RFC 8463): a signature by which another server sees that a letter is ours and unchanged.

use crate::domain::text::{Fault, say};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject as _;

/// What is signed of the head, where it is there. `From` stands once more, so that a second one cannot be added.
const SIGNED: [&str; 13] = [
    "from",
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "auto-submitted",
    "list-id",
];

/// A signature under every letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dkim {
    /// The domain that signs.
    pub domain: String,
    /// Under which name its key is published: `SELECTOR._domainkey.DOMAIN`.
    pub selector: String,
    /// The private key.
    pub key: PrivateKey,
}

/// A private key that can sign, in DER; no message shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey(Vec<u8>);

impl PrivateKey {
    /// Reads a key in PEM and tries it.
    ///
    /// # Errors
    /// Why it is none that can sign, to be put after the name of the file.
    pub fn from_pem(text: &[u8]) -> Result<Self, Fault> {
        let der = PrivateKeyDer::from_pem_slice(text)
            .map_err(|fault| Fault(say!("wrong-no_key", words = fault.to_string())))?;
        Key::parse(der.secret_der()).map(|_| Self(der.secret_der().to_vec()))
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

impl Key {
    fn parse(der: &[u8]) -> Result<Self, Fault> {
        if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
            return Ok(Self::Ed25519(key));
        }
        let rsa = RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der));
        rsa.map(|key| Self::Rsa(Box::new(key)))
            .map_err(|fault| Fault(say!("wrong-other_key", words = fault.to_string())))
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// RFC 8463: Ed25519 signs the hash, as RSA does.
    fn sign(&self, head: &[u8]) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.sign(digest(&SHA256, head).as_ref()).as_ref().to_vec(),
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), head, &mut signature)
                    .expect("PKCS #1 needs no random numbers, and the room is as long as the key");
                signature
            }
        }
    }
}

/// The letter with its signature before it. The same letter gives the same signature.
pub fn signed(message: Vec<u8>, dkim: &Dkim, written_at: i64) -> Vec<u8> {
    let key = Key::parse(&dkim.key.0).expect("a key is tried when it is read");
    let (head, body) = halves(&message);
    let fields = fields(head);
    let mut named = Vec::new();
    let mut canonical = String::new();
    for name in SIGNED {
        let earlier = named.iter().filter(|it| **it == name).count();
        let mut same = fields.iter().rev().filter(|(field, _)| field == name);
        match same.nth(earlier) {
            Some((field, value)) => canonical += &format!("{field}:{value}\r\n"),
            // Signed as absent: adding one breaks the signature.
            None if name == "from" => {}
            None => continue,
        }
        named.push(name);
    }
    let hash = BASE64.encode(digest(&SHA256, relaxed_body(body).as_bytes()));
    let unsigned = format!(
        "v=1; a={}; c=relaxed/relaxed; d={}; s={};\r\n\tt={written_at}; h={};\r\n\tbh={hash};\r\n\tb=",
        key.algorithm(),
        dkim.domain,
        dkim.selector,
        named.join(":"),
    );
    canonical += &format!("dkim-signature:{}", relaxed_value(&unsigned));
    let signature = BASE64.encode(key.sign(canonical.as_bytes()));
    let folded: Vec<&str> =
        signature.as_bytes().chunks(72).filter_map(|part| std::str::from_utf8(part).ok()).collect();
    let mut whole = format!("DKIM-Signature: {unsigned}{}\r\n", folded.join("\r\n\t ")).into_bytes();
    whole.extend(message);
    whole
}

/// Head and body, the empty line between them in neither.
fn halves(message: &[u8]) -> (&str, &str) {
    let text = std::str::from_utf8(message).unwrap_or_default();
    text.split_once("\r\n\r\n").unwrap_or((text, ""))
}

/// The fields of a head, relaxed (RFC 6376, 3.4.2): names in small letters, values on one line.
fn fields(head: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        match (line.starts_with([' ', '\t']), fields.last_mut()) {
            (true, Some((_, value))) => *value += line,
            _ => fields
                .extend(line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.to_owned()))),
        }
    }
    for (_, value) in &mut fields {
        *value = relaxed_value(value);
    }
    fields
}

fn relaxed_value(value: &str) -> String {
    value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// RFC 6376, 3.4.4: spaces drawn together, none at the end of a line, no empty lines at the end.
fn relaxed_body(body: &str) -> String {
    let mut lines: Vec<String> = body
        .split("\r\n")
        .map(|line| {
            let begins = if line.starts_with([' ', '\t']) { " " } else { "" };
            let words = relaxed_value(line);
            if words.is_empty() { words } else { format!("{begins}{words}") }
        })
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.iter().map(|line| format!("{line}\r\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_6376_section_3_4_5_relaxed() {
        let message = "A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
        let (head, body) = halves(message.as_bytes());
        let fields = fields(head);
        assert_eq!(fields[0], ("a".into(), "X".into()));
        assert_eq!(fields[1].1, "Y Z");
        assert_eq!(relaxed_body(body), " C\r\nD E\r\n");
        assert_eq!(relaxed_body("\r\n\r\n"), "");
    }

    #[test]
    fn what_is_no_key_is_told() {
        let fault = |text: &str| PrivateKey::from_pem(text.as_bytes()).unwrap_err().to_string();
        assert!(fault("selector").contains("no private key in PEM"));
        assert!(fault("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").contains("neither"));
    }
}
