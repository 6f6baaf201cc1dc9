//! Whom we believe when a database server shows its certificate.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};

use crate::edge::plain_file;

/// What a handshake needs: the authorities of `ca_file`, or those of the system. Read anew at each connection, so that a renewed file
/// needs no restart.
///
/// # Errors
/// Why there are none, in a technician's words.
pub(super) fn config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, String> {
    let mut roots = RootCertStore::empty();
    match ca_file {
        Some(path) => {
            let unread = |why: &dyn std::fmt::Display| format!("ca_file {}: {why}", path.display());
            let text = plain_file::read(path).map_err(|why| unread(&why))?;
            for certificate in CertificateDer::pem_slice_iter(&text) {
                roots.add_parsable_certificates([certificate.map_err(|why| unread(&why))?]);
            }
            if roots.is_empty() {
                return Err(unread(&"no certificate stands in it"));
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            if roots.is_empty() {
                return Err("this system knows no certificate authorities".to_owned());
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|why| why.to_string())?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// The name the certificate must show: a DNS name or an address.
///
/// # Errors
/// When it can be none.
pub(super) fn name(host: &str) -> Result<ServerName<'static>, String> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    ServerName::try_from(bare.to_owned()).map_err(|why| why.to_string())
}
