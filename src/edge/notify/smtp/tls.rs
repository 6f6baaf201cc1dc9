//! Whom we believe when a server shows its certificate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName, pem, pem::PemObject};
use rustls::{CertificateError, ClientConfig, RootCertStore};

use crate::edge::plain_file;

/// Why no encrypted connection can even be tried.
#[derive(Debug, thiserror::Error)]
pub(super) enum TlsError {
    #[error("the authority's certificate cannot be read from {}; give ca_file the path of a PEM file that the user of jianchad may read", path.display())]
    CaFile { path: PathBuf, source: pem::Error },
    #[error("{} holds no certificate that can stand for an authority; give ca_file the PEM file of the authority that signed the server's certificate", path.display())]
    NoCertificate { path: PathBuf },
    #[error(
        "this system knows no certificate authorities; install the package ca-certificates or set ca_file"
    )]
    NoAuthorities,
    #[error("{host:?} is no name a certificate can show; set host to the server's name")]
    Name { host: String, source: rustls::pki_types::InvalidDnsNameError },
    #[error("encryption cannot be set up")]
    Setup { source: rustls::Error },
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
    ServerName::try_from(bare.to_owned()).map_err(|source| TlsError::Name { host: host.to_owned(), source })
}

/// What to try when a handshake failed.
pub(super) fn remedy(fault: &rustls::Error) -> &'static str {
    use CertificateError as C;
    match fault {
        // An authority that renewed its key under its old name shows as a bad signature.
        rustls::Error::InvalidCertificate(C::UnknownIssuer | C::BadSignature) => {
            "no authority known here signed its certificate: set ca_file to the authority's PEM file"
        }
        rustls::Error::InvalidCertificate(C::NotValidForName | C::NotValidForNameContext { .. }) => {
            "its certificate is for another name: set host to the name that stands in it"
        }
        rustls::Error::InvalidCertificate(
            C::Expired | C::ExpiredContext { .. } | C::NotValidYet | C::NotValidYetContext { .. },
        ) => "its certificate is not valid today: have it renewed, or set this machine's clock",
        rustls::Error::InvalidCertificate(_) => "have the server's certificate replaced",
        rustls::Error::InvalidMessage(_) => {
            "it seems not to speak TLS here: tls = starttls goes with port 587 or 25, implicit with port 465"
        }
        _ => "the server must offer TLS 1.2 or 1.3",
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
