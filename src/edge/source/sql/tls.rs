//! Whom we believe when a database server shows its certificate.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, InvalidDnsNameError, ServerName, pem, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};

use crate::edge::plain_file;

/// Why no encrypted connection can even be tried, in a technician's words.
#[derive(Debug, thiserror::Error)]
pub(super) enum TlsError {
    /// The file cannot be read.
    #[error("ca_file {}: {why}", .path.display())]
    Unread { path: PathBuf, why: io::Error },
    /// A certificate in it cannot be.
    #[error("ca_file {}: {why}", .path.display())]
    NoPem { path: PathBuf, why: pem::Error },
    /// It is empty.
    #[error("ca_file {}: no certificate stands in it", .path.display())]
    NoCertificate { path: PathBuf },
    /// The system has none.
    #[error("this system knows no certificate authorities")]
    NoAuthorities,
    /// What is to encrypt cannot be set up.
    #[error("{why}")]
    Setup { why: rustls::Error },
    /// No certificate can show the server's name.
    #[error("{why}")]
    Name { why: InvalidDnsNameError },
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
    ServerName::try_from(bare.to_owned()).map_err(|why| TlsError::Name { why })
}
