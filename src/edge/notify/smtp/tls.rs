//! Whom we believe when a server shows its certificate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName, pem, pem::PemObject};
use rustls::{CertificateError, ClientConfig, RootCertStore};

use crate::domain::text::{Text, say};
use crate::edge::{operator, plain_file};

/// Why no encrypted connection can even be tried.
#[derive(Debug)]
pub(super) enum TlsError {
    CaFile { path: PathBuf, source: pem::Error },
    NoCertificate { path: PathBuf },
    NoAuthorities,
    Name { host: String },
    Setup { source: rustls::Error },
}

impl TlsError {
    /// What is wrong, and what to try.
    pub(super) fn said(&self) -> Text {
        match self {
            Self::CaFile { path, source } => {
                let why = match source {
                    pem::Error::Io(fault) => operator::why(fault),
                    other => say!("cause-system", words = other.to_string()),
                };
                say!("smtp-ca_unread", file = path.display().to_string(), why)
            }
            Self::NoCertificate { path } => say!("smtp-ca_empty", file = path.display().to_string()),
            Self::NoAuthorities => say!("smtp-no_authorities"),
            Self::Name { host } => say!("smtp-no_name", host = format!("{host:?}")),
            Self::Setup { source } => say!("smtp-no_handshake", why = operator::of_tls(source.to_string())),
        }
    }
}

/// What a handshake needs: the authorities of `ca_file`, or those of the system. Read anew by each run of letters,
/// so that a renewed file needs no restart.
pub(super) fn config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, TlsError> {
    let roots = match ca_file {
        Some(path) => from_file(path)?,
        None => from_system()?,
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|source| TlsError::Setup { source })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// The name the certificate must show: a DNS name or an address.
pub(super) fn name(host: &str) -> Result<ServerName<'static>, TlsError> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    ServerName::try_from(bare.to_owned()).map_err(|_| TlsError::Name { host: host.to_owned() })
}

/// What to try when a handshake failed.
pub(super) fn remedy(fault: &rustls::Error) -> Text {
    use CertificateError as C;
    match fault {
        // An authority that renewed its key under its old name shows as a bad signature.
        rustls::Error::InvalidCertificate(C::UnknownIssuer | C::BadSignature) => say!("smtp-try_authority"),
        rustls::Error::InvalidCertificate(C::NotValidForName | C::NotValidForNameContext { .. }) => {
            say!("smtp-try_other_name")
        }
        rustls::Error::InvalidCertificate(
            C::Expired | C::ExpiredContext { .. } | C::NotValidYet | C::NotValidYetContext { .. },
        ) => say!("smtp-try_renew"),
        rustls::Error::InvalidCertificate(_) => say!("smtp-try_certificate"),
        rustls::Error::InvalidMessage(_) => say!("smtp-try_no_tls"),
        _ => say!("smtp-try_versions"),
    }
}

fn from_file(path: &Path) -> Result<RootCertStore, TlsError> {
    let unread = |source| TlsError::CaFile { path: path.to_owned(), source };
    let mut roots = RootCertStore::empty();
    let text = plain_file::read(path).map_err(|cause| unread(pem::Error::Io(cause)))?;
    for certificate in CertificateDer::pem_slice_iter(&text) {
        roots.add_parsable_certificates([certificate.map_err(unread)?]);
    }
    if roots.is_empty() { Err(TlsError::NoCertificate { path: path.to_owned() }) } else { Ok(roots) }
}

fn from_system() -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() { Err(TlsError::NoAuthorities) } else { Ok(roots) }
}
