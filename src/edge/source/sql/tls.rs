//! Whom we believe when a database server shows its certificate.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName, pem, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};

use crate::domain::text::{Text, say};
use crate::edge::{operator, plain_file};

/// Why no encrypted connection can even be tried.
#[derive(Debug)]
pub(super) enum TlsError {
    /// The file cannot be read.
    Unread { path: PathBuf, why: io::Error },
    /// A certificate in it cannot be.
    NoPem { path: PathBuf, why: pem::Error },
    /// It is empty.
    NoCertificate { path: PathBuf },
    /// The system has none.
    NoAuthorities,
    /// What is to encrypt cannot be set up.
    Setup { why: rustls::Error },
    /// No certificate can show the server's name.
    Name { host: String },
}

impl TlsError {
    /// What is wrong.
    pub(super) fn said(&self) -> Text {
        let file = |path: &Path| path.display().to_string();
        match self {
            Self::Unread { path, why } => say!("tls-unread", file = file(path), why = operator::why(why)),
            Self::NoPem { path, why } => say!("tls-no_pem", file = file(path), words = why.to_string()),
            Self::NoCertificate { path } => say!("tls-empty", file = file(path)),
            Self::NoAuthorities => say!("tls-no_authorities"),
            Self::Setup { why } => operator::of_tls(why.to_string()),
            Self::Name { host } => say!("tls-no_name", host),
        }
    }
}

/// What a handshake needs: the authorities of `ca_file`, or those of the system. Read anew at each connection, so that a renewed file
/// needs no restart.
///
/// # Errors
/// Why there are none.
pub(super) fn config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, TlsError> {
    let mut roots = RootCertStore::empty();
    match ca_file {
        Some(path) => {
            let path = || path.to_owned();
            let text = plain_file::read(&path()).map_err(|why| TlsError::Unread { path: path(), why })?;
            for certificate in CertificateDer::pem_slice_iter(&text) {
                let certificate = certificate.map_err(|why| TlsError::NoPem { path: path(), why })?;
                roots.add_parsable_certificates([certificate]);
            }
            if roots.is_empty() {
                return Err(TlsError::NoCertificate { path: path() });
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            if roots.is_empty() {
                return Err(TlsError::NoAuthorities);
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|why| TlsError::Setup { why })?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// The name the certificate must show: a DNS name or an address.
///
/// # Errors
/// When it can be none.
pub(super) fn name(host: &str) -> Result<ServerName<'static>, TlsError> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    ServerName::try_from(bare.to_owned()).map_err(|_| TlsError::Name { host: host.to_owned() })
}
