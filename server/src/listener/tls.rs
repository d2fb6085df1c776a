//! TLS with a certificate and its key from files, with HTTP/2 where the client can.

use crate::failure::Failure;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use std::{path::PathBuf, sync::Arc};
use tokio_rustls::TlsAcceptor;

/// HTTP/2 as ALPN names it (RFC 7301, RFC 9113).
pub const HTTP_2: &[u8] = b"h2";

/// A certificate with its chain, and its key: PEM files as every authority hands them out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The certificate, then those that vouch for it.
    pub chain: PathBuf,
    /// The key.
    pub key: PathBuf,
}

impl Certificate {
    /// What greets clients with it.
    ///
    /// # Errors
    /// Files that cannot be read, hold something else, or do not belong together.
    pub fn acceptor(&self) -> Result<TlsAcceptor, Failure> {
        let said = |path: &PathBuf, error: &dyn std::fmt::Display| {
            Failure::Config(format!("{}: expected a certificate or key in PEM: {error}", path.display()))
        };
        let chain = CertificateDer::pem_file_iter(&self.chain)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| said(&self.chain, &error))?;
        if chain.is_empty() {
            return Err(said(&self.chain, &"it holds no certificate"));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|error| said(&self.key, &error))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| said(&self.chain, &error))?;
        config.alpn_protocols = vec![HTTP_2.to_vec(), b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}
